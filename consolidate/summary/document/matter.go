package document

import (
	"fmt"
	"strings"
)

// Number sets the number of the document (发文字号), such as 城发改〔2024〕8号; blank leaves it out.
func (d *Document) Number(number string) {
	if number != "" {
		d.say(numberStyle, Say(number))
		d.blank(1)
	}
}

// Title sets the title, broken into lines where its sense allows, between blank lines.
func (d *Document) Title(lines ...string) {
	d.blank(1)
	d.say(titleStyle, Say(strings.Join(lines, "\n")))
	d.blank(1)
}

// To names whom the document is sent to (主送机关), without the colon at the end.
func (d *Document) To(whom string) { d.say(toStyle, Say(whom+"：")) }

// Paragraph sets a paragraph of text.
func (d *Document) Paragraph(parts ...Part) { d.say(textStyle, parts...) }

// Heading sets a heading of a rank from 1 to 4 and numbers it: 一、 （一） 1. （1）. The numbers of a
// rank begin anew under each heading of a rank above.
func (d *Document) Heading(rank int, parts ...Part) {
	d.say(headingStyles[rank-1], append([]Part{Say(d.next(rank))}, parts...)...)
}

// Item sets a paragraph of text that is numbered as a heading of that rank would be.
func (d *Document) Item(rank int, parts ...Part) {
	d.say(textStyle, append([]Part{Say(d.next(rank))}, parts...)...)
}

// next is the next number of a rank.
func (d *Document) next(rank int) string {
	d.ranks[rank-1]++
	clear(d.ranks[rank:])
	n := d.ranks[rank-1]
	switch rank {
	case 1:
		return chinese(n) + "、"
	case 2:
		return "（" + chinese(n) + "）"
	case 3:
		return fmt.Sprintf("%d.", n)
	}
	return fmt.Sprintf("（%d）", n)
}

// chinese spells a number from 1 to 99.
func chinese(n int) string {
	if n < 1 || n > 99 {
		panic(fmt.Sprintf("document: heading number %d", n))
	}
	figures := [...]string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch tens := n / 10; tens {
	case 0:
		return figures[n]
	case 1:
		return "十" + figures[n%10]
	default:
		return figures[tens] + "十" + figures[n%10]
	}
}

// A Seal says whether room is kept for a seal.
type Seal bool

// With a seal or without.
const (
	Sealed   Seal = true
	Unsealed Seal = false
)

// Sign sets who issues the document and its date (署名、成文日期), which may have blanks to be filled
// in. For a seal the date stands four characters from the right with the name centred above it;
// without one the name stands two characters from the right, and the date begins two characters
// after it.
func (d *Document) Sign(name, date string, seal Seal) {
	if last := d.last(); last != nil {
		last.keep = true // a signature does not stand alone on a page
	}
	nameRight, dateRight := signedRight(width(name), width(date), seal)
	lines := 1
	if seal {
		lines = 2 // the seal reaches above the name
	}
	d.blank(lines)
	for _, one := range d.paragraphs[len(d.paragraphs)-lines:] {
		one.at(0).keep = true
	}
	d.add(&paragraph{style: signStyle, text: Plain(name), layout: layout{right: characters(nameRight), keep: true}})
	d.add(&paragraph{style: signStyle, text: Plain(date), layout: layout{right: characters(dateRight)}})
}

// signedRight is how far from the right a name and a date of those widths end, in characters.
func signedRight(name, date float64, seal Seal) (nameRight, dateRight float64) {
	if seal {
		dateRight = max(4, 2+(name-date)/2)
		return dateRight + (date-name)/2, dateRight
	}
	nameRight = max(2, 4+date-name)
	return nameRight, nameRight + name - 2 - date
}

// characters is the width of so many characters of text, in twips.
func characters(n float64) int { return int(n * pitch) }

// Contact sets who answers questions (附注), in brackets below the date.
func (d *Document) Contact(parts ...Part) {
	d.say(textStyle, append(append([]Part{Say("（")}, parts...), Say("）"))...)
}
