package document

// Fonts names the font of each role.
type Fonts struct {
	Title      string // of the title (小标宋)
	Heading    string // of headings of the first rank, 附件, heads of tables (黑体)
	Subheading string // of the second rank (楷体)
	Body       string // of all else (仿宋)
	Number     string // of page numbers (宋体)
}

// DefaultFonts are those of the standard. Where they are missing, Word takes what resembles them.
var DefaultFonts = Fonts{Title: "方正小标宋简体", Heading: "黑体", Subheading: "楷体_GB2312", Body: "仿宋_GB2312", Number: "宋体"}

// alike is, for fonts that a computer may not have, one that every Windows in China has.
var alike = map[string]string{"方正小标宋简体": "宋体", "楷体_GB2312": "楷体", "仿宋_GB2312": "仿宋"}

type role int8

const (
	body role = iota
	heading
	subheading
	title
	number
)

func (f Fonts) of(r role) string {
	return [...]string{body: f.Body, heading: f.Heading, subheading: f.Subheading, title: f.Title, number: f.Number}[r]
}

// A style is a named style. The ids and English names are Word's own where it has one, so that
// its navigation finds the headings.
type style struct {
	id, name string
	role     role
	points   float64
	line     int // exactly, in twips
	indent   int // of the first line, in characters
	align    Align
	rank     int // among headings, from 1; 0 is text
	keep     bool
	open     bool // characters are not closed up to fill lines of 28
}

const (
	third     = 16 // points of 三号
	second    = 22 // 二号
	fourth    = 14 // 四号
	tableType = 12 // 小四
	titleLine = 35 * point
)

// The styles of paragraphs.
var (
	normalStyle = &style{id: "Normal", name: "Normal", points: third, line: line}
	textStyle   = &style{id: "BodyTextFirstIndent", name: "Body Text First Indent", points: third, line: line, indent: 2}
	titleStyle  = &style{id: "Title", name: "Title", role: title, points: second, line: titleLine, align: Centre, open: true}
	numberStyle = &style{id: "DocumentNumber", name: "发文字号", points: third, line: line, align: Centre}
	toStyle     = &style{id: "Salutation", name: "Salutation", points: third, line: line, align: Left}
	signStyle   = &style{id: "Signature", name: "Signature", points: third, line: line, align: Right}
	markStyle   = &style{id: "AttachmentMark", name: "附件", role: heading, points: third, line: line, align: Left, rank: 1, keep: true}

	headingStyles = [...]*style{
		{id: "Heading1", name: "heading 1", role: heading, points: third, line: line, indent: 2, rank: 1, keep: true},
		{id: "Heading2", name: "heading 2", role: subheading, points: third, line: line, indent: 2, rank: 2, keep: true},
		{id: "Heading3", name: "heading 3", points: third, line: line, indent: 2, rank: 3, keep: true},
		{id: "Heading4", name: "heading 4", points: third, line: line, indent: 2, rank: 4, keep: true},
	}

	cellStyle     = &style{id: "TableText", name: "表格", points: tableType, line: lineOf(tableType), align: Left, open: true}
	cellHeadStyle = &style{id: "TableHeading", name: "表头", role: heading, points: tableType, line: lineOf(tableType), align: Centre, open: true}
	imprintStyle  = &style{id: "Imprint", name: "版记", points: fourth, line: 28 * point, align: Left, open: true}
	footStyle     = &style{id: "Footer", name: "footer", role: number, points: fourth, line: 18 * point, align: Left, open: true}
	gapStyle      = &style{id: "Gap", name: "表后", points: 1, line: point, align: Left, open: true} // what has to follow a table

	strongStyle = &style{id: "Strong", name: "Strong", role: heading}
)

func paragraphStyles() []*style {
	all := []*style{normalStyle, textStyle, titleStyle, numberStyle, toStyle, signStyle, markStyle}
	all = append(all, headingStyles[:]...)
	return append(all, cellStyle, cellHeadStyle, imprintStyle, footStyle, gapStyle)
}

// wordNamespace is that of the elements of WordprocessingML; relationNamespace is that of references.
const (
	wordNamespace     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relationNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// styleSheet is the part that declares all styles.
func styleSheet(f Fonts) node {
	sheet := tag("w:styles", "xmlns:w", wordNamespace).of(tag("w:docDefaults").of(
		tag("w:rPrDefault").of(tag("w:rPr").of(f.named(body), val("w:sz", digits(2*third)), val("w:szCs", digits(2*third)),
			tag("w:lang", "w:val", "en-US", "w:eastAsia", "zh-CN", "w:bidi", "ar-SA"))), // zh-CN of Latin text would break numbers at a line's end
		tag("w:pPrDefault"),
	))
	for _, s := range paragraphStyles() {
		sheet = sheet.of(s.node(f))
	}
	return sheet.of(
		tag("w:style", "w:type", "character", "w:default", "1", "w:styleId", "DefaultParagraphFont").of(val("w:name", "Default Paragraph Font")),
		tag("w:style", "w:type", "character", "w:styleId", strongStyle.id).of(val("w:name", strongStyle.name), tag("w:qFormat"),
			tag("w:rPr").of(f.named(strongStyle.role))),
		tableStyle("TableNormal", "Normal Table", true),
		tableStyle("TableGrid", "Table Grid", false),
	)
}

func (s *style) node(f Fonts) node {
	n := tag("w:style", "w:type", "paragraph")
	base := val("w:basedOn", normalStyle.id)
	if s == normalStyle {
		n.attributes = append(n.attributes, "w:default", "1")
		base = node{}
	}
	n.attributes = append(n.attributes, "w:styleId", s.id)
	return n.of(val("w:name", s.name), base, when(s.rank != 0, val("w:next", textStyle.id)), tag("w:qFormat"), s.paragraph(), s.run(f))
}

// paragraph is how the style sets paragraphs. A page of the standard has its lines whether or not
// one of them stands alone there, and no gaps between characters and figures.
func (s *style) paragraph() node {
	align := "both"
	if s.align != byStyle {
		align = alignments[s.align]
	}
	indent := node{}
	if s.indent != 0 { // Word asks for characters, LibreOffice for the length
		indent = tag("w:ind", "w:firstLineChars", digits(s.indent*100), "w:firstLine", digits(s.indent*pitch))
	}
	return tag("w:pPr").of(
		when(s.keep, tag("w:keepNext")),
		val("w:widowControl", "0"),
		val("w:autoSpaceDE", "0"), val("w:autoSpaceDN", "0"), val("w:adjustRightInd", "0"), val("w:snapToGrid", "0"),
		tag("w:spacing", "w:before", "0", "w:after", "0", "w:line", digits(s.line), "w:lineRule", "exact"),
		indent,
		val("w:jc", align),
		when(s.rank != 0, val("w:outlineLvl", digits(s.rank-1))),
	)
}

func (s *style) run(f Fonts) node {
	spacing := "-5"
	if s.open {
		spacing = "0"
	}
	size := digits(int(s.points * 2))
	return tag("w:rPr").of(f.named(s.role), val("w:b", "0"), val("w:spacing", spacing), val("w:kern", "0"), val("w:sz", size), val("w:szCs", size))
}

// named is the font of a role, of all scripts, for figures are set in that of the text around them.
func (f Fonts) named(r role) node {
	name := f.of(r)
	return tag("w:rFonts", "w:hint", "eastAsia", "w:ascii", name, "w:eastAsia", name, "w:hAnsi", name, "w:cs", name)
}

func tableStyle(id, name string, standard bool) node {
	n := tag("w:style", "w:type", "table")
	if standard {
		return tag("w:style", "w:type", "table", "w:default", "1", "w:styleId", id).of(val("w:name", name),
			tag("w:tblPr").of(tag("w:tblInd", "w:w", "0", "w:type", "dxa"), cellMargins(cellMargin, cellRoom)))
	}
	n.attributes = append(n.attributes, "w:styleId", id)
	return n.of(val("w:name", name), val("w:basedOn", "TableNormal"), tag("w:tblPr").of(borders("w:tblBorders", allSides, thin)))
}

// fontTable names for each font what resembles it.
func fontTable(f Fonts) node {
	table := tag("w:fonts", "xmlns:w", wordNamespace)
	listed := map[string]bool{}
	for _, name := range []string{f.Body, f.Heading, f.Subheading, f.Title, f.Number} {
		if listed[name] {
			continue
		}
		listed[name] = true
		other := alike[name]
		table = table.of(tag("w:font", "w:name", name).of(when(other != "", val("w:altName", other)), val("w:charset", "86"), val("w:pitch", "default")))
	}
	return table
}
