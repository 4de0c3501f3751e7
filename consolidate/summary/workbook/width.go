package workbook

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Spreadsheets do not fit rows to wrapped text that they did not write: what is
// here estimates, generously, how much room text takes.

const (
	pointsOfPixel = 0.75
	narrow        = 0.56  // width of a letter or digit, in font sizes
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
	switch {
	case r < utf8.RuneSelf:
		return narrow
	case r >= '一' && r <= '鿿':
		return 1
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
		return 1
	}
	return narrow
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
	for col := range s.cols {
		total += columnPoints(s.sheet.width(s.col + col))
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
		if whole > 20 || textPoints(line, s.style) > s.inner() {
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

// isDate reports whether a text is a date, which is not broken over lines: 2024-06, 2024-06-30.
func isDate(text string) bool {
	if len(text) != len("2024-06") && len(text) != len("2024-06-30") {
		return false
	}
	for i := range len(text) {
		if dash := i == 4 || i == 7; dash && text[i] != '-' || !dash && (text[i] < '0' || text[i] > '9') {
			return false
		}
	}
	return true
}

// widen makes the column of a number or a date as wide as that needs, outside grids.
func (s *slot) widen() {
	if s.cols > 1 || s.sheet.grid > 0 {
		return
	}
	if shown := s.shown(); s.style.format.is || isDate(shown) {
		points := textPoints(shown, s.style) + cellPadding
		s.sheet.Width(s.col, (points/pointsOfPixel-5)/digitPixels)
	}
}
