package consolidate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"huizong/consolidate/identity"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Apply gives a return with what its findings do to it; the return that it is given stays as it
// is. The harshest effect on the whole decides the state, rows are sent back and fields held back
// where a finding says so, and a row is sent back where what it is known by is held back. A finding
// of no row is of all rows, one of a table's header of all rows below it. Of the return's own
// findings those of reading stay; what was found before is forgotten first, so applying twice is
// applying once.
func Apply(r *ledger.Return, found []ledger.Finding) *ledger.Return {
	applied := *r
	reading, judged := r.Findings, func(f ledger.Finding) bool { return !f.Code.OfReading() }
	if slices.ContainsFunc(reading, judged) {
		reading = slices.DeleteFunc(slices.Clone(reading), judged)
	}
	applied.Findings = ledger.SortedFindings(reading, found)
	applied.State = accepted(r)
	applied.Records = slices.Clone(r.Records)
	rows := map[ledger.Place][]*ledger.Record{} // by what findings call them
	for i := range applied.Records {
		record := &applied.Records[i]
		record.Returned = false
		record.Hold()
		for _, spot := range record.Spots() {
			rows[spot] = append(rows[spot], record)
		}
	}
	columns := columnsByName(r.Form)
	held := map[*ledger.Record][]int{}
	for _, f := range applied.Findings {
		switch f.Code.Effect {
		case ledger.RejectFile, ledger.RejectReturn:
			applied.State = ledger.Returned
		case ledger.RejectRow:
			for _, record := range rows[r.Spot(f)] {
				record.Returned = true
			}
		case ledger.HoldField:
			for _, record := range rows[r.Spot(f)] {
				for _, name := range f.Fields() {
					switch column := columns[name]; {
					case column == nil:
					case column.Identity && !column.Value(record).Known:
						record.Returned = true
					default:
						held[record] = append(held[record], column.Index)
					}
				}
			}
		}
	}
	for record, fields := range held {
		record.Hold(fields...)
	}
	return &applied
}

// accepted is the state of a return that nothing speaks against.
func accepted(r *ledger.Return) ledger.State {
	if (r.Nil || r.Unchanged) && len(r.Records) == 0 {
		return ledger.Nil
	}
	return ledger.Accepted
}

func columnsByName(id string) map[string]*form.Column {
	columns := map[string]*form.Column{}
	if f := form.ByID(id); f != nil {
		for _, c := range f.Columns {
			columns[c.Name] = c
		}
	}
	return columns
}

// Settle gives the returns of a period in order, by form, department in the official order, and
// age, with their versions and states; those that it is given stay as they are. The newest
// accepted one stays in force and older accepted ones are superseded; a newer one that was sent
// back displaces nothing. Accepted returns of one date, or of none, are ordered by their content,
// with a query, so that no order of files decides. Content that is there twice counts once.
// Settling again changes nothing.
func Settle(c *county.County, all []*ledger.Return) []*ledger.Return {
	returns := make([]*ledger.Return, len(all))
	for i, r := range all {
		own := *r
		returns[i] = &own
	}
	slices.SortFunc(returns, func(a, b *ledger.Return) int {
		return cmp.Or(cmp.Compare(formNumber(a.Form), formNumber(b.Form)), cmp.Compare(a.Form, b.Form),
			cmp.Compare(c.Order(a.Department), c.Order(b.Department)), cmp.Compare(a.Department, b.Department),
			cmp.Compare(a.Region, b.Region), a.Period.Since(b.Period), cmp.Compare(dated(a).String(), dated(b).String()),
			cmp.Compare(a.Modified, b.Modified), cmp.Compare(mended(a), mended(b)), cmp.Compare(a.Content, b.Content),
			cmp.Compare(a.File, b.File), cmp.Compare(a.Sheet, b.Sheet))
	})
	for from := 0; from < len(returns); {
		to := from + 1
		for to < len(returns) && returns[to].ReturnID == returns[from].ReturnID {
			to++
		}
		settleVersions(c, returns[from:to])
		from = to
	}
	return returns
}

// dated is the day that tells which return is newer and whether it is late: the day it was
// received where that is recorded, else the date of the return; zero if there is none.
func dated(r *ledger.Return) ledger.Date {
	if !r.Received.IsZero() {
		return r.Received
	}
	return r.Prepared
}

// mended orders returns of one date: what was sent back was mended by the other.
func mended(r *ledger.Return) int {
	if r.State == ledger.Returned {
		return 0
	}
	return 1
}

// settleVersions settles the versions of one return, the oldest first, which are Settle's own.
func settleVersions(c *county.County, versions []*ledger.Return) {
	seen := map[string]int{}
	var taken []*ledger.Return // oldest first
	for _, r := range versions {
		r.Findings = slices.DeleteFunc(slices.Clone(r.Findings), func(f ledger.Finding) bool { return f.Code.OfMonth() })
		version, repeated := seen[r.Content]
		if !repeated {
			version = len(seen) + 1
			seen[r.Content] = version
		}
		r.Version = version
		switch {
		case repeated:
			r.State = ledger.Repeated
		case r.State != ledger.Returned:
			r.State = ledger.Superseded
			taken = append(taken, r)
		}
	}
	if len(taken) == 0 {
		return
	}
	newest, older := taken[len(taken)-1], taken[:len(taken)-1]
	newest.State = accepted(newest)
	if slices.ContainsFunc(older, func(r *ledger.Return) bool { return mayBeNewer(r, newest) }) {
		newest.Findings = append(newest.Findings, about(newest, SameDate, dated(newest).String()))
	}
	if names := lacking(c, newest, older); names != nil {
		newest.Findings = append(newest.Findings, about(newest, RowsLacking, listed(names)))
	}
}

// mayBeNewer reports whether nothing but its content puts a return before the newest.
func mayBeNewer(r, newest *ledger.Return) bool {
	day := dated(r)
	return day.IsZero() || day == dated(newest) && (r.Modified == "" || r.Modified == newest.Modified)
}

// OfVersions reports a finding that asks whether the version of a return that was taken is the one
// that counts.
func OfVersions(code *ledger.Code) bool { return code == SameDate || code == RowsLacking }

// lacking names the rows that older versions had in force and the newest leaves out, in whatever
// state it has them.
func lacking(c *county.County, newest *ledger.Return, older []*ledger.Return) []string {
	f := form.ByID(newest.Form)
	if f == nil || len(older) == 0 {
		return nil
	}
	there := identity.NewIndex()
	for _, record := range taking(newest) {
		there.Add(identity.Row{Identity: f.Identity(record, c.Identify)})
	}
	var names []string
	known := map[string]bool{}
	for _, r := range older {
		var rows []identity.Row
		var records []*ledger.Record
		for _, record := range taking(r) {
			if id := f.Identity(record, c.Identify); id.Name != "" && !record.Returned {
				rows, records = append(rows, identity.Row{Identity: id}), append(records, record)
			}
		}
		for i, at := range there.Match(rows) {
			if key := rows[i].Identity.Key(); at < 0 && !known[key] {
				known[key] = true
				names = append(names, f.Name(records[i]))
			}
		}
	}
	return names
}

// listed says how many there are and names the first few.
func listed(names []string) string {
	const few = 5
	text := fmt.Sprintf("%d项，%s", len(names), strings.Join(names[:min(few, len(names))], "、"))
	if len(names) > few {
		text += "等"
	}
	return text
}

func formNumber(id string) int {
	if f := form.ByID(id); f != nil {
		return f.Number
	}
	return 0
}

// about makes a finding of a whole return.
func about(r *ledger.Return, code *ledger.Code, found string) ledger.Finding {
	return ledger.Finding{Code: code, File: r.File, Sheet: r.Sheet, Period: r.Period, Department: r.Department, Form: r.Form, Found: found}
}
