package consolidate

import (
	"cmp"
	"slices"

	"huizong/consolidate/identity"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Project is one project of a form, whoever reports it. Row is the row that counts for
// all that the county does not settle field by field; Others are the rows of the same
// project that do not: kept, never added up.
type Project struct {
	Form   *form.Form
	Row    *ledger.Standing
	Others []*ledger.Standing
	// Former are rows that their departments reported before and report otherwise now (更名, 合并):
	// kept, and no claim beside the department's newer word.
	Former []*ledger.Standing
	// Resolutions are the fields of which county.toml says whose word counts, and the money
	// that the form balances in, in the order of the form; none where one row says all.
	Resolutions []Resolution
	// Parent is the package that the project is a part of (所属打包项目). A part is listed,
	// never counted: its package counts once.
	Parent *Project

	record *ledger.Record // Row's, with the fields that other rows settle; nil where it is Row's
}

// Record is the project as it counts: the row that counts, each field that the county
// settles as whoever has the word says it.
func (p *Project) Record() *ledger.Record {
	if p.record != nil {
		return p.record
	}
	return p.Row.Record
}

// Rows are all rows that report on the project, the one that counts first.
func (p *Project) Rows() []*ledger.Standing {
	return slices.Concat([]*ledger.Standing{p.Row}, p.Others, p.Former)
}

// Resolution is how a field was settled; not ok where it is simply the row's own.
func (p *Project) Resolution(c *form.Column) (Resolution, bool) {
	for _, r := range p.Resolutions {
		if r.Column == c {
			return r, true
		}
	}
	return Resolution{}, false
}

// Name is the project's name as the row that counts writes it.
func (p *Project) Name() string { return p.Form.Name(p.Record()) }

// Counts reports whether the project is counted and summed.
func (p *Project) Counts() bool { return p.Parent == nil }

// projects brings the standing rows of a form together and settles what they say. The order
// is the official order of units, then the order in which each reported.
func projects(k court, standing []ledger.Standing, decided identity.Verdicts) ([]*Project, []successor) {
	var rows []*ledger.Standing
	for i := range standing {
		if standing[i].Form == k.form.ID {
			rows = append(rows, &standing[i])
		}
	}
	slices.SortStableFunc(rows, func(a, b *ledger.Standing) int { return compareRows(k.county, a, b) })
	identities := make([]identity.Row, len(rows))
	for i, row := range rows {
		identities[i] = identity.Of(k.county, k.form, row)
		identities[i].Key = identity.Key(k.form.ID, identities[i])
	}
	at := map[*ledger.Standing]int{}
	for i, row := range rows {
		at[row] = i
	}
	successors, tied := k.successors(rows, decided), [][2]int{}
	for _, s := range successors {
		if s.counted {
			tied = append(tied, [2]int{at[s.new], at[s.old]})
		}
	}
	of := make([][]*ledger.Standing, len(rows)) // by the first row of the project
	for i, first := range identity.Bind(identities, decided, tied) {
		of[first] = append(of[first], rows[i])
	}
	var all []*Project
	for _, own := range of {
		if len(own) > 0 {
			all = append(all, k.project(own))
		}
	}
	tieParts(k.county, k.form, all)
	tieDecidedParts(all, decided, func(row *ledger.Standing) string { return identities[at[row]].Key })
	slices.SortStableFunc(all, func(a, b *Project) int { return compareRows(k.county, a.Row, b.Row) })
	return all, successors
}

// project settles what the rows of one project say.
func (k court) project(rows []*ledger.Standing) *Project {
	if len(rows) == 1 {
		return &Project{Form: k.form, Row: rows[0]}
	}
	rows, former := current(rows)
	slices.SortStableFunc(former, func(a, b *ledger.Standing) int { // the history goes on from the weightiest
		return cmp.Compare(amountOf(k.form, b.Record).V, amountOf(k.form, a.Record).V)
	})
	rows = k.foremost(rows)
	p := &Project{Form: k.form, Row: rows[0], Others: rows[1:], Former: former}
	if len(rows) == 1 {
		return p
	}
	record := *p.Row.Record
	for _, column := range k.form.Columns {
		authority, stated := k.of(column)
		if !stated {
			continue
		}
		r := k.resolve(authority, column, rows)
		p.Resolutions = append(p.Resolutions, r)
		if winner, said := r.Winner(); said {
			record.Set(column.Index, winner.Field)
		}
	}
	p.record = &record
	return p
}

// current parts the rows of a project into those by which departments speak of it, and those that
// a department's newer row takes the place of.
func current(rows []*ledger.Standing) (speaking, former []*ledger.Standing) {
	fresh := map[string]bool{}
	for _, row := range rows {
		fresh[row.Department] = fresh[row.Department] || !row.Carried()
	}
	for _, row := range rows {
		if row.Carried() && fresh[row.Department] {
			former = append(former, row)
		} else {
			speaking = append(speaking, row)
		}
	}
	return speaking, former
}

func compareRows(c *county.County, a, b *ledger.Standing) int {
	return cmp.Or(cmp.Compare(c.Order(a.Department), c.Order(b.Department)), cmp.Compare(a.Department, b.Department),
		cmp.Compare(a.Record.Row, b.Record.Row), cmp.Compare(a.Entity, b.Entity))
}

// responsible reports whether the row comes from the unit that it names as responsible: the
// first, if it names several.
func responsible(c *county.County, f *form.Form, row *ledger.Standing) bool {
	column := f.Role(form.RoleResponsible)
	if column == nil {
		return false
	}
	named := column.Value(row.Record).S
	unit, known := c.Unit(named)
	if first := ledger.Names(named); !known && len(first) > 0 {
		unit, known = c.Unit(first[0])
	}
	return known && unit.Name == row.Department
}

// tieParts ties the parts of packages to them by the package's name; of two packages of one
// name the first has the parts. A package is never a part.
func tieParts(c *county.County, f *form.Form, all []*Project) {
	if f.Package == nil {
		return
	}
	packages := map[string]*Project{}
	for _, p := range all {
		if f.IsPackage.Value(p.Record()).N == 1 {
			if name := c.FoldName(p.Name()); packages[name] == nil {
				packages[name] = p
			}
		}
	}
	for _, p := range all {
		if f.IsPackage.Value(p.Record()).N != 1 {
			p.Parent = packages[c.FoldName(f.Package.Value(p.Record()).S)]
		}
	}
}

// tieDecidedParts ties projects to those that people decided they are parts of, in the order of the
// decisions. What would make a project a part of itself is left out.
func tieDecidedParts(all []*Project, decided identity.Verdicts, key func(*ledger.Standing) string) {
	of := map[string]*Project{}
	for _, p := range all {
		for _, row := range p.Rows() {
			of[key(row)] = p
		}
	}
	for _, d := range decided.All() {
		part, whole := of[d.A.Key], of[d.B.Key]
		if d.Verdict == ledger.Part && part != nil && whole != nil && !whole.within(part) {
			part.Parent = whole
		}
	}
}

// within reports whether a project is another, or a part of it.
func (p *Project) within(other *Project) bool {
	for ; p != nil; p = p.Parent {
		if p == other {
			return true
		}
	}
	return false
}
