package workbook

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// An Operand is a scalar that a formula reads: a Ref, an Own cell, or a Cell
// (its formula, or its value as a constant).
type Operand interface {
	// The text and value of an operand depend on the cell that the formula
	// stands in, its host. A value is nil, a string or a float64, money in unit.
	text(host *slot) string
	value(host *slot) any
	unit(host *slot) unit
	// reads visits the cells that the operand reads.
	reads(host *slot, visit func(Ref))
}

// Cells are the many that a formula reads: a Range, or Rows of a table.
type Cells interface{ cellsOf(host *slot) Range }

// Own is the cell under that heading in the formula's own row of its table; in
// the total row, the total.
func Own(heading string) Operand { return own(heading) }

type own string

func (o own) ref(h *slot) Ref     { return h.drawn().cell(string(o), h.row) }
func (o own) text(h *slot) string { return o.ref(h).text(h) }
func (o own) value(h *slot) any   { v, _ := o.read(h); return v }
func (o own) unit(h *slot) unit   { return o.slot(h).style.unit }

// slot is the cell that the operand is in the row of its host.
func (o own) slot(h *slot) *slot {
	if i, is := h.drawn().index[string(o)]; is && h.beside != nil {
		return h.beside.slot(i)
	}
	return o.ref(h).slot()
}

// read is what the cell holds, and in what unit of money.
func (o own) read(h *slot) (any, unit) {
	s := o.slot(h)
	return s.result(), s.style.unit
}

func (o own) reads(h *slot, visit func(Ref)) { visit(o.ref(h)) }

// Rows are all data cells under that heading of the formula's own table.
func Rows(heading string) Cells { return rows(heading) }

type rows string

func (r rows) cellsOf(h *slot) Range { return h.drawn().Column(string(r)) }

// Some are n data cells under that heading of the formula's own table, from the row
// first, counted from 0: the rows of a subtotal or of a ranking.
func Some(heading string, first, n int) Cells { return some{heading, first, n} }

type some struct {
	heading  string
	first, n int
}

func (s some) cellsOf(h *slot) Range {
	return h.drawn().Cell(s.heading, s.first).Span(1, s.n)
}

func (r Ref) text(h *slot) string {
	if r.sheet == h.sheet {
		return r.name(false)
	}
	return r.String()
}

func (r Ref) value(*slot) any { v, _ := r.read(); return v }

func (r Ref) unit(*slot) unit {
	switch kept, _, s := r.look(); {
	case kept != nil:
		return kept.unit
	case s != nil:
		return s.style.unit
	}
	return 0
}

// read is what r holds, and in what unit of money.
func (r Ref) read() (any, unit) {
	switch kept, d, s := r.look(); {
	case kept != nil:
		return d.result(kept).val, kept.unit
	case s != nil:
		return s.result(), s.style.unit
	}
	return nil, 0
}

// look is what stands at r: what a table keeps of a formula among its data, if it is known, else the slot; both nil
// where nothing was put.
func (r Ref) look() (*kept, *Drawn, *slot) {
	put, d := r.sheet.over(r.row, r.col)
	if d != nil {
		i := d.places.at(r.col)
		if known := d.known(i, r.row-d.first); known != nil && d.places[i].first.col == r.col {
			return known, d, nil
		}
		put = d.slot(r.row, r.col)
	}
	if !put.starts(r.row, r.col) {
		return nil, nil, nil
	}
	return nil, nil, put
}

func (r Ref) reads(_ *slot, visit func(Ref)) { visit(r) }

// slot is what stands at r, nil where nothing was put.
func (r Ref) slot() *slot {
	if s := r.covering(); s.starts(r.row, r.col) {
		return s
	}
	return nil
}

// covering is the slot that lies over r, merged or not; nil where there is none.
func (r Ref) covering() *slot {
	put, d := r.sheet.over(r.row, r.col)
	if d != nil {
		return d.slot(r.row, r.col)
	}
	return put
}

// over is what lies over a cell: what was put there, or the table with a row of data there; both nil where there is
// neither.
func (s *Sheet) over(row, col int) (*slot, *Drawn) {
	if row > len(s.lines) {
		return nil, nil
	}
	line := s.lines[row-1]
	if col > len(line.slots) || line.slots[col-1] == nil {
		return nil, line.table(col)
	}
	if line.slots[col-1] == underChart {
		return nil, nil
	}
	return line.slots[col-1], nil
}

// slot makes the slot over a cell of a row of data.
func (d *Drawn) slot(row, col int) *slot {
	made := &slot{}
	d.fill(made, d.places.at(col), row-d.first)
	return made
}

// starts reports whether a slot, if there is one, has its upper left corner in that cell.
func (s *slot) starts(row, col int) bool {
	return s != nil && s.row == row && s.col == col
}

func (r Range) text(h *slot) string {
	if r.first.sheet == h.sheet {
		return r.name(true)
	}
	return r.String()
}

func (c Cell) text(h *slot) string {
	if c.formula != nil && c.formula.loose {
		return "(" + c.formula.text(h) + ")"
	}
	if c.formula != nil {
		return c.formula.text(h)
	}
	switch v := c.constant(c.unit(h)).(type) {
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		return quote(v)
	}
	return `""`
}

func (c Cell) value(h *slot) any {
	if c.formula != nil {
		return c.formula.value(h)
	}
	return c.constant(c.unit(h))
}

func (c Cell) unit(h *slot) unit {
	if c.formula != nil {
		return c.formula.unit(h)
	}
	if _, money := c.v.(cents); !money {
		return 0
	}
	if h.style.unit == 0 {
		return wan
	}
	return h.style.unit
}

func (c Cell) reads(h *slot, visit func(Ref)) {
	if c.formula != nil {
		c.formula.reads(h, visit)
	}
}

// constant is the cell's own value, money in units of u.
func (c Cell) constant(u unit) any {
	switch v := c.v.(type) {
	case cents:
		return v.in(u)
	case float64:
		return tidy(v)
	case Light:
		return string(v)
	}
	return c.v
}

// read is what an operand comes to, and in what unit of money.
func read(o Operand, h *slot) (any, unit) {
	switch o := o.(type) {
	case own:
		return o.read(h)
	case Ref:
		return o.read()
	}
	return o.value(h), o.unit(h)
}

// textIn and valueIn are an operand in another unit of money.
func textIn(o Operand, u unit, h *slot) string {
	text, converted := o.text(h), ""
	switch from := o.unit(h); {
	case from == wan && u == yi:
		converted = text + "/10000"
	case from == yi && u == wan:
		converted = text + "*10000"
	default:
		return text
	}
	if c, is := o.(Cell); is && c.formula != nil && c.formula.blank {
		return "IF(ISNUMBER(" + text + ")," + converted + `,"")`
	}
	return converted
}

func valueIn(o Operand, u unit, h *slot) any {
	v, from := read(o, h)
	return converted(v, from, u)
}

// converted is a value in another unit of money.
func converted(v any, from, u unit) any {
	x, number := v.(float64)
	switch {
	case !number:
		return v
	case from == wan && u == yi:
		return x / 10000
	case from == yi && u == wan:
		return x * 10000
	}
	return x
}

// literalLimit is how long a text may be between two quotes of a formula.
const literalLimit = 255

// quote spells a text in a formula, in parts where it is long.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	length := 0
	for _, r := range s {
		if length += max(1, utf16.RuneLen(r)); length > literalLimit {
			b.WriteString(`"&"`)
			length = utf16.RuneLen(r)
		}
		if r == '"' {
			b.WriteByte('"')
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}
