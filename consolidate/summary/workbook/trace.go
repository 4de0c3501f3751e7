package workbook

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Lineage: a figure is a value that came from outside the workbook (Cell.From) or a formula,
// which leads to the cells that it reads. Nothing is kept for it but the origins: what a
// formula reads is worked out when somebody asks.

// Numbering is the origin of the numbers that a table gives its rows.
type Numbering struct{}

// A Leaf is a cell with an origin that a cell leads back to.
type Leaf struct {
	Path   []Ref // from the cell that was asked about to the one with the origin, in another book where one is quoted
	Origin any
}

// What Find does not find.
var (
	ErrNoSheet = errors.New("no such sheet")
	ErrNoCell  = errors.New("no name of a cell")
)

// Sheets are the names of the sheets, in their order.
func (b *Book) Sheets() []string {
	names := make([]string, len(b.sheets))
	for i, s := range b.sheets {
		names[i] = s.name
	}
	return names
}

// About is what the sheet of that name shows, in a line; blank where it does not say or there is none.
func (b *Book) About(sheet string) string {
	if s := b.sheet(sheet); s != nil {
		return s.about
	}
	return ""
}

// Title is the title of the book, by which places in other books name it.
func (b *Book) Title() string { return b.properties.Title }

// Find is the cell of a sheet by its name as Excel writes it, B5 or $b$5; of merged cells
// the one that holds their value. It fails with ErrNoSheet or ErrNoCell.
func (b *Book) Find(sheet, cell string) (Ref, error) {
	s := b.sheet(sheet)
	if s == nil {
		return Ref{}, fmt.Errorf("%w: %s", ErrNoSheet, sheet)
	}
	col, row, err := excelize.CellNameToCoordinates(strings.ReplaceAll(cell, "$", ""))
	if err != nil {
		return Ref{}, fmt.Errorf("%w: %s", ErrNoCell, cell)
	}
	if over := (Ref{s, col, row}).covering(); over != nil {
		return over.at().first, nil
	}
	return Ref{s, col, row}, nil
}

// Shown is what a reader sees in the cell.
func (r Ref) Shown() string {
	if s := r.slot(); s != nil {
		return s.shown()
	}
	return ""
}

// Formula is the cell's formula, without =; "" for a value.
func (r Ref) Formula() string {
	if s := r.slot(); s != nil {
		return s.spelling()
	}
	return ""
}

// Heading is the heading of the cell's column in its table; "" outside the rows of tables.
func (r Ref) Heading() string {
	s := r.slot()
	if s == nil || s.table == nil {
		return ""
	}
	for heading, leaf := range s.table.columns {
		if leaf.col == r.col {
			return heading
		}
	}
	return ""
}

// Place is the cell as a person writes it: 总览!B5.
func (r Ref) Place() string { return r.sheet.name + "!" + r.name(false) }

// PlaceFor is Place for a reader of a book: a cell of another one is named with its title,
// 《城固县项目核对底稿（2024年6月）》总览!B5.
func (r Ref) PlaceFor(b *Book) string {
	if r.sheet.book == b {
		return r.Place()
	}
	return "《" + r.sheet.book.properties.Title + "》" + r.Place()
}

// Reads are the cells that the cell's formula reads, each once: ranges cell by cell, of
// counts and sums under conditions those of the rows that meet them.
func (r Ref) Reads() []Ref {
	s := r.slot()
	if s == nil {
		return nil
	}
	var all []Ref
	seen := map[Ref]bool{}
	s.cell.reads(s, func(read Ref) {
		if !seen[read] {
			seen[read] = true
			all = append(all, read)
		}
	})
	return all
}

// Leaves are the cells with an origin that the cell leads back to, itself among them, each
// once, in the order in which formulas read them.
func (r Ref) Leaves() iter.Seq[Leaf] {
	return func(yield func(Leaf) bool) {
		seen := map[Ref]bool{}
		var walk func(at Ref, path []Ref) bool
		walk = func(at Ref, path []Ref) bool {
			s := at.slot()
			if seen[at] || s == nil {
				return true
			}
			seen[at] = true
			path = append(path, at)
			if s.cell.origin != nil && !yield(Leaf{slices.Clone(path), s.cell.origin}) {
				return false
			}
			for _, read := range at.Reads() {
				if !walk(read, path) {
					return false
				}
			}
			return true
		}
		walk(r, nil)
	}
}

// inputs visit the cells that a formula reads in its place.
type inputs func(host *slot, visit func(Ref))

// readAll reads all cells of a range.
func readAll(of Cells) inputs {
	return func(h *slot, visit func(Ref)) { of.cellsOf(h).each(visit) }
}

// readEach reads what the operands read.
func readEach(of []Operand) inputs {
	return func(h *slot, visit func(Ref)) {
		for _, o := range of {
			o.reads(h, visit)
		}
	}
}

// stated leaves out the cells that hold nothing.
func (from inputs) stated(h *slot, visit func(Ref)) {
	from(h, func(r Ref) {
		s := r.slot()
		if s == nil || s.cell.formula == nil && s.cell.v == nil || s.cell.quotes() != nil && s.result() == nil {
			return
		}
		visit(r)
	})
}

// reads visits the cells that the rows of r which meet all conditions were found by, and
// what they were held against.
func (all conditions) reads(h *slot, r Range, visit func(Ref)) {
	for _, row := range all.rows(h, r) {
		for _, c := range all {
			visit(c.in.cellsOf(h).first.Down(row))
		}
	}
	for _, c := range all {
		if c.what != nil {
			c.what.reads(h, visit)
		}
	}
}
