package document

import (
	"fmt"
	"time"
)

// Properties are what the file says of itself.
type Properties struct {
	Title  string
	Author string    // the organisation
	Date   time.Time // of creation and change: the end of the period, never a clock
}

// A Document is a document being laid out. It is not safe for concurrent use.
type Document struct {
	properties Properties
	fonts      Fonts
	page       Page // of the section that is being laid out
	blocks     []block
	paragraphs []paragraphs // in the order of their numbers

	ranks     [len(headingStyles)]int // the last number of each rank
	announced []string                // titles of attachments
	begun     int                     // of them
	finished  bool                    // the imprint is there
}

// Paragraphs are some that stand one after the other, and are made when they are asked for.
type paragraphs struct {
	n  int
	at func(int) *paragraph
}

// A block is what stands in the body, one below the other.
type block interface{ node() node }

// New starts a document.
func New(p Properties, f Fonts) *Document {
	return &Document{properties: p, fonts: f}
}

// A Paragraph is a paragraph of the document's body as a reader finds it.
type Paragraph struct {
	Number int    // from 1, in the order of the file
	Style  string // id of its style
	Parts  Text
}

// Paragraphs lists all paragraphs of the body, blank ones and those in tables among them.
func (d *Document) Paragraphs() []Paragraph {
	var all []Paragraph
	for _, some := range d.paragraphs {
		for i := range some.n {
			p := some.at(i)
			all = append(all, Paragraph{len(all) + 1, p.style.id, p.text})
		}
	}
	return all
}

// count gives the paragraph the next number.
func (d *Document) count(p *paragraph) {
	p.text = p.text.clean()
	d.countMany(1, func(int) *paragraph { return p })
}

// countMany gives paragraphs the next numbers.
func (d *Document) countMany(n int, at func(int) *paragraph) {
	if d.finished {
		panic("document: nothing follows the imprint")
	}
	d.paragraphs = append(d.paragraphs, paragraphs{n, at})
}

// add adds a paragraph to the body.
func (d *Document) add(p *paragraph) {
	d.count(p)
	d.blocks = append(d.blocks, p)
}

// say adds a paragraph of a style and nothing else.
func (d *Document) say(s *style, parts ...Part) { d.add(&paragraph{style: s, text: parts}) }

// blank adds blank lines.
func (d *Document) blank(lines int) {
	for range lines {
		d.say(normalStyle)
	}
}

// table adds a table, and the paragraph that has to part it from what follows: two tables that
// touch are one to Word, and a section ends with a paragraph.
func (d *Document) table(g grid) {
	d.blocks = append(d.blocks, g)
	d.say(gapStyle)
}

// last is the paragraph that ends the body so far; nil at its beginning.
func (d *Document) last() *paragraph {
	if len(d.paragraphs) == 0 {
		return nil
	}
	last := d.paragraphs[len(d.paragraphs)-1]
	return last.at(last.n - 1)
}

// turn begins a section on pages that stand so, and reports whether a page was begun by that.
func (d *Document) turn(to Page) bool {
	if to == d.page {
		return false
	}
	if last := d.last(); last == nil || last.ends != nil {
		d.say(gapStyle)
	}
	from := d.page
	d.last().ends = &from
	d.page = to
	return true
}

// body is the root of the document's own part.
func (d *Document) body() node {
	content := tag("w:body").ofEach(func(yield func(node) bool) {
		for _, b := range d.blocks {
			if !yield(b.node()) {
				return
			}
		}
		yield(d.page.properties())
	})
	return tag("w:document", "xmlns:w", wordNamespace, "xmlns:r", relationNamespace).of(content)
}

// String is the document as text, a paragraph a line: its number, style and text.
func (p Paragraph) String() string { return fmt.Sprintf("%d\t%s\t%s", p.Number, p.Style, p.Parts) }
