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

// Of possible pairs, the likeliest first, which are taken: one to one, and what makes a split or a merger.
func TestPaired(t *testing.T) {
	type pair struct {
		old, new string
		score    int
	}
	for _, test := range []struct {
		name   string
		totals map[string]string
		pairs  []pair
		want   []string
	}{
		{"one to one", nil, []pair{{"甲", "子", 90}, {"乙", "丑", 80}}, []string{"甲→子 疑更名 once", "乙→丑 疑更名 once"}},
		{"the likeliest first", nil, []pair{{"甲", "子", 90}, {"乙", "子", 59}, {"甲", "丑", 59}}, []string{"甲→子 疑更名 once"}},
		{"surely a merger", nil, []pair{{"甲", "子", 90}, {"乙", "子", 60}}, []string{"甲→子 疑合并 once", "乙→子 疑合并 once"}},
		{"surely a split", nil, []pair{{"甲", "子", 90}, {"甲", "丑", 60}}, []string{"甲→子 疑拆分 once", "甲→丑 疑拆分"}},
		{"beside a rename", nil, []pair{{"丙", "寅", 95}, {"甲", "子", 90}, {"乙", "子", 60}},
			[]string{"丙→寅 疑更名 once", "甲→子 疑合并 once", "乙→子 疑合并 once"}},
		{"a merger that adds up to a twentieth", map[string]string{"甲": "54", "乙": "60", "子": "120"}, []pair{{"甲", "子", 59}, {"乙", "子", 55}},
			[]string{"甲→子 疑合并 once", "乙→子 疑合并 once"}},
		{"a cent less", map[string]string{"甲": "53.999999", "乙": "60", "子": "120"}, []pair{{"甲", "子", 59}, {"乙", "子", 55}}, []string{"甲→子 疑更名 once"}},
		{"a merger of more than there was", map[string]string{"甲": "66", "乙": "60", "子": "120"}, []pair{{"甲", "子", 59}, {"乙", "子", 55}},
			[]string{"甲→子 疑合并 once", "乙→子 疑合并 once"}},
		{"a split that adds up", map[string]string{"甲": "120", "子": "54", "丑": "60"}, []pair{{"甲", "子", 59}, {"甲", "丑", 55}},
			[]string{"甲→子 疑拆分 once", "甲→丑 疑拆分"}},
		{"nothing adds up to nothing", nil, []pair{{"甲", "子", 59}, {"甲", "丑", 55}}, []string{"甲→子 疑更名 once"}},
		{"each has another already", nil, []pair{{"甲", "子", 90}, {"乙", "丑", 80}, {"甲", "丑", 70}}, []string{"甲→子 疑更名 once", "乙→丑 疑更名 once"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			rows := map[string]*ledger.Standing{}
			row := func(name string) *ledger.Standing {
				if rows[name] == nil {
					total := test.totals[name]
					if total == "" {
						total = "0"
					}
					rows[name] = &ledger.Standing{Record: new(Idea(5, name, total))}
				}
				return rows[name]
			}
			var pairs []successor
			for _, p := range test.pairs {
				pairs = append(pairs, successor{old: row(p.old), new: row(p.new), score: p.score})
			}
			var got []string
			for _, s := range (court{Chenggu, Reserve, June}).paired(pairs) {
				line := fmt.Sprintf("%s→%s %s", Reserve.Name(s.old.Record), Reserve.Name(s.new.Record), s.matter.In(ledger.Chinese))
				if s.counted {
					line += " once"
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Where rows bear no totals, nothing adds up.
func TestNothingAddsUpWithoutTotals(t *testing.T) {
	dispatch := form.Dispatch.Title.Form
	row := func() *ledger.Standing { return &ledger.Standing{Record: new(Record(dispatch, 5, "title=调度会"))} }
	if (court{Chenggu, dispatch, June}).addsUp(row(), row(), row()) {
		t.Error("two meetings add up to a third")
	}
}

// Problems are told apart by their numbers: one that is left out goes on, and none that is new is taken for it,
// however alike they are.
func TestOnlyProjectsHaveSuccessors(t *testing.T) {
	obstacles := form.Obstacles.Number.Form
	problem := func(number string) ledger.Record {
		return Record(obstacles, 5, "number="+number, "project=柳林镇冷链物流园", "state=办理中")
	}
	before := merged(t, May, nil, Sent(May, obstacles, Trade, "may", problem("柳林镇冷链物流园用地")))
	m := merged(t, June, after(before), Sent(June, obstacles, Trade, "june", problem("柳林镇冷链物流园区用地")))
	if got := codes(m); !slices.Equal(got, []string{RowAbsent.ID + " " + Trade + " 柳林镇冷链物流园用地"}) || len(m.Register.Counted(obstacles)) != 2 {
		t.Errorf("%d problems: %v", len(m.Register.Counted(obstacles)), got)
	}
}

// The row that counts is the first of a project's rows.
func TestRowsOfProject(t *testing.T) {
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8", "department="+Trade)),
		Sent(June, Reserve, Town, "b", Idea(5, "物流园", "8", "department="+Trade)))
	p := m.Register.Projects["reserve"][0]
	if want := append([]*ledger.Standing{p.Row}, p.Others...); len(want) != 2 || !slices.Equal(p.Rows(), want) {
		t.Errorf("%d rows, the first of %s", len(p.Rows()), p.Rows()[0].Department)
	}
}

// What came in the place of a row that is gone is asked about from even odds on.
func TestLeastOfSuccessors(t *testing.T) {
	row := func(number int, name string, words ...string) ledger.Record {
		return Record(Reserve, number, append([]string{"name=" + name, "department=" + Trade}, words...)...)
	}
	for _, test := range []struct {
		name      string
		may, june ledger.Record
		want      string
	}{
		{"as likely as not", row(5, "冷链物流园"), row(5, "和平村冷链物流中心"), RowReplaced.ID + " " + Trade + " 和平村冷链物流中心"},
		{"less likely than not", row(5, "冷链物流园", "total=10"), row(5, "和平村冷链物流中心", "total=40"), RowAbsent.ID + " " + Trade + " 冷链物流园"},
	} {
		before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", test.may))
		if got := codes(merged(t, June, after(before), Sent(June, Reserve, Trade, "june", test.june))); !slices.Equal(got, []string{test.want}) {
			t.Errorf("%s: %v, want %s", test.name, got, test.want)
		}
	}
}

// What a department no longer reports is asked about at the row that may have come in its place, or else at none.
func TestWhereAbsencesAreAsked(t *testing.T) {
	before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", Idea(5, "卫生院改扩建项目", "10"), Idea(6, "冷库", "20")))
	came := Idea(7, "卫生院业务用房改扩建项目", "12")
	came.Sheet = "续表"
	m := merged(t, June, after(before), Sent(June, Reserve, Trade, "june", came))
	var got []string
	for _, f := range m.Findings {
		if f.Code == RowAbsent || f.Code == RowReplaced {
			got = append(got, fmt.Sprintf("%s %s!%s row %d %s %s: %s", f.Code.ID, f.Sheet, f.Cell, f.Row, f.Entity, f.Field, f.Found))
		}
	}
	want := []string{RowReplaced.ID + " 续表!A7 row 7 卫生院业务用房改扩建项目 项目名称: 上月报的是“卫生院改扩建项目”", RowAbsent.ID + " Sheet1! row 0 冷库 : "}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A row goes on only as one that came after it was last reported, be it months ago, and as the likeliest of those.
func TestWhatCameSince(t *testing.T) {
	old, renamed, store := Idea(5, "卫生院改扩建项目", "10"), Idea(6, "卫生院业务用房改扩建项目", "12"), Idea(7, "冷库", "20")
	row := func(number int, name string) ledger.Record {
		return Record(Reserve, number, "name="+name, "department="+Trade)
	}
	for _, test := range []struct {
		name             string
		april, may, june []ledger.Record
		want             []string
	}{
		{"since May, of what is gone since April", []ledger.Record{old, store}, []ledger.Record{renamed, store}, []ledger.Record{renamed},
			[]string{RowAbsent.ID + " " + Trade + " 冷库", RowReplaced.ID + " " + Trade + " 卫生院业务用房改扩建项目"}},
		{"side by side in May", nil, []ledger.Record{old, renamed}, []ledger.Record{renamed}, []string{RowAbsent.ID + " " + Trade + " 卫生院改扩建项目"}},
		{"the likelier of two", nil, []ledger.Record{row(5, "和平村冷链物流中心"), row(6, "冷链仓储物流园")}, []ledger.Record{row(5, "冷链物流园")},
			[]string{RowAbsent.ID + " " + Trade + " 和平村冷链物流中心", RowReplaced.ID + " " + Trade + " 冷链物流园"}},
	} {
		april := merged(t, April, nil, Sent(April, Reserve, Trade, "april", test.april...))
		may := merged(t, May, after(april), Sent(May, Reserve, Trade, "may", test.may...))
		if got := codes(merged(t, June, after(may, april), Sent(June, Reserve, Trade, "june", test.june...))); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
