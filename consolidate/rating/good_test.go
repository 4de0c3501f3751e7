package rating

import (
	"huizong/consolidate"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// month judges and reconciles the returns of a month after the one before; nil if there was none.
func month(t Fataler, p ledger.Period, before *consolidate.Month, returns ...*ledger.Return) *consolidate.Month {
	t.Helper()
	for i, r := range returns {
		returns[i] = consolidate.Apply(r, nil)
	}
	in := consolidate.Input{County: Chenggu, Period: p, Returns: returns, History: consolidate.NewHistory(Chenggu)}
	if before != nil {
		in.History, in.Sent, in.Before = consolidate.NewHistory(Chenggu, before.Standing), before.Returns, before.Sum
		in.Past = map[ledger.Period]map[string]int64{before.Period: before.Figures}
	}
	m, err := consolidate.Reconcile(in)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
