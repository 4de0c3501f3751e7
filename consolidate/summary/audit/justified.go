package audit

import (
	"cmp"
	"slices"
	"strings"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/ledger"
)

// justification says why a finding stands and who says so; blank where nobody does.
func (a *audit) justification(f ledger.Finding) string {
	const most = 200 // characters that a cell has room for
	j, ok := a.Justification(f)
	if !ok {
		return ""
	}
	text := []rune(j.Text)
	if len(text) > most {
		text = append(text[:most], '…')
	}
	if j.Waived {
		return "豁免：" + string(text) + "（" + j.Who + "批准）"
	}
	return "说明：" + string(text) + "（" + j.Who + "）"
}

// drawJustified draws the findings that departments explained or that the office waived.
func (a *audit) drawJustified(at workbook.Ref) *workbook.Drawn {
	all := slices.DeleteFunc(slices.Clone(a.Findings), func(f ledger.Finding) bool { return a.justification(f) == "" })
	slices.SortStableFunc(all, func(x, z ledger.Finding) int { return a.Register.CompareUnits(x.Department, z.Department) })
	text := func(of func(ledger.Finding) string) func(ledger.Finding) workbook.Cell {
		return func(f ledger.Finding) workbook.Cell {
			return workbook.Text(of(page.Discreet(f))).From(page.FromFinding{Finding: &f})
		}
	}
	return workbook.Table[ledger.Finding]{
		Caption: "已说明、已豁免的问题", Left: a.AsOf(), Dense: true,
		Columns: []workbook.Column[ledger.Finding]{
			{"单位", 16, workbook.Label, text(func(f ledger.Finding) string { return cmp.Or(f.Department, unplaced) })},
			{"编号", 8, workbook.Label, text(func(f ledger.Finding) string { return f.Code.ID })},
			{"对象、栏目", 24, workbook.Prose, text(func(f ledger.Finding) string { return strings.Trim(f.Entity+" · "+f.Field, " ·") })},
			{"填的是", 16, workbook.Prose, text(func(f ledger.Finding) string { return f.Found })},
			{"说明、豁免", 32, workbook.Prose, func(f ledger.Finding) workbook.Cell {
				return workbook.Text(a.justification(f)).From(page.FromFinding{Finding: &f})
			}},
		},
		Notes: []string{
			"注：核实性问题由单位在回单上说明、或由发改局豁免（waivers.csv）的，不再计入“需人工核对”，不影响结账；数一改动，原来的说明即失效，重新核实。" +
				"强制性问题和暂缓、退回的，说明只供参考，仍须更正。",
		},
	}.Draw(at, all)
}
