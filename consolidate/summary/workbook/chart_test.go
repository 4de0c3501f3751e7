package workbook_test

import (
	"strings"
	"testing"

	. "huizong/consolidate/summary/workbook"
	"huizong/consolidate/summary/workbook/workbooktest"
)

// Every kind of chart holds what its cells hold.
func TestKinds(t *testing.T) {
	book := newBook()
	page := book.Sheet("图", A4Landscape.OnOnePage()).Flow(24, 5)
	d := Table[int]{Caption: "月份", Columns: []Column[int]{
		{"月份", 20, Label, func(i int) Cell { return Text([]string{"1-2月", "3月", "4月", "5月", "6月"}[i]) }},
		{"红灯", 20, Whole, func(i int) Cell { return Int(i*3 + 2) }},
		{"黄灯", 20, Whole, func(i int) Cell { return Int(i*i + 2) }},
		{"投资", 20, Yi, func(i int) Cell { return Money(int64(i+1) * 123456789012) }},
		{"计划", 20, Yi, func(i int) Cell { return Money(int64(i+1) * 113456789012) }},
	}}.Draw(page.Here(), []int{0, 1, 2, 3, 4})
	page.Past(d)
	two := []Series{d.Series("红灯"), d.Series("黄灯")}
	money := []Series{d.Series("投资"), d.Series("计划")}
	m := d.Column("月份")
	due := d.Series("计划")
	page.Charts(12, Chart{Columns, "柱（亿元）", m, money[:1], false, &due}, Chart{StackedColumns, "叠柱", m, two, true, nil}, Chart{StackedBars, "叠条", m, two, true, nil},
		Chart{Lines, "线（亿元）", m, money, false, nil})
	page.Charts(12, Chart{Lines, "线", m, two, true, nil}, Chart{Pie, "饼", m, money[:1], true, nil}, Chart{Doughnut, "环", m, two[:1], true, nil},
		Chart{Bars, "条", m, money, false, nil})
	data := bytesOf(t, book)
	workbooktest.Check(t, data)
	texts, names := parts(t, data)
	charts := 0
	for _, name := range names {
		if strings.HasPrefix(name, "xl/charts/") {
			charts++
		}
	}
	if charts != 8 {
		t.Errorf("%d charts, want 8", charts)
	}
	if marked := texts["xl/charts/chart1.xml"]; !strings.Contains(marked, "<lineChart>") || strings.Count(marked, "<ser>") != 2 {
		t.Error("no line over the columns")
	}
	if got := strings.Count(texts["xl/charts/chart1.xml"], `<min val="0">`); got != 1 {
		t.Errorf("columns start at zero %d times, want once", got)
	}
	for row, what := range map[string]string{"18": "end above", "19": "begin below"} {
		if got := strings.Count(texts["xl/drawings/drawing1.xml"], "<xdr:row>"+row+"</xdr:row>"); got != 4 {
			t.Errorf("%d charts %s the middle of the page, want 4", got, what)
		}
	}
}
