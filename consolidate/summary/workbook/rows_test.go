package workbook_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	. "huizong/consolidate/summary/workbook"
)

// TestTextsAreKept: whatever a text holds, the file holds the same, in a value and in what a formula comes to, of which
// the library does not read spelled characters.
func TestTextsAreKept(t *testing.T) {
	texts := map[string]string{ // what is read back, where it is another
		"a<b & c>d \"e\" 'f'": "", " 前后有空格 ": "", "两\n行": "", "制\t表": "", "_x4E2D_": "", "_x005F_x0041_": "", "_x": "", "_x12G4_": "",
		"控\x01制": "控\uFFFD制", "坏\xff": "坏\uFFFD", "罕见字𠀀": "",
		strings.Repeat("长", 40_000): strings.Repeat("长", 32_767), strings.Repeat("𠀀", 20_000): strings.Repeat("𠀀", 16_383),
	}
	ofFormula := func(text string) bool { return len(text) < 100 && !strings.HasPrefix(text, "_x") }
	book := newBook()
	sheet := book.Sheet("文", A4Portrait)
	var in []string
	for text := range texts {
		in = append(in, text)
		sheet.At(1, len(in)).Span(1, 1).Put(Text(text), Prose)
		if ofFormula(text) {
			sheet.At(2, len(in)).Span(1, 1).Put(Same(sheet.At(1, len(in))), Prose)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(bytesOf(t, book)))
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range in {
		want := texts[text]
		if want == "" {
			want = text
		}
		for _, col := range []string{"A", "B"} {
			if col == "B" && !ofFormula(text) {
				continue
			}
			if got, err := f.GetCellValue("文", fmt.Sprint(col, i+1)); err != nil || got != want {
				t.Errorf("%s of %.40q: %.40q (%v)", col, text, got, err)
			}
		}
	}
}

// TestRowsAreNotKept: a drawn table holds its rows and what its formulas come to, no cells.
func TestRowsAreNotKept(t *testing.T) {
	const rows, columns, most = 5_000, 20, 200 // bytes a row
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	table := Table[int]{Ledger: true, Columns: []Column[int]{{"数", 8, Whole, func(n int) Cell { return Int(n) }}}}
	for i := range columns {
		table.Columns = append(table.Columns, Column[int]{fmt.Sprint("列", i), 8, Prose, func(n int) Cell { return Text(fmt.Sprint(n, "之", i)) }})
	}
	table.Columns = append(table.Columns, Column[int]{"倍", 8, Whole, func(int) Cell { return Plus(Own("数"), Own("数")) }})
	data, before := make([]int, rows), heap()
	book := newBook()
	drawn := table.Draw(book.Sheet("台账", A3Landscape).At(1, 1), data)
	if err := book.Complete(); err != nil {
		t.Fatal(err)
	}
	if held := int64(heap()-before) / rows; held > most {
		t.Errorf("%d bytes a row, at most %d", held, most)
	}
	if got := drawn.Cell("列3", 7).Shown(); got != "0之3" {
		t.Errorf("a cell that is asked for shows %q", got)
	}
	runtime.KeepAlive(data)
}

// TestDrawnOver: neither a cell nor a table lies over the rows of another.
func TestDrawnOver(t *testing.T) {
	table := Table[int]{Columns: []Column[int]{{"甲", 8, Whole, func(n int) Cell { return Int(n) }}}}
	for name, draw := range map[string]func(*Sheet){
		"a cell over a row":  func(s *Sheet) { s.At(1, 3).Span(1, 1).Put(Text("盖"), Prose) },
		"a row over a cell":  func(s *Sheet) { s.At(2, 2).Span(1, 1).Put(Text("底"), Prose); table.Draw(s.At(2, 1), []int{1}) },
		"a table over a row": func(s *Sheet) { table.Draw(s.At(1, 2), []int{1, 2}) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("nobody minds")
				}
			}()
			s := newBook().Sheet("表", A4Portrait)
			table.Draw(s.At(1, 1), []int{1, 2})
			draw(s)
		})
	}
}

// TestReadsItself: a formula in a row that reads itself panics.
func TestReadsItself(t *testing.T) {
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, "reads itself") {
			t.Errorf("panics with %q", said)
		}
	}()
	book := newBook()
	Table[int]{Columns: []Column[int]{
		{"甲", 8, Whole, func(int) Cell { return Plus(Own("乙"), Int(1)) }},
		{"乙", 8, Whole, func(int) Cell { return Plus(Own("甲"), Int(1)) }},
	}}.Draw(book.Sheet("表", A4Portrait).At(1, 1), []int{1})
	_ = book.Complete()
}
