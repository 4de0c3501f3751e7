package workbook

// A Flow fills a page of columns alike from top to bottom: cover, overview,
// bulletin, a page for each unit.
type Flow struct {
	sheet   *Sheet
	columns int
	row     int
}

// Flow gives the sheet a Grid and starts at its top.
func (s *Sheet) Flow(columns int, width float64) *Flow {
	s.Grid(columns, width)
	return &Flow{s, columns, s.Top().row}
}

// Here is the left cell of the next row: the anchor of a table.
func (f *Flow) Here() Ref { return f.sheet.At(1, f.row) }

// Past goes on below all these tables, which may stand side by side.
func (f *Flow) Past(tables ...*Drawn) {
	for _, t := range tables {
		f.row = max(f.row, t.area.Below().row)
	}
}

// Row takes the next row across the page, for what is put there once what it reads is drawn.
func (f *Flow) Row() Range {
	r := f.Here().Span(f.columns, 1)
	f.row++
	return r
}

// Write puts one cell across the page, and returns it.
func (f *Flow) Write(c Cell, s Style) Ref { return f.Row().Put(c, s) }

// Gap leaves a row of that height in points.
func (f *Flow) Gap(points float64) {
	f.sheet.Height(f.row, points)
	f.row++
}

// NewPage begins a new printed page.
func (f *Flow) NewPage() { f.sheet.PageBreak(f.row) }

// A Pair is a line of a cover or of a form: what it is, and what it says.
type Pair struct {
	Label string
	Value Cell
	Style Style // of the value; the zero Style is text, to the left
}

// Pairs draws pairs one under another, framed, indented by indent columns on
// both sides, the labels label columns wide. It returns the cells of the values.
func (f *Flow) Pairs(indent, label int, pairs ...Pair) []Ref {
	values := make([]Ref, len(pairs))
	for i, p := range pairs {
		at := f.Here().Right(indent)
		at.Span(label, 1).Put(Text(p.Label), headStyle.Size(12))
		if p.Style == (Style{}) {
			p.Style = Prose.Size(12).Indent(1)
		}
		values[i] = at.Right(label).Span(f.columns-2*indent-label, 1).Put(p.Value, p.Style.Framed())
		f.row++
	}
	return values
}

// A Tile is one figure of an overview, large, under its name; declared by
// position, as a Column is.
type Tile = struct {
	Label string
	Value Cell
	Style Style // of the value
	Foot  Cell  // what it is compared with
}

// Tiles draws tiles side by side over the whole page, and returns the cells of
// their values.
func (f *Flow) Tiles(tiles ...Tile) []Ref {
	values := make([]Ref, len(tiles))
	for i, at := range f.divide(len(tiles), 1) {
		t := tiles[i]
		at.Put(Text(t.Label), Style{role: heading, align: Centre, fill: fillHead, framed: true, wrap: true})
		at.first = at.first.Down(1)
		style := t.Style.Size(20).Bold().Ink(inkNavy).Align(Centre).Fill(fillPale).Framed()
		values[i] = at.Put(t.Value, style)
		at.first = at.first.Down(1)
		at.Put(t.Foot, Style{role: subheading, size: 10, ink: inkGrey, align: Centre, wrap: true, framed: true})
	}
	f.row += 3
	return values
}

// chartRow is the height of the rows that charts lie on, in points.
const chartRow = 18

// Charts draws charts side by side over the whole page, that many rows of 18
// points high.
func (f *Flow) Charts(rows int, charts ...Chart) {
	for i, at := range f.divide(len(charts), rows) {
		charts[i].Draw(at)
	}
	f.row += rows
}

// divide cuts the page into n parts of rows rows; the last takes what remains.
func (f *Flow) divide(n, rows int) []Range {
	parts := make([]Range, n)
	for i := range parts {
		from, to := f.columns*i/n, f.columns*(i+1)/n
		parts[i] = f.Here().Right(from).Span(to-from, rows)
	}
	return parts
}
