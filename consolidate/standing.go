package consolidate

import (
	"slices"

	"huizong/consolidate/identity"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Missing is a return that is owed and not in force; Carried says that the values of the
// month before stand for it (沿用).
type Missing struct {
	Form       string `json:"form"`
	Department string `json:"department"`
	Carried    bool   `json:"carried"`
}

// A holding is what stands of one department on one form: the rows of the return in
// force, what was held or sent back replaced by the values accepted before, and what the
// return leaves out carried over.
type holding struct {
	county *county.County
	form   *form.Form
	id     ledger.ReturnID

	rows   []ledger.Standing
	past   map[*ledger.Record]*ledger.Standing // by row of the return: its row of the month before
	absent []string                            // names of rows of the month before that the return leaves out
	left   map[*ledger.Standing]*ledger.Record // rows by which entities leave the stock, by the row that stood before
}

// holdingOf works through the return in force; nil where there is none.
func holdingOf(in Input, f *form.Form, id ledger.ReturnID, r *ledger.Return) *holding {
	h := &holding{county: in.County, form: f, id: id,
		past: map[*ledger.Record]*ledger.Standing{}, left: map[*ledger.Standing]*ledger.Record{}}
	before := in.History.stock(f, id.Department)
	spokenFor := make([]bool, len(before.rows))
	if r != nil {
		records := taking(r)
		for i, at := range h.matched(records, before.index) {
			if at >= 0 {
				h.past[records[i]], spokenFor[at] = before.rows[at], true
			}
			h.row(r, records[i], h.past[records[i]])
		}
	}
	for at, row := range before.rows {
		if spokenFor[at] || finished(h.form, row) {
			continue
		}
		h.carry(row)
		if r != nil && !r.Unchanged {
			h.absent = append(h.absent, h.form.Name(&row.Record))
		}
	}
	return h
}

// findings are those of the return in force as such: not asked for, rows left out, late. A return
// that was sent back is not in force, but its department did send it.
func (h *holding) findings(r *ledger.Return, owed bool) []ledger.Finding {
	var all []ledger.Finding
	if !owed {
		all = append(all, about(r, NotOwed, ""))
	}
	for _, name := range h.absent {
		finding := about(r, RowAbsent, "")
		finding.Entity = name
		all = append(all, finding)
	}
	if Late(h.county, r) {
		finding := about(r, ReturnLate, dated(r).String())
		finding.Expected = "不晚于" + h.county.Due.In(h.id.Period).String()
		all = append(all, finding)
	}
	return all
}

// taking are the data rows of a return, without those that repeat an earlier one.
func taking(r *ledger.Return) []*ledger.Record {
	var records []*ledger.Record
	for i := range r.Records {
		if !r.Records[i].Repeated {
			records = append(records, &r.Records[i])
		}
	}
	return records
}

// matched finds for each record its row of the month before. Rows that count come first: one
// that was sent back does not take the past of another.
func (h *holding) matched(records []*ledger.Record, before *identity.Index) []int {
	var order []int
	var identities []identity.Row
	for _, returned := range []bool{false, true} {
		for i, record := range records {
			if record.Returned == returned {
				order = append(order, i)
				identities = append(identities, identity.Row{Identity: h.form.Identity(record, h.county.FoldName), Department: h.id.Department})
			}
		}
	}
	matched := make([]int, len(records))
	for i, at := range before.Match(identities) {
		matched[order[i]] = at
	}
	return matched
}

func (h *holding) row(r *ledger.Return, record *ledger.Record, before *ledger.Standing) {
	switch {
	case record.Returned && before != nil && !finished(h.form, before):
		h.carry(before)
	case record.Returned:
	case leaves(h.form, r.Period, record, before):
		h.left[before] = record
	default:
		id := h.form.Identity(record, h.county.FoldName)
		h.rows = append(h.rows, ledger.Standing{ReturnID: h.id, Entity: id.Key(), Record: h.standingRecord(record, before), From: h.id.Period,
			Content: r.Content})
	}
}

// leaves reports whether an entity leaves the stock by a row: because it says so, or because
// its matter was over before and still is. before is what stood of it; nil if nothing did.
func leaves(f *form.Form, p ledger.Period, record *ledger.Record, before *ledger.Standing) bool {
	if f.Leaves != nil && f.Leaves.Judge(&form.Env{Period: p, Now: record}) == form.Passes {
		return true
	}
	return before != nil && finished(f, before) && ended(f, p, record)
}

// finished reports whether the matter of a row that stood ended in its month.
func finished(f *form.Form, row *ledger.Standing) bool { return ended(f, row.Period, &row.Record) }

func ended(f *form.Form, p ledger.Period, record *ledger.Record) bool {
	return f.Ended != nil && f.Ended.Judge(&form.Env{Period: p, Now: record}) == form.Passes
}

// standingRecord puts the last accepted value where a field is held back, with its own lineage;
// blank if there is none, or if the value was of its month or year alone.
func (h *holding) standingRecord(record *ledger.Record, before *ledger.Standing) ledger.Record {
	if !record.HeldBack() {
		return *record
	}
	now := *record
	now.Fields = slices.Clone(record.Fields)
	for i := range now.Fields {
		field := &now.Fields[i]
		if !field.Held {
			continue
		}
		field.Value = ledger.Value{}
		if before == nil || !carries(h.form.Columns[i], h.id.Period) || !before.Record.Fields[i].Value.Known {
			continue
		}
		*field = before.Record.Fields[i]
		field.Held = true
		if now.Kept == nil {
			now.Kept = map[int]ledger.Origin{}
		}
		now.Kept[i] = before.Origin(i)
	}
	return now
}

// carries reports whether a column's value outlives its month, into the month that follows.
func carries(c *form.Column, into ledger.Period) bool {
	return !c.OfMonth && !(c.ResetsInJanuary && into.Month == 1)
}

func (h *holding) carry(before *ledger.Standing) {
	row := *before
	row.ReturnID = h.id
	row.Record.Fields = slices.Clone(before.Record.Fields)
	for i, c := range h.form.Columns {
		if !carries(c, h.id.Period) {
			row.Record.Fields[i] = ledger.Field{}
		}
	}
	h.rows = append(h.rows, row)
}
