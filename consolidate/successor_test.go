package consolidate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

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
					rows[name] = &ledger.Standing{Record: Idea(5, name, total)}
				}
				return rows[name]
			}
			var pairs []successor
			for _, p := range test.pairs {
				pairs = append(pairs, successor{old: row(p.old), new: row(p.new), score: p.score})
			}
			var got []string
			for _, s := range (court{Chenggu, Reserve, June}).paired(pairs) {
				line := fmt.Sprintf("%s→%s %s", Reserve.Name(&s.old.Record), Reserve.Name(&s.new.Record), s.matter.In(ledger.Chinese))
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

// The row that counts is the first of a project's rows.
func TestRowsOfProject(t *testing.T) {
	m := merged(t, June, nil, Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8", "department="+Trade)),
		Sent(June, Reserve, Town, "b", Idea(5, "物流园", "8", "department="+Trade)))
	p := m.Register.Projects["reserve"][0]
	if want := append([]*ledger.Standing{p.Row}, p.Others...); len(want) != 2 || !slices.Equal(p.Rows(), want) {
		t.Errorf("%d rows, the first of %s", len(p.Rows()), p.Rows()[0].Department)
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
	want := []string{RowReplaced.ID + " 续表!name7 row 7 卫生院业务用房改扩建项目 项目名称: 上月报的是“卫生院改扩建项目”", RowAbsent.ID + " Sheet1! row 0 冷库 : "}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
