package audit

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// unplaced stands for the unit of a finding that is of none.
const unplaced = "未识别"

// drawFindings draws 问题清单: every finding that is open, what must be corrected first.
func (a *audit) drawFindings(s *workbook.Sheet) *workbook.Drawn {
	all := slices.Clone(a.Findings)
	slices.SortStableFunc(all, func(x, z ledger.Finding) int {
		return cmp.Or(cmp.Compare(z.Code.Severity, x.Code.Severity), a.Register.CompareUnits(x.Department, z.Department))
	})
	text := func(of func(ledger.Finding) string) func(ledger.Finding) workbook.Cell {
		return func(f ledger.Finding) workbook.Cell { return workbook.Text(of(f)).From(page.FromFinding{Finding: &f}) }
	}
	columns := []workbook.Column[ledger.Finding]{
		{"序号", 5, workbook.Ordinal, nil},
		{"程度", 6, workbook.Label, text(func(f ledger.Finding) string { return f.Code.Severity.In(ledger.Chinese) })},
		{"编号", 6, workbook.Label, text(func(f ledger.Finding) string { return f.Code.ID })},
		{"单位", 18, workbook.Label, text(func(f ledger.Finding) string { return cmp.Or(f.Department, unplaced) })},
		{"报表", 18, workbook.Label, text(func(f ledger.Finding) string { return titleOf(f.Form) })},
		{"对象", 22, page.Small(workbook.Prose), text(func(f ledger.Finding) string { return f.Entity })},
		{"栏目", 14, page.Small(workbook.Label), text(func(f ledger.Finding) string { return f.Field })},
		{"问题", 40, page.Small(workbook.Prose), text(func(f ledger.Finding) string { return page.Discreet(f).Message(ledger.Chinese) })},
		{"处理", 11, workbook.Label, text(func(f ledger.Finding) string { return f.Code.Effect.In(ledger.Chinese) })},
		{"请单位", 34, page.Small(workbook.Prose), text(func(f ledger.Finding) string { return f.Code.Remedy.In(ledger.Chinese) })},
		{"文件、表、单元格", 30, page.Small(workbook.Prose), text(placeOf)},
	}
	if len(a.Justified) > 0 {
		columns = append(columns, workbook.Column[ledger.Finding]{"单位说明、豁免", 30, page.Small(workbook.Prose), text(a.justification)})
	}
	return workbook.Table[ledger.Finding]{
		Title: a.Title("数据问题清单"), Left: a.AsOf(), Right: "强制性的在前，提示性的在后", Total: "合计", Ledger: true, Frozen: 4, Columns: columns,
		Totals: map[string]workbook.Cell{"编号": workbook.CountA(workbook.Rows("编号")).As(workbook.Whole.Suffix("条").Align(workbook.Centre))},
	}.Draw(s.Top(), all)
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
func (a *audit) drawQuality(s *workbook.Sheet, findings *workbook.Drawn) {
	grave := func(of ledger.Severity) workbook.Condition {
		return workbook.Is(findings.Column("程度"), workbook.Text(of.In(ledger.Chinese)))
	}
	flow := s.Flow(24, 4)
	flow.Write(workbook.Text(a.Title("数据质量")), workbook.Title)
	flow.Gap(6)
	flow.Tiles(
		workbook.Tile{Label: "需人工核对", Value: workbook.Int(a.Look).From(page.Looked), Style: workbook.Whole.Suffix("行"), Foot: workbook.Text("一行只计一次")},
		workbook.Tile{Label: "强制性问题", Value: workbook.CountIf(grave(ledger.Error)), Style: workbook.Whole.Suffix("条"), Foot: workbook.Text("必须更正")},
		workbook.Tile{Label: "核实性问题", Value: workbook.CountIf(grave(ledger.Query)), Style: workbook.Whole.Suffix("条"), Foot: workbook.Text("更正或说明")},
		workbook.Tile{Label: "退回行", Value: workbook.Int(a.Balance.Returned).From(page.FromReturns{}), Style: workbook.Whole.Suffix("行"),
			Foot: workbook.Text("按《问题清单》更正后重报")},
		workbook.Tile{Label: "采用中待核", Value: workbook.Int(a.Balance.Held).From(page.FromReturns{}), Style: workbook.Whole.Suffix("行"),
			Foot: workbook.Text("沿用上次采用数或暂缺")},
	)
	flow.Gap(8)
	flow.Past(a.drawByUnit(flow.Here(), findings))
	flow.Gap(8)
	if len(a.Justified) > 0 {
		flow.Past(a.drawJustified(flow.Here()))
		flow.Gap(8)
	}
	if running := a.Running(); len(running) > 0 {
		flow.Past(a.drawRunning(flow.Here(), running))
		flow.Gap(8)
	}
	a.drawUnitYears(flow.Here())
}

// drawRunning names what is asked for the third month running.
func (a *audit) drawRunning(at workbook.Ref, running []ledger.Finding) *workbook.Drawn {
	text := func(of func(ledger.Finding) string) func(ledger.Finding) workbook.Cell {
		return func(f ledger.Finding) workbook.Cell { return workbook.Text(of(f)).From(page.FromFinding{Finding: &f}) }
	}
	return workbook.Table[ledger.Finding]{Caption: "连续三个月同样的问题", Dense: true, Left: a.AsOf(), Right: "同一单位、同一对象、同一栏目",
		Columns: []workbook.Column[ledger.Finding]{
			{"单位", 20, workbook.Label, text(func(f ledger.Finding) string { return cmp.Or(f.Department, unplaced) })},
			{"对象", 28, page.Small(workbook.Prose), text(func(f ledger.Finding) string { return f.Entity })},
			{"栏目", 16, page.Small(workbook.Label), text(func(f ledger.Finding) string { return f.Field })},
			{"问题", 32, page.Small(workbook.Prose), text(func(f ledger.Finding) string { return f.Code.ID + " " + f.Code.Wrong.In(ledger.Chinese) })},
		}}.Draw(at, running)
}

// drawUnitYears draws a line for each unit: how often it was asked about what in twelve months.
func (a *audit) drawUnitYears(at workbook.Ref) {
	workbook.Table[consolidate.UnitYear]{Caption: "近十二个月各单位的问题", Dense: true, Left: a.AsOf(), Right: "强制性和核实性，条；逐月自远而近，未汇总的月份为 –",
		Columns: []workbook.Column[consolidate.UnitYear]{
			{"单位", 20, workbook.Label, func(r consolidate.UnitYear) workbook.Cell { return workbook.Text(cmp.Or(r.Department, unplaced)) }},
			{"合计", 8, workbook.Whole, func(r consolidate.UnitYear) workbook.Cell {
				return workbook.Int(r.Total()).From(twelveMonths)
			}},
			{"逐月", 24, page.Small(workbook.Label), func(r consolidate.UnitYear) workbook.Cell { return workbook.Text(monthByMonth(r)) }},
			{"各类", 44, page.Small(workbook.Prose), func(r consolidate.UnitYear) workbook.Cell { return workbook.Text(byKind(r)) }},
		}}.Draw(at, a.UnitYears())
}

var twelveMonths = page.Fact{"各月《问题清单》中本单位强制性、核实性问题的条数，近十二个月之和",
	"errors and queries of the unit in 问题清单 of the last twelve months"}

// monthByMonth has the counts of twelve months, from the first that is known.
func monthByMonth(r consolidate.UnitYear) string {
	var all []string
	for _, n := range r.Months {
		switch {
		case n != consolidate.Unknown:
			all = append(all, strconv.Itoa(n))
		case all != nil:
			all = append(all, "–")
		}
	}
	return strings.Join(all, " ")
}

// mostKinds is how many kinds a line names.
const mostKinds = 6

// byKind has how many of each kind, of the most frequent.
func byKind(r consolidate.UnitYear) string {
	var all []string
	for _, kind := range r.Kinds[:min(len(r.Kinds), mostKinds)] {
		all = append(all, fmt.Sprintf("%s %d", kind.Code.Wrong.In(ledger.Chinese), kind.N))
	}
	text := strings.Join(all, "；")
	if len(r.Kinds) > mostKinds {
		text += fmt.Sprintf("等%d类", len(r.Kinds))
	}
	return text
}

// drawByUnit draws the findings of each unit by severity, and its rows that were sent back or are held.
func (a *audit) drawByUnit(at workbook.Ref, findings *workbook.Drawn) *workbook.Drawn {
	rows := map[string]ledger.Rows{}
	for _, f := range a.Findings {
		unit := cmp.Or(f.Department, unplaced)
		rows[unit] = rows[unit].Plus(ledger.Rows{})
	}
	for _, r := range a.Returns {
		if n := r.Rows(); n.Returned+n.Held > 0 {
			rows[r.Department] = rows[r.Department].Plus(n)
		}
	}
	mine := workbook.Block(findings.Column("单位"), workbook.Own("单位"))
	var ofSeverity []workbook.Operand
	for _, of := range severities {
		ofSeverity = append(ofSeverity, workbook.Own("问题/"+of.In(ledger.Chinese)))
	}
	columns := []workbook.Column[string]{
		{"单位", 28, workbook.Label, workbook.Text},
		{"问题/合计", 8, workbook.Whole.Dash(), func(string) workbook.Cell { return workbook.Plus(ofSeverity[0], ofSeverity[1:]...) }},
	}
	for _, of := range severities {
		is := workbook.Block(findings.Column("程度"), workbook.Text(of.In(ledger.Chinese)))
		columns = append(columns, workbook.Column[string]{"问题/" + of.In(ledger.Chinese), 8, workbook.Whole.Dash(),
			func(string) workbook.Cell { return workbook.CountIf(mine, is) }})
	}
	count := func(heading string, of func(ledger.Rows) int) {
		columns = append(columns, workbook.Column[string]{heading, 12, workbook.Whole.Dash(), func(unit string) workbook.Cell {
			return workbook.Int(of(rows[unit])).From(page.FromReturns{Department: unit})
		}})
	}
	count("退回/行", func(r ledger.Rows) int { return r.Returned })
	count("待核/行", func(r ledger.Rows) int { return r.Held })
	return workbook.Table[string]{Caption: "分单位", Dense: true, Left: a.AsOf(), Right: "单位：条、行", Total: "合计", Columns: columns,
		Totals: map[string]workbook.Cell{
			"问题/合计": workbook.Sum(workbook.Rows("问题/合计")).Matching(workbook.Int(len(a.Findings))),
			"退回/行":  workbook.Sum(workbook.Rows("退回/行")).Matching(workbook.Int(a.Balance.Returned)),
			"待核/行":  workbook.Sum(workbook.Rows("待核/行")).Matching(workbook.Int(a.Balance.Held)),
		},
	}.Draw(at, slices.SortedFunc(maps.Keys(rows), a.Register.CompareUnits))
}

// drawRules draws 分规则问题: how often each rule was broken.
func (a *audit) drawRules(s *workbook.Sheet, findings *workbook.Drawn) {
	found := map[*ledger.Code]bool{}
	for _, f := range a.Findings {
		found[f.Code] = true
	}
	codes := slices.SortedFunc(maps.Keys(found), func(x, z *ledger.Code) int {
		return cmp.Or(cmp.Compare(z.Severity, x.Severity), cmp.Compare(x.ID, z.ID))
	})
	text := func(of func(*ledger.Code) string) func(*ledger.Code) workbook.Cell {
		return func(c *ledger.Code) workbook.Cell { return workbook.Text(of(c)) }
	}
	workbook.Table[*ledger.Code]{
		Title: a.Title("分规则问题"), Left: a.AsOf(), Total: "合计", Ledger: true, Frozen: 1,
		Columns: []workbook.Column[*ledger.Code]{
			{"编号", 7, workbook.Label, text(func(c *ledger.Code) string { return c.ID })},
			{"程度", 6, workbook.Label, text(func(c *ledger.Code) string { return c.Severity.In(ledger.Chinese) })},
			{"处理", 12, workbook.Label, text(func(c *ledger.Code) string { return c.Effect.In(ledger.Chinese) })},
			{"问题", 52, workbook.Prose, text(func(c *ledger.Code) string { return c.Wrong.In(ledger.Chinese) })},
			{"条数", 9, workbook.Whole, func(*ledger.Code) workbook.Cell {
				return workbook.CountIf(workbook.Is(findings.Column("编号"), workbook.Own("编号")))
			}},
		},
		Totals: map[string]workbook.Cell{"条数": workbook.Sum(workbook.Rows("条数")).Matching(workbook.Int(len(a.Findings)))},
	}.Draw(s.Top(), codes)
}
