package workbook

import (
	"slices"
	"strings"
)

// A View is a sheet for a page that shows it: what its cells show, where, and how they look. It is read from what
// is drawn, so that page and workbook cannot differ. Rows that show nothing, the links to other sheets over a sheet
// and what lies under charts are left out; Place keeps the names that cells have in the workbook.
type View struct {
	Name   string
	Widths []float64 // of its columns, in digits of the standard font
	// Head and Body are the first of Rows of the header, with its total, of the one long table of the sheet, and
	// the first below it; both 0 where there is no such table.
	Head, Body int
	Rows       [][]ViewCell
	Charts     []ViewChart
}

// A ViewCell is a cell, or several that are merged, or several beside one another that hold nothing.
type ViewCell struct {
	Place      string // B5: the upper left one
	Text       string // as it is shown
	Rows, Cols int    // that it takes, of those that are not left out
	Look       Look
	Align      Align
	Bold       bool
	Framed     bool
	Light      Light // blank: it is none
	Link       int   // the sheet of the same book that it leads to, from 1; 0: none
	Figure     bool  // it rests on what was sent, and can be asked where it comes from
}

// A Look says what a cell is to its reader.
type Look string

// The looks.
const (
	LookText    Look = "text"
	LookTitle   Look = "title"
	LookCaption Look = "caption" // of a table
	LookHeading Look = "heading" // of a column, a tile or a line
	LookTotal   Look = "total"
	LookStrong  Look = "strong" // in a row that stands out
	LookNote    Look = "note"
	LookPassage Look = "passage" // running text
	LookLarge   Look = "large"   // the figure of a tile
)

// A ViewChart is a chart with what its cells show.
type ViewChart struct {
	Kind       Kind
	Title      string
	Categories []string
	Series     []ViewSeries
	Mark       *ViewSeries // a line over columns; nil: none
	Labels     bool        // the value stands at each column, bar or point
	Percent    bool        // the values are ratios, shown as 52.3%
}

// A ViewSeries is the values under a name, one for each category.
type ViewSeries struct {
	Name   string
	Values []ViewValue
}

// A ViewValue is a value of a chart.
type ViewValue struct {
	Number float64 // as it is drawn; 0 where it is not known
	Known  bool
	Shown  string // blank: not known
	Sheet  int    // of its cell, in the same book, from 1
	Place  string
}

// View is the sheet of that name as a page shows it; it fails with ErrNoSheet. The book must be complete.
func (b *Book) View(sheet string) (*View, error) {
	s := b.sheet(sheet)
	if s == nil {
		return nil, ErrNoSheet
	}
	v := &View{Name: s.name}
	for col := range s.cols {
		v.Widths = append(v.Widths, s.width(col+1))
	}
	shown := s.shownRows()
	for i, row := range shown {
		if d := s.ledger; d != nil && row == d.head {
			v.Head = i
		} else if d != nil && row == d.first {
			v.Body = i
		}
		v.Rows = append(v.Rows, s.viewRow(row, shown[i:]))
	}
	for _, c := range s.charts {
		v.Charts = append(v.Charts, c.chart.view())
	}
	return v, nil
}

// Sheet is the number of the cell's sheet in its book, from 1.
func (r Ref) Sheet() int { return r.sheet.number() }

// number is that of the sheet in its book, from 1.
func (s *Sheet) number() int { return 1 + slices.Index(s.book.sheets, s) }

// shownRows are the rows of a sheet in which anything was put but charts and the links over it.
func (s *Sheet) shownRows() []int {
	var rows []int
	for row := s.printed().first.row; row <= s.rows; row++ {
		for col := 1; col <= s.cols; col++ {
			if s.At(col, row).covering() != nil {
				rows = append(rows, row)
				break
			}
		}
	}
	return rows
}

// viewRow is a row of the sheet; shown are the rows that are not left out, from this one on.
func (s *Sheet) viewRow(row int, shown []int) []ViewCell {
	cells := []ViewCell{}
	empty := false // the last cell holds nothing
	for col := 1; col <= s.cols; col++ {
		at := s.At(col, row)
		over := at.covering()
		switch {
		case over == nil && empty:
			cells[len(cells)-1].Cols++
		case over == nil:
			cells = append(cells, ViewCell{Place: at.name(false), Rows: 1, Cols: 1, Look: LookText})
		case over.starts(row, col):
			cells = append(cells, over.view(shown))
		}
		empty = over == nil
	}
	return cells
}

// view is a slot as a page shows it.
func (s *slot) view(shown []int) ViewCell {
	at := s.at()
	c := ViewCell{Place: at.first.name(false), Text: s.shown(), Cols: at.cols,
		Look: s.style.look(), Align: s.style.align, Bold: s.style.bold, Framed: s.style.framed}
	for c.Rows < len(shown) && shown[c.Rows] <= at.Last().row {
		c.Rows++
	}
	c.Light, _ = s.light()
	if to := s.link().sheet; to != nil {
		c.Link = to.number()
	}
	c.Figure = c.Text != "" && s.rests()
	return c
}

// View is the cell as a page shows it; of merged cells the one that holds their value.
func (r Ref) View() ViewCell {
	if s := r.slot(); s != nil {
		return s.view([]int{r.row})
	}
	return ViewCell{Place: r.name(false), Rows: 1, Cols: 1, Look: LookText}
}

// rests reports whether what the slot holds came from outside the workbook, or is worked out of what did.
func (s *slot) rests() bool {
	for leaf := range s.at().first.Leaves() {
		if leaf.Origin != any(Numbering{}) {
			return true
		}
	}
	return false
}

// look is what a cell in the style is to its reader.
func (s Style) look() Look {
	const large, passage = 20, 12
	switch {
	case s.role == title:
		return LookTitle
	case s.fill == fillHead:
		return LookHeading
	case s.role == heading:
		return LookCaption
	case s.role == subheading:
		return LookNote
	case s.points() >= large:
		return LookLarge
	case s.fill == fillTotal:
		return LookTotal
	case s.fill == fillPale:
		return LookStrong
	case s.points() >= passage && !s.framed:
		return LookPassage
	}
	return LookText
}

// view is the chart with what its cells show.
func (c Chart) view() ViewChart {
	v := ViewChart{Kind: c.Kind, Title: c.Title, Labels: c.Labels}
	if s := c.Series[0].Values.first.slot(); s != nil {
		v.Percent = s.style.format.percent
	}
	c.Categories.each(func(r Ref) { v.Categories = append(v.Categories, r.Shown()) })
	for _, s := range c.Series {
		v.Series = append(v.Series, s.view())
	}
	if c.Mark != nil {
		mark := c.Mark.view()
		v.Mark = &mark
	}
	return v
}

func (s Series) view() ViewSeries {
	v := ViewSeries{Name: strings.ReplaceAll(s.Name.Shown(), "\n", "")}
	s.Values.each(func(r Ref) {
		value := ViewValue{Shown: r.Shown(), Sheet: r.sheet.number(), Place: r.name(false)}
		value.Number, value.Known = r.value(nil).(float64)
		v.Values = append(v.Values, value)
	})
	return v
}
