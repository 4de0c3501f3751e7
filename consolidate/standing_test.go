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

// What stands in June of what one department sent, after two projects stood in May.
func TestStanding(t *testing.T) {
	const (
		mayPark, mayStore   = Trade + " 物流园 8000 2024-05", Trade + " 冷库 900 2024-05"
		junePark, juneStore = Trade + " 物流园 8100 2024-06", Trade + " 冷库 900 2024-06"
	)
	before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", Idea(5, "物流园", "8000"), Idea(6, "冷库", "900")))
	next := func(records ...ledger.Record) *ledger.Return {
		return Sent(June, Reserve, Trade, "june", records...)
	}
	both := func() *ledger.Return {
		return next(Idea(5, "物流园", "8100"), Idea(6, "冷库", "900"))
	}
	unchanged := func(r *ledger.Return) *ledger.Return { r.Nil, r.Unchanged = true, true; return r }
	for _, test := range []struct {
		name    string
		returns []*ledger.Return
		want    []string
		found   []string
	}{
		{"both reported", []*ledger.Return{both()}, []string{junePark, juneStore}, nil},
		{"a third one enters", []*ledger.Return{next(Idea(5, "物流园", "8100"), Idea(6, "冷库", "900"), Idea(7, "停车场", "70"))},
			[]string{junePark, juneStore, Trade + " 停车场 70 2024-06"}, nil},
		{"nothing sent", nil, []string{mayPark, mayStore}, nil},
		{"one left out", []*ledger.Return{next(Idea(5, "物流园", "8100"))}, []string{junePark, mayStore}, []string{"M02 " + Trade + " 冷库"}},
		{"one leaves", []*ledger.Return{next(Idea(5, "物流园", "8100"), Idea(6, "冷库", "900", "leaving=业主放弃"))}, []string{junePark}, nil},
		{"what was not there leaves", []*ledger.Return{next(Idea(5, "物流园", "8100"), Idea(6, "冷库", "900"), Idea(7, "停车场", "70", "leaving=取消"))},
			[]string{junePark, juneStore}, nil},
		{"本月无变化", []*ledger.Return{unchanged(next())}, []string{mayPark, mayStore}, nil},
		{"本月无变化 but for one row", []*ledger.Return{unchanged(next(Idea(5, "物流园", "8100")))}, []string{junePark, mayStore}, nil},
		{"零报告 in spite of what stands", []*ledger.Return{func() *ledger.Return { r := next(); r.Nil = true; return r }()},
			[]string{mayPark, mayStore}, []string{"M02 " + Trade + " 冷库", "M02 " + Trade + " 物流园"}},
		{"the return was sent back", []*ledger.Return{With(both(), NoSheet, 0, "")}, []string{mayPark, mayStore}, []string{"F99 " + Trade}},
		{"a row was sent back", []*ledger.Return{With(both(), NoRow, 5, "")}, []string{mayPark, juneStore}, []string{"C97 " + Trade}},
		{"a new row was sent back", []*ledger.Return{With(next(Idea(5, "物流园", "8100"), Idea(6, "冷库", "900"), Idea(7, "停车场", "70")), NoRow, 7, "")},
			[]string{junePark, juneStore}, []string{"C97 " + Trade}},
		{"an amount is held back", []*ledger.Return{With(both(), Unread, 5, "total")}, []string{Trade + " 物流园 8000 2024-06", juneStore},
			[]string{"C99 " + Trade}},
		{"an amount of a new row is held back",
			[]*ledger.Return{With(next(Idea(5, "物流园", "8100"), Idea(6, "冷库", "900"), Idea(7, "停车场", "70")), Unread, 7, "total")},
			[]string{junePark, juneStore, Trade + " 停车场  2024-06"}, []string{"C99 " + Trade}},
		{"a row stands twice, the second is sent back",
			[]*ledger.Return{With(next(Idea(5, "物流园", "8100"), Idea(6, "冷库", "900"), Idea(7, "物流园", "1")), NoRow, 7, "")},
			[]string{junePark, juneStore}, []string{"C97 " + Trade}},
		{"a code is new", []*ledger.Return{next(Idea(5, "物流园", "8100", "code="+CodeA), Idea(6, "冷库", "900"))}, []string{junePark, juneStore}, nil},
		{"another owner", []*ledger.Return{next(Idea(5, "物流园", "8100", "owner=城投"), Idea(6, "冷库", "900"))}, []string{junePark, juneStore}, nil},
		{"a second of the name does not take the past of the first",
			[]*ledger.Return{With(next(Idea(5, "冷库", "1", "owner=城投"), Idea(6, "冷库", "900"), Idea(7, "物流园", "8100")), Unread, 6, "total")},
			[]string{Trade + " 冷库 1 2024-06", Trade + " 冷库 900 2024-06", junePark}, []string{"C99 " + Trade}},
		{"stages are two projects", []*ledger.Return{next(Idea(5, "物流园二期", "500"), Idea(6, "冷库", "900"), Idea(7, "物流园", "8100"))},
			[]string{Trade + " 物流园二期 500 2024-06", juneStore, junePark}, nil},
		{"an older version counts no more", []*ledger.Return{On(next(Idea(5, "物流园", "1")), 19),
			func() *ledger.Return { r := both(); r.Content = "later"; return r }()}, []string{junePark, juneStore}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := merged(t, June, after(before), test.returns...)
			if diff := cmp.Diff(test.want, rows(m)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(test.found, codes(m)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A row that stood in May goes on, is replaced or is carried over, and only one of them, whatever people
// decide; what was sent back replaces nothing.
func TestStandingAsDecided(t *testing.T) {
	const (
		mayPark, mayStore                = Trade + " 物流园 8000 2024-05", Trade + " 冷库 900 2024-05"
		juneStore, juneWater, juneBridge = Trade + " 冷库 900 2024-06", Trade + " 水厂 70 2024-06", Trade + " 大桥 60 2024-06"
	)
	may := []ledger.Record{Idea(5, "物流园", "8000"), Idea(6, "冷库", "900")}
	store, reworded := Idea(5, "冷库", "900"), Idea(6, "物流园项目", "8100")
	water, bridge := Idea(5, "水厂", "70"), Idea(6, "大桥", "60")
	for _, test := range []struct {
		name      string
		june      []ledger.Record
		sentBack  []int // rows
		decisions string
		want      []string
	}{
		{"one with a row that goes on", []ledger.Record{store}, nil, "物流园=冷库", []string{juneStore}},
		{"that row was sent back", []ledger.Record{store}, []int{5}, "物流园=冷库", []string{mayStore, mayPark}},
		{"another says the same in other words", []ledger.Record{store, reworded}, nil, "物流园=冷库",
			[]string{juneStore, Trade + " 物流园项目 8100 2024-06"}},
		{"another said the same in other words and was sent back", []ledger.Record{store, reworded}, []int{6}, "物流园=冷库", []string{juneStore}},
		{"part of a row that goes on, another was sent back", []ledger.Record{store, reworded}, []int{6}, "物流园⊂冷库", []string{juneStore}},
		{"both were sent back", []ledger.Record{store, reworded}, []int{5, 6}, "物流园=冷库", []string{mayStore, mayPark}},
		{"one with a new row", []ledger.Record{water}, nil, "物流园=水厂", []string{juneWater, mayStore}},
		{"one with a new row that was sent back", []ledger.Record{water}, []int{5}, "物流园=水厂", []string{mayPark, mayStore}},
		{"part of a new row", []ledger.Record{water}, nil, "物流园⊂水厂", []string{juneWater, mayStore}},
		{"part of a new row that was sent back", []ledger.Record{water}, []int{5}, "物流园⊂水厂", []string{mayPark, mayStore}},
		{"one with two new rows", []ledger.Record{water, bridge}, nil, "物流园=水厂 物流园=大桥", []string{juneWater, juneBridge, mayStore}},
		{"the first was sent back", []ledger.Record{water, bridge}, []int{5}, "物流园=水厂 物流园=大桥", []string{juneBridge, mayStore}},
		{"the second was sent back", []ledger.Record{water, bridge}, []int{6}, "物流园=水厂 物流园=大桥", []string{juneWater, mayStore}},
		{"two new rows that were sent back", []ledger.Record{water, bridge}, []int{5, 6}, "物流园=水厂 物流园=大桥", []string{mayPark, mayStore}},
		{"one with a row that was sent back, part of another", []ledger.Record{water, bridge}, []int{5}, "物流园=水厂 物流园⊂大桥",
			[]string{juneBridge, mayStore}},
		{"one with a row, part of another that was sent back", []ledger.Record{water, bridge}, []int{6}, "物流园=水厂 物流园⊂大桥",
			[]string{juneWater, mayStore}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := Sent(June, Reserve, Trade, "june", test.june...)
			for _, row := range test.sentBack {
				With(r, NoRow, row, "")
			}
			before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", may...))
			m := decidedMonth(t, before, decisionsOf(keysOf(may, test.june), test.decisions), r)
			if diff := cmp.Diff(test.want, rows(m)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A field held back shows the value accepted before, with that value's own lineage, however
// long ago that was; what was held back can still be asked for.
func TestHeldFieldTellsItsPast(t *testing.T) {
	total := form.Reserve.Total.Column
	before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", Idea(4, "物流园", "8000")))
	m := merged(t, June, after(before), With(Sent(June, Reserve, Trade, "june", Idea(5, "物流园", "8100")), Unread, 5, "total"))
	third := merged(t, June.Add(1), after(m, before), With(Sent(June.Add(1), Reserve, Trade, "july", Idea(6, "物流园", "9")), Unread, 6, "total"))
	want := ledger.Field{Value: ledger.Number(8000 * int64(ledger.TenThousandYuan)), Cell: ledger.Cell{Column: total.Index + 1, Row: 4}, Raw: "8000", Held: true}
	for _, test := range []struct {
		month          *Month
		file, heldBack string
	}{{m, "june.xlsx", "8100"}, {third, "july.xlsx", "9"}} {
		row := &test.month.Standing[0]
		if diff := cmp.Diff(want, total.Field(row.Record)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.month.Period, diff)
		}
		if source := test.month.SourceOf(row, total); source == nil || source.File != "may.xlsx" {
			t.Errorf("%s: the value in force comes from %+v", test.month.Period, source)
		}
		if name := test.month.SourceOf(row, form.Reserve.Name.Column); name == nil || name.File != test.file {
			t.Errorf("%s: the name comes from %+v", test.month.Period, name)
		}
		if field, r, ok := test.month.HeldBack(row, total); !ok || field.Raw != test.heldBack || r.File != test.file {
			t.Errorf("%s: held back is %+v of %+v", test.month.Period, field, r)
		}
	}
	if got := total.Value(&m.Returns[0].Records[0]).N; got != 8100*int64(ledger.TenThousandYuan) {
		t.Error("the return itself must stay as it was read")
	}
}

// A row that a department left out leads to the return it was last reported in; what the
// database no longer has leads nowhere.
func TestCarriedRowTellsItsPast(t *testing.T) {
	first := merged(t, May, nil, Sent(May, Reserve, Trade, "may", Idea(4, "物流园", "8000")))
	second := merged(t, June, after(first))
	third := merged(t, June.Add(1), after(second, first))
	row, name := &third.Standing[0], form.Reserve.Name.Column
	if source := third.SourceOf(row, name); source == nil || source.File != "may.xlsx" || source.Period != May {
		t.Errorf("it comes from %+v", source)
	}
	if _, _, ok := third.HeldBack(row, name); ok {
		t.Error("something is held back")
	}
	if diff := cmp.Diff([]ledger.Period{May}, third.History.Reported()); diff != "" {
		t.Errorf("months reported in (-want +got)\n%s", diff)
	}
	forgotten := merged(t, June.Add(1), after(&Month{Month: second.Month}))
	forgotten.sources = nil
	if source := forgotten.SourceOf(&forgotten.Standing[0], name); source != nil {
		t.Errorf("it comes from %+v", source)
	}
}

// Only stocks carry: this month's investment is the month's alone, and figures of a year do
// not outlive it.
func TestCarryingOver(t *testing.T) {
	december := ledger.Period{Year: 2023, Month: 12}
	row := Works(5, "滨江路", "1100", "this_month=200", "total=5000", "year_plan=2000", "before_year=1000", "since_start=2100")
	shown := func(m *Month) string {
		r := m.Standing[0].Record
		text := m.Standing[0].From.String()
		for _, c := range []form.Money{form.Progress.ThisMonth, form.Progress.YearToDate, form.Progress.YearPlan, form.Progress.BeforeYear,
			form.Progress.SinceStart, form.Progress.Total} {
			text += fmt.Sprintf(" %s", c.Show(c.Value(r)))
		}
		return text
	}
	first := merged(t, december.Add(-1), nil, Sent(december.Add(-1), Progress, Housing, "november", row))
	second := merged(t, december, after(first))
	if got := shown(second); got != "2023-11  1100 2000 1000 2100 5000" {
		t.Errorf("in December there stands %s", got)
	}
	third := merged(t, december.Add(1), after(second, first))
	if got := shown(third); got != "2023-11     2100 5000" {
		t.Errorf("in January there stands %s", got)
	}
	held := merged(t, december.Add(1), after(second, first),
		With(With(Sent(december.Add(1), Progress, Housing, "january", row), Unread, 5, "year_to_date"), Unread, 5, "total"))
	if got := shown(held); got != "2024-01 200  2000 1000 2100 5000" {
		t.Errorf("in January there stands of what is held back %s", got)
	}
}

func TestDuty(t *testing.T) {
	before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", Idea(5, "物流园", "8000")))
	m := merged(t, June, after(before),
		On(Sent(June, Reserve, Town, "late", Idea(5, "水厂", "60")), 26),
		Sent(June, Reserve, "统计局", "unasked", Idea(5, "粮库", "70")),
		With(Sent(June, Reserve, Housing, "back", Idea(5, "管网", "80")), NoSheet, 0, ""))
	if diff := cmp.Diff([]string{"F99 " + Housing, "M04 " + Town, "M05 统计局"}, codes(m)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	missing := func(department string) (found, finding bool, carried bool) {
		for _, x := range m.Missing {
			if x.Form == "reserve" && x.Department == department {
				found, carried = true, x.Carried
			}
		}
		finding = slices.ContainsFunc(m.Findings, func(f ledger.Finding) bool {
			return f.Code == ReturnMissing && f.Department == department && f.Form == "reserve" && f.Entity == "谋划储备项目表"
		})
		return found, finding, carried
	}
	for _, test := range []struct {
		name, department        string
		found, finding, carried bool
	}{
		{"sent nothing, May stands", Trade, true, true, true},
		{"sent nothing, nothing stands", Traffic, true, true, false},
		{"was sent back: it is not in force, but it was sent", Housing, true, false, false},
		{"sent it, late", Town, false, false, false},
		{"owes nothing", "统计局", false, false, false},
	} {
		if found, finding, carried := missing(test.department); found != test.found || finding != test.finding || carried != test.carried {
			t.Errorf("%s: listed %v, told %v, carried %v", test.name, found, finding, carried)
		}
	}
}

// What a department reported stands though it does not owe the form and sent nothing since.
func TestNotOwedStands(t *testing.T) {
	before := merged(t, May, nil, Sent(May, Reserve, "统计局", "may", Idea(5, "粮库", "70")))
	if diff := cmp.Diff([]string{"统计局 粮库 70 2024-05"}, rows(merged(t, June, after(before)))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Rows stand in the official order of their departments, those that it does not list last.
func TestStandingOrder(t *testing.T) {
	var got []string
	m := merged(t, June, nil, Sent(June, Reserve, "外县某局", "d", Idea(5, "粮库", "1")), Sent(June, Reserve, Town, "c", Idea(5, "水厂", "1")),
		Sent(June, Reserve, Housing, "b", Idea(5, "管网", "1")), Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "1")))
	for i := range m.Standing {
		got = append(got, m.Standing[i].Department)
	}
	if diff := cmp.Diff([]string{Trade, Housing, Town, "外县某局"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// What was not held back is not said to be.
func TestNothingHeldBack(t *testing.T) {
	m := merged(t, June, nil, With(Sent(June, Reserve, Trade, "june", Idea(5, "物流园", "8100")), Unread, 5, "total"))
	if field, r, ok := m.HeldBack(&m.Standing[0], form.Reserve.Name.Column); ok || r != nil || field != (ledger.Field{}) {
		t.Errorf("%+v of %v", field, r)
	}
}

// The past of a row is found by what it is, not where it stands.
func TestHistory(t *testing.T) {
	first := merged(t, April, nil, Sent(April, Reserve, Trade, "april", Idea(9, "物流园", "7000", "code="+CodeA)))
	second := merged(t, May, nil, Sent(May, Reserve, Trade, "may", Idea(5, "冷库", "900"), Idea(6, "物流园", "8000")))
	h := NewHistory(Chenggu, second.Standing, first.Standing)
	amounts := func(r ledger.Record) (all []string) {
		for _, past := range h.Past(Reserve, Trade, &r) {
			if past == nil {
				all = append(all, "none")
				continue
			}
			all = append(all, form.Reserve.Total.Show(form.Reserve.Total.Value(past)))
		}
		return all
	}
	for _, test := range []struct {
		name string
		row  ledger.Record
		want []string
	}{
		{"by name and owner, whatever the code", Idea(1, "物流园", "1"), []string{"8000", "7000"}},
		{"by code, renamed altogether", Idea(1, "现代仓储中心", "1", "code="+CodeA), []string{"none", "7000"}},
		{"by name alone", Idea(1, "冷库", "1", "owner=城投"), []string{"900", "none"}},
		{"another stage", Idea(1, "物流园二期", "1"), []string{"none", "none"}},
		{"new", Idea(1, "停车场", "1"), []string{"none", "none"}},
	} {
		if diff := cmp.Diff(test.want, amounts(test.row)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
	for months, want := range map[int]int{1: 2, 2: 1} {
		if stood := h.Stood(months); len(stood) != want || stood[0].Period != June.Add(-months) {
			t.Errorf("%d rows stood %d months ago", len(stood), months)
		}
	}
	twins := NewHistory(Chenggu, merged(t, May, nil, Sent(May, Reserve, Trade, "may", Idea(5, "村道", "1"), Idea(6, "村道", "2", "owner=城投"))).Standing)
	third := Idea(1, "村道", "3", "owner=水务公司")
	if past := twins.Past(Reserve, Trade, &third); past[0] != nil {
		t.Error("a name that two rows bear is neither's")
	}
	row := Idea(1, "物流园", "1")
	if past := h.Past(Reserve, Town, &row); past[0] != nil || past[1] != nil {
		t.Error("another department's past is not one's own")
	}
}

// A row of a form that is declared no more is kept, and is nobody's past.
func TestHistoryOfFormsThatAreNoMore(t *testing.T) {
	if h := NewHistory(Chenggu, []ledger.Standing{{ReturnID: ledger.ReturnID{Form: "was a form"}}}); len(h.Stood(1)) != 1 {
		t.Error("a row is lost")
	}
}
