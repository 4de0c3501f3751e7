package consolidate

import (
	"fmt"
	"slices"
	"testing"

	"huizong/consolidate/identity"
	. "huizong/internal/returntest"
)

// searched are the projects of a planting with the search laid out for them.
type searched struct {
	*harvest
	at     map[*Project]int
	blocks *identity.Blocks
}

func search(t testing.TB, p *planting) *searched {
	s := &searched{harvest: reap(t, p), at: map[*Project]int{}}
	var profiles []*identity.Profile
	for i, project := range s.month.Register.Projects[Reserve.ID] {
		s.at[project] = i
		profiles = append(profiles, s.month.Register.profile(project))
	}
	s.blocks = identity.NewBlocks(profiles)
	return s
}

// Among twenty thousand rows the search still holds nearly all that is one project against one another.
func TestPlantedPairsAreCompared(t *testing.T) {
	if testing.Short() {
		t.Skip("20,000 rows")
	}
	s := search(t, plantedAt(1, 20_000))
	found, sames := 0, 0
	missed := map[*plantedKind][]string{}
	for _, pair := range s.pairs {
		if !pair.kind.right.one() {
			continue
		}
		sames++
		a, b := s.at[s.projects[pair.a]], s.at[s.projects[pair.b]]
		if a == b || slices.Contains(s.blocks.Near(min(a, b)), max(a, b)) {
			found++
		} else {
			missed[pair.kind] = append(missed[pair.kind], fmt.Sprintf("%v｜%v", pair.a, pair.b))
		}
	}
	for _, kind := range plantedKinds {
		for _, pair := range missed[kind] {
			t.Logf("%s: %s", kind.name, pair)
		}
	}
	t.Logf("%d of %d", found, sames)
	if share(found, sames) < 0.95 {
		t.Errorf("of %d pairs that are one project %d are merged or compared", sames, found)
	}
}

// What it costs to find the candidates of a month, and how many pairs are weighed for each project.
func BenchmarkCandidates(b *testing.B) {
	for _, rows := range []int{5_000, 20_000} {
		b.Run(fmt.Sprint(rows, " rows"), func(b *testing.B) {
			s := search(b, plantedAt(1, rows))
			compared := 0
			for _, i := range s.at {
				compared += len(s.blocks.Near(i))
			}
			for b.Loop() {
				candidates(s.month.Register)
			}
			b.ReportMetric(float64(compared)/float64(len(s.at)), "pairs/project")
		})
	}
}
