// Package consolidate turns the returns of a month into a ledger and the ledger into
// figures. It settles which return of a department is in force, keeps what was accepted
// before where something is missing, held back or sent back (沿用), brings the rows of
// different departments together into projects, and proves by the ledger balance (对账)
// that every row and every yuan reported is either published or accounted for. It is a pure
// function of the returns and of what stood before; the database is in store, the
// workbooks are in summary.
package consolidate

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"huizong/consolidate/identity"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// An Input is what a month is made of.
type Input struct {
	County  *county.County
	Period  ledger.Period
	Rules   string           // SHA-256 of the rule set
	Returns []*ledger.Return // every return of the period known, judged
	History *History         // what stood in the months before, the latest first; never nil
	Sent    []*ledger.Return // the returns of the months that History's rows were reported in, rows not needed
	// Decisions are those in force on what is one project and what is not, in any order.
	Decisions []ledger.Decision

	Before    string           // Sum of the month before; blank if it was never merged
	Published map[string]int64 // its figures
}

// A Month is a period reconciled: what goes into the database, and what the workbooks show.
type Month struct {
	ledger.Month
	County    *county.County
	Register  *Register
	Earlier   *Register        // the month before; nil if it was never merged
	Published map[string]int64 // figures of the month before, as published
	History   *History
	Missing   []Missing
	Movements map[string][]Movement   // by form
	Bridge    map[string][]BridgeLine // by form
	// Candidates are the pairs of projects that may be one and that nobody has decided on.
	Candidates []Candidate
	Decisions  []ledger.Decision
	Look       int // rows that a human must look at

	reported map[rowOf]*ledger.Record
	past     map[*ledger.Record]*ledger.Standing // by row of a return in force: its row of the month before
	left     map[*ledger.Standing]*ledger.Record // rows by which entities left a stock, by the row that stood before
	sources  map[ledger.Edition]*ledger.Return
}

// A rowOf is a row of a return by the return's content.
type rowOf struct {
	content string
	row     int
}

// Reconcile makes the month. Its returns are copies of those that it is given, settled in state and
// version, with what only the month shows; nothing that is given is changed. An error means that
// the ledger balance does not close: a mistake of this program, never of a department.
func Reconcile(in Input) (*Month, error) {
	m := &Month{
		Month:     ledger.Month{Region: in.County.Region, Period: in.Period, Rules: in.Rules, Before: in.Before, Returns: Settle(in.County, in.Returns)},
		County:    in.County,
		Published: in.Published,
		History:   in.History,
		Movements: map[string][]Movement{},
		Bridge:    map[string][]BridgeLine{},
		Decisions: in.Decisions,
		reported:  map[rowOf]*ledger.Record{},
		past:      map[*ledger.Record]*ledger.Standing{},
		left:      map[*ledger.Standing]*ledger.Record{},
		sources:   map[ledger.Edition]*ledger.Return{},
	}
	for _, r := range slices.Concat(in.Sent, m.Returns) {
		m.sources[r.Edition()] = r
	}
	m.stand()
	m.Register = NewRegister(in.County, in.Period, m.Standing, in.Decisions...)
	if in.Before != "" {
		m.Earlier = NewRegister(in.County, in.Period.Add(-1), in.History.before(), in.Decisions...)
	}
	m.Figures = m.Register.Figures()
	m.Sum = sum(m.Standing, in.Decisions)
	m.Candidates = candidates(m.Register, in.Decisions)
	m.disputes()
	for _, r := range m.Returns {
		m.Balance = m.Balance.Plus(r.Rows())
	}
	for _, r := range m.open() {
		m.Findings = append(m.Findings, r.Findings...)
	}
	if !m.Balance.Closes() {
		return nil, fmt.Errorf("the balance of rows does not close: %+v", m.Balance)
	}
	if err := m.close(); err != nil {
		return nil, err
	}
	ledger.SortFindings(m.Findings)
	m.Look = m.look()
	return m, nil
}

// stand works out form by form and department by department what stands.
func (m *Month) stand() {
	current, sent := map[ledger.ReturnID]*ledger.Return{}, map[ledger.ReturnID]bool{}
	for _, r := range m.Returns {
		sent[r.ReturnID] = true
		if r.InForce() {
			current[r.ReturnID] = r
			for i := range r.Records {
				m.reported[rowOf{r.Content, r.Records[i].Row}] = &r.Records[i]
			}
		}
	}
	for _, f := range form.All() {
		for _, department := range m.departments(f) {
			id := ledger.ReturnID{Region: m.Region, Period: m.Period, Form: f.ID, Department: department}
			s := &holding{county: m.County, form: f, id: id, history: m.History, past: m.past, left: m.left}
			s.take(current[id])
			m.Standing = append(m.Standing, s.rows...)
			m.duty(s, current[id], sent[id])
		}
	}
}

// departments are all that owe a form, sent it or have something standing on it.
func (m *Month) departments(f *form.Form) []string {
	var all []string
	for _, unit := range m.County.Owes(f.ID) {
		all = append(all, unit.Name)
	}
	for _, r := range m.Returns {
		if r.Form == f.ID {
			all = append(all, r.Department)
		}
	}
	for _, row := range m.History.before() {
		if f.Stock && row.Form == f.ID {
			all = append(all, row.Department)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Or(cmp.Compare(m.County.Order(a), m.County.Order(b)), cmp.Compare(a, b))
	})
	return slices.Compact(all)
}

// duty holds what was sent against what is owed: missing, late, not asked for, and rows
// left out. A return that was sent back is not in force, but its department did send it.
func (m *Month) duty(s *holding, r *ledger.Return, sent bool) {
	owed := slices.ContainsFunc(m.County.Owes(s.form.ID), func(u county.Unit) bool { return u.Name == s.id.Department })
	if r == nil {
		if owed {
			m.Missing = append(m.Missing, Missing{s.form.ID, s.id.Department, len(s.rows) > 0})
		}
		if owed && !sent {
			m.Findings = append(m.Findings,
				ledger.Finding{Code: ReturnMissing, Period: m.Period, Department: s.id.Department, Form: s.form.ID, Entity: s.form.Title})
		}
		return
	}
	if !owed {
		r.Findings = append(r.Findings, about(r, NotOwed, ""))
	}
	for _, name := range s.absent {
		finding := about(r, RowAbsent, "")
		finding.Entity = name
		r.Findings = append(r.Findings, finding)
	}
	if Late(m.County, r) {
		finding := about(r, ReturnLate, dated(r).String())
		finding.Expected = "不晚于" + m.County.Due.In(m.Period).String()
		r.Findings = append(r.Findings, finding)
	}
	ledger.SortFindings(r.Findings)
}

// Late reports whether a return came after the day it was due. Without any date lateness
// is not known (未注明) and never held against a department.
func Late(c *county.County, r *ledger.Return) bool {
	return dated(r).String() > c.Due.In(r.Period).String()
}

// close compares the month with the one before and strikes the ledger balance.
func (m *Month) close() error {
	for _, f := range form.All() {
		if m.Earlier != nil && f.Stock {
			m.Movements[f.ID] = movements(f, m.Register, m.Earlier, m.left)
		}
		lines, err := bridge(f, m)
		if err != nil {
			return err
		}
		m.Bridge[f.ID] = lines
		if published := Total(lines).Published.Rows; published != len(m.Register.Counted(f)) {
			return fmt.Errorf("the ledger balance of %s comes to %d rows, the figures count %d", f.ID, published, len(m.Register.Counted(f)))
		}
		if err := agrees(f, lines, m.Figures); err != nil {
			return err
		}
	}
	return nil
}

// open are the returns that somebody may still have to look at: those in force, and those
// sent back and not yet mended by a newer one.
func (m *Month) open() []*ledger.Return {
	current := map[ledger.ReturnID]int{} // version in force
	for _, r := range m.InForce() {
		current[r.ReturnID] = r.Version
	}
	var open []*ledger.Return
	for _, r := range m.Returns {
		if r.InForce() || r.State == ledger.Returned && r.Version > current[r.ReturnID] {
			open = append(open, r)
		}
	}
	return open
}

// A lookRow is a row that a human must look at; Content tells apart what stands from an
// earlier month.
type lookRow struct {
	form, department, content string
	row                       int
}

func lookAt(row *ledger.Standing) lookRow {
	at := lookRow{row.Form, row.Department, "", row.Record.Row}
	if row.Carried() {
		at.content = row.Content
	}
	return at
}

// look counts the rows that a human must look at, each once: rows in force with an open
// error or query, rows sent back, projects that were left out, the later row of each pair
// that may be one project, and rows on which departments disagree openly. A row of two
// versions is one row.
func (m *Month) look() int {
	rows, absent := map[lookRow]bool{}, 0
	for _, r := range m.open() {
		data := map[int]bool{}
		for i := range r.Records {
			record := &r.Records[i]
			data[record.Row] = true
			if r.State == ledger.Returned || record.Returned {
				rows[lookRow{r.Form, r.Department, "", record.Row}] = true
			}
		}
		for _, f := range r.Findings {
			switch {
			case f.Code == RowAbsent:
				absent++
			case data[f.Row] && f.Code.Severity >= ledger.Query:
				rows[lookRow{r.Form, r.Department, "", f.Row}] = true
			}
		}
	}
	for _, c := range m.Candidates {
		rows[lookAt(c.B.Row)] = true
	}
	for _, dispute := range m.Disputes() {
		if dispute.Reason == Open {
			rows[lookAt(dispute.Losers()[0].Row)] = true
		}
	}
	return len(rows) + absent
}

// sum is the SHA-256 of standing rows and of what was decided on them: two months of the
// same sum are the same month.
func sum(rows []ledger.Standing, decisions []ledger.Decision) string {
	hash := sha256.New()
	encoder := json.NewEncoder(hash)
	for i := range rows {
		if err := encoder.Encode(&rows[i]); err != nil {
			panic(err) // standing rows are plain data
		}
	}
	decided := identity.VerdictsOf(decisions)
	for _, a := range slices.Sorted(maps.Keys(decided)) {
		for _, b := range slices.Sorted(maps.Keys(decided[a])) {
			fmt.Fprintln(hash, a, b, decided[a][b].Verdict)
		}
	}
	return hex.EncodeToString(hash.Sum(nil))
}
