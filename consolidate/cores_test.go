package consolidate

import "testing"

// What comes of numbers stands in their order, whoever works it out.
func TestOnAllCores(t *testing.T) {
	for _, n := range []int{0, 1, 63, 64, 65, 1000} {
		all := onAllCores(n, func(i int) int { return i * i })
		if len(all) != n {
			t.Fatalf("of %d numbers %d came", n, len(all))
		}
		for i, square := range all {
			if square != i*i {
				t.Errorf("of %d comes %d", i, square)
			}
		}
	}
}
