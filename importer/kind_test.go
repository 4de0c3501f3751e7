package importer

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/ledger"
)

// What becomes of a row.
const (
	isData  = "data"  // read as a project
	isAside = "aside" // told as no data
	isAsked = "asked" // sent back with the question whether it is a project
	isNamed = "named" // an example, with a notice
)

// become tells what became of a row of a return that has nothing else to be asked about.
func become(t *testing.T, p *page, row int) string {
	t.Helper()
	r := one(t, p)
	what := isAside
	for i := range r.Records {
		if r.Records[i].Row == row {
			what = isData
		}
	}
	for _, f := range r.Findings {
		switch {
		case f.Code == RowUnclear && f.Row == row && what == isData && len(r.Findings) == 1:
			what = isAsked
		case f.Code == ExampleRow && what == isAside && len(r.Findings) == 1:
			what = isNamed
		case what != isData:
			t.Errorf("findings %v", show(r.Findings))
		}
	}
	return what
}

// Labels of rows by what they are, one a word.
const (
	totalLabels = `合计 合　计 总计 小计 小　计 小　结 小结 共计 累计 总和 求和 加总 总合计 合计数 汇总 总数 总额 总　数 总计： 合计（万元） 小计（2个） 城投集团合计 交通局小计
		本页小计 本页合计 总 计 Total TOTAL 总计（Total） Subtotal Sum 共2个项目 共2项 2个 合計 以上合计 全部项目合计 投资合计 一季度小计 各单位汇总`
	averageLabels = `平均 平均值 平均数 占比 比重 人均 同比增长 环比 较上月增减 去年同期 上年同期 完成率 上月数 增幅 average`
	groupLabels   = `续建项目 新开工项目（2个） 新开工项目 在建项目 前期项目 储备项目 竣工项目 计划新开工项目 省级 市级 县级 省级重点项目 市级重点项目 市级重点续建项目 县级重点项目：
		产业发展 产业发展类 乡村振兴类 城市建设 民生类 其他类 其他 第一批 第二批次 A类 B类 甲类 一类项目 2024年新开工项目 结转项目 重点项目 重大项目 预备重点项目（2项）
		交通运输局 水利局 县水利局 城固县 全县 全县项目 县本级 市本级 各镇 博望街道 1.续建项目 （2）新开工项目 A、省级重点项目 谋划一批 储备一批 招商引资项目 政府投资项目 社会投资类 续建 新建`
	nobodysLabels = `旅游板块 城北片区 汉江以南 十大工程 双百工程 东部组团 张三负责 柳林镇样例工程 全县农村公路工程 汇总楼 城固县客运站 重要事项`
	footLabels    = `制表：张三 制表：张三　2024年6月25日 制表人：李四 填报人： 填表人：王五 审核：李四 审核人：李四 单位负责人（签字）： 分管领导： 负责人（签章）： 复核：赵六 经办人：
		以下空白 （以下空白） 本页完 此页无正文 数据来源：统计局 数据来源 资料来源：各镇 说明： 说明：1.本表按月报送 注：略 备注：按月报送 附注：略 附：项目清单 附件1：清单 共3页 第1页 第1页，共3页
		联系电话：0916-2345678 填报日期：2024年6月25日 制表时间：2024.6.25 盖章： 抄送：县政府办 统计口径：全社会 （完） 填表说明 END 转下页`
	againLabels   = `续表 （续表） 续表1 续上表 接上页 续表：`
	exampleLabels = `示例 例 （例） 样例 样表 范例 填写示例 填报示例 示例： 示例1 例1 例：城固县某项目 示例：新建道路 （示例） （示例）环城路 环城路（示例） 环城路（填写示例） example 举例
		XX项目 ×××项目 XXX ×× XX镇XX项目 ＸＸ项目 某某项目 某镇某项目 **项目 ○○项目 xx路 XX县XX工程 城固县XX项目`
	realNames = `汇总楼建设项目 全县农村公路工程 第一批棚改项目 小计河治理工程 平均寨水库 省级开发区道路 续建道路工程 合计算中心建设项目 总部经济园 共青城小区 市级体育馆 省级非遗馆
		计生服务站改造 累计河大桥 其中村道路 例湾村道路 示范园建设 样板村改造 说明村供水 附中教学楼 注水井工程 制表厂搬迁 备用水源 A类地块开发 甲级写字楼 城固县客运站
		交通局办公楼 县级应急指挥中心 2024年老旧小区改造 老旧小区改造（12个） 一类污水处理厂 前期工作经费项目 EXXON加油站 MAXX广场 数据中心 续建 审核中心大楼 本页岩气开发 三合村道路`
)

// rows counted by label, position and what became of them.
func TestRowsByLabel(t *testing.T) {
	a, b, c, d := reserveRow(1, "甲项目", 100), reserveRow(2, "乙项目", 200), reserveRow(3, "丙项目", 300), reserveRow(4, "丁项目", 400)
	bare := func(row []any) []any { return append([]any{}, row[1:]...) } // without 序号
	sheet := func(row []any) *page { return reserveSheet(a, b, row, c, d) }
	unnumbered := func(row []any) *page {
		return reserveHeaded(bare(reserveHead), bare(a), bare(b), bare(row), bare(c), bare(d))
	}
	real := func(label string) []any { return with(reserveRow(9, label, 900), "A", 9) }
	counts := map[string]int{}
	for _, test := range []struct {
		kind, labels string
		row          func(label string) *page
		want         string
	}{
		{"total under 序号", totalLabels, func(label string) *page { return sheet(cells{label, nil, nil, nil, nil, 300}) }, isAside},
		{"total as a name", totalLabels, func(label string) *page { return sheet(cells{nil, label, nil, nil, nil, 300}) }, isAside},
		{"total as a name, in text", totalLabels, func(label string) *page { return sheet(cells{nil, label, "/", "—", nil, "300", "-"}) }, isAside},
		{"total without 序号", totalLabels, func(label string) *page { return unnumbered(cells{nil, label, nil, nil, nil, 300}) }, isAside},
		{"total in a group's column", totalLabels, func(label string) *page { return sheet(cells{nil, nil, label, nil, nil, 300}) }, isAside},
		{"total under 责任单位", totalLabels, func(label string) *page { return sheet(cells{nil, nil, nil, nil, nil, 300, label}) }, isAside},
		{"total in a column that no form knows", totalLabels, func(label string) *page {
			return sheet(cells{nil, nil, nil, nil, nil, 300, nil, nil, nil, label})
		}, isAside},
		{"average", averageLabels, func(label string) *page { return sheet(cells{nil, label, nil, nil, nil, 150}) }, isAside},
		{"average without 序号", averageLabels, func(label string) *page { return unnumbered(cells{nil, label, nil, nil, nil, 150}) }, isAside},
		{"group", groupLabels, func(label string) *page { return sheet(cells{nil, label}) }, isAside},
		{"group under 序号", groupLabels, func(label string) *page { return sheet(cells{label, nil, nil, nil, nil, 700}) }, isAside},
		{"group with the sum of its rows", groupLabels, func(label string) *page { return sheet(cells{nil, label, nil, nil, nil, 700}) }, isAside},
		{"group without 序号", groupLabels, func(label string) *page { return unnumbered(cells{nil, label, nil, nil, nil, 700}) }, isAside},
		{"group in a group's column", groupLabels, func(label string) *page { return sheet(cells{nil, nil, label, nil, nil, 700}) }, isAside},
		{"anything with the sum of its rows", nobodysLabels, func(label string) *page { return sheet(cells{nil, label, nil, nil, nil, 700}) }, isAside},
		{"anything with another amount", nobodysLabels, func(label string) *page { return sheet(cells{nil, label, nil, nil, nil, 650}) }, isAsked},
		{"anything without 序号", nobodysLabels, func(label string) *page { return unnumbered(cells{nil, label, nil, nil, nil, 650}) }, isAsked},
		{"anything alone", nobodysLabels, func(label string) *page { return sheet(cells{nil, label}) }, isAsked},
		{"a numbered group with an amount", "续建项目 省级 第一批", func(label string) *page { return sheet(cells{3, label, nil, nil, nil, 650}) }, isAsked},
		{"a numbered total", totalLabels, func(label string) *page { return sheet(cells{3, label, nil, nil, nil, 300}) }, isAside},
		{"a total with a word", totalLabels, func(label string) *page { return sheet(cells{nil, label, nil, "四个镇", nil, 300}) }, isAside},
		{"a group with its office", groupLabels, func(label string) *page { return sheet(cells{nil, label, nil, nil, nil, 700, "水利局"}) }, isAside},
		{"anything with the sum of its rows and an office", nobodysLabels,
			func(label string) *page { return sheet(cells{nil, label, nil, nil, nil, 700, "水利局"}) }, isAside},
		{"anything with an office", nobodysLabels, func(label string) *page { return sheet(cells{nil, label, nil, nil, nil, 650, "水利局"}) }, isAsked},
		{"foot", footLabels, func(label string) *page { return reserveSheet(a, b, cells{label}) }, isAside},
		{"foot as a name", footLabels, func(label string) *page { return reserveSheet(a, b, cells{nil, label}) }, isAside},
		{"foot without 序号", footLabels, func(label string) *page { return reserveHeaded(bare(reserveHead), bare(a), bare(b), cells{label}) }, isAside},
		{"foot in several cells", footLabels, func(label string) *page {
			return reserveSheet(a, b, cells{label, nil, "审核：李四", nil, nil, nil, "2024年6月25日"})
		}, isAside},
		{"the table goes on", againLabels, func(label string) *page { return sheet(cells{label}) }, isAside},
		{"the table goes on, as a name", againLabels, func(label string) *page { return sheet(cells{nil, label}) }, isAside},
		{"example", exampleLabels, func(label string) *page { return reserveSheet(with(a, "B", label), b, c) }, isNamed},
		{"project", realNames, func(label string) *page { return sheet(real(label)) }, isData},
		{"project without 序号", realNames, func(label string) *page { return unnumbered(real(label)) }, isData},
		{"project that lacks its 序号", realNames, func(label string) *page { return sheet(with(real(label), "A", nil)) }, isData},
		{"project of a number, a name and an amount", strings.Replace(realNames, " 续建 ", " ", 1),
			func(label string) *page { return sheet(cells{9, label, nil, nil, nil, 900}) }, isData},
		{"project of a name and an amount", strings.Replace(realNames, " 续建 ", " ", 1),
			func(label string) *page { return sheet(cells{nil, label, nil, nil, nil, 900}) }, isAsked},
	} {
		for _, label := range strings.Fields(strings.ReplaceAll(test.labels, "　", "\x00")) {
			label = strings.ReplaceAll(label, "\x00", "　")
			p := test.row(label)
			row := 6
			if test.kind == "example" {
				row = 4
			}
			got := become(t, p, row)
			if got != test.want {
				t.Errorf("%s: %s is %s, want %s", test.kind, label, got, test.want)
			}
			counts[got]++
		}
	}
	t.Logf("%d rows: %v", counts[isData]+counts[isAside]+counts[isAsked]+counts[isNamed], counts)
}

func TestRowsThatNumberTheColumns(t *testing.T) {
	for _, row := range [][]any{
		{"甲", "乙", "丙", "丁", "戊", 1, "己", "庚", "辛"},
		{"(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(7)+(8)", "(7)", "(8)", "(9)"},
		{"（1）", "（2）", "（3）", "（4）"},
		{"A", "B", "C", "D", "E", 1, "F"},
		{"①", "②", "③", "④", "⑤"},
		{"栏次", "1", "2", "3", "4", "5"},
		{"一", "二", "三", "四"},
		{"1栏", "2栏", "3栏", "4栏"},
		{"—", "甲", "乙", "丙", "—", 1, 2},
		{"壬", "癸", "子", "丑", "寅"},
	} {
		if got := become(t, reserveSheet(row, good), 4); got != isAside {
			t.Errorf("%v is %s", row, got)
		}
		if got := become(t, reserveSheet(good, cells{"续表"}, reserveHead, row, other), 7); got != isAside {
			t.Errorf("%v on a new page is %s", row, got)
		}
	}
}

// Marks among the rows: what each may be the sum of.
func TestTotalsByAnyName(t *testing.T) {
	class := func(row []any, stage string) []any { return with(row, "C", stage) }
	a, b := class(reserveRow(1, "甲", 100), "谋划"), class(reserveRow(2, "乙", 200), "储备")
	c, d := class(reserveRow(3, "丙", 300), "谋划"), class(reserveRow(4, "丁", 400), "储备")
	mark := func(label string, total any) []any { return cells{nil, label, nil, nil, nil, total} }
	for _, test := range []struct {
		name string
		rows [][]any
		want []string
	}{
		{"levels within levels", [][]any{mark("全县", 1000), mark("省级", 300), mark("续建项目", 100), a, mark("新开工项目", 200), b,
			mark("市级", 700), mark("续建项目", 300), c, mark("新开工项目", 400), d}, []string{}},
		{"levels below their rows", [][]any{a, mark("续建小计", 100), b, mark("新开工小计", 200), mark("省级合计", 300), c, d,
			mark("市级合计", 700), mark("汇总", 1000)}, []string{}},
		{"classes below all rows", [][]any{a, b, c, d, mark("合计", 1000), mark("谋划", 400), mark("储备", 600)}, []string{}},
		{"classes that are wrong", [][]any{a, b, c, d, mark("合计", 1000), mark("谋划", 410), mark("储备", 600)}, []string{"F60 F9 总投资"}},
		{"汇总 that is wrong", [][]any{a, b, mark("汇总", 310)}, []string{"F60 F6 总投资"}},
		{"an average", [][]any{a, b, mark("平均", 150)}, []string{}},
		{"parts of the total", [][]any{a, b, c, mark("合计", 600), mark("其中：", nil), mark("重点项目（2项）", 310), mark("预备重点项目（5项）", 290)}, []string{}},
		{"其中 in the row of its first part", [][]any{a, b, mark("合计", 300), mark("其中：续建项目", 110), mark("新开工项目", 190)}, []string{}},
		{"a part is not in the sum", [][]any{a, b, mark("其中：政府投资", 120), mark("小计", 300), c, d, mark("小计", 700)}, []string{}},
		{"a group that counts its rows", [][]any{mark("谋划（2个）", 300), a, b}, []string{}},
		{"a group that miscounts them", [][]any{mark("谋划（3个）", 300), a, b}, []string{"F61 B4"}},
		{"a row in doubt keeps the total open", [][]any{a, b, mark("旅游板块", 50), mark("合计", 350)}, []string{"F62 B6"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, show(one(t, reserveSheet(test.rows...)).Findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// A row in doubt is sent back with its own cells: no office fills down into it, nor over it.
func TestRowInDoubt(t *testing.T) {
	r := one(t, reserveSheet(good, other, cells{nil, "旅游板块", nil, nil, nil, 50}, with(reserveRow(3, "丙项目", 300), "G", nil)))
	if of(r, 6, "name") != "旅游板块" || of(r, 6, "total") != "50" || of(r, 6, "department") != "" || of(r, 7, "department") != "" {
		t.Errorf("%q, %q of %q; below it of %q", of(r, 6, "name"), of(r, 6, "total"), of(r, 6, "department"), of(r, 7, "department"))
	}
	if got := r.Findings[0].Line(0); !strings.Contains(got, "F62 旅游板块 看不出这一行是不是项目") {
		t.Error(got)
	}
}

// Where all rows are of a name and an amount, such a row is a project.
func TestRowsOfFewColumns(t *testing.T) {
	head, numbered := cells{"项目名称", "总投资", "责任单位"}, cells{"序号", "项目名称", "总投资", "责任单位"}
	a, b, c, d := cells{"甲项目", 100, "水利局"}, cells{"乙项目", 200}, cells{"丙项目", 310}, cells{"丁项目", 400}
	after := func(n any, row []any) []any { return append(cells{n}, row...) }
	for _, test := range []struct {
		name string
		rows [][]any // a header and rows, of which the last but one is looked at
		want string
	}{
		{"the office is written once", [][]any{head, a, b, c, d}, isData},
		{"the office is written each time", [][]any{head, a, with(b, "C", "水利局"), with(c, "C", "交通局"), d}, isData},
		{"behind a group's column", [][]any{after("领域", head), after("城市建设", a), after("产业发展", b), after("乡村振兴", c), after("其他", d)}, isData},
		{"numbered", [][]any{numbered, after(1, a), after(2, b), after(3, c), after(4, d)}, isData},
		{"numbered, without its number", [][]any{numbered, after(1, a), after(2, b), after(nil, c), after(4, d)}, isAsked},
		{"a total by its name", [][]any{head, a, b, {"总和", 300}, {"注：略"}}, isAside},
		{"an office with the sum of its projects", [][]any{head, a, b, {"水利局", 300}, {"注：略"}}, isAside},
	} {
		r := one(t, pageOf(append([][]any{reserveTitle, reserveFields}, test.rows...)...))
		got := isAside
		for i := range r.Records {
			if r.Records[i].Row == len(test.rows)+1 {
				got = isData
			}
		}
		if slices.ContainsFunc(r.Findings, func(f ledger.Finding) bool { return f.Code == RowUnclear }) {
			got = isAsked
		}
		if got != test.want {
			t.Errorf("%s: %s, findings %v", test.name, got, show(r.Findings))
		}
	}
}

// The row of the county as a whole is data of the statistics; a total is not.
func TestRowOfTheWhole(t *testing.T) {
	head := cells{"序号", "项目名称", "项目代码", "计划总投资", "自年初累计完成投资", "固定资产投资增速(%)", "入库时间"}
	project := cells{1, "环城路", "2401-610722-04-01-100012", 8000, 3000, nil, "2024.3"}
	for _, test := range []struct {
		name string
		row  []any
		want string
	}{
		{"全县 with its growth", cells{nil, "全县", nil, nil, nil, 9.4}, isData},
		{"城固县 with its growth", cells{nil, "城固县", nil, nil, nil, 9.4}, isData},
		{"growth alone", cells{nil, nil, nil, nil, nil, 9.4}, isData},
		{"全县 with the sum", cells{nil, "全县", nil, 8000, 3000}, isAside},
		{"合计 with the growth beside the sum", cells{nil, "合计", nil, 8000, 3000, 9.4}, isAsked},
		{"全县 with the growth beside the sum", cells{nil, "全县", nil, 8000, 3000, 9.4}, isAsked},
	} {
		p := pageOf(cells{"城固县2024年6月固定资产投资入统情况表"}, cells{"填报单位：统计局", nil, "单位：万元"}, head, project, test.row)
		if got := become(t, p, 5); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestDittos(t *testing.T) {
	for _, mark := range strings.Split(`同上|同 上|同  上|同　上|同|同前|上同|同上行|如上|〃|〃〃|″|"|＂|“|”|''|’’|，，|,,|－〃－|—〃—|-〃-|-"-|..|…|……|do.|DO|ditto`, "|") {
		r := one(t, reserveSheet(good, with(other, "D", mark)))
		if of(r, 5, "place") != "博望街道" || len(r.Findings) != 0 {
			t.Errorf("%s: %q, findings %v", mark, of(r, 5, "place"), show(r.Findings))
		}
		if got := show(one(t, reserveSheet(good, with(other, "F", mark))).Findings); !cmp.Equal(got, []string{"F64 F5 总投资"}) {
			t.Errorf("%s for an amount: findings %v", mark, got)
		}
	}
	for _, word := range strings.Fields(`同上村 同心村 同左岸 上海 ’ 、 do村 “环城路” 如意村`) {
		if r := one(t, reserveSheet(good, with(other, "D", word))); of(r, 5, "place") != word {
			t.Errorf("%s: %q", word, of(r, 5, "place"))
		}
	}
	if r := one(t, reserveSheet(good, with(with(other, "D", "柳林镇"), "E", "同左"))); of(r, 5, "content") != "柳林镇" || r.Records[1].Fields.At(6).Did != "同左" {
		t.Errorf("同左: %q, %+v", of(r, 5, "content"), r.Records[1].Fields.At(6))
	}
}

// What stands in a merged cell is said of every row that it covers.
func TestRowsUnderMergedCells(t *testing.T) {
	bare := cells{nil, "丙项目", nil, nil, nil, 310}
	for _, test := range []struct {
		name   string
		page   *page
		row    int
		want   string
		office string
	}{
		{"a project whose words are merged", reserveSheet(good, other, bare).merge("C5:C6", "D5:D6", "E5:E6", "G5:G6", "I5:I6"), 6, isData, "交通运输局"},
		{"a second line of one number", reserveSheet(good, other, bare).merge("A5:A6"), 6, isData, "交通运输局"},
		{"小计 under a merged class", reserveSheet(good, with(other, "C", nil), cells{nil, "小计", nil, nil, nil, 300}).merge("C4:C6"), 6, isAside, ""},
		{"续建 under a merged class", reserveSheet(good, with(other, "C", nil), cells{nil, "续建项目", nil, nil, nil, 300}).merge("C4:C6"), 6, isAside, ""},
		{"a project below a total within a merged office", reserveSheet(good, cells{"小计", nil, nil, nil, nil, 100}, with(other, "G", nil)).merge("G4:G6"),
			6, isData, "交通运输局"},
		{"a project below a total", reserveSheet(good, cells{"小计", nil, nil, nil, nil, 100}, with(other, "G", nil)), 6, isData, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := become(t, test.page, test.row); got != test.want {
				t.Errorf("it is %s, want %s", got, test.want)
			}
			if r := one(t, test.page); test.want == isData && of(r, test.row, "department") != test.office {
				t.Errorf("it is of %q, want %q", of(r, test.row, "department"), test.office)
			}
		})
	}
}
