package consolidate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/county"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// What became better, what comes for the third month running, and what a unit was asked in twelve months, of which May
// and April were merged.
func TestFeedback(t *testing.T) {
	june := ledger.Period{Year: 2024, Month: 6}
	about := func(code *ledger.Code, department, entity string) ledger.Finding {
		return ledger.Finding{Code: code, Period: june, Department: department, Form: "reserve", Entity: entity, Field: "总投资"}
	}
	asked := func(findings ...ledger.Finding) []ledger.Asked {
		var all []ledger.Asked
		for _, f := range findings {
			all = append(all, f.Asked())
		}
		return all
	}
	id := ledger.ReturnID{Region: "610722", Period: june, Form: "reserve", Department: Town}
	m := &Month{
		Month: ledger.Month{Region: "610722", Period: june,
			Returns: []*ledger.Return{{ReturnID: id, State: ledger.Accepted}},
			Findings: []ledger.Finding{about(RowAbsent, Town, "甲"), about(RowAbsent, Town, "甲"), about(RowAbsent, Town, "乙"), about(RowsLacking, Town, "丙"),
				about(Overruled, Town, "甲"), about(RowAbsent, Trade, "甲")}},
		Register: NewRegister(county.Default(), june, nil),
		Asked: map[ledger.Period][]ledger.Asked{
			june.Add(-1): asked(about(RowAbsent, Town, "甲"), about(RowAbsent, Town, "乙"), about(RowAbsent, Town, "丁"), about(RowAbsent, Town, "戊"),
				about(RowsLacking, Trade, "丙"), about(RowAbsent, Trade, "甲")),
			june.Add(-2): asked(about(RowAbsent, Town, "甲"), about(RowAbsent, Trade, "乙")),
		},
	}
	if diff := cmp.Diff([]ledger.Finding{about(RowAbsent, Town, "甲")}, m.Running()); diff != "" {
		t.Errorf("running (-want +got)\n%s", diff)
	}
	settled := *m
	if settled.Justified = map[string]Justification{about(RowAbsent, Town, "甲").Digest(): {Text: "移交市级管理"}}; settled.Running() != nil {
		t.Error("what is settled is asked on")
	}
	// Trade sent nothing: that nothing is asked of it now is not its merit.
	if diff := cmp.Diff(map[ledger.ReturnID][]Better{id: {{RowAbsent, 4, 3}}}, m.Better()); diff != "" {
		t.Errorf("better (-want +got)\n%s", diff)
	}
	months := func(counts ...int) (all [12]int) {
		for i := range all {
			all[i] = Unknown
		}
		copy(all[12-len(counts):], counts)
		return all
	}
	want := []UnitYear{
		{Trade, months(1, 2, 1), []Kind{{RowAbsent, 3}, {RowsLacking, 1}}},
		{Town, months(1, 4, 4), []Kind{{RowAbsent, 8}, {RowsLacking, 1}}},
	}
	got := m.UnitYears()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("years (-want +got)\n%s", diff)
	}
	if n := got[1].Total(); n != 9 {
		t.Errorf("total %d", n)
	}
	m.Asked[june.Add(-2)] = nil // merged, and nothing was asked
	if got := m.Running(); got != nil {
		t.Errorf("running after a month without: %v", got)
	}
}
