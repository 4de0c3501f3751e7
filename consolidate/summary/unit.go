package summary

import (
	"slices"
	"strings"

	"huizong/consolidate/summary/workbook"
)

// A unitLine is a line of 分责任单位: a unit with its projects, or the subtotal over the
// units of a group, which stand under it.
type unitLine struct {
	group, unit string
	projects    []project // of a unit, those that count
	subtotal    bool
	first, n    int // rows of the group, of a subtotal and of its units
	place       int // within the group, from 1
}

const subtotal = "小计"

// unitLines groups the projects that count by unit, the groups apart, in the official
// order. Units apart (nil: none) come last in a group of that name. The units of a group
// may be put in another order.
func (r *report) unitLines(apart string, isApart func(unitLine) bool, order func(a, b unitLine) int) []unitLine {
	groups := map[string][]unitLine{}
	for _, p := range r.projects {
		if !p.Counts() {
			continue
		}
		mine := groups[p.group]
		if len(mine) == 0 || mine[len(mine)-1].unit != p.unit {
			mine = append(mine, unitLine{group: p.group, unit: p.unit})
		}
		last := &mine[len(mine)-1]
		last.projects = append(last.projects, p)
		groups[p.group] = mine
	}
	if isApart != nil {
		for _, group := range append(slices.Clone(r.County.Groups), other) {
			for _, line := range groups[group] {
				if isApart(line) {
					groups[apart] = append(groups[apart], line)
				}
			}
			groups[group] = slices.DeleteFunc(groups[group], isApart)
		}
	}
	var lines []unitLine
	for _, group := range append(slices.Clone(r.County.Groups), other, apart) {
		units := groups[group]
		if len(units) == 0 {
			continue
		}
		if order != nil {
			slices.SortStableFunc(units, order)
		}
		first := len(lines) + 1
		lines = append(lines, unitLine{group: group, unit: subtotal, subtotal: true, first: first, n: len(units)})
		for i, unit := range units {
			unit.group, unit.first, unit.n, unit.place = group, first, len(units), i+1
			lines = append(lines, unit)
		}
	}
	return lines
}

// isSubtotal makes the lines of groups stand out.
func isSubtotal(l unitLine) bool { return l.subtotal }

func groupOfLine(l unitLine) workbook.Cell { return workbook.Text(l.group) }
func unitOfLine(l unitLine) workbook.Cell  { return workbook.Text(l.unit) }

// placeOfLine numbers the units of a group.
func placeOfLine(l unitLine) workbook.Cell {
	if l.subtotal {
		return workbook.Blank
	}
	return workbook.Int(l.place).From(workbook.Numbering{})
}

// perUnit is a column that adds up: of a unit over the ledger, of a group over its units,
// blank where none of them is known.
func perUnit(heading string, width float64, style workbook.Style, ofUnit workbook.Cell) workbook.Column[unitLine] {
	return workbook.Column[unitLine]{heading, width, style, func(l unitLine) workbook.Cell {
		if l.subtotal {
			return workbook.Subtotal(workbook.Some(heading, l.first, l.n))
		}
		return ofUnit
	}}
}

// withoutProjects names the units that owe the form and have nothing listed on it.
func (r *report) withoutProjects(lines []unitLine) string {
	var names []string
	for _, unit := range r.County.Owes(r.form.ID) {
		if !slices.ContainsFunc(lines, func(l unitLine) bool { return l.unit == unit.Name }) {
			names = append(names, unit.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "有报送任务而没有在列项目的单位，不参与汇总：" + strings.Join(names, "、") + "。"
}
