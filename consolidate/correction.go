package consolidate

import (
	"maps"
	"slices"

	"huizong/consolidate/identity"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Correction is what returns that came late, of a month that was closed, say otherwise than was published
// of it (更正). Nothing of it counts: the month stays as it was published, until its departments say so in
// a month that is open or the month is reopened.
type Correction struct {
	Period  ledger.Period
	Late    []*ledger.Return // as they would be settled, by form, department and age
	Changes []Change         // by return, in its order
	Figures []FigureChange   // those that would be otherwise, by name

	sources map[ledger.Edition]*ledger.Return // that its rows were read from
}

// A Change is what a late return says otherwise of a row: of the whole row, or of one of its fields.
type Change struct {
	Late          *ledger.Return
	Kind          MovementKind // Entered, Left or Altered
	Was, Says     Version      // the row as it was published and as the return has it; zero where there is none
	Column        *form.Column // of Altered; nil: of the whole row
	Before, After ledger.Value // of Column
}

// A Version is a row with the project that it reports on.
type Version struct {
	Row     *ledger.Standing
	Project *Project
}

// A FigureChange is a figure as it was published and as it would be. Either may not be known.
type FigureChange struct {
	Name             string
	Published, Would ledger.Value
	Projects         []*Project // that it would be taken over
}

// An Account is what was published of a month.
type Account struct {
	Register *Register
	Figures  map[string]int64
}

// Correct holds what was published of a month against what it would be with the late returns, which are
// among those that would is made of.
func Correct(published Account, would *Month, late []*ledger.Return) Correction {
	came := map[ledger.Edition]bool{}
	for _, r := range late {
		came[r.Edition()] = true
	}
	c := Correction{Period: would.Period, Figures: otherFigures(published.Figures, would), sources: would.sources}
	for _, r := range would.Returns {
		if !came[r.Edition()] {
			continue
		}
		c.Late = append(c.Late, r)
		if r.InForce() {
			c.Changes = append(c.Changes, changesBy(r, published.Register, would.Register)...)
		}
	}
	return c
}

// changesBy are what a return in force changes in the rows of its own department.
func changesBy(r *ledger.Return, was, would *Register) []Change {
	f := form.ByID(r.Form)
	before, after := was.versions(f, r.Department), would.versions(f, r.Department)
	index, rows := identity.NewIndex(), make([]identity.Row, len(after))
	for _, v := range before {
		index.Add(identity.Of(was.County, f, v.Row))
	}
	for i, v := range after {
		rows[i] = identity.Of(would.County, f, v.Row)
	}
	var all []Change
	matched := index.Match(rows)
	for i, at := range matched {
		if at < 0 {
			all = append(all, Change{Late: r, Kind: Entered, Says: after[i]})
			continue
		}
		for _, column := range f.Columns {
			is, said := column.Value(before[at].Row.Record), column.Value(after[i].Row.Record)
			if is != said {
				all = append(all, Change{Late: r, Kind: Altered, Was: before[at], Says: after[i], Column: column, Before: is, After: said})
			}
		}
	}
	for _, at := range index.Free(matched) {
		all = append(all, Change{Late: r, Kind: Left, Was: before[at]})
	}
	return all
}

// versions are the rows of a department on a form, in their order.
func (g *Register) versions(f *form.Form, department string) []Version {
	var all []Version
	for _, p := range g.Projects[f.ID] {
		for _, row := range p.Rows() {
			if row.Department == department {
				all = append(all, Version{row, p})
			}
		}
	}
	return all
}

// otherFigures are those that would be otherwise than published.
func otherFigures(published map[string]int64, would *Month) []FigureChange {
	names := maps.Clone(published)
	if names == nil {
		names = map[string]int64{}
	}
	maps.Copy(names, would.Figures)
	var all []FigureChange
	for _, name := range slices.Sorted(maps.Keys(names)) {
		change := FigureChange{Name: name, Published: known(published, name), Would: known(would.Figures, name)}
		if change.Published != change.Would {
			change.Projects = would.Register.Under(name)
			all = append(all, change)
		}
	}
	return all
}

// known is a figure; blank where it is not known.
func known(figures map[string]int64, name string) ledger.Value {
	n, is := figures[name]
	return ledger.Value{Known: is, N: n}
}

// Under are the projects that a figure is taken over.
func (g *Register) Under(name string) []*Project {
	f, figure := form.FigureNamed(name)
	counted := g.Counted(f)
	rows := make([]*form.Env, len(counted))
	for i, p := range counted {
		rows[i] = g.Env(p)
	}
	var projects []*Project
	_, _, from := figure.Of.Over(rows)
	for _, i := range from {
		projects = append(projects, counted[i])
	}
	return projects
}

// finding tells the department of a late return what became of it.
func (c Correction) finding(r *ledger.Return) ledger.Finding {
	finding := about(r, CameLate, c.Period.Chinese())
	for _, f := range r.Findings {
		if r.State == ledger.Returned && f.Code.Effect == ledger.RejectReturn {
			finding.Found += "，" + f.Message(ledger.Chinese)
		}
	}
	return finding
}

// CameLate reports whether a row is one of a late return, which does not count.
func (m *Month) CameLate(row *ledger.Standing) bool {
	return slices.ContainsFunc(m.Corrections, func(c Correction) bool {
		return slices.ContainsFunc(c.Late, func(r *ledger.Return) bool { return r.ReturnID == row.ReturnID && r.Content == row.Content })
	})
}

// corrected are the findings of late returns: of those that would not be taken, and of those that would
// change something.
func corrected(corrections []Correction) []ledger.Finding {
	var all []ledger.Finding
	for _, c := range corrections {
		for _, r := range c.Late {
			if r.State == ledger.Returned || len(c.By(r)) > 0 {
				all = append(all, c.finding(r))
			}
		}
	}
	return all
}

// By are the changes of a late return.
func (c Correction) By(r *ledger.Return) []Change {
	return slices.DeleteFunc(slices.Clone(c.Changes), func(change Change) bool { return change.Late != r })
}

// Restated are the figures of earlier months that were published otherwise when their month was first
// closed, by month and name, as they were then; a figure that was not known then is not Known.
func Restated(first, now map[ledger.Period]map[string]int64) map[ledger.Period]map[string]ledger.Value {
	all := map[ledger.Period]map[string]ledger.Value{}
	for p, was := range first {
		names := maps.Clone(was)
		maps.Copy(names, now[p])
		for name := range names {
			if then := known(was, name); then != known(now[p], name) {
				if all[p] == nil {
					all[p] = map[string]ledger.Value{}
				}
				all[p][name] = then
			}
		}
	}
	return all
}
