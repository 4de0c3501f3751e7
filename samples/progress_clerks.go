package samples

import (
	"fmt"
	"slices"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// prog are the columns, for short.
var prog = &form.Progress

var progressSample = newSample(sample{
	form: prog.Name.Form, tell: tellProgress, crowd: crowdProgress,
	hands: progressHands, events: progressEvents, troubles: progressTroubles,
})

// progressEnd are the columns that most hands end with.
var progressEnd = cols(prog.Department.Column, prog.Owner.Column, prog.Leader.Column, prog.Contact.Column, prog.Phone.Column, prog.Remark.Column)

var progressHands = []hand{
	{ // in 元, classes in sections, 〃 for the same as above
		file: "{单位}{期}重点项目进度.xlsx", sheet: "进度", font: "微软雅黑",
		title: "{单位}{期}重点项目进度表（样例数据）", lines: []string{"填报日期：{日}|填报人：{人}|单位：{量}"}, unit: ledger.Yuan,
		columns: slices.Concat([]column{running, col(prog.Name.Column, "重点项目名称"), col(prog.Code.Column, "国家代码"), col(prog.Level.Column, "层级"),
			col(prog.Class.Column, "项目性质"), col(prog.Place.Column, "项目地点"), col(prog.Years.Column, "建设周期"),
			by(grouped, prog.Total.Column, "概算总投资"), by(grouped, prog.BeforeYear.Column, "以前年度完成投资"), by(grouped, prog.YearPlan.Column, "年度投资计划"),
			by(grouped, prog.YearToDate.Column, "年初至今完成投资"), by(grouped, prog.SinceStart.Column, "开工以来累计完成投资"),
			by(percentText, prog.PlanShare.Column, "投资完成率"),
			by(typed, prog.Funds.Column, "资金到位"), col(prog.Appearance.Column, "工程形象进度"), by(inWords, prog.Start.Column, "实际开工日期"),
			by(inWords, prog.Finish.Column, "实际竣工日期"), col(prog.InStatistics.Column, "入统情况"), col(prog.Problems.Column, "主要问题")}, progressEnd),
		by: prog.Class.Column, ditto: []*form.Column{prog.Department.Column}, totals: totalLast,
	},
	{ // the year's figures under one heading; equal units merged
		file: "附件2：{简}{月}月重点项目进展情况表(最终版)(1).xlsx", sheet: "重点项目", font: "仿宋",
		title: "附件2\n{单位}{年}年{月}月重点项目进展情况表（样例数据）", lines: []string{"填报日期：{日}|单位：{量}"},
		columns: slices.Concat([]column{running, col(prog.Department.Column, "责任单位"), col(prog.Name.Column, "项目名称"), col(prog.Code.Column, "项目代码"),
			by(alias(0), prog.Level.Column, "重点级别"), col(prog.Class.Column, "建设性质"),
			col(prog.Years.Column, "建设年限"), col(prog.Total.Column, "项目总投资"), col(prog.BeforeYear.Column, "至{去年}年底完成投资"),
			col(prog.YearPlan.Column, "{年}年投资/计划"), col(prog.ThisMonth.Column, "{年}年投资/本月完成"), col(prog.YearToDate.Column, "{年}年投资/累计完成"),
			by(percentText, prog.PlanShare.Column, "{年}年投资/完成率"), col(prog.Appearance.Column, "形象进度"), by(slashed, prog.Start.Column, "开工时间"),
			by(slashed, prog.Finish.Column, "竣工时间"),
			col(prog.InStatistics.Column, "是否纳统"), col(prog.Problems.Column, "存在问题"), col(prog.NextMonth.Column, "下一步打算")}, progressEnd[1:]),
		merge: []*form.Column{prog.Department.Column}, totals: totalLast,
	},
	{ // 亿元 beside 万元, the total first, months with a dash of their own
		file: "{年}年{月}月{简}省市重点项目进度表.xlsx", sheet: "{月}月", font: "宋体",
		title: "{县}重点项目建设进度表", lines: []string{"报送部门：{单位}|{年}年{月}月|填报日期：{日}|（样例数据）"},
		columns: slices.Concat([]column{running, col(prog.Name.Column, "项目（工程）名称"), col(prog.Code.Column, "投资项目代码"), col(prog.Level.Column, "项目级别"),
			by(alias(0), prog.Class.Column, "项目类别"), by(wordySpan, prog.Years.Column, "起止时间"),
			in(ledger.HundredMillionYuan, prog.Total.Column, "总投资\n（亿元）"), in(ledger.TenThousandYuan, prog.BeforeYear.Column, "截至上年底累计完成投资（万元）"),
			in(ledger.TenThousandYuan, prog.YearPlan.Column, "{年}年计划投资（万元）"), in(ledger.TenThousandYuan, prog.ThisMonth.Column, "{月}月完成投资（万元）"),
			in(ledger.TenThousandYuan, prog.YearToDate.Column, "1—{月}月累计完成投资（万元）"),
			in(ledger.TenThousandYuan, prog.SinceStart.Column, "自开始累积完成投资（万元）"), by(percentNumber, prog.PlanShare.Column, "占年度计划%"),
			col(prog.Appearance.Column, "项目进展情况"), by(inWords, prog.PlanStart.Column, "预计开工时间"), by(calendar, prog.Start.Column, "实际开工"),
			by(inWords, prog.PlanFinish.Column, "预计竣工时间"), by(calendar, prog.Finish.Column, "竣工日期"),
			by(tick, prog.InStatistics.Column, "纳入统计"), col(prog.Problems.Column, "存在困难和问题")}, progressEnd),
		totals: totalFirst, phantom: 8,
	},
	{ // three header rows, column numbers
		file: "{单位}重点项目月报表{年}.{月}.xlsx", sheet: "月报", font: "宋体",
		title: "重点建设项目进展情况月报表\n（{期}，样例数据）", lines: []string{"填报单位：{单位}  填报人：{人}||填报日期：{日}|单位：{量}"},
		columns: slices.Concat([]column{running, col(prog.Name.Column, "项目名称"), col(prog.Code.Column, "项目代码"), col(prog.Level.Column, "级别"),
			col(prog.Class.Column, "类别"), col(prog.Years.Column, "建设起止年限"), col(prog.Content.Column, "主要建设内容")},
			under("投资完成情况", []column{col(prog.Total.Column, "总投资"), col(prog.BeforeYear.Column, "上年底累计完成投资"), col(prog.YearPlan.Column, "年度计划投资"),
				col(prog.YearToDate.Column, "1-N月/完成投资"), col(prog.PlanShare.Column, "1-N月/占年度计划"), col(prog.ThisMonth.Column, "当月完成投资"),
				col(prog.SinceStart.Column, "开工累计/完成投资"), col(prog.Funds.Column, "到位资金")}),
			under("进展情况", []column{col(prog.Appearance.Column, "目前形象进度"), col(prog.Start.Column, "实际开工时间"), col(prog.Finish.Column, "实际竣工时间"),
				col(prog.InStatistics.Column, "是否入统"), col(prog.Problems.Column, "存在的问题"), col(prog.NextMonth.Column, "下月工作计划")}), progressEnd),
		numbers: true, totals: totalTyped, beside: []*page{{name: "Sheet2"}},
	},
	{ // the form as it was sent out
		file: "县{简}{月}月进展.xlsx", sheet: "重点项目", font: "宋体",
		title: "{县}{单位}{期}重点项目建设进展月报表（样例数据）",
		lines: []string{"填报单位：{单位}（盖章）|填报人：{人}|填报日期：{日}|单位：{量}"},
		columns: slices.Concat([]column{running},
			cols(prog.Name.Column, prog.Code.Column, prog.Level.Column, prog.Class.Column, prog.Field.Column, prog.Place.Column, prog.Content.Column,
				prog.Years.Column, prog.Total.Column, prog.BeforeYear.Column, prog.YearPlan.Column, prog.PlanToDate.Column, prog.ThisMonth.Column,
				prog.YearToDate.Column, prog.SinceStart.Column, prog.PlanShare.Column,
				prog.Funds.Column, prog.YearGoal.Column, prog.Appearance.Column, prog.PlanStart.Column, prog.Start.Column, prog.PlanFinish.Column,
				prog.Finish.Column,
				prog.InStatistics.Column, prog.StatisticsSince.Column, prog.Problems.Column, prog.Requests.Column, prog.NextMonth.Column),
			progressEnd[:3], cols(prog.SevenSeven.Column, prog.TaskForce.Column, prog.Scheme.Column), progressEnd[3:]),
		totals: totalLast, notes: []string{"注：1.累计完成投资从1月1日起算。2.本表为样例数据。", "单位负责人：（印章）"},
	},
}

var progressEvents = []event{
	{[]int{5}, "文化和旅游局", repeated}, {[]int{6}, "文化和旅游局", oldSheet}, {[]int{6}, "城市管理局", superseded},
}

var progressTroubles = []*trouble{
	{months: []int{1, 2, 3, 4, 5}, unit: "城市建设投资集团", codes: "V28", what: "续建项目有完成投资而没有填实际开工时间", at: prog.Start.Column,
		fits: all(says(prog.Class.Column, "续建"), blank(prog.Start.Column))},
	{months: inMay, unit: "交通运输局", codes: "C03", what: "占年度计划填成了文字", at: prog.PlanShare.Column, fits: moving, do: writes(prog.PlanShare.Column, "过半")},

	{months: inJune, unit: "交通运输局", codes: "C01", what: "本月完成投资填的是约数", at: prog.ThisMonth.Column, fits: moving, do: writes(prog.ThisMonth.Column, "约40")},
	{months: inJune, unit: "经济贸易局", codes: "V21", what: "累计完成投资比上月少，没有说明", at: prog.YearToDate.Column, fits: moving, do: changes(func(r *ledger.Record) {
		rewrite(r, lastMonth(r)-tenth(lastMonth(r)))
	})},
	{months: inJune, unit: "住房和城乡建设局", codes: "V22", what: "累计不等于上月累计加本月完成", at: prog.YearToDate.Column, fits: moving,
		do: changes(more(prog.ThisMonth.Column, 50))},
	{months: inJune, unit: "水利局", codes: "V23", what: "自开工累计比两个累计数之和多100万元", at: prog.SinceStart.Column, fits: moving,
		do: changes(more(prog.SinceStart.Column, 100))},
	{months: inJune, unit: "农业农村局", codes: "V25", what: "占年度计划比计算值多5个百分点", at: prog.PlanShare.Column, fits: moving, do: changes(func(r *ledger.Record) {
		prog.PlanShare.Set(r, ledger.Number(prog.PlanShare.Value(r).N+form.RateScale/20))
	})},
	{months: inJune, unit: "文化和旅游局", codes: "V27", what: "年度计划投资比上月多，没有说明", at: prog.YearPlan.Column,
		fits: settled(prog.YearPlan.Column, says(prog.Class.Column, "新开工")), do: changes(func(r *ledger.Record) {
			prog.YearPlan.Set(r, money(prog.YearPlan.Value(r).N/int64(ledger.TenThousandYuan)*102/100))
			rewrite(r, prog.YearToDate.Value(r).N)
		})},
	{months: inJune, unit: "卫生健康局", codes: "V24 V26@year_plan V38@total", what: "总投资填得比已完成的还少，不到上月的一半", at: prog.YearToDate.Column,
		fits: all(moving, func(now, _ *ledger.Record) bool { return 2*tooLittle(now).N <= prog.Total.Value(now).N }),
		do:   changes(func(r *ledger.Record) { prog.Total.Set(r, tooLittle(r)) })},
	{months: inJune, unit: "城市管理局", codes: "V30", what: "有竣工时间而类别不是建成", at: prog.Class.Column, fits: all(moving, says(prog.Class.Column, "续建")),
		do: func(f *filing, i int) *row {
			put(&f.rows[i].Record, prog.Finish, ledger.Date{Year: f.period.Year, Month: f.period.Month, Day: 8}.String())
			return nil
		}},
	{months: inJune, unit: "城市建设投资集团", codes: "V31", what: "开工数月仍未入统", at: prog.InStatistics.Column, fits: all(moving, says(prog.Class.Column, "续建")),
		do: changes(func(r *ledger.Record) {
			prog.InStatistics.Set(r, ledger.Number(0))
			prog.StatisticsSince.Set(r, ledger.Value{})
		})},
	{months: inJune, unit: "三合循环经济产业园区", codes: "V21 V09@this_month", what: "本月完成投资为负数，没有说明", at: prog.YearToDate.Column,
		fits: all(moving, says(prog.Class.Column, "续建")), do: changes(func(r *ledger.Record) {
			before := lastMonth(r)
			prog.ThisMonth.Set(r, ledger.Number(-tenth(before)))
			rewrite(r, before-tenth(before))
		})},
	{months: inJune, unit: "三合循环经济产业园区", codes: "V35", what: "进度滞后而没有填存在问题", at: prog.Problems.Column, fits: stated(prog.Problems.Column),
		do: changes(func(r *ledger.Record) {
			rewrite(r, prog.YearToDate.Value(r).N)
			prog.Problems.Set(r, ledger.Value{})
		})},
	{months: inJune, unit: "航空经济技术开发区", codes: "V29", what: "实际开工时间填到了下个月", at: prog.Start.Column, fits: settled(prog.Start.Column),
		do: func(f *filing, i int) *row {
			next := f.period.Add(1)
			put(&f.rows[i].Record, prog.Start, ledger.Date{Year: next.Year, Month: next.Month, Day: 10}.String())
			return nil
		}},
	{months: inJune, unit: "教育体育局", codes: "V08", what: "计划竣工时间早于计划开工时间", at: prog.PlanFinish.Column, fits: settled(prog.PlanFinish.Column),
		do: changes(func(r *ledger.Record) {
			start := prog.PlanStart.Of(r)
			put(r, prog.PlanFinish, monthOf(start.Year*12+start.Month-3).String())
		})},
	{months: inJune, unit: "教育体育局", codes: "V01", what: "没有填包抓领导", at: prog.Leader.Column, fits: settled(prog.Leader.Column),
		do: writes(prog.Leader.Column, "")},
	{months: inJune, unit: "发展和改革局", codes: "F54", what: "列名写的是前年的年份", mark: "head before_year", do: func(f *filing, _ int) *row {
		f.hand.columns = slices.Clone(f.hand.columns)
		i := slices.IndexFunc(f.hand.columns, func(c column) bool { return c.of == prog.BeforeYear.Column })
		f.hand.columns[i].head = fmt.Sprintf("至%d年底完成投资", f.period.Year-2)
		return nil
	}},
}

// moving rows have completed something this month and had before.
func moving(now, before *ledger.Record) bool {
	return before != nil && prog.ThisMonth.Value(now).N > 0 && prog.YearToDate.Value(before).N > 0
}

// lastMonth is what the row had completed a month ago; tenth is a tenth, in whole 万元.
func lastMonth(r *ledger.Record) int64 { return prog.YearToDate.Value(r).N - prog.ThisMonth.Value(r).N }

func tenth(amount int64) int64 {
	return max(amount/10/int64(ledger.TenThousandYuan), 1) * int64(ledger.TenThousandYuan)
}

// rewrite changes what is completed since January, with the share that goes with it and a
// reason, in case it is now behind.
func rewrite(r *ledger.Record, toDate int64) {
	prog.YearToDate.Set(r, ledger.Number(toDate))
	prog.SinceStart.Set(r, ledger.Number(prog.BeforeYear.Value(r).N+toDate))
	prog.PlanShare.Set(r, share(toDate, prog.YearPlan.Value(r).N))
	put(r, prog.Problems, "征地拆迁未完成，影响施工")
}

// tooLittle is a total of 100万元 less than what is completed.
func tooLittle(r *ledger.Record) ledger.Value {
	return ledger.Number(prog.SinceStart.Value(r).N - 100*int64(ledger.TenThousandYuan))
}
