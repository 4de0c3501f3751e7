package workbook

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Properties are what the file says of itself, and the foot of every page.
type Properties struct {
	Title  string
	Author string    // the organisation
	Date   time.Time // of creation and change: the end of the period, never a clock
	Foot   string    // at the left of every printed page's foot, such as "数据截至 2024-06-30"
}

// A Book is a workbook being laid out. It is not safe for concurrent use.
type Book struct {
	properties Properties
	fonts      Fonts
	sheets     []*Sheet

	known   []string // titles that texts may send a reader to
	indexed bool     // an index lists the sheets

	indices map[Range]map[string][]int // rows of columns by what their cells equal
	orders  map[orderKey]order         // of rows, by their places

	complete bool // nothing was drawn since all was worked out
}

// New starts a workbook.
func New(p Properties, f Fonts) *Book {
	return &Book{properties: p, fonts: f}
}

// Sheet adds a sheet after the others. It panics on a name that a workbook
// cannot have: empty, over 31 characters, with any of :\/?*[] or ', or taken.
func (b *Book) Sheet(name string, p Page) *Sheet {
	if n := utf8.RuneCountInString(name); n == 0 || n > 31 || strings.ContainsAny(name, `:\/?*[]'`) {
		panic("workbook: bad sheet name " + name)
	}
	for _, s := range b.sheets {
		if strings.EqualFold(s.name, name) {
			panic("workbook: two sheets " + name)
		}
	}
	s := &Sheet{
		book: b, name: name, page: p,
		widths: map[int]float64{}, heights: map[int]float64{},
	}
	b.sheets = append(b.sheets, s)
	return s
}

// A Sheet is a sheet being laid out: cells, and what lies over them.
type Sheet struct {
	book *Book
	name string
	page Page

	part      Part
	about     string // what it shows, in a line
	linked    bool   // row 1 is for links
	navigated bool   // and they are there
	dropped   bool

	printedCols int // the rest is for the screen; 0: all

	lines      []*line // by row, from 0
	cols, rows int     // extent of what was drawn
	widths     map[int]float64
	heights    map[int]float64 // points; of rows whose height does not follow their text
	grid       float64         // width of every column, where all are alike

	charts      []placedChart
	breaks      []int // rows that begin a printed page, ascending
	ledger      *Drawn
	tables      []*Drawn
	conditional []conditionalFormat
	said        map[[2]int]bool // the columns and rows of rates that sentences show
	choices     []choice
}

// At is the cell in that column and row, both from 1.
func (s *Sheet) At(col, row int) Ref {
	if col < 1 || row < 1 {
		panic(fmt.Sprintf("workbook: no cell at column %d, row %d", col, row))
	}
	return Ref{s, col, row}
}

// Grid gives the sheet that many narrow columns alike, for pages on which
// several tables, tiles and charts share columns. A table's column then takes as
// many of them, merged, as come nearest to its width.
func (s *Sheet) Grid(columns int, width float64) {
	s.grid = width
	for col := 1; col <= columns; col++ {
		s.widths[col] = width
	}
}

// Width makes a column at least that wide, in digits of the standard font.
func (s *Sheet) Width(col int, width float64) {
	if s.grid == 0 {
		s.widths[col] = max(s.widths[col], width)
	}
}

// Height fixes the height of a row, in points. Other rows are as high as their
// text needs.
func (s *Sheet) Height(row int, points float64) { s.heights[row] = points }

// PageBreak lets a new printed page begin at that row.
func (s *Sheet) PageBreak(row int) {
	if row > 1 {
		s.breaks = append(s.breaks, row)
	}
}

// A line is what lies over a row: what was put there, by column from 0, merged or not, and the tables that have
// a row of data there. Rows where nothing was put share one, for a ledger has very many.
type line struct {
	slots  []*slot
	tables []*Drawn
}

// bare is the line of rows over which nothing lies.
var bare = &line{}

// A slot is a cell in its place, perhaps over several merged ones. That of a row of data of a table is made when it
// is asked for.
type slot struct {
	sheet      *Sheet
	col, row   int // of its range, from 1
	cols, rows int
	cell       Cell
	style      Style
	table      *Drawn // nil outside tables
	own        result
	kept       *kept    // where its table keeps the result; nil: it does not
	shows      *slot    // what a quotation shows; nil where nothing was put there
	beside     *dataRow // the cells of its row of data; nil: each is made by itself
}

// A result is what a cell holds, once it is known: nil, a string or a float64, money in the unit of its style.
type result struct {
	state resultState
	val   any
}

type resultState int8

const (
	unknown resultState = iota
	working
	known
)

// at is the range that the slot takes.
func (s *slot) at() Range { return Range{Ref{s.sheet, s.col, s.row}, s.cols, s.rows} }

// fill makes the slot that of a cell at a range; how the cell looks is settled by itself, by what it quotes or by its
// light.
func (s *slot) fill(at Range, c Cell, usual *Style, table *Drawn) {
	style := *usual
	var shows *slot
	if from := c.quotes(); from != nil {
		shows = from.slot()
	}
	if c.style != nil {
		framed := style.framed
		style = *c.style
		style.framed = style.framed || framed
		c.style = nil // the slot's from here on
	} else if shows != nil {
		style = style.quoting(shows)
	}
	if light, is := c.v.(Light); is {
		style = style.lit(light)
	}
	*s = slot{
		sheet: at.first.sheet, col: at.first.col, row: at.first.row, cols: at.cols, rows: at.rows,
		cell: c, style: style, table: table, shows: shows,
	}
}

func (s *Sheet) put(at Range, c Cell, style Style, table *Drawn) {
	by := &slot{}
	by.fill(at, c, &style, table)
	s.cover(at, by)
}

// cover lays a slot over the cells that it takes.
func (s *Sheet) cover(at Range, by *slot) {
	s.extend(at)
	last := at.Last()
	for row := at.first.row; row <= last.row; row++ {
		line := s.ownLine(row)
		for len(line.slots) < last.col {
			line.slots = append(line.slots, nil)
		}
		for col := at.first.col; col <= last.col; col++ {
			if !line.free(col) {
				panic("workbook: drawn over " + s.At(col, row).String())
			}
			line.slots[col-1] = by
		}
	}
}

// ownLine is the line of a row, which it shares with none from here on.
func (s *Sheet) ownLine(row int) *line {
	at := &s.lines[row-1]
	if (*at).slots == nil {
		*at = &line{tables: (*at).tables}
	}
	return *at
}

// coverRows lays a table over the rows of its data.
func (s *Sheet) coverRows(d *Drawn, over Range) {
	s.extend(over)
	var before, after *line // of the row above
	for row := over.first.row; row <= over.Last().row; row++ {
		at := &s.lines[row-1]
		if *at != before {
			for col := over.first.col; col <= over.Last().col; col++ {
				if !(*at).free(col) {
					panic("workbook: drawn over " + s.At(col, row).String())
				}
			}
			before, after = *at, &line{(*at).slots, append(slices.Clone((*at).tables), d)}
		}
		*at = after
	}
}

// free reports whether nothing lies over that column of the line.
func (l *line) free(col int) bool {
	return (col > len(l.slots) || l.slots[col-1] == nil) && l.table(col) == nil
}

// table is the table with a row of data over that column of the line, nil where there is none.
func (l *line) table(col int) *Drawn {
	for _, d := range l.tables {
		if d.places.covers(col) {
			return d
		}
	}
	return nil
}

// extend makes the sheet hold a range.
func (s *Sheet) extend(at Range) {
	s.book.complete = false
	last := at.Last()
	s.cols, s.rows = max(s.cols, last.col), max(s.rows, last.row)
	if more := s.rows - len(s.lines); more > 0 {
		s.lines = append(s.lines, slices.Repeat([]*line{bare}, more)...)
	}
}

// drawn is the table that the slot stands in.
func (s *slot) drawn() *Drawn {
	if s.table == nil {
		panic("workbook: Own or Rows outside a table, at " + s.at().first.String())
	}
	return s.table
}

// result is what the slot holds.
func (s *slot) result() any {
	if s.own.state == unknown && s.kept != nil {
		s.own = s.table.result(s.kept)
	}
	switch s.own.state {
	case working:
		panic("workbook: formula reads itself, at " + s.at().first.String())
	case unknown:
		s.own.state = working
		if s.kept != nil {
			s.kept.state = working
		}
		s.own = result{known, s.evaluate()}
		if s.kept != nil {
			s.table.hold(s.kept, s.own.val, s.style.unit)
		}
	}
	return s.own.val
}

func (s *slot) evaluate() any {
	v := s.unrounded()
	if s.rounds() && s.style.format.ties(v) {
		return round(v.(float64), s.style.format.digits())
	}
	return v
}

// unrounded is what the slot comes to, before a rate is rounded to what is shown.
func (s *slot) unrounded() any {
	var v any
	switch {
	case s.cell.formula == nil:
		return s.cell.constant(s.style.unit)
	case s.shows != nil:
		v = converted(stated(s.shows.result()), s.shows.style.unit, s.style.unit)
	default:
		v = converted(s.cell.formula.value(s), s.cell.formula.unit(s), s.style.unit)
	}
	if x, ok := v.(float64); ok {
		return tidy(x)
	}
	return v
}

// spelling is the formula of the slot, without =; "" for a value.
func (s *slot) spelling() string {
	switch {
	case s.cell.formula == nil || s.cell.quotes() != nil:
		return ""
	case s.tied():
		return fmt.Sprintf(`IFERROR(ROUND(%s,%d),"")`, s.cell.formula.text(s), s.style.format.digits())
	case s.cell.formula.unit(s) == s.style.unit:
		return s.cell.formula.text(s)
	}
	return textIn(s.cell, s.style.unit, s)
}

// shown is what a reader sees in the slot.
func (s *slot) shown() string { return s.style.format.show(s.result()) }
