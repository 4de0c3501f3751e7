package reserve

import (
	"fmt"
	"strings"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// sources are where the money of a reserve project comes from.
var sources = []struct {
	name string
	of   form.Money
}{
	{"中央预算内", form.Reserve.Central}, {"专项债券", form.Reserve.Bonds}, {"超长期特别国债", form.Reserve.LongTerm},
	{"省市县财政", form.Reserve.Local}, {"银行贷款", form.Reserve.Loans}, {"社会资本", form.Reserve.Social}, {"其他", form.Reserve.Other},
}

// drawLedger draws 项目台账: every project of the reserve, the parts of packages under them.
func drawLedger(r *page.Report, s *workbook.Sheet) page.Base {
	columns := []workbook.Column[*page.Project]{
		{"序号", 6, workbook.Ordinal, page.Ordinal},
		{"项目名称", 36, workbook.Prose, page.NameOf},
		{"领域", 10, workbook.Label, page.FieldOf},
		{"批次", 6, workbook.Label, page.Cited(func(p *page.Project) workbook.Cell {
			return workbook.Text(page.StageLabel(r.County, form.Reserve.Stage.Of(p.Record())))
		}, form.Reserve.Stage.Column)},
		{"建设地点", 23, page.Small(workbook.Prose), page.Shown(form.Reserve.Place.Column)},
		{"总投资", 12, workbook.Wan, page.Amount(form.Reserve.Total)},
		{"已落实资金", 11, workbook.Wan, page.Amount(form.Reserve.Secured)},
		{"拟开工", 8, page.Small(workbook.Label), page.Month(form.Reserve.Start)},
		{"前期手续", 32, page.Small(workbook.Prose), page.Cited(func(p *page.Project) workbook.Cell { return workbook.Text(permits(p)) }, permitColumns()...)},
		{"成熟度", 6, workbook.Label, page.Cited(func(p *page.Project) workbook.Cell { return workbook.Text(maturity(p)) }, form.Reserve.Maturity.Column)},
		{"责任单位", 20, page.Small(workbook.Label), page.UnitOf},
		{"包抓领导", 10, workbook.Label, page.Shown(form.Reserve.Leader.Column)},
		{"说明", 38, page.Small(workbook.Prose), page.RemarkOf},
	}
	totals := map[string]workbook.Cell{"项目名称": r.TiedCount(page.CountOwn(), "reserve.projects").As(page.TotalCount)}
	printed := len(columns)
	columns = append(columns, []workbook.Column[*page.Project]{
		{"计数", 5, workbook.Label, page.Counting},
		{"项目代码", 24, page.Small(workbook.Label), page.Shown(form.Reserve.Code.Column)},
		{"建设规模及主要建设内容", 60, page.Small(workbook.Prose), page.Shown(form.Reserve.Content.Column)},
	}...)
	for _, source := range sources {
		columns = append(columns, workbook.Column[*page.Project]{"资金来源/" + source.name, 8, page.Small(workbook.Wan), page.Amount(source.of)})
		totals["资金来源/"+source.name] = page.SumOwn("资金来源/" + source.name)
	}
	totals["总投资"] = r.TiedMoney(page.SumOwn("总投资"), "reserve.investment_fen")
	totals["已落实资金"] = page.SumOwn("已落实资金")
	return page.NewBase(workbook.Table[*page.Project]{
		Title: r.Title("谋划储备项目台账"), Left: r.AsOf(), Right: "单位：万元", Total: "合计",
		Ledger: true, Dense: true, Frozen: 2, Printed: printed, Columns: columns, Totals: totals,
		Notes: []string{"注：合计只含“计数”栏为“计数”的项目；打包项目的子项列在其下，不计个数、不计金额。空白表示尚未填报，不等于零。计数、项目代码、建设内容和分来源资金在电子表右侧，打印从略。"},
	}.Draw(s.Top(), r.Projects), "总投资")
}

// maturity is the grade as declared.
func maturity(p *page.Project) string {
	if grade := form.Reserve.Maturity.Of(p.Record()); grade != "" {
		return grade
	}
	return "未评"
}

// permitsOf are the permits of a reserve project.
func permitsOf() []form.Choice {
	f := &form.Reserve
	return []form.Choice{f.Feasibility, f.Approval, f.Land, f.Planning, f.Environment, f.Energy}
}

func permitColumns() []*form.Column {
	var columns []*form.Column
	for _, permit := range permitsOf() {
		columns = append(columns, permit.Column)
	}
	return columns
}

// permits sums up the permits of a project: 已办结2/5；办理中：用地、环评. A permit that is not
// needed is not counted; nothing is said where nothing is known.
func permits(p *page.Project) string {
	done, needed := 0, 0
	var going []string
	for _, permit := range permitsOf() {
		switch permit.Of(p.Record()) {
		case "已完成":
			done++
			needed++
		case "办理中":
			going = append(going, permit.String())
			needed++
		case "未启动":
			needed++
		}
	}
	switch {
	case needed == 0:
		return ""
	case len(going) == 0:
		return fmt.Sprintf("已办结%d/%d", done, needed)
	}
	return fmt.Sprintf("已办结%d/%d；办理中：%s", done, needed, strings.Join(going, "、"))
}
