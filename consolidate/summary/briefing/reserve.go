package briefing

import (
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
)

// drawReserve draws 谋划储备: the stages, and the fields.
func (b *briefing) drawReserve(s *workbook.Sheet) {
	flow := s.Flow(24, 5)
	flow.Write(workbook.Text(b.Title("谋划储备项目")), workbook.Title)
	stages := workbook.Table[int]{
		Caption: "一、四个一批", Left: b.AsOf(), Right: "单位：个、亿元", Total: "合计",
		Columns: []workbook.Column[int]{
			{"批次", 20, workbook.Label, page.Quoting(b.ideas.Stages, "批次")},
			{"项目数（个）/本月", 15, workbook.Whole, page.Quoting(b.ideas.Stages, "项目数（个）/本月")},
			{"项目数（个）/较上月", 15, workbook.Whole.Signed(), page.Quoting(b.ideas.Stages, "项目数（个）/较上月")},
			{"总投资（亿元）/本月", 25, workbook.Yi, page.Quoting(b.ideas.Stages, "总投资（亿元）/本月")},
			{"总投资（亿元）/较上月", 25, workbook.Yi.Signed(), page.Quoting(b.ideas.Stages, "总投资（亿元）/较上月")},
			{"占总投资", 20, workbook.Percent, page.Quoting(b.ideas.Stages, "占总投资")},
		},
		Totals: b.totals(b.ideas.Stages, "项目数（个）/本月", "项目数（个）/较上月", "总投资（亿元）/本月", "总投资（亿元）/较上月", "占总投资"),
	}.Draw(flow.Here(), page.UpTo(len(b.ideas.StageNames)))
	flow.Past(stages)
	flow.Gap(8)
	flow.Past(b.drawFields(flow.Here()))
}

func (b *briefing) drawFields(at workbook.Ref) *workbook.Drawn {
	fields := b.ideas.Fields
	headings := []string{"项目数（个）", "总投资（亿元）", "占总投资", "已落实资金（亿元）", "资金落实率"}
	columns := []workbook.Column[int]{
		{"领域", 20, workbook.Label, func(i int) workbook.Cell { return workbook.Text(b.ideas.FieldNames[i]) }},
		{headings[0], 10, workbook.Whole, page.Quoting(fields, headings[0])},
		{headings[1], 15, workbook.Yi, page.Quoting(fields, headings[1])},
		{headings[2], 10, workbook.Percent, page.Quoting(fields, headings[2])},
	}
	for _, stage := range b.ideas.StageNames {
		heading := "批次（个）/" + stage
		headings = append(headings, heading)
		columns = append(columns, workbook.Column[int]{heading, 10, workbook.Whole.Dash(), page.Quoting(fields, heading)})
	}
	columns = append(columns,
		workbook.Column[int]{headings[3], 15, workbook.Yi, page.Quoting(fields, headings[3])},
		workbook.Column[int]{headings[4], 10, workbook.Percent, page.Quoting(fields, headings[4])})
	return workbook.Table[int]{
		Caption: "二、分领域", Right: "单位：个、亿元", Total: "合计", Columns: columns, Totals: b.totals(fields, headings...),
	}.Draw(at, page.UpTo(len(b.ideas.FieldNames)))
}

// drawIdeasByUnit draws 储备分单位: the units of every group, in two halves side by side.
func (b *briefing) drawIdeasByUnit(s *workbook.Sheet) {
	flow := s.Flow(21, 4)
	flow.Write(workbook.Text(b.Title("谋划储备项目分单位")), workbook.Title)
	flow.Write(workbook.Text(b.AsOf()+"，单位：个、亿元；各批次见《谋划储备项目汇总》。因四舍五入，分项合计与总数可能略有出入"), workbook.Subheading.Size(10.5))
	half := (len(b.ideas.UnitLines) + 1) / 2
	at := flow.Here()
	flow.Past(b.drawHalf(at, 0, half))
	if half < len(b.ideas.UnitLines) {
		b.drawHalf(at.Right(11), half, len(b.ideas.UnitLines))
	}
}

// drawHalf draws the lines of 分责任单位 from one to another.
func (b *briefing) drawHalf(at workbook.Ref, from, to int) *workbook.Drawn {
	units := b.ideas.Units
	return workbook.Table[int]{
		Columns: []workbook.Column[int]{
			{unit, 20, workbook.Label, func(i int) workbook.Cell {
				if page.IsSubtotal(b.ideas.UnitLines[i]) {
					return workbook.Quote(units.Cell("类别", i))
				}
				return workbook.Quote(units.Cell(unit, i))
			}},
			{"项目数\n（个）", 8, workbook.Whole, page.Quoting(units, "合计/个")},
			{"总投资\n（亿元）", 12, workbook.Yi, page.Quoting(units, "合计/亿元")},
		},
		Strong: func(i int) bool { return page.IsSubtotal(b.ideas.UnitLines[i]) },
	}.Draw(at, page.UpTo(len(b.ideas.UnitLines))[from:to])
}
