package importer

import (
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
)

// readMarked reads a cell without what is struck through and, of figures, without what is raised:
// the number of a footnote is none of a figure's digits. It says so.
func readMarked(c *form.Column, cell sheet.Cell, unit unit, in calendar) reading {
	plain := cell.Raw
	if cell.Marked.Struck || figures(c) {
		plain = unmarked(cell)
	}
	switch {
	case plain == cell.Raw:
		return readPlain(c, cell, unit, in)
	case tidy(plain) == "":
		return fails(WhollyStruck)
	}
	cell.Raw = plain
	r := readPlain(c, cell, unit, in)
	if r.wrong == nil {
		r.wrong, r.expected = MarksLeftOut, plain
	}
	return r
}

// unmarked is what a cell says without what is struck through or raised. The 2 of m² is raised
// as well, and meant.
func unmarked(cell sheet.Cell) string {
	if m := cell.Marked; m != nil && (m.Struck || !strings.Contains(strings.ToLower(cell.Raw), "m2")) {
		return m.Plain
	}
	return cell.Raw
}
