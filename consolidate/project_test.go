package consolidate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// told are the projects of the reserve: who counts, how much; others; what it is a part of.
func told(m *Month) []string {
	var all []string
	for _, p := range m.Register.Projects["reserve"] {
		line := fmt.Sprintf("%s %s %s", p.Row.Department, p.Name(), form.Reserve.Total.Show(form.Reserve.Total.Value(p.Record())))
		for _, other := range p.Others {
			line += " +" + other.Department
		}
		if !p.Counts() {
			line += " in " + p.Parent.Name()
			if p.Parent.Row.Department != Trade {
				line += " of " + p.Parent.Row.Department
			}
		}
		all = append(all, line)
	}
	return all
}

func TestProjects(t *testing.T) {
	const tradeSays, townSays = "department=" + Trade, "department=" + Town
	for _, test := range []struct {
		name        string
		trade, town []ledger.Record // the rows of two departments; trade comes first in the official order
		want        []string
	}{
		{"two projects", []ledger.Record{Idea(5, "物流园", "8")}, []ledger.Record{Idea(5, "冷库", "9")}, []string{Trade + " 物流园 8", Town + " 冷库 9"}},
		{"the same name and owner", []ledger.Record{Idea(5, "物流园", "8", tradeSays)}, []ledger.Record{Idea(5, "城固县物流园", "9", tradeSays)},
			[]string{Trade + " 物流园 8 +" + Town}},
		{"the unit responsible counts, though it comes later", []ledger.Record{Idea(5, "物流园", "8", townSays)},
			[]ledger.Record{Idea(5, "物流园", "9", townSays)}, []string{Town + " 物流园 9 +" + Trade}},
		{"projects are in the order of the units that count", []ledger.Record{Idea(5, "物流园", "8", townSays), Idea(6, "冷库", "3")},
			[]ledger.Record{Idea(5, "物流园", "9", townSays)}, []string{Trade + " 冷库 3", Town + " 物流园 9 +" + Trade}},
		{"the first of several responsible", []ledger.Record{Idea(5, "物流园", "8", "department=三合镇、经贸局")},
			[]ledger.Record{Idea(5, "物流园", "9", "department=三合镇、经贸局")}, []string{Town + " 物流园 9 +" + Trade}},
		{"nobody is responsible: the first in the official order", []ledger.Record{Idea(5, "物流园", "8", "department=发改局")},
			[]ledger.Record{Idea(5, "物流园", "9", "department=发改局")}, []string{Trade + " 物流园 8 +" + Town}},
		{"the same code, a similar name", []ledger.Record{Idea(5, "物流园", "8", "code="+CodeA)},
			[]ledger.Record{Idea(5, "物流园项目", "9", "code="+CodeA, "owner=城投")}, []string{Trade + " 物流园 8 +" + Town}},
		{"the same code, an unlike name", []ledger.Record{Idea(5, "物流园", "8", "code="+CodeA)}, []ledger.Record{Idea(5, "自来水厂", "9", "code="+CodeA)},
			[]string{Trade + " 物流园 8", Town + " 自来水厂 9"}},
		{"the same code, first and second stage", []ledger.Record{Idea(5, "物流园一期", "8", "code="+CodeA)},
			[]ledger.Record{Idea(5, "物流园二期", "9", "code="+CodeA)}, []string{Trade + " 物流园一期 8", Town + " 物流园二期 9"}},
		{"first and second stage", []ledger.Record{Idea(5, "物流园一期", "8")}, []ledger.Record{Idea(5, "物流园二期", "9")},
			[]string{Trade + " 物流园一期 8", Town + " 物流园二期 9"}},
		{"a malformed code identifies nobody", []ledger.Record{Idea(5, "物流园", "8", "code=1")}, []ledger.Record{Idea(5, "冷库", "9", "code=1")},
			[]string{Trade + " 物流园 8", Town + " 冷库 9"}},
		{"the same name, two owners", []ledger.Record{Idea(5, "村道", "8", tradeSays)}, []ledger.Record{Idea(5, "村道", "9", townSays)},
			[]string{Trade + " 村道 8", Town + " 村道 9"}},
		{"the same name and owner, two codes", []ledger.Record{Idea(5, "村道", "8", "code="+CodeA)}, []ledger.Record{Idea(5, "村道", "9", "code="+CodeB)},
			[]string{Trade + " 村道 8", Town + " 村道 9"}},
		{"a package and its parts", []ledger.Record{Idea(5, "路网", "8", "is_package=是"), Idea(6, "一路", "5", "package=路网")},
			[]ledger.Record{Idea(5, "二路", "3", "package=城固县路网")},
			[]string{Trade + " 路网 8", Trade + " 一路 5 in 路网", Town + " 二路 3 in 路网"}},
		{"a part of no package", []ledger.Record{Idea(6, "一路", "5", "package=路网")}, nil, []string{Trade + " 一路 5"}},
		{"two packages of one name: the first has the parts", []ledger.Record{Idea(5, "路网", "8", "is_package=是"), Idea(6, "一路", "5", "package=路网")},
			[]ledger.Record{Idea(5, "路网", "9", "is_package=是", townSays)},
			[]string{Trade + " 路网 8", Trade + " 一路 5 in 路网", Town + " 路网 9"}},
		{"a package is no part", []ledger.Record{Idea(5, "路网", "8", "is_package=是", "package=大路网"), Idea(6, "大路网", "9", "is_package=是")}, nil,
			[]string{Trade + " 路网 8", Trade + " 大路网 9"}},
		{"a package is no part of itself", []ledger.Record{Idea(5, "路网", "8", "is_package=是", "package=路网")}, nil, []string{Trade + " 路网 8"}},
		{"what says nothing of packages", []ledger.Record{Idea(5, "路网", "8", "is_package=否")}, nil, []string{Trade + " 路网 8"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			returns := []*ledger.Return{Sent(June, Reserve, Trade, "a", test.trade...), Sent(June, Reserve, Town, "b", test.town...)}
			for range 2 { // in either order
				returns[0], returns[1] = returns[1], returns[0]
				m := merged(t, June, nil, returns...)
				if diff := cmp.Diff(test.want, told(m)); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			}
		})
	}
}

// Projects and the rows of each are the same in whatever order rows are kept.
func TestProjectsDoNotDependOnOrder(t *testing.T) {
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8", "code="+CodeA), Idea(6, "冷库", "3")),
		Sent(June, Reserve, Traffic, "b", Idea(5, "物流园", "8", "code="+CodeA)), Sent(June, Reserve, Housing, "c", Idea(5, "物流园", "8", "code="+CodeA)))
	want := []string{Trade + " 物流园 8 +" + Housing + " +" + Traffic, Trade + " 冷库 3"}
	if diff := cmp.Diff(want, told(m)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	slices.Reverse(m.Standing)
	m.Register = NewRegister(Chenggu, June, m.Standing)
	if diff := cmp.Diff(want, told(m)); diff != "" {
		t.Errorf("the other way round (-want +got)\n%s", diff)
	}
}

// Rows of one department that bear one number, on two sheets, are in the order of what they are of.
func TestOrderOfRowsOfOneNumber(t *testing.T) {
	more := Idea(5, "大桥", "1")
	more.Sheet = "续表"
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "june", Idea(5, "水厂", "1"), more))
	var entities []string
	for _, p := range m.Register.Projects["reserve"] {
		entities = append(entities, p.Row.Entity)
	}
	if len(entities) != 2 || !slices.IsSorted(entities) {
		t.Errorf("%q", entities)
	}
}

// What doubles, and what is part of a package, is taken out of the balance once.
func TestBridge(t *testing.T) {
	before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", Idea(5, "冷库", "10"), Idea(6, "停车场", "20"), Idea(7, "水厂", "30")))
	m := merged(t, June, after(before),
		On(Sent(June, Reserve, Trade, "old", Idea(5, "物流园", "100")), 10),
		With(Sent(June, Reserve, Trade, "new",
			Idea(5, "物流园", "200"),
			func() ledger.Record { r := Idea(6, "物流园", "200"); r.Repeated = true; return r }(),
			Idea(7, "冷库", "400"), // held: 10 stands
			Idea(8, "停车场", "800", "leaving=取消"),
			Idea(9, "路网", "1600", "is_package=是"),
			Idea(10, "一路", "3200", "package=路网"),
			Idea(11, "食堂", "6400")), Unread, 7, "total"),
		Sent(June, Reserve, Town, "town", Idea(5, "物流园", "300")),
		With(Sent(June, Reserve, Housing, "back", Idea(5, "管网", "25600")), NoSheet, 0, ""))
	wan := func(rows int, amount ledger.Money) Tally { return Tally{rows, amount * ledger.TenThousandYuan} }
	want := []BridgeLine{
		{Department: Trade, Reported: wan(8, 12900), Superseded: wan(1, 100), Repeated: wan(1, 200), Left: wan(1, 800), Held: wan(0, -390),
			Carried: wan(1, 30), Parts: wan(1, 3200), Published: wan(5, 8240)},
		{Department: Housing, Reported: wan(1, 25600), Returned: wan(1, 25600)},
		{Department: Town, Reported: wan(1, 300), Doubled: wan(1, 300)},
	}
	if diff := cmp.Diff(want, m.Bridge["reserve"]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	total := Total(m.Bridge["reserve"])
	if !total.Closes() || total.Published != wan(5, 8240) || total.Department != "合计" {
		t.Errorf("in all %+v", total)
	}
	if m.Figures["reserve.projects"] != 5 || m.Figures["reserve.investment_fen"] != int64(wan(5, 8240).Amount) {
		t.Errorf("the figures are %v", m.Figures)
	}
	wantRows := ledger.Rows{Seen: 10, Taken: 7, Held: 1, Returned: 1, Superseded: 1, Repeated: 1}
	if diff := cmp.Diff(wantRows, m.Balance); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A row that is lost or doubled between what was reported and what is published is noticed.
func TestBridgeDoesNotClose(t *testing.T) {
	for name, break_ := range map[string]func(m *Month){
		"a row is lost":      func(m *Month) { m.Standing = m.Standing[1:] },
		"a row is doubled":   func(m *Month) { m.Standing = append(m.Standing, m.Standing[0]); m.Standing[2].Entity = "" },
		"an amount changes":  func(m *Month) { alter(&m.Standing[0], ledger.Number(1)) },
		"an amount is blank": func(m *Month) { alter(&m.Standing[0], ledger.Value{}) },
	} {
		t.Run(name, func(t *testing.T) {
			m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8"), Idea(6, "冷库", "9")))
			break_(m)
			m.Register = NewRegister(Chenggu, June, m.Standing)
			if _, err := bridge(Reserve, m); err == nil || !strings.Contains(err.Error(), "does not close for "+Trade) {
				t.Errorf("the balance closes: %v", err)
			}
			if _, err := m.bridges(); err == nil || !strings.Contains(err.Error(), "does not close for "+Trade) {
				t.Errorf("the balances close: %v", err)
			}
		})
	}
}

// What stands from the month before is counted from the history: a row carried over, one
// that stands for one sent back, an amount that stands for one held back, a department that
// sent nothing.
func TestBridgeMissesWhatWasCarriedOver(t *testing.T) {
	before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", Idea(5, "物流园", "8000"), Idea(6, "冷库", "900"), Idea(7, "停车场", "70")),
		Sent(May, Reserve, Housing, "may too", Idea(5, "管网", "500")))
	for _, test := range []struct {
		name, department string
		break_           func(m *Month)
	}{
		{"a row that was left out is lost", Trade, func(m *Month) { m.Standing = without(m, "冷库") }},
		{"a row that stands for one sent back is lost", Trade, func(m *Month) { m.Standing = without(m, "停车场") }},
		{"the rows of a department that sent nothing are lost", Housing, func(m *Month) { m.Standing = without(m, "管网") }},
		{"the amount of a row carried over changes", Trade, func(m *Month) { form.Reserve.Total.Set(standingOf(m, "冷库"), ledger.Number(1)) }},
		{"the amount that stands for one held back changes", Trade, func(m *Month) { form.Reserve.Total.Set(standingOf(m, "物流园"), ledger.Number(1)) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := merged(t, June, after(before),
				With(With(Sent(June, Reserve, Trade, "june", Idea(5, "物流园", "8100"), Idea(7, "停车场", "80")), Unread, 5, "total"), NoRow, 7, ""))
			test.break_(m)
			m.Register = NewRegister(Chenggu, June, m.Standing)
			if _, err := bridge(Reserve, m); err == nil || !strings.Contains(err.Error(), "does not close for "+test.department) {
				t.Errorf("the balance closes: %v", err)
			}
		})
	}
}

// without are the standing rows of a month but one.
func without(m *Month, name string) []ledger.Standing {
	return slices.DeleteFunc(slices.Clone(m.Standing), func(row ledger.Standing) bool { return Reserve.Name(row.Record) == name })
}

// alter changes the total of a row in force on its way: its return says what it said.
func alter(row *ledger.Standing, total ledger.Value) {
	record := *row.Record
	form.Reserve.Total.Set(&record, total)
	row.Record = &record
}

// standingOf is the record of the standing row of a name.
func standingOf(m *Month, name string) *ledger.Record {
	at := slices.IndexFunc(m.Standing, func(row ledger.Standing) bool { return Reserve.Name(row.Record) == name })
	return m.Standing[at].Record
}

func TestFiguresThatAreNotKnownAreAbsent(t *testing.T) {
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "0"), Record(Reserve, 6, "name=冷库", "stage=谋划", "department="+Trade)))
	got := map[string]string{}
	for _, name := range []string{"reserve.projects", "reserve.investment_fen", "reserve.planned.projects", "reserve.planned.investment_fen",
		"reserve.started.projects", "progress.projects"} {
		got[name] = "absent"
		if value, known := m.Figures[name]; known {
			got[name] = fmt.Sprint(value)
		}
	}
	want := map[string]string{"reserve.projects": "2", "reserve.investment_fen": "0", "reserve.planned.projects": "1",
		"reserve.planned.investment_fen": "absent", "reserve.started.projects": "0", "progress.projects": "absent"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestLook(t *testing.T) {
	before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", Idea(5, "冷库", "10"), Idea(6, "冷库", "20", "owner=城投")))
	same := func(records ...ledger.Record) *ledger.Return {
		return Sent(June, Reserve, Trade, "a", append(records, Idea(50, "冷库", "10"), Idea(51, "冷库", "20", "owner=城投"))...)
	}
	two := []ledger.Record{Idea(5, "物流园", "8"), Idea(6, "水厂", "9")}
	older := func(r *ledger.Return) *ledger.Return { r.Content = "older"; return On(r, 10) }
	newer := func(r *ledger.Return) *ledger.Return { r.Content = "newer"; return On(r, 21) }
	for _, test := range []struct {
		name    string
		returns []*ledger.Return
		want    int
	}{
		{"nothing", []*ledger.Return{same(two...)}, 0},
		{"a notice", []*ledger.Return{With(same(two...), Noted, 5, "total")}, 0},
		{"a query", []*ledger.Return{With(same(two...), Asked, 5, "total")}, 1},
		{"two queries of a row", []*ledger.Return{With(With(same(two...), Asked, 5, "total"), Unread, 5, "place")}, 1},
		{"two rows", []*ledger.Return{With(With(same(two...), Asked, 5, "total"), Unread, 6, "place")}, 2},
		{"a row sent back, with its finding", []*ledger.Return{With(same(two...), NoRow, 5, "")}, 1},
		{"a query of a row that holds no data", []*ledger.Return{With(same(two...), Asked, 99, "total")}, 0},
		{"a query of the return", []*ledger.Return{With(same(two...), Asked, 0, "total")}, 0},
		{"a return sent back: all its rows", []*ledger.Return{With(same(two...), NoSheet, 0, "")}, 4},
		{"a query of an older version", []*ledger.Return{older(With(same(two...), Asked, 5, "total")), same(two...)}, 0},
		{"an older version sent back was mended", []*ledger.Return{older(With(same(two...), NoSheet, 0, "")), same(two...)}, 0},
		{"a newer one sent back is not", []*ledger.Return{same(two...), newer(With(same(two...), NoSheet, 0, ""))}, 4},
		{"a row of two versions is one", []*ledger.Return{With(same(two...), Asked, 5, "total"), newer(With(same(two...), NoSheet, 0, ""))}, 4},
		{"a newer version without a row of the older", []*ledger.Return{older(same(two...)), same(two[0])}, 1},
		{"two versions of one day", []*ledger.Return{same(two...), On(newer(same(two...)), 20)}, 1},
		{"two left out, of one name", []*ledger.Return{Sent(June, Reserve, Trade, "a", two...)}, 2},
		{"nothing sent", nil, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := merged(t, June, after(before), test.returns...).Look; got != test.want {
				t.Errorf("%d rows to look at, want %d", got, test.want)
			}
		})
	}
}

// What is found between departments joins the return it is about, and the rows to look at.
func TestWith(t *testing.T) {
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8"), Idea(6, "水厂", "9")))
	plain := m
	m = m.With([]ledger.Finding{
		{Code: SameDate, Period: June, Department: Trade, Form: "reserve", Row: 6},
		{Code: SameDate, Period: June, Department: Town, Form: "reserve", Row: 6},
	})
	if first := plain.With([]ledger.Finding{{Code: SameDate, Period: June, Department: Town, Form: "reserve"}}).Findings[0]; first.Code != SameDate {
		t.Errorf("%s stands before %s", first.Code.ID, SameDate.ID)
	}
	if m.Look != 1 || len(m.Returns[0].Findings) != 1 {
		t.Errorf("%d rows to look at, %d findings", m.Look, len(m.Returns[0].Findings))
	}
	if plain.Look != 0 || len(plain.Findings) == len(m.Findings) || len(plain.Returns[0].Findings) != 0 {
		t.Error("the month that it was added to has changed")
	}
	again, err := Reconcile(Input{County: Chenggu, Period: June, Returns: m.Returns, History: m.History})
	if err != nil || again.Look != 0 || len(again.Returns[0].Findings) != 0 {
		t.Errorf("reconciled again, findings of the month must begin anew: %v, %d", err, again.Look)
	}
}
