package workbook

import "github.com/xuri/excelize/v2"

// A Page is how a sheet is printed: paper, direction, and whether all of it goes
// on one page; otherwise it is fitted to the width. Every page is centred and
// numbered 第X页 共Y页.
type Page struct {
	paper     int // as the format numbers them
	landscape bool
	single    bool
	width     float64 // points between the margins
}

const millimetre = 72 / 25.4

// margins, in millimetres.
const (
	marginSide   = 14.
	marginTop    = 15.
	marginBottom = 17.
	marginFoot   = 8.
)

// The pages that workbooks are printed on.
var (
	A4Portrait  = Page{paper: 9, width: (210 - 2*marginSide) * millimetre}
	A4Landscape = Page{paper: 9, landscape: true, width: (297 - 2*marginSide) * millimetre}
	A3Landscape = Page{paper: 8, landscape: true, width: (420 - 2*marginSide) * millimetre}
)

// OnOnePage fits the whole sheet on one printed page.
func (p Page) OnOnePage() Page { p.single = true; return p }

// fitted tells whether the sheet is fitted to its page rather than scaled: a
// sheet with page breaks is scaled, since fitting makes Excel ignore them.
func (s *Sheet) fitted() bool { return len(s.breaks) == 0 }

// layout is the page set-up of a sheet.
func (s *Sheet) layout() *excelize.PageLayoutOptions {
	orientation := "portrait"
	if s.page.landscape {
		orientation = "landscape"
	}
	o := &excelize.PageLayoutOptions{Size: &s.page.paper, Orientation: &orientation}
	if s.fitted() {
		wide, tall := 1, 0
		if s.page.single {
			tall = 1
		}
		o.FitToWidth, o.FitToHeight = &wide, &tall
		return o
	}
	total := 0.
	for col := 1; col <= s.cols; col++ {
		total += columnPoints(s.width(col))
	}
	scale := uint(max(10, min(100, 86*s.page.width/total))) // digits of another standard font are up to an eighth wider
	o.AdjustTo = &scale
	return o
}

func inches(mm float64) *float64 { x := mm / 25.4; return &x }

func pageMargins() *excelize.PageLayoutMarginsOptions {
	centred := true
	return &excelize.PageLayoutMarginsOptions{
		Left: inches(marginSide), Right: inches(marginSide), Top: inches(marginTop), Bottom: inches(marginBottom),
		Header: inches(marginFoot), Footer: inches(marginFoot), Horizontally: &centred,
	}
}
