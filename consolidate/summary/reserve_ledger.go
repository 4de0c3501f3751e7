package summary

import (
	"fmt"
	"strings"

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
func drawReserveLedger(r *report, s *workbook.Sheet) base {
	columns := []workbook.Column[project]{
		{"序号", 6, workbook.Ordinal, place},
		{"项目名称", 26, workbook.Prose, nameOf},
		{"项目代码", 13, small(workbook.Label), shown(form.Reserve.Code.Column)},
		{"领域", 9, workbook.Label, fieldOf},
		{"批次", 6, workbook.Label, cited(func(p project) workbook.Cell {
			return workbook.Text(stageLabel(r.County, form.Reserve.Stage.Of(p.Record())))
		}, form.Reserve.Stage.Column)},
		{"建设地点", 13, workbook.Prose, shown(form.Reserve.Place.Column)},
		{"建设规模及主要建设内容", 34, small(workbook.Prose), shown(form.Reserve.Content.Column)},
		{"总投资", 12, workbook.Wan, amount(form.Reserve.Total)},
	}
	totals := map[string]workbook.Cell{"项目名称": r.number(countOwn(), "reserve.projects").As(totalCount)}
	for _, source := range sources {
		columns = append(columns, workbook.Column[project]{"资金来源/" + source.name, 8, small(workbook.Wan), amount(source.of)})
		totals["资金来源/"+source.name] = sumOwn("资金来源/" + source.name)
	}
	columns = append(columns, []workbook.Column[project]{
		{"已落实资金", 8, small(workbook.Wan), amount(form.Reserve.Secured)},
		{"拟开工", 8, small(workbook.Label), shown(form.Reserve.Start.Column)},
		{"前期手续", 17, small(workbook.Prose), cited(func(p project) workbook.Cell { return workbook.Text(permits(p)) }, permitColumns()...)},
		{"成熟度", 5, workbook.Label, cited(func(p project) workbook.Cell { return workbook.Text(maturity(p)) }, form.Reserve.Maturity.Column)},
		{"责任单位", 14, workbook.Label, unitOf},
		{"包抓领导", 10, workbook.Label, shown(form.Reserve.Leader.Column)},
		{"计数", 5, workbook.Label, counting},
		{"说明", 20, small(workbook.Prose), remarkOf},
	}...)
	totals["总投资"] = r.total(sumOwn("总投资"), "reserve.investment_fen")
	totals["已落实资金"] = sumOwn("已落实资金")
	return newBase(workbook.Table[project]{
		Title: r.title("谋划储备项目台账"), Left: r.asOf(), Right: "单位：万元", Total: "合计",
		Ledger: true, Frozen: 2, Columns: columns, Totals: totals,
		Notes: []string{"注：合计只含“计入”的项目；打包项目的子项列在其下，不计个数、不计金额。空白表示尚未填报，不等于零。"},
	}.Draw(s.At(1, 1), r.projects), "总投资")
}

// maturity is the grade as declared.
func maturity(p project) string {
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
func permits(p project) string {
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
