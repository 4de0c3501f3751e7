package validate_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/validate"
)

// rowsOf are a department's rows of a form in June, each one thing by itself.
func rowsOf(id, department string, rows ...map[string]string) []validate.Project {
	f := form.ByID(id)
	var all []validate.Project
	for i, values := range rows {
		all = append(all, validate.Project{Form: f, Rows: []*ledger.Standing{says(f, department, row(f, 5+i, values), june)}})
	}
	return all
}

// between judges rows as the returns of those who say them; what is found is its code,
// department, cell or entity, and what would be right.
func between(c *county.County, period ledger.Period, earlier [][]ledger.Standing, rows ...[]validate.Project) []string {
	projects := slices.Concat(rows...)
	seen := map[ledger.ReturnID]bool{}
	var inForce []*ledger.Return
	for _, p := range projects {
		for _, r := range p.Rows {
			r.Period, r.From = period, period
			if !seen[r.ReturnID] {
				inForce = append(inForce, &ledger.Return{ReturnID: r.ReturnID, State: ledger.Accepted})
				seen[r.ReturnID] = true
			}
		}
	}
	var found []string
	for _, f := range validate.Between(period, inForce, projects, earlier, c) {
		place := cellOf(f)
		if place == "" {
			place = f.Entity
		}
		found = append(found, fmt.Sprintf("%s %s %s %s", f.Code.ID, f.Department, place, f.Expected))
	}
	slices.Sort(found)
	return found
}

type values = map[string]string

func TestBetweenProjects(t *testing.T) {
	known := slices.Concat(
		[]validate.Project{{Form: reserve, Rows: []*ledger.Standing{says(reserve, "经济贸易局", reserveProject(5), june)}}},
		[]validate.Project{{Form: progress, Rows: []*ledger.Standing{says(progress, "住房和城乡建设局", keyProject(5), june)}}})
	problem := func(project, code string) []validate.Project {
		return rowsOf("obstacles", "自然资源局", values{"number": "1", "project": project, "code": code})
	}
	signing := func(name, started string) []validate.Project {
		return rowsOf("signing", "招商服务中心", values{"name": name, "is_started": started})
	}
	entered := func(name, code string) []validate.Project {
		return rowsOf("statistics", "统计局", values{"name": name, "code": code}, values{"growth": "9.4"})
	}
	theOther := entered("滨江路改造", "")
	for _, test := range []struct {
		name string
		rows []validate.Project
		want []string
	}{
		{"a problem of a key project", problem("城固县滨江路 改造", ""), nil},
		{"a problem of a project by its code", problem("滨江路", "2401-610722-04-01-100012"), nil},
		{"a problem of a project of the reserve", problem("物流园", ""), nil},
		{"a problem of nothing", problem("滨江路", ""), []string{"M20 自然资源局 project5 "}},
		{"a problem of a project in the statistics alone", slices.Concat(problem("旧厂房", ""), entered("旧厂房", ""), theOther), []string{"M22 统计局 name5 "}},
		{"signed and started, in the reserve", signing("物流园", "是"), nil},
		{"signed and started, unknown", signing("新厂房", "是"), []string{"M21 招商服务中心 name5 "}},
		{"signed, not started", signing("新厂房", "否"), nil},
		{"in the statistics by code; the county's line is no project", entered("某项目", "2401-610722-04-01-100012"), nil},
		{"due in the statistics and not there", entered("物流园", ""), []string{"M23 住房和城乡建设局 in_statistics5 "}},
		{"no statistics return", nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, between(chenggu, june, nil, known, test.rows)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	t.Run("a code that is no code finds no project", func(t *testing.T) {
		key := []validate.Project{{Form: progress, Rows: []*ledger.Standing{says(progress, "住房和城乡建设局", keyProject(5, "code", "无"), june)}}}
		want := []string{"M20 自然资源局 project5 "}
		if diff := cmp.Diff(want, between(chenggu, june, nil, known[:1], key, problem("滨江路", "无"))); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
	t.Run("nothing is known of key projects", func(t *testing.T) {
		if found := between(chenggu, june, nil, known[:1], problem("滨江路", "")); found != nil {
			t.Errorf("found %q", found)
		}
	})
	t.Run("nothing is known of projects", func(t *testing.T) {
		if found := between(chenggu, june, nil, problem("滨江路", ""), signing("新厂房", "是")); found != nil {
			t.Errorf("found %q", found)
		}
	})
	t.Run("one that says it is not in is asked by its own form", func(t *testing.T) {
		out := []validate.Project{{Form: progress, Rows: []*ledger.Standing{says(progress, "住房和城乡建设局", keyProject(5, "in_statistics", "否"), june)}}}
		if found := between(chenggu, june, nil, known[:1], out, entered("物流园", "")); found != nil {
			t.Errorf("found %q", found)
		}
	})
}

// A return of nothing (零报告) is in force and has no rows: neither leaders nor meetings are missing in it.
func TestBetweenNothing(t *testing.T) {
	c := *chenggu
	c.Leaders = []county.Leader{{Name: "样例领导01"}}
	var inForce []*ledger.Return
	for _, id := range []string{"duty", "dispatch"} {
		inForce = append(inForce, returned(form.ByID(id), "政府办督查室"))
	}
	earlier := [][]ledger.Standing{{{ReturnID: ledger.ReturnID{Form: "dispatch"}, Record: &ledger.Record{}}}}
	earlier = append(earlier, earlier[0])
	if found := validate.Between(june, inForce, rowsOf("progress", "水利局", values{"name": "甲"}), earlier, &c); found != nil {
		t.Errorf("found %+v", found)
	}
}

func TestBetweenLeaders(t *testing.T) {
	c := *chenggu
	c.Leaders = []county.Leader{{Name: "样例领导01"}, {Name: "样例领导02"}}
	sheet := func(first, second string) []validate.Project {
		return rowsOf("duty", "政府办督查室", values{"leader": "样例领导01", "projects": first}, values{"leader": "样例领导 02", "projects": second})
	}
	projects := rowsOf("progress", "水利局", values{"name": "甲", "leader": "样例领导01、样例领导02"}, values{"name": "乙", "leader": "样例领导01"})
	for _, test := range []struct {
		name string
		rows [][]validate.Project
		want []string
	}{
		{"all agree", [][]validate.Project{sheet("2", "1"), projects}, nil},
		{"one too many", [][]validate.Project{sheet("3", "1"), projects}, []string{"M25 政府办督查室 projects5 进展月报表中有2个"}},
		{"not stated", [][]validate.Project{sheet("2", ""), projects}, nil},
		{"no key projects reported", [][]validate.Project{sheet("3", "3")}, nil},
		{"a leader is missing", [][]validate.Project{sheet("2", "1")[:1], projects}, []string{"M24 政府办督查室 样例领导02 "}},
		{"no duty sheet", [][]validate.Project{projects}, nil},
		{"a trip of a leader as a companion", [][]validate.Project{rowsOf("promotion", "招商服务中心", values{"head": "张三", "companions": "李四、样例领导01"})}, nil},
		{"a trip of nobody", [][]validate.Project{rowsOf("promotion", "招商服务中心", values{"head": "张三"})}, []string{"M26 招商服务中心 head5 "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, between(&c, june, nil, test.rows...)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// A roll is the same for every form: here the meetings that a county might ask for.
func TestBetweenRolls(t *testing.T) {
	c := *chenggu
	c.Forms = map[string]county.Duty{"dispatch": {Roll: []county.Part{
		{Under: "督查", Name: "一", Rows: []county.Expected{{Name: "一号", Text: "查用地", Unit: "水利局"}, {Name: "二号", Text: "查资金", Unit: "水利局"}}},
		{Name: "二", Rows: []county.Expected{{Name: "三号", Text: "查入统", Unit: "统计局"}, {Name: "五号", Text: "查环评", Unit: "水利局"}}},
	}}}
	kept := rowsOf("dispatch", "水利局", values{"kind": "督查", "title": "一 号"}, values{"kind": "督查", "title": "五号"},
		values{"kind": "督查", "title": "二号"}, values{"kind": "督查", "title": "三号"})
	weekly := func(rows ...[]validate.Project) []string { // without the weeks, which are not the matter here
		return slices.DeleteFunc(between(&c, ledger.Period{Year: 2024, Month: 5}, nil, rows...), func(f string) bool { return f[:3] == "M29" })
	}
	for _, test := range []struct {
		name string
		rows []validate.Project
		want []string
	}{
		{"all are there, whoever reports them", kept, []string{}},
		{"one is missing", kept[1:], []string{"M27 水利局 督查一号 查用地"}},
		{"one stands under something else", slices.Concat(kept[1:], rowsOf("dispatch", "水利局", values{"kind": "月评比", "title": "一号"})),
			[]string{"M27 水利局 督查一号 查用地", "M28 水利局 title5 "}},
		{"one is of a unit that sent nothing: it is reminded already", kept[:3], []string{}},
		{"one is not asked for", slices.Concat(kept, rowsOf("dispatch", "水利局", values{"kind": "督查", "title": "四号"})), []string{"M28 水利局 title5 "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, weekly(test.rows)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// What rows of a roll stand under is the first of what tells them apart; some have nothing.
func TestBetweenRollsOfOtherForms(t *testing.T) {
	c := *chenggu
	c.Forms = map[string]county.Duty{
		"tasks":     {Roll: []county.Part{{Under: "营商环境突破年行动方案", Name: "一", Rows: []county.Expected{{Name: "1"}}}}},
		"landyield": {Roll: []county.Part{{Name: "一", Rows: []county.Expected{{Name: "甲厂"}, {Name: "乙厂"}}}}},
	}
	for _, test := range []struct {
		name string
		rows []validate.Project
		want []string
	}{
		{"a task of its scheme", rowsOf("tasks", "水利局", values{"scheme": "营商环境突破年行动方案", "number": "1"}), nil},
		{"a task of the other scheme", rowsOf("tasks", "水利局", values{"scheme": "高质量项目推进年行动方案", "number": "1"}),
			[]string{"M27 水利局 营商环境突破年行动方案1 ", "M28 水利局 number5 "}},
		{"one of two", rowsOf("landyield", "水利局", values{"name": "甲厂"}), []string{"M27 水利局 乙厂 "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, between(&c, june, nil, test.rows)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestBetweenCalendar(t *testing.T) {
	const office = "项目推进年专班"
	met := func(days ...string) []validate.Project {
		var rows []values
		for _, day := range days {
			rows = append(rows, values{"kind": "周调度", "held_on": day, "title": "周调度会"})
		}
		return rowsOf("dispatch", office, rows...)
	}
	inspected := rowsOf("dispatch", office, values{"kind": "季观摩", "held_on": "2024-06-20", "title": "二季度观摩"})
	week := func(of string) string { return "M29 " + office + " " + of + " " }
	all := met("2024-06-03", "2024-06-16", "2024-06-20", "2024-06-24")
	f := form.ByID("dispatch")
	month := func(kind string) []ledger.Standing {
		return []ledger.Standing{*says(f, office, row(f, 5, values{"kind": kind, "title": "x"}), june)}
	}
	quiet, april := month("周调度"), month("季观摩")
	without := "M30 " + office + " 2024年第2季度 "
	for _, test := range []struct {
		name    string
		period  ledger.Period
		earlier [][]ledger.Standing
		rows    []validate.Project
		want    []string
	}{
		{"every week, Monday and Sunday", june, nil, all, nil},
		{"the second week without", june, nil, slices.Delete(slices.Clone(all), 1, 2), []string{"M29 " + office + " 6月10日至6月16日 "}},
		{"June 1 and 2 are of May's last week", ledger.Period{Year: 2024, Month: 5}, nil,
			met("2024-05-01", "2024-05-06", "2024-05-13", "2024-05-20", "2024-06-01"), nil},
		{"a week is of the month that its Thursday is in, the first", ledger.Period{Year: 2024, Month: 8}, nil,
			met("2024-08-05", "2024-08-12", "2024-08-19", "2024-08-26"), []string{week("7月29日至8月4日")}},
		{"and the last day of it", ledger.Period{Year: 2024, Month: 10}, nil,
			met("2024-10-01", "2024-10-08", "2024-10-15", "2024-10-22"), []string{week("10月28日至11月3日")}},
		{"a week that begins on 29 February", ledger.Period{Year: 2016, Month: 3}, nil,
			met("2016-03-07", "2016-03-14", "2016-03-21", "2016-03-28"), []string{week("2月29日至3月6日")}},
		{"nothing but an inspection", ledger.Period{Year: 2024, Month: 2}, nil, inspected[:1],
			[]string{week("1月29日至2月4日"), week("2月12日至2月18日"), week("2月19日至2月25日"), week("2月26日至3月3日"), week("2月5日至2月11日")}},
		{"a quarter of which one meeting is known", june, [][]ledger.Standing{quiet, quiet}, met("2024-06"), []string{without}},
		{"a day that is not known", june, nil, met("2024-06-03", "2024-06"), nil},
		{"no return at all", june, nil, nil, nil},
		{"a quarter without", june, [][]ledger.Standing{quiet, quiet}, all, []string{without}},
		{"inspected in the last month", june, [][]ledger.Standing{quiet, quiet}, slices.Concat(all, inspected), nil},
		{"inspected in the first month", june, [][]ledger.Standing{quiet, april}, all, nil},
		{"of April nothing is known", june, [][]ledger.Standing{quiet, nil}, all, nil},
		{"the quarter is not over", ledger.Period{Year: 2024, Month: 5}, [][]ledger.Standing{quiet, quiet},
			met("2024-05-01", "2024-05-06", "2024-05-13", "2024-05-20", "2024-05-27"), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, between(chenggu, test.period, test.earlier, test.rows)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// The county's rolls speak of rows as their forms write them, and ask for what was published.
func TestDefaultRolls(t *testing.T) {
	rows := map[string]int{}
	for id, duty := range chenggu.Forms {
		f := form.ByID(id)
		if f == nil {
			t.Fatalf("form.%s: there is no such form", id)
		}
		for _, part := range duty.Roll {
			if part.Under != "" && !slices.ContainsFunc(f.Apart[0].Words, func(w form.Word) bool { return w.Name == part.Under }) {
				t.Errorf("%s: %s is no word of %s", id, part.Under, f.Apart[0])
			}
			for _, expected := range part.Rows {
				if name := f.Entity.Official(expected.Name); name != expected.Name {
					t.Errorf("%s: %s is called %s", id, expected.Name, name)
				}
			}
			rows[id+part.Under] += len(part.Rows)
		}
	}
	want := map[string]int{"tasks高质量项目推进年行动方案": 17, "tasks营商环境突破年行动方案": 55, "services": 12}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows of rolls (-want +got):\n%s", diff)
	}
}
