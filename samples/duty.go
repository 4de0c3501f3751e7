package samples

import (
	"slices"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// onDuty are the columns, for short.
var onDuty = &form.Duty

var _ = newSample(sample{form: onDuty.Leader.Form, tell: tellDuty, hands: dutyHands, troubles: dutyTroubles})

// tellDuty tells what all the leaders of the roster did, and how many key projects each sees
// through.
func tellDuty(s *scene) *telling {
	t := newTelling()
	projects := map[string]int{}
	for _, w := range s.works() {
		projects[s.leader(w)]++
	}
	for i, leader := range s.county.Leaders {
		month, left := s.onDuty(leader, i)
		r := ledger.Record{}
		put(&r, onDuty.Leader, leader.Name)
		put(&r, onDuty.Post, leader.Post)
		set(&r, onDuty.Projects, things(projects[leader.Name]))
		set(&r, onDuty.Visits, things(month.visits))
		set(&r, onDuty.Meetings, things(month.meetings))
		set(&r, onDuty.Found, things(month.found))
		set(&r, onDuty.Solved, things(month.solved))
		set(&r, onDuty.Unresolved, things(left))
		t.figures["duty.leaders"]++
		if month.visits == 0 && projects[leader.Name] > 0 {
			t.say("政府办督查室", r, &trouble{codes: "V63", what: "有包抓项目而本月没有深入现场", at: onDuty.Visits.Column})
		} else {
			t.say("政府办督查室", r)
		}
	}
	return t
}

// A round is what a leader does in a month.
type round struct{ visits, meetings, found, solved int }

// onDuty is a leader's month, and what is left to solve at its end. One in sixteen visits
// nothing, another one each month.
func (s *scene) onDuty(leader county.Leader, number int) (now round, left int) {
	for month := 1; month <= s.month(); month++ {
		d := roll(s.seed, "履职", leader.Name, s.day(month, 1).String())
		now = round{visits: d.between(1, 6), meetings: d.below(4), found: d.below(4)}
		if (number+month)%16 == 5 {
			now = round{}
		}
		now.solved = min(left+now.found, d.below(4))
		left += now.found - now.solved
	}
	return now, left
}

var dutyHands = []hand{
	{ // two header rows, as leaders like it
		file: "{月}月县级领导包抓项目履职情况表（{单位}）.xlsx", sheet: "领导履职", font: "仿宋",
		title: "{县}县级领导包抓项目履职情况表\n（{期}，样例数据）", lines: []string{"填报单位：{单位}||填报日期：{日}"},
		columns: slices.Concat([]column{running, col(onDuty.Leader.Column, "领导姓名"), col(onDuty.Post.Column, "职务"),
			col(onDuty.Projects.Column, "包抓项目数（个）"), col(onDuty.Visits.Column, "深入项目现场次数"),
			col(onDuty.Meetings.Column, "召开现场办公会、调度会次数")}, []column{col(onDuty.Found.Column, "问题/发现"), col(onDuty.Solved.Column, "问题/解决"),
			col(onDuty.Unresolved.Column, "问题/未解决")}, cols(onDuty.Remark.Column)),
		notes: []string{"注：本表为样例数据。没有开展活动的填0。"},
	},
}

var dutyTroubles = []*trouble{
	{months: inMay, unit: "政府办督查室", codes: "V60", what: "发现问题没有填", at: onDuty.Found.Column, fits: stated(onDuty.Found.Column),
		do: writes(onDuty.Found.Column, "")},

	{months: inJune, unit: "政府办督查室", codes: "V19 M24@ M25@projects", what: "领导姓名写错，不在名单中", at: onDuty.Leader.Column,
		fits: stated(onDuty.Leader.Column), do: changes(becomes(onDuty.Leader.Column, "样例领导99"))},
	{months: inJune, unit: "政府办督查室", codes: "M25", what: "包抓项目个数比进展月报表中的多1个", at: onDuty.Projects.Column, fits: stated(onDuty.Leader.Column),
		do: changes(increase(onDuty.Projects, 1))},
	{months: inJune, unit: "政府办督查室", codes: "V60", what: "会议次数没有填", at: onDuty.Meetings.Column, fits: stated(onDuty.Leader.Column),
		do: writes(onDuty.Meetings.Column, "")},
	{months: inJune, unit: "政府办督查室", codes: "V61 V62@unresolved", what: "解决的问题比上月未解决加本月发现的还多", at: onDuty.Solved.Column,
		fits: stated(onDuty.Leader.Column), do: changes(increase(onDuty.Solved, 30))},
	{months: inJune, unit: "政府办督查室", codes: "V62", what: "未解决的问题没有从上月滚动过来", at: onDuty.Unresolved.Column, fits: stated(onDuty.Leader.Column),
		do: changes(increase(onDuty.Unresolved, 2))},
	{months: inJune, unit: "政府办督查室", codes: "V40", what: "调度会次数填成了2.5", at: onDuty.Meetings.Column, fits: stated(onDuty.Leader.Column),
		do: changes(func(r *ledger.Record) {
			set(r, onDuty.Meetings, ledger.Number(5*form.CountScale/2))
		})},
	{months: inJune, unit: "政府办督查室", codes: "C05", what: "深入现场次数填的是约数", at: onDuty.Visits.Column, fits: stated(onDuty.Leader.Column),
		do: writes(onDuty.Visits.Column, "10余次")},
}

// increase adds so many to a number of things.
func increase(c form.Count, n int) func(*ledger.Record) {
	return func(r *ledger.Record) { set(r, c, ledger.Number(c.Value(r).N+things(n).N)) }
}
