package samples

import (
	"fmt"
	"slices"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// body writes the rows, in sections if the clerk makes any, with their totals.
func (l *layout) body() {
	if l.answer != "" {
		l.page.put(l.next, 0, cell{value: l.words(l.answer), look: centreLook})
		l.merge(l.next, 0, l.next, l.width()-1)
		l.next++
		return
	}
	first := l.next
	if l.hand.totals == totalFirst {
		l.next++
	}
	sections := l.sections()
	for i, section := range sections {
		from := len(l.lines)
		if l.hand.by != nil {
			l.sectionHead(i, l.hand.by.Show(l.hand.by.Value(&section[0].Record)), len(section))
		}
		l.last = map[int]string{}
		for _, r := range section {
			l.row(r)
		}
		if l.hand.by != nil {
			l.total(l.next, "小计", l.lines[from:], 0)
			l.next++
		}
	}
	l.join()
	if l.hide {
		l.page.hiddenRows = append(l.page.hiddenRows, l.lines[len(l.lines)/2])
		l.marks["hidden"] = name(l.lines[len(l.lines)/2], 0)
	}
	switch l.hand.totals {
	case totalFirst:
		l.total(first, "合计", l.lines, l.off)
	case totalLast, totalTyped:
		l.total(l.next, "合  计", l.lines, l.off)
		l.next++
	}
}

// sections parts the rows as the clerk does, in the order of the choice.
func (l *layout) sections() [][]*row {
	if l.hand.by == nil {
		return [][]*row{l.rows}
	}
	var sections [][]*row
	for _, word := range l.hand.by.Words {
		var section []*row
		for _, r := range l.rows {
			if l.hand.by.Value(&r.Record).S == word.Name {
				section = append(section, r)
			}
		}
		if section != nil {
			sections = append(sections, section)
		}
	}
	return sections
}

func (l *layout) sectionHead(i int, of string, rows int) {
	l.page.put(l.next, 0, cell{value: fmt.Sprintf("%c、%s（%d个）", []rune("一二三四五六七八九十")[i], of, rows), look: totalLook})
	l.merge(l.next, 0, l.next, l.width()-1)
	l.next++
}

// row writes one row of data.
func (l *layout) row(r *row) {
	if every := l.hand.blankAfter; every > 0 && len(l.lines) > 0 && len(l.lines)%every == 0 {
		l.next++
		clear(l.last)
	}
	for col, c := range l.hand.columns {
		l.page.put(l.next, col, l.entry(r, col, c))
	}
	if r.spans != nil {
		at := l.place(r.spans)
		l.merge(l.next, at, l.next+1, at)
	}
	r.at = l.next
	l.lines = append(l.lines, l.next)
	l.next++
}

// entry is the cell of a row in a column: 〃 where the clerk writes so.
func (l *layout) entry(r *row, col int, c column) cell {
	if c.of == nil {
		if c.fill == nil {
			return cell{value: float64(len(l.lines) + 1), look: centreLook}
		}
		as := cell{look: textLook}
		if text := c.fill[len(l.lines)%len(c.fill)]; text != "" {
			as.value = text
		}
		return as
	}
	if as, set := r.instead[c.of]; set {
		if as.look == bareLook {
			as.look = looks[c.of.Type]
		}
		delete(l.last, col)
		return as
	}
	as := c.write(c.of.Value(&r.Record), l.money())
	text, isText := as.value.(string)
	if isText && slices.Contains(l.hand.ditto, c.of) {
		if text == l.last[col] {
			as.value = "〃"
		}
		l.last[col] = text
	}
	return as
}

// join merges equal texts below one another in the columns that the clerk merges.
func (l *layout) join() {
	for _, of := range l.hand.merge {
		col := l.place(of)
		for i := 0; i < len(l.lines); {
			top := l.lines[i]
			end := i + 1
			for end < len(l.lines) && l.lines[end] == l.lines[end-1]+1 && l.page.rows[l.lines[end]][col].value == l.page.rows[top][col].value {
				l.page.rows[l.lines[end]][col].value = nil
				end++
			}
			l.merge(top, col, l.lines[end-1], col)
			i = end
		}
	}
}

// total writes a row of sums over rows of data: formulas with their values, or numbers.
func (l *layout) total(at int, label string, lines []int, off ledger.Money) {
	labelled := false
	for col, c := range l.hand.columns {
		as := cell{look: totalLook}
		switch {
		case c.of != nil && c.of.Type == form.AmountType:
			as = l.sum(col, c, lines, off)
			if off != 0 && as.value != nil {
				l.marks["total"], off = name(at, col), 0
			}
		case !labelled && (c.of == nil || c.of.Identity):
			as.value, labelled = label, true
		}
		l.page.put(at, col, as)
	}
}

// sum adds up a column over rows of data as SUM does, which passes over text; blank if
// there is nothing to add up. A clerk who adds up by hand reads the text, too.
func (l *layout) sum(col int, c column, lines []int, off ledger.Money) cell {
	unit := l.money()
	if c.unit != 0 {
		unit = c.unit
	}
	var sum ledger.Money
	counted := 0
	for _, line := range lines {
		if as := l.page.rows[line][col]; as.counts && (!as.text || l.hand.totals == totalTyped) {
			sum += as.worth
			counted++
		}
	}
	if counted == 0 {
		return cell{look: totalLook}
	}
	as := cell{value: real(ledger.Exactly(int64(sum+off), int64(unit))), look: totalLook}
	if l.hand.totals != totalTyped && off == 0 {
		as.formula = "SUM(" + ranges(col, lines) + ")"
	}
	return as
}

// ranges names the cells of a column in rows: H6:H12,H14:H20.
func ranges(col int, lines []int) string {
	var parts []string
	for i := 0; i < len(lines); {
		end := i
		for end+1 < len(lines) && lines[end+1] == lines[end]+1 {
			end++
		}
		parts = append(parts, name(lines[i], col)+":"+name(lines[end], col))
		i = end + 1
	}
	return strings.Join(parts, ",")
}
