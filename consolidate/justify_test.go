package consolidate

import (
	"testing"

	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// What is explained or waived needs nobody to look at it and does not stand in the way of a close, as long as its value is
// what it was; what must be corrected, and what keeps a value out of the month, is not settled by words.
func TestExplain(t *testing.T) {
	asked := ledger.Declare("C95", ledger.Query, ledger.HoldField, ledger.Level0, "type-error", ledger.Zh("暂缓", ""), ledger.En("", ""))
	month := func(code *ledger.Code, found string) (*Month, ledger.Finding) {
		r := With(Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8")), code, 5, "total")
		f := &r.Findings[0]
		f.Entity, f.Found = "物流园", found
		return merged(t, June, nil, r), *f
	}
	_, about := month(Asked, "8")
	explained := func(f ledger.Finding, text, given string) ledger.Explanation {
		return ledger.Explanation{Digest: f.Digest(), Text: text, Who: "张三", Given: given}
	}
	waived := func(change func(w *ledger.Waiver)) []ledger.Waiver {
		w := ledger.Waiver{Code: Asked.ID, Department: Trade, Why: "批复在办", Who: "李工", Until: June}
		change(&w)
		return []ledger.Waiver{w}
	}
	for _, test := range []struct {
		name         string
		code         *ledger.Code
		found        string
		explanations []ledger.Explanation
		waivers      []ledger.Waiver
		settled      bool
		says         string
	}{
		{"nobody says why", Asked, "8", nil, nil, false, ""},
		{"explained", Asked, "8", []ledger.Explanation{explained(about, "设备款七月支付", "2024-06-20")}, nil, true, "设备款七月支付"},
		{"explained, then the value changed", Asked, "9", []ledger.Explanation{explained(about, "设备款七月支付", "2024-06-20")}, nil, false, ""},
		{"explained again otherwise", Asked, "8",
			[]ledger.Explanation{explained(about, "设备款八月支付", "2024-06-25"), explained(about, "设备款七月支付", "2024-06-20")}, nil, true, "设备款八月支付"},
		{"waived", Asked, "8", nil, waived(func(w *ledger.Waiver) {}), true, "批复在办"},
		{"waived and explained", Asked, "8", []ledger.Explanation{explained(about, "设备款七月支付", "2024-06-20")}, waived(func(w *ledger.Waiver) {}), true, "批复在办"},
		{"waived for a value", Asked, "8", nil, waived(func(w *ledger.Waiver) { w.Found = "８" }), true, "批复在办"},
		{"waived for another value", Asked, "8", nil, waived(func(w *ledger.Waiver) { w.Found = "9" }), false, ""},
		{"waived for another department", Asked, "8", nil, waived(func(w *ledger.Waiver) { w.Department = Town }), false, ""},
		{"waived for another column", Asked, "8", nil, waived(func(w *ledger.Waiver) { w.Field = "建设地点" }), false, ""},
		{"waived for another project", Asked, "8", nil, waived(func(w *ledger.Waiver) { w.Entity = "冷库" }), false, ""},
		{"waived up to the month before", Asked, "8", nil, waived(func(w *ledger.Waiver) { w.Until = May }), false, ""},
		{"an error, explained", Unread, "8", nil, waived(func(w *ledger.Waiver) { w.Code = Unread.ID }), false, "批复在办"},
		{"a value held back, explained", asked, "8", nil, waived(func(w *ledger.Waiver) { w.Code = asked.ID }), false, "批复在办"},
	} {
		t.Run(test.name, func(t *testing.T) {
			plain, f := month(test.code, test.found)
			m := plain.Explain(test.explanations, test.waivers)
			j, _ := m.Justification(f)
			if settled := m.Look == 0; settled != test.settled || j.Text != test.says {
				t.Errorf("%d rows to look at, justified by %q", m.Look, j.Text)
			}
			open := 0
			for _, f := range m.Unexplained() {
				if f.Code == Asked {
					open++
				}
			}
			if test.code == Asked && (open == 0) != test.settled {
				t.Errorf("%d findings stand in the way of a close", open)
			}
			if (m.Sum != plain.Sum) != (test.says != "") || plain.Look != 1 || len(m.Findings) != len(plain.Findings) {
				t.Error("the sum does not tell what is justified, or more has changed")
			}
		})
	}
}

// Of each waiver it is known how many findings it is of, and whether it still holds.
func TestWaivers(t *testing.T) {
	m := merged(t, June, nil, With(With(Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8"), Idea(6, "冷库", "9")), Asked, 5, "total"), Asked, 6, "place"))
	of := func(field string, until ledger.Period) ledger.Waiver {
		return ledger.Waiver{Code: Asked.ID, Department: Trade, Field: field, Until: until}
	}
	m = m.Explain(nil, []ledger.Waiver{of("", June), of("总投资", June), of("总投资", May), of("备注", June)})
	for i, want := range []Waived{{Findings: 2}, {Findings: 1}, {Findings: 0}, {Findings: 0}} {
		if w := m.Waivers[i]; w.Findings != want.Findings || w.Expired(June) != (i == 2) {
			t.Errorf("waiver %d is of %d findings, expired %t", i, w.Findings, w.Expired(June))
		}
	}
}
