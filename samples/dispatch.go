package samples

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// meetings and notices say how many dispatch meetings are held in each month of the year,
// those of every week among them, and how many bulletins and task orders go out: in June 12,
// for the 10余 that were published, and 7.
var (
	meetings = [13]int{1: 7, 2: 6, 3: 10, 4: 9, 5: 11, 6: 12, 7: 9, 8: 10, 9: 11, 10: 8, 11: 9, 12: 8}
	notices  = [13]int{1: 3, 2: 3, 3: 5, 4: 5, 5: 6, 6: 7, 7: 5, 8: 4, 9: 6, 10: 5, 11: 5, 12: 4}
)

// disp are the columns, for short.
var disp = &form.Dispatch

var dispatchSample = newSample(sample{form: disp.Title.Form, tell: tellDispatch, hands: dispatchHands, troubles: dispatchTroubles})

// tellDispatch tells the month: a meeting each week, but in June for one week of which none
// is on record; others on single subjects; bulletins, orders and visits.
func tellDispatch(s *scene) *telling {
	t := newTelling()
	works := s.works()
	say := func(kind, title string, day ledger.Date) { s.occasion(t, works, kind, title, day) }
	weekly := s.thursdays()
	if s.month() == 6 {
		t.lack(ownDispatch, &trouble{codes: "M29", what: "第二周没有周调度的记录"})
		weekly = slices.Delete(weekly, 1, 2)
	}
	for i, day := range weekly {
		say("周调度", fmt.Sprintf("%d月第%d次重点项目周调度会", s.month(), i+1), day)
	}
	for i := range meetings[s.month()] - len(weekly) {
		say("专题调度", subjects[i]+"专题调度会", s.day(s.month(), 2+i))
	}
	say("月评比", fmt.Sprintf("%d月项目建设月评比会", s.month()), s.day(s.month(), 15))
	if s.month()%3 == 0 {
		say("季观摩", fmt.Sprintf("第%d季度重点项目观摩", s.month()/3), s.day(s.month(), 14))
	}
	for i := range notices[s.month()] {
		if i < 2 {
			say("工作通报", fmt.Sprintf("城项目办通报〔%d〕%d号", s.period.Year, s.month()*2-1+i), s.day(s.month(), 5+i*9))
			continue
		}
		say("任务交办单", fmt.Sprintf("城项目办交办〔%d〕%d号", s.period.Year, s.month()*6+i), s.day(s.month(), 3+i*2))
	}
	for i := range 2 {
		say("督查", fmt.Sprintf("重点项目现场督查（%s）", subjects[i+6]), s.day(s.month(), 8+i*5))
	}
	t.figures["dispatch.meetings"] = int64(meetings[s.month()])
	t.figures["dispatch.notices"] = int64(notices[s.month()])
	return t
}

const ownDispatch = "项目推进年专班"

// subjects are what single meetings are about.
var subjects = strings.Fields("用地保障 专项债券项目 开工入统 工业项目 交通水利项目 农业产业项目 征地拆迁 前期手续 招商落地")

// thursdays are those of the month: a week is of the month that its Thursday falls into.
func (s *scene) thursdays() []ledger.Date {
	var all []ledger.Date
	for day := 1; day <= s.period.End().Day; day++ {
		if at := s.day(s.period.Month, day); time.Date(at.Year, time.Month(at.Month), at.Day, 0, 0, 0, 0, time.UTC).Weekday() == time.Thursday {
			all = append(all, at)
		}
	}
	return all
}

// occasion adds what was held or sent out, about key projects: some meetings of a week
// settle two matters, and have two rows.
func (s *scene) occasion(t *telling, works []*work, kind, title string, day ledger.Date) {
	d := roll(s.seed, "调度", title, day.String())
	chair, rows := s.county.Leaders[d.below(8)].Name, 1
	if kind == "周调度" && len(t.rows[ownDispatch])%3 == 0 {
		rows = 2
	}
	for i := range rows {
		w := works[d.below(len(works))]
		r := ledger.Record{}
		put(&r, disp.Kind, kind)
		put(&r, disp.Day, day.String())
		put(&r, disp.Title, title)
		put(&r, disp.Chair, chair)
		put(&r, disp.Projects, w.name)
		put(&r, disp.Matters, pick(d, []string{"加快施工进度，确保完成年度投资", "限期办结用地手续", "落实建设资金，按期支付工程款", "对接统计部门做好入统申报"})+fmt.Sprintf("（第%d项）", i+1))
		if kind != "季观摩" && kind != "月评比" {
			put(&r, disp.Responsible, w.unit)
			put(&r, disp.Deadline, s.day(day.Month+1, day.Day).String())
			put(&r, disp.Completion, pick(d, []string{"正在落实", "已完成", "按计划推进"}))
		}
		t.say(ownDispatch, r)
	}
}

var dispatchHands = []hand{
	{ // equal words merged, days in words
		file: "{年}年{月}月重点项目调度台账.xlsx", sheet: "调度督办", font: "仿宋",
		title: "{县}重点项目调度督办台账\n（{期}，样例数据）", lines: []string{"填报单位：{单位}|填报人：{人}|填报日期：{日}"},
		columns: slices.Concat([]column{running, by(alias(0), disp.Kind.Column, "类型"), by(dayInWords, disp.Day.Column, "日期"),
			col(disp.Title.Column, "会议（文件）名称"), col(disp.Chair.Column, "主持（签发）人"), col(disp.Projects.Column, "涉及项目"),
			col(disp.Matters.Column, "议定事项"), col(disp.Responsible.Column, "承办单位"), by(slashed, disp.Deadline.Column, "完成时限"),
			col(disp.Completion.Column, "落实情况")}, cols(disp.Remark.Column)),
		merge: []*form.Column{disp.Kind.Column, disp.Title.Column}, notes: []string{"注：本表为样例数据。"},
	},
}

var dispatchTroubles = []*trouble{
	{months: inMay, unit: ownDispatch, codes: "V76", what: "调度会没有填议定事项", at: disp.Matters.Column, fits: says(disp.Kind.Column, "专题调度"),
		do: writes(disp.Matters.Column, "")},
	{months: inJune, unit: ownDispatch, codes: "V41", what: "上个月的督查报在了本月", at: disp.Day.Column, fits: says(disp.Kind.Column, "督查"),
		do: func(f *filing, i int) *row {
			before := f.period.Add(-1)
			put(&f.rows[i].Record, disp.Day, ledger.Date{Year: before.Year, Month: before.Month, Day: 28}.String())
			return nil
		}},
	{months: inJune, unit: ownDispatch, codes: "", what: "日期没有年份，按本月的年份", at: disp.Day.Column, fits: says(disp.Kind.Column, "督查"),
		do: writes(disp.Day.Column, "6月19日")},
	{months: inJune, unit: ownDispatch, codes: "V75", what: "任务交办单没有填责任单位", at: disp.Responsible.Column, fits: says(disp.Kind.Column, "任务交办单"),
		do: writes(disp.Responsible.Column, "")},
	{months: inJune, unit: ownDispatch, codes: "V75", what: "任务交办单没有填完成时限", at: disp.Deadline.Column, fits: says(disp.Kind.Column, "任务交办单"),
		do: writes(disp.Deadline.Column, "")},
	{months: inJune, unit: ownDispatch, codes: "V08", what: "完成时限早于交办日期", at: disp.Deadline.Column, fits: says(disp.Kind.Column, "任务交办单"),
		do: changes(func(r *ledger.Record) {
			day := disp.Day.Of(r)
			put(r, disp.Deadline, ledger.Date{Year: day.Year, Month: day.Month, Day: 1}.String())
		})},
	{months: inJune, unit: ownDispatch, codes: "V76", what: "调度会没有填议定事项", at: disp.Matters.Column, fits: says(disp.Kind.Column, "专题调度"),
		do: writes(disp.Matters.Column, "")},
	{months: inJune, unit: ownDispatch, codes: "C12", what: "类型填了选项以外的字", at: disp.Kind.Column, fits: says(disp.Kind.Column, "月评比"),
		do: writes(disp.Kind.Column, "现场办公")},
	{months: inJune, unit: ownDispatch, codes: "C35", what: "没有31日", at: disp.Deadline.Column, fits: says(disp.Kind.Column, "专题调度"),
		do: writes(disp.Deadline.Column, "{年}/6/31")},
}
