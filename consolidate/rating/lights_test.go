package rating

import (
	"fmt"
	"testing"

	"huizong/internal/form"
	. "huizong/internal/returntest"
)

func TestLights(t *testing.T) {
	const plan = "year_plan=1200" // half of it is due in June
	for _, test := range []struct {
		name  string
		words []string
		want  string // 开工, 进度, 入统, overall
	}{
		{"started, on schedule, in the statistics", []string{"start=2024-02", plan, "year_to_date=600", "total=5000", "in_statistics=是"}, "绿灯 绿灯 绿灯 绿灯"},
		{"nothing known", nil, "— — — —"},
		{"in preparation", []string{"class=前期", "plan_start=2023-01", plan, "year_to_date=0"}, "— — — —"},

		{"started on the last day of the month", []string{"start=2024-06-30", "plan_start=2024-01"}, "绿灯 — — 绿灯"},
		{"to be started next month", []string{"plan_start=2024-07"}, "绿灯 — — 绿灯"},
		{"start due this month", []string{"plan_start=2024-06"}, "黄灯 — — 黄灯"},
		{"start due last month", []string{"plan_start=2024-05-31"}, "黄灯 — — 黄灯"},
		{"start due two months ago", []string{"plan_start=2024-04-30"}, "红灯 — — 红灯"},
		{"start due this year, by its end", []string{"plan_start=2024"}, "绿灯 — — 绿灯"},
		{"a start to come is none", []string{"start=2024-07-01", "plan_start=2024-06"}, "黄灯 — — 黄灯"},

		{"ahead", []string{plan, "year_to_date=1300"}, "— 绿灯 — 绿灯"},
		{"behind by a cent less than 10 points", []string{plan, "year_to_date=480.000001"}, "— 绿灯 — 绿灯"},
		{"behind by exactly 10 points", []string{plan, "year_to_date=480"}, "— 黄灯 — 黄灯"},
		{"behind by exactly 30 points", []string{plan, "year_to_date=240"}, "— 黄灯 — 黄灯"},
		{"behind by a cent more than 30 points", []string{plan, "year_to_date=239.999999"}, "— 红灯 — 红灯"},
		{"behind by its own plan to date", []string{plan, "plan_to_date=1200", "year_to_date=600"}, "— 红灯 — 红灯"},
		{"on its own plan to date", []string{plan, "plan_to_date=100", "year_to_date=100"}, "— 绿灯 — 绿灯"},
		{"a plan of nothing", []string{"year_plan=0", "year_to_date=0"}, "— — — —"},
		{"no plan", []string{"year_to_date=5"}, "— — — —"},

		{"not in the statistics, started this month", []string{"start=2024-06", "total=500", "in_statistics=否"}, "绿灯 — 绿灯 绿灯"},
		{"not in, one month after the start", []string{"start=2024-05-31", "total=500", "in_statistics=否"}, "绿灯 — 黄灯 黄灯"},
		{"not in, two months after the start", []string{"start=2024-04-30", "total=500", "in_statistics=否"}, "绿灯 — 红灯 红灯"},
		{"a cent below the threshold", []string{"start=2024-01", "total=499.999999", "in_statistics=否"}, "绿灯 — — 绿灯"},
		{"does not say", []string{"start=2024-01", "total=500"}, "绿灯 — — 绿灯"},
		{"says since when", []string{"start=2024-01", "total=500", "statistics_since=2024-03"}, "绿灯 — 绿灯 绿灯"},
		{"started in a year, no month", []string{"start=2023", "total=500", "in_statistics=否"}, "绿灯 — — 绿灯"},
		{"total not known", []string{"start=2024-01", "in_statistics=否"}, "绿灯 — — 绿灯"},

		{"the worst decides", []string{"start=2024-05", plan, "year_to_date=480", "total=500", "in_statistics=是"}, "绿灯 黄灯 绿灯 黄灯"},
	} {
		t.Run(test.name, func(t *testing.T) {
			row := Record(Progress, 5, append([]string{"class=新开工"}, test.words...)...)
			m := month(t, June, nil, Sent(June, Progress, Traffic, "a", row))
			lights := LightsOf(m, m.Register.Projects[Progress.ID][0])
			if got := fmt.Sprintf("%s %s %s %s", lights.Start, lights.Progress, lights.Statistics, lights.Overall()); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
			if lights.Funds != NoLight {
				t.Error("资金 is not judged until the county configures it")
			}
		})
	}
}

// TestTableDecides: the light 入统 and 入统率 follow the table of 统计局, not the department's word.
func TestTableDecides(t *testing.T) {
	statistics := form.Statistics.Name.Form
	listed := key(5, Traffic, "1000", "500", "in_statistics=否")
	boasting := key(6, Traffic, "1000", "500", "in_statistics=是")
	m := month(t, June, nil, Sent(June, Progress, Traffic, "a", listed, boasting),
		Sent(June, statistics, "统计局", "s", Record(statistics, 5, "name="+Traffic+"项目5", "year_to_date=900")))
	for i, want := range []Light{Green, Red} {
		p := m.Register.Projects[Progress.ID][i]
		if got := LightsOf(m, p).Statistics; got != want {
			t.Errorf("%s: %s, want %s", p.Name(), got, want)
		}
	}
	if mark := newScene(m).mark("入统率", Traffic); mark.Value.RatString() != "1/2" {
		t.Errorf("入统率 %s, want 1/2", mark.Value.RatString())
	}
	part, _, _ := BasesOf(m).Of("入统率", Traffic)
	if len(part.Projects) != 1 || len(part.Entries) != 1 {
		t.Errorf("measured over %d projects and %d rows of the table, want one of each", len(part.Projects), len(part.Entries))
	}
}
