package consolidate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// told are the projects of the reserve: who counts, how much; others; what it is a part of.
func told(m *Month) []string {
	var all []string
	for _, p := range m.Book.Projects["reserve"] {
		line := fmt.Sprintf("%s %s %s", p.Row.Department, p.Name(), form.Reserve.Total.Show(form.Reserve.Total.Value(p.Record())))
		for _, other := range p.Others {
			line += " +" + other.Department
		}
		if !p.Counts() {
			line += " in " + p.Parent.Name()
			if p.Parent.Row.Department != trade {
				line += " of " + p.Parent.Row.Department
			}
		}
		all = append(all, line)
	}
	return all
}

func TestProjects(t *testing.T) {
	const tradeSays, townSays = "department=" + trade, "department=" + town
	for _, test := range []struct {
		name        string
		trade, town []ledger.Record // the rows of two departments; trade comes first in the official order
		want        []string
	}{
		{"two projects", []ledger.Record{idea(5, "物流园", "8")}, []ledger.Record{idea(5, "冷库", "9")}, []string{trade + " 物流园 8", town + " 冷库 9"}},
		{"the same name and owner", []ledger.Record{idea(5, "物流园", "8", tradeSays)}, []ledger.Record{idea(5, "城固县物流园", "9", tradeSays)}, []string{trade + " 物流园 8 +" + town}},
		{"the unit responsible counts, though it comes later", []ledger.Record{idea(5, "物流园", "8", townSays)}, []ledger.Record{idea(5, "物流园", "9", townSays)}, []string{town + " 物流园 9 +" + trade}},
		{"the first of several responsible", []ledger.Record{idea(5, "物流园", "8", "department=三合镇、经贸局")}, []ledger.Record{idea(5, "物流园", "9", "department=三合镇、经贸局")}, []string{town + " 物流园 9 +" + trade}},
		{"nobody is responsible: the first in the official order", []ledger.Record{idea(5, "物流园", "8", "department=发改局")}, []ledger.Record{idea(5, "物流园", "9", "department=发改局")}, []string{trade + " 物流园 8 +" + town}},
		{"the same code, a similar name", []ledger.Record{idea(5, "物流园", "8", "code="+codeA)}, []ledger.Record{idea(5, "物流园项目", "9", "code="+codeA, "owner=城投")}, []string{trade + " 物流园 8 +" + town}},
		{"the same code, an unlike name", []ledger.Record{idea(5, "物流园", "8", "code="+codeA)}, []ledger.Record{idea(5, "自来水厂", "9", "code="+codeA)}, []string{trade + " 物流园 8", town + " 自来水厂 9"}},
		{"the same code, first and second stage", []ledger.Record{idea(5, "物流园一期", "8", "code="+codeA)}, []ledger.Record{idea(5, "物流园二期", "9", "code="+codeA)}, []string{trade + " 物流园一期 8", town + " 物流园二期 9"}},
		{"first and second stage", []ledger.Record{idea(5, "物流园一期", "8")}, []ledger.Record{idea(5, "物流园二期", "9")}, []string{trade + " 物流园一期 8", town + " 物流园二期 9"}},
		{"a malformed code identifies nobody", []ledger.Record{idea(5, "物流园", "8", "code=1")}, []ledger.Record{idea(5, "冷库", "9", "code=1")}, []string{trade + " 物流园 8", town + " 冷库 9"}},
		{"the same name, two owners", []ledger.Record{idea(5, "村道", "8", tradeSays)}, []ledger.Record{idea(5, "村道", "9", townSays)}, []string{trade + " 村道 8", town + " 村道 9"}},
		{"the same name and owner, two codes", []ledger.Record{idea(5, "村道", "8", "code="+codeA)}, []ledger.Record{idea(5, "村道", "9", "code="+codeB)}, []string{trade + " 村道 8", town + " 村道 9"}},
		{"a package and its parts", []ledger.Record{idea(5, "路网", "8", "is_package=是"), idea(6, "一路", "5", "package=路网")}, []ledger.Record{idea(5, "二路", "3", "package=城固县路网")},
			[]string{trade + " 路网 8", trade + " 一路 5 in 路网", town + " 二路 3 in 路网"}},
		{"a part of no package", []ledger.Record{idea(6, "一路", "5", "package=路网")}, nil, []string{trade + " 一路 5"}},
		{"two packages of one name: the first has the parts", []ledger.Record{idea(5, "路网", "8", "is_package=是"), idea(6, "一路", "5", "package=路网")}, []ledger.Record{idea(5, "路网", "9", "is_package=是", townSays)},
			[]string{trade + " 路网 8", trade + " 一路 5 in 路网", town + " 路网 9"}},
		{"a package is no part", []ledger.Record{idea(5, "路网", "8", "is_package=是", "package=大路网"), idea(6, "大路网", "9", "is_package=是")}, nil, []string{trade + " 路网 8", trade + " 大路网 9"}},
		{"a package is no part of itself", []ledger.Record{idea(5, "路网", "8", "is_package=是", "package=路网")}, nil, []string{trade + " 路网 8"}},
		{"what says nothing of packages", []ledger.Record{idea(5, "路网", "8", "is_package=否")}, nil, []string{trade + " 路网 8"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			returns := []*ledger.Return{sent(june, reserve, trade, "a", test.trade...), sent(june, reserve, town, "b", test.town...)}
			for range 2 { // in either order
				returns[0], returns[1] = returns[1], returns[0]
				m := merged(t, june, nil, returns...)
				if diff := cmp.Diff(test.want, told(m)); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			}
		})
	}
}

// What doubles, and what is part of a package, is taken out of the balance once.
func TestBridge(t *testing.T) {
	before := merged(t, may, nil, sent(may, reserve, trade, "may", idea(5, "冷库", "10"), idea(6, "停车场", "20"), idea(7, "水厂", "30")))
	m := merged(t, june, after(before),
		on(sent(june, reserve, trade, "old", idea(5, "物流园", "100")), 10),
		with(sent(june, reserve, trade, "new",
			idea(5, "物流园", "200"),
			func() ledger.Record { r := idea(6, "物流园", "200"); r.Repeated = true; return r }(),
			idea(7, "冷库", "400"), // held: 10 stands
			idea(8, "停车场", "800", "leaving=取消"),
			idea(9, "路网", "1600", "is_package=是"),
			idea(10, "一路", "3200", "package=路网"),
			idea(11, "食堂", "6400")), unread, 7, "total"),
		sent(june, reserve, town, "town", idea(5, "物流园", "12800")),
		with(sent(june, reserve, housing, "back", idea(5, "管网", "25600")), noSheet, 0, ""))
	wan := func(rows int, amount ledger.Money) Tally { return Tally{rows, amount * ledger.TenThousandYuan} }
	want := []BridgeLine{
		{Department: trade, Reported: wan(8, 12900), Superseded: wan(1, 100), Repeated: wan(1, 200), Left: wan(1, 800), Held: wan(0, -390), Carried: wan(1, 30), Parts: wan(1, 3200), Published: wan(5, 8240)},
		{Department: housing, Reported: wan(1, 25600), Returned: wan(1, 25600)},
		{Department: town, Reported: wan(1, 12800), Doubled: wan(1, 12800)},
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
		"an amount changes":  func(m *Month) { form.Reserve.Total.Set(&m.Standing[0].Record, ledger.Number(1)) },
		"an amount is blank": func(m *Month) { form.Reserve.Total.Set(&m.Standing[0].Record, ledger.Value{}) },
	} {
		t.Run(name, func(t *testing.T) {
			m := merged(t, june, nil, sent(june, reserve, trade, "a", idea(5, "物流园", "8"), idea(6, "冷库", "9")))
			for i := range m.Standing {
				m.Standing[i].Record.Fields = append([]ledger.Field{}, m.Standing[i].Record.Fields...)
			}
			break_(m)
			m.Book = NewBook(chenggu, june, m.Standing)
			if _, err := bridge(reserve, m); err == nil || !strings.Contains(err.Error(), "does not close for "+trade) {
				t.Errorf("the balance closes: %v", err)
			}
		})
	}
}

// What stands from the month before is counted from the history: a row carried over, one
// that stands for one sent back, an amount that stands for one held back, a department that
// sent nothing.
func TestBridgeMissesWhatWasCarriedOver(t *testing.T) {
	before := merged(t, may, nil, sent(may, reserve, trade, "may", idea(5, "物流园", "8000"), idea(6, "冷库", "900"), idea(7, "停车场", "70")),
		sent(may, reserve, housing, "may too", idea(5, "管网", "500")))
	for _, test := range []struct {
		name, department string
		break_           func(m *Month)
	}{
		{"a row that was left out is lost", trade, func(m *Month) { m.Standing = without(m, "冷库") }},
		{"a row that stands for one sent back is lost", trade, func(m *Month) { m.Standing = without(m, "停车场") }},
		{"the rows of a department that sent nothing are lost", housing, func(m *Month) { m.Standing = without(m, "管网") }},
		{"the amount of a row carried over changes", trade, func(m *Month) { form.Reserve.Total.Set(standingOf(m, "冷库"), ledger.Number(1)) }},
		{"the amount that stands for one held back changes", trade, func(m *Month) { form.Reserve.Total.Set(standingOf(m, "物流园"), ledger.Number(1)) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := merged(t, june, after(before), with(with(sent(june, reserve, trade, "june", idea(5, "物流园", "8100"), idea(7, "停车场", "80")), unread, 5, "total"), noRow, 7, ""))
			for i := range m.Standing {
				m.Standing[i].Record.Fields = slices.Clone(m.Standing[i].Record.Fields)
			}
			test.break_(m)
			m.Book = NewBook(chenggu, june, m.Standing)
			if _, err := bridge(reserve, m); err == nil || !strings.Contains(err.Error(), "does not close for "+test.department) {
				t.Errorf("the balance closes: %v", err)
			}
		})
	}
}

// without are the standing rows of a month but one.
func without(m *Month, name string) []ledger.Standing {
	return slices.DeleteFunc(slices.Clone(m.Standing), func(row ledger.Standing) bool { return reserve.Name(&row.Record) == name })
}

// standingOf is the record of the standing row of a name.
func standingOf(m *Month, name string) *ledger.Record {
	at := slices.IndexFunc(m.Standing, func(row ledger.Standing) bool { return reserve.Name(&row.Record) == name })
	return &m.Standing[at].Record
}

func TestFiguresThatAreNotKnownAreAbsent(t *testing.T) {
	m := merged(t, june, nil, sent(june, reserve, trade, "a", idea(5, "物流园", "0"), record(reserve, 6, "name=冷库", "stage=谋划", "department="+trade)))
	got := map[string]string{}
	for _, name := range []string{"reserve.projects", "reserve.investment_fen", "reserve.planned.projects", "reserve.planned.investment_fen", "reserve.started.projects", "progress.projects"} {
		got[name] = "absent"
		if value, known := m.Figures[name]; known {
			got[name] = fmt.Sprint(value)
		}
	}
	want := map[string]string{"reserve.projects": "2", "reserve.investment_fen": "0", "reserve.planned.projects": "1", "reserve.planned.investment_fen": "absent", "reserve.started.projects": "0", "progress.projects": "absent"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestLook(t *testing.T) {
	before := merged(t, may, nil, sent(may, reserve, trade, "may", idea(5, "冷库", "10"), idea(6, "冷库", "20", "owner=城投")))
	same := func(records ...ledger.Record) *ledger.Return {
		return sent(june, reserve, trade, "a", append(records, idea(50, "冷库", "10"), idea(51, "冷库", "20", "owner=城投"))...)
	}
	two := []ledger.Record{idea(5, "物流园", "8"), idea(6, "水厂", "9")}
	older := func(r *ledger.Return) *ledger.Return { r.Content = "older"; return on(r, 10) }
	newer := func(r *ledger.Return) *ledger.Return { r.Content = "newer"; return on(r, 21) }
	for _, test := range []struct {
		name    string
		returns []*ledger.Return
		want    int
	}{
		{"nothing", []*ledger.Return{same(two...)}, 0},
		{"a notice", []*ledger.Return{with(same(two...), noted, 5, "total")}, 0},
		{"a query", []*ledger.Return{with(same(two...), asked, 5, "total")}, 1},
		{"two queries of a row", []*ledger.Return{with(with(same(two...), asked, 5, "total"), unread, 5, "place")}, 1},
		{"two rows", []*ledger.Return{with(with(same(two...), asked, 5, "total"), unread, 6, "place")}, 2},
		{"a row sent back, with its finding", []*ledger.Return{with(same(two...), noRow, 5, "")}, 1},
		{"a query of a row that holds no data", []*ledger.Return{with(same(two...), asked, 99, "total")}, 0},
		{"a query of the return", []*ledger.Return{with(same(two...), asked, 0, "total")}, 0},
		{"a return sent back: all its rows", []*ledger.Return{with(same(two...), noSheet, 0, "")}, 4},
		{"a query of an older version", []*ledger.Return{older(with(same(two...), asked, 5, "total")), same(two...)}, 0},
		{"an older version sent back was mended", []*ledger.Return{older(with(same(two...), noSheet, 0, "")), same(two...)}, 0},
		{"a newer one sent back is not", []*ledger.Return{same(two...), newer(with(same(two...), noSheet, 0, ""))}, 4},
		{"a row of two versions is one", []*ledger.Return{with(same(two...), asked, 5, "total"), newer(with(same(two...), noSheet, 0, ""))}, 4},
		{"two left out, of one name", []*ledger.Return{sent(june, reserve, trade, "a", two...)}, 2},
		{"nothing sent", nil, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := merged(t, june, after(before), test.returns...).Look; got != test.want {
				t.Errorf("%d rows to look at, want %d", got, test.want)
			}
		})
	}
}

// What is found between departments joins the return it is about, and the rows to look at.
func TestNote(t *testing.T) {
	m := merged(t, june, nil, sent(june, reserve, trade, "a", idea(5, "物流园", "8"), idea(6, "水厂", "9")))
	m.Note([]ledger.Finding{
		{Code: SameDate, Period: june, Department: trade, Form: "reserve", Row: 6},
		{Code: SameDate, Period: june, Department: town, Form: "reserve", Row: 6},
	})
	if m.Look != 1 || len(m.Returns[0].Findings) != 1 {
		t.Errorf("%d rows to look at, %d findings", m.Look, len(m.Returns[0].Findings))
	}
	again, err := Reconcile(Input{County: chenggu, Period: june, Returns: m.Returns, History: m.History})
	if err != nil || again.Look != 0 || len(again.Returns[0].Findings) != 0 {
		t.Errorf("reconciled again, findings of the month must begin anew: %v, %d", err, again.Look)
	}
}
