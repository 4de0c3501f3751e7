package workbook

import "database/sql"

// A Cell is what stands in a cell: nothing, a text, a number, money, a light, or
// a formula. How it looks is the Style it is put in. A Cell is also an operand
// of formulas: its formula, or its value as a constant.
type Cell struct {
	v       any   // nil, string, float64, cents, Light
	formula *node // nil: v stands
	origin  any
	style   *Style // nil: that of its place
	extra   *extra // nil: none
}

// extra is what few cells have.
type extra struct {
	link Ref
	note string
	name string // in the workbook
	want *Cell
}

// with is the cell with a copy of its extras, changed.
func (c Cell) with(change func(*extra)) Cell {
	var own extra
	if c.extra != nil {
		own = *c.extra
	}
	change(&own)
	c.extra = &own
	return c
}

// cents is money in 分, before a style has given it a unit.
type cents int64

// exact is how many 分 a float64 divides by a unit of money to the 15 digits that a spreadsheet keeps.
const exact = 1e15

// in is the money in units of u.
func (c cents) in(u unit) float64 {
	if u == 0 {
		panic("workbook: money in a style without a unit")
	}
	x := float64(c) / u.worth()
	if -exact < c && c < exact {
		return x
	}
	return tidy(x)
}

// Blank is the cell that says nothing: not known yet. It is not zero.
var Blank Cell

// Text is a text cell; the empty text is Blank. A text is never taken for a
// formula or a number, whatever it looks like: codes and dates go here.
func Text(s string) Cell {
	if s == "" {
		return Blank
	}
	return Cell{v: s}
}

// Int is a count.
func Int[N ~int | ~int64](n N) Cell { return Cell{v: float64(n)} }

// Number is any other number; percentages as ratios (0.523), percentage points
// as points (-12.3).
func Number(x float64) Cell { return Cell{v: x} }

// Money is an amount in 分, exact below 10 万亿元; the style it is put in says in
// which unit it is shown.
func Money[M ~int | ~int64](m M) Cell { return Cell{v: cents(m)} }

// Ratio is part ÷ whole of two raw amounts or counts; Blank where the whole is 0.
func Ratio[N ~int | ~int64](part, whole N) Cell {
	if whole == 0 {
		return Blank
	}
	return Cell{v: float64(part) / float64(whole)}
}

// Maybe is the cell of a value that may be unknown: Maybe(p.Plan, Money).
func Maybe[V any](v sql.Null[V], cell func(V) Cell) Cell {
	if !v.Valid {
		return Blank
	}
	return cell(v.V)
}

// A Light is the state of a dimension. It always carries its word, since
// workbooks are printed in black and white.
type Light string

// The lights.
const (
	Red    Light = "红灯"
	Yellow Light = "黄灯"
	Green  Light = "绿灯"
	Unlit  Light = "无" // not judged, or nothing to judge
)

// Lamp is the cell of a light: its word on its colour.
func Lamp(l Light) Cell {
	if _, known := lightInks[l]; !known {
		panic("workbook: no such light: " + string(l))
	}
	return Cell{v: l}
}

// As overrides the style that the cell would get from its column.
func (c Cell) As(s Style) Cell { c.style = &s; return c }

// Link makes the cell lead to another cell of the workbook.
func (c Cell) Link(to Ref) Cell { return c.with(func(x *extra) { x.link = to }) }

// Note hangs a note on the cell, such as the sources of a figure; none where the text is empty.
func (c Cell) Note(text string) Cell {
	if text == "" {
		return c
	}
	return c.with(func(x *extra) { x.note = text })
}

// From says where the value comes from outside the workbook, in whatever words the caller
// has for it: Ref.Leaves hands it back. A formula leads to the cells that it reads by
// itself; it needs no origin, and may have one besides.
func (c Cell) From(origin any) Cell { c.origin = origin; return c }

// Matching states the figure that a formula has to give. If it gives another,
// Book.Bytes fails. Money is compared to the cent, other numbers to nine digits.
func (c Cell) Matching(figure Cell) Cell { return c.with(func(x *extra) { x.want = &figure }) }
