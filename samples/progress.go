package samples

import (
	"fmt"
	"strings"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// keyOffices says how many key projects each unit has, which of them are 省级 (the first
// ones) and of what kinds: 4 省级 and 48 市级, 52 in all.
var keyOffices = []struct {
	unit                 string
	projects, provincial int
	subjects             string
}{
	{"发展和改革局", 2, 0, "综合"}, {"经济贸易局", 7, 1, "工业"}, {"教育体育局", 3, 0, "教育"}, {"住房和城乡建设局", 6, 0, "住建"}, {"交通运输局", 6, 1, "交通"},
	{"水利局", 5, 1, "水利"}, {"农业农村局", 5, 0, "农业"}, {"文化和旅游局", 4, 0, "文旅"}, {"卫生健康局", 2, 0, "卫健"}, {"城市管理局", 2, 0, "城管"},
	{"城市建设投资集团", 4, 0, "住建 文旅"}, {"三合循环经济产业园区", 3, 0, "工业"}, {"航空经济技术开发区", 3, 1, "工业"},
}

// A work is a key project through the year; amounts in 万元, months those of the year.
type work struct {
	site
	unit                    string
	level                   string
	code                    ledger.ProjectCode
	number                  int // place among all
	begun                   int // month of the year in which it starts; 0 is before the year
	finished                int // month in which it is finished; 0 is not this year
	from, to                int // months since year 0
	startDay                int
	total, beforeYear, plan int64
	pace                    int64 // percent of what the plan would have by now
	told                    int   // month from which its start is reported
}

// paces are how projects keep up, in turn: most do, some do not, one hardly moves.
var paces = []int64{104, 98, 110, 92, 101, 75, 96, 107, 99, 88, 103, 60, 95, 102, 35, 108}

// due is how much of a year's plan is due by the end of each month, in percent, where work
// goes on all year.
var due = [13]int64{0, 4, 9, 17, 26, 37, 49, 58, 67, 76, 85, 93, 100}

// works are the key projects of the county, in the order of the units.
func (s *scene) works() []*work {
	planner := newPlanner(s.seed, s.county)
	var works []*work
	for _, office := range keyOffices {
		for i := range office.projects {
			level := "市级"
			if i < office.provincial {
				level = "省级"
			}
			works = append(works, s.work(planner.site(office.unit, mark{}, strings.Fields(office.subjects), "重点", fmt.Sprint(i)), office.unit, level,
				len(works)))
		}
	}
	return works
}

func tellProgress(s *scene) *telling {
	t := newTelling()
	for _, w := range s.works() {
		record := s.workRecord(w)
		if w.unentered() && s.month() > 1 {
			t.say(w.unit, record, &trouble{codes: "M23", what: "已开工应入统，统计局的入统表中没有", at: prog.InStatistics.Column})
		} else {
			t.say(w.unit, record)
		}
		key := map[string]string{"省级": "progress.provincial", "市级": "progress.municipal"}[w.level]
		t.figures["progress.projects"]++
		t.figures[key+".projects"]++
		if start := form.Progress.Start.Of(&record); !start.IsZero() {
			t.figures[key+".started"]++
		}
	}
	return t
}

// work is a key project: every third is of earlier years, two of them finished in spring,
// two of the new ones start in June only.
func (s *scene) work(at site, unit, level string, number int) *work {
	d := roll(s.seed, "重点", at.name)
	w := &work{site: at, unit: unit, level: level, number: number, pace: paces[number%len(paces)], startDay: d.between(3, 26)}
	january := s.period.Year * 12
	w.total = int64(d.spread(max(at.theme.cost[0], 3000), at.theme.cost[1]*2)/100) * 100
	switch number % 5 {
	case 0, 2, 3:
		w.from, w.to = january-d.between(3, 20), january+d.between(13, 30)
		w.beforeYear = w.total * int64(d.between(18, 45)) / 1000 * 10
		w.plan = (w.total - w.beforeYear) * int64(d.between(35, 60)) / 1000 * 10
		if number%20 == 3 {
			w.finished, w.to, w.pace = 4, january+5, 100
			w.plan = w.total - w.beforeYear
		}
	default:
		w.begun = d.between(2, 5)
		if number%25 == 6 {
			w.begun = 6
		}
		w.from, w.to = january+w.begun-1, january+d.between(14, 34)
		w.plan = w.total * int64(d.between(20, 45)) / 1000 * 10
	}
	region := s.county.Region
	if level == "省级" || number%17 == 9 {
		region = region[:4] + "00"
	}
	w.code = code(d, s.period.Year-1-number%2, d.between(1, 12), region)
	w.told = w.begun
	if unit == "城市建设投资集团" && w.begun == 0 && number%5 == 0 {
		w.told = 6
	}
	return w
}

// unentered are two projects of earlier years that say they are in the statistics, which do
// not have them.
func (w *work) unentered() bool { return w.number == 15 || w.number == 27 }

// toDate is what is completed from January to the end of a month.
func (w *work) toDate(month int) int64 {
	share := due[month]
	switch {
	case month < w.begun || month < 1:
		return 0
	case w.begun > 0:
		share = int64(100 * (month - w.begun + 1) / (13 - w.begun))
	case w.finished > 0:
		share = min(100, int64(100*month/w.finished))
	}
	done := w.plan * share * w.pace / 10_000
	return min(done, w.plan*112/100, w.total-w.beforeYear)
}

// workRecord is what the project's row says in the month.
func (s *scene) workRecord(w *work) ledger.Record {
	c := &form.Progress
	r := ledger.Record{}
	put(&r, c.Name, w.name)
	put(&r, c.Code, string(w.code))
	put(&r, c.Level, w.level)
	put(&r, c.Field, w.theme.field)
	put(&r, c.Place, w.place)
	put(&r, c.Content, w.content)
	put(&r, c.Years, ledger.Span{From: monthOf(w.from), To: monthOf(w.to)}.String())
	s.times(&r, w)
	s.amounts(&r, w)
	s.words(&r, w)
	put(&r, c.Department, w.unit)
	put(&r, c.Owner, w.owner)
	put(&r, c.Leader, s.leader(w))
	put(&r, c.Contact, w.contact)
	put(&r, c.Phone, w.phone)
	set(&r, c.SevenSeven, ledger.Number(int64(1+w.number%7)*form.CountScale))
	put(&r, c.TaskForce, w.task)
	put(&r, c.Scheme, "一项目一方案")
	return r
}

// leader sees the project through.
func (s *scene) leader(w *work) string { return s.county.Leaders[w.number%len(s.county.Leaders)].Name }

// times gives the class and the days that go with it: nothing has started before it has.
func (s *scene) times(r *ledger.Record, w *work) {
	c := &form.Progress
	start := monthOf(w.from)
	start.Day = w.startDay
	class := "续建"
	if w.begun > 0 {
		class = "新开工"
	}
	put(r, c.PlanStart, monthOf(w.from).String())
	put(r, c.PlanFinish, monthOf(w.to).String())
	if s.month() >= w.told {
		put(r, c.Start, start.String())
	}
	if w.finished > 0 && s.month() >= w.finished {
		class = "建成"
		put(r, c.Finish, ledger.Date{Year: s.period.Year, Month: w.finished, Day: w.startDay}.String())
	}
	put(r, c.Class, class)
	if since := s.period.Year*12 + s.month() - 1 - w.from; since >= 1 {
		set(r, c.InStatistics, ledger.Number(1))
		put(r, c.StatisticsSince, monthOf(w.from+1).String())
	} else {
		set(r, c.InStatistics, ledger.Number(0))
	}
}

func (s *scene) amounts(r *ledger.Record, w *work) {
	c := &form.Progress
	done := w.toDate(s.month())
	set(r, c.Total, money(w.total))
	set(r, c.BeforeYear, money(w.beforeYear))
	set(r, c.YearPlan, money(w.plan))
	set(r, c.PlanToDate, money(w.plan*due[s.month()]/100))
	set(r, c.ThisMonth, money(done-w.toDate(s.month()-1)))
	set(r, c.YearToDate, money(done))
	set(r, c.SinceStart, money(w.beforeYear+done))
	set(r, c.PlanShare, share(done, w.plan))
	set(r, c.Funds, money(done*105/100))
}

// share is a percentage to one decimal, as staff write it.
func share(part, whole int64) ledger.Value {
	return ledger.Number((part*2000/whole + 1) / 2 * (form.RateScale / 1000))
}

// words gives the physical progress, and a problem where the project is behind.
func (s *scene) words(r *ledger.Record, w *work) {
	c := &form.Progress
	done := w.toDate(s.month())
	put(r, c.YearGoal, w.theme.phases[min(len(w.theme.phases)-1, 5+w.number%4)])
	phase := func(month int) string {
		return w.theme.phases[max(0, min(len(w.theme.phases)-1, month*len(w.theme.phases)/13+w.number%4-2))]
	}
	next := phase(s.month() + 1)
	switch {
	case s.month() < w.begun:
		put(r, c.Appearance, "正在办理施工许可等前期手续")
	case w.finished > 0 && s.month() >= w.finished:
		put(r, c.Appearance, "已建成投用")
		next = "办理竣工决算"
	default:
		put(r, c.Appearance, fmt.Sprintf("正在%s，完成年度任务的%d%%", phase(s.month()), done*100/w.plan))
	}
	put(r, c.NextMonth, next)
	if int64(s.month())*100 > 12*(done*100/w.plan)+12*9 {
		put(r, c.Problems, pick(roll(s.seed, w.name, "问题"), []string{"征地拆迁未完成，影响施工", "到位资金不足", "雨季影响施工进度", "电力线路迁改滞后", "用地手续正在报批"}))
		put(r, c.Requests, pick(roll(s.seed, w.name, "协调"), []string{"请县级协调征地拆迁", "请协调落实建设资金", "请协调有关单位加快迁改"}))
	}
}

// crowdProgress makes clean rows for a unit of a very large county.
func crowdProgress(s *scene, unit county.Unit, rows int) []ledger.Record {
	planner := newPlanner(s.seed, s.county)
	records := make([]ledger.Record, rows)
	for i := range records {
		records[i] = s.workRecord(s.work(planner.crowdSite(unit, i, "重点"), unit.Name, "县级", i))
	}
	return records
}
