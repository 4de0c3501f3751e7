package progress

import (
	"fmt"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// entry says how a project stands to the statistics of fixed-asset investment.
func (r *Report) entry(p *page.Project) workbook.Cell {
	return workbook.Text(string(r.Entries[p.Project].State))
}

// drawStatistics draws 入统核对: against the return of the statistics, or, where there is
// none, by what the key projects say of themselves.
func (r *drawing) drawStatistics(s, entries *workbook.Sheet) {
	if len(r.listed()) > 0 {
		r.drawReconciled(s, entries)
		return
	}
	r.Omit(entries, "未收到《"+form.Statistics.Name.Form.Title+"》")
	flow := s.Flow(24, 5.5)
	flow.Write(workbook.Text(r.Title("重点项目入统核对")), workbook.Title)
	mine := r.Where("入统", "核对结果")
	type state = consolidate.EntryState
	classes := workbook.Table[state]{
		Caption: "一、核对结果", Left: r.AsOf(), Right: "单位：个、万元", Total: "合计",
		Columns: []workbook.Column[state]{
			{"核对结果", 22, workbook.Label, func(s state) workbook.Cell { return workbook.Text(string(s)) }},
			{"项目数", 16.5, workbook.Whole.Dash(), func(state) workbook.Cell { return r.Count(mine) }},
			{"总投资", 22, workbook.Wan.Dash(), func(state) workbook.Cell { return r.Sum("总投资", mine) }},
			{YearPlan, 22, workbook.Wan.Dash(), func(state) workbook.Cell { return r.Sum(YearPlan, mine) }},
			{r.Done(), 22, workbook.Wan.Dash(), func(state) workbook.Cell { return r.Sum(r.Done(), mine) }},
			{"含义", 27.5, page.Small(workbook.Prose), func(s state) workbook.Cell { return workbook.Text(r.meaning(s)) }},
		},
	}.Draw(flow.Here(), consolidate.EntryStates())
	flow.Past(classes)
	flow.Gap(10)
	flow.Past(r.drawOutside(flow))
	flow.Write(workbook.Text("注：本表依据各责任单位在重点项目月报中填报的“是否入统”，未与统计部门名录核对。"), workbook.Remark)
}

func (r *Report) meaning(s consolidate.EntryState) string {
	threshold := ledger.Exactly(int64(r.County.Statistics.Threshold), int64(ledger.TenThousandYuan)) + "万元"
	return map[consolidate.EntryState]string{
		consolidate.InStatistics:    "填报已入统",
		consolidate.OutOfStatistics: "已开工、总投资" + threshold + "及以上，过了规定时间，填报未入统",
		consolidate.OutUnsaid:       "已开工、总投资" + threshold + "及以上，过了规定时间，是否入统未填",
		consolidate.NotYetDue:       "已开工、总投资" + threshold + "及以上，未到规定入统时间",
		consolidate.NotStarted:      "尚未开工，暂不需入统",
		consolidate.TooSmall:        "总投资不足" + threshold,
		consolidate.SizeUnknown:     "已开工，总投资未填",
	}[s]
}

// drawOutside draws the projects that should be in the statistics and are not.
func (r *Report) drawOutside(flow *workbook.Flow) *workbook.Drawn {
	f := &form.Progress
	var missing []*page.Project
	for _, p := range r.Projects {
		if state := r.Entries[p.Project].State; p.Counts() && (state == consolidate.OutOfStatistics || state == consolidate.OutUnsaid) {
			missing = append(missing, p)
		}
	}
	return workbook.Table[*page.Project]{
		Caption: fmt.Sprintf("二、应入统而未入统的项目（%d个）", len(missing)), Right: "单位：万元",
		Columns: []workbook.Column[*page.Project]{
			{"序号", 5.5, workbook.Ordinal, nil},
			{"项目名称", 38.5, workbook.Prose, page.NameOf},
			{"责任单位", 16.5, workbook.Label, page.UnitOf},
			{"总投资", 16.5, workbook.Wan, page.Amount(f.Total)},
			{r.Done(), 16.5, workbook.Wan, page.Amount(f.YearToDate)},
			{"实际开工", 11, workbook.Label, page.Month(f.Start)},
			{"开工至今\n（月）", 11, workbook.Ordinal, page.Cited(func(p *page.Project) workbook.Cell {
				return workbook.Int(r.Period.Since(f.Start.Of(p.Record()).Period()))
			}, f.Start.Column)},
			{"入统灯", 16.5, workbook.Label,
				r.CitedEntry(func(p *page.Project) workbook.Cell { return lamp(r.Lights[p.Project].Statistics) }, consolidate.EntryColumns()...)},
		},
	}.Draw(flow.Here(), missing)
}
