package consolidate

import (
	"slices"

	"huizong/internal/ledger"
)

// InForce are the returns that count, in the order of the month.
func (m *Month) InForce() []*ledger.Return { return inForce(m.Returns) }

func inForce(returns []*ledger.Return) []*ledger.Return {
	return slices.DeleteFunc(slices.Clone(returns), func(r *ledger.Return) bool { return !r.InForce() })
}

// With is the month with what was found between departments and forms, each finding with the
// return in force that it is about; the month itself stays as it is. Such findings ask; they change
// nothing that stands.
func (m *Month) With(found []ledger.Finding) *Month {
	with := *m
	with.Returns = noted(m.Region, m.Returns, found)
	with.Findings = slices.Concat(m.Findings, found)
	ledger.SortFindings(with.Findings)
	with.Look = with.look()
	return &with
}

// noted are returns with more findings, each with the return in force that it is about. Those
// that are given stay as they are.
func noted(region string, returns []*ledger.Return, found []ledger.Finding) []*ledger.Return {
	of := map[ledger.ReturnID][]ledger.Finding{}
	for _, f := range found {
		id := ledger.ReturnID{Region: region, Period: f.Period, Form: f.Form, Department: f.Department}
		of[id] = append(of[id], f)
	}
	all := slices.Clone(returns)
	for i, r := range returns {
		if more := of[r.ReturnID]; len(more) > 0 && r.InForce() {
			own := *r
			own.Findings = slices.Concat(r.Findings, more)
			ledger.SortFindings(own.Findings)
			all[i] = &own
		}
	}
	return all
}
