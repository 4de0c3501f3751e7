package bulletin

import (
	"cmp"
	"maps"
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// unplaced stands for the unit of a finding that is of none.
const unplaced = "未识别"

// drawFindings draws 问题清单: every finding that is open, what must be corrected first.
func (b *bulletin) drawFindings(s *workbook.Sheet) *workbook.Drawn {
	all := slices.Clone(b.Findings)
	slices.SortStableFunc(all, func(x, z ledger.Finding) int {
		return cmp.Or(cmp.Compare(z.Code.Severity, x.Code.Severity), b.Register.CompareUnits(x.Department, z.Department))
	})
	text := func(of func(ledger.Finding) string) func(ledger.Finding) workbook.Cell {
		return func(f ledger.Finding) workbook.Cell { return workbook.Text(of(f)).From(page.FromFinding{Finding: &f}) }
	}
	return workbook.Table[ledger.Finding]{
		Title: b.Title("数据问题清单"), Left: b.AsOf(), Right: "强制性的在前，提示性的在后", Total: "合计", Ledger: true, Frozen: 4,
		Columns: []workbook.Column[ledger.Finding]{
			{"序号", 5, workbook.Ordinal, nil},
			{"程度", 6, workbook.Label, text(func(f ledger.Finding) string { return f.Code.Severity.In(ledger.Chinese) })},
			{"编号", 6, workbook.Label, text(func(f ledger.Finding) string { return f.Code.ID })},
			{"单位", 18, workbook.Label, text(func(f ledger.Finding) string { return cmp.Or(f.Department, unplaced) })},
			{"报表", 18, workbook.Label, text(func(f ledger.Finding) string { return titleOf(f.Form) })},
			{"对象", 22, page.Small(workbook.Prose), text(func(f ledger.Finding) string { return f.Entity })},
			{"栏目", 14, page.Small(workbook.Label), text(func(f ledger.Finding) string { return f.Field })},
			{"问题", 40, page.Small(workbook.Prose), text(func(f ledger.Finding) string { return page.Discreet(f).Message(ledger.Chinese) })},
			{"处理", 11, workbook.Label, text(func(f ledger.Finding) string { return f.Code.Effect.In(ledger.Chinese) })},
			{"请单位", 34, page.Small(workbook.Prose), text(func(f ledger.Finding) string { return f.Code.Text[ledger.Chinese].Remedy })},
			{"文件、表、单元格", 30, page.Small(workbook.Prose), text(placeOf)},
		},
		Totals: map[string]workbook.Cell{"编号": workbook.CountA(workbook.Rows("编号")).As(workbook.Whole.Suffix("条").Align(workbook.Centre))},
	}.Draw(s.At(1, 1), all)
}

// titleOf is the title of a form; blank if there is no such form.
func titleOf(id string) string {
	if f := form.ByID(id); f != nil {
		return f.Title
	}
	return ""
}

// placeOf is where a finding stands: file, sheet, cell.
func placeOf(f ledger.Finding) string {
	place := f.File
	if f.Sheet != "" {
		place += " " + f.Sheet
	}
	if f.Cell != "" {
		place += "!" + f.Cell
	}
	return place
}

// severities are those of findings, the gravest first.
var severities = []ledger.Severity{ledger.Error, ledger.Query, ledger.Notice}

// drawQuality draws 数据质量: what a person must look at, by unit.
func (b *bulletin) drawQuality(s *workbook.Sheet, findings, sent *workbook.Drawn) {
	grave := func(of ledger.Severity) workbook.Condition {
		return workbook.Is(findings.Column("程度"), workbook.Text(of.In(ledger.Chinese)))
	}
	flow := s.Flow(24, 4)
	flow.Write(workbook.Text(b.Title("数据质量")), workbook.Title)
	flow.Gap(6)
	flow.Tiles(
		workbook.Tile{Label: "需人工核对", Value: workbook.Int(b.Look).From(page.Looked), Style: workbook.Whole.Suffix("行"), Foot: workbook.Text("一行只计一次")},
		workbook.Tile{Label: "强制性问题", Value: workbook.CountIf(grave(ledger.Error)), Style: workbook.Whole.Suffix("条"), Foot: workbook.Text("必须更正")},
		workbook.Tile{Label: "核实性问题", Value: workbook.CountIf(grave(ledger.Query)), Style: workbook.Whole.Suffix("条"), Foot: workbook.Text("更正或说明")},
		workbook.Tile{Label: "退回", Value: workbook.Same(sent.Total("行数/退回")), Style: workbook.Whole.Suffix("行"),
			Foot: workbook.Sentence("退回报表",
				workbook.As(workbook.CountIf(workbook.Is(sent.Column("状态"), workbook.Text(string(refused)))), workbook.Whole), "份未重报")},
		workbook.Tile{Label: "采用中待核", Value: workbook.Same(sent.Total("采用中待核")), Style: workbook.Whole.Suffix("行"), Foot: workbook.Text("沿用上次采用数或暂缺")},
	)
	flow.Gap(8)
	b.drawByUnit(flow, findings, sent)
}

func (b *bulletin) drawByUnit(flow *workbook.Flow, findings, sent *workbook.Drawn) {
	names := map[string]bool{}
	for _, f := range b.Findings {
		names[cmp.Or(f.Department, unplaced)] = true
	}
	for _, f := range b.filings {
		if rows := f.rows(); rows.Returned+rows.Held > 0 {
			names[f.unit] = true
		}
	}
	mine, theirs := workbook.Is(findings.Column("单位"), workbook.Own("单位")), workbook.Is(sent.Column("单位"), workbook.Own("单位"))
	columns := []workbook.Column[string]{
		{"单位", 28, workbook.Label, workbook.Text},
		{"问题/合计", 8, workbook.Whole.Dash(), func(string) workbook.Cell { return workbook.CountIf(mine) }},
	}
	for _, of := range severities {
		is := workbook.Is(findings.Column("程度"), workbook.Text(of.In(ledger.Chinese)))
		columns = append(columns, workbook.Column[string]{"问题/" + of.In(ledger.Chinese), 8, workbook.Whole.Dash(),
			func(string) workbook.Cell { return workbook.CountIf(mine, is) }})
	}
	columns = append(columns,
		workbook.Column[string]{"退回/行", 8, workbook.Whole.Dash(), func(string) workbook.Cell { return workbook.SumIf(sent.Column("行数/退回"), theirs) }},
		workbook.Column[string]{"待核/行", 12, workbook.Whole.Dash(), func(string) workbook.Cell { return workbook.SumIf(sent.Column("采用中待核"), theirs) }},
		workbook.Column[string]{"未报、退回/份", 16, workbook.Whole.Dash(), func(string) workbook.Cell {
			return workbook.Plus(
				workbook.CountIf(theirs, workbook.Is(sent.Column("状态"), workbook.Text(string(missing)))),
				workbook.CountIf(theirs, workbook.Is(sent.Column("状态"), workbook.Text(string(refused)))))
		}})
	workbook.Table[string]{Caption: "分单位", Left: b.AsOf(), Right: "单位：条、行、份", Total: "合计", Columns: columns,
		Totals: map[string]workbook.Cell{"问题/合计": workbook.Sum(workbook.Rows("问题/合计")).Matching(workbook.Int(len(b.Findings)))},
	}.Draw(flow.Here(), slices.SortedFunc(maps.Keys(names), b.Register.CompareUnits))
}

// drawRules draws 分规则问题: how often each rule was broken.
func (b *bulletin) drawRules(s *workbook.Sheet, findings *workbook.Drawn) {
	found := map[*ledger.Code]bool{}
	for _, f := range b.Findings {
		found[f.Code] = true
	}
	codes := slices.SortedFunc(maps.Keys(found), func(x, z *ledger.Code) int {
		return cmp.Or(cmp.Compare(z.Severity, x.Severity), cmp.Compare(x.ID, z.ID))
	})
	text := func(of func(*ledger.Code) string) func(*ledger.Code) workbook.Cell {
		return func(c *ledger.Code) workbook.Cell { return workbook.Text(of(c)) }
	}
	workbook.Table[*ledger.Code]{
		Title: b.Title("分规则问题"), Left: b.AsOf(), Total: "合计", Ledger: true, Frozen: 1,
		Columns: []workbook.Column[*ledger.Code]{
			{"编号", 7, workbook.Label, text(func(c *ledger.Code) string { return c.ID })},
			{"程度", 6, workbook.Label, text(func(c *ledger.Code) string { return c.Severity.In(ledger.Chinese) })},
			{"处理", 12, workbook.Label, text(func(c *ledger.Code) string { return c.Effect.In(ledger.Chinese) })},
			{"问题", 52, workbook.Prose, text(func(c *ledger.Code) string { return c.Text[ledger.Chinese].Wrong })},
			{"条数", 9, workbook.Whole, func(*ledger.Code) workbook.Cell {
				return workbook.CountIf(workbook.Is(findings.Column("编号"), workbook.Own("编号")))
			}},
		},
		Totals: map[string]workbook.Cell{"条数": workbook.Sum(workbook.Rows("条数")).Matching(workbook.Int(len(b.Findings)))},
	}.Draw(s.At(1, 1), codes)
}
