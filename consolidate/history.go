package consolidate

import (
	"iter"
	"slices"

	"huizong/consolidate/identity"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// MonthsBack is how many months before a month are asked for rows of all forms: rules look back no further. Of those
// before them only the plans of the year are asked.
const MonthsBack = 3

// PastColumns are those of a form that its rows of so many months before are asked for, where that is further back than the month
// before: by which they are found, which rules read so far back, and the plan of the year; none where nobody asks for them.
func PastColumns(f *form.Form, months int) []*form.Column {
	var columns []*form.Column
	for _, rule := range f.Rules {
		if form.LooksBack(rule.Holds) >= months {
			columns = append(columns, form.Reads(rule.Holds)...)
		}
	}
	if f == form.Progress.Name.Form {
		columns = append(columns, form.Progress.YearPlan.Column)
	}
	if columns == nil && months > MonthsBack {
		return nil
	}
	return append(columns, identity.Columns(f)...)
}

// History is what stood in the months before, the latest first; a month that was never
// merged is empty. It knows each department's own rows.
type History struct {
	county *county.County
	months []pastMonth
}

type pastMonth struct {
	rows   []ledger.Standing // of the months that rules look back to
	stocks map[sender]*stock
}

// all are the rows of the month, in no order.
func (m pastMonth) all() iter.Seq[*ledger.Standing] {
	return func(yield func(*ledger.Standing) bool) {
		for _, s := range m.stocks {
			for _, row := range s.rows {
				if !yield(row) {
					return
				}
			}
		}
	}
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
	h := &History{county: c, months: make([]pastMonth, len(months))}
	var earlier pastMonth
	for i, rows := range slices.Backward(months) {
		past := pastMonth{stocks: stocksOf(rows)}
		if i < MonthsBack {
			past.rows = rows
		}
		for at, s := range past.stocks {
			switch before, f := earlier.stocks[at], form.ByID(at.form); {
			case before == nil:
				s.makeIndex(c, f)
			case i >= MonthsBack && slices.EqualFunc(s.rows, before.rows, saysSame): // the plan is that of the earliest month that has it
				past.stocks[at] = before
			case slices.EqualFunc(s.rows, before.rows, knownSame(f)):
				s.index, s.keys = before.index, before.keys
			default:
				s.makeIndex(c, f)
			}
		}
		h.months[i], earlier = past, past
	}
	return h
}

// stocksOf parts the rows of a month by who sent them.
func stocksOf(rows []ledger.Standing) map[sender]*stock {
	stocks := map[sender]*stock{}
	for i := range rows {
		at := sender{rows[i].Form, rows[i].Department}
		if form.ByID(at.form) == nil {
			continue
		}
		if stocks[at] == nil {
			stocks[at] = &stock{}
		}
		stocks[at].rows = append(stocks[at].rows, &rows[i])
	}
	return stocks
}

// saysSame reports whether two rows say the same, in the same cells.
func saysSame(a, b *ledger.Standing) bool { return a.Record.Fields.Equal(b.Record.Fields) }

// knownSame reports whether two rows of a form are known by the same.
func knownSame(f *form.Form) func(a, b *ledger.Standing) bool {
	columns := identity.Columns(f)
	return func(a, b *ledger.Standing) bool {
		return !slices.ContainsFunc(columns, func(c *form.Column) bool { return c.Value(a.Record) != c.Value(b.Record) })
	}
}

// makeIndex indexes the rows.
func (s *stock) makeIndex(c *county.County, f *form.Form) {
	s.index, s.keys = identity.NewIndex(), map[string]int{}
	for i, row := range s.rows {
		id := identity.Of(c, f, row)
		key := identity.Key(f.ID, id)
		if _, twice := s.keys[key]; twice {
			s.keys[key] = -1
		} else {
			s.keys[key] = i
		}
		s.index.Add(id)
	}
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

// Stood are all rows that stood some months ago, 1 being the month before, MonthsBack the last.
func (h *History) Stood(months int) []ledger.Standing { return h.months[months-1].rows }
