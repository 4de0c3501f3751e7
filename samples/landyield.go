package samples

import (
	"slices"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// land are the columns, for short.
var land = &form.LandYield

var _ = newSample(sample{form: land.Name.Form, tell: tellLandYield, hands: landyieldHands, troubles: landyieldTroubles})

// tellLandYield tells what enterprises made of their land last year: the same all year. Each
// park reports one that the bureau has, too, the second with another tax.
func tellLandYield(s *scene) *telling {
	t := newTelling()
	const bureau, first, second = "经济贸易局", "三合循环经济产业园区", "航空经济技术开发区"
	number := 0
	for _, office := range []struct {
		unit        string
		enterprises int
	}{{bureau, 16}, {first, 12}, {second, 12}} {
		for range office.enterprises {
			t.say(office.unit, s.yield(number))
			number++
		}
	}
	t.say(first, s.yield(3), reportedTwice(land.Name))
	apart := s.yield(5)
	set(&apart, land.Tax, ledger.Number(land.Tax.Value(&apart).N+money(2).N))
	t.say(second, apart, &trouble{codes: "M12", what: "另有单位报送，税收不同", at: land.Tax.Column})
	t.figures["landyield.rows"] = int64(number)
	return t
}

// perMu is the tax per 亩 of an enterprise of each grade, in 万元.
var perMu = []struct {
	grade string
	tax   int64
}{{"A", 26}, {"B", 13}, {"B", 11}, {"C", 6}, {"C", 4}, {"D", 1}}

// yield is an enterprise. Land is in threes of 亩, which make whole 平方米 and tenths of a 公顷.
func (s *scene) yield(number int) ledger.Record {
	r := ledger.Record{}
	d := roll(s.seed, "亩均", villages[number])
	is := perMu[(number*5+1)%len(perMu)]
	mu := int64(d.between(5, 70) * 3)
	tax := mu * is.tax
	revenue := tax * int64(d.between(11, 24))
	put(&r, land.Name, "城固"+villages[number]+"样例"+trades[number%len(trades)]+"有限公司")
	put(&r, land.CreditCode, creditCode(d))
	set(&r, land.Land, things(int(mu)))
	set(&r, land.Fixed, money(mu*int64(d.between(120, 420))))
	set(&r, land.Revenue, money(revenue))
	set(&r, land.Tax, money(tax))
	set(&r, land.AddedValue, money(revenue*int64(d.between(20, 31))/100))
	set(&r, land.Energy, things(int(mu)*d.between(3, 40)))
	set(&r, land.Research, money(revenue*int64(d.between(0, 4))/100))
	put(&r, land.Grade, is.grade)
	return r
}

// creditCode is a unified social credit code that nobody has, with its check character.
func creditCode(d *die) string {
	const signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	code, sum, weight := "91610722MA00", 0, 1
	for range 5 {
		code += string('0' + rune(d.below(10)))
	}
	for _, sign := range code {
		sum += strings.IndexRune(signs, sign) * weight
		weight = weight * 3 % 31
	}
	return code + string(signs[(31-sum%31)%31])
}

// Parts of a 亩, by ten thousand, in a 平方米 and in a 公顷.
const (
	squareMetre = 15
	hectare     = 15 * form.CountScale
)

var landyieldHands = []hand{
	{ // land in 亩
		file: "{简}{月}月亩均效益.xlsx", sheet: "亩均效益", font: "宋体",
		title: "{县}企业亩均效益评价表\n（{期}，样例数据）", lines: []string{"填报单位：{单位}（盖章）|填报日期：{日}|单位：{量}"},
		columns: slices.Concat([]column{running, col(land.Name.Column, "企业名称"), col(land.CreditCode.Column, "统一社会信用代码"),
			col(land.Land.Column, "用地面积（亩）"), by(grouped, land.Fixed.Column, "固定资产投资"), by(grouped, land.Revenue.Column, "主营业务收入"),
			by(grouped, land.Tax.Column, "实缴税收"), by(grouped, land.AddedValue.Column, "工业增加值"), col(land.Energy.Column, "综合能耗（吨标煤）"),
			by(grouped, land.Research.Column, "研发投入"), col(land.Grade.Column, "评价等级")}, cols(land.Remark.Column)),
		totals: totalLast, notes: []string{"注：本表为样例数据，按上一年度数评价。"},
	},
	{ // land in 平方米, enterprises by grade
		file: "{简}{年}年{月}月亩均论英雄评价表.xlsx", sheet: "评价表", font: "仿宋",
		title: "{单位}亩均论英雄评价表（{期}）", lines: []string{"填报单位：{单位}|样例数据|填报日期：{日}|金额单位：{量}"},
		columns: slices.Concat([]column{running, col(land.Name.Column, "企业（单位）名称"), col(land.CreditCode.Column, "社会信用代码"),
			by(area(squareMetre), land.Land.Column, "占地面积（平方米）"), col(land.Fixed.Column, "固定资产投资额"), col(land.Revenue.Column, "营业收入"),
			col(land.Tax.Column, "税收"), col(land.AddedValue.Column, "增加值"), col(land.Energy.Column, "能耗（吨标准煤）"), col(land.Research.Column, "研发费用"),
			by(alias(0), land.Grade.Column, "评价结果")}, cols(land.Remark.Column)),
		by: land.Grade.Column, totals: totalLast,
	},
	{ // land in 公顷, money in 亿元 and 万元
		file: "{单位}/{年}年{月}月亩均效益情况.xlsx", sheet: "亩均", font: "宋体",
		title: "园区亩均效益评价表\n（{期}·样例数据）", lines: []string{"填报单位：{单位}|填报日期：{日}"},
		columns: slices.Concat([]column{running, col(land.Name.Column, "企业名称"), col(land.CreditCode.Column, "信用代码"),
			by(area(hectare), land.Land.Column, "用地面积（公顷）"), in(ledger.HundredMillionYuan, land.Fixed.Column, "固定资产投资（亿元）"),
			in(ledger.HundredMillionYuan, land.Revenue.Column, "主营业务收入（亿元）"),
			in(ledger.TenThousandYuan, land.Tax.Column, "税收（万元）"), in(ledger.TenThousandYuan, land.AddedValue.Column, "工业增加值（万元）"),
			col(land.Energy.Column, "能耗(吨标煤)"), in(ledger.TenThousandYuan, land.Research.Column, "研发经费（万元）"),
			by(alias(1), land.Grade.Column, "等级")}, cols(land.Remark.Column)),
		totals: totalFirst,
	},
}

var landyieldTroubles = []*trouble{
	{months: inMay, unit: "经济贸易局", codes: "V90", what: "统一社会信用代码少一位", at: land.CreditCode.Column, fits: stated(land.CreditCode.Column),
		do: func(f *filing, i int) *row {
			code := land.CreditCode.Of(&f.rows[i].Record)
			put(&f.rows[i].Record, land.CreditCode, code[:17])
			return nil
		}},
	{months: inJune, unit: "经济贸易局", codes: "V90", what: "统一社会信用代码校验位不符", at: land.CreditCode.Column, fits: stated(land.CreditCode.Column),
		do: changes(func(r *ledger.Record) {
			code := []byte(land.CreditCode.Of(r))
			code[16] = '0' + (code[16]-'0'+1)%10
			put(r, land.CreditCode, string(code))
		})},
	{months: inJune, unit: "经济贸易局", codes: "V93", what: "填报的等级比按亩均税收推算的高", at: land.Grade.Column, fits: says(land.Grade.Column, "C"),
		do: changes(becomes(land.Grade.Column, "A"))},
	{months: inJune, unit: "经济贸易局", codes: "C05", what: "用地面积填的是约数", at: land.Land.Column, fits: says(land.Grade.Column, "B"),
		do: writes(land.Land.Column, "约30")},
	{months: inJune, unit: "三合循环经济产业园区", codes: "V91", what: "用地面积填成了0", at: land.Land.Column, fits: stated(land.Land.Column),
		do: changes(func(r *ledger.Record) {
			set(r, land.Land, things(0))
		})},
	{months: inJune, unit: "三合循环经济产业园区", codes: "V09", what: "研发投入为负数", at: land.Research.Column, fits: stated(land.Research.Column),
		do: changes(func(r *ledger.Record) {
			set(r, land.Research, money(-12))
		})},
	{months: inJune, unit: "航空经济技术开发区", codes: "V92", what: "税收超过主营业务收入", at: land.Tax.Column, fits: says(land.Grade.Column, "A"),
		do: changes(func(r *ledger.Record) {
			set(r, land.Revenue, ledger.Number(land.Tax.Value(r).N/2))
		})},
}
