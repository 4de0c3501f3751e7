package bulletin

import (
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// drawObstacles draws 堵点难点台账 and over it 堵点难点销号.
func (b *bulletin) drawObstacles(s, ledgerSheet *workbook.Sheet) ties {
	const title = "要素保障堵点难点销号"
	f := form.Obstacles.Number.Form
	if b.nothing(f, s, ledgerSheet) {
		return nil
	}
	all := b.ObstaclesOf()
	base := b.drawObstacleLedger(ledgerSheet, all)
	b.problems = base
	lines := make([]*page.Project, len(all))
	kinds := []string{}
	for i, o := range all {
		lines[i] = o.Project
	}
	for _, k := range form.Obstacles.Kind.Words {
		kinds = append(kinds, k.Name)
	}
	if slices.ContainsFunc(all, func(o page.Obstacle) bool { return o.Kind() == page.Unnamed }) {
		kinds = append(kinds, page.Unnamed)
	}

	flow := s.Flow(24, 5)
	flow.Write(workbook.Text(b.Title(title)), workbook.Title)
	units := b.drawRoll(flow, base, "一、按主办单位", "主办单位", b.units(lines, b.County.Forms[f.ID].Lists["support"]...))
	flow.Write(b.continuity(units), workbook.Remark)
	flow.Gap(8)
	b.drawRoll(flow, base, "二、按问题类别", "问题类别", kinds)
	flow.Write(workbook.Text("注：上月结转＋本月新增－本月销号＝月末未结。回复、解决待核不等于销号；逾期按办结时限与月末计算，不采用自报。明细见《堵点难点台账》。"), workbook.Remark)
	return ties{
		"obstacles.opening": units.Total("上月结转"), "obstacles.new": units.Total("本月新增"), "obstacles.closed": units.Total("本月销号"),
		"obstacles.open": units.Total("月末未结"), "obstacles.overdue": units.Total("其中：逾期"),
	}
}

// drawRoll draws how problems came, went and stayed, by a column of the ledger.
func (b *bulletin) drawRoll(flow *workbook.Flow, base *workbook.Drawn, caption, by string, rows []string) *workbook.Drawn {
	mine := workbook.Is(base.Column(by), workbook.Own(by))
	says := func(column, word string) workbook.Condition {
		return workbook.Is(base.Column(column), workbook.Text(word))
	}
	count := func(where ...workbook.Condition) func(string) workbook.Cell {
		return func(string) workbook.Cell { return workbook.CountIf(mine, where...) }
	}
	whole := workbook.Whole.Dash()
	drawn := workbook.Table[string]{
		Caption: caption, Left: b.AsOf(), Right: "单位：个", Total: "合计",
		Columns: []workbook.Column[string]{
			{by, 30, workbook.Label, workbook.Text},
			{"上月结转", 15, whole, count(says("来源", page.CarriedIn))},
			{"本月新增", 15, whole, count(says("来源", page.NewThisMonth))},
			{"本月销号", 15, whole, count(says("结果", page.StruckOff))},
			{"月末未结", 15, whole, func(string) workbook.Cell {
				return workbook.Minus(workbook.Plus(workbook.Own("上月结转"), workbook.Own("本月新增")), workbook.Own("本月销号"))
			}},
			{"其中：逾期", 15, whole, count(says("逾期", page.Overdue))},
			{"销号率", 15, workbook.Percent, func(string) workbook.Cell { return closingRate }},
		},
		Totals: map[string]workbook.Cell{
			"上月结转":  b.TiedCount(workbook.Sum(workbook.Rows("上月结转")), "obstacles.opening"),
			"本月新增":  b.TiedCount(workbook.Sum(workbook.Rows("本月新增")), "obstacles.new"),
			"本月销号":  b.TiedCount(workbook.Sum(workbook.Rows("本月销号")), "obstacles.closed"),
			"月末未结":  b.TiedCount(workbook.Minus(workbook.Plus(workbook.Own("上月结转"), workbook.Own("本月新增")), workbook.Own("本月销号")), "obstacles.open"),
			"其中：逾期": b.TiedCount(workbook.Sum(workbook.Rows("其中：逾期")), "obstacles.overdue"),
			"销号率":   closingRate,
		},
	}.Draw(flow.Here(), rows)
	flow.Past(drawn)
	return drawn
}

// closingRate is 销号率: of all problems there were in the month, those struck off.
var closingRate = workbook.Quotient(workbook.Own("本月销号"), workbook.Plus(workbook.Own("上月结转"), workbook.Own("本月新增")))

// continuity holds what was carried in against what was left open a month ago, as published.
func (b *bulletin) continuity(units *workbook.Drawn) workbook.Cell {
	left, published := b.Published["obstacles.open"]
	if !published {
		return workbook.Text("上月没有公布月末未结数，本月结转数无从核对。")
	}
	was := workbook.Int(left)
	apart := workbook.Minus(units.Total("上月结转"), was)
	return workbook.Sentence("衔接核对：上月公布月末未结", workbook.As(was, workbook.Whole), "个，本月结转", units.Total("上月结转"), "个，",
		workbook.Which(apart, "少", "两数相差", "多"), workbook.As(workbook.Abs(apart), workbook.Whole), "个（不为零的，系补报或更正提出日期）。")
}

// drawObstacleLedger draws every problem of the month.
func (b *bulletin) drawObstacleLedger(s *workbook.Sheet, all []page.Obstacle) *workbook.Drawn {
	f := &form.Obstacles
	of := func(value func(*page.Project) workbook.Cell) func(page.Obstacle) workbook.Cell {
		return func(o page.Obstacle) workbook.Cell { return value(o.Project) }
	}
	return workbook.Table[page.Obstacle]{
		Title: b.Title("要素保障堵点难点台账"), Left: b.AsOf(), Right: "逾期的在前，已销号的在后", Total: "合计", Ledger: true, Dense: true, Frozen: 3, Printed: 16,
		Columns: []workbook.Column[page.Obstacle]{
			{"序号", 5, workbook.Ordinal, nil},
			{"问题编号", 10, workbook.Label, of(page.Shown(f.Number.Column))},
			{"项目名称", 32, page.Small(workbook.Prose), of(page.Shown(f.Project.Column))},
			{"问题类别", 9, workbook.Label, func(o page.Obstacle) workbook.Cell {
				return workbook.Text(o.Kind()).From(page.Cite(o.Project, f.Kind.Column))
			}},
			{"问题描述", 40, page.Small(workbook.Prose), of(page.Shown(f.Description.Column))},
			{"提出单位", 13, page.Small(workbook.Label), of(page.Shown(f.RaisedBy.Column))},
			{"提出日期", 11, workbook.Label, of(page.Shown(f.Raised.Column))},
			{"主办单位", 16, page.Small(workbook.Label), of(page.UnitOf)},
			{"配合单位", 14, page.Small(workbook.Label), of(page.Shown(f.Helpers.Column))},
			{"包抓领导", 10, workbook.Label, of(page.Shown(f.Leader.Column))},
			{"办结时限", 11, workbook.Label, of(page.Shown(f.Deadline.Column))},
			{"状态", 9, workbook.Label, of(page.Shown(f.State.Column))},
			{"来源", 6, workbook.Label, func(o page.Obstacle) workbook.Cell {
				return workbook.Text(o.Source).From(page.Cite(o.Project, form.Reads(form.ObstacleNew)...))
			}},
			{"结果", 6, workbook.Label, func(o page.Obstacle) workbook.Cell {
				return workbook.Text(o.Outcome).From(page.Cite(o.Project, form.Reads(form.ObstacleClosed)...))
			}},
			{"逾期", 6, workbook.Label, page.Obstacle.Late},
			{"逾期天数", 6, workbook.Ordinal, page.Obstacle.LateBy},
			{"解决措施", 26, page.Small(workbook.Prose), of(page.Shown(f.Measures.Column))},
			{"说明", 16, page.Small(workbook.Prose), of(page.RemarkOf)},
		},
		Totals: map[string]workbook.Cell{
			"问题编号": workbook.CountA(workbook.Rows("问题编号")).As(page.TotalCount),
			"结果":   workbook.CountIf(workbook.Is(workbook.Rows("结果"), workbook.Text(page.StillOpen))).As(workbook.Whole.Align(workbook.Centre)),
			"逾期":   workbook.CountIf(workbook.Is(workbook.Rows("逾期"), workbook.Text(page.Overdue))).As(workbook.Whole.Align(workbook.Centre)),
		},
		Notes: []string{"注：合计行“结果”“逾期”两栏为月末未结数、逾期数。主办单位有几个的，列第一个；名录以外的归入“其他”。"},
	}.Draw(s.Top(), all)
}
