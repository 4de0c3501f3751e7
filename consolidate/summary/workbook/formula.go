package workbook

import (
	"fmt"
	"math"
	"strings"
)

// A node is a formula: how it is spelled, what it comes to, and what it reads.
type node struct {
	spell func(host *slot) string
	eval  func(host *slot) any
	from  inputs
	in    func(host *slot) unit // nil: not money
	loose bool                  // needs brackets inside another formula
	blank bool                  // may give "", which is no number
	of    *Ref                  // the cell that a quotation shows; nil: a formula
	terms *terms                // of a sum or a difference of cells; nil: none
}

func formula(n node) Cell { return Cell{formula: &n} }

func (n node) text(h *slot) string { return n.spell(h) }
func (n node) value(h *slot) any   { return n.eval(h) }

func (n node) reads(h *slot, visit func(Ref)) { n.from(h, visit) }

func (n node) unit(h *slot) unit {
	if n.in == nil {
		return 0
	}
	return n.in(h)
}

// Sum adds up the numbers among the cells. Sums of money are rounded to the 分,
// since the float sum of many exact amounts is not exact.
func Sum(of Cells) Cell {
	return formula(node{
		spell: func(h *slot) string { r := of.cellsOf(h); return r.rounded("SUM(" + r.text(h) + ")") },
		eval: func(h *slot) any {
			r := of.cellsOf(h)
			return r.round(r.total())
		},
		in:   func(h *slot) unit { return of.cellsOf(h).unit() },
		from: readAll(of),
	})
}

// Subtotal is Sum that stays blank where none of the cells holds a number: what nobody
// said is not zero.
func Subtotal(of Cells) Cell {
	sum := Sum(of)
	return formula(node{
		spell: func(h *slot) string {
			return fmt.Sprintf(`IF(COUNT(%s)=0,"",%s)`, of.cellsOf(h).text(h), sum.text(h))
		},
		eval: func(h *slot) any {
			known := false
			of.cellsOf(h).each(func(r Ref) {
				_, number := r.value(h).(float64)
				known = known || number
			})
			if !known {
				return ""
			}
			return sum.value(h)
		},
		from:  sum.reads,
		in:    sum.unit,
		blank: true,
	})
}

// CountA counts the cells that hold anything.
func CountA(of Cells) Cell {
	return formula(node{
		spell: func(h *slot) string { return "COUNTA(" + of.cellsOf(h).text(h) + ")" },
		eval: func(h *slot) any {
			n := 0.
			readAll(of).stated(h, func(Ref) { n++ })
			return n
		},
		from: readAll(of).stated,
	})
}

// CountIf counts the rows that meet all conditions.
func CountIf(where Condition, and ...Condition) Cell {
	all := append(conditions{where}, and...)
	return formula(node{
		spell: func(h *slot) string {
			name := "COUNTIF("
			if len(all) > 1 {
				name = "COUNTIFS("
			}
			return name + all.text(h) + ")"
		},
		eval: func(h *slot) any {
			return float64(len(all.rows(h, where.in.cellsOf(h))))
		},
		from: func(h *slot, visit func(Ref)) { all.reads(h, where.in.cellsOf(h), visit) },
	})
}

// SumIf adds up the numbers of the rows that meet all conditions.
func SumIf(of Cells, where Condition, and ...Condition) Cell {
	all := append(conditions{where}, and...)
	return formula(node{
		spell: func(h *slot) string {
			r := of.cellsOf(h)
			read := all.block(h, r).text(h)
			if len(all) > 1 {
				return r.rounded("SUMIFS(" + read + "," + all.text(h) + ")")
			}
			return r.rounded("SUMIF(" + all.text(h) + "," + read + ")")
		},
		eval: func(h *slot) any {
			r := of.cellsOf(h)
			total, _ := r.sumOf(all.rows(h, r))
			return r.round(total)
		},
		in: func(h *slot) unit { return of.cellsOf(h).unit() },
		from: func(h *slot, visit func(Ref)) {
			r := of.cellsOf(h)
			for _, row := range all.rows(h, r) {
				r.first.Down(row).Span(r.cols, 1).each(visit)
			}
			all.reads(h, r, visit)
		},
	})
}

// SumKnown is SumIf that stays blank where rows meet the conditions and none of them holds
// a number. The cells added up must be values, not formulas: those that show nothing are
// texts, of which calculators think differently.
func SumKnown(of Cells, where Condition, and ...Condition) Cell {
	const least = -1e15 // below any amount
	all := append(conditions{where}, and...)
	rows, sum := CountIf(where, and...), SumIf(of, where, and...)
	stated := CountIf(where, append([]Condition{Over(of, least)}, and...)...)
	return formula(node{
		spell: func(h *slot) string {
			return fmt.Sprintf(`IF(AND(%s>0,%s=0),"",%s)`, rows.text(h), stated.text(h), sum.text(h))
		},
		eval: func(h *slot) any {
			r := of.cellsOf(h)
			rows := all.rows(h, r)
			total, known := r.sumOf(rows)
			if len(rows) > 0 && !known {
				return ""
			}
			return r.round(total)
		},
		from:  sum.reads,
		in:    sum.unit,
		blank: true,
	})
}

// Quotient is a ÷ b, a ratio or money a head; blank where b is 0.
func Quotient(a, b Operand) Cell {
	n := arithmetic([]Operand{a, b},
		func(h *slot) string {
			divisor := textIn(b, a.unit(h), h)
			if divisor != b.text(h) { // converted, by another division
				divisor = "(" + divisor + ")"
			}
			return "IFERROR(" + a.text(h) + "/" + divisor + `,"")`
		},
		func(_ *slot, x []float64) float64 { return x[0] / x[1] })
	n.in = func(h *slot) unit {
		if b.unit(h) != 0 {
			return 0
		}
		return a.unit(h)
	}
	return formula(n)
}

// Plus adds operands up.
func Plus(a Operand, more ...Operand) Cell { return signed("+", 1, a, more) }

// Minus subtracts from the first.
func Minus(a Operand, more ...Operand) Cell { return signed("-", -1, a, more) }

func signed(sign string, factor float64, a Operand, more []Operand) Cell {
	n := arithmetic(append([]Operand{a}, more...), func(h *slot) string {
		text := a.text(h)
		for _, b := range more {
			text += sign + textIn(b, a.unit(h), h)
		}
		return fmt.Sprintf("ROUND(%s,%d)", text, a.unit(h).digits())
	}, func(h *slot, x []float64) float64 {
		total := x[0]
		for _, y := range x[1:] {
			total += factor * y
		}
		return round(total, a.unit(h).digits())
	})
	n.in, n.terms = a.unit, &terms{append([]Operand{a}, more...), factor, 1}
	return formula(n)
}

// PointsBetween is the difference of two ratios in 百分点 (percentage points), to the tenth that
// is shown: what shows as 0.0 is neither ahead nor behind.
func PointsBetween(a, b Operand) Cell {
	x, y := exactly{a}, exactly{b}
	n := arithmetic([]Operand{x, y},
		func(h *slot) string { return "ROUND((" + x.text(h) + "-" + y.text(h) + ")*100,1)" },
		func(_ *slot, x []float64) float64 { return round((x[0]-x[1])*100, 1) })
	n.terms = &terms{[]Operand{a, b}, -1, 100}
	return formula(n)
}

// arithmetic is a formula over numbers. It shows nothing where one of them is
// blank, for blank is not zero, or a text, such as a rate that cannot be said.
// The first operand's unit is that of all.
func arithmetic(of []Operand, spell func(*slot) string, eval func(*slot, []float64) float64) node {
	return node{
		blank: true,
		from:  readEach(of),
		spell: func(h *slot) string {
			texts := make([]string, len(of))
			for i, o := range of {
				texts[i] = o.text(h)
			}
			return fmt.Sprintf(`IF(COUNT(%s)=%d,%s,"")`, strings.Join(texts, ","), len(of), spell(h))
		},
		eval: func(h *slot) any {
			numbers, u := make([]float64, len(of)), of[0].unit(h)
			for i, o := range of {
				x, ok := valueIn(o, u, h).(float64)
				if !ok {
					return ""
				}
				numbers[i] = x
			}
			if x := eval(h, numbers); !math.IsInf(x, 0) && !math.IsNaN(x) {
				return x
			}
			return ""
		},
	}
}

// Same shows what another cell holds; blank stays blank.
func Same(as Operand) Cell {
	return formula(node{
		spell: func(h *slot) string { t := as.text(h); return "IF(" + t + `="","",` + t + ")" },
		eval: func(h *slot) any {
			if v := as.value(h); v != nil {
				return v
			}
			return ""
		},
		from:  as.reads,
		in:    as.unit,
		blank: true,
	})
}

// Abs is a number without its sign.
func Abs(x Operand) Cell {
	n := arithmetic([]Operand{x},
		func(h *slot) string { return "ABS(" + x.text(h) + ")" },
		func(_ *slot, x []float64) float64 { return math.Abs(x[0]) })
	n.in = x.unit
	return formula(n)
}

// Which is one of three words, by whether a number is below, at or above zero.
func Which(x Operand, below, at, above string) Cell {
	return formula(node{
		spell: func(h *slot) string {
			t := x.text(h)
			return fmt.Sprintf(`IF(COUNT(%s)=0,"",IF(%s<0,%s,IF(%s=0,%s,%s)))`, t, t, quote(below), t, quote(at), quote(above))
		},
		eval: func(h *slot) any {
			v, ok := x.value(h).(float64)
			switch {
			case !ok:
				return ""
			case v < 0:
				return below
			case v == 0:
				return at
			}
			return above
		},
		from: x.reads,
	})
}

// Unless is a text where a number is zero, else what another cell says.
func Unless(x Operand, zero string, other Cell) Cell {
	return formula(node{
		spell: func(h *slot) string {
			t := x.text(h)
			return fmt.Sprintf(`IF(COUNT(%s)=0,"",IF(%s=0,%s,%s))`, t, t, quote(zero), other.text(h))
		},
		eval: func(h *slot) any {
			v, ok := x.value(h).(float64)
			switch {
			case !ok:
				return ""
			case v == 0:
				return zero
			}
			return other.value(h)
		},
		from: readEach([]Operand{x, other}),
	})
}

// Calc is any other formula: its value, a Number or Text worked out by the
// caller, and its spelling, with %s for each operand.
func Calc(value Cell, spelling string, operands ...Operand) Cell {
	return formula(node{
		spell: func(h *slot) string {
			texts := make([]any, len(operands))
			for i, o := range operands {
				texts[i] = o.text(h)
			}
			return fmt.Sprintf(spelling, texts...)
		},
		eval:  value.value,
		from:  readEach(operands),
		in:    value.unit,
		loose: true,
	})
}

// Sentence is a text that follows the figures: strings as they stand, operands
// as they read in their own cells, or As said. It panics on any other part.
func Sentence(parts ...any) Cell {
	var figures []Operand
	for i, part := range parts {
		switch part := part.(type) {
		case string:
			parts[i] = Text(part)
		case Operand:
			if shown, is := part.(Ref); is {
				shown.said()
			}
			figures = append(figures, part)
		default:
			panic(fmt.Sprintf("workbook: %T in a sentence", part))
		}
	}
	return formula(node{
		spell: func(h *slot) string {
			texts := make([]string, len(parts))
			for i, part := range parts {
				texts[i] = shown(part.(Operand), h).text(h)
			}
			return strings.Join(texts, "&")
		},
		eval: func(h *slot) any {
			var b strings.Builder
			for _, part := range parts {
				text, _ := shown(part.(Operand), h).value(h).(string)
				b.WriteString(text)
			}
			return b.String()
		},
		from:  readEach(figures),
		loose: true,
	})
}

// shown is an operand as it reads in its own cell.
func shown(o Operand, h *slot) Operand {
	var s *slot
	switch o := o.(type) {
	case own:
		s = o.slot(h)
	case Ref:
		s = o.slot()
	}
	if s != nil && s.style.format.is {
		style := s.style
		style.format.dash = false // a sentence says 0
		return As(o, style)
	}
	return o
}

// As is the text of an operand in a style, money in the style's unit.
func As(o Operand, s Style) Operand {
	if shown, is := o.(Ref); is {
		shown.said()
	}
	return node{
		spell: func(h *slot) string {
			number := textIn(o, s.unit, h)
			if v := valueIn(o, s.unit, h); s.format.vanishes(v) || s.format.ties(v) {
				number = fmt.Sprintf("ROUND(%s,%d)", number, s.format.digits())
			}
			text := "TEXT(" + number + "," + quote(s.format.code()) + ")"
			if v := o.value(h); v == nil || v == "" {
				text = "IF(" + o.text(h) + `="","",` + text + ")" // blank is not zero
			}
			return text
		},
		eval: func(h *slot) any { return s.format.show(valueIn(o, s.unit, h)) },
		from: o.reads,
	}
}

// unit is that of the cells of a range, which is one column's.
func (r Range) unit() unit { return r.first.unit(nil) }

// counts tells whether the cells of a range are whole numbers.
func (r Range) counts() bool {
	s := r.first.slot()
	return s != nil && s.style.unit == 0 && s.style.format.is && s.style.format.decimals == 0 && !s.style.format.percent
}

func (r Range) rounded(sum string) string {
	if r.counts() {
		return sum
	}
	return fmt.Sprintf("ROUND(%s,%d)", sum, r.unit().digits())
}

func (r Range) round(sum float64) float64 {
	if r.counts() {
		return sum
	}
	return round(sum, r.unit().digits())
}

// total adds up the numbers of all cells.
func (r Range) total() float64 {
	sum := 0.
	r.each(func(cell Ref) {
		if x, ok := cell.value(nil).(float64); ok {
			sum += x
		}
	})
	return sum
}

// sumOf adds up the numbers of the rows, if any is known.
func (r Range) sumOf(rows []int) (sum float64, known bool) {
	for _, row := range rows {
		for col := range r.cols {
			if x, ok := r.first.Right(col).Down(row).value(nil).(float64); ok {
				sum += x
				known = true
			}
		}
	}
	return sum, known
}
