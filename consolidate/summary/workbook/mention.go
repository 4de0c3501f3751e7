package workbook

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Knows says which titles in 《》 texts may send a reader to besides sheets of the book: other
// workbooks, forms.
func (b *Book) Knows(titles ...string) { b.known = append(b.known, titles...) }

// A name that a text mentions: 《项目台账》.
var mention = regexp.MustCompile(`《([^《》]+)》`)

// Where a text sends its reader: 见三册的《疑似重复与冲突》, 列在《数据质量》《问题清单》.
var sending = regexp.MustCompile(`(?:见|列在|转)[^《》。；，、：]{0,8}(?:《[^《》]+》[和、]?)+`)

// link is where the cell leads: where it says, else a text of ours to the first other sheet of the book that it
// mentions; nowhere, the zero Ref. A text with an origin, or a quotation, is a department's. A text of several lines
// leads nowhere: LibreOffice breaks no link over lines, and would cut it off. Sentences it leaves whole.
func (s *slot) link() Ref {
	if s.cell.extra != nil && s.cell.extra.link.sheet != nil {
		return s.cell.extra.link
	}
	text, is := s.result().(string)
	if !is || !strings.Contains(text, "《") || s.cell.origin != nil || s.cell.quotes() != nil {
		return Ref{}
	}
	to := s.sheet.book.mentioned(text, s.sheet)
	if to == nil || s.cell.formula == nil && s.lines() > 1 {
		return Ref{}
	}
	return to.At(1, 1)
}

// mentioned is the first sheet that a text mentions, other than the one that it stands on; nil
// where there is none.
func (b *Book) mentioned(text string, on *Sheet) *Sheet {
	for _, m := range mention.FindAllStringSubmatch(text, -1) {
		if to := b.sheet(m[1]); to != nil && to != on {
			return to
		}
	}
	return nil
}

// sheet is the sheet of that name, nil where there is none.
func (b *Book) sheet(name string) *Sheet {
	i := slices.IndexFunc(b.sheets, func(s *Sheet) bool { return strings.EqualFold(s.name, name) })
	if i < 0 {
		return nil
	}
	return b.sheets[i]
}

// Dangling are the texts that send a reader to a sheet which is not there, with their places; for
// tests, since departments' own words may send anywhere.
func (b *Book) Dangling() []string {
	var all []string
	for _, s := range b.sheets {
		for slot := range s.ordered() {
			text, _ := slot.result().(string)
			for _, m := range mention.FindAllStringSubmatch(strings.Join(sending.FindAllString(text, -1), ""), -1) {
				if b.sheet(m[1]) == nil && !slices.Contains(b.known, m[1]) {
					all = append(all, fmt.Sprintf("%s: 《%s》", slot.at().first.Place(), m[1]))
				}
			}
		}
	}
	return all
}
