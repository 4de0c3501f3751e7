package workbook

import "github.com/xuri/excelize/v2"

// A Page is how a sheet is printed: paper, direction, and whether all of it goes
// on one page; otherwise it is fitted to the width. Every page is centred and
// numbered 第X页 共Y页.
type Page struct {
	paper     int // as the format numbers them
	landscape bool
	single    bool
	larger    *Page   // where letters are too small to read on this one; nil: none
	width     float64 // points between the margins
	height    float64
}

const millimetre = 72 / 25.4

// margins, in millimetres.
const (
	marginSide   = 10.
	marginTop    = 15.
	marginBottom = 17.
	marginFoot   = 8.
)

// The pages that workbooks are printed on.
var (
	A4Portrait  = pageOf(9, false, 210, 297)
	A4Landscape = pageOf(9, true, 297, 210)
	A3Landscape = pageOf(8, true, 420, 297)
)

// Landscape is A4, or A3 where letters could not be read on A4.
var Landscape = func() Page {
	p := A4Landscape
	p.larger = &A3Landscape
	return p
}()

// pageOf is a paper of that many millimetres.
func pageOf(paper int, landscape bool, width, height float64) Page {
	return Page{
		paper: paper, landscape: landscape,
		width: (width - 2*marginSide) * millimetre, height: (height - marginTop - marginBottom) * millimetre,
	}
}

// OnOnePage fits the whole sheet on one printed page.
func (p Page) OnOnePage() Page { p.single = true; return p }

// fitted tells whether the sheet is fitted to its page rather than scaled: a
// sheet with page breaks is scaled, since fitting makes Excel ignore them.
func (s *Sheet) fitted() bool { return len(s.breaks) == 0 }

// setUp is the page set-up of the sheet as it falls on its pages.
func (p printing) setUp() *excelize.PageLayoutOptions {
	s := p.sheet
	orientation := "portrait"
	if s.page.landscape {
		orientation = "landscape"
	}
	o := &excelize.PageLayoutOptions{Size: &s.page.paper, Orientation: &orientation}
	if s.fitted() {
		wide, tall := 1, len(p.pages())
		o.FitToWidth, o.FitToHeight = &wide, &tall
		return o
	}
	scale := uint(p.scale*100 + .5)
	o.AdjustTo = &scale
	return o
}

// adjusted is the scale of a sheet that is not fitted, in percent.
func (s *Sheet) adjusted() uint {
	return uint(max(10, min(100, 86*s.page.width/s.printedWidth()))) // digits of another standard font are up to an eighth wider
}

func inches(mm float64) *float64 { x := mm / 25.4; return &x }

func pageMargins() *excelize.PageLayoutMarginsOptions {
	centred := true
	return &excelize.PageLayoutMarginsOptions{
		Left: inches(marginSide), Right: inches(marginSide), Top: inches(marginTop), Bottom: inches(marginBottom),
		Header: inches(marginFoot), Footer: inches(marginFoot), Horizontally: &centred,
	}
}
