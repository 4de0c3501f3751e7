package bulletin

import (
	"huizong/consolidate/summary/document"
	"huizong/consolidate/summary/workbook"
)

// An Order is 任务交办单 of one unit as a document.
type Order struct {
	Unit     string
	Document *document.Document
}

// Orders are the orders of the month, one for each line of 任务交办汇总; what they say quotes 交办明细.
func (w *Workbook) Orders() []Order {
	var all []Order
	for i, o := range w.bulletin.ordered.orders {
		all = append(all, Order{o.unit, w.bulletin.orderDocument(o, i)})
	}
	return all
}

// columnsOf are the columns in which an order lists the matters of a kind.
func (b *bulletin) columnsOf(kind string) []quotation {
	left, centre, from := document.Left, document.Centre, b.ordered.details
	switch kind {
	case slowProject:
		return []quotation{{"项目名称", 14, left, from, "事项"}, {"滞后情况", 15, left, from, "情况"}, {"包抓领导", 5, centre, from, ""}}
	case stuckMatter:
		return []quotation{{"编号", 4, centre, from, ""}, {"项目名称", 9, left, from, "事项"}, {"问题", 11, left, from, "情况"},
			{"办结时限", 5.5, centre, from, "原定时限"}, {"逾期\n（天）", 3, centre, from, "逾期天数"}}
	case lateTask:
		return []quotation{{"编号", 3, centre, from, ""}, {"任务", 18, left, from, "事项"}, {"完成时限", 6, centre, from, "原定时限"}, {"情况", 6, centre, from, ""}}
	}
	return []quotation{{"报表", 9, left, from, "事项"}, {"情况", 17, left, from, ""}, {"要求", 7, left, from, ""}}
}

// Heights of what is left to be written by hand, in millimetres.
const (
	answerHeight = 36
	issuerHeight = 18
)

// orderDocument is the order in that line of 任务交办汇总: every matter, room for the answer, and who asks.
func (b *bulletin) orderDocument(o *order, at int) *document.Document {
	line := func(heading string) workbook.Ref { return b.ordered.summary.Cell(heading, at) }
	signature, day := b.County.Signed(b.Period)
	d := b.newDocument(o.unit + "任务交办单")
	d.Title(b.County.Name + "高质量项目推进任务交办单")
	d.Form(
		[]document.Field{{Label: "编号", Value: quoted(line("编号"))}, {Label: "办结时限", Value: quoted(line("办结时限"))}},
		[]document.Field{{Label: "责任单位", Value: quoted(line("责任单位"))}, {Label: "交办事项", Value: append(quoted(line("合计")), document.Say("项"))}},
	)
	d.Paragraph(document.Say("请对照下列事项抓紧办理，于"), document.Quote(line("办结时限").Shown(), line("办结时限")),
		document.Say("前办结，填写办理反馈、加盖公章后报"+signature+"。"))
	for _, kind := range kindsOfMatter {
		rows := b.ordered.of(o, kind)
		if len(rows) == 0 {
			continue
		}
		d.Heading(1, document.Say(kind+"（"), document.Quote(line(kind).Shown(), line(kind)), document.Say("项）"))
		quoteRows(d, "", rows, b.columnsOf(kind)...)
	}
	d.Heading(1, document.Say("办理反馈"))
	d.Form(
		[]document.Field{{Label: "办理情况", Height: answerHeight, Foot: []string{"（单位盖章）　　　　", "年　　月　　日"}}},
		[]document.Field{{Label: "联系人"}, {Label: "联系电话"}},
		[]document.Field{{Label: "交办单位", Height: issuerHeight, Foot: []string{signature, inWords(day)}}},
	)
	return d
}
