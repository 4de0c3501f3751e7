package briefing

import (
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// leading are the published figures that leaders are shown; all of them are in the bulletin's workbook.
var leading = []string{
	"reserve.projects", "reserve.investment_fen", "progress.projects", "progress.started", "progress.year_plan_fen",
	"progress.year_to_date_fen", "progress.this_month_fen", "progress.this_month_unstated", "progress.provincial.projects",
	"progress.provincial.year_to_date_fen", "progress.municipal.projects", "progress.municipal.year_to_date_fen",
	"statistics.growth_bp", "statistics.projects", "statistics.year_to_date_fen", "obstacles.opening", "obstacles.new",
	"obstacles.closed", "obstacles.open", "obstacles.overdue", "duty.visits", "duty.found", "duty.solved", "promotion.activities",
	"promotion.enterprises", "signing.projects", "signing.investment_fen", "signing.funds_fen", "dispatch.meetings", "tasks.tasks",
	"tasks.tasks_done", "tasks.tasks_late", "services.online_bp", "services.time_saved_bp", "services.hotline_orders",
	"services.on_time_bp", "landyield.tax_fen",
}

// drawHeadlines draws 主要指标: the leading figures, with those of the month before and, where the
// database has it, of the same month of the year before (同比).
func (b *briefing) drawHeadlines(s *workbook.Sheet) {
	type line struct {
		form.Figure
		row int // of 主要指标 of the bulletin's workbook
	}
	var lines []line
	for _, name := range leading {
		_, figure := form.FigureNamed(name)
		row := slices.IndexFunc(b.report.Listed, func(f form.Figure) bool { return f.Name == name })
		if row >= 0 && b.HasFigure(name) {
			lines = append(lines, line{figure, row})
		}
	}
	of := func(heading string) func(line) workbook.Cell {
		return func(l line) workbook.Cell { return workbook.Quote(b.report.Headlines.Cell(heading, l.row)) }
	}
	columns := []workbook.Column[line]{
		{"序号", 5, workbook.Ordinal, nil},
		{"指标", 36, workbook.Prose, of("指标")},
		{"单位", 6, workbook.Label, of("单位")},
		{"本月", 11, workbook.Score, of("本月")},
		{"上月", 11, workbook.Score, of("上月")},
		{"较上月", 10, workbook.Score, of("较上月")},
	}
	yearAgo := b.Period.Add(-12)
	then, known := b.Past[yearAgo]
	if known {
		columns = append(columns,
			workbook.Column[line]{"上年同月", 11, workbook.Score, func(l line) workbook.Cell { return page.PublishedIn(yearAgo, then, l.Figure) }},
			workbook.Column[line]{"同比增减", 10, workbook.Score, func(l line) workbook.Cell { return page.ChangeOf(l.Figure, "本月", "上年同月") }})
	}
	b.leading = workbook.Table[line]{
		Title: b.Title("主要指标"), Left: b.AsOf(), Right: "上月为公布数", Ledger: true, Frozen: 2, Columns: columns,
		Notes: []string{"注：比率的增减为百分点；没有上报的指标不列。"},
	}.Draw(s.Top(), lines)
	b.figures = map[string]workbook.Ref{}
	for i, l := range lines {
		b.figures[l.Name] = b.leading.Cell("本月", i)
	}
}
