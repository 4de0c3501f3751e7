package importer

import (
	"maps"
	"regexp"
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
	unit   unit // of money, as the title states it
	period ledger.Period

	records  []ledger.Record
	subtotal int
	blank    int
	findings []ledger.Finding
	foot     title // signatures and statements among the rows

	above   []ledger.Field // the last value of each column that words fill down from
	from    []int          // the row that it stands in
	merged  map[sheet.Range]bool
	waiting []undecided
	seen    map[string]int // rows read, by what they say
	hidden  []int          // hidden rows that were read
	noted   bool           // notes have begun
	sums    sums

	says   []saying              // what is said above the rows that come
	headed int                   // the records before the last section row; -1 if there is none
	gave   map[*form.Column]bool // columns that a row had from what is said above it
}

// undecided is a rate of which the finished row tells whether it is a percentage.
type undecided struct {
	record   int
	column   *form.Column
	fraction ledger.Value // what it is as a fraction; the record holds it as a percentage
}

// readRows goes through the lines below a header, which the rows may show to mean something
// else than it says: what it means then is the head of the reader; says is what stands above
// them. Rows without a value between
// them are counted as blank; those below the last are not seen.
func readRows(in Config, p *page, head *header, unit unit, period ledger.Period, lines []line, says []saying) *reader {
	n := len(head.form.Columns)
	r := &reader{in: in, page: p, head: head, unit: unit, period: period,
		above: make([]ledger.Field, n), from: make([]int, n), merged: map[sheet.Range]bool{}, seen: map[string]int{}, sums: newSums(n),
		says: says, headed: -1, gave: map[*form.Column]bool{}}
	last := r.head.bottom
	for i := range lines {
		l := &lines[i]
		r.blank += l.number - last - 1
		last = l.number
		if l.hidden {
			r.hidden = append(r.hidden, l.number)
		}
		switch kind := r.kindOf(l); kind {
		case dataRow:
			r.record(l)
		case blankRow:
			r.blank++
		default:
			r.subtotal++
			r.aside(l, kind)
		}
	}
	r.settleDoubts()
	r.settleRates()
	r.checkTotals()
	return r
}

// aside takes note of a row that is no data.
func (r *reader) aside(l *line, kind rowKind) {
	switch kind {
	case totalRow, sectionRow:
		r.sums.mark(l, kind, r.label(l), len(r.records))
	case noteRow:
		r.noted = true
		if r.foot.fields == nil {
			r.foot = title{fields: map[string]string{}, refs: map[string]string{}}
		}
		r.foot.line(l)
	}
	if kind == sectionRow {
		clear(r.above)
		r.section(l)
	}
}

type rowKind uint8

const (
	dataRow rowKind = iota
	blankRow
	totalRow   // 合计, 小计
	sectionRow // 一、 and （一）, an office over its projects
	partRow    // 其中: a part of what stands above
	numberRow  // the columns numbered: 1, 2, 3
	headingRow // the header again, on a new printed page
	noteRow    // notes, signatures, 零报告
)

var (
	total   = regexp.MustCompile(`^(.{0,40}?)(合计|总计|小计|共计|累计)(?:[:(].*|\d.*|共\d.*)?$`)
	section = regexp.MustCompile(`^(?:第?[一二三四五六七八九十]+(?:部分|类)?[、.:]|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+(?:部分|类)|[一二三四五六七八九十]{1,3}$|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[、.]?)`)
	note    = regexp.MustCompile(`^(?:注|备注|说明|填表说明|填报说明|编制说明|要求|附注)\d*[:.、(]`)
	ordinal = regexp.MustCompile(`^\d+(?:[.\-]\d+)*$`)
	numbers = regexp.MustCompile(`^(?:\(?\d+\)?(?:=.*)?|[甲乙丙丁戊己庚辛A-Z])$`)
	counted = regexp.MustCompile(`(\d+)(?:个|项|家|户|条|处)`)
)

// label is what a row that is no data says of itself: its first text, or its name.
func (r *reader) label(l *line) string {
	first := l.cells[0]
	if name := l.at(r.entity().at); first.Kind != sheet.Text && name.Kind == sheet.Text {
		first = name
	}
	return ledger.Fold(first.Raw)
}

func (r *reader) entity() binding { return r.head.bound[r.head.form.Entity.Index] }

// kindOf tells what a row is. A row is data unless it shows that it is not: what is in
// doubt is read, and judged, rather than passed over.
func (r *reader) kindOf(l *line) rowKind {
	entity := l.at(r.entity().at)
	texts := []string{r.label(l)}
	if entity.Kind == sheet.Text {
		texts = append(texts, ledger.Fold(entity.Raw))
	}
	words := r.words(l)
	alone := len(l.cells) == 1 && l.cells[0].Kind == sheet.Text
	for _, text := range texts {
		switch {
		case total.MatchString(text) && (words == 0 || !holds(l.at(r.head.ordinal))):
			return totalRow
		case strings.HasPrefix(text, "其中:") || text == "其中":
			return partRow
		case note.MatchString(text), signatures(l):
			return noteRow
		case words == 0 && section.MatchString(text):
			return sectionRow
		}
	}
	switch {
	case r.empty(l):
		return blankRow
	case r.unlabelled(l):
		return totalRow
	case len(r.records) == 0 && columnNumbers(l):
		return numberRow
	case r.headingAgain(l):
		return headingRow
	case alone && new(title).nothing(texts[0]):
		return noteRow
	case words == 0 && l.cells[0].Kind == sheet.Text && !holds(l.at(r.head.ordinal)) && r.isOffice(texts[0]):
		return sectionRow
	case alone && r.noted:
		return noteRow
	case alone && (r.head.ordinal == l.cells[0].Column || r.page.across[[2]int{l.number, l.cells[0].Column}] > 2):
		return sectionRow
	}
	return dataRow
}

// words counts the columns of words that a row fills besides its ordinal, its name and its
// remarks: a project has some, a total or a section has none.
func (r *reader) words(l *line) int {
	n := 0
	for i, b := range r.head.bound {
		c := r.head.form.Columns[i]
		if b.at != 0 && c != r.head.form.Entity.Column && c.Role != form.RoleRemark && !figures(c) && b.at != l.cells[0].Column && holds(l.at(b.at)) {
			n++
		}
	}
	return n
}

// figures reports a column of numbers, which never fill down.
func figures(c *form.Column) bool {
	return c.Type == form.AmountType || c.Type == form.RateType || c.Type == form.CountType
}

// signatures reports a line of labelled fields, as below a table: 填报人：… 审核人：…. The
// first cell and at least half of all are labels.
func signatures(l *line) bool {
	labels := 0
	for i, cell := range l.cells {
		place := labelled.FindStringIndex(ledger.Fold(cell.Raw))
		if place != nil && place[0] == 0 {
			labels++
		} else if i == 0 {
			return false
		}
	}
	return 2*labels >= len(l.cells)
}

func (r *reader) isOffice(text string) bool {
	_, ok := r.in.County.Unit(text)
	return ok
}

// empty reports a row prepared and not filled in: a number in front, and formulas that
// come to nothing.
func (r *reader) empty(l *line) bool {
	for _, cell := range l.cells {
		nothing := cell.Formula && (cell.Kind == sheet.Error || cell.Kind == sheet.Blank || significant(cell.Raw) == "0")
		numbered := cell.Column == r.head.ordinal && ordinal.MatchString(ledger.Fold(cell.Raw))
		if !numbered && (!nothing || cell.Column == r.entity().at) {
			return false
		}
	}
	return true
}

// unlabelled reports a total that does not say so: formulas alone, and of figures only.
func (r *reader) unlabelled(l *line) bool {
	for _, cell := range l.cells {
		i := slices.IndexFunc(r.head.bound, func(b binding) bool { return b.at == cell.Column })
		if !cell.Formula || i >= 0 && !figures(r.head.form.Columns[i]) {
			return false
		}
	}
	return true
}

// columnNumbers reports a row that numbers the columns: 1, 2, 3 or 甲, 乙, 1, 2=3+4.
func columnNumbers(l *line) bool {
	if len(l.cells) < 3 {
		return false
	}
	before := 0
	for _, cell := range l.cells {
		text := ledger.Fold(cell.Raw)
		if !numbers.MatchString(text) {
			return false
		}
		digits, _, _ := strings.Cut(strings.Trim(text, "()"), "=")
		if n, err := strconv.Atoi(digits); err == nil {
			if n != before+1 && before != 0 {
				return false
			}
			before = n
		}
	}
	return true
}

// headingAgain reports a row that repeats the header.
func (r *reader) headingAgain(l *line) bool {
	same, other := 0, 0
	for _, b := range r.head.bound {
		if b.at == 0 || !holds(l.at(b.at)) {
			continue
		}
		text := ledger.Fold(l.at(b.at).Raw)
		if slices.ContainsFunc(b.head.levels, func(level label) bool { return level.text == text }) {
			same++
		} else {
			other++
		}
	}
	return same >= 2 && same > other
}

// record reads a data row.
func (r *reader) record(l *line) {
	record := r.head.form.New()
	record.Row = l.number
	from := len(r.findings)
	for i, c := range r.head.form.Columns {
		if b := r.head.bound[i]; b.at != 0 {
			record.Fields[i] = r.field(c, b, l)
		}
	}
	r.give(&record)
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
	field := ledger.Field{Cell: sheet.Ref(b.at, l.number), Raw: cell.Raw}
	if ditto(cell) {
		return r.repeat(c, field, l, cell)
	}
	if covered {
		r.find(MergedContents, l, cell, c, cell.Raw, "")
	}
	got := readValue(c, cell, r.unitOf(c, b), r.page.date1904)
	field.Value, field.Unit, field.Did = got.value, got.unit, strings.Join(got.did, "；")
	if got.fraction.Known {
		r.waiting = append(r.waiting, undecided{len(r.records), c, got.fraction})
	}
	if got.wrong != nil {
		r.find(got.wrong, l, cell, c, cell.Raw, got.expected)
	}
	r.sums.shown(c, cell, got, r.unitOf(c, b))
	if field.Value.Known {
		r.above[c.Index], r.from[c.Index] = field, l.number
	}
	return field
}

// unitOf is the unit of a column: its heading's, else for money the sheet's.
func (r *reader) unitOf(c *form.Column, b binding) unit {
	if b.unit.kind == noKind && c.Type == form.AmountType {
		return r.unit
	}
	return b.unit
}

// fillDown gives a blank cell what stands above it, where the sheet says that it is the
// same: words, where cells are merged; and the office in charge, which staff write once
// for all its rows. A merged figure belongs to its first row.
func (r *reader) fillDown(c *form.Column, b binding, l *line, merge sheet.Range, covered bool) ledger.Field {
	blank := ledger.Field{Cell: sheet.Ref(b.at, l.number)}
	above := r.above[c.Index]
	switch {
	case !above.Value.Known:
		return blank
	case covered && r.from[c.Index] >= merge.FromRow && figures(c):
		if !r.merged[merge] {
			r.merged[merge] = true
			r.findings = append(r.findings, ledger.Finding{Code: MergedFigure, Row: r.from[c.Index], Cell: above.Cell,
				Entity: r.nameAt(r.from[c.Index]), Field: c.Name, Found: above.Raw})
		}
		return blank
	case covered && r.from[c.Index] >= merge.FromRow:
		above.Did = "合并单元格，同上"
		return above
	case !covered && c.Identity && c != r.head.form.Entity.Column:
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

var dittos = map[string]bool{"同上": true, "〃": true, "″": true, "''": true, `"`: true, "“": true, "”": true, "..": true, "同前": true}

func ditto(cell sheet.Cell) bool {
	return cell.Kind == sheet.Text && dittos[tidy(cell.Raw)]
}

// repeat reads 同上: the words above, never a figure.
func (r *reader) repeat(c *form.Column, field ledger.Field, l *line, cell sheet.Cell) ledger.Field {
	above := r.above[c.Index]
	if !above.Value.Known || figures(c) {
		r.find(NothingAbove, l, cell, c, cell.Raw, "")
		r.sums.unread[c.Index] = true
		return field
	}
	field.Value, field.Unit, field.Did = above.Value, above.Unit, "同上"
	return field
}

// extra keeps what stands in columns that the form does not know, by their headings.
func (r *reader) extra(record *ledger.Record, l *line) {
	for _, cell := range l.cells {
		if cell.Column == r.head.ordinal || slices.ContainsFunc(r.head.bound, func(b binding) bool { return b.at == cell.Column }) {
			continue
		}
		name := sheet.ColumnName(cell.Column) + "列"
		if i := slices.IndexFunc(r.head.extra, func(h heading) bool { return h.column == cell.Column }); i >= 0 {
			name = r.head.extra[i].String()
		}
		if record.Extra == nil {
			record.Extra = map[string]string{}
		}
		if _, twice := record.Extra[name]; twice {
			name += "（" + sheet.ColumnName(cell.Column) + "列）"
		}
		record.Extra[name] = cell.Raw
	}
}

// sayings is all that a row says, to tell rows that say the same.
func sayings(record *ledger.Record) string {
	var b strings.Builder
	for i := range record.Fields {
		v := record.Fields[i].Value
		raw := ""
		if !v.Known {
			raw = record.Fields[i].Raw
		}
		b.WriteString(strconv.FormatBool(v.Known) + strconv.FormatInt(v.N, 36) + "\x00" + v.S + "\x00" + raw + "\x00")
	}
	for _, name := range slices.Sorted(maps.Keys(record.Extra)) {
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
	r.findings = append(r.findings, f)
}
