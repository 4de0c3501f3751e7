package form

import "huizong/internal/ledger"

var duty = newForm(Form{
	Number: 5, ID: "duty", Title: "县级领导包抓履职情况表", English: "county leaders on duty",
	Aliases: []string{"县级领导包抓项目履职情况表", "领导包抓履职情况表", "包抓履职情况表", "县级领导包抓情况表", "领导包抓情况统计表", "包抓领导履职情况表", "县级领导履职情况", "包抓履职", "领导包抓项目履职情况表", "履职情况统计表", "履职情况"},
})

// Duty is 县级领导包抓履职情况表: a row is a leader and the month's work on the projects that
// the leader sees through. All leaders of the roster stand in it, zeros included.
var Duty = struct {
	Leader     Text
	Post       Text
	Projects   Count
	Visits     Count
	Meetings   Count
	Found      Count
	Solved     Count
	Unresolved Count // at the end of the month
	Remark     Text
}{
	Leader:     duty.text(Required, "leader", "领导", "领导姓名", "姓名", "包抓领导", "县级领导", "县级领导姓名", "包联领导", "领导名单").as(RoleLeader),
	Post:       duty.text(Optional, "post", "职务", "领导职务", "现任职务"),
	Projects:   duty.count(Optional, "projects", "包抓项目(个)", "包抓项目", "包抓项目数", "包抓项目个数", "包抓重点项目", "包联项目数", "项目数"),
	Visits:     duty.count(Optional, "visits", "本月深入现场次数", "深入现场次数", "深入项目现场次数", "深入现场", "现场次数", "下沉一线次数", "调研次数", "到现场次数", "现场督导次数", "现场督导", "深入一线次数"),
	Meetings:   duty.count(Optional, "meetings", "现场办公（调度）会次数", "现场办公/调度会次数", "现场办公调度会次数", "现场办公会次数", "召开调度会次数", "召开调度会", "调度会次数", "现场办公次数", "召开现场办公会、调度会次数"),
	Found:      duty.count(Optional, "found", "发现问题", "发现问题数", "发现问题个数", "本月发现问题", "发现问题(个)", "收集问题", "问题/发现"),
	Solved:     duty.count(Optional, "solved", "解决问题", "解决问题数", "已解决问题", "解决问题个数", "本月解决问题", "协调解决问题", "已解决", "问题/解决"),
	Unresolved: duty.count(Optional, "unresolved", "未解决", "未解决问题", "未解决问题数", "尚未解决问题", "遗留问题", "未解决个数", "问题/未解决"),
	Remark:     duty.text(Optional, "remark", "备注", "说明", "备注说明").as(RoleRemark),
}

// Findings of the duty form.
var (
	ZeroUnstated = ledger.Declare("V60", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("次数或个数没有填写", "请补填；没有的请填0"),
		ledger.En("a number is blank", "fill it in; if there is none, write 0"))
	SolvedOverFound = ledger.Declare("V61", ledger.Query, ledger.AcceptExplained, ledger.Level2, "constraint-error",
		ledger.Zh("解决问题数超过上月未解决加本月发现", "请核对发现、解决和上月未解决的个数"),
		ledger.En("more problems solved than were left and found", "check the numbers found, solved and left last month"))
	UnresolvedApart = ledger.Declare("V62", ledger.Query, ledger.AcceptExplained, ledger.Level2, "roll-forward-error",
		ledger.Zh("未解决不等于上月未解决加本月发现减本月解决", "请核对；上月数有调整的，请在备注中说明"),
		ledger.En("the unresolved are not last month's plus those found less those solved", "check them; explain an adjustment of last month's in the remarks"))
	NoVisit = ledger.Declare("V63", ledger.Notice, ledger.Accept, ledger.Level1, "constraint-error",
		ledger.Zh("有包抓项目而本月没有深入现场", "请核对；情况属实的无需改动"),
		ledger.En("projects to see through, but no visit this month", "check it; leave it if it is so"))
)

func init() {
	d := &Duty
	duty.Entity = d.Leader
	d.Leader.Identity = true
	for _, c := range []*Column{d.Visits.Column, d.Meetings.Column, d.Found.Column, d.Solved.Column} {
		c.OfMonth = true
	}

	toSolve := SumOf(Before(d.Unresolved), d.Found)
	explained := Stated(d.Remark.Column)
	duty.Rules = []Rule{
		{SolvedOverFound, d.Solved.Column, AtMost(d.Solved, toSolve)},
		{UnresolvedApart, d.Unresolved.Column, Either(Equal(d.Unresolved, Minus(toSolve, d.Solved)), explained)},
		{NoVisit, d.Visits.Column, Given(MoreThan(d.Projects, None), MoreThan(d.Visits, None))},
	}
	for _, count := range []Count{d.Projects, d.Visits, d.Meetings, d.Found, d.Solved, d.Unresolved} {
		duty.Rules = append(duty.Rules, Rule{NotWhole, count.Column, WholeNumber(count)}, Rule{ZeroUnstated, count.Column, Stated(count.Column)})
	}
	duty.Figures = []Figure{
		counted("duty.leaders", "报送履职情况的县级领导人数", "人", CountOf(nil)),
		counted("duty.visits", "县级领导深入现场次数", "次", TotalOf(d.Visits, nil)),
		counted("duty.meetings", "县级领导现场办公、调度会次数", "次", TotalOf(d.Meetings, nil)),
		counted("duty.found", "包抓发现问题数", "个", TotalOf(d.Found, nil)),
		counted("duty.solved", "包抓解决问题数", "个", TotalOf(d.Solved, nil)),
	}
}
