package importer

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A table is the place of a return on a page: from the first row of its title to the last
// row that holds a value before the next table.
type table struct {
	from, head, rows, to int // lines: title, header, first row below the header, end
	top, bottom          int // rows of the header
	form                 *form.Form
	headings             []heading
	rest                 bool // it may be the right half of the table before (续表)
}

// Bounds on the search, so that no sheet costs more than it is worth: lines of a title,
// and lines that look like a header.
const (
	longestTitle = 30
	mostTries    = 40
)

// locate finds the tables of a page by their headers, wherever they stand. A header that
// is repeated within a table, as on printed pages, begins no other one. before is the last
// table of the page before, which the first may go on with; nil if there is none.
func (c Config) locate(p *page, before *table) []table {
	var found []table
	tries := 0
	for at := 0; at < len(p.lines) && tries < mostTries; at++ {
		from := max(0, at-longestTitle)
		if len(found) > 0 {
			before = &found[len(found)-1]
			from = max(from, before.rows)
		}
		if !c.headerLike(p, &p.lines[at]) {
			continue
		}
		tries++
		t, ok := c.headerAt(p, from, at, before)
		if !ok {
			continue
		}
		t.from = from
		if len(found) > 0 {
			titled, own := c.titleAbove(p, t.head, before.rows)
			if !own && sameColumns(before, &t) {
				continue
			}
			t.from, before.to = titled, titled
		}
		t.to = len(p.lines)
		found = append(found, t)
		at = t.rows - 1
	}
	return found
}

// headerLike reports a line that is worth reading as a header: few numbers, one cell that
// is a heading letter by letter, and among its first cells at least two headings of some
// form.
func (c Config) headerLike(p *page, l *line) bool {
	const first = 8
	numbers := 0
	for _, cell := range l.cells {
		if cell.Kind != sheet.Text {
			numbers++
		}
	}
	if 4*numbers > len(l.cells) || !slices.ContainsFunc(l.cells, plainCell) {
		return false
	}
	hits := 0
	for _, cell := range l.cells[:min(first, len(l.cells))] {
		if cell.Kind == sheet.Text && len(cell.Raw) <= longestLabel && c.knows(p.label(cell.Raw)) {
			hits++
		}
	}
	return hits >= 2 && 3*hits >= min(first, len(l.cells))
}

// plainCell reports a cell that is a heading of some form, letter by letter.
func plainCell(cell sheet.Cell) bool {
	if cell.Kind != sheet.Text || len(cell.Raw) > longestLabel {
		return false
	}
	known := plainHeadings()
	first, _ := utf8.DecodeRuneInString(cell.Raw)
	if folds := first < '0' || first > '9' && !unicode.Is(unicode.Han, first); !folds && !known.starts[first] {
		return false
	}
	return known.texts[plainHeading(cell.Raw)]
}

// plainHeading is a heading without blanks and brackets: a cheap first look at a cell.
func plainHeading(text string) string {
	text, _, _ = strings.Cut(ledger.Fold(text), "(")
	return text
}

// plainHeadings are those of all forms, and what they begin with: other words need not be looked up.
var plainHeadings = sync.OnceValue(func() (all struct {
	texts  map[string]bool
	starts map[rune]bool
}) {
	all.texts, all.starts = map[string]bool{}, map[rune]bool{}
	for _, f := range form.All() {
		for heading := range dictionaryOf(f).plain {
			first, _ := utf8.DecodeRuneInString(heading)
			all.texts[heading], all.starts[first] = true, true
		}
	}
	return all
})

// longestLabel is how many bytes a heading may have.
const longestLabel = 120

// knows reports whether a label is a heading of some form.
func (c Config) knows(l label) bool {
	return ordinals[l.text] || slices.ContainsFunc(c.Forms, func(f *form.Form) bool {
		return dictionaryOf(f).knows(l.keys, l.senses)
	})
}

// headerAt reads the header around a line: with the groups above it, and with as many rows
// below as bring more columns, or as merged headings reach. The form is the one of which
// the most columns are found; between equals the one that the title names decides. What is
// said to go on with the table before does, and what else would be no header may.
func (c Config) headerAt(p *page, from, at int, before *table) (best table, ok bool) {
	var most *header
	var strongest evidence
	row := p.lines[at].number
	for top := row; top > row-deepest+1 && top > 0; top-- {
		if top < row && !groupsLike(p, from, top) {
			break
		}
		least := max(row, reach(p, top, row))
		if p.unitRow(least + 1) {
			least++
		}
		named := c.formNamed(p, from, p.find(top))
		for bottom := least; bottom == least || bottom < top+deepest && groupsLike(p, from, bottom); bottom++ {
			headings := p.headings(top, bottom)
			for _, f := range c.Forms {
				if !p.search.takes(headingSteps * len(headings)) {
					return best, false
				}
				if (before == nil || f != before.form) && !dictionaryOf(f).mayQualify(headings) {
					continue
				}
				h := dictionaryOf(f).read(headings, ledger.Period{})
				sure := evidenceOf(h, f == named, goesOnBelow(h, before), saidToGoOn(p, p.find(top)))
				if sure > strongest || sure != noHeader && sure == strongest && betterHeader(h, most, named) {
					most, strongest = h, sure
					best = table{top: top, bottom: bottom, form: f, headings: headings, head: p.find(top), rows: p.find(bottom + 1),
						rest: sure == goesOn || sure == mayGoOn}
				}
			}
		}
	}
	return best, most != nil
}

// Evidence that a header is one of a form, the weakest first.
type evidence uint8

const (
	noHeader evidence = iota
	mayGoOn           // with the columns that the table before lacks
	byColumns
	goesOn // with the table before, and says so
)

func evidenceOf(h *header, named, rest, said bool) evidence {
	switch {
	case rest && said:
		return goesOn
	case qualifies(h, named):
		return byColumns
	case rest:
		return mayGoOn
	}
	return noHeader
}

// fewestFound is how many columns must be found of a table, under its own title.
const fewestFound = 3

// qualifies reports whether so many columns were found that the table is one of the form:
// a third of the required ones and four in all, or three below its own title.
func qualifies(h *header, named bool) bool {
	return h.matched >= fewestFound && named || h.matched > fewestFound && 3*h.required >= dictionaryOf(h.form).required
}

// mayQualify reports whether so many headings mean anything under the form: of most forms none does.
func (d *dictionary) mayQualify(headings []heading) bool {
	known := 0
	for i := range headings {
		if h := &headings[i]; d.knows(h.names(), nil) || d.knows(nil, h.says()) {
			known++
		}
	}
	return known >= fewestFound
}

func betterHeader(h, most *header, named *form.Form) bool {
	if h.matched != most.matched {
		return h.matched > most.matched
	}
	if h.form != most.form {
		if (h.form == named) != (most.form == named) {
			return h.form == named
		}
		return h.required*dictionaryOf(most.form).required > most.required*dictionaryOf(h.form).required
	}
	return false
}

// groupsLike reports a row that may be part of a header: several short texts, no number
// and nothing labelled, as 单位：万元 is.
func groupsLike(p *page, from, row int) bool {
	i := p.find(row)
	if i < from || i == len(p.lines) || p.lines[i].number != row || len(p.lines[i].cells) < 2 {
		return false
	}
	return !slices.ContainsFunc(p.lines[i].cells, func(cell sheet.Cell) bool {
		return cell.Kind != sheet.Text || len(cell.Raw) > longestLabel || labelled.MatchString(ledger.Fold(cell.Raw))
	})
}

// reach is the last row that a heading merged downwards covers.
func reach(p *page, top, bottom int) int {
	for _, m := range p.merges {
		if m.FromRow >= top && m.FromRow <= bottom && m.ToRow > bottom && m.ToRow < top+deepest {
			bottom = m.ToRow
		}
	}
	return bottom
}

// sameColumns reports a header that says what the one before said, column by column.
func sameColumns(a, b *table) bool {
	if a.form != b.form {
		return false
	}
	return slices.EqualFunc(a.headings, b.headings, func(x, y heading) bool { return x.column == y.column && x.String() == y.String() })
}

// titleAbove finds the title of a table that is not the first of its page: the lines above
// its header, a few and short, of which one names a form or says that the table goes on.
func (c Config) titleAbove(p *page, head, from int) (at int, own bool) {
	const longest = 6
	at = head
	for i := head - 1; i >= max(from, head-longest); i-- {
		if slices.ContainsFunc(p.lines[i].cells, func(cell sheet.Cell) bool { return cell.Kind != sheet.Text }) {
			break
		}
		if c.formNamed(p, i, i+1) != nil && len(p.lines[i].cells) <= 3 {
			at, own = i, true
		} else if i == at-1 && goesOnLine(&p.lines[i]) {
			at = i
		}
	}
	return at, own
}
