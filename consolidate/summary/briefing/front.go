package briefing

import (
	"fmt"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/workbook"
)

// worstOnFront is how many projects the front page names.
const worstOnFront = 10

// A front is where things stand on 首页.
type front struct {
	title, asOf, note workbook.Ref
	headlines, tiles  []workbook.Ref
}

// drawFront draws 首页: the month in two sentences, three figures, the projects that are furthest behind,
// and the list of the other sheets.
func (b *briefing) drawFront(s *workbook.Sheet) {
	flow := s.Flow(20, 4.4)
	flow.Gap(6)
	b.front.title = flow.Write(workbook.Text(b.County.Name+"项目推进"+Subject), workbook.CoverTitle)
	b.front.asOf = flow.Write(workbook.Text("（"+b.Period.Chinese()+"，"+b.AsOf()+"）"), workbook.Subheading.Align(workbook.Centre))
	flow.Gap(8)
	for _, headline := range []workbook.Ref{b.ideas.Headline, b.keys.Headline} {
		b.front.headlines = append(b.front.headlines, flow.Write(workbook.Quote(headline), workbook.Bulletin))
	}
	flow.Gap(8)
	b.drawTiles(flow)
	flow.Gap(8)
	if n := min(worstOnFront, len(b.keys.Behindhand)); n > 0 {
		flow.Past(b.drawWorst(flow.Here(), n))
		flow.Gap(8)
	}
	flow.Index(4.4, 17.6, 52.8, 13.2)
	flow.Gap(4)
	b.front.note = flow.Write(workbook.Text("本册各数均取自同月三本汇总，不另行计算；"+b.dataNote()), workbook.Remark)
}

// dataNote says whose returns the month rests on.
func (b *briefing) dataNote() string {
	if len(b.Missing) == 0 {
		return "应报报表均已收到并采用。"
	}
	return fmt.Sprintf("有%d份应报报表未收到或退回后未重报，见《报送情况》。", len(b.Missing))
}

// drawTiles draws the three figures that leaders ask for first. What is not known is blank, never 0.
func (b *briefing) drawTiles(flow *workbook.Flow) {
	figure := func(name string) workbook.Cell {
		if at, known := b.figures[name]; known {
			return workbook.Same(at)
		}
		return workbook.Blank
	}
	investment, pace, lights := workbook.Blank, workbook.Blank, workbook.Blank
	if at, known := b.figures["reserve.investment_fen"]; known {
		investment = workbook.Sentence("储备总投资", workbook.As(at, workbook.Yi), "亿元")
	}
	if b.paced() {
		pace = workbook.Sentence("占年度计划", b.now.ofPlan, "，时序进度", b.now.elapsed)
	}
	behind := workbook.Blank
	if b.units != nil {
		lights = workbook.Sentence("红灯", workbook.As(b.units.Total("红灯"), workbook.Whole), "个，黄灯", workbook.As(b.units.Total("黄灯"), workbook.Whole), "个")
		behind = workbook.Plus(b.units.Total("红灯"), b.units.Total("黄灯"))
	}
	b.front.tiles = flow.Tiles(
		workbook.Tile{Label: "谋划储备项目", Value: figure("reserve.projects"), Style: workbook.Whole.Suffix("个"), Foot: investment},
		workbook.Tile{Label: "重点项目" + b.keys.Done() + "投资", Value: figure("progress.year_to_date_fen"), Style: workbook.Yi.Suffix("亿元"), Foot: pace},
		workbook.Tile{Label: "滞后项目", Value: behind, Style: workbook.Whole.Suffix("个"), Foot: lights},
	)
}

// drawWorst draws the projects that are furthest behind.
func (b *briefing) drawWorst(at workbook.Ref, n int) *workbook.Drawn {
	board, caption := b.keys.Board, "滞后项目（红灯在前，同灯按落后多少排列"
	if all := len(b.keys.Behindhand); n < all {
		caption += fmt.Sprintf("；共%d个，列前%d个，其余见《滞后项目》", all, n)
	}
	caption += "）"
	return workbook.Table[int]{
		Caption: caption,
		Columns: []workbook.Column[int]{
			{"总评", 8.8, workbook.Label, page.Quoting(board, "总评")},
			{"项目名称", 35.2, workbook.Prose, page.Quoting(board, "项目名称")},
			{unit, 17.6, workbook.Label, page.Quoting(board, unit)},
			{leader, 13.2, workbook.Label, page.Quoting(board, leader)},
			{progress.Ahead, 13.2, workbook.Points, page.Quoting(board, progress.Ahead)},
		},
	}.Draw(at, page.UpTo(n))
}
