// Package progress draws workbook B, 重点项目进展汇总: the key projects with their lights as a ledger,
// and over it the sheets by level, unit and leader, what stands in the way, and 入统核对, where the
// projects meet the statistics. A file is a sheet or a few that belong together; its goldens are in
// testdata.
//
// A Report is the projects as this workbook judges them; the bulletin reads it for what it says of
// lights and leaders.
package progress

import (
	"fmt"
	"slices"

	"huizong/consolidate"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Subject is what the workbook is on; its file's name holds it.
const Subject = "重点项目进展汇总"

// A Report is workbook B, 重点项目进展汇总.
type Report struct {
	*page.Report
	Lights map[*consolidate.Project]rating.Lights
	Levels []form.ProgressLevel // those that are shown

	behind     map[*consolidate.Project]int // the place of each, from 0, by how far it is behind what is due of its plan; equal ones share one
	worstFirst []*page.Project              // all of them
}

// A drawing is workbook B with its ledger drawn, which all totals are taken over.
type drawing struct {
	*Report
	page.Base
}

// A Workbook is 重点项目进展汇总 as it was drawn, for those that quote it.
type Workbook struct {
	*Report
	Headline workbook.Ref    // the month in a sentence
	Ledger   *workbook.Drawn // 项目台账: a line for each of Projects
	Board    *workbook.Drawn // 红黄绿榜: a line for each of Behindhand
	Units    *workbook.Drawn // 分责任单位: a line for each of UnitLines
	Leaders  *workbook.Drawn // 分包抓领导: a line for each of Charged

	Behindhand []*page.Project
	UnitLines  []page.UnitLine
	Charged    []page.Leader

	rows map[*consolidate.Project]int // of the ledger
}

// RowOf is the row of a project in the ledger, from 0.
func (w *Workbook) RowOf(p *page.Project) int { return w.rows[p.Project] }

// ReportOf judges the projects of a month.
func ReportOf(m *consolidate.Month) *Report {
	columns := page.ProjectColumns{Unit: form.Progress.Department, Field: form.Progress.Field}
	r := &Report{Report: page.NewReport(m, form.Progress.Name.Form, Subject, columns), Lights: map[*consolidate.Project]rating.Lights{},
		behind: map[*consolidate.Project]int{}}
	for _, p := range r.Projects {
		r.Lights[p.Project] = rating.LightsOf(m, p.Project)
		if planAboveTotal(p) {
			p.Remark = page.Join(p.Remark, "年度计划大于总投资，待核")
		}
	}
	r.place()
	for _, l := range form.ProgressLevels {
		if !l.Optional || m.Figures[l.Figure+".projects"] > 0 {
			r.Levels = append(r.Levels, l)
		}
	}
	return r
}

// planAboveTotal reports whether more is planned for the year than the project comes to.
func planAboveTotal(p *page.Project) bool {
	plan, total := form.Progress.YearPlan.Of(p.Record()), form.Progress.Total.Of(p.Record())
	return plan.Valid && total.Valid && plan.V > total.V
}

// Draw makes 重点项目进展汇总.
func Draw(m *consolidate.Month) *Workbook {
	w := ReportOf(m)
	front := w.Book.Sheet("封面与编制说明", workbook.A4Portrait.OnOnePage())
	overview := w.Book.Sheet("总览", workbook.A4Landscape).Shows(workbook.Front, "项目数、年度计划、完成投资、时序、红黄绿灯，各单位进度由后到前")
	var levels []*workbook.Sheet
	for _, l := range w.Levels {
		levels = append(levels, w.Book.Sheet(l.Name+"重点", w.levelPage(l)).
			Shows(workbook.Lists, l.Name+"重点项目逐项进展、红黄绿灯和存在问题"))
	}
	board := w.Book.Sheet("红黄绿榜", workbook.A4Landscape).Shows(workbook.Lists, "红灯、黄灯项目及其落后事项")
	units := w.Book.Sheet("分责任单位", workbook.A4Landscape).Shows(workbook.Lists, "各责任单位的项目、计划、完成和时序")
	leaders := w.Book.Sheet("分包抓领导", workbook.A4Landscape).Shows(workbook.Lists, "各包抓领导的项目、计划、完成和红黄灯")
	details := w.Book.Sheet("包抓明细", workbook.A4Landscape).Shows(workbook.Ledgers, "每位包抓领导的项目，逐项列示")
	problems := w.Book.Sheet("存在问题", workbook.A4Landscape).Shows(workbook.Ledgers, "责任单位填报的存在问题，逐项列示")
	statistics := w.Book.Sheet("入统核对", workbook.A4Landscape).Shows(workbook.Workings, "重点项目与统计局入统项目、发改口径与统计口径投资对照")
	entries := w.Book.Sheet("入统明细", workbook.A3Landscape).Shows(workbook.Workings, "逐项核对：应入未入、已入统、金额差异")
	ledgerSheet := w.Book.Sheet("项目台账", workbook.A3Landscape).Shows(workbook.Ledgers, "每个项目一行，可筛选；各表合计均取自本表")
	moves := w.Book.Sheet("月度变动", workbook.A4Landscape).Shows(workbook.Ledgers, "比上月新增、退库、换类别、调整年度计划的项目")
	balance := w.Book.Sheet("对账", workbook.Landscape).Shows(workbook.Workings, "报送数怎样成为公布数，逐单位核对一致")

	r := &drawing{w, w.drawLedger(ledgerSheet)}
	for i, l := range r.Levels {
		r.drawLevel(levels[i], l)
	}
	made := &Workbook{Report: w, Ledger: r.Ledger, Behindhand: w.behindhand(), UnitLines: w.rankedUnits(), Charged: w.leaders(),
		rows: map[*consolidate.Project]int{}}
	for i, p := range w.Projects {
		made.rows[p.Project] = i
	}
	made.Board = r.drawBoard(board, made.Behindhand)
	made.Units = r.drawUnits(units, made.UnitLines)
	made.Leaders = r.drawLeaders(leaders, r.drawDetails(details), made.Charged)
	r.drawProblems(problems)
	r.drawStatistics(statistics, entries)
	r.drawPlans(moves, r.DrawMovements(moves, form.Progress.Class, form.Progress.YearPlan, page.Bridged{
		Projects: r.Ledger.Total("项目名称"), Money: r.Ledger.Total(YearPlan), ProjectsFigure: "progress.projects", MoneyFigure: "progress.year_plan_fen"}))
	r.DrawBalance(balance, r.Base)
	r.drawOverview(overview, made)
	r.DrawCover(front, r.Cover(made.Headline, r.scope(), r.notes()...))
	return made
}

// scope says how many projects of each level there are, and how many in all: a project of
// two levels is one project.
func (r *drawing) scope() workbook.Cell {
	parts := []any{"重点项目 ", r.Ledger.Total("项目名称"), "，其中"}
	for i, l := range r.Levels {
		if i > 0 {
			parts = append(parts, "、")
		}
		parts = append(parts, l.Name+" ", workbook.As(r.countLevel(l), workbook.Whole), "个")
	}
	return workbook.Sentence(append(parts, "（兼有两级的各计一次，合计只计一次）")...)
}

func (r *Report) notes() []string {
	c := r.County
	return []string{
		"本册由各责任单位报送的重点项目建设进展月报表整理而成；合计均为台账上的公式，可逐项追溯。级别可以兼有，省级、市级分别列示，合计按项目只计一次。",
		fmt.Sprintf("占年度计划＝%s累计完成投资÷年度计划投资，按原始金额计算；时序进度为%d/12，有分月计划的项目按其分月计划；相差以百分点表示，负数为落后。", r.ToDate(), r.Period.Month),
		"开工率＝已开工项目数÷" + r.startedOver() + "；已开工指实际开工时间不晚于" + r.Period.End().String() + "。",
		fmt.Sprintf("进度灯：落后时序进度%s至%s个百分点（含）为黄灯，超过%[2]s个百分点为红灯。"+
			"开工灯：到期未开工，当月起为黄灯，逾%d个月为红灯。入统灯：总投资%s万元及以上、开工满%d个月未入统为黄灯，满%d个月为红灯；是否入统以统计局入统表为准，没有该表的按责任单位填报。资金灯尚未设定标准，不评。前期项目不评灯。总评取各灯中最差的。",
			points(int64(c.Lights.BehindYellow)), points(int64(c.Lights.BehindRed)), c.Lights.StartRed,
			ledger.Exactly(int64(c.Statistics.Threshold), int64(ledger.TenThousandYuan)), c.Lights.StatisticsYellow, c.Lights.StatisticsRed),
		"较上月与上月公布数相比。责任单位未报、项目漏报的，沿用上月采用数（本月完成投资除外），在“说明”栏标明“沿用”；空白表示尚未填报，不等于零。",
		"本册完成投资为发改口径（责任单位填报），与统计部门的入统投资不是同一指标，不作合并。",
	}
}

// points writes a rate as points: 10.
func points(millionths int64) string { return ledger.Exactly(millionths, form.RateScale/100) }

// startedOver names the denominator of 开工率.
func (r *Report) startedOver() string {
	if r.County.Progress.OverNew() {
		return "新开工项目数"
	}
	return "全部项目数"
}

// ofLevel reports whether a project is one of a level.
func ofLevel(p *page.Project, l form.ProgressLevel) bool {
	return slices.Contains(form.Progress.Level.Of(p.Record()), l.Name)
}

// countLevel counts the projects of a level that meet the conditions.
func (r *drawing) countLevel(l form.ProgressLevel, where ...workbook.Condition) workbook.Cell {
	return r.Count(append([]workbook.Condition{r.Says("级别/"+l.Name, "√")}, where...)...)
}

// started reports whether a project had started by the end of the month.
func (r *Report) started(p *page.Project) bool {
	return form.Started.Judge(r.Register.Env(p.Project)) == form.Passes
}

// Words of the column 开工.
const (
	isStarted  = "已开工"
	notStarted = "未开工"
)

// startedBase are the conditions with that of the denominator of 开工率, which the county
// chose: all projects, or those of 新开工 alone.
func (r *drawing) startedBase(where ...workbook.Condition) []workbook.Condition {
	if r.County.Progress.OverNew() {
		return append(slices.Clone(where), r.Says("类别", "新开工"))
	}
	return where
}

// startedShare is 开工率 over the projects that meet the conditions.
func (r *drawing) startedShare(where ...workbook.Condition) workbook.Cell {
	base := r.startedBase(where...)
	return workbook.Quotient(r.Count(append(slices.Clone(base), r.Says("开工", isStarted))...), r.Count(base...))
}

// lamp is the cell of a light.
func lamp(l rating.Light) workbook.Cell {
	return workbook.Lamp([...]workbook.Light{workbook.Unlit, workbook.Green, workbook.Yellow, workbook.Red}[l])
}
