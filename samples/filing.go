package samples

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A filing is what a unit says on one form, as one clerk fills it in: one sheet.
type filing struct {
	form     *form.Form
	hand     hand
	county   *county.County
	unit     county.Unit
	period   ledger.Period
	prepared ledger.Date // 填报日期
	filler   string
	rows     []*row
	answer   string       // written in place of rows: 零报告, 本月无变化
	currency string       // the word for the sheet's unit; blank: its own
	off      ledger.Money // what the clerk's own 合计 is wrong by
	hide     bool         // a row is hidden
	planted  []*planted
}

// A row is what a clerk means, and where the cells say otherwise.
type row struct {
	ledger.Record
	instead map[*form.Column]cell
	spans   *form.Column // a cell merged with the one below
	at      int          // where it came to stand, from 0
}

// planted is a trouble of the filing, and the row it is in.
type planted struct {
	*trouble
	row   *row     // nil: of the sheet
	cells []string // where each finding must be; blank: of the sheet
}

// says lets a cell of a row say something else than the clerk means.
func (r *row) says(c *form.Column, as cell) {
	if r.instead == nil {
		r.instead = map[*form.Column]cell{}
	}
	r.instead[c] = as
}

// words puts the filing's own words into a text.
func (f *filing) words(text string) string {
	short := f.unit.Name
	if len(f.unit.Aliases) > 0 {
		short = f.unit.Aliases[0]
	}
	currency := f.currency
	if currency == "" {
		currency = map[ledger.Money]string{ledger.Yuan: "元", ledger.HundredMillionYuan: "亿元"}[f.hand.unit]
	}
	if currency == "" {
		currency = "万元"
	}
	return strings.NewReplacer("{县}", f.county.Name, "{单位}", f.unit.Name, "{简}", short, "{期}", f.period.Chinese(), "{人}", f.filler,
		"{年}", strconv.Itoa(f.period.Year), "{去年}", strconv.Itoa(f.period.Year-1), "{月}", strconv.Itoa(f.period.Month), "{量}", currency,
		"1-N月", fmt.Sprintf("1-%d月", f.period.Month),
		"{日}", fmt.Sprintf("%d年%d月%d日", f.prepared.Year, f.prepared.Month, f.prepared.Day)).Replace(text)
}

// A layout is a filing being laid out, row by row from the top.
type layout struct {
	*filing
	page  *page
	next  int            // row
	lines []int          // rows of data
	last  map[int]string // by column: what the data row above says
	marks map[string]string
}

// sheet lays the filing out and finds where the troubles planted in it came to stand.
func (f *filing) sheet() *page {
	l := &layout{filing: f, page: &page{name: f.words(f.hand.sheet), font: f.hand.font}, marks: map[string]string{}}
	l.heading()
	l.header()
	l.body()
	l.tail()
	for _, c := range f.hand.columns {
		l.page.widths = append(l.page.widths, c.width())
	}
	for _, p := range f.planted {
		p.cells = nil
		for _, code := range strings.Fields(p.codes) {
			p.cells = append(p.cells, l.address(p, code))
		}
	}
	return l.page
}

// address is where a finding of a trouble must be.
func (l *layout) address(p *planted, code string) string {
	at := p.at
	_, other, elsewhere := strings.Cut(code, "@")
	if elsewhere {
		at = l.form.Column(other)
	}
	switch {
	case elsewhere && at == nil:
		return ""
	case p.mark != "":
		return l.marks[p.mark]
	case p.row == nil:
		return ""
	case at == nil:
		return name(p.row.at, 0)
	}
	return name(p.row.at, l.place(at))
}

// place is where a column stands in the sheet. A trouble in a column that its clerk does
// not fill in is a programmer's mistake.
func (l *layout) place(of *form.Column) int {
	at := slices.IndexFunc(l.hand.columns, func(c column) bool { return c.of == of })
	if at < 0 {
		panic(fmt.Sprintf("samples: %s of %s has no column %s", l.form.ID, l.unit.Name, of.ID))
	}
	return at
}

func (l *layout) width() int { return len(l.hand.columns) }

func (l *layout) money() ledger.Money {
	if l.hand.unit == 0 {
		return ledger.TenThousandYuan
	}
	return l.hand.unit
}

// heading writes the title and the lines below it.
func (l *layout) heading() {
	for line := range strings.SplitSeq(l.hand.title, "\n") {
		l.page.put(l.next, 0, cell{value: l.words(line), look: titleLook})
		l.page.merges = append(l.page.merges, [4]int{l.next, 0, l.next, l.width() - 1})
		l.marks["title"] = name(l.next, 0)
		if strings.Contains(line, "{量}") {
			l.marks["unit"] = name(l.next, 0)
		}
		l.next++
	}
	for _, line := range l.hand.lines {
		parts := strings.Split(line, "|")
		for i, part := range parts {
			at := i * l.width() / len(parts)
			l.page.put(l.next, at, cell{value: l.words(part), look: lineLook})
			if strings.Contains(part, "{量}") {
				l.marks["unit"] = name(l.next, at)
			}
		}
		l.next++
	}
}

// header writes the heads of the columns, a row for each level of their paths, merged as
// people merge them: a group over its columns, a lone head down to the last row.
func (l *layout) header() {
	paths, levels := make([][]string, l.width()), 1
	for i, c := range l.hand.columns {
		head := c.head
		if head == "" {
			head = c.of.Name
		}
		paths[i] = strings.Split(l.words(head), "/")
		levels = max(levels, len(paths[i]))
	}
	top := l.next
	for col, path := range paths {
		for level := range levels {
			l.page.put(top+level, col, cell{look: headLook})
		}
		for level, word := range path {
			if col > 0 && level < len(path)-1 && slices.Equal(path[:level+1], paths[col-1][:min(level+1, len(paths[col-1]))]) {
				continue
			}
			l.page.put(top+level, col, cell{value: word, look: headLook})
			right, down := col, top+level
			for level < len(path)-1 && right+1 < len(paths) && len(paths[right+1]) > level+1 && slices.Equal(path[:level+1], paths[right+1][:level+1]) {
				right++
			}
			if level == len(path)-1 {
				down = top + levels - 1
				if of := l.hand.columns[col].of; of != nil {
					l.marks["head "+of.ID] = name(top+level, col)
					if of.Type == form.AmountType && strings.Contains(l.hand.columns[col].head, "{量}") && l.marks["unit"] == "" {
						l.marks["unit"] = name(top+level, col)
					}
				} else {
					l.marks["head "+word] = name(top+level, col)
				}
			}
			l.merge(top+level, col, down, right)
		}
	}
	l.next += levels
	l.page.header = [2]int{top, l.next}
	if l.hand.numbers {
		for col := range l.width() {
			l.page.put(l.next, col, cell{value: float64(col + 1), look: centreLook})
		}
		l.next++
	}
}

func (l *layout) merge(row, col, lastRow, lastCol int) {
	if row != lastRow || col != lastCol {
		l.page.merges = append(l.page.merges, [4]int{row, col, lastRow, lastCol})
	}
}

// tail writes the notes, and the empty rows that somebody framed below.
func (l *layout) tail() {
	for _, note := range l.hand.notes {
		l.page.put(l.next, 0, cell{value: l.words(note), look: lineLook})
		l.next++
	}
	for range l.hand.phantom {
		for col := range l.width() {
			l.page.put(l.next, col, cell{look: textLook})
		}
		l.next++
	}
}
