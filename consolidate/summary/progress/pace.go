package progress

import (
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
)

// drawPace draws how far every unit is, the worst first, under a chart with the line of the year that has
// passed (时序进度) and one of the lights. What nobody knows is not drawn.
func (r *drawing) drawPace(flow *workbook.Flow, lights *workbook.Drawn, made *Workbook) {
	const high, wide = 12, 20
	known := r.HasFigure("progress.year_to_date_fen") && r.HasFigure("progress.year_plan_fen")
	rows, ranked := unitsWorstFirst(made.UnitLines)
	chart := flow.Here()
	flow.Charts(high)
	flow.Gap(8)
	pace := r.drawUnitsPace(flow.Here(), rows, made.Units)
	flow.Past(pace)
	left := chart
	if known && ranked > 0 {
		due := workbook.Series{Name: pace.Heading("时序进度"), Values: pace.Cell("时序进度", 0).Span(1, ranked)}
		workbook.Chart{
			Kind: workbook.Columns, Title: "各单位占年度计划与时序进度（落后多的在前）", Categories: pace.Cell("责任单位", 0).Span(1, ranked),
			Series: []workbook.Series{{Name: pace.Heading(OfPlan), Values: pace.Cell(OfPlan, 0).Span(1, ranked)}}, Mark: &due,
		}.Draw(chart.Span(wide, high))
		left = chart.Right(wide)
	}
	workbook.Chart{Kind: workbook.Doughnut, Title: "总评构成", Categories: lights.Column("灯"), Series: []workbook.Series{lights.Series("总评")}, Labels: true}.
		Draw(left.Span(overviewColumns-wide, high))
}

// unitsWorstFirst are the rows of 分责任单位 that are of a unit, the lowest share of the plan first and those
// without a plan last, and how many have one.
func unitsWorstFirst(lines []page.UnitLine) (rows []int, ranked int) {
	for i, l := range lines {
		if l.Subtotal {
			continue
		}
		rows = append(rows, i)
		if l.Group != notRanked {
			ranked++
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		switch one, other := lines[a].Group == notRanked, lines[b].Group == notRanked; {
		case one && !other:
			return 1
		case other && !one:
			return -1
		}
		return byShare(lines[b], lines[a])
	})
	return rows, ranked
}

// drawUnitsPace draws the units in that order, as 分责任单位 has them.
func (r *drawing) drawUnitsPace(at workbook.Ref, rows []int, units *workbook.Drawn) *workbook.Drawn {
	of := func(heading string) func(int) workbook.Cell {
		return func(i int) workbook.Cell { return workbook.Same(units.Cell(heading, i)) }
	}
	columns := []workbook.Column[int]{{"责任单位", 5 * overviewGrid, workbook.Label, of("责任单位")}}
	totals := map[string]workbook.Cell{"时序进度": r.Elapsed()}
	for _, c := range []struct {
		heading string
		wide    float64
		style   workbook.Style
	}{
		{"项目数", 2, workbook.Whole}, {YearPlan, 4, workbook.Wan}, {r.Done(), 4, workbook.Wan}, {OfPlan, 3, workbook.Percent},
		{"时序进度", 3, workbook.Percent}, {Ahead, 3, workbook.Points}, {"红灯", 2, workbook.Whole.Dash()}, {"黄灯", 2, workbook.Whole.Dash()},
	} {
		value := of(c.heading)
		if c.heading == "时序进度" {
			value = func(int) workbook.Cell { return r.Elapsed() }
		} else {
			totals[c.heading] = workbook.Same(units.Total(c.heading))
		}
		columns = append(columns, workbook.Column[int]{c.heading, c.wide * overviewGrid, c.style, value})
	}
	return workbook.Table[int]{
		Caption: "各单位进度（落后多的在前，没有年度计划的在后）", Right: "单位：个、万元", Total: "全县", Columns: columns, Totals: totals,
	}.Draw(at, rows)
}
