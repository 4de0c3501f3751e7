package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// What stands for a unit or a field that the county does not know, and in the column 计数.
const (
	Other   = "其他"
	Unnamed = "未填报"
	Counted = "计数"
	aPart   = "子项"
)

// ProjectColumns are the columns of a form that every ledger of projects reads.
type ProjectColumns struct {
	Unit  form.Text // 责任单位
	Field form.Text // 领域
}

// A Project is a line of a ledger: a project with the county's own words for its unit and
// field, so that what is spelled differently is grouped together.
type Project struct {
	*consolidate.Project
	number  int    // among the projects that count, from 1
	part    int    // among the parts of a package, from 1; 0: no part
	Unit    string // official name of the unit responsible, else 其他
	Group   string // of the unit, else 其他
	Field   string
	columns ProjectColumns          // that unit and field are from
	notes   map[*form.Column]string // what was said of columns that authority settled, or nothing yet
	Remark  string                  // what a reader must know of the line: 沿用, 子项, 暂缓 …
}

// listProjects lists the projects of a form by unit in the official order, parts under
// their packages.
func listProjects(m *consolidate.Month, f *form.Form, columns ProjectColumns) []*Project {
	var counting []*Project
	parts := map[*consolidate.Project][]*Project{}
	for _, p := range m.Register.Projects[f.ID] {
		line := newProject(m.County, p, columns)
		line.notes = settledNotes(m, p)
		if p.Counts() {
			counting = append(counting, line)
		} else {
			parts[p.Parent] = append(parts[p.Parent], line)
		}
	}
	slices.SortStableFunc(counting, func(a, b *Project) int {
		return cmp.Compare(m.County.Order(a.Unit), m.County.Order(b.Unit))
	})
	var all []*Project
	for i, p := range counting {
		p.number = i + 1
		own := parts[p.Project]
		if len(own) > 0 {
			p.Remark = Join(fmt.Sprintf("打包项目，含%d个子项", len(own)), p.Remark)
		}
		all = append(all, p)
		for j, part := range own {
			part.number, part.part = p.number, j+1
			all = append(all, part)
		}
	}
	return all
}

func newProject(c *county.County, p *consolidate.Project, columns ProjectColumns) *Project {
	said, field := columns.Unit.Of(p.Record()), columns.Field.Of(p.Record())
	unit := responsible(c, said)
	line := &Project{Project: p, Unit: unit.Name, Group: unit.Group, Field: fieldOf(c, field), columns: columns, Remark: remark(p)}
	if unit.Name == Other {
		line.Remark = Join(line.Remark, "责任单位填报为“"+said+"”")
	}
	if line.Field == Other {
		line.Remark = Join(line.Remark, "领域填报为“"+field+"”")
	}
	return line
}

// fieldOf is the field that a text names: 未填报 if none, 其他 if the county does not know it.
func fieldOf(c *county.County, text string) string {
	if text == "" {
		return Unnamed
	}
	if field, known := c.Field(text); known {
		return field
	}
	return Other
}

// responsible is the unit that a text names, the first known one of several; 其他 if the
// county knows none of them.
func responsible(c *county.County, text string) county.Unit {
	if unit, known := c.FirstUnit(text); known {
		return unit
	}
	return county.Unit{Name: Other, Group: Other}
}

// remark says how a line came to stand as it does.
func remark(p *consolidate.Project) string {
	var notes []string
	if p.Parent != nil {
		notes = append(notes, "属打包项目“"+p.Parent.Name()+"”，列示不计数")
	}
	if p.Row.Carried() {
		notes = append(notes, "沿用"+p.Row.From.Chinese()+"数")
	}
	for i, field := range p.Record().Fields.All() {
		switch {
		case !field.Held:
		case field.Value.Known:
			notes = append(notes, Heading(p.Form.Columns[i], p.Row.Period)+"待核，沿用上次采用数")
		default:
			notes = append(notes, Missing(p.Form.Columns[i], p.Row.Period))
		}
	}
	for _, row := range p.Others {
		notes = append(notes, row.Department+"也有上报，不重复计")
	}
	for _, row := range p.Former {
		notes = append(notes, "原报“"+p.Form.Name(row.Record)+"”，只计一次")
	}
	for _, r := range p.Resolutions {
		winner, said := r.Winner()
		switch {
		case r.Reason == consolidate.Open:
			notes = append(notes, Heading(r.Column, p.Row.Period)+"各单位所报不一致，待定，暂采用"+winner.Department+"所报")
		case said && winner.Row != p.Row && winner.Field.Value != r.Column.Value(p.Row.Record):
			notes = append(notes, Heading(r.Column, p.Row.Period)+"采用"+winner.Department+"所报")
		}
	}
	return strings.Join(notes, "；")
}

// Missing says that a value is held back and there is none from before in its place.
func Missing(c *form.Column, p ledger.Period) string { return Heading(c, p) + "待核，暂缺" }

// Heading is what a column is called in a month: 1-6月累计完成投资.
func Heading(c *form.Column, p ledger.Period) string {
	return strings.ReplaceAll(c.String(), "N月", fmt.Sprintf("%d月", p.Month))
}

// Join puts two remarks together, either of which may be blank.
func Join(a, b string) string { return strings.Trim(a+"；"+b, "；") }

// Ordinal is the number of the line: 12, of the first part of the 12th 12-1.
func Ordinal(p *Project) workbook.Cell {
	if p.part == 0 {
		return workbook.Int(p.number).From(workbook.Numbering{})
	}
	return workbook.Text(fmt.Sprintf("%d-%d", p.number, p.part))
}

// NameOf is the name; that of a part stands under its package, indented.
func NameOf(p *Project) workbook.Cell {
	name := workbook.Text(p.Name()).From(Cite(p, p.Form.Entity.Column))
	if p.part != 0 {
		return name.As(workbook.Prose.Indent(2))
	}
	return name
}

// UnitOf is the unit responsible, in the county's words.
func UnitOf(p *Project) workbook.Cell {
	return workbook.Text(p.Unit).From(Cite(p, p.columns.Unit.Column))
}

// FieldOf is the field, in the county's words.
func FieldOf(p *Project) workbook.Cell {
	return workbook.Text(p.Field).From(Cite(p, p.columns.Field.Column))
}

// RemarkOf is what a reader must know of the line.
func RemarkOf(p *Project) workbook.Cell { return workbook.Text(p.Remark) }

// Counting says whether the line counts (计数) or is part of a package (子项).
func Counting(p *Project) workbook.Cell {
	says := aPart
	if p.Counts() {
		says = Counted
	}
	return workbook.Text(says).From(Cite(p, p.Form.Entity.Column, p.Form.Package))
}

// Shown is a column of the form as people read it. Telephone numbers are in no workbook of
// leaders: to show a personal column is a programmer's mistake.
func Shown(c *form.Column) func(*Project) workbook.Cell {
	if c.Personal {
		panic("a leaders' workbook shows no personal column: " + c.ID)
	}
	return Cited(func(p *Project) workbook.Cell { return workbook.Text(c.Show(c.Value(p.Record()))).Note(p.notes[c]) }, c)
}

// Month is a column of dates that are about months, in one form: 2024-06, whatever day was stated.
func Month(c form.Date) func(*Project) workbook.Cell {
	return Cited(func(p *Project) workbook.Cell {
		day := c.Of(p.Record())
		day.Day = 0
		return workbook.Text(day.String()).Note(p.notes[c.Column])
	}, c.Column)
}

// Amount is a column of money; blank where the department did not say.
func Amount(c form.Money) func(*Project) workbook.Cell {
	return Cited(func(p *Project) workbook.Cell {
		return workbook.Maybe(c.Of(p.Record()), workbook.Money[ledger.Money]).Note(p.notes[c.Column])
	}, c.Column)
}

// settledNotes are the notes of a project by column: where departments did not agree, whose
// word counts and why, and what each said where.
func settledNotes(m *consolidate.Month, p *consolidate.Project) map[*form.Column]string {
	var notes map[*form.Column]string
	for _, r := range p.Resolutions {
		if r.Reason != consolidate.ByAuthority && r.Reason != consolidate.Open {
			continue
		}
		winner, _ := r.Winner()
		text := VerdictOf(r, winner)
		for _, claim := range r.Claims {
			if !claim.Field.Value.Known {
				continue
			}
			text += "\n" + claim.Department + "：" + r.Column.Spell(claim.Field.Value)
			if source := m.SourceOf(claim.Row, r.Column); source != nil {
				text += "（" + source.File + " " + source.SheetOf(claim.Field) + "!" + claim.Field.Cell.String() + "）"
			}
		}
		if notes == nil {
			notes = map[*form.Column]string{}
		}
		notes[r.Column] = text
	}
	return notes
}

// Lines are the rows of a form that count, with the county's word for the unit that answers
// for each.
func (v *Volume) Lines(f *form.Form, unit form.Text) []*Project {
	var all []*Project
	for i, p := range v.Register.Counted(f) {
		of := responsible(v.County, unit.Of(p.Record()))
		all = append(all, &Project{Project: p, number: i + 1, Unit: of.Name, Group: of.Group, columns: ProjectColumns{Unit: unit}, Remark: remark(p)})
	}
	return all
}

// StageLabel is what the county calls a stage of the form (四个一批).
func StageLabel(c *county.County, stage string) string {
	at := slices.IndexFunc(form.Reserve.Stage.Words, func(w form.Word) bool { return w.Name == stage })
	if at < 0 {
		return Unnamed
	}
	return c.Stages[at]
}

// VerdictOf says why a value is the one that counts.
func VerdictOf(r consolidate.Resolution, winner consolidate.Claim) string {
	switch r.Reason {
	case consolidate.Open:
		return "权威顺序分不出先后，待定，暂采用" + winner.Department + "所报"
	case consolidate.ByAuthority:
		return "采用" + winner.Department + "所报：" + r.Place(winner)
	}
	return r.Reason.Chinese()
}

// Grounds says why two projects may be one.
func Grounds(c consolidate.Candidate) string { return strings.Join(c.Grounds(ledger.Chinese), "；") }

// InOwnKind is a value in a cell of its own kind: money stays a number.
func InOwnKind(c *form.Column, v ledger.Value) workbook.Cell {
	if c.Type == form.AmountType && v.Known {
		return workbook.Money(v.N).As(workbook.Wan)
	}
	return workbook.Text(c.Show(v))
}
