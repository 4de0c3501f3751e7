package reserve

import (
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// drawOverview draws 总览 of the reserve: one sentence as a bulletin would put it, the
// figures large, and how the projects divide. It gives the cell of the sentence.
func (r *drawing) drawOverview(s *workbook.Sheet, byStage, byField *workbook.Drawn) workbook.Ref {
	flow := s.Flow(28, 4.9)
	flow.Write(workbook.Text(r.Title("谋划储备项目总览")), workbook.Title)
	sentence := flow.Write(r.sentence(byStage), workbook.Bulletin)
	flow.Gap(6)
	if r.HasFigure("reserve.projects") {
		r.drawTiles(flow, byStage, byField)
	}
	flow.Gap(8)
	r.drawDivisions(flow)
	return sentence
}

// drawTiles draws the figures large.
func (r *drawing) drawTiles(flow *workbook.Flow, byStage, byField *workbook.Drawn) {
	projects, total := byStage.Total("项目数（个）/本月"), byStage.Total("总投资（亿元）/本月")
	stage := slices.Index(form.StageFigures, "started")
	started := byStage.Cell("项目数（个）/本月", stage)
	flow.Tiles(
		workbook.Tile{Label: "项目总数", Value: workbook.Same(projects), Style: workbook.Whole.Suffix("个"),
			Foot: r.sinceLastMonth(byStage.Total("项目数（个）/较上月"), workbook.Whole.Suffix("个"))},
		workbook.Tile{Label: "总投资", Value: workbook.Same(total), Style: workbook.Yi.Suffix("亿元"),
			Foot: r.sinceLastMonth(byStage.Total("总投资（亿元）/较上月"), workbook.Yi.Suffix("亿元"))},
		workbook.Tile{Label: r.County.Stages[stage] + "项目", Value: workbook.Same(started), Style: workbook.Whole.Suffix("个"),
			Foot: r.sinceLastMonth(byStage.Cell("项目数（个）/较上月", stage), workbook.Whole.Suffix("个"))},
		workbook.Tile{Label: "已落实资金", Value: workbook.Same(byField.Total("已落实资金（亿元）")), Style: workbook.Yi.Suffix("亿元"),
			Foot: workbook.Sentence("占总投资", byField.Total("资金落实率"))},
		workbook.Tile{Label: "成熟度A级项目", Value: workbook.Same(byField.Total("成熟度（个）/A")), Style: workbook.Whole.Suffix("个"),
			Foot: workbook.Sentence("B级", byField.Total("成熟度（个）/B"), "个，C级", byField.Total("成熟度（个）/C"), "个")},
	)
}

// sinceLastMonth says how a figure stands to that of the month before, as published.
func (r *drawing) sinceLastMonth(change workbook.Ref, style workbook.Style) workbook.Cell {
	if !r.compared() {
		return workbook.Text("无上月公布数")
	}
	return workbook.Sentence("较上月公布数", moved(change, style))
}

// compared reports whether the month before published how many projects there were.
func (r *drawing) compared() bool {
	_, published := r.Published["reserve.projects"]
	return published
}

// moved is 增加 or 减少 by how much, or 持平.
func moved(change workbook.Operand, style workbook.Style) workbook.Cell {
	return workbook.Unless(change, "持平", workbook.Sentence(workbook.Which(change, "减少", "", "增加"), workbook.As(workbook.Abs(change), style)))
}

func (r *drawing) sentence(byStage *workbook.Drawn) workbook.Cell {
	if !r.HasFigure("reserve.projects") {
		return workbook.Text("本月尚未汇总《" + r.Form.Title + "》，没有可以公布的数，不等于零。")
	}
	parts := []any{"截至" + r.Period.Chinese() + "底，全县谋划储备项目", byStage.Total("项目数（个）/本月"), "个，总投资", byStage.Total("总投资（亿元）/本月"), "亿元"}
	if pending := r.Pending(form.Reserve.Name.Form); pending != "" {
		parts = append(parts, "（"+pending+"，见《核对底稿》）")
	}
	if r.compared() {
		parts = append(parts, "，较上月项目数", moved(byStage.Total("项目数（个）/较上月"), workbook.Whole.Suffix("个")),
			"、总投资", moved(byStage.Total("总投资（亿元）/较上月"), workbook.Yi.Suffix("亿元")))
	}
	parts = append(parts, "。其中：")
	stages := r.stages()
	for i, stage := range stages {
		end := "亿元；"
		if i == len(stages)-1 {
			end = "亿元。"
		}
		name := stage + "项目"
		if stage == page.Unnamed {
			name = "批次未填报的"
		}
		parts = append(parts, name, byStage.Cell("项目数（个）/本月", i), "个、", byStage.Cell("总投资（亿元）/本月", i), end)
	}
	return workbook.Sentence(parts...)
}

// drawDivisions draws how the projects divide by stage, field, source of money and
// maturity: a table each, and its chart below.
func (r *drawing) drawDivisions(flow *workbook.Flow) {
	by := func(caption, column string) workbook.Table[string] {
		mine := r.Where(column, column)
		return workbook.Table[string]{
			Caption: caption, Total: "合计",
			Columns: []workbook.Column[string]{
				{column, 14.7, workbook.Label, workbook.Text},
				{"项目", 4.9, workbook.Whole, func(string) workbook.Cell { return r.Count(mine) }},
				{"亿元", 9.8, workbook.Yi, func(string) workbook.Cell { return r.Sum("总投资", mine) }},
			},
		}
	}
	at := flow.Here()
	stages := by("按批次", "批次").Draw(at, r.stages())
	fields := by("按领域", "领域").Draw(at.Right(7), r.fields())
	money := r.drawSources(at.Right(14))
	maturity := by("按成熟度", "成熟度").Draw(at.Right(21), grades)
	flow.Past(stages, fields, money, maturity)
	flow.Gap(8)
	flow.Charts(12,
		workbook.Chart{Kind: workbook.Columns, Title: "各批次总投资（亿元）", Categories: stages.Column("批次"), Series: []workbook.Series{stages.Series("亿元")},
			Labels: true},
		workbook.Chart{Kind: workbook.Bars, Title: "各领域总投资（亿元）", Categories: fields.Column("领域"), Series: []workbook.Series{fields.Series("亿元")}, Labels: true},
		workbook.Chart{Kind: workbook.Bars, Title: "资金来源（亿元）", Categories: money.Column("资金来源"), Series: []workbook.Series{money.Series("亿元")}, Labels: true},
		workbook.Chart{Kind: workbook.Doughnut, Title: "成熟度（按项目数）", Categories: maturity.Column("成熟度"),
			Series: []workbook.Series{maturity.Series("项目")}, Labels: true})
}

// drawSources draws the sources of money: how many projects name each, and how much.
func (r *drawing) drawSources(at workbook.Ref) *workbook.Drawn {
	names := sourceNames()
	stated := make([]workbook.Operand, len(names))
	for i, source := range names {
		stated[i] = r.Sum("资金来源/" + source)
	}
	return workbook.Table[string]{
		Caption: "按资金来源", Total: "合计（总投资）",
		Columns: []workbook.Column[string]{
			{"资金来源", 14.7, workbook.Label, workbook.Text},
			{"项目", 4.9, workbook.Whole, func(source string) workbook.Cell {
				if source == unstated || source == overstated {
					return workbook.Text("—").As(workbook.Label)
				}
				return r.Count(workbook.Over(r.Ledger.Column("资金来源/"+source), 0))
			}},
			{"亿元", 9.8, workbook.Yi, func(source string) workbook.Cell {
				if source == unstated || source == overstated {
					return workbook.Minus(r.Ledger.Total("总投资"), stated...)
				}
				return r.Sum("资金来源/" + source)
			}},
		},
		Totals: map[string]workbook.Cell{"项目": workbook.Text("—").As(workbook.Label)},
	}.Draw(at, append(names, r.remainder()))
}

// What the total investment is more, or less, than the sources that are stated of it.
const (
	unstated   = "未明确"
	overstated = "超出总投资"
)

// remainder is the word for it.
func (r *drawing) remainder() string {
	left := ledger.Money(0)
	for _, p := range r.Projects {
		if p.Counts() {
			left += form.Reserve.Total.Of(p.Record()).V
			for _, source := range sources {
				left -= source.of.Of(p.Record()).V
			}
		}
	}
	if left < 0 {
		return overstated
	}
	return unstated
}

func sourceNames() []string {
	names := make([]string, len(sources))
	for i, source := range sources {
		names[i] = source.name
	}
	return names
}
