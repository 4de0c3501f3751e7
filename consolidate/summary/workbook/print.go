package workbook

import (
	"fmt"
	"slices"
)

// What is printed must be read without glasses, and no page holds a tail of two rows.
const (
	leastPrint = 8.  // points that letters have on paper
	leastTail  = 5   // rows on the last page
	mostShrunk = .88 // of the scale by width, to take a tail in

	elsewhereWider = .875 // of the scale here, on a desk without the standard font
)

// printed is the part of the sheet that is printed.
func (s *Sheet) printed() Range {
	cols, top := max(1, s.cols), 1
	if s.linked {
		top = 2
	}
	if s.printedCols > 0 {
		cols = s.printedCols
	}
	return s.At(1, top).Span(cols, max(top, s.rows)-top+1)
}

// printedWidth is how wide that is on the screen, in points.
func (s *Sheet) printedWidth() float64 {
	total := 0.
	for col := range s.printed().cols {
		total += columnPoints(s.width(col + 1))
	}
	return total
}

// A printing is how a fitted sheet falls on its pages.
type printing struct {
	*layout
	scale float64
}

// print fits the sheet to the width of its page.
func (l *layout) print() printing {
	s := l.sheet
	p := printing{l, min(1, s.page.width/s.printedWidth())}
	if !s.fitted() {
		p.scale = float64(s.adjusted()) / 100
	}
	if larger := s.page.larger; larger != nil && p.letters() < leastPrint {
		s.page = *larger
		return l.print()
	}
	for s.page.single && p.scale > .1 && len(p.pages()) > 1 {
		p.scale -= .01
	}
	return p
}

// height is that of a row.
func (p printing) height(row int) float64 {
	if row <= len(p.heights) && p.heights[row-1] > 0 {
		return p.heights[row-1]
	}
	return defaultHeight
}

// sections are how many rows each page holds, besides the header that comes again; a section begins
// with the sheet and at each page break.
func (p printing) sections() [][]int {
	area, again := p.sheet.printed(), 0.
	if d := p.sheet.ledger; d != nil {
		for row := d.head; row < d.first; row++ {
			again += p.height(row)
		}
	}
	all, page, room, breaks := [][]int{}, 0, 0., p.sheet.breaks
	for row := area.first.row; row <= area.Last().row; row++ {
		h := p.height(row)
		for len(breaks) > 0 && breaks[0] < row {
			breaks = breaks[1:]
		}
		begins := len(all) == 0 || len(breaks) > 0 && breaks[0] == row
		if begins {
			all = append(all, nil)
		}
		section := &all[len(all)-1]
		if begins || h > room {
			*section, page, room = append(*section, 0), len(*section), p.sheet.page.height/p.scale
			if row > area.first.row {
				room -= again
			}
		}
		room -= h
		(*section)[page]++
	}
	return all
}

// pages are the pages of all sections.
func (p printing) pages() []int { return slices.Concat(p.sections()...) }

// tail is how many rows the shortest last page of a section holds that goes over more pages, here or on a desk
// where columns are wider; 0 if none does.
func (p printing) tail() int {
	shortest := 0
	elsewhere := p
	elsewhere.scale *= elsewhereWider
	for _, section := range slices.Concat(p.sections(), elsewhere.sections()) {
		if last := section[len(section)-1]; len(section) > 1 && (shortest == 0 || last < shortest) {
			shortest = last
		}
	}
	return shortest
}

// short reports whether there is a tail of a few rows only.
func (p printing) short() bool { n := p.tail(); return n > 0 && n < leastTail }

// settle saves a page or takes a tail in, by shrinking the sheet a little while it can still be read, or else
// makes the rows of its ledger higher until more of them go over; it returns how the sheet then falls.
func (p printing) settle() printing {
	for shrunk := p; shrunk.scale >= p.scale*mostShrunk && shrunk.letters() >= leastPrint; shrunk.scale *= .99 {
		if len(shrunk.pages()) < len(p.pages()) && !shrunk.short() {
			return shrunk
		}
	}
	if !p.short() {
		return p
	}
	for shrunk := p; shrunk.scale >= p.scale*mostShrunk && shrunk.letters() >= leastPrint; shrunk.scale *= .99 {
		if !shrunk.short() {
			return shrunk
		}
	}
	d := p.sheet.ledger
	if d == nil {
		return p
	}
	stretched := printing{&layout{}, p.scale}
	*stretched.layout = *p.layout
	for factor := 1.02; factor < 1.4; factor += .02 {
		stretched.heights = slices.Clone(p.heights)
		for row := d.first; row < d.first+d.rows; row++ {
			stretched.heights[row-1] = min(highest, p.heights[row-1]*factor)
		}
		if !stretched.short() {
			return stretched
		}
	}
	return p
}

// letters is how large the smallest letters are on paper, in points.
func (p printing) letters() float64 { return p.least * p.scale }

// Unreadable are the sheets whose letters are below 8 points on paper or whose last page holds fewer
// than five rows, with what is wrong; for tests of those who declare them.
func (b *Book) Unreadable() []string {
	_ = b.Complete() // Bytes says which figures do not tie
	var all []string
	for _, s := range b.sheets {
		p := s.lay().print().settle()
		if points := p.letters(); points < leastPrint-.05 {
			all = append(all, fmt.Sprintf("%s: %.1f points", s.name, points))
		}
		if p.short() {
			all = append(all, fmt.Sprintf("%s: %d rows on the last page of %d", s.name, p.tail(), len(p.pages())))
		}
	}
	return all
}
