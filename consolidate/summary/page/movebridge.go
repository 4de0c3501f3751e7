package page

import (
	"huizong/consolidate"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// Bridged are the totals of 项目台账 that 月度变动 leads to, and the names of their figures.
type Bridged struct {
	Projects, Money             workbook.Ref
	ProjectsFigure, MoneyFigure string
}

// bridgeRows are the rows that the bridge takes over the list, with one to part them.
const bridgeRows = 6

// A bridgeLine is a measure of the bridge, from the figure of the month before to this month's.
type bridgeLine struct {
	measure, unit string
	style         workbook.Style
	before, now   workbook.Cell
	tie           func(workbook.Cell) workbook.Cell // to the published figure
	moved         func(kind string) workbook.Cell   // what the changes of a kind come to
	adjusted      workbook.Cell
}

// Headings of the bridge.
const (
	bridgeBefore   = "上月公布"
	bridgeEntered  = "加：新增"
	bridgeLeft     = "减：退库"
	bridgeAdjusted = "加减：调整"
	bridgeOther    = "加减：归并打包等"
	bridgeNow      = "本月公布"
)

// drawMoveBridge draws how the changes of the list lead from the figures published a month ago to this
// month's; a figure that either month does not have has no line. What they leave over, as where a project has become part of another, has a column of its own.
func (r *Report) drawMoveBridge(at workbook.Ref, list *workbook.Drawn, money form.Money, now Bridged) {
	says := func(heading, word string) workbook.Condition {
		return workbook.Is(list.Column(heading), workbook.Text(word))
	}
	counted := says("计数", Counted)
	var lines []bridgeLine
	told := func(figure string) bool { _, before := r.Published[figure]; return before && r.HasFigure(figure) }
	if told(now.ProjectsFigure) {
		lines = append(lines, bridgeLine{
			"项目数", "个", workbook.Whole, r.CellBefore(now.ProjectsFigure, workbook.Int[int64]), workbook.Same(now.Projects),
			func(c workbook.Cell) workbook.Cell { return r.TiedCount(c, now.ProjectsFigure) },
			func(kind string) workbook.Cell { return workbook.CountIf(says(moveKind, kind), counted) },
			workbook.Int(0).From(Fact{"调整金额不增减项目数", "an adjusted amount makes no project more or fewer"}),
		})
	}
	if told(now.MoneyFigure) && (r.Period.Month > 1 || !money.ResetsInJanuary) {
		lines = append(lines, bridgeLine{
			Heading(money.Column, r.Period), "亿元", workbook.Yi, r.CellBefore(now.MoneyFigure, workbook.Money[int64]), workbook.Same(now.Money),
			func(c workbook.Cell) workbook.Cell { return r.TiedMoney(c, now.MoneyFigure) },
			func(kind string) workbook.Cell {
				return workbook.SumIf(list.Column(moveBy), says(moveKind, kind), counted)
			},
			workbook.SumIf(list.Column(moveBy), says(moveKind, consolidate.Adjusted.String()), says(moveMatter, Heading(money.Column, r.Period)), counted),
		})
	}
	left := func(l bridgeLine) workbook.Cell {
		if l.unit == "个" {
			return l.moved(consolidate.Left.String())
		}
		return workbook.Minus(workbook.Money(0), l.moved(consolidate.Left.String())) // the list has what left below zero
	}
	signed := func(of func(bridgeLine) workbook.Cell) func(bridgeLine) workbook.Cell {
		return func(l bridgeLine) workbook.Cell { return of(l).As(l.style.Signed().Dash()) }
	}
	workbook.Table[bridgeLine]{
		Title: r.ProjectsTitle("月度变动"),
		Columns: []workbook.Column[bridgeLine]{
			{"序号", 5, workbook.Ordinal, nil},
			{"单位", 9, workbook.Label, func(l bridgeLine) workbook.Cell { return workbook.Text(l.unit) }},
			{"上月到本月", 36, workbook.Label, func(l bridgeLine) workbook.Cell { return workbook.Text(l.measure) }},
			{bridgeBefore, 14, workbook.Whole, func(l bridgeLine) workbook.Cell { return l.before.As(l.style) }},
			{bridgeEntered, 16, workbook.Whole, signed(func(l bridgeLine) workbook.Cell { return l.moved(consolidate.Entered.String()) })},
			{bridgeLeft, 16, workbook.Whole, func(l bridgeLine) workbook.Cell { return left(l).As(l.style.Dash()) }},
			{bridgeAdjusted, 13, workbook.Whole, signed(func(l bridgeLine) workbook.Cell { return l.adjusted })},
			{bridgeOther, 18, workbook.Whole, signed(func(l bridgeLine) workbook.Cell {
				without := workbook.Plus(workbook.Own(bridgeBefore), workbook.Own(bridgeEntered), workbook.Own(bridgeAdjusted))
				return workbook.Minus(workbook.Plus(l.now, workbook.Own(bridgeLeft)), without)
			})},
			{bridgeNow, 12, workbook.Whole, func(l bridgeLine) workbook.Cell {
				with := workbook.Plus(workbook.Own(bridgeBefore), workbook.Own(bridgeEntered), workbook.Own(bridgeAdjusted), workbook.Own(bridgeOther))
				return l.tie(workbook.Minus(with, workbook.Own(bridgeLeft))).As(l.style)
			}},
		},
		Notes: []string{"注：新增、退库、调整为下表逐项变动之和，只含计数的项目；按原始金额计算，因四舍五入，所示数相加减可能略有出入。"},
	}.Draw(at, lines)
}
