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
	rows  []ledger.Standing
	house map[house]*index[*ledger.Standing]
}

// A house is one department's stock of one form.
type house struct{ form, department string }

// NewHistory indexes the standing rows of earlier months, the month before first.
func NewHistory(c *county.County, months ...[]ledger.Standing) *History {
	h := &History{county: c}
	for _, rows := range months {
		past := pastMonth{rows, map[house]*index[*ledger.Standing]{}}
		for i := range rows {
			row := &rows[i]
			f := form.ByID(row.Form)
			if f == nil {
				continue
			}
			at := house{row.Form, row.Department}
			if past.house[at] == nil {
				past.house[at] = newIndex[*ledger.Standing]()
			}
			past.house[at].add(identify(c, f, &row.Record), row)
		}
		h.months = append(h.months, past)
	}
	return h
}

// Past gives the rows in force of the same department and entity in the months before,
// the latest first; nil where there was none. It is what rules between months judge by.
func (h *History) Past(f *form.Form, department string, r *ledger.Record) []*ledger.Record {
	past := make([]*ledger.Record, len(h.months))
	id := identify(h.county, f, r)
	for i := range h.months {
		if row := h.find(i, f, department, id); row != nil {
			past[i] = &row.Record
		}
	}
	return past
}

func (h *History) find(months int, f *form.Form, department string, id identity) *ledger.Standing {
	if months >= len(h.months) {
		return nil
	}
	rows := h.months[months].house[house{f.ID, department}]
	if rows == nil {
		return nil
	}
	row, _ := rows.find(id, true)
	return row
}

// before are the rows that stood in the month before, one department's of one form.
func (h *History) before(f *form.Form, department string) []*ledger.Standing {
	var rows []*ledger.Standing
	if len(h.months) == 0 {
		return nil
	}
	for i := range h.months[0].rows {
		row := &h.months[0].rows[i]
		if row.Form == f.ID && row.Department == department {
			rows = append(rows, row)
		}
	}
	return rows
}
