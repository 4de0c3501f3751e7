package reserve

import (
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// drawStages draws 四个一批: the four stages against the month before, by field, and what
// moved from stage to stage this month.
func (r *drawing) drawStages(s *workbook.Sheet) *workbook.Drawn {
	flow := s.Flow(26, 4.5)
	flow.Write(workbook.Text(r.Title("谋划储备项目“四个一批”汇总")), workbook.Title)
	byStage := r.drawStageTotals(flow)
	flow.Gap(8)
	flow.Past(r.drawStagesByField(flow))
	if r.moves != nil {
		flow.NewPage()
		flow.Past(r.drawStageMoves(flow))
	}
	return byStage
}

// drawStageTotals draws the stages with the figures published the month before.
func (r *drawing) drawStageTotals(flow *workbook.Flow) *workbook.Drawn {
	var stages []stage
	for i, name := range r.stages() {
		line := stage{name: name}
		if i < len(form.StageFigures) {
			line.figure = "reserve." + form.StageFigures[i]
		}
		stages = append(stages, line)
	}
	columns := []workbook.Column[stage]{
		{"批次", 13.5, workbook.Label, func(l stage) workbook.Cell { return workbook.Text(l.name) }},
		{"项目数（个）/本月", 13.5, workbook.Whole, r.stageCount},
		{"项目数（个）/上月", 13.5, workbook.Whole, r.stageCountBefore},
		{"项目数（个）/较上月", 13.5, workbook.Whole.Signed(), func(stage) workbook.Cell {
			return workbook.Minus(workbook.Own("项目数（个）/本月"), workbook.Own("项目数（个）/上月"))
		}},
		{"总投资（亿元）/本月", 18, workbook.Yi, r.stageMoney},
		{"总投资（亿元）/上月", 18, workbook.Yi, r.stageMoneyBefore},
		{"总投资（亿元）/较上月", 13.5, workbook.Yi.Signed(), func(stage) workbook.Cell {
			return workbook.Minus(workbook.Own("总投资（亿元）/本月"), workbook.Own("总投资（亿元）/上月"))
		}},
		{"占总投资", 13.5, workbook.Percent, func(stage) workbook.Cell { return shareOfTotal(r.Ledger, "总投资（亿元）/本月") }},
	}
	drawn := workbook.Table[stage]{
		Caption: "一、各批次项目（上月为公布数）", Left: r.AsOf(), Right: "单位：个、亿元", Total: "合计", Columns: columns,
		Totals: map[string]workbook.Cell{
			"项目数（个）/上月":   r.CellBefore("reserve.projects", workbook.Int[int64]),
			"总投资（亿元）/上月":  r.CellBefore("reserve.investment_fen", workbook.Money[int64]),
			"项目数（个）/较上月":  workbook.Minus(workbook.Own("项目数（个）/本月"), workbook.Own("项目数（个）/上月")),
			"总投资（亿元）/较上月": workbook.Minus(workbook.Own("总投资（亿元）/本月"), workbook.Own("总投资（亿元）/上月")),
			"占总投资":        shareOfTotal(r.Ledger, "总投资（亿元）/本月"),
		},
	}.Draw(flow.Here(), stages)
	flow.Past(drawn)
	return drawn
}

// A stage is a line of the stages; that of projects which have none has no figure of its own.
type stage struct{ name, figure string }

func (r *drawing) stageCount(l stage) workbook.Cell {
	count := r.Count(r.Where("批次", "批次"))
	if l.figure == "" {
		return count
	}
	return r.TiedCount(count, l.figure+".projects")
}

func (r *drawing) stageMoney(l stage) workbook.Cell {
	sum := r.SumKnown("总投资", r.Where("批次", "批次"))
	if l.figure == "" {
		return sum
	}
	return r.TiedMoney(sum, l.figure+".investment_fen")
}

func (r *drawing) stageCountBefore(l stage) workbook.Cell {
	if l.figure == "" && r.Earlier != nil {
		return workbook.Int(r.unstagedBefore()).From(r.OriginBefore("reserve.projects"))
	}
	return r.CellBefore(l.figure+".projects", workbook.Int[int64])
}

// stageMoneyBefore is the investment of a stage as published the month before: nothing where
// it had no projects, for a sum over nothing is in no figures.
func (r *drawing) stageMoneyBefore(l stage) workbook.Cell {
	const measure = ".investment_fen"
	if l.figure == "" && r.Earlier != nil {
		return workbook.Money(r.beyondStages(measure, r.Published["reserve"+measure])).From(r.OriginBefore("reserve" + measure))
	}
	if projects, published := r.Published[l.figure+".projects"]; published && projects == 0 {
		return workbook.Money(0).From(r.OriginBefore(l.figure + ".projects"))
	}
	return r.CellBefore(l.figure+measure, workbook.Money[int64])
}

// shareOfTotal is the row's own amount over the total investment of the ledger.
func shareOfTotal(ledger *workbook.Drawn, heading string) workbook.Cell {
	return workbook.Quotient(workbook.Own(heading), ledger.Total("总投资"))
}

// drawStagesByField draws stage × field.
func (r *drawing) drawStagesByField(flow *workbook.Flow) *workbook.Drawn {
	mine := r.Where("领域", "领域")
	columns := []workbook.Column[string]{
		{"领域", 18, workbook.Label, workbook.Text},
		{"合计/个", 9, workbook.Whole, func(string) workbook.Cell { return r.Count(mine) }},
		{"合计/亿元", 18, workbook.Yi, func(string) workbook.Cell { return r.SumKnown("总投资", mine) }},
	}
	stages := r.stages()
	width := 4.5 * float64(8/len(stages))
	for _, stage := range stages {
		at := r.Says("批次", stage)
		columns = append(columns,
			workbook.Column[string]{stage + "/个", width, workbook.Whole.Dash(), func(string) workbook.Cell { return r.Count(mine, at) }},
			workbook.Column[string]{stage + "/亿元", 9, workbook.Yi.Dash(), func(string) workbook.Cell { return r.SumKnown("总投资", mine, at) }})
	}
	return workbook.Table[string]{
		Caption: "二、分领域各批次项目", Right: "单位：个、亿元", Total: "合计", Columns: columns,
	}.Draw(flow.Here(), r.fields())
}

// drawStageMoves counts on 月度变动 what moved from stage to stage this month, what came
// and what left.
func (r *drawing) drawStageMoves(flow *workbook.Flow) *workbook.Drawn {
	const coming, leaving = "新增", "退库"
	count := func(kind, from, to string) workbook.Cell {
		where := []workbook.Condition{workbook.Is(r.moves.Column("变动事项"), workbook.Text("所属批次")),
			workbook.Is(r.moves.Column("计数"), workbook.Text(page.Counted))}
		if from != "" {
			where = append(where, workbook.Is(r.moves.Column("变动前"), workbook.Text(from)))
		}
		if to != "" {
			where = append(where, workbook.Is(r.moves.Column("变动后"), workbook.Text(to)))
		}
		return workbook.CountIf(workbook.Is(r.moves.Column("变动"), workbook.Text(kind)), where...)
	}
	columns := []workbook.Column[string]{{"原批次", 27, workbook.Label, workbook.Text}}
	stages := r.stages()
	width := 4.5 * float64(20/(len(stages)+1))
	for _, to := range stages {
		columns = append(columns, workbook.Column[string]{"调整到/" + to, width, workbook.Whole.Dash(), func(from string) workbook.Cell {
			switch from {
			case coming:
				return count(coming, "", to)
			case to:
				return workbook.Text("·").As(workbook.Label)
			}
			return count("批次调整", from, to)
		}})
	}
	columns = append(columns, workbook.Column[string]{leaving, width, workbook.Whole.Dash(), func(from string) workbook.Cell {
		if from == coming {
			return workbook.Text("·").As(workbook.Label)
		}
		return count(leaving, from, "")
	}})
	return workbook.Table[string]{
		Caption: "三、本月批次变动", Right: "单位：个", Total: "合计", Columns: columns,
		Notes: []string{"注：横行为上月所在批次，竖列为本月批次；明细见《月度变动》。"},
	}.Draw(flow.Here(), append(stages, coming))
}

// drawFields draws 分领域.
func (r *drawing) drawFields(s *workbook.Sheet) *workbook.Drawn {
	mine := r.Where("领域", "领域")
	flow := s.Flow(24, 5.5)
	columns := []workbook.Column[string]{
		{"领域", 22, workbook.Label, workbook.Text},
		{"项目数（个）", 11, workbook.Whole, func(string) workbook.Cell { return r.Count(mine) }},
		{"总投资（亿元）", 16, workbook.Yi, func(string) workbook.Cell { return r.SumKnown("总投资", mine) }},
		{"占总投资", 11, workbook.Percent, func(string) workbook.Cell { return shareOfTotal(r.Ledger, "总投资（亿元）") }},
	}
	for _, stage := range r.stages() {
		columns = append(columns, workbook.Column[string]{"批次（个）/" + stage, 7, workbook.Whole.Dash(),
			func(string) workbook.Cell { return r.Count(mine, r.Says("批次", stage)) }})
	}
	for _, grade := range grades {
		columns = append(columns, workbook.Column[string]{"成熟度（个）/" + grade, 5.5, workbook.Whole.Dash(),
			func(string) workbook.Cell { return r.Count(mine, r.Says("成熟度", grade)) }})
	}
	columns = append(columns,
		workbook.Column[string]{"已落实资金（亿元）", 16, workbook.Yi, func(string) workbook.Cell { return r.SumKnown("已落实资金", mine) }},
		workbook.Column[string]{"资金落实率", 11, workbook.Percent, func(string) workbook.Cell { return secured }})
	byField := workbook.Table[string]{
		Title: r.Title("谋划储备项目分领域汇总"), Left: r.AsOf(), Right: "单位：个、亿元", Total: "合计", Columns: columns,
		Totals: map[string]workbook.Cell{"占总投资": shareOfTotal(r.Ledger, "总投资（亿元）"), "资金落实率": secured},
		Notes:  []string{"注：资金落实率＝已落实资金÷总投资，按原始金额计算。"},
	}.Draw(flow.Here(), r.fields())
	flow.Past(byField)
	flow.Gap(10)
	flow.Charts(15,
		workbook.Chart{Kind: workbook.Columns, Title: "各领域总投资（亿元）", Categories: byField.Column("领域"),
			Series: []workbook.Series{byField.Series("总投资（亿元）")}, Labels: true},
		workbook.Chart{Kind: workbook.Columns, Title: "各领域项目数（个）", Categories: byField.Column("领域"),
			Series: []workbook.Series{byField.Series("项目数（个）")}, Labels: true})
	return byField
}

var (
	grades  = []string{"A", "B", "C", "未评"}
	secured = workbook.Quotient(workbook.Own("已落实资金（亿元）"), workbook.Own("总投资（亿元）"))
)

// drawUnits draws 分责任单位: departments, towns and parks apart.
func (r *drawing) drawUnits(s *workbook.Sheet, lines []page.UnitLine) *workbook.Drawn {
	mine := r.Block("责任单位", "责任单位")
	columns := []workbook.Column[page.UnitLine]{
		{"序号", 6, workbook.Ordinal, page.PlaceOfLine},
		{"类别", 8, workbook.Label, page.GroupOfLine},
		{"责任单位", 26, workbook.Label, page.UnitOfLine},
		page.PerUnit("合计/个", 9, workbook.Whole, r.Count(mine)),
		page.PerUnit("合计/亿元", 12, workbook.Yi, r.SumKnown("总投资", mine)),
	}
	totals := map[string]workbook.Cell{
		"合计/个":  r.TiedCount(r.Count(), "reserve.projects"),
		"合计/亿元": r.TiedMoney(r.SumKnown("总投资"), "reserve.investment_fen"),
	}
	for _, stage := range r.stages() {
		at := r.Says("批次", stage)
		columns = append(columns,
			page.PerUnit(stage+"/个", 7, workbook.Whole.Dash(), r.Count(mine, at)),
			page.PerUnit(stage+"/亿元", 10, workbook.Yi.Dash(), r.SumKnown("总投资", mine, at)))
		totals[stage+"/个"], totals[stage+"/亿元"] = r.Count(at), r.Sum("总投资", at)
	}
	columns = append(columns, workbook.Column[page.UnitLine]{"占总投资", 9, workbook.Percent,
		func(page.UnitLine) workbook.Cell { return shareOfTotal(r.Ledger, "合计/亿元") }})
	totals["占总投资"] = shareOfTotal(r.Ledger, "合计/亿元")
	table := workbook.Table[page.UnitLine]{
		Title: r.Title("谋划储备项目分责任单位汇总"), Left: r.AsOf(), Right: "单位：个、亿元", Total: "合计",
		Ledger: true, Frozen: 3, Columns: columns, Totals: totals, Strong: page.IsSubtotal,
	}
	if rest := r.WithoutProjects(lines); rest != "" {
		table.Notes = []string{"注：" + rest}
	}
	return table.Draw(s.Top(), lines)
}
