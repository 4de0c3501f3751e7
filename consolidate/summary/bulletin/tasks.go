package bulletin

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A task is a line of 任务台账.
type task struct {
	*page.Project
	aspect string // as the county's list spells it
	pace   string // as stated, else 未填报
	past   bool   // past its deadline and not done
	listed bool   // it is on the county's list (清单)
}

// Paces of a task.
const (
	done   = "完成"
	going  = "推进"
	behind = "滞后"
)

// schemes are the two action plans with the beginning of the names of their figures.
var schemes = []struct{ name, figure, aspects string }{
	{form.Tasks.Scheme.Words[0].Name, "tasks.tasks", "方面"},
	{form.Tasks.Scheme.Words[1].Name, "tasks.business_measures", "聚焦"},
}

// tasksOf lists the tasks in the order of the county's plans.
func (b *bulletin) tasksOf() []task {
	f := &form.Tasks
	var all []task
	for _, p := range b.Lines(f.Number.Form, f.Department) {
		r := p.Record()
		deadline := f.Deadline.Of(r)
		t := task{Project: p, aspect: b.aspect(f.Scheme.Of(r), f.Aspect.Of(r)), pace: cmp.Or(f.Pace.Of(r), page.Unnamed)}
		t.listed = b.listed(f.Scheme.Of(r), t.Name())
		t.past = t.pace != done && !deadline.IsZero() && deadline.Last().String() < b.Period.End().String()
		all = append(all, t)
	}
	slices.SortStableFunc(all, func(a, z task) int {
		return cmp.Or(cmp.Compare(schemeOrder(a), schemeOrder(z)), cmp.Compare(b.place(a), b.place(z)))
	})
	return all
}

func schemeOrder(t task) int {
	at := slices.IndexFunc(form.Tasks.Scheme.Words, func(w form.Word) bool { return w.Name == form.Tasks.Scheme.Of(t.Record()) })
	if at < 0 {
		return len(form.Tasks.Scheme.Words)
	}
	return at
}

// aspect is an aspect of a plan as the county's list spells it.
func (b *bulletin) aspect(scheme, text string) string {
	for _, part := range b.County.Forms["tasks"].Roll {
		if part.Under == scheme && ledger.Fold(part.Name) == ledger.Fold(text) {
			return part.Name
		}
	}
	return cmp.Or(strings.TrimSpace(text), page.Unnamed)
}

// Words of the column 清单, and what the number of all reported tasks is called.
const (
	onList   = "清单内"
	offList  = "清单外"
	reported = "已报任务/合计"
)

// listed reports whether the county's list of a plan has a task of that number.
func (b *bulletin) listed(scheme, name string) bool {
	for _, part := range b.County.Forms["tasks"].Roll {
		for _, row := range part.Rows {
			if part.Under == scheme && ledger.Fold(row.Name) == ledger.Fold(name) {
				return true
			}
		}
	}
	return false
}

func (t task) scheme() string { return form.Tasks.Scheme.Of(t.Record()) }

// onList says whether the task is on the county's list.
func (t task) onList() workbook.Cell {
	text := offList
	if t.listed {
		text = onList
	}
	return workbook.Text(text).From(page.Cite(t.Project, form.Tasks.Number.Column, form.Tasks.Scheme.Column))
}

// place is where the county's list has the task; those that it does not know come last.
func (b *bulletin) place(t task) int {
	n := 0
	for _, part := range b.County.Forms["tasks"].Roll {
		for _, row := range part.Rows {
			n++
			if part.Under == form.Tasks.Scheme.Of(t.Record()) && ledger.Fold(row.Name) == ledger.Fold(t.Name()) {
				return n
			}
		}
	}
	return n + 1
}

func (t task) late() bool { return t.pace == behind || t.past }

func (t task) overdue() workbook.Cell {
	if !t.past {
		return workbook.Blank
	}
	return workbook.Text("过期").From(page.Cite(t.Project, form.Tasks.Deadline.Column, form.Tasks.Pace.Column))
}

// state is the pace of the task.
func (t task) state() workbook.Cell {
	return workbook.Text(t.pace).From(page.Cite(t.Project, form.Tasks.Pace.Column))
}

// drawTasks draws 任务台账 and over it 任务进展: both plans by aspect, and what is behind.
func (b *bulletin) drawTasks(s, ledgerSheet *workbook.Sheet) ties {
	f := form.Tasks.Number.Form
	if b.nothing(f, s, ledgerSheet) {
		return nil
	}
	all := b.tasksOf()
	base := b.drawTaskLedger(ledgerSheet, all)
	b.tasks = base
	flow := s.Flow(24, 5)
	flow.Write(workbook.Text(b.Title("行动方案任务进展")), workbook.Title)
	computed := ties{}
	for i, scheme := range schemes {
		drawn := b.drawScheme(flow, base, all, i)
		computed[scheme.figure] = drawn.Total(reported)
		computed[scheme.figure+"_done"] = drawn.Total("其中/完成")
		computed[scheme.figure+"_late"] = drawn.Total("其中/滞后")
		if slices.ContainsFunc(all, func(t task) bool { return t.scheme() == scheme.name && !t.listed }) {
			computed[scheme.figure+onRoll], computed[scheme.figure+offRoll] = drawn.Total("已报任务/清单内"), drawn.Total("已报任务/清单外")
		}
		if missing := b.unreportedTasks(scheme.name, all); missing != "" {
			flow.Write(workbook.Text("清单上有而没有报送的："+missing), workbook.Remark)
		}
		flow.Gap(8)
	}
	flow.NewPage()
	b.drawLateTasks(flow, all)
	return computed
}

// An aspectLine is an aspect of a plan with the number of tasks that the county lists.
type aspectLine struct {
	name   string
	listed int
}

// aspects are those of the county's list, then others that were reported.
func (b *bulletin) aspects(scheme string, all []task) []aspectLine {
	var lines []aspectLine
	for _, part := range b.County.Forms["tasks"].Roll {
		if part.Under == scheme {
			lines = append(lines, aspectLine{part.Name, len(part.Rows)})
		}
	}
	for _, t := range all {
		if form.Tasks.Scheme.Of(t.Record()) == scheme && !slices.ContainsFunc(lines, func(l aspectLine) bool { return l.name == t.aspect }) {
			lines = append(lines, aspectLine{t.aspect, 0})
		}
	}
	return lines
}

func (b *bulletin) drawScheme(flow *workbook.Flow, base *workbook.Drawn, all []task, at int) *workbook.Drawn {
	scheme := schemes[at]
	mine := workbook.Is(base.Column("方案"), workbook.Text(scheme.name))
	here := workbook.Is(base.Column("所属方面"), workbook.Own(scheme.aspects))
	says := func(column, word string) workbook.Condition {
		return workbook.Is(base.Column(column), workbook.Text(word))
	}
	count := func(where ...workbook.Condition) func(aspectLine) workbook.Cell {
		return func(aspectLine) workbook.Cell { return workbook.CountIf(mine, append(slices.Clone(where), here)...) }
	}
	total := func(figure string, where ...workbook.Condition) workbook.Cell {
		return b.TiedCount(workbook.CountIf(mine, where...), scheme.figure+figure)
	}
	rate := workbook.Quotient(workbook.Own("其中/完成"), workbook.Own(reported))
	whole := workbook.Whole.Dash()
	drawn := workbook.Table[aspectLine]{
		Caption: page.Numeral(at) + "、" + scheme.name, Left: b.AsOf(), Right: "单位：项", Total: "合计",
		Columns: []workbook.Column[aspectLine]{
			{scheme.aspects, 20, workbook.Label, func(l aspectLine) workbook.Cell { return workbook.Text(l.name) }},
			{"清单任务", 10, whole, func(l aspectLine) workbook.Cell {
				return workbook.Int(l.listed).From(page.Fact{"county.toml 的任务清单", "the roll of tasks in county.toml"})
			}},
			{reported, 10, whole, count()},
			{"已报任务/清单内", 10, whole, count(says("清单", onList))},
			{"已报任务/清单外", 10, whole, count(says("清单", offList))},
			{"其中/完成", 10, whole, count(says("状态", done))},
			{"其中/推进", 10, whole, count(says("状态", going))},
			{"其中/滞后", 10, whole, count(says("状态", behind))},
			{"其中/未填报", 10, whole, count(says("状态", page.Unnamed))},
			{"过期未完成", 10, whole, count(says("过期", "过期"))},
			{"完成率", 10, workbook.Percent, func(aspectLine) workbook.Cell { return rate }},
		},
		Totals: map[string]workbook.Cell{
			reported: total(""), "已报任务/清单内": workbook.CountIf(mine, says("清单", onList)), "已报任务/清单外": workbook.CountIf(mine, says("清单", offList)),
			"其中/完成": total("_done", says("状态", done)), "其中/滞后": total("_late", says("状态", behind)),
			"其中/推进": workbook.CountIf(mine, says("状态", going)), "其中/未填报": workbook.CountIf(mine, says("状态", page.Unnamed)),
			"过期未完成": workbook.CountIf(mine, says("过期", "过期")), "完成率": rate,
		},
	}.Draw(flow.Here(), b.aspects(scheme.name, all))
	flow.Past(drawn)
	return drawn
}

// unreportedTasks names the tasks of the county's list that nobody reported, by number.
func (b *bulletin) unreportedTasks(scheme string, all []task) string {
	const most = 12
	var missing []string
	for _, part := range b.County.Forms["tasks"].Roll {
		for _, row := range part.Rows {
			reported := func(t task) bool {
				return form.Tasks.Scheme.Of(t.Record()) == scheme && ledger.Fold(t.Name()) == ledger.Fold(row.Name)
			}
			if part.Under == scheme && !slices.ContainsFunc(all, reported) {
				missing = append(missing, fmt.Sprintf("%s（%s）", row.Name, row.Unit))
			}
		}
	}
	return strings.Join(missing[:min(most, len(missing))], "、") + more(len(missing), most)
}

// drawLateTasks draws what is behind or overdue, the longest overdue first.
func (b *bulletin) drawLateTasks(flow *workbook.Flow, all []task) {
	f := &form.Tasks
	late := slices.DeleteFunc(slices.Clone(all), func(t task) bool { return !t.late() })
	slices.SortStableFunc(late, func(a, z task) int {
		return cmp.Compare(f.Deadline.Of(a.Record()).Last().String(), f.Deadline.Of(z.Record()).Last().String())
	})
	of := func(value func(*page.Project) workbook.Cell) func(task) workbook.Cell {
		return func(t task) workbook.Cell { return value(t.Project) }
	}
	flow.Past(workbook.Table[task]{
		Caption: fmt.Sprintf("%s、滞后和过期未完成的任务（%d项）", page.Numeral(len(schemes)), len(late)),
		Columns: []workbook.Column[task]{
			{"序号", 5, workbook.Ordinal, nil},
			{"方案", 15, page.Small(workbook.Label), of(page.Shown(f.Scheme.Column))},
			{"编号", 5, workbook.Label, of(page.Shown(f.Number.Column))},
			{"任务内容", 25, workbook.Prose, of(page.Shown(f.Task.Column))},
			{"牵头单位", 15, workbook.Label, of(page.UnitOf)},
			{"完成时限", 10, workbook.Label, of(page.Shown(f.Deadline.Column))},
			{"状态", 10, workbook.Label, task.state},
			{"进展情况", 20, page.Small(workbook.Prose), of(page.Shown(f.Report.Column))},
			{"原因和措施", 15, page.Small(workbook.Prose), of(page.Shown(f.Remark.Column))},
		},
	}.Draw(flow.Here(), late))
}

func (b *bulletin) drawTaskLedger(s *workbook.Sheet, all []task) *workbook.Drawn {
	f := &form.Tasks
	of := func(value func(*page.Project) workbook.Cell) func(task) workbook.Cell {
		return func(t task) workbook.Cell { return value(t.Project) }
	}
	return workbook.Table[task]{
		Title: b.Title("行动方案任务台账"), Left: b.AsOf(), Total: "合计", Ledger: true, Dense: true, Frozen: 3,
		Columns: []workbook.Column[task]{
			{"序号", 5, workbook.Ordinal, nil},
			{"方案", 26, page.Small(workbook.Label), of(page.Shown(f.Scheme.Column))},
			{"编号", 6, workbook.Label, of(page.Shown(f.Number.Column))},
			{"清单", 7, workbook.Label, task.onList},
			{"所属方面", 14, workbook.Label, func(t task) workbook.Cell { return workbook.Text(t.aspect).From(page.Cite(t.Project, f.Aspect.Column)) }},
			{"任务内容", 44, workbook.Prose, of(page.Shown(f.Task.Column))},
			{"牵头单位", 20, page.Small(workbook.Label), of(page.UnitOf)},
			{"完成时限", 11, workbook.Label, of(page.Shown(f.Deadline.Column))},
			{"进展情况", 44, page.Small(workbook.Prose), of(page.Shown(f.Report.Column))},
			{"完成进度", 8, workbook.Label, of(page.Shown(f.Progress.Column))},
			{"状态", 7, workbook.Label, task.state},
			{"过期", 6, workbook.Label, task.overdue},
			{"备注", 26, page.Small(workbook.Prose), of(page.Shown(f.Remark.Column))},
		},
		Totals: map[string]workbook.Cell{
			"编号": workbook.CountA(workbook.Rows("编号")).As(workbook.Whole.Suffix("项").Align(workbook.Centre)),
			"过期": workbook.CountA(workbook.Rows("过期")).As(workbook.Whole.Align(workbook.Centre)),
		},
		Notes: []string{"注：“过期”为已过完成时限而状态不是完成的任务，按完成时限与月末计算。"},
	}.Draw(s.Top(), all)
}
