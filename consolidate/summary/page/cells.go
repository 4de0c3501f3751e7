package page

import (
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Quantity is a column of numbers; blank where the department did not say.
func Quantity(c form.Count) func(*Project) workbook.Cell {
	return Cited(func(p *Project) workbook.Cell { return countOf(c.Value(p.Record())) }, c.Column)
}

// countOf is the cell of a count.
func countOf(v ledger.Value) workbook.Cell {
	if !v.Known {
		return workbook.Blank
	}
	return workbook.Number(float64(v.N) / form.CountScale)
}

// Word is a column of words that are worked out, of columns of the form.
func Word(of func(*Project) string, columns ...*form.Column) func(*Project) workbook.Cell {
	return Cited(func(p *Project) workbook.Cell { return workbook.Text(of(p)) }, columns...)
}

// Small is a style in smaller letters, for long texts.
func Small(s workbook.Style) workbook.Style { return s.Size(10) }

// Stated adds up a column of the numbered table being drawn; blank where no row states it.
func Stated(heading string) workbook.Cell {
	return workbook.SumKnown(workbook.Rows(heading), workbook.Over(workbook.Rows("序号"), 0))
}

// TotalCount is the style of the number of projects in the total row of a ledger.
var TotalCount = workbook.Whole.Suffix("个").Align(workbook.Centre)

// CountOwn counts the projects that count in the ledger being drawn.
func CountOwn() workbook.Cell {
	return workbook.CountIf(workbook.Is(workbook.Rows("计数"), workbook.Text(Counted)))
}

// SumOwn adds up a column of the ledger being drawn over the projects that count; blank where
// none of them says.
func SumOwn(heading string) workbook.Cell {
	return workbook.SumKnown(workbook.Rows(heading), workbook.Is(workbook.Rows("计数"), workbook.Text(Counted)))
}

// numerals number chapters, tables and groups: 一、二、三 …
var numerals = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

// Numeral is the numeral of the n-th, the first being 0; after the tenth they begin anew.
func Numeral(n int) string { return numerals[n%len(numerals)] }
