package document

import (
	"fmt"
	"math"
)

// smallest is the smallest type that is read without effort, in points.
const smallest = 9

// A Column is declared as it looks. Its width is in characters of the table; what is left of the
// line is shared out among the columns in proportion. It is an alias so that vet agrees to columns declared
// by position.
type Column[T any] = struct {
	Heading string
	Width   float64
	Align   Align
	Cell    func(T) Text
}

// A Table shows one T a row. Its head stands on every page, and no row is split between pages.
type Table[T any] struct {
	Points  float64 // of the type; 0 is 12, less than 9 is refused
	Right   string  // above the table at the right, such as 单位：万元
	Columns []Column[T]
	Strong  func(T) bool // rows set in the font of headings; nil is none
	Notes   []string     // below the table
}

// Draw draws the table at the end of the document. It panics if the columns do not fit into a line.
func (t Table[T]) Draw(d *Document, rows []T) {
	points := t.Points
	if points == 0 {
		points = tableType
	}
	if points < smallest {
		panic(fmt.Sprintf("document: type of %g points is too small to read", points))
	}
	set := layout{points: points}
	if t.Right != "" {
		d.add(&paragraph{style: cellStyle, text: Plain(t.Right), layout: layout{points: points, align: Right, keep: true}})
	}
	g := grid{columns: t.widths(d.page.width(), points)}
	head := row{head: true}
	for _, c := range t.Columns {
		head.cells = append(head.cells, d.cell(middle, &paragraph{style: cellHeadStyle, text: Plain(c.Heading), layout: set}))
	}
	g.rows, g.more, g.row = append(g.rows, head), len(rows), func(i int) row {
		var r row
		for col := range t.Columns {
			r.cells = append(r.cells, cell{paragraphs: []*paragraph{t.cell(rows[i], col, set)}, upright: middle})
		}
		return r
	}
	d.countMany(len(rows)*len(t.Columns), func(i int) *paragraph { return t.cell(rows[i/len(t.Columns)], i%len(t.Columns), set) })
	d.table(g)
	for _, note := range t.Notes {
		d.add(&paragraph{style: cellStyle, text: Plain(note), layout: layout{points: points}})
	}
}

// cell is what stands in a column of the row of a subject.
func (t Table[T]) cell(of T, col int, set layout) *paragraph {
	c := t.Columns[col]
	set.align, set.strong = c.Align, t.Strong != nil && t.Strong(of)
	return &paragraph{style: cellStyle, text: c.Cell(of).clean(), layout: set}
}

// widths shares a line out among the columns, in twips.
func (t Table[T]) widths(across int, points float64) []int {
	var widths []int
	var total float64
	for _, c := range t.Columns {
		total += c.Width
	}
	spare := float64(across-2*cellMargin*len(t.Columns)) - total*points*point
	if spare < 0 {
		panic(fmt.Sprintf("document: columns of %g characters of %g points do not fit into the line", total, points))
	}
	left := across
	for _, c := range t.Columns[:len(t.Columns)-1] {
		width := int(math.Floor(c.Width*(points*point+spare/total))) + 2*cellMargin
		widths = append(widths, width)
		left -= width
	}
	return append(widths, left)
}

// cell numbers the paragraphs of a cell.
func (d *Document) cell(u upright, paragraphs ...*paragraph) cell {
	for _, p := range paragraphs {
		d.count(p)
	}
	return cell{paragraphs: paragraphs, upright: u}
}
