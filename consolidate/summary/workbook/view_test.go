package workbook_test

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "huizong/consolidate/summary/workbook"
	"huizong/consolidate/summary/workbook/workbooktest"
)

// viewOf is a sheet of a complete book.
func viewOf(t *testing.T, b *Book, sheet string) *View {
	t.Helper()
	v, err := b.View(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestViewShowsTheSheet: a view has the texts of the file at their places, but for the links over a sheet, and each of
// its rows is as wide as the sheet.
func TestViewShowsTheSheet(t *testing.T) {
	book := demo()
	data := bytesOf(t, book)
	for i, sheet := range book.Sheets() {
		want := workbooktest.Texts(t, data, sheet)
		if i > 0 {
			maps.DeleteFunc(want, func(place, _ string) bool { return strings.TrimLeft(place, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "1" })
		}
		v, got := viewOf(t, book, sheet), map[string]string{}
		below := make([]int, len(v.Widths)) // rows that cells above still take, by column
		for _, row := range v.Rows {
			for col := range below {
				below[col]--
			}
			for _, cell := range row {
				if cell.Text != "" {
					got[cell.Place] = cell.Text
				}
				for range cell.Cols {
					free := 0
					for free < len(below) && below[free] > 0 {
						free++
					}
					if free == len(below) {
						t.Fatalf("%s!%s: the row is wider than the sheet", sheet, cell.Place)
					}
					below[free] = cell.Rows
				}
			}
			for col, rows := range below {
				if rows <= 0 {
					t.Fatalf("%s: nothing in column %d of the row of %s", sheet, col+1, row[0].Place)
				}
			}
		}
		if diff := cmp.Diff(want, got, workbooktest.Zeros); diff != "" {
			t.Errorf("%s: -file +view:\n%s", sheet, diff)
		}
	}
	if _, err := book.View("没有"); !errors.Is(err, ErrNoSheet) {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

func TestViewSaysWhatCellsAre(t *testing.T) {
	book := demo()
	if err := book.Complete(); err != nil {
		t.Fatal(err)
	}
	cells := map[string]ViewCell{}
	for _, sheet := range book.Sheets() {
		for _, row := range viewOf(t, book, sheet).Rows {
			for _, cell := range row {
				cells[sheet+"!"+cell.Place] = cell
			}
		}
	}
	for at, want := range map[string]ViewCell{
		"总览!A2":      {Place: "A2", Text: "城固县重点项目建设总览（2024年1—6月）", Rows: 1, Cols: 24, Look: LookTitle, Align: Centre, Bold: true},
		"总览!A5":      {Place: "A5", Text: "项目总数", Rows: 1, Cols: 4, Look: LookHeading, Align: Centre, Framed: true},
		"总览!A6":      {Place: "A6", Text: "460个", Rows: 1, Cols: 4, Look: LookLarge, Align: Centre, Bold: true, Framed: true},
		"总览!A7":      {Place: "A7", Text: "省级4个 · 市级48个", Rows: 1, Cols: 4, Look: LookNote, Align: Centre, Framed: true},
		"项目台账!H5":    {Place: "H5", Text: "2024年投资", Rows: 1, Cols: 4, Look: LookHeading, Align: Centre, Bold: true, Framed: true},
		"项目台账!A5":    {Place: "A5", Text: "序号", Rows: 2, Cols: 1, Look: LookHeading, Align: Centre, Bold: true, Framed: true},
		"项目台账!A7":    {Place: "A7", Text: "1", Rows: 1, Cols: 1, Look: LookText, Align: Centre, Framed: true},
		"项目台账!R8":    {Place: "R8", Text: "黄灯", Rows: 1, Cols: 1, Look: LookText, Align: Centre, Bold: true, Framed: true, Light: Yellow},
		"项目台账!A4":    {Place: "A4", Text: "合计", Rows: 1, Cols: 1, Look: LookTotal, Align: Centre, Bold: true, Framed: true},
		"封面与编制说明!E9": {Place: "E9", Text: "打开《项目台账》", Rows: 1, Cols: 7, Look: LookText, Align: Left, Framed: true, Link: 4},
	} {
		if diff := cmp.Diff(want, cells[at]); diff != "" {
			t.Errorf("%s: -want +got:\n%s", at, diff)
		}
	}
	if v := viewOf(t, book, "项目台账"); v.Rows[v.Head][0].Text != "合计" || v.Rows[v.Body][0].Text != "1" {
		t.Errorf("the header of the ledger stands in the rows %d to %d", v.Head, v.Body)
	}
}

// TestViewOfCharts: charts have the values of their cells, and what is not known is not zero.
func TestViewOfCharts(t *testing.T) {
	book := newBook()
	flow := book.Sheet("图", A4Landscape).Flow(12, 5)
	d := Table[int]{Columns: []Column[int]{
		{"月份", 20, Label, func(i int) Cell { return Text([]string{"4月", "5月"}[i]) }},
		{"投资\n（亿元）", 20, Yi, func(i int) Cell { return []Cell{Money(123_456_789_012), Blank}[i] }},
		{"计划", 20, Percent, func(int) Cell { return Number(.5) }},
	}}.Draw(flow.Here(), []int{0, 1})
	flow.Past(d)
	due := d.Series("计划")
	flow.Charts(12, Chart{Columns, "柱", d.Column("月份"), []Series{d.Series("投资\n（亿元）")}, true, &due})
	if err := book.Complete(); err != nil {
		t.Fatal(err)
	}
	want := []ViewChart{{Kind: Columns, Title: "柱", Categories: []string{"4月", "5月"}, Labels: true,
		Series: []ViewSeries{{"投资（亿元）", []ViewValue{{12.3456789012, true, "12.35", 1, "E2"}, {0, false, "", 1, "E3"}}}},
		Mark:   &ViewSeries{"计划", []ViewValue{{.5, true, "50.0%", 1, "I2"}, {.5, true, "50.0%", 1, "I3"}}},
	}}
	v := viewOf(t, book, "图")
	if diff := cmp.Diff(want, v.Charts); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if len(v.Rows) != 3 {
		t.Errorf("%d rows, want those of the table alone", len(v.Rows))
	}
}
