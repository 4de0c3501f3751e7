package workbook

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// Fonts names the font of each role. One cell has one font.
type Fonts struct {
	Title      string // of a page
	Heading    string // of a table, its header, a chart
	Subheading string // of the line under a title, of notes
	Body       string // of all else
}

// DefaultFonts are on every Windows in China; a county that has them may prefer
// 方正小标宋简体, 黑体, 楷体_GB2312 and 仿宋_GB2312.
var DefaultFonts = Fonts{Title: "宋体", Heading: "黑体", Subheading: "楷体", Body: "仿宋"}

type role int8

const (
	body role = iota
	heading
	subheading
	title
)

func (f Fonts) of(r role) string {
	return [...]string{body: f.Body, heading: f.Heading, subheading: f.Subheading, title: f.Title}[r]
}

// An Align is a horizontal alignment.
type Align int8

// The alignments. Vertically all cells are centred.
const (
	Left Align = iota
	Centre
	Right
)

// A unit is what money is shown in; 0 means not money.
type unit int8

const (
	wan unit = iota + 1 // 万元
	yi                  // 亿元
)

// worth is the number of 分 in the unit.
func (u unit) worth() float64 { return [...]float64{wan: 100 * 10_000, yi: 100 * 100_000_000}[u] }

// digits is how many decimals of the unit are exact to the 分.
func (u unit) digits() int {
	if u == yi {
		return 10
	}
	return 6
}

// String names the unit of money; "" for what is not money.
func (u unit) String() string { return map[unit]string{wan: "万元", yi: "亿元"}[u] }

// A Style says what a cell shows and how: the unit of money, the number format,
// the font's role, alignment, colours. Styles are values; the methods return a
// changed copy, and equal styles become one style of the file.
type Style struct {
	unit   unit
	format numberFormat
	adds   bool // a total row sums the column

	role   role
	size   float64 // points; 0: 10.5
	bold   bool
	ink    string // RRGGBB; "": black
	fill   string // RRGGBB; "": none
	align  Align
	top    bool // text starts at the top of its cell
	wrap   bool
	indent int
	framed bool
}

// Styles of what stands in tables. A total row sums Whole, Wan and Yi.
var (
	Prose    = Style{wrap: true}                                                               // text, to the left
	Label    = Style{wrap: true, align: Centre}                                                // text, centred: units, dates, states
	Ordinal  = Style{align: Centre, format: numberFormat{is: true}}                            // 序号, 名次: does not add up
	Whole    = Style{align: Right, format: numberFormat{is: true, grouped: true}, adds: true}  // a count
	Wan      = Style{align: Right, format: decimals(2), adds: true, unit: wan}                 // money in 万元
	Yi       = Style{align: Right, format: decimals(2), adds: true, unit: yi}                  // money in 亿元
	Percent  = Style{align: Right, format: numberFormat{is: true, percent: true, decimals: 1}} // a ratio, as 52.3%
	Percent2 = Style{align: Right, format: numberFormat{is: true, percent: true, decimals: 2}} // a ratio, as 52.34%
	Points   = Style{align: Right, format: numberFormat{is: true, signed: true, decimals: 1}}  // 百分点, as +1.2
	Score    = Style{align: Right, format: numberFormat{is: true, grouped: true, decimals: 2}} // any number, does not add up
)

// Styles of what stands on a page outside tables.
var (
	CoverTitle = Style{role: title, size: 28, bold: true, align: Centre, wrap: true}
	Title      = Style{role: title, size: 20, bold: true, align: Centre, wrap: true}
	Heading    = Style{role: heading, size: 12, wrap: true}
	Subheading = Style{role: subheading, size: 12, wrap: true}
	Bulletin   = Style{size: 13, wrap: true}                   // the sentence over a page
	Passage    = Style{size: 12, wrap: true, top: true}        // running text
	Remark     = Style{role: subheading, size: 10, wrap: true} // notes under a table
)

// Colours, restrained: print and projector both keep them apart.
const (
	inkNavy     = "1F3864"
	inkGrey     = "595959"
	inkLink     = "1F4E9E"
	inkGreyBlue = "5B7089"
	fillHead    = "E4EAF2"
	fillTotal   = "F5F1E6"
	fillPale    = "F6F8FB"
	lineGrey    = "8C96A3"
)

var lightInks = map[Light]struct{ fill, ink string }{
	Red:    {"F4C7C3", "9C0006"},
	Yellow: {"FFE9A8", "7F5F00"},
	Green:  {"CFE5C6", "2F5E1E"},
	Unlit:  {"", inkGrey},
}

// Bold makes the letters bold.
func (s Style) Bold() Style { s.bold = true; return s }

// Size sets the size of the letters, in points.
func (s Style) Size(points float64) Style { s.size = points; return s }

// Ink sets the colour of the letters, RRGGBB.
func (s Style) Ink(rrggbb string) Style { s.ink = rrggbb; return s }

// Fill sets the colour behind them, RRGGBB.
func (s Style) Fill(rrggbb string) Style { s.fill = rrggbb; return s }

// Align sets the horizontal alignment.
func (s Style) Align(a Align) Style { s.align = a; return s }

// Indent keeps the text that many characters from the side it is aligned to.
func (s Style) Indent(n int) Style { s.indent = n; return s }

// Decimals sets how many decimals a number shows; it is stored in full.
func (s Style) Decimals(n int) Style { s.format.decimals = n; return s }

// Suffix shows a word after the number, which stays a number: 12.50亿元.
func (s Style) Suffix(word string) Style { s.format.suffix = word; return s }

// Ungrouped shows no commas between thousands, as running text has none.
func (s Style) Ungrouped() Style { s.format.grouped = false; return s }

// Dash shows a zero as —, for tables most of whose cells are zero.
func (s Style) Dash() Style { s.format.dash = true; return s }

// Signed shows + before what is above zero, for differences.
func (s Style) Signed() Style { s.format.signed = true; return s }

// Framed draws a thin line around the cell; tables do so by themselves.
func (s Style) Framed() Style { s.framed = true; return s }

func (s Style) points() float64 {
	if s.size == 0 {
		return 10.5
	}
	return s.size
}

// lit is the style of a light.
func (s Style) lit(l Light) Style {
	ink := lightInks[l]
	s.fill, s.ink, s.align, s.bold = ink.fill, ink.ink, Centre, s.bold || ink.fill != ""
	return s
}

// of turns the style into one of the file.
func (s Style) of(fonts Fonts) *excelize.Style {
	horizontal := [...]string{Left: "left", Centre: "center", Right: "right"}[s.align]
	vertical := "center"
	if s.top {
		vertical = "top"
	}
	x := &excelize.Style{
		Font: &excelize.Font{Family: fonts.of(s.role), Size: s.points(), Bold: s.bold, Color: strings.ToUpper(s.ink)},
		Alignment: &excelize.Alignment{
			Horizontal: horizontal, Vertical: vertical, WrapText: s.wrap, Indent: s.indent,
			ShrinkToFit: s.format.is && !s.wrap, // never ####
		},
	}
	if s.fill != "" {
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{s.fill}}
	}
	if s.framed {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			x.Border = append(x.Border, excelize.Border{Type: side, Color: lineGrey, Style: 1})
		}
	}
	if s.format.is {
		code := s.format.code()
		x.CustomNumFmt = &code
	}
	return x
}
