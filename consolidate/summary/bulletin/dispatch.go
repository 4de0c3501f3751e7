package bulletin

import (
	"cmp"
	"slices"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// What marks the first row of an occasion or a trip: several rows of one count once.
const counts = "计"

// issued is what an order of the register is called here: those that go with the bulletin of the month
// are other ones, numbered apart.
const issued = "任务交办单（已印发）"

// kindOf is the kind of an occasion in the county's words.
func kindOf(kind string) string {
	if kind == "任务交办单" {
		return issued
	}
	return cmp.Or(kind, page.Unnamed)
}

// An occasion is a line of 调度督办: a matter of a meeting, a bulletin, an order or a visit.
type occasion struct {
	*page.Project
	first bool
}

// together tells rows that are one by the values of columns, as the figures do; blank where
// the row states none of them.
func together(p *page.Project, columns ...*form.Column) string {
	key, stated := "", false
	for _, c := range columns {
		v := c.Value(p.Record())
		key += ledger.Fold(c.Show(v)) + "|"
		stated = stated || v.Known
	}
	if !stated {
		return ""
	}
	return key
}

func (b *bulletin) occasions() []occasion {
	f := &form.Dispatch
	var all []occasion
	seen := map[string]bool{}
	lines := b.Lines(f.Title.Form, f.Responsible)
	slices.SortStableFunc(lines, func(a, z *page.Project) int {
		return cmp.Compare(f.Day.Of(a.Record()).String(), f.Day.Of(z.Record()).String())
	})
	for _, p := range lines {
		key := together(p, f.Kind.Column, f.Day.Column, f.Title.Column)
		all = append(all, occasion{p, !seen[key]})
		seen[key] = true
	}
	return all
}

func (o occasion) mark() workbook.Cell {
	if o.first {
		f := &form.Dispatch
		return workbook.Text(counts).From(page.Cite(o.Project, f.Kind.Column, f.Day.Column, f.Title.Column))
	}
	return workbook.Blank
}

// drawDispatch draws 调度督办明细 and over it 调度督办: the kinds of occasion.
func (b *bulletin) drawDispatch(s, ledgerSheet *workbook.Sheet) ties {
	f := &form.Dispatch
	if b.nothing(f.Title.Form, s, ledgerSheet) {
		return nil
	}
	kinds := []string{}
	for _, k := range f.Kind.Words {
		kinds = append(kinds, kindOf(k.Name))
	}
	all := b.occasions()
	if slices.ContainsFunc(all, func(o occasion) bool { return f.Kind.Of(o.Record()) == "" }) {
		kinds = append(kinds, page.Unnamed)
	}
	list := b.drawOccasions(ledgerSheet, all)
	kind := workbook.Is(list.Column("类型"), workbook.Own("类型"))
	once := workbook.Is(list.Column("计次"), workbook.Text(counts))
	flow := s.Flow(24, 5)
	flow.Write(workbook.Text(b.Title("调度督办情况")), workbook.Title)
	drawn := workbook.Table[string]{
		Left: b.AsOf(), Right: "单位：次（份）、项", Total: "合计",
		Columns: []workbook.Column[string]{
			{"类型", 30, workbook.Label, workbook.Text},
			{"次（份）数", 20, workbook.Whole.Dash(), func(string) workbook.Cell { return workbook.CountIf(kind, once) }},
			{"其中：调度会", 20, workbook.Whole.Dash(), func(k string) workbook.Cell { return only(k, "周调度", "专题调度") }},
			{"其中：通报、交办单", 20, workbook.Whole.Dash(), func(k string) workbook.Cell { return only(k, "工作通报", issued) }},
			{"议定（交办）事项", 30, workbook.Whole.Dash(), func(string) workbook.Cell { return workbook.CountIf(kind) }},
		},
		Totals: map[string]workbook.Cell{
			"其中：调度会":    b.TiedCount(workbook.Sum(workbook.Rows("其中：调度会")), "dispatch.meetings"),
			"其中：通报、交办单": b.TiedCount(workbook.Sum(workbook.Rows("其中：通报、交办单")), "dispatch.notices"),
		},
		Notes: []string{"注：同一次会议、同一份文件有几项的，计一次；事项见《调度督办明细》。“已印发”的交办单为调度督办台账登记的份数，不含随本月通报附的交办单（另行编号，见《任务交办汇总》）。"},
	}.Draw(flow.Here(), kinds)
	return ties{"dispatch.meetings": drawn.Total("其中：调度会"), "dispatch.notices": drawn.Total("其中：通报、交办单")}
}

// only shows the row's own number where its kind is one of some.
func only(kind string, some ...string) workbook.Cell {
	if !slices.Contains(some, kind) {
		return workbook.Blank
	}
	return workbook.Same(workbook.Own("次（份）数"))
}

func (b *bulletin) drawOccasions(s *workbook.Sheet, all []occasion) *workbook.Drawn {
	f := &form.Dispatch
	of := func(value func(*page.Project) workbook.Cell) func(occasion) workbook.Cell {
		return func(o occasion) workbook.Cell { return value(o.Project) }
	}
	return workbook.Table[occasion]{
		Title: b.Title("调度督办明细"), Left: b.AsOf(), Total: "合计", Ledger: true, Dense: true, Frozen: 4,
		Columns: []workbook.Column[occasion]{
			{"序号", 5, workbook.Ordinal, nil},
			{"类型", 10, workbook.Label, func(o occasion) workbook.Cell {
				return workbook.Text(kindOf(f.Kind.Of(o.Record()))).From(page.Cite(o.Project, f.Kind.Column))
			}},
			{"日期", 11, workbook.Label, of(page.Shown(f.Day.Column))},
			{"名称（文号）", 24, workbook.Prose, of(page.Shown(f.Title.Column))},
			{"主持\n（签发）人", 11, workbook.Label, of(page.Shown(f.Chair.Column))},
			{"涉及项目", 18, page.Small(workbook.Prose), of(page.Shown(f.Projects.Column))},
			{"议定事项", 30, page.Small(workbook.Prose), of(page.Shown(f.Matters.Column))},
			{"责任单位", 16, workbook.Label, of(page.Shown(f.Responsible.Column))},
			{"完成时限", 11, workbook.Label, of(page.Shown(f.Deadline.Column))},
			{"完成情况", 14, page.Small(workbook.Prose), of(page.Shown(f.Completion.Column))},
			{"计次", 6, workbook.Label, occasion.mark},
		},
		Totals: map[string]workbook.Cell{"计次": workbook.CountA(workbook.Rows("计次")).As(workbook.Whole.Align(workbook.Centre))},
	}.Draw(s.Top(), all)
}
