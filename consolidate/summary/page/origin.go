package page

import (
	"huizong/consolidate"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// What cells give workbook.Cell.From as their origin, to be traced by: what projects and rows say,
// what is published, measured or found, what departments sent, or a fact, the month's own.
type (
	// A FromProject is the columns of a project that a cell shows or is judged by, each by
	// whoever's word counts.
	FromProject struct {
		Project *consolidate.Project
		Columns []*form.Column
	}
	// A FromRow is what one row says of a project, such as that of an earlier month.
	FromRow struct {
		Project *consolidate.Project
		Row     *ledger.Standing
		Column  *form.Column
	}
	// A FromProjects is several projects at once: what a number that is worked out here counts or
	// adds up, over the rows of a form.
	FromProjects struct {
		Projects []*consolidate.Project
		Form     *form.Form
		Columns  []*form.Column
		// Entries are the rows in the statistics of key projects that are judged by them.
		Entries map[*consolidate.Project]*consolidate.Project
	}
	// A FromRows is the projects with rows in force of a department that meet a condition.
	FromRows struct {
		Form       *form.Form
		Department string
		Where      func(*consolidate.Project, *ledger.Standing) bool
		Columns    []*form.Column
	}
	// A FromNothing is of a number that no row of a department on a form makes up.
	FromNothing struct {
		Form       *form.Form
		Department string
	}
	// A FromFigure is a published figure, by its name.
	FromFigure string
	// A FromIndicator is an indicator of a unit: its numerator, or its denominator.
	FromIndicator struct {
		Indicator, Unit string
		Whole           bool
	}
	// A FromFinding is a finding.
	FromFinding struct{ Finding *ledger.Finding }
	// A Fact is the month's own, in each language: it stands in no cell of a department.
	Fact ledger.Phrase
	// A FromReturns is what was sent of a form (nil: of all), by one department (blank: by all):
	// what rows and returns are counted over.
	FromReturns struct {
		Form       *form.Form
		Department string
	}
	// A FromReturn is one return, of this month or of an earlier one.
	FromReturn struct{ Sent *ledger.Return }
)

// Cite is the origin of a cell of a project. Columns that the line does not have (nil) are
// left out.
func Cite(p *Project, columns ...*form.Column) FromProject {
	c := FromProject{Project: p.Project}
	for _, column := range columns {
		if column != nil {
			c.Columns = append(c.Columns, column)
		}
	}
	return c
}

// Cited gives the cells of a column their origin: the columns of the form that they show or
// are judged by.
func Cited(value func(*Project) workbook.Cell, columns ...*form.Column) func(*Project) workbook.Cell {
	return func(p *Project) workbook.Cell { return value(p).From(FromProject{p.Project, columns}) }
}

// CiteAll is the origin of a number that counts or adds up some of the lines of a form.
func CiteAll(f *form.Form, lines []*Project, columns ...*form.Column) FromProjects {
	g := FromProjects{Form: f, Columns: append([]*form.Column{f.Entity.Column}, columns...)}
	for _, line := range lines {
		g.Projects = append(g.Projects, line.Project)
	}
	return g
}

// CiteEntries is CiteAll of key projects that are judged by whether they are in the statistics, too.
func (v *Volume) CiteEntries(lines []*Project, columns ...*form.Column) FromProjects {
	g := CiteAll(form.Progress.Name.Form, lines, columns...)
	g.Entries = map[*consolidate.Project]*consolidate.Project{}
	for _, line := range lines {
		if row := v.Entries[line.Project].Row; row != nil {
			g.Entries[line.Project] = row
		}
	}
	return g
}

// CitedEntry gives the cells of a column that origin, each its own project's.
func (v *Volume) CitedEntry(value func(*Project) workbook.Cell, columns ...*form.Column) func(*Project) workbook.Cell {
	return func(p *Project) workbook.Cell { return value(p).From(v.CiteEntries([]*Project{p}, columns...)) }
}

// Discreet is the finding without what a personal column holds.
func Discreet(f ledger.Finding) ledger.Finding {
	if of := form.ByID(f.Form); of != nil {
		for _, c := range of.Columns {
			if c.Personal && c.Name == f.Field {
				f.Found, f.Expected = "", ""
			}
		}
	}
	return f
}

// StateWords are what became of returns, in words staff know.
var StateWords = map[ledger.State]string{
	ledger.Accepted: "采用", ledger.Nil: "零报告", ledger.Superseded: "被新版替换", ledger.Returned: "退回", ledger.Repeated: "重复",
	ledger.Late: "留作更正",
}
