package importer

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/ledger"
)

func TestRowsThatAreNoData(t *testing.T) {
	for _, test := range []struct {
		name string
		row  []any
		data bool
	}{
		{"合计", cells{"合计", nil, nil, nil, nil, 300}, false},
		{"合  计：", cells{"合  计：", nil, nil, nil, nil, 300}, false},
		{"合计 of so many", cells{"合计：2 个", nil, nil, nil, nil, 300}, false},
		{"总计 in the name's column", cells{nil, "总计", nil, nil, nil, 300}, false},
		{"a total without a label", cells{nil, nil, nil, nil, nil, computed{300}}, false},
		{"小计 of an office", cells{nil, "交通运输局小计", nil, nil, nil, 300}, false},
		{"其中", cells{nil, "其中：续建", nil, nil, nil, 100}, false},
		{"一、", cells{"一、", "城市建设类"}, false},
		{"一 alone", cells{"一", "城市建设类"}, false},
		{"（一）", cells{"（一）城市建设类（2个）"}, false},
		{"a section with its figure", cells{"二", "乡村振兴类", nil, nil, nil, 300}, false},
		{"an office over its projects", cells{nil, "交通运输局"}, false},
		{"the header again", reserveHead, false},
		{"a note", cells{"注：本表一式三份。"}, false},
		{"备注 as a note", cells{nil, "备注：按月报送"}, false},
		{"signatures", cells{"填报人：张三", nil, "审核人：李四", nil, "联系电话：2345678"}, false},
		{"a seal line", cells{"单位负责人：（印章）"}, false},
		{"words across the table in the first column", cells{"以上项目已核对"}, false},
		{"a project", reserveRow(9, "丙项目", 5), true},
		{"a project numbered in Chinese", with(reserveRow(9, "丙项目", 5), "A", "三"), true},
		{"a project whose name begins with a number", reserveRow(9, "一号路项目", 5), true},
		{"a project whose name holds 合计", reserveRow(9, "合计算中心建设项目", 5), true},
		{"a project of nothing but a name", cells{9, "丙项目"}, true},
		{"a row of the rows' sum, typed in", cells{nil, nil, nil, nil, nil, 300}, false},
		{"a row of another figure", cells{nil, nil, nil, nil, nil, 310}, true},
		{"a matter whose name ends like a total", with(reserveRow(9, "2024年上半年重点项目工作小结", 5), "J", "略"), true},
		{"a row without a name", with(reserveRow(9, "", 5), "B", nil), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, reserveSheet(good, other, test.row))
			records, subtotal := 2, 1
			if test.data {
				records, subtotal = 3, 0
			}
			if len(r.Records) != records || r.Subtotal != subtotal || r.Blank != 0 {
				t.Errorf("%d records, %d subtotal, %d blank", len(r.Records), r.Subtotal, r.Blank)
			}
		})
	}
}

func TestRowsWithoutValues(t *testing.T) {
	for _, test := range []struct {
		name string
		row  []any
	}{
		{"not in the file", nil},
		{"blanks", cells{" ", "\t"}},
		{"a number prepared", cells{3}},
		{"dots", cells{"…", "……", "…", nil, nil, "…"}},
		{"a number and dots", cells{3, "……", "……", "......", "…", "…", "…"}},
		{"formulas that come to nothing", cells{3, nil, nil, nil, nil, computed{0}, nil, computed{failed("#DIV/0!")}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, reserveSheet(good, test.row, other))
			if len(r.Records) != 2 || r.Subtotal != 0 || r.Blank != 1 || len(r.Findings) != 0 {
				t.Errorf("%d records, %d subtotal, %d blank, findings %v", len(r.Records), r.Subtotal, r.Blank, show(r.Findings))
			}
		})
	}
}

func TestColumnNumbersAreNoData(t *testing.T) {
	for _, row := range [][]any{
		{1, 2, 3, 4, 5, 6, 7, 8, 9},
		{"甲", "乙", "丙", "丁", "戊", "1", "2"},
		{"(1)", "(2)", "(3)", "(4)=(2)+(3)"},
	} {
		r := one(t, reserveSheet(row, good))
		if len(r.Records) != 1 || r.Subtotal != 1 {
			t.Errorf("%v: %d records, %d subtotal", row, len(r.Records), r.Subtotal)
		}
	}
}

func TestPhantomRowsBelowAreNotSeen(t *testing.T) {
	rows := make([][]any, 500)
	rows[0], rows[499] = good, cells{"  "}
	if r := one(t, reserveSheet(rows...)); r.Seen() != 1 {
		t.Errorf("%d rows seen, want 1", r.Seen())
	}
}

func TestWordsFillDown(t *testing.T) {
	bare := with(with(other, "D", nil), "G", nil)
	for _, test := range []struct {
		name              string
		page              *page
		place, department string
		did               string
	}{
		{"merged cells", reserveSheet(good, bare).merge("D4:D5", "G4:G5"), "博望街道", "交通运输局", "合并单元格，同上"},
		{"the office is written once", reserveSheet(good, bare), "", "交通运输局", ""},
		{"but not into the next section", reserveSheet(good, cells{"二、", "其他"}, bare), "", "", ""},
		{"同上", reserveSheet(good, with(with(bare, "D", "同上"), "G", "〃")), "博望街道", "交通运输局", "同上"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, test.page)
			row := r.Records[len(r.Records)-1].Row
			if of(r, row, "place") != test.place || of(r, row, "department") != test.department {
				t.Errorf("place %q, department %q", of(r, row, "place"), of(r, row, "department"))
			}
			column := 5 // place
			if did := r.Records[len(r.Records)-1].Fields.At(column).Did; did != test.did {
				t.Errorf("did %q, want %q", did, test.did)
			}
		})
	}
}

func TestMergedFigureCountsOnce(t *testing.T) {
	r := one(t, reserveSheet(good, with(other, "F", nil), with(reserveRow(3, "丙项目", 0), "F", nil)).merge("F4:F6"))
	if of(r, 4, "total") != "100" || of(r, 5, "total") != "" || of(r, 6, "total") != "" {
		t.Errorf("totals %q %q %q", of(r, 4, "total"), of(r, 5, "total"), of(r, 6, "total"))
	}
	if diff := cmp.Diff([]string{"C16 F4 总投资"}, show(r.Findings)); diff != "" {
		t.Error(diff)
	}
}

func TestExtraColumnsAreKept(t *testing.T) {
	r := one(t, reserveHeaded(with(with(reserveHead, "J", "专家意见"), "K", "专家意见"), append(with(good, "J", "可行"), "再议", 7)))
	want := map[string]string{"专家意见": "可行", "专家意见（K列）": "再议", "L列": "7"}
	if diff := cmp.Diff(want, r.Records[0].Extra); diff != "" {
		t.Error(diff)
	}
}

func TestLineage(t *testing.T) {
	r := one(t, reserveSheet(with(good, "F", "1.2亿元"), with(other, "F", 80)))
	for i, want := range []ledger.Field{
		{Value: ledger.Number(12000 * int64(ledger.TenThousandYuan)), Cell: ledger.Cell{Column: 6, Row: 4}, Raw: "1.2亿元", Did: "文本转数字；亿元折算为万元", Unit: "亿元"},
		{Value: ledger.Number(80 * int64(ledger.TenThousandYuan)), Cell: ledger.Cell{Column: 6, Row: 5}, Raw: "80", Unit: "万元"},
	} {
		if diff := cmp.Diff(want, r.Records[i].Fields.At(7)); diff != "" {
			t.Error(diff)
		}
	}
	if blank := r.Records[0].Fields.At(1); blank != (ledger.Field{}) {
		t.Errorf("a column that the sheet does not have: %+v", blank)
	}
}

// Totals: where they stand, how finely they are shown, and what they are of.
func TestTotals(t *testing.T) {
	a, b, c, d := reserveRow(1, "甲", 100), reserveRow(2, "乙", 200), reserveRow(3, "丙", 300), reserveRow(4, "丁", 400)
	mark := func(label string, total any) []any { return cells{label, nil, nil, nil, nil, total} }
	cents := func(row []any, total float64) []any { return with(row, "F", formatted{total, "0.00"}) }
	for _, test := range []struct {
		name string
		rows [][]any
		want []string
	}{
		{"at the end", [][]any{a, b, mark("合计", 300)}, []string{}},
		{"at the top", [][]any{mark("合计", 300), a, b}, []string{}},
		{"cut off", [][]any{mark("合计", 1000), a, b}, []string{"F60 F4 总投资"}},
		{"小计 last, and 合计", [][]any{a, b, mark("小计", 300), c, d, mark("小计", 700), mark("合计", 1000)}, []string{}},
		{"小计 first", [][]any{mark("小计", 300), a, b, mark("小计", 700), c, d}, []string{}},
		{"a 小计 that is wrong", [][]any{a, b, mark("小计", 300), c, d, mark("小计", 710)}, []string{"F60 F9 总投资"}},
		{"sections with figures", [][]any{mark("一、产业", 300), a, b, mark("二、城建", 700), c, d, mark("合计", 1000)}, []string{}},
		{"sections within sections", [][]any{mark("一、产业", 600), mark("（一）续建", 300), a, b, mark("（二）新建", 300), c, mark("二、城建", 400), d}, []string{}},
		{"a section that is wrong", [][]any{mark("一、产业", 320), a, b, mark("二、城建", 700), c, d}, []string{"F60 F4 总投资"}},
		{"a section that counts", [][]any{mark("一、产业（2个）", nil), a, b, mark("二、城建（3个）", nil), c, d}, []string{"F61 A7"}},
		{"half the unit shown a row", [][]any{a, b, mark("合计", 301)}, []string{}},
		{"more than half the unit shown a row", [][]any{a, b, mark("合计", 301.5)}, []string{"F60 F6 总投资"}},
		{"shown to the second decimal", [][]any{cents(a, 100.004), cents(b, 200.004), mark("合计", formatted{300.01, "0.00"})}, []string{}},
		{"more than that", [][]any{cents(a, 100), cents(b, 200), mark("合计", formatted{300.02, "0.00"})}, []string{"F60 F6 总投资"}},
		{"other units", [][]any{with(a, "F", "0.5亿元"), mark("合计", 5000)}, []string{}},
		{"a figure that cannot be read settles nothing", [][]any{with(a, "F", "约40"), b, mark("合计", 240)}, []string{"C01 F4 总投资"}},
		{"a total that is no figure", [][]any{a, mark("合计", "12个")}, []string{}},
		{"其中 is never added", [][]any{a, b, mark("其中：续建", 100), mark("合计", 300)}, []string{}},
		{"repeated rows are in the sheet's total", [][]any{a, a, mark("合计", 200)}, []string{"C17 A5"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, show(one(t, reserveSheet(test.rows...)).Findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRepeatedRows(t *testing.T) {
	r := one(t, reserveSheet(good, with(good, "A", 2), with(good, "F", 101)))
	if rows := r.Rows(); rows.Repeated != 1 || rows.Taken != 2 || !r.Records[1].Repeated {
		t.Errorf("rows %+v", rows)
	}
}

func TestSeveralTables(t *testing.T) {
	second := cells{"2024年6月重点项目建设进展月报表"}
	p := reserveSheet(good, cells{"合计", nil, nil, nil, nil, 100}, nil, second, cells{"填报单位：水利局"}, progHead, progressRow)
	d := readPages(config(), someFile, p)
	if len(d.Returns) != 2 {
		t.Fatalf("%d returns, want 2", len(d.Returns))
	}
	for i, want := range []struct {
		form, department string
		records, seen    int
	}{{"reserve", "交通运输局", 1, 2}, {"progress", "水利局", 1, 1}} {
		r := d.Returns[i]
		if r.Form != want.form || r.Department != want.department || len(r.Records) != want.records || r.Seen() != want.seen || len(r.Findings) != 0 {
			t.Errorf("%s of %s: %d records, %d seen, findings %v", r.Form, r.Department, len(r.Records), r.Seen(), show(r.Findings))
		}
	}
}

// Sheets that are named for offices are of these offices where their rows are.
func TestSheetsByOffice(t *testing.T) {
	var all []*page
	for _, office := range []string{"交通局", "水利局", "林业局"} {
		p := pageOf(reserveTitle, reserveHead, with(good, "G", office))
		p.name = office
		all = append(all, p)
	}
	d := readPages(config(), "发改局汇总6月.xlsx", all...)
	for i, want := range []string{"交通运输局", "水利局", "林业局"} {
		if d.Returns[i].Department != want || len(d.Returns[i].Findings) != 0 {
			t.Errorf("sheet %d is of %s, findings %v", i, d.Returns[i].Department, show(d.Returns[i].Findings))
		}
	}
}
