package bulletin

import (
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// Kinds of matters that are ordered.
const (
	slowProject = "滞后项目"
	stuckMatter = "逾期堵点难点"
	lateTask    = "滞后任务"
	unsent      = "未报报表"
	sentBack    = "整份退回报表"
	partlyBack  = "有退回行报表"
)

var kindsOfMatter = []string{slowProject, stuckMatter, lateTask, unsent, sentBack, partlyBack}

// ofReturns are the kinds of them that are about returns.
var ofReturns = []string{unsent, sentBack, partlyBack}

// kindOf is the kind of matter that a return is.
func (f filing) kindOf() string {
	switch {
	case f.state == missing:
		return unsent
	case f.inForce == nil:
		return sentBack
	}
	return partlyBack
}

// A matter is a line of 交办明细: one thing that is asked of a unit.
type matter struct {
	*order
	kind string

	unit, kindCell, number, subject, state, leader, deadline, overdue, request workbook.Cell
}

// mattersOf are the matters of an order, kind by kind.
func (b *bulletin) mattersOf(o *order) []matter {
	var all []matter
	for _, p := range o.projects {
		quote := func(heading string) workbook.Cell { return workbook.Quote(b.keys.Board.Cell(heading, p.board)) }
		all = append(all, matter{order: o, kind: slowProject,
			unit: quote("责任单位"), kindCell: workbook.Text(slowProject).From(judged(p.Project)),
			subject: quote("项目名称"), state: quote("落后事项"), leader: quote("包抓领导"),
		})
	}
	for _, p := range o.obstacles {
		f := &form.Obstacles
		all = append(all, matter{order: o, kind: stuckMatter,
			unit: page.UnitOf(p.Project), kindCell: workbook.Text(stuckMatter).From(page.Cite(p.Project, form.Reads(form.ObstacleOverdue)...)),
			number: page.Shown(f.Number.Column)(p.Project), subject: page.Shown(f.Project.Column)(p.Project),
			state: page.Shown(f.Description.Column)(p.Project), leader: page.Shown(f.Leader.Column)(p.Project),
			deadline: page.Shown(f.Deadline.Column)(p.Project), overdue: p.LateBy(),
		})
	}
	for _, t := range o.tasks {
		f := &form.Tasks
		subject := page.Shown(f.Task.Column)
		if f.Task.Of(t.Record()) == "" {
			subject = page.Shown(f.Scheme.Column)
		}
		all = append(all, matter{order: o, kind: lateTask,
			unit: page.UnitOf(t.Project), kindCell: workbook.Text(lateTask).From(page.Cite(t.Project, f.Pace.Column, f.Deadline.Column)),
			number: page.Shown(f.Number.Column)(t.Project), subject: subject(t.Project), state: t.lateness(),
			deadline: page.Shown(f.Deadline.Column)(t.Project),
		})
	}
	for _, f := range o.filings {
		says := func(text string) workbook.Cell { return workbook.Text(text).From(f.from()) }
		all = append(all, matter{order: o, kind: f.kindOf(), unit: says(f.unit), kindCell: says(f.kindOf()),
			subject: says(f.form.Title), state: says(page.Join(f.asked(), b.faults(f))), request: says(f.request())})
	}
	return all
}

// lateness is what is wrong with a task: it is said to be behind, or past its deadline.
func (t task) lateness() workbook.Cell {
	word := t.pace
	switch {
	case t.past && t.pace == behind:
		word = "滞后，已过期"
	case t.past:
		word = "已过期未完成"
	}
	return workbook.Text(word).From(page.Cite(t.Project, form.Tasks.Pace.Column, form.Tasks.Deadline.Column))
}

// drawMatters draws 交办明细.
func (b *bulletin) drawMatters(s *workbook.Sheet, all []matter) *workbook.Drawn {
	return workbook.Table[matter]{
		Title: b.Title("任务交办明细"), Left: b.AsOf(), Ledger: true, Frozen: 4,
		Columns: []workbook.Column[matter]{
			{"序号", 6, workbook.Ordinal, nil},
			{"交办单编号", 18, workbook.Label, func(m matter) workbook.Cell { return b.numbered(m.order) }},
			{"责任单位", 20, workbook.Label, func(m matter) workbook.Cell { return m.unit }},
			{"类别", 12, workbook.Label, func(m matter) workbook.Cell { return m.kindCell }},
			{"编号", 10, workbook.Label, func(m matter) workbook.Cell { return m.number }},
			{"事项", 32, workbook.Prose, func(m matter) workbook.Cell { return m.subject }},
			{"情况", 36, page.Small(workbook.Prose), func(m matter) workbook.Cell { return m.state }},
			{"包抓领导", 12, workbook.Label, func(m matter) workbook.Cell { return m.leader }},
			{"原定时限", 12, workbook.Label, func(m matter) workbook.Cell { return m.deadline }},
			{"逾期天数", 8, workbook.Ordinal, func(m matter) workbook.Cell { return m.overdue }},
			{"要求", 24, page.Small(workbook.Prose), func(m matter) workbook.Cell { return m.request }},
			{"办结时限", 16, workbook.Label, func(matter) workbook.Cell { return b.until() }},
		},
	}.Draw(s.Top(), all)
}
