package bulletin

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// An order is 任务交办单 of one unit: what is behind, what is overdue, what was not sent.
type order struct {
	unit      string
	projects  []page.Project // of red and yellow lights
	obstacles []page.Obstacle
	tasks     []task
	filings   []filing
}

func (o *order) matters() int {
	return len(o.projects) + len(o.obstacles) + len(o.tasks) + len(o.filings)
}

// slow, stuck and behind are the origins of the numbers of projects, problems and tasks.
func (b *bulletin) slow(o *order) page.FromProjects {
	return b.CiteEntries(o.projects, rating.LightColumns()...)
}

func (o *order) stuck() page.FromProjects {
	var lines []page.Project
	for _, one := range o.obstacles {
		lines = append(lines, one.Project)
	}
	return page.CiteAll(form.Obstacles.Number.Form, lines, form.Reads(form.ObstacleOverdue)...)
}

func (o *order) behind() page.FromProjects {
	var lines []page.Project
	for _, one := range o.tasks {
		lines = append(lines, one.Project)
	}
	return page.CiteAll(form.Tasks.Number.Form, lines, form.Tasks.Pace.Column, form.Tasks.Deadline.Column)
}

// ordersOf are the orders of the month: of the units that something is asked of.
func (b *bulletin) ordersOf() []*order {
	orders := map[string]*order{}
	of := func(unit string) *order {
		if orders[unit] == nil {
			orders[unit] = &order{unit: unit}
		}
		return orders[unit]
	}
	for _, light := range []rating.Light{rating.Red, rating.Yellow} {
		for _, p := range b.keys.Projects {
			if p.Counts() && b.keys.Lights[p.Project].Overall() == light {
				of(p.Unit).projects = append(of(p.Unit).projects, p)
			}
		}
	}
	for _, o := range b.ObstaclesOf() {
		if o.Days > 0 {
			of(o.Unit).obstacles = append(of(o.Unit).obstacles, o)
		}
	}
	for _, t := range b.tasksOf() {
		if t.late() {
			of(t.Unit).tasks = append(of(t.Unit).tasks, t)
		}
	}
	for _, f := range b.filings {
		if f.owed && f.inForce == nil || f.inForce != nil && f.inForce.Rows().Returned > 0 {
			of(f.unit).filings = append(of(f.unit).filings, f)
		}
	}
	var all []*order
	for _, o := range orders {
		all = append(all, o)
	}
	slices.SortFunc(all, func(x, z *order) int { return b.Register.CompareUnits(x.unit, z.unit) })
	return all
}

// by is the day until which what is ordered must be done: when the next returns are due.
func (b *bulletin) by() ledger.Date { return b.County.Due.In(b.Period.Add(1)) }

// drawOrders draws 任务交办单: what is ordered in all, then a page for each unit. It gives the
// cell of the number of units; not known where nothing is ordered.
func (b *bulletin) drawOrders(s *workbook.Sheet) headlineCell {
	all := b.ordersOf()
	flow := s.Flow(12, 7)
	flow.Write(workbook.Text(b.Title("任务交办汇总")), workbook.Title)
	if len(all) == 0 {
		flow.Write(workbook.Text("本月没有滞后、逾期和未报事项，不作交办。"), workbook.Bulletin)
		return headlineCell{}
	}
	count := func(of func(*order) page.FromProjects) func(*order) workbook.Cell {
		return func(o *order) workbook.Cell { return workbook.Int(len(of(o).Projects)).From(of(o)) }
	}
	filings := func(which func(filing) bool) func(*order) workbook.Cell {
		return func(o *order) workbook.Cell {
			n := 0
			for _, f := range o.filings {
				if which(f) {
					n++
				}
			}
			return workbook.Int(n).From(page.FromReturns{Department: o.unit})
		}
	}
	whole := workbook.Whole.Dash()
	drawn := workbook.Table[*order]{
		Left: b.AsOf(), Right: "办结时限 " + b.by().String(), Total: "合计",
		Columns: []workbook.Column[*order]{
			{"序号", 7, workbook.Ordinal, nil},
			{"责任单位", 21, workbook.Label, func(o *order) workbook.Cell {
				return workbook.Text(o.unit).From(page.Fact{"有交办事项的单位", "a unit that something is asked of"})
			}},
			{"红黄灯\n项目", 7, whole, count(b.slow)},
			{"逾期堵点\n难点", 14, whole, count((*order).stuck)},
			{"滞后任务", 7, whole, count((*order).behind)},
			{"报表/未报", 7, whole, filings(func(f filing) bool { return f.state == missing })},
			{"报表/整份\n退回", 7, whole, filings(func(f filing) bool { return f.state == refused })},
			{"报表/有退\n回行", 7, whole, filings(func(f filing) bool { return f.inForce != nil })},
			{"合计", 7, workbook.Whole, func(*order) workbook.Cell {
				return workbook.Plus(workbook.Own("红黄灯\n项目"), workbook.Own("逾期堵点\n难点"), workbook.Own("滞后任务"),
					workbook.Own("报表/未报"), workbook.Own("报表/整份\n退回"), workbook.Own("报表/有退\n回行"))
			}},
		},
		Totals: map[string]workbook.Cell{"责任单位": workbook.CountA(workbook.Rows("责任单位")).As(workbook.Whole.Suffix("个单位").Align(workbook.Centre))},
	}.Draw(flow.Here(), all)
	flow.Past(drawn)
	for i, o := range all {
		b.drawOrder(flow, o, i+1)
	}
	return headlineCell{known: true, now: drawn.Total("责任单位"), style: workbook.Whole}
}

// roomOnPage is how many matters a page holds, of two lines each.
const roomOnPage = 12

// drawOrder draws the page of one unit.
func (b *bulletin) drawOrder(flow *workbook.Flow, o *order, number int) {
	flow.NewPage()
	flow.Write(workbook.Text(b.County.Name+"高质量项目推进任务交办单"), workbook.Title)
	flow.Write(workbook.Text(fmt.Sprintf("%s通报附交办单第%d号", b.Period.Chinese(), number)), workbook.Subheading.Align(workbook.Right))
	by := b.by()
	flow.Pairs(0, 3,
		workbook.Pair{Label: "责任单位", Value: workbook.Text(o.unit)},
		workbook.Pair{Label: "交办事项", Value: workbook.Text(fmt.Sprintf("%d项", o.matters()))},
		workbook.Pair{Label: "办结时限", Value: workbook.Text(fmt.Sprintf("%d年%d月%d日前办结，并在%d月报表中反映", by.Year, by.Month, by.Day, by.Month))},
	)
	room := share([]int{len(o.projects), len(o.obstacles), len(o.tasks), len(o.filings)}, roomOnPage)
	section := 0
	caption := func(text string, n, shown int, where string) string {
		section++
		text = fmt.Sprintf("%s、%s（%d项）", page.Numeral(section-1), text, n)
		if shown < n {
			text += fmt.Sprintf("，列前%d项，其余见%s", shown, where)
		}
		return text
	}
	if len(o.projects) > 0 {
		flow.Gap(6)
		flow.Past(b.drawOrderedProjects(flow, caption("进度滞后的重点项目", len(o.projects), room[0], "《红黄绿榜》"), o.projects[:room[0]]))
	}
	if len(o.obstacles) > 0 {
		flow.Gap(6)
		flow.Past(drawOrderedObstacles(flow, caption("逾期未结的堵点难点", len(o.obstacles), room[1], "《堵点难点台账》"), o.obstacles[:room[1]]))
	}
	if len(o.tasks) > 0 {
		flow.Gap(6)
		flow.Past(drawOrderedTasks(flow, caption("滞后和过期未完成的任务", len(o.tasks), room[2], "《任务台账》"), o.tasks[:room[2]]))
	}
	if len(o.filings) > 0 {
		flow.Gap(6)
		flow.Past(drawOrderedFilings(flow, caption("未报、整份退回和有退回行的报表", len(o.filings), room[3], "《报送明细》"), o.filings[:room[3]]))
	}
	flow.Gap(10)
	flow.Pairs(0, 3,
		workbook.Pair{Label: "交办单位", Value: workbook.Text(b.County.Publisher)},
		workbook.Pair{Label: "签收人、日期", Value: workbook.Blank},
		workbook.Pair{Label: "办理情况", Value: workbook.Blank},
	)
}

// share gives each of several lists room in turn, until there is none or all are whole.
func share(wants []int, room int) []int {
	given := make([]int, len(wants))
	for more := true; more && room > 0; {
		more = false
		for i := range wants {
			if given[i] < wants[i] && room > 0 {
				given[i]++
				room--
				more = true
			}
		}
	}
	return given
}

// brief cuts a text after the width of n Chinese characters: two lines of its column.
func brief(text string, n int) string {
	width := 0
	for i, r := range text {
		if width++; r >= utf8.RuneSelf {
			width++
		}
		if width > 2*n {
			return text[:i] + "…"
		}
	}
	return text
}

func (b *bulletin) drawOrderedProjects(flow *workbook.Flow, caption string, projects []page.Project) *workbook.Drawn {
	return workbook.Table[page.Project]{
		Caption: caption,
		Columns: []workbook.Column[page.Project]{
			{"总评", 7, workbook.Label, b.keys.Overall},
			{"项目名称", 28, workbook.Prose, page.Word(func(p page.Project) string { return brief(p.Name(), 29) }, form.Progress.Name.Column)},
			{"落后事项", 35, workbook.Prose, b.CitedEntry(func(p page.Project) workbook.Cell { return workbook.Text(brief(b.keys.Behind(p), 37)) },
				rating.LightColumns()...)},
			{"包抓领导", 14, workbook.Label, page.Word(func(p page.Project) string { return brief(form.Progress.Leader.Of(p.Record()), 13) },
				form.Progress.Leader.Column)},
		},
	}.Draw(flow.Here(), projects)
}

func drawOrderedObstacles(flow *workbook.Flow, caption string, obstacles []page.Obstacle) *workbook.Drawn {
	f := &form.Obstacles
	return workbook.Table[page.Obstacle]{
		Caption: caption,
		Columns: []workbook.Column[page.Obstacle]{
			{"编号", 14, workbook.Label, func(o page.Obstacle) workbook.Cell { return workbook.Text(brief(o.Name(), 13)) }},
			{"项目名称", 21, workbook.Prose, func(o page.Obstacle) workbook.Cell { return workbook.Text(brief(f.Project.Of(o.Record()), 21)) }},
			{"问题", 28, workbook.Prose, func(o page.Obstacle) workbook.Cell {
				return workbook.Text(brief(f.Description.Of(o.Record()), 29))
			}},
			{"办结时限", 14, workbook.Label, func(o page.Obstacle) workbook.Cell { return workbook.Text(f.Deadline.Of(o.Record()).String()) }},
			{"逾期\n（天）", 7, workbook.Ordinal, page.Obstacle.LateBy},
		},
	}.Draw(flow.Here(), obstacles)
}

func drawOrderedTasks(flow *workbook.Flow, caption string, tasks []task) *workbook.Drawn {
	f := &form.Tasks
	return workbook.Table[task]{
		Caption: caption,
		Columns: []workbook.Column[task]{
			{"编号", 7, workbook.Label, func(t task) workbook.Cell { return workbook.Text(brief(t.Name(), 5)) }},
			{"任务内容", 35, workbook.Prose, func(t task) workbook.Cell {
				return workbook.Text(brief(cmp.Or(f.Task.Of(t.Record()), f.Scheme.Of(t.Record())), 37))
			}},
			{"完成时限", 14, workbook.Label, func(t task) workbook.Cell { return workbook.Text(f.Deadline.Of(t.Record()).String()) }},
			{"状态", 7, workbook.Label, task.state},
			{"方案", 21, page.Small(workbook.Label), func(t task) workbook.Cell { return workbook.Text(f.Scheme.Of(t.Record())) }},
		},
	}.Draw(flow.Here(), tasks)
}

func drawOrderedFilings(flow *workbook.Flow, caption string, filings []filing) *workbook.Drawn {
	return workbook.Table[filing]{
		Caption: caption,
		Columns: []workbook.Column[filing]{
			{"报表", 35, workbook.Prose, func(f filing) workbook.Cell { return workbook.Text(f.form.Title) }},
			{"情况", 14, workbook.Label, func(f filing) workbook.Cell { return workbook.Text(f.asked()) }},
			{"要求", 35, workbook.Prose, func(f filing) workbook.Cell { return workbook.Text(f.request()) }},
		},
	}.Draw(flow.Here(), filings)
}

// asked is why the unit is asked about a return: 未报, 整份退回, or rows sent back.
func (f filing) asked() string {
	if f.inForce == nil {
		return string(f.state)
	}
	return fmt.Sprintf("有退回行（%d行）", f.inForce.Rows().Returned)
}

func (f filing) request() string {
	switch {
	case f.state == missing:
		return "尽快报送；没有变化的报“本月无变化”"
	case f.inForce == nil:
		return "按回单更正后重报"
	}
	return "按回单更正退回的行后重报"
}
