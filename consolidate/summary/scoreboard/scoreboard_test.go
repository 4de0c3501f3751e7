package scoreboard

import (
	"fmt"
	"strings"
	"testing"

	"huizong/consolidate"
	"huizong/consolidate/monthtest"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// book is a workbook of 月评比 and its working.
func book(t testing.TB, m *consolidate.Month) []byte {
	t.Helper()
	v := page.NewVolume(m, "月评比")
	ratings := rating.Scores(m)
	Draw(v, v.Book.Sheet("月评比", workbook.A4Landscape), ratings)
	DrawWorking(v, v.Book.Sheet("月评比计分", workbook.A4Landscape), ratings)
	return workbooktest.Bytes(t, v.Book)
}

// rated is a month with units of every group, some of them late, sent back or silent.
func rated(t testing.TB) *consolidate.Month {
	f, o, ta, r := &form.Progress, &form.Obstacles, &form.Tasks, &form.Reserve
	key := func(unit, plan, done string) monthtest.Said {
		return monthtest.Key(unit+"项目", "市级", "续建", unit, "样例领导01", plan, done, "")
	}
	problem := func(number, unit, deadline, state, solved string) monthtest.Said {
		s := monthtest.Said{o.Number.Column: number, o.Project.Column: "项目" + number, o.Department.Column: unit, o.Deadline.Column: deadline,
			o.State.Column: state}
		if solved != "" {
			s[o.Solved.Column] = solved
		}
		return s
	}
	task := func(number, unit, pace string) monthtest.Said {
		return monthtest.Said{ta.Scheme.Column: "营商环境突破年行动方案", ta.Number.Column: number, ta.Department.Column: unit, ta.Pace.Column: pace}
	}
	refused := monthtest.Sent(t, f.Name.Form, monthtest.June, "交通运输局", 21, key("交通运输局", "300", "1"))
	monthtest.Finding(refusing, refused, 0, f.Name.Column)
	returns := append(monthtest.ReserveReturns(t, monthtest.June),
		refused,
		monthtest.Sent(t, f.Name.Form, monthtest.June, "交通运输局", 23, key("交通运输局", "30000", "12000.5"),
			key("交通运输局二期", "700", "600").And(monthtest.Said{f.Department.Column: "交通局", f.PlanToDate.Column: "500"})),
		monthtest.Sent(t, f.Name.Form, monthtest.June, "水利局", 28, key("水利局", "20000", "3000")),
		monthtest.Sent(t, f.Name.Form, monthtest.June, "住房和城乡建设局", 23, key("住房和城乡建设局", "1000", "500").And(monthtest.Said{f.InStatistics.Column: "否"})),
		monthtest.Sent(t, f.Name.Form, monthtest.June, "教育体育局", 23, key("教育体育局", "2000", "1000")),
		monthtest.Sent(t, f.Name.Form, monthtest.June, "航空经济技术开发区", 23, key("航空经济技术开发区", "80000", "44000")),
		monthtest.Sent(t, f.Name.Form, monthtest.June, "三合循环经济产业园区", 23, key("三合循环经济产业园区", "9000", "1000")),
		monthtest.Sent(t, f.Name.Form, monthtest.June, "城市建设投资集团", 23, key("城市建设投资集团", "6000", "3000")),
		monthtest.Sent(t, o.Number.Form, monthtest.June, "交通运输局", 23, problem("1", "交通局", "2024-06-20", "销号", "2024-06-18"),
			problem("2", "水利局", "2024-06-20", "办理中", "")),
		monthtest.Sent(t, ta.Number.Form, monthtest.June, "交通运输局", 23, task("21", "交通运输局", "滞后"), task("28", "交通运输局", "推进")),
		monthtest.Sent(t, r.Name.Form, monthtest.June, "莲花街道", 23, monthtest.Idea("河堤路", "开工", "城建", "莲花街道", "3000"),
			monthtest.Idea("菜市场", "谋划", "城建", "莲花街道", "100").And(monthtest.Said{r.Land.Column: "办理中", r.Approval.Column: "已完成"})),
		monthtest.Sent(t, r.Name.Form, monthtest.June, "原公镇", 23, monthtest.Idea("食用菌基地", "储备", "产业", "原公镇", "800"),
			monthtest.Idea("冷链", "储备", "产业", "原公镇", "2300")),
	)
	return monthtest.Reconcile(t, monthtest.June, nil, returns...)
}

// refusing sends a whole return back.
var refusing = ledger.Declare("F98", ledger.Error, ledger.RejectReturn, ledger.Level0, "test", ledger.Zh("试", "试"), ledger.En("test", "test"))

func TestSheets(t *testing.T) {
	data := book(t, rated(t))
	workbooktest.Check(t, data)
	workbooktest.Goldens(t, data)
}

// TestScoreFormulas proves the formulas in months and under schemes of every kind.
func TestScoreFormulas(t *testing.T) {
	share := func(text string) (m county.Mark) {
		if err := m.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		return m
	}
	all := county.Default().Groups
	every := county.Default()
	every.Scoring.Least = 1
	every.Scores = []county.Score{
		{Name: "比值封顶", Indicator: "年度计划完成率", Groups: all, Weight: 2000, Method: county.ByRatio, Cap: 1_100_000, Floor: share("20%"), Target: share("45%")},
		{Name: "金额", Indicator: "储备项目总投资", Groups: all, Weight: 1000, Method: county.ByRatio, Target: share("7777万元")},
		{Name: "位次", Indicator: "红灯项目占比", Groups: all, Weight: 2000, Method: county.ByRank, Step: 30},
		{Name: "底线位次", Indicator: "开工率", Groups: all, Weight: 1000, Method: county.ByRank, Step: 30, Floor: share("10%")},
		{Name: "分档", Indicator: "滞后任务数", Groups: all, Weight: 1000, Method: county.ByBands,
			Bands: []county.Band{{At: share("0"), Points: 1000}, {At: share("1"), Points: 350}}},
		{Name: "金额分档", Indicator: "储备项目总投资", Groups: all, Weight: 1000, Method: county.ByBands,
			Bands: []county.Band{{At: share("1亿元"), Points: 1000}, {At: share("3000万元"), Points: 350}}},
		{Name: "逐项加", Indicator: "储备项目个数", Groups: all, Weight: 1000, Method: county.ByEach, Each: 130},
		{Name: "逐项减", Indicator: "退回次数", Groups: all, Weight: 1000, Method: county.ByEach, Each: -130},
		{Name: "加分", Indicator: "储备项目个数", Groups: all, Method: county.ByEach, Each: 55, Limit: 100},
	}
	plain := county.Default()
	plain.Scoring.Ties, plain.Scores = nil, every.Scores[:0:0]
	plain.Scores = append(plain.Scores, county.Score{Name: "完成", Indicator: "年度计划完成率", Groups: []string{"部门"}, Weight: 10000, Method: county.ByRatio})
	none := county.Default()
	none.Scores = nil
	for _, test := range []struct {
		name   string
		county *county.County
		month  *consolidate.Month
	}{
		{"every method", every, rated(t)},
		{"one indicator, no ties", plain, rated(t)},
		{"nothing reported", county.Default(), monthtest.Reconcile(t, monthtest.June, nil)},
		{"no scheme", none, rated(t)},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.month.County = test.county
			workbooktest.Check(t, book(t, test.month))
		})
	}
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	m := rated(t)
	m.County = every
	workbooktest.Recalculate(t, book(t, m))
}

// TestScoresAddUp: what is printed adds up: the points of a unit are its sum, to the hundredth.
func TestScoresAddUp(t *testing.T) {
	for _, r := range rating.Scores(rated(t)) {
		for _, u := range r.Ranked {
			sum := county.Points(0)
			for _, mark := range u.Marks {
				sum += mark.Points
			}
			if sum != u.Sum+u.Extra {
				t.Errorf("%s: points of %s, sum %s and %s", u.Unit, sum, u.Sum, u.Extra)
			}
		}
	}
}

// TestSchemeSaysItIsADefault: nobody takes the built-in weights for the county's own.
func TestSchemeSaysItIsADefault(t *testing.T) {
	dump := workbooktest.Dump(t, book(t, rated(t)), "月评比")
	if n := strings.Count(dump, "未经县上确认"); n != 2 {
		t.Errorf("said %d times, want over the rankings and under the scheme:\n%s", n, dump)
	}
}

// TestMethodTexts: how points are made, in words.
func TestMethodTexts(t *testing.T) {
	for i, want := range []string{
		"数值×满分，最多得满分", "本类第1名得满分，每后一名减0.5分", "数值×满分，最多得满分", "数值×满分，最多得满分；低于50%不得分",
		"数值×满分，最多得满分", "从满分起，每个（次）扣2分，扣完为止",
	} {
		if got := methodText(county.Default().Scores[i]); got != want {
			t.Errorf("%s: %q, want %q", county.Default().Scores[i].Name, got, want)
		}
	}
	fewer := county.Score{Indicator: "滞后任务数", Method: county.ByBands,
		Bands: []county.Band{{At: county.Mark{Kind: county.Count}, Points: 1000}, {At: county.Mark{Kind: county.Count, N: 2}, Points: 350}}}
	if got, want := methodText(fewer), "0及以下得10分，2及以下得3.5分，2以上不得分"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := fmt.Sprint(eachText(county.Score{Each: 50, Limit: 200}), eachText(county.Score{Each: 50, Weight: 1000})),
		"每个（次）加0.5分，最多加2分，不计入百分每个（次）得0.5分，最多得满分"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
