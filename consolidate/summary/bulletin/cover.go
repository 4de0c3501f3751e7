package bulletin

import (
	"fmt"
	"strings"

	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
)

// cover is the cover of the bulletin; received is 报送情况.
func (b *bulletin) cover(received *workbook.Drawn) page.Cover {
	total := func(heading string) workbook.Operand { return workbook.As(received.Total(heading), workbook.Whole) }
	return page.Cover{
		Scope: workbook.Text(fmt.Sprintf("%d 类报表：%s", len(form.All()), titles())),
		Pairs: []workbook.Pair{
			{Label: "报送情况", Value: workbook.Sentence("应报 ", total("应报"), " 份，收到 ", total("收到"), " 份，报送率 ", received.Total("报送率"),
				"，按时报送率 ", received.Total("按时报送率"))},
			{Label: "未报情况", Value: workbook.Text(b.missingByForm()).From(page.FromReturns{})},
		},
		Notes: []string{
			"本册由各单位报送的各类报表整理而成。《通报正文》的数字均取自《主要指标》的单元格，《主要指标》取自各分表的合计；储备项目、重点项目的分表另见两本汇总。",
			"较上月与上月公布数相比，比率之差以百分点表示；没有报送、无从得知的不写入正文，也不作零处理，各分表以空白表示。",
			"堵点难点按“上月结转＋本月新增－本月销号＝月末未结”核对；逾期、过期按时限与月末计算，不采用自报。",
			"招商活动、调度会议由几位领导或几个事项分列的，全县只计一次；对接企业按名称计，只填数量的不计。",
			"营商环境比率的分母一并列示；亩均按原始金额和亩数计算，推算等级供核对，以填报等级为准。",
			"任务交办单一个单位一份，见文件夹“交办单”，只发有滞后、逾期、未报或退回事项的单位；各事项列在《交办明细》，办结时限为下月报表报送截止日。",
			"本册完成投资为责任单位填报，入统投资为统计局填报，到位资金为招商部门填报，三者口径不同，分别列示，不作合并。",
		},
	}
}

func titles() string {
	var all []string
	for _, f := range form.All() {
		all = append(all, f.Title)
	}
	return strings.Join(all, "、")
}

// missingByForm names the units without a return by form; where they are many, their number.
func (b *bulletin) missingByForm() string {
	const most = 4
	var lines []string
	for _, f := range form.All() {
		var names []string
		for _, filing := range b.filings {
			if filing.form == f && filing.owed && filing.inForce == nil {
				names = append(names, filing.unit)
			}
		}
		switch {
		case len(names) > most:
			lines = append(lines, fmt.Sprintf("%s（%d个单位）", f.Title, len(names)))
		case len(names) > 0:
			lines = append(lines, f.Title+"（"+strings.Join(names, "、")+"）")
		}
	}
	return page.Listing(lines)
}
