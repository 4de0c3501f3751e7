package consolidate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// A month knows the one before, and tells which figures of earlier months were first published otherwise, as
// they were then.
func TestMonthKnowsThoseBefore(t *testing.T) {
	m, err := Reconcile(Input{County: Chenggu, Period: June, History: NewHistory(Chenggu), Before: "the sum of May",
		First: map[ledger.Period]map[string]int64{April: {"reserve.projects": 3}, May: {"reserve.projects": 4}},
		Past:  map[ledger.Period]map[string]int64{April: {"reserve.projects": 5}, May: {"reserve.projects": 4}}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[ledger.Period]map[string]ledger.Value{April: {"reserve.projects": ledger.Number(3)}}
	if diff := cmp.Diff(want, m.Restated); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if m.Published["reserve.projects"] != 4 || m.Past[April]["reserve.projects"] != 5 {
		t.Errorf("published in May %v, in all %v", m.Published, m.Past)
	}
	if m.Earlier.Period != May {
		t.Errorf("the month before is %s", m.Earlier.Period)
	}
}
