package sheet

import "bytes"

// worksheet reads what stands before and after the rows of a worksheet.
type worksheet struct {
	sheet  *Sheet
	merges []Range
	hidden []span
	found  bool // sheetData has been seen
}

// read reads the sheet without its rows, which are only passed over.
func (w *worksheet) read(s *scanner) error {
	if err := s.root(spaceMain, "worksheet", func() error { return w.child(s) }); err != nil {
		return err
	}
	if !w.found {
		return s.damaged("no sheetData")
	}
	w.end()
	return nil
}

// end gives the sheet what was read, once all of it was.
func (w *worksheet) end() {
	w.sheet.Merges, w.sheet.hidden, w.sheet.surrounded = w.merges, w.hidden, true
}

// child reads the element just begun to its end.
func (w *worksheet) child(s *scanner) error {
	switch {
	case s.is(spaceMain, "sheetData"):
		if w.found {
			return s.damaged("sheetData twice")
		}
		w.found = true
		return s.skipRaw()
	case s.is(spaceMain, "cols"):
		return s.children(func() error { return w.columns(s) })
	case s.is(spaceMain, "mergeCells"):
		return s.children(func() error { return w.merge(s) })
	}
	return s.skip()
}

// rest reads what stands behind the rows to the end of the document.
func (w *worksheet) rest(s *scanner) error {
	if err := s.children(func() error { return w.child(s) }); err != nil {
		return err
	}
	if _, err := s.next(); err != nil {
		return err
	}
	w.end()
	return nil
}

// skipRaw passes over the content of the element just begun without reading it,
// to the first text that looks like its end.
func (s *scanner) skipRaw() error {
	if !s.owed {
		tag := append([]byte("</"), s.names[s.open[len(s.open)-1].name:]...)
		for {
			if i := bytes.Index(s.win[s.pos:], tag); i >= 0 {
				s.pos += i
				break
			}
			s.pos = max(s.pos, len(s.win)-len(tag))
			if err := s.fill(); err != nil {
				return err
			}
		}
	}
	_, err := s.next()
	return err
}

func (w *worksheet) columns(s *scanner) error {
	if !s.is(spaceMain, "col") {
		return s.unexpected("the columns")
	}
	from, ok, err := s.number("min", 1, maxColumn)
	if err != nil {
		return err
	}
	to, given, err := s.number("max", from, maxColumn)
	if err != nil {
		return err
	}
	hidden, err := s.flag("hidden")
	if err != nil {
		return err
	}
	if !ok || !given || len(w.hidden) == maxColumn {
		return s.damaged("columns without bounds")
	}
	if hidden {
		w.hidden = append(w.hidden, span{from, to})
	}
	return s.skip()
}

func (w *worksheet) merge(s *scanner) error {
	if !s.is(spaceMain, "mergeCell") {
		return s.unexpected("the merged cells")
	}
	ref, _ := s.attr("ref")
	merged, ok := parseRange(ref)
	if !ok {
		return s.damaged("%.40q is no range of cells", ref)
	}
	if len(w.merges) == s.limits.Merges {
		return over(s.part, "merges", int64(s.limits.Merges))
	}
	w.merges = append(w.merges, merged)
	return s.skip()
}

// parseRange reads "A1:C3", from whichever corner to the opposite one, or "A1" for a
// single cell.
func parseRange(ref []byte) (r Range, ok bool) {
	first, last, pair := bytes.Cut(ref, []byte(":"))
	if !pair {
		last = first
	}
	var whole bool
	if r.FromColumn, r.FromRow, ok = parseRef(first); !ok {
		return r, false
	}
	r.ToColumn, r.ToRow, whole = parseRef(last)
	r.FromRow, r.ToRow = min(r.FromRow, r.ToRow), max(r.FromRow, r.ToRow)
	r.FromColumn, r.ToColumn = min(r.FromColumn, r.ToColumn), max(r.FromColumn, r.ToColumn)
	return r, whole
}

// parseRef reads "H7".
func parseRef(ref []byte) (column, row int, ok bool) {
	column, n := parseColumn(ref)
	if column == 0 || ref[min(n, len(ref)-1)] == '0' {
		return 0, 0, false
	}
	row, ok = natural(ref[n:])
	return column, row, ok && row <= maxRow
}

// parseColumn reads the letters at the start of a reference, capital or small, and
// their number; column is 0 if they are no column.
func parseColumn(ref []byte) (column, n int) {
	for n < len(ref) && n < 4 {
		letter := ref[n] &^ ('a' - 'A')
		if letter < 'A' || 'Z' < letter {
			break
		}
		column = 26*column + int(letter-'A') + 1
		n++
	}
	if column > maxColumn {
		column = 0
	}
	return column, n
}
