package progress

import (
	"fmt"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Words of the column 入统.
const (
	inStatistics  = "已入统"
	outside       = "应入未入"
	outsideUnsaid = "应入未注明"
	tooEarly      = "未开工"
	tooSmall      = "未达标准"
	sizeUnknown   = "投资未定"
)

// inStatistics says how a project stands to the statistics of fixed-asset investment by
// its own return: 是否入统 against start and threshold.
func (r *Report) inStatistics(p page.Project) string {
	in, told := form.Progress.InStatistics.Of(p.Record())
	if !told && !form.Progress.StatisticsSince.Of(p.Record()).IsZero() {
		in = true
	}
	total := form.Progress.Total.Of(p.Record())
	switch {
	case in:
		return inStatistics
	case !r.started(p):
		return tooEarly
	case !total.Valid:
		return sizeUnknown
	case total.V < ledger.Money(r.County.Statistics.Threshold):
		return tooSmall
	case told:
		return outside
	}
	return outsideUnsaid
}

// drawStatistics draws 入统核对: against the return of the statistics, or, where there is
// none, by what the key projects say of themselves.
func (r *drawing) drawStatistics(s, entries *workbook.Sheet) {
	if len(r.Register.Counted(form.Statistics.Name.Form)) > 0 {
		r.drawReconciled(s, entries)
		return
	}
	entries.Flow(12, 10).Write(workbook.Text("本月没有收到《"+form.Statistics.Name.Form.Title+"》，没有可以逐项核对的入统数。"), workbook.Bulletin)
	flow := s.Flow(24, 5.5)
	flow.Write(workbook.Text(r.Title("重点项目入统核对")), workbook.Title)
	mine := r.Where("入统", "核对结果")
	classes := workbook.Table[string]{
		Caption: "一、核对结果", Left: r.AsOf(), Right: "单位：个、万元", Total: "合计",
		Columns: []workbook.Column[string]{
			{"核对结果", 22, workbook.Label, workbook.Text},
			{"项目数", 16.5, workbook.Whole.Dash(), func(string) workbook.Cell { return r.Count(mine) }},
			{"总投资", 22, workbook.Wan.Dash(), func(string) workbook.Cell { return r.Sum("总投资", mine) }},
			{yearPlan, 22, workbook.Wan.Dash(), func(string) workbook.Cell { return r.Sum(yearPlan, mine) }},
			{r.done(), 22, workbook.Wan.Dash(), func(string) workbook.Cell { return r.Sum(r.done(), mine) }},
			{"含义", 27.5, page.Small(workbook.Prose), func(class string) workbook.Cell { return workbook.Text(r.meaning(class)) }},
		},
	}.Draw(flow.Here(), []string{inStatistics, outside, outsideUnsaid, tooEarly, tooSmall, sizeUnknown})
	flow.Past(classes)
	flow.Gap(10)
	flow.Past(r.drawOutside(flow))
	flow.Write(workbook.Text("注：本表依据各责任单位在重点项目月报中填报的“是否入统”，未与统计部门名录核对。"), workbook.Remark)
}

func (r *Report) meaning(class string) string {
	threshold := ledger.Exactly(int64(r.County.Statistics.Threshold), int64(ledger.TenThousandYuan)) + "万元"
	return map[string]string{
		inStatistics:  "填报已入统",
		outside:       "已开工、总投资" + threshold + "及以上，填报未入统",
		outsideUnsaid: "已开工、总投资" + threshold + "及以上，是否入统未填",
		tooEarly:      "尚未开工，暂不需入统",
		tooSmall:      "总投资不足" + threshold,
		sizeUnknown:   "已开工，总投资未填",
	}[class]
}

// drawOutside draws the projects that should be in the statistics and are not.
func (r *Report) drawOutside(flow *workbook.Flow) *workbook.Drawn {
	f := &form.Progress
	var missing []page.Project
	for _, p := range r.Projects {
		if class := r.inStatistics(p); p.Counts() && (class == outside || class == outsideUnsaid) {
			missing = append(missing, p)
		}
	}
	return workbook.Table[page.Project]{
		Caption: fmt.Sprintf("二、应入统而未入统的项目（%d个）", len(missing)), Right: "单位：万元",
		Columns: []workbook.Column[page.Project]{
			{"序号", 5.5, workbook.Ordinal, nil},
			{"项目名称", 38.5, workbook.Prose, page.NameOf},
			{"责任单位", 16.5, workbook.Label, page.UnitOf},
			{"总投资", 16.5, workbook.Wan, page.Amount(f.Total)},
			{r.done(), 16.5, workbook.Wan, page.Amount(f.YearToDate)},
			{"实际开工", 11, workbook.Label, page.Shown(f.Start.Column)},
			{"开工至今\n（月）", 11, workbook.Ordinal, page.Cited(func(p page.Project) workbook.Cell {
				return workbook.Int(r.Period.Since(f.Start.Of(p.Record()).Period()))
			}, f.Start.Column)},
			{"入统灯", 16.5, workbook.Label,
				page.Cited(func(p page.Project) workbook.Cell { return lamp(r.Lights[p.Project].Statistics) }, judgedInStatistics()...)},
		},
	}.Draw(flow.Here(), missing)
}
