package summary

import (
	"fmt"
	"strings"
	"time"

	"huizong/consolidate"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A report is a workbook of one form being made: the month, its projects in the order of
// the ledger, and what is already drawn that other sheets read.
type report struct {
	*consolidate.Month
	form     *form.Form
	subject  string
	book     *workbook.Book
	projects []project

	ledger        *workbook.Drawn // 项目台账, over which all totals are formulas
	amountHeading string          // its column of the money that the form balances in
	counts        workbook.Condition
}

// newReport starts the workbook of a form on a subject.
func newReport(m *consolidate.Month, f *form.Form, subject string, columns projectColumns) *report {
	end := m.Period.End()
	title := fmt.Sprintf("%s%s（%s）", m.County.Name, subject, m.Period.Chinese())
	return &report{
		Month: m, form: f, subject: subject, projects: listProjects(m, f, columns),
		book: workbook.New(workbook.Properties{
			Title: title, Author: m.County.Publisher,
			Date: time.Date(end.Year, time.Month(end.Month), end.Day, 0, 0, 0, 0, time.UTC),
			Foot: m.County.Publisher + "  数据截至 " + end.String(),
		}, workbook.Fonts(m.County.Fonts)),
	}
}

// asOf stands at the left over every table, instead of a clock.
func (r *report) asOf() string { return "数据截至 " + r.Period.End().String() }

// title is the title of a sheet: 城固县2024年6月谋划储备项目台账.
func (r *report) title(sheet string) string {
	return r.County.Name + r.Period.Chinese() + sheet
}

// projectsTitle is the title of a sheet on the workbook's projects.
func (r *report) projectsTitle(sheet string) string {
	return r.title(strings.TrimSuffix(r.subject, "汇总") + sheet)
}

// toDate is how the months of the year so far are called: 1—6月; January is 1月.
func (r *report) toDate() string {
	if r.Period.Month == 1 {
		return "1月"
	}
	return fmt.Sprintf("1—%d月", r.Period.Month)
}

// elapsed is the share of the year that has passed (时序进度).
func (r *report) elapsed() workbook.Cell { return workbook.Ratio(r.Period.Month, 12) }

// before is a figure of the month before, as it was published then; Blank where none was.
func (r *report) before(name string, cell func(int64) workbook.Cell) workbook.Cell {
	value, published := r.Published[name]
	if !published {
		return workbook.Blank
	}
	return cell(value)
}

// total is the cell of a formula that must give a published sum of money, where it is
// published: one that nobody knows is not.
func (r *report) total(formula workbook.Cell, name string) workbook.Cell {
	value, published := r.Figures[name]
	if !published {
		return formula
	}
	return formula.Matching(workbook.Money(value))
}

// number is the cell of a formula that must give a published count.
func (r *report) number(formula workbook.Cell, name string) workbook.Cell {
	return formula.Matching(workbook.Int(r.Figures[name]))
}

// count counts the projects of the ledger that count and meet the conditions.
func (r *report) count(where ...workbook.Condition) workbook.Cell {
	return workbook.CountIf(r.counts, where...)
}

// sum adds up a column of the ledger over the projects that count and meet the conditions.
func (r *report) sum(heading string, where ...workbook.Condition) workbook.Cell {
	return workbook.SumIf(r.ledger.Column(heading), r.counts, where...)
}

// known is sum for a part of the projects: blank where they are there and none of them says.
func (r *report) known(heading string, where ...workbook.Condition) workbook.Cell {
	return workbook.SumKnown(r.ledger.Column(heading), r.counts, where...)
}

// where is the condition that a column of the ledger says the same as the row's own cell.
func (r *report) where(column, own string) workbook.Condition {
	return workbook.Is(r.ledger.Column(column), workbook.Own(own))
}

// says is the condition that a column of the ledger holds a word.
func (r *report) says(column, word string) workbook.Condition {
	return workbook.Is(r.ledger.Column(column), workbook.Text(word))
}

// source tells where a row was read: file, sheet and row of the return, or from when it
// stands.
func (r *report) source(row *ledger.Standing) string {
	if row.Carried() {
		return row.Department + "，沿用" + row.From.Chinese()
	}
	for _, sent := range r.Returns {
		if sent.Content == row.Content && sent.ReturnID == row.ReturnID {
			return fmt.Sprintf("%s，%s 第%d行", row.Department, sent.File, row.Record.Row)
		}
	}
	return row.Department
}
