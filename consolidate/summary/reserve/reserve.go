// Package reserve draws workbook A, 谋划储备项目汇总: the reserve projects (四个一批) as a ledger, and
// over it the sheets by stage, field and unit. A file is a sheet or a few that belong together; its
// goldens are in testdata.
package reserve

import (
	"fmt"
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// A drawing is workbook A, 谋划储备项目汇总, with what the other sheets are drawn over.
type drawing struct {
	*page.Report
	page.Base
	moves *workbook.Drawn // 月度变动; nil in the first month
}

// Subject is what the workbook is on; its file's name holds it.
const Subject = "谋划储备项目汇总"

// A Workbook is 谋划储备项目汇总 as it was drawn, for those that quote it.
type Workbook struct {
	*page.Report
	Headline workbook.Ref    // the month in a sentence
	Ledger   *workbook.Drawn // 项目台账: a line for each of Projects
	Stages   *workbook.Drawn // 四个一批: a line for each of StageNames
	Fields   *workbook.Drawn // 分领域: a line for each of FieldNames
	Units    *workbook.Drawn // 分责任单位: a line for each of UnitLines

	StageNames []string // the county's stages, and 未填报 where there is any
	FieldNames []string
	UnitLines  []page.UnitLine
}

var columns = page.ProjectColumns{Unit: form.Reserve.Department, Field: form.Reserve.Field}

// Draw makes 谋划储备项目汇总.
func Draw(m *consolidate.Month) *Workbook {
	w := page.NewReport(m, form.Reserve.Name.Form, Subject, columns)
	front := w.Book.Sheet("封面与编制说明", workbook.A4Portrait.OnOnePage())
	overview := w.Book.Sheet("总览", workbook.A4Landscape.OnOnePage()).Shows(workbook.Front, "一页看全：项目数、总投资、批次、领域、资金、成熟度")
	stages := w.Book.Sheet("四个一批", workbook.A4Landscape).Shows(workbook.Lists, "各批次项目数和总投资，与上月相比，分领域，批次变动")
	fields := w.Book.Sheet("分领域", workbook.A4Landscape.OnOnePage()).Shows(workbook.Lists, "各领域的项目、投资、批次、成熟度和资金落实")
	units := w.Book.Sheet("分责任单位", workbook.A4Landscape).Shows(workbook.Lists, "各责任单位的项目数和总投资，按批次")
	projects := w.Book.Sheet("项目台账", workbook.A3Landscape).Shows(workbook.Ledgers, "每个项目一行，可筛选；各表合计均取自本表")
	moves := w.Book.Sheet("月度变动", workbook.A4Landscape).Shows(workbook.Ledgers, "比上月新增、退库、换批次、调整金额的项目")
	advanced, advance := advances(w), (*workbook.Sheet)(nil)
	if len(advanced) > 0 {
		advance = w.Book.Sheet("批次核对", workbook.A4Landscape).
			Shows(workbook.Workings, "同时列入重点项目的储备项目，批次与建设状态是否相符")
	}
	balance := w.Book.Sheet("对账", workbook.Landscape).Shows(workbook.Workings, "报送数怎样成为公布数，逐单位核对一致")

	r := &drawing{Report: w, Base: drawLedger(w, projects)}
	r.moves = w.DrawMovements(moves, form.Reserve.Stage, form.Reserve.Total, page.Bridged{
		Projects: r.Ledger.Total("项目名称"), Money: r.Ledger.Total("总投资"), ProjectsFigure: "reserve.projects", MoneyFigure: "reserve.investment_fen"})
	made := &Workbook{Report: w, Ledger: r.Ledger, StageNames: r.stages(), FieldNames: r.fields(), UnitLines: r.UnitLines("", nil, nil)}
	made.Stages, made.Fields, made.Units = r.drawStages(stages), r.drawFields(fields), r.drawUnits(units, made.UnitLines)
	if advance != nil {
		r.drawAdvance(advance, advanced)
	}
	r.DrawBalance(balance, r.Base)
	made.Headline = r.drawOverview(overview, made.Stages, made.Fields)
	parts := len(r.Projects) - len(m.Register.Counted(r.Form))
	scope := workbook.Sentence("全县谋划储备项目 ", r.Ledger.Total("项目名称"), fmt.Sprintf("（另列示打包子项 %d 个，不计数）", parts))
	r.DrawCover(front, r.Cover(made.Headline, scope,
		"本册按“四个一批”（"+strings.Join(m.County.Stages, "、")+"）汇总全县谋划储备项目，由各责任单位报送的谋划储备项目表整理而成；合计、小计均为台账上的公式，可逐项追溯。",
		"同一项目由几个单位上报的，按项目代码和名称，其次按名称和项目单位，再次按名称用词和总投资（建设地点）认定为一个项目，只计一次；名称中的期、标段、编号、方位、镇村不同的不认作同一项目；"+
			"其中总投资等按县里规定的权威顺序逐项采用，疑似重复和冲突列在《核对底稿》、由人判定；打包项目按一个项目计，子项列在其下、标明“子项”，不计个数、不计金额。",
		"责任单位未报、项目漏报的，沿用上月采用数，在台账“说明”栏标明“沿用”；退回的行、待核的数不采用，沿用上次采用数。",
		"空白表示责任单位尚未填报，不等于零；谋划阶段项目的总投资可以未定，计个数、不计金额。",
		"台账金额单位为万元，汇总表为亿元，按元、角、分精确汇总后显示两位小数；比例按原始金额计算。",
		"责任单位、领域按县定名称归并，名录以外的归入“其他”，原填写内容见台账“说明”栏。"))
	return made
}

// stages are the county's stages in order, and 未填报 where a project has none, now or as published the
// month before, so that they make up the whole.
func (r *drawing) stages() []string {
	stages := slices.Clone(r.County.Stages)
	if r.unstagedBefore() != 0 || slices.ContainsFunc(r.Projects, func(p *page.Project) bool {
		return p.Counts() && form.Reserve.Stage.Of(p.Record()) == ""
	}) {
		stages = append(stages, page.Unnamed)
	}
	return stages
}

// unstagedBefore is how many of the projects published the month before were of no stage.
func (r *drawing) unstagedBefore() int64 {
	return r.beyondStages(".projects", r.Published["reserve.projects"])
}

// beyondStages is what is left of a published whole after the stages.
func (r *drawing) beyondStages(measure string, whole int64) int64 {
	for _, stage := range form.StageFigures {
		whole -= r.Published["reserve."+stage+measure]
	}
	return whole
}

// fields are the county's fields in order, and those of no known field where there are any.
func (r *drawing) fields() []string {
	var names []string
	for _, field := range r.County.Fields {
		names = append(names, field.Name)
	}
	for _, rest := range []string{page.Other, page.Unnamed} {
		if slices.ContainsFunc(r.Projects, func(p *page.Project) bool { return p.Counts() && p.Field == rest }) {
			names = append(names, rest)
		}
	}
	return names
}
