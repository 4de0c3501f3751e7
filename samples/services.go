package samples

import (
	"cmp"
	"fmt"
	"slices"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// serv are the columns, for short.
var serv = &form.Services

var _ = newSample(sample{form: serv.Indicator.Form, tell: tellServices, hands: servicesHands, troubles: servicesTroubles})

// An indicator is a rate, with its numerator and denominator, or a number of things.
type indicator struct {
	unit, name, basis string
	number, of        int
	in                string   // what is counted; of a rate blank
	says              string   // instead of the value
	figure            string   // the published figure that it gives
	wrong             *trouble // of the month's own story
}

// The hotline by month: orders received, and those carried into the month. What is due is
// what came less what is carried on. June has the 4900余 that were published.
var (
	orders  = [13]int{1: 3870, 2: 3520, 3: 4410, 4: 4620, 5: 4785, 6: 4936, 7: 5102, 8: 5240, 9: 4870, 10: 4655, 11: 4590, 12: 4480}
	carried = [14]int{1: 236, 2: 201, 3: 184, 4: 243, 5: 227, 6: 259, 7: 271, 8: 288, 9: 302, 10: 264, 11: 241, 12: 230, 13: 225}
)

// indicators are the month's: in June as published, before and after it a little less and a
// little more. Those at the end of each unit's are not on the county's list.
func (s *scene) indicators() []indicator {
	month, since := s.month(), s.month()-6 // since June
	due := orders[month] + carried[month] - carried[month+1]
	const approval, tax, hotline = "行政审批服务局", "税务局", "12345热线办"
	return append([]indicator{
		{unit: approval, name: "网办率", basis: "按事项：可网上办理事项÷依申请事项", number: 1152 + 6*since, of: 1200, figure: "services.online_bp"},
		{unit: approval, name: "网办率", basis: "按办件：网上办件量÷总办件量", number: 16_400 + 100*since, of: 20_000},
		{unit: approval, name: "办理时限压缩率", basis: "（法定时限－承诺时限）÷法定时限", number: 8400 + 25*since, of: 10_000, figure: "services.time_saved_bp"},
		{unit: approval, name: "“一件事”件数", basis: "累计推出", number: 15 + since/2, in: "件", figure: "services.one_thing"},
		{unit: approval, name: "材料精简率", basis: "“一件事”申报材料", number: 306 + 3*since, of: 600, figure: "services.material_saved_bp"},
		{unit: tax, name: "涉企纳税全程网办项数", basis: "累计", number: 372 + since, in: "项", figure: "services.tax_online"},
		{unit: tax, name: "非接触办项数", basis: "累计", number: 233 + since, in: "项", figure: "services.contactless"},
		{unit: hotline, name: "12345受理", basis: "当月", number: orders[month], in: "件", figure: "services.hotline_orders"},
		{unit: hotline, name: "12345上月结转", basis: "当月", number: carried[month], in: "件"},
		{unit: hotline, name: "12345应办结", basis: "当月到期", number: due, in: "件"},
		{unit: hotline, name: "12345按期办结", basis: "当月到期", number: due, in: "件"},
		{unit: hotline, name: "12345逾期", basis: "当月", number: 0, in: "件", figure: "services.hotline_overdue"},
		{unit: hotline, name: "限时办结率", basis: "按期办结÷应办结", number: due, of: due, figure: "services.on_time_bp"},
	}, s.besideTheList(approval, tax)...)
}

// besideTheList are indicators that the county does not ask for; in June each has a trouble
// of its own besides.
func (s *scene) besideTheList(approval, tax string) []indicator {
	const unlisted = "指标不在县里的清单中"
	all := []indicator{
		{unit: approval, name: "企业开办时间", basis: "平均", number: 1, in: "天"},
		{unit: approval, name: "好差评好评率", basis: "当月", number: 9987, of: 10_000},
		{unit: approval, name: "帮办代办件数", basis: "当月", number: 420 + 7*s.month(), in: "件"},
		{unit: tax, name: "电子发票开具占比", basis: "当月", number: 9120 + 10*s.month(), of: 10_000},
	}
	for i := range all {
		all[i].wrong = &trouble{codes: "M28", what: unlisted, at: serv.Indicator.Column}
	}
	if s.month() == 6 {
		rated, counted, taxed := &all[1], &all[2], &all[3]
		rated.number, rated.says = 10_120, "99.87%"
		rated.wrong = &trouble{codes: "M28 V87@numerator V86@indicator_value", what: unlisted + "，分子比分母大", at: serv.Indicator.Column}
		counted.says = "460余"
		counted.wrong = &trouble{codes: "M28 V85@indicator_value", what: unlisted + "，值是约数", at: serv.Indicator.Column}
		taxed.of, taxed.in, taxed.says = 0, "%", "0.918"
		taxed.wrong = &trouble{codes: "M28 V88@indicator_value", what: unlisted + "，分不清是小数还是百分数", at: serv.Indicator.Column}
	}
	return all
}

func tellServices(s *scene) *telling {
	t := newTelling()
	for _, i := range s.indicators() {
		r := ledger.Record{}
		put(&r, serv.Indicator, i.name)
		put(&r, serv.Basis, i.basis)
		put(&r, serv.Department, i.unit)
		value, figure := fmt.Sprint(i.number), i.number
		if i.of > 0 {
			set(&r, serv.Numerator, things(i.number))
			set(&r, serv.Denominator, things(i.of))
			figure = i.number * 10_000 / i.of
			value, i.in = ledger.Exactly(int64(figure), 100)+"%", "%"
		}
		put(&r, serv.Value, cmp.Or(i.says, value))
		put(&r, serv.Unit, i.in)
		if i.wrong != nil {
			t.say(i.unit, r, i.wrong)
		} else {
			t.say(i.unit, r)
		}
		if i.figure != "" {
			t.figures[i.figure] = int64(figure)
		}
	}
	return t
}

var servicesHands = []hand{
	{ // numerators and denominators under one heading
		file: "{简}{月}月营商环境指标.xlsx", sheet: "营商环境指标", font: "宋体",
		title: "{县}营商环境指标表（{期}）样例数据", lines: []string{"填报单位：{单位}|填报人：{人}|填报日期：{日}"},
		columns: slices.Concat([]column{running, col(serv.Indicator.Column, "指标名称"), col(serv.Basis.Column, "指标口径")},
			under("计算", cols(serv.Numerator.Column, serv.Denominator.Column)),
			[]column{col(serv.Value.Column, "指标值"), col(serv.Unit.Column, "计量单位"), col(serv.Department.Column, "责任单位")}, cols(serv.Remark.Column)),
		numbers: true,
	},
	{ // values as numbers, rates as shares that show percent
		file: "{单位}{期}营商环境.xlsx", sheet: "指标", font: "仿宋",
		title: "{单位}营商环境监测指标表\n（{期}，样例数据）", lines: []string{"填报日期：{日}"},
		columns: slices.Concat([]column{running}, cols(serv.Indicator.Column, serv.Basis.Column, serv.Numerator.Column, serv.Denominator.Column),
			[]column{by(stored, serv.Value.Column, "完成值"), col(serv.Unit.Column, "单位"), col(serv.Department.Column, "数据来源")}, cols(serv.Remark.Column)),
	},
	{ // the hotline's own bulletin
		file: "{年}年{月}月{单位}.xlsx", sheet: "热线", font: "微软雅黑",
		title: "优化营商环境指标表——12345热线（{期}，样例数据）", lines: []string{"填报单位：{单位}||填报日期：{日}"},
		columns: slices.Concat([]column{running, col(serv.Indicator.Column, "监测指标"), col(serv.Basis.Column, "统计口径"),
			by(stored, serv.Value.Column, "数值"), col(serv.Unit.Column, "单位"), col(serv.Department.Column, "责任部门")}, cols(serv.Remark.Column)),
		notes: []string{"注：本表为样例数据。限时办结率以应办结工单为分母。"},
	},
}

var servicesTroubles = []*trouble{
	{months: inMay, unit: "税务局", codes: "C05", what: "分子填成了文字", at: serv.Numerator.Column, fits: says(serv.Indicator.Column, "非接触办项数"),
		do: writes(serv.Numerator.Column, "两百余")},
	{months: inJune, unit: "行政审批服务局", codes: "V86", what: "材料精简率写成61%，与分子÷分母不符", at: serv.Value.Column, fits: says(serv.Indicator.Column, "材料精简率"),
		do: changes(becomes(serv.Value.Column, "61%"))},
	{months: inJune, unit: "12345热线办", codes: "M27@", what: "清单中的一项指标没有报", fits: says(serv.Indicator.Column, "12345按期办结"), do: forgets},
}
