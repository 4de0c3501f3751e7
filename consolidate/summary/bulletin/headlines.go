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

// A headline is a published figure, a line of 主要指标, with the form that it is of.
type headline struct {
	form *form.Form
	form.Figure
}

// headlines are all published figures in the order of the forms.
func headlines() []headline {
	var all []headline
	for _, f := range form.All() {
		for _, figure := range f.Figures {
			all = append(all, headline{f, figure})
		}
	}
	return all
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

// lastMonth is a figure a month ago as published; false where there is none to compare with.
func (b *bulletin) lastMonth(name string) (int64, bool) {
	n, known := b.Published[name]
	_, figure := form.FigureNamed(name)
	return n, known && !(b.Period.Month == 1 && figure.OfYear)
}

// headed are the figures that 主要指标 has a line for.
func (b *bulletin) headed() []headline {
	return slices.DeleteFunc(headlines(), func(h headline) bool { return h.IfAny != "" && b.Figures[h.IfAny] == 0 })
}

// drawHeadlines draws 主要指标: every published figure, from the sheet that computes it where one
// does, and the rates. received is 报送情况, ordered the number of units that orders go to.
func (b *bulletin) drawHeadlines(s *workbook.Sheet, computed ties, received *workbook.Drawn, ordered headlineCell) (*workbook.Drawn, headlineCells) {
	all, lines := headlines(), b.headed()
	drawn := workbook.Table[headline]{
		Title: b.Title("项目推进主要指标"), Left: b.AsOf(), Right: "上月为公布数；空白为尚未报送，不等于零", Ledger: true, Dense: true, Frozen: 3,
		Columns: []workbook.Column[headline]{
			{"序号", 6, workbook.Ordinal, nil},
			{"指标", 42, workbook.Prose, func(h headline) workbook.Cell { return workbook.Text(b.titleOf(h.Figure)) }},
			{"单位", 8, workbook.Label, func(h headline) workbook.Cell { return workbook.Text(h.Unit) }},
			{"本月", 15, workbook.Score, func(h headline) workbook.Cell { return b.nowOf(h, computed) }},
			{"上月", 15, workbook.Score, func(h headline) workbook.Cell {
				n, known := b.lastMonth(h.Name)
				if !known {
					return workbook.Blank
				}
				return page.FigureCell(h.Figure, n).As(page.FigureStyle(h.Figure)).From(b.OriginBefore(h.Name))
			}},
			{"较上月", 14, workbook.Score, func(h headline) workbook.Cell { return page.ChangeOf(h.Figure, "本月", "上月") }},
			{"来源报表", 30, workbook.Label, func(h headline) workbook.Cell { return workbook.Text(h.form.Title) }},
			{"详见", 24, workbook.Label, func(h headline) workbook.Cell { return workbook.Text(placesOf[h.form.ID]) }},
		},
		Notes: append([]string{"注：比率的较上月为百分点。金额由元、角、分精确汇总后显示两位小数。"}, b.RestatedBefore()...),
	}.Draw(s.Top(), lines)
	cells := headlineCells{
		"orders":           ordered,
		"filings.owed":     {known: true, now: received.Total("应报"), style: workbook.Whole},
		"filings.received": {known: true, now: received.Total("收到"), style: workbook.Whole},
	}
	for _, h := range all {
		cells[h.Name] = headlineCell{}
	}
	for _, name := range sheetNumbers() {
		at, known := computed[name]
		cells[name] = headlineCell{known: known, now: at, style: workbook.Whole}
	}
	for i, h := range lines {
		if b.HasFigure(h.Name) {
			cells[h.Name] = headlineCell{true, drawn.Cell("本月", i), drawn.Cell("较上月", i), page.FigureStyle(h.Figure)}
		}
	}
	maps.Copy(cells, b.drawRates(drawn.Area().Below().Down(1), cells, computed, received))
	return drawn, cells
}

// Numbers that sheets compute and sentences read, which are no published figures: of the leaders and
// of the tasks that were reported, those of the county's lists and others.
const (
	onRoster      = "duty.on_roster"
	offRoster     = "duty.off_roster"
	silentLeaders = "duty.silent"
	onRoll        = ".on_roll"
	offRoll       = ".off_roll"
)

func sheetNumbers() []string {
	names := []string{onRoster, offRoster, silentLeaders}
	for _, scheme := range schemes {
		names = append(names, scheme.figure+onRoll, scheme.figure+offRoll)
	}
	return names
}

// titleOf is the title of a figure in the month: 重点项目1—6月累计完成投资.
func (b *bulletin) titleOf(f form.Figure) string {
	title := page.FigureTitle(f, b.Period)
	if b.pendingValue(f) {
		title += pendingMark
	}
	return title
}

// pendingMark stands beside a rate of which what was stated is held back.
const pendingMark = "（待核）"

// pendingValue reports whether a published rate is of rows of which what it reads is held back: it is
// computed from what is left, or stands from before.
func (b *bulletin) pendingValue(f form.Figure) bool {
	if f.Kind != form.BasisPoints || !b.HasFigure(f.Name) {
		return false
	}
	of, _ := form.FigureNamed(f.Name)
	counted := b.Register.Counted(of)
	rows := make([]*form.Env, len(counted))
	for i, p := range counted {
		rows[i] = b.Register.Env(p)
	}
	_, _, from := f.Of.Over(rows)
	for _, i := range from {
		for _, column := range form.Reads(f.Of) {
			if counted[i].Record().Fields.Held(column.Index) {
				return true
			}
		}
	}
	return false
}

// nowOf is the figure this month: from the sheet that computes it, else as published.
func (b *bulletin) nowOf(h headline, computed ties) workbook.Cell {
	n, known := b.Figures[h.Name]
	if !known {
		return workbook.Blank
	}
	published := page.FigureCell(h.Figure, n).As(page.FigureStyle(h.Figure))
	at, tied := computed[h.Name]
	if !tied {
		return published.From(page.FromFigure(h.Name)).Named(page.CellName(h.Name))
	}
	return workbook.Same(at).Matching(published).As(page.FigureStyle(h.Figure)).Link(at).Named(page.CellName(h.Name))
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
		{"rate.solved", "包抓问题解决数与发现数之比", "解决问题÷发现问题（解决的含以前月份发现的，可能大于100%）", "duty.solved", []string{"duty.found"}, false},
		{fundsRate, "签约项目资金到位率", "到位资金÷合同总投资（两项都填报的项目）", "signing.both_funds_fen", []string{"signing.both_investment_fen"}, false},
		{"rate.tasks", "高质量项目推进年任务完成率", "已完成÷已报任务", "tasks.tasks_done", []string{"tasks.tasks"}, false},
		{"rate.measures", "营商环境突破年举措完成率", "已完成÷已报举措", "tasks.business_measures_done", []string{"tasks.business_measures"}, false},
		{name: "报送率", title: "报表报送率", how: "收到÷应报"},
		{name: "按时报送率", title: "报表按时报送率", how: "按时÷应报"},
	}
}

// rateBefore is the rate a month ago; false where it is not known.
func (b *bulletin) rateBefore(r rate) (part, whole int64, known bool) {
	if r.part == "" {
		return 0, 0, false
	}
	part, known = b.lastMonth(r.part)
	for _, figure := range r.whole {
		n, also := b.lastMonth(figure)
		whole, known = whole+n, known && also
	}
	return part, whole, known
}

// drawRates draws the rates that the figures give, or sheets compute, and those of filing.
func (b *bulletin) drawRates(at workbook.Ref, figures headlineCells, computed ties, received *workbook.Drawn) headlineCells {
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
				return b.rateNow(r, figures, computed)
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

func (b *bulletin) rateNow(r rate, figures headlineCells, computed ties) workbook.Cell {
	if !b.rateKnown(r) {
		return workbook.Blank
	}
	if at, is := computed[r.name]; is {
		return workbook.Same(at)
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
