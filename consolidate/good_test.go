package consolidate

import (
	"fmt"
	"slices"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// merged judges and reconciles the returns of a month after the months before, the latest
// first.
func merged(t Fataler, p ledger.Period, before []*Month, returns ...*ledger.Return) *Month {
	t.Helper()
	in := Input{County: Chenggu, Period: p, Returns: returns}
	var past [][]ledger.Standing
	for _, m := range before {
		past = append(past, m.Standing)
		in.Sent = append(in.Sent, m.Returns...)
	}
	if len(before) > 0 {
		in.Before, in.Past = before[0].Sum, map[ledger.Period]map[string]int64{before[0].Period: before[0].Figures}
	}
	in.History = NewHistory(Chenggu, past...)
	for i, r := range returns {
		returns[i] = Apply(r, nil)
	}
	m, err := Reconcile(in)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func after(months ...*Month) []*Month { return months }

// rows are the standing rows: department, name, amount of the balance, month.
func rows(m *Month) []string {
	var all []string
	for i := range m.Standing {
		s := &m.Standing[i]
		f := form.ByID(s.Form)
		amount := f.Amount.Show(f.Amount.Value(s.Record))
		all = append(all, fmt.Sprintf("%s %s %s %s", s.Department, f.Name(s.Record), amount, s.From))
	}
	return all
}

// codes are the findings of a month by code and department, without the returns that were
// never sent.
func codes(m *Month) []string {
	var all []string
	for _, f := range m.Findings {
		if f.Code != ReturnMissing {
			all = append(all, strings.TrimSpace(f.Code.ID+" "+f.Department+" "+f.Entity))
		}
	}
	slices.Sort(all)
	return all
}
