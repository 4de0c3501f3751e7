package page

import (
	"cmp"
	"slices"

	"huizong/consolidate"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// StateWords are what became of returns, in words staff know.
var StateWords = map[ledger.State]string{
	ledger.Accepted: "采用", ledger.Nil: "零报告", ledger.Superseded: "旧版", ledger.Returned: "退回", ledger.Repeated: "重复",
}

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

// sourceLines lists what the workbook of some forms rests on, by form, unit and age.
func sourceLines(m *consolidate.Month, forms []*form.Form) []*sourceLine {
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
		if f := form.ByID(r.Form); slices.Contains(forms, f) {
			line(f, r.Department, ledger.Origin{Period: r.Period, Content: r.Content}, r, StateWords[r.State])
		}
	}
	for i := range m.Standing {
		row := &m.Standing[i]
		if f := form.ByID(row.Form); slices.Contains(forms, f) {
			line(f, row.Department, ledger.Origin{Period: row.From, Content: row.Content}, m.SourceOf(row, f.Entity.Column), "沿用").supports++
		}
	}
	for i := range m.Standing {
		row := &m.Standing[i]
		if f := form.ByID(row.Form); slices.Contains(forms, f) {
			for field := range row.Record.Kept {
				line(f, row.Department, row.Origin(field), m.SourceOf(row, f.Columns[field]), "单项沿用")
			}
		}
	}
	for _, missing := range m.Missing {
		f, sent := form.ByID(missing.Form), func(r *ledger.Return) bool { return r.Form == missing.Form && r.Department == missing.Department }
		if slices.Contains(forms, f) && !slices.ContainsFunc(m.Returns, sent) {
			line(f, missing.Department, ledger.Origin{Period: m.Period}, nil, "未报")
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
	return workbook.Int(of(l.sent.Rows())).From(FromReturn{l.sent})
}

// supported is the number of rows that stand by the return.
func (l *sourceLine) supported() workbook.Cell {
	if l.supports == 0 {
		return workbook.Int(0).From(FromNothing{l.form, l.department})
	}
	ofReturn := func(_ *consolidate.Project, row *ledger.Standing) bool {
		return row.From == l.origin.Period && row.Content == l.origin.Content
	}
	return workbook.Int(l.supports).From(FromRows{l.form, l.department, ofReturn, []*form.Column{l.form.Entity.Column}})
}

// DrawSources draws 数据来源: which file, sheet and version of each unit the workbook of
// some forms rests on, and how to trace a cell.
func (v *Volume) DrawSources(s *workbook.Sheet, title string, forms ...*form.Form) {
	lines := sourceLines(v.Month, forms)
	standing := 0
	for _, l := range lines {
		standing += l.supports
	}
	type line = *sourceLine
	workbook.Table[line]{
		Title: title, Left: v.AsOf(), Right: "单位：行", Total: "合计", Ledger: true, Frozen: 3,
		Columns: []workbook.Column[line]{
			{"序号", 5, workbook.Ordinal, nil},
			{"报表", 18, Small(workbook.Label), func(l line) workbook.Cell { return workbook.Text(l.form.Title) }},
			{"报送单位", 18, workbook.Label, func(l line) workbook.Cell { return workbook.Text(l.department) }},
			{"所属月份", 11, workbook.Label, func(l line) workbook.Cell { return workbook.Text(l.origin.Period.Chinese()) }},
			{"处理", 9, workbook.Label, func(l line) workbook.Cell { return workbook.Text(l.state) }},
			{"版本", 5, workbook.Ordinal, func(l line) workbook.Cell {
				if l.sent == nil {
					return workbook.Blank
				}
				return workbook.Int(l.sent.Version).From(FromReturn{l.sent})
			}},
			{"文件", 40, Small(workbook.Prose), func(l line) workbook.Cell { return l.of(func(r *ledger.Return) string { return r.File }) }},
			{"工作表", 12, Small(workbook.Label), func(l line) workbook.Cell { return l.of(func(r *ledger.Return) string { return r.Sheet }) }},
			{"填报日期", 11, Small(workbook.Label), func(l line) workbook.Cell {
				return l.of(func(r *ledger.Return) string { return r.Prepared.String() })
			}},
			{"收到日期", 11, Small(workbook.Label), func(l line) workbook.Cell {
				return l.of(func(r *ledger.Return) string { return r.Received.String() })
			}},
			{"看到", 7, workbook.Whole, func(l line) workbook.Cell { return l.rows(v.Month, func(r ledger.Rows) int { return r.Seen }) }},
			{"采用", 7, workbook.Whole, func(l line) workbook.Cell { return l.rows(v.Month, func(r ledger.Rows) int { return r.Taken }) }},
			{"在册", 7, workbook.Whole.Dash(), func(l line) workbook.Cell { return l.supported() }},
			{"文件SHA-256", 36, workbook.Prose.Size(8), func(l line) workbook.Cell { return l.of(func(r *ledger.Return) string { return r.FileSHA256 }) }},
		},
		Totals: map[string]workbook.Cell{"在册": workbook.Sum(workbook.Rows("在册")).Matching(workbook.Int(standing))},
		Notes: []string{
			"注：“看到”“采用”为本月报表的行数，“在册”为台账中现由该表支持的行数，含打包子项和同一项目的其他行，可能多于公布的项目数；“沿用”为以前月份的报表，其行仍在册；“单项沿用”为个别数待核、暂用其数的报表。",
			"怎样查一个数的来源：huizong trace 本工作簿 '工作表!单元格'，列出该数出自哪个单位、哪个文件、哪张表、哪一格、原文和处理。",
		},
	}.Draw(s.At(1, 1), lines)
}
