package form

import (
	"slices"
	"strings"

	"huizong/internal/ledger"
)

var services = newForm(Form{
	Number: 10, ID: "services", Title: "营商环境指标表", English: "indicators of the business environment",
	Aliases: []string{"营商环境指标情况表", "营商环境指标统计表", "营商环境监测指标表", "优化营商环境指标表", "营商环境指标月报表", "政务服务指标表", "政务服务指标情况表", "营商环境指标完成情况表", "营商环境指标"},
})

// indicators are those that the county publishes, with what staff call them. Others are
// taken as they stand.
var indicators = words(
	"网办率/网上可办率/网上办理率/政务服务事项网办率/申请政务服务事项网办率/依申请政务服务事项网办率/全程网办率/网办率(事项)/网办率(办件)/政务服务网办率",
	"办理时限压缩率/时限压缩率/承诺时限压缩率/办理时限压缩/时限压缩/审批时限压缩率/办理时限压缩比例",
	"“一件事”件数/\"一件事\"件数/一件事件数/“一件事”数量/“一件事”/一件事/“一件事”集成办理件数/“一件事”事项数/一件事集成服务数/“一件事”个数",
	"材料精简率/\"一件事\"材料精简率/申报材料精简率/“一件事”材料精简率/一件事材料精简率/“一件事”申报材料精简率/材料压减率/申报材料压减率",
	"涉企纳税全程网办项数/全程网办项数/全程网办/涉企纳税事项全程网办/涉税事项全程网办项数/纳税全程网办项数/涉企纳税全程网办/全程网办事项数",
	"非接触办项数/非接触办/“非接触式”办税项数/涉企纳税非接触办项数/非接触式办税事项数/“非接触”办项数/非接触办理项数/非接触办事项数",
	"12345受理/12345工单受理/12345受理工单/12345热线受理量/12345工单数/受理工单/工单受理量/12345当月受理/热线受理工单/12345工单受理量",
	"12345上月结转/上月结转工单/上月结转/12345结转工单/12345工单上月结转",
	"12345应办结/应办结工单/应办结/12345应办结工单/12345工单应办结",
	"12345按期办结/按期办结工单/按期办结/按时办结工单/12345按时办结/12345工单按期办结",
	"12345逾期/逾期工单/逾期/12345逾期工单/逾期未办结工单/12345工单逾期/超期工单",
	"限时办结率/12345限时办结率/按期办结率/按时办结率/12345按期办结率/工单限时办结率/12345按时办结率",
)

// The indicators that are figures, in the order of their words.
const (
	online = iota
	timeSaved
	oneThing
	materialSaved
	taxOnline
	contactless
	orders
	carriedOrders
	dueOrders
	punctualOrders
	overdueOrders
	onTime
)

// Services is 营商环境指标表: a row is an indicator. Its value is kept as it is written, for
// its unit is the row's own: 96%, or 372 项.
var Services = struct {
	Indicator   Text
	Basis       Text // 口径: what it is taken of; 网办率 of matters (事项) or of cases (办件)
	Numerator   Count
	Denominator Count
	Value       Text
	Unit        Text
	Department  Text
	Remark      Text
}{
	Indicator:   services.text(Required, "indicator", "指标", "指标名称", "名称", "监测指标", "指标内容"),
	Basis:       services.text(Optional, "basis", "口径", "指标口径", "统计口径", "计算口径", "指标解释"),
	Numerator:   services.count(Optional, "numerator", "分子", "分子数", "分子值", "计算/分子"),
	Denominator: services.count(Optional, "denominator", "分母", "分母数", "分母值", "计算/分母"),
	Value:       services.text(Optional, "indicator_value", "值", "指标值", "数值", "完成值", "完成情况", "本月值", "当前值", "实际值"),
	Unit:        services.text(Required, "unit", "单位", "计量单位", "指标单位", "数据单位"),
	Department:  services.text(Required, "department", "责任单位", "牵头单位", "数据来源单位", "填报单位", "数据来源", "责任部门").as(RoleResponsible),
	Remark:      services.text(Optional, "remark", "备注", "说明", "备注说明").as(RoleRemark),
}

// Findings of the services form.
var (
	ValueUnread = ledger.Declare("V85", ledger.Error, ledger.AcceptExplained, ledger.Level1, "type-error",
		ledger.Zh("指标值没有填写或不是数字，又没有分子、分母可算", "请只填数字（百分比写成96或96%），或补填分子和分母"),
		ledger.En("the value is blank or no number, and there is nothing to compute it from", "give a number (96 or 96%), or numerator and denominator"))
	ValueApart = ledger.Declare("V86", ledger.Query, ledger.HoldField, ledger.Level1, "balance-error",
		ledger.Zh("指标值与分子÷分母不符", "请核对指标值、分子和分母"),
		ledger.En("the value differs from numerator over denominator", "check the value and both parts"))
	PartOverWhole = ledger.Declare("V87", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("比率的分子大于分母，或比率不在0至100%之间", "请核对分子、分母和指标值"),
		ledger.En("the numerator exceeds the denominator, or the rate is not between 0 and 100%", "check both and the value"))
	PercentSuspect = ledger.Declare("V88", ledger.Query, ledger.HoldField, ledger.Level1, "unit-suspect",
		ledger.Zh("单位是%，而指标值不超过1，分不清是小数还是百分数", "请写明百分比，如96%"),
		ledger.En("the unit is % but the value is no more than 1: it may be a fraction", "write it out in percent, like 96%"))
)

// A stating is the number that a text states in the row's unit; a percentage is a share of
// one. Signs of thousands and the unit's own word may stand with it, nothing else: 4900余
// states none.
type stating struct{ text, unit Text }

func (s stating) shape() Type        { return CountType }
func (s stating) String() string     { return s.text.String() }
func (s stating) show(e *Env) string { return s.text.String() + " " + s.text.Of(e.Now) }
func (s stating) quantity(e *Env) (fraction, bool) {
	unit := ledger.Fold(s.unit.Of(e.Now))
	text := ledger.Fold(s.text.Of(e.Now))
	digits, percent := strings.CutSuffix(text, "%")
	percent = percent || unit == "%" || unit == "百分比"
	digits = strings.ReplaceAll(strings.TrimSuffix(digits, unit), ",", "")
	n, err := ledger.ParseDecimal(digits, RateScale)
	if err != nil {
		return fraction{}, false
	}
	value := fractionOf(n, RateScale)
	if percent {
		value = value.over(integer(100))
	}
	return value, true
}
func (s stating) compile(c *compiler) number {
	c.cannot("“" + s.text.String() + "”可以连单位一起填写（如96%、372件），公式认不全")
	return number{"0", never, 0}
}

// A rating is a stating that is shown as a rate.
type rating struct{ stating }

func (rating) shape() Type { return RateType }

// readable holds where the first quantity is known, or else the second; it is never undecided.
type readable [2]Quantity

func (r readable) String() string { return r[0].String() + " 为数字，或有 " + r[1].String() }
func (r readable) Judge(e *Env) Outcome {
	return outcome(slices.ContainsFunc(r[:], func(q Quantity) bool { _, known := q.quantity(e); return known }))
}
func (r readable) Explain(*Env) string { return "数字，如372、96%" }
func (r readable) compile(c *compiler) (passes, fails string) {
	passes = or(r[0].compile(c).known, r[1].compile(c).known)
	return passes, negated(passes)
}

func init() {
	s := &Services
	s.Indicator.Words = indicators
	services.Entity = s.Indicator
	services.Apart = []*Column{s.Basis.Column}
	s.Indicator.Identity = true
	for _, c := range []*Column{s.Numerator.Column, s.Denominator.Column, s.Value.Column} {
		c.Anew = true
	}

	of := func(indicator int) Statement { return Means(s.Indicator, indicators[indicator].Name) }
	value, rate := stating{s.Value, s.Unit}, rating{stating{s.Value, s.Unit}}
	computed := Share(s.Numerator, s.Denominator)
	statedInPercent := Called("单位为%", Either(Mentions(s.Unit, "%"), Mentions(s.Unit, "百分"), Mentions(s.Value, "%")))
	services.Rules = []Rule{
		{ValueUnread, s.Value.Column, readable{value, computed}},
		{ValueApart, s.Value.Column, Given(statedInPercent, Near(rate, computed, Setting("services.tolerance", RateType)))},
		{PartOverWhole, s.Numerator.Column, Given(statedInPercent, AtMost(s.Numerator, s.Denominator))},
		{PartOverWhole, s.Value.Column, Given(statedInPercent, Both(AtLeast(rate, None), AtMost(rate, Full)))},
		{PercentSuspect, s.Value.Column, Given(Both(statedInPercent, Not(Mentions(s.Value, "%")), MoreThan(rate, None),
			Not(Stated(s.Numerator.Column, s.Denominator.Column))),
			MoreThan(rate, Setting("services.suspect", RateType)))},
		{NotWhole, s.Numerator.Column, WholeNumber(s.Numerator)},
		{NotWhole, s.Denominator.Column, WholeNumber(s.Denominator)},
	}
	// A rate is published as stated; where it is not stated, as computed.
	published := OrElse(rate, computed)
	cases := Either(Mentions(s.Basis, "办件"), Mentions(s.Indicator, "办件"))
	number := func(indicator int) Measure { return ValueWhere(value, of(indicator)) }
	services.Figures = []Figure{
		inPercent("services.online_bp", "网办率（按事项）", ValueWhere(published, Both(of(online), Not(cases)))),
		inPercent("services.online_cases_bp", "网办率（按办件）", ValueWhere(published, Both(of(online), cases))),
		inPercent("services.time_saved_bp", "办理时限压缩率", ValueWhere(published, of(timeSaved))),
		counted("services.one_thing", "“一件事”件数", "件", number(oneThing)),
		inPercent("services.material_saved_bp", "“一件事”材料精简率", ValueWhere(published, of(materialSaved))),
		counted("services.tax_online", "涉企纳税全程网办项数", "项", number(taxOnline)),
		counted("services.contactless", "涉企纳税非接触办项数", "项", number(contactless)),
		counted("services.hotline_orders", "12345受理工单", "件", number(orders)),
		counted("services.hotline_carried", "12345上月结转工单", "件", number(carriedOrders)),
		counted("services.hotline_overdue", "12345逾期工单", "件", number(overdueOrders)),
		// 限时办结率 is over what was due (应办结), never over what was received.
		inPercent("services.on_time_bp", "12345限时办结率", FirstKnown(ValueWhere(published, of(onTime)), RatioOf(number(punctualOrders), number(dueOrders)))),
	}
}
