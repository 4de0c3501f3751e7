package monthtest

import (
	"fmt"
	"testing"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Problem is a row of 要素保障堵点难点问题台账.
func Problem(number, name, kind, unit, raised, deadline, state string) Said {
	f := &form.Obstacles
	s := Said{
		f.Number.Column: number, f.Project.Column: name, f.Kind.Column: kind, f.Department.Column: unit, f.Raised.Column: raised, f.State.Column: state,
		f.Description.Column: name + "需办理" + kind + "手续", f.RaisedBy.Column: "交通局", f.Leader.Column: "样例领导01",
	}
	if deadline != "" {
		s[f.Deadline.Column] = deadline
	}
	return s
}

func obstacleReturns(t testing.TB, p ledger.Period) []*ledger.Return {
	f := &form.Obstacles
	land := Problem("D01", "北环路建设项目", "用地", "自然资源局", "2024-05-06", "2024-06-15", "办理中")
	money := Problem("D02", "南沙湖路网工程", "资金", "县发改局", "2024-05-20", "2024-07-20", "办理中")
	power := Problem("D03", "航空零部件产业园", "水电气路", "住建局、城管局", "2024-06-03", "", "受理")
	if p == May {
		return []*ledger.Return{Sent(t, f.Number.Form, p, "交通运输局", 20, land, money)}
	}
	return []*ledger.Return{
		Sent(t, f.Number.Form, p, "交通运输局", 20, land, money.And(Said{f.State.Column: "销号", f.Closed.Column: "2024-06-20", f.Checker.Column: "样例领导09"}), power),
		Sent(t, f.Number.Form, p, "自然资源局", 20, Problem("D04", "双溪镇温泉康养", "林地", "林业局", "2024-06-10", "2024-06-30", "交办"),
			Problem("D05", "某新建厂房", "征拆", "某指挥部", "2024-06-11", "2024-06-12", "已解决待核")),
	}
}

// monthly are the returns of the forms whose rows are the month's own.
func monthly(t testing.TB, p ledger.Period) []*ledger.Return {
	day := func(d int) string { return ledger.Date{Year: p.Year, Month: p.Month, Day: d}.String() }
	return []*ledger.Return{
		dutyReturn(t, p), tripReturn(t, p, day), SigningReturn(t, p, day), dispatchReturn(t, p, day),
		taskReturn(t, p), serviceReturn(t, p), landReturn(t, p), statisticsReturn(t, p),
	}
}

func dutyReturn(t testing.TB, p ledger.Period) *ledger.Return {
	f := &form.Duty
	var rows []Said
	for i := range 31 { // the last of the roster is left out
		n := fmt.Sprint(i % 4)
		rows = append(rows, Said{f.Leader.Column: fmt.Sprintf("样例领导%02d", i+1), f.Post.Column: "县级领导", f.Projects.Column: n, f.Visits.Column: n,
			f.Meetings.Column: "1", f.Found.Column: "2", f.Solved.Column: "1", f.Unresolved.Column: "1"})
	}
	rows = append(rows, Said{f.Leader.Column: "挂职领导", f.Visits.Column: "2"})
	return Sent(t, f.Leader.Form, p, "政府办督查室", 22, rows...)
}

func tripReturn(t testing.TB, p ledger.Period, day func(int) string) *ledger.Return {
	f := &form.Promotion
	joint := Said{f.Head.Column: "样例领导01", f.Companions.Column: "样例领导02、某同志", f.Department.Column: "招商局", f.Start.Column: day(3), f.End.Column: day(6),
		f.Destination.Column: "苏州", f.Activity.Column: "苏州小分队招商", f.Enterprises.Column: "甲公司、乙有限公司", f.Contact.Column: "王经理13900000000",
		f.Intent.Column: "20000"}
	return Sent(t, f.Head.Form, p, "招商服务中心", 23, joint,
		joint.And(Said{f.Head.Column: "样例领导02", f.Companions.Column: "样例领导01", f.Intent.Column: "0"}),
		joint.And(Said{f.Head.Column: "样例领导03", f.Companions.Column: "", f.Department.Column: "航空经开区", f.Start.Column: day(10), f.End.Column: day(12),
			f.Destination.Column: "西安",
			f.Activity.Column:    "西安航空产业对接", f.Enterprises.Column: "乙公司、丙厂、60余家企业", f.Outcome.Column: "签订框架协议1份", f.Intent.Column: "5000.5"}))
}

// SigningReturn is 招商签约项目表 with two projects; day writes a day of the month.
func SigningReturn(t testing.TB, p ledger.Period, day func(int) string) *ledger.Return {
	f := &form.Signing
	return Sent(t, f.Name.Form, p, "招商服务中心", 23,
		Said{f.Name.Column: "航空零部件产业园", f.Investor.Column: "甲公司", f.Agreement.Column: "正式合同", f.Signed.Column: day(7), f.Total.Column: "120000",
			f.Fixed.Column: "100000", f.Funds.Column: "3000",
			f.Origin.Column: "省际", f.IsStarted.Column: "是", f.Department.Column: "航空经开区", f.Leader.Column: "样例领导03"},
		Said{f.Name.Column: "中药饮片加工", f.Investor.Column: "丙厂", f.Signed.Column: day(12), f.Total.Column: "50000", f.IsStarted.Column: "否",
			f.Department.Column: "经贸局"})
}

func dispatchReturn(t testing.TB, p ledger.Period, day func(int) string) *ledger.Return {
	f := &form.Dispatch
	row := func(kind, held, title, matters, unit string) Said {
		return Said{f.Kind.Column: kind, f.Day.Column: held, f.Title.Column: title, f.Matters.Column: matters, f.Responsible.Column: unit,
			f.Chair.Column: "样例领导01"}
	}
	return Sent(t, f.Title.Form, p, "项目推进年专班", 24,
		row("周调度", day(3), "第21次周调度", "加快北环路征迁", "博望街道"), row("周调度", day(3), "第21次周调度", "办理温泉康养林地手续", "林业局"),
		row("专题调度", day(12), "航空产业园专题会", "落实供电方案", "航空经开区"),
		row("任务交办单", day(14), "城项推办〔2024〕5号", "限期开工", "文旅局").And(Said{f.Deadline.Column: day(28), f.Completion.Column: "正在办理"}),
		row("督查", day(20), "重点项目督查", "", ""))
}

func taskReturn(t testing.TB, p ledger.Period) *ledger.Return {
	f := &form.Tasks
	row := func(scheme, number, aspect, unit, deadline, pace string) Said {
		return Said{f.Scheme.Column: scheme, f.Number.Column: number, f.Aspect.Column: aspect, f.Task.Column: "样例任务" + number, f.Department.Column: unit,
			f.Deadline.Column: deadline, f.Report.Column: "正在推进", f.Pace.Column: pace}
	}
	plan, measures := f.Scheme.Words[0].Name, f.Scheme.Words[1].Name
	return Sent(t, f.Number.Form, p, "发展和改革局", 22,
		row(plan, "1.1", "项目谋划储备", "发改局", "2024-12", "推进"), row(plan, "1.4", "项目谋划储备", "发改局", "2024-05", "推进"),
		row(plan, "3.1", "要素保障", "资源局", "2024-12", "滞后").And(Said{f.Remark.Column: "指标未下达"}),
		row(plan, "2.1", "招商引资", "招商局", "2024-06", "完成").And(Said{}), row(measures, "1", "政务服务", "审批局", "2024-12", "完成"),
		row(measures, "99", "自选动作", "某专班", "2024-04", "滞后"))
}

func serviceReturn(t testing.TB, p ledger.Period) *ledger.Return {
	f := &form.Services
	row := func(indicator, value, unit, office string) Said {
		return Said{f.Indicator.Column: indicator, f.Value.Column: value, f.Unit.Column: unit, f.Department.Column: office}
	}
	return Sent(t, f.Indicator.Form, p, "行政审批服务局", 22,
		row("网办率", "96", "%", "审批局").And(Said{f.Basis.Column: "按事项"}), row("时限压缩率", "84%", "%", "审批局"), row("一件事", "15", "件", "审批局"),
		row("材料精简率", "51", "%", "审批局"),
		row("全程网办", "372", "项", "税务局"), row("非接触办", "233", "项", "税务局"), row("12345受理", "4927", "个", "12345"), row("12345逾期", "0", "个", "12345"),
		row("限时办结率", "100", "%", "12345"), row("窗口满意度", "优", "档", "审批局"))
}

func landReturn(t testing.TB, p ledger.Period) *ledger.Return {
	f := &form.LandYield
	return Sent(t, f.Name.Form, p, "经济贸易局", 22,
		Said{f.Name.Column: "甲公司", f.Land.Column: "100.5", f.Fixed.Column: "30000", f.Revenue.Column: "80000", f.Tax.Column: "1500",
			f.AddedValue.Column: "20000", f.Grade.Column: "B"},
		Said{f.Name.Column: "乙公司", f.Land.Column: "50", f.Tax.Column: "1200", f.Grade.Column: "B", f.Energy.Column: "320.5"},
		Said{f.Name.Column: "丙厂", f.Land.Column: "20", f.Grade.Column: "D"})
}

func statisticsReturn(t testing.TB, p ledger.Period) *ledger.Return {
	f := &form.Statistics
	row := func(name, total, done string) Said {
		return Said{f.Name.Column: name, f.Total.Column: total, f.YearToDate.Column: done, f.Since.Column: "2024-02", f.Table.Column: "206-1",
			f.Unit.Column: name + "项目公司"}
	}
	return Sent(t, f.Name.Form, p, "统计局", 22, row("北环路建设项目", "100000", "16000"), row("航空零部件产业园", "100000", "20000"), row("某商业综合体", "8000", "1000"),
		Said{f.Growth.Column: "9.4"})
}

// AllReturns are all returns of a month.
func AllReturns(t testing.TB, p ledger.Period) []*ledger.Return {
	all := append(ReserveReturns(t, p), progressReturns(t, p)...)
	return append(append(all, obstacleReturns(t, p)...), monthly(t, p)...)
}
