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
	"slices"

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
	History *History         // what stood in the months before, the latest first

	Before    string           // Sum of the month before; blank if it was never merged
	Published map[string]int64 // its figures
}

// A Month is a period reconciled: what goes into the database, and what the workbooks show.
type Month struct {
	ledger.Month
	County    *county.County
	Book      *Book
	Earlier   *Book            // the month before; nil if it was never merged
	Published map[string]int64 // figures of the month before, as published
	History   *History
	Missing   []Missing
	Movements map[string][]Movement   // by form
	Bridge    map[string][]BridgeLine // by form
	Look      int                     // rows that a human must look at

	reported map[rowOf]*ledger.Record
}

// A rowOf is a row of a return by the return's content.
type rowOf struct {
	content string
	row     int
}

// Reconcile makes the month. An error means that the books do not close: a mistake of
// this program, never of a department.
func Reconcile(in Input) (*Month, error) {
	m := &Month{
		Month:     ledger.Month{Region: in.County.Region, Period: in.Period, Rules: in.Rules, Before: in.Before, Returns: in.Returns},
		County:    in.County,
		Published: in.Published,
		History:   in.History,
		Movements: map[string][]Movement{},
		Bridge:    map[string][]BridgeLine{},
		reported:  map[rowOf]*ledger.Record{},
	}
	Settle(in.County, in.Returns)
	leaving := m.stand(in)
	m.Book = NewBook(in.County, in.Period, m.Standing)
	if in.Before != "" {
		m.Earlier = NewBook(in.County, in.Period.Add(-1), in.History.months[0].rows)
	}
	m.Figures = m.Book.Figures()
	m.Sum = sum(m.Standing)
	for _, r := range in.Returns {
		m.Balance = m.Balance.Plus(r.Rows())
		m.Findings = append(m.Findings, r.Findings...)
	}
	if !m.Balance.Closes() {
		return nil, fmt.Errorf("the balance of rows does not close: %+v", m.Balance)
	}
	if err := m.close(leaving); err != nil {
		return nil, err
	}
	ledger.SortFindings(m.Findings)
	m.Look = m.look()
	return m, nil
}

// leaving are the rows by which entities left a stock.
type leaving struct {
	rows    map[*ledger.Record]bool
	reasons map[string]map[string]string // by form and entity
}

// stand works out form by form and department by department what stands.
func (m *Month) stand(in Input) leaving {
	left := leaving{map[*ledger.Record]bool{}, map[string]map[string]string{}}
	current := map[ledger.ReturnID]*ledger.Return{}
	for _, r := range in.Returns {
		if inForce(r) {
			current[r.ReturnID] = r
			for i := range r.Records {
				m.reported[rowOf{r.Content, r.Records[i].Row}] = &r.Records[i]
			}
		}
	}
	for _, f := range form.All() {
		left.reasons[f.ID] = map[string]string{}
		for _, department := range m.departments(f, in) {
			id := ledger.ReturnID{Region: m.Region, Period: m.Period, Form: f.ID, Department: department}
			r := current[id]
			s := standing{county: in.County, form: f, id: id, history: in.History}
			s.take(r)
			m.Standing = append(m.Standing, s.rows...)
			for _, record := range s.left {
				left.rows[record] = true
				left.reasons[f.ID][identify(in.County, f, record).key()] = leavingReason(f, record)
			}
			m.duty(f, id, r, s)
		}
	}
	return left
}

// leavingReason is what the department states as the reason (退库原因, 调出原因).
func leavingReason(f *form.Form, r *ledger.Record) string {
	if column := f.Column("leaving"); column != nil {
		return column.Value(r).S
	}
	return ""
}

// departments are all that owe a form, sent it or have something standing on it.
func (m *Month) departments(f *form.Form, in Input) []string {
	var all []string
	for _, unit := range in.County.Owes(f.ID) {
		all = append(all, unit.Name)
	}
	for _, r := range in.Returns {
		if r.Form == f.ID {
			all = append(all, r.Department)
		}
	}
	if f.Stock && len(in.History.months) > 0 {
		for _, row := range in.History.months[0].rows {
			if row.Form == f.ID {
				all = append(all, row.Department)
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Or(cmp.Compare(in.County.Order(a), in.County.Order(b)), cmp.Compare(a, b))
	})
	return slices.Compact(all)
}

// duty holds what was sent against what is owed: missing, late, or not asked for.
func (m *Month) duty(f *form.Form, id ledger.ReturnID, r *ledger.Return, s standing) {
	owed := slices.ContainsFunc(m.County.Owes(f.ID), func(u county.Unit) bool { return u.Name == id.Department })
	switch {
	case r == nil && owed:
		m.Missing = append(m.Missing, Missing{f.ID, id.Department, len(s.rows) > 0})
		m.Findings = append(m.Findings, ledger.Finding{Code: ReturnMissing, Period: m.Period, Department: id.Department, Form: f.ID})
	case r != nil && !owed:
		r.Findings = append(r.Findings, about(r, NotOwed, ""))
	}
	if r == nil {
		return
	}
	r.Findings = append(r.Findings, s.findings...)
	if Late(m.County, r) {
		finding := about(r, ReturnLate, r.Prepared.String())
		finding.Expected = m.County.Due.In(m.Period).String()
		r.Findings = append(r.Findings, finding)
	}
	ledger.SortFindings(r.Findings)
}

// Late reports whether a return came after the day it was due. Without any date lateness
// is not known (未注明) and never held against a department.
func Late(c *county.County, r *ledger.Return) bool {
	return !r.Prepared.IsZero() && r.Prepared.String() > c.Due.In(r.Period).String()
}

// close compares the month with the one before and strikes the ledger balance.
func (m *Month) close(left leaving) error {
	for _, f := range form.All() {
		if m.Earlier != nil && f.Stock {
			m.Movements[f.ID] = movements(f, m.Book, m.Earlier, left.reasons[f.ID])
		}
		lines, err := bridge(f, m, left.rows)
		if err != nil {
			return err
		}
		m.Bridge[f.ID] = lines
		if published := Total(lines).Published.Rows; published != len(m.Book.Counted(f)) {
			return fmt.Errorf("the ledger balance of %s comes to %d rows, the figures count %d", f.ID, published, len(m.Book.Counted(f)))
		}
	}
	return nil
}

// look counts the rows that a human must look at, each once: rows in force with an open
// error or query, rows sent back and not yet mended, and projects that were left out.
func (m *Month) look() int {
	rows := map[string]bool{}
	newest := map[ledger.ReturnID]int{} // version in force
	for _, r := range m.Returns {
		if inForce(r) {
			newest[r.ReturnID] = r.Version
		}
	}
	for _, r := range m.Returns {
		if r.State != ledger.Returned && !inForce(r) || r.State == ledger.Returned && r.Version < newest[r.ReturnID] {
			continue
		}
		key := func(row int) string { return fmt.Sprintf("%s|%s|%d", r.Form, r.Department, row) }
		data := map[int]bool{}
		for i := range r.Records {
			record := &r.Records[i]
			data[record.Row] = true
			if r.State == ledger.Returned || record.Returned {
				rows[key(record.Row)] = true
			}
		}
		for _, f := range r.Findings {
			switch {
			case f.Code == RowAbsent:
				rows[fmt.Sprintf("%s|%s|%s", r.Form, r.Department, f.Entity)] = true
			case data[f.Row] && f.Code.Severity >= ledger.Query:
				rows[key(f.Row)] = true
			}
		}
	}
	return len(rows)
}

// sum is the SHA-256 of standing rows: two months of the same sum are the same month.
func sum(rows []ledger.Standing) string {
	hash := sha256.New()
	encoder := json.NewEncoder(hash)
	for i := range rows {
		if err := encoder.Encode(&rows[i]); err != nil {
			panic(err) // standing rows are plain data
		}
	}
	return hex.EncodeToString(hash.Sum(nil))
}
