// Package importer turns the workbooks that departments send into returns. Everything is
// found by content: the title block, then the header, whose columns go by any name that
// staff use, then rows until the form ends. What a sheet says is never guessed at: what has
// two meanings is a finding, and a value says what was done to get it.
//
// A file may hold several returns, on any sheets, one below the other.
package importer

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"huizong/importer/sheet"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Config is what is known of deliveries besides their content.
type Config struct {
	County *county.County
	Forms  []*form.Form
	// Period is the month of the run: a return that names no month is taken to be of it, one
	// that names another is not. Zero, where files are only looked at.
	Period ledger.Period
	// Late reports whether returns of another month are late, not wrong; nil: those of none are.
	Late func(ledger.Period) bool
	// Received says when files came, by path; it decides which return is newer. A file of an
	// archive may be listed, or the archive. One that is not listed goes by what it says itself.
	Received map[string]Arrival
	Limits   sheet.Limits // of what a file may cost; a file over one is refused
	// Passwords are tried in turn on an encrypted workbook.
	Passwords []string
	// PassOver tells by its name a file of an archive that is no delivery; nil passes over none.
	PassOver func(name string) bool
	// Known gives what was read before from a file of that path and SHA-256 under a Config like this one; nil knows none.
	Known func(path, sha256 string) (Delivery, bool)

	archive, archiveSHA256 string // the path of the archive that is read, and of its bytes; blank outside of one
	receiptOf              string // the unit that a receipt was given to, where that comes back
}

// A Delivery is a file as it came and what was read from it.
type Delivery struct {
	Path     string // relative to the inbox, with slashes
	SHA256   string // of its bytes; blank where they were not read
	Content  []byte // the bytes that were read; nil where they were not
	Returns  []*ledger.Return
	Findings []ledger.Finding // of the file and of sheets that are no return; those of a return are with it
	Replies  []Reply          // answers on a workbook of ours, which holds no returns
	Fronts   []string         // sheets of ours in a receipt that came back, by name
	Tables   []Table          // where the rows of the returns stand
	// Explanations are answers on a receipt that came back, one for each finding that was answered.
	Explanations []Explanation
	ReceiptOf    string // the unit that such a receipt says it was given to; blank where it says none

	Parts   []Delivery // of an archive, which has nothing else: the files in it, by path
	Skipped []string   // files of an archive that were passed over, by path

	// Known says that it was read before, see Config: of its returns only how many rows they have is told.
	Known bool
}

// Refused is the code for which the whole file was sent back; blank if it was read.
func (d *Delivery) Refused() string {
	for _, f := range d.Findings {
		if f.Code.Effect == ledger.RejectFile {
			return f.Code.ID
		}
	}
	return ""
}

// Read reads a delivery: the returns or the replies in it and what is wrong with it. path is
// relative to the inbox, with slashes; its folders and its name may say whose return it is and
// of which month. An error is trouble in reading content, never the sender's.
//
// Content is read once, to its end or to the limit on a file, and held: the SHA-256 is of the
// very bytes that were judged, whatever becomes of the file meanwhile. One over the limit has
// none.
//
// Read may be called for many files at once. Version and State of the returns are left to
// the caller.
func (c Config) Read(path string, content io.Reader) (Delivery, error) {
	data, err := io.ReadAll(io.LimitReader(content, c.Limits.File+1))
	if err != nil {
		return Delivery{}, err
	}
	return c.read(path, data)
}

func (c Config) read(path string, data []byte) (Delivery, error) {
	came := Delivery{Path: path}
	if int64(len(data)) <= c.Limits.File {
		sum := sha256.Sum256(data)
		came.SHA256, came.Content = hex.EncodeToString(sum[:]), data
	}
	if c.Known != nil && c.archive == "" {
		if known, ok := c.Known(path, came.SHA256); ok {
			return known, nil
		}
	}
	o := opened{Config: c, Delivery: came, search: search{c.Limits.Search}, rows: map[ledger.ReturnID]int{}}
	err := o.read(data)
	if refusal := (*sheet.Refusal)(nil); errors.As(err, &refusal) {
		if refusal.Reason == sheet.FileZIP && c.archive == "" {
			return c.unpack(came, data)
		}
		came.Findings = []ledger.Finding{refusalOf(path, refusal)}
		return came, nil
	}
	if err != nil {
		return Delivery{}, err
	}
	for _, r := range o.Returns {
		r.Findings = ledger.SortedFindings(r.Findings) // and no room for more
	}
	ledger.SortFindings(o.Findings)
	return o.Delivery, nil
}

// An opened is a file while it is read.
type opened struct {
	Config
	Delivery
	modified string           // when it was last saved, as ledger.Return has it
	answers  []ledger.Finding // of the first sheets of a receipt; nil where it is none
	sheets   []string         // names
	search   search
	parts    []*part
	rows     map[ledger.ReturnID]int // of each return so far, in all its tables, that hold something
	longest  int                     // the most of them
	found    int                     // findings of the rows of all tables so far
	stamp    *ledger.Stamp           // of the template that was filled in; nil if it is none of ours
	last     *table                  // of the pages so far
	above    title                   // of it
	units    sheetUnit
}

func (o *opened) read(data []byte) error {
	book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), o.Limits, o.Passwords...)
	if err != nil {
		return err
	}
	if s := replySheet(book); s != nil {
		return o.reply(s, book.Date1904)
	}
	o.modified = timeOf(book.Modified)
	sheets, err := o.receipt(book)
	if err != nil {
		return err
	}
	if sheets, err = o.stamped(sheets); err != nil {
		return err
	}
	for _, s := range sheets {
		o.sheets = append(o.sheets, s.Name)
	}
	for _, s := range sheets {
		p, err := o.readPage(s, book.Date1904)
		if err != nil {
			return err
		}
		p.asReturn()
		o.page(p)
		switch {
		case o.search.over():
			return tooMuch(s.Name, "search", o.Limits.Search)
		case o.longest > o.Limits.Rows:
			return tooMuch(s.Name, "rows", o.Limits.Rows)
		case o.found > o.Limits.Findings:
			return tooMuch(s.Name, "findings", o.Limits.Findings)
		}
	}
	o.merge()
	for _, r := range o.Returns {
		o.keys(r)
		o.attribute(r)
	}
	if alone := o.answers != nil && len(o.Findings) == 0; len(o.Returns) == 0 && !alone {
		o.Findings = []ledger.Finding{o.noForm()}
	}
	o.Findings = append(o.Findings, o.answers...)
	return nil
}

// timeOf is a time that a file gives, in UTC and in one form that sorts; blank if it is none.
func timeOf(text string) string {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

// aheadOfUTC is by how much clocks in China are.
const aheadOfUTC = 8 * time.Hour

// dayInChina is the day, in China, of a time in UTC; zero if there is none.
func dayInChina(utc string) ledger.Date {
	at, err := time.Parse(time.RFC3339, utc)
	if err != nil {
		return ledger.Date{}
	}
	at = at.Add(aheadOfUTC)
	date, _ := ledger.NewDate(at.Year(), int(at.Month()), at.Day())
	return date
}

// page reads the returns of a worksheet.
func (o *opened) page(p *page) {
	if len(p.lines) == 0 {
		return
	}
	var tables []table
	if !p.long {
		tables = o.locate(p, o.last)
	}
	if len(tables) == 0 {
		o.formless(p)
		return
	}
	var above title
	units := unitsInName(p.name)
	var last *reader
	for _, t := range tables {
		own := readTitle(p, t.from, t.head)
		if t.rest && last == nil {
			above, units = o.above, o.units
		}
		above = own.or(above)
		if stated := p.unitsAbove(t.from, t.head); !stated.silent() {
			units = unitsInName(p.name).with(stated)
		}
		o.last, o.above, o.units = &t, above, units
		last = o.table(p, t, own, above, units.with(p.unitsBelow(t.rows, t.to)), last)
	}
}

// table reads one table. Its own title may say nothing; above is it with what it leaves
// open taken from the title before. units are those that the sheet states, last the rows above
// it on the page, nil if there are none.
func (o *opened) table(p *page, t table, own, above title, units sheetUnit, last *reader) *reader {
	period := o.senderOf(p, above, nil).period
	head := dictionaryOf(t.form).read(t.headings, period)
	head.top, head.bottom = t.top, t.bottom
	says := o.said(p, t, last)
	rows := readRows(o.Config, p, head, units, period, p.lines[t.rows:t.to], slices.Clone(says))
	o.Tables = append(o.Tables, standOf(p, t.headings, rows))
	o.found += len(rows.findings)

	if p.ticked && rows.untouched() {
		rows.leaveOut()
		above.same, above.none = t.form.Stock, !t.form.Stock
	}
	r := o.begin(p, t.form, above, above.or(rows.foot), rows.records)
	r.Unit = rows.head.unit(units.unitOf(money)).word
	r.Records, r.Subtotal, r.Blank = rows.records, rows.subtotal, rows.blank
	r.Findings = append(rows.findings, r.Findings...)
	if named := o.titled(own.rest); named != nil && named != t.form {
		o.about(r, TitleApart, above.first, named.Title, t.form.Title)
	}
	if units.alien != "" {
		o.about(r, UnitUnknown, units.ref, units.alien, knownMoney)
	}
	o.misnamed(r, rows)
	o.concealed(r, p, rows)
	if lost := rows.lost(); p.marks != nil && len(r.Records) > 0 && lost != "" {
		o.about(r, TemplateChanged, "", lost, "")
	}
	same := above.same || rows.foot.same
	switch stated := same || above.none || rows.foot.none; {
	case len(r.Records) > 0 && (stated || p.ticked):
		o.about(r, NilWithRows, "", "", "")
	case stated:
		r.Nil, r.Unchanged = true, same
	case len(r.Records) == 0:
		o.about(r, NoRows, "", "", "")
	}
	o.end(p, r, t, rows, rows.taken(says)...)
	return rows
}

// said is what the sheet's name and the lines above a table say of all its rows, the nearest
// last.
func (o *opened) said(p *page, t table, last *reader) []saying {
	all := o.sheetSays(t.form, p.name)
	nearer := o.titleSays(t.form, p.lines[t.from:t.head])
	if last != nil {
		nearer = append(last.goOn(), nearer...)
	}
	for _, s := range nearer {
		all = append(withoutColumn(all, s.column), s)
	}
	return all
}

// begin makes the return of a form: whose it is, of which month, who filled it in and when.
func (o *opened) begin(p *page, f *form.Form, above, signed title, records []ledger.Record) *ledger.Return {
	owners := o.ownersOf(f, records)
	s := o.senderOf(p, above, owners)
	if s.department == "" {
		s = o.senderOf(p, signed, owners)
	}
	r := &ledger.Return{
		ReturnID: ledger.ReturnID{Region: o.County.Region, Period: s.period, Form: f.ID, Department: s.department},
		File:     o.Path, FileSHA256: o.SHA256, Sheet: p.name, Filler: signed.fields["填报人"],
		Prepared: dayInChina(o.modified), Dated: ledger.ByModified, Modified: o.modified,
	}
	if date := signed.prepared(); !date.IsZero() {
		r.Prepared, r.Dated = date, ledger.ByTitle
	}
	if came, ok := o.received(); ok {
		r.Received, r.Prepared, r.Dated = came.Day, came.Day, ledger.ByReceipt
		r.Modified = cmp.Or(came.Time, r.Modified)
	}
	if r.Prepared.IsZero() {
		r.Dated = ledger.Undated
	}
	o.attributed(r, s, above, signed)
	if p.head != 0 {
		o.versionOf(r, f)
	}
	return r
}

// received is when the file came, or the archive that it lies in.
func (o *opened) received() (Arrival, bool) {
	came, ok := o.Received[o.Path]
	if ok = ok && came.of(o.SHA256); !ok && o.archive != "" {
		came, ok = o.Received[o.archive]
		ok = ok && came.of(o.archiveSHA256)
	}
	return came, ok
}

// about raises a finding of a whole return, at a cell where there is one.
func (o *opened) about(r *ledger.Return, code *ledger.Code, cell, found, expected string) {
	r.Findings = append(r.Findings, ledger.Finding{Code: code, Cell: cell, Found: found, Expected: expected})
}

// concealed tells of hidden rows and columns that were read.
func (o *opened) concealed(r *ledger.Return, p *page, rows *reader) {
	var all []string
	if p.concealed {
		all = append(all, "工作表")
	}
	for _, row := range rows.hidden {
		all = append(all, "第"+strconv.Itoa(row)+"行")
	}
	for _, b := range rows.head.bound {
		if b.at != 0 && p.hidden(b.at) {
			all = append(all, sheet.ColumnName(b.at)+"列")
		}
	}
	const most = 20
	if len(all) > most {
		all = append(all[:most], "等"+strconv.Itoa(len(all))+"处")
	}
	if len(all) > 0 {
		o.about(r, HiddenRead, "", strings.Join(all, "、"), "")
	}
}

// end completes what a table says of a return: its content's hash, and on every finding whose
// it is. rows are nil where there is no table; said is what they have from what is said above.
func (o *opened) end(p *page, r *ledger.Return, t table, rows *reader, said ...string) {
	r.Content = contentOf(p, r.ReturnID, t.from, t.to, said)
	for i := range r.Findings {
		f := &r.Findings[i]
		f.File, f.Sheet = r.File, r.Sheet
		f.Period, f.Department, f.Form = r.Period, r.Department, r.Form
	}
	o.parts = append(o.parts, &part{r, p, rows})
	o.rows[r.ReturnID] += len(r.Records) + r.Subtotal
	o.longest = max(o.longest, o.rows[r.ReturnID])
}
