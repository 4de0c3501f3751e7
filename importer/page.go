package importer

import (
	"cmp"
	"slices"
	"sort"

	"huizong/importer/sheet"
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

	down   map[int][]sheet.Range // merges over several rows, by their first column, by row
	across map[[2]int]int        // how many columns a merge has, by its first row and column
	labels map[string]label      // headings read so far
}

// A line is a row that holds a value, with its cells that do.
type line struct {
	number int
	hidden bool
	cells  []sheet.Cell
}

// readPage reads a sheet. Cells of blanks alone are no values; a formula is one, even
// without a result.
func readPage(s *sheet.Sheet, date1904 bool) (*page, error) {
	p := &page{name: s.Name, concealed: s.Hidden, date1904: date1904, merges: s.Merges, hidden: s.ColumnHidden}
	for row, err := range s.Rows() {
		if err != nil {
			return nil, err
		}
		p.add(line{row.Number, row.Hidden, row.Cells})
	}
	p.index()
	return p, nil
}

// add keeps what holds a value of a row.
func (p *page) add(l line) {
	kept := make([]sheet.Cell, 0, len(l.cells))
	for _, cell := range l.cells {
		if cell.Kind == sheet.Text && tidy(cell.Raw) == "" || cell.Kind == sheet.Blank && !cell.Formula {
			continue
		}
		kept = append(kept, cell)
	}
	if len(kept) > 0 {
		l.cells = kept
		p.lines = append(p.lines, l)
	}
}

func (p *page) index() {
	p.labels, p.down, p.across = map[string]label{}, map[int][]sheet.Range{}, map[[2]int]int{}
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

// label reads a heading, once.
func (p *page) label(text string) label {
	l, ok := p.labels[text]
	if !ok {
		l = newLabel(text)
		p.labels[text] = l
	}
	return l
}

// find is the index of the first line at or below a row.
func (p *page) find(row int) int {
	return sort.Search(len(p.lines), func(i int) bool { return p.lines[i].number >= row })
}
