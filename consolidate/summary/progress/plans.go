package progress

import (
	"fmt"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A planChange is the year's plan of a project from a month on.
type planChange struct {
	*page.Project
	version int // 0 is the first known of the year
	was     consolidate.PlanVersion
	now     consolidate.PlanVersion
}

// drawPlans draws under 月度变动 the plans of the year that were changed since January:
// 年初计划 and each 调整. moves is nil in the first month, which has no earlier plans.
func (r *Report) drawPlans(s *workbook.Sheet, moves *workbook.Drawn) {
	if moves == nil {
		return
	}
	var changes []planChange
	for _, p := range r.Projects {
		versions := r.Plans[p.Project]
		for i, version := range versions {
			change := planChange{Project: p, version: i, now: version}
			if i > 0 {
				change.was = versions[i-1]
			}
			changes = append(changes, change)
		}
	}
	below := moves.Area().Below().Down(1)
	if len(changes) == 0 {
		below.Span(7, 1).Put(workbook.Text(fmt.Sprintf("%d年以来，各项目年度计划投资没有调整。", r.Period.Year)), workbook.Remark)
		return
	}
	workbook.Table[planChange]{
		Caption: "年度计划历次版本", Left: fmt.Sprintf("%d年内年度计划投资有调整的项目；末次为现行计划", r.Period.Year), Right: "单位：万元",
		Columns: []workbook.Column[planChange]{
			{"序号", 5, workbook.Ordinal, nil},
			{"版本", 6, workbook.Label, func(c planChange) workbook.Cell { return workbook.Text(c.word()) }},
			{"项目名称", 32, workbook.Prose, func(c planChange) workbook.Cell { return page.NameOf(c.Project) }},
			{"起始月份", 14, workbook.Label, func(c planChange) workbook.Cell { return workbook.Text(c.now.Since.Chinese()) }},
			{"原计划", 18, workbook.Wan, func(c planChange) workbook.Cell { return c.plan(c.was) }},
			{"年度计划", 18, workbook.Wan, func(c planChange) workbook.Cell { return c.plan(c.now) }},
			{"增减（万元）", 13, workbook.Wan.Signed(), func(planChange) workbook.Cell {
				return workbook.Minus(workbook.Own("年度计划"), workbook.Own("原计划"))
			}},
		},
	}.Draw(below, changes)
}

// plan is the plan of a version; blank if there is none.
func (c planChange) plan(v consolidate.PlanVersion) workbook.Cell {
	if v.Row == nil {
		return workbook.Blank
	}
	return workbook.Maybe(v.Plan, workbook.Money[ledger.Money]).
		From(page.FromRow{Project: c.Project.Project, Row: v.Row, Column: form.Progress.YearPlan.Column})
}

// word is 年初 for the plan of January, 首报 for a first one of later, else 调整.
func (c planChange) word() string {
	switch {
	case c.version > 0:
		return "调整"
	case c.now.Since.Month == 1:
		return "年初"
	}
	return "首报"
}
