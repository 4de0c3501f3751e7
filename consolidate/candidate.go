package consolidate

import (
	"cmp"
	"slices"

	"huizong/consolidate/identity"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Candidate is two projects of a form that may be one (疑似重复). Nothing below certainty
// is brought together by itself: a person decides.
type Candidate struct {
	A, B  *Project  // A is the one that comes first
	Keys  [2]string // of the rows of A and B that count, for decisions
	Score int       // 100 would be certain
	Clues []identity.Clue
}

// candidates finds the pairs of projects that may be one and that nobody has decided on, by
// form, the likeliest first.
func candidates(g *Register, decisions []ledger.Decision) []Candidate {
	decided := identity.VerdictsOf(decisions)
	var all []Candidate
	for _, f := range form.All() {
		if f.ProjectCode == nil {
			continue
		}
		var projects []*Project
		for _, p := range g.Projects[f.ID] {
			if f.Whole == nil || f.Whole.Judge(g.Env(p)) != form.Passes {
				projects = append(projects, p)
			}
		}
		found := g.alike(projects, decided)
		slices.SortStableFunc(found, func(x, y Candidate) int { return cmp.Compare(y.Score, x.Score) })
		all = append(all, found...)
	}
	return all
}

// alike are the pairs of one form, in the order of the projects.
func (g *Register) alike(projects []*Project, decided identity.Verdicts) []Candidate {
	profiles := make([]*identity.Profile, len(projects))
	for i, p := range projects {
		profiles[i] = g.profile(p)
	}
	weighed := identity.ScaleOf(profiles).Weigh(profiles)
	blocks := identity.NewBlocks(profiles)
	var found []Candidate
	for i, p := range projects {
		for _, j := range blocks.Near(i) {
			q := projects[j]
			least := g.least(p, q)
			score, clues := identity.Likely(weighed[i], weighed[j], least)
			if score < least || related(p, q) || g.settled(p, q, decided) {
				continue
			}
			found = append(found, Candidate{p, q, [2]string{g.Key(p.Row), g.Key(q.Row)}, score, clues})
		}
	}
	return found
}

// profile is what may give a project away as another's double.
func (g *Register) profile(p *Project) *identity.Profile {
	return identity.NewProfile(g.County, p.Form, p.Record())
}

// least is the score from which on two projects are asked about.
func (g *Register) least(p, q *Project) int {
	if p.Row.Department == q.Row.Department {
		return g.County.Candidates.Within
	}
	return g.County.Candidates.Between
}

// related reports whether one project is a package of the other, or both are parts of one.
func related(p, q *Project) bool {
	return p.Parent == q || q.Parent == p || p.Parent != nil && p.Parent == q.Parent
}

// settled reports whether a person decided on rows of two projects.
func (g *Register) settled(p, q *Project, decided identity.Verdicts) bool {
	if len(decided) == 0 {
		return false
	}
	for _, row := range p.Rows() {
		for _, other := range q.Rows() {
			if _, is := decided[g.Key(row)][g.Key(other)]; is {
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

// Party is the row of a key, for people, and the form that it is of; the form is nil if no row
// of the month bears the key.
func (g *Register) Party(key string) (ledger.Party, *form.Form) {
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
	return ledger.Party{}, nil
}

func (g *Register) party(row *ledger.Standing) ledger.Party {
	return ledger.Party{Key: g.Key(row), Department: row.Department, Name: form.ByID(row.Form).Name(&row.Record)}
}
