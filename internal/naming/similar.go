package naming

import "strings"

// Similar reports whether two folded names may well be one: one holds the other, or two
// fifths of their pairs of neighbouring characters are in both.
func Similar(a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	mine, theirs := pairs(a), pairs(b)
	shared := 0
	for pair, n := range mine {
		shared += min(n, theirs[pair])
	}
	return shared > 0 && 5*shared >= total(mine)+total(theirs)
}

func pairs(name string) map[[2]rune]int {
	found := map[[2]rune]int{}
	runes := []rune(name)
	for i := 1; i < len(runes); i++ {
		found[[2]rune{runes[i-1], runes[i]}]++
	}
	return found
}

func total(counts map[[2]rune]int) (sum int) {
	for _, n := range counts {
		sum += n
	}
	return sum
}
