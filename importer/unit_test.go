package importer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Where a unit may stand.
const (
	inHeading = "heading" // of 总投资 alone
	inTitle   = "title"   // a cell of its own below the title
	inBesides = "besides" // behind the title itself
	belowIt   = "below"   // a note below the table
	inName    = "name"    // of the sheet
)

// unitWords are ways in which a unit is written, and what 2 is then, in 万元: blank where it is
// asked, and a code where the return is sent back.
var unitWords = []struct{ place, words, want string }{
	{inHeading, "总投资（万元）", "2"},
	{inHeading, "总投资(亿元)", "20000"},
	{inHeading, "总投资【亿元】", "20000"},
	{inHeading, "总投资〔亿元〕", "20000"},
	{inHeading, "总投资［亿元］", "20000"},
	{inHeading, "总投资〈亿元〉", "20000"},
	{inHeading, "总投资《亿元》", "20000"},
	{inHeading, "总投资{亿元}", "20000"},
	{inHeading, "总投资（亿元", "20000"},
	{inHeading, "总投资（亿元）①", "20000"},
	{inHeading, "总投资（亿元）*", "20000"},
	{inHeading, "*总投资（亿元）", "20000"},
	{inHeading, "（亿元）总投资", "20000"},
	{inHeading, "总投资（亿）", "20000"},
	{inHeading, "总投资（億元）", "20000"},
	{inHeading, "总投资（萬元）", "2"},
	{inHeading, "总投资（仟元）", "0.2"},
	{inHeading, "总投资（百万元）", "200"},
	{inHeading, "总投资（千万元）", "2000"},
	{inHeading, "总投资（百万）", "200"},
	{inHeading, "总投资（十万元）", "20"},
	{inHeading, "总投资（十亿元）", "200000"},
	{inHeading, "总投资（元）", "0.0002"},
	{inHeading, "总投资（人民币万元）", "2"},
	{inHeading, "总投资（单位：人民币 亿元）", "20000"},
	{inHeading, "总投资（亿元人民币）", "20000"},
	{inHeading, "总投资（RMB 亿元）", "20000"},
	{inHeading, "总投资（单位：亿元）", "20000"},
	{inHeading, "总投资（单位:亿元，保留2位小数）", "20000"},
	{inHeading, "总投资（亿元，保留两位小数）", "20000"},
	{inHeading, "总投资（亿元保留两位小数）", "20000"},
	{inHeading, "总投资（亿元，精确到万元）", "20000"},
	{inHeading, "总投资（亿元，必填）", "20000"},
	{inHeading, "总投资（亿元、含征地费）", "20000"},
	{inHeading, "总投资（含税，亿元）", "20000"},
	{inHeading, "总投资（含税亿元）", "20000"},
	{inHeading, "总投资（亿元含税）", "20000"},
	{inHeading, "总投资（以亿元计）", "20000"},
	{inHeading, "总投资（以亿元为单位）", "20000"},
	{inHeading, "总投资（按亿元填报）", "20000"},
	{inHeading, "总投资（必填）（亿元）", "20000"},
	{inHeading, "总投资（人民币：亿元）", "20000"},
	{inHeading, "总投资（百万元人民币）", "200"},
	{inHeading, "总投资（亿元/年）", "20000"},
	{inHeading, "总投资 亿元人民币", "20000"},
	{inHeading, "总投资（以亿元为计量单位）", "20000"},
	{inHeading, "总投资 亿元", "20000"},
	{inHeading, "投资规模 亿元", "20000"},
	{inHeading, "总投资-亿元", "20000"},
	{inHeading, "总投资_亿元", "20000"},
	{inHeading, "总投资:亿元", "20000"},
	{inHeading, "总投资：亿元", "20000"},
	{inHeading, "总投资/亿元", "20000"},
	{inHeading, "总投资/元", "0.0002"},
	{inHeading, "总投资-万", "2"},
	{inHeading, "总投资\n单位：亿元", "20000"},
	{inHeading, "总投资单位：亿元", "20000"},
	{inHeading, "总投资单位:亿元，保留2位小数", "20000"},
	{inHeading, "总投资，亿元，保留2位小数", "20000"},
	{inHeading, "总  投  资\n（亿  元）", "20000"},
	{inHeading, "总投资（万元/亿元）", ""},
	{inHeading, "总投资（万元、亿元）", ""},
	{inHeading, "总投资（万元或亿元）", ""},
	{inHeading, "总投资（亿元）（万元）", ""},
	{inHeading, "总投资（万美元）", "F40"},
	{inHeading, "总投资（角）", "F40"},
	{inHeading, "总投资（港币）", "F40"},
	{inHeading, "总投资（元/亩）", "F40"},
	{inHeading, "总投资（万万元）", "F40"},
	{inHeading, "总投资（含美元贷款）", ""},
	{inHeading, "总投资（万元）（含税）", "2"},
	{inHeading, "总投资（单元）", ""},
	{inHeading, "总投资（必填）", ""},
	{inHeading, "总投资（5000万元以上）", ""},
	{inHeading, "总投资", ""},

	{inTitle, "单位：亿元", "20000"},
	{inTitle, "金额单位：亿元", "20000"},
	{inTitle, "计量单位：亿元", "20000"},
	{inTitle, "货币单位：亿元", "20000"},
	{inTitle, "投资单位：亿元", "20000"},
	{inTitle, "单 位 ： 亿 元", "20000"},
	{inTitle, "单位 亿元", "20000"},
	{inTitle, "（单位 亿元）", "20000"},
	{inTitle, "（单位：亿元）", "20000"},
	{inTitle, "【单位：亿元】", "20000"},
	{inTitle, "单位（亿元）", "20000"},
	{inTitle, "单位—亿元", "20000"},
	{inTitle, "单位∶亿元", "20000"},
	{inTitle, "单位为亿元", "20000"},
	{inTitle, "单位统一为亿元", "20000"},
	{inTitle, "单位=亿元", "20000"},
	{inTitle, "Unit：亿元", "20000"},
	{inTitle, "投资：亿元", "20000"},
	{inTitle, "金额：亿元", "20000"},
	{inTitle, "（亿元）", "20000"},
	{inTitle, "亿元", "20000"},
	{inTitle, "单位|亿元", "20000"},
	{inTitle, "单位：|亿元", "20000"},
	{inTitle, "金额单位：|人民币亿元", "20000"},
	{inTitle, "单位：亿元、亩", "20000"},
	{inTitle, "单位：亿元，亩", "20000"},
	{inTitle, "单位：人民币亿元", "20000"},
	{inTitle, "单位：亿元（人民币）", "20000"},
	{inTitle, "填报人：张三 单位：亿元 填报日期：2024年6月22日", "20000"},
	{inTitle, "单位：亿元 样例数据", "20000"},
	{inTitle, "金额以亿元为单位", "20000"},
	{inTitle, "填表说明：1.本表金额以亿元为单位；2.按月报送。", "20000"},
	{inTitle, "说明：金额单位为亿元，保留两位小数。", "20000"},
	{inTitle, "填报单位：交通运输局 单位亿元", "20000"},
	{inTitle, "说明：金额保留两位小数，单位亿元", "20000"},
	{inTitle, "各单位亿元以上项目", ""},
	{inTitle, "各单位元旦前报送", ""},
	{inTitle, "单位：三元", ""},
	{inTitle, "货币单位：人民币 金额单位：亿元", "20000"},
	{inTitle, "币种：人民币 单位：亿元", "20000"},
	{inTitle, "金额单位：人民币（亿元）", "20000"},
	{inTitle, "单位：亿元/亩", "20000"},
	{inTitle, "单位：元/亩", "F40"},
	{inTitle, "本表单位亿元", "20000"},
	{inTitle, "投资额均为亿元", "20000"},
	{inTitle, "说明：1、金额单位：亿元；2、面积单位：平方米", "20000"},
	{inTitle, "总投资：5亿元", ""},
	{inTitle, "金额单位：人民币", ""},
	{inTitle, "单位：万元、亿元", ""},
	{inTitle, "单位：万元/亿元", ""},
	{inTitle, "单位：万元|单位：亿元", ""},
	{inTitle, "单位：万美元", "F40"},
	{inTitle, "单位：美元", "F40"},
	{inTitle, "金额单位：串", "F40"},
	{inTitle, "建设单位：亿元集团有限公司", ""},
	{inTitle, "责任单位：县元坝镇", ""},

	{inBesides, "（亿元）", "20000"},
	{inBesides, "（单位：亿元）", "20000"},
	{inBesides, "（金额单位：亿元、保留两位小数）", "20000"},
	{inBesides, "（含美元贷款）", ""},
	{inBesides, "（万美元）", "F40"},
	{inBesides, "（上元片区）", ""},
	{inBesides, "（三元）", ""},
	{inBesides, "（5000万元以上）", ""},
	{inBesides, "（亿元以上项目）", ""},

	{belowIt, "注：金额单位为亿元。", "20000"},
	{belowIt, "注：本表金额以亿元为单位", "20000"},
	{belowIt, "注：1.金额单位：亿元。2.按月报送。", "20000"},
	{belowIt, "备注：单位：亿元", "20000"},
	{belowIt, "说明：本表投资额均以亿元计。", "20000"},
	{belowIt, "单位：亿元", "20000"},
	{belowIt, "注：总投资单位为亿元，年度计划以万元为单位", ""},
	{belowIt, "注：本表一式三份。", ""},

	{inName, "储备（亿元）", "20000"},
	{inName, "储备(单位：亿元)", "20000"},
	{inName, "储备-亿元", "20000"},
	{inName, "储备亿元", "20000"},
	{inName, "储备（元）", "0.0002"},
	{inName, "上元", ""},
	{inName, "三元（上元片区）", ""},
	{inName, "储备", ""},
}

// sheetWith is a sheet whose unit stands in one place, in these words.
func sheetWith(place, words string) *page {
	title, fields, heading := "城固县2024年6月谋划储备项目表", cells{"填报单位：交通运输局"}, "总投资"
	rows := [][]any{with(good, "F", 2)}
	switch place {
	case inHeading:
		heading = words
	case inTitle:
		for _, part := range strings.Split(words, "|") {
			fields = append(fields, part)
		}
	case inBesides:
		title += words
	case belowIt:
		rows = append(rows, cells{words})
	}
	p := pageOf(append([][]any{{title}, fields, with(reserveHead, "F", heading)}, rows...)...)
	if place == inName {
		p.name = words
	}
	return p
}

// outcome is what came of the amount at row 4: a figure, blank where one finding asks, the
// finding by which the return is sent back.
func outcome(r *ledger.Return) string {
	for _, f := range r.Findings {
		if f.Code.Effect >= ledger.RejectReturn {
			return f.Code.ID
		}
	}
	figure := of(r, 4, "total")
	if asked := len(r.Findings) == 1 && (r.Findings[0].Code == UnitMissing || r.Findings[0].Code == UnitsDisagree); asked && figure == "" {
		return ""
	} else if len(r.Findings) > 0 {
		return fmt.Sprint(figure, " ", show(r.Findings))
	}
	return figure
}

func TestUnitWords(t *testing.T) {
	counts := map[string]int{}
	for _, test := range unitWords {
		t.Run(test.place+" "+test.words, func(t *testing.T) {
			if got := outcome(one(t, sheetWith(test.place, test.words))); got != test.want {
				t.Errorf("2 is %q, want %q", got, test.want)
			}
		})
		switch {
		case test.want == "":
			counts["asked"]++
		case test.want[0] == 'F':
			counts["sent back"]++
		default:
			counts["right"]++
		}
	}
	t.Logf("%d ways of writing a unit: %v", len(unitWords), counts)
}

// amounts are two columns of amounts, 总投资 and 年度计划投资 of progress, under these headings.
func amounts(total, plan any, heads ...string) *page {
	head := with(with(progHead, "G", heads[0]), "H", heads[1])
	row := with(with(with(progressRow, "G", total), "H", plan), "I", nil)
	return pageOf(cells{"城固县2024年6月重点项目建设进展月报表"}, cells{"填报单位：交通运输局"}, head, row)
}

func TestColumnsWithoutUnit(t *testing.T) {
	for _, test := range []struct {
		name        string
		page        *page
		total, plan string
		findings    []string
	}{
		{"both say", amounts(2, 1, "总投资（亿元）", "年度计划投资（万元）"), "20000", "1", nil},
		{"one says 万元", amounts(2, 1, "总投资（万元）", "年度计划投资"), "2", "1", []string{"C29 H4 年度计划投资"}},
		{"one says 亿元", amounts(2, 1, "总投资（亿元）", "年度计划投资"), "20000", "", []string{"F57 H4 年度计划投资"}},
		{"none says", amounts(2, 1, "总投资", "年度计划投资"), "", "", []string{"F57 G4 总投资、年度计划投资"}},
		{"none says but the cells", amounts("2亿元", formatted{1, `0"亿"`}, "总投资", "年度计划投资"), "20000", "10000", nil},
		{"one cell says", amounts("2亿元", 1, "总投资", "年度计划投资"), "20000", "", []string{"F57 H4 年度计划投资"}},
		{"nothing needs no unit", amounts(0, 0, "总投资", "年度计划投资"), "0", "0", nil},
		{"blank needs none", amounts(nil, "/", "总投资", "年度计划投资"), "", "", nil},
		{"one says two", amounts(2, 1, "总投资（万元、亿元）", "年度计划投资（万元）"), "", "1", []string{"F58 G3 总投资"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, test.page)
			if got := show(r.Findings); !slices.Equal(got, test.findings) || of(r, 4, "total") != test.total || of(r, 4, "year_plan") != test.plan {
				t.Errorf("total %q, plan %q, findings %v", of(r, 4, "total"), of(r, 4, "year_plan"), got)
			}
		})
	}
}

// The unit in a row of its own, below headings that are merged over it and below such that are not.
func TestRowOfUnits(t *testing.T) {
	head := with(reserveHead, "F", "总投资")
	two := with(head, "J", "已落实资金")
	units := with(with(cells{}, "F", "（亿元）"), "J", "（万元）")
	row := with(good, "J", 5)
	for _, p := range []*page{
		pageOf(reserveTitle, cells{"填报单位：交通局"}, two, units, row),
		pageOf(reserveTitle, cells{"填报单位：交通局"}, two, units, row).merge("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "G3:G4"),
	} {
		r := one(t, p)
		if len(r.Records) != 1 || len(r.Findings) != 0 || of(r, 5, "total") != "1000000" || of(r, 5, "secured") != "5" {
			t.Errorf("%d records, total %q, secured %q, findings %v", len(r.Records), of(r, 5, "total"), of(r, 5, "secured"), show(r.Findings))
		}
	}
}

func TestUnitOfLand(t *testing.T) {
	for _, test := range []struct{ fields, heading, want string }{
		{"单位：万元", "用地", "300"},
		{"单位：万元、亩", "用地", "300"},
		{"单位：万元、平方米", "用地", "0.45"},
		{"单位：万元、平方米", "用地（公顷）", "4500"},
		{"单位：万元、亩、平方米", "用地", ""},
		{"单位：万元", "用地（㎡）", "0.45"},
		{"单位：万元", "用地（公里）", ""},
		{"单位：万元", "用地（亩/平方米）", ""},
	} {
		r := one(t, pageOf(reserveTitle, cells{"填报单位：交通局", test.fields}, with(reserveHead, "J", test.heading), with(good, "J", 300)))
		if got := of(r, 4, "land_area"); got != test.want || (got == "") != (len(r.Findings) == 1) {
			t.Errorf("%s, %s: %q 亩, findings %v", test.fields, test.heading, got, show(r.Findings))
		}
	}
}

func TestMarkedCells(t *testing.T) {
	struck := func(raw, plain string) marked { return marked{raw, sheet.Marked{Plain: plain, Struck: true}} }
	raised := func(raw, plain string) marked { return marked{raw, sheet.Marked{Plain: plain, Raised: true}} }
	testValues(t, form.Reserve.Total.Column, tenThousandYuan, []valueCase{
		{"a footnote's number", raised("15001", "1500"), "1500 C30"},
		{"an old number struck out", struck("100020", "20"), "20 C30"},
		{"all struck out", struck("1000", ""), "C31"},
		{"what is left is no number", struck("1000约20", "约20"), "C01"},
	})
	testValues(t, form.Reserve.LandArea.Column, noUnit, []valueCase{{"square metres", raised("1500m2", "1500m"), "2.25"}})
	testValues(t, form.Reserve.Remark.Column, noUnit, []valueCase{
		{"square metres in words", raised("新建1500m2厂房", "新建1500m厂房"), "新建1500m2厂房"},
		{"words struck out", struck("缓建续建", "续建"), "续建 C30"},
		{"all words struck out", struck("缓建", ""), "C31"},
	})
}

// A text of the length that programs cut texts to is asked about. What counts are units of UTF-16, blanks included.
func TestTextsThatMayBeCut(t *testing.T) {
	long := func(n int) string { return strings.Repeat("路", n) }
	testValues(t, form.Progress.Leader.Column, noUnit, []valueCase{
		{"as many as an .xls of SheetJS has", long(255), long(255) + " C41"},
		{"one more", long(256), long(256)},
		{"with a rare character, which counts twice", long(253) + "𬭎", long(253) + "𬭎 C41"},
		{"with a blank", long(254) + " ", long(254) + " C41"},
		{"half a character dropped", long(254), long(254) + " C41"},
		{"shorter", long(253), long(253)},
		{"halves of line breaks dropped", "路\n桥\n" + long(249), "路\n桥\n" + long(249) + " C41"},
		{"less than a cell holds", long(32_765), long(32_765)},
		{"as many as a cell holds", long(32_767), long(32_767) + " C41"},
	})
}

// Rare characters are like any other; those for private use are taken, and asked about.
func TestOwnCharacters(t *testing.T) {
	testValues(t, form.Progress.Leader.Column, noUnit, []valueCase{
		{"rare", "李𬭎、王䶮", "李𬭎、王䶮"},
		{"of GB 18030-2022", "李\u9FB4", "李\u9FB4"},
		{"a compatible one", "李\uFA0E", "李\uFA0E"},
		{"the last before", "李\uD7FF", "李\uD7FF"},
		{"the first of one's own", "李\uE000", "李\uE000 C40"},
		{"a tick of a font of symbols", "\uF0FC李", "\uF0FC李 C40"},
		{"the last of one's own", "李\uF8FF", "李\uF8FF C40"},
		{"of the planes beyond", "李\U000F0000", "李\U000F0000 C40"},
		{"with what is struck out", marked{"李\uE000王", sheet.Marked{Plain: "李\uE000", Struck: true}}, "李\uE000 C40"},
		{"struck out", marked{"李\uE000", sheet.Marked{Plain: "李", Struck: true}}, "李 C30"},
	})
}
