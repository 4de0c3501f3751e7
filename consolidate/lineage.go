package consolidate

import (
	"maps"
	"slices"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// SourceOf is the return that a column of a row in force was accepted from: of this month, or
// of an earlier one (沿用). It is nil if the database no longer has that return. Returns of
// earlier months have no rows here.
func (m *Month) SourceOf(row *ledger.Standing, c *form.Column) *ledger.Return {
	origin, id := row.Origin(c.Index), row.ReturnID
	id.Period = origin.Period
	return m.sources[ledger.Edition{ReturnID: id, Content: origin.Content}]
}

// HeldBack is what the return in force says in a column of a row where it was held back, and
// that return; not ok where it was not, or where the row itself is not of this month.
func (m *Month) HeldBack(row *ledger.Standing, c *form.Column) (field ledger.Field, r *ledger.Return, ok bool) {
	record := m.reported[row.Record]
	if record == nil || row.Carried() || !row.Record.Fields.Held(c.Index) {
		return ledger.Field{}, nil, false
	}
	return c.Field(record), m.sources[ledger.Edition{ReturnID: row.ReturnID, Content: row.Content}], true
}

// Spokesman is the row whose word counts for a column of the project.
func (p *Project) Spokesman(c *form.Column) *ledger.Standing {
	if settled, shared := p.Resolution(c); shared {
		if winner, said := settled.Winner(); said {
			return winner.Row
		}
	}
	return p.Row
}

// Reported are the months that rows of the history were reported in, the earliest first.
func (h *History) Reported() []ledger.Period {
	months := map[ledger.Period]struct{}{}
	for _, past := range h.months {
		for row := range past.all() {
			months[row.From] = struct{}{}
			for _, origin := range row.Record.Kept {
				months[origin.Period] = struct{}{}
			}
		}
	}
	return slices.SortedFunc(maps.Keys(months), func(a, b ledger.Period) int { return a.Since(b) })
}
