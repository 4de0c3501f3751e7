package importer

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// sums keep what is needed to hold the sheet's own totals against its rows: a sheet that
// was cut off reads without any error, but does not add up.
type sums struct {
	marks  []mark
	finest []int64 // by column: the finest unit that a row shows, in parts; 0 if no row has a figure
	unread []bool  // by column: a row has a figure that could not be read
	// totalsFirst says that the 小计 of the sheet, where it has subtotals, stand above their rows.
	subtotals, totalsFirst bool
	upTo                   [][]running // by column and record: what the records before it add up to; nil where nothing is added
}

// A running is a sum and the number of figures in it.
type running struct {
	sum  int64
	rows int
}

// A mark is a total or a section among the rows.
type mark struct {
	line    *line
	kind    rowKind
	label   string
	records int  // before it
	apart   bool // is no sum of rows: an average, a part of a total
}

func newSums(columns int) sums {
	return sums{finest: make([]int64, columns), unread: make([]bool, columns)}
}

func (s *sums) mark(l *line, kind rowKind, label string, records int, part bool) {
	s.marks = append(s.marks, mark{l, kind, label, records, part || average.MatchString(label)})
	if !s.subtotals && kind == totalRow && strings.Contains(label, "小计") {
		s.subtotals, s.totalsFirst = true, records == 0
	}
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

// settleTotals decides of every row in doubt whether it is a total, and asks about those
// that nothing shows to be one. Where there are such rows, what the others should add up to
// is not known.
func (r *reader) settleTotals() {
	r.sums.addUp(r)
	var unclear []mark
	for i := range r.sums.marks {
		switch m := &r.sums.marks[i]; {
		case m.kind != doubtRow:
		case r.isTotal(i):
			m.kind = totalRow
			r.subtotal++
		default:
			unclear = append(unclear, *m)
		}
	}
	if len(unclear) == 0 {
		r.checkTotals()
		return
	}
	for _, m := range unclear {
		record := r.bareRecord(m.line)
		r.find(RowUnclear, m.line, r.labelCell(m.line), nil, seen(r.labelCell(m.line), r.page.date1904), "")
		r.findings[len(r.findings)-1].Entity = r.head.form.Name(&record)
		r.records = append(r.records, record)
	}
	slices.SortFunc(r.records, func(a, b ledger.Record) int { return cmp.Compare(a.Row, b.Row) })
}

// addUp adds up every column of amounts and counts, row by row, blanks counting for nothing.
func (s *sums) addUp(r *reader) {
	if len(s.marks) == 0 {
		return
	}
	s.upTo = make([][]running, len(r.head.form.Columns))
	for _, c := range r.head.form.Columns {
		if !r.addsUp(c) {
			continue
		}
		upTo := make([]running, len(r.records)+1)
		for i := range r.records {
			upTo[i+1] = upTo[i]
			if v := c.Value(&r.records[i]); v.Known {
				upTo[i+1] = running{upTo[i].sum + v.N, upTo[i].rows + 1}
			}
		}
		s.upTo[c.Index] = upTo
	}
}

// addsUp reports a column whose figures can be held against a total.
func (r *reader) addsUp(c *form.Column) bool {
	b := r.head.bound[c.Index]
	return b.at != 0 && (c.Type == form.AmountType || c.Type == form.CountType) && !r.sums.unread[c.Index] && b.doubt == nil
}

// A scope is a run of records that a total may be of, or those of them that have a word.
type scope struct {
	from, to int
	of       group
}

// mostRuns bounds the marks that a run is tried to, above the total and below it.
const mostRuns = 50

// scopes are the runs of rows that the mark i may total, the likeliest first. A run ends at
// the total or at another mark: 合计 is of all rows, 小计 of those before it or, where the
// first 小计 has no rows before it, of those after it, a section of those after it. Where
// the label is a word of a column it may be of the rows that have it.
func (r *reader) scopes(i int) []scope {
	m, end := r.sums.marks[i], len(r.records)
	var before, after []scope
	for j, last := i-1, m.records; j >= max(0, i-mostRuns); j-- {
		if from := r.sums.marks[j].records; from < last {
			before = append(before, scope{from: from, to: m.records})
			last = from
		}
	}
	for j, last := i+1, m.records; j < min(len(r.sums.marks), i+mostRuns); j++ {
		if to := r.sums.marks[j].records; to > last {
			after = append(after, scope{from: m.records, to: to})
			last = to
		}
	}
	all := []scope{{from: 0, to: end}}
	before, after = append(before, scope{from: 0, to: m.records}), append(after, scope{from: m.records, to: end})
	parts := total.FindStringSubmatch(m.label)
	var scopes []scope
	switch {
	case m.kind == sectionRow:
		scopes = slices.Concat(after, before, all)
	case parts != nil && parts[1] == "" && !strings.HasPrefix(parts[2], "小"):
		scopes = slices.Concat(all, before, after)
	case r.sums.totalsFirst:
		scopes = slices.Concat(after, before, all)
	default:
		scopes = slices.Concat(before, after, all)
	}
	if of := r.groupOf(m.label); of.column != nil {
		scopes = append(scopes, scope{0, end, of})
	}
	return scopes
}

// checkTotals holds every total, amount by amount, against the rows that it may be of. It
// is asked about only if it fits none.
func (r *reader) checkTotals() {
	for i, m := range r.sums.marks {
		if m.apart {
			continue
		}
		scopes := r.scopes(i)
		for _, c := range r.head.form.Columns {
			r.checkTotal(m, scopes, c)
		}
		if number := counted.FindStringSubmatch(m.label); number != nil {
			r.checkCount(m, scopes, number[1])
		}
	}
}

func (r *reader) checkTotal(m mark, scopes []scope, c *form.Column) {
	stated, ok := r.stated(m, c)
	if !ok || slices.ContainsFunc(scopes, func(s scope) bool { return r.addsUpTo(stated, c, s) }) {
		return
	}
	sum := r.sum(c, scopes[0]).sum
	cell := m.line.at(r.head.bound[c.Index].at)
	r.find(TotalApart, m.line, cell, c, cell.Raw, c.Spell(ledger.Number(sum)))
}

// stated is the total that a row states of a column; false where there is none to check.
func (r *reader) stated(m mark, c *form.Column) (total int64, ok bool) {
	if r.sums.upTo[c.Index] == nil || r.sums.finest[c.Index] == 0 {
		return 0, false
	}
	b := r.head.bound[c.Index]
	cell := m.line.at(b.at)
	if !holds(cell) || cell.Kind == sheet.Text && b.at == m.line.cells[0].Column {
		return 0, false
	}
	v := readValue(c, cell, r.unitOf(c, b), r.calendar()).value
	return v.N, v.Known
}

// addsUpTo reports whether the rows of a scope add up to a total, within half the unit shown
// a row.
func (r *reader) addsUpTo(total int64, c *form.Column, s scope) bool {
	got := r.sum(c, s)
	apart := new(big.Int).Sub(big.NewInt(total), big.NewInt(got.sum))
	slack := new(big.Int).Mul(big.NewInt(r.sums.finest[c.Index]), big.NewInt(int64(got.rows)))
	return apart.Abs(apart).Lsh(apart, 1).Cmp(slack) <= 0
}

// sum adds up a column over a scope.
func (r *reader) sum(c *form.Column, s scope) running {
	if s.of.column == nil {
		to, from := r.sums.upTo[c.Index][s.to], r.sums.upTo[c.Index][s.from]
		return running{to.sum - from.sum, to.rows - from.rows}
	}
	var some running
	for i := s.from; i < s.to; i++ {
		if v := c.Value(&r.records[i]); v.Known && s.holds(&r.records[i]) {
			some = running{some.sum + v.N, some.rows + 1}
		}
	}
	return some
}

// holds reports whether a record is one of those that have the scope's word.
func (s scope) holds(record *ledger.Record) bool {
	return s.of.column == nil || slices.Contains(s.of.column.Value(record).List(), s.of.word)
}

// isTotal reports whether a row in doubt is the sum of its neighbours: every figure of it is,
// over the same two rows or more; or two figures that are not zero, over one. It must not
// say what no sum says.
func (r *reader) isTotal(i int) bool {
	m := r.sums.marks[i]
	if r.head.form.Whole != nil && r.holdsRate(m.line) {
		return false
	}
	return slices.ContainsFunc(r.scopes(i), func(s scope) bool {
		figures := 0
		for _, c := range r.head.form.Columns {
			switch total, ok := r.stated(m, c); {
			case !ok:
			case !r.addsUpTo(total, c, s):
				return false
			case total != 0:
				figures++
			}
		}
		return figures > 1 || figures > 0 && s.to-s.from > 1
	})
}

func (r *reader) checkCount(m mark, scopes []scope, stated string) {
	n, err := strconv.Atoi(stated)
	if err != nil {
		return
	}
	count := func(s scope) (n int) {
		for i := s.from; i < s.to; i++ {
			if s.holds(&r.records[i]) {
				n++
			}
		}
		return n
	}
	if !slices.ContainsFunc(scopes, func(s scope) bool { return count(s) == n }) {
		r.find(CountApart, m.line, m.line.cells[0], nil, stated, strconv.Itoa(count(scopes[0])))
	}
}
