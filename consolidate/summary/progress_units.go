package summary

import (
	"cmp"
	"math/big"

	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// notRanked is the group of units with nothing due: they are listed, never 0% or 100%.
const notRanked = "不排名"

// drawUnits draws 分责任单位: units ranked by the share of the year's plan within their
// groups, equal shares in one place (1, 1, 3).
func (r *progressDrawing) drawUnits(s *workbook.Sheet) *workbook.Drawn {
	mine := r.where("责任单位", "责任单位")
	red, yellow := r.says("红黄绿灯/总评", string(workbook.Red)), r.says("红黄绿灯/总评", string(workbook.Yellow))
	begun := r.says("开工", isStarted)
	columns := []workbook.Column[unitLine]{
		{"名次", 6, workbook.Ordinal, func(l unitLine) workbook.Cell {
			if l.subtotal || l.group == notRanked {
				return workbook.Blank
			}
			return workbook.Rank(workbook.Own(ofPlan), workbook.Some(ofPlan, l.first, l.n))
		}},
		{"类别", 8, workbook.Label, groupOfLine},
		{"责任单位", 26, workbook.Label, unitOfLine},
		perUnit("项目数", 8, workbook.Whole, r.count(mine)),
		perUnit("已开工", 8, workbook.Whole, r.count(mine, begun)),
		perUnit(yearPlan, 13, workbook.Wan, r.known(yearPlan, mine)),
		perUnit(thisMonth, 12, workbook.Wan, r.known(thisMonth, mine)),
		perUnit(r.done(), 13, workbook.Wan, r.known(r.done(), mine)),
		{ofPlan, 9, workbook.Percent, func(unitLine) workbook.Cell { return r.share() }},
		{ahead, 10, workbook.Points, func(unitLine) workbook.Cell { return r.lead() }},
		perUnit("红灯", 6, workbook.Whole.Dash(), r.count(mine, red)),
		perUnit("黄灯", 6, workbook.Whole.Dash(), r.count(mine, yellow)),
	}
	lines := r.rankedUnits()
	notes := []string{"注：按占年度计划由高到低在同类单位内排名，比例相同的名次相同、其后空出；没有年度计划的单位列入“不排名”。" + r.withoutProjects(lines)}
	return workbook.Table[unitLine]{
		Title: r.title("重点项目分责任单位排名"), Left: r.asOf(), Right: "单位：万元", Total: "合计", Ledger: true, Frozen: 3, Columns: columns,
		Totals: map[string]workbook.Cell{
			"项目数":     r.number(r.count(), "progress.projects"),
			"已开工":     r.number(r.count(begun), "progress.started"),
			yearPlan:  r.total(r.known(yearPlan), "progress.year_plan_fen"),
			thisMonth: r.total(r.known(thisMonth), "progress.this_month_fen"),
			r.done():  r.total(r.known(r.done()), "progress.year_to_date_fen"),
			ofPlan:    r.share(), ahead: r.lead(),
			"红灯": r.count(red), "黄灯": r.count(yellow),
		},
		Strong: isSubtotal, Notes: notes,
	}.Draw(s.At(1, 1), lines)
}

// rankedUnits are the units by their share of the plan within their groups.
func (r *progressReport) rankedUnits() []unitLine { return r.unitLines(notRanked, nothingDue, byShare) }

// plans adds up what a unit's projects are to do this year, and what they did.
func plans(l unitLine) (plan, done ledger.Money) {
	for _, p := range l.projects {
		plan += form.Progress.YearPlan.Of(p.Record()).V
		done += form.Progress.YearToDate.Of(p.Record()).V
	}
	return plan, done
}

func nothingDue(l unitLine) bool {
	plan, _ := plans(l)
	return plan == 0
}

// byShare puts the higher share of the plan first, then the more money done. Units without
// a plan stay in their order.
func byShare(a, b unitLine) int {
	plan, done := plans(a)
	otherPlan, otherDone := plans(b)
	if plan == 0 || otherPlan == 0 {
		return 0
	}
	share, otherShare := big.NewRat(int64(done), int64(plan)), big.NewRat(int64(otherDone), int64(otherPlan))
	return cmp.Or(otherShare.Cmp(share), cmp.Compare(otherDone, done))
}
