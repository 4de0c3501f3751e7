package sheet

import "slices"

// openStrings reads the shared strings, the texts that cells name by number. A
// workbook may do without, even if it announces them; then a cell that names one
// is refused.
func (w *workbook) openStrings(main string, relations map[string]relation) error {
	target, err := only(main, relations, "sharedStrings")
	if err != nil {
		return err
	}
	part, err := w.pack.part(target, "shared_strings", w.pack.limits.SharedStrings)
	if part == nil {
		return err
	}
	w.strings.strikes = slices.ContainsFunc(w.styles, func(s cellStyle) bool { return s.struck })
	return part.scanned(w.pack.limits, func(s *scanner) error { return s.sharedStrings(&w.strings) })
}

// sharedStrings are the texts that cells name by number, and the marks of those that
// have fonts of their own.
type sharedStrings struct {
	texts   []string
	marks   []sharedMark // by ascending number
	strikes bool         // there may be cells whose font strikes through
}

// sharedMark are the marks of a text in plain cells and in struck ones.
type sharedMark struct {
	text          int
	plain, struck *Marked
}

// marked gives the marks of a text in a cell.
func (s *sharedStrings) marked(text int, struck bool) *Marked {
	at, found := slices.BinarySearchFunc(s.marks, text, func(m sharedMark, text int) int { return m.text - text })
	switch {
	case !found:
		return wholly(struck)
	case struck:
		return s.marks[at].struck
	}
	return s.marks[at].plain
}

// mark keeps the marks of the text that comes next.
func (s *sharedStrings) mark(text []byte, runs []run) {
	if len(runs) == 0 {
		return
	}
	m := sharedMark{text: len(s.texts), plain: markedBy(text, runs, false)}
	if s.strikes {
		m.struck = markedBy(text, runs, true)
	}
	if m.plain != nil || s.strikes {
		s.marks = append(s.marks, m)
	}
}

func (s *scanner) sharedStrings(found *sharedStrings) error {
	texts := &glued{}
	give := func(i int, text string) { found.texts[i] = text }
	err := s.root(spaceMain, "sst", func() (err error) {
		if !s.is(spaceMain, "si") {
			return s.skip()
		}
		n := len(found.texts)
		if n+len(found.marks) >= s.limits.Strings {
			return over(s.part, "strings", int64(s.limits.Strings))
		}
		from := len(texts.bytes)
		if texts.bytes, err = s.item(texts.bytes); err != nil {
			return err
		}
		found.mark(texts.bytes[from:], s.runs)
		found.texts = append(found.texts, "")
		texts.spans = append(texts.spans, cut{n, from, len(texts.bytes)})
		if len(texts.bytes) > window {
			texts.split(give)
		}
		return nil
	})
	texts.split(give)
	return err
}

// glued collects texts of many owners and makes them strings in one piece, which
// costs one allocation instead of thousands.
type glued struct {
	bytes []byte
	spans []cut
}

// cut is the text bytes[from:to] of an owner.
type cut struct{ owner, from, to int }

// split gives every owner its text and forgets them all.
func (g *glued) split(give func(owner int, text string)) {
	all := string(g.bytes)
	for _, c := range g.spans {
		give(c.owner, all[c.from:c.to])
	}
	g.bytes, g.spans = g.bytes[:0], g.spans[:0]
}
