// Package user uses small: its tests are tried where those of small let something pass.
package user

import "huizong/internal/mutate/testdata/small"

// Count counts sums.
func Count(all ...int) int {
	sums := map[int]bool{}
	small.Sums(all, sums)
	count := 0
	for _, is := range sums {
		if is {
			count++
		}
	}
	return count
}
