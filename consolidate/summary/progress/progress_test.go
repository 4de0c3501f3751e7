package progress

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate/monthtest"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// TestSheets holds every sheet of June, and what differs in the first month, against what it showed before.
func TestSheets(t *testing.T) {
	first, second := monthtest.Months(t)
	workbooktest.Goldens(t, workbooktest.Bytes(t, Draw(second).Book))
	workbooktest.Golden(t, "封面与编制说明（首月）", workbooktest.Dump(t, workbooktest.Bytes(t, Draw(first).Book), "封面与编制说明"))
}

// TestStartedOver: 开工率 is over all projects, or over the new ones where the county says so.
func TestStartedOver(t *testing.T) {
	for _, test := range []struct{ over, want string }{
		{"all", "已开工4个÷全部项目数6个"},
		{"new", "已开工1个÷新开工项目数2个"},
	} {
		t.Run(test.over, func(t *testing.T) {
			_, m := monthtest.Months(t)
			c := *county.Default()
			c.Progress.StartedOver = test.over
			m.County = &c
			data := workbooktest.Bytes(t, Draw(m).Book)
			workbooktest.Check(t, data)
			if overview := workbooktest.Dump(t, data, "总览"); !strings.Contains(overview, test.want) {
				t.Errorf("no %q in\n%s", test.want, overview)
			}
		})
	}
}

// TestRanking: by the share of the plan within a group, equal shares in one place and the
// next left out, units without a plan apart.
func TestRanking(t *testing.T) {
	var returns []*ledger.Return
	for _, unit := range []struct{ name, plan, done string }{
		{"教育体育局", "1000", "400"}, {"交通运输局", "3000", "1500"}, {"水利局", "2000", "1000"}, {"文化和旅游局", "1000", "500.01"},
		{"卫生健康局", "", ""}, {"农业农村局", "0", "0"}, {"航空经济技术开发区", "100", "1"},
	} {
		returns = append(returns, monthtest.Sent(t, form.Progress.Name.Form, monthtest.June, unit.name, 20,
			monthtest.Key(unit.name+"项目", "市级", "续建", unit.name, "样例领导01", unit.plan, unit.done, "")))
	}
	data := workbooktest.Bytes(t, Draw(monthtest.Reconcile(t, monthtest.June, nil, returns...)).Book)
	var got []string
	for _, line := range strings.Split(workbooktest.Dump(t, data, "分责任单位"), "\n")[5:] {
		if cells := strings.Split(line, " | "); len(cells) > 3 && cells[2] != page.Subtotal {
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
	unstarted := monthtest.Key("甲", "市级", "新开工", "交通局", "样例领导01", "1000", "500", "")
	delete(unstarted, f.Start.Column)
	for _, test := range []struct {
		name, want string
		row        monthtest.Said
	}{
		{"on time", "", monthtest.Key("甲", "市级", "续建", "交通局", "样例领导01", "1000", "500", "")},
		{"a tenth of the plan behind", "进度落后10.0个百分点（黄灯）", monthtest.Key("甲", "市级", "续建", "交通局", "样例领导01", "1000", "400", "")},
		{"far behind", "进度落后30.1个百分点（红灯）", monthtest.Key("甲", "市级", "续建", "交通局", "样例领导01", "1000", "199", "")},
		{"ahead of its own curve", "", monthtest.Key("甲", "市级", "续建", "交通局", "样例领导01", "1000", "200", "").And(monthtest.Said{f.PlanToDate.Column: "150"})},
		{"due this month", "计划2024-06开工，逾期0个月未开工（黄灯）", unstarted.And(monthtest.Said{f.PlanStart.Column: "2024-06"})},
		{"due three months ago", "计划2024-03开工，逾期3个月未开工（红灯）", unstarted.And(monthtest.Said{f.PlanStart.Column: "2024-03"})},
		{"outside the statistics", "开工1个月未入统（黄灯）",
			monthtest.Key("甲", "市级", "续建", "交通局", "样例领导01", "1000", "500", "").And(monthtest.Said{f.InStatistics.Column: "否", f.Start.Column: "2024-05"})},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := monthtest.Reconcile(t, monthtest.June, nil, monthtest.Sent(t, f.Name.Form, monthtest.June, "交通运输局", 20, test.row))
			r := ReportOf(m)
			if got := r.Behind(r.Projects[0]); got != test.want {
				t.Errorf("says %q, want %q", got, test.want)
			}
		})
	}
}

// TestPlans: each version of the year's plan, from the month that it is known in.
func TestPlans(t *testing.T) {
	row := func(plan string) monthtest.Said {
		return monthtest.Key("甲", "市级", "续建", "交通局", "样例领导01", plan, "500", "")
	}
	send := func(p ledger.Period, plan string) *ledger.Return {
		return monthtest.Sent(t, form.Progress.Name.Form, p, "交通运输局", 20, row(plan))
	}
	first := monthtest.Reconcile(t, monthtest.May, nil, send(monthtest.May, "1000"))
	for _, test := range []struct{ plan, want string }{
		{"1000", "2024年以来，各项目年度计划投资没有调整。"},
		{"1200", "2 | 调整 | 甲 | 2024年6月 | 1,000.00 | 1,200.00 | +200.00"},
	} {
		data := workbooktest.Bytes(t, Draw(monthtest.Reconcile(t, monthtest.June, first, send(monthtest.June, test.plan))).Book)
		if moves := workbooktest.Dump(t, data, "月度变动"); !strings.Contains(moves, test.want) {
			t.Errorf("plan %s: no %q in\n%s", test.plan, test.want, moves)
		}
	}
}

// TestEntries: a project in both returns, here alone or there alone, and what is close.
func TestEntries(t *testing.T) {
	const code, otherCode = "2401-610722-04-01-100012", "2403-610722-89-05-204175"
	f, g := &form.Progress, &form.Statistics
	mine := monthtest.Key("滨江路改造", "市级", "续建", "交通局", "样例领导01", "1000", "500", "")
	there := monthtest.Said{g.Name.Column: "滨江路改造", g.Total.Column: "100000", g.YearToDate.Column: "500", g.Unit.Column: "路桥公司"}
	unstarted := mine.And(monthtest.Said{})
	delete(unstarted, f.Start.Column)
	for _, test := range []struct {
		name        string
		mine, there monthtest.Said
		want        []string
	}{
		{"the same amount", mine, there, []string{bothClose}},
		{"a tenth apart", mine, there.And(monthtest.Said{g.YearToDate.Column: "450"}), []string{bothClose}},
		{"a cent more than a tenth", mine, there.And(monthtest.Said{g.YearToDate.Column: "449.999999"}), []string{bothApart}},
		{"no amount there", mine, func() monthtest.Said { s := there.And(monthtest.Said{}); delete(s, g.YearToDate.Column); return s }(),
			[]string{bothUnstated}},
		{"one code, another name", mine.And(monthtest.Said{f.Code.Column: code}),
			there.And(monthtest.Said{g.Code.Column: code, g.Name.Column: "滨江路提升工程"}), []string{bothClose}},
		{"another project of the name's first stage", mine, there.And(monthtest.Said{g.Name.Column: "滨江路改造二期"}), []string{hereDue, thereAlone}},
		{"other names", mine, there.And(monthtest.Said{g.Name.Column: "污水处理厂"}), []string{hereDue, thereAlone}},
		{"not started", unstarted, there.And(monthtest.Said{g.Name.Column: "污水处理厂", g.Code.Column: otherCode}), []string{hereUnstarted, thereAlone}},
		{"below the threshold", mine.And(monthtest.Said{f.Total.Column: "499.999999"}), there.And(monthtest.Said{g.Name.Column: "污水处理厂"}),
			[]string{hereTooSmall, thereAlone}},
		{"within its months", mine.And(monthtest.Said{f.Start.Column: "2024-05"}), there.And(monthtest.Said{g.Name.Column: "污水处理厂"}),
			[]string{hereTooEarly, thereAlone}},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := monthtest.Reconcile(t, monthtest.June, nil, monthtest.Sent(t, f.Name.Form, monthtest.June, "交通运输局", 20, test.mine),
				monthtest.Sent(t, g.Name.Form, monthtest.June, "统计局", 20, test.there))
			var got []string
			for _, e := range ReportOf(m).entries() {
				got = append(got, e.class)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
