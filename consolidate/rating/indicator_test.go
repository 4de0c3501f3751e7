package rating

import (
	"math/big"
	"testing"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// An indicator that the county may name is taken.
func TestEveryIndicatorIsTaken(t *testing.T) {
	for _, m := range county.Indicators {
		if indicators[m.Name].take == nil {
			t.Errorf("nobody takes the indicator %s", m.Name)
		}
	}
	if len(indicators) != len(county.Indicators) {
		t.Errorf("%d indicators are taken, the county may name %d", len(indicators), len(county.Indicators))
	}
}

// TestIndicators: what each indicator comes to over a few rows; nothing over nothing.
func TestIndicators(t *testing.T) {
	o, ta, si, pr := form.Obstacles.Number.Form, form.Tasks.Number.Form, form.Signing.Name.Form, form.Promotion.Head.Form
	unstarted := key(5, Traffic, "1000", "0", "start=", "class=新开工", "plan_start=2024-12")
	small := key(6, Traffic, "2000", "1000", "total=499.99", "in_statistics=否")
	late := key(7, Traffic, "4000", "100", "in_statistics=否", "this_month=50")
	said := func(date, unit string) ledger.Record {
		return Record(pr, 4, "head=甲", "department="+unit, "start_date="+date, "end_date="+date, "destination=西安", "enterprises=某公司"+date)
	}
	signed := func(name, funds string) ledger.Record {
		return Record(si, 4, "name="+name, "investor=乙", "department=县交通局、"+water, "signed=2024-06", "total=1000", "funds="+funds)
	}
	problem := func(number, words string) ledger.Record {
		return Record(o, 4, "number="+number, "project=丙", "department="+Traffic, "deadline=2024-06-10", words)
	}
	returns := []*ledger.Return{
		With(Sent(June, Progress, Traffic, "refused", late), NoSheet, 0, ""),
		On(Sent(June, Progress, Traffic, "taken", unstarted, small, late), 26),
		Sent(June, Reserve, Traffic, "reserve", Record(Reserve, 4, "name=丁", "department=交通局", "stage=投产", "total=10", "land=已完成", "energy=未启动"),
			Record(Reserve, 5, "name=戊", "department=交通局、水利局", "stage=谋划")),
		Sent(June, o, Traffic, "obstacles", problem("1", "state=办理中"), problem("2", "state=已解决待核")),
		Sent(June, ta, Traffic, "tasks", Record(ta, 4, "scheme=营商环境突破年行动方案", "number=21", "department="+Traffic, "pace=完成"),
			Record(ta, 5, "scheme=营商环境突破年行动方案", "number=28", "department="+Traffic, "pace=滞后")),
		Sent(June, si, "招商服务中心", "signing", signed("物流园", "20"), signed("冷库", "30.5")),
		Sent(June, pr, "招商服务中心", "promotion", said("2024-06-03", Traffic), said("2024-06-04", Traffic), said("2024-06-04", Traffic)),
	}
	m := month(t, June, nil, returns...)
	for _, test := range []struct{ indicator, part, whole string }{
		{"年度计划完成率", "1100", "7000"}, {"时序进度达成率", "1100", "3500"}, {"开工率", "2", "3"}, {"入统率", "0", "1"},
		{"红灯项目数", "2", "3"}, {"红灯项目占比", "2", "3"}, {"本月完成投资", "50", "3"},
		{"储备项目个数", "2", "2"}, {"储备项目总投资", "10", "2"}, {"储备项目开工率", "1", "2"}, {"前期手续办结率", "1", "2"},
		{"堵点按期办结率", "0", "2"}, {"堵点逾期未结数", "2", "2"}, {"任务完成率", "1", "2"}, {"滞后任务数", "1", "2"},
		{"招商到位资金", "50.5", "2"}, {"签约项目数", "2", "2"}, {"外出招商次数", "2", "2"}, {"报送按时率", "3", "4"}, {"退回次数", "1", "5"},
	} {
		t.Run(test.indicator, func(t *testing.T) {
			indicator, _ := county.IndicatorOf(test.indicator)
			mark := newScene(m).mark(test.indicator, Traffic)
			if got := written(t, mark.Part, indicator.Money); got != test.part {
				t.Errorf("part %s, want %s", got, test.part)
			}
			if got := written(t, mark.Whole, indicator.Money && indicator.Kind == county.Share); got != test.whole {
				t.Errorf("whole %s, want %s", got, test.whole)
			}
			if mark := newScene(m).mark(test.indicator, "县外单位"); mark.State != NothingDue || mark.Value != nil {
				t.Errorf("of a unit that has nothing and owes nothing: %+v", mark)
			}
		})
	}
	if len(county.Indicators) != 20 {
		t.Errorf("%d indicators, 20 of them tested", len(county.Indicators))
	}
}

// What is struck off is in time by the day on which it was solved, else by that on which it was struck off.
func TestInTime(t *testing.T) {
	o := form.Obstacles.Number.Form
	for _, test := range []struct {
		name  string
		words []string
		want  string // of what is due
	}{
		{"solved on the day", []string{"solved=2024-06-10", "closed=2024-06-12"}, "1"},
		{"solved long before", []string{"solved=2024-05-10", "closed=2024-06-12"}, "1"},
		{"solved a day later", []string{"solved=2024-06-11", "closed=2024-06-12"}, "0"},
		{"struck off on the day", []string{"closed=2024-06-10"}, "1"},
		{"struck off a day later", []string{"closed=2024-06-11"}, "0"},
	} {
		row := Record(o, 4, append([]string{"number=1", "project=丙", "department=" + Traffic, "deadline=2024-06-10", "state=销号"}, test.words...)...)
		if got := newScene(month(t, June, nil, Sent(June, o, Traffic, "a", row))).mark("堵点按期办结率", Traffic).Value.RatString(); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// A reserve without projects is one of 0 projects; of what might be done with them nothing is due.
func TestReserveOfNothing(t *testing.T) {
	s := newScene(month(t, June, nil, owed(Town, nil)...))
	for indicator, want := range map[string]State{"储备项目个数": Measured, "储备项目总投资": Measured, "储备项目开工率": NothingDue, "前期手续办结率": NothingDue} {
		if mark := s.mark(indicator, Town); mark.State != want || want == Measured && mark.Value.Sign() != 0 {
			t.Errorf("%s: %+v", indicator, mark)
		}
	}
}

// TestBases: an indicator leads back to the rows that it came from, and to those of the table where it reads
// whether they are in it.
func TestBases(t *testing.T) {
	statistics := form.Statistics.Name.Form
	planned, unplanned := key(5, Traffic, "1000", "0"), key(6, Traffic, "1", "500")
	unplanned.Set(form.Progress.YearPlan.Index, ledger.Field{})
	bases := BasesOf(month(t, June, nil, Sent(June, Progress, Traffic, "a", planned, unplanned),
		Sent(June, Reserve, Traffic, "b", Record(Reserve, 5, "name=丁", "department="+Traffic, "stage=谋划", "land=已完成"),
			Record(Reserve, 6, "name=戊", "department="+Traffic, "stage=谋划", "energy=未启动"), Record(Reserve, 7, "name=己", "department="+Traffic, "stage=谋划")),
		Sent(June, statistics, "统计局", "s", Record(statistics, 5, "name="+Traffic+"项目5", "year_to_date=900"))))
	for _, test := range []struct {
		indicator   string
		part, whole int // projects
		entries     int // of the part
	}{
		{"年度计划完成率", 2, 1, 0}, {"时序进度达成率", 1, 1, 0}, {"入统率", 1, 2, 1}, {"红灯项目数", 2, 2, 1}, {"前期手续办结率", 1, 2, 0},
	} {
		part, whole, ok := bases.Of(test.indicator, Traffic)
		if !ok || len(part.Projects) != test.part || len(whole.Projects) != test.whole || len(part.Entries) != test.entries {
			t.Errorf("%s, %v: part over %d projects, whole over %d, %d rows of the table", test.indicator,
				ok, len(part.Projects), len(whole.Projects), len(part.Entries))
		}
	}
	if part, whole, ok := bases.Of("报送按时率", Traffic); ok || part.Projects != nil || whole.Projects != nil {
		t.Errorf("the returns as such: %v, over %v and %v", ok, part.Projects, whole.Projects)
	}
}

// TestStartedOver: 开工率 is over what the county chose.
func TestStartedOver(t *testing.T) {
	fresh, old := key(4, Traffic, "1", "1", "class=新开工"), key(5, Traffic, "1", "1")
	fresh.Set(form.Progress.Start.Index, ledger.Field{})
	m := month(t, June, nil, Sent(June, Progress, Traffic, "a", fresh, old))
	c := *Chenggu
	m.County = &c
	for over, want := range map[string]string{"all": "1/2", "new": "0"} {
		c.Progress.StartedOver = over
		if got := newScene(m).mark("开工率", Traffic).Value.RatString(); got != want {
			t.Errorf("over %s: %s, want %s", over, got, want)
		}
	}
}

// TestCarriedRowsAreScored: what stands from the month before is scored; only where nothing
// stands is a missing return worth nothing.
func TestCarriedRowsAreScored(t *testing.T) {
	before := month(t, May, nil, Sent(May, Progress, Traffic, "may", key(4, Traffic, "100", "40")))
	m := month(t, June, before)
	if mark := newScene(m).mark("年度计划完成率", Traffic); mark.State != Measured || mark.Value.RatString() != "2/5" {
		t.Errorf("carried over: %+v", mark)
	}
	if mark := newScene(m).mark("年度计划完成率", water); mark.State != Unreported {
		t.Errorf("never reported: %+v", mark)
	}
}

// written is a number, money in 万元; blank where nothing was measured.
func written(t *testing.T, n *big.Rat, money bool) string {
	t.Helper()
	if n == nil {
		return ""
	}
	if money {
		n = new(big.Rat).Quo(n, big.NewRat(int64(ledger.TenThousandYuan), 1))
	}
	decimals, exact := n.FloatPrec()
	if !exact {
		t.Fatalf("%s is no decimal", n)
	}
	return n.FloatString(decimals)
}
