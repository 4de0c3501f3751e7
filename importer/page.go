package importer

import (
	"cmp"
	"slices"
	"sort"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// A page is a worksheet held in memory: its rows that hold a value. It is read whole
// before any of it is used, since damage may show in the last row.
type page struct {
	name      string
	concealed bool // the sheet is hidden
	date1904  bool
	lines     []line
	merges    []sheet.Range
	hidden    func(column int) bool

	down    map[int][]sheet.Range // merges over several rows, by their first column, by row
	across  map[[2]int]int        // how many columns a merge has, by its first row and column
	labels  map[string]label      // headings read so far
	titles  map[int]title         // lines read as those of a title so far, by row
	formats map[string]bool       // number formats of the cells
	search  *search               // of the file
	long    bool                  // there are more rows than a return may have, which are not held

	head   int                    // of a template: the row of its header; 0 if it is none
	marks  map[int]ledger.RowMark // of a template: what it says of its own rows, by row
	ticked bool                   // of a template: that there is nothing to fill in
}

// A line is a row that holds a value, with its cells that do.
type line struct {
	number int
	hidden bool
	cells  []sheet.Cell
}

// roundTables is how many lines a sheet may have besides those of a return: titles, headers, notes.
const roundTables = 200

// readPage reads a sheet. Cells of blanks alone are no values; a formula is one, even
// without a result. A sheet with more rows than a return may have is refused if there is one on
// it, without reading on; else, as a list of places for drop-downs, it is read to its end and
// the rest is not held.
func (o *opened) readPage(s *sheet.Sheet, date1904 bool) (*page, error) {
	p := &page{name: s.Name, concealed: s.Hidden, date1904: date1904, hidden: s.ColumnHidden, search: &o.search, formats: map[string]bool{}}
	most := o.Limits.Rows + roundTables
	for row, err := range s.Rows() {
		switch {
		case err != nil:
			return nil, err
		case len(p.lines) < most:
			p.add(line{row.Number, row.Hidden, row.Cells})
		case !p.long && slices.ContainsFunc(row.Cells, valued):
			p.long = true
			if err := s.Around(); err != nil {
				return nil, err
			}
			p.merges = s.Merges
			p.index()
			if len(o.locate(p, o.last)) > 0 {
				return nil, tooMuch(s.Name, "rows", o.Limits.Rows)
			}
		}
	}
	p.merges = s.Merges
	p.index()
	return p, nil
}

// add keeps what holds a value of a row.
func (p *page) add(l line) {
	kept := make([]sheet.Cell, 0, len(l.cells))
	for _, cell := range l.cells {
		if valued(cell) && p.formatted(cell.Format) {
			kept = append(kept, cell)
		}
	}
	if len(kept) > 0 {
		l.cells = kept
		p.lines = append(p.lines, l)
	}
}

// formatted reports whether there are steps left to read a number format, each once.
func (p *page) formatted(code string) bool {
	if code == "" || p.formats[code] {
		return true
	}
	p.formats[code] = true
	return p.search.takes(formatSteps * len(code))
}

// valued reports a cell that holds a value.
func valued(cell sheet.Cell) bool {
	return !(cell.Kind == sheet.Text && tidy(cell.Raw) == "" || cell.Kind == sheet.Blank && !cell.Formula)
}

func (p *page) index() {
	p.labels, p.titles, p.down, p.across = map[string]label{}, map[int]title{}, map[int][]sheet.Range{}, map[[2]int]int{}
	for _, m := range p.merges {
		p.across[[2]int{m.FromRow, m.FromColumn}] = m.ToColumn - m.FromColumn + 1
		if m.ToRow > m.FromRow {
			p.down[m.FromColumn] = append(p.down[m.FromColumn], m)
		}
	}
	for _, merges := range p.down {
		slices.SortFunc(merges, func(a, b sheet.Range) int { return cmp.Compare(a.FromRow, b.FromRow) })
	}
}

// at is the cell of a column; a blank one if it holds no value.
func (l *line) at(column int) sheet.Cell {
	i := sort.Search(len(l.cells), func(i int) bool { return l.cells[i].Column >= column })
	if i < len(l.cells) && l.cells[i].Column == column {
		return l.cells[i]
	}
	return sheet.Cell{}
}

// holds reports whether a cell holds a value.
func holds(cell sheet.Cell) bool { return cell.Column != 0 }

// mergedOver is the merge that covers a cell from a row above.
func (p *page) mergedOver(row, column int) (sheet.Range, bool) {
	merges := p.down[column]
	i := sort.Search(len(merges), func(i int) bool { return merges[i].FromRow >= row }) - 1
	if i >= 0 && merges[i].ToRow >= row {
		return merges[i], true
	}
	return sheet.Range{}, false
}

// longestHeading is how many bytes a heading may have; one that is longer says nothing.
const longestHeading = 1_000

// labels are the headings of all files.
var labels memo[label]

// label reads a heading, once.
func (p *page) label(text string) label {
	l, ok := p.labels[text]
	if !ok && len(text) <= longestHeading && p.search.takes(labelSteps+len(text)) {
		l = labels.of(text, newLabel)
		p.labels[text] = l
	}
	return l
}

// find is the index of the first line at or below a row.
func (p *page) find(row int) int {
	return sort.Search(len(p.lines), func(i int) bool { return p.lines[i].number >= row })
}
