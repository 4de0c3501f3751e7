package progress

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// place puts the projects in order: the worst light first, then what is furthest behind the share of the plan
// that is due; what cannot be judged by its plan comes last of its light.
func (r *Report) place() {
	behind := map[*consolidate.Project]*big.Rat{} // of each, the share of its year's plan
	for _, p := range r.Projects {
		points, known := form.Evaluate(form.Behind, r.Register.Env(p.Project))
		if !known {
			points = big.NewRat(-1_000_000, 1) // ahead of everything
		}
		behind[p.Project] = points
	}
	sorted := slices.Clone(r.Projects)
	slices.SortStableFunc(sorted, func(a, b *page.Project) int { return behind[b.Project].Cmp(behind[a.Project]) })
	for i, p := range sorted {
		r.behind[p.Project] = i
		if i > 0 && behind[p.Project].Cmp(behind[sorted[i-1].Project]) == 0 {
			r.behind[p.Project] = r.behind[sorted[i-1].Project]
		}
	}
	slices.SortStableFunc(sorted, func(a, b *page.Project) int {
		return cmp.Compare(r.Lights[b.Project].Overall(), r.Lights[a.Project].Overall())
	})
	r.worstFirst = sorted
}

// FurtherBehind orders two projects by how much of its year's plan each is behind what is due, the one that is
// further behind first; what cannot be judged by its plan comes last.
func (r *Report) FurtherBehind(a, b *page.Project) int {
	return cmp.Compare(r.behind[a.Project], r.behind[b.Project])
}

// worst are the projects that are such, the worst first.
func (r *Report) worst(such func(*page.Project) bool) []*page.Project {
	var all []*page.Project
	for _, p := range r.worstFirst {
		if such(p) {
			all = append(all, p)
		}
	}
	return all
}

// behindhand are the projects of red and yellow lights, the worst first.
func (r *Report) behindhand() []*page.Project {
	return r.worst(func(p *page.Project) bool { return p.Counts() && r.Lights[p.Project].Overall() >= rating.Yellow })
}

// OfLevel are the projects of a level, the worst first.
func (r *Report) OfLevel(l form.ProgressLevel) []*page.Project {
	return r.worst(func(p *page.Project) bool { return ofLevel(p, l) })
}

// drawBoard draws 红黄绿榜: the red projects, then the yellow ones, with what is behind. Green ones are
// a number.
func (r *Report) drawBoard(s *workbook.Sheet, lines []*page.Project) *workbook.Drawn {
	f := &form.Progress
	lit := map[rating.Light]int{}
	for _, p := range r.Projects {
		if p.Counts() {
			lit[r.Lights[p.Project].Overall()]++
		}
	}
	return workbook.Table[*page.Project]{
		Title: r.Title("重点项目红黄绿榜"), Right: "单位：万元", Total: "合计", Ledger: true, Dense: true, Frozen: 4,
		Left: fmt.Sprintf("%s　红灯%d个、黄灯%d个、绿灯%d个、不评%d个", r.AsOf(), lit[rating.Red], lit[rating.Yellow], lit[rating.Green], lit[rating.NoLight]),
		Columns: []workbook.Column[*page.Project]{
			{"序号", 5, workbook.Ordinal, nil},
			{"总评", 7, workbook.Label, r.Overall},
			{"责任单位", 20, workbook.Label, page.UnitOf},
			{"项目名称", 34, workbook.Prose, page.NameOf},
			{"级别", 5, workbook.Label, page.Shown(f.Level.Column)},
			{"包抓领导", 10, workbook.Label, page.Shown(f.Leader.Column)},
			{YearPlan, 11, workbook.Wan, page.Amount(f.YearPlan)},
			{r.Done(), 11, workbook.Wan, page.Amount(f.YearToDate)},
			{OfPlan, 8, workbook.Percent, func(*page.Project) workbook.Cell { return r.share() }},
			{Due, 7, workbook.Percent, r.due},
			{Ahead, 9, workbook.Points, func(*page.Project) workbook.Cell { return ownLead }},
			{"落后事项", 28, workbook.Prose, r.CitedEntry(func(p *page.Project) workbook.Cell { return workbook.Text(r.Behind(p)) }, rating.LightColumns()...)},
		},
		Totals: map[string]workbook.Cell{
			"项目名称": workbook.CountA(workbook.Rows("项目名称")).As(page.TotalCount),
			OfPlan: r.share(),
		},
		Notes: []string{"注：红灯在前、黄灯在后，同灯按落后多少排列。总评取开工、进度、资金、入统各灯中最差的；评灯标准见编制说明。"},
	}.Draw(s.Top(), lines)
}

// Behind says what of a project is behind, the lights that are red or yellow.
func (r *Report) Behind(p *page.Project) string {
	var what []string
	lights := r.Lights[p.Project]
	say := func(l rating.Light, text string) {
		if l >= rating.Yellow {
			what = append(what, text+"（"+l.String()+"）")
		}
	}
	if lights.Start >= rating.Yellow {
		due := form.Progress.PlanStart.Of(p.Record())
		say(lights.Start, fmt.Sprintf("计划%s开工，逾期%d个月未开工", due, r.Period.Since(due.Last().Period())))
	}
	if behind, known := form.Evaluate(form.Behind, r.Register.Env(p.Project)); known {
		say(lights.Progress, "进度落后"+new(big.Rat).Mul(behind, big.NewRat(100, 1)).FloatString(1)+"个百分点")
	}
	since := form.Progress.Start.Of(p.Record()).Period()
	say(lights.Funds, "资金未到位")
	if lights.Statistics >= rating.Yellow {
		say(lights.Statistics, fmt.Sprintf("开工%d个月未入统", r.Period.Since(since)))
	}
	return strings.Join(what, "；")
}

// drawProblems draws 存在问题: what departments say stands in the way, what they ask for, and
// the problems that stand open on the ledger of obstacles.
func (r *Report) drawProblems(s *workbook.Sheet) {
	f := &form.Progress
	obstacles := r.ObstaclesOf()
	troubled := r.worst(func(p *page.Project) bool {
		return f.Problems.Value(p.Record()).Known || f.Requests.Value(p.Record()).Known || r.hindering(p, obstacles) != ""
	})
	if len(troubled) == 0 {
		r.Omit(s, "没有填报存在问题的项目")
		return
	}
	workbook.Table[*page.Project]{
		Title: r.Title("重点项目存在问题"), Left: fmt.Sprintf("%s　共%d个项目", r.AsOf(), len(troubled)), Ledger: true, Dense: true, Frozen: 2, Printed: 9,
		Columns: []workbook.Column[*page.Project]{
			{"序号", 5, workbook.Ordinal, nil},
			{"项目名称", 28, page.Small(workbook.Prose), page.NameOf},
			{"级别", 6, page.Small(workbook.Label), page.Shown(f.Level.Column)},
			{"责任单位", 14, page.Small(workbook.Label), page.UnitOf},
			{"包抓领导", 10, workbook.Label, page.Shown(f.Leader.Column)},
			{"总评", 7, workbook.Label, r.Overall},
			{"存在问题", 30, page.Small(workbook.Prose), page.Shown(f.Problems.Column)},
			{"需协调事项", 26, page.Small(workbook.Prose), page.Shown(f.Requests.Column)},
			{"在账堵点难点（未销号）", 32, page.Small(workbook.Prose), page.Word(func(p *page.Project) string { return r.hindering(p, obstacles) })},
			{"下月计划", 24, workbook.Prose, page.Shown(f.NextMonth.Column)},
		},
	}.Draw(s.Top(), troubled)
}
