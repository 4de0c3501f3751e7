package importer

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A reader reads the rows of one table into a return.
type reader struct {
	in     Config
	page   *page
	head   *header
	sheet  sheetUnit
	period ledger.Period

	records  []ledger.Record
	fields   []ledger.Field // of the record that is being read
	subtotal int
	blank    int
	findings []ledger.Finding
	foot     title // signatures and statements among the rows

	uses    []use          // of the sheet's columns
	habit   habit          // of the rows
	above   []ledger.Field // the last value of each column that words fill down from
	from    []int          // the row that it stands in
	ended   int            // the last total or section: the office does not fill down from above it
	merged  map[sheet.Range]bool
	waiting []undecided
	seen    map[string]int // rows read, by what they say
	hidden  []int          // hidden rows that were read
	fresh   bool           // below a header
	noted   bool           // notes have begun
	parts   bool           // 其中 has begun: the labels that follow are parts of a total
	samples []sample
	words   map[string]group // of the columns, by what rows may be labelled with; nil until it is needed
	sums    sums

	bare    []ledger.Field // by column: the first figure of which nobody says the unit
	follows bool           // such are taken to be in 万元

	says   []saying              // what is said above the rows that come
	headed int                   // the records before the last section row; -1 if there is none
	gave   map[*form.Column]bool // columns that a row had from what is said above it

	left   map[int]string // columns that no column of the form is, with their first values' cells
	extras map[int]extraColumn
}

// A sample is an example row, which is not read.
type sample struct{ cell, label string }

// undecided is a rate of which the finished row tells whether it is a percentage.
type undecided struct {
	record   int
	column   *form.Column
	fraction ledger.Value // what it is as a fraction; the record holds it as a percentage
}

// readRows goes through the lines below a header, which the rows may show to mean something
// else than it says: what it means then is the head of the reader; says is what stands above
// them. Rows without a value between them are counted as blank; those below the last are not seen.
func readRows(in Config, p *page, head *header, unit sheetUnit, period ledger.Period, lines []line, says []saying) *reader {
	n := len(head.form.Columns)
	r := &reader{in: in, page: p, head: head, sheet: unit, period: period,
		fields: make([]ledger.Field, n), above: make([]ledger.Field, n), from: make([]int, n), merged: map[sheet.Range]bool{}, seen: map[string]int{}, sums: newSums(n),
		bare: make([]ledger.Field, n), follows: unit.money.kind == noKind && head.follow(),
		says: says, headed: -1, gave: map[*form.Column]bool{}, left: map[int]string{}, extras: map[int]extraColumn{}}
	r.uses, r.fresh = usesOf(head), true
	gists := make([]gist, len(lines))
	for i := range lines {
		gists[i] = r.gistOf(&lines[i])
	}
	r.habit = habitOf(lines, gists)
	last := r.head.bottom
	for i := range lines {
		if len(r.findings) > in.Limits.Findings { // the file will be refused
			break
		}
		l := &lines[i]
		r.blank += l.number - last - 1
		last = l.number
		if l.hidden {
			r.hidden = append(r.hidden, l.number)
		}
		switch kind, label := r.kindOf(l, gists[i]); kind {
		case dataRow:
			r.record(l)
			r.fresh, r.parts = false, false
		case blankRow:
			r.blank++
		default:
			r.aside(l, kind, label)
		}
	}
	r.settleDoubts()
	r.settleRates()
	r.settleUnits()
	r.settleTotals()
	r.nameSamples()
	return r
}

// aside takes note of a row that is no data.
func (r *reader) aside(l *line, kind rowKind, label string) {
	if kind != doubtRow {
		r.subtotal++
	}
	switch kind {
	case totalRow, sectionRow, doubtRow:
		r.sums.mark(l, kind, label, len(r.records), r.parts)
		r.ended = l.number
		if kind == sectionRow {
			r.section(l, label)
		}
	case partRow:
		r.parts = true
	case headingRow:
		r.fresh = true
	case sampleRow:
		cell := l.at(r.entity().at)
		if !holds(cell) {
			cell = l.cells[0]
		}
		r.samples = append(r.samples, sample{sheet.Ref(cell.Column, l.number), tidy(cell.Raw)})
	case noteRow:
		r.noted = true
		if r.foot.fields == nil {
			r.foot = title{fields: map[string]string{}, refs: map[string]string{}}
		}
		r.foot.add(r.page.titleLine(l))
	}
}

// nameSamples tells of the examples that were passed over.
func (r *reader) nameSamples() {
	if len(r.samples) == 0 {
		return
	}
	labels := make([]string, len(r.samples))
	for i, s := range r.samples {
		labels[i] = s.label
	}
	r.findings = append(r.findings, ledger.Finding{Code: ExampleRow, Cell: r.samples[0].cell, Found: strings.Join(labels, "、")})
}

func (r *reader) entity() binding { return r.head.bound[r.head.form.Entity.Index] }

// figures reports a column of numbers, which never fill down.
func figures(c *form.Column) bool {
	return c.Type == form.AmountType || c.Type == form.RateType || c.Type == form.CountType
}

// record reads a data row.
func (r *reader) record(l *line) {
	record := ledger.Record{Place: ledger.Place{Row: l.number}, Key: r.page.marks[l.number].Key}
	from := len(r.findings)
	for i, c := range r.head.form.Columns {
		r.fields[i] = ledger.Field{}
		if b := r.head.bound[i]; b.at != 0 {
			r.fields[i] = r.field(c, b, l)
		}
	}
	r.give(r.fields)
	record.Fields = ledger.Pack(r.fields)
	r.extra(&record, l)
	r.records = append(r.records, record)
	key := sayings(&record)
	if _, ok := r.seen[key]; ok {
		r.records[len(r.records)-1].Repeated = true
		r.find(RowRepeated, l, l.cells[0], nil, "", "只保留第"+strconv.Itoa(r.seen[key])+"行")
	} else {
		r.seen[key] = l.number
	}
	for i := range r.findings[from:] {
		if f := &r.findings[from+i]; f.Row == record.Row {
			f.Entity = r.head.form.Name(&record)
		}
	}
}

// field reads one column of a row.
func (r *reader) field(c *form.Column, b binding, l *line) ledger.Field {
	cell := l.at(b.at)
	merge, covered := r.page.mergedOver(l.number, b.at)
	if !holds(cell) {
		return r.fillDown(c, b, l, merge, covered)
	}
	field := ledger.Field{Cell: ledger.Cell{Column: b.at, Row: l.number}, Raw: cell.Raw}
	switch {
	case ditto(cell):
		return r.repeat(c, field, l, cell)
	case !figures(c) && asLeft(cell) && l.at(b.at-1).Kind == sheet.Text && !ditto(l.at(b.at-1)):
		cell = l.at(b.at - 1)
		field.Did = "同左"
	}
	if covered {
		r.find(MergedContents, l, cell, c, cell.Raw, "")
	}
	got := readValue(c, cell, r.unitOf(c, b), r.calendar())
	field.Value, field.Unit = got.value, got.unit
	if len(got.did) > 0 {
		field.Did = join(field.Did, strings.Join(got.did, "；"))
	}
	if got.fraction.Known {
		r.waiting = append(r.waiting, undecided{len(r.records), c, got.fraction})
	}
	if got.wrong != nil {
		r.find(got.wrong, l, cell, c, seen(cell, r.page.date1904), got.expected)
	}
	r.sums.shown(c, got)
	if got.bare {
		field.Unit = ""
		if r.bare[c.Index].Cell == (ledger.Cell{}) {
			r.bare[c.Index] = field
		}
	}
	if field.Value.Known {
		r.above[c.Index], r.from[c.Index] = field, l.number
	}
	return field
}

func (r *reader) calendar() calendar { return calendar{r.page.date1904, r.period} }

// unitOf is the unit of a column: its heading's, else the sheet's for money and land. In a template each cell of a rate has the
// format of a percentage: one without it was saved by a program that drops formats, and may be a fraction.
func (r *reader) unitOf(c *form.Column, b binding) unit {
	switch {
	case c.Type == form.RateType && r.page.marks != nil:
		return unit{}
	case b.unit.kind != noKind:
		return b.unit
	case c.Type == form.AmountType:
		return r.sheet.unitOf(money)
	case c.Role == form.RoleLand:
		return r.sheet.unitOf(area)
	}
	return noUnit
}

// fillDown gives a blank cell what stands above it, where the sheet says that it is the
// same: words, where cells are merged; and the office in charge, which staff write once
// for all its rows up to the next total or section. A merged figure belongs to its first row.
func (r *reader) fillDown(c *form.Column, b binding, l *line, merge sheet.Range, covered bool) ledger.Field {
	blank := ledger.Field{Cell: ledger.Cell{Column: b.at, Row: l.number}}
	above := r.above[c.Index]
	switch {
	case !above.Value.Known:
		return blank
	case covered && r.from[c.Index] >= merge.FromRow && figures(c):
		if !r.merged[merge] {
			r.merged[merge] = true
			r.findings = append(r.findings, ledger.Finding{Code: MergedFigure, Row: r.from[c.Index], Cell: above.Cell.String(),
				Entity: r.nameAt(r.from[c.Index]), Field: c.Name, Found: above.Raw})
		}
		return blank
	case covered && r.from[c.Index] >= merge.FromRow:
		above.Did = "合并单元格，同上"
		return above
	case !covered && c.Identity && c != r.head.form.Entity.Column && r.from[c.Index] > r.ended:
		above.Did = "空白，同上"
		return above
	}
	return blank
}

// nameAt is the entity of the record of a row above.
func (r *reader) nameAt(row int) string {
	for i := range slices.Backward(r.records) {
		if r.records[i].Row == row {
			return r.head.form.Name(&r.records[i])
		}
	}
	return ""
}

// repeat reads 同上: the words above, never a figure.
func (r *reader) repeat(c *form.Column, field ledger.Field, l *line, cell sheet.Cell) ledger.Field {
	above := r.above[c.Index]
	switch {
	case figures(c):
		r.find(FigureDitto, l, cell, c, cell.Raw, "")
		r.sums.unread[c.Index] = true
		return field
	case !above.Value.Known:
		r.find(NothingAbove, l, cell, c, cell.Raw, "")
		return field
	}
	field.Value, field.Unit, field.Did = above.Value, above.Unit, "同上"
	return field
}

// bareRecord reads the cells of a row that may be no data: nothing fills down into it, and
// nothing is asked of it.
func (r *reader) bareRecord(l *line) ledger.Record {
	record := ledger.Record{Place: ledger.Place{Row: l.number}}
	fields := make([]ledger.Field, len(r.head.form.Columns))
	for i, c := range r.head.form.Columns {
		b := r.head.bound[i]
		if b.at == 0 {
			continue
		}
		cell := l.at(b.at)
		fields[i] = ledger.Field{Cell: ledger.Cell{Column: b.at, Row: l.number}, Raw: cell.Raw}
		if holds(cell) {
			got := readValue(c, cell, r.unitOf(c, b), r.calendar())
			fields[i].Value, fields[i].Unit = got.value, got.unit
		}
	}
	record.Fields = ledger.Pack(fields)
	r.extra(&record, l)
	return record
}

// extra keeps what stands in columns that the form does not know, by their headings.
func (r *reader) extra(record *ledger.Record, l *line) {
	for i, cell := range l.cells {
		column, met := r.extras[cell.Column]
		if !met {
			column = r.extraColumn(cell.Column)
			r.extras[cell.Column] = column
		}
		name := column.name
		if column.known {
			continue
		}
		if record.Extra == nil {
			record.Extra = make(map[string]string, len(l.cells)-i)
		}
		if _, twice := record.Extra[name]; twice {
			name += "（" + sheet.ColumnName(cell.Column) + "列）"
		}
		record.Extra[name] = cell.Raw
		if r.left[cell.Column] == "" && !blankWord(cell.Raw) {
			r.left[cell.Column] = sheet.Ref(cell.Column, l.number)
		}
	}
}

// An extraColumn is a column of the sheet that the form may not know: what it is called then.
type extraColumn struct {
	known bool
	name  string
}

func (r *reader) extraColumn(column int) extraColumn {
	if column == r.head.ordinal || slices.ContainsFunc(r.head.bound, func(b binding) bool { return b.at == column }) {
		return extraColumn{known: true}
	}
	if i := slices.IndexFunc(r.head.extra, func(h *heading) bool { return h.column == column }); i >= 0 {
		return extraColumn{name: r.head.extra[i].String()}
	}
	return extraColumn{name: sheet.ColumnName(column) + "列"}
}

// sayings is all that a row says, to tell rows that say the same.
func sayings(record *ledger.Record) string {
	var b strings.Builder
	for i, field := range record.Fields.All() {
		v, raw := field.Value, ""
		if !v.Known {
			raw = field.Raw
		}
		if v.Known || raw != "" {
			b.WriteString(strconv.Itoa(i) + strconv.FormatBool(v.Known) + strconv.FormatInt(v.N, 36) + "\x00" + v.S + "\x00" + raw + "\x00")
		}
	}
	if len(record.Extra) == 0 {
		return b.String()
	}
	names := slices.AppendSeq(make([]string, 0, len(record.Extra)), maps.Keys(record.Extra))
	slices.Sort(names)
	for _, name := range names {
		b.WriteString(name + "\x00" + record.Extra[name] + "\x00")
	}
	return b.String()
}

// find raises a finding at a cell of a row.
func (r *reader) find(code *ledger.Code, l *line, cell sheet.Cell, c *form.Column, found, expected string) {
	f := ledger.Finding{Code: code, Row: l.number, Cell: sheet.Ref(cell.Column, l.number), Found: tidy(found), Expected: expected}
	if c != nil {
		f.Field = c.Name
	}
	r.findings = ledger.Add(r.findings, f)
}
