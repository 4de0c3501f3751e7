package receipt

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"huizong/internal/ledger"
)

// A look is how cells of the first sheet are shown.
type look struct {
	font           string
	size           int
	bold           bool
	colour         string // of the text; blank is black
	fill           string // blank is none
	border         bool
	centre, middle bool
	link           bool
	number         bool // of a text that is one
}

// format is the index of a look among the formats of the workbook.
func (b *stylebook) format(l look) int {
	weight := ""
	if l.bold {
		weight = `<b/>`
	}
	line := ""
	if l.link {
		line = `<u/>`
	}
	font := b.add("fonts", b.named(fmt.Sprintf(`<font>%s%s<sz val="%d"/><color rgb="FF%s"/><name val="%s"/><family val="3"/>`+
		`<charset val="134"/></font>`, weight, line, l.size, cmp.Or(l.colour, "000000"), escaped(l.font))))
	fill, border := 0, 0
	if l.fill != "" {
		fill = b.fill(l.fill)
	}
	if l.border {
		side := func(name string) string { return `<` + name + ` style="thin"><color rgb="FF7F7F7F"/></` + name + `>` }
		border = b.add("borders", b.named(`<border>`+side("left")+side("right")+side("top")+side("bottom")+`<diagonal/></border>`))
	}
	horizontal, vertical, kind := "left", "top", 49
	if l.number {
		kind = 0
	}
	if l.centre {
		horizontal = "center"
	}
	if l.middle {
		vertical = "center"
	}
	return b.add("cellXfs", b.named(fmt.Sprintf(`<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="%d" xfId="0" applyNumberFormat="1" applyFont="1" `+
		`applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="%s" vertical="%s" wrapText="1"/></xf>`, kind, font, fill, border, horizontal, vertical)))
}

// Columns of the first sheet.
var (
	widths   = [...]float64{5, 7, 17, 24, 30, 16, 16, 30, 26, 3}
	headings = [...]string{"序号", "级别", "位置", "项目、指标", "问题", "填的是", "应为", "怎么改", ledger.ReceiptAnswer, ledger.ReceiptKey}
)

// A front is the first sheet while it is drawn, row by row.
type front struct {
	a      *annotation
	slip   *Slip
	rows   strings.Builder
	merges []string
	links  []string
	row    int
}

// A field is a cell of the first sheet.
type field struct {
	text string
	look look
	span int    // columns that it covers; 0 is 1
	link string // where it leads: 'sheet'!H7
}

// line draws the next row; a blank height is left to what is in it.
func (d *front) line(fields ...field) {
	d.row++
	lines, column := 1.0, 0
	var cells strings.Builder
	for _, f := range fields {
		span := max(f.span, 1)
		at := spot{d.row, column + 1}
		width := 0.0
		for i := range span {
			width += widths[column+i]
			format := strconv.Itoa(d.a.styles.format(f.look))
			ref := spot{d.row, column + i + 1}.ref()
			if i > 0 || f.text == "" {
				cells.WriteString(`<c r="` + ref + `" s="` + format + `"/>`)
				continue
			}
			if f.look.number {
				cells.WriteString(`<c r="` + ref + `" s="` + format + `"><v>` + f.text + `</v></c>`)
				continue
			}
			cells.WriteString(`<c r="` + ref + `" s="` + format + `" t="inlineStr"><is><t xml:space="preserve">` + escaped(f.text) + `</t></is></c>`)
		}
		if span > 1 {
			d.merges = append(d.merges, at.ref()+":"+spot{d.row, column + span}.ref())
		}
		if f.link != "" {
			d.links = append(d.links, `<hyperlink ref="`+at.ref()+`" location="`+escaped(f.link)+`" display="`+escaped(f.text)+`"/>`)
		}
		if column < visible {
			lines = max(lines, linesOf(f.text, width, f.look.size)*float64(f.look.size)/11)
		}
		column += span
	}
	d.rows.WriteString(fmt.Sprintf(`<row r="%d" ht="%.1f" customHeight="1">`, d.row, min(lines*15.5+3, 409)) + cells.String() + `</row>`)
}

// linesOf is how many lines a text takes in a width given in characters of 11 points.
func linesOf(text string, width float64, size int) (lines float64) {
	room := (width - 1) * 11 / float64(size)
	for line := range strings.SplitSeq(text, "\n") {
		n := 0.0
		for _, c := range line {
			if n++; c > 0x2E80 {
				n++
			}
		}
		lines += float64(int(n/room)) + 1
	}
	return lines
}

func drawFront(a *annotation, s *Slip) string {
	d := &front{a: a, slip: s}
	d.head()
	d.balance()
	d.findings()
	var b strings.Builder
	b.WriteString(xmlHead + `<worksheet xmlns="` + a.space.main + `" xmlns:r="` + a.space.relation + `">` +
		`<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>` +
		`<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`)
	for i, width := range widths {
		hidden := ""
		if i == len(widths)-1 {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%g" customWidth="1"%s/>`, i+1, i+1, width, hidden)
	}
	b.WriteString(`</cols><sheetData>` + d.rows.String() + `</sheetData>`)
	if len(d.merges) > 0 {
		fmt.Fprintf(&b, `<mergeCells count="%d">`, len(d.merges))
		for _, ref := range d.merges {
			b.WriteString(`<mergeCell ref="` + ref + `"/>`)
		}
		b.WriteString(`</mergeCells>`)
	}
	if len(d.links) > 0 {
		b.WriteString(`<hyperlinks>` + strings.Join(d.links, "") + `</hyperlinks>`)
	}
	b.WriteString(`<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>` +
		`<headerFooter><oddFooter>&amp;C第&amp;P页 共&amp;N页</oddFooter></headerFooter></worksheet>`)
	return b.String()
}

// verdicts are the colours of the verdicts, of the text and the fill.
var verdicts = map[Verdict]struct{ colour, fill string }{
	Passed: {"00612A", "E2F0D9"}, Reserved: {"7F6000", "FFF2CC"}, Failed: {"9C0006", "FFC7CE"},
}

func (d *front) text(size int) look {
	return look{font: d.slip.County.Fonts.Body, size: size, middle: true}
}

func (d *front) cell() look {
	return look{font: d.slip.County.Fonts.Body, size: 10, border: true, middle: true}
}

func (d *front) heading() look {
	return look{font: d.slip.County.Fonts.Heading, size: 10, border: true, middle: true, centre: true, fill: "D9E1F2"}
}

// visible is how many columns of the first sheet are shown.
const visible = len(widths) - 1

func (d *front) head() {
	s := d.slip
	d.line(field{s.Title, look{font: s.County.Fonts.Title, size: 18, bold: true, centre: true, middle: true}, visible, ""})
	verdict := s.Verdict()
	as := verdicts[verdict]
	d.line(field{string(verdict),
		look{font: s.County.Fonts.Heading, size: 28, bold: true, centre: true, middle: true, colour: as.colour, fill: as.fill}, visible, ""})
	d.line(field{s.means(), d.text(12), visible, ""})
	of := "文件：" + path.Base(s.File) + "    " + ledger.ReceiptNumber + "：" + cmp.Or(shortened(s.SHA256), "无")
	if s.Sender != "" {
		of += "    " + ledger.ReceiptSender + "：" + s.Sender
	}
	d.line(field{of, d.text(10), visible, ""})
	errors, queries, notices := s.open()
	how := "原文件不能在上面标注，请在原文件上改，改好后报回；不改的，在“答复”栏说明理由，把本文件一并报回。"
	if len(d.a.sheets) > 0 {
		how = "有问题的单元格已标色并加批注：红为强制，黄为核实，蓝为提示；其余内容、格式未动，可直接在本文件上改，改好后连同答复一并报回。"
	}
	if len(s.Findings) == 0 {
		how = ""
	}
	d.line(field{fmt.Sprintf("强制性问题%d条（必须改正），核实性问题%d条（改正或说明），提示性%d条（供参考）。", errors, queries, notices) + how,
		d.text(10), visible, ""})
	for _, sentence := range s.Feedback {
		d.line(field{sentence, d.text(10), visible, ""})
	}
}

func shortened(sum string) string { return sum[:min(len(sum), 12)] }

// open counts the findings that are not settled, by severity.
func (s *Slip) open() (errors, queries, notices int) {
	for _, f := range s.Findings {
		switch severity := f.Code.Severity; {
		case s.Settled[f.Digest()] != "":
		case severity == ledger.Error:
			errors++
		case severity == ledger.Query:
			queries++
		default:
			notices++
		}
	}
	return errors, queries, notices
}

// states are what became of a return, as staff know it.
var states = map[ledger.State]string{ledger.Accepted: "采用", ledger.Nil: "零报告或无变化", ledger.Returned: "退回", ledger.Superseded: "已有更新的一份",
	ledger.Repeated: "与已收到的内容相同", ledger.Late: "该月已锁定，留作更正", "": "可采用"}

// balance says what became of each row that was sent.
func (d *front) balance() {
	if len(d.slip.Returns) == 0 {
		return
	}
	d.line()
	h := d.heading()
	d.line(field{"报表", h, 3, ""}, field{"单位", h, 0, ""}, field{"工作表", h, 0, ""}, field{"结果", h, 0, ""}, field{"收到行数", h, 0, ""},
		field{"行数去向", h, 2, ""})
	for _, r := range d.slip.Returns {
		c := d.cell()
		seen := c
		seen.centre = true
		number := seen
		number.number = true
		rest := "小计和说明"
		if r.State == ledger.Nil { // with 本月无变化 last month's rows may stand there yet
			rest = "未作为数据读取"
		}
		rows := partsOf(r.Rows, rest)
		d.line(field{r.Form + " " + r.Period.Chinese(), c, 3, ""}, field{r.Department, c, 0, ""}, field{r.Sheet, c, 0, ""}, field{states[r.State], seen, 0, ""},
			field{strconv.Itoa(r.Rows.Seen), number, 0, ""}, field{rows, c, 2, ""})
	}
}

// partsOf says what became of the rows that were seen: 采用6（其中有暂缓项的1）＋小计和说明3＝9. Rest are those that hold no data.
func partsOf(rows ledger.Rows, rest string) string {
	var parts []string
	for _, part := range []struct {
		word string
		n    int
	}{{"采用", rows.Taken}, {"退回", rows.Returned}, {"已有更新的", rows.Superseded}, {"重复", rows.Repeated}, {rest, rows.Subtotal}, {"空行", rows.Blank}} {
		if part.n == 0 {
			continue
		}
		text := part.word + strconv.Itoa(part.n)
		if part.word == "采用" && rows.Held > 0 {
			text += fmt.Sprintf("（其中有暂缓项的%d）", rows.Held)
		}
		parts = append(parts, text)
	}
	return strings.TrimPrefix(strings.Join(parts, "＋")+"＝"+strconv.Itoa(rows.Seen), "＝")
}

// mostTold is how many findings the first sheet lists, and how many notes a worksheet gets: where there are more, something
// is wrong with the whole, and a sheet that is longer helps nobody.
const mostTold = 1_000

// findings lists the findings, the gravest first, each with a link to its cell and room for an answer.
func (d *front) findings() {
	d.line()
	if len(d.slip.Findings) == 0 {
		d.line(field{"没有问题。", d.text(12), visible, ""})
		return
	}
	var header []field
	for _, heading := range headings {
		header = append(header, field{heading, d.heading(), 0, ""})
	}
	d.line(header...)
	folded := ledger.FoldFindings(d.slip.Findings)
	slices.SortStableFunc(folded, func(a, b ledger.Folded) int { return cmp.Compare(b.Code.Severity, a.Code.Severity) })
	for i, f := range folded[:min(len(folded), mostTold)] {
		d.finding(i+1, f)
	}
	if more := len(folded) - mostTold; more > 0 {
		d.line(field{fmt.Sprintf("另有%d条没有列出：先改好上面的，改好后报来，再看新的回单。", more), d.text(12), visible, ""})
	}
}

func (d *front) finding(n int, f ledger.Folded) {
	c, at := d.cell(), d.cell()
	middle := c
	middle.centre = true
	severity := middle
	severity.fill = colours[f.Code.Severity]
	link := ""
	if s, ok := spotOfFinding(f.Finding); ok && d.a.sheet(f.Sheet) {
		link = "'" + strings.ReplaceAll(f.Sheet, "'", "''") + "'!" + s.ref()
		at.link, at.colour = true, "0563C1"
	}
	place := f.Sheet
	if places := f.Places(ledger.Chinese); places != "" {
		place = strings.TrimPrefix(place+"!"+places, "!")
	}
	about := f.Entity
	switch {
	case f.Others != nil && f.Field != "":
		about = f.Field
	case f.Field != "" && f.Field != f.Entity:
		about = strings.TrimPrefix(about+" · "+f.Field, " · ")
	}
	answer, remedy := c, f.Code.Remedy.In(ledger.Chinese)
	switch said := d.slip.Settled[f.Digest()]; {
	case said != "":
		remedy = brief(said)
	case f.Code.Severity == ledger.Query:
		answer.fill = "FFFFE5"
	}
	number := middle
	number.number = true
	d.line(field{strconv.Itoa(n), number, 0, ""}, field{f.Code.Severity.In(ledger.Chinese), severity, 0, ""}, field{place, at, 0, link},
		field{about, c, 0, ""}, field{f.Code.ID + " " + f.Code.Wrong.In(ledger.Chinese), c, 0, ""}, field{brief(f.FoundThere()), c, 0, ""},
		field{f.Expected, c, 0, ""}, field{remedy, c, 0, ""}, field{"", answer, 0, ""}, field{f.Digest(), c, 0, ""})
}

// sheet reports whether the workbook has a worksheet of a name.
func (a *annotation) sheet(name string) bool {
	for _, s := range a.sheets {
		if s.name == name {
			return true
		}
	}
	return false
}

// brief is a text that a cell of the first sheet has room for.
func brief(text string) string {
	if all := []rune(text); len(all) > 200 {
		return string(all[:200]) + "…"
	}
	return text
}
