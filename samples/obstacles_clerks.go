package samples

import (
	"slices"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// obs are the columns, for short.
var obs = &form.Obstacles

var obstaclesSample = newSample(sample{
	form: obs.Number.Form, tell: tellObstacles, hands: obstaclesHands, events: obstaclesEvents, troubles: obstaclesTroubles,
})

var obstaclesHands = []hand{
	{ // the form as it was sent out
		file: "{简}{月}月堵点难点问题台账.xlsx", sheet: "堵点难点", font: "宋体",
		title: "{县}{单位}{期}要素保障堵点难点问题台账（样例数据）", lines: []string{"填报单位：{单位}（盖章）|填报人：{人}|填报日期：{日}"},
		columns: slices.Concat([]column{running},
			cols(obs.Number.Column, obs.Project.Column, obs.Code.Column, obs.Kind.Column, obs.Description.Column, obs.RaisedBy.Column),
			write(dayDotted, cols(obs.Raised.Column, obs.Accepted.Column, obs.Assigned.Column)),
			cols(obs.Leader.Column, obs.Department.Column, obs.Helpers.Column),
			write(dayDotted, cols(obs.Deadline.Column)), cols(obs.State.Column, obs.Measures.Column),
			write(dayDotted, cols(obs.Solved.Column, obs.Closed.Column)), cols(obs.Checker.Column, obs.Remark.Column)),
		notes: []string{"注：本表为样例数据。回复不等于销号，销号须经审核。"},
	},
	{ // two header rows, real dates, states in other words
		file: "{单位}{期}要素保障台账.xlsx", sheet: "要素保障", font: "仿宋",
		title: "{单位}要素保障堵点难点台账\n（{期}，样例数据）", lines: []string{"||填报日期：{日}"},
		columns: slices.Concat([]column{running},
			under("问题情况", slices.Concat([]column{col(obs.Number.Column, "台账编号"), col(obs.Project.Column, "涉及项目"), col(obs.Code.Column, ""),
				col(obs.Kind.Column, "问题类型"), col(obs.Description.Column, "具体问题"),
				col(obs.RaisedBy.Column, "反映单位"), by(calendar, obs.Raised.Column, "反映时间")})),
			under("办理情况", []column{by(calendar, obs.Accepted.Column, "受理时间"), by(calendar, obs.Assigned.Column, "交办时间"),
				col(obs.Leader.Column, "包联领导"), col(obs.Department.Column, "牵头单位"), col(obs.Helpers.Column, "配合部门"),
				by(calendar, obs.Deadline.Column, "办理时限"), by(alias(0), obs.State.Column, "办理状态"), col(obs.Measures.Column, "办理情况"),
				by(calendar, obs.Solved.Column, "办结时间"), by(calendar, obs.Closed.Column, "销号时间"), col(obs.Checker.Column, "核验人")}),
			cols(obs.Remark.Column)),
		phantom: 6,
	},
	{ // equal offices merged, dates in words
		file: "{年}年{月}月{简}重点项目问题台账.xlsx", sheet: "问题台账", font: "宋体",
		title: "{年}年{月}月重点项目问题台账", lines: []string{"报送单位：{单位}|（样例数据）|填报时间：{日}"},
		columns: slices.Concat([]column{running, col(obs.Department.Column, "承办单位"), col(obs.Number.Column, "问题编号"), col(obs.Project.Column, "项目名称"),
			col(obs.Code.Column, "项目代码"), col(obs.Kind.Column, "要素类别"), col(obs.Description.Column, "堵点难点问题"),
			col(obs.RaisedBy.Column, "提报单位"), by(dayInWords, obs.Raised.Column, "提报时间"), by(dayInWords, obs.Accepted.Column, "受理日期"),
			by(dayInWords, obs.Assigned.Column, "调度时间"), col(obs.Leader.Column, "责任领导"), col(obs.Helpers.Column, "协办单位"),
			by(dayInWords, obs.Deadline.Column, "要求办结时间"), col(obs.State.Column, "办理进度"), col(obs.Measures.Column, "解决情况"),
			by(dayInWords, obs.Solved.Column, "实际办结时间"), by(dayInWords, obs.Closed.Column, "销号日期"), col(obs.Checker.Column, "审核人")},
			cols(obs.Remark.Column)),
		merge: []*form.Column{obs.Department.Column},
	},
	{ // problems by kind, 〃 for the same leader, slashes
		file: "{单位}堵点难点清单（{年}年{月}月）.xlsx", sheet: "清单", font: "楷体",
		title: "{单位}堵点难点清单（{期}）", lines: []string{"填报单位：{单位}|填报人：{人}", "填报日期：{日}|样例数据"},
		columns: slices.Concat([]column{running, col(obs.Number.Column, "问题编码"), col(obs.Project.Column, "项目（工程）名称"), col(obs.Code.Column, "项目统一代码"),
			by(alias(0), obs.Kind.Column, "类别"), col(obs.Description.Column, "存在问题"), col(obs.RaisedBy.Column, "上报单位"),
			by(slashed, obs.Raised.Column, "上报日期"), by(slashed, obs.Accepted.Column, "受理日期"), by(slashed, obs.Assigned.Column, "交办日期"),
			col(obs.Leader.Column, "县级领导"), col(obs.Department.Column, "责任单位"), col(obs.Helpers.Column, "配合单位"),
			by(slashed, obs.Deadline.Column, "完成时限"), col(obs.State.Column, "状态"), col(obs.Measures.Column, "工作措施"),
			by(slashed, obs.Solved.Column, "办结日期"), by(slashed, obs.Closed.Column, "销号日期"), col(obs.Checker.Column, "核查人")},
			cols(obs.Remark.Column)),
		by: obs.Kind.Column, ditto: []*form.Column{obs.Leader.Column}, numbers: true,
	},
}

var obstaclesEvents = []event{
	{[]int{5}, "城市管理局", late}, {inJune, "城市管理局", late}, {inJune, "教育体育局", missing}, {inJune, "卫生健康局", unchanged}, {inJune, "文化和旅游局", superseded},
	{inJune, "林业局", repeated},
}

var obstaclesTroubles = []*trouble{
	{months: inMay, unit: "经济贸易局", codes: "V52", what: "已解决待核而没有填实际办结日期", at: obs.Solved.Column, fits: says(obs.State.Column, "已解决待核"),
		do: writes(obs.Solved.Column, "")},
	{months: inMay, unit: "自然资源局", codes: "C12", what: "问题类别填了选项以外的字", at: obs.Kind.Column, fits: settled(obs.Kind.Column),
		do: writes(obs.Kind.Column, "综合问题")},

	{months: inJune, unit: "发展和改革局", codes: "V50", what: "已销号而没有审核人", at: obs.Checker.Column, fits: says(obs.State.Column, "销号"),
		do: writes(obs.Checker.Column, "")},
	{months: inJune, unit: "经济贸易局", codes: "V50", what: "已销号而没有销号日期", at: obs.Closed.Column, fits: says(obs.State.Column, "销号"),
		do: writes(obs.Closed.Column, "")},
	{months: inJune, unit: "经济贸易局", codes: "V54", what: "延期而没有说明", at: obs.Remark.Column, fits: says(obs.State.Column, "延期"),
		do: writes(obs.Remark.Column, "")},
	{months: inJune, unit: "经济贸易局", codes: "V51", what: "填了销号日期，状态还是办理中", at: obs.State.Column, fits: says(obs.State.Column, "办理中"),
		do: func(f *filing, i int) *row {
			put(&f.rows[i].Record, obs.Closed, f.period.End().String())
			return nil
		}},
	{months: inJune, unit: "经济贸易局", codes: "V20", what: "主办单位不在名单中", at: obs.Department.Column, fits: says(obs.State.Column, "办理中"),
		do: writes(obs.Department.Column, "县重点办")},
	{months: inJune, unit: "自然资源局", codes: "V53", what: "无法办理而没有说明原因", at: obs.Measures.Column, fits: says(obs.State.Column, "办理中"),
		do: changes(becomes(obs.State.Column, "无法办理"))},
	{months: inJune, unit: "自然资源局", codes: "C08", what: "办结时限没有年份", at: obs.Deadline.Column,
		fits: settled(obs.Deadline.Column, says(obs.State.Column, "办理中")), do: writes(obs.Deadline.Column, "7月底")},
	{months: inJune, unit: "自然资源局", codes: "V08", what: "受理日期早于提出日期", at: obs.Accepted.Column, fits: says(obs.State.Column, "受理"),
		do: changes(func(r *ledger.Record) {
			raised := obs.Raised.Of(r)
			put(r, obs.Accepted, monthOf(raised.Year*12+raised.Month-2).String())
		})},
	{months: inJune, unit: "生态环境局城固分局", codes: "V19", what: "包抓领导不在名单中", at: obs.Leader.Column, fits: stated(obs.Leader.Column),
		do: writes(obs.Leader.Column, "样例领导99")},
	{months: inJune, unit: "住房和城乡建设局", codes: "V52", what: "已解决待核而没有填实际办结日期", at: obs.Solved.Column, fits: says(obs.State.Column, "已解决待核"),
		do: writes(obs.Solved.Column, "")},
	{months: inJune, unit: "交通运输局", codes: "V02 M02@", what: "没有填问题编号，认不出是哪个问题", at: obs.Number.Column, fits: settled(obs.State.Column),
		do: writes(obs.Number.Column, "")},
	{months: inJune, unit: "水利局", codes: "M02@", what: "问题没有销号而从台账中消失，沿用上月", fits: settled(obs.State.Column, says(obs.State.Column, "办理中")), do: forgets},
	{months: inJune, unit: "农业农村局", codes: "V03", what: "同一问题填了两行，措施不同", at: obs.Number.Column, fits: says(obs.State.Column, "办理中"),
		do: again(becomes(obs.Measures.Column, "正在对接"))},
	{months: inJune, unit: "农业农村局", codes: "V42", what: "销号日期填到了下个月", at: obs.Closed.Column, fits: says(obs.State.Column, "销号"),
		do: func(f *filing, i int) *row {
			next := f.period.Add(1)
			put(&f.rows[i].Record, obs.Closed, ledger.Date{Year: next.Year, Month: next.Month, Day: 2}.String())
			return nil
		}},
	{months: inJune, unit: "城市管理局", codes: "V01", what: "没有填问题描述", at: obs.Description.Column, fits: settled(obs.Description.Column),
		do: writes(obs.Description.Column, "")},
	{months: inJune, unit: "行政审批服务局", codes: "V52", what: "已解决待核而没有填解决措施", at: obs.Measures.Column, fits: says(obs.State.Column, "已解决待核"),
		do: writes(obs.Measures.Column, "")},
	{months: inJune, unit: "城市建设投资集团", codes: "C12", what: "状态填了选项以外的字", at: obs.State.Column, fits: settled(obs.State.Column),
		do: writes(obs.State.Column, "跟踪中")},
	{months: inJune, unit: "航空经济技术开发区", codes: "V08", what: "实际办结日期早于提出日期", at: obs.Solved.Column, fits: says(obs.State.Column, "销号"),
		do: changes(func(r *ledger.Record) {
			raised := obs.Raised.Of(r)
			put(r, obs.Solved, monthOf(raised.Year*12+raised.Month-2).String())
		})},
}
