package document

import "math"

// An Align is a horizontal alignment.
type Align int8

// The alignments. That of a style is the style's own.
const (
	byStyle Align = iota
	Left
	Centre
	Right
)

var alignments = [...]string{Left: "left", Centre: "center", Right: "right"}

// A paragraph is one w:p.
type paragraph struct {
	style *style
	text  Text
	field string // a field in dashes instead of a text: PAGE
	layout
}

// A layout is what a paragraph has beyond its style. Lengths are in twips; 0 is the style's.
type layout struct {
	align             Align
	left, right, hang int     // indents; hang is how far the first line stands out
	tab               int     // a stop at the right
	before            int     // room above it
	points            float64 // the size of its type
	strong            bool    // in the font of headings
	keep              bool    // on the page of the next paragraph
	turnPage          bool    // it begins a page
	ends              *Page   // it ends a section of such pages
}

func (p *paragraph) node() node {
	return tag("w:p").of(p.properties()).of(p.runs()...)
}

func (p *paragraph) properties() node {
	properties := tag("w:pPr").of(
		val("w:pStyle", p.style.id),
		when(p.keep, tag("w:keepNext")),
		when(p.turnPage, tag("w:pageBreakBefore")),
		when(p.tab != 0, tag("w:tabs").of(tag("w:tab", "w:val", "right", "w:pos", digits(p.tab)))),
		when(p.points != 0 || p.before != 0, p.spacing()),
		p.indents(),
		when(p.align != byStyle, val("w:jc", alignments[p.align])),
	)
	if p.ends != nil {
		properties = properties.of(p.ends.properties())
	}
	return properties
}

func (p *paragraph) spacing() node {
	height := p.style.line
	if p.points != 0 {
		height = lineOf(p.points)
	}
	return tag("w:spacing", "w:before", digits(p.before), "w:line", digits(height), "w:lineRule", "exact")
}

// lineOf is the height of a line in tables, of type of so many points.
func lineOf(points float64) int { return int(math.Round(points * 1.3 * point)) }

func (p *paragraph) indents() node {
	if p.left == 0 && p.right == 0 && p.hang == 0 {
		return node{}
	}
	indents := tag("w:ind", "w:left", digits(p.left), "w:right", digits(p.right))
	if p.hang != 0 {
		indents.attributes = append(indents.attributes, "w:hanging", digits(p.hang))
	}
	return indents
}

// runs are the paragraph's parts, each a run of its own.
func (p *paragraph) runs() []node {
	if p.field != "" {
		return []node{
			p.run(spoken("— ")...),
			tag("w:fldSimple", "w:instr", p.field).of(p.run(spoken("1")...)),
			p.run(spoken(" —")...),
		}
	}
	var runs []node
	for _, part := range p.text {
		if part.Text != "" {
			runs = append(runs, p.run(spoken(part.Text)...))
		}
	}
	return runs
}

func (p *paragraph) run(content ...node) node {
	run := tag("w:r")
	if p.points != 0 || p.strong {
		size := digits(int(math.Round(p.points * 2)))
		run = run.of(tag("w:rPr").of(
			when(p.strong, val("w:rStyle", strongStyle.id)),
			when(p.points != 0, val("w:sz", size)),
			when(p.points != 0, val("w:szCs", size)),
		))
	}
	return run.of(content...)
}

// spoken is a text as the content of a run: tabs and line breaks are elements.
func spoken(text string) []node {
	var content []node
	from := 0
	plain := func(to int) {
		if from < to {
			content = append(content, tag("w:t", "xml:space", "preserve").saying(text[from:to]))
		}
	}
	for i, r := range text {
		if r == '\t' || r == '\n' {
			plain(i)
			content = append(content, tag(map[rune]string{'\t': "w:tab", '\n': "w:br"}[r]))
			from = i + 1
		}
	}
	plain(len(text))
	return content
}
