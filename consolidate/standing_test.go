package consolidate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// What stands in June of what one department sent, after two projects stood in May.
func TestStanding(t *testing.T) {
	const (
		mayPark, mayStore   = trade + " 物流园 8000 2024-05", trade + " 冷库 900 2024-05"
		junePark, juneStore = trade + " 物流园 8100 2024-06", trade + " 冷库 900 2024-06"
	)
	before := merged(t, may, nil, sent(may, reserve, trade, "may", idea(5, "物流园", "8000"), idea(6, "冷库", "900")))
	next := func(records ...ledger.Record) *ledger.Return { return sent(june, reserve, trade, "june", records...) }
	both := func() *ledger.Return { return next(idea(5, "物流园", "8100"), idea(6, "冷库", "900")) }
	unchanged := func(r *ledger.Return) *ledger.Return { r.Nil, r.Unchanged = true, true; return r }
	for _, test := range []struct {
		name    string
		returns []*ledger.Return
		want    []string
		found   []string
	}{
		{"both reported", []*ledger.Return{both()}, []string{junePark, juneStore}, nil},
		{"a third one enters", []*ledger.Return{next(idea(5, "物流园", "8100"), idea(6, "冷库", "900"), idea(7, "停车场", "70"))}, []string{junePark, juneStore, trade + " 停车场 70 2024-06"}, nil},
		{"nothing sent", nil, []string{mayPark, mayStore}, nil},
		{"one left out", []*ledger.Return{next(idea(5, "物流园", "8100"))}, []string{junePark, mayStore}, []string{"M02 " + trade + " 冷库"}},
		{"one leaves", []*ledger.Return{next(idea(5, "物流园", "8100"), idea(6, "冷库", "900", "leaving=业主放弃"))}, []string{junePark}, nil},
		{"what was not there leaves", []*ledger.Return{next(idea(5, "物流园", "8100"), idea(6, "冷库", "900"), idea(7, "停车场", "70", "leaving=取消"))}, []string{junePark, juneStore}, nil},
		{"本月无变化", []*ledger.Return{unchanged(next())}, []string{mayPark, mayStore}, nil},
		{"本月无变化 but for one row", []*ledger.Return{unchanged(next(idea(5, "物流园", "8100")))}, []string{junePark, mayStore}, nil},
		{"零报告 in spite of what stands", []*ledger.Return{func() *ledger.Return { r := next(); r.Nil = true; return r }()}, []string{mayPark, mayStore}, []string{"M02 " + trade + " 冷库", "M02 " + trade + " 物流园"}},
		{"the return was sent back", []*ledger.Return{with(both(), noSheet, 0, "")}, []string{mayPark, mayStore}, []string{"F99 " + trade}},
		{"a row was sent back", []*ledger.Return{with(both(), noRow, 5, "")}, []string{mayPark, juneStore}, []string{"C97 " + trade}},
		{"a new row was sent back", []*ledger.Return{with(next(idea(5, "物流园", "8100"), idea(6, "冷库", "900"), idea(7, "停车场", "70")), noRow, 7, "")}, []string{junePark, juneStore}, []string{"C97 " + trade}},
		{"an amount is held back", []*ledger.Return{with(both(), unread, 5, "total")}, []string{trade + " 物流园 8000 2024-06", juneStore}, []string{"C99 " + trade}},
		{"an amount of a new row is held back", []*ledger.Return{with(next(idea(5, "物流园", "8100"), idea(6, "冷库", "900"), idea(7, "停车场", "70")), unread, 7, "total")}, []string{junePark, juneStore, trade + " 停车场  2024-06"}, []string{"C99 " + trade}},
		{"a row stands twice, the second is sent back", []*ledger.Return{with(next(idea(5, "物流园", "8100"), idea(6, "冷库", "900"), idea(7, "物流园", "1")), noRow, 7, "")}, []string{junePark, juneStore}, []string{"C97 " + trade}},
		{"a code is new", []*ledger.Return{next(idea(5, "物流园", "8100", "code="+codeA), idea(6, "冷库", "900"))}, []string{junePark, juneStore}, nil},
		{"another owner", []*ledger.Return{next(idea(5, "物流园", "8100", "owner=城投"), idea(6, "冷库", "900"))}, []string{junePark, juneStore}, nil},
		{"a second of the name does not take the past of the first", []*ledger.Return{with(next(idea(5, "冷库", "1", "owner=城投"), idea(6, "冷库", "900"), idea(7, "物流园", "8100")), unread, 6, "total")},
			[]string{trade + " 冷库 1 2024-06", trade + " 冷库 900 2024-06", junePark}, []string{"C99 " + trade}},
		{"stages are two projects", []*ledger.Return{next(idea(5, "物流园二期", "500"), idea(6, "冷库", "900"), idea(7, "物流园", "8100"))}, []string{trade + " 物流园二期 500 2024-06", juneStore, junePark}, nil},
		{"an older version counts no more", []*ledger.Return{on(next(idea(5, "物流园", "1")), 19), func() *ledger.Return { r := both(); r.Content = "later"; return r }()}, []string{junePark, juneStore}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := merged(t, june, after(before), test.returns...)
			if diff := cmp.Diff(test.want, rows(m)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(test.found, codes(m)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A field held back shows the value accepted before, with that value's own lineage, however
// long ago that was; what was held back can still be asked for.
func TestHeldFieldTellsItsPast(t *testing.T) {
	total := form.Reserve.Total.Column
	before := merged(t, may, nil, sent(may, reserve, trade, "may", idea(4, "物流园", "8000")))
	m := merged(t, june, after(before), with(sent(june, reserve, trade, "june", idea(5, "物流园", "8100")), unread, 5, "total"))
	third := merged(t, june.Add(1), after(m, before), with(sent(june.Add(1), reserve, trade, "july", idea(6, "物流园", "9")), unread, 6, "total"))
	want := ledger.Field{Value: ledger.Number(8000 * int64(ledger.TenThousandYuan)), Cell: "total4", Raw: "8000", Held: true}
	for _, test := range []struct {
		month          *Month
		file, heldBack string
	}{{m, "june.xlsx", "8100"}, {third, "july.xlsx", "9"}} {
		row := &test.month.Standing[0]
		if diff := cmp.Diff(want, row.Record.Fields[total.Index]); diff != "" {
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
	if got := m.Returns[0].Records[0].Fields[total.Index].Value.N; got != 8100*int64(ledger.TenThousandYuan) {
		t.Error("the return itself must stay as it was read")
	}
}

// A row that a department left out leads to the return it was last reported in; what the
// books no longer have leads nowhere.
func TestCarriedRowTellsItsPast(t *testing.T) {
	first := merged(t, may, nil, sent(may, reserve, trade, "may", idea(4, "物流园", "8000")))
	second := merged(t, june, after(first))
	third := merged(t, june.Add(1), after(second, first))
	row, name := &third.Standing[0], form.Reserve.Name.Column
	if source := third.SourceOf(row, name); source == nil || source.File != "may.xlsx" || source.Period != may {
		t.Errorf("it comes from %+v", source)
	}
	if _, _, ok := third.HeldBack(row, name); ok {
		t.Error("something is held back")
	}
	if diff := cmp.Diff([]ledger.Period{may}, third.History.Reported()); diff != "" {
		t.Errorf("months reported in (-want +got)\n%s", diff)
	}
	forgotten := merged(t, june.Add(1), after(&Month{Month: second.Month}))
	forgotten.sources = nil
	if source := forgotten.SourceOf(&forgotten.Standing[0], name); source != nil {
		t.Errorf("it comes from %+v", source)
	}
}

// Only stocks carry: this month's investment is the month's alone, and figures of a year do
// not outlive it.
func TestCarryingOver(t *testing.T) {
	december := ledger.Period{Year: 2023, Month: 12}
	row := works(5, "滨江路", "1100", "this_month=200", "total=5000", "year_plan=2000", "before_year=1000", "since_start=2100")
	shown := func(m *Month) string {
		r := &m.Standing[0].Record
		text := m.Standing[0].From.String()
		for _, c := range []form.Money{form.Progress.ThisMonth, form.Progress.YearToDate, form.Progress.YearPlan, form.Progress.BeforeYear, form.Progress.SinceStart, form.Progress.Total} {
			text += fmt.Sprintf(" %s", c.Show(c.Value(r)))
		}
		return text
	}
	first := merged(t, december.Add(-1), nil, sent(december.Add(-1), progress, housing, "november", row))
	second := merged(t, december, after(first))
	if got := shown(second); got != "2023-11  1100 2000 1000 2100 5000" {
		t.Errorf("in December there stands %s", got)
	}
	third := merged(t, december.Add(1), after(second, first))
	if got := shown(third); got != "2023-11     2100 5000" {
		t.Errorf("in January there stands %s", got)
	}
	held := merged(t, december.Add(1), after(second, first), with(with(sent(december.Add(1), progress, housing, "january", row), unread, 5, "year_to_date"), unread, 5, "total"))
	if got := shown(held); got != "2024-01 200  2000 1000 2100 5000" {
		t.Errorf("in January there stands of what is held back %s", got)
	}
}

func TestDuty(t *testing.T) {
	before := merged(t, may, nil, sent(may, reserve, trade, "may", idea(5, "物流园", "8000")))
	m := merged(t, june, after(before),
		on(sent(june, reserve, town, "late", idea(5, "水厂", "60")), 26),
		sent(june, reserve, "统计局", "unasked", idea(5, "粮库", "70")),
		with(sent(june, reserve, housing, "back", idea(5, "管网", "80")), noSheet, 0, ""))
	if diff := cmp.Diff([]string{"F99 " + housing, "M04 " + town, "M05 统计局"}, codes(m)); diff != "" {
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
		{"sent nothing, May stands", trade, true, true, true},
		{"sent nothing, nothing stands", traffic, true, true, false},
		{"was sent back: it is not in force, but it was sent", housing, true, false, false},
		{"sent it, late", town, false, false, false},
		{"owes nothing", "统计局", false, false, false},
	} {
		if found, finding, carried := missing(test.department); found != test.found || finding != test.finding || carried != test.carried {
			t.Errorf("%s: listed %v, told %v, carried %v", test.name, found, finding, carried)
		}
	}
}

// The past of a row is found by what it is, not where it stands.
func TestHistory(t *testing.T) {
	first := merged(t, april, nil, sent(april, reserve, trade, "april", idea(9, "物流园", "7000", "code="+codeA)))
	second := merged(t, may, nil, sent(may, reserve, trade, "may", idea(5, "冷库", "900"), idea(6, "物流园", "8000")))
	h := NewHistory(chenggu, second.Standing, first.Standing)
	amounts := func(r ledger.Record) (all []string) {
		for _, past := range h.Past(reserve, trade, &r) {
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
		{"by name and owner, whatever the code", idea(1, "物流园", "1"), []string{"8000", "7000"}},
		{"by code, renamed altogether", idea(1, "现代仓储中心", "1", "code="+codeA), []string{"none", "7000"}},
		{"by name alone", idea(1, "冷库", "1", "owner=城投"), []string{"900", "none"}},
		{"another stage", idea(1, "物流园二期", "1"), []string{"none", "none"}},
		{"new", idea(1, "停车场", "1"), []string{"none", "none"}},
	} {
		if diff := cmp.Diff(test.want, amounts(test.row)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
	twins := NewHistory(chenggu, merged(t, may, nil, sent(may, reserve, trade, "may", idea(5, "村道", "1"), idea(6, "村道", "2", "owner=城投"))).Standing)
	third := idea(1, "村道", "3", "owner=水务公司")
	if past := twins.Past(reserve, trade, &third); past[0] != nil {
		t.Error("a name that two rows bear is neither's")
	}
	row := idea(1, "物流园", "1")
	if past := h.Past(reserve, town, &row); past[0] != nil || past[1] != nil {
		t.Error("another department's past is not one's own")
	}
}
