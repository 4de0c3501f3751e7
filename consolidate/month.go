// Package consolidate turns the returns of a month into a ledger and the ledger into
// figures. It settles which return of a department is in force, keeps what was accepted
// before where something is missing, held back or sent back (沿用), brings the rows of
// different departments together into projects, and proves by the ledger balance (对账)
// that every row and every yuan reported is either published or accounted for. It is a pure
// function of the returns and of what stood before.
//
// Who is whom is in identity; the lights and the ranking are in rating, the database is in
// store, the workbooks are in summary.
package consolidate

import (
	"cmp"
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
	// Decisions are those on what is one project and what is not that were not undone, in any order.
	Decisions []ledger.Decision

	Before string // Sum of the month before; blank if it was never merged
	// Past are the figures of earlier months as they were published, as far as they are known.
	Past map[ledger.Period]map[string]int64
	// First are those of earlier months that were closed, as they were when they first were.
	First map[ledger.Period]map[string]int64
	// Corrections are what came late with the runs of the month, by month.
	Corrections []Correction
	// Asked are the errors and queries of the eleven months before, as far as they were merged.
	Asked map[ledger.Period][]ledger.Asked
}

// A Month is a period reconciled: what goes into the database, and what the workbooks show.
type Month struct {
	ledger.Month
	County    *county.County
	Register  *Register
	Earlier   *Register                          // the month before; nil if it was never merged
	Published map[string]int64                   // figures of the month before, as published
	Past      map[ledger.Period]map[string]int64 // those of all earlier months that are known
	// Restated are figures of Past that were first published otherwise, as they were then.
	Restated  map[ledger.Period]map[string]ledger.Value
	History   *History                   // what it was made with; nil of a month that is only to be drawn
	Plans     map[*Project][]PlanVersion // of the key projects that had several this year
	Missing   []Missing
	Movements map[string][]Movement   // by form
	Bridge    map[string][]BridgeLine // by form
	Entries   map[*Project]Entry      // 入统 of the key projects
	// Candidates are the pairs of projects that may be one and that nobody has decided on.
	Candidates []Candidate
	Rulings    []Ruling // on every decision that was not undone, by number
	// Corrections are what came late, of months that were closed: nothing of it counts.
	Corrections []Correction
	Justified   map[string]Justification // findings, by ledger.Finding.Digest; see Explain
	Waivers     []Waived                 // of the month, in their order
	Look        int                      // rows that a human must look at
	// Asked are the errors and queries of the eleven months before; a month that was never merged is not there.
	Asked map[ledger.Period][]ledger.Asked

	reported map[*ledger.Record]*ledger.Record   // rows as departments reported them, by those in force that have a field held back
	past     map[*ledger.Record]*ledger.Standing // by row of a return in force: its row of the month before
	left     map[*ledger.Standing]*ledger.Record // rows by which entities left a stock, by the row that stood before
	replaced map[*ledger.Standing]*ledger.Record // rows that stood before and that others stand for, as people decided
	sources  map[ledger.Edition]*ledger.Return
}

// Reconcile makes the month. Its returns are copies of those that it is given, settled in state and
// version, with what only the month shows; nothing that is given is changed. An error means that
// the ledger balance does not close: a mistake of this program, never of a department.
func Reconcile(in Input) (*Month, error) {
	settled := Settle(in.County, in.Returns)
	held := hold(in, settled)
	register := NewRegister(in.County, in.Period, held.rows, in.Decisions...)
	entries := register.entries()
	found := slices.Concat(held.findings, register.absences(held.absent), disagreements(register, inForce(settled)),
		register.otherwise(entries, inForce(settled)))
	returns := noted(in.County.Region, settled, found)
	m := &Month{
		Month: ledger.Month{
			Region: in.County.Region, Period: in.Period, Rules: in.Rules, Before: in.Before, Returns: returns, Standing: held.rows,
			Sum: sum(held.rows, in.Decisions, in.Corrections), Figures: register.Figures(),
			Findings: slices.Concat(held.unsent, corrected(in.Corrections)),
		},
		County:      in.County,
		Register:    register,
		Published:   in.Past[in.Period.Add(-1)],
		Past:        in.Past,
		Restated:    Restated(in.First, in.Past),
		History:     in.History,
		Plans:       changedPlans(register, in.History),
		Missing:     held.missing,
		Entries:     entries,
		Candidates:  candidates(register),
		Rulings:     rulings(register, in.History, in.Decisions),
		Corrections: in.Corrections,
		Asked:       in.Asked,
		reported:    held.reported,
		past:        held.past,
		left:        held.left,
		replaced:    held.replaced,
		sources:     map[ledger.Edition]*ledger.Return{},
	}
	if in.Before != "" {
		m.Earlier = NewRegister(in.County, in.Period.Add(-1), in.History.before(), in.Decisions...)
	}
	for _, c := range in.Corrections {
		maps.Copy(m.sources, c.sources)
	}
	for _, r := range slices.Concat(in.Sent, returns) {
		m.sources[r.Edition()] = r
	}
	for _, r := range returns {
		m.Balance = m.Balance.Plus(r.Rows())
	}
	for _, r := range openReturns(returns) {
		m.Findings = append(m.Findings, r.Findings...)
	}
	ledger.SortFindings(m.Findings)
	if !m.Balance.Closes() {
		return nil, fmt.Errorf("the balance of rows does not close: %+v", m.Balance)
	}
	m.Look = m.look()
	m.Movements = m.movements()
	var err error
	m.Bridge, err = m.bridges()
	return m, err
}

// holdings are what stands of all departments on all forms.
type holdings struct {
	rows     []ledger.Standing
	missing  []Missing
	unsent   []ledger.Finding // of returns that never came
	findings []ledger.Finding // of returns in force, as such
	reported map[*ledger.Record]*ledger.Record
	past     map[*ledger.Record]*ledger.Standing
	left     map[*ledger.Standing]*ledger.Record
	replaced map[*ledger.Standing]*ledger.Record
	absent   []absence
}

// An absence is a row that stands from before and that the return in force leaves out.
type absence struct {
	from *ledger.Return
	row  *ledger.Standing // of the month before
}

// hold works out form by form and department by department what stands of the settled returns.
func hold(in Input, returns []*ledger.Return) *holdings {
	all := &holdings{
		reported: map[*ledger.Record]*ledger.Record{}, past: map[*ledger.Record]*ledger.Standing{}, left: map[*ledger.Standing]*ledger.Record{},
		replaced: map[*ledger.Standing]*ledger.Record{},
	}
	current, sent := map[ledger.ReturnID]*ledger.Return{}, map[ledger.ReturnID]bool{}
	for _, r := range returns {
		sent[r.ReturnID] = true
		if r.InForce() {
			current[r.ReturnID] = r
		}
	}
	decided := identity.VerdictsOf(in.Decisions)
	var rows [][]ledger.Standing
	for _, f := range form.All() {
		owes := map[string]bool{}
		for _, unit := range in.County.Owes(f.ID) {
			owes[unit.Name] = true
		}
		for _, department := range departments(in, returns, f) {
			id := ledger.ReturnID{Region: in.County.Region, Period: in.Period, Form: f.ID, Department: department}
			h := holdingOf(in, f, id, current[id], decided)
			rows = append(rows, h.rows)
			maps.Copy(all.reported, h.reported)
			maps.Copy(all.past, h.past)
			maps.Copy(all.left, h.left)
			maps.Copy(all.replaced, h.replaced)
			for _, row := range h.absent {
				all.absent = append(all.absent, absence{current[id], row})
			}
			owed := owes[department]
			switch r := current[id]; {
			case r != nil:
				all.findings = append(all.findings, h.findings(r, owed)...)
			case owed:
				all.missing = append(all.missing, Missing{f.ID, department, len(h.rows) > 0})
				if !sent[id] {
					all.unsent = append(all.unsent,
						ledger.Finding{Code: ReturnMissing, Period: in.Period, Department: department, Form: f.ID, Entity: f.Title})
				}
			}
		}
	}
	all.rows = slices.Concat(rows...)
	return all
}

// departments are all that owe a form, sent it or have something standing on it.
func departments(in Input, returns []*ledger.Return, f *form.Form) []string {
	var all []string
	for _, unit := range in.County.Owes(f.ID) {
		all = append(all, unit.Name)
	}
	for _, r := range returns {
		if r.Form == f.ID {
			all = append(all, r.Department)
		}
	}
	for _, row := range in.History.before() {
		if row.Form == f.ID {
			all = append(all, row.Department)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Or(cmp.Compare(in.County.Order(a), in.County.Order(b)), cmp.Compare(a, b))
	})
	return slices.Compact(all)
}

// Late reports whether a return came after the day it was due. Without any date lateness
// is not known (未注明) and never held against a department.
func Late(c *county.County, r *ledger.Return) bool {
	return dated(r).String() > c.Due.In(r.Period).String()
}

// movements are those of each form that has a stock, against the month before.
func (m *Month) movements() map[string][]Movement {
	all := map[string][]Movement{}
	for _, f := range form.All() {
		if m.Earlier != nil && f.Stock {
			all[f.ID] = movements(f, m)
		}
	}
	return all
}

// bridges strikes the ledger balance of each form.
func (m *Month) bridges() (map[string][]BridgeLine, error) {
	all := map[string][]BridgeLine{}
	for _, f := range form.All() {
		lines, err := bridge(f, m)
		if err != nil {
			return nil, err
		}
		all[f.ID] = lines
		if published := Total(lines).Published.Rows; published != len(m.Register.Counted(f)) {
			return nil, fmt.Errorf("the ledger balance of %s comes to %d rows, the figures count %d", f.ID, published, len(m.Register.Counted(f)))
		}
		if err := agrees(f, lines, m.Figures); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// openReturns are those that somebody may still have to look at: those in force, and those
// sent back and not yet mended by a newer one.
func openReturns(returns []*ledger.Return) []*ledger.Return {
	current := map[ledger.ReturnID]int{} // version in force
	for _, r := range inForce(returns) {
		current[r.ReturnID] = r.Version
	}
	var open []*ledger.Return
	for _, r := range returns {
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
	at                        ledger.Place
}

func lookAt(row *ledger.Standing) lookRow {
	at := lookRow{row.Form, row.Department, "", row.Record.Place}
	if row.Carried() {
		at.content = row.Content
	}
	return at
}

// look counts the rows that a human must look at, each once: rows in force with an error or query
// that is not settled, rows sent back, projects that were left out, returns of which it is open
// whether an older version should count, the later row of each pair that may be one project,
// rows on which departments disagree openly, and returns that came late. A row of two versions
// is one row.
func (m *Month) look() int {
	rows, others := map[lookRow]struct{}{}, len(corrected(m.Corrections))
	for _, r := range openReturns(m.Returns) {
		data := map[ledger.Place]ledger.Place{} // of records, by the rows that they stand in
		for i := range r.Records {
			record := &r.Records[i]
			for _, at := range append([]ledger.Place{record.Place}, record.Rest...) {
				data[ledger.Place{Row: at.Row, Sheet: at.Sheet}] = record.Place
			}
			if r.State == ledger.Returned || record.Returned {
				rows[lookRow{r.Form, r.Department, "", record.Place}] = struct{}{}
			}
		}
		for _, f := range r.Findings {
			at, ofRow := data[r.Spot(f)]
			switch {
			case m.Settled(f):
			case f.Code == RowAbsent, OfVersions(f.Code):
				others++
			case ofRow && f.Code.Severity >= ledger.Query:
				rows[lookRow{r.Form, r.Department, "", at}] = struct{}{}
			}
		}
	}
	for _, c := range m.Candidates {
		rows[lookAt(c.Rows[1])] = struct{}{}
	}
	for _, dispute := range m.Register.Disputes() {
		if dispute.Reason == Open {
			rows[lookAt(dispute.Losers()[0].Row)] = struct{}{}
		}
	}
	return len(rows) + others
}
