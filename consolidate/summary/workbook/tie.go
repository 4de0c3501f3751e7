package workbook

import "math"

// A rate in the middle between two that are shown, 51.25% where one decimal is, is 51.3% in some programs and 51.2% in
// others. So one that is worked out in a cell is rounded there, and one that is worked out in a sentence there; what
// differences are taken of stays as it is worked out, and so do rates in the rows of tables that no sentence shows,
// for these are ranked.

// ties reports whether a value is such a rate.
func (f numberFormat) ties(v any) bool {
	x, is := v.(float64)
	if !is || !f.percent {
		return false
	}
	next := tidy(math.Abs(x) * math.Pow10(f.digits()+1)) // its last digit is the first that is not shown
	return next == math.Trunc(next) && math.Mod(next, 10) == 5
}

// said lets a rate be rounded in its cell, since a sentence shows it.
func (r Ref) said() {
	at := [2]int{r.col, r.row}
	if r.sheet.said[at] {
		return
	}
	if r.sheet.said == nil {
		r.sheet.said = map[[2]int]bool{}
	}
	r.sheet.said[at] = true
}

// rounds reports whether the slot holds a rate that is rounded where it ties.
func (s *slot) rounds() bool {
	return s.style.format.percent && s.cell.formula != nil && s.cell.quotes() == nil &&
		(s.table == nil || !s.table.isData(s.row) || s.sheet.said[[2]int{s.col, s.row}])
}

// tied reports whether the slot was rounded.
func (s *slot) tied() bool { return s.rounds() && s.style.format.ties(s.unrounded()) }

// An exactly is an operand as it is worked out, before it was rounded in its cell.
type exactly struct{ of Operand }

// tied is the slot of the operand if it was rounded, else nil.
func (x exactly) tied(h *slot) *slot {
	var s *slot
	switch of := x.of.(type) {
	case own:
		s = of.slot(h)
	case Ref:
		s = of.slot()
	}
	if s == nil || !s.tied() {
		return nil
	}
	return s
}

func (x exactly) text(h *slot) string {
	s := x.tied(h)
	if s == nil {
		return x.of.text(h)
	}
	there := *s
	there.sheet = h.sheet // where it is spelled
	return s.cell.text(&there)
}

func (x exactly) value(h *slot) any {
	if s := x.tied(h); s != nil {
		return s.unrounded()
	}
	return x.of.value(h)
}

func (x exactly) unit(h *slot) unit { return x.of.unit(h) }

func (x exactly) reads(h *slot, visit func(Ref)) { x.of.reads(h, visit) }
