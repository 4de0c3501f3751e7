package summary

import (
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// A charge is a project that a leader sees through; a project of two leaders is two charges.
type charge struct {
	leader string
	project
}

// leadersOf are the leaders that a project names, as the roster spells them; 未明确 if it names none.
func (r *progressReport) leadersOf(p project) []string {
	if names := r.roster.namesIn(form.Progress.Leader.Of(p.Record())); names != nil {
		return names
	}
	return []string{noLeader}
}

// leaders are the roster in its order, zeros included, then those that projects name besides.
func (r *progressReport) leaders() []leader {
	var named []string
	for _, p := range r.projects {
		named = append(named, r.leadersOf(p)...)
	}
	return r.roster.with(named)
}

// drawDetails draws 包抓明细: the projects of each leader.
func (r *progressReport) drawDetails(s *workbook.Sheet) *workbook.Drawn {
	f := &form.Progress
	mine := map[string][]charge{}
	for _, p := range r.projects {
		if !p.Counts() {
			continue
		}
		for _, name := range r.leadersOf(p) {
			mine[name] = append(mine[name], charge{name, p})
		}
	}
	var charges []charge
	for _, l := range r.leaders() {
		charges = append(charges, mine[l.name]...)
	}
	of := func(value func(project) workbook.Cell) func(charge) workbook.Cell {
		return func(c charge) workbook.Cell { return value(c.project) }
	}
	return workbook.Table[charge]{
		Title: r.title("县级领导包抓重点项目明细"), Left: r.asOf(), Right: "单位：万元", Ledger: true, Frozen: 3,
		Columns: []workbook.Column[charge]{
			{"序号", 5, workbook.Ordinal, nil},
			{"包抓领导", 12, workbook.Label, func(c charge) workbook.Cell { return workbook.Text(c.leader).From(cite(c.project, f.Leader.Column)) }},
			{"项目名称", 30, workbook.Prose, of(nameOf)},
			{"级别", 7, workbook.Label, of(shown(f.Level.Column))},
			{"责任单位", 16, workbook.Label, of(unitOf)},
			{"总投资", 11, workbook.Wan, of(amount(f.Total))},
			{yearPlan, 11, workbook.Wan, of(amount(f.YearPlan))},
			{r.done(), 11, workbook.Wan, of(amount(f.YearToDate))},
			{ofPlan, 8, workbook.Percent, func(charge) workbook.Cell { return r.share() }},
			{due, 7, workbook.Percent, of(r.due)},
			{ahead, 9, workbook.Points, func(charge) workbook.Cell { return ownLead }},
			{"总评", 7, workbook.Label, of(r.overall)},
			{"存在问题", 28, small(workbook.Prose), of(shown(f.Problems.Column))},
		},
		Notes: []string{"注：一个项目由几位领导包抓的，在每位领导名下各列一次。"},
	}.Draw(s.At(1, 1), charges)
}

// drawLeaders draws 分包抓领导: everybody on the roster, zeros included.
func (r *progressDrawing) drawLeaders(s *workbook.Sheet, details *workbook.Drawn) {
	mine := workbook.Is(details.Column("包抓领导"), workbook.Own("包抓领导"))
	light := func(l workbook.Light) workbook.Condition {
		return workbook.Is(details.Column("总评"), workbook.Text(string(l)))
	}
	count := func(where ...workbook.Condition) func(leader) workbook.Cell {
		return func(leader) workbook.Cell { return workbook.CountIf(mine, where...) }
	}
	sum := func(heading string) func(leader) workbook.Cell {
		return func(leader) workbook.Cell { return workbook.SumKnown(details.Column(heading), mine) }
	}
	workbook.Table[leader]{
		Title: r.title("重点项目分包抓领导汇总"), Left: r.asOf(), Right: "单位：个、万元", Total: "合计", Ledger: true, Frozen: 2,
		Columns: []workbook.Column[leader]{
			{"序号", 6, workbook.Ordinal, nil},
			{"包抓领导", 16, workbook.Label, func(l leader) workbook.Cell { return workbook.Text(l.name) }},
			{"职务", 14, workbook.Label, func(l leader) workbook.Cell { return workbook.Text(l.post) }},
			{"项目数", 9, workbook.Whole, count()},
			{"总投资", 13, workbook.Wan, sum("总投资")},
			{yearPlan, 13, workbook.Wan, sum(yearPlan)},
			{r.done(), 13, workbook.Wan, sum(r.done())},
			{ofPlan, 9, workbook.Percent, func(leader) workbook.Cell { return r.share() }},
			{ahead, 10, workbook.Points, func(leader) workbook.Cell { return r.lead() }},
			{"红灯", 7, workbook.Whole.Dash(), count(light(workbook.Red))},
			{"黄灯", 7, workbook.Whole.Dash(), count(light(workbook.Yellow))},
			{"绿灯", 7, workbook.Whole.Dash(), count(light(workbook.Green))},
		},
		Totals: map[string]workbook.Cell{
			"项目数":    r.number(r.count(), "progress.projects"),
			"总投资":    r.total(r.known("总投资"), "progress.investment_fen"),
			yearPlan: r.total(r.known(yearPlan), "progress.year_plan_fen"),
			r.done(): r.total(r.known(r.done()), "progress.year_to_date_fen"),
			ofPlan:   r.share(), ahead: r.lead(),
			"红灯": r.count(r.says("红黄绿灯/总评", string(workbook.Red))),
			"黄灯": r.count(r.says("红黄绿灯/总评", string(workbook.Yellow))),
			"绿灯": r.count(r.says("红黄绿灯/总评", string(workbook.Green))),
		},
		Notes: []string{"注：一个项目由几位领导包抓的，计入每位领导；合计按项目只计一次，可能小于各行之和。各项目见《包抓明细》。"},
	}.Draw(s.At(1, 1), r.leaders())
}
