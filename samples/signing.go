package samples

import (
	"fmt"
	"slices"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// signed are the amounts signed in each month, in 万元: in June 17亿元 over seven projects,
// as published.
var signed = [13][]int64{
	1: {12000, 8000}, 2: {6500}, 3: {36000, 20000, 15500, 9000}, 4: {28000, 12500, 4200}, 5: {31000, 18000, 9500, 6000, 3600},
	6: {52000, 36000, 28000, 21000, 15000, 12000, 6000}, 7: {24000, 9000}, 8: {15000, 5200}, 9: {42000, 16000, 8800, 5000},
	10: {30000, 11000, 7200}, 11: {26000, 19500, 8400, 3000}, 12: {18000, 9600},
}

// sign are the columns, for short.
var sign = &form.Signing

var signingSample = newSample(sample{form: sign.Name.Form, tell: tellSigning, hands: signingHands, troubles: signingTroubles})

// tellSigning tells the month's projects. The third and the fourth have started: one that
// 招商服务中心 has in its reserve, and one that nobody reports.
func tellSigning(s *scene) *telling {
	t := newTelling()
	planner := newPlanner(s.seed, s.county)
	for i, amount := range signed[s.month()] {
		d := roll(s.seed, "签约", s.period.String(), fmt.Sprint(i))
		at := planner.site("招商服务中心", mark{end: "（签约）"}, strings.Fields("工业 文旅 农业"), "签约", s.period.String(), fmt.Sprint(i))
		r := ledger.Record{}
		put(&r, sign.Name, at.name)
		put(&r, sign.Investor, s.enterprise(i, 4))
		put(&r, sign.Agreement, []string{"正式合同", "正式合同", "框架协议"}[i%3])
		put(&r, sign.Signed, s.day(s.month(), 3+i*2).String())
		set(&r, sign.Total, money(amount))
		set(&r, sign.Fixed, money(amount*7/10))
		set(&r, sign.Funds, money(amount*int64(d.between(0, 12))/100))
		put(&r, sign.Origin, map[bool]string{true: "省内", false: "省际"}[strings.HasPrefix(sign.Investor.Of(&r), "西安")])
		set(&r, sign.IsRegistered, ledger.Number(int64(i%2)))
		if i%2 == 1 {
			put(&r, sign.Registered, s.day(s.month(), 2+i*2).String())
		}
		set(&r, sign.IsStarted, ledger.Number(0))
		put(&r, sign.Department, pick(d, []string{"招商服务中心", "经济贸易局", "三合循环经济产业园区", "航空经济技术开发区"}))
		put(&r, sign.Leader, at.leader)
		t.say("招商服务中心", r, s.started(&r, i)...)
		t.figures["signing.projects"]++
		t.figures["signing.investment_fen"] += money(amount).N
	}
	return t
}

// started lets the third and the fourth project have begun by the end of the month.
func (s *scene) started(r *ledger.Record, i int) []*trouble {
	if i != 2 && i != 3 {
		return nil
	}
	set(r, sign.IsStarted, ledger.Number(1))
	put(r, sign.Start, s.day(s.month(), 16).String())
	if i == 3 {
		return []*trouble{{codes: "M21", what: "签约项目已开工，储备表、进展月报表中都没有", at: sign.Name.Column}}
	}
	for _, p := range planReserve(s).plans["招商服务中心"] {
		if p.comes == 0 && p.leaves == 0 && p.stage == 2 {
			put(r, sign.Name, p.name)
			break
		}
	}
	return nil
}

var signingHands = []hand{
	{ // 亿元 beside 万元, flags as √, real dates
		file: "{单位}{期}签约项目.xlsx", sheet: "签约项目", font: "宋体",
		title: "{县}招商引资签约项目表（{期}）样例数据", lines: []string{"报送单位：{单位}||填报日期：{日}"},
		columns: slices.Concat([]column{running, col(sign.Name.Column, "签约项目名称"), col(sign.Investor.Column, "投资企业"),
			by(alias(1), sign.Agreement.Column, "合同类型"), by(calendarWords, sign.Signed.Column, "签约时间"),
			in(ledger.HundredMillionYuan, sign.Total.Column, "签约金额（亿元）"), in(ledger.TenThousandYuan, sign.Fixed.Column, "其中：固定资产投资（万元）"),
			in(ledger.TenThousandYuan, sign.Funds.Column, "到位资金（万元）"), by(alias(0), sign.Origin.Column, "资金来源地"),
			by(tick, sign.IsRegistered.Column, "是否注册企业"), by(calendar, sign.Registered.Column, "注册时间"), by(tick, sign.IsStarted.Column, "是否开工"),
			by(calendar, sign.Start.Column, "开工时间"),
			col(sign.Code.Column, "项目代码"), col(sign.Department.Column, "承接单位"), col(sign.Leader.Column, "责任领导")}, cols(sign.Remark.Column)),
		totals: totalLast,
	},
}

var signingTroubles = []*trouble{
	{months: inMay, unit: "招商服务中心", codes: "V41", what: "上个月签约的项目报在了本月", at: sign.Signed.Column, fits: stated(sign.Total.Column),
		do: func(f *filing, i int) *row {
			before := f.period.Add(-1)
			put(&f.rows[i].Record, sign.Signed, ledger.Date{Year: before.Year, Month: before.Month, Day: 26}.String())
			return nil
		}},
	{months: inJune, unit: "招商服务中心", codes: "V70", what: "到位资金超过合同总投资", at: sign.Funds.Column, fits: stated(sign.Total.Column),
		do: changes(func(r *ledger.Record) {
			set(r, sign.Funds, ledger.Number(sign.Total.Value(r).N+money(200).N))
		})},
	{months: inJune, unit: "招商服务中心", codes: "V71", what: "固定资产投资超过合同总投资", at: sign.Fixed.Column, fits: stated(sign.Total.Column),
		do: changes(func(r *ledger.Record) {
			set(r, sign.Fixed, ledger.Number(sign.Total.Value(r).N+money(500).N))
		})},
	{months: inJune, unit: "招商服务中心", codes: "V72", what: "已注册而没有填注册时间", at: sign.Registered.Column, fits: stated(sign.Registered.Column),
		do: writes(sign.Registered.Column, "")},
	{months: inJune, unit: "招商服务中心", codes: "V19", what: "责任领导不在名单中", at: sign.Leader.Column, fits: stated(sign.Total.Column),
		do: writes(sign.Leader.Column, "样例领导99")},
	{months: inJune, unit: "招商服务中心", codes: "C12", what: "合同类型填了选项以外的字", at: sign.Agreement.Column, fits: stated(sign.Total.Column),
		do: writes(sign.Agreement.Column, "口头约定")},
}
