package consolidate

import (
	"cmp"
	"slices"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Candidate is two projects of a form that may be one (疑似重复). Nothing below certainty
// is brought together by itself: a person decides.
type Candidate struct {
	A, B  *Project  // A is the one that comes first
	Keys  [2]string // of the rows of A and B that count, for decisions
	Score int       // 100 would be certain
	Clues []Clue
}

// Counted limits of the search, which keep it from growing with the square of the rows: a
// project is held against those that share a gram of its name, of two to four characters,
// the rarest first, until it has been held against mostNear, and those that have all but a
// digit of its code; what more than mostOfBlock projects share leads nowhere.
const (
	mostNear    = 128
	mostOfBlock = 48
)

// candidates finds the pairs of projects that may be one and that nobody has decided on, by
// form, the likeliest first.
func candidates(b *Book, decisions []ledger.Decision) []Candidate {
	decided := decisionsInForce(decisions)
	var all []Candidate
	for _, f := range form.All() {
		if f.ProjectCode == nil {
			continue
		}
		var profiles []*profile
		for _, p := range b.Projects[f.ID] {
			if f.Whole == nil || f.Whole.Judge(b.Env(p)) != form.Passes {
				profiles = append(profiles, profileOf(b.County, p))
			}
		}
		found := b.alike(profiles, decided)
		slices.SortStableFunc(found, func(x, y Candidate) int { return cmp.Compare(y.Score, x.Score) })
		all = append(all, found...)
	}
	return all
}

// alike are the pairs of one form, in the order of the projects.
func (b *Book) alike(profiles []*profile, decided verdicts) []Candidate {
	scaleOf(profiles).weigh(profiles)
	blocks := newBlocks(profiles)
	var found []Candidate
	for i, mine := range profiles {
		for _, j := range blocks.near(i) {
			theirs := profiles[j]
			least := b.least(mine, theirs)
			score, clues := likely(mine, theirs, least)
			if score < least || related(mine.project, theirs.project) || b.settled(mine.project, theirs.project, decided) {
				continue
			}
			found = append(found, Candidate{mine.project, theirs.project, [2]string{b.Key(mine.project.Row), b.Key(theirs.project.Row)}, score, clues})
		}
	}
	return found
}

// least is the score from which on two projects are asked about.
func (b *Book) least(p, q *profile) int {
	if p.department == q.department {
		return b.County.Candidates.Within
	}
	return b.County.Candidates.Between
}

// related reports whether one project is a package of the other, or both are parts of one.
func related(p, q *Project) bool {
	return p.Parent == q || q.Parent == p || p.Parent != nil && p.Parent == q.Parent
}

// settled reports whether a person decided on rows of two projects.
func (b *Book) settled(p, q *Project, decided verdicts) bool {
	if len(decided) == 0 {
		return false
	}
	for _, row := range p.Rows() {
		for _, other := range q.Rows() {
			if _, is := decided[b.Key(row)][b.Key(other)]; is {
				return true
			}
		}
	}
	return false
}

// Key is what decisions call a row: the same from month to month as long as the row bears
// the same code, name and owner.
func (b *Book) Key(row *ledger.Standing) string {
	f := form.ByID(row.Form)
	return keyOf(f.ID, identify(b.County, f, row))
}

// Party is the row of a key, for people, and the form that it is of; the form is nil if no row
// of the month bears the key.
func (b *Book) Party(key string) (ledger.Party, *form.Form) {
	for _, f := range form.All() {
		if f.ProjectCode == nil {
			continue
		}
		for _, p := range b.Projects[f.ID] {
			for _, row := range p.Rows() {
				if b.Key(row) == key {
					return b.party(row), f
				}
			}
		}
	}
	return ledger.Party{}, nil
}

func (b *Book) party(row *ledger.Standing) ledger.Party {
	return ledger.Party{Key: b.Key(row), Department: row.Department, Name: form.ByID(row.Form).Name(&row.Record)}
}

// blocks lead from a project to those that it is worth comparing with.
type blocks struct {
	profiles []*profile
	byGram   map[gram][]int
	byCode   map[string][]int
	seen     []int // by project: the last one that it was near to, plus 1
}

func newBlocks(profiles []*profile) *blocks {
	b := &blocks{profiles, map[gram][]int{}, map[string][]int{}, make([]int, len(profiles))}
	for i, p := range profiles {
		for _, g := range p.leads() {
			if len(b.byGram[g]) <= mostOfBlock { // one too many is enough to tell
				b.byGram[g] = append(b.byGram[g], i)
			}
		}
		for _, key := range slips(p.code) {
			if len(b.byCode[key]) <= mostOfBlock {
				b.byCode[key] = append(b.byCode[key], i)
			}
		}
	}
	return b
}

// leads are all grams of a project's name: long ones tell apart what short ones cannot among
// tens of thousands of names.
func (x *profile) leads() []gram {
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

// near are the later projects that it is worth comparing the i-th with, ascending.
func (b *blocks) near(i int) []int {
	var near []int
	add := func(block []int) {
		if len(block) > mostOfBlock {
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
		if len(near) < mostNear {
			add(b.byGram[g])
		}
	}
	slices.Sort(near)
	return near
}

// rarest are the grams of a project that some others have, too, the rarest first.
func (b *blocks) rarest(i int) []gram {
	shared := slices.DeleteFunc(b.profiles[i].leads(), func(g gram) bool {
		return len(b.byGram[g]) < 2 || len(b.byGram[g]) > mostOfBlock
	})
	slices.SortStableFunc(shared, func(x, y gram) int { return cmp.Compare(len(b.byGram[x]), len(b.byGram[y])) })
	return shared
}
