package template

import (
	"huizong/internal/form"
	"huizong/internal/ledger"

	"github.com/xuri/excelize/v2"
)

// Colours, RRGGBB. Those of broken rules are the ones of receipts.
const (
	toFill    = "FFF2CC" // a cell that is still to be filled in
	given     = "F2F2F2" // what is locked, and what is only shown
	headed    = "D9E2F3"
	pastText  = "808080"
	frameLine = "A6A6A6"
)

var broken = map[ledger.Severity]string{ledger.Error: "FFC7CE", ledger.Query: "FFEB9C", ledger.Notice: "DDEBF7"}

// Number formats.
const (
	asText   = "@"
	asAmount = "#,##0.00"
	asRate   = "0.00%"
	asDate   = "yyyy-mm-dd"
)

// formatOf is the number format of a column's cells: words are texts, whatever they look like.
func formatOf(c *form.Column) string {
	switch c.Type {
	case form.AmountType:
		return asAmount
	case form.RateType:
		return asRate
	case form.CountType:
		return ""
	case form.DateType:
		return asDate
	}
	return asText
}

// A look is how a cell is shown, and whether it may be written into.
type look struct {
	font   string
	size   float64 // points; 0: those of the body
	bold   bool
	colour string // of the text; blank: black
	fill   string // blank: none
	frame  bool
	centre bool
	right  bool
	top    bool
	flow   bool // a text flows on to the next cell instead of being wrapped
	free   bool // it may be written into
	format string
}

// style is the number of a look in the workbook.
func (b *book) style(l look) int {
	if id, known := b.styles[l]; known {
		return id
	}
	s := &excelize.Style{
		Font:       &excelize.Font{Family: l.font, Size: l.size, Bold: l.bold, Color: l.colour},
		Alignment:  &excelize.Alignment{Vertical: "center", WrapText: !l.flow},
		Protection: &excelize.Protection{Locked: !l.free},
	}
	if l.font == "" {
		s.Font.Family = b.County.Fonts.Body
	}
	if l.size == 0 {
		s.Font.Size = 10
	}
	switch {
	case l.centre:
		s.Alignment.Horizontal = "center"
	case l.right:
		s.Alignment.Horizontal = "right"
	}
	if l.top {
		s.Alignment.Vertical = "top"
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.frame {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Style: 1, Color: frameLine})
		}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	id, err := b.file.NewStyle(s)
	b.try(err)
	b.styles[l] = id
	return id
}

// put writes a text into a cell.
func (b *book) put(sheet, cell, text string, l look) {
	b.try(b.file.SetCellStr(sheet, cell, text))
	b.dress(sheet, cell, cell, l)
}

func (b *book) dress(sheet, from, to string, l look) {
	b.try(b.file.SetCellStyle(sheet, from, to, b.style(l)))
}

// page sets a sheet up to be printed: A4 across, so many pages wide, its header and the columns on the left on
// every page.
func (b *book) page(sheet string, wide int, repeat string) {
	paper, across, high := 9, "landscape", 0 // A4, as many pages high as it takes
	fit := true
	b.try(b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.try(b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &paper, Orientation: &across, FitToWidth: &wide, FitToHeight: &high}))
	side, end, foot := 0.4, 0.6, 0.3 // inches
	b.try(b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &end, Bottom: &end, Header: &foot, Footer: &foot}))
	b.try(b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L" + b.Department + b.Period.Chinese() + "&C&A&R第&P页 共&N页"}))
	if repeat != "" {
		b.try(b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: repeat, Scope: sheet}))
	}
}
