package samples

import (
	"fmt"
	"slices"
	"strings"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// task are the columns, for short.
var task = &form.Tasks

var _ = newSample(sample{form: task.Number.Form, tell: tellTasks, hands: tasksHands, events: tasksEvents, troubles: tasksTroubles})

// tellTasks tells how the tasks of the action plans stand, each by the unit that leads it.
// The county's roll has them all.
func tellTasks(s *scene) *telling {
	t := newTelling()
	aspects, number := map[string]bool{}, 0
	for _, part := range s.county.Forms[task.Number.Form.ID].Roll {
		of := [2]string{"tasks.aspects", "tasks.tasks"}
		if strings.HasPrefix(part.Under, "营商环境") {
			of = [2]string{"tasks.business_focuses", "tasks.business_measures"}
		}
		if !aspects[part.Under+part.Name] {
			aspects[part.Under+part.Name] = true
			t.figures[of[0]]++
		}
		for _, expected := range part.Rows {
			t.say(expected.Unit, s.taskRecord(part, expected, number))
			t.figures[of[1]]++
			number++
		}
	}
	return t
}

// taskRecord is how a task stands: one in six is done by autumn, one in nine is behind and
// says why.
func (s *scene) taskRecord(part county.Part, expected county.Expected, number int) ledger.Record {
	d := roll(s.seed, "任务", part.Under, expected.Name)
	r := ledger.Record{}
	put(&r, task.Scheme, part.Under)
	put(&r, task.Number, expected.Name)
	put(&r, task.Aspect, part.Name)
	put(&r, task.Task, expected.Text)
	put(&r, task.Department, expected.Unit)
	put(&r, task.Helpers, pick(d, []string{"各有关部门", "各镇（街道）", "各园区", "各要素保障单位"}))
	progress, deadline := s.month()*8+d.below(4), 12
	switch {
	case number%6 == 2 && s.month() >= 4+number%5:
		progress = 100
		put(&r, task.Pace, "完成")
		put(&r, task.Report, "已完成全部任务，转入常态化推进")
	case number%9 == 4 && s.month() >= 3:
		progress, deadline = s.month()*4, 6
		put(&r, task.Pace, "滞后")
		put(&r, task.Report, fmt.Sprintf("已启动，完成%d%%", progress))
		put(&r, task.Remark, "配套细则出台较晚，已制定赶工措施，下月补齐")
	default:
		put(&r, task.Pace, "推进")
		put(&r, task.Report, pick(d, []string{"已制定工作方案，按月调度", "建立台账，逐项推进", "开展专项行动，取得阶段性成效"})+fmt.Sprintf("，完成%d%%", progress))
	}
	put(&r, task.Deadline, s.day(deadline, 31).String())
	set(&r, task.Progress, ledger.Number(int64(progress)*form.RateScale/100))
	return r
}

var tasksHands = []hand{
	{ // the form as it was sent out
		file: "{简}行动方案任务进展（{月}月）.xlsx", sheet: "任务进展", font: "宋体",
		title: "{县}{单位}{期}行动方案任务进展表（样例数据）", lines: []string{"填报单位：{单位}（盖章）|填报人：{人}|填报日期：{日}"},
		columns: slices.Concat([]column{running},
			cols(task.Scheme.Column, task.Number.Column, task.Aspect.Column, task.Task.Column, task.Department.Column, task.Helpers.Column),
			[]column{by(dayDotted, task.Deadline.Column, "")}, cols(task.Report.Column), []column{by(percentText, task.Progress.Column, "")},
			cols(task.Pace.Column, task.Remark.Column)),
	},
	{ // schemes by their short names and merged, numbers as numbers, percent without a sign
		file: "{单位}重点任务推进（{年}年{月}月）.xlsx", sheet: "任务", font: "仿宋",
		title: "{单位}行动方案任务台账\n（{期}，样例数据）", lines: []string{"||填报日期：{日}"},
		columns: slices.Concat([]column{by(alias(0), task.Scheme.Column, "行动方案"), col(task.Aspect.Column, "所属方面"),
			by(numeral, task.Number.Column, "任务编号"), col(task.Task.Column, "重点任务"), col(task.Department.Column, "责任单位"), col(task.Helpers.Column, "配合部门"),
			by(calendar, task.Deadline.Column, "时限要求"), col(task.Report.Column, "推进情况"), by(percentNumber, task.Progress.Column, "完成进度（%）"),
			by(alias(0), task.Pace.Column, "推进状态")}, cols(task.Remark.Column)),
		merge: []*form.Column{task.Scheme.Column, task.Aspect.Column},
	},
	{ // two header rows, percent by format
		file: "{年}.{月}{简}任务进展情况.xlsx", sheet: "任务进展情况", font: "宋体",
		title: "突破年、推进年行动方案任务进展情况表", lines: []string{"报送单位：{单位}|{期}|样例数据|填报日期：{日}"},
		columns: slices.Concat([]column{running},
			under("任务", []column{col(task.Scheme.Column, "方案名称"), col(task.Number.Column, "编号"), col(task.Aspect.Column, "方面"),
				col(task.Task.Column, "任务内容"), col(task.Department.Column, "牵头部门"), col(task.Helpers.Column, "配合单位"),
				by(dayInWords, task.Deadline.Column, "完成时间")}),
			under("进展", []column{col(task.Report.Column, "进展情况"), col(task.Progress.Column, "完成进度"), by(alias(1), task.Pace.Column, "状态")}),
			cols(task.Remark.Column)),
		ditto: []*form.Column{task.Scheme.Column}, phantom: 5,
	},
}

var tasksEvents = []event{
	{inJune, "财政局", late}, {inJune, "人力资源和社会保障局", superseded}, {everyMonth, "生态环境局城固分局", asText},
}

var tasksTroubles = []*trouble{
	{months: inMay, unit: "交通运输局", codes: "V83", what: "滞后而没有说明原因", at: task.Remark.Column, fits: says(task.Pace.Column, "推进"),
		do: changes(becomes(task.Pace.Column, "滞后"))},

	{months: inJune, unit: "行政审批服务局", codes: "V80", what: "状态是完成，进度不是100%", at: task.Progress.Column, fits: says(task.Pace.Column, "推进"),
		do: changes(becomes(task.Pace.Column, "完成"))},
	{months: inJune, unit: "发展和改革局", codes: "V80", what: "进度已是100%，状态还是推进", at: task.Pace.Column, fits: says(task.Pace.Column, "推进"),
		do: changes(func(r *ledger.Record) {
			set(r, task.Progress, ledger.Number(form.RateScale))
		})},
	{months: inJune, unit: "发展和改革局", codes: "V82", what: "完成进度填成了负数", at: task.Progress.Column, fits: says(task.Pace.Column, "推进"),
		do: changes(func(r *ledger.Record) {
			set(r, task.Progress, ledger.Number(-form.RateScale/20))
		})},
	{months: inJune, unit: "自然资源局", codes: "V81", what: "已过完成时限，状态还是推进", at: task.Pace.Column, fits: says(task.Pace.Column, "推进"),
		do: func(f *filing, i int) *row {
			put(&f.rows[i].Record, task.Deadline, ledger.Date{Year: f.period.Year, Month: 5, Day: 31}.String())
			return nil
		}},
	{months: inJune, unit: "招商服务中心", codes: "V83", what: "滞后而没有说明原因", at: task.Remark.Column, fits: says(task.Pace.Column, "推进"),
		do: changes(becomes(task.Pace.Column, "滞后"))},
	{months: inJune, unit: "住房和城乡建设局", codes: "M28 M27@", what: "任务编号写错，不在清单中", at: task.Number.Column, fits: says(task.Pace.Column, "推进"),
		do: changes(func(r *ledger.Record) {
			put(r, task.Number, "9"+task.Number.Of(r))
		})},
	{months: inJune, unit: "税务局", codes: "V03", what: "同一任务填了两行，进展不同", at: task.Number.Column, fits: says(task.Pace.Column, "推进"),
		do: again(becomes(task.Report.Column, "持续推进"))},
	{months: inJune, unit: "农业农村局", codes: "C03", what: "完成进度填成了文字", at: task.Progress.Column, fits: stated(task.Progress.Column),
		do: writes(task.Progress.Column, "过半")},
	{months: inJune, unit: "经济贸易局", codes: "V01", what: "没有填进展情况", at: task.Report.Column, fits: says(task.Pace.Column, "推进"),
		do: writes(task.Report.Column, "")},
	{months: inJune, unit: "经济贸易局", codes: "V20", what: "牵头单位不在名单中", at: task.Department.Column, fits: says(task.Pace.Column, "推进"),
		do: writes(task.Department.Column, "县产业办")},
}
