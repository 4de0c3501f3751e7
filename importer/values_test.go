package importer

import (
	"testing"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

type valueCase struct {
	name string
	cell any
	want string // as the column shows it, or the code of the finding
}

func testValues(t *testing.T, c *form.Column, unit unit, cases []valueCase) {
	t.Helper()
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			got := readValue(c, cellOf(test.cell, 1), unit, calendar{period: june})
			shown := c.Show(got.value)
			if got.wrong != nil {
				if shown != "" {
					shown += " "
				}
				shown += got.wrong.ID
			}
			if got.fraction.Known {
				shown = "either"
			}
			if shown != test.want {
				t.Errorf("%v reads %q (%v), want %q", test.cell, shown, got.did, test.want)
			}
		})
	}
}

func TestAmount(t *testing.T) {
	testValues(t, form.Reserve.Total.Column, noUnit, []valueCase{
		{"a whole number", 3500, "3500"},
		{"nothing", 0, "0"},
		{"a cent in 万元", 0.000001, "0.000001"},
		{"half a cent is rounded with a notice", 0.0000005, "0.000001 C19"},
		{"less than half a cent", 1e-9, "0 C19"},
		{"an exponent as text", "1E-9", "C01"},
		{"a stored exponent", 1.5e3, "1500"},
		{"noise of floating point", 0.30000000000000004, "0.3"},
		{"noise in a large number", 1080960.0000000001, "1080960"},
		{"fifteen digits", 123456789.012345, "123456789.012345"},
		{"too large", 1e15, "C23"},
		{"negative", -12.5, "-12.5"},
		{"a text", "3500", "3500"},
		{"a text in blanks and a tab", "\t3500 　", "3500"},
		{"an apostrophe", "'3500", "3500"},
		{"full width", "３５００．５", "3500.5"},
		{"a real minus", "−3", "-3"},
		{"thousands", "1,234,567.8", "1234567.8"},
		{"full-width thousands", "1，234", "1234"},
		{"thousands by blanks", "1 234", "1234"},
		{"two numbers on two lines are none", "1\n234", "C01"},
		{"two numbers in one cell are none", "12 34", "C01"},
		{"commas astray", "12,34", "C01"},
		{"亿元", "1.2亿元", "12000"},
		{"亿", "1.2 亿", "12000"},
		{"万", "3500万", "3500"},
		{"元", "35000000元", "3500"},
		{"千元", "35000千元", "3500"},
		{"百万元", "35百万元", "3500"},
		{"a currency sign", "￥3500", "3500"},
		{"人民币", "人民币3500万元", "3500"},
		{"a text finer than a cent", "0.0000001", "C02"},
		{"about", "约40", "C01"},
		{"more than", "60余", "C01"},
		{"a range", "1.2-1.5亿", "C01"},
		{"in brackets", "(500)", "C01"},
		{"a dash before a number", "—500", "C01"},
		{"in Chinese", "三千万元", "3000"},
		{"in formal Chinese", "叁佰万元整", "300"},
		{"in Chinese without 元", "五千万", "5000"},
		{"tens in Chinese", "一百二十万元", "120"},
		{"亿 in Chinese", "十二亿元", "120000"},
		{"亿 and 万 in Chinese", "一亿二千万元", "12000"},
		{"with 零", "一亿零五百万元", "10500"},
		{"万亿", "一万亿元", "100000000"},
		{"亿 and 万", "1亿2000万", "12000"},
		{"亿 and 千万", "1亿2千万元", "12000"},
		{"亿 and 万 and 元", "1亿2000万元整", "12000"},
		{"万 and 千", "2万3千元", "2.3"},
		{"千万", "8千万", "8000"},
		{"a broken 千万", "3.5千万元", "3500"},
		{"百万 in letters", "3M", "300"},
		{"千元 in letters", "35K", "3.5"},
		{"traditional", "1.2億元", "12000"},
		{"traditional 万", "35萬", "35"},
		{"a unit in brackets", "8000（万元）", "8000"},
		{"a currency in brackets", "1.2亿元（人民币）", "12000"},
		{"a currency and a colon", "人民币：2000万元", "2000"},
		{"a remark in brackets", "1.2亿元（不含税）", "C01"},
		{"a unit in other brackets", "1.2【亿元】", "12000"},
		{"thousands and a unit", "1,200.50万元", "1200.5"},
		{"full-width figures", "１２００", "1200"},
		{"元整", "2000.00元整", "0.2"},
		{"a currency sign and a unit", "￥2000万", "2000"},
		{"RMB", "RMB 2000万", "2000"},
		{"人民币 behind", "2000万元人民币", "2000"},
		{"a sum", "共计2000万元", "2000"},
		{"what another column may say", "完成2000万元", "C01"},
		{"what another column says", "总投资2000万元", "C01"},
		{"个亿", "1.5个亿", "15000"},
		{"万 and 元 apart", "500 万 元", "500"},
		{"colloquial", "2000来万", "C01"},
		{"a full stop", "2000万元。", "2000"},
		{"blanks of all kinds", "\u200b2 000 万元\u00a0", "2000"},
		{"a planned figure", "计划2000万元", "C01"},
		{"nearly", "近2000万元", "C01"},
		{"nearly equal", "≈2000", "C01"},
		{"余 within", "2000余万元", "C01"},
		{"多", "2000多万元", "C01"},
		{"以上", "2000万元以上", "C01"},
		{"左右", "2000万元左右", "C01"},
		{"不低于", "不低于2000万元", "C01"},
		{"more or less", "±20", "C01"},
		{"plus", "20+", "C01"},
		{"some in Chinese", "几千万元", "C01"},
		{"余 in Chinese", "二十余万元", "C01"},
		{"a last place left out", "1亿2", "C01"},
		{"a last place left out in Chinese", "三百五万", "C01"},
		{"bare Chinese", "三千", "C01"},
		{"an exponent typed", "1.2E+03", "C01"},
		{"per mu", "20万元/亩", "C01"},
		{"of an area", "20万元（不含征地）", "C01"},
		{"dollars", "$20", "C27"},
		{"港元", "20万港元", "C27"},
		{"euros", "€20", "C27"},
		{"another currency", "3500万美元", "C27"},
		{"an area", "35亩", "C24"},
		{"a share", formatted{0.85, "0%"}, "C24"},
		{"a unit in the format", formatted{1.2, `0.00"亿元"`}, "12000"},
		{"a format that divides", formatted{12345678, `0.00,,`}, "C20"},
		{"a format that moves the point", formatted{12345678, `0!.0000"万元"`}, "C20"},
		{"无", "无", ""},
		{"a dash", "—", ""},
		{"a slash", "/", ""},
		{"待定", "待 定", ""},
		{"NULL", "NULL", ""},
		{"an error", failed("#REF!"), "C15"},
		{"a formula", computed{12.5}, "12.5"},
		{"a formula without a value", computed{}, "C14"},
		{"a truth", truth(true), "C01"},
	})
}

func TestAmountInUnitOfHeading(t *testing.T) {
	testValues(t, form.Reserve.Total.Column, units["亿元"], []valueCase{
		{"in the heading's unit", 1.2, "12000"},
		{"the cell's own wins", "3500万元", "3500"},
	})
	testValues(t, form.Reserve.Total.Column, units["元"], []valueCase{
		{"a cent", 0.01, "0.000001"},
		{"finer", 0.004, "0 C19"},
	})
}

func TestRate(t *testing.T) {
	plain := []valueCase{
		{"a percent format", formatted{0.855, "0.0%"}, "85.5%"},
		{"a percent format over one", formatted{1.15, "0%"}, "115%"},
		{"a percent sign", "85.5%", "85.5%"},
		{"a full-width sign", "８５％", "85%"},
		{"zero", 0, "0%"},
		{"words", "过半", "C03"},
		{"a blank before %", "85 %", "85%"},
		{"decimals and a full-width sign", "85.5％", "85.5%"},
		{"已完成", "已完成100%", "100%"},
		{"完成", "完成85%", "85%"},
		{"完成率", "完成率：85%", "85%"},
		{"of the year's plan", "完成年度计划的85%", "85%"},
		{"of another whole", "占总投资85%", "C03"},
		{"百分之", "百分之八十五", "85%"},
		{"百分之 and digits", "百分之85", "85%"},
		{"over", "85%以上", "C03"},
		{"about", "约85%", "C03"},
		{"per mille", "85‰", "C03"},
		{"a range", "80%-85%", "C03"},
		{"an amount", "85万元", "C03"},
		{"blank", "/", ""},
	}
	testValues(t, form.Progress.PlanShare.Column, noUnit, append(plain,
		valueCase{"a bare fraction", 0.85, "either"}, valueCase{"a bare number", "85", "either"}))
	testValues(t, form.Progress.PlanShare.Column, units["%"], append(plain,
		valueCase{"below a heading with %", 85.5, "85.5%"}, valueCase{"a fraction below a heading with %", 0.85, "0.85%"}))
}

func TestCount(t *testing.T) {
	testValues(t, form.Progress.SevenSeven.Column, noUnit, []valueCase{
		{"a number", 12, "12"},
		{"with its counting word", "12个", "12"},
		{"more than", "60余家", "C05"},
		{"an area", "12亩", "C24"},
	})
	testValues(t, form.Reserve.LandArea.Column, noUnit, []valueCase{
		{"亩", 12.5, "12.5"},
		{"平方米", "10000平方米", "15"},
		{"one 平方米", "1㎡", "0.0015"},
		{"公顷", "2公顷", "30"},
		{"市亩", "12.5市亩", "12.5"},
		{"万平", "1.5万平", "22.5"},
		{"平方公里", "1.5平方公里", "2250"},
		{"万亩", "1.2万亩", "12000"},
		{"公里", "12公里", "C28"},
		{"分", "12分", "C28"},
		{"顷", "2顷", "C28"},
		{"米", "300米", "C28"},
		{"亩 in the cell", "12.5亩", "12.5"},
		{"a finer one", 0.00001, "0"},
		{"a text finer than is kept", "0.00001", "C05"},
		{"pieces", "12个", "C24"},
	})
	testValues(t, form.Reserve.LandArea.Column, units["平方米"], []valueCase{{"平方米 in the heading", 2000, "3"}})
}

func TestDate(t *testing.T) {
	testValues(t, form.Progress.Start.Column, noUnit, []valueCase{
		{"a serial", formatted{45461, "yyyy/m/d"}, "2024-06-18"},
		{"a serial with a time", formatted{45461.5, "yyyy-mm-dd hh:mm"}, "2024-06-18"},
		{"a serial shown without its year", formatted{45461, "m/d"}, "2024-06-18"},
		{"a serial shown as a month", formatted{45444, `yyyy"年"m"月"`}, "2024-06"},
		{"a day shown as a month", formatted{45461, `yyyy"年"m"月"`}, "2024-06-18"},
		{"a serial without a format", 45461, "2024-06-18"},
		{"a serial of 1900", formatted{30, "yyyy/m/d"}, "C06"},
		{"June as a number", 2024.6, "2024-06"},
		{"January or October", 2024.1, "C07"},
		{"October by its format", formatted{2024.1, "0.00"}, "2024-10"},
		{"November as a number", 2024.11, "2024-11"},
		{"January as a number", 2024.01, "2024-01"},
		{"a thirteenth month", 2024.13, "C35"},
		{"a year", 2024, "2024"},
		{"packed", 202406, "2024-06"},
		{"packed with a day", 20240618, "2024-06-18"},
		{"a number that is nothing", 17, "C06"},
		{"a text", "2024.6", "2024-06"},
		{"October as a text", "2024.10", "2024-10"},
		{"dotted", "2024.06.18", "2024-06-18"},
		{"2017.03.02", "2017.03.02", "2017-03-02"},
		{"Chinese", "2024年6月18日", "2024-06-18"},
		{"Chinese in blanks", " 2024 年 6 月 ", "2024-06"},
		{"slashes", "2024/6/1", "2024-06-01"},
		{"full width", "２０２４年６月", "2024-06"},
		{"the end of a month", "2024年6月底", "2024-06"},
		{"the end of a year", "2024年底", "2024-12"},
		{"a year in words", "2024年", "2024"},
		{"two digits", "24年6月", "2024-06"},
		{"ISO", "2024-06-25T00:00:00", "2024-06-25"},
		{"with a time", "2024-06-25 08:00", "2024-06-25"},
		{"a day that begins in Greenwich", "2024-06-25T00:00:00+00:00", "2024-06-25"},
		{"a day that begins in China", "2024-06-24T16:00:00.000Z", "2024-06-25"},
		{"a day that begins in China, as there", "2024-06-25T00:00:00+08:00", "2024-06-25"},
		{"the same with a blank", " 2024-12-31 16:00:00Z", "2025-01-01"},
		{"the same with blanks, without seconds", "2024-6-24 16:00 Z", "2024-06-25"},
		{"the same in full width", "２０２４-06-24T16：00：00Z", "2024-06-25"},
		{"the same with a zone in digits", "2024-06-24 16:00:00+0000", "2024-06-25"},
		{"noon in Greenwich", "2024-06-24 12:00Z", "C34"},
		{"the last second of a day in Greenwich", "2024-06-24T23:59:59Z", "C34"},
		{"a day long ago", "1899-12-31T00:00:00Z", "C35"},
		{"a leap day", "2024-02-29", "2024-02-29"},
		{"no leap day", "2023-02-29", "C35"},
		{"31 June", "2024年6月31日", "C35"},
		{"month 0", "2024.0", "C35"},
		{"no year", "6月底", "C08"},
		{"no year either", "6/18", "C08"},
		{"already started", "已开工", "C06"},
		{"a quarter", "2024年三季度", "C34"},
		{"day first", "18/6/2024", "2024-06-18"},
		{"day or month first", "3/6/2024", "C34"},
		{"待定", "待定", ""},
	})
}

func TestDate1904(t *testing.T) {
	c := form.Progress.Start.Column
	if got := readValue(c, cellOf(formatted{43999, "yyyy/m/d"}, 1), noUnit, calendar{date1904: true}); c.Show(got.value) != "2024-06-18" {
		t.Errorf("serial 43999 of 1904 is %s, want 2024-06-18", c.Show(got.value))
	}
}

func TestSpan(t *testing.T) {
	testValues(t, form.Progress.Years.Column, noUnit, []valueCase{
		{"dotted months", "2023.3—2025.12", "2023-03—2025-12"},
		{"a doubled dash", "2023.3——2025.12", "2023-03—2025-12"},
		{"a plain dash", "2023.3-2025.12", "2023-03—2025-12"},
		{"years", "2023-2025", "2023—2025"},
		{"years with 年", "2023年-2025年", "2023—2025"},
		{"Chinese", "2023年3月至2025年12月", "2023-03—2025-12"},
		{"a slash between", "2023-03/2025-12", "2023-03—2025-12"},
		{"dashes throughout", "2023-03-2025-12", "2023-03—2025-12"},
		{"slashes within", "2023/3-2025/12", "2023-03—2025-12"},
		{"a tilde", "2023.3～2025.12", "2023-03—2025-12"},
		{"a line break", "2023.3\n—2025.12", "2023-03—2025-12"},
		{"one year as a text", "2024年", "2024—2024"},
		{"one year as a number", 2024, "2024—2024"},
		{"within a year", "2024年3-12月", "2024-03—2024-12"},
		{"within a year, dotted", "2024.3-12", "2024-03—2024-12"},
		{"an open end", "2023.3至今", "2023-03—"},
		{"a month or a span", "2023-12", "C09"},
		{"a day or a span", "2023-3-12", "C09"},
		{"one month", "2023年12月", "C09"},
		{"the wrong way round", "2025-2023", "C21"},
		{"a duration", "2年", "C10"},
		{"a duration in months", "18个月", "C10"},
		{"a duration as a number", 3, "C10"},
		{"words", "按合同", "C09"},
		{"a date", formatted{45461, "yyyy/m/d"}, "C09"},
	})
}

func TestWords(t *testing.T) {
	testValues(t, form.Progress.InStatistics.Column, noUnit, []valueCase{
		{"是", "是", "是"}, {"否", " 否 ", "否"}, {"a tick", "√", "是"}, {"a cross", "×", "否"}, {"true", truth(true), "是"},
		{"已入统", "已入统", "是"}, {"未入统", "未入统", "否"}, {"1", 1, "是"}, {"2", 2, "C11"}, {"in progress", "正在办理", "C11"}, {"blank", "/", ""},
	})
	testValues(t, form.Progress.Class.Column, noUnit, []valueCase{
		{"official", "续建", "续建"}, {"alias", "在建", "续建"}, {"with 项目", "新开工项目", "新开工"}, {"with 类", "续建类", "续建"},
		{"in blanks", "续 建", "续建"}, {"unknown", "缓建", "C12"}, {"a number", 1, "C12"},
	})
	testValues(t, form.Progress.Level.Column, noUnit, []valueCase{
		{"one", "省级", "省级"}, {"two", "市级、省级", "省级、市级"}, {"by lines", "省级\n市级", "省级、市级"}, {"one twice", "省级 省重点", "省级"},
		{"alias", "市级重点", "市级"}, {"one unknown", "省级、国家级", "C12"},
	})
	testValues(t, form.Progress.Code.Column, noUnit, []valueCase{
		{"good", "2401-610722-04-01-100012", "2401-610722-04-01-100012"},
		{"full width and blanks", " ２４０１－610722—04－01－100012", "2401-610722-04-01-100012"},
		{"a number", 2.4016107220401e19, "C13"}, {"无", "无", ""},
	})
	testValues(t, form.Progress.Remark.Column, noUnit, []valueCase{
		{"words", " 已报批\n待复 ", "已报批\n待复"}, {"a telephone number", 13800001111.0, "13800001111"},
		{"a date", formatted{45461, "yyyy/m/d"}, "2024-06-18"}, {"a share", formatted{0.85, "0%"}, "85%"},
		{"无 is no remark", "无", ""}, {"an error", failed("#N/A"), "C15"}, {"yes", truth(true), "是"},
	})
}

func TestDidTellsWhatWasDone(t *testing.T) {
	got := readValue(form.Reserve.Total.Column, cellOf("１，２００．５亿元", 1), noUnit, calendar{})
	want := []string{"文本转数字", "全角转半角", "去千分位", "亿元折算为万元"}
	if len(got.did) != len(want) {
		t.Fatalf("did %v, want %v", got.did, want)
	}
	for i := range want {
		if got.did[i] != want[i] {
			t.Errorf("did %v, want %v", got.did, want)
		}
	}
	if got.value != ledger.Number(12_005_000*int64(ledger.TenThousandYuan)) {
		t.Errorf("value %v", got.value)
	}
}
