package consolidate

import (
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// History is what stood in the months before, the latest first; a month that was never
// merged is empty. It knows each department's own rows.
type History struct {
	county *county.County
	months []pastMonth
}

type pastMonth struct {
	rows   []ledger.Standing
	houses map[house]*household
}

// A house is one department's rows of one form.
type house struct{ form, department string }

// A household is what stood in a house, in the order of the month.
type household struct {
	rows  []*ledger.Standing
	index *index
}

// NewHistory indexes the standing rows of earlier months, the month before first.
func NewHistory(c *county.County, months ...[]ledger.Standing) *History {
	h := &History{county: c}
	for _, rows := range months {
		past := pastMonth{rows, map[house]*household{}}
		for i := range rows {
			row := &rows[i]
			f := form.ByID(row.Form)
			if f == nil {
				continue
			}
			at := house{row.Form, row.Department}
			if past.houses[at] == nil {
				past.houses[at] = &household{index: newIndex()}
			}
			past.houses[at].rows = append(past.houses[at].rows, row)
			past.houses[at].index.add(identify(c, f, row))
		}
		h.months = append(h.months, past)
	}
	return h
}

// Past gives the rows in force of the same department and entity in the months before,
// the latest first; nil where there was none. It is what rules between months judge by.
func (h *History) Past(f *form.Form, department string, r *ledger.Record) []*ledger.Record {
	past := make([]*ledger.Record, len(h.months))
	id := tenant{Identity: f.Identity(r, h.county.FoldName), department: department}
	for i := range h.months {
		if row := h.find(i+1, f, id); row != nil {
			past[i] = &row.Record
		}
	}
	return past
}

// find gives the row of the same house and identity some months ago; nil if there was none.
func (h *History) find(months int, f *form.Form, id tenant) *ledger.Standing {
	past := h.household(months, f, id.department)
	if at := past.index.strongest(id, ledger.SameName); at >= 0 {
		return past.rows[at]
	}
	return nil
}

// stock is what stood in a department in the month before and carries over; empty where the
// rows of a form are the month's own.
func (h *History) stock(f *form.Form, department string) *household {
	if !f.Stock {
		return &household{index: newIndex()}
	}
	return h.household(1, f, department)
}

// household is what stood in a department some months ago; empty if the month was never merged.
func (h *History) household(months int, f *form.Form, department string) *household {
	if months <= len(h.months) {
		if past := h.months[months-1].houses[house{f.ID, department}]; past != nil {
			return past
		}
	}
	return &household{index: newIndex()}
}

// before are all rows that stood in the month before.
func (h *History) before() []ledger.Standing {
	if len(h.months) == 0 {
		return nil
	}
	return h.months[0].rows
}
