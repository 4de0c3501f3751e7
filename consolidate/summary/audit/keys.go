package audit

import (
	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// drawKeys draws 项目键: what decisions call the row of each project that counts, so that any two rows
// can be decided on.
func (a *audit) drawKeys(s *workbook.Sheet) {
	var lines []*consolidate.Project
	for _, f := range form.All() {
		if f.ProjectCode == nil {
			continue
		}
		lines = append(lines, a.Register.Counted(f)...)
	}
	workbook.Table[*consolidate.Project]{
		Title: a.Title("项目键"), Left: a.AsOf(), Right: "判定两行是否同一项目时使用", Ledger: true, Frozen: 3,
		Columns: []workbook.Column[*consolidate.Project]{
			{"序号", 6, workbook.Ordinal, nil},
			{"报表", 28, workbook.Label, func(p *consolidate.Project) workbook.Cell { return workbook.Text(p.Form.Title) }},
			{"项目名称", 44, workbook.Prose, func(p *consolidate.Project) workbook.Cell { return page.NameOf(&page.Project{Project: p}) }},
			{"报送单位", 22, workbook.Label, func(p *consolidate.Project) workbook.Cell { return workbook.Text(p.Row.Department) }},
			{ledger.LedgerKey, 22, workbook.Prose, func(p *consolidate.Project) workbook.Cell { return workbook.Text(a.Register.Key(p.Row)) }},
		},
		Notes: []string{"注：判定用法：huizong decide same 键 键 --who 谁判定 --why 理由（不同的用 different，一部分的用 part）。"},
	}.Draw(s.Top(), lines)
}
