package consolidate

import (
	"cmp"

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

	rows     []ledger.Standing
	past     map[*ledger.Record]*ledger.Standing // by row of the return: its row of the month before
	absent   []*ledger.Standing                  // rows of the month before that the return leaves out
	left     map[*ledger.Standing]*ledger.Record // rows by which entities leave the stock, by the row that stood before
	replaced map[*ledger.Standing]*ledger.Record // rows that stood before and that others stand for, as a person decided
	reported map[*ledger.Record]*ledger.Record   // rows as the department reported them, by those in force that have a field held back
	strayed  []*ledger.Record                    // rows of a template that go on from none that it can be of
}

// holdingOf works through the return in force; nil where there is none.
func holdingOf(in Input, f *form.Form, id ledger.ReturnID, r *ledger.Return, decided identity.Verdicts) *holding {
	h := &holding{county: in.County, form: f, id: id, past: map[*ledger.Record]*ledger.Standing{},
		left: map[*ledger.Standing]*ledger.Record{}, replaced: map[*ledger.Standing]*ledger.Record{}, reported: map[*ledger.Record]*ledger.Record{}}
	before := in.History.stock(f, id.Department)
	spokenFor := make([]bool, len(before.rows))
	if r != nil {
		records := taking(r)
		for i, at := range h.matched(records, before, decided) {
			if at >= 0 {
				h.past[records[i]], spokenFor[at] = before.rows[at], true
			}
			h.row(r, records[i], h.past[records[i]])
		}
		for at, row := range before.rows {
			spokenFor[at] = spokenFor[at] || h.replaced[row] != nil
		}
	}
	for at, row := range before.rows {
		if spokenFor[at] || finished(h.form, row) {
			continue
		}
		h.carry(row)
		if r != nil && !r.Unchanged {
			h.absent = append(h.absent, row)
		}
	}
	return h
}

// findings are those of the return in force as such: not asked for, late. A return that was sent back is not in force, but its department did send it.
func (h *holding) findings(r *ledger.Return, owed bool) []ledger.Finding {
	var all []ledger.Finding
	if !owed {
		all = append(all, about(r, NotOwed, ""))
	}
	if Late(h.county, r) {
		finding := about(r, ReturnLate, dated(r).String())
		finding.Expected = "不晚于" + h.county.Due.In(h.id.Period).String()
		all = append(all, finding)
	}
	for _, record := range h.strayed {
		at, cell := record.PlaceOf(h.form.Entity.Index), h.form.Entity.Field(record).Cell
		finding := about(r, KeyStrayed, h.form.Name(record))
		finding.Sheet, finding.Row, finding.Cell = cmp.Or(at.Sheet, r.Sheet), at.Row, cell.String()
		finding.Entity, finding.Field = h.form.Name(record), h.form.Entity.Name
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

// matched finds for each record its row of the month before: by identity, by what a person decided, or
// because it says the same in other words. Rows that count come first: one that was sent back does
// not take the past of another.
func (h *holding) matched(records []*ledger.Record, before *stock, decided identity.Verdicts) []int {
	var order []int
	var ordered []*ledger.Record
	var rows []identity.Row
	for _, returned := range []bool{false, true} {
		for i, record := range records {
			if record.Returned == returned {
				order, ordered = append(order, i), append(ordered, record)
				rows = append(rows, identity.Now(h.county, h.form, record, h.id.Department))
			}
		}
	}
	of := before.index.MatchRest(rows, h.continued(ordered, rows, before))
	if h.form.ProjectCode != nil {
		replaced := h.decided(ordered, rows, before, decided, of)
		of = before.index.Reworded(rows, of, replaced)
	}
	matched := make([]int, len(records))
	for i, at := range of {
		matched[order[i]] = at
	}
	return matched
}

// continued are the rows of the month before that records go on from by their templates.
func (h *holding) continued(records []*ledger.Record, rows []identity.Row, before *stock) []int {
	of := make([]int, len(records))
	for i, record := range records {
		of[i] = before.continued(record, rows[i])
		if of[i] < 0 && record.Key != "" && len(before.rows) > 0 {
			h.strayed = append(h.strayed, record)
		}
	}
	return of
}

// decided completes what identity matched, and gives the rows of the month before that others stand for.
// What is left of the month before is matched or replaced, never both: a record goes on from a row that it
// is one with, or else stands for it. A record that was sent back does not stand, and so for nothing
// else: it goes on from what it is one with if no other does. Records that count come first.
func (h *holding) decided(records []*ledger.Record, rows []identity.Row, before *stock, verdicts identity.Verdicts, matched []int) (replaced []int) {
	if len(verdicts) == 0 {
		return nil
	}
	keys := make([]string, len(rows))
	for i, row := range rows {
		keys[i] = identity.Key(h.form.ID, row)
	}
	for _, at := range before.index.Free(matched) {
		decisions := verdicts[identity.Key(h.form.ID, before.index.Row(at))]
		if len(decisions) == 0 {
			continue
		}
		goesOn, standsFor := -1, -1
		for i, key := range keys {
			switch d, is := decisions[key]; {
			case !is || d.Verdict == ledger.Different:
			case d.Verdict == ledger.Same && matched[i] < 0 && goesOn < 0:
				goesOn = i
			case !records[i].Returned && standsFor < 0:
				standsFor = i
			}
		}
		switch {
		case goesOn >= 0 && (standsFor < 0 || !records[goesOn].Returned):
			matched[goesOn] = at
		case standsFor >= 0:
			h.replaced[before.rows[at]] = records[standsFor]
			replaced = append(replaced, at)
		}
	}
	return replaced
}

func (h *holding) row(r *ledger.Return, record *ledger.Record, before *ledger.Standing) {
	switch {
	case record.Returned && before != nil && !finished(h.form, before):
		h.carry(before)
	case record.Returned:
	case leaves(h.form, r.Period, record, before):
		h.left[before] = record
	default:
		id := h.form.Identity(record, h.county.Identify)
		row := ledger.Standing{ReturnID: h.id, Entity: id.Key(), Record: h.standingRecord(record, before), From: h.id.Period, Content: r.Content}
		if before != nil {
			row.First = before.Since()
		}
		h.rows = append(h.rows, row)
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
func finished(f *form.Form, row *ledger.Standing) bool { return ended(f, row.Period, row.Record) }

func ended(f *form.Form, p ledger.Period, record *ledger.Record) bool {
	return f.Ended != nil && f.Ended.Judge(&form.Env{Period: p, Now: record}) == form.Passes
}

// standingRecord puts the last accepted value where a field is held back, with its own lineage;
// blank if there is none, or if the value was of its month or year alone.
func (h *holding) standingRecord(record *ledger.Record, before *ledger.Standing) *ledger.Record {
	if !record.HeldBack() {
		return record
	}
	now := *record
	h.reported[&now] = record
	fields := record.Fields.Unpack(0)
	for i := range fields {
		field := &fields[i]
		if !field.Held {
			continue
		}
		field.Value = ledger.Value{}
		if before == nil || !Carries(h.form.Columns[i], h.id.Period) || !before.Record.Fields.Value(i).Known {
			continue
		}
		*field = before.Record.Fields.At(i)
		field.Held = true
		if now.Kept == nil {
			now.Kept = map[int]ledger.Origin{}
		}
		now.Kept[i] = before.Origin(i)
	}
	now.Fields = ledger.Pack(fields)
	return &now
}

// Carries reports whether a column's value outlives its month, into the month that follows.
func Carries(c *form.Column, into ledger.Period) bool {
	return !c.OfMonth && !(c.ResetsInJanuary && into.Month == 1)
}

func (h *holding) carry(before *ledger.Standing) {
	row, record := *before, *before.Record
	row.ReturnID, row.Record = h.id, &record
	for i := range before.Record.Fields.All() {
		if !Carries(h.form.Columns[i], h.id.Period) {
			record.Set(i, ledger.Field{})
		}
	}
	h.rows = append(h.rows, row)
}
