package audit

import (
	"cmp"
	"slices"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A sourceLine is a line of 数据来源: a return of the month, one of an earlier month by which
// rows stand, or a return that is owed and did not come.
type sourceLine struct {
	form       *form.Form
	department string
	origin     ledger.Origin
	sent       *ledger.Return // nil: it did not come, or the database no longer has it
	state      string
	supports   int // rows in force that were read from it
}

// sourceLines lists what the month rests on, by form, unit and age.
func sourceLines(m *consolidate.Month) []*sourceLine {
	type key struct {
		form, department string
		ledger.Origin
	}
	var lines []*sourceLine
	known := map[key]*sourceLine{}
	line := func(f *form.Form, department string, origin ledger.Origin, sent *ledger.Return, state string) *sourceLine {
		k := key{f.ID, department, origin}
		if known[k] == nil {
			known[k] = &sourceLine{form: f, department: department, origin: origin, sent: sent, state: state}
			lines = append(lines, known[k])
		}
		return known[k]
	}
	for _, r := range m.Returns {
		line(form.ByID(r.Form), r.Department, ledger.Origin{Period: r.Period, Content: r.Content}, r, page.StateWords[r.State])
	}
	for i := range m.Standing {
		row := &m.Standing[i]
		f := form.ByID(row.Form)
		line(f, row.Department, ledger.Origin{Period: row.From, Content: row.Content}, m.SourceOf(row, f.Entity.Column), "沿用").supports++
	}
	for i := range m.Standing {
		row := &m.Standing[i]
		f := form.ByID(row.Form)
		for field := range row.Record.Kept {
			line(f, row.Department, row.Origin(field), m.SourceOf(row, f.Columns[field]), "单项沿用")
		}
	}
	for _, missing := range m.Missing {
		sent := func(r *ledger.Return) bool { return r.Form == missing.Form && r.Department == missing.Department }
		if !slices.ContainsFunc(m.Returns, sent) {
			line(form.ByID(missing.Form), missing.Department, ledger.Origin{Period: m.Period}, nil, "未报")
		}
	}
	slices.SortFunc(lines, func(a, b *sourceLine) int {
		return cmp.Or(cmp.Compare(a.form.Number, b.form.Number), m.Register.CompareUnits(a.department, b.department),
			a.origin.Period.Since(b.origin.Period), cmp.Compare(a.version(), b.version()), cmp.Compare(a.origin.Content, b.origin.Content))
	})
	return lines
}

func (l *sourceLine) version() int {
	if l.sent == nil {
		return 0
	}
	return l.sent.Version
}

// of is a cell of the return; blank where there is none.
func (l *sourceLine) of(text func(*ledger.Return) string) workbook.Cell {
	if l.sent == nil {
		return workbook.Blank
	}
	return workbook.Text(text(l.sent))
}

// rows is a number of the balance of a return of this month; those of others are not counted
// again.
func (l *sourceLine) rows(m *consolidate.Month, of func(ledger.Rows) int) workbook.Cell {
	if l.sent == nil || l.sent.Period != m.Period {
		return workbook.Blank
	}
	return workbook.Int(of(l.sent.Rows())).From(page.FromReturn{Sent: l.sent})
}

// supported is the number of rows that stand by the return.
func (l *sourceLine) supported() workbook.Cell {
	if l.supports == 0 {
		return workbook.Int(0).From(page.FromNothing{Form: l.form, Department: l.department})
	}
	ofReturn := func(_ *consolidate.Project, row *ledger.Standing) bool {
		return row.From == l.origin.Period && row.Content == l.origin.Content
	}
	return workbook.Int(l.supports).From(page.FromRows{Form: l.form, Department: l.department, Where: ofReturn, Columns: []*form.Column{l.form.Entity.Column}})
}

// drawSources draws 数据来源: which file, sheet and version of each unit the month rests on, and how
// to trace a cell.
func (a *audit) drawSources(s *workbook.Sheet) {
	lines := sourceLines(a.Month)
	standing := 0
	for _, l := range lines {
		standing += l.supports
	}
	type line = *sourceLine
	workbook.Table[line]{
		Title: a.Title("数据来源"), Left: a.AsOf(), Right: "单位：行", Total: "合计", Ledger: true, Frozen: 3, Printed: 13,
		Columns: []workbook.Column[line]{
			{"序号", 5, workbook.Ordinal, nil},
			{"报表", 18, page.Small(workbook.Label), func(l line) workbook.Cell { return workbook.Text(l.form.Title) }},
			{"报送单位", 18, workbook.Label, func(l line) workbook.Cell { return workbook.Text(l.department) }},
			{"所属月份", 11, workbook.Label, func(l line) workbook.Cell { return workbook.Text(l.origin.Period.Chinese()) }},
			{"处理", 9, workbook.Label, func(l line) workbook.Cell { return workbook.Text(l.state) }},
			{"版本", 5, workbook.Ordinal, func(l line) workbook.Cell {
				if l.sent == nil {
					return workbook.Blank
				}
				return workbook.Int(l.sent.Version).From(page.FromReturn{Sent: l.sent})
			}},
			{"文件", 40, page.Small(workbook.Prose), func(l line) workbook.Cell { return l.of(func(r *ledger.Return) string { return r.File }) }},
			{"工作表", 12, page.Small(workbook.Label), func(l line) workbook.Cell { return l.of(func(r *ledger.Return) string { return r.Sheet }) }},
			{"填报日期", 11, page.Small(workbook.Label), func(l line) workbook.Cell {
				return l.of(func(r *ledger.Return) string { return r.Prepared.String() })
			}},
			{"收到日期", 11, page.Small(workbook.Label), func(l line) workbook.Cell {
				return l.of(func(r *ledger.Return) string { return r.Received.String() })
			}},
			{"收到", 7, workbook.Whole, func(l line) workbook.Cell { return l.rows(a.Month, func(r ledger.Rows) int { return r.Seen }) }},
			{"采用", 7, workbook.Whole, func(l line) workbook.Cell { return l.rows(a.Month, func(r ledger.Rows) int { return r.Taken }) }},
			{"现用", 7, workbook.Whole.Dash(), func(l line) workbook.Cell { return l.supported() }},
			{"文件SHA-256", 36, workbook.Prose.Size(8), func(l line) workbook.Cell { return l.of(func(r *ledger.Return) string { return r.FileSHA256 }) }},
		},
		Totals: map[string]workbook.Cell{"现用": workbook.Sum(workbook.Rows("现用")).Matching(workbook.Int(standing))},
		Notes: []string{
			"注：“收到”“采用”为本月报表的行数，“现用”为台账中现由该表支持的行数，含打包子项和同一项目的其他行，可能多于公布的项目数；“沿用”为以前月份的报表，其行仍在采用；“单项沿用”为个别数待核、暂用其数的报表。",
			"怎样查一个数的来源：huizong trace 本工作簿 '工作表!单元格'，列出该数出自哪个单位、哪个文件、哪张表、哪一格、原文和处理。",
		},
	}.Draw(s.Top(), lines)
}
