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

func TestVersions(t *testing.T) {
	version := func(content string, day int) *ledger.Return {
		return On(Sent(June, Reserve, Trade, content, Idea(5, "物流园", "8000")), day)
	}
	rejected := func(r *ledger.Return) *ledger.Return { return With(r, NoSheet, 0, "") }
	undated := func(r *ledger.Return) *ledger.Return { r.Prepared = ledger.Date{}; return r }
	received := func(r *ledger.Return, day int) *ledger.Return {
		r.Received = ledger.Date{Year: 2024, Month: 6, Day: day}
		return r
	}
	saved := func(r *ledger.Return, hour int) *ledger.Return {
		r.Modified = fmt.Sprintf("2024-06-20T%02d:00:00Z", hour)
		return r
	}
	for _, test := range []struct {
		name    string
		returns []*ledger.Return
		want    []string // content, version, state, and the query
	}{
		{"one", []*ledger.Return{version("a", 20)}, []string{"a 1 accepted"}},
		{"a newer one", []*ledger.Return{version("a", 20), version("b", 21)}, []string{"a 1 superseded", "b 2 accepted"}},
		{"the file names the other way round", []*ledger.Return{version("b", 20), version("a", 21)}, []string{"b 1 superseded", "a 2 accepted"}},
		{"a newer one that was sent back", []*ledger.Return{version("a", 20), rejected(version("b", 21))}, []string{"a 1 accepted", "b 2 returned"}},
		{"mended", []*ledger.Return{rejected(version("a", 20)), version("b", 21)}, []string{"a 1 returned", "b 2 accepted"}},
		{"mended the same day", []*ledger.Return{version("a", 20), rejected(version("b", 20))}, []string{"b 1 returned", "a 2 accepted"}},
		{"all sent back", []*ledger.Return{rejected(version("a", 20)), rejected(version("b", 21))}, []string{"a 1 returned", "b 2 returned"}},
		{"two of one day", []*ledger.Return{version("a", 20), version("b", 20)}, []string{"a 1 superseded", "b 2 accepted M01"}},
		{"two of one day, the other saved later", []*ledger.Return{saved(version("a", 20), 17), saved(version("b", 20), 9)},
			[]string{"b 1 superseded", "a 2 accepted"}},
		{"two of one day saved at one time", []*ledger.Return{saved(version("a", 20), 9), saved(version("b", 20), 9)},
			[]string{"a 1 superseded", "b 2 accepted M01"}},
		{"two of one day, one not known when it was saved", []*ledger.Return{saved(version("a", 20), 9), version("b", 20)},
			[]string{"b 1 superseded", "a 2 accepted M01"}},
		{"three of one day, the first not known when it was saved", []*ledger.Return{version("a", 20), saved(version("b", 20), 9), saved(version("c", 20), 10)},
			[]string{"a 1 superseded", "b 2 superseded", "c 3 accepted M01"}},
		{"saved later, but of an older day", []*ledger.Return{saved(version("a", 19), 17), saved(version("b", 20), 9)},
			[]string{"a 1 superseded", "b 2 accepted"}},
		{"saved later and sent back", []*ledger.Return{saved(version("a", 20), 9), rejected(saved(version("b", 20), 17))},
			[]string{"a 1 accepted", "b 2 returned"}},
		{"two of one day, then a third", []*ledger.Return{version("a", 20), version("b", 20), version("c", 21)},
			[]string{"a 1 superseded", "b 2 superseded", "c 3 accepted"}},
		{"two without a date", []*ledger.Return{undated(version("a", 1)), undated(version("b", 1))}, []string{"a 1 superseded", "b 2 accepted M01"}},
		{"one without a date", []*ledger.Return{version("a", 20), undated(version("b", 1))}, []string{"b 1 superseded", "a 2 accepted M01"}},
		{"the day it was received goes before the day it bears", []*ledger.Return{received(version("a", 20), 25), received(version("b", 21), 24)},
			[]string{"b 1 superseded", "a 2 accepted"}},
		{"the same content twice", []*ledger.Return{version("a", 20), version("a", 20)}, []string{"a 1 accepted", "a 1 repeated"}},
		{"the older content sent again later", []*ledger.Return{version("a", 20), version("b", 21), version("a", 22)},
			[]string{"a 1 superseded", "b 2 accepted", "a 1 repeated"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for range 2 { // settling again changes nothing
				for i, r := range test.returns {
					test.returns[i] = Apply(r, nil)
				}
				for range 2 {
					slices.Reverse(test.returns)
					test.returns = Settle(Chenggu, test.returns)
				}
				var got []string
				for _, r := range test.returns {
					line := fmt.Sprintf("%s %d %s", r.Content, r.Version, r.State)
					for _, f := range r.Findings {
						if f.Code == SameDate {
							line += " M01"
						}
					}
					got = append(got, line)
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			}
		})
	}
}

// What a newer return of the month leaves out is asked about, however it is spelt what it has.
func TestRowsLacking(t *testing.T) {
	sent := func(content string, day int, rows ...ledger.Record) *ledger.Return {
		return On(Sent(June, Reserve, Trade, content, rows...), day)
	}
	park, store, road := Idea(5, "物流园", "8000"), Idea(6, "冷库", "900"), Idea(7, "路网", "100")
	none := func(r *ledger.Return) *ledger.Return { r.Nil = true; return r }
	for _, test := range []struct {
		name    string
		returns []*ledger.Return
		want    string
	}{
		{"as many", []*ledger.Return{sent("a", 20, park, store), sent("b", 21, store, park)}, ""},
		{"more", []*ledger.Return{sent("a", 20, park), sent("b", 21, store, park)}, ""},
		{"one less", []*ledger.Return{sent("a", 20, park, store), sent("b", 21, park)}, "1项，冷库"},
		{"two halves", []*ledger.Return{sent("a", 20, park, store), sent("b", 21, road)}, "2项，物流园、冷库"},
		{"names respelt", []*ledger.Return{sent("a", 20, Idea(5, "城固县 物流园（一期）", "8000")), sent("b", 21, Idea(5, "物流园(一期)", "8000"))}, ""},
		{"one code, another name", []*ledger.Return{sent("a", 20, Idea(5, "物流园", "1", "code="+CodeA)), sent("b", 21, Idea(5, "仓储", "1", "code="+CodeA))}, ""},
		{"a code since", []*ledger.Return{sent("a", 20, park), sent("b", 21, Idea(5, "物流园", "1", "code="+CodeA))}, ""},
		{"renamed", []*ledger.Return{sent("a", 20, park), sent("b", 21, Idea(5, "仓储", "8000"))}, "1项，物流园"},
		{"two of one name, then one", []*ledger.Return{sent("a", 20, park, Idea(6, "物流园", "7")), sent("b", 21, park)}, "1项，物流园"},
		{"rows that were sent back are asked about anyway", []*ledger.Return{With(sent("a", 20, park, store), NoRow, 6, ""), sent("b", 21, park)}, ""},
		{"the row is there and sent back", []*ledger.Return{sent("a", 20, park, store), With(sent("b", 21, park, store), NoRow, 6, "")}, ""},
		{"the newer one was sent back", []*ledger.Return{sent("a", 20, park, store), With(sent("b", 21, park), NoSheet, 0, "")}, ""},
		{"the older one was sent back", []*ledger.Return{With(sent("a", 20, park, store), NoSheet, 0, ""), sent("b", 21, park)}, ""},
		{"零报告", []*ledger.Return{sent("a", 20, park, store), none(sent("b", 21))}, "2项，物流园、冷库"},
		{"the first of three", []*ledger.Return{sent("a", 20, park, store), sent("b", 21, park), sent("c", 22, park)}, "1项，冷库"},
		{"a few", []*ledger.Return{sent("a", 20, Idea(5, "1", "1"), Idea(6, "2", "1"), Idea(7, "3", "1"), Idea(8, "4", "1"), Idea(9, "5", "1")),
			sent("b", 21, park)}, "5项，1、2、3、4、5"},
		{"two older ones have it", []*ledger.Return{sent("a", 20, park, store), sent("b", 21, store, park), sent("c", 22, park)}, "1项，冷库"},
		{"many", []*ledger.Return{sent("a", 20, Idea(5, "1", "1"), Idea(6, "2", "1"), Idea(7, "3", "1"),
			Idea(8, "4", "1"), Idea(9, "5", "1"), Idea(10, "6", "1")),
			sent("b", 21, park)}, "6项，1、2、3、4、5等"},
	} {
		for i, r := range test.returns {
			test.returns[i] = Apply(r, nil)
		}
		for range 2 {
			got := ""
			slices.Reverse(test.returns)
			test.returns = Settle(Chenggu, test.returns)
			for _, r := range test.returns {
				for _, f := range r.Findings {
					if f.Code == RowsLacking {
						got += f.Found
					}
				}
			}
			if got != test.want {
				t.Errorf("%s: %q, want %q", test.name, got, test.want)
			}
		}
	}
}

// Of one content the first counts, by file and sheet, in whatever order they came.
func TestWhichOfOneContentCounts(t *testing.T) {
	var returns []*ledger.Return
	for _, at := range [][2]string{{"b.xlsx", "甲"}, {"a.xlsx", "2"}, {"a.xlsx", "1"}} {
		r := Apply(Sent(June, Reserve, Trade, "same", Idea(5, "物流园", "8000")), nil)
		r.File, r.Sheet = at[0], at[1]
		returns = append(returns, r)
	}
	var got []string
	for _, r := range Settle(Chenggu, returns) {
		got = append(got, fmt.Sprintf("%s %s %s", r.File, r.Sheet, r.State))
	}
	if diff := cmp.Diff([]string{"a.xlsx 1 accepted", "a.xlsx 2 repeated", "b.xlsx 甲 repeated"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Forms, then departments in the official order; returns of another month are apart, and so are those of
// forms that are declared no more.
func TestSettleOrders(t *testing.T) {
	returns := []*ledger.Return{
		Sent(June, Progress, Housing, "d"), Sent(June, Reserve, Town, "c"), Sent(May, Reserve, Trade, "a"), Sent(June, Reserve, Trade, "b"),
		Sent(June, Reserve, "外县某局", "e"), Sent(June, Reserve, Trade, "f"),
		Sent(June, &form.Form{ID: "yet another"}, Trade, "h"), Sent(June, &form.Form{ID: "was a form"}, Trade, "g"),
	}
	returns[5].Region = "610723"
	returns = Settle(Chenggu, returns)
	var got string
	for _, r := range returns {
		got += r.Content
		if r.State != ledger.Accepted || r.Version != 1 {
			t.Errorf("%s is version %d, %s", r.Content, r.Version, r.State)
		}
	}
	if got != "ghabfced" {
		t.Errorf("the order is %s", got)
	}
}

func TestApply(t *testing.T) {
	two := func() *ledger.Return {
		return Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8000"), Idea(6, "冷库", "900"))
	}
	for _, test := range []struct {
		name string
		ret  *ledger.Return
		want string // state; rows returned; cells held
	}{
		{"nothing found", two(), "accepted [] []"},
		{"a notice", With(two(), Noted, 5, "total"), "accepted [] []"},
		{"to be explained", With(two(), Asked, 5, "total"), "accepted [] []"},
		{"a field", With(two(), Unread, 5, "total"), "accepted [] [H5]"},
		{"a column", With(two(), Unread, 0, "total"), "accepted [] [H5 H6]"},
		{"two columns", named(With(two(), Unread, 0, "total"), "所属批次、总投资"), "accepted [] [D5 H5 D6 H6]"},
		{"a field of no such row", With(two(), Unread, 9, "total"), "accepted [] []"},
		{"a field of no such name", With(two(), Unread, 5, "no such"), "accepted [] []"},
		{"a row", With(two(), NoRow, 6, ""), "accepted [6] []"},
		{"a row and a field of it", With(With(two(), NoRow, 6, ""), Unread, 6, "total"), "accepted [6] [H6]"},
		{"the return", With(two(), NoSheet, 0, ""), "returned [] []"},
		{"the file", With(two(), NoFile, 0, ""), "returned [] []"},
		{"the harshest decides", With(With(two(), NoSheet, 0, ""), Noted, 5, "total"), "returned [] []"},
	} {
		t.Run(test.name, func(t *testing.T) {
			found := []ledger.Finding{{Code: ReturnLate, Form: "reserve"}}
			read := len(test.ret.Findings)
			for range 3 { // applying again is applying once
				test.ret = Apply(test.ret, found)
				returned, held := []int{}, []string{}
				for _, record := range test.ret.Records {
					if record.Returned {
						returned = append(returned, record.Row)
					}
					for _, field := range record.Fields.All() {
						if field.Held {
							held = append(held, field.Cell.String())
						}
					}
				}
				if got := fmt.Sprintf("%s %v %v", test.ret.State, returned, held); got != test.want {
					t.Errorf("%s, want %s", got, test.want)
				}
				if len(test.ret.Findings) != read+1 {
					t.Errorf("%d findings, want %d of reading and one of rules", len(test.ret.Findings), read)
				}
			}
			test.ret = Apply(test.ret, nil)
			if len(test.ret.Findings) != read {
				t.Error("what was found before is not forgotten")
			}
		})
	}
}

// named gives the finding of a return other columns.
func named(r *ledger.Return, fields string) *ledger.Return {
	r.Findings[0].Field = fields
	return r
}

func TestNothingToReport(t *testing.T) {
	for _, test := range []struct {
		name           string
		nothing, still bool
		records        []ledger.Record
		want           ledger.State
	}{
		{"零报告", true, false, nil, ledger.Nil},
		{"本月无变化", false, true, nil, ledger.Nil},
		{"rows in spite of it", true, false, []ledger.Record{Idea(5, "物流园", "1")}, ledger.Accepted},
		{"neither", false, false, nil, ledger.Accepted},
	} {
		r := Sent(June, Reserve, Trade, "a", test.records...)
		r.Nil, r.Unchanged = test.nothing, test.still
		if r = Apply(r, nil); r.State != test.want {
			t.Errorf("%s: %s", test.name, r.State)
		}
	}
}

func TestLate(t *testing.T) {
	for _, test := range []struct {
		name               string
		prepared, received string
		late               bool
	}{
		{"on the day", "2024-06-25", "", false},
		{"the day after", "2024-06-26", "", true},
		{"a month, no day", "2024-06", "", false},
		{"the month after", "2024-07", "", true},
		{"no date", "", "", false},
		{"prepared in time, received late", "2024-06-20", "2024-06-27", true},
		{"received in time", "2024-06-28", "2024-06-24", false},
	} {
		r := Sent(June, Reserve, Trade, "a")
		r.Prepared, _ = ledger.ParseDate(test.prepared)
		r.Received, _ = ledger.ParseDate(test.received)
		if Late(Chenggu, r) != test.late {
			t.Errorf("%s: late is %v", test.name, !test.late)
		}
	}
}

// What must be answered counts as long as it is not, and blocks the close; what is only told is taken.
func TestCodes(t *testing.T) {
	for _, test := range []struct {
		code   *ledger.Code
		effect ledger.Effect
	}{
		{SameDate, ledger.AcceptExplained}, {RowsLacking, ledger.AcceptExplained}, {RowAbsent, ledger.AcceptExplained},
		{RowReplaced, ledger.AcceptExplained}, {ReportedApart, ledger.AcceptExplained}, {EntryOfOther, ledger.AcceptExplained},
		{ReturnMissing, ledger.Accept}, {ReturnLate, ledger.Accept}, {NotOwed, ledger.Accept}, {Overruled, ledger.Accept},
	} {
		if test.code.Effect != test.effect || (test.code.Severity == ledger.Query) != (test.effect == ledger.AcceptExplained) {
			t.Errorf("%s is %s and %s", test.code.ID, test.code.Severity, test.code.Effect)
		}
	}
}

// Versions of a form that is declared no more are settled like others; nobody is asked about their rows.
func TestVersionsOfFormsThatAreNoMore(t *testing.T) {
	gone := &form.Form{ID: "was a form"}
	var got []string
	for _, r := range Settle(Chenggu, []*ledger.Return{On(Sent(June, gone, Trade, "b", ledger.Record{}), 21), Sent(June, gone, Trade, "a", ledger.Record{})}) {
		got = append(got, fmt.Sprintf("%s %d %s", r.Content, r.Version, r.State))
	}
	if diff := cmp.Diff([]string{"a 1 superseded", "b 2 accepted"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
