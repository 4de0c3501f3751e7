package consolidate

import (
	"fmt"
	"strings"
	"testing"

	. "huizong/internal/returntest"
)

// What became of a planted pair.
const (
	apart = iota
	asked
	together
	outcomes
)

var outcomeNames = [outcomes]string{"apart", "asked", "merged"}

// A harvest is a month of what was planted, and what became of it.
type harvest struct {
	*planting
	month    *Month
	projects map[*plantedRow]*Project
	asked    map[[2]*Project]bool // in either order
	became   map[*plantedKind]*[outcomes]int
}

func reap(t testing.TB, p *planting) *harvest {
	return reapOf(t, p, merged(t, June, nil, p.returns()...))
}

func reapOf(t testing.TB, p *planting, m *Month) *harvest {
	h := &harvest{p, m, map[*plantedRow]*Project{}, map[[2]*Project]bool{}, map[*plantedKind]*[outcomes]int{}}
	at := map[string]*Project{}
	for _, project := range h.month.Register.Projects[Reserve.ID] {
		for _, row := range project.Rows() {
			at[fmt.Sprint(row.Department, row.Record.Row)] = project
		}
	}
	for _, r := range p.rows {
		h.projects[r] = at[fmt.Sprint(r.office, r.number)]
	}
	for _, c := range h.month.Candidates {
		h.asked[[2]*Project{c.A, c.B}], h.asked[[2]*Project{c.B, c.A}] = true, true
	}
	for _, kind := range plantedKinds {
		h.became[kind] = new([outcomes]int)
	}
	for _, pair := range p.pairs {
		h.became[pair.kind][h.outcome(pair)]++
	}
	return h
}

func (h *harvest) outcome(pair plantedPair) int {
	a, b := h.projects[pair.a], h.projects[pair.b]
	switch {
	case a == b:
		return together
	case h.asked[[2]*Project{a, b}]:
		return asked
	}
	return apart
}

// in adds up what became of the pairs of which that is right.
func (h *harvest) in(rights ...right) (sum [outcomes]int, pairs int) {
	for kind, became := range h.became {
		for _, r := range rights {
			for i := range became {
				if kind.right == r {
					sum[i] += became[i]
					pairs += became[i]
				}
			}
		}
	}
	return sum, pairs
}

// wrongMerges are the rows that were brought together and are not planted as one project.
func (h *harvest) wrongMerges() []string {
	planted := map[[2]*plantedRow]*plantedKind{}
	for _, pair := range h.pairs {
		planted[[2]*plantedRow{pair.a, pair.b}] = pair.kind
	}
	rows := map[*Project][]*plantedRow{}
	var wrong []string
	for _, r := range h.rows { // the rows of a pair in its order
		project := h.projects[r]
		for _, other := range rows[project] {
			if kind := planted[[2]*plantedRow{other, r}]; kind == nil || kind.right != oneProject {
				wrong = append(wrong, fmt.Sprintf("%s: %v｜%v", kind, other, r))
			}
		}
		rows[project] = append(rows[project], r)
	}
	return wrong
}

// hits are how many candidates are one project as planted, or two under one code, of which somebody must
// say why; misses are the others.
func (h *harvest) hits() (hits int, misses []string) {
	planted := map[[2]*Project]*plantedKind{}
	for _, pair := range h.pairs {
		a, b := h.projects[pair.a], h.projects[pair.b]
		for _, of := range [][2]*Project{{a, b}, {b, a}} {
			if planted[of] == nil || pair.kind.right.one() {
				planted[of] = pair.kind
			}
		}
	}
	for _, c := range h.month.Candidates {
		if kind := planted[[2]*Project{c.A, c.B}]; kind != nil && (kind.right.one() || kind.right == twoOfOneCode) {
			hits++
		} else {
			misses = append(misses, fmt.Sprintf("%s: %d %s｜%s %v", kind, c.Score, c.A.Name(), c.B.Name(), c.Clues))
		}
	}
	return hits, misses
}

func (k *plantedKind) String() string {
	if k == nil {
		return "not planted"
	}
	return k.name
}

// String is a row as people compare it.
func (r *plantedRow) String() string {
	return strings.TrimRight(fmt.Sprintf("%s %s %s，%s，%d万元 %s", r.office, r.name, r.owner, r.place, r.total, r.code), " ")
}

func share(n, of int) float64 { return float64(n) / float64(max(1, of)) }

// What is planted is the same for one seed, the rows of a pair are of two offices, and no two
// projects have name, owner and place in common.
func TestPlantedRows(t *testing.T) {
	p, again := plantedAt(3, 6000), plantedAt(3, 6000)
	if len(p.rows) != 6000 {
		t.Errorf("%d rows", len(p.rows))
	}
	one := map[*plantedRow]*plantedRow{}
	for _, pair := range p.pairs {
		one[pair.b] = pair.a
		if pair.a.office == pair.b.office {
			t.Errorf("of one office: %v｜%v", pair.a, pair.b)
		}
	}
	seen := map[string]*plantedRow{}
	for i, r := range p.rows {
		if r.String() != again.rows[i].String() {
			t.Fatalf("not the same: %v｜%v", r, again.rows[i])
		}
		key := fmt.Sprint(lastWord.ReplaceAllString(bare(r.name), ""), r.owner, r.place)
		if other := seen[key]; other != nil && other != one[r] {
			t.Errorf("one project: %v｜%v", other, r)
		}
		seen[key] = r
	}
}

// A generated month of 39 returns: what offices tell of one project otherwise is brought together
// or asked about, what only looks alike is left apart.
func TestPlantedDuplicates(t *testing.T) {
	for _, seed := range []uint64{1, 2} {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			p := newPlanting(seed, 16, 28)
			p.fill(400)
			h := reap(t, p)
			t.Log(h.table())
			if testing.Verbose() {
				h.samples(t)
			}
			h.judge(t)
		})
	}
}

func (h *harvest) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d rows in %d returns\npairs merged asked apart\n", len(h.rows), len(h.numbers))
	for _, kind := range plantedKinds {
		became := h.became[kind]
		fmt.Fprintf(&b, "%5d %6d %5d %5d  %s\n", became[together]+became[asked]+became[apart], became[together], became[asked], became[apart], kind.name)
	}
	return b.String()
}

// samples shows a pair or two of each kind that came to each end.
func (h *harvest) samples(t *testing.T) {
	shown := map[string]int{}
	for _, pair := range h.pairs {
		end := fmt.Sprint(pair.kind.name, ": ", outcomeNames[h.outcome(pair)])
		if shown[end]++; shown[end] <= 2 {
			t.Logf("%s\n\t%v\n\t%v", end, pair.a, pair.b)
		}
	}
}

// judge holds what became of the planting against what is asked of the matching.
func (h *harvest) judge(t *testing.T) {
	same, sames := h.in(oneProject, partOfOne)
	unlike, unlikes := h.in(twoProjects)
	stages, _ := h.in(twoOfOneCode)
	wrong := h.wrongMerges()
	hits, misses := h.hits()
	published := 0
	for _, project := range h.month.Register.Projects[Reserve.ID] {
		if project.Counts() {
			published++
		}
	}
	t.Logf("%d pairs that are one, %d that are not, %d of one code", sames, unlikes, stages[asked]+stages[apart]+stages[together])
	t.Logf("published %d, in truth %d projects", published, len(h.rows)-sames)
	if testing.Verbose() {
		t.Logf("asked about wrongly:\n%s", strings.Join(misses, "\n"))
	}
	for _, line := range wrong {
		t.Log("brought together wrongly: ", line)
	}
	for _, measure := range []struct {
		name        string
		value       float64
		least, most float64
	}{
		{"wrong merges", float64(len(wrong)), 0, 0},
		{"of the pairs that are one merged", share(same[together], sames), 0.40, 1},
		{"precision of the candidates", share(hits, len(h.month.Candidates)), 0.90, 1},
		{"recall of what is not merged", share(same[asked], sames-same[together]), 0.95, 1},
		{"of the pairs that are not one asked", share(unlike[asked], unlikes), 0, 0.15},
	} {
		t.Logf("%s: %.3f", measure.name, measure.value)
		if measure.value < measure.least || measure.value > measure.most {
			t.Errorf("%s: %.3f, not from %.2f to %.2f", measure.name, measure.value, measure.least, measure.most)
		}
	}
}
