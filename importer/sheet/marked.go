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

// marks are how a text is marked in cells of a plain font, and in those of a font that
// strikes through.
type marks struct{ plain, struck *Marked }

// wholly are the marks of a text without fonts of its own, and of anything that is no text.
var wholly = marks{struck: &Marked{Struck: true}}

// in gives the marks in a cell whose font strikes through, or does not.
func (m marks) in(struck bool) *Marked {
	if struck {
		return m.struck
	}
	return m.plain
}

// marksOf finds the marks of a text that consists of runs.
func marksOf(text []byte, runs []run) marks {
	return marks{plain: markedBy(text, runs, font{}), struck: markedBy(text, runs, font{struck: true})}
}

// markedBy gives the marks in a cell of a font, nil if there are none. Blanks are
// never marked: nobody sees it.
func markedBy(text []byte, runs []run, cell font) *Marked {
	var m Marked
	var plain []byte
	from := 0
	for _, r := range runs {
		f, part := cell, text[from:r.to]
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
