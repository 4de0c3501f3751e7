package summary

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
	other   = "其他"
	unnamed = "未填报"
	counted = "计入"
	aPart   = "子项"
)

// projectColumns are the columns of a form that every ledger of projects reads.
type projectColumns struct {
	unit  form.Text // 责任单位
	field form.Text // 领域
}

// A project is a line of a ledger: a project with the county's own words for its unit and
// field, so that what is spelled differently is grouped together.
type project struct {
	*consolidate.Project
	number  int    // among the projects that count, from 1
	part    int    // among the parts of a package, from 1; 0: no part
	unit    string // official name of the unit responsible, else 其他
	group   string // of the unit, else 其他
	field   string
	columns projectColumns          // that unit and field are from
	notes   map[*form.Column]string // what was said of columns that authority settled, or nothing yet
	remark  string                  // what a reader must know of the line: 沿用, 子项, 暂缓 …
}

// listProjects lists the projects of a form by unit in the official order, parts under
// their packages.
func listProjects(m *consolidate.Month, f *form.Form, columns projectColumns) []project {
	var counting []project
	parts := map[*consolidate.Project][]project{}
	for _, p := range m.Register.Projects[f.ID] {
		line := newProject(m.County, p, columns)
		line.notes = settledNotes(m, p)
		if p.Counts() {
			counting = append(counting, line)
		} else {
			parts[p.Parent] = append(parts[p.Parent], line)
		}
	}
	slices.SortStableFunc(counting, func(a, b project) int {
		return cmp.Compare(m.County.Order(a.unit), m.County.Order(b.unit))
	})
	var all []project
	for i, p := range counting {
		p.number = i + 1
		own := parts[p.Project]
		if len(own) > 0 {
			p.remark = join(fmt.Sprintf("打包项目，含%d个子项", len(own)), p.remark)
		}
		all = append(all, p)
		for j, part := range own {
			part.number, part.part = p.number, j+1
			all = append(all, part)
		}
	}
	return all
}

func newProject(c *county.County, p *consolidate.Project, columns projectColumns) project {
	said, field := columns.unit.Of(p.Record()), columns.field.Of(p.Record())
	unit := responsible(c, said)
	line := project{Project: p, unit: unit.Name, group: unit.Group, field: unnamed, columns: columns, remark: remark(p)}
	if unit.Name == other {
		line.remark = join(line.remark, "责任单位填报为“"+said+"”")
	}
	if field != "" {
		known := false
		if line.field, known = c.Field(field); !known {
			line.field = other
			line.remark = join(line.remark, "领域填报为“"+field+"”")
		}
	}
	return line
}

// responsible is the unit that a text names, the first known one of several; 其他 if the
// county knows none of them.
func responsible(c *county.County, text string) county.Unit {
	if unit, known := c.FirstUnit(text); known {
		return unit
	}
	return county.Unit{Name: other, Group: other}
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
	for i, field := range p.Record().Fields {
		switch {
		case !field.Held:
		case field.Value.Known:
			notes = append(notes, heading(p.Form.Columns[i], p.Row.Period)+"待核，沿用上次采用数")
		default:
			notes = append(notes, heading(p.Form.Columns[i], p.Row.Period)+"待核，暂缺")
		}
	}
	for _, row := range p.Others {
		notes = append(notes, row.Department+"也有上报，不重复计")
	}
	for _, r := range p.Resolutions {
		winner, said := r.Winner()
		switch {
		case r.Reason == consolidate.Open:
			notes = append(notes, heading(r.Column, p.Row.Period)+"各单位所报不一致，待定，暂采用"+winner.Department+"所报")
		case said && winner.Row != p.Row && winner.Field.Value != r.Column.Value(&p.Row.Record):
			notes = append(notes, heading(r.Column, p.Row.Period)+"采用"+winner.Department+"所报")
		}
	}
	return strings.Join(notes, "；")
}

// heading is what a column is called in a month: 1-6月累计完成投资.
func heading(c *form.Column, p ledger.Period) string {
	return strings.ReplaceAll(c.String(), "N月", fmt.Sprintf("%d月", p.Month))
}

// join puts two remarks together, either of which may be blank.
func join(a, b string) string { return strings.Trim(a+"；"+b, "；") }

// place is the number of the line: 12, of the first part of the 12th 12-1.
func place(p project) workbook.Cell {
	if p.part == 0 {
		return workbook.Int(p.number).From(workbook.Numbering{})
	}
	return workbook.Text(fmt.Sprintf("%d-%d", p.number, p.part))
}

// nameOf is the name; that of a part stands under its package, indented.
func nameOf(p project) workbook.Cell {
	name := workbook.Text(p.Name()).From(cite(p, p.Form.Entity.Column))
	if p.part != 0 {
		return name.As(workbook.Prose.Indent(2))
	}
	return name
}

func unitOf(p project) workbook.Cell {
	return workbook.Text(p.unit).From(cite(p, p.columns.unit.Column))
}
func fieldOf(p project) workbook.Cell {
	return workbook.Text(p.field).From(cite(p, p.columns.field.Column))
}
func remarkOf(p project) workbook.Cell { return workbook.Text(p.remark) }

func counting(p project) workbook.Cell {
	says := aPart
	if p.Counts() {
		says = counted
	}
	return workbook.Text(says).From(cite(p, p.Form.Entity.Column, p.Form.Package))
}

// shown is a column of the form as people read it. Telephone numbers are in no workbook of
// leaders: to show a personal column is a programmer's mistake.
func shown(c *form.Column) func(project) workbook.Cell {
	if c.Personal {
		panic("a leaders' workbook shows no personal column: " + c.ID)
	}
	return cited(func(p project) workbook.Cell { return workbook.Text(c.Show(c.Value(p.Record()))).Note(p.notes[c]) }, c)
}

// amount is a column of money; blank where the department did not say.
func amount(c form.Money) func(project) workbook.Cell {
	return cited(func(p project) workbook.Cell {
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
		text := verdictOf(r, winner)
		for _, claim := range r.Claims {
			if !claim.Field.Value.Known {
				continue
			}
			text += "\n" + claim.Department + "：" + spelled(r.Column, claim.Field.Value)
			if source := m.SourceOf(claim.Row, r.Column); source != nil {
				text += "（" + source.File + " " + source.Sheet + "!" + claim.Field.Cell + "）"
			}
		}
		if notes == nil {
			notes = map[*form.Column]string{}
		}
		notes[r.Column] = text
	}
	return notes
}

// spelled is a value with the unit of money.
func spelled(c *form.Column, v ledger.Value) string {
	if c.Type == form.AmountType && v.Known {
		return c.Show(v) + "万元"
	}
	return c.Show(v)
}

// lines are the rows of a form that count, with the county's word for the unit that answers
// for each.
func (v *volume) lines(f *form.Form, unit form.Text) []project {
	var all []project
	for i, p := range v.Register.Counted(f) {
		of := responsible(v.County, unit.Of(p.Record()))
		all = append(all, project{Project: p, number: i + 1, unit: of.Name, group: of.Group, columns: projectColumns{unit: unit}, remark: remark(p)})
	}
	return all
}

// stageLabel is what the county calls a stage of the form (四个一批).
func stageLabel(c *county.County, stage string) string {
	at := slices.IndexFunc(form.Reserve.Stage.Words, func(w form.Word) bool { return w.Name == stage })
	if at < 0 {
		return unnamed
	}
	return c.Stages[at]
}

// verdictOf says why a value is the one that counts.
func verdictOf(r consolidate.Resolution, winner consolidate.Claim) string {
	switch r.Reason {
	case consolidate.Open:
		return "权威顺序分不出先后，待定，暂采用" + winner.Department + "所报"
	case consolidate.ByAuthority:
		return "采用" + winner.Department + "所报：" + r.Place(winner)
	}
	return r.Reason.Chinese()
}
