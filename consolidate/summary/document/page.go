package document

import "math"

// Lengths are in twips, twentieths of a point, unless said otherwise.
const (
	point = 20

	pitch = 315 // a character of 三号 (16 points), closed up so that 28 fill a line
	line  = 579 // 22 fill a page

	paperShort, paperLong = 11906, 16838 // A4

	// The margins of a page that stands upright.
	marginTop, marginLeft, marginRight, marginBottom = 2098, 1588, 1474, 1984

	acrossLine = paperShort - marginLeft - marginRight // the type area: 156 mm
	downPage   = paperLong - marginTop - marginBottom  // 225 mm
)

// millimetres is that many in twips.
func millimetres(n float64) int { return int(math.Round(n * 1440 / 25.4)) }

// A Page is the way in which the pages of a section stand.
type Page int8

// The pages. Landscape is the sheet turned: its head is where the left edge was, so that bound
// among the others it is read from the right, and its page number stays at the sheet's foot.
const (
	Portrait Page = iota
	Landscape
)

// width is that of the type area.
func (p Page) width() int {
	if p == Landscape {
		return downPage
	}
	return acrossLine
}

// Relations of the document to what stands at heads and feet of pages.
const (
	blankHead    = "rIdBlankHead"
	blankFoot    = "rIdBlankFoot"
	oddFoot      = "rIdOddFoot"
	evenFoot     = "rIdEvenFoot"
	oddTurned    = "rIdOddTurned"
	evenTurned   = "rIdEvenTurned"
	footDistance = 1417 // from the paper's edge, so that the dash is 7 mm below the type area
)

// properties are those of a section.
func (p Page) properties() node {
	kinds := [...][4]string{Portrait: {blankHead, blankHead, evenFoot, oddFoot}, Landscape: {evenTurned, oddTurned, blankFoot, blankFoot}}[p]
	section := tag("w:sectPr").of(
		tag("w:headerReference", "w:type", "even", "r:id", kinds[0]),
		tag("w:headerReference", "w:type", "default", "r:id", kinds[1]),
		tag("w:footerReference", "w:type", "even", "r:id", kinds[2]),
		tag("w:footerReference", "w:type", "default", "r:id", kinds[3]),
		val("w:type", "nextPage"),
	)
	if p == Landscape {
		return section.of(
			tag("w:pgSz", "w:w", digits(paperLong), "w:h", digits(paperShort), "w:orient", "landscape"),
			margins(marginLeft, marginTop, marginRight, marginBottom),
		)
	}
	return section.of(
		tag("w:pgSz", "w:w", digits(paperShort), "w:h", digits(paperLong)),
		margins(marginTop, marginRight, marginBottom, marginLeft),
	)
}

func margins(top, right, bottom, left int) node {
	return tag("w:pgMar", "w:top", digits(top), "w:right", digits(right), "w:bottom", digits(bottom), "w:left", digits(left),
		"w:header", "851", "w:footer", digits(footDistance), "w:gutter", "0")
}

// pageNumber is a paragraph with the page's number: — 1 —.
func pageNumber(align Align) *paragraph {
	const character = 14 * point
	p := &paragraph{style: footStyle, field: "PAGE", layout: layout{align: align}}
	if align == Right {
		p.right = character
	} else {
		p.left = character
	}
	return p
}

// turnedNumber is the page number of a page that is turned: a cell that hangs beside the type
// area, at its left, and is read from the right.
func turnedNumber(align Align) node {
	thick, long := millimetres(7), millimetres(28)
	from := marginLeft
	if align == Right {
		from = paperShort - marginRight - long
	}
	number := cell{paragraphs: []*paragraph{pageNumber(align)}, turned: true, upright: middle}
	return grid{
		columns: []int{thick}, plain: true,
		place: tag("w:tblpPr", "w:leftFromText", "0", "w:rightFromText", "0", "w:vertAnchor", "page", "w:horzAnchor", "page",
			"w:tblpX", digits(marginBottom-millimetres(7)-thick/2), "w:tblpY", digits(from)),
		rows: []row{{cells: []cell{number}, height: long, exact: true}},
	}.node()
}
