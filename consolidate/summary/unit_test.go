package summary

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// TestRanking: by the share of the plan within a group, equal shares in one place and the
// next left out, units without a plan apart.
func TestRanking(t *testing.T) {
	var returns []*ledger.Return
	for _, unit := range []struct{ name, plan, done string }{
		{"教育体育局", "1000", "400"}, {"交通运输局", "3000", "1500"}, {"水利局", "2000", "1000"}, {"文化和旅游局", "1000", "500.01"},
		{"卫生健康局", "", ""}, {"农业农村局", "0", "0"}, {"航空经济技术开发区", "100", "1"},
	} {
		returns = append(returns, sent(t, form.Progress.Name.Form, june, unit.name, 20, key(unit.name+"项目", "市级", "续建", unit.name, "样例领导01", unit.plan, unit.done, "")))
	}
	data, err := progressWorkbook(reconcile(t, june, nil, returns...)).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, line := range strings.Split(workbooktest.Dump(t, data, "分责任单位"), "\n")[5:] {
		if cells := strings.Split(line, " | "); len(cells) > 3 && cells[2] != subtotal {
			got = append(got, strings.Join(cells[:3], " "))
		}
	}
	want := []string{"1 部门 文化和旅游局", "2 部门 交通运输局", "2 部门 水利局", "4 部门 教育体育局", "1 园区 航空经济技术开发区", " 不排名 农业农村局", " 不排名 卫生健康局"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestBehind: what stands on the board is what made the light.
func TestBehind(t *testing.T) {
	f := &form.Progress
	unstarted := key("甲", "市级", "新开工", "交通局", "样例领导01", "1000", "500", "")
	delete(unstarted, f.Start.Column)
	for _, test := range []struct {
		name, want string
		row        said
	}{
		{"on time", "", key("甲", "市级", "续建", "交通局", "样例领导01", "1000", "500", "")},
		{"a tenth of the plan behind", "进度落后10.0个百分点（黄灯）", key("甲", "市级", "续建", "交通局", "样例领导01", "1000", "400", "")},
		{"far behind", "进度落后30.1个百分点（红灯）", key("甲", "市级", "续建", "交通局", "样例领导01", "1000", "199", "")},
		{"ahead of its own curve", "", key("甲", "市级", "续建", "交通局", "样例领导01", "1000", "200", "").and(said{f.PlanToDate.Column: "150"})},
		{"due this month", "计划2024-06开工，逾期0个月未开工（黄灯）", unstarted.and(said{f.PlanStart.Column: "2024-06"})},
		{"due three months ago", "计划2024-03开工，逾期3个月未开工（红灯）", unstarted.and(said{f.PlanStart.Column: "2024-03"})},
		{"outside the statistics", "开工1个月未入统（黄灯）", key("甲", "市级", "续建", "交通局", "样例领导01", "1000", "500", "").and(said{f.InStatistics.Column: "否", f.Start.Column: "2024-05"})},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := reconcile(t, june, nil, sent(t, f.Name.Form, june, "交通运输局", 20, test.row))
			r := progressReportOf(m)
			if got := r.behind(r.projects[0]); got != test.want {
				t.Errorf("says %q, want %q", got, test.want)
			}
		})
	}
}

// TestInStatistics: 是否入统 against start and threshold.
func TestInStatistics(t *testing.T) {
	f := &form.Progress
	row := key("甲", "市级", "续建", "交通局", "样例领导01", "1000", "500", "")
	without := func(s said, c *form.Column) said {
		s = s.and(nil)
		delete(s, c)
		return s
	}
	no := row.and(said{f.InStatistics.Column: "否"})
	for _, test := range []struct {
		name, want string
		row        said
	}{
		{"in", inStatistics, row},
		{"not in", outside, no},
		{"not said", outsideUnsaid, without(row, f.InStatistics.Column)},
		{"not said, but since when", inStatistics, without(row, f.InStatistics.Column).and(said{f.StatisticsSince.Column: "2024-02"})},
		{"at the threshold", outside, no.and(said{f.Total.Column: "500"})},
		{"a cent below", tooSmall, no.and(said{f.Total.Column: "499.999999"})},
		{"total not known", sizeUnknown, without(no, f.Total.Column)},
		{"not started", tooEarly, without(no, f.Start.Column)},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := progressReportOf(reconcile(t, june, nil, sent(t, f.Name.Form, june, "交通运输局", 20, test.row)))
			if got := r.inStatistics(r.projects[0]); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// TestPermits: what is done of what is needed.
func TestPermits(t *testing.T) {
	f := &form.Reserve
	for _, test := range []struct {
		name, want string
		row        said
	}{
		{"nothing known", "", said{}},
		{"nothing needed", "", said{f.Energy.Column: "不需要"}},
		{"all done", "已办结2/2", said{f.Approval.Column: "已完成", f.Land.Column: "已完成", f.Energy.Column: "不需要"}},
		{"some going", "已办结1/3；办理中：用地", said{f.Approval.Column: "已完成", f.Land.Column: "办理中", f.Planning.Column: "未启动"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newReport(reconcile(t, june, nil, sent(t, f.Name.Form, june, "交通运输局", 20, idea("甲", "谋划", "", "交通局", "").and(test.row))),
				f.Name.Form, "谋划储备项目汇总", reserveColumns)
			if got := permits(r.projects[0]); got != test.want {
				t.Errorf("says %q, want %q", got, test.want)
			}
		})
	}
}

// TestPlans: each version of the year's plan, from the month that it is known in.
func TestPlans(t *testing.T) {
	row := func(plan string) said {
		return key("甲", "市级", "续建", "交通局", "样例领导01", plan, "500", "")
	}
	send := func(p ledger.Period, plan string) *ledger.Return {
		return sent(t, form.Progress.Name.Form, p, "交通运输局", 20, row(plan))
	}
	first := reconcile(t, may, nil, send(may, "1000"))
	for _, test := range []struct{ plan, want string }{
		{"1000", "2024年以来，各项目年度计划投资没有调整。"},
		{"1200", "2 | 调整 | 甲 | 2024年6月 | 1,000.00 | 1,200.00 | +200.00"},
	} {
		data, err := progressWorkbook(reconcile(t, june, first, send(june, test.plan))).Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if moves := workbooktest.Dump(t, data, "月度变动"); !strings.Contains(moves, test.want) {
			t.Errorf("plan %s: no %q in\n%s", test.plan, test.want, moves)
		}
	}
}

// TestCounty: a county that calls the stages otherwise sees its own words everywhere.
func TestCounty(t *testing.T) {
	_, m := months(t)
	c := *m.County
	c.Stages = []string{"谋划一批", "开工一批", "在建一批", "投产一批"}
	m.County = &c
	data, err := reserveWorkbook(m).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	workbooktest.Check(t, data)
	for sheet, want := range map[string]string{"四个一批": "在建一批 |  |  | 2", "月度变动": "开工一批 | 在建一批", "分责任单位": "谋划一批"} {
		if got := workbooktest.Dump(t, data, sheet); !strings.Contains(got, want) {
			t.Errorf("%s: no %q in\n%s", sheet, want, got)
		}
	}
}
