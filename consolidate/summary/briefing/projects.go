package briefing

import (
	"cmp"
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// Headings of the key projects.
const (
	overall = "红黄绿灯/总评"
	unit    = "责任单位"
	leader  = "包抓领导"
)

// drawBehindhand draws 滞后项目: every project of a red or yellow light with what is behind, the worst first.
func (b *briefing) drawBehindhand(s *workbook.Sheet) {
	board := func(heading string) func(int) workbook.Cell { return page.Quoting(b.keys.Board, heading) }
	b.behind = workbook.Table[int]{
		Title: b.Title("滞后项目"), Left: b.AsOf(), Ledger: true, Frozen: 3,
		Columns: []workbook.Column[int]{
			{"序号", 5, workbook.Ordinal, nil},
			{"总评", 6, workbook.Label, board("总评")},
			{"项目名称", 30, workbook.Prose, board("项目名称")},
			{unit, 14, workbook.Label, board(unit)},
			{leader, 11, workbook.Label, board(leader)},
			{progress.Ahead, 9, workbook.Points, board(progress.Ahead)},
			{"落后事项", 26, workbook.Prose, board("落后事项")},
		},
		Notes: []string{"注：红灯在前、黄灯在后，同灯按落后多少排列；与时序差为负数的是落后，有分月计划的项目按其分月计划计算。评灯标准见《重点项目进展汇总》编制说明。"},
	}.Draw(s.Top(), page.UpTo(len(b.keys.Behindhand)))
}

// drawKeys draws 省市重点项目: the projects of each level, the worst first.
func (b *briefing) drawKeys(s *workbook.Sheet) {
	at := s.Top()
	for _, l := range form.ProgressLevels {
		mine := b.keys.OfLevel(l)
		if len(mine) == 0 {
			continue
		}
		drawn := workbook.Table[*page.Project]{
			Title: b.Title(l.Name + "重点项目"), Left: b.AsOf(), Right: "金额单位：万元",
			Columns: []workbook.Column[*page.Project]{
				{"序号", 5, workbook.Ordinal, nil},
				{"项目名称", 36, workbook.Prose, b.key("项目名称")},
				{unit, 17, workbook.Label, b.key(unit)},
				{leader, 12, workbook.Label, b.key(leader)},
				{progress.YearPlan, 12, workbook.Wan, b.key(progress.YearPlan)},
				{b.keys.Done(), 12, workbook.Wan, b.key(b.keys.Done())},
				{progress.OfPlan, 9, workbook.Percent, b.key(progress.OfPlan)},
				{progress.Ahead, 10, workbook.Points, b.key(progress.Ahead)},
				{"总评", 7, workbook.Label, b.key(overall)},
			},
			Notes: []string{"注：与时序差按时序进度计算，有分月计划的项目按其分月计划计算。"},
		}.Draw(at, mine)
		at = drawn.Area().Below().Down(1)
	}
}

// drawUnits draws 各单位进度: every unit that has key projects, the furthest behind first, under a chart
// with the line of the year that has passed.
func (b *briefing) drawUnits(s *workbook.Sheet) {
	lines := b.unitsWorstFirst()
	of := func(heading string) func(int) workbook.Cell { return page.Quoting(b.keys.Units, heading) }
	flow := s.Flow(24, 4)
	flow.Write(workbook.Text(b.Title("各单位重点项目进度")), workbook.Title)
	chart := flow.Here()
	if b.paced() {
		flow.Charts(14)
	}
	drawn := workbook.Table[int]{
		Left: b.AsOf(), Right: "金额单位：万元", Total: "全县",
		Columns: []workbook.Column[int]{
			{"序号", 5, workbook.Ordinal, nil},
			{"类别", 8, workbook.Label, of("类别")},
			{unit, 20, workbook.Label, of(unit)},
			{"项目数", 8, workbook.Whole, of("项目数")},
			{progress.YearPlan, 12, workbook.Wan, of(progress.YearPlan)},
			{b.keys.Done(), 12, workbook.Wan, of(b.keys.Done())},
			{progress.OfPlan, 8, workbook.Percent, of(progress.OfPlan)},
			{"时序进度", 8, workbook.Percent, func(int) workbook.Cell { return b.Elapsed() }},
			{progress.Ahead, 8, workbook.Points, of(progress.Ahead)},
			{"红灯", 4, workbook.Whole.Dash(), of("红灯")},
			{"黄灯", 4, workbook.Whole.Dash(), of("黄灯")},
		},
		Totals: b.totals(b.keys.Units, "项目数", progress.YearPlan, b.keys.Done(), progress.OfPlan, progress.Ahead, "红灯", "黄灯"),
		Notes:  []string{"注：落后多的在前；没有年度计划的单位列在最后，不参与比较。单位、全县按时序进度计算，有分月计划的项目在《省市重点项目》中按其分月计划计算。"},
	}.Draw(flow.Here(), lines)
	b.units = drawn
	if !b.paced() {
		return
	}
	due := drawn.Series("时序进度")
	workbook.Chart{
		Kind: workbook.Columns, Title: "各单位占年度计划与时序进度", Categories: drawn.Column(unit),
		Series: []workbook.Series{drawn.Series(progress.OfPlan)}, Mark: &due,
	}.Draw(chart.Span(24, 14))
}

// paced reports whether plan and completion are known, so that units can be compared.
func (b *briefing) paced() bool {
	return b.HasFigure("progress.year_to_date_fen") && b.HasFigure("progress.year_plan_fen")
}

// totals are the totals of a table that is quoted, by heading.
func (b *briefing) totals(from *workbook.Drawn, headings ...string) map[string]workbook.Cell {
	quoted := map[string]workbook.Cell{}
	for _, heading := range headings {
		quoted[heading] = workbook.Quote(from.Total(heading))
	}
	return quoted
}

// unitsWorstFirst are the rows of 分责任单位 that are of a unit.
func (b *briefing) unitsWorstFirst() []int {
	var rows []int
	for i, line := range b.keys.UnitLines {
		if !line.Subtotal {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(x, z int) int { return byLead(b.keys.Units, x, z) })
	return rows
}

// byLead puts what is further behind first, what has nothing due last.
func byLead(table *workbook.Drawn, x, z int) int {
	one, known := number(table.Cell(progress.Ahead, x))
	other, also := number(table.Cell(progress.Ahead, z))
	switch {
	case known && also:
		return cmp.Compare(one, other)
	case known:
		return -1
	case also:
		return 1
	}
	return 0
}

// drawLeaders draws 领导包抓: the leaders that have projects, the furthest behind first.
func (b *briefing) drawLeaders(s *workbook.Sheet) {
	var rows []int
	for i := range b.keys.Charged {
		if n, known := number(b.keys.Leaders.Cell("项目数", i)); known && n > 0 {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(x, z int) int { return byLead(b.keys.Leaders, x, z) })
	of := func(heading string) func(int) workbook.Cell { return page.Quoting(b.keys.Leaders, heading) }
	workbook.Table[int]{
		Title: b.Title("领导包抓重点项目"), Left: b.AsOf(), Right: "单位：个、万元", Ledger: true, Frozen: 2,
		Columns: []workbook.Column[int]{
			{"序号", 5, workbook.Ordinal, nil},
			{leader, 13, workbook.Label, of(leader)},
			{"职务", 12, workbook.Label, of("职务")},
			{"项目数", 7, workbook.Whole, of("项目数")},
			{progress.YearPlan, 12, workbook.Wan, of(progress.YearPlan)},
			{b.keys.Done(), 12, workbook.Wan, of(b.keys.Done())},
			{progress.OfPlan, 9, workbook.Percent, of(progress.OfPlan)},
			{progress.Ahead, 9, workbook.Points, of(progress.Ahead)},
			{"红灯", 5, workbook.Whole.Dash(), of("红灯")},
			{"黄灯", 5, workbook.Whole.Dash(), of("黄灯")},
		},
		Notes: []string{"注：一个项目由几位领导包抓的，在每位领导名下都计；没有包抓项目的领导不列。落后多的在前，按时序进度计算。"},
	}.Draw(s.Top(), rows)
}
