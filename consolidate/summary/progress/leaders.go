package progress

import (
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// A charge is a project that a leader sees through; a project of two leaders is two charges.
type charge struct {
	leader string
	page.Project
}

// LeadersOf are the leaders that a project names, as the roster spells them; 未明确 if it names none.
func (r *Report) LeadersOf(p page.Project) []string {
	if names := r.Roster.NamesIn(form.Progress.Leader.Of(p.Record())); names != nil {
		return names
	}
	return []string{page.NoLeader}
}

// leaders are the roster in its order, zeros included, then those that projects name besides.
func (r *Report) leaders() []page.Leader {
	var named []string
	for _, p := range r.Projects {
		named = append(named, r.LeadersOf(p)...)
	}
	return r.Roster.With(named)
}

// drawDetails draws 包抓明细: the projects of each leader.
func (r *Report) drawDetails(s *workbook.Sheet) *workbook.Drawn {
	f := &form.Progress
	mine := map[string][]charge{}
	for _, p := range r.Projects {
		if !p.Counts() {
			continue
		}
		for _, name := range r.LeadersOf(p) {
			mine[name] = append(mine[name], charge{name, p})
		}
	}
	var charges []charge
	for _, l := range r.leaders() {
		charges = append(charges, mine[l.Name]...)
	}
	of := func(value func(page.Project) workbook.Cell) func(charge) workbook.Cell {
		return func(c charge) workbook.Cell { return value(c.Project) }
	}
	return workbook.Table[charge]{
		Title: r.Title("县级领导包抓重点项目明细"), Left: r.AsOf(), Right: "单位：万元", Ledger: true, Frozen: 3,
		Columns: []workbook.Column[charge]{
			{"序号", 5, workbook.Ordinal, nil},
			{"包抓领导", 12, workbook.Label, func(c charge) workbook.Cell {
				return workbook.Text(c.leader).From(page.Cite(c.Project, f.Leader.Column))
			}},
			{"项目名称", 30, workbook.Prose, of(page.NameOf)},
			{"级别", 7, workbook.Label, of(page.Shown(f.Level.Column))},
			{"责任单位", 16, workbook.Label, of(page.UnitOf)},
			{"总投资", 11, workbook.Wan, of(page.Amount(f.Total))},
			{yearPlan, 11, workbook.Wan, of(page.Amount(f.YearPlan))},
			{r.done(), 11, workbook.Wan, of(page.Amount(f.YearToDate))},
			{ofPlan, 8, workbook.Percent, func(charge) workbook.Cell { return r.share() }},
			{due, 7, workbook.Percent, of(r.due)},
			{ahead, 9, workbook.Points, func(charge) workbook.Cell { return ownLead }},
			{"总评", 7, workbook.Label, of(r.Overall)},
			{"存在问题", 20, page.Small(workbook.Prose), of(page.Shown(f.Problems.Column))},
		},
		Notes: []string{"注：一个项目由几位领导包抓的，在每位领导名下各列一次。"},
	}.Draw(s.Top(), charges)
}

// drawLeaders draws 分包抓领导: everybody on the roster, zeros included.
func (r *drawing) drawLeaders(s *workbook.Sheet, details *workbook.Drawn, lines []page.Leader) *workbook.Drawn {
	mine := workbook.Is(details.Column("包抓领导"), workbook.Own("包抓领导"))
	light := func(l workbook.Light) workbook.Condition {
		return workbook.Is(details.Column("总评"), workbook.Text(string(l)))
	}
	count := func(where ...workbook.Condition) func(page.Leader) workbook.Cell {
		return func(page.Leader) workbook.Cell { return workbook.CountIf(mine, where...) }
	}
	sum := func(heading string) func(page.Leader) workbook.Cell {
		return func(page.Leader) workbook.Cell { return workbook.SumKnown(details.Column(heading), mine) }
	}
	return workbook.Table[page.Leader]{
		Title: r.Title("重点项目分包抓领导汇总"), Left: r.AsOf(), Right: "单位：个、万元", Total: "合计", Ledger: true, Frozen: 2,
		Columns: []workbook.Column[page.Leader]{
			{"序号", 6, workbook.Ordinal, nil},
			{"包抓领导", 16, workbook.Label, func(l page.Leader) workbook.Cell { return workbook.Text(l.Name) }},
			{"职务", 14, workbook.Label, func(l page.Leader) workbook.Cell { return workbook.Text(l.Post) }},
			{"项目数", 9, workbook.Whole, count()},
			{"总投资", 13, workbook.Wan, sum("总投资")},
			{yearPlan, 13, workbook.Wan, sum(yearPlan)},
			{r.done(), 13, workbook.Wan, sum(r.done())},
			{ofPlan, 9, workbook.Percent, func(page.Leader) workbook.Cell { return r.share() }},
			{ahead, 10, workbook.Points, func(page.Leader) workbook.Cell { return r.lead() }},
			{"红灯", 7, workbook.Whole.Dash(), count(light(workbook.Red))},
			{"黄灯", 7, workbook.Whole.Dash(), count(light(workbook.Yellow))},
			{"绿灯", 7, workbook.Whole.Dash(), count(light(workbook.Green))},
		},
		Totals: map[string]workbook.Cell{
			"项目数":    r.TiedCount(r.Count(), "progress.projects"),
			"总投资":    r.TiedMoney(r.SumKnown("总投资"), "progress.investment_fen"),
			yearPlan: r.TiedMoney(r.SumKnown(yearPlan), "progress.year_plan_fen"),
			r.done(): r.TiedMoney(r.SumKnown(r.done()), "progress.year_to_date_fen"),
			ofPlan:   r.share(), ahead: r.lead(),
			"红灯": r.Count(r.Says("红黄绿灯/总评", string(workbook.Red))),
			"黄灯": r.Count(r.Says("红黄绿灯/总评", string(workbook.Yellow))),
			"绿灯": r.Count(r.Says("红黄绿灯/总评", string(workbook.Green))),
		},
		Notes: []string{"注：一个项目由几位领导包抓的，计入每位领导；合计按项目只计一次，可能小于各行之和。各项目见《包抓明细》。"},
	}.Draw(s.Top(), lines)
}
