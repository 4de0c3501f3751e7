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

func (o own) ref(h *slot) Ref     { return h.drawn().cell(string(o), int(h.row)) }
func (o own) text(h *slot) string { return o.ref(h).text(h) }
func (o own) value(h *slot) any   { return o.ref(h).value(h) }
func (o own) unit(h *slot) unit   { return o.ref(h).unit(h) }

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

func (r Ref) value(*slot) any {
	if s := r.slot(); s != nil {
		return s.result()
	}
	return nil
}

func (r Ref) unit(*slot) unit {
	if s := r.slot(); s != nil {
		return s.style.unit
	}
	return 0
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
	if r.row > len(r.sheet.cells) || r.col > len(r.sheet.cells[r.row-1]) || r.sheet.cells[r.row-1][r.col-1] == underChart {
		return nil
	}
	return r.sheet.cells[r.row-1][r.col-1]
}

// starts reports whether a slot, if there is one, has its upper left corner in that cell.
func (s *slot) starts(row, col int) bool {
	return s != nil && int(s.row) == row && int(s.col) == col
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
		if u == 0 {
			panic("workbook: money in a style without a unit")
		}
		return tidy(float64(v) / float64(u))
	case float64:
		return tidy(v)
	case Light:
		return string(v)
	}
	return c.v
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
	x, number := o.value(h).(float64)
	from := o.unit(h)
	switch {
	case !number:
		return o.value(h)
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
