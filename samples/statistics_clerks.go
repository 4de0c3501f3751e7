package samples

import (
	"slices"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// stat are the columns, for short.
var stat = &form.Statistics

var statisticsSample = newSample(sample{
	form: stat.Name.Form, tell: tellStatistics, hands: statisticsHands, troubles: statisticsTroubles,
})

var statisticsHands = []hand{
	{ // parts under one heading, column numbers, the county's line among the projects
		file: "{单位}/{年}年1-{月}月固定资产投资项目入统情况表.xlsx", sheet: "入统情况", font: "宋体",
		title: "{县}固定资产投资项目入统情况表\n（{年}年1-{月}月，样例数据）", lines: []string{"填报单位：{单位}|填报日期：{日}|计量单位：{量}"},
		columns: slices.Concat([]column{running, col(stat.Name.Column, "项目名称"), col(stat.Code.Column, "项目代码"), col(stat.Unit.Column, "统计单位"),
			by(alias(0), stat.Table.Column, "表号"),
			by(grouped, stat.Total.Column, "计划总投资"), by(calendar, stat.Since.Column, "入库时间"), by(grouped, stat.YearToDate.Column, "自年初累计\n完成投资"),
			by(grouped, stat.ThisMonth.Column, "{月}月完成投资")},
			write(grouped, under("按构成分", cols(stat.Construction.Column, stat.Installation.Column, stat.Equipment.Column, stat.OtherCosts.Column))),
			[]column{by(grouped, stat.SinceStart.Column, "自开始建设累计\n完成投资"), by(percentNumber, stat.Growth.Column, "固定资产投资增速（%）"),
				col(stat.Leaving.Column, "退统原因"), col(stat.Remark.Column, "备注")}),
		numbers: true, totals: totalLast, notes: []string{"注：本表为样例数据。计划总投资5000万元及以上项目报206-1表，500万元至5000万元项目报206-2表。"},
	},
}

var statisticsTroubles = []*trouble{
	{months: inMay, unit: "统计局", codes: "C01", what: "本月完成投资填的是约数", at: stat.ThisMonth.Column, fits: counting, do: writes(stat.ThisMonth.Column, "约120")},
	{months: inMay, unit: "统计局", codes: "V43", what: "四项构成之和比自年初累计多80万元", at: stat.YearToDate.Column, fits: counting,
		do: changes(more(stat.Construction.Column, 80))},

	{months: inJune, unit: "统计局", codes: "V43", what: "四项构成之和比自年初累计多30万元", at: stat.YearToDate.Column, fits: counting,
		do: changes(more(stat.OtherCosts.Column, 30))},
	{months: inJune, unit: "统计局", codes: "V22", what: "累计不等于上月累计加本月完成", at: stat.YearToDate.Column, fits: counting,
		do: changes(more(stat.ThisMonth.Column, 50))},
	{months: inJune, unit: "统计局", codes: "V21 V09@this_month", what: "累计完成投资比上月少，没有说明", at: stat.YearToDate.Column, fits: counting,
		do: changes(func(r *ledger.Record) {
			before := stat.YearToDate.Value(r).N - stat.ThisMonth.Value(r).N
			set(r, stat.ThisMonth, ledger.Number(-tenth(before)))
			invest(r, before-tenth(before), false)
		})},
	{months: inJune, unit: "统计局", codes: "V44 V48@since_start", what: "计划总投资填成380万元，不到统计起点，也比已完成的少", at: stat.Total.Column,
		fits: all(counting, says(stat.Table.Column, "206-2")), do: changes(func(r *ledger.Record) {
			set(r, stat.Total, money(380))
			set(r, stat.SinceStart, ledger.Number(max(stat.SinceStart.Value(r).N, money(400).N)))
		})},
	{months: inJune, unit: "统计局", codes: "V48", what: "自开始建设累计比计划总投资多100万元", at: stat.SinceStart.Column, fits: counting, do: changes(func(r *ledger.Record) {
		set(r, stat.SinceStart, ledger.Number(stat.Total.Value(r).N+money(100).N))
	})},
	{months: inJune, unit: "统计局", codes: "V45", what: "有投资数而没有填入库时间", at: stat.Since.Column, fits: counting, do: writes(stat.Since.Column, "")},
	{months: inJune, unit: "统计局", codes: "V42", what: "入库时间填到了下个月", at: stat.Since.Column, fits: settled(stat.Since.Column, counting),
		do: func(f *filing, i int) *row {
			next := f.period.Add(1)
			put(&f.rows[i].Record, stat.Since, ledger.Date{Year: next.Year, Month: next.Month, Day: 6}.String())
			return nil
		}},
	{months: inJune, unit: "统计局", codes: "V46", what: "大项目填了206-2表", at: stat.Table.Column, fits: all(counting, says(stat.Table.Column, "206-1")),
		do: changes(becomes(stat.Table.Column, "206-2"))},
	{months: inJune, unit: "统计局", codes: "V47", what: "自年初累计比自开始建设累计多100万元", at: stat.YearToDate.Column, fits: counting, do: changes(func(r *ledger.Record) {
		set(r, stat.SinceStart, ledger.Number(stat.YearToDate.Value(r).N-money(100).N))
	})},
	{months: inJune, unit: "统计局", codes: "V06", what: "项目代码校验位不符", at: stat.Code.Column, fits: counting, do: changes(miscopy(stat.Code.Column))},
	{months: inJune, unit: "统计局", codes: "C13", what: "项目代码存成了数字，后几位丢失", at: stat.Code.Column, fits: counting,
		do: as(stat.Code.Column, cell{value: 23046107220401106e3, look: numberLook})},
	{months: inJune, unit: "统计局", codes: "V01", what: "没有填计划总投资", at: stat.Total.Column, fits: settled(stat.Total.Column, counting),
		do: writes(stat.Total.Column, "")},
}

// counting rows are projects that have invested this month and had before, enough that the
// mistakes of clerks stay among whole 万元.
func counting(now, before *ledger.Record) bool {
	return before != nil && stat.ThisMonth.Value(now).N > 0 && stat.YearToDate.Value(before).N > money(200).N
}
