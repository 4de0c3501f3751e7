package workbook

import "slices"

// A Part is the part of a workbook that a sheet belongs to; the colour of its tab says which.
type Part int8

// The parts.
const (
	Front    Part = iota // cover, overview, running text
	Lists                // totals by unit, field, level
	Ledgers              // one line a project, a return, a finding
	Workings             // what is compared and checked, where all of it comes from
)

var parts = [...]struct{ word, colour string }{
	Front: {"总览", inkNavy}, Lists: {"汇总", "5B9A8B"}, Ledgers: {"明细台账", "C9A24B"}, Workings: {"核对", "8C96A3"},
}

// Shows says which part of the workbook the sheet belongs to and, in a line, what it shows; the
// index says so, too.
func (s *Sheet) Shows(part Part, what string) *Sheet {
	s.part, s.about = part, what
	return s
}

// Drop takes out a sheet that turns out to have nothing to show. It panics if an index lists it
// already or it is the first; a formula that reads it panics when it is written.
func (b *Book) Drop(s *Sheet) {
	at := slices.Index(b.sheets, s)
	if at <= 0 || b.indexed {
		panic("workbook: sheet " + s.name + " cannot be dropped")
	}
	b.sheets, s.dropped = slices.Delete(b.sheets, at, at+1), true
}

// Name is the name on the tab.
func (s *Sheet) Name() string { return s.name }

// Top is the first cell of a sheet's content. The first sheet has the index and begins in row 1; on
// others row 1 leads back to it and to the neighbours, on the screen only.
func (s *Sheet) Top() Ref {
	if s == s.book.sheets[0] {
		return s.At(1, 1)
	}
	s.linked = true
	return s.At(1, 2)
}

// fewSheets is how many sheets an index says of what they show; of more it gives the names alone, in two
// halves, so that the page with it is one.
const fewSheets = 16

// Index draws the list of all other sheets: number, name as a link, what it shows, its part. The
// widths are those of a Table's columns.
func (f *Flow) Index(number, name, about, part float64) {
	b := f.sheet.book
	b.indexed = true
	at, all := f.Here(), b.sheets[1:]
	if len(all) <= fewSheets {
		f.Past(index(at, all, number, name, about, part))
		return
	}
	half := (len(all) + 1) / 2
	first := index(at, all[:half], number, name, 0, part)
	f.Past(first)
	index(first.Area().Beside(), all[half:], number, name, 0, part)
}

// index draws a part of the list; about 0 leaves out what the sheets show.
func index(at Ref, sheets []*Sheet, number, name, about, part float64) *Drawn {
	columns := []Column[*Sheet]{
		{"序号", number, Ordinal, func(s *Sheet) Cell { return Int(slices.Index(s.book.sheets, s)).From(Numbering{}) }},
		{"工作表", name, Prose, func(s *Sheet) Cell { return Text(s.name).Link(s.At(1, 1)).As(Prose.Ink(inkLink)) }},
	}
	if about > 0 {
		columns = append(columns, Column[*Sheet]{"内容", about, Prose.Size(10), func(s *Sheet) Cell { return Text(s.about) }})
	}
	columns = append(columns, Column[*Sheet]{"类别", part, Label.Size(10), func(s *Sheet) Cell { return Text(parts[s.part].word) }})
	return Table[*Sheet]{Columns: columns}.Draw(at, sheets)
}

// navigation is how the links over a sheet look; their row is as high as navigationHeight.
var navigation = Style{size: 9, ink: inkGreyBlue}

const navigationHeight = 15

// navigate puts the links over the sheets, once.
func (b *Book) navigate() {
	for i, s := range b.sheets {
		if !s.linked || s.navigated {
			continue
		}
		s.navigated = true
		s.Height(1, navigationHeight)
		at := s.At(1, 1)
		at = at.lead("返回目录", b.sheets[0])
		if i > 1 {
			at = at.lead("上一表："+b.sheets[i-1].name, b.sheets[i-1])
		}
		if i+1 < len(b.sheets) {
			at.lead("下一表："+b.sheets[i+1].name, b.sheets[i+1])
		}
	}
}

// lead puts a link to a sheet over as many columns as its words take, and returns the cell beside it.
func (r Ref) lead(text string, to *Sheet) Ref {
	room, cols := 0., 0
	for need := textPoints(text, navigation) + cellPadding; room < need; cols++ {
		room += columnPoints(r.sheet.width(r.col + cols))
	}
	over := r.Span(cols, 1)
	over.Put(Text(text).Link(to.At(1, 1)), navigation)
	return over.Beside()
}

// zoom is at what percentage the sheet opens: so that its width fits a screen of Full HD, unless that
// were too small to read.
func (s *Sheet) zoom() float64 {
	const screen, least = 1900, 70
	pixels := 0
	for col := 1; col <= s.cols; col++ {
		pixels += columnPixels(s.width(col))
	}
	return float64(min(100, max(least, 100*screen/max(pixels, 1))))
}
