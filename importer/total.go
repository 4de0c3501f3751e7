package importer

import (
	"math/big"
	"strconv"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// sums keep what is needed to hold the sheet's own totals against its rows: a sheet that
// was cut off reads without any error, but does not add up.
type sums struct {
	marks  []mark
	finest []int64 // by column: the finest unit that a row shows, in parts; 0 if no row has a figure
	unread []bool  // by column: a row has a figure that could not be read
}

// A mark is a total or a section among the rows.
type mark struct {
	line    *line
	kind    rowKind
	label   string
	records int // before it
}

func newSums(columns int) sums {
	return sums{finest: make([]int64, columns), unread: make([]bool, columns)}
}

func (s *sums) mark(l *line, kind rowKind, label string, records int) {
	s.marks = append(s.marks, mark{l, kind, label, records})
}

// shown takes note of how finely a figure is shown, for the tolerance of its total.
func (s *sums) shown(c *form.Column, got reading) {
	switch finest := &s.finest[c.Index]; {
	case !figures(c):
	case !got.value.Known:
		s.unread[c.Index] = s.unread[c.Index] || got.wrong != nil
	case *finest == 0 || got.finest < *finest:
		*finest = got.finest
	}
}

// A scope is a run of records that a total may be of.
type scope struct{ from, to int }

// scopes are the runs of rows that the mark i may total, the likeliest first: 合计 all
// rows, 小计 those of its section, which stands before it or, where the first 小计 has no
// rows before it, after it. A section with figures of its own totals what follows.
func (r *reader) scopes(i int) []scope {
	m, all := r.sums.marks[i], scope{0, len(r.records)}
	before, after := scope{0, m.records}, scope{m.records, len(r.records)}
	for _, other := range r.sums.marks[:i] {
		if other.kind == sectionRow || other.kind == totalRow {
			before.from = other.records
		}
	}
	alike := after
	found := false
	for _, other := range r.sums.marks[i+1:] {
		if other.records > m.records && !found {
			after.to, found = other.records, true
		}
		if other.kind == m.kind && depth(other.label) == depth(m.label) && other.records > m.records {
			alike.to = other.records
			break
		}
	}
	parts := total.FindStringSubmatch(m.label)
	switch {
	case m.kind == sectionRow:
		return []scope{after, alike}
	case parts != nil && parts[1] == "" && parts[2] != "小计":
		return []scope{all, before, after}
	case r.totalsFirst():
		return []scope{after, alike, before, all}
	}
	return []scope{before, after, alike, all}
}

// depth tells 一、 from （一） and from neither.
func depth(label string) int {
	switch {
	case strings.HasPrefix(label, "("):
		return 2
	case section.MatchString(label):
		return 1
	}
	return 0
}

// totalsFirst reports a sheet whose 小计 stand above their rows.
func (r *reader) totalsFirst() bool {
	for _, m := range r.sums.marks {
		if m.kind == totalRow && strings.Contains(m.label, "小计") {
			return m.records == 0
		}
	}
	return false
}

// checkTotals holds every total, amount by amount, against the rows that it may be of. It
// is asked about only if it fits none.
func (r *reader) checkTotals() {
	for i, m := range r.sums.marks {
		scopes := r.scopes(i)
		for _, c := range r.head.form.Columns {
			if b := r.head.bound[c.Index]; b.at != 0 && (c.Type == form.AmountType || c.Type == form.CountType) && !r.sums.unread[c.Index] && b.doubt == nil {
				r.checkTotal(m, scopes, c, b)
			}
		}
		if number := counted.FindStringSubmatch(m.label); number != nil {
			r.checkCount(m, scopes, number[1])
		}
	}
}

func (r *reader) checkTotal(m mark, scopes []scope, c *form.Column, b binding) {
	cell := m.line.at(b.at)
	if !holds(cell) || b.at == m.line.cells[0].Column {
		return
	}
	stated := readValue(c, cell, r.unitOf(c, b), r.calendar())
	if !stated.value.Known || r.sums.finest[c.Index] == 0 {
		return
	}
	var expected ledger.Value
	for i, s := range scopes {
		sum, rows := r.sum(c, s)
		if i == 0 {
			expected = ledger.Number(sum)
		}
		apart := new(big.Int).Sub(big.NewInt(stated.value.N), big.NewInt(sum))
		slack := new(big.Int).Mul(big.NewInt(r.sums.finest[c.Index]), big.NewInt(int64(rows)))
		if apart.Abs(apart).Lsh(apart, 1).Cmp(slack) <= 0 {
			return
		}
	}
	r.find(TotalApart, m.line, cell, c, cell.Raw, c.Spell(expected))
}

// sum adds up a column, blanks counting for nothing, and counts its figures.
func (r *reader) sum(c *form.Column, s scope) (sum int64, rows int) {
	for i := s.from; i < s.to; i++ {
		if v := c.Value(&r.records[i]); v.Known {
			sum += v.N
			rows++
		}
	}
	return sum, rows
}

func (r *reader) checkCount(m mark, scopes []scope, stated string) {
	n, err := strconv.Atoi(stated)
	if err != nil {
		return
	}
	for _, s := range scopes {
		if s.to-s.from == n {
			return
		}
	}
	expected := scopes[0].to - scopes[0].from
	r.find(CountApart, m.line, m.line.cells[0], nil, stated, strconv.Itoa(expected))
}
