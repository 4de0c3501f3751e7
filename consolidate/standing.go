package consolidate

import (
	"slices"

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

// standing works out what stands of one department on one form: the rows of the return in
// force, what was held or sent back replaced by the values accepted before, and what the
// return leaves out carried over.
type standing struct {
	county  *county.County
	form    *form.Form
	id      ledger.ReturnID
	history *History

	rows   []ledger.Standing
	absent []string // names of rows of the month before that the return leaves out
	left   []departure
}

// A departure is a row by which an entity leaves the stock, and the row that stood before;
// nil if none did.
type departure struct {
	record *ledger.Record
	before *ledger.Standing
}

// take works through the return in force; nil where there is none.
func (s *standing) take(r *ledger.Return) {
	before := s.history.stock(s.form, s.id.Department)
	spokenFor := make([]bool, len(before.rows))
	if r != nil {
		records := taking(r)
		for i, at := range s.matched(records, before.index) {
			var then *ledger.Standing
			if at >= 0 {
				then, spokenFor[at] = before.rows[at], true
			}
			s.row(r, records[i], then)
		}
	}
	for at, row := range before.rows {
		if spokenFor[at] || s.ended(&row.Record, row.Period) {
			continue
		}
		s.carry(row)
		if r != nil && !r.Unchanged {
			s.absent = append(s.absent, s.form.Name(&row.Record))
		}
	}
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
func (s *standing) matched(records []*ledger.Record, before *index) []int {
	var order []int
	var tenants []tenant
	for _, returned := range []bool{false, true} {
		for i, record := range records {
			if record.Returned == returned {
				order = append(order, i)
				tenants = append(tenants, tenant{Identity: s.form.Identity(record, s.county.FoldName), department: s.id.Department})
			}
		}
	}
	matched := make([]int, len(records))
	for i, at := range before.match(tenants) {
		matched[order[i]] = at
	}
	return matched
}

func (s *standing) row(r *ledger.Return, record *ledger.Record, before *ledger.Standing) {
	leaves := s.form.Leaves != nil && s.form.Leaves.Judge(&form.Env{Period: r.Period, Now: record}) == form.Passes
	over := before != nil && s.ended(&before.Record, before.Period)
	switch {
	case record.Returned && before != nil && !over:
		s.carry(before)
	case record.Returned:
	case leaves, over && s.ended(record, r.Period):
		s.left = append(s.left, departure{record, before})
	default:
		id := s.form.Identity(record, s.county.FoldName)
		s.rows = append(s.rows, ledger.Standing{ReturnID: s.id, Entity: id.Key(), Record: s.inForce(record, before), From: s.id.Period, Content: r.Content})
	}
}

// ended reports whether a row's matter ended in its month.
func (s *standing) ended(record *ledger.Record, p ledger.Period) bool {
	return s.form.Ended != nil && s.form.Ended.Judge(&form.Env{Period: p, Now: record}) == form.Passes
}

// inForce puts the last accepted value where a field is held back, with its own lineage;
// blank if there is none, or if the value was of its month or year alone.
func (s *standing) inForce(record *ledger.Record, before *ledger.Standing) ledger.Record {
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
		if before == nil || !s.carries(s.form.Columns[i]) || !before.Record.Fields[i].Value.Known {
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

// carries reports whether a column's value outlives its month.
func (s *standing) carries(c *form.Column) bool {
	return !c.OfMonth && !(c.ResetsInJanuary && s.id.Period.Month == 1)
}

func (s *standing) carry(before *ledger.Standing) {
	row := *before
	row.ReturnID = s.id
	row.Record.Fields = slices.Clone(before.Record.Fields)
	for i, c := range s.form.Columns {
		if !s.carries(c) {
			row.Record.Fields[i] = ledger.Field{}
		}
	}
	s.rows = append(s.rows, row)
}
