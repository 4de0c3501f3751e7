package sheet

import "bytes"

// Marked says that a text is not all meant: what is struck through was withdrawn, and
// what is raised leads to a footnote. A Marked is shared by many cells and must not
// be changed.
type Marked struct {
	Plain  string // the text without what is struck through or raised; "" if that is all of it
	Struck bool   // part or all of the cell is struck through
	Raised bool   // part or all of the text is raised (superscript), by fonts within the text
}

// font is what is read of a font.
type font struct{ struck, raised bool }

// run is a part of a text, up to a byte of it, and the font it has of its own.
type run struct {
	to   int
	font font
	own  bool // else it has the cell's font
}

// wholly gives the marks of a cell whose text, if it is one, has no fonts of its own.
func wholly(struck bool) *Marked {
	if struck {
		return &whole
	}
	return nil
}

var whole = Marked{Struck: true}

// markedBy gives the marks of a text that consists of runs, in a cell whose font strikes
// through or does not; nil if there are none. Blanks are never marked: nobody sees it.
func markedBy(text []byte, runs []run, struck bool) *Marked {
	if len(runs) == 0 {
		return wholly(struck)
	}
	var m Marked
	var plain []byte
	from := 0
	for _, r := range runs {
		f, part := font{struck: struck}, text[from:r.to]
		from = r.to
		if r.own {
			f = r.font
		}
		if f == (font{}) || len(bytes.TrimSpace(part)) == 0 {
			plain = append(plain, part...)
			continue
		}
		m.Struck = m.Struck || f.struck
		m.Raised = m.Raised || f.raised
	}
	if !m.Struck && !m.Raised {
		return nil
	}
	m.Plain = string(plain)
	return &m
}
