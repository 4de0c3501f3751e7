package sheet

import "strings"

// builtin are the number formats that a file may give by number only, as Excel
// for China has them (ECMA-376 part 1, 18.8.30, language zh-cn).
var builtin = map[int]string{
	0:  "",
	1:  "0",
	2:  "0.00",
	3:  "#,##0",
	4:  "#,##0.00",
	5:  `"¥"#,##0;"¥"\-#,##0`,
	6:  `"¥"#,##0;[Red]"¥"\-#,##0`,
	7:  `"¥"#,##0.00;"¥"\-#,##0.00`,
	8:  `"¥"#,##0.00;[Red]"¥"\-#,##0.00`,
	9:  "0%",
	10: "0.00%",
	11: "0.00E+00",
	12: "# ?/?",
	13: "# ??/??",
	14: "yyyy/m/d",
	15: "d-mmm-yy",
	16: "d-mmm",
	17: "mmm-yy",
	18: "h:mm AM/PM",
	19: "h:mm:ss AM/PM",
	20: "h:mm",
	21: "h:mm:ss",
	22: "yyyy/m/d h:mm",
	27: `yyyy"年"m"月"`,
	28: `m"月"d"日"`,
	29: `m"月"d"日"`,
	30: "m-d-yy",
	31: `yyyy"年"m"月"d"日"`,
	32: `h"时"mm"分"`,
	33: `h"时"mm"分"ss"秒"`,
	34: `上午/下午h"时"mm"分"`,
	35: `上午/下午h"时"mm"分"ss"秒"`,
	36: `yyyy"年"m"月"`,
	37: "#,##0;-#,##0",
	38: "#,##0;[Red]-#,##0",
	39: "#,##0.00;-#,##0.00",
	40: "#,##0.00;[Red]-#,##0.00",
	41: `_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ `,
	42: `_ "¥"* #,##0_ ;_ "¥"* \-#,##0_ ;_ "¥"* "-"_ ;_ @_ `,
	43: `_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ `,
	44: `_ "¥"* #,##0.00_ ;_ "¥"* \-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ `,
	45: "mm:ss",
	46: "[h]:mm:ss",
	47: "mm:ss.0",
	48: "##0.0E+0",
	49: "@",
	50: `yyyy"年"m"月"`,
	51: `m"月"d"日"`,
	52: `yyyy"年"m"月"`,
	53: `m"月"d"日"`,
	54: `m"月"d"日"`,
	55: `上午/下午h"时"mm"分"`,
	56: `上午/下午h"时"mm"分"ss"秒"`,
	57: `yyyy"年"m"月"`,
	58: `m"月"d"日"`,
}

// cellStyle is what is read of a cell style.
type cellStyle struct {
	format string // number format code
	struck bool   // the font strikes through
	parent bool   // of an .xls: no style for cells, but one that theirs are made from

	// undeclared is the number of a number format that the file declares nowhere, 0 if
	// there is none: a cell of such a style is refused.
	undeclared int
}

// openStyles reads the cell styles. A workbook may do without them, even if it
// announces them; then a cell that names one is refused.
func (w *workbook) openStyles(main string, relations map[string]relation) error {
	w.styles = []cellStyle{{}}
	target, err := only(main, relations, "styles")
	if err != nil {
		return err
	}
	part, err := w.pack.part(target, "styles", w.pack.limits.Styles)
	if part == nil {
		return err
	}
	read := stylesPart{codes: make(map[int]string)}
	if err := part.scanned(w.pack.limits, read.read); err != nil {
		return err
	}
	if len(read.xfs) > 0 {
		w.styles = w.styles[:0]
	}
	for _, xf := range read.xfs {
		style := xf.style(read.codes)
		style.struck = xf.font < len(read.struck) && read.struck[xf.font]
		w.styles = append(w.styles, style)
	}
	return nil
}

// style finds the number format of a cell style.
func (x xf) style(codes map[int]string) cellStyle {
	code, ok := codes[x.format]
	if !ok {
		code, ok = builtin[x.format]
	}
	if !ok {
		return cellStyle{undeclared: x.format}
	}
	return cellStyle{format: code}
}

// stylesPart is what is read of the styles.
type stylesPart struct {
	codes  map[int]string // number formats by number
	struck []bool         // fonts that strike through
	xfs    []xf
}

// xf is a cell style by its numbers.
type xf struct {
	format, font int
	parent       bool
}

func (p *stylesPart) read(s *scanner) error {
	return s.root(spaceMain, "styleSheet", func() error {
		switch {
		case s.is(spaceMain, "numFmts"):
			return s.children(func() error { return p.numberFormat(s) })
		case s.is(spaceMain, "fonts"):
			return s.children(func() error {
				f, err := s.font()
				p.struck = append(p.struck, f.struck)
				return err
			})
		case s.is(spaceMain, "cellXfs"):
			return s.children(func() error { return p.style(s) })
		case s.is(spaceMain, "cellStyleXfs"), s.is(spaceMain, "cellStyles"):
			return s.skipRaw() // copying sheets about heaps up tens of thousands
		}
		return s.skip()
	})
}

func (p *stylesPart) numberFormat(s *scanner) error {
	codes := p.codes
	if !s.is(spaceMain, "numFmt") {
		return s.unexpected("the number formats")
	}
	id, ok, err := s.number("numFmtId", 0, 1<<20)
	if err != nil {
		return err
	}
	code, given := s.attr("formatCode")
	if !ok || !given {
		return s.damaged("number format %d is incomplete", id)
	}
	if len(code) > s.limits.Format {
		return over(s.part, "format", int64(s.limits.Format))
	}
	if len(codes) == s.limits.Formats {
		return over(s.part, "formats", int64(s.limits.Formats))
	}
	format := string(unescape([]byte(string(code)), 0))
	if strings.EqualFold(format, "General") {
		format = ""
	}
	if other, twice := codes[id]; twice && other != format {
		return s.damaged("number format %d is %.40q and %.40q", id, other, format)
	}
	codes[id] = format
	return s.skip()
}

func (p *stylesPart) style(s *scanner) error {
	if !s.is(spaceMain, "xf") {
		return s.unexpected("the cell styles")
	}
	format, _, err := s.number("numFmtId", 0, 1<<20)
	if err != nil {
		return err
	}
	value, _ := s.attr("fontId")
	font, _ := natural(value)
	if len(p.xfs) == s.limits.Formats {
		return over(s.part, "formats", int64(s.limits.Formats))
	}
	p.xfs = append(p.xfs, xf{format: format, font: font})
	return s.skip()
}
