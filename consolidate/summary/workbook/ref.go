package workbook

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A Ref is one cell of a sheet: the anchor at which something is drawn, and an
// operand of formulas. On its own sheet a formula shows it relative (D5), so
// that sorting rows keeps it in its row; elsewhere absolute ('台账'!$D$5).
type Ref struct {
	sheet    *Sheet
	col, row int // from 1
}

// Down is the cell n rows below.
func (r Ref) Down(n int) Ref { r.row += n; return r }

// Right is the cell n columns to the right.
func (r Ref) Right(n int) Ref { r.col += n; return r }

// Span is the range of cols × rows cells whose upper left cell is r.
func (r Ref) Span(cols, rows int) Range { return Range{r, cols, rows} }

// String is the reference as another sheet would write it.
func (r Ref) String() string { return r.sheet.quoted() + "!" + r.name(true) }

func (r Ref) name(absolute bool) string {
	name, err := excelize.CoordinatesToCellName(r.col, r.row, absolute)
	if err != nil {
		panic(fmt.Sprintf("workbook: no such cell: %v", err))
	}
	return name
}

// A Range is a rectangle of cells: an operand of formulas and charts, and a
// canvas to put one merged cell in. Formulas always show it absolute.
type Range struct {
	first      Ref
	cols, rows int
}

// First is the upper left cell.
func (r Range) First() Ref { return r.first }

// Last is the lower right cell.
func (r Range) Last() Ref { return r.first.Right(r.cols - 1).Down(r.rows - 1) }

// Below is the cell under the lower left one.
func (r Range) Below() Ref { return r.first.Down(r.rows) }

// Beside is the cell to the right of the upper right one.
func (r Range) Beside() Ref { return r.first.Right(r.cols) }

// String is the reference as another sheet would write it.
func (r Range) String() string { return r.first.sheet.quoted() + "!" + r.name(true) }

func (r Range) name(absolute bool) string {
	return r.first.name(absolute) + ":" + r.Last().name(absolute)
}

// Put writes one cell over the whole range, merged where that is more than one
// cell, and returns its reference.
func (r Range) Put(c Cell, s Style) Ref {
	r.first.sheet.put(r, c, s, nil)
	return r.first
}

// each calls visit for every cell of the range, row by row.
func (r Range) each(visit func(Ref)) {
	for row := range r.rows {
		for col := range r.cols {
			visit(r.first.Right(col).Down(row))
		}
	}
}

// cellsOf makes a Range an operand of Sum and its kin.
func (r Range) cellsOf(*slot) Range { return r }

// quoted is the name as formulas spell it.
func (s *Sheet) quoted() string {
	if s.dropped {
		panic("workbook: something reads sheet " + s.name + ", which was dropped")
	}
	return "'" + strings.ReplaceAll(s.name, "'", "''") + "'"
}
