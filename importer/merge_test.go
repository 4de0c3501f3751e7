package importer

import (
	"slices"
	"strings"
	"testing"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// named gives a page a name.
func named(name string, p *page) *page {
	p.name = name
	return p
}

// halves is a progress return of which the right half stands below the left one (续表): so
// many rows of the left, so many of the right.
func halves(left, right int) *page {
	rows := [][]any{{"城固县2024年6月重点项目建设进展月报表"}, {"填报单位：县交通局", nil, "单位：万元"},
		{"序号", "项目名称", "项目代码", "级别", "类别", "建设起止年限", "总投资"}}
	for i := range left {
		rows = append(rows, leftRow(i+1))
	}
	rows = append(rows, nil, cells{"续表"}, rightHead)
	for len(rows) < 10 {
		rows = slices.Insert(rows, len(rows)-3, nil)
	}
	for i := range right {
		rows = append(rows, rightRow(i+1))
	}
	return pageOf(rows...)
}

var rightHead = cells{"序号", "项目名称", "年度计划投资", "1-6月累计完成投资", "当前形象进度", "责任单位", "包抓领导"}

func leftRow(i int) []any {
	return cells{i, progressName(i), nil, "市级", "新开工", "2024.1—2025.12", 1000 * i}
}

func rightRow(i int) []any {
	return cells{i, progressName(i), 500 * i, 250 * i, "路基完成", "交通运输局", "领导一"}
}

func progressName(i int) string { return "项目" + string(rune('0'+i)) }

// stageless is a reserve return without 所属批次.
func stageless(rows ...[]any) *page {
	all := [][]any{reserveTitle, reserveFields, slices.Delete(slices.Clone(reserveHead), 2, 3)}
	for _, row := range rows {
		if len(row) > 2 {
			row = slices.Delete(slices.Clone(row), 2, 3)
		}
		all = append(all, row)
	}
	return pageOf(all...)
}

// Tables of one form in a file are one return, or are asked about.
func TestTablesOfOneReturn(t *testing.T) {
	third := reserveRow(3, "丙项目", 300)
	section := func(text string) []any { return cells{text} }
	for _, test := range []struct {
		name     string
		pages    []*page
		repeated int
		findings string
		stages   string // of the records that are not repeated
	}{
		{"two sheets", pages(reserveSheet(good), named("2", reserveSheet(other))), 0, "", "储备 储备"},
		{"one below the other", pages(pageOf(reserveTitle, reserveFields, reserveHead, good, nil, reserveTitle, reserveHead, other)), 0, "", "储备 储备"},
		{"the stage is the sheet's name", pages(named("谋划一批", stageless(good)), named("储备一批", stageless(other))), 0, "", "谋划 储备"},
		{"sheets named by bare words", pages(named("谋划", stageless(good)), named("储备", stageless(other)), named("投产", stageless(third))), 0, "", "谋划 储备 投产"},
		{"a sheet that may only be named by its form", pages(named("储备", stageless(good))), 0, "F51 A3 所属批次", ""},
		{"the stage is a section", pages(stageless(section("一、谋划一批"), good, section("二、储备一批（1个）"), other)), 0, "", "谋划 储备"},
		{"a row before the first section", pages(stageless(good, section("二、储备一批"), other)), 0, "", " 储备"},
		{"the sheet's name, where a section says another", pages(named("开工一批", stageless(good, section("（二）投产项目"), other))), 0, "", "开工 投产"},
		{"a section over blank cells", pages(reserveSheet(section("一、开工一批"), with(good, "C", nil), other)), 0, "", "开工 储备"},
		{"a sheet's name over blank cells", pages(named("开工一批", reserveSheet(with(good, "C", nil)))), 0, "", ""},
		{"a title with the stage", pages(pageOf(append([][]any{{"交通局2024年6月开工一批项目表"}, reserveFields}, rowsOf(stageless(good))...)...)), 0, "", "开工"},

		{"the same sheet twice", pages(reserveSheet(good, other), conceal(named("备份", reserveSheet(good, other)))), 2, "F74 A3", "储备 储备"},
		{"an older copy, hidden",
			pages(reserveSheet(good, other), conceal(named("旧表", reserveSheet(good, with(other, "F", 150))))), 2, "F44,F43 F5 总投资", "储备 储备"},
		{"an older copy with a row more, hidden", pages(reserveSheet(good, other), conceal(named("旧表", reserveSheet(good, other, third)))),
			2, "F44,F43 B6 项目名称", "储备 储备 储备"},
		{"a list with a row more", pages(reserveSheet(good), named("2", reserveSheet(good, other))), 1, "C17 B4", "储备 储备"},
		{"one row that agrees and says more", pages(reserveSheet(good, other, third), named("2", reserveHeaded(with(reserveHead, "J", "用地（亩）"),
			with(good, "J", 12), reserveRow(4, "丁项目", 400), reserveRow(5, "戊项目", 500)))), 1, "F74 B4", "储备 储备 储备 储备 储备"},
		{"one row twice, in another stage", pages(reserveSheet(good, other, third),
			named("2", reserveSheet(with(good, "C", "开工"), reserveRow(4, "丁项目", 400), reserveRow(5, "戊项目", 500)))),
			1, "F72 C4 所属批次,F72 C4 所属批次", "储备 储备 储备 储备 储备"},
		{"a cover", pages(pageOf(cells{"城固县2024年6月谋划储备项目表"}, cells{"填报单位：交通局"}), named("2", reserveSheet(good))), 0, "", "储备"},
		{"an empty sheet beside", pages(reserveSheet(good), named("投产一批", reserveSheet())), 0, "", "储备"},
		{"零报告 beside", pages(reserveSheet(good), named("投产一批", pageOf(reserveTitle, reserveFields, reserveHead, cells{"零报告"}))), 0, "", "储备"},
		{"本月无变化 beside", pages(reserveSheet(good), named("投产一批", pageOf(reserveTitle, reserveFields, reserveHead, cells{"本月无变化"}))), 0, "F42", "储备"},
		{"one cause on two sheets",
			pages(reserveTitled(cells{"谋划储备项目表"}, reserveFields), named("2", pageOf(cells{"谋划储备项目表"}, reserveFields, reserveHead, other))),
			0, "F38 A1", "储备 储备"},
		{"a column that both tables lack", pages(stageless(good), named("2", stageless(other))), 0, "F51 A3 所属批次", " "},
		{"a column that one table lacks",
			pages(reserveSheet(good), named("2", reserveHeaded(with(reserveHead, "D", "建设地段"), other))), 0, "F51 D3 建设地点", "储备 储备"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := readPages(config(), "交通运输局/交通局.xlsx", test.pages...)
			if len(d.Returns) != 1 {
				t.Fatalf("%d returns, findings %v", len(d.Returns), show(d.Findings))
			}
			r := d.Returns[0]
			stages, repeated := []string{}, 0
			for i := range r.Records {
				if r.Records[i].Repeated {
					repeated++
				} else {
					stages = append(stages, form.Reserve.Stage.Of(&r.Records[i]))
				}
			}
			got := strings.Join(show(r.Findings), ",")
			if got != test.findings || repeated != test.repeated || strings.Join(stages, " ") != test.stages || !closes(r) {
				t.Errorf("findings %s, %d repeated, stages %q, rows %+v", got, repeated, stages, r.Rows())
			}
		})
	}
}

// rowsOf gives the rows of a page below its title.
func rowsOf(p *page) [][]any {
	var all [][]any
	for _, l := range p.lines[2:] {
		row := make([]any, l.cells[len(l.cells)-1].Column)
		for _, cell := range l.cells {
			row[cell.Column-1] = cell.Raw
		}
		all = append(all, row)
	}
	return all
}

// The right half of a table (续表) goes on the rows of the left one.
func TestRightHalves(t *testing.T) {
	title, fields := []any{"城固县2024年6月重点项目建设进展月报表"}, []any{"填报单位：县交通局", nil, "单位：万元"}
	leftHead := []any{"序号", "项目名称", "项目代码", "级别", "类别", "建设起止年限", "总投资"}
	unnamed := func(row []any) []any { return slices.Delete(slices.Clone(row), 1, 2) }
	left := func(rows ...[]any) [][]any { return append([][]any{title, fields, leftHead}, rows...) }
	below := func(rows [][]any, more ...[]any) *page { return pageOf(append(slices.Clone(rows), more...)...) }
	two := left(leftRow(1), leftRow(2))
	for _, test := range []struct {
		name     string
		pages    []*page
		seen     int
		findings string
		plans    string // of the records
	}{
		{"by name", pages(below(two, cells{"续表"}, rightHead, rightRow(1), rightRow(2))), 4, "", "500 1000"},
		{"without a word between", pages(below(two, nil, rightHead, rightRow(1), rightRow(2))), 4, "", "500 1000"},
		{"under its title again", pages(below(two, cells{"重点项目建设进展月报表（续表）"}, rightHead, rightRow(1), rightRow(2))), 4, "", "500 1000"},
		{"in another order", pages(below(two, cells{"（续表）"}, rightHead, rightRow(2), rightRow(1))), 4, "", "500 1000"},
		{"by serial number", pages(below(two, cells{"续表"}, unnamed(rightHead), unnamed(rightRow(2)), unnamed(rightRow(1)))), 4, "", "500 1000"},
		{"rows that say the same", pages(below(two, cells{"续上表"}, cells{"序号", "年度计划投资", "1-6月累计完成投资", "当前形象进度", "责任单位", "包抓领导"},
			cells{1, 500, 250, "在建", "交通运输局", "领导一"}, cells{2, 500, 250, "在建", "交通运输局", "领导一"})), 4, "", "500 500"},
		{"on the next sheet", pages(below(two), named("续表", pageOf(rightHead, rightRow(1), rightRow(2)))), 4, "", "500 1000"},
		{"of a few columns", pages(below(left(leftRow(1)), cells{"续表"}, cells{"序号", "项目名称", "年度计划投资", "1-6月累计完成投资"},
			cells{1, "项目1", 500, 250})), 2, "F50 A3 责任单位,F51 A3 包抓领导,F51 A3 当前形象进度", "500"},
		{"a column in both, alike",
			pages(below(two, cells{"续表"}, with(rightHead, "H", "总投资"), with(rightRow(1), "H", 1000), with(rightRow(2), "H", 2000))), 4, "", "500 1000"},
		{"a column in both, unlike", pages(below(two, cells{"续表"}, with(rightHead, "H", "总投资"), with(rightRow(1), "H", 1000), with(rightRow(2), "H", 2100))), 4,
			"F72 G5 总投资,F72 H9 总投资", "500 1000"},
		{"a row of no project", pages(below(two, cells{"续表"}, rightHead, rightRow(1), rightRow(2), rightRow(3))), 5, "F73 B10", "500 1000 1500"},
		{"an amount that cannot be read", pages(below(two, cells{"续表"}, rightHead, rightRow(1), with(rightRow(2), "C", "约40"))), 4, "C01 C9 年度计划投资", "500 "},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := readPages(config(), someFile, test.pages...)
			if len(d.Returns) != 1 {
				t.Fatalf("%d returns, findings %v", len(d.Returns), show(d.Findings))
			}
			r := d.Returns[0]
			var plans []string
			for i := range r.Records {
				plans = append(plans, form.Progress.YearPlan.Show(form.Progress.YearPlan.Value(&r.Records[i])))
			}
			got := strings.Join(show(r.Findings), ",")
			if got != test.findings || strings.Join(plans, " ") != test.plans || r.Seen() != test.seen || !closes(r) {
				t.Errorf("findings %s, plans %q, rows %+v", got, plans, r.Rows())
			}
		})
	}
}

// Every field of a return of several tables knows its sheet, every row its header.
func TestPlacesInSeveralTables(t *testing.T) {
	left := pageOf(cells{"城固县2024年6月重点项目建设进展月报表"}, cells{"填报单位：县交通局", nil, "单位：万元"},
		cells{"序号", "项目名称", "项目代码", "级别", "类别", "建设起止年限", "总投资"}, leftRow(1))
	r := readPages(config(), someFile, named("左", left), named("右", pageOf(rightHead, rightRow(1)))).Returns[0]
	record := &r.Records[0]
	name, plan := form.Progress.Name.Index, form.Progress.YearPlan.Index
	if r.Sheet != "左、右" || r.SheetOf(record.Fields.At(name)) != "左" || r.SheetOf(record.Fields.At(plan)) != "右" {
		t.Errorf("in %q stand %+v and %+v", r.Sheet, record.Fields.At(name), record.Fields.At(plan))
	}
	if got, want := record.PlaceOf(name), (ledger.Place{Row: 4, Sheet: "左", Head: 3}); got != want {
		t.Errorf("the name stands at %+v, want %+v", got, want)
	}
	if got, want := record.PlaceOf(plan), (ledger.Place{Row: 2, Sheet: "右", Head: 1}); got != want {
		t.Errorf("the plan stands at %+v, want %+v", got, want)
	}
}

// Tables of different months, forms or departments are different returns.
func TestTablesOfDifferentReturns(t *testing.T) {
	may := named("5月", reserveTitled(cells{"城固县2024年5月谋划储备项目表"}, reserveFields))
	water := named("水利局", reserveTitled(reserveTitle, cells{"填报单位：水利局", nil, "单位：万元"}))
	progress := named("重点项目", progressSheet(progHead, progressRow))
	d := readPages(config(), someFile, reserveSheet(good), may, water, progress)
	if len(d.Returns) != 4 {
		t.Fatalf("%d returns, want 4", len(d.Returns))
	}
	for _, r := range d.Returns {
		if slices.ContainsFunc(r.Findings, func(f ledger.Finding) bool { return f.Code != WrongPeriod }) {
			t.Errorf("%s of %s: findings %v", r.Form, r.Department, show(r.Findings))
		}
	}
}
