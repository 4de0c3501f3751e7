package importer

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// A part is what one table says of a return, or a sheet that has none.
type part struct {
	*ledger.Return
	page *page
	rows *reader // nil where there is no table
}

// has reports whether the table has the column of that number.
func (p *part) has(column int) bool { return p.rows.head.bound[column].at != 0 }

// merge makes one return of the tables that are of one: staff part a form by batch, by class
// or by town, into sheets or one below the other.
func (o *opened) merge() {
	byID := map[ledger.ReturnID][]*part{}
	var order []ledger.ReturnID
	for _, p := range o.parts {
		if byID[p.ReturnID] == nil {
			order = append(order, p.ReturnID)
		}
		byID[p.ReturnID] = append(byID[p.ReturnID], p)
	}
	for _, id := range order {
		parts := o.withTables(byID[id])
		if len(parts) == 1 {
			o.Returns = append(o.Returns, parts[0].Return)
			continue
		}
		m := newMerger(o.Config, parts)
		for _, p := range m.joinHalves(parts) {
			m.add(p)
		}
		for _, p := range m.added {
			m.Records = append(m.Records, p.Records...)
		}
		o.Returns = append(o.Returns, m.Return)
	}
}

// withTables leaves out sheets that name the form and have no table of it, such as a cover,
// where other sheets have rows: they are not read, and that is said.
func (o *opened) withTables(parts []*part) []*part {
	if !slices.ContainsFunc(parts, func(p *part) bool { return len(p.Records) > 0 }) {
		return parts
	}
	return slices.DeleteFunc(parts, func(p *part) bool {
		tableless := p.rows == nil && !p.Nil
		if tableless {
			o.Findings = append(o.Findings, o.formlessAt(p.page, SheetUnknown))
		}
		return tableless
	})
}

// A merger makes one return of several tables.
type merger struct {
	Config
	*ledger.Return
	form    *form.Form
	several bool                      // the tables stand on several sheets
	lacking map[string]bool           // columns that no table has, by name
	added   []*part                   // so far
	same    map[string]*part          // the first added of a content
	rows    map[string][]*counterpart // of those added, by code and by name, as they stand
	told    map[ledger.Finding]bool
}

func newMerger(in Config, parts []*part) *merger {
	whole := *parts[0].Return
	whole.Records, whole.Findings, whole.Subtotal, whole.Blank, whole.Nil, whole.Unchanged = nil, nil, 0, 0, false, false
	m := &merger{Config: in, Return: &whole, form: form.ByID(whole.Form), lacking: lackedByAll(parts),
		same: map[string]*part{}, rows: map[string][]*counterpart{}, told: map[ledger.Finding]bool{}}
	var sheets []string
	empty := !slices.ContainsFunc(parts, func(p *part) bool { return len(p.Records) > 0 })
	for _, p := range parts {
		if !slices.Contains(sheets, p.page.name) {
			sheets = append(sheets, p.page.name)
		}
		m.date(p)
		m.Nil = m.Nil || p.Nil && empty
		m.Unchanged = m.Unchanged || p.Unchanged && empty
	}
	whole.Sheet, m.several = strings.Join(sheets, "、"), len(sheets) > 1
	for _, p := range parts {
		m.settle(p, empty)
		m.place(p)
	}
	var contents []string
	for _, p := range parts {
		if !slices.Contains(contents, p.Content) {
			contents = append(contents, p.Content)
		}
	}
	whole.Content = contentOfAll(contents)
	return m
}

// lackedByAll are the columns of which every table says that it lacks them.
func lackedByAll(parts []*part) map[string]bool {
	times, tables := map[string]int{}, 0
	for _, p := range parts {
		if p.rows == nil {
			continue
		}
		tables++
		for _, f := range p.Findings {
			if missing(f) {
				times[f.Field]++
			}
		}
	}
	lacked := map[string]bool{}
	for name, n := range times {
		lacked[name] = n == tables
	}
	return lacked
}

// missing reports a finding that a table lacks a column.
func missing(f ledger.Finding) bool { return f.Code == ColumnMissing || f.Code == IdentityMissing }

// contentOfAll is the content of a return by those of its tables. A table that is there
// twice counts once.
func contentOfAll(contents []string) string {
	if len(contents) == 1 {
		return contents[0]
	}
	sum := sha256.Sum256([]byte(strings.Join(contents, "\n")))
	return hex.EncodeToString(sum[:])
}

// date takes from a table what the return does not know yet: who filled it in, when, in
// which unit. Of dates that titles state the latest counts.
func (m *merger) date(p *part) {
	if m.Filler == "" {
		m.Filler = p.Filler
	}
	if m.Unit == "" {
		m.Unit = p.Unit
	}
	later := p.Dated == ledger.ByTitle && (m.Dated != ledger.ByTitle || m.Prepared.String() < p.Prepared.String())
	if later && m.Dated != ledger.ByReceipt {
		m.Prepared, m.Dated = p.Prepared, p.Dated
	}
}

// settle takes back what is no trouble of a table where others have rows: that it is empty.
// 本月无变化 beside rows is asked about; 零报告 of one table is not.
func (m *merger) settle(p *part, empty bool) {
	if !empty || m.Nil || m.Unchanged {
		p.Findings = slices.DeleteFunc(p.Findings, func(f ledger.Finding) bool { return f.Code == NoRows })
	}
	if !empty && p.Unchanged {
		m.Findings = append(m.Findings, m.about(p, NilWithRows, ledger.Place{}, "", "", ""))
	}
}

// place writes down in which sheet and below which header everything stands. What no table
// has is missing once, to all rows.
func (m *merger) place(p *part) {
	if p.rows == nil {
		return
	}
	head := p.rows.head.bottom
	for i := range p.Records {
		record := &p.Records[i]
		record.Head = head
		if !m.several {
			continue
		}
		record.Sheet = p.page.name
		fields := record.Fields.Unpack(len(m.form.Columns))
		for j := range fields {
			fields[j].Sheet = p.page.name
		}
		record.Fields = ledger.Pack(fields)
	}
	for i := range p.Findings {
		f := &p.Findings[i]
		if f.Row != 0 || f.Field == "" || missing(*f) && m.lacking[f.Field] {
			continue
		}
		f.Row = head
		if f.Cell == "" {
			f.Cell = p.firstCell()
		}
	}
}

// firstCell is the first cell of the header.
func (p *part) firstCell() string {
	l := p.page.lines[p.page.find(p.rows.head.bottom)]
	return sheet.Ref(l.cells[0].Column, l.number)
}

// add adds a table to the return.
func (m *merger) add(p *part) {
	m.Subtotal += p.Subtotal
	m.Blank += p.Blank
	defer m.enter(p)
	if earlier := m.same[p.Content]; earlier != nil {
		m.again(p, earlier)
		return
	}
	for _, f := range p.Findings {
		key := f
		key.Sheet, key.Cell = "", ""
		if f.Row == 0 && m.told[key] {
			continue // one cause, which several tables share
		}
		m.told[key] = true
		m.Findings = append(m.Findings, f)
	}
	pairs := m.pairs(p)
	rival := m.rival(p, pairs)
	for i := range p.Records {
		switch earlier := pairs[i]; {
		case earlier == nil || p.Records[i].Repeated:
		case rival:
			p.Records[i].Repeated = true
		default:
			m.unite(p, earlier, &p.Records[i])
		}
	}
}

// enter lets later tables find a table that has been added.
func (m *merger) enter(p *part) {
	if m.same[p.Content] == nil {
		m.same[p.Content] = p
	}
	for i := range p.Records {
		if record := &p.Records[i]; !record.Repeated {
			m.enterRow(&counterpart{p, record, len(m.added), i, m.identity(record)})
		}
	}
	m.added = append(m.added, p)
}

// enterRow lets rows of later tables find a row, after those before it.
func (m *merger) enterRow(c *counterpart) {
	for _, key := range keysOf(c.id) {
		at, _ := slices.BinarySearchFunc(m.rows[key], c, func(a, b *counterpart) int {
			return cmp.Or(cmp.Compare(a.table, b.table), cmp.Compare(a.row, b.row))
		})
		m.rows[key] = slices.Insert(m.rows[key], at, c)
	}
}

// complete puts into a row that was entered what another says besides; it may then be known by more.
func (c *counterpart) complete(m *merger, other *ledger.Record) {
	if !m.complete(c.record, other) {
		return
	}
	for _, key := range keysOf(c.id) {
		m.rows[key] = slices.DeleteFunc(m.rows[key], func(d *counterpart) bool { return d == c })
	}
	c.id = m.identity(c.record)
	m.enterRow(c)
}

func (m *merger) identity(r *ledger.Record) naming.Identity {
	return m.form.Identity(r, m.County.Identify)
}

// again adds a table that is the same as an earlier one.
func (m *merger) again(p, earlier *part) {
	for i := range p.Records {
		p.Records[i].Repeated = true
	}
	if p.rows == nil {
		return
	}
	f := m.about(p, SaidAgain, ledger.Place{}, p.firstCell(), "", "")
	f.Expected = "只计" + m.cellIn(earlier.page.name, earlier.firstCell()) + "起的一张"
	m.Findings = append(m.Findings, f)
}

// about makes a finding of a table.
func (m *merger) about(p *part, code *ledger.Code, at ledger.Place, cell, found, expected string) ledger.Finding {
	name := p.page.name
	if at.Sheet != "" {
		name = at.Sheet
	}
	return ledger.Finding{Code: code, File: m.File, Sheet: name, Cell: cell, Row: at.Row, Period: m.Period, Department: m.Department, Form: m.Form,
		Found: found, Expected: expected}
}

// cellIn names a cell to whoever reads of another: with its sheet where there are several.
func (m *merger) cellIn(name, cell string) string {
	if !m.several {
		return cell
	}
	return "工作表“" + name + "”" + cell
}

// A counterpart is the row of an earlier table that speaks of the same as a row.
type counterpart struct {
	part       *part
	record     *ledger.Record
	table, row int // its numbers among those added
	id         naming.Identity
}

// pairs finds for each row of a table the row of an earlier one that speaks of the same.
func (m *merger) pairs(p *part) []*counterpart {
	found := make([]*counterpart, len(p.Records))
	for i := range p.Records {
		id := m.identity(&p.Records[i])
		for _, key := range keysOf(id) {
			same := func(other *counterpart) bool { return id.Bond(other.id) >= naming.NameAndOwner }
			if at := slices.IndexFunc(m.rows[key], same); at >= 0 && found[i] == nil {
				found[i] = m.rows[key][at]
			}
		}
	}
	return found
}

func keysOf(id naming.Identity) []string {
	return slices.DeleteFunc([]string{string(id.Code), id.Name}, func(key string) bool { return key == "" })
}

// rival asks about a table that is an earlier one in another state: at least half of the
// rows of the shorter are the other's, and they disagree, or a hidden one has rows of its own.
// It cannot be told which of them counts.
func (m *merger) rival(p *part, pairs []*counterpart) bool {
	shared := map[int][]int{} // by table: the rows that it has, too
	for i, earlier := range pairs {
		if earlier != nil {
			shared[earlier.table] = append(shared[earlier.table], i)
		}
	}
	for _, table := range slices.Sorted(maps.Keys(shared)) {
		q, rows := m.added[table], shared[table]
		if 2*len(rows) < min(len(p.Records), len(q.Records)) {
			continue
		}
		apart := -1
		if at := slices.IndexFunc(rows, func(i int) bool { return m.differ(pairs[i].record, &p.Records[i]) != nil }); at >= 0 {
			apart = rows[at]
		}
		alone := len(pairs) - 1 // the last row that the table does not have
		for alone >= 0 && pairs[alone] != nil && pairs[alone].table == table {
			alone--
		}
		switch {
		case apart >= 0:
			record := &p.Records[apart]
			c := m.differ(pairs[apart].record, record)[0]
			m.disagree(SameReturnTwice, p, record, c, m.otherwise(q, pairs[apart].record, c))
			return true
		case alone >= 0 && p.page.concealed && !q.page.concealed:
			m.disagree(SameReturnTwice, p, &p.Records[alone], m.form.Entity.Column, "工作表“"+q.page.name+"”里没有这个项目")
			return true
		}
	}
	return false
}

// differ are the columns of which two rows say different things.
func (m *merger) differ(a, b *ledger.Record) []*form.Column {
	var all []*form.Column
	for _, c := range m.form.Columns {
		if x, y := c.Value(a), c.Value(b); x.Known && y.Known && x != y {
			all = append(all, c)
		}
	}
	return all
}

// unite makes one row of two that speak of the same. Where they differ both are asked about,
// and neither is taken.
func (m *merger) unite(p *part, earlier *counterpart, record *ledger.Record) {
	record.Repeated = true
	differ := m.differ(earlier.record, record)
	for _, c := range differ {
		m.disagree(RowsApart, p, record, c, m.otherwise(earlier.part, earlier.record, c))
		m.disagree(RowsApart, earlier.part, earlier.record, c, m.otherwise(p, record, c))
	}
	if len(differ) > 0 {
		earlier.complete(m, record)
		return
	}
	code, expected := SaidAgain, "与"+m.cellIn(earlier.part.page.name, "第"+strconv.Itoa(earlier.record.Row)+"行")+"合为一行"
	if sayings(earlier.record) == sayings(record) {
		code, expected = RowRepeated, "只保留"+m.cellIn(earlier.part.page.name, "第"+strconv.Itoa(earlier.record.Row)+"行")
	}
	earlier.complete(m, record)
	f := m.about(p, code, record.Place, m.cellOf(p, record, m.form.Entity.Column), "", expected)
	f.Entity = m.form.Name(record)
	m.Findings = append(m.Findings, f)
}

// complete puts into a row what another says besides, and reports whether there was any.
func (m *merger) complete(record, other *ledger.Record) (more bool) {
	for i, theirs := range other.Fields.All() {
		mine, none := record.Fields.At(i), ledger.Cell{}
		silent := !theirs.Value.Known && theirs.Raw == ""
		if mine.Value.Known || mine.Raw != "" || silent && (mine.Cell != none || theirs.Cell == none) {
			continue
		}
		record.Set(i, theirs)
		more = true
	}
	for name, text := range other.Extra {
		if record.Extra == nil {
			record.Extra = map[string]string{}
		}
		if _, twice := record.Extra[name]; !twice {
			record.Extra[name] = text
			more = true
		}
	}
	if more {
		record.Rest = append(record.Rest, other.Place)
	}
	return more
}

// disagree raises a finding at a field of a row.
func (m *merger) disagree(code *ledger.Code, p *part, record *ledger.Record, c *form.Column, expected string) {
	found := c.Field(record).Raw
	if found == "" {
		found = c.Show(c.Value(record))
	}
	f := m.about(p, code, record.PlaceOf(c.Index), m.cellOf(p, record, c), tidy(found), expected)
	f.Entity, f.Field = m.form.Name(record), c.Name
	m.Findings = append(m.Findings, f)
}

// cellOf is the cell of a field; where it has none, that of the row's name.
func (m *merger) cellOf(p *part, record *ledger.Record, c *form.Column) string {
	for _, c := range []*form.Column{c, m.form.Entity.Column} {
		if cell := c.Field(record).Cell; cell != (ledger.Cell{}) {
			return cell.String()
		}
	}
	return sheet.Ref(p.page.lines[p.page.find(record.Row)].cells[0].Column, record.Row)
}

// otherwise says what another table says of a column.
func (m *merger) otherwise(other *part, record *ledger.Record, c *form.Column) string {
	name := cmp.Or(record.PlaceOf(c.Index).Sheet, other.page.name)
	return "与" + m.cellIn(name, m.cellOf(other, record, c)) + "“" + c.Spell(c.Value(record)) + "”一致"
}
