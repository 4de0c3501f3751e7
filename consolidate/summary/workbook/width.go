package workbook

import (
	"iter"
	"maps"
	"regexp"
	"strings"

	"golang.org/x/text/width"
)

// Spreadsheets do not fit rows to wrapped text that they did not write: what is
// here estimates, generously, how much room text takes.

const (
	pointsOfPixel = 0.75
	defaultWidth  = 9.14  // of a column that nobody gave a width
	cellPadding   = 6.    // points, both sides together
	lineFactor    = 1.4   // line height to font size, of the tallest Chinese fonts
	framedHeight  = 19.   // least height of a row of a table, in points
	highest       = 409.  // that a row can be
	defaultHeight = 14.25 // of a row without text, in points

	filterButton  = 13. // in the lower right corner of each cell of a ledger's header
	leastFiltered = 36. // height of a row of one line under which the button stands
)

// width is that of a column, in digits of the standard font.
func (s *Sheet) width(col int) float64 {
	if w, ok := s.widths[col]; ok {
		return w
	}
	return defaultWidth
}

// The standard font, in whose digits columns are measured. On a Chinese desktop
// it is always there, and its digits are 8 pixels wide.
const (
	standardFont = "宋体"
	digitPixels  = 8
)

// columnPixels is how wide a column is on screen.
func columnPixels(width float64) int { return int(width*digitPixels + 5) }

func columnPoints(width float64) float64 { return float64(columnPixels(width)) * pointsOfPixel }

// em is how wide a rune is, in font sizes: a Chinese character is square.
func em(r rune) float64 {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
		return 1
	}
	return 0.56
}

func textPoints(text string, s Style) float64 {
	total := 0.
	for _, r := range text {
		total += em(r)
	}
	return total * s.points()
}

// inner is the room for text between the sides of a slot.
func (s *slot) inner() float64 {
	total := -cellPadding - float64(s.style.indent)*9
	for col := range int(s.cols) {
		total += columnPoints(s.sheet.width(int(s.col) + col))
	}
	return max(total, s.style.points())
}

// lines is how many lines the text of a slot takes.
func (s *slot) lines() int {
	if !s.style.wrap {
		return 1
	}
	n, whole := 0, s.inner()/s.style.points()
	for line := range strings.SplitSeq(s.shown(), "\n") {
		n++
		used, room := 0., whole
		if whole > 20 || textPoints(line, *s.style) > s.inner() {
			room *= 0.95 // punctuation takes the character before it to the next line
			if !s.style.framed {
				room *= 0.92 // where a font is missing, what stands for it is wider; no row of a table hangs on it here
			}
		}
		for _, r := range line {
			if used += em(r); used > room {
				n++
				used = em(r)
			}
		}
	}
	return n
}

// need is how high a slot has to be.
func (s *slot) need() float64 {
	height := float64(s.lines())*s.style.points()*lineFactor + 5
	if s.style.framed {
		height = max(height, framedHeight)
	}
	return min(height, highest)
}

// ordered are the slots of a sheet, row by row.
func (s *Sheet) ordered() iter.Seq[*slot] {
	return func(yield func(*slot) bool) {
		for row, line := range s.cells {
			for col, slot := range line {
				if slot.starts(row+1, col+1) && !yield(slot) {
					return
				}
			}
		}
	}
}

// A date, which is not broken over lines.
var date = regexp.MustCompile(`^\d{4}-\d{2}(-\d{2})?$`)

// fit widens columns to their numbers and dates, outside grids, and makes rows as high as
// their texts need, those of the columns that are printed; it returns the heights of all rows that have one.
func (s *Sheet) fit() map[int]float64 {
	for slot := range s.ordered() {
		if slot.cols == 1 && (slot.style.format.is || date.MatchString(slot.shown())) {
			points := textPoints(slot.shown(), *slot.style) + cellPadding
			s.Width(int(slot.col), (points/pointsOfPixel-5)/digitPixels)
		}
	}
	heights := maps.Clone(s.heights)
	printed := s.printed().cols
	grow := func(row int, height float64) {
		if _, fixed := s.heights[row]; !fixed {
			heights[row] = max(heights[row], height)
		}
	}
	for slot := range s.ordered() {
		if slot.rows == 1 && int(slot.col) <= printed {
			grow(int(slot.row), slot.need())
		}
	}
	for slot := range s.ordered() {
		if slot.rows == 1 {
			continue
		}
		above, last := 0., slot.at().Last().row // what is merged downwards makes its last row higher
		for row := int(slot.row); row < last; row++ {
			grow(row, framedHeight)
			above += heights[row]
		}
		grow(last, slot.need()-above)
	}
	if d := s.ledger; d != nil {
		heights[d.first-1] = max(leastFiltered, heights[d.first-1]+filterButton)
	}
	return heights
}
