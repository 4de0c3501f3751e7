package rating

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

const (
	water = "水利局"
	park  = "航空经济技术开发区"
	firm  = "城市建设投资集团"
)

// owed sends in June every form that a unit owes: those given, the others as 零报告.
func owed(unit string, records map[*form.Form][]ledger.Record) []*ledger.Return {
	var returns []*ledger.Return
	for _, f := range form.All() {
		owes := slices.ContainsFunc(Chenggu.Owes(f.ID), func(u county.Unit) bool { return u.Name == unit })
		if owes || len(records[f]) > 0 {
			r := Sent(June, f, unit, unit+f.ID, records[f]...)
			r.Nil = len(records[f]) == 0
			returns = append(returns, r)
		}
	}
	return returns
}

// key is a key project of a unit: plan and done in 万元, started and in the statistics.
func key(number int, unit, plan, done string, words ...string) ledger.Record {
	return Record(Progress, number, append([]string{fmt.Sprintf("name=%s项目%d", unit, number), "department=" + unit, "class=续建", "level=市级",
		"total=100000", "year_plan=" + plan, "year_to_date=" + done, "start=2023-08", "in_statistics=是"}, words...)...)
}

// says shows a unit's rating: its place, total, points of each indicator that applies.
func says(ratings []Rating, unit string) string {
	for _, r := range ratings {
		for _, u := range r.Ranked {
			if u.Unit != unit {
				continue
			}
			text := fmt.Sprintf("%d. %s", u.Place, u.Total)
			for i, mark := range u.Marks {
				switch mark.State {
				case Measured:
					text += fmt.Sprintf("; %s %s=%s", r.Scores[i].Name, mark.Value.RatString(), mark.Points)
				case Unreported:
					text += fmt.Sprintf("; %s 未报=%s", r.Scores[i].Name, mark.Points)
				}
			}
			return text
		}
		for _, a := range r.Apart {
			if a.Unit == unit {
				return a.Why
			}
		}
	}
	return "in no group"
}

// TestScores recomputes a unit of each group by hand, under the default scheme.
func TestScores(t *testing.T) {
	o, ta := form.Obstacles.Number.Form, form.Tasks.Number.Form
	problem := func(number, deadline string, words ...string) ledger.Record {
		return Record(o, 4+len(words), append([]string{"number=" + number, "project=" + number, "department=" + Traffic, "deadline=" + deadline,
			"state=办理中"}, words...)...)
	}
	task := func(row int, number, pace string) ledger.Record {
		return Record(ta, row, "scheme=营商环境突破年行动方案", "number="+number, "department="+Traffic, "pace="+pace)
	}
	since := key(4, park, "1000", "900", "statistics_since=2023-10")
	since.Set(form.Progress.InStatistics.Index, ledger.Field{}) // it says since when, not whether
	returns := slices.Concat(
		owed(Traffic, map[*form.Form][]ledger.Record{
			// 15000 of 40000; due are half of 30000 and 5500 by the other's own curve. That one is red.
			Progress: {key(4, Traffic, "30000", "13000"), key(5, Traffic, "10000", "2000", "plan_to_date=5500", "in_statistics=否")},
			// Of five permits needed two are done.
			Reserve: {Record(Reserve, 4, "name=路", "department="+Traffic, "stage=储备", "total=1000", "approval=已完成", "land=已完成", "planning=办理中",
				"environment=未启动", "energy=不需要"),
				Record(Reserve, 5, "name=桥", "department="+Traffic, "stage=谋划", "feasibility=未启动")},
			// Three are due: one struck off in time, one too late, one open; one has time.
			o: {problem("1", "2024-06-10", "state=销号", "solved=2024-06-10", "closed=2024-06-12"),
				problem("2", "2024-06-10", "state=销号", "closed=2024-06-11", "remark=x"),
				problem("3", "2024-06", "remark=x", "measures=y", "checker=z"), problem("4", "2024-07-01", "remark=x", "measures=y", "checker=z", "leader=w")},
			ta: {task(4, "21", "滞后"), task(5, "28", "推进")},
		}),
		owed(park, map[*form.Form][]ledger.Record{Progress: {since}}),
		owed(firm, map[*form.Form][]ledger.Record{Progress: {key(4, firm, "1000", "250", "total=499", "start=", "plan_start=2024-12")}}),
		owed(Town, map[*form.Form][]ledger.Record{Reserve: {
			Record(Reserve, 4, "name=甲", "department="+Town, "stage=开工", "total=300", "approval=已完成"),
			Record(Reserve, 5, "name=乙", "department="+Town, "stage=谋划", "land=未启动"), Record(Reserve, 6, "name=丙", "department="+Town, "stage=谋划", "land=未启动"),
			Record(Reserve, 7, "name=丁", "department="+Town, "stage=谋划"), Record(Reserve, 8, "name=戊", "department="+Town, "stage=谋划")}}),
	)
	ratings := Scores(month(t, June, nil, returns...))
	for unit, want := range map[string]string{
		// 15000/20500 × 30 = 21.95; alone, and so the first, with a plan. 72.28 of 100, less one.
		Traffic: "1. 71.28分; 投资进度 30/41=21.95分; 年度计划完成 3/8=10分; 项目开工 1=10分; 项目入统 1/2=5分; " +
			"堵点办结 1/3=3.33分; 任务推进 1=8分; 前期手续 2/5=4分; 按时报送 1=10分; 红灯扣分 1=-1分; 退回扣分 0=0分",
		// Nothing due: permits, obstacles, tasks. 70 of 70.
		park: "1. 100分; 投资进度 9/5=30分; 年度计划完成 9/10=10分; 项目开工 1=10分; 项目入统 1=10分; 按时报送 1=10分; 红灯扣分 0=0分; 退回扣分 0=0分",
		// Not started, so not due in the statistics: 15+10+0+10 of 60.
		firm: "1. 58.33分; 投资进度 1/2=15分; 年度计划完成 1/4=10分; 项目开工 0=0分; 按时报送 1=10分; 红灯扣分 0=0分; 退回扣分 0=0分",
		// 1 of 5 begun, half of which is the target; 1 of 3 permits.
		Town: "1. 74.67分; 储备个数 5=20分; 储备投资 300000000=20分; 储备开工 1/5=8分; 前期手续 1/3=6.67分; 按时报送 1=20分; 退回扣分 0=0分",
	} {
		if diff := cmp.Diff(strings.Split(want, "; "), strings.Split(says(ratings, unit), "; ")); diff != "" {
			t.Errorf("%s: -want +got:\n%s", unit, diff)
		}
	}
}

// TestNotRanked: who has nothing due, too little due, or is left out by the scheme is listed
// with the reason, and has no score; who does not send what it owes earns nothing for it.
func TestNotRanked(t *testing.T) {
	m := month(t, June, nil, slices.Concat(owed(water, map[*form.Form][]ledger.Record{Progress: {key(4, water, "100", "50")}}), owed("税务局", nil))...)
	m.County = new(county.County)
	*m.County = *Chenggu
	m.County.Scoring.Exclude = []string{water}
	ratings := Scores(m)
	for unit, want := range map[string]string{
		water:   "按评分方案不参与排名",
		"税务局":   "可评指标权重10分，不足50%", // its forms are 零报告: nothing but their punctuality is due
		"民政局":   "可评指标权重20分，不足50%", // a reserve that was not sent counts, at nothing
		Housing: "1. 0分; 投资进度 未报=0分; 年度计划完成 未报=0分; 项目开工 未报=0分; 项目入统 未报=0分; 堵点办结 未报=0分; 任务推进 未报=0分; 前期手续 未报=0分; 按时报送 0=0分; 红灯扣分 未报=0分",
		"博望街道":  "1. 0分; 储备个数 未报=0分; 储备投资 未报=0分; 储备开工 未报=0分; 前期手续 未报=0分; 按时报送 0=0分",
	} {
		if got := says(ratings, unit); got != want {
			t.Errorf("%s: %q, want %q", unit, got, want)
		}
	}
}

// TestLeastThatApplies: who has just the least share of the weights is ranked; who has none at all is told so.
func TestLeastThatApplies(t *testing.T) {
	for _, test := range []struct {
		name    string
		returns []*ledger.Return
		least   county.Rate
		want    string
	}{
		{"a tenth applies, a tenth is asked for", owed("税务局", nil), 100_000, "1. 100分; 按时报送 1=10分; 退回扣分 0=0分"},
		{"more is asked for", owed("税务局", nil), 100_001, "可评指标权重10分，不足10.0001%"},
	} {
		m := month(t, June, nil, test.returns...)
		c := *Chenggu
		c.Scoring.Least, m.County = test.least, &c
		if got := says(Scores(m), "税务局"); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	m := month(t, June, nil)
	c := *Chenggu
	c.Scores, m.County = []county.Score{{Indicator: "签约项目数", Groups: []string{"部门"}, Weight: 100 * county.Point, Method: county.ByRank}}, &c
	if got := says(Scores(m), "税务局"); got != "本月没有可评的指标" {
		t.Errorf("nothing applies: %q", got)
	}
}

// TestBetter: what was not measured comes last, in whatever way more or fewer is better.
func TestBetter(t *testing.T) {
	mark := func(value int64) Mark { return Mark{Value: big.NewRat(value, 1)} }
	for _, test := range []struct {
		name        string
		a, b        Mark
		more, fewer int
	}{
		{"one and two", mark(1), mark(2), 1, -1},
		{"the same", mark(2), mark(2), 0, 0},
		{"none and one that was not measured", mark(0), Mark{}, -1, -1},
		{"neither measured", Mark{State: NothingDue}, Mark{State: Unreported}, 0, 0},
	} {
		for _, way := range []struct {
			fewer bool
			want  int
		}{{false, test.more}, {true, test.fewer}} {
			indicator := county.Indicator{Fewer: way.fewer}
			if there, back := better(indicator, test.a, test.b), better(indicator, test.b, test.a); there != way.want || back != -way.want {
				t.Errorf("%s, fewer is better %v: %d and back %d, want %d", test.name, way.fewer, there, back, way.want)
			}
		}
	}
}

// TestTies: equal totals are parted by the indicators of the scheme, and share a place if those
// are equal too.
func TestTies(t *testing.T) {
	towns := func(totals ...string) []*ledger.Return {
		var returns []*ledger.Return
		for i, total := range totals {
			unit := []string{"龙头镇", "沙河营镇", "文川镇", "柳林镇"}[i]
			returns = append(returns, owed(unit,
				map[*form.Form][]ledger.Record{Reserve: {Record(Reserve, 4, "name="+unit, "department="+unit, "stage=开工", "total="+total)}})...)
		}
		return returns
	}
	for _, test := range []struct {
		name string
		ties []string
		want []string
	}{
		{"by investment", []string{"储备项目总投资"}, []string{"沙河营镇 1", "柳林镇 1", "龙头镇 3", "文川镇 4"}},
		{"by what nobody has, then by investment", []string{"年度计划完成率", "储备项目总投资"}, []string{"沙河营镇 1", "柳林镇 1", "龙头镇 3", "文川镇 4"}},
		{"by nothing", nil, []string{"龙头镇 1", "沙河营镇 1", "文川镇 1", "柳林镇 1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := month(t, June, nil, towns("200", "300", "100", "300")...)
			c := *Chenggu
			c.Scoring.Ties = test.ties
			c.Scores = []county.Score{{Name: "个数", Indicator: "储备项目个数", Groups: []string{"镇街"}, Weight: 100 * county.Point, Method: county.ByRank,
				Step: county.Point}}
			m.County = &c
			var got []string
			for _, u := range Scores(m)[0].Ranked {
				if u.Marks[0].Value != nil {
					got = append(got, fmt.Sprintf("%s %d", u.Unit, u.Place))
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestOrderOfReturnsDoesNotScore: ratings are a function of what stands.
func TestOrderOfReturnsDoesNotScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mail := Drafts(June).Draw(t, "mail")
		for _, unit := range []string{Traffic, water, Housing} {
			if rapid.Bool().Draw(t, "sends") {
				amount := rapid.SampledFrom([]string{"0", "50", "100"})
				mail = append(mail, owed(unit, map[*form.Form][]ledger.Record{Progress: {key(4, unit, amount.Draw(t, "plan"), amount.Draw(t, "done"))}})...)
			}
		}
		ratings := Scores(month(t, June, nil, mail...))
		shuffled := rapid.Permutation(mail).Draw(t, "order")
		again := Scores(month(t, June, nil, shuffled...))
		if diff := cmp.Diff(ratings, again, exactly); diff != "" {
			t.Fatal(diff)
		}
		for _, r := range ratings {
			checkRating(t, r)
		}
	})
}

// checkRating: places follow totals, competition style; nothing measured over nothing has a
// value; every unit of the group is ranked or apart, once.
func checkRating(t Fataler, r Rating) {
	t.Helper()
	units := map[string]bool{}
	for i, u := range r.Ranked {
		units[u.Unit] = true
		if u.Of <= 0 {
			t.Fatal(u.Unit, "is ranked by nothing")
		}
		for j, mark := range u.Marks {
			indicator, _ := county.IndicatorOf(r.Scores[j].Indicator)
			if mark.State == NothingDue && mark.Points != 0 || mark.State != Measured && mark.Value != nil ||
				mark.Value != nil && indicator.Kind == county.Share && mark.Whole.Sign() == 0 {
				t.Fatal(u.Unit, r.Scores[j].Name, "is scored by nothing")
			}
		}
		for k, other := range r.Ranked {
			if u.Total > other.Total && u.Place >= other.Place || k < i && other.Place > u.Place {
				t.Fatal(u.Unit, u.Total, u.Place, "against", other.Unit, other.Total, other.Place)
			}
		}
		if better := slices.IndexFunc(r.Ranked, func(other Rated) bool { return other.Place == u.Place }); u.Place != better+1 {
			t.Fatal(u.Unit, "has place", u.Place, "after", better)
		}
	}
	for _, a := range r.Apart {
		units[a.Unit] = true
	}
	for _, unit := range Chenggu.Units {
		if (unit.Group == r.Group) != units[unit.Name] {
			t.Fatal(unit.Name, "in", r.Group)
		}
	}
	if len(r.Ranked)+len(r.Apart) != len(units) {
		t.Fatal("a unit stands twice")
	}
}
