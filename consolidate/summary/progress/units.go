package progress

import (
	"cmp"
	"math/big"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// notRanked is the group of units with nothing due: they are listed, never 0% or 100%.
const notRanked = "不排名"

// drawUnits draws 分责任单位: units ranked by the share of the year's plan within their
// groups, equal shares in one place (1, 1, 3).
func (r *drawing) drawUnits(s *workbook.Sheet, lines []page.UnitLine) *workbook.Drawn {
	mine := r.Block("责任单位", "责任单位")
	red, yellow := r.Says("红黄绿灯/总评", string(workbook.Red)), r.Says("红黄绿灯/总评", string(workbook.Yellow))
	begun := r.Says("开工", isStarted)
	columns := []workbook.Column[page.UnitLine]{
		{"名次", 6, workbook.Ordinal, func(l page.UnitLine) workbook.Cell {
			if l.Subtotal || l.Group == notRanked {
				return workbook.Blank
			}
			return workbook.Rank(workbook.Some(OfPlan, l.First, l.N))
		}},
		{"类别", 8, workbook.Label, page.GroupOfLine},
		{"责任单位", 26, workbook.Label, page.UnitOfLine},
		page.PerUnit("项目数", 8, workbook.Whole, r.Count(mine)),
		page.PerUnit("已开工", 8, workbook.Whole, r.Count(mine, begun)),
		page.PerUnit(YearPlan, 13, workbook.Wan, r.SumKnown(YearPlan, mine)),
		page.PerUnit(thisMonth, 12, workbook.Wan, r.SumKnown(thisMonth, mine)),
	}
	totals := map[string]workbook.Cell{
		"项目数":     r.TiedCount(r.Count(), "progress.projects"),
		"已开工":     r.TiedCount(r.Count(begun), "progress.started"),
		YearPlan:  r.TiedMoney(r.SumKnown(YearPlan), "progress.year_plan_fen"),
		thisMonth: r.TiedMoney(r.SumKnown(thisMonth), "progress.this_month_fen"),
		r.Done():  r.TiedMoney(r.SumKnown(r.Done()), "progress.year_to_date_fen"),
		OfPlan:    r.share(), Ahead: r.lead(),
		"红灯": r.Count(red), "黄灯": r.Count(yellow),
	}
	notes := []string{"注：按占年度计划由高到低在同类单位内排名，比例相同的名次相同、其后空出；没有年度计划的单位列入“不排名”。" + r.WithoutProjects(lines)}
	if r.comparable() {
		columns = append(columns, r.correctionColumns(mine)...)
		totals[r.doneBefore()] = r.CellBefore(toDateFigure, workbook.Money[int64])
		totals[corrected] = r.correction()
		notes = append(notes, "补报、更正＝"+r.Done()+"－"+r.doneBefore()+"－"+thisMonth+r.whyCorrected(r.Projects))
	}
	columns = append(columns, []workbook.Column[page.UnitLine]{
		page.PerUnit(r.Done(), 13, workbook.Wan, r.SumKnown(r.Done(), mine)),
		{OfPlan, 9, workbook.Percent, func(page.UnitLine) workbook.Cell { return r.share() }},
		{Ahead, 10, workbook.Points, func(page.UnitLine) workbook.Cell { return r.lead() }},
		page.PerUnit("红灯", 6, workbook.Whole.Dash(), r.Count(mine, red)),
		page.PerUnit("黄灯", 6, workbook.Whole.Dash(), r.Count(mine, yellow)),
	}...)
	return workbook.Table[page.UnitLine]{
		Title: r.Title("重点项目分责任单位排名"), Left: r.AsOf(), Right: "单位：万元", Total: "合计", Ledger: true, Dense: true, Frozen: 3, Columns: columns,
		Totals: totals, Strong: page.IsSubtotal, Notes: notes,
	}.Draw(s.Top(), lines)
}

// rankedUnits are the units by their share of the plan within their groups.
func (r *Report) rankedUnits() []page.UnitLine { return r.UnitLines(notRanked, nothingDue, byShare) }

// plans adds up what a unit's projects are to do this year, and what they did.
func plans(l page.UnitLine) (plan, done ledger.Money) {
	for _, p := range l.Projects {
		plan += form.Progress.YearPlan.Of(p.Record()).V
		done += form.Progress.YearToDate.Of(p.Record()).V
	}
	return plan, done
}

func nothingDue(l page.UnitLine) bool {
	plan, _ := plans(l)
	return plan == 0
}

// byShare puts the higher share of the plan first, then the more money done. Units without
// a plan stay in their order.
func byShare(a, b page.UnitLine) int {
	plan, done := plans(a)
	otherPlan, otherDone := plans(b)
	if plan == 0 || otherPlan == 0 {
		return 0
	}
	share, otherShare := big.NewRat(int64(done), int64(plan)), big.NewRat(int64(otherDone), int64(otherPlan))
	return cmp.Or(otherShare.Cmp(share), cmp.Compare(otherDone, done))
}
