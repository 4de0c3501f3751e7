package sheet

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// rowReader reads the rows of a worksheet, and what stands around them.
type rowReader struct {
	s       *scanner
	around  *worksheet
	strings *sharedStrings
	styles  []cellStyle
	stale   bool // a 0 that a formula has stands for no value: it was never calculated

	ahead struct { // the row that has begun
		number int
		hidden bool
	}
	ended bool // no row has

	row    Row
	number []byte     // row.Number in digits
	texts  glued      // values of the row that are not shared strings
	last   int        // column of the last cell, given or not
	style  *cellStyle // of the cell being read
}

// begin moves to the first row.
func (r *rowReader) begin() error {
	s := r.s
	if err := s.into(spaceMain, "worksheet"); err != nil {
		return err
	}
	for {
		switch more, err := s.child(); {
		case err != nil:
			return err
		case !more:
			return s.damaged("no sheetData")
		case s.is(spaceMain, "sheetData") && !r.around.found:
			r.around.found = true
			return r.look()
		}
		if err := s.read(func() error { return r.around.child(s) }); err != nil {
			return err
		}
	}
}

// next gives the next row that holds a cell.
func (r *rowReader) next() (*Row, error) {
	for !r.ended {
		if err := r.read(); err != nil {
			return nil, r.locate(err)
		}
		if len(r.row.Cells) > 0 {
			return &r.row, nil
		}
	}
	return nil, io.EOF
}

// locate names the row in a refusal of the rows. Where the part is torn the row is not at fault.
func (r *rowReader) locate(err error) error {
	var refusal *Refusal
	if errors.As(err, &refusal) && refusal.Row == 0 && !r.ended && !r.s.torn {
		refusal.Row = r.row.Number
	}
	return err
}

// look moves to the start of the row ahead, or behind the last row to the end of the document.
func (r *rowReader) look() error {
	s := r.s
	more, err := s.child()
	switch {
	case err != nil:
		return err
	case !more:
		r.ended = true
		return r.around.rest(s)
	case !s.is(spaceMain, "row"):
		return s.unexpected("the rows")
	}
	number, given, err := s.number("r", 1, maxRow)
	if err != nil {
		return err
	}
	if !given {
		number = r.row.Number + 1
	}
	if number < r.row.Number || number > maxRow {
		return s.damaged("row %d below row %d", number, r.row.Number)
	}
	r.ahead.number = number
	r.ahead.hidden, err = s.flag("hidden")
	return err
}

// read reads the row ahead to its end, and looks for the next one. Some writers give a
// row in several pieces, one behind the other.
func (r *rowReader) read() error {
	r.row = Row{Number: r.ahead.number, Cells: r.row.Cells[:0]}
	r.number = strconv.AppendInt(r.number[:0], int64(r.row.Number), 10)
	for {
		before := len(r.row.Cells)
		r.row.Hidden = r.row.Hidden || r.ahead.hidden
		if err := r.cells(); err != nil {
			return err
		}
		if before > 0 && !inOrder(r.row.Cells) {
			return r.s.damaged("the pieces of row %d overlap", r.row.Number)
		}
		if err := r.look(); err != nil || r.ended || r.ahead.number != r.row.Number {
			return err
		}
	}
}

// inOrder sorts the cells of a row by column, and says whether each has its own.
func inOrder(cells []Cell) bool {
	slices.SortFunc(cells, func(a, b Cell) int { return a.Column - b.Column })
	for i := 1; i < len(cells); i++ {
		if cells[i-1].Column == cells[i].Column {
			return false
		}
	}
	return true
}

// cells reads the cells of the row just begun to its end.
func (r *rowReader) cells() error {
	s := r.s
	r.last = 0
	for {
		more, err := s.child()
		switch {
		case err != nil:
		case !more:
			r.texts.split(func(i int, text string) { r.row.Cells[i].Raw = text })
			return nil
		case s.is(spaceMain, "c"):
			err = r.cell()
		case s.is(spaceMain, "extLst"):
			err = s.skip()
		default:
			err = s.unexpected("a row")
		}
		if err != nil {
			return err
		}
	}
}

// cellType is what the file says of a cell's value.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared          // the number of a shared string
	typeText            // characters, the result of a formula
	typeInline          // characters with runs; OpenOffice also gives them as a plain value
	typeBool
	typeError
	typeDate // ISO 8601
)

var cellTypes = map[string]cellType{
	"n": typeNumber, "s": typeShared, "str": typeText, "inlineStr": typeInline,
	"b": typeBool, "e": typeError, "d": typeDate,
}

// cell reads the cell just begun to its end.
func (r *rowReader) cell() error {
	s := r.s
	column, style, kind := r.last+1, 0, typeNumber
	for i := range s.attrs {
		a := &s.attrs[i]
		if len(a.name) != 1 {
			continue
		}
		ok := true
		switch value := s.value(a); a.name[0] {
		case 'r':
			n := 0
			column, n = parseColumn(value)
			ok = column > r.last && string(value[n:]) == string(r.number)
		case 's':
			style, ok = natural(value)
			ok = ok && style < len(r.styles) || len(value) == 0
		case 't':
			kind, ok = cellTypes[string(value)]
		}
		if !ok {
			return s.damaged("cell after %s: bad %s=%.40q", Ref(r.last, r.row.Number), a.name, a.value)
		}
	}
	if column > maxColumn {
		return s.damaged("a cell beyond the last column")
	}
	r.last = column
	r.style = &r.styles[style]
	return r.content(Cell{Column: column, Format: r.style.format}, kind)
}

// content reads formula and value of a cell, and gives the cell if it has any.
func (r *rowReader) content(cell Cell, kind cellType) error {
	s := r.s
	from, valued := len(r.texts.bytes), false
	cell.Marked = wholly(r.style.struck)
	if raw, ok := s.plain("<v>", "</v></c>"); ok {
		r.texts.bytes = append(r.texts.bytes, raw...)
		return r.give(cell, kind, from, true)
	}
	if kind == typeInline {
		if raw, ok := s.plain("<is><t>", "</t></is></c>"); ok {
			r.texts.bytes = unescape(append(r.texts.bytes, raw...), from)
			return r.give(cell, kind, from, true)
		}
	}
	for {
		more, err := s.child()
		switch {
		case err != nil:
		case !more:
			return r.give(cell, kind, from, valued)
		case s.is(spaceMain, "v") && !valued:
			valued = true
			r.texts.bytes, err = s.content(r.texts.bytes)
		case s.is(spaceMain, "f") && !valued && !cell.Formula:
			cell.Formula = true
			err = s.formula()
		case s.is(spaceMain, "is") && kind == typeInline:
			valued = true
			at := len(r.texts.bytes)
			r.texts.bytes, err = s.item(r.texts.bytes)
			plain, text := r.texts.bytes[from:at], r.texts.bytes[at:]
			if err == nil && len(plain) > 0 && !bytes.Equal(plain, text) {
				err = s.damaged("two values in a cell")
			}
			r.texts.bytes = append(r.texts.bytes[:from], text...)
			if err == nil {
				cell.Marked = markedBy(r.texts.bytes[from:], s.runs, r.style.struck)
			}
		case s.is(spaceMain, "extLst"):
			err = s.skip()
		default:
			err = s.unexpected("a cell")
		}
		if err != nil {
			return err
		}
	}
}

// plain reads a value between tags and the end of its cell in one go, if that is what follows
// in the window and the value stands for itself: so are nearly all cells of nearly all sheets.
func (s *scanner) plain(before, after string) (raw []byte, ok bool) {
	b := s.win[s.pos:]
	if s.owed || s.implicit != spaceMain || !hasPrefix(b, before) || len(s.open)+strings.Count(before, "<") > s.limits.Depth {
		return nil, false
	}
	b = b[len(before):]
	n := 0
	for n < len(b) && class[b[n]]&inText != 0 {
		n++
	}
	if n < len(b) && b[n] >= utf8.RuneSelf {
		n = max(bytes.IndexByte(b, '<'), 0)
		if coded, err := s.check(b[:n], false); coded || err != nil || bytes.IndexByte(b[:n], ']') >= 0 {
			return nil, false
		}
	}
	if n > s.limits.Text || !hasPrefix(b[n:], after) {
		return nil, false
	}
	s.pos += len(before) + n + len(after)
	s.pop()
	return b[:n], true
}

// formula reads a formula, of which only the kind is looked at.
func (s *scanner) formula() error {
	kind, _ := s.attr("t")
	switch string(kind) {
	case "", "normal", "array", "dataTable":
	case "shared":
		if _, given, err := s.number("si", 0, 1<<29); err != nil || !given {
			return s.damaged("a shared formula without number")
		}
	default:
		return s.damaged("a formula of the kind %.40q", kind)
	}
	return s.skip()
}

// give adds the cell, whose value is texts.bytes[from:], to the row.
func (r *rowReader) give(cell Cell, kind cellType, from int, valued bool) error {
	s := r.s
	raw := r.texts.bytes[from:]
	if len(raw) > s.limits.Text {
		return over(s.part, "text", int64(s.limits.Text))
	}
	ok := true
	switch {
	case r.stale && cell.Formula && kind == typeNumber && string(raw) == "0":
		valued = false
	case !valued, len(raw) == 0 && kind != typeText && kind != typeInline:
		valued = false
	case kind == typeNumber:
		cell.Kind, ok = Number, isNumber(raw)
	case kind == typeShared:
		index, whole := natural(raw)
		if ok = whole && index < len(r.strings.texts); ok {
			cell.Kind, cell.Raw = Text, r.strings.texts[index]
			cell.Marked = r.strings.marked(index, r.style.struck)
		}
	case kind == typeBool:
		cell.Kind, ok = Bool, len(raw) == 1 && (raw[0] == '0' || raw[0] == '1')
	case kind == typeError:
		cell.Kind = Error
	default:
		cell.Kind = Text
		if kind == typeText {
			r.texts.bytes = unescape(r.texts.bytes, from)
		}
	}
	if !ok {
		return s.damaged("cell %s: bad value %.40q", Ref(cell.Column, r.row.Number), raw)
	}
	switch {
	case valued && kind != typeShared:
		r.texts.spans = append(r.texts.spans, cut{len(r.row.Cells), from, len(r.texts.bytes)})
	case valued, cell.Formula:
		r.texts.bytes = r.texts.bytes[:from]
	default:
		return nil
	}
	if r.style.undeclared != 0 {
		return s.damaged("cell %s: number format %d is declared nowhere", Ref(cell.Column, r.row.Number), r.style.undeclared)
	}
	if !valued {
		cell.Marked = nil
	}
	r.row.Cells = append(r.row.Cells, cell)
	return nil
}

// isNumber says whether raw is a finite decimal number as XML writes it.
func isNumber(raw []byte) bool {
	n := 0
	digits := func() int {
		from := n
		for n < len(raw) && '0' <= raw[n] && raw[n] <= '9' {
			n++
		}
		return n - from
	}
	sign := func() {
		if n < len(raw) && (raw[n] == '-' || raw[n] == '+') {
			n++
		}
	}
	sign()
	mantissa := digits()
	if n < len(raw) && raw[n] == '.' {
		n++
		mantissa += digits()
	}
	if mantissa == 0 {
		return false
	}
	if n == len(raw) && n < 300 {
		return true
	}
	if n < len(raw) && (raw[n] == 'e' || raw[n] == 'E') {
		n++
		sign()
		if digits() == 0 {
			return false
		}
	}
	if n < len(raw) {
		return false
	}
	_, err := strconv.ParseFloat(string(raw), 64)
	return err == nil
}
