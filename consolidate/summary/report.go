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

// A volume is a workbook of a month being made, on a subject.
type volume struct {
	*consolidate.Month
	subject string
	book    *workbook.Book
	roster  roster
}

// A report is a workbook of one form being made: its projects in the order of the ledger.
type report struct {
	*volume
	form     *form.Form
	projects []project
}

// A base is 项目台账 as it was drawn, over which the totals of all other sheets are formulas. A
// function that reads it is given it, so that it cannot be called before the ledger is there.
type base struct {
	ledger *workbook.Drawn
	counts workbook.Condition // that a project counts
	money  string             // the column of the money that the form balances in
}

// newBase is a ledger with the columns 计数 and that of the form's money.
func newBase(ledger *workbook.Drawn, money string) base {
	return base{ledger, workbook.Is(ledger.Column("计数"), workbook.Text(counted)), money}
}

// newVolume starts a workbook.
func newVolume(m *consolidate.Month, subject string) *volume {
	title := fmt.Sprintf("%s%s（%s）", m.County.Name, subject, m.Period.Chinese())
	return &volume{m, subject, newBook(m, title), newRoster(m.County)}
}

// newBook starts a file of the month: its date is the month's last day, for a clock would make the
// same month another file.
func newBook(m *consolidate.Month, title string) *workbook.Book {
	end := m.Period.End()
	return workbook.New(workbook.Properties{
		Title: title, Author: m.County.Publisher, Date: time.Date(end.Year, time.Month(end.Month), end.Day, 0, 0, 0, 0, time.UTC),
		Foot: m.County.Publisher + "  数据截至 " + end.String(),
	}, workbook.Fonts(m.County.Fonts))
}

// newReport starts the workbook of a form on a subject.
func newReport(m *consolidate.Month, f *form.Form, subject string, columns projectColumns) *report {
	return &report{volume: newVolume(m, subject), form: f, projects: listProjects(m, f, columns)}
}

// asOf stands at the left over every table, instead of a clock.
func (v *volume) asOf() string { return "数据截至 " + v.Period.End().String() }

// title is the title of a sheet: 城固县2024年6月谋划储备项目台账.
func (v *volume) title(sheet string) string {
	return v.County.Name + v.Period.Chinese() + sheet
}

// projectsTitle is the title of a sheet on the workbook's projects.
func (r *report) projectsTitle(sheet string) string {
	return r.title(strings.TrimSuffix(r.subject, "汇总") + sheet)
}

// toDate is how the months of the year so far are called: 1—6月; January is 1月.
func (v *volume) toDate() string {
	if v.Period.Month == 1 {
		return "1月"
	}
	return fmt.Sprintf("1—%d月", v.Period.Month)
}

// elapsed is the share of the year that has passed (时序进度).
func (v *volume) elapsed() workbook.Cell {
	return workbook.Ratio(v.Period.Month, 12).From(fact{fmt.Sprintf("时序进度：%d月÷12", v.Period.Month), fmt.Sprintf("the share of the year that has passed: month %d of 12", v.Period.Month)})
}

// before is a figure of the month before, as it was published then; Blank where none was.
func (v *volume) before(name string, cell func(int64) workbook.Cell) workbook.Cell {
	value, published := v.Published[name]
	if !published {
		return workbook.Blank
	}
	return cell(value).From(v.publishedBefore(name))
}

// publishedBefore is the origin of a figure of the month before.
func (v *volume) publishedBefore(name string) fact {
	before := v.Period.Add(-1)
	return fact{fmt.Sprintf("%s公布数 %s（见该月的汇总工作簿）", before.Chinese(), name), fmt.Sprintf("figure %s as published for %s (see the workbooks of that month)", name, before)}
}

// total is the cell of a formula that must give a published sum of money, where it is
// published: one that nobody knows is not.
func (v *volume) total(formula workbook.Cell, name string) workbook.Cell {
	value, published := v.Figures[name]
	if !published {
		return formula
	}
	return formula.Matching(workbook.Money(value))
}

// number is the cell of a formula that must give a published count.
func (v *volume) number(formula workbook.Cell, name string) workbook.Cell {
	return formula.Matching(workbook.Int(v.Figures[name]))
}

// count counts the projects of the ledger that count and meet the conditions.
func (b base) count(where ...workbook.Condition) workbook.Cell {
	return workbook.CountIf(b.counts, where...)
}

// sum adds up a column of the ledger over the projects that count and meet the conditions.
func (b base) sum(heading string, where ...workbook.Condition) workbook.Cell {
	return workbook.SumIf(b.ledger.Column(heading), b.counts, where...)
}

// known is sum for a part of the projects: blank where they are there and none of them says.
func (b base) known(heading string, where ...workbook.Condition) workbook.Cell {
	return workbook.SumKnown(b.ledger.Column(heading), b.counts, where...)
}

// where is the condition that a column of the ledger says the same as the row's own cell.
func (b base) where(column, own string) workbook.Condition {
	return workbook.Is(b.ledger.Column(column), workbook.Own(own))
}

// says is the condition that a column of the ledger holds a word.
func (b base) says(column, word string) workbook.Condition {
	return workbook.Is(b.ledger.Column(column), workbook.Text(word))
}

// source tells where a row was read: file, sheet and row of the return, or from when it
// stands.
func (v *volume) source(row *ledger.Standing) string {
	if row.Carried() {
		return row.Department + "，沿用" + row.From.Chinese()
	}
	for _, sent := range v.Returns {
		if sent.Content == row.Content && sent.ReturnID == row.ReturnID {
			return fmt.Sprintf("%s，%s 第%d行", row.Department, sent.File, row.Record.Row)
		}
	}
	return row.Department
}

// published reports whether a figure of the month is known.
func (v *volume) published(figure string) bool { _, known := v.Figures[figure]; return known }

// holds reports whether a statement holds of a row.
func (v *volume) holds(s form.Statement, p project) bool {
	return s.Judge(v.Register.Env(p.Project)) == form.Passes
}
