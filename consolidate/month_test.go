package consolidate

import (
	"fmt"
	"slices"
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

// Units that the county does not list come last, by name, wherever units stand.
func TestUnlistedUnitsAreInOrder(t *testing.T) {
	var returns []*ledger.Return
	want := []string{Trade, "外县某局", "某协会"}
	for i, department := range want {
		returns = append(returns, Sent(June, Reserve, department, department, Idea(5, fmt.Sprint("项目", i), "1")))
	}
	slices.Reverse(returns)
	m := merged(t, June, nil, returns...)
	var bridge, standing, projects, sent []string
	for i, line := range m.Bridge["reserve"] {
		bridge, standing = append(bridge, line.Department), append(standing, m.Standing[i].Department)
		projects, sent = append(projects, m.Register.Projects["reserve"][i].Row.Department), append(sent, m.Returns[i].Department)
	}
	for _, got := range [][]string{bridge, standing, projects, sent} {
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Findings are in the order of every output, those of a month and those of a return; an older version is not
// asked about anything.
func TestFindingsAreInOrder(t *testing.T) {
	older := On(Sent(June, Reserve, Trade, "older", Idea(5, "物流园", "1")), 19)
	m := merged(t, June, nil, older, With(Sent(June, Reserve, Trade, "z", Idea(5, "物流园", "1")), Asked, 5, "total"),
		With(Sent(June, Reserve, Town, "a", Idea(5, "冷库", "1")), Asked, 5, "total"))
	with := m.With([]ledger.Finding{{Code: SameDate, Period: June, Department: Trade, Form: "reserve"}})
	for name, findings := range map[string][]ledger.Finding{"the month": m.Findings, "with more": with.Findings} {
		sorted := slices.Clone(findings)
		ledger.SortFindings(sorted)
		if diff := cmp.Diff(fmt.Sprint(sorted), fmt.Sprint(findings)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
	var got []string
	for _, r := range with.Returns {
		for _, f := range r.Findings {
			got = append(got, r.Content+" "+f.Code.ID)
		}
	}
	if want := []string{"z M01", "z C98", "a C98"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Whatever came late makes the month another: its returns, what they change and the figures that would be otherwise.
func TestSumTellsWhatCameLate(t *testing.T) {
	late := Sent(May, Reserve, Town, "late", Idea(5, "物流园", "8"))
	whole := Correction{Late: []*ledger.Return{late}, Changes: []Change{{Late: late, Kind: Entered}}, Figures: []FigureChange{{Name: "reserve.projects"}}}
	seen := map[string]string{sum(nil, nil, nil): "nothing"}
	for name, c := range map[string]Correction{"all": whole, "no return": {Changes: whole.Changes, Figures: whole.Figures},
		"no change": {Late: whole.Late, Figures: whole.Figures}, "no figure": {Late: whole.Late, Changes: whole.Changes}} {
		s := sum(nil, nil, []Correction{c})
		if other := seen[s]; other != "" {
			t.Errorf("%s and %s have one sum", name, other)
		}
		seen[s] = name
	}
}
