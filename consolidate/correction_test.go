package consolidate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// toldOf is a correction, a line a change, a figure and a return.
func toldOf(c Correction) []string {
	var all []string
	for _, change := range c.Changes {
		line := change.Late.Content + " "
		for _, v := range []Version{change.Was, change.Says} {
			if v.Row != nil {
				line += v.Project.Name() + " "
			}
		}
		if change.Column != nil {
			line += fmt.Sprintf("%s %s→%s", change.Column.Name, change.Column.Spell(change.Before), change.Column.Spell(change.After))
		} else {
			line += change.Kind.String()
		}
		all = append(all, line)
	}
	for _, f := range c.Figures {
		if f.Name == "reserve.projects" || f.Name == "reserve.investment_fen" {
			all = append(all, fmt.Sprintf("%s %d→%d over %d", f.Name, f.Published.N, f.Would.N, len(f.Projects)))
		}
	}
	for _, r := range c.Late {
		all = append(all, fmt.Sprintf("%s %s %d", r.Content, r.State, r.Version))
	}
	return all
}

// What came late is told row by row and figure by figure, of the department's own rows; the month stays.
func TestCorrect(t *testing.T) {
	sent := func(content string, day int, records ...ledger.Record) *ledger.Return {
		return On(Sent(May, Reserve, Town, content, records...), day)
	}
	bridge := func(words ...string) ledger.Record {
		return Record(Reserve, 4, append([]string{"name=汉江大桥", "total=8000", "department=" + Town}, words...)...)
	}
	road := Record(Reserve, 5, "name=北环路", "total=12000", "department="+Town)
	published := func() []*ledger.Return { return []*ledger.Return{sent("in time", 20, bridge(), road)} }
	month := merged(t, May, nil, published()...)
	for _, c := range []struct {
		name  string
		late  []*ledger.Return
		want  []string
		codes []string
	}{
		{"the same rows", []*ledger.Return{sent("late", 28, bridge(), road)}, []string{"late accepted 2"}, nil},
		{"an amount", []*ledger.Return{sent("late", 28, bridge("total=8500"), road)},
			[]string{"late 汉江大桥 汉江大桥 总投资 8000万元→8500万元", "reserve.investment_fen 20000000000→20500000000 over 2", "late accepted 2"}, []string{"M06 " + Town}},
		{"a row more, a row less", []*ledger.Return{sent("late", 28, bridge(), Record(Reserve, 5, "name=南沙湖路网", "total=3000", "department="+Town))},
			[]string{"late 南沙湖路网 新增", "late 北环路 退库", "reserve.investment_fen 20000000000→11000000000 over 2", "late accepted 2"}, []string{"M06 " + Town}},
		{"nothing left", []*ledger.Return{sent("late", 28)}, []string{"late 汉江大桥 退库", "late 北环路 退库",
			"reserve.investment_fen 20000000000→0 over 0", "reserve.projects 2→0 over 0", "late accepted 2"}, []string{"M06 " + Town}},
		{"one that is older than what was published", []*ledger.Return{sent("late", 10, bridge("total=1"))}, []string{"late superseded 1"}, nil},
		{"two, of which the newer would count", []*ledger.Return{sent("first", 27, bridge("total=1"), road), sent("last", 28, bridge("total=8001"), road)},
			[]string{"last 汉江大桥 汉江大桥 总投资 8000万元→8001万元", "reserve.investment_fen 20000000000→20001000000 over 2", "first superseded 2", "last accepted 3"},
			[]string{"M06 " + Town}},
		{"one that would be sent back", []*ledger.Return{With(sent("late", 28, bridge("total=1")), NoSheet, 0, "")}, []string{"late returned 2"}, []string{"M06 " + Town}},
	} {
		t.Run(c.name, func(t *testing.T) {
			was := rows(month)
			would := merged(t, May, nil, append(published(), c.late...)...)
			correction := Correct(Account{month.Register, month.Figures}, would, c.late)
			if diff := cmp.Diff(c.want, toldOf(correction)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(was, rows(month)); diff != "" {
				t.Errorf("the month changed\n%s", diff)
			}
			in := Input{County: Chenggu, Period: May.Add(1), History: NewHistory(Chenggu, month.Standing), Before: month.Sum}
			without, err := Reconcile(in)
			if err != nil {
				t.Fatal(err)
			}
			in.Corrections = []Correction{correction}
			with, err := Reconcile(in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.codes, codes(with)); diff != "" {
				t.Errorf("findings (-want +got)\n%s", diff)
			}
			if with.Look != without.Look+len(c.codes) || with.Sum == without.Sum {
				t.Errorf("to look at: %d without, %d with; the sums are one: %v", without.Look, with.Look, with.Sum == without.Sum)
			}
			for _, change := range correction.Changes {
				if row := change.Says.Row; row != nil && (!with.CameLate(row) || with.SourceOf(row, form.Reserve.Name.Column) != change.Late) {
					t.Errorf("%s came late", row.Content)
				}
			}
			for i := range with.Standing {
				if with.CameLate(&with.Standing[i]) {
					t.Errorf("%s did not come late", with.Standing[i].Content)
				}
			}
			for i := range month.Standing {
				if with.CameLate(&month.Standing[i]) {
					t.Errorf("%s came in time", month.Standing[i].Content)
				}
			}
			if diff := cmp.Diff(without.Figures, with.Figures); diff != "" {
				t.Errorf("what came late counts\n%s", diff)
			}
		})
	}
}

// A figure that a late return would bring is told, though nothing was published of its form.
func TestCorrectWhatWasNotPublished(t *testing.T) {
	late := Sent(May, Reserve, Town, "late", Record(Reserve, 4, "name=汉江大桥", "total=8000", "department="+Town))
	c := Correct(Account{Register: NewRegister(Chenggu, May, nil)}, merged(t, May, nil, late), []*ledger.Return{late})
	want := []string{"late 汉江大桥 新增", "reserve.investment_fen 0→8000000000 over 1", "reserve.projects 0→1 over 1", "late accepted 1"}
	if diff := cmp.Diff(want, toldOf(c)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, f := range c.Figures {
		if f.Published.Known || !f.Would.Known {
			t.Errorf("%+v", f)
		}
	}
}

// Figures that were first published otherwise are known as they were, those of other months are not named.
func TestRestated(t *testing.T) {
	first := map[ledger.Period]map[string]int64{May: {"a": 1, "b": 2, "gone": 3}}
	now := map[ledger.Period]map[string]int64{May: {"a": 1, "b": 5, "new": 4}, May.Add(-1): {"a": 7}}
	want := map[ledger.Period]map[string]ledger.Value{May: {"b": ledger.Number(2), "gone": ledger.Number(3), "new": {}}}
	if diff := cmp.Diff(want, Restated(first, now)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A pair that moves a count leaves the month open; what is explained or corrected stands apart from what asks
// for nothing.
func TestWhatStandsInTheWayOfClosing(t *testing.T) {
	row := func(name, department string) ledger.Record {
		return Record(Reserve, 4, "name="+name, "total=8000", "department="+department)
	}
	m := merged(t, May, nil, Sent(May, Reserve, Town, "a", row("汉江大桥工程", Town)), Sent(May, Reserve, Housing, "b", row("汉江大桥工程（二期）", Housing)))
	if len(m.Open()) != len(m.Candidates) || len(m.Candidates) == 0 {
		t.Errorf("%d of %d pairs are open", len(m.Open()), len(m.Candidates))
	}
	asked := With(Sent(May, Reserve, Town, "c", row("汉江大桥工程", Town)), Asked, 4, "total")
	noted := With(asked, Noted, 4, "total")
	var found []string
	for _, f := range merged(t, May, nil, noted).Unexplained() {
		found = append(found, f.Code.ID)
	}
	slices.Sort(found)
	found = slices.Compact(found)
	if want := []string{Asked.ID, ReturnMissing.ID}; !slices.Equal(found, want) {
		t.Errorf("unexplained: %v, want %v", found, want)
	}
}

// A department whose late return would be sent back is told why; of one that would be taken the month is enough.
func TestWhyLateReturnsDoNotCount(t *testing.T) {
	for _, test := range []struct {
		name string
		late *ledger.Return
		want string
	}{
		{"taken, with a query", With(Sent(May, Reserve, Town, "late", Idea(5, "物流园", "8")), Asked, 5, "total"), "2024年5月"},
		{"sent back", With(With(Sent(May, Reserve, Town, "late", Idea(5, "物流园", "8")), Asked, 5, "total"), NoSheet, 0, ""), "2024年5月，退回该表"},
	} {
		c := Correction{Period: May}
		if got := c.finding(Apply(test.late, nil)); got.Found != test.want || got.Code != CameLate || got.Department != Town {
			t.Errorf("%s: %q, want %q", test.name, got.Found, test.want)
		}
	}
}
