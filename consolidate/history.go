package consolidate

import (
	"iter"
	"slices"
	"sync"

	"huizong/consolidate/identity"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// MonthsBack is how many months before a month may be asked for rows of all forms: rules look back no further. Of those
// before them only the plans of the year are asked.
const MonthsBack = 3

// monthsOfQuarter are asked for its meetings, the month itself among them.
const monthsOfQuarter = 3

// PastColumns are those of a form that its rows of so many months before are asked for, where that is further back than the month
// before: by which they are found, which rules read so far back, the plan of the year, the kinds of a quarter's meetings; none where
// nobody asks for them. Where anything was decided, rows of all projects are looked for by what they are known by, MonthsBack at most.
func PastColumns(f *form.Form, months int, decided bool) []*form.Column {
	var columns []*form.Column
	for _, rule := range f.Rules {
		if form.LooksBack(rule.Holds) >= months {
			columns = append(columns, form.Reads(rule.Holds)...)
		}
	}
	switch f {
	case form.Progress.Name.Form:
		columns = append(columns, form.Progress.YearPlan.Column)
	case form.Dispatch.Kind.Form:
		if months < monthsOfQuarter {
			columns = append(columns, form.Dispatch.Kind.Column)
		}
	}
	if columns == nil && !(decided && f.ProjectCode != nil && months <= MonthsBack) {
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
	rows   []ledger.Standing // of the month before
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
	keys  func() map[string]int // of the rows, by identity.Key; -1 where several have one. Most are never asked for
}

// NewHistory indexes the standing rows of earlier months, the month before first.
func NewHistory(c *county.County, months ...[]ledger.Standing) *History {
	h := &History{county: c, months: make([]pastMonth, len(months))}
	var earlier pastMonth
	for i, rows := range slices.Backward(months) {
		past := pastMonth{stocks: stocksOf(rows)}
		if i == 0 {
			past.rows = rows
		}
		for at, s := range past.stocks {
			switch before, f := earlier.stocks[at], form.ByID(at.form); {
			case before == nil:
				s.makeIndex(c, f)
			case i > 0 && slices.EqualFunc(s.rows, before.rows, saysSame): // the plan is that of the earliest month that has it
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

// saysSame reports whether two rows say the same, in the same cells, and go on from the same row.
func saysSame(a, b *ledger.Standing) bool {
	return a.Record.Fields.Equal(b.Record.Fields) && a.Record.Key == b.Record.Key
}

// knownSame reports whether two rows of a form are known by the same.
func knownSame(f *form.Form) func(a, b *ledger.Standing) bool {
	columns := identity.Columns(f)
	return func(a, b *ledger.Standing) bool {
		return !slices.ContainsFunc(columns, func(c *form.Column) bool { return c.Value(a.Record) != c.Value(b.Record) })
	}
}

// makeIndex indexes the rows.
func (s *stock) makeIndex(c *county.County, f *form.Form) {
	index := identity.NewIndex()
	for _, row := range s.rows {
		index.Add(identity.Of(c, f, row))
	}
	rows := len(s.rows)
	s.index, s.keys = index, sync.OnceValue(func() map[string]int {
		keys := map[string]int{}
		for i := range rows {
			key := identity.Key(f.ID, index.Row(i))
			if _, twice := keys[key]; twice {
				i = -1
			}
			keys[key] = i
		}
		return keys
	})
}

// continued is the row that a row of the month after goes on from by the key of its template; -1 where it has
// none, where no row has that key, and where it bears the name of another row.
func (s *stock) continued(r *ledger.Record, id identity.Row) int {
	if r.Key == "" || len(s.rows) == 0 {
		return -1
	}
	at, known := s.keys()[r.Key]
	if !known || at < 0 {
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
		} else if row := then.find(id); row != nil {
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

// find gives the row of the same identity; nil if there is none.
func (s *stock) find(id identity.Row) *ledger.Standing {
	if at := s.index.Strongest(id, naming.SameName); at >= 0 {
		return s.rows[at]
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

// Stood are the rows that stood some months ago, as far as they are known, in no order; 1 is the month before, of which all are.
func (h *History) Stood(months int) []ledger.Standing {
	if months == 1 {
		return h.before()
	}
	var rows []ledger.Standing
	for row := range h.months[months-1].all() {
		rows = append(rows, *row)
	}
	return rows
}
