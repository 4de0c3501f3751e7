package briefing

import (
	"fmt"
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// trendMonths is how many months the trend goes back, this one among them; fewestForChart is from how
// many on it is drawn.
const (
	trendMonths    = 12
	fewestForChart = 3
)

// Headings that others read.
const (
	yearPlan = "年度计划\n（亿元）"
	toDate   = "累计完成\n（亿元）"
)

// trended are the figures of the trend, with short headings.
var trended = []struct{ heading, figure string }{
	{"储备项目\n（个）", "reserve.projects"}, {"储备总投资\n（亿元）", "reserve.investment_fen"},
	{"重点项目\n（个）", "progress.projects"}, {"已开工\n（个）", "progress.started"},
	{yearPlan, "progress.year_plan_fen"}, {toDate, "progress.year_to_date_fen"},
	{"堵点难点\n未结（个）", "obstacles.open"},
}

// A trendLine is a month with its figures as published; this month's as they are now.
type trendLine struct {
	period  ledger.Period
	figures map[string]int64
	now     bool
	note    string
}

// A lastLine is this month on 走势.
type lastLine struct{ ofPlan, elapsed workbook.Ref }

// drawTrend draws 走势: the months that the database has of the last twelve, as a table and, from three
// on, as lines.
func (b *briefing) drawTrend(s *workbook.Sheet) {
	flow := s.Flow(24, 5)
	flow.Write(workbook.Text(b.Title("主要指标走势")), workbook.Title)
	lines := b.trend()
	columns := []workbook.Column[trendLine]{{"月份", 15, workbook.Label, func(l trendLine) workbook.Cell { return workbook.Text(l.period.String()) }}}
	for _, t := range trended {
		_, figure := form.FigureNamed(t.figure)
		columns = append(columns, workbook.Column[trendLine]{t.heading, 10, page.FigureStyle(figure), func(l trendLine) workbook.Cell {
			if l.now {
				return l.cell(figure).From(page.FromFigure(figure.Name))
			}
			return page.PublishedIn(l.period, l.figures, figure)
		}})
	}
	columns = append(columns,
		workbook.Column[trendLine]{"占年度计划", 10, workbook.Percent, func(trendLine) workbook.Cell {
			return workbook.Quotient(workbook.Own(toDate), workbook.Own(yearPlan))
		}},
		workbook.Column[trendLine]{"时序进度", 10, workbook.Percent, func(l trendLine) workbook.Cell { return page.ElapsedIn(l.period) }},
		workbook.Column[trendLine]{"说明", 15, page.Small(workbook.Prose), func(l trendLine) workbook.Cell { return workbook.Text(l.note) }})
	drawn := workbook.Table[trendLine]{
		Left: b.AsOf(), Right: "以前月份为该月公布数", Columns: columns,
		Notes: []string{fmt.Sprintf("注：近十二个月中数据库有%d个月；累计数一年之内应逐月增加，减少的在“说明”栏注明。", len(lines))},
	}.Draw(flow.Here(), lines)
	flow.Past(drawn)
	b.now = lastLine{drawn.Cell("占年度计划", len(lines)-1), drawn.Cell("时序进度", len(lines)-1)}
	if len(lines) < fewestForChart {
		return
	}
	flow.Gap(8)
	flow.Charts(14,
		workbook.Chart{Kind: workbook.Lines, Title: "占年度计划与时序进度", Categories: drawn.Column("月份"),
			Series: []workbook.Series{drawn.Series("占年度计划"), drawn.Series("时序进度")}},
		workbook.Chart{Kind: workbook.Lines, Title: "储备总投资（亿元）", Categories: drawn.Column("月份"),
			Series: []workbook.Series{drawn.Series("储备总投资\n（亿元）")}, Labels: true})
}

// cell is a figure of this month; blank where it is not known.
func (l trendLine) cell(f form.Figure) workbook.Cell {
	if value, known := l.figures[f.Name]; known {
		return page.FigureCell(f, value)
	}
	return workbook.Blank
}

// trend lists the months, the earliest first. A total since January that is less than the month before
// was restated: it is said so.
func (b *briefing) trend() []trendLine {
	lines := []trendLine{{period: b.Period, figures: b.Figures, now: true}}
	for p, figures := range b.Past {
		if p.Since(b.Period) > -trendMonths && p.Since(b.Period) < 0 {
			line := trendLine{period: p, figures: figures}
			if len(b.Restated[p]) > 0 {
				line.note = "重新公布"
			}
			lines = append(lines, line)
		}
	}
	slices.SortFunc(lines, func(x, z trendLine) int { return x.period.Since(z.period) })
	for i := 1; i < len(lines); i++ {
		before, now := lines[i-1], &lines[i]
		was, known := before.figures["progress.year_to_date_fen"]
		is, also := now.figures["progress.year_to_date_fen"]
		if known && also && before.period.Year == now.period.Year && is < was {
			now.note = page.Join(now.note, "累计完成比"+before.period.Chinese()+"公布数减少，系更正")
		}
	}
	return lines
}
