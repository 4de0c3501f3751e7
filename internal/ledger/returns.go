package ledger

import (
	"cmp"
	"slices"
	"strings"
)

// A Value is what a field of a record holds, in the shape its column's type says:
//
//	amount    N in 分
//	rate      N in millionths: 85.5% is 855,000
//	count     N in ten-thousandths: 12 mu is 120,000
//	flag      N 1 (是) or 0 (否)
//	date      S as Date writes it
//	span      S as Span writes it
//	text, choice, code   S
//	set       S, the official words joined by 、 in the order of the form
//
// A Value that is not Known is blank: the department does not say. Blank is not zero.
type Value struct {
	Known bool
	N     int64
	S     string
}

// Number and Words make known values.
func Number(n int64) Value { return Value{Known: true, N: n} }

// Words is a known text value.
func Words(s string) Value { return Value{Known: true, S: s} }

// A Field is one value of a record with where it came from.
type Field struct {
	Value Value
	Cell  Cell   // none where the sheet has no such column
	Raw   string // as the file holds it
	Did   string // what was done to it: 亿元折算, 同上, 文本转数字 …
	// Unit is the one that an amount or an area was read in, such as 亿元; blank where none applies.
	// It tells how the cell was read and is no part of what a month's rows are summed up by.
	Unit string
	Held bool // judged and held back: the last accepted value stays in force
	// Sheet is the cell's, in a return of several sheets; blank: the return's only one.
	Sheet string
}

// A Place is where a data row stands.
type Place struct {
	Row   int    // row of the sheet, 1 is the first
	Sheet string // in a return of several sheets; blank: the return's only one
	Head  int    // row of the header, in a return of several tables; 0: the return's only one
}

// A Record is one data row of a return. A zero one is blank in every column of its form.
type Record struct {
	Place
	Rest   []Place           // rows of 续表, which say more of it
	Fields Fields            // by column, in the form's order
	Extra  map[string]string // columns that no form knows, by their heading: kept and echoed
	Kept   map[int]Origin    // of a row in force, by field: where the value accepted before, now standing for one held back, comes from

	// Key is the row of the month before that the row goes on from, as the template says that it was filled in;
	// blank where none says so.
	Key string

	Returned bool // judged and sent back: not in force
	Repeated bool // identical to an earlier row of the return
}

// Spots are the places by which findings speak of the record: the zero one, for those of the
// whole return, its rows, and in a return of several tables the headers that it stands under.
func (r *Record) Spots() []Place {
	spots := []Place{{}}
	for _, at := range append([]Place{r.Place}, r.Rest...) {
		spots = append(spots, Place{Row: at.Row, Sheet: at.Sheet})
		if at.Head != 0 {
			spots = append(spots, Place{Row: at.Head, Sheet: at.Sheet})
		}
	}
	return spots
}

// Set puts a field into a column of the record. Copies of the record stay as they are.
func (r *Record) Set(i int, field Field) { r.Fields = r.Fields.With(i, field) }

// PlaceOf is where a field of the record stands.
func (r *Record) PlaceOf(i int) Place {
	field := r.Fields.At(i)
	for _, at := range r.Rest {
		if at.Sheet == field.Sheet && at.Row == field.Cell.Row {
			return at
		}
	}
	return r.Place
}

// An Origin names a return of the department and form that a row is of.
type Origin struct {
	Period  Period
	Content string
}

// Rows is the balance of a return: Seen = Taken + Returned + Superseded + Repeated +
// Subtotal + Blank. Subtotal are rows that are no data of their own: 合计, sections, notes, and
// rows of 续表, which go on rows above. Held counts taken rows with a field held back.
type Rows struct {
	Seen       int `json:"seen"`
	Taken      int `json:"taken"`
	Held       int `json:"held"`
	Returned   int `json:"returned"`
	Superseded int `json:"superseded"`
	Repeated   int `json:"repeated"`
	Subtotal   int `json:"subtotal"`
	Blank      int `json:"blank"`
}

// Closes reports whether every row seen is accounted for.
func (r Rows) Closes() bool {
	return r.Seen == r.Taken+r.Returned+r.Superseded+r.Repeated+r.Subtotal+r.Blank
}

// Plus adds up two balances.
func (r Rows) Plus(o Rows) Rows {
	return Rows{r.Seen + o.Seen, r.Taken + o.Taken, r.Held + o.Held, r.Returned + o.Returned,
		r.Superseded + o.Superseded, r.Repeated + o.Repeated, r.Subtotal + o.Subtotal, r.Blank + o.Blank}
}

// A State is what became of a return in a run.
type State string

const (
	Accepted   State = "accepted"   // 验收通过
	Returned   State = "returned"   // 验收不通过
	Superseded State = "superseded" // a newer return took its place
	Repeated   State = "repeated"   // the same content was delivered before
	Nil        State = "nil"        // 零报告: accepted, with nothing to report
	Late       State = "late"       // 留作更正: of a month that is closed, kept beside it
)

// A ReturnID is whose return on what it is: known by region, period, form and department.
type ReturnID struct {
	Region     string
	Period     Period
	Form       string
	Department string // official name of the unit
}

// A Return is what one department says on one form for one period, as one file says it, in
// one table or in several. Content is the SHA-256 of the cells it was read from and tells
// versions apart; File and FileSHA256 are lineage only.
type Return struct {
	ReturnID
	Content    string
	File       string // path relative to the inbox, with slashes
	FileSHA256 string
	Sheet      string // the sheets of its tables in their order, joined by 、

	Prepared Date   // 填报日期, else the day it was received or the file's modification; zero: 未注明
	Dated    Dating // where Prepared comes from
	Received Date   // from received.csv; zero if not recorded
	// Modified orders returns of one day: the time at which it came, where received.csv says one, else when the file
	// says that it was last saved; RFC 3339 in UTC, blank if neither does.
	Modified  string
	Filler    string // 填报人
	Unit      string // unit of money of the sheet as written, e.g. 万元
	Nil       bool   // 零报告 or 本月无变化
	Unchanged bool   // 本月无变化: what stood last month stands

	Records  []Record
	Subtotal int // rows of the tables that are no data of their own, see Rows
	Blank    int // blank rows between the header and the last row that holds a value

	Findings []Finding // of reading and judging
	Version  int       // place among the returns of this ID, 1 is the oldest
	State    State
}

// Spot is the place that a finding of the return speaks of; zero where it speaks of the whole.
func (r *Return) Spot(f Finding) Place {
	switch {
	case f.Row == 0:
		return Place{}
	case f.Sheet == r.Sheet:
		return Place{Row: f.Row}
	}
	return Place{Row: f.Row, Sheet: f.Sheet}
}

// SheetOf is the sheet that a field of the return stands in.
func (r *Return) SheetOf(field Field) string { return cmp.Or(field.Sheet, r.Sheet) }

// An Edition is a version of a return by what it says.
type Edition struct {
	ReturnID
	Content string
}

// Edition tells the return from other versions of it.
func (r *Return) Edition() Edition { return Edition{r.ReturnID, r.Content} }

// A Dating says where a return's date comes from; it decides which return is newer.
type Dating string

const (
	Undated    Dating = ""
	ByReceipt  Dating = "received.csv"
	ByTitle    Dating = "title"
	ByModified Dating = "modified"
)

// InForce reports whether the return is the one that counts.
func (r *Return) InForce() bool { return r.State == Accepted || r.State == Nil }

// Seen counts the rows from the header to the last row that holds a value.
func (r *Return) Seen() int { return len(r.Records) + r.Subtotal + r.Blank }

// Rows is the balance of the return by its state: rows of a return that was sent back are
// returned, of an older one superseded, of one delivered twice repeated. Rows of a late one are
// returned, too: none of them counts.
func (r *Return) Rows() Rows {
	rows := Rows{Seen: r.Seen(), Subtotal: r.Subtotal, Blank: r.Blank}
	for _, record := range r.Records {
		switch {
		case r.State == Repeated || record.Repeated && r.State != Returned && r.State != Late:
			rows.Repeated++
		case r.State == Superseded:
			rows.Superseded++
		case r.State == Returned || r.State == Late || record.Returned:
			rows.Returned++
		default:
			rows.Taken++
			if record.HeldBack() {
				rows.Held++
			}
		}
	}
	return rows
}

// Hold holds back some fields of the record and no others. Copies of the record stay as they are.
func (r *Record) Hold(fields ...int) {
	if len(fields) == 0 && !r.HeldBack() {
		return
	}
	all := r.Fields.Unpack(slices.Max(append(fields, -1)) + 1)
	for i := range all {
		all[i].Held = slices.Contains(fields, i)
	}
	r.Fields = Pack(all)
}

// HeldBack reports whether a field of the record is held back.
func (r *Record) HeldBack() bool {
	for i := range r.Fields.Len() {
		if r.Fields.Held(i) {
			return true
		}
	}
	return false
}

// List splits a set value into its words.
func (v Value) List() []string {
	if v.S == "" {
		return nil
	}
	return strings.Split(v.S, "、")
}
