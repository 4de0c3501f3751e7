package consolidate

import (
	"huizong/consolidate/identity"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// History is what stood in the months before, the latest first; a month that was never
// merged is empty. It knows each department's own rows.
type History struct {
	county *county.County
	months []pastMonth
}

type pastMonth struct {
	rows   []ledger.Standing
	stocks map[sender]*stock
}

// A sender is a department that reports on a form.
type sender struct{ form, department string }

// A stock is what stood of a sender, in the order of the month.
type stock struct {
	rows  []*ledger.Standing
	index *identity.Index
}

// NewHistory indexes the standing rows of earlier months, the month before first.
func NewHistory(c *county.County, months ...[]ledger.Standing) *History {
	h := &History{county: c}
	for _, rows := range months {
		past := pastMonth{rows, map[sender]*stock{}}
		for i := range rows {
			row := &rows[i]
			f := form.ByID(row.Form)
			if f == nil {
				continue
			}
			at := sender{row.Form, row.Department}
			if past.stocks[at] == nil {
				past.stocks[at] = &stock{index: identity.NewIndex()}
			}
			past.stocks[at].rows = append(past.stocks[at].rows, row)
			past.stocks[at].index.Add(identity.Of(c, f, row))
		}
		h.months = append(h.months, past)
	}
	return h
}

// Past gives the rows in force of the same department and entity in the months before,
// the latest first; nil where there was none. It is what rules between months judge by.
func (h *History) Past(f *form.Form, department string, r *ledger.Record) []*ledger.Record {
	past := make([]*ledger.Record, len(h.months))
	id := identity.Row{Identity: f.Identity(r, h.county.Identify), Department: department}
	for i := range h.months {
		if row := h.find(i+1, f, id); row != nil {
			past[i] = &row.Record
		}
	}
	return past
}

// find gives the row of the same sender and identity some months ago; nil if there was none.
func (h *History) find(months int, f *form.Form, id identity.Row) *ledger.Standing {
	past := h.stood(months, f, id.Department)
	if at := past.index.Strongest(id, naming.SameName); at >= 0 {
		return past.rows[at]
	}
	return nil
}

// stock is what stood in a department in the month before and carries over; empty where the
// rows of a form are the month's own.
func (h *History) stock(f *form.Form, department string) *stock {
	if !f.Stock {
		return &stock{index: identity.NewIndex()}
	}
	return h.stood(1, f, department)
}

// stood is what stood in a department some months ago; empty if the month was never merged.
func (h *History) stood(months int, f *form.Form, department string) *stock {
	if months <= len(h.months) {
		if past := h.months[months-1].stocks[sender{f.ID, department}]; past != nil {
			return past
		}
	}
	return &stock{index: identity.NewIndex()}
}

// before are all rows that stood in the month before.
func (h *History) before() []ledger.Standing {
	if len(h.months) == 0 {
		return nil
	}
	return h.months[0].rows
}

// Stood are all rows that stood some months ago, 1 being the month before.
func (h *History) Stood(months int) []ledger.Standing { return h.months[months-1].rows }
