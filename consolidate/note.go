package consolidate

import (
	"slices"

	"huizong/internal/ledger"
)

// InForce are the returns that count, in the order of the month.
func (m *Month) InForce() []*ledger.Return {
	var counting []*ledger.Return
	for _, r := range m.Returns {
		if r.InForce() {
			counting = append(counting, r)
		}
	}
	return counting
}

// With is the month with what was found between departments and forms, each finding with the
// return in force that it is about; the month itself stays as it is. Such findings ask; they change
// nothing that stands.
func (m *Month) With(found []ledger.Finding) *Month {
	of := map[ledger.ReturnID][]ledger.Finding{}
	for _, f := range found {
		id := ledger.ReturnID{Region: m.Region, Period: f.Period, Form: f.Form, Department: f.Department}
		of[id] = append(of[id], f)
	}
	noted := *m
	noted.Returns = slices.Clone(m.Returns)
	for i, r := range m.Returns {
		if more := of[r.ReturnID]; len(more) > 0 && r.InForce() {
			own := *r
			own.Findings = slices.Concat(r.Findings, more)
			ledger.SortFindings(own.Findings)
			noted.Returns[i] = &own
		}
	}
	noted.Findings = slices.Concat(m.Findings, found)
	ledger.SortFindings(noted.Findings)
	noted.Look = noted.look()
	return &noted
}
