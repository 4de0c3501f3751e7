package consolidate

import (
	"cmp"

	"huizong/consolidate/identity"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Register is a month in the shape that figures are taken from: the projects of each form.
type Register struct {
	County   *county.County
	Period   ledger.Period
	Projects map[string][]*Project // by form

	settings   map[string]int64
	decided    identity.Verdicts
	successors map[string][]successor         // by form
	profiles   map[*Project]*identity.Profile // while candidates are looked for
}

// NewRegister brings the rows that stand together into projects, as identity and people's
// decisions say, in whatever order the decisions are given.
func NewRegister(c *county.County, p ledger.Period, standing []ledger.Standing, decisions ...ledger.Decision) *Register {
	b := &Register{County: c, Period: p, Projects: map[string][]*Project{}, settings: c.Settings(), decided: identity.VerdictsOf(decisions),
		successors: map[string][]successor{}}
	for _, f := range form.All() {
		b.Projects[f.ID], b.successors[f.ID] = projects(court{c, f, p}, standing, b.decided)
	}
	return b
}

// Counted are the projects of a form that count: all but the parts of packages.
func (g *Register) Counted(f *form.Form) []*Project {
	var counted []*Project
	for _, p := range g.Projects[f.ID] {
		if p.Counts() {
			counted = append(counted, p)
		}
	}
	return counted
}

// Env is what a statement about a project is judged in.
func (g *Register) Env(p *Project) *form.Env {
	return &form.Env{Period: g.Period, Now: p.Record(), Settings: g.settings, Official: g.County.Official}
}

// Figures are the published figures by name. One that is not known is absent, never 0;
// a form of which nothing stands has none.
func (g *Register) Figures() map[string]int64 {
	figures := map[string]int64{}
	for _, f := range form.All() {
		counted := g.Counted(f)
		if len(counted) == 0 {
			continue
		}
		rows := make([]*form.Env, len(counted))
		for i, p := range counted {
			rows[i] = g.Env(p)
		}
		for _, figure := range f.Figures {
			if value, known, _ := figure.Of.Over(rows); known {
				figures[figure.Name] = value
			}
		}
	}
	return figures
}

// CompareUnits orders units officially; those that the county does not list come last.
func (g *Register) CompareUnits(a, z string) int {
	return cmp.Or(cmp.Compare(g.County.Order(a), g.County.Order(z)), cmp.Compare(a, z))
}
