package sheet

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
	return part.scanned(w.pack.limits, func(s *scanner) (err error) {
		w.strings, err = s.sharedStrings()
		return err
	})
}

// sharedStrings are the texts that cells name by number, and the marks of those that
// have fonts of their own.
type sharedStrings struct {
	texts []string
	marks map[int]marks
}

// marked gives the marks of a text.
func (s *sharedStrings) marked(index int) marks {
	if len(s.marks) > 0 {
		if m, ok := s.marks[index]; ok {
			return m
		}
	}
	return wholly
}

// mark keeps the marks of a text.
func (s *sharedStrings) mark(index int, m marks) {
	if m == wholly {
		return
	}
	if s.marks == nil {
		s.marks = make(map[int]marks)
	}
	s.marks[index] = m
}

func (s *scanner) sharedStrings() (sharedStrings, error) {
	var (
		all   []string
		found sharedStrings
		texts = &glued{}
	)
	err := s.root(spaceMain, "sst", func() (err error) {
		if !s.is(spaceMain, "si") {
			return s.skip()
		}
		if len(all) == s.limits.Strings {
			return over(s.part, "strings", int64(s.limits.Strings))
		}
		from := len(texts.bytes)
		var m marks
		texts.bytes, m, err = s.item(texts.bytes)
		found.mark(len(all), m)
		all = append(all, "")
		texts.spans = append(texts.spans, cut{len(all) - 1, from, len(texts.bytes)})
		if len(texts.bytes) > window {
			texts.split(func(i int, text string) { all[i] = text })
		}
		return err
	})
	texts.split(func(i int, text string) { all[i] = text })
	found.texts = all
	return found, err
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
