package importer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

func TestLabel(t *testing.T) {
	for _, test := range []struct {
		text, key, unit string
		year, month     int
	}{
		{"项目名称", "项目名称", "", 0, 0},
		{"项  目\n名  称", "项目名称", "", 0, 0},
		{"总投资（万元）", "总投资", "万元", 0, 0},
		{"总投资(单位：亿元)", "总投资", "亿元", 0, 0},
		{"总投资\n单位：万元", "总投资", "万元", 0, 0},
		{"总投资/万元", "总投资", "万元", 0, 0},
		{"总投资（万元", "总投资", "万元", 0, 0},
		{"总投资（人民币万元）", "总投资", "万元", 0, 0},
		{"用地（㎡）", "用地", "平方米", 0, 0},
		{"占年度计划％", "占年度计划", "%", 0, 0},
		{"占年度计划（%）", "占年度计划", "%", 0, 0},
		{"联系人", "联系人", "", 0, 0},
		{"2024年计划投资", "年计划投资", "", 2024, 0},
		{"２０２４年度投资计划（万元）", "年度投资计划", "万元", 2024, 0},
		{"24年计划投资", "年计划投资", "", 2024, 0},
		{"年度计划投资（2024年）", "年度计划投资", "", 2024, 0},
		{"1—6月累计完成投资", "1-N月累计完成投资", "", 0, 6},
		{"1～6月份完成投资", "1-N月完成投资", "", 0, 6},
		{"1月至6月完成投资", "1-N月完成投资", "", 0, 6},
		{"2024年1-6月完成投资", "1-N月完成投资", "", 2024, 6},
		{"6月份完成投资", "N月完成投资", "", 0, 6},
		{"截止2023年底累计完成投资", "截至年底累计完成投资", "", 2023, 0},
		{"至2023年12月底完成投资", "至年底完成投资", "", 2023, 0},
		{"自开始累积完成投资", "自开始累计完成投资", "", 0, 0},
		{"4-6月完成投资", "4-N月完成投资", "", 0, 6},
	} {
		l := newLabel(test.text)
		if l.bare() != test.key || l.units.first().word != test.unit || l.year != test.year || l.month != test.month {
			t.Errorf("%q is %q in %q of %d-%d, want %q in %q of %d-%d", test.text, l.bare(), l.units.first().word, l.year, l.month,
				test.key, test.unit, test.year, test.month)
		}
	}
}

// understood gives the columns that a header row was found to mean, by heading.
func understood(f *form.Form, period ledger.Period, names ...string) (means []string, wrong []string) {
	headings := make([]heading, len(names))
	for i, name := range names {
		headings[i] = heading{column: i + 1, row: 1}
		for _, level := range strings.Split(name, "/") {
			headings[i].levels = append(headings[i].levels, newLabel(level))
		}
	}
	h := dictionaryOf(f).read(headings, period)
	means = make([]string, len(names))
	for i, b := range h.bound {
		if b.at != 0 {
			means[b.at-1] = f.Columns[i].ID
			if b.doubt != nil {
				means[b.at-1] += "?"
			}
		}
	}
	for _, w := range h.wrong {
		if w.code != ColumnMissing && w.code != IdentityMissing {
			wrong = append(wrong, w.code.ID+" "+w.column.ID)
		}
	}
	return means, wrong
}

// The header zoo: headings as staff write them, and the columns that they are.
func TestHeaderZoo(t *testing.T) {
	for _, test := range []struct {
		name  string
		form  *form.Form
		heads string // by blanks
		means string
		wrong string
	}{
		{"official", form.ByID("reserve"), "项目名称 所属批次 总投资 责任单位", "name stage total department", ""},
		{"aliases", form.ByID("reserve"), "项目 四个一批 估算总投资（亿元） 牵头单位", "name stage total department", ""},
		{"official wins over alias", form.ByID("reserve"), "计划总投资 总投资", "- total", ""},
		{"in either order", form.ByID("reserve"), "总投资 计划总投资", "total -", ""},
		{"two aliases are rivals", form.ByID("reserve"), "计划总投资 投资规模", "- -", "F52 total"},
		{"the same twice", form.ByID("reserve"), "总投资 总投资", "total -", "F53 total"},
		{"remarks twice are no matter", form.ByID("reserve"), "备注 专家意见 备注", "remark - -", ""},
		{"groups", form.ByID("reserve"), "资金来源/中央预算内 资金来源/其他 前期手续/用地 用地（亩）", "central other land land_area", ""},
		{"用地 twice without groups", form.ByID("reserve"), "用地 用地（平方米）", "- land_area", ""},
		{"用地 by itself", form.ByID("reserve"), "用地", "land_area", ""},
		{"an unknown group", form.ByID("reserve"), "项目基本情况/项目名称 投资情况/总投资（万元）", "name total", ""},
		{"what stands in brackets in front", form.ByID("progress"), "开工时间（计划） 开工时间（实际） 完成投资（本月）", "plan_start start this_month", ""},
		{"words beside the unit in brackets", form.ByID("progress"), "完成投资（本月，万元） 完成投资（本年累计，万元） 总投资（含税亿元）",
			"this_month year_to_date total", ""},
		{"of the year", form.ByID("progress"), "2024年计划投资 2024年投资/完成", "year_plan year_to_date", ""},
		{"of two years", form.ByID("progress"), "2023年计划投资 2024年计划投资", "- year_plan", ""},
		{"of another year", form.ByID("progress"), "2023年计划投资", "-", "F54 year_plan"},
		{"to the end of last year", form.ByID("progress"), "至2023年底完成投资", "before_year", ""},
		{"to the end of another year", form.ByID("progress"), "至2022年底完成投资", "-", "F54 before_year"},
		{"to date", form.ByID("progress"), "1-6月累计完成投资 6月完成投资", "year_to_date this_month", ""},
		{"to another month", form.ByID("progress"), "1-5月累计完成投资", "-", "F55 year_to_date"},
		{"months side by side", form.ByID("progress"), "4月完成投资 5月完成投资 6月完成投资", "- - this_month", ""},
		{"a quarter is none of them", form.ByID("progress"), "4-6月完成投资", "-", ""},
		{"since January or the start", form.ByID("progress"), "累计完成投资", "year_to_date?", ""},
		{"since the start, by what is left", form.ByID("progress"), "1-6月累计完成投资 累计完成投资", "year_to_date since_start", ""},
		{"two groups of the same leaves", form.ByID("progress"), "1-6月/完成投资 1-6月/到位资金 开工累计/完成投资 开工累计/到位资金", "year_to_date funds since_start -", ""},
		{"计划 is not 计划开工时间", form.ByID("progress"), "计划开工时间 年度计划投资", "plan_start year_plan", ""},
		{"a share in money is none", form.ByID("progress"), "完成率（万元） 占年度计划%", "- plan_share", ""},
		{"another currency", form.ByID("reserve"), "总投资（万美元）", "total", "F40 total"},
	} {
		t.Run(test.name, func(t *testing.T) {
			means, wrong := understood(test.form, june, strings.Fields(test.heads)...)
			want := strings.Fields(strings.ReplaceAll(test.means, "-", `""`))
			for i := range want {
				want[i] = strings.Trim(want[i], `"`)
			}
			if diff := cmp.Diff(want, means); diff != "" {
				t.Errorf("columns (-want +got):\n%s", diff)
			}
			if got := strings.Join(wrong, ", "); got != test.wrong {
				t.Errorf("findings %q, want %q", got, test.wrong)
			}
		})
	}
}

// progressSheet is a progress return of one project under the header rows given; the
// columns are name, code, level, class, years, total, plan, to date, appearance,
// department, leader.
func progressSheet(rows ...[]any) *page {
	return pageOf(append([][]any{{"城固县2024年6月重点项目建设进展月报表"}, {"填报单位：县交通局", nil, nil, "单位：万元"}}, rows...)...)
}

var progressRow = cells{1, "城固县环城路", "2401-610722-04-01-100012", "市级", "续建", "2023.3—2025.12", 10000, 5000, 2500, "路基完成", "交通运输局", "样例领导01"}

func TestMergedHeaderOfThreeRows(t *testing.T) {
	p := progressSheet(
		cells{"序号", "项目名称", "项目代码", "级别", "类别", "建设起止年限", "投资情况（万元）", nil, nil, "当前形象进度", "责任单位", "包抓领导"},
		cells{nil, nil, nil, nil, nil, nil, "总投资", "2024年投资", nil},
		cells{nil, nil, nil, nil, nil, nil, nil, "计划", "完成"},
		progressRow,
	).merge("A3:A5", "B3:B5", "C3:C5", "D3:D5", "E3:E5", "F3:F5", "G3:I3", "G4:G5", "H4:I4", "J3:J5", "K3:K5", "L3:L5")
	r := one(t, p)
	if len(r.Findings) != 0 || len(r.Records) != 1 {
		t.Fatalf("%d records, findings %v", len(r.Records), show(r.Findings))
	}
	for id, want := range map[string]string{"total": "10000", "year_plan": "5000", "year_to_date": "2500", "leader": "样例领导01"} {
		if got := of(r, 6, id); got != want {
			t.Errorf("%s is %q, want %q", id, got, want)
		}
	}
}

func TestGroupsWithoutMerges(t *testing.T) {
	p := progressSheet(
		cells{"序号", "项目名称", "项目代码", "级别", "类别", "建设起止年限", "总投资", "2024年投资", nil, "当前形象进度", "责任单位", "包抓领导"},
		cells{nil, nil, nil, nil, nil, nil, nil, "计划", "完成"},
		progressRow,
	)
	r := one(t, p)
	if of(r, 5, "year_plan") != "5000" || of(r, 5, "year_to_date") != "2500" || len(r.Findings) != 0 {
		t.Errorf("plan %s, to date %s, findings %v", of(r, 5, "year_plan"), of(r, 5, "year_to_date"), show(r.Findings))
	}
}

func TestHeaderFarDown(t *testing.T) {
	rows := make([][]any, 12)
	rows[0] = cells{"附件1"}
	p := pageOf(append(rows, reserveTitle, reserveFields, nil, reserveHead, reserveRow(1, "甲项目", 100))...)
	r := one(t, p)
	if len(r.Records) != 1 || r.Records[0].Row != 17 || r.Seen() != 1 {
		t.Errorf("records %v, %d seen", r.Records, r.Seen())
	}
}

func TestFormByHeaderAlone(t *testing.T) {
	p := pageOf(cells{"6月报表"}, reserveHead, reserveRow(1, "甲项目", 100))
	if r := one(t, p); r.Form != "reserve" || len(r.Findings) != 0 {
		t.Errorf("form %s, findings %v", r.Form, show(r.Findings))
	}
}

func TestAmbiguousHeadingIsDecidedByItsFigures(t *testing.T) {
	head := cells{"序号", "项目名称", "项目代码", "级别", "类别", "建设起止年限", "总投资", "年度计划投资", "累计完成投资", "当前形象进度", "责任单位", "包抓领导", "上年底累计完成投资"}
	row := func(class string, plan, figure, before any) []any {
		return with(with(with(with(progressRow, "E", class), "H", plan), "I", figure), "M", before)
	}
	for _, test := range []struct {
		name                   string
		row                    []any
		yearToDate, sinceStart string
		findings               []string
	}{
		{"less than at the end of last year: since January", row("续建", 5000, 2500, 3000), "2500", "", []string{}},
		{"more than is left of the total: since the start", row("续建", 5000, 8000, 3000), "", "8000", []string{"F51 A3 1-N月累计完成投资"}},
		{"within the plan of a continued project: since January", row("续建", 5000, 2500, nil), "2500", "", []string{}},
		{"over the plan of a continued project: since the start", row("续建", 2000, 2500, nil), "", "2500", []string{"F51 A3 1-N月累计完成投资"}},
		{"a project of this year: either", row("新开工", 5000, 2500, nil), "", "", []string{"F56 I3 1-N月累计完成投资"}},
		{"no plan to compare with: either", row("前期", nil, 2500, nil), "", "", []string{"F56 I3 1-N月累计完成投资"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, progressSheet(head, test.row))
			if of(r, 4, "year_to_date") != test.yearToDate || of(r, 4, "since_start") != test.sinceStart {
				t.Errorf("to date %q, since start %q", of(r, 4, "year_to_date"), of(r, 4, "since_start"))
			}
			if diff := cmp.Diff(test.findings, show(r.Findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if test.yearToDate+test.sinceStart == "" && r.Records[0].Extra["累计完成投资"] != "2500" {
				t.Errorf("the figure was lost: %v", r.Records[0].Extra)
			}
		})
	}
}

func TestRateIsDecidedByTheRow(t *testing.T) {
	head := cells{"序号", "项目名称", "项目代码", "级别", "类别", "建设起止年限", "总投资", "年度计划投资", "1-6月累计完成投资", "当前形象进度", "责任单位", "包抓领导", "占年度计划"}
	for _, test := range []struct {
		name string
		cell any
		want string
	}{
		{"a percentage", 50, "50%"},
		{"a fraction", 0.5, "50%"},
		{"a fine fraction", 0.500012, "50.0012%"},
		{"neither", 70, ""},
		{"nothing", 0, "0%"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, progressSheet(head, with(progressRow, "M", test.cell)))
			if got := of(r, 4, "plan_share"); got != test.want {
				t.Errorf("share %q, want %q; findings %v", got, test.want, show(r.Findings))
			}
		})
	}
}
