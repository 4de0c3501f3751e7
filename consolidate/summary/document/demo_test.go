package document_test

import (
	"fmt"
	"testing"
	"time"

	"huizong/consolidate/summary/document"
)

const issuer = "城固县发展和改革局"

func blankDocument() *document.Document {
	return document.New(document.Properties{
		Title: "关于2024年6月全县重点项目推进情况的通报", Author: issuer, Date: time.Date(2024, time.June, 30, 0, 0, 0, 0, time.UTC),
	}, document.DefaultFonts)
}

// A project is a row of the demo's tables.
type project struct {
	place       int
	name, unit  string
	plan, spent float64
}

func projects(n int) []project {
	var all []project
	for i := range n {
		all = append(all, project{i + 1, fmt.Sprintf("第%d号标准化厂房及配套基础设施建设项目", i+1), "经济技术开发区管委会", float64(1000 + i), float64(600 + i)})
	}
	return append(all, project{0, "合计", "", 39000, 24000})
}

func amount(x float64) document.Text { return document.Plain(fmt.Sprintf("%.2f", x)) }

var ledger = document.Table[project]{
	Right: "单位：万元",
	Columns: []document.Column[project]{
		{"序号", 3, document.Centre, func(p project) document.Text {
			if p.place == 0 {
				return nil
			}
			return document.Plain(fmt.Sprint(p.place))
		}},
		{"项目名称", 12, document.Left, func(p project) document.Text { return document.Text{document.Quote(p.name, p.place)} }},
		{"责任单位", 8, document.Left, func(p project) document.Text { return document.Plain(p.unit) }},
		{"年度计划", 5, document.Right, func(p project) document.Text { return amount(p.plan) }},
		{"累计完成", 5, document.Right, func(p project) document.Text { return amount(p.spent) }},
	},
	Strong: func(p project) bool { return p.place == 0 },
	Notes:  []string{"注：年度计划为县委、县政府下达数。"},
}

// demo has one of everything.
func demo() *document.Document {
	d := blankDocument()
	d.Number("城发改〔2024〕8号")
	d.Title(issuer, "关于2024年6月全县重点项目推进情况的通报")
	d.To("各镇人民政府、街道办事处，县级各有关部门")
	d.Paragraph(document.Say("1至6月，全县"), document.Quote("320个", "总览!C5"), document.Say("重点项目完成投资"),
		document.Quote("1080.96亿元", "总览!D5"), document.Say("，占年度计划的"), document.Quote("52.31%", "总览!E5"),
		document.Say("，快于时序进度2.31个百分点。现将有关情况通报如下。"))
	d.Heading(1, document.Say("总体进展"))
	d.Heading(2, document.Say("续建项目"))
	d.Paragraph(document.Say("续建项目126个，年度计划投资"), document.Quote("48.20亿元", "分类!C6"), document.Say("，已完成26.10亿元。"))
	d.Heading(2, document.Say("新开工项目"))
	d.Heading(3, document.Say("已开工项目"))
	d.Heading(4, document.Say("产业类项目"))
	d.Item(4, document.Say("基础设施类项目12个，完成投资3.20亿元。"))
	d.Heading(1, document.Say("下步要求"))
	d.Item(3, document.Say("各责任单位要对照年度计划，倒排工期、挂图作战，于7月20日前报送整改情况。"))
	d.Item(3, document.Say("县发改局要加强调度，每月通报。"))
	d.Announce("重点项目推进情况表", "2024年6月推进滞后的重点项目及其责任单位、包抓领导和原因一览表", "整改任务单")
	d.Sign(issuer, "2024年7月5日", document.Sealed)
	d.Contact(document.Say("联系人：×××，电话：0916-7211234"))

	d.Attachment(document.Portrait)
	ledger.Draw(d, projects(38))
	d.Attachment(document.Landscape)
	ledger.Draw(d, projects(4))
	d.Attachment(document.Portrait)
	d.Form(
		[]document.Field{{Label: "任务编号", Value: document.Plain("2024-06-003")}, {Label: "整改时限", Value: document.Plain("2024年7月20日")}},
		[]document.Field{{Label: "责任单位", Value: document.Text{document.Quote("县交通运输局", "项目台账!F12")}}, {Label: "包抓领导", Value: document.Plain("×××")}},
		[]document.Field{{Label: "存在问题", Value: document.Plain("年度计划完成率低于时序进度20.15个百分点。")}},
		[]document.Field{{Label: "整改情况", Height: 70}},
		[]document.Field{{Label: "单位意见", Height: 45, Foot: []string{"负责人签字：　　　　　（盖章）", "年　　月　　日"}}},
		[]document.Field{{Label: "联系人"}, {Label: "联系电话"}},
	)
	d.Imprint(document.Imprint{CopyTo: "县委办公室，县人大常委会办公室，县政府办公室，县政协办公室，县纪委监委，各县级领导。",
		Printer: issuer + "办公室", Printed: "2024年7月5日印发"})
	return d
}

func mustBytes(t testing.TB, d *document.Document) []byte {
	t.Helper()
	content, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return content
}
