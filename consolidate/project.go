package consolidate

import (
	"cmp"
	"slices"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Project is one project of a form, whoever reports it. Row is the row that counts: that
// of the unit responsible, else of the first unit in the official order. Others are the
// rows of the same project from other departments: kept, never added up.
type Project struct {
	Form   *form.Form
	Row    *ledger.Standing
	Others []*ledger.Standing
	// Parent is the package that the project is a part of (所属打包项目). A part is listed,
	// never counted: its package counts once.
	Parent *Project
}

// Record is the row that counts.
func (p *Project) Record() *ledger.Record { return &p.Row.Record }

// Name is the project's name as the row that counts writes it.
func (p *Project) Name() string { return p.Form.Name(p.Record()) }

// Counts reports whether the project is counted and summed.
func (p *Project) Counts() bool { return p.Parent == nil }

// projects brings the standing rows of a form together: the same code and a similar name,
// else the same name and owner, is one project. The order is the official order of units,
// then the order in which each reported.
func projects(c *county.County, f *form.Form, standing []ledger.Standing) []*Project {
	var rows []*ledger.Standing
	for i := range standing {
		if standing[i].Form == f.ID {
			rows = append(rows, &standing[i])
		}
	}
	slices.SortStableFunc(rows, func(a, b *ledger.Standing) int { return compareRows(c, a, b) })
	found := newIndex()
	var all, of []*Project // of: the project of each row
	for _, row := range rows {
		id := identify(c, f, row)
		at := found.strongest(id, ledger.NameAndOwner)
		found.add(id)
		if at < 0 {
			all = append(all, &Project{Form: f, Row: row})
			of = append(of, all[len(all)-1])
			continue
		}
		project := of[at]
		of = append(of, project)
		if responsible(c, f, row) && !responsible(c, f, project.Row) {
			project.Row, row = row, project.Row
		}
		project.Others = append(project.Others, row)
	}
	tieParts(c, f, all)
	slices.SortStableFunc(all, func(a, b *Project) int { return compareRows(c, a.Row, b.Row) })
	return all
}

func compareRows(c *county.County, a, b *ledger.Standing) int {
	return cmp.Or(cmp.Compare(c.Order(a.Department), c.Order(b.Department)), cmp.Compare(a.Department, b.Department),
		cmp.Compare(a.Record.Row, b.Record.Row), cmp.Compare(a.Entity, b.Entity))
}

// responsible reports whether the row comes from the unit that it names as responsible: the
// first, if it names several.
func responsible(c *county.County, f *form.Form, row *ledger.Standing) bool {
	column := f.Column("department")
	if column == nil {
		return false
	}
	named := column.Value(&row.Record).S
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
