package consistency

// Measures that a table ranks by: more is better.
var ranked = []string{"得分", "占年度计划", "活动", "亩均/税收"}

// ranks holds the places of a table against what they are given for: who has more is before,
// who has the same is level.
func (r *Report) ranks(s *Sheet) {
	for _, t := range s.Tables {
		place := t.at("名次")
		if place == 0 {
			place = t.at("亩均税收名次")
		}
		for _, measure := range ranked {
			if by := t.at(measure); place != 0 && by != 0 {
				r.rank(t, place, by)
			}
		}
	}
}

func (r *Report) rank(t *Table, place, by int) {
	for i, a := range t.rows {
		for _, b := range t.rows[:i] {
			placeA, isA := parseNumber(a.cells[place])
			placeB, isB := parseNumber(b.cells[place])
			valueA, hasA := parseNumber(a.cells[by])
			valueB, hasB := parseNumber(b.cells[by])
			if !isA || !isB || !hasA || !hasB || t.cell(a, "类别") != t.cell(b, "类别") {
				continue
			}
			if (placeA.value-placeB.value)*(valueA.value-valueB.value) > 0 {
				r.find("名次与数值不符", "%v第%g名为%s，%v第%g名为%s", a.at[by], placeA.value, a.cells[by], b.at[by], placeB.value, b.cells[by])
			}
		}
	}
}
