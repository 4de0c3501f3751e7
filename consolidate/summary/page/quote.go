package page

import "huizong/consolidate/summary/workbook"

// UpTo counts the rows of a table that is quoted: the numbers from 0 to n-1.
func UpTo(n int) []int {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	return rows
}

// Quoting is a column of a table that was drawn elsewhere, quoted by row.
func Quoting(from *workbook.Drawn, heading string) func(int) workbook.Cell {
	return func(row int) workbook.Cell { return workbook.Quote(from.Cell(heading, row)) }
}
