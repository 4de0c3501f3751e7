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
	says func(heading string) workbook.Cell // what stands under a heading of 交办明细; Blank: nothing
}

// mattersOf are the matters of an order, kind by kind.
func (b *bulletin) mattersOf(o *order) []matter {
	var all []matter
	for i := range o.projects {
		all = append(all, matter{o, slowProject, func(heading string) workbook.Cell { return b.slowSays(&o.projects[i], heading) }})
	}
	for i := range o.obstacles {
		all = append(all, matter{o, stuckMatter, func(heading string) workbook.Cell { return stuckSays(&o.obstacles[i], heading) }})
	}
	for i := range o.tasks {
		all = append(all, matter{o, lateTask, func(heading string) workbook.Cell { return lateSays(&o.tasks[i], heading) }})
	}
	for i := range o.filings {
		all = append(all, matter{o, o.filings[i].kindOf(), func(heading string) workbook.Cell { return b.unsentSays(&o.filings[i], heading) }})
	}
	return all
}

// slowSays is what stands under a heading of a project that is behind.
func (b *bulletin) slowSays(p *laggard, heading string) workbook.Cell {
	quote := func(heading string) workbook.Cell { return workbook.Quote(b.keys.Board.Cell(heading, p.board)) }
	switch heading {
	case "类别":
		return workbook.Text(slowProject).From(judged(p.Project))
	case "责任单位", "包抓领导":
		return quote(heading)
	case "事项":
		return quote("项目名称")
	case "情况":
		return quote("落后事项")
	}
	return workbook.Blank
}

// stuckSays is what stands under a heading of an overdue problem.
func stuckSays(o *page.Obstacle, heading string) workbook.Cell {
	f := &form.Obstacles
	switch heading {
	case "责任单位":
		return page.UnitOf(o.Project)
	case "类别":
		return workbook.Text(stuckMatter).From(page.Cite(o.Project, form.Reads(form.ObstacleOverdue)...))
	case "编号":
		return page.Shown(f.Number.Column)(o.Project)
	case "事项":
		return page.Shown(f.Project.Column)(o.Project)
	case "情况":
		return page.Shown(f.Description.Column)(o.Project)
	case "包抓领导":
		return page.Shown(f.Leader.Column)(o.Project)
	case "原定时限":
		return page.Shown(f.Deadline.Column)(o.Project)
	case "逾期天数":
		return o.LateBy()
	}
	return workbook.Blank
}

// lateSays is what stands under a heading of a task that is late.
func lateSays(t *task, heading string) workbook.Cell {
	f := &form.Tasks
	switch heading {
	case "责任单位":
		return page.UnitOf(t.Project)
	case "类别":
		return workbook.Text(lateTask).From(page.Cite(t.Project, f.Pace.Column, f.Deadline.Column))
	case "编号":
		return page.Shown(f.Number.Column)(t.Project)
	case "事项":
		if f.Task.Of(t.Record()) == "" {
			return page.Shown(f.Scheme.Column)(t.Project)
		}
		return page.Shown(f.Task.Column)(t.Project)
	case "情况":
		return t.lateness()
	case "原定时限":
		return page.Shown(f.Deadline.Column)(t.Project)
	}
	return workbook.Blank
}

// unsentSays is what stands under a heading of a return that is missing or was sent back.
func (b *bulletin) unsentSays(f *filing, heading string) workbook.Cell {
	text := ""
	switch heading {
	case "责任单位":
		text = f.unit
	case "类别":
		text = f.kindOf()
	case "事项":
		text = f.form.Title
	case "情况":
		text = page.Join(f.asked(), b.faults(*f))
	case "要求":
		text = f.request()
	default:
		return workbook.Blank
	}
	return workbook.Text(text).From(f.from())
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
	says := func(heading string) func(matter) workbook.Cell {
		return func(m matter) workbook.Cell { return m.says(heading) }
	}
	return workbook.Table[matter]{
		Title: b.Title("任务交办明细"), Left: b.AsOf(), Ledger: true, Frozen: 4,
		Columns: []workbook.Column[matter]{
			{"序号", 6, workbook.Ordinal, nil},
			{"交办单编号", 18, workbook.Label, func(m matter) workbook.Cell { return b.numbered(m.order) }},
			{"责任单位", 20, workbook.Label, says("责任单位")},
			{"类别", 12, workbook.Label, says("类别")},
			{"编号", 10, workbook.Label, says("编号")},
			{"事项", 32, workbook.Prose, says("事项")},
			{"情况", 36, page.Small(workbook.Prose), says("情况")},
			{"包抓领导", 12, workbook.Label, says("包抓领导")},
			{"原定时限", 12, workbook.Label, says("原定时限")},
			{"逾期天数", 8, workbook.Ordinal, says("逾期天数")},
			{"要求", 24, page.Small(workbook.Prose), says("要求")},
			{"办结时限", 16, workbook.Label, func(matter) workbook.Cell { return b.until() }},
		},
	}.Draw(s.Top(), all)
}
