package workbook

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Table declares a table as it looks, for rows of T: title, the line under it,
// header, the row 合计, rows, notes.
type Table[T any] struct {
	Title   string // of the page, large and centred
	Caption string // of one table among several on a page
	Left    string // on the line over the header: as of when, by whom
	Right   string // on the same line: 单位
	Columns []Column[T]

	// Total labels the total row, under the header, of a ledger over it, where
	// no filter hides and no sorting moves it; "" means no such row. It
	// sums the columns of styles that add up (Whole, Wan, Yi) and holds Totals
	// for others, by heading: Cells that may read Rows and Own.
	Total  string
	Totals map[string]Cell

	Strong func(T) bool // rows that stand out, such as subtotals; nil: none
	Notes  []string     // under the table, across its width

	// Ledger makes it the one long table of its sheet: it can be filtered, and
	// its total and header stay in view, with the first Frozen columns, and come
	// again on each printed page.
	Ledger bool
	Frozen int

	// Dense is of long ledgers: the letters of their rows are smaller, so that more rows go on a page.
	Dense bool

	// Printed is how many columns are printed; the rest stand right of the paper, for
	// the screen. 0: all.
	Printed int
}

// A Column is one column of a Table, declared by position on a line of its own;
// it is an alias so that vet agrees to that.
type Column[T any] = struct {
	// Heading names the column within the table, for formulas too. A slash
	// outside brackets divides levels: "2024年投资/完成".
	Heading string
	// Width is in digits of the standard font; a Chinese character takes two. At
	// full size A4 upright holds some 80, A4 across 120, A3 across 175; what is
	// wider is printed smaller.
	Width float64
	Style Style
	Value func(T) Cell // nil numbers the rows from 1
}

// Draw draws the table with its upper left corner at r.
func (t Table[T]) Draw(r Ref, data []T) *Drawn {
	p := plan{
		title: t.Title, caption: t.Caption, left: t.Left, right: t.Right,
		total: t.Total, totals: t.Totals, notes: t.Notes, rows: len(data), ledger: t.Ledger, printed: t.Printed,
		cell:   func(row, col int) Cell { return t.cell(data, row, col) },
		strong: func(row int) bool { return t.Strong != nil && t.Strong(data[row]) },
	}
	for _, c := range t.Columns {
		p.columns = append(p.columns, planColumn{c.Heading, c.Width, t.size(c.Style)})
	}
	d := p.draw(r)
	if t.Ledger {
		d.keep(t.Frozen)
	}
	return d
}

// keep makes the table the ledger of its sheet.
func (d *Drawn) keep(frozen int) {
	sheet := d.area.first.sheet
	if sheet.ledger != nil {
		panic("workbook: two ledgers on sheet " + sheet.name)
	}
	sheet.ledger, d.frozen = d, frozen
}

func (t *Table[T]) cell(data []T, row, col int) Cell {
	if t.Columns[col].Value == nil {
		return Int(row + 1).From(Numbering{})
	}
	c := t.Columns[col].Value(data[row])
	if c.style != nil {
		own := t.size(*c.style)
		c.style = &own
	}
	return c
}

// size is the style in the letters of the table's rows.
func (t *Table[T]) size(s Style) Style {
	const dense = 10
	if t.Dense && s.points() > dense {
		return s.Size(dense)
	}
	return s
}

// A plan is a Table without its type.
type plan struct {
	title, caption, left, right string
	columns                     []planColumn
	total                       string
	totals                      map[string]Cell
	notes                       []string
	rows                        int
	ledger                      bool // 合计 stands over the header
	printed                     int  // columns on paper; 0: all
	cell                        func(row, col int) Cell
	strong                      func(row int) bool
}

type planColumn struct {
	heading string
	width   float64
	style   Style
}

// Drawn is a table in its place, which answers for where everything is. Methods
// that take a heading panic where the table has none such.
type Drawn struct {
	area    Range
	columns map[string]Ref // by heading: its leaf in the header
	head    int            // first row of the header, or of 合计 over it
	total   int            // row of 合计, 0 without
	first   int            // row of data
	rows    int            // of data, at least 1: a table without rows has a blank one
	empty   bool           // that one is blank
	frozen  int
	// The rows of data are not kept cell by cell: a cell is made when it is asked for.
	plan    plan
	places  places
	index   map[string]int // of the columns of the plan, by heading
	plain   []Style        // of the columns
	strongs []Style        // in rows that stand out
	results [][]kept       // of formulas among the data, by column of the plan and row; nil: the column has none yet
	texts   []string       // among the results
	// What sayRounding needs: what the cells come to as they are shown, and where it is said.
	parts        []columnParts // by column of the plan
	termsMissed  bool          // a cell shows another sum or difference than those shown in its row give
	says         *slot         // nil: nowhere
	noted        bool          // that is a note
	saysRounding bool
}

// places are where the columns of a table stand, one row high, side by side.
type places []Range

// covers reports whether a column of the sheet is one of the table's.
func (p places) covers(col int) bool {
	return len(p) > 0 && col >= p[0].first.col && col <= p[len(p)-1].Last().col
}

// at is which column of the table stands over a column of the sheet.
func (p places) at(col int) int {
	if i := col - p[0].first.col; i < len(p) && p[i].first.col == col { // none before it is merged
		return i
	}
	i, starts := slices.BinarySearchFunc(p, col, func(r Range, col int) int { return cmp.Compare(r.first.col, col) })
	if starts {
		return i
	}
	return i - 1
}

// Column is the data cells of a column, without the total.
func (d *Drawn) Column(heading string) Range {
	return d.cell(heading, d.first).Span(1, d.rows)
}

// Cell is the cell of a column in the row of data, from 0.
func (d *Drawn) Cell(heading string, row int) Ref {
	if row < 0 || row >= d.rows {
		panic(fmt.Sprintf("workbook: no row %d", row))
	}
	return d.cell(heading, d.first+row)
}

// Rows is how many rows of data the table has.
func (d *Drawn) Rows() int {
	if d.empty {
		return 0
	}
	return d.rows
}

// Total is the cell of a column in the total row.
func (d *Drawn) Total(heading string) Ref {
	if d.total == 0 {
		panic("workbook: table without total row")
	}
	return d.cell(heading, d.total)
}

// Area is all that was drawn, from title to notes.
func (d *Drawn) Area() Range { return d.area }

func (d *Drawn) cell(heading string, row int) Ref {
	r := d.Heading(heading)
	r.row = row
	return r
}

// Heading is the cell of the header that names a column.
func (d *Drawn) Heading(heading string) Ref {
	r, ok := d.columns[heading]
	if !ok {
		panic("workbook: no column " + heading)
	}
	return r
}

// Series is a column for a chart, under the name that its header shows.
func (d *Drawn) Series(heading string) Series {
	return Series{d.Heading(heading), d.Column(heading)}
}

func (p plan) draw(at Ref) *Drawn {
	d := &Drawn{columns: map[string]Ref{}, plan: p, index: map[string]int{}, results: make([][]kept, len(p.columns))}
	for i, c := range p.columns {
		d.index[c.heading] = i
		d.plain = append(d.plain, c.style.Framed())
		d.strongs = append(d.strongs, c.style.Framed().Bold().Fill(fillPale))
	}
	at.sheet.tables = append(at.sheet.tables, d)
	columns := p.place(at)
	d.places = columns
	width := columns[len(columns)-1].Beside().col - at.col
	whole := width
	if p.printed > 0 {
		width = columns[p.printed-1].Beside().col - at.col
		at.sheet.printedCols = at.col + width - 1
	}
	row := at
	across := func(text string, s Style) {
		if text != "" {
			row.Span(width, 1).Put(Text(text), s)
			row = row.Down(1)
		}
	}
	across(p.title, Title)
	across(p.caption, Heading)
	if row.row > at.row {
		d.says = row.Down(-1).slot()
	}
	if line := row; p.left+p.right != "" {
		row = p.line(row, width)
		d.says = line.slot()
		if p.right != "" && p.left != "" {
			d.says = line.Right(width / 2).slot()
		}
	}
	d.head = row.row
	if p.total != "" && p.ledger {
		d.total = row.row
		row = row.Down(1)
	}
	row = p.header(d, row, columns)
	if p.total != "" && !p.ledger {
		d.total = row.row
		row = row.Down(1)
	}
	d.first, d.rows, d.empty = row.row, max(1, p.rows), p.rows == 0
	if d.total != 0 {
		p.totalRow(d, columns)
	}
	at.sheet.coverRows(d, row.Span(whole, d.rows))
	row = row.Down(d.rows)
	if p.rows == 0 {
		across("（无）", Remark.Align(Centre))
	}
	for _, note := range p.notes {
		across(note, Remark)
		d.says, d.noted = row.Down(-1).slot(), true
	}
	d.area = at.Span(whole, row.row-at.row)
	return d
}

// place gives every column of the plan its columns of the sheet.
func (p plan) place(at Ref) places {
	sheet, col := at.sheet, at
	placed := make(places, len(p.columns))
	for i, c := range p.columns {
		span := 1
		if sheet.grid > 0 {
			span = max(1, int(c.width/sheet.grid+0.5))
		}
		sheet.Width(col.col, c.width)
		placed[i] = col.Span(span, 1)
		col = col.Right(span)
	}
	return placed
}

// line draws what stands between title and header; an empty side is not merged.
func (p plan) line(at Ref, width int) Ref {
	left, right := width/2, width-width/2
	switch {
	case p.left == "" && p.right == "":
		return at
	case p.left == "":
		left, right = 0, width
	case p.right == "":
		left, right = width, 0
	}
	small := Subheading.Size(10.5)
	if left > 0 {
		at.Span(left, 1).Put(Text(p.left), small)
	}
	if right > 0 {
		at.Right(left).Span(right, 1).Put(Text(p.right), small.Align(Right))
	}
	return at.Down(1)
}

var headStyle = Style{role: heading, bold: true, align: Centre, wrap: true, fill: fillHead, framed: true}

// header draws the header, as many rows high as the deepest heading has levels,
// and returns the row under it.
func (p plan) header(d *Drawn, at Ref, columns []Range) Ref {
	paths, depth := make([][]string, len(columns)), 1
	for i, c := range p.columns {
		paths[i] = levels(c.heading)
		depth = max(depth, len(paths[i]))
		if _, twice := d.columns[c.heading]; twice {
			panic("workbook: two columns " + c.heading)
		}
		d.columns[c.heading] = Ref{at.sheet, columns[i].first.col, at.row + len(paths[i]) - 1}
	}
	for i := 0; i < len(paths); {
		i += drawHeading(at, columns[i:], paths[i:], depth)
	}
	return at.Down(depth)
}

// drawHeading draws the first of the headings and those that share its first
// level, and returns how many they were.
func drawHeading(at Ref, columns []Range, paths [][]string, depth int) int {
	first := Ref{at.sheet, columns[0].first.col, at.row}
	if len(paths[0]) == 1 {
		first.Span(columns[0].cols, depth).Put(Text(paths[0][0]), headStyle)
		return 1
	}
	shared, width := 0, 0
	for shared < len(paths) && len(paths[shared]) > 1 && paths[shared][0] == paths[0][0] {
		width += columns[shared].cols
		shared++
	}
	first.Span(width, 1).Put(Text(paths[0][0]), headStyle)
	below := make([][]string, shared)
	for i := range below {
		below[i] = paths[i][1:]
	}
	for i := 0; i < shared; {
		i += drawHeading(at.Down(1), columns[i:shared], below[i:], depth-1)
	}
	return shared
}

// levels divides a heading at slashes outside brackets.
func levels(heading string) []string {
	var path []string
	depth, from := 0, 0
	for i, r := range heading {
		switch {
		case strings.ContainsRune("(（", r):
			depth++
		case strings.ContainsRune(")）", r):
			depth--
		case r == '/' && depth == 0:
			path, from = append(path, heading[from:i]), i+1
		}
	}
	return append(path, heading[from:])
}

func (p plan) totalRow(d *Drawn, columns []Range) {
	for i, c := range p.columns {
		style := c.style.Bold().Fill(fillTotal).Framed()
		cell, given := p.totals[c.heading]
		switch {
		case given && cell.style != nil: // its own, but of the total row
			own := cell.style.Bold().Fill(fillTotal)
			cell.style = &own
		case given:
		case i == 0:
			cell, style = Text(p.total), Label.Bold().Fill(fillTotal).Framed()
		case c.style.adds:
			cell = Sum(Rows(c.heading))
		}
		at := columns[i]
		at.first.row = d.total
		at.first.sheet.put(at, cell, style, d)
	}
	for heading := range p.totals {
		d.cell(heading, d.total) // panics where there is none
	}
}

// fill makes a slot that of a column in a row of data, both from 0.
func (d *Drawn) fill(made *slot, i, row int) {
	style, cell, strong := &d.plain[i], Blank, d.strong(row)
	if strong {
		style = &d.strongs[i]
	}
	if row < d.plan.rows {
		cell = d.plan.cell(row, i)
	}
	if strong && cell.style != nil { // its own, but of a row that stands out
		own := cell.style.Bold().Fill(fillPale)
		cell.style = &own
	}
	at := d.places[i]
	at.first.row = d.first + row
	made.fill(at, cell, style, d)
	if cell.formula != nil && cell.quotes() == nil {
		made.kept = d.keeping(i, row)
	}
}

// A dataRow is the cells of a row of data, each made when it is first asked for.
type dataRow struct {
	table *Drawn
	row   int // from 0
	slots []slot
	made  []bool
}

// begin makes it that row of a table.
func (r *dataRow) begin(d *Drawn, row int) {
	if r.table != d {
		*r = dataRow{table: d, slots: make([]slot, len(d.places)), made: make([]bool, len(d.places))}
	}
	r.row = row
	clear(r.made)
}

// slot is the cell in a column of the plan.
func (r *dataRow) slot(i int) *slot {
	if !r.made[i] {
		r.table.fill(&r.slots[i], i, r.row)
		r.slots[i].beside, r.made[i] = r, true
	}
	return &r.slots[i]
}

// strong reports whether a row of data stands out.
func (d *Drawn) strong(row int) bool { return row < d.plan.rows && d.plan.strong(row) }

// isData reports whether a row of the sheet is one of the table's rows of data.
func (d *Drawn) isData(row int) bool { return row >= d.first && row < d.first+d.rows }
