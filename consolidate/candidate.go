package consolidate

import (
	"cmp"
	"slices"

	"huizong/consolidate/identity"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Candidate is two rows that may be one project, or parts of one. Nothing below certainty is
// brought together for good by itself: a person decides.
type Candidate struct {
	Matter Matter
	A, B   *Project            // A is the one that comes first; both are one where it counts once already
	Rows   [2]*ledger.Standing // that are asked about: those of A and B that count, or the row that is gone and the one that came
	Keys   [2]string           // of the rows, for decisions
	Score  int                 // 100 would be certain
	Clues  []identity.Clue
	// Moves is what the answer moves: by how much the total that is published may change.
	Moves ledger.Money
}

// Grounds are the clues that weigh anything, as people read them.
func (c Candidate) Grounds(lang ledger.Lang) []string {
	var words []string
	for _, clue := range c.Telling() {
		words = append(words, clue.In(lang))
	}
	return words
}

// Telling are the clues that weigh anything.
func (c Candidate) Telling() []identity.Clue { return identity.Telling(c.Clues) }

// Once reports whether the two rows count once as long as nobody decides.
func (c Candidate) Once() bool { return c.Matter != MatterOne && c.A == c.B }

// candidates finds the pairs that nobody has decided on, in the order of the forms; of each form those
// first that move most money, then the likeliest.
func candidates(g *Register) []Candidate {
	g.profiles = map[*Project]*identity.Profile{}
	defer func() { g.profiles = nil }()
	weights := g.weights()
	found := map[*form.Form][]Candidate{}
	var forms []*form.Form
	for _, f := range form.All() {
		if f.ProjectCode != nil {
			forms, found[f] = append(forms, f), slices.Concat(g.alike(f, &weights), g.gone(f))
		}
	}
	var all []Candidate
	for _, f := range forms { // once the profiles of all forms are made
		own := append(found[f], g.abroad(f, &weights)...)
		slices.SortStableFunc(own, func(x, y Candidate) int { return cmp.Or(cmp.Compare(y.Moves, x.Moves), cmp.Compare(y.Score, x.Score)) })
		all = append(all, own...)
	}
	return all
}

// Learning is what decided pairs say of the weight of clues.
type Learning struct {
	One, Two int // pairs decided to be one, and two, of which both rows stand
	Weights  []Weight
	Ask      []Candidate // the open pairs that are the least certain, and so teach most
}

// A Weight is what a clue weighs, in tenths of bits, and what it weighs before anything is decided.
type Weight struct {
	Kind          identity.ClueKind
	Bits, BuiltIn int
}

// mostTelling is how many of the least certain pairs are named.
const mostTelling = 5

// Learnt says what clues weigh in the month.
func (m *Month) Learnt() Learning {
	var l Learning
	for _, e := range m.Register.examples() {
		if e.One {
			l.One++
		} else {
			l.Two++
		}
	}
	weights := m.Register.weights()
	for kind, bits := range weights {
		l.Weights = append(l.Weights, Weight{identity.ClueKind(kind), bits, identity.BuiltIn[kind]})
	}
	l.Ask = slices.DeleteFunc(slices.Clone(m.Candidates), func(c Candidate) bool { return c.Once() })
	slices.SortStableFunc(l.Ask, func(a, b Candidate) int { return cmp.Compare(a.Score, b.Score) })
	l.Ask = l.Ask[:min(mostTelling, len(l.Ask))]
	return l
}

// weights are what clues weigh after what people decided on pairs of which both rows stand.
func (g *Register) weights() identity.Weights {
	return identity.Learn(g.examples())
}

// examples are the decided pairs of which both rows stand: what they have in common, and what was decided.
func (g *Register) examples() []identity.Example {
	if len(g.decided) == 0 {
		return nil
	}
	rows := map[string]*ledger.Standing{}
	for _, f := range form.All() {
		for _, p := range g.Projects[f.ID] {
			for _, row := range p.Rows() {
				if f.ProjectCode != nil {
					rows[g.Key(row)] = row
				}
			}
		}
	}
	var all []identity.Example
	for _, d := range g.decided.All() {
		a, b := rows[d.A.Key], rows[d.B.Key]
		if a == nil || b == nil || d.Verdict == ledger.Part {
			continue
		}
		_, clues := identity.BuiltIn.Likely(g.rowProfile(a), g.rowProfile(b), 0)
		all = append(all, identity.Example{One: d.Verdict == ledger.Same, Clues: clues})
	}
	return all
}

func (g *Register) rowProfile(row *ledger.Standing) *identity.Profile {
	return identity.NewProfile(g.County, form.ByID(row.Form), row.Record)
}

// alike are the pairs of projects of one form, in the order of the projects.
func (g *Register) alike(f *form.Form, weights *identity.Weights) []Candidate {
	projects := only(g.Projects[f.ID], func(p *Project) bool { return f.Whole == nil || f.Whole.Judge(g.Env(p)) != form.Passes })
	profiles, blocks := g.search(projects)
	departments := make([]string, len(projects))
	for i, p := range projects {
		departments[i] = p.Row.Department
	}
	return slices.Concat(onAllCores(len(projects), func(i int) (found []Candidate) {
		p := projects[i]
		for _, j := range blocks.Near(i) {
			q, least := projects[j], g.County.Candidates.Between
			if departments[i] == departments[j] {
				least = g.County.Candidates.Within
			}
			score, clues := weights.Likely(profiles[i], profiles[j], least)
			if score < least || related(p, q) || g.settled(p, q) {
				continue
			}
			found = append(found, g.candidate(Candidate{Matter: MatterOne, A: p, B: q, Score: score, Clues: clues}, p.Row, q.Row))
		}
		return found
	})...)
}

// search lays projects out for the search, with their profiles.
func (g *Register) search(projects []*Project) ([]*identity.Profile, *identity.Blocks) {
	profiles := onAllCores(len(projects), func(i int) *identity.Profile { return g.profile(projects[i]) })
	for i, p := range projects {
		g.profiles[p] = profiles[i]
	}
	return profiles, identity.NewBlocks(profiles)
}

// candidate completes a candidate with its rows.
func (g *Register) candidate(c Candidate, a, b *ledger.Standing) Candidate {
	c.Rows, c.Keys = [2]*ledger.Standing{a, b}, [2]string{g.Key(a), g.Key(b)}
	if c.Matter != MatterForms {
		c.Moves = min(amountOf(c.A.Form, a.Record).V, amountOf(c.B.Form, b.Record).V)
	}
	return c
}

// gone are the rows of a form that departments no longer report, with what they may have become.
func (g *Register) gone(f *form.Form) []Candidate {
	var found []Candidate
	of := map[*ledger.Standing]*Project{}
	for _, p := range g.Projects[f.ID] {
		for _, row := range p.Rows() {
			of[row] = p
		}
	}
	for _, s := range g.successors[f.ID] {
		c := Candidate{Matter: s.matter, A: of[s.old], B: of[s.new], Score: s.score, Clues: s.clues}
		found = append(found, g.candidate(c, s.old, s.new))
	}
	return found
}

// abroad are the projects of a form that may be projects of another, where the two are joined and
// both still stand alone.
func (g *Register) abroad(f *form.Form, weights *identity.Weights) []Candidate {
	var all []Candidate
	for _, other := range joinedTo(f) {
		mine, theirs := g.alone(g.Counted(f), g.Counted(other))
		profiles, blocks := g.search(slices.Concat(mine, theirs))
		all = append(all, slices.Concat(onAllCores(len(mine), func(i int) (found []Candidate) {
			p := mine[i]
			for _, j := range blocks.Near(i) {
				if j < len(mine) {
					continue
				}
				q := theirs[j-len(mine)]
				score, clues := weights.Likely(profiles[i], profiles[j], g.County.Candidates.Between)
				if score >= g.County.Candidates.Between && !g.settled(p, q) {
					found = append(found, g.candidate(Candidate{Matter: MatterForms, A: p, B: q, Score: score, Clues: clues}, p.Row, q.Row))
				}
			}
			return found
		})...)...)
	}
	return all
}

// profile is what may give a project away as another's double; while candidates are looked for that of a
// search is known to the next.
func (g *Register) profile(p *Project) *identity.Profile {
	if known := g.profiles[p]; known != nil {
		return known
	}
	return identity.NewProfile(g.County, p.Form, p.Record())
}

// related reports whether one project is a part of the other, or both are parts of one.
func related(p, q *Project) bool {
	return p.Parent == q || q.Parent == p || p.Parent != nil && p.Parent == q.Parent
}

// settled reports whether a person decided on rows of two projects.
func (g *Register) settled(p, q *Project) bool {
	for _, row := range p.Rows() {
		for _, other := range q.Rows() {
			if g.decided.On(g.Key(row), g.Key(other)) {
				return true
			}
		}
	}
	return false
}

// Key is what decisions call a row: the same from month to month as long as the row bears
// the same code, name and owner.
func (g *Register) Key(row *ledger.Standing) string {
	f := form.ByID(row.Form)
	return identity.Key(f.ID, identity.Of(g.County, f, row))
}

// Party is the row of a key, for people, and the form that it is of: a row of the month, else one of the
// month before, which another may stand for by now. The form is nil if there is none.
func (m *Month) Party(key string) (ledger.Party, *form.Form) {
	g := m.Register
	for _, f := range form.All() {
		if f.ProjectCode == nil {
			continue
		}
		for _, p := range g.Projects[f.ID] {
			for _, row := range p.Rows() {
				if g.Key(row) == key {
					return g.party(row), f
				}
			}
		}
	}
	before := m.History.before()
	for i := range before {
		if f := form.ByID(before[i].Form); f != nil && f.ProjectCode != nil && g.Key(&before[i]) == key {
			return g.party(&before[i]), f
		}
	}
	return ledger.Party{}, nil
}

func (g *Register) party(row *ledger.Standing) ledger.Party {
	return ledger.Party{Key: g.Key(row), Department: row.Department, Name: form.ByID(row.Form).Name(row.Record)}
}
