package progress

import (
	"fmt"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// What was done since 1 January is what was published of it the month before, and what was done this
// month, and what departments correct of earlier months or do not state of this one: 补报、更正.
const (
	corrected    = "补报、更正"
	toDateFigure = "progress.year_to_date_fen"
)

// comparable reports whether there is a month before in the same year.
func (r *Report) comparable() bool { return r.Earlier != nil && r.Period.Month > 1 }

// doneBefore is the heading of what was published the month before: 1—5月公布.
func (r *Report) doneBefore() string {
	if r.Period.Month == 2 {
		return "1月公布"
	}
	return fmt.Sprintf("1—%d月公布", r.Period.Month-1)
}

// correctionColumns are what was published the month before and what makes up the difference.
func (r *drawing) correctionColumns(mine workbook.Condition) []workbook.Column[page.UnitLine] {
	return []workbook.Column[page.UnitLine]{
		r.PerUnitBefore(r.doneBefore(), 12, workbook.Wan, form.Progress.YearToDate, toDateFigure),
		page.PerUnit(corrected, 10, workbook.Wan.Signed().Dash(), r.correction(mine)),
	}
}

// correction is the difference in a row of a table, over the projects that meet the conditions: what
// they do not state of this month is no part of it.
func (r *drawing) correction(where ...workbook.Condition) workbook.Cell {
	return workbook.Minus(r.Sum(r.Done(), where...), workbook.Own(r.doneBefore()), r.Sum(thisMonth, where...))
}

// whyCorrected ends what is said of a difference: how many of the projects do not state the month's
// investment, and that the rest is corrections.
func (r *Report) whyCorrected(projects []*page.Project) string {
	n := 0
	for _, p := range projects {
		if p.Counts() && !form.Progress.ThisMonth.Of(p.Record()).Valid {
			n++
		}
	}
	if n == 0 {
		return "，为更正以前月份的数。"
	}
	return fmt.Sprintf("，为未填报本月数的项目（%d个）本月完成的，以及更正以前月份的数。", n)
}

// corrections says in a line how the investment of some projects since last month differs from what
// they did this month; nothing where it does not. before is the figure published of them.
func (r *Report) corrections(of, figure string, projects []*page.Project) []string {
	before, published := r.Published[figure]
	if !published || !r.comparable() {
		return nil
	}
	var toDate, month ledger.Money
	for _, p := range projects {
		if p.Counts() {
			toDate += form.Progress.YearToDate.Of(p.Record()).V
			month += form.Progress.ThisMonth.Of(p.Record()).V
		}
	}
	since := toDate - ledger.Money(before)
	if since == month {
		return nil
	}
	than := map[bool]string{false: "多", true: "少"}[since < month]
	return []string{of + "重点项目" + r.Done() + "投资较上月公布数增加" + wan(since) + "，比" + fmt.Sprintf("%d月完成的", r.Period.Month) + wan(month) +
		than + wan(max(since-month, month-since)) + r.whyCorrected(projects)}
}

// wan writes money out in 万元, exactly.
func wan(m ledger.Money) string {
	return ledger.Exactly(int64(m), int64(ledger.TenThousandYuan)) + "万元"
}
