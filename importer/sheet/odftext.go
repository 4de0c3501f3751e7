package sheet

// paragraphs appends the text of the cell just begun, its paragraphs parted by line ends,
// and reads the cell to its end. Notes and drawings are no text of it.
func (t *odfTable) paragraphs() (written bool, err error) {
	s, texts := t.s, &t.grid.texts
	from := len(texts.bytes)
	err = s.children(func() error {
		switch {
		case s.is(spaceText, "p"), s.is(spaceText, "h"):
			if written {
				texts.bytes = append(texts.bytes, '\n')
			}
			written, t.after = true, true
			return t.inline(from, font{})
		case s.is(spaceTable, "table"):
			return s.unexpected("a cell")
		}
		return t.skip()
	})
	return written, err
}

// inline appends the text of the element just begun, in a font, and reads it to its end; the
// text of the cell began at from.
func (t *odfTable) inline(from int, font font) error {
	s := t.s
	for {
		t.grid.fonts.change(len(t.grid.texts.bytes)-from, font)
		token, err := s.next()
		switch {
		case err != nil || token == tokenEnd:
			return err
		case token == tokenText:
			t.characters()
		default:
			err = t.within(from, font)
		}
		if err == nil && len(t.grid.texts.bytes)-from > s.limits.Text {
			err = over(s.part, "text", int64(s.limits.Text))
		}
		if err != nil {
			return err
		}
	}
}

// characters appends the text just read, with every run of white space made one blank, as
// OpenDocument demands.
func (t *odfTable) characters() {
	text := t.s.text
	if t.s.coded {
		t.s.scratch = decode(t.s.scratch[:0], text, t.s.literal)
		text = t.s.scratch
	}
	for _, c := range text {
		white := class[c]&inSpace != 0
		switch {
		case !white:
			t.grid.texts.bytes = append(t.grid.texts.bytes, c)
		case !t.after:
			t.grid.texts.bytes = append(t.grid.texts.bytes, ' ')
		}
		t.after = white
	}
}

// within reads an element within a paragraph: white space that counts, or more text.
func (t *odfTable) within(from int, outside font) error {
	s := t.s
	white := byte(0)
	switch {
	case s.is(spaceText, "s"):
		white = ' '
	case s.is(spaceText, "tab"):
		white = '\t'
	case s.is(spaceText, "line-break"):
		white = '\n'
	case s.is(spaceOffice, "annotation"), s.is(spaceText, "note"), s.is(spaceText, "ruby-text"), s.space == spaceDrawing:
		return t.skip()
	case s.is(spaceText, "span"):
		own := t.styles.fonts[s.wordIn(spaceText, "style-name")]
		return t.inline(from, font{outside.struck || own.struck, outside.raised || own.raised})
	default:
		return t.inline(from, outside)
	}
	times, err := s.numberIn(spaceText, "c", 0, s.limits.Text, 1)
	if err != nil {
		return err
	}
	for range times {
		t.grid.texts.bytes = append(t.grid.texts.bytes, white)
	}
	t.after = false
	return s.skip()
}
