package bulletin

import (
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/workbook"
)

// A laggard is a line of 滞后项目: a key project that is behind in something.
type laggard struct {
	*page.Project
	board, line int // its rows in 红黄绿榜 and 项目台账 of the key projects
}

// laggards are the projects of red and yellow lights, what is furthest behind the year first;
// those that cannot be judged by their plans come last.
func (b *bulletin) laggards() []laggard {
	var all []laggard
	for i, p := range b.keys.Behindhand {
		all = append(all, laggard{p, i, b.keys.RowOf(p)})
	}
	slices.SortStableFunc(all, func(x, z laggard) int { return b.keys.FurtherBehind(x.Project, z.Project) })
	return all
}

// Words of the lights' columns in 滞后项目.
const (
	slowPace  = "进度"
	lateStart = "开工"
	notYetIn  = "入统"
)

// drawLaggards draws 滞后项目, quoting what the key projects' own workbook says of each.
func (b *bulletin) drawLaggards(s *workbook.Sheet, all []laggard) *workbook.Drawn {
	board := func(heading string) func(laggard) workbook.Cell {
		return func(p laggard) workbook.Cell { return workbook.Quote(b.keys.Board.Cell(heading, p.board)) }
	}
	light := func(of string) func(laggard) workbook.Cell {
		return func(p laggard) workbook.Cell { return workbook.Quote(b.keys.Ledger.Cell("红黄绿灯/"+of, p.line)) }
	}
	return workbook.Table[laggard]{
		Title: b.Title("滞后重点项目"), Left: b.AsOf(), Right: "单位：万元", Ledger: true, Frozen: 2,
		Columns: []workbook.Column[laggard]{
			{"序号", 5, workbook.Ordinal, nil},
			{"项目名称", 30, workbook.Prose, board("项目名称")},
			{"责任单位", 16, workbook.Label, board("责任单位")},
			{"级别", 7, workbook.Label, board("级别")},
			{"包抓领导", 12, workbook.Label, board("包抓领导")},
			{progress.YearPlan, 11, workbook.Wan, board(progress.YearPlan)},
			{b.keys.Done(), 11, workbook.Wan, board(b.keys.Done())},
			{progress.OfPlan, 8, workbook.Percent, board(progress.OfPlan)},
			{progress.Due, 7, workbook.Percent, board(progress.Due)},
			{progress.Ahead, 9, workbook.Points, board(progress.Ahead)},
			{"灯/" + lateStart, 6, workbook.Label, light(lateStart)},
			{"灯/" + slowPace, 6, workbook.Label, light(slowPace)},
			{"灯/" + notYetIn, 6, workbook.Label, light(notYetIn)},
			{"落后事项", 34, workbook.Prose, board("落后事项")},
		},
		Notes: []string{"注：落后时序进度最多的在前，没有年度计划的在后；各栏取自《重点项目进展汇总》的红黄绿榜和项目台账。"},
	}.Draw(s.Top(), all)
}
