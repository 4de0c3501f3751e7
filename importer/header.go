package importer

import (
	"cmp"
	"slices"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A heading is what the header says above one column, from the top down.
type heading struct {
	column, row int // of its lowest cell
	levels      []label
	below       wording // what a row of units alone says, below the names
	keys        []string
	senses      []string
}

// names are what the heading is compared by, best first: all its levels, then without the
// uppermost, at last the lowest alone.
func (h *heading) names() []string {
	if h.keys == nil {
		for from := range h.levels {
			h.keys = append(h.keys, joined(h.levels[from:])...)
		}
	}
	return h.keys
}

// says are the senses that the heading is compared by where no name is the same, best first.
func (h *heading) says() []string {
	if h.senses == nil {
		h.senses = []string{}
		last := len(h.levels) - 1
		for from := range last {
			h.senses = append(h.senses, sensesOf(h.levels[from:])...)
		}
		h.senses = append(h.senses, h.levels[last].senses...)
	}
	return h.senses
}

func (h *heading) ref() string { return sheet.Ref(h.column, h.row) }

// String is the heading as people read it: 2024年投资/完成.
func (h *heading) String() string {
	texts := make([]string, len(h.levels))
	for i, l := range h.levels {
		texts[i] = l.text
	}
	return strings.Join(texts, "/")
}

// units are the units that the heading names, in its lowest level that names one.
func (h *heading) units() wording {
	if !h.below.silent() {
		return h.below
	}
	for _, l := range slices.Backward(h.levels) {
		if !l.units.silent() {
			return l.units
		}
	}
	return wording{}
}

// time is the year and month that the heading names, 0 where it names none.
func (h *heading) time() (year, month int) {
	for _, l := range h.levels {
		year, month = cmp.Or(l.year, year), cmp.Or(l.month, month)
	}
	return year, month
}

// A header is the heading of a table, with the columns of a form that it was found to mean.
type header struct {
	form        *form.Form
	top, bottom int        // rows
	bound       []binding  // by column of the form; at 0 where the table has none
	matched     int        // columns of the form that were found
	required    int        // and of them the required ones
	ordinal     int        // the column of 序号; 0 if there is none
	extra       []*heading // columns that no form knows
	wrong       []misnomer
}

// A binding ties a column of the form to a column of the sheet.
type binding struct {
	at    int
	unit  unit
	head  *heading
	doubt *form.Ambiguity // the heading has more than one meaning; at stands under the first
}

// A misnomer is a finding of a heading.
type misnomer struct {
	code     *ledger.Code
	column   *form.Column
	head     *heading
	expected string
}

// deepest is the most rows that a header may have.
const deepest = 4

// widest is the most columns that a header may have.
const widest = 512

// headings flattens the header rows: a merged cell speaks for all the columns it covers,
// and a group label that was not merged for the blank cells to its right, where there is
// something below.
func (p *page) headings(top, bottom int) []heading {
	rows, columns := p.grid(top, bottom)
	var all []heading
	for _, column := range columns {
		h := heading{column: column}
		for r, row := range rows {
			cell := row[column]
			grouped := slices.ContainsFunc(rows[r+1:], func(row map[int]headCell) bool { return row[column].own })
			if left := row[column-1]; cell.text == "" && grouped && left.own && left.group {
				cell = left
			}
			cell.group = grouped
			row[column] = cell
			if n := len(h.levels); cell.text == "" || n > 0 && h.levels[n-1].text == ledger.Fold(cell.text) {
				continue
			}
			switch l := p.label(cell.text); {
			case len(l.keys) > 0:
				h.levels = append(h.levels, l)
				h.row = cell.row
			case !l.units.silent():
				h.below = l.units
			}
		}
		if len(h.levels) > 0 {
			all = append(all, h)
		}
	}
	return all
}

// A headCell is the text that stands for a cell of the header, and the row it stands in.
type headCell struct {
	text  string
	row   int
	own   bool // not from a merge
	group bool // there is something below
}

// grid lays the header out, and gives the columns that have a cell of their own in it.
func (p *page) grid(top, bottom int) (rows []map[int]headCell, columns []int) {
	rows = make([]map[int]headCell, bottom-top+1)
	for r := range rows {
		rows[r] = map[int]headCell{}
	}
	for i := p.find(top); i < len(p.lines) && p.lines[i].number <= bottom; i++ {
		row := p.lines[i].number
		for _, cell := range p.lines[i].cells {
			rows[row-top][cell.Column] = headCell{text: cmp.Or(unmarked(cell), cell.Raw), row: row, own: true}
			columns = append(columns, cell.Column)
		}
	}
	slices.Sort(columns)
	columns = slices.Compact(columns)
	columns = columns[:min(len(columns), widest)]
	for _, m := range p.merges {
		if m.FromRow < top || m.FromRow > bottom || rows[m.FromRow-top][m.FromColumn].text == "" || !p.search.takes(len(columns)) {
			continue
		}
		anchor := rows[m.FromRow-top][m.FromColumn]
		anchor.own = false
		for _, column := range columns {
			for row := m.FromRow; row <= min(m.ToRow, bottom) && m.FromColumn <= column && column <= m.ToColumn; row++ {
				if rows[row-top][column].text == "" {
					rows[row-top][column] = anchor
				}
			}
		}
	}
	return rows, columns
}

// unitRow reports a row that gives the columns above it their units and says nothing else.
func (p *page) unitRow(row int) bool {
	i := p.find(row)
	if i == len(p.lines) || p.lines[i].number != row || len(p.lines[i].cells) < 2 {
		return false
	}
	return !slices.ContainsFunc(p.lines[i].cells, func(cell sheet.Cell) bool {
		if cell.Kind != sheet.Text || len(cell.Raw) > longestLabel {
			return true
		}
		l := p.label(cell.Raw)
		return len(l.keys) > 0 || l.units.silent()
	})
}

// A match is one way to read a heading: as a column, the better the lower its rank.
type match struct {
	head   *heading
	claim  claim
	rank   int
	full   string       // the key of the whole heading
	untime *ledger.Code // the heading names another year or month than the period's
}

// read finds what a header means under a form. The official name of a column wins over an
// alias, the whole path of a heading over its lowest level, a heading with the fitting
// unit over one without. period is zero while it is not known.
func (d *dictionary) read(headings []heading, period ledger.Period) *header {
	h := &header{form: d.form, bound: make([]binding, len(d.form.Columns))}
	var matches []match
	for i := range headings {
		matches = append(matches, d.matches(&headings[i], period)...)
	}
	slices.SortStableFunc(matches, func(a, b match) int { return cmp.Compare(a.rank, b.rank) })
	used := map[int]bool{}
	rivals := map[*form.Column]bool{}
	for i, m := range matches {
		c := m.claim.column
		if m.untime != nil || used[m.head.column] || rivals[c] || h.bound[c.Index].at != 0 {
			continue
		}
		if rival := rivalOf(m, matches[i+1:], used); rival != nil {
			rivals[c] = true
			h.wrong = append(h.wrong, misnomer{ColumnsRival, c, rival.head, ""})
			continue
		}
		h.bind(c, m.head)
		used[m.head.column] = true
	}
	h.resolve(d, headings, period, used)
	h.late(matches, used, rivals)
	for i := range headings {
		if !used[headings[i].column] {
			h.leave(&headings[i])
		}
	}
	return h
}

// rivalOf finds another heading that is the column just as well, but reads differently.
func rivalOf(m match, later []match, used map[int]bool) *match {
	for i := range later {
		other := &later[i]
		if other.rank != m.rank {
			return nil
		}
		if other.claim.column == m.claim.column && other.head != m.head && other.full != m.full && other.untime == nil && !used[other.head.column] {
			return other
		}
	}
	return nil
}

func (d *dictionary) matches(h *heading, period ledger.Period) []match {
	var all []match
	unit := h.units().first()
	keys := h.names()
	for i, key := range keys {
		for _, claim := range d.claims[key] {
			if !unit.suits(claim.column.Type) || slices.ContainsFunc(all, func(m match) bool { return m.claim.column == claim.column }) {
				continue
			}
			m := match{head: h, claim: claim, rank: 4 * i, full: keys[0], untime: untimely(h, claim.column, period)}
			if claim.alias {
				m.rank += 2
			}
			if unit.confirms(claim.column.Type) {
				m.rank--
			}
			all = append(all, m)
		}
	}
	if all != nil {
		return all
	}
	for i, sense := range h.says() {
		if c := only(d.senses[sense], unit); c != nil && d.doubts[sense] == nil {
			return []match{{head: h, claim: claim{c, true}, rank: bySense + i, full: keys[0], untime: untimely(h, c, period)}}
		}
	}
	return nil
}

// bySense ranks headings that have the sense of a column behind those that have its name.
const bySense = 100

// only is the one column that a sense may mean, of those that a unit suits; nil if there are several.
func only(claims []claim, unit unit) *form.Column {
	var one *form.Column
	for _, claim := range claims {
		switch {
		case !unit.suits(claim.column.Type):
		case one != nil:
			return nil
		default:
			one = claim.column
		}
	}
	return one
}

// untimely finds that a heading names another year or month than the period's. What stood
// at the end of last year (上年底) names that year and no month.
func untimely(h *heading, c *form.Column, period ledger.Period) *ledger.Code {
	year, month := h.time()
	if period.IsZero() || c.Type == form.DateType || c.Type == form.SpanType {
		return nil
	}
	expected := period.Year
	if c.Role == form.RoleLastYear {
		expected--
	}
	switch {
	case year != 0 && year != expected:
		return HeadingYear
	case month != 0 && month != period.Month && expected == period.Year:
		return HeadingMonth
	}
	return nil
}

// unit is the unit of money of the table: the sheet's, else that of the first heading of
// money that names one.
func (h *header) unit(stated unit) unit {
	for _, b := range h.bound {
		if stated.kind == noKind && b.unit.kind == money {
			return b.unit
		}
	}
	return stated
}

func (h *header) bind(c *form.Column, head *heading) *binding {
	units := head.units()
	h.bound[c.Index] = binding{at: head.column, unit: units.of(c), head: head}
	h.matched++
	if c.Need == form.Required {
		h.required++
	}
	switch unclear := h.bound[c.Index].unit.kind == twoKinds; {
	case units.alien != "" && c.Type == form.AmountType:
		h.wrong = append(h.wrong, misnomer{UnitUnknown, c, head, knownMoney})
	case units.alienArea != "" && unclear:
		h.wrong = append(h.wrong, misnomer{AreaUnknown, c, head, ""})
	case unclear:
		h.wrong = append(h.wrong, misnomer{UnitsDisagree, c, head, ""})
	}
	return &h.bound[c.Index]
}

// resolve binds ambiguous headings: to the one meaning that is left, where the others have
// their own columns, else to the first, in doubt until the rows are read.
func (h *header) resolve(d *dictionary, headings []heading, period ledger.Period, used map[int]bool) {
	for i := range headings {
		head := &headings[i]
		if used[head.column] {
			continue
		}
		for _, doubt := range d.doubtsOf(head) {
			if wrong := untimely(head, doubt.Meanings[0].Column, period); wrong != nil {
				h.wrong = append(h.wrong, misnomer{wrong, doubt.Meanings[0].Column, head, ""})
				break
			}
			open := slices.DeleteFunc(slices.Clone(doubt.Meanings), func(r form.Meaning) bool { return h.bound[r.Column.Index].at != 0 })
			if len(open) == 0 {
				break
			}
			b := h.bind(open[0].Column, head)
			if len(open) > 1 {
				b.doubt = doubt
			}
			used[head.column] = true
			break
		}
	}
}

// doubtsOf are the ambiguities of what a heading says, the likeliest first.
func (d *dictionary) doubtsOf(head *heading) []*form.Ambiguity {
	var all []*form.Ambiguity
	for _, key := range head.names() {
		if doubt := d.doubtful[key]; doubt != nil {
			all = append(all, doubt)
		}
	}
	for _, sense := range head.says() {
		if doubt := d.doubts[sense]; doubt != nil {
			all = append(all, doubt)
		}
	}
	return all
}

// late raises what could not be taken: a column of which only another year's or month's
// heading was found, and a required column that stands twice.
func (h *header) late(matches []match, used map[int]bool, rivals map[*form.Column]bool) {
	told := map[*form.Column]bool{}
	for _, m := range matches {
		c := m.claim.column
		switch {
		case used[m.head.column] || told[c] || rivals[c]:
		case m.untime != nil && h.bound[c.Index].at == 0:
			h.wrong = append(h.wrong, misnomer{m.untime, c, m.head, ""})
			told[c] = true
		case m.untime == nil && c.Need == form.Required && h.bound[c.Index].at != 0 && m.full == h.bound[c.Index].head.names()[0]:
			h.wrong = append(h.wrong, misnomer{ColumnTwice, c, m.head, ""})
			told[c] = true
		}
	}
	for _, c := range h.form.Columns {
		switch missing := h.bound[c.Index].at == 0 && c.Need == form.Required; {
		case missing && c.Identity:
			h.wrong = append(h.wrong, misnomer{IdentityMissing, c, nil, c.Name})
		case missing && !told[c] && !rivals[c]:
			h.wrong = append(h.wrong, misnomer{ColumnMissing, c, nil, c.Name})
		}
	}
}

var ordinals = map[string]bool{"序号": true, "序": true, "No": true, "NO": true, "No.": true, "NO.": true}

// leave keeps a heading that is no column of the form.
func (h *header) leave(head *heading) {
	if leaf := head.levels[len(head.levels)-1]; h.ordinal == 0 && ordinals[leaf.text] {
		h.ordinal = head.column
		return
	}
	h.extra = append(h.extra, head)
}
