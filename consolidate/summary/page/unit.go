package page

import (
	"slices"
	"strings"

	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A UnitLine is a line of 分责任单位: a unit with its projects, or the subtotal over the
// units of a group, which stand under it.
type UnitLine struct {
	Group, unit string
	Projects    []*Project // of a unit, those that count
	Subtotal    bool
	First, N    int // rows of the group, of a subtotal and of its units
	place       int // within the group, from 1
}

// Subtotal stands in the place of the unit in the line of a group.
const Subtotal = "小计"

// UnitLines groups the projects that count by unit, the groups apart, in the official
// order. Units apart (nil: none) come last in a group of that name. The units of a group
// may be put in another order.
func (r *Report) UnitLines(apart string, isApart func(UnitLine) bool, order func(a, b UnitLine) int) []UnitLine {
	groups := map[string][]UnitLine{}
	for _, p := range r.Projects {
		if !p.Counts() {
			continue
		}
		mine := groups[p.Group]
		if len(mine) == 0 || mine[len(mine)-1].unit != p.Unit {
			mine = append(mine, UnitLine{Group: p.Group, unit: p.Unit})
		}
		last := &mine[len(mine)-1]
		last.Projects = append(last.Projects, p)
		groups[p.Group] = mine
	}
	if isApart != nil {
		for _, group := range append(slices.Clone(r.County.Groups), Other) {
			for _, line := range groups[group] {
				if isApart(line) {
					groups[apart] = append(groups[apart], line)
				}
			}
			groups[group] = slices.DeleteFunc(groups[group], isApart)
		}
	}
	var lines []UnitLine
	for _, group := range append(slices.Clone(r.County.Groups), Other, apart) {
		units := groups[group]
		if len(units) == 0 {
			continue
		}
		if order != nil {
			slices.SortStableFunc(units, order)
		}
		first := len(lines) + 1
		lines = append(lines, UnitLine{Group: group, unit: Subtotal, Subtotal: true, First: first, N: len(units)})
		for i, unit := range units {
			unit.Group, unit.First, unit.N, unit.place = group, first, len(units), i+1
			lines = append(lines, unit)
		}
	}
	return lines
}

// IsSubtotal makes the lines of groups stand out.
func IsSubtotal(l UnitLine) bool { return l.Subtotal }

// GroupOfLine and UnitOfLine are the group and the unit of a line.
func GroupOfLine(l UnitLine) workbook.Cell { return workbook.Text(l.Group) }
func UnitOfLine(l UnitLine) workbook.Cell  { return workbook.Text(l.unit) }

// PlaceOfLine numbers the units of a group.
func PlaceOfLine(l UnitLine) workbook.Cell {
	if l.Subtotal {
		return workbook.Blank
	}
	return workbook.Int(l.place).From(workbook.Numbering{})
}

// PerUnit is a column that adds up: of a unit over the ledger, of a group over its units,
// blank where none of them is known.
func PerUnit(heading string, width float64, style workbook.Style, ofUnit workbook.Cell) workbook.Column[UnitLine] {
	return workbook.Column[UnitLine]{heading, width, style, func(l UnitLine) workbook.Cell {
		if l.Subtotal {
			return workbook.Subtotal(workbook.Some(heading, l.First, l.N))
		}
		return ofUnit
	}}
}

// PerUnitBefore is a column of an amount of the month before, as that month's projects were, zero of a unit
// that had none, with the published total that it is part of as its origin.
func (r *Report) PerUnitBefore(heading string, width float64, style workbook.Style, c form.Money, figure string) workbook.Column[UnitLine] {
	was := map[string]ledger.Money{}
	for _, p := range r.Earlier.Counted(r.Form) {
		unit := responsible(r.County, r.columns.Unit.Of(p.Record())).Name
		was[unit] += c.Of(p.Record()).V
	}
	return workbook.Column[UnitLine]{heading, width, style, func(l UnitLine) workbook.Cell {
		if l.Subtotal {
			return workbook.Subtotal(workbook.Some(heading, l.First, l.N))
		}
		return workbook.Money(was[l.unit]).From(r.OriginBefore(figure + "（" + l.unit + "）"))
	}}
}

// WithoutProjects names the units that owe the form and have nothing listed on it.
func (r *Report) WithoutProjects(lines []UnitLine) string {
	var names []string
	for _, unit := range r.County.Owes(r.Form.ID) {
		if !slices.ContainsFunc(lines, func(l UnitLine) bool { return l.unit == unit.Name }) {
			names = append(names, unit.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "有报送任务而没有在列项目的单位，不参与汇总：" + strings.Join(names, "、") + "。"
}
