// Package page is what the workbooks of a month share, and knows none of them: what a workbook
// starts from, the lines of projects and units, the sheets that several workbooks have, and the
// origins by which a cell is traced.
//
// A Volume is a workbook being made: the month, its subject and its file. A Report is a Volume on
// one form, with the form's projects as Project lines in the county's own words. The ledger of a
// report is drawn first and gives a Base, over which the totals of all other sheets are formulas:
// Count, Sum and their like are methods of the Base, so that no sheet can read a ledger that is not
// there yet.
//
// The sheets that are the same in every workbook are drawn here: 封面与编制说明 (DrawCover), 对账
// (DrawBalance), 月度变动 (DrawMovements), 疑似重复与冲突 (DrawDoubts) and 数据来源 (DrawSources). The
// columns that most ledgers have are functions from a Project to a cell: NameOf, UnitOf, Amount,
// Shown, Word. Each gives its cell an origin (FromProject, FromRow, FromFigure …), which Trace
// follows back to what a department sent; a cell that shows a figure and has none fails a test.
package page

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"huizong/consolidate"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Volume is a workbook of a month being made, on a subject.
type Volume struct {
	*consolidate.Month
	subject string
	Book    *workbook.Book
	Roster  Roster
	omitted []omission
}

// An omission is sheets that are left out for one reason.
type omission struct {
	sheets []string
	why    string
}

// A Report is a workbook of one form being made: its projects in the order of the ledger.
type Report struct {
	*Volume
	Form     *form.Form
	Projects []*Project
	columns  ProjectColumns
}

// A Base is 项目台账 as it was drawn, over which the totals of all other sheets are formulas. A
// function that reads it is given it, so that it cannot be called before the ledger is there.
type Base struct {
	Ledger *workbook.Drawn
	counts workbook.Condition // that a project counts
	money  string             // the column of the money that the form balances in
}

// NewBase is a ledger with the columns 计数 and that of the form's money.
func NewBase(ledger *workbook.Drawn, money string) Base {
	return Base{ledger, workbook.Is(ledger.Column("计数"), workbook.Text(Counted)), money}
}

// NewVolume starts a workbook.
func NewVolume(m *consolidate.Month, subject string) *Volume {
	title := fmt.Sprintf("%s%s（%s）", m.County.Name, subject, m.Period.Chinese())
	return &Volume{Month: m, subject: subject, Book: NewBook(m, title), Roster: newRoster(m.County)}
}

// NewBook starts a file of the month: its date is the month's last day, for a clock would make the
// same month another file.
func NewBook(m *consolidate.Month, title string) *workbook.Book {
	end := m.Period.End()
	return workbook.New(workbook.Properties{
		Title: title, Author: m.County.Publisher, Date: time.Date(end.Year, time.Month(end.Month), end.Day, 0, 0, 0, 0, time.UTC),
		Foot: m.County.Publisher + "  数据截至 " + end.String(),
	}, workbook.Fonts(m.County.Fonts))
}

// NewReport starts the workbook of a form on a subject.
func NewReport(m *consolidate.Month, f *form.Form, subject string, columns ProjectColumns) *Report {
	return &Report{Volume: NewVolume(m, subject), Form: f, Projects: listProjects(m, f, columns), columns: columns}
}

// Omit leaves a sheet out that has nothing to show; the cover says so and why.
func (v *Volume) Omit(s *workbook.Sheet, why string) {
	v.Book.Drop(s)
	at := slices.IndexFunc(v.omitted, func(o omission) bool { return o.why == why })
	if at < 0 {
		at = len(v.omitted)
		v.omitted = append(v.omitted, omission{why: why})
	}
	v.omitted[at].sheets = append(v.omitted[at].sheets, s.Name())
}

// omissions are the sheets left out and why, in a line; blank if there are none.
func (v *Volume) omissions() string {
	var all []string
	for _, o := range v.omitted {
		all = append(all, strings.Join(o.sheets, "、")+"（"+o.why+"）")
	}
	return strings.Join(all, "；")
}

// AsOf stands at the left over every table, instead of a clock.
func (v *Volume) AsOf() string { return "数据截至 " + v.Period.End().String() }

// Title is the title of a sheet: 城固县2024年6月谋划储备项目台账.
func (v *Volume) Title(sheet string) string {
	return v.County.Name + v.Period.Chinese() + sheet
}

// ProjectsTitle is the title of a sheet on the workbook's projects.
func (r *Report) ProjectsTitle(sheet string) string {
	return r.Title(strings.TrimSuffix(r.subject, "汇总") + sheet)
}

// ToDate is how the months of the year so far are called: 1—6月; January is 1月.
func (v *Volume) ToDate() string { return toDate(v.Period) }

func toDate(p ledger.Period) string {
	if p.Month == 1 {
		return "1月"
	}
	return fmt.Sprintf("1—%d月", p.Month)
}

// Elapsed is the share of the year that has passed (时序进度).
func (v *Volume) Elapsed() workbook.Cell {
	return ElapsedIn(v.Period)
}

// CellBefore is a figure of the month before, as it was published then; Blank where none was.
func (v *Volume) CellBefore(name string, cell func(int64) workbook.Cell) workbook.Cell {
	value, published := v.Published[name]
	if !published {
		return workbook.Blank
	}
	return cell(value).From(v.OriginBefore(name))
}

// OriginBefore is the origin of a figure of the month before.
func (v *Volume) OriginBefore(name string) Fact {
	return publishedIn(v.Period.Add(-1), name)
}

// TiedMoney is the cell of a formula that must give a published sum of money, where it is
// published: one that nobody knows is not.
func (v *Volume) TiedMoney(formula workbook.Cell, name string) workbook.Cell {
	value, published := v.Figures[name]
	if !published {
		return formula
	}
	return formula.Matching(workbook.Money(value)).Named(CellName(name))
}

// TiedCount is the cell of a formula that must give a published count.
func (v *Volume) TiedCount(formula workbook.Cell, name string) workbook.Cell {
	return formula.Matching(workbook.Int(v.Figures[name])).Named(CellName(name))
}

// Count counts the projects of the ledger that count and meet the conditions.
func (b Base) Count(where ...workbook.Condition) workbook.Cell {
	return workbook.CountIf(b.counts, where...)
}

// Sum adds up a column of the ledger over the projects that count and meet the conditions.
func (b Base) Sum(heading string, where ...workbook.Condition) workbook.Cell {
	return workbook.SumIf(b.Ledger.Column(heading), b.counts, where...)
}

// SumKnown is sum for a part of the projects: blank where they are there and none of them says.
func (b Base) SumKnown(heading string, where ...workbook.Condition) workbook.Cell {
	return workbook.SumKnown(b.Ledger.Column(heading), b.counts, where...)
}

// Where is the condition that a column of the ledger says the same as the row's own cell.
func (b Base) Where(column, own string) workbook.Condition {
	return workbook.Is(b.Ledger.Column(column), workbook.Own(own))
}

// Block is Where of a column by which the ledger is ordered.
func (b Base) Block(column, own string) workbook.Condition {
	return workbook.Block(b.Ledger.Column(column), workbook.Own(own))
}

// Says is the condition that a column of the ledger holds a word.
func (b Base) Says(column, word string) workbook.Condition {
	return workbook.Is(b.Ledger.Column(column), workbook.Text(word))
}

// source tells where a row was read: file, sheet and row of the return, or from when it
// stands.
func (v *Volume) source(row *ledger.Standing) string {
	if row.Carried() {
		return row.Department + "，沿用" + row.From.Chinese()
	}
	for _, sent := range v.Returns {
		if sent.Content == row.Content && sent.ReturnID == row.ReturnID {
			return fmt.Sprintf("%s，%s 第%d行", row.Department, strings.TrimSpace(sent.File+" "+row.Record.Sheet), row.Record.Row)
		}
	}
	return row.Department
}

// HasFigure reports whether a figure of the month is known.
func (v *Volume) HasFigure(figure string) bool { _, known := v.Figures[figure]; return known }

// Holds reports whether a statement holds of a row.
func (v *Volume) Holds(s form.Statement, p *Project) bool {
	return s.Judge(v.Register.Env(p.Project)) == form.Passes
}
