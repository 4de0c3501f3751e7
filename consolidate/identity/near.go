package identity

import (
	"cmp"
	"slices"

	"huizong/internal/ledger"
)

// Counted limits of the search, which keep it from growing with the square of the rows: a
// project is held against those that share a gram of its name, of two to four characters,
// the rarest first, until it has been held against MostNear, and those that have all but a
// digit of its code; what more than MostOfBlock projects share leads nowhere.
const (
	MostNear    = 128
	MostOfBlock = 48
)

// Blocks lead from a project to those that it is worth comparing with.
type Blocks struct {
	profiles []*Profile
	byGram   map[gram][]int
	byCode   map[string][]int
	seen     []int // by project: the last one that it was near to, plus 1
}

// NewBlocks lays profiles out for the search; their order is that of Near.
func NewBlocks(profiles []*Profile) *Blocks {
	b := &Blocks{profiles, map[gram][]int{}, map[string][]int{}, make([]int, len(profiles))}
	for i, p := range profiles {
		for _, g := range p.leads() {
			if len(b.byGram[g]) <= MostOfBlock { // one too many is enough to tell
				b.byGram[g] = append(b.byGram[g], i)
			}
		}
		for _, key := range slips(p.code) {
			if len(b.byCode[key]) <= MostOfBlock {
				b.byCode[key] = append(b.byCode[key], i)
			}
		}
	}
	return b
}

// leads are all grams of a project's name: long ones tell apart what short ones cannot among
// tens of thousands of names.
func (x *Profile) leads() []gram {
	return slices.Concat(x.grams, gramsOf(x.stem, 3), gramsOf(x.stem, 4))
}

// slips are what is left of a code if one of its last digits, or any before them, is wrong.
func slips(code ledger.ProjectCode) []string {
	if len(code) < 20 {
		return nil
	}
	last := len(code) - 6
	keys := []string{string(code[last:])}
	for i := last; i < len(code); i++ {
		keys = append(keys, string(code[:i])+"?"+string(code[i+1:]))
	}
	for i := last; i+1 < len(code); i++ {
		keys = append(keys, string(code[:i])+"??"+string(code[i+2:]))
	}
	return keys
}

// Near are the later projects that it is worth comparing the i-th with, ascending.
func (b *Blocks) Near(i int) []int {
	var near []int
	add := func(block []int) {
		if len(block) > MostOfBlock {
			return
		}
		from, _ := slices.BinarySearch(block, i+1)
		for _, j := range block[from:] {
			if b.seen[j] != i+1 {
				b.seen[j] = i + 1
				near = append(near, j)
			}
		}
	}
	for _, key := range slips(b.profiles[i].code) {
		add(b.byCode[key])
	}
	for _, g := range b.rarest(i) {
		if len(near) < MostNear {
			add(b.byGram[g])
		}
	}
	slices.Sort(near)
	return near
}

// rarest are the grams of a project that some others have, too, the rarest first.
func (b *Blocks) rarest(i int) []gram {
	shared := slices.DeleteFunc(b.profiles[i].leads(), func(g gram) bool {
		return len(b.byGram[g]) < 2 || len(b.byGram[g]) > MostOfBlock
	})
	slices.SortStableFunc(shared, func(x, y gram) int { return cmp.Compare(len(b.byGram[x]), len(b.byGram[y])) })
	return shared
}
