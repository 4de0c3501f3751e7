package importer

import (
	"fmt"
	"testing"
)

// A letter is what a return says of whom and when it is: in its title, the cells below it, the name
// of its sheet and of its file, and 责任单位 of its rows. want is department and period, or the codes
// of what is asked.
type letter struct {
	title  string
	below  []any
	sheet  string
	file   string
	owner  string
	want   string
	notice bool // the month is assumed
}

const (
	juneFile = "水利局2024年6月谋划储备项目.xlsx"
	water    = "水利局 2024-06"
	untitled = "谋划储备项目表"
	inJune   = "2024年6月谋划储备项目表"
)

func from(unit string) []any { return cells{"填报单位：" + unit} }

var letters = []letter{
	// whose: the title's field
	{title: inJune, below: from("水利局"), want: water},
	{title: inJune, below: from("城固县水利局（盖章）"), want: water},
	{title: inJune, below: from("陕西省汉中市城固县水利局"), want: water},
	{title: inJune, below: from("县水务局(公章)"), want: water},
	{title: inJune, below: from("我县水利局"), want: water},
	{title: inJune, below: from("水利局办公室"), want: water},
	{title: inJune, below: from("水利局规划股"), want: water},
	{title: inJune, below: from("水利局（规划股）"), want: water},
	{title: inJune, below: from("水利局 张三"), want: water},
	{title: inJune, below: from("水 利 局"), want: water},
	{title: inJune, below: from("水利"), want: water},
	{title: inJune, below: cells{"填报单位（盖章）：", "城固县水利局"}, want: water},
	{title: inJune, below: cells{"单位：水利局"}, want: water},
	{title: inJune, below: from("龙头镇人民政府"), want: "龙头镇 2024-06"},
	{title: inJune, below: from("城固县莲花街道办事处"), want: "莲花街道 2024-06"},
	{title: inJune, below: from("城市建设投资集团有限公司"), want: "城市建设投资集团 2024-06"},
	{title: inJune, below: from("三合循环经济产业园区管委会"), want: "三合循环经济产业园区 2024-06"},
	{title: inJune, below: from("洋县水利局"), want: "F35"},
	{title: inJune, below: from("南郑区住建局"), want: "F35"},
	{title: inJune, below: from("汉中市住建局"), want: "F35"},
	{title: inJune, below: from("省水利厅"), want: "F35"},
	{title: inJune, below: from("农业农村和水利局"), want: "F35"},
	{title: inJune, below: from("农业和水利局"), want: "F35"},
	{title: inJune, below: from("县科技和工业信息化局"), want: "F35"},
	{title: inJune, below: from("县自然资源和林业局"), want: "F35"},
	{title: inJune, below: from("住建局、城管局"), want: "F35"},
	{title: inJune, below: from("水利局水管站"), want: "F35"},
	{title: inJune, below: from("城固县文旅集团"), want: "F35"},
	{title: inJune, below: from("洋县水利局"), file: juneFile, want: "F35"},
	{title: inJune, below: from("某某公司"), file: juneFile, want: "F36 " + water},
	{title: inJune, below: from("城固县人民政府办公室"), file: juneFile, want: "F36 " + water},
	{title: inJune, below: from("某某公司"), want: "F35"},

	// whose: the title
	{title: "城固县水利局2024年6月谋划储备项目表", want: water},
	{title: "水利局谋划储备项目表（2024年6月）", want: water},
	{title: "关于报送水利局2024年6月谋划储备项目的函", want: water},
	{title: "附件1水利局2024年6月谋划储备项目表", want: water},
	{title: "2024年6月谋划储备项目表（水利局）", want: water},
	{title: "2024年6月谋划储备项目表—水利局", want: water},
	{title: "洋县水利局2024年6月谋划储备项目表", want: "F35"},
	{title: "城固县农业农村和水利局2024年6月谋划储备项目表", want: "F35"},
	{title: "城固县人民政府2024年6月谋划储备项目表", file: "发改局2024年6月.xlsx", want: "发展和改革局 2024-06"},
	{title: "城固县人民政府办公室2024年6月谋划储备项目表", file: juneFile, want: water},
	{title: "城固县人民政府2024年6月谋划储备项目表", want: "F35"},
	{title: "中共城固县委 城固县人民政府2024年6月谋划储备项目表", file: juneFile, want: water},
	{title: "2024年6月水利工程谋划储备项目表", file: juneFile, want: water},
	{title: inJune, below: cells{"注：本表由发改局汇总，请于月底前报县财政局。"}, file: juneFile, want: water},

	// whose: names of files, sheets and folders
	{title: inJune, file: juneFile, want: water},
	{title: inJune, file: "附件1水利局.xlsx", want: water},
	{title: inJune, file: "1-水利局.xlsx", want: water},
	{title: inJune, file: "01水利局.xlsx", want: water},
	{title: inJune, file: "6月水利局.xlsx", want: water},
	{title: inJune, file: "水利局（最终版）.xlsx", want: water},
	{title: inJune, file: "水利局最终版(1).xlsx", want: water},
	{title: inJune, file: "2024.6水利局储备项目.xlsx", want: water},
	{title: inJune, file: "储备项目表（水利局）.xlsx", want: water},
	{title: inJune, file: "【水利局】6月储备项目.xlsx", want: water},
	{title: inJune, file: "县水利局报送6月数据.xlsx", want: water},
	{title: inJune, file: "水利局_张三.xlsx", want: water},
	{title: inJune, file: "洋县水利局6月.xlsx", want: "F35"},
	{title: inJune, file: "农业农村和水利局6月.xlsx", want: "F35"},
	{title: inJune, file: "6月.xlsx", sheet: "水利局", want: water},
	{title: inJune, file: "部门/水利局/6月.xlsx", want: water},
	{title: inJune, file: "水利局/交通局/6月.xlsx", want: "交通运输局 2024-06"},
	{title: inJune, file: "6月.xlsx", want: "F35"},
	{title: inJune, file: "乡村振兴局6月（分镇）.xlsx", sheet: "五堵镇", owner: "乡村振兴局", want: "乡村振兴局 2024-06"},
	{title: "2024年6月储备项目表（五堵镇）", file: "乡村振兴局6月（分镇）.xlsx", sheet: "五堵镇", owner: "乡村振兴局", want: "乡村振兴局 2024-06"},
	{title: inJune, file: "发改局汇总6月.xlsx", sheet: "水利局", owner: "水利局", want: water},
	{title: inJune, file: "发改局汇总6月.xlsx", sheet: "水利局", owner: "交通局", want: "F46"},

	// whose: title and file apart
	{title: inJune, below: from("水利局"), file: "交通局6月.xlsx", owner: "水利局", want: water},
	{title: inJune, below: from("水利局"), file: "交通局6月.xlsx", owner: "县水务局、交通局", want: water},
	{title: inJune, below: from("水利局"), file: "交通局6月.xlsx", owner: "交通局", want: "F46"},
	{title: inJune, below: from("水利局"), file: "交通局6月.xlsx", owner: "林业局", want: "F46"},
	{title: "城固县发改局" + inJune, file: juneFile, owner: "水利局", want: "F46"},
	{title: inJune, below: from("水利局"), file: "6月.xlsx", owner: "交通局", want: water},

	// when
	{title: "水利局谋划储备项目表", file: "2024年6月.xlsx", want: water},
	{title: "水利局谋划储备项目表", sheet: "6月", want: water},
	{title: "水利局谋划储备项目表", sheet: "2024.6", want: water},
	{title: "水利局谋划储备项目表", sheet: "6月份", want: water},
	{title: "水利局谋划储备项目表", sheet: "Jun-24", want: water},
	{title: "水利局谋划储备项目表", want: water, notice: true},
	{title: "2024年度水利局谋划储备项目表", want: water, notice: true},
	{title: "2024年度水利局谋划储备项目表", sheet: "6月", want: water},
	{title: "水利局谋划储备项目表（6月）", want: water},
	{title: "水利局2024年1-6月谋划储备项目表", want: water},
	{title: "水利局2024年上半年谋划储备项目表", want: water},
	{title: "水利局2024年第二季度谋划储备项目表", want: water},
	{title: "水利局谋划储备项目表（截至2024年6月30日）", want: water},
	{title: "水利局谋划储备项目表", below: cells{"（截至6月25日）"}, want: water},
	{title: "水利局谋划储备项目表", below: cells{"报告期：2024年6月"}, want: water},
	{title: "水利局谋划储备项目表", below: cells{"月份：6"}, want: water},
	{title: "水利局谋划储备项目表", below: cells{"报告期：", formatted{45473, "yyyy/m/d"}}, want: water},
	{title: "水利局谋划储备项目表", below: cells{formatted{45473, `yyyy"年"m"月"`}}, want: water},
	{title: "水利局谋划储备项目表", below: cells{formatted{45473, "yyyy/m/d"}}, want: water},
	{title: "水利局谋划储备项目表", below: cells{"2024年6月"}, want: water},
	{title: "水利局谋划储备项目表 June 2024", want: water},
	{title: "2023年度水利局谋划储备项目表", want: "F39"},
	{title: "水利局2024年第三季度谋划储备项目表", want: "F39"},
	{title: "水利局谋划储备项目表（截至2024年5月31日）", want: "F39"},
	{title: "水利局谋划储备项目表 May 2024", want: "F39"},
	{title: "水利局谋划储备项目表", below: cells{formatted{45443, `yyyy"年"m"月"`}}, want: "F39"},
	{title: "水利局谋划储备项目表", below: cells{formatted{45443, "yyyy/m/d"}}, want: "F39"},
	{title: "水利局谋划储备项目表", sheet: "5月", want: "F39"},
	{title: "水利局谋划储备项目表", sheet: "2024.5", want: "F39"},
	{title: "水利局谋划储备项目表", file: "2024年5月.xlsx", want: "F39"},
	{title: "水利局谋划储备项目表", file: "2023年重点项目.xlsx", want: "F39"},
	{title: "水利局2024年5月谋划储备项目表", file: juneFile, want: "F39"},
	{title: "水利局2023年6月谋划储备项目表", want: "F39"},

	// when: the date of filling in
	{title: "水利局谋划储备项目表（6月）", below: cells{"填报日期：2024年6月22日"}, want: water},
	{title: "水利局谋划储备项目表（6月）", below: cells{"填报日期：2024年7月3日"}, want: water},
	{title: "水利局谋划储备项目表（6月）", below: cells{"填报日期：2024年5月28日"}, want: water},
	{title: "水利局谋划储备项目表（6月）", below: cells{"2024年6月25日"}, want: water},
	{title: "水利局谋划储备项目表（6月）", below: cells{"填报日期：2023年6月22日"}, want: "F45"},
	{title: "水利局谋划储备项目表（6月）", below: cells{"填报日期：2024年4月30日"}, want: "F45"},
	{title: "水利局谋划储备项目表（6月）", below: cells{"填报日期：2025年7月1日"}, want: "F45"},
	{title: "水利局谋划储备项目表（6月）", below: cells{"2023年6月25日"}, want: "F45"},
	{title: "水利局谋划储备项目表", below: cells{"填报日期：2024年6月22日"}, want: water, notice: true},
	{title: "水利局谋划储备项目表", below: cells{"填报日期：2024年5月22日"}, want: "F45", notice: true},
	{title: "2024年度水利局谋划储备项目表", below: cells{"2024年5月22日"}, want: "F45", notice: true},
}

// Each letter is attributed as a person would, or asked about; how many of each class there are is
// printed.
func TestSenders(t *testing.T) {
	classes := map[string]int{}
	for _, test := range letters {
		rows := [][]any{{test.title}, test.below, reserveHead, with(good, "G", "水利局")}
		if test.owner != "" {
			rows[3] = with(good, "G", test.owner)
		}
		p := pageOf(rows...)
		if test.sheet != "" {
			p.name = test.sheet
		}
		file := test.file
		if file == "" {
			file = "表.xlsx"
		}
		r := readPages(config(), file, p).Returns[0]
		got, noticed := "", false
		for _, f := range r.Findings {
			switch f.Code {
			case PeriodAssumed:
				noticed = true
			case DepartmentUnlisted:
				got += f.Code.ID + " "
			case DepartmentUnknown, WrongPeriod, PreparedApart, SenderApart:
				got = f.Code.ID
				if f.Cell == "" {
					t.Errorf("%+v: %s has no cell", test, f.Code.ID)
				}
			default:
				t.Errorf("%+v: %s %s", test, f.Code.ID, f.Found)
			}
		}
		if got == "" || got == "F36 " {
			classes[map[bool]string{true: "read", false: "read, with a query"}[got == ""]]++
			got += fmt.Sprintf("%s %s", r.Department, r.Period)
		} else {
			classes["asked: "+got]++
		}
		if got != test.want || noticed != test.notice {
			t.Errorf("%q %q, sheet %q, file %q, rows of %q: %s, assumed %t; want %s",
				test.title, test.below, test.sheet, test.file, test.owner, got, noticed, test.want)
		}
	}
	t.Logf("%d senders and months: %v", len(letters), classes)
}
