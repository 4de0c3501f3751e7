package document

import (
	"math"
	"slices"
)

// An Imprint (版记) says who gets copies and who printed the document. Blank fields are left out.
type Imprint struct {
	CopyTo  string // without 抄送：, with a full stop at the end
	Printer string // 印发机关
	Printed string // 印发日期, such as 2024年7月5日印发
}

// Imprint sets the imprint at the foot of the last page, which stands upright. Nothing follows it.
func (d *Document) Imprint(i Imprint) {
	if i == (Imprint{}) {
		return
	}
	if d.turn(Portrait) {
		d.say(gapStyle) // a section that begins with what floats has no page of its own to LibreOffice
	}
	if d.tabled() {
		d.add(&paragraph{style: gapStyle, layout: layout{before: i.height()}})
	}
	g := grid{columns: []int{acrossLine}, plain: true, place: tag("w:tblpPr", "w:leftFromText", "0", "w:rightFromText", "0",
		"w:vertAnchor", "margin", "w:horzAnchor", "page", "w:tblpX", digits(marginLeft), "w:tblpYSpec", "bottom")}
	if i.CopyTo != "" {
		g.rows = append(g.rows, d.imprinted("抄送："+i.CopyTo, layout{left: 4 * character, right: character, hang: 3 * character}))
	}
	if i.Printer != "" || i.Printed != "" {
		g.rows = append(g.rows, d.imprinted(i.Printer+"\t"+i.Printed, layout{left: character, right: character, tab: acrossLine - character}))
	}
	for n := range g.rows {
		g.rows[n].cells[0].rules = imprintRules(n == 0, n == len(g.rows)-1)
	}
	d.table(g)
	d.finished = true
}

// character is the width of one of the imprint's.
const character = fourth * point

// height is about what the imprint takes, in twips.
func (i Imprint) height() int {
	copied := math.Ceil(width("抄送："+i.CopyTo) * character / (acrossLine - 5*character))
	return int(copied+1) * imprintStyle.line
}

// tabled reports whether there is a table on what may be the last page. Before the imprint room
// is kept there: where the two do not fit on a page, LibreOffice would move the table on to the
// next as a whole, away from its title.
func (d *Document) tabled() bool {
	for _, b := range slices.Backward(d.blocks) {
		switch b := b.(type) {
		case grid:
			return true
		case *paragraph:
			if b.turnPage || b.ends != nil {
				return false
			}
		}
	}
	return false
}

func (d *Document) imprinted(text string, l layout) row {
	return row{cells: []cell{d.cell(middle, &paragraph{style: imprintStyle, text: Plain(text), layout: l})}}
}

// imprintRules are thick above the first line and below the last, thin between them.
func imprintRules(first, last bool) node {
	rules := tag("w:tcBorders")
	for _, rule := range []struct {
		side  string
		outer bool
	}{{"top", first}, {"bottom", last}} {
		size := thin
		if rule.outer {
			size = thick
		}
		rules = rules.of(borders("", sides{rule.side}, size).children...)
	}
	return rules
}
