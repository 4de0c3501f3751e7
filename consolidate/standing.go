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
// return leaves out carried over. r is nil where no return is in force.
type standing struct {
	county  *county.County
	form    *form.Form
	id      ledger.ReturnID
	history *History

	rows     []ledger.Standing
	findings []ledger.Finding
	left     []*ledger.Record          // rows by which an entity leaves the stock
	stood    map[*ledger.Standing]bool // rows of the month before that are spoken for
}

func (s *standing) take(r *ledger.Return) {
	s.stood = map[*ledger.Standing]bool{}
	if r != nil {
		for i := range r.Records {
			s.row(r, &r.Records[i])
		}
	}
	if !s.form.Stock {
		return
	}
	for _, row := range s.history.before(s.form, s.id.Department) {
		if s.stood[row] || s.ended(&row.Record, row.Period) {
			continue
		}
		s.carry(row)
		if r != nil && !r.Unchanged {
			finding := about(r, RowAbsent, "")
			finding.Entity = s.form.Name(&row.Record)
			s.findings = append(s.findings, finding)
		}
	}
}

func (s *standing) row(r *ledger.Return, record *ledger.Record) {
	if record.Repeated {
		return
	}
	id := identify(s.county, s.form, record)
	before := s.history.find(0, s.form, s.id.Department, id)
	if !s.form.Stock || before != nil && s.stood[before] {
		before = nil
	}
	if before != nil {
		s.stood[before] = true
	}
	switch {
	case record.Returned && before != nil && !s.ended(&before.Record, before.Period):
		s.carry(before)
	case record.Returned:
	case s.leaves(record), before != nil && s.ended(&before.Record, before.Period) && s.ended(record, r.Period):
		s.left = append(s.left, record)
	default:
		s.rows = append(s.rows, ledger.Standing{ReturnID: s.id, Entity: id.key(), Record: s.inForce(record, before), From: s.id.Period, Content: r.Content})
	}
}

func (s *standing) leaves(record *ledger.Record) bool {
	return s.form.Leaves != nil && s.form.Leaves.Judge(&form.Env{Period: s.id.Period, Now: record}) == form.Passes
}

// ended reports whether a row's matter had ended in its month.
func (s *standing) ended(record *ledger.Record, p ledger.Period) bool {
	return s.form.Ended != nil && s.form.Ended.Judge(&form.Env{Period: p, Now: record}) == form.Passes
}

// inForce puts the last accepted value where a field is held back; blank if there is none,
// or if the value was of its month alone.
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
		if before != nil && s.carries(s.form.Columns[i]) {
			field.Value = before.Record.Fields[i].Value
			field.Did = "沿用" + before.From.String()
		}
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
