package consolidate

import (
	"huizong/consolidate/identity"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// MonthsBack is how many months before a month are asked for all that stood: rules look back no further. Of those
// before them only the plans of the year are asked, by PlanColumns.
const MonthsBack = 3

// PlanColumns are those by which a key project is found in a month before, and its plan of the year.
func PlanColumns() []*form.Column {
	return append(identity.Columns(form.Progress.Name.Form), form.Progress.YearPlan.Column)
}

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
	keys  map[string]int // of the rows, by identity.Key; -1 where several have one
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
				past.stocks[at] = &stock{index: identity.NewIndex(), keys: map[string]int{}}
			}
			past.stocks[at].add(f, row, identity.Of(c, f, row))
		}
		h.months = append(h.months, past)
	}
	return h
}

func (s *stock) add(f *form.Form, row *ledger.Standing, id identity.Row) {
	key := identity.Key(f.ID, id)
	if _, twice := s.keys[key]; twice {
		s.keys[key] = -1
	} else {
		s.keys[key] = len(s.rows)
	}
	s.rows = append(s.rows, row)
	s.index.Add(id)
}

// continued is the row that a row of the month after goes on from by the key of its template; -1 where it has
// none, where no row has that key, and where it bears the name of another row.
func (s *stock) continued(r *ledger.Record, id identity.Row) int {
	at, known := s.keys[r.Key]
	if r.Key == "" || !known || at < 0 {
		return -1
	}
	if named := s.index.Strongest(id, naming.NameAndOwner); named >= 0 && named != at {
		return -1
	}
	return at
}

// Past gives the rows in force of the same department and entity in the months before, MonthsBack at most,
// the latest first; nil where there was none. It is what rules between months judge by.
func (h *History) Past(f *form.Form, department string, r *ledger.Record) []*ledger.Record {
	past := make([]*ledger.Record, min(MonthsBack, len(h.months)))
	id := identity.Now(h.county, f, r, department)
	for i := range past {
		then := h.stood(i+1, f, department)
		if at := then.continued(r, id); at >= 0 {
			r, id = then.rows[at].Record, then.index.Row(at) // by the name that it had
			past[i] = r
		} else if row := h.find(i+1, f, id); row != nil {
			past[i] = row.Record
		}
	}
	return past
}

// Before is the row of the month before that a row of the same department goes on from, and that carries over where it is sent back;
// nil where there is none.
func (h *History) Before(f *form.Form, department string, r *ledger.Record) *ledger.Record {
	before, id := h.stock(f, department), identity.Now(h.county, f, r, department)
	at := before.continued(r, id)
	if at < 0 {
		at = before.index.Strongest(id, naming.SameName)
	}
	if at < 0 || finished(f, before.rows[at]) {
		return nil
	}
	return before.rows[at].Record
}

// A Stocked row is one that stands into a month, with what a template keeps of it: its key, and the row in
// the months before, the latest first.
type Stocked struct {
	Key  string
	Past []*ledger.Record
}

// Stocked are the rows that stand into the month from the one before, of a department on a form.
func (h *History) Stocked(f *form.Form, department string) []Stocked {
	var all []Stocked
	for _, row := range h.stock(f, department).rows {
		if finished(f, row) {
			continue
		}
		past := h.Past(f, department, row.Record)
		past[0] = row.Record
		all = append(all, Stocked{identity.Key(f.ID, identity.Of(h.county, f, row)), past})
	}
	return all
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
