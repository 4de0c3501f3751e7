package importer

import (
	"slices"
	"strings"

	"huizong/internal/ledger"
)

// columns says of each column of the form whether a table has it.
func (p *part) columns() string {
	has := make([]byte, len(p.rows.head.bound))
	for i := range has {
		has[i] = '0'
		if p.has(i) {
			has[i] = '1'
		}
	}
	return string(has)
}

// twoHalves reports whether tables may be two halves of one, by their columns: each has some that the other lacks.
func twoHalves(right, left string) bool {
	more, fewer := 0, 0
	for i := range right {
		switch {
		case right[i] > left[i]:
			more++
		case right[i] < left[i]:
			fewer++
		}
	}
	return more >= 2 && fewer >= 2
}

// goesOn reports whether a table is the right half of an earlier one (续表) of which it may be: most of its rows
// are the other's, by name or by serial number.
func (m *merger) goesOn(p, earlier *part) bool {
	shared := 0
	for _, left := range m.leftHalves(p, earlier) {
		if left != nil {
			shared++
		}
	}
	return 2*shared >= len(p.Records)
}

// joinHalves puts the right halves of tables into the left ones, row by row, and gives the
// tables that are left.
func (m *merger) joinHalves(parts []*part) []*part {
	var whole []*part
	lefts := map[string][]int{} // the places in whole of tables with rows, ascending, by their columns
	for _, p := range parts {
		if p.rows == nil || len(p.Records) == 0 {
			whole = append(whole, p)
			continue
		}
		i, columns := len(whole), p.columns()
		for left, places := range lefts {
			if !twoHalves(columns, left) {
				continue
			}
			if at := slices.IndexFunc(places, func(at int) bool { return at < i && m.goesOn(p, whole[at]) }); at >= 0 {
				i = places[at]
			}
		}
		if i == len(whole) {
			whole = append(whole, p)
		} else {
			was := whole[i].columns()
			lefts[was] = slices.DeleteFunc(lefts[was], func(at int) bool { return at == i })
			m.joinHalf(whole[i], p)
			columns = whole[i].columns()
		}
		at, _ := slices.BinarySearch(lefts[columns], i)
		lefts[columns] = slices.Insert(lefts[columns], at, i)
	}
	return whole
}

// joinHalf joins a right half to its left one. Its rows are no data of their own; one that
// goes on none is sent back.
func (m *merger) joinHalf(left, right *part) {
	names := map[ledger.Place]string{}
	var alone []ledger.Record
	for i, own := range m.leftHalves(right, left) {
		record := &right.Records[i]
		if own == nil {
			alone = append(alone, *record)
			left.Findings = append(left.Findings,
				m.about(right, RestAlone, record.Place, m.cellOf(right, record, m.form.Entity.Column), m.form.Name(record), ""))
			continue
		}
		for _, c := range m.differ(own, record) {
			m.disagree(RowsApart, right, record, c, m.otherwise(left, own, c))
			m.disagree(RowsApart, left, own, c, m.otherwise(right, record, c))
		}
		if !m.complete(own, record) {
			own.Rest = append(own.Rest, record.Place)
		}
		names[ledger.Place{Row: record.Row, Sheet: record.Sheet}] = m.form.Name(own)
		right.Subtotal++
	}
	left.Records = append(left.Records, alone...)
	left.Subtotal += right.Subtotal
	left.Blank += right.Blank
	left.Content = contentOfAll([]string{left.Content, right.Content})
	m.joinFindings(left, right, names)
	for _, c := range m.form.Columns {
		if !left.has(c.Index) && right.has(c.Index) {
			left.rows.head.bound[c.Index] = right.rows.head.bound[c.Index]
		}
	}
}

// joinFindings puts the findings of both halves together, without those of a column that a
// half lacks and the other has, and of right halves that say the same of different rows; names
// are those of the rows that the right half's go on.
func (m *merger) joinFindings(left, right *part, names map[ledger.Place]string) {
	has := map[string]bool{}
	for _, c := range m.form.Columns {
		has[c.Name] = left.has(c.Index) || right.has(c.Index)
	}
	left.Findings = slices.DeleteFunc(append(left.Findings, right.Findings...), func(f ledger.Finding) bool {
		_, joined := names[m.Spot(f)]
		return missing(f) && has[f.Field] || f.Code == RowRepeated && joined
	})
	for i := range left.Findings {
		f := &left.Findings[i]
		if name, joined := names[m.Spot(*f)]; joined && f.Entity == "" {
			f.Entity = name
		}
	}
}

// leftHalves finds for each row of a right half the row that it goes on: by name where it
// has one, else by serial number. Of rows that bear one name or number the first goes on the
// first; numbers that stand twice go only where both halves have as many rows.
func (m *merger) leftHalves(right, left *part) []*ledger.Record {
	named := right.has(m.form.Entity.Index)
	key := func(p *part, r *ledger.Record) string {
		if named {
			return m.County.FoldName(m.form.Name(r))
		}
		return p.serial(r)
	}
	open := map[string][]*ledger.Record{}
	twice := false
	for i := range left.Records {
		record := &left.Records[i]
		if k := key(left, record); k != "" && !record.Repeated {
			twice = twice || len(open[k]) > 0
			open[k] = append(open[k], record)
		}
	}
	lefts := make([]*ledger.Record, len(right.Records))
	if !named && twice && len(left.Records) != len(right.Records) {
		return lefts
	}
	for i := range right.Records {
		k := key(right, &right.Records[i])
		if same := open[k]; k != "" && len(same) > 0 {
			lefts[i], open[k] = same[0], same[1:]
		}
	}
	return lefts
}

// serial is what stands under 序号 in a row.
func (p *part) serial(r *ledger.Record) string {
	column := p.rows.head.ordinal
	if column == 0 {
		return ""
	}
	l := p.page.lines[p.page.find(r.Row)]
	return strings.TrimSuffix(ledger.Fold(l.at(column).Raw), ".")
}

// goesOnBelow reports whether a header may be that of a right half of the table before: it
// names its rows, has at least two columns that the table lacks, and lacks two that it has.
func goesOnBelow(h *header, before *table) bool {
	if before == nil || h.form != before.form || h.ordinal == 0 && h.bound[h.form.Entity.Index].at == 0 {
		return false
	}
	above := dictionaryOf(h.form).read(before.headings, ledger.Period{})
	more, fewer := 0, 0
	for i := range h.bound {
		switch has, had := h.bound[i].at != 0, above.bound[i].at != 0; {
		case has && !had:
			more++
		case had && !has:
			fewer++
		}
	}
	return more >= 2 && fewer >= 2
}

// saidToGoOn reports whether the line above a header, or the sheet's name, says 续表.
func saidToGoOn(p *page, head int) bool {
	return saysGoingOn(p.name) || head > 0 && goesOnLine(&p.lines[head-1])
}

func goesOnLine(l *line) bool { return len(l.cells) <= 3 && saysGoingOn(l.cells[0].Raw) }

func saysGoingOn(text string) bool {
	if len(text) > longestLabel || !strings.Contains(text, "续") && !strings.Contains(text, "接上表") {
		return false
	}
	text = strings.Trim(ledger.Fold(text), "()")
	return text == "续" || strings.HasPrefix(text, "续表") || strings.HasPrefix(text, "续上表") || strings.HasPrefix(text, "接上表")
}
