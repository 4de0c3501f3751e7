package progress

import (
	"fmt"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// A charge is a project that a leader sees through; a project of two leaders is two charges.
type charge struct {
	leader string
	*page.Project
}

// LeadersOf are the leaders that a project names, as the roster spells them; 未明确 if it names none.
func (r *Report) LeadersOf(p *page.Project) []string {
	return r.Roster.Charged(form.Progress.Leader.Of(p.Record()))
}

// leaders are the roster in its order, zeros included, then those that projects name besides.
func (r *Report) leaders() []page.Leader {
	var named []string
	for _, p := range r.Projects {
		named = append(named, r.LeadersOf(p)...)
	}
	return r.Roster.With(named)
}

// drawDetails draws 包抓明细: the projects of each leader, the worst first.
func (r *Report) drawDetails(s *workbook.Sheet) *workbook.Drawn {
	f := &form.Progress
	mine := map[string][]charge{}
	for _, p := range r.worstFirst {
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
	of := func(value func(*page.Project) workbook.Cell) func(charge) workbook.Cell {
		return func(c charge) workbook.Cell { return value(c.Project) }
	}
	return workbook.Table[charge]{
		Title: r.Title("县级领导包抓重点项目明细"), Left: r.AsOf(), Right: "单位：万元", Ledger: true, Dense: true, Frozen: 3, Printed: 12,
		Columns: []workbook.Column[charge]{
			{"序号", 5, workbook.Ordinal, nil},
			{"包抓领导", 12, workbook.Label, func(c charge) workbook.Cell {
				return workbook.Text(c.leader).From(page.Cite(c.Project, f.Leader.Column))
			}},
			{"项目名称", 42, workbook.Prose, of(page.NameOf)},
			{"级别", 7, workbook.Label, of(page.Shown(f.Level.Column))},
			{"责任单位", 22, page.Small(workbook.Label), of(page.UnitOf)},
			{"总投资", 11, workbook.Wan, of(page.Amount(f.Total))},
			{YearPlan, 11, workbook.Wan, of(page.Amount(f.YearPlan))},
			{r.Done(), 11, workbook.Wan, of(page.Amount(f.YearToDate))},
			{OfPlan, 8, workbook.Percent, func(charge) workbook.Cell { return r.share() }},
			{Due, 7, workbook.Percent, of(r.due)},
			{Ahead, 9, workbook.Points, func(charge) workbook.Cell { return ownLead }},
			{"总评", 7, workbook.Label, of(r.Overall)},
			{"存在问题", 50, page.Small(workbook.Prose), of(page.Shown(f.Problems.Column))},
		},
		Notes: r.detailNotes(),
	}.Draw(s.Top(), charges)
}

func (r *Report) detailNotes() []string {
	notes := []string{"注：一个项目由几位领导包抓的，在每位领导名下各列一次。"}
	if n := r.countOf(planAboveTotal); n > 0 {
		notes = append(notes, fmt.Sprintf("年度计划大于总投资的项目有%d个，待核，见《项目台账》“说明”栏。", n))
	}
	return notes
}

// countOf is how many of the projects that count are such.
func (r *Report) countOf(such func(*page.Project) bool) int {
	n := 0
	for _, p := range r.Projects {
		if p.Counts() && such(p) {
			n++
		}
	}
	return n
}

// drawLeaders draws 分包抓领导: everybody on the roster, zeros included.
func (r *drawing) drawLeaders(s *workbook.Sheet, details *workbook.Drawn, lines []page.Leader) *workbook.Drawn {
	mine := workbook.Block(details.Column("包抓领导"), workbook.Own("包抓领导"))
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
		Title: r.Title("重点项目分包抓领导汇总"), Left: r.AsOf(), Right: "单位：个、万元", Total: "合计", Ledger: true, Dense: true, Frozen: 2,
		Columns: []workbook.Column[page.Leader]{
			{"序号", 6, workbook.Ordinal, nil},
			{"包抓领导", 16, workbook.Label, func(l page.Leader) workbook.Cell { return workbook.Text(l.Name) }},
			{"职务", 14, workbook.Label, func(l page.Leader) workbook.Cell { return workbook.Text(l.Post) }},
			{"项目数", 9, workbook.Whole, count()},
			{"总投资", 13, workbook.Wan, sum("总投资")},
			{YearPlan, 13, workbook.Wan, sum(YearPlan)},
			{r.Done(), 13, workbook.Wan, sum(r.Done())},
			{OfPlan, 9, workbook.Percent, func(page.Leader) workbook.Cell { return r.share() }},
			{Ahead, 10, workbook.Points, func(page.Leader) workbook.Cell { return r.lead() }},
			{"红灯", 7, workbook.Whole.Dash(), count(light(workbook.Red))},
			{"黄灯", 7, workbook.Whole.Dash(), count(light(workbook.Yellow))},
			{"绿灯", 7, workbook.Whole.Dash(), count(light(workbook.Green))},
		},
		Totals: map[string]workbook.Cell{
			"项目数":    r.TiedCount(r.Count(), "progress.projects"),
			"总投资":    r.TiedMoney(r.SumKnown("总投资"), "progress.investment_fen"),
			YearPlan: r.TiedMoney(r.SumKnown(YearPlan), "progress.year_plan_fen"),
			r.Done(): r.TiedMoney(r.SumKnown(r.Done()), "progress.year_to_date_fen"),
			OfPlan:   r.share(), Ahead: r.lead(),
			"红灯": r.Count(r.Says("红黄绿灯/总评", string(workbook.Red))),
			"黄灯": r.Count(r.Says("红黄绿灯/总评", string(workbook.Yellow))),
			"绿灯": r.Count(r.Says("红黄绿灯/总评", string(workbook.Green))),
		},
		Notes: []string{"注：一个项目由几位领导包抓的，每位领导各计一次；合计按项目只计一次，可能小于各行之和。各项目见《包抓明细》。"},
	}.Draw(s.Top(), lines)
}
