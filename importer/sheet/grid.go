package sheet

import (
	"io"
	"strings"
)

// A grid holds the rows of a worksheet whose format says only behind them what surrounds
// them, or which cannot be entered in the middle. Cells are counted as they come, so
// that no file makes it large.
type grid struct {
	sheet *Sheet
	part  string
	held  *int // cells of all sheets of the book
	rows  []repeatedRow

	row   Row   // in the making
	texts glued // its values
	fonts fonts // of the value that comes next
}

// A repeatedRow is a row that stands as often as Times, each one below the other.
type repeatedRow struct {
	Row
	times int
}

// newGrid begins a worksheet of the book.
func newGrid(book *Book, part, name string, held *int) *grid {
	g := &grid{sheet: &Sheet{Name: name, book: book}, part: part, held: held}
	g.sheet.open = func() (*rows, error) {
		pass := &gridPass{rows: g.rows}
		return &rows{next: pass.next, close: func() {}}, nil
	}
	return g
}

// begin starts a row.
func (g *grid) begin(number int, hidden bool) {
	g.row = Row{Number: number, Hidden: hidden, Cells: g.row.Cells[:0]}
	g.texts.bytes, g.texts.spans = g.texts.bytes[:0], g.texts.spans[:0]
}

// put adds a cell to the row, as often as times, side by side, with texts.bytes[from:] as its
// value, in the fonts that it was marked with; style gives the cell style of a column.
func (g *grid) put(cell Cell, from, times int, style func(column int) cellStyle) error {
	if cell.Column+times-1 > maxColumn {
		return damaged(g.part, "row %d has a cell beyond the last column", g.row.Number)
	}
	if err := g.count(times); err != nil {
		return err
	}
	text := g.texts.bytes[from:]
	runs := g.fonts.runsOf(text)
	plain, struck := markedBy(text, runs, false), markedBy(text, runs, true)
	for range times {
		look := style(cell.Column)
		cell.Format, cell.Marked = look.format, plain
		if look.struck {
			cell.Marked = struck
		}
		g.texts.spans = append(g.texts.spans, cut{len(g.row.Cells), from, len(g.texts.bytes)})
		g.row.Cells = append(g.row.Cells, cell)
		cell.Column++
	}
	return nil
}

// count adds cells to those of the book.
func (g *grid) count(cells int) error {
	if *g.held += cells; *g.held > g.sheet.book.limits.Cells {
		return over(g.part, "cells", int64(g.sheet.book.limits.Cells))
	}
	return nil
}

// end keeps the row, as often as times, if it holds a cell.
func (g *grid) end(times int) error {
	if len(g.row.Cells) == 0 {
		return nil
	}
	if g.row.Number+times-1 > maxRow {
		return damaged(g.part, "a row beyond the last")
	}
	if err := g.count((times - 1) * len(g.row.Cells)); err != nil {
		return err
	}
	g.texts.split(func(i int, text string) { g.row.Cells[i].Raw = text })
	row := g.row
	row.Cells = append([]Cell(nil), g.row.Cells...)
	g.rows = append(g.rows, repeatedRow{row, times})
	return nil
}

// merge keeps a merged range.
func (g *grid) merge(r Range) error {
	if r.ToColumn > maxColumn || r.ToRow > maxRow {
		return damaged(g.part, "merged cells beyond the last: %s", r)
	}
	if len(g.sheet.Merges) == g.sheet.book.limits.Merges {
		return over(g.part, "merges", int64(g.sheet.book.limits.Merges))
	}
	g.sheet.Merges = append(g.sheet.Merges, r)
	return nil
}

// fonts are the runs of a text, as its font changes.
type fonts struct {
	runs []run
	now  font
}

// begin begins a text.
func (f *fonts) begin() { *f = fonts{runs: f.runs[:0]} }

// change ends a run at a byte of the text and begins another.
func (f *fonts) change(at int, to font) {
	if to != f.now {
		f.runs = append(f.runs, run{at, f.now, f.now != font{}})
		f.now = to
	}
}

// runsOf gives the runs of the whole text; none where its font never changes.
func (f *fonts) runsOf(text []byte) []run {
	if len(f.runs) == 0 {
		return nil
	}
	f.change(len(text), font{})
	for i := range f.runs { // blanks at the end may have been taken off
		f.runs[i].to = min(f.runs[i].to, len(text))
	}
	return append(f.runs, run{to: len(text)})
}

// within is the font within an element of HTML.
func (f font) within(element string) font {
	switch strings.ToLower(element) {
	case "s", "strike", "del":
		f.struck = true
	case "sup":
		f.raised = true
	}
	return f
}

// gridPass is a pass over the rows of a grid.
type gridPass struct {
	rows  []repeatedRow
	given int // how often the first of rows was given
	row   Row
}

func (p *gridPass) next() (*Row, error) {
	if len(p.rows) == 0 {
		return nil, io.EOF
	}
	first := &p.rows[0]
	p.row = Row{Number: first.Number + p.given, Hidden: first.Hidden, Cells: append(p.row.Cells[:0], first.Cells...)}
	if p.given++; p.given == first.times {
		p.rows, p.given = p.rows[1:], 0
	}
	return &p.row, nil
}
