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

// TestRowsAreNotKept: a drawn table holds its rows and what its formulas come to, no cells and nothing that it quotes.
func TestRowsAreNotKept(t *testing.T) {
	const rows, columns, most = 5_000, 20, 64 // bytes a row
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
	table.Columns = append(table.Columns, []Column[int]{
		{"倍", 8, Whole, func(int) Cell { return Plus(Own("数"), Own("数")) }},
		{"正负", 8, Label, func(int) Cell { return Which(Own("数"), "负", "无", "正") }},
	}...)
	data, before := make([]int, rows), heap()
	book, other := newBook(), newBook()
	drawn := table.Draw(book.Sheet("台账", A3Landscape).At(1, 1), data)
	quoting := Table[int]{Ledger: true}
	for _, c := range table.Columns {
		quoting.Columns = append(quoting.Columns, Column[int]{c.Heading, 8, Prose, func(n int) Cell { return Quote(drawn.Cell(c.Heading, n)) }})
	}
	quoted := quoting.Draw(other.Sheet("台账", A3Landscape).At(1, 1), data)
	for _, b := range []*Book{book, other} {
		if err := b.Complete(); err != nil {
			t.Fatal(err)
		}
	}
	if held := int64(heap()-before) / rows; held > most {
		t.Errorf("%d bytes a row, at most %d", held, most)
	}
	if got := quoted.Cell("列3", 7).Shown(); got != "0之3" {
		t.Errorf("a cell that is asked for shows %q", got)
	}
	runtime.KeepAlive(data)
}

// TestFormulasAreKept: what a formula in a row comes to is kept as it is: a number in its unit, a text, nothing.
func TestFormulasAreKept(t *testing.T) {
	book := newBook()
	d := Table[int]{Columns: []Column[int]{
		{"数", 8, Yi, func(n int) Cell {
			if n == 0 {
				return Blank
			}
			return Money(n * 1_000_000_000)
		}},
		{"差", 8, Yi, func(int) Cell { return Minus(Own("数"), Money(500_000_000)) }},
		{"正负", 8, Label, func(int) Cell { return Which(Own("差"), "负", "无", "正") }},
	}}.Draw(book.Sheet("表", A4Portrait).At(1, 1), []int{0, 1, -1, 2})
	page := book.Sheet("页", A4Portrait)
	for _, again := range []bool{false, true} {
		for i, want := range []string{" ", "0.05 正", "-0.15 负", "0.15 正"} {
			if got := d.Cell("差", i).Shown() + " " + d.Cell("正负", i).Shown(); got != want {
				t.Errorf("row %d shows %q, not %q (again: %v)", i, got, want, again)
			}
		}
		if err := book.Complete(); err != nil {
			t.Fatal(err)
		}
	}
	at := page.At(1, 1).Span(1, 1).Put(Plus(d.Cell("差", 1), d.Cell("差", 3)), Wan)
	if got := at.Shown(); got != "2,000.00" {
		t.Errorf("read from another sheet in 万元: %s", got)
	}
}

// TestBesideRows: what is put beside a row of a table stands beside that one only.
func TestBesideRows(t *testing.T) {
	s := newBook().Sheet("表", A4Portrait)
	Table[int]{Columns: []Column[int]{{"甲", 8, Whole, func(n int) Cell { return Int(n) }}}}.Draw(s.At(1, 1), []int{1, 2, 3})
	s.At(2, 3).Span(1, 1).Put(Text("旁"), Prose)
	Table[int]{Columns: []Column[int]{{"乙", 8, Whole, func(n int) Cell { return Int(n * 10) }}}}.Draw(s.At(3, 2), []int{1, 2})
	var got []string
	for row := 2; row <= 4; row++ {
		for col := 1; col <= 3; col++ {
			got = append(got, s.At(col, row).Shown())
		}
	}
	if want := "1,,乙,2,旁,10,3,,20"; strings.Join(got, ",") != want {
		t.Errorf("%s, not %s", strings.Join(got, ","), want)
	}
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
