package briefing

import (
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A debtor is a unit that owes returns, or sent some late.
type debtor struct {
	unit                   string
	missing, refused, late []string // titles of forms
}

// drawFilings draws 报送情况: which units sent nothing, sent what was returned, or sent late.
func (b *briefing) drawFilings(s *workbook.Sheet) {
	titles := func(of func(*debtor) []string) func(*debtor) workbook.Cell {
		return func(d *debtor) workbook.Cell {
			return workbook.Text(strings.Join(of(d), "、")).From(page.FromReturns{Department: d.unit})
		}
	}
	b.filings = workbook.Table[*debtor]{
		Title: b.Title("报表未报、退回、逾期情况"), Left: b.AsOf() + "，报送截止 " + b.County.Due.In(b.Period).String(), Ledger: true, Frozen: 2,
		Columns: []workbook.Column[*debtor]{
			{"序号", 5, workbook.Ordinal, nil},
			{"单位", 20, workbook.Label, func(d *debtor) workbook.Cell { return workbook.Text(d.unit) }},
			{"未报", 20, workbook.Prose, titles(func(d *debtor) []string { return d.missing })},
			{"退回未重报", 20, workbook.Prose, titles(func(d *debtor) []string { return d.refused })},
			{"逾期报送", 24, workbook.Prose, titles(func(d *debtor) []string { return d.late })},
		},
		Notes: []string{"注：未报、退回未重报的沿用上月采用数，没有上月数的暂缺。"},
	}.Draw(s.Top(), b.debtors())
}

func (b *briefing) debtors() []*debtor {
	all := map[string]*debtor{}
	of := func(unit string) *debtor {
		if all[unit] == nil {
			all[unit] = &debtor{unit: unit}
		}
		return all[unit]
	}
	for _, m := range b.Missing {
		d, title := of(m.Department), form.ByID(m.Form).Title
		if slices.ContainsFunc(b.Returns, func(r *ledger.Return) bool { return r.Form == m.Form && r.Department == m.Department }) {
			d.refused = append(d.refused, title)
		} else {
			d.missing = append(d.missing, title)
		}
	}
	for _, r := range b.InForce() {
		if consolidate.Late(b.County, r) {
			of(r.Department).late = append(of(r.Department).late, form.ByID(r.Form).Title)
		}
	}
	var lines []*debtor
	for _, d := range all {
		lines = append(lines, d)
	}
	slices.SortFunc(lines, func(x, z *debtor) int { return b.Register.CompareUnits(x.unit, z.unit) })
	return lines
}
