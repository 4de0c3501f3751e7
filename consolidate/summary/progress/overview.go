package progress

import (
	"fmt"
	"slices"

	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// The columns of 总览, alike, and their width.
const (
	overviewColumns = 28
	overviewGrid    = 4.3
)

// drawOverview draws 总览 of the key projects: a sentence as a bulletin would put it, the
// figures large, the month against the one before, levels and classes, lights; and on a page of its own
// how far the units are, the worst first.
func (r *drawing) drawOverview(s *workbook.Sheet, made *Workbook) {
	flow := s.Flow(overviewColumns, overviewGrid)
	flow.Write(workbook.Text(r.Title("重点项目进展总览")), workbook.Title)
	sentence := flow.Row()
	flow.Gap(6)
	if r.HasFigure("progress.projects") {
		r.drawTiles(flow)
	}
	flow.Gap(8)
	indicators := r.drawIndicators(flow.Here())
	lights := r.drawLights(indicators.Area().Beside().Right(1))
	flow.Past(indicators, lights)
	flow.Gap(8)
	groups := r.drawGroups(flow.Here())
	flow.Past(groups)
	flow.NewPage()
	r.drawPace(flow, lights, made)
	made.Headline = sentence.Put(r.sentence(indicators, lights), workbook.Bulletin)
}

func (r *drawing) drawTiles(flow *workbook.Flow) {
	total, yi := r.Ledger.Total, workbook.Yi.Suffix("亿元")
	levels := []any{}
	for i, l := range r.Levels {
		if i > 0 {
			levels = append(levels, " · ")
		}
		levels = append(levels, l.Name, workbook.As(r.countLevel(l), workbook.Whole), "个")
	}
	red, yellow := r.Says("红黄绿灯/总评", string(workbook.Red)), r.Says("红黄绿灯/总评", string(workbook.Yellow))
	flow.Tiles(
		workbook.Tile{Label: "重点项目", Value: workbook.Same(total("项目名称")), Style: workbook.Whole.Suffix("个"), Foot: workbook.Sentence(levels...)},
		workbook.Tile{Label: "年度计划投资", Value: workbook.Same(total(YearPlan)), Style: yi, Foot: workbook.Sentence("总投资", workbook.As(total("总投资"), yi))},
		workbook.Tile{Label: r.ToDate() + "完成投资", Value: workbook.Same(total(r.Done())), Style: yi,
			Foot: workbook.Sentence(append([]any{fmt.Sprintf("其中%d月完成", r.Period.Month), workbook.As(total(thisMonth), yi)}, r.unstated()...)...)},
		workbook.Tile{Label: OfPlan, Value: workbook.Same(total(OfPlan)), Style: workbook.Percent,
			Foot: workbook.Sentence("时序进度", total(Due), "，相差", total(Ahead), "个百分点")},
		workbook.Tile{Label: "开工率", Value: r.startedShare(), Style: workbook.Percent, Foot: workbook.Sentence("已开工",
			workbook.As(r.Count(r.startedBase(r.Says("开工", isStarted))...), workbook.Whole), "个÷"+r.startedOver(),
			workbook.As(r.Count(r.startedBase()...), workbook.Whole), "个")},
		workbook.Tile{Label: "滞后项目（红灯）", Value: r.Count(red), Style: workbook.Whole.Suffix("个"),
			Foot: workbook.Sentence("黄灯", workbook.As(r.Count(yellow), workbook.Whole), "个")},
	)
}

// unstated says beside the month's investment how many projects do not state theirs; nothing where all do.
func (r *drawing) unstated() []any {
	const figure = "progress.this_month_unstated"
	if r.Figures[figure] == 0 {
		return nil
	}
	const least = -1e15 // below any amount
	stated := r.Count(workbook.Over(r.Ledger.Column(thisMonth), least))
	return []any{"（", workbook.As(r.TiedCount(workbook.Minus(r.Count(), stated), figure), workbook.Whole), "个项目未填报本月数）"}
}

// An indicator is a line of 主要指标: the figure now and as it was published a month ago.
type indicator struct {
	name                string
	style, changeStyle  workbook.Style
	now, before, change workbook.Cell
}

// Rows of 主要指标, which the sentence reads, too.
const (
	projectsRow = iota
	startedRow
	yearPlanRow
	toDateRow
	ofPlanRow
)

// lamps are the rows of the table of lights.
var lamps = []workbook.Light{workbook.Red, workbook.Yellow, workbook.Green, workbook.Unlit}

// drawIndicators draws the month against the one before as published. In January figures of
// the year have no month before.
func (r *drawing) drawIndicators(at workbook.Ref) *workbook.Drawn {
	total := r.Ledger.Total
	apart := workbook.Minus(workbook.Own("本月"), workbook.Own("上月公布"))
	ofYear := func(c workbook.Cell) workbook.Cell {
		if r.Period.Month == 1 {
			return workbook.Blank
		}
		return c
	}
	lines := []indicator{
		projectsRow: {"重点项目数（个）", workbook.Whole, workbook.Whole.Signed(), workbook.Same(total("项目名称")),
			r.CellBefore("progress.projects", workbook.Int[int64]), apart},
		startedRow: {"已开工（个）", workbook.Whole, workbook.Whole.Signed(), r.TiedCount(r.Count(r.Says("开工", isStarted)), "progress.started"),
			r.CellBefore("progress.started", workbook.Int[int64]), apart},
		yearPlanRow: {"年度计划投资（亿元）", workbook.Yi, workbook.Yi.Signed(), workbook.Same(total(YearPlan)),
			ofYear(r.CellBefore("progress.year_plan_fen", workbook.Money[int64])), apart},
		toDateRow: {r.ToDate() + "完成投资（亿元）", workbook.Yi, workbook.Yi.Signed(), workbook.Same(total(r.Done())),
			ofYear(r.CellBefore("progress.year_to_date_fen", workbook.Money[int64])), apart},
		ofPlanRow: {"占年度计划", workbook.Percent, workbook.Points.Suffix("个百分点"), workbook.Same(total(OfPlan)),
			ofYear(workbook.Ratio(r.Published["progress.year_to_date_fen"], r.Published["progress.year_plan_fen"]).
				From(r.OriginBefore("progress.year_to_date_fen÷progress.year_plan_fen"))),
			workbook.PointsBetween(workbook.Own("本月"), workbook.Own("上月公布"))},
	}
	return workbook.Table[indicator]{
		Caption: "主要指标",
		Columns: []workbook.Column[indicator]{
			{"指标", 5 * overviewGrid, workbook.Label, func(i indicator) workbook.Cell { return workbook.Text(i.name) }},
			{"本月", 3 * overviewGrid, workbook.Score, func(i indicator) workbook.Cell { return i.now.As(i.style) }},
			{"上月公布", 3 * overviewGrid, workbook.Score, func(i indicator) workbook.Cell { return i.before.As(i.style) }},
			{"较上月", 4 * overviewGrid, workbook.Score, func(i indicator) workbook.Cell { return i.change.As(i.changeStyle) }},
		},
	}.Draw(at, lines)
}

// drawLights counts the lights of each dimension.
func (r *drawing) drawLights(at workbook.Ref) *workbook.Drawn {
	columns := []workbook.Column[workbook.Light]{{"灯", 2 * overviewGrid, workbook.Label, workbook.Lamp}}
	for _, dimension := range []string{"开工", "进度", "资金", "入统", "总评"} {
		columns = append(columns, workbook.Column[workbook.Light]{dimension, 2 * overviewGrid, workbook.Whole, func(l workbook.Light) workbook.Cell {
			return r.Count(r.Says("红黄绿灯/"+dimension, string(l)))
		}})
	}
	return workbook.Table[workbook.Light]{Caption: "红黄绿灯（个；“无”为不评）", Total: "合计", Columns: columns}.Draw(at, lamps)
}

// A division is a line of the table of levels and classes: its name and what it takes in.
type division struct {
	name   string
	where  []workbook.Condition
	figure string // beginning of the names of its figures; blank: none are published
}

// drawGroups draws levels and classes. The total is of distinct projects.
func (r *drawing) drawGroups(at workbook.Ref) *workbook.Drawn {
	var lines []division
	for _, l := range r.Levels {
		lines = append(lines, division{l.Name, []workbook.Condition{r.Says("级别/"+l.Name, "√")}, l.Figure})
	}
	for _, class := range form.Progress.Class.Words {
		lines = append(lines, division{class.Name, []workbook.Condition{r.Says("类别", class.Name)}, ""})
	}
	number := func(figure string, where ...workbook.Condition) func(division) workbook.Cell {
		return func(d division) workbook.Cell {
			formula := r.Count(append(slices.Clone(d.where), where...)...)
			if d.figure == "" {
				return formula
			}
			return r.TiedCount(formula, d.figure+figure)
		}
	}
	money := func(heading, figure string) func(division) workbook.Cell {
		return func(d division) workbook.Cell { return r.TiedMoney(r.SumKnown(heading, d.where...), d.figure+figure) }
	}
	begun := r.Says("开工", isStarted)
	return workbook.Table[division]{
		Caption: "分级别、分类别（个、亿元）", Total: "合计（不重复）",
		Columns: []workbook.Column[division]{
			{"组别", 4 * overviewGrid, workbook.Label, func(d division) workbook.Cell { return workbook.Text(d.name) }},
			{"项目数", 3 * overviewGrid, workbook.Whole, number(".projects")},
			{"已开工", 3 * overviewGrid, workbook.Whole, number(".started", begun)},
			{"开工率", 3 * overviewGrid, workbook.Percent, func(d division) workbook.Cell { return r.startedShare(d.where...) }},
			{YearPlan, 4 * overviewGrid, workbook.Yi, money(YearPlan, ".year_plan_fen")},
			{r.Done(), 4 * overviewGrid, workbook.Yi, money(r.Done(), ".year_to_date_fen")},
			{OfPlan, 3 * overviewGrid, workbook.Percent, func(division) workbook.Cell { return r.share() }},
			{Ahead, 4 * overviewGrid, workbook.Points, func(division) workbook.Cell { return r.lead() }},
		},
		Totals: map[string]workbook.Cell{
			"项目数": r.TiedCount(r.Count(), "progress.projects"), "已开工": r.TiedCount(r.Count(begun), "progress.started"), "开工率": r.startedShare(),
			YearPlan: r.TiedMoney(r.SumKnown(YearPlan), "progress.year_plan_fen"), r.Done(): r.TiedMoney(r.SumKnown(r.Done()), "progress.year_to_date_fen"),
			OfPlan: r.share(), Ahead: r.lead(),
		},
		Notes: append([]string{"注：开工率＝已开工项目数÷" + r.startedOver() + "；一个项目兼有两级的，在各级分别列，合计只计一次。"},
			r.corrections("全县", toDateFigure, r.Projects)...),
	}.Draw(at, lines)
}

func (r *drawing) sentence(indicators, lights *workbook.Drawn) workbook.Cell {
	if !r.HasFigure("progress.projects") {
		return workbook.Text("本月尚未汇总《" + r.Form.Title + "》，没有可以公布的数，不等于零。")
	}
	total := r.Ledger.Total
	parts := []any{r.ToDate() + "，全县", total("项目名称"), "重点项目"}
	mark := "（"
	for _, l := range r.Levels {
		parts = append(parts, mark+l.Name, workbook.As(r.countLevel(l), workbook.Whole), "个")
		mark = "、"
	}
	parts = append(parts, "）")
	if !r.HasFigure("progress.year_to_date_fen") || !r.HasFigure("progress.year_plan_fen") {
		parts = append(parts, "年度计划或累计完成投资尚未填报")
	} else {
		parts = append(parts, "累计完成投资", workbook.As(total(r.Done()), workbook.Yi), "亿元，占年度计划", workbook.As(total(YearPlan), workbook.Yi), "亿元的", total(OfPlan),
			"，", workbook.Which(total(Ahead), "低于时序进度", "与时序进度持平，相差", "高于时序进度"), workbook.As(workbook.Abs(total(Ahead)), workbook.Score.Decimals(1)), "个百分点")
	}
	if r.Earlier != nil && r.Period.Month > 1 && r.HasFigure("progress.year_to_date_fen") {
		change := indicators.Cell("较上月", ofPlanRow)
		parts = append(parts, "，较上月公布数", workbook.Unless(change, "持平", workbook.Sentence(workbook.Which(change, "回落", "", "提高"),
			workbook.As(workbook.Abs(change), workbook.Score.Decimals(1)), "个百分点")))
	}
	if r.HasFigure("progress.this_month_fen") {
		parts = append(parts, fmt.Sprintf("；%d月完成投资", r.Period.Month), workbook.As(total(thisMonth), workbook.Yi), "亿元")
		parts = append(parts, r.unstated()...)
	}
	parts = append(parts, "。已开工", indicators.Cell("本月", startedRow), "个，开工率",
		workbook.As(r.startedShare(), workbook.Percent), "（按"+r.startedOver(), workbook.As(r.Count(r.startedBase()...), workbook.Whole), "个计）。滞后项目红灯",
		lights.Cell("总评", slices.Index(lamps, workbook.Red)), "个、黄灯", lights.Cell("总评", slices.Index(lamps, workbook.Yellow)), "个。")
	if pending := r.Pending(form.Progress.Name.Form); pending != "" {
		parts = append(parts, "重点项目"+pending+"，见《核对底稿》。")
	}
	return workbook.Sentence(parts...)
}
