package identity

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// Near gives later projects alone, ascending, and all that have the same words.
func TestNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var profiles []*Profile
		for range rapid.IntRange(0, 40).Draw(t, "projects") {
			profiles = append(profiles, profileOf(drawnRow(t)))
		}
		b := NewBlocks(profiles)
		for i, p := range profiles {
			near := b.Near(i)
			if !slices.IsSorted(near) || len(slices.Compact(slices.Clone(near))) != len(near) || len(near) > 0 && near[0] <= i {
				t.Fatalf("near %d: %v", i, near)
			}
			if again := b.Near(i); !slices.Equal(near, again) {
				t.Fatalf("near %d: %v and then %v", i, near, again)
			}
			for j := i + 1; j < len(profiles); j++ {
				if p.words == profiles[j].words && !slices.Contains(near, j) {
					t.Fatalf("%s (%d) is not held against %s (%d)", p.Name, i, profiles[j].Name, j)
				}
			}
		}
	})
}

// Of more projects of the same words than are all held against one another, those are that have the
// total, the place or the owner in common too.
func TestNearAmongMany(t *testing.T) {
	var profiles []*Profile
	for i := range mostOfWords + 100 {
		said := naming.Said{Name: "道路硬化工程", Place: fmt.Sprintf("第%d组", i/2), Owner: fmt.Sprintf("第%d村委会", i/3)}
		profiles = append(profiles, profileOf(Row{Identity: chenggu.Identify(said), Total: ledger.Amount{V: ledger.Money(1000 + i/5), Valid: true}}))
	}
	b := NewBlocks(profiles)
	for i, p := range profiles {
		near := b.Near(i)
		for j := i + 1; j < len(profiles); j++ {
			q := profiles[j]
			same := p.total == q.total || p.Place.Text == q.Place.Text || p.Owner == q.Owner
			if same != slices.Contains(near, j) {
				t.Fatalf("%d and %d: the same total, place or owner %v, held against one another %v", i, j, same, !same)
			}
		}
	}
}

// However many projects are one in words, owner and place, the search does not grow with their square.
func TestNearIsBounded(t *testing.T) {
	const projects = 3000
	var profiles []*Profile
	for i := range projects {
		said := naming.Said{Name: "柳林镇道路硬化工程", Owner: "柳林镇人民政府", Place: "柳林镇", Code: "2401-610722-04-01-100012"}
		profiles = append(profiles, profileOf(Row{Identity: chenggu.Identify(said), Total: ledger.Amount{V: ledger.Money(1000 + i/2), Valid: true}}))
	}
	b, compared := NewBlocks(profiles), 0
	for i := range profiles {
		near := b.Near(i)
		if i%2 == 0 && !slices.Contains(near, i+1) {
			t.Fatalf("%d and %d have the same total, and are not held against one another", i, i+1)
		}
		compared += len(near)
	}
	if compared > projects*mostOfWords {
		t.Errorf("%d pairs of %d projects", compared, projects)
	}
}
