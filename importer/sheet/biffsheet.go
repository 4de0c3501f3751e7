package sheet

import (
	"cmp"
	"encoding/binary"
	"io"
	"math"
	"slices"
	"strconv"
)

// biffColumns is how many columns a sheet of BIFF has; of rows it has as many as
// 16 bits can number.
const biffColumns = 256

// biffSheet is a worksheet of a biff. The first pass over its records notes where
// its cells stand, since their order is not that of rows and columns by law; the
// rows are read from there.
type biffSheet struct {
	*biff
	part   string
	sheet  *Sheet
	dialog bool // not a worksheet, after all

	cells  []biffCell
	hidden map[uint16]bool // rows
}

// biffCell is a record of one cell, or of several side by side.
type biffCell struct {
	row, column uint16 // 0 is the first
	at          uint32 // where the record stands
	text        uint32 // where the record of its text stands, if it is a formula that has one
}

// damaged is a fault in a record of the sheet.
func (s *biffSheet) damaged(format string, args ...any) *Refusal {
	return damaged(s.part, format, args...)
}

// scan reads the substream that begins at a byte of the stream, all but the values
// of cells, and gives its size.
func (s *biffSheet) scan(at int) (size int, err error) {
	r := &records{data: s.data, pos: at}
	id, body, ok := r.next()
	if !ok || id != recordBOF || len(body) < 4 {
		return 0, s.damaged("nothing begins at its place")
	}
	if kind := binary.LittleEndian.Uint16(body[2:]); kind != 0x10 {
		return 0, s.damaged("a substream of the kind %#x in its place", kind)
	}
	for depth := 1; depth > 0; {
		from := r.pos
		id, body, ok := r.next()
		switch {
		case !ok:
			return 0, s.damaged("the sheet breaks off after %d bytes", r.pos-at)
		case int64(r.pos-at) > s.book.limits.Sheet:
			return 0, over(s.part, "sheet", s.book.limits.Sheet)
		case id == recordBOF:
			depth++
		case id == recordEOF:
			depth--
		case depth == 1: // deeper there are charts, whose numbers are no cells
			if err := s.record(id, body, from); err != nil {
				return 0, err
			}
		}
	}
	order := func(a, b biffCell) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column))
	}
	if !slices.IsSortedFunc(s.cells, order) {
		slices.SortStableFunc(s.cells, order)
	}
	return r.pos - at, nil
}

// shortestRecord are the bytes that a record of a cell, a row or columns has at least.
var shortestRecord = map[uint16]int{
	recordLabelSST: 10, recordNumber: 14, recordRK: 10, recordMulRK: 12, recordBoolErr: 8, recordLabel: 8,
	recordRString: 8, recordFormula: 20, recordFormula3: 20, recordFormula4: 20,
	recordRow: 16, recordColInfo: 10, recordMerged: 2, recordSheetFlags: 2,
}

func (s *biffSheet) record(id uint16, body []byte, at int) error {
	if len(body) < shortestRecord[id] {
		return s.damaged("record %#04x of %d bytes", id, len(body))
	}
	if firstOld <= id && id <= lastOld {
		return s.damaged("a cell of Excel 2")
	}
	u16 := binary.LittleEndian.Uint16
	switch id {
	case recordLabelSST, recordNumber, recordRK, recordMulRK, recordBoolErr, recordLabel, recordRString,
		recordFormula, recordFormula3, recordFormula4:
		cell := biffCell{row: u16(body), column: u16(body[2:]), at: uint32(at)}
		if cell.column >= biffColumns {
			return s.damaged("a cell beyond the last column")
		}
		if s.cells = append(s.cells, cell); len(s.cells) > s.book.limits.Cells {
			return over(s.part, "cells", int64(s.book.limits.Cells))
		}
	case recordString:
		if n := len(s.cells); n > 0 && s.cells[n-1].text == 0 {
			s.cells[n-1].text = uint32(at)
		}
	case recordRow:
		if body[12]&0x20 != 0 {
			if s.hidden == nil {
				s.hidden = make(map[uint16]bool)
			}
			s.hidden[u16(body)] = true
		}
	case recordColInfo:
		if u16(body[8:])&1 != 0 {
			s.sheet.hidden = append(s.sheet.hidden, span{int(u16(body)) + 1, int(u16(body[2:])) + 1})
		}
	case recordMerged:
		return s.merge(body)
	case recordSheetFlags:
		s.dialog = body[0]&0x10 != 0
	}
	return nil
}

func (s *biffSheet) merge(body []byte) error {
	u16 := func(at int) int { return int(binary.LittleEndian.Uint16(body[at:])) }
	n := u16(0)
	if len(body) < 2+8*n {
		return s.damaged("%d merged cells in a record of %d bytes", n, len(body))
	}
	if len(s.sheet.Merges)+n > s.book.limits.Merges {
		return over(s.part, "merges", int64(s.book.limits.Merges))
	}
	for at := 2; at < 2+8*n; at += 8 {
		r := Range{FromRow: u16(at) + 1, ToRow: u16(at+2) + 1, FromColumn: u16(at+4) + 1, ToColumn: u16(at+6) + 1}
		if r.FromRow > r.ToRow || r.FromColumn > r.ToColumn || r.ToColumn > biffColumns {
			return s.damaged("%v is no range of cells", r)
		}
		s.sheet.Merges = append(s.sheet.Merges, r)
	}
	return nil
}

// rows begins a pass over the rows.
func (s *biffSheet) rows() (*rows, error) {
	r := &biffRows{biffSheet: s}
	return &rows{next: r.next, close: func() {}}, nil
}

// biffRows is a pass over the rows of a sheet.
type biffRows struct {
	*biffSheet
	done  int // cells that have been given
	row   Row
	texts glued // values of the row that are not shared strings
}

func (r *biffRows) next() (*Row, error) {
	if r.done == len(r.cells) {
		return nil, io.EOF
	}
	number := r.cells[r.done].row
	r.row = Row{Number: int(number) + 1, Hidden: r.hidden[number], Cells: r.row.Cells[:0]}
	for ; r.done < len(r.cells) && r.cells[r.done].row == number; r.done++ {
		if err := r.cell(r.cells[r.done]); err != nil {
			if refusal, ok := err.(*Refusal); ok && refusal.Row == 0 {
				refusal.Part, refusal.Row = r.part, r.row.Number
			}
			return nil, err
		}
	}
	r.texts.split(func(i int, text string) { r.row.Cells[i].Raw = text })
	return &r.row, nil
}

// cell reads the record of a cell or of cells.
func (r *biffRows) cell(c biffCell) error {
	at := &records{data: r.data, pos: int(c.at)}
	id, body, _ := at.next()
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	style, from := u16(body[4:]), len(r.texts.bytes)
	var err error
	switch id {
	case recordLabelSST:
		index := u32(body[6:])
		if uint64(index) >= uint64(len(r.strings.texts)) {
			return r.damaged("shared string %d of %d", index, len(r.strings.texts))
		}
		return r.give(c, style, Cell{Kind: Text, Raw: r.strings.texts[index]}, r.strings.marked(int(index)), from)
	case recordNumber:
		return r.number(c, style, Cell{}, float(body[6:]))
	case recordRK:
		return r.number(c, style, Cell{}, rk(u32(body[6:])))
	case recordMulRK:
		return r.numbers(c, body[4:])
	case recordBoolErr:
		return r.coded(c, style, Cell{}, body[6], body[7])
	case recordFormula, recordFormula3, recordFormula4:
		return r.formula(c, style, body)
	}
	text := &content{piece: body[6:], rest: at}
	r.texts.bytes, err = r.text(r.texts.bytes, text, 2)
	if err != nil {
		return err
	}
	if id == recordRString && r.old {
		n, _ := text.number(1)
		r.fontRuns(text, n, 1)
	}
	return r.give(c, style, Cell{Kind: Text}, r.textMarks(r.texts.bytes[from:]), from)
}

// give adds a cell to the row. Its value, if cell has none, is texts.bytes[from:].
func (r *biffRows) give(c biffCell, style uint16, cell Cell, marks marks, from int) error {
	cell.Column = int(c.column) + 1
	if n := len(r.row.Cells); n > 0 && r.row.Cells[n-1].Column >= cell.Column {
		return r.damaged("cell %s twice", Ref(cell.Column, r.row.Number))
	}
	if int(style) >= len(r.styles) {
		return r.damaged("cell %s has style %d of %d", Ref(cell.Column, r.row.Number), style, len(r.styles))
	}
	cell.Format = r.styles[style].format
	cell.Marked = marks.in(r.styles[style].struck)
	if len(r.texts.bytes) > from {
		r.texts.spans = append(r.texts.spans, cut{len(r.row.Cells), from, len(r.texts.bytes)})
	}
	r.row.Cells = append(r.row.Cells, cell)
	return nil
}

func (r *biffRows) number(c biffCell, style uint16, cell Cell, value float64) error {
	from := len(r.texts.bytes)
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return r.damaged("cell %s is no number", Ref(int(c.column)+1, r.row.Number))
	}
	r.texts.bytes = appendNumber(r.texts.bytes, value)
	cell.Kind = Number
	return r.give(c, style, cell, wholly, from)
}

// numbers reads cells side by side: a style and a number each, then the last column.
func (r *biffRows) numbers(c biffCell, body []byte) error {
	last := len(body) - 2
	if last%6 != 0 || int(c.column)+last/6-1 != int(binary.LittleEndian.Uint16(body[last:])) || int(c.column)+last/6 > biffColumns {
		return r.damaged("numbers side by side that do not fill their columns")
	}
	for ; last > 0; last -= 6 {
		if err := r.number(c, binary.LittleEndian.Uint16(body), Cell{}, rk(binary.LittleEndian.Uint32(body[2:]))); err != nil {
			return err
		}
		body = body[6:]
		c.column++
	}
	return nil
}

// errorNames are the names of errors by their codes.
var errorNames = map[byte]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
	0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}

// coded gives a boolean or, if isError is 1, an error.
func (r *biffRows) coded(c biffCell, style uint16, cell Cell, value, isError byte) error {
	name, known := errorNames[value]
	switch {
	case isError == 0 && value <= 1:
		cell.Kind, cell.Raw = Bool, strconv.Itoa(int(value))
	case isError == 1 && known:
		cell.Kind, cell.Raw = Error, name
	default:
		return r.damaged("cell %s: bad value %#x", Ref(int(c.column)+1, r.row.Number), value)
	}
	return r.give(c, style, cell, wholly, len(r.texts.bytes))
}

// Results of a formula that are no number: the result ends in 0xFFFF and begins
// with one of these.
const (
	resultText  = 0 // in the STRING record that follows
	resultBool  = 1
	resultError = 2
	resultEmpty = 3 // a text without characters
)

// formula reads the result of a formula, which is all of it that is read.
func (r *biffRows) formula(c biffCell, style uint16, body []byte) error {
	cell, result, from := Cell{Formula: true}, body[6:14], len(r.texts.bytes)
	if binary.LittleEndian.Uint16(result[6:]) != 0xFFFF {
		return r.number(c, style, cell, float(result))
	}
	switch result[0] {
	case resultBool, resultError:
		return r.coded(c, style, cell, result[2], result[0]-resultBool)
	case resultEmpty:
		cell.Kind = Text
		return r.give(c, style, cell, wholly, from)
	case resultText:
	default:
		return r.damaged("cell %s: a result of the kind %d", Ref(int(c.column)+1, r.row.Number), result[0])
	}
	if c.text == 0 {
		return r.damaged("cell %s: the text of the formula is missing", Ref(int(c.column)+1, r.row.Number))
	}
	at := &records{data: r.data, pos: int(c.text)}
	_, text, _ := at.next()
	var err error
	if r.texts.bytes, err = r.text(r.texts.bytes, &content{piece: text, rest: at}, 2); err != nil {
		return err
	}
	cell.Kind = Text
	return r.give(c, style, cell, wholly, from)
}

func float(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }

// rk reads a number of 30 bits: a whole one or the upper part of a float, perhaps to
// be divided by 100.
func rk(n uint32) float64 {
	const hundredth, whole = 1, 2
	value := math.Float64frombits(uint64(n&^3) << 32)
	if n&whole != 0 {
		value = float64(int32(n) >> 2)
	}
	if n&hundredth != 0 {
		value /= 100
	}
	return value
}

// appendNumber appends the fewest digits that stand for the value alone, as xlsx
// has them, with an exponent where there would be many zeros.
func appendNumber(dst []byte, value float64) []byte {
	if size := math.Abs(value); size != 0 && (size < 1e-7 || size >= 1e21) {
		return strconv.AppendFloat(dst, value, 'E', -1, 64)
	}
	return strconv.AppendFloat(dst, value, 'f', -1, 64)
}
