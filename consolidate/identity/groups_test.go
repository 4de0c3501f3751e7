package identity

import (
	"testing"

	"pgregory.net/rapid"
)

// Groups are what each step by itself would make of them: kept apart stays apart, one stays one, whatever the order.
func TestGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const things = 8
		g := NewGroups(func(a, b int) bool { return a < b })
		group, apart := [things]int{}, map[[2]int]bool{} // by thing, and pairs of things
		for i := range group {
			group[i] = i
		}
		parted := func(a, b int) bool {
			for pair := range apart {
				x, y := group[pair[0]], group[pair[1]]
				if x == group[a] && y == group[b] || y == group[a] && x == group[b] {
					return true
				}
			}
			return false
		}
		thing := rapid.IntRange(0, things-1)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			a, b := thing.Draw(t, "a"), thing.Draw(t, "b")
			if rapid.Bool().Draw(t, "part") {
				if g.Part(a, b); group[a] != group[b] {
					apart[[2]int{a, b}] = true
				}
				continue
			}
			may := !parted(a, b)
			if g.Join(a, b) != may {
				t.Fatalf("%d and %d are joined: %v", a, b, !may)
			}
			if first, last := min(group[a], group[b]), max(group[a], group[b]); may {
				for i := range group {
					if group[i] == last {
						group[i] = first
					}
				}
			}
			for i := range things {
				if g.First(i) != group[i] {
					t.Fatalf("the first of %d is %d, want %d", i, g.First(i), group[i])
				}
				for j := range things {
					if g.Parted(i, j) != parted(i, j) {
						t.Fatalf("%d and %d are apart: %v", i, j, g.Parted(i, j))
					}
				}
			}
		}
	})
}
