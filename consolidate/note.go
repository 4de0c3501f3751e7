package consolidate

import (
	"huizong/internal/ledger"
)

// InForce are the returns that count, in the order of the month.
func (m *Month) InForce() []*ledger.Return {
	var counting []*ledger.Return
	for _, r := range m.Returns {
		if inForce(r) {
			counting = append(counting, r)
		}
	}
	return counting
}

// Note adds what was found between departments and forms, each finding to the return in
// force that it is about. Such findings ask; they change nothing that stands.
func (m *Month) Note(found []ledger.Finding) {
	returns := map[ledger.ReturnID]*ledger.Return{}
	for _, r := range m.InForce() {
		returns[r.ReturnID] = r
	}
	for _, f := range found {
		if r := returns[ledger.ReturnID{Region: m.Region, Period: f.Period, Form: f.Form, Department: f.Department}]; r != nil {
			r.Findings = append(r.Findings, f)
			ledger.SortFindings(r.Findings)
		}
	}
	m.Findings = append(m.Findings, found...)
	ledger.SortFindings(m.Findings)
	m.Look = m.look()
}
