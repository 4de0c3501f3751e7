package summary

import (
	"huizong/consolidate"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// What cells give workbook.Cell.From as their origin, to be traced by: what projects and rows say,
// what is published, measured or found, what departments sent, or a fact, the month's own.
type (
	// A fromProject is the columns of a project that a cell shows or is judged by, each by
	// whoever's word counts.
	fromProject struct {
		project *consolidate.Project
		columns []*form.Column
	}
	// A fromRow is what one row says of a project, such as that of an earlier month.
	fromRow struct {
		project *consolidate.Project
		row     *ledger.Standing
		column  *form.Column
	}
	// A fromProjects is several projects at once: what a number that is worked out here counts or
	// adds up, over the rows of a form.
	fromProjects struct {
		projects []*consolidate.Project
		form     *form.Form
		columns  []*form.Column
	}
	// A fromRows is the projects with rows in force of a department that meet a condition.
	fromRows struct {
		form       *form.Form
		department string
		where      func(*consolidate.Project, *ledger.Standing) bool
		columns    []*form.Column
	}
	// A fromNothing is of a number that no row of a department on a form makes up.
	fromNothing struct {
		form       *form.Form
		department string
	}
	// A fromFigure is a published figure, by its name.
	fromFigure string
	// A fromIndicator is an indicator of a unit: its numerator, or its denominator.
	fromIndicator struct {
		indicator, unit string
		whole           bool
	}
	// A fromFinding is a finding.
	fromFinding struct{ finding *ledger.Finding }
	// A fact is the month's own, in each language: it stands in no cell of a department.
	fact [2]string
	// A fromReturns is what was sent of a form (nil: of all), by one department (blank: by all):
	// what rows and returns are counted over.
	fromReturns struct {
		form       *form.Form
		department string
	}
	// A fromReturn is one return, of this month or of an earlier one.
	fromReturn struct{ sent *ledger.Return }
)

// cite is the origin of a cell of a project. Columns that the line does not have (nil) are
// left out.
func cite(p project, columns ...*form.Column) fromProject {
	c := fromProject{project: p.Project}
	for _, column := range columns {
		if column != nil {
			c.columns = append(c.columns, column)
		}
	}
	return c
}

// cited gives the cells of a column their origin: the columns of the form that they show or
// are judged by.
func cited(value func(project) workbook.Cell, columns ...*form.Column) func(project) workbook.Cell {
	return func(p project) workbook.Cell { return value(p).From(fromProject{p.Project, columns}) }
}

// citeAll is the origin of a number that counts or adds up some of the lines of a form.
func citeAll(f *form.Form, lines []project, columns ...*form.Column) fromProjects {
	g := fromProjects{form: f, columns: append([]*form.Column{f.Entity.Column}, columns...)}
	for _, line := range lines {
		g.projects = append(g.projects, line.Project)
	}
	return g
}

// discreet is the finding without what a personal column holds.
func discreet(f ledger.Finding) ledger.Finding {
	if of := form.ByID(f.Form); of != nil {
		for _, c := range of.Columns {
			if c.Personal && c.Name == f.Field {
				f.Found, f.Expected = "", ""
			}
		}
	}
	return f
}
