package workbook

// Quote shows what another cell shows, of this book or of another one: its value in its unit and
// format, blank where it is blank, a light in its colour. It is written as a value, for a formula
// cannot reach another file; Leaves lead on through it. Money put in a style of money is shown in
// that style's unit.
func Quote(at Ref) Cell {
	return formula(node{
		spell: func(h *slot) string { return Cell{v: stated(at.value(h))}.text(h) },
		eval:  func(h *slot) any { return stated(at.value(h)) },
		from:  at.reads,
		in:    at.unit,
		of:    &at,
	})
}

// stated is the value of a cell; nil where it says nothing.
func stated(v any) any {
	if v == "" {
		return nil
	}
	return v
}

// quotes is the cell that this one quotes; nil if it is no quotation.
func (c Cell) quotes() *Ref {
	if c.formula == nil {
		return nil
	}
	return c.formula.of
}

// quoting is the style of a place that shows a quoted cell.
func (s Style) quoting(from *slot) Style {
	if s.unit == 0 || from.style.unit == 0 {
		s.unit, s.format = from.style.unit, from.style.format
	}
	if light, is := from.light(); is {
		s = s.lit(light)
	}
	return s
}

// light is the light that the slot shows, itself or as a quotation.
func (s *slot) light() (Light, bool) {
	if s.shows != nil {
		return s.shows.light()
	}
	light, is := s.cell.v.(Light)
	return light, is
}

// Value is what the cell holds: nil, a string, or a float64, money in the unit of its style.
func (r Ref) Value() any { return r.value(nil) }
