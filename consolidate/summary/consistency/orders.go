package consistency

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	numbered = regexp.MustCompile(`(?:交办单|月)第0*(\d+)号$`)
	items    = regexp.MustCompile(`^(\d+) ?项`)
)

// An order is a page or a document that tells one unit what to do.
type order struct {
	number, unit, items string
	at                  Place
}

// ordersOf reads the orders of a sheet: a number, then unit and items under their names.
func ordersOf(s *Sheet) []order {
	var all []order
	for i, t := range s.Texts {
		label, value, told := strings.Cut(t.Words, "：")
		if !told && i+1 < len(s.Texts) && s.Texts[i+1].row == t.row {
			value = s.Texts[i+1].Words
		}
		switch m := numbered.FindStringSubmatch(t.Words); {
		case m != nil && len([]rune(t.Words)) < 40:
			all = append(all, order{number: m[1], at: t.At})
		case len(all) == 0:
		case clean(label) == "责任单位":
			all[len(all)-1].unit = value
		case clean(label) == "交办事项" && items.MatchString(value):
			all[len(all)-1].items = items.FindStringSubmatch(value)[1]
		}
	}
	return all
}

// orders holds the orders of all files against their list, number by number.
func (r *Report) orders(f *Folder) {
	listed := map[string]order{}
	for _, s := range f.Sheets {
		for _, t := range s.Tables {
			if t.at("合计") == 0 || t.at("责任单位") == 0 || subjectOf(s.Title) != "交办" {
				continue
			}
			for _, line := range t.parts() {
				o := order{t.cell(line, "序号"), t.cell(line, "责任单位"), t.cell(line, "合计"), line.at[t.headings[0].col]}
				listed[o.number] = o
			}
		}
	}
	sent := 0
	for _, s := range f.Sheets {
		orders := ordersOf(s)
		sent += len(orders)
		for _, o := range append(orders, itemised(s)...) {
			r.Orders++
			if l, is := listed[o.number]; len(listed) > 0 && (!is || l.unit != o.unit || o.items != "" && l.items != o.items) {
				r.find("交办单与汇总不一致", "%v：第%s号%s%s项，%v为%s%s项", o.at, o.number, o.unit, o.items, l.at, l.unit, l.items)
			}
		}
	}
	if sent > 0 && sent != len(listed) {
		r.find("交办单与汇总不一致", "%d份，汇总列%d个单位", sent, len(listed))
	}
}

// itemised are the orders whose items a sheet lists one by one, each with the number of its lines.
func itemised(s *Sheet) []order {
	var all []order
	for _, t := range s.Tables {
		if t.at("交办单编号") == 0 || t.at("责任单位") == 0 {
			continue
		}
		count := 0
		for _, line := range t.parts() {
			m := numbered.FindStringSubmatch(t.cell(line, "交办单编号"))
			if m == nil {
				continue
			}
			o := order{number: m[1], unit: t.cell(line, "责任单位"), at: line.at[t.at("交办单编号")]}
			if n := len(all); n == 0 || all[n-1].number != o.number || all[n-1].unit != o.unit {
				all, count = append(all, o), 0
			}
			count++
			all[len(all)-1].items = strconv.Itoa(count)
		}
	}
	return all
}
