package bulletin

import (
	"maps"
	"slices"
	"strings"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A headline is a figure of the county with its unit, a line of 主要指标. Money is shown in
// 亿元, shares in percent.
type headline struct{ figure, unit string }

// headlines are all published figures in the order of the forms.
var headlines = []headline{
	{"reserve.projects", "个"}, {"reserve.investment_fen", "亿元"},
	{"reserve.planned.projects", "个"}, {"reserve.planned.investment_fen", "亿元"},
	{"reserve.reserved.projects", "个"}, {"reserve.reserved.investment_fen", "亿元"},
	{"reserve.started.projects", "个"}, {"reserve.started.investment_fen", "亿元"},
	{"reserve.producing.projects", "个"}, {"reserve.producing.investment_fen", "亿元"},

	{"progress.projects", "个"}, {"progress.started", "个"}, {"progress.investment_fen", "亿元"},
	{"progress.year_plan_fen", "亿元"}, {"progress.year_to_date_fen", "亿元"}, {"progress.this_month_fen", "亿元"},
	{"progress.provincial.projects", "个"}, {"progress.provincial.started", "个"}, {"progress.provincial.year_plan_fen", "亿元"},
	{"progress.provincial.year_to_date_fen", "亿元"},
	{"progress.municipal.projects", "个"}, {"progress.municipal.started", "个"}, {"progress.municipal.year_plan_fen", "亿元"},
	{"progress.municipal.year_to_date_fen", "亿元"},
	{"progress.county.projects", "个"}, {"progress.county.started", "个"}, {"progress.county.year_plan_fen", "亿元"}, {"progress.county.year_to_date_fen", "亿元"},

	{"statistics.growth_bp", "%"}, {"statistics.projects", "个"}, {"statistics.year_to_date_fen", "亿元"},

	{"obstacles.opening", "个"}, {"obstacles.new", "个"}, {"obstacles.closed", "个"}, {"obstacles.open", "个"}, {"obstacles.overdue", "个"},
	{"obstacles.units", "个"},

	{"duty.leaders", "人"}, {"duty.visits", "次"}, {"duty.meetings", "次"}, {"duty.found", "个"}, {"duty.solved", "个"},

	{"promotion.activities", "次"}, {"promotion.enterprises", "家"}, {"promotion.intent_fen", "亿元"},

	{"signing.projects", "个"}, {"signing.investment_fen", "亿元"}, {"signing.funds_fen", "亿元"},

	{"dispatch.meetings", "次"}, {"dispatch.notices", "份"},

	{"tasks.aspects", "个"}, {"tasks.tasks", "项"}, {"tasks.tasks_done", "项"}, {"tasks.tasks_late", "项"},
	{"tasks.business_focuses", "个"}, {"tasks.business_measures", "项"}, {"tasks.business_measures_done", "项"}, {"tasks.business_measures_late", "项"},

	{"services.online_bp", "%"}, {"services.online_cases_bp", "%"}, {"services.time_saved_bp", "%"}, {"services.one_thing", "件"},
	{"services.material_saved_bp", "%"},
	{"services.tax_online", "项"}, {"services.contactless", "项"},
	{"services.hotline_orders", "个"}, {"services.hotline_carried", "个"}, {"services.hotline_overdue", "个"}, {"services.on_time_bp", "%"},

	{"landyield.rows", "家"}, {"landyield.land", "亩"}, {"landyield.tax_fen", "亿元"}, {"landyield.revenue_fen", "亿元"},
}

func isMoney(figure string) bool { return strings.HasSuffix(figure, "_fen") }

// figureCell is a figure as a cell: money, a share, or a count.
func figureCell(figure string, n int64) workbook.Cell {
	switch {
	case isMoney(figure):
		return workbook.Money(n)
	case isRate(figure):
		return workbook.Ratio(n, 10_000)
	}
	return workbook.Int(n)
}

func figureStyle(figure string) workbook.Style {
	switch {
	case isMoney(figure):
		return workbook.Yi
	case isRate(figure):
		return workbook.Percent
	}
	return workbook.Whole
}

// changeOf is the difference of two columns of the row in the figure's own terms: shares
// differ by points.
func changeOf(figure, now, before string) workbook.Cell {
	if isRate(figure) {
		return workbook.PointsBetween(workbook.Own(now), workbook.Own(before)).As(workbook.Points)
	}
	return workbook.Minus(workbook.Own(now), workbook.Own(before)).As(figureStyle(figure).Signed())
}

// A headlineCell is where a figure stands, and how it reads; where it is not known, nowhere.
type headlineCell struct {
	known       bool
	now, change workbook.Ref
	style       workbook.Style
}

// headlineCells are the cells that sentences take their numbers from, by figure: the published
// ones, the rates, and the numbers of filings and orders. Every one that there may be is there.
type headlineCells map[string]headlineCell

// of is the cell of a figure. To ask for one that there cannot be is a programmer's mistake.
func (c headlineCells) of(figure string) headlineCell {
	cell, is := c[figure]
	if !is {
		panic("主要指标 has no figure " + figure)
	}
	return cell
}

// ofYear reports whether a figure is said of one year, so that January has no month before.
func ofYear(figure string) bool { return strings.Contains(figure, "year_") }

// lastMonth is the figure a month ago as published; false where there is none to compare with.
func (b *bulletin) lastMonth(figure string) (int64, bool) {
	n, known := b.Published[figure]
	return n, known && !(b.Period.Month == 1 && ofYear(figure))
}

// drawHeadlines draws 主要指标: every published figure, from the sheet that computes it where one
// does, and the rates. received is 报送情况, ordered the number of units that orders go to.
func (b *bulletin) drawHeadlines(s *workbook.Sheet, computed ties, received *workbook.Drawn, ordered headlineCell) headlineCells {
	lines := slices.DeleteFunc(slices.Clone(headlines), func(h headline) bool {
		return strings.HasPrefix(h.figure, "progress.county.") && b.Figures["progress.county.projects"] == 0
	})
	formOf := func(h headline) *form.Form { f, _ := form.FigureNamed(h.figure); return f }
	drawn := workbook.Table[headline]{
		Title: b.Title("项目推进主要指标"), Left: b.AsOf(), Right: "上月为公布数；空白为尚未报送，不等于零", Ledger: true, Frozen: 3,
		Columns: []workbook.Column[headline]{
			{"序号", 6, workbook.Ordinal, nil},
			{"指标", 42, workbook.Prose, func(h headline) workbook.Cell { return workbook.Text(b.titleOf(h.figure)) }},
			{"单位", 8, workbook.Label, func(h headline) workbook.Cell { return workbook.Text(h.unit) }},
			{"本月", 15, workbook.Score, func(h headline) workbook.Cell { return b.nowOf(h, computed) }},
			{"上月", 15, workbook.Score, func(h headline) workbook.Cell {
				n, known := b.lastMonth(h.figure)
				if !known {
					return workbook.Blank
				}
				return figureCell(h.figure, n).As(figureStyle(h.figure)).From(b.OriginBefore(h.figure))
			}},
			{"较上月", 14, workbook.Score, func(h headline) workbook.Cell { return changeOf(h.figure, "本月", "上月") }},
			{"来源报表", 30, workbook.Label, func(h headline) workbook.Cell { return workbook.Text(formOf(h).Title) }},
			{"详见", 24, workbook.Label, func(h headline) workbook.Cell { return workbook.Text(placesOf[formOf(h).ID]) }},
		},
		Notes: []string{"注：比率的较上月为百分点。金额由元、角、分精确汇总后显示两位小数。"},
	}.Draw(s.At(1, 1), lines)
	cells := headlineCells{
		"orders":           ordered,
		"filings.owed":     {known: true, now: received.Total("应报"), style: workbook.Whole},
		"filings.received": {known: true, now: received.Total("收到"), style: workbook.Whole},
	}
	for i, h := range lines {
		cells[h.figure] = headlineCell{}
		if b.HasFigure(h.figure) {
			cells[h.figure] = headlineCell{true, drawn.Cell("本月", i), drawn.Cell("较上月", i), figureStyle(h.figure)}
		}
	}
	maps.Copy(cells, b.drawRates(drawn.Area().Below().Down(1), cells, received))
	return cells
}

// placesOf is where the workings of a form's figures are.
var placesOf = map[string]string{
	"reserve": "《谋划储备项目汇总》", "progress": "《重点项目进展汇总》", "statistics": "《重点项目进展汇总》入统核对",
	"obstacles": "堵点难点销号", "duty": "领导包抓履职", "promotion": "招商月晾晒", "signing": "签约项目", "dispatch": "调度督办",
	"tasks": "任务进展", "services": "营商环境", "landyield": "亩均效益",
}

// titleOf is the title of a figure in the month: 重点项目1—6月累计完成投资.
func (b *bulletin) titleOf(figure string) string {
	_, f := form.FigureNamed(figure)
	return strings.ReplaceAll(f.Title, "1-N月", b.ToDate())
}

// nowOf is the figure this month: from the sheet that computes it, else as published.
func (b *bulletin) nowOf(h headline, computed ties) workbook.Cell {
	n, known := b.Figures[h.figure]
	if !known {
		return workbook.Blank
	}
	at, tied := computed[h.figure]
	if !tied {
		return figureCell(h.figure, n).As(figureStyle(h.figure)).From(page.FromFigure(h.figure))
	}
	return workbook.Same(at).Matching(figureCell(h.figure, n)).As(figureStyle(h.figure)).Link(at)
}

// A rate is a share of figures in others; name is its key among the cells.
type rate struct {
	name, title, how string
	part             string // blank: a rate of filing, which 报送情况 computes
	whole            []string
	off              bool // the county takes it over other projects than the figures count: it is not listed
}

func (b *bulletin) rates() []rate {
	overNew := b.County.Progress.OverNew()
	return []rate{
		{"rate.plan", "重点项目占年度计划", b.ToDate() + "累计完成投资÷年度计划投资", "progress.year_to_date_fen", []string{"progress.year_plan_fen"}, false},
		{"rate.started", "重点项目开工率", "已开工÷全部重点项目", "progress.started", []string{"progress.projects"}, overNew},
		{"rate.provincial", "省级重点项目开工率", "已开工÷全部省级重点项目", "progress.provincial.started", []string{"progress.provincial.projects"}, overNew},
		{"rate.municipal", "市级重点项目开工率", "已开工÷全部市级重点项目", "progress.municipal.started", []string{"progress.municipal.projects"}, overNew},
		{"rate.closed", "堵点难点销号率", "本月销号÷（上月结转＋本月新增）", "obstacles.closed", []string{"obstacles.opening", "obstacles.new"}, false},
		{"rate.solved", "包抓问题解决率", "解决问题÷发现问题", "duty.solved", []string{"duty.found"}, false},
		{"rate.funds", "签约项目资金到位率", "到位资金÷合同总投资", "signing.funds_fen", []string{"signing.investment_fen"}, false},
		{"rate.tasks", "高质量项目推进年任务完成率", "已完成÷已报任务", "tasks.tasks_done", []string{"tasks.tasks"}, false},
		{"rate.measures", "营商环境突破年举措完成率", "已完成÷已报举措", "tasks.business_measures_done", []string{"tasks.business_measures"}, false},
		{name: "报送率", title: "报表报送率", how: "收到÷应报"},
		{name: "按时报送率", title: "报表按时报送率", how: "按时÷应报"},
	}
}

// rateBefore is the rate a month ago; false where it is not known.
func (b *bulletin) rateBefore(r rate) (part, whole int64, known bool) {
	part, known = b.lastMonth(r.part)
	for _, figure := range r.whole {
		n, also := b.lastMonth(figure)
		whole, known = whole+n, known && also
	}
	return part, whole, known
}

// drawRates draws the rates that the figures give, and those of filing.
func (b *bulletin) drawRates(at workbook.Ref, figures headlineCells, received *workbook.Drawn) headlineCells {
	rates := b.rates()
	lines := slices.DeleteFunc(slices.Clone(rates), func(r rate) bool { return r.off })
	drawn := workbook.Table[rate]{
		Caption: "主要比率",
		Columns: []workbook.Column[rate]{
			{"序号", 6, workbook.Ordinal, nil},
			{"指标", 42, workbook.Prose, func(r rate) workbook.Cell { return workbook.Text(r.title) }},
			{"单位", 8, workbook.Label, func(rate) workbook.Cell { return workbook.Text("%") }},
			{"本月", 15, workbook.Percent, func(r rate) workbook.Cell {
				if r.part == "" {
					return workbook.Same(received.Total(r.name))
				}
				return b.rateNow(r, figures)
			}},
			{"上月", 15, workbook.Percent, func(r rate) workbook.Cell {
				part, whole, known := b.rateBefore(r)
				if !known {
					return workbook.Blank
				}
				return workbook.Ratio(part, whole).From(b.OriginBefore(r.part + "÷" + strings.Join(r.whole, "＋")))
			}},
			{"较上月", 14, workbook.Points, func(rate) workbook.Cell {
				return workbook.PointsBetween(workbook.Own("本月"), workbook.Own("上月"))
			}},
			{"算法", 30, workbook.Label, func(r rate) workbook.Cell { return workbook.Text(r.how) }},
		},
	}.Draw(at, lines)
	cells := headlineCells{}
	for _, r := range rates {
		cells[r.name] = headlineCell{}
	}
	for i, r := range lines {
		if known := r.part == "" && len(b.filings) > 0 || r.part != "" && b.rateKnown(r); known {
			cells[r.name] = headlineCell{true, drawn.Cell("本月", i), drawn.Cell("较上月", i), workbook.Percent}
		}
	}
	return cells
}

// rateKnown reports whether the rate can be said: over nothing it cannot.
func (b *bulletin) rateKnown(r rate) bool {
	whole, known := int64(0), b.HasFigure(r.part)
	for _, figure := range r.whole {
		whole, known = whole+b.Figures[figure], known && b.HasFigure(figure)
	}
	return known && whole != 0
}

func (b *bulletin) rateNow(r rate, figures headlineCells) workbook.Cell {
	if !b.rateKnown(r) {
		return workbook.Blank
	}
	whole := make([]workbook.Operand, len(r.whole))
	for i, figure := range r.whole {
		whole[i] = figures.of(figure).now
	}
	if len(whole) == 1 {
		return workbook.Quotient(figures.of(r.part).now, whole[0])
	}
	return workbook.Quotient(figures.of(r.part).now, workbook.Plus(whole[0], whole[1:]...))
}

// wanOf is a value of money, to be written by a column.
func wanOf(fen int64) ledger.Value { return ledger.Number(fen) }
