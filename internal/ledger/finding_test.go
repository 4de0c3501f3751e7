package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

var notMoney = Declare("C99", Error, HoldField, Level1, "type-error",
	Zh("不是金额", "请只填数字，单位万元"), En("not an amount of money", "give digits only, in 万元"))

func TestLine(t *testing.T) {
	whole := Finding{Code: notMoney, File: "县交通局6月进展.xlsx", Sheet: "重点项目", Cell: "H7", Row: 7, Field: "总投资", Entity: "滨江路改造", Found: "约40"}
	with := func(change func(*Finding)) Finding {
		f := whole
		change(&f)
		return f
	}
	for _, test := range []struct {
		name        string
		finding     Finding
		zh, english string
	}{
		{"at a cell", whole,
			"县交通局6月进展.xlsx 重点项目!H7  C99 滨江路改造 · 总投资 不是金额（填的是“约40”）：请只填数字，单位万元",
			`县交通局6月进展.xlsx 重点项目!H7  C99 滨江路改造 · 总投资 not an amount of money (found "约40"): give digits only, in 万元`},
		{"found and expected", with(func(f *Finding) { f.Expected = "40万元" }),
			"县交通局6月进展.xlsx 重点项目!H7  C99 滨江路改造 · 总投资 不是金额（填的是“约40”；应为：40万元）：请只填数字，单位万元",
			`县交通局6月进展.xlsx 重点项目!H7  C99 滨江路改造 · 总投资 not an amount of money (found "约40"; expected: 40万元): give digits only, in 万元`},
		{"a blank, what is right known", with(func(f *Finding) { f.Found, f.Expected = "", "40万元" }),
			"县交通局6月进展.xlsx 重点项目!H7  C99 滨江路改造 · 总投资 不是金额（应为：40万元）：请只填数字，单位万元",
			"县交通局6月进展.xlsx 重点项目!H7  C99 滨江路改造 · 总投资 not an amount of money (expected: 40万元): give digits only, in 万元"},
		{"a row without such a column", with(func(f *Finding) { f.Cell, f.Found = "", "" }),
			"县交通局6月进展.xlsx 重点项目 第7行  C99 滨江路改造 · 总投资 不是金额：请只填数字，单位万元",
			"县交通局6月进展.xlsx 重点项目 row 7  C99 滨江路改造 · 总投资 not an amount of money: give digits only, in 万元"},
		{"of what has no cell", Finding{Code: notMoney, File: "a/b.xlsx", Sheet: "重点项目", Found: "第7行、H列"},
			"a/b.xlsx 重点项目  C99 不是金额（具体为：第7行、H列）：请只填数字，单位万元", "a/b.xlsx 重点项目  C99 not an amount of money (namely: 第7行、H列): give digits only, in 万元"},
		{"of a file", Finding{Code: notMoney, File: "a/b.xlsx"},
			"a/b.xlsx  C99 不是金额：请只填数字，单位万元", "a/b.xlsx  C99 not an amount of money: give digits only, in 万元"},
		{"of what was never sent", Finding{Code: notMoney, Department: "交通运输局", Entity: "谋划储备项目表"},
			"交通运输局  C99 谋划储备项目表 不是金额：请只填数字，单位万元", "交通运输局  C99 谋划储备项目表 not an amount of money: give digits only, in 万元"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.finding.Line(Chinese); got != test.zh {
				t.Errorf("got  %s\nwant %s", got, test.zh)
			}
			if got := test.finding.Line(English); got != test.english {
				t.Errorf("got  %s\nwant %s", got, test.english)
			}
		})
	}
	long := with(func(f *Finding) { f.Found = "一层\n完成 " + strings.Repeat("长", 100) }).Line(Chinese)
	if strings.Contains(long, "\n") || !strings.Contains(long, "“一层 完成 "+strings.Repeat("长", 34)+"…”") {
		t.Errorf("a long cell of two lines: %s", long)
	}
}

func TestKeyHasNoPlace(t *testing.T) {
	a := Finding{Code: notMoney, File: "a.xlsx", Sheet: "1", Cell: "H7", Row: 7, Period: Period{2024, 6}, Department: "交通运输局", Form: "progress",
		Entity: "滨江路改造", Field: "总投资", Found: "约40"}
	b := a
	b.File, b.Sheet, b.Cell, b.Row, b.Found = "b.xlsx", "2", "H9", 9, "40左右"
	if a.Key() != b.Key() || a.Key() != "C99|2024-06|交通运输局|progress|滨江路改造|总投资" {
		t.Errorf("%s and %s", a.Key(), b.Key())
	}
}

func TestSortFindings(t *testing.T) {
	var want []Finding
	for _, place := range []struct {
		file, sheet, cell string
		row               int
	}{{"a", "", "", 0}, {"a", "s", "", 0}, {"a", "s", "B2", 2}, {"a", "s", "AA2", 2}, {"a", "s", "B10", 10}, {"b", "", "", 0}} {
		want = append(want, Finding{Code: notMoney, File: place.file, Sheet: place.sheet, Cell: place.cell, Row: place.row})
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	SortFindings(got)
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestDeclare(t *testing.T) {
	if CodeByID("C99") != notMoney || CodeByID("C00") != nil || !slices.Contains(Codes(), notMoney) {
		t.Error("a declared code is found, another is not")
	}
	defer func() {
		said := fmt.Sprint(recover())
		if strings.Count(said, "finding_test.go:") != 2 || !strings.Contains(said, "finding_test.go:10 ") || !strings.Contains(said, "huizong codes") {
			t.Errorf("a code declared twice says %q", said)
		}
	}()
	Declare("C99", Error, HoldField, Level1, "", Text{}, Text{})
}
