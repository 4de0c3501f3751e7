package progress

import (
	"fmt"

	"huizong/consolidate"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// Headings that several sheets share, and by which other workbooks quote them.
const (
	YearPlan  = "年度计划"
	OfPlan    = "占年度计划"
	Due       = "应达进度"
	Ahead     = "与时序差\n（百分点）"
	thisMonth = "本月完成"
)

// Done is the heading of the money completed since 1 January: 1—6月完成.
func (r *Report) Done() string { return r.ToDate() + "完成" }

// share is the share of the year's plan done in a row of a table.
func (r *Report) share() workbook.Cell {
	return workbook.Quotient(workbook.Own(r.Done()), workbook.Own(YearPlan))
}

// ownLead is by how many points a project is ahead of what it should have done, lead by how
// many a sum of projects is ahead of the year.
var ownLead = workbook.PointsBetween(workbook.Own(OfPlan), workbook.Own(Due))

func (r *Report) lead() workbook.Cell {
	return workbook.PointsBetween(workbook.Own(OfPlan), r.Elapsed())
}

// drawLedger draws 项目台账: every key project once, whatever its levels.
func (r *Report) drawLedger(s *workbook.Sheet) page.Base {
	f := &form.Progress
	columns := []workbook.Column[*page.Project]{
		{"序号", 5, workbook.Ordinal, page.Ordinal},
		{"项目名称", 38, workbook.Prose, page.NameOf},
	}
	for _, l := range form.ProgressLevels {
		columns = append(columns, workbook.Column[*page.Project]{"级别/" + l.Name, 5, workbook.Label,
			page.Cited(func(p *page.Project) workbook.Cell { return tick(ofLevel(p, l)) }, f.Level.Column)})
	}
	columns = append(columns, []workbook.Column[*page.Project]{
		{"类别", 7, workbook.Label, page.Shown(f.Class.Column)},
		{"总投资", 11, workbook.Wan, page.Amount(f.Total)},
		{YearPlan, 11, workbook.Wan, page.Amount(f.YearPlan)},
		{thisMonth, 10, workbook.Wan, page.Amount(f.ThisMonth)},
		{r.Done(), 11, workbook.Wan, page.Amount(f.YearToDate)},
		{OfPlan, 8, workbook.Percent, func(*page.Project) workbook.Cell { return r.share() }},
		{Due, 7, workbook.Percent, r.due},
		{Ahead, 9, workbook.Points, func(*page.Project) workbook.Cell { return ownLead }},
		{"实际开工", 8, page.Small(workbook.Label), page.Month(f.Start)},
		{"开工", 7, workbook.Label, page.Cited(func(p *page.Project) workbook.Cell { return workbook.Text(startedWord(r.started(p))) }, f.Start.Column)},
	}...)
	columns = append(columns, r.lamps()...)
	columns = append(columns, []workbook.Column[*page.Project]{
		{"责任单位", 20, workbook.Label, page.UnitOf},
		{"包抓领导", 10, workbook.Label, page.Shown(f.Leader.Column)},
		{"说明", 14, page.Small(workbook.Prose), page.RemarkOf},
	}...)
	printed := len(columns)
	columns = append(columns, []workbook.Column[*page.Project]{
		{"领域", 8, workbook.Label, page.FieldOf},
		{"入统", 9, workbook.Label, r.CitedEntry(r.entry, consolidate.EntryColumns()...)},
		{"项目代码", 13, page.Small(workbook.Label), page.Shown(f.Code.Column)},
		{"建设内容及规模", 28, page.Small(workbook.Prose), page.Shown(f.Content.Column)},
		{"起止年限", 9, page.Small(workbook.Label), page.Shown(f.Years.Column)},
		{"到位资金", 10, workbook.Wan, page.Amount(f.Funds)},
		{"计划开工", 8, page.Small(workbook.Label), page.Month(f.PlanStart)},
		{"计数", 5, workbook.Label, page.Counting},
	}...)
	return page.NewBase(workbook.Table[*page.Project]{
		Title: r.Title("重点项目台账"), Left: r.AsOf(), Right: "单位：万元", Total: "合计", Ledger: true, Dense: true, Frozen: 2, Printed: printed, Columns: columns,
		Totals: map[string]workbook.Cell{
			"项目名称":    r.TiedCount(page.CountOwn(), "progress.projects").As(page.TotalCount),
			"总投资":     r.TiedMoney(page.SumOwn("总投资"), "progress.investment_fen"),
			YearPlan:  r.TiedMoney(page.SumOwn(YearPlan), "progress.year_plan_fen"),
			thisMonth: r.TiedMoney(page.SumOwn(thisMonth), "progress.this_month_fen"),
			r.Done():  r.TiedMoney(page.SumOwn(r.Done()), "progress.year_to_date_fen"),
			OfPlan:    r.share(), Due: r.Elapsed(), Ahead: ownLead,
			"到位资金": page.SumOwn("到位资金"),
		},
		Notes: []string{fmt.Sprintf("注：%s＝%s÷%s；应达进度为时序进度%d/12，有分月计划的按分月计划；空白表示尚未填报，不等于零。", OfPlan, r.Done(), YearPlan, r.Period.Month)},
	}.Draw(s.Top(), r.Projects), r.Done())
}

// lamps are the columns of lights: each dimension, and the worst of them.
func (r *Report) lamps() []workbook.Column[*page.Project] {
	f := &form.Progress
	light := func(of func(rating.Lights) rating.Light, columns ...*form.Column) func(*page.Project) workbook.Cell {
		return page.Cited(func(p *page.Project) workbook.Cell { return lamp(of(r.Lights[p.Project])) }, append(columns, f.Class.Column)...)
	}
	start := []*form.Column{f.Start.Column, f.PlanStart.Column}
	return []workbook.Column[*page.Project]{
		{"红黄绿灯/开工", 6, workbook.Label, light(func(l rating.Lights) rating.Light { return l.Start }, start...)},
		{"红黄绿灯/进度", 6, workbook.Label, light(func(l rating.Lights) rating.Light { return l.Progress }, judgedByProgress()...)},
		{"红黄绿灯/资金", 6, workbook.Label, light(func(l rating.Lights) rating.Light { return l.Funds })},
		{"红黄绿灯/入统", 6, workbook.Label, r.CitedEntry(func(p *page.Project) workbook.Cell { return lamp(r.Lights[p.Project].Statistics) },
			append(consolidate.EntryColumns(), f.Class.Column)...)},
		{"红黄绿灯/总评", 6, workbook.Label, r.Overall},
	}
}

// Overall is the worst of a project's lights.
func (r *Report) Overall(p *page.Project) workbook.Cell {
	return lamp(r.Lights[p.Project].Overall()).From(r.CiteEntries([]*page.Project{p}, rating.LightColumns()...))
}

// judgedByProgress are the columns by which a project's progress is judged.
func judgedByProgress() []*form.Column {
	f := &form.Progress
	return []*form.Column{f.YearPlan.Column, f.YearToDate.Column, f.PlanToDate.Column}
}

func tick(yes bool) workbook.Cell {
	if yes {
		return workbook.Text("√")
	}
	return workbook.Blank
}

func startedWord(started bool) string {
	if started {
		return isStarted
	}
	return notStarted
}

// due is the share of the plan that a project should have done: by its own curve, else N/12.
// A project without a plan has nothing due.
func (r *Report) due(p *page.Project) workbook.Cell {
	plan, toDate := form.Progress.YearPlan.Of(p.Record()), form.Progress.PlanToDate.Of(p.Record())
	switch {
	case plan.V == 0:
		return workbook.Blank
	case toDate.Valid:
		return workbook.Ratio(toDate.V, plan.V).From(page.Cite(p, form.Progress.PlanToDate.Column, form.Progress.YearPlan.Column))
	}
	return r.Elapsed()
}

// A level of few projects is printed on A4, with fewer columns.
const fewProjects = 12

// levelPage is what the sheet of a level is printed on.
func (r *Report) levelPage(l form.ProgressLevel) workbook.Page {
	if len(r.OfLevel(l)) <= fewProjects {
		return workbook.A4Landscape
	}
	return workbook.A3Landscape
}

// drawLevel draws 省级重点 or 市级重点: the projects of a level as leaders go through them, the worst first.
func (r *Report) drawLevel(s *workbook.Sheet, l form.ProgressLevel) {
	f := &form.Progress
	lines := r.OfLevel(l)
	if len(lines) == 0 {
		r.Omit(s, "没有"+l.Name+"重点项目")
		return
	}
	columns := []workbook.Column[*page.Project]{
		{"序号", 5, workbook.Ordinal, nil},
		{"项目名称", 26, workbook.Prose, page.NameOf},
		{"责任单位", 14, workbook.Label, page.UnitOf},
		{"包抓领导", 10, workbook.Label, page.Shown(f.Leader.Column)},
		{YearPlan, 11, workbook.Wan, page.Amount(f.YearPlan)},
		{thisMonth, 10, workbook.Wan, page.Amount(f.ThisMonth)},
		{r.Done(), 11, workbook.Wan, page.Amount(f.YearToDate)},
		{OfPlan, 8, workbook.Percent, func(*page.Project) workbook.Cell { return r.share() }},
		{Due, 7, workbook.Percent, r.due},
		{Ahead, 9, workbook.Points, func(*page.Project) workbook.Cell { return ownLead }},
	}
	columns = append(columns, r.lamps()...)
	few := len(columns)
	columns = append(columns, []workbook.Column[*page.Project]{
		{"类别", 7, workbook.Label, page.Shown(f.Class.Column)},
		{"总投资", 11, workbook.Wan, page.Amount(f.Total)},
		{"开工", 7, workbook.Label, page.Cited(func(p *page.Project) workbook.Cell { return workbook.Text(startedWord(r.started(p))) }, f.Start.Column)},
		{"当前形象进度", 28, page.Small(workbook.Prose), page.Shown(f.Appearance.Column)},
		{"存在问题", 24, page.Small(workbook.Prose), page.Shown(f.Problems.Column)},
		{"说明", 12, page.Small(workbook.Prose), page.RemarkOf},
	}...)
	printed := len(columns) - 1
	if len(lines) <= fewProjects {
		printed = few
	}
	sum := func(heading string) workbook.Cell {
		return workbook.SumKnown(workbook.Rows(heading), workbook.Over(workbook.Rows("序号"), 0))
	}
	started := workbook.CountIf(workbook.Is(workbook.Rows("开工"), workbook.Text(isStarted)))
	workbook.Table[*page.Project]{
		Title: r.Title(l.Name + "重点项目进展情况"), Left: r.AsOf(), Right: "单位：万元", Total: "合计", Ledger: true, Dense: true, Frozen: 2, Printed: printed, Columns: columns,
		Totals: map[string]workbook.Cell{
			"项目名称":   r.TiedCount(workbook.CountA(workbook.Rows("项目名称")), l.Figure+".projects").As(page.TotalCount),
			YearPlan: r.TiedMoney(sum(YearPlan), l.Figure+".year_plan_fen"),
			r.Done(): r.TiedMoney(sum(r.Done()), l.Figure+".year_to_date_fen"),
			"总投资":    sum("总投资"), thisMonth: sum(thisMonth),
			OfPlan: r.share(), Due: r.Elapsed(), Ahead: ownLead,
			"开工": r.TiedCount(started, l.Figure+".started").As(workbook.Whole.Suffix("个").Align(workbook.Centre)),
		},
		Notes: append([]string{"注：“开工”合计为已开工项目数；灯为“无”的不评：前期项目、无年度计划、未到应判断的时间，或尚未设定标准（资金）。"},
			r.corrections(l.Name, l.Figure+".year_to_date_fen", lines)...),
	}.Draw(s.Top(), lines)
}
