// Package importer turns the workbooks that departments send into returns. Everything is
// found by content: the title block, then the header, whose columns go by any name that
// staff use, then rows until the form ends. What a sheet says is never guessed at: what has
// two meanings is a finding, and a value says what was done to get it.
//
// A file may hold several returns, on any sheets, one below the other.
package importer

import (
	"errors"
	"fmt"
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

// An Inbox is what is known of deliveries besides their content.
type Inbox struct {
	County *county.County
	Forms  []*form.Form
	// Period is the month of the run: a return that names no month is taken to be of it, one
	// that names another is not. Zero, where files are only looked at.
	Period ledger.Period
	// Received says when files came, by path; it decides which return is newer. A file that
	// is not listed goes by what it says itself.
	Received map[string]ledger.Date
	Limits   sheet.Limits // of what a file may cost; a file over one is refused
	// Passwords are tried in turn on an encrypted workbook.
	Passwords []string
}

// Read reads a delivery of size bytes: the returns in it and what is wrong with it. A
// return carries its own findings; those returned beside belong to none, they are of the
// file and of sheets that are no return. path is relative to the inbox, with slashes; its
// folders and its name may say whose return it is and of which month. An error is trouble
// in reading content, never the sender's.
//
// Read may be called for many files at once. FileSHA256, Version and State are left to the
// caller.
func (in Inbox) Read(path string, content io.ReaderAt, size int64) ([]*ledger.Return, []ledger.Finding, error) {
	d := delivery{Inbox: in, path: path}
	err := d.read(content, size)
	if refusal := (*sheet.Refusal)(nil); errors.As(err, &refusal) {
		return nil, []ledger.Finding{refusalOf(path, refusal)}, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", path, err)
	}
	if d.reply {
		return nil, []ledger.Finding{{Code: ReplyTaken, File: path}}, nil
	}
	if len(d.returns) == 0 {
		return nil, []ledger.Finding{{Code: NoForm, File: path, Expected: d.lookedFor()}}, nil
	}
	d.rejectRivals()
	for _, r := range d.returns {
		ledger.SortFindings(r.Findings)
	}
	ledger.SortFindings(d.findings)
	return d.returns, d.findings, nil
}

// A delivery is a file while it is read.
type delivery struct {
	Inbox
	path     string
	modified ledger.Date
	returns  []*ledger.Return
	findings []ledger.Finding
	reply    bool // it answers a workbook of ours: it holds no returns
}

func (d *delivery) read(content io.ReaderAt, size int64) error {
	book, err := sheet.Open(content, size, d.Limits, d.Passwords...)
	if err != nil {
		return err
	}
	if d.reply = replySheet(book) != nil; d.reply {
		return nil
	}
	d.modified = dayInChina(book.Modified)
	for _, s := range book.Sheets() {
		p, err := readPage(s, book.Date1904)
		if err != nil {
			return err
		}
		d.page(p)
	}
	return nil
}

// dayInChina is the day, in China, of a time that the file gives in UTC.
func dayInChina(utc string) ledger.Date {
	at, err := time.Parse(time.RFC3339, utc)
	if err != nil {
		return ledger.Date{}
	}
	at = at.UTC().Add(8 * time.Hour)
	date, _ := ledger.NewDate(at.Year(), int(at.Month()), at.Day())
	return date
}

// page reads the returns of a worksheet.
func (d *delivery) page(p *page) {
	if len(p.lines) == 0 {
		return
	}
	tables := d.locate(p)
	if len(tables) == 0 {
		d.formless(p)
		return
	}
	var above title
	for _, t := range tables {
		own := readTitle(p, t.from, t.head)
		above = own.or(above)
		d.table(p, t, own, above)
	}
}

// formless deals with a sheet without a header: 零报告 needs none; a title without one is
// an error of the return; anything else is no return.
func (d *delivery) formless(p *page) {
	end := min(len(p.lines), longestTitle)
	title := readTitle(p, 0, end)
	named := d.formIn(title.rest)
	switch {
	case named != nil && !p.concealed:
		r := d.begin(p, named, title, title)
		if r.Nil = title.none || title.same; !r.Nil {
			d.about(r, HeaderMissing, title.first, "", "")
		}
		r.Unchanged = title.same
		d.end(p, r, table{to: len(p.lines)})
	case p.concealed:
		d.findings = append(d.findings, ledger.Finding{Code: SheetHidden, File: d.path, Sheet: p.name})
	default:
		d.findings = append(d.findings, ledger.Finding{Code: SheetUnknown, File: d.path, Sheet: p.name, Expected: d.lookedFor()})
	}
}

func (d *delivery) lookedFor() string {
	titles := make([]string, len(d.Forms))
	for i, f := range d.Forms {
		titles[i] = f.Title
	}
	return strings.Join(titles, "、")
}

// table reads one return. Its own title may say nothing; above is it with what it leaves
// open taken from the title before.
func (d *delivery) table(p *page, t table, own, above title) {
	period := d.sender(above, p.name, d.path).period
	head := dictionaryOf(t.form).read(t.headings, period)
	head.top, head.bottom = t.top, t.bottom
	unit, alien, ref := above.unit()
	rows := newReader(d.Inbox, p, head, unit, period)
	rows.read(p.lines[t.rows:t.to])

	r := d.begin(p, t.form, above, above.or(rows.foot))
	r.Unit = head.unit(unit).word
	r.Records, r.Subtotal, r.Blank = rows.records, rows.subtotal, rows.blank
	r.Findings = append(r.Findings, rows.findings...)
	if named := d.formIn(own.rest); named != nil && named != t.form {
		d.about(r, TitleApart, above.first, named.Title, t.form.Title)
	}
	if alien != "" {
		d.about(r, UnitUnknown, ref, alien, "元、千元、万元、百万元、亿元")
	}
	d.misnamed(r, head)
	d.concealed(r, p, rows)
	same := above.same || rows.foot.same
	switch stated := same || above.none || rows.foot.none; {
	case len(r.Records) > 0 && stated:
		d.about(r, NilWithRows, "", "", "")
	case stated:
		r.Nil, r.Unchanged = true, same
	case len(r.Records) == 0:
		d.about(r, NoRows, "", "", "")
	}
	d.end(p, r, t)
}

// begin makes the return of a form: whose it is, of which month, who filled it in and when.
func (d *delivery) begin(p *page, f *form.Form, above, signed title) *ledger.Return {
	s := d.sender(above, p.name, d.path)
	if s.department == "" {
		s = d.sender(signed, p.name, d.path)
	}
	r := &ledger.Return{
		ReturnID: ledger.ReturnID{Region: d.County.Region, Period: s.period, Form: f.ID, Department: s.department},
		File:     d.path, Sheet: p.name, Filler: signed.fields["填报人"],
		Prepared: d.modified, Dated: ledger.ByModified,
	}
	if date := signed.prepared(); !date.IsZero() {
		r.Prepared, r.Dated = date, ledger.ByTitle
	}
	if date, ok := d.Received[d.path]; ok {
		r.Received, r.Prepared, r.Dated = date, date, ledger.ByReceipt
	}
	if r.Prepared.IsZero() {
		r.Dated = ledger.Undated
	}
	d.attributed(r, s, above)
	return r
}

func (d *delivery) attributed(r *ledger.Return, s sender, above title) {
	stated := above.fields["填报单位"]
	switch {
	case s.department == "":
		d.about(r, DepartmentUnknown, above.refs["填报单位"], stated, "")
	case s.unlisted:
		d.about(r, DepartmentUnlisted, above.refs["填报单位"], stated, s.department)
	}
	switch {
	case s.period.IsZero():
		d.about(r, PeriodUnknown, above.first, "", "")
	case s.assumed:
		d.about(r, PeriodAssumed, above.first, "", s.period.Chinese())
	case !d.Period.IsZero() && s.period != d.Period:
		d.about(r, WrongPeriod, above.first, s.period.Chinese(), d.Period.Chinese())
	}
}

// about raises a finding of a whole return, at a cell where there is one.
func (d *delivery) about(r *ledger.Return, code *ledger.Code, cell, found, expected string) {
	r.Findings = append(r.Findings, ledger.Finding{Code: code, Cell: cell, Found: found, Expected: expected})
}

// misnamed raises what is wrong with the headings. Such a finding has a Field and no Row:
// it is of the whole column.
func (d *delivery) misnamed(r *ledger.Return, head *header) {
	for _, wrong := range head.wrong {
		f := ledger.Finding{Code: wrong.code, Field: wrong.column.Name, Expected: wrong.expected}
		if wrong.head != nil {
			f.Cell, f.Found = wrong.head.ref(), wrong.head.String()
		}
		r.Findings = append(r.Findings, f)
	}
}

// concealed tells of hidden rows and columns that were read.
func (d *delivery) concealed(r *ledger.Return, p *page, rows *reader) {
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
		d.about(r, HiddenRead, "", strings.Join(all, "、"), "")
	}
}

// end completes a return: its content's hash, and on every finding whose it is.
func (d *delivery) end(p *page, r *ledger.Return, t table) {
	r.Content = contentOf(p, r.ReturnID, t.from, t.to)
	for i := range r.Findings {
		f := &r.Findings[i]
		f.File, f.Sheet = r.File, r.Sheet
		f.Period, f.Department, f.Form = r.Period, r.Department, r.Form
	}
	d.returns = append(d.returns, r)
}

// rejectRivals sends back returns of one file that say different things under one name: it
// cannot be told which of them counts.
func (d *delivery) rejectRivals() {
	for i, r := range d.returns {
		rival := slices.IndexFunc(d.returns, func(other *ledger.Return) bool {
			return other != r && other.ReturnID == r.ReturnID && other.Content != r.Content
		})
		if rival >= 0 {
			d.returns[i].Findings = append(r.Findings, ledger.Finding{Code: SameReturnTwice, File: r.File, Sheet: r.Sheet,
				Period: r.Period, Department: r.Department, Form: r.Form, Found: d.returns[rival].Sheet})
		}
	}
}
