package bulletin

import (
	"fmt"
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A figure is a number of 主要指标 in a sentence, by its key.
type figure string

// A clause is a part of a sentence: strings, figures and operands. It is nil, and left out,
// where one of its figures is not known.
type clause []any

// A narrator tells the month in sentences, each number from its cell of 主要指标.
type narrator struct {
	*bulletin
	cells headlineCells
}

// say makes a clause. What is not known is never said as 0.
func (n narrator) say(parts ...any) clause {
	var said clause
	for _, part := range parts {
		name, is := part.(figure)
		if !is {
			said = append(said, part)
			continue
		}
		cell := n.cells.of(string(name))
		if !cell.known {
			return nil
		}
		said = append(said, workbook.As(cell.now, cell.style.Ungrouped()))
	}
	return said
}

// sentence joins the clauses that can be said.
func sentence(clauses ...clause) clause {
	var said clause
	for _, c := range clauses {
		if c == nil {
			continue
		}
		if said != nil {
			said = append(said, "，")
		}
		said = append(said, c...)
	}
	if said == nil {
		return nil
	}
	return append(said, "。")
}

// moved says how a figure moved against the month before as published: 较上月增加3个.
func (n narrator) moved(name, unit string) clause {
	before, published := n.lastMonth(name)
	cell := n.cells.of(name)
	if !cell.known || !published {
		return nil
	}
	difference, format := n.Figures[name]-before, "0"
	size := max(difference, -difference)
	text := ledger.FormatDecimal(size, 1, 0)
	switch _, figure := form.FigureNamed(name); figure.Kind {
	case form.Fen:
		format, text = "0.00", ledger.Money(size).In(ledger.HundredMillionYuan, 2)
	case form.BasisPoints:
		format, text = "0.0", ledger.FormatDecimal(size, 100, 1)
	}
	said := "与上月公布数持平"
	switch {
	case difference > 0:
		said = "较上月公布数增加" + text + unit
	case difference < 0:
		said = "较上月公布数减少" + text + unit
	}
	return clause{workbook.Calc(workbook.Text(said),
		`IF(%s=0,"与上月公布数持平",IF(%s>0,"较上月公布数增加","较上月公布数减少")&TEXT(ABS(%s),"`+format+`")&"`+unit+`")`, cell.change, cell.change, cell.change)}
}

// A chapter is a part of the bulletin: its heading and its sentences.
type chapter struct {
	heading   string
	sentences []clause
}

// drawText draws 通报正文: the month in sentences, each number from its cell.
func (b *bulletin) drawText(s *workbook.Sheet, figures headlineCells) {
	flow := s.Flow(12, 6.9)
	body, indent := workbook.Bulletin.Size(14), "　　"
	flow.Gap(14)
	flow.Write(workbook.Text(b.County.Name+"高质量项目推进月度通报"), workbook.Title.Size(24))
	flow.Write(workbook.Text("（"+b.Period.Chinese()+"）"), workbook.Subheading.Size(15).Align(workbook.Centre))
	flow.Gap(10)
	flow.Write(workbook.Text("各镇（街道）、园区，县级各部门、单位："), body)
	flow.Write(workbook.Text(fmt.Sprintf("%s现将%s全县高质量项目推进情况通报如下。", indent, b.Period.Chinese())), body)
	n := 0
	for _, c := range (narrator{b, figures}).chapters() {
		paragraph := []any{indent}
		for _, said := range c.sentences {
			paragraph = append(paragraph, said...)
		}
		if len(paragraph) == 1 {
			continue
		}
		flow.Write(workbook.Text(indent+page.Numeral(n)+"、"+c.heading), workbook.Heading.Size(14))
		flow.Write(workbook.Sentence(paragraph...), body)
		n++
	}
	if silent := b.silent(); silent != "" {
		flow.Write(workbook.Text(indent+"本月尚未汇总的报表："+silent+"，相关情况待报送后通报。"), body)
	}
	flow.Gap(20)
	end := b.Period.End()
	flow.Write(workbook.Text(b.County.Publisher+indent), body.Align(workbook.Right))
	flow.Write(workbook.Text(fmt.Sprintf("数据截至%d年%d月%d日%s", end.Year, end.Month, end.Day, indent)), body.Align(workbook.Right))
}

// silent names the forms of which nothing stands.
func (b *bulletin) silent() string {
	var titles []string
	for _, f := range form.All() {
		if len(b.Register.Counted(f)) == 0 && len(b.County.Owes(f.ID)) > 0 &&
			slices.ContainsFunc(b.Missing, func(m consolidate.Missing) bool { return m.Form == f.ID }) {
			titles = append(titles, "《"+f.Title+"》")
		}
	}
	return strings.Join(titles, "")
}

func (n narrator) chapters() []chapter {
	return []chapter{
		{"项目谋划储备", n.onReserve()},
		{"重点项目建设", n.onProgress()},
		{"领导包抓和调度督办", n.onDuty()},
		{"要素保障和堵点难点销号", n.onObstacles()},
		{"招商引资", n.onPromotion()},
		{"行动方案任务进展", n.onTasks()},
		{"营商环境", n.onServices()},
		{"亩均效益", n.onLand()},
		{"报表报送", n.onFilings()},
		{"工作要求", n.onOrders()},
	}
}

func (n narrator) onReserve() []clause {
	stages := []any{"其中"}
	mark := ""
	for i, stage := range form.StageFigures {
		stages = append(stages, mark+n.County.Stages[i], figure("reserve."+stage+".projects"), "个")
		mark = "、"
	}
	return []clause{
		sentence(n.say(fmt.Sprintf("截至%d月底，全县谋划储备项目", n.Period.Month), figure("reserve.projects"), "个"),
			n.moved("reserve.projects", "个"), n.say("总投资", figure("reserve.investment_fen"), "亿元"), n.pending(form.Reserve.Name.Form)),
		sentence(n.say(stages...)),
	}
}

// pending says what is open on the count of a form's projects; nothing where nothing is.
func (n narrator) pending(f *form.Form) clause {
	if text := n.Pending(f); text != "" {
		return clause{text}
	}
	return nil
}

func (n narrator) onProgress() []clause {
	return []clause{
		sentence(n.say("全县重点项目", figure("progress.projects"), "个"),
			n.say("其中省级", figure("progress.provincial.projects"), "个、市级", figure("progress.municipal.projects"), "个"),
			n.say("已开工", figure("progress.started"), "个"), n.say("开工率", figure("rate.started")), n.pending(form.Progress.Name.Form)),
		sentence(n.say(n.ToDate()+"累计完成投资", figure("progress.year_to_date_fen"), "亿元"),
			n.say("占年度计划", figure("progress.year_plan_fen"), "亿元的", figure("rate.plan")), n.ahead(),
			n.say(fmt.Sprintf("其中%d月完成投资", n.Period.Month), figure("progress.this_month_fen"), "亿元")),
		n.troubled(),
		sentence(n.growth(), n.say("入统项目", figure("statistics.projects"), "个"), n.say("入统投资", figure("statistics.year_to_date_fen"), "亿元")),
	}
}

// ahead says by how much the year's plan is ahead of the year or behind it.
func (n narrator) ahead() clause {
	share := n.cells.of("rate.plan")
	if !share.known {
		return nil
	}
	lead := workbook.PointsBetween(share.now, n.Elapsed())
	return clause{workbook.Which(lead, "低于时序进度", "与时序进度持平，相差", "高于时序进度"), workbook.As(workbook.Abs(lead), workbook.Score.Decimals(1)), "个百分点"}
}

// growth says the growth of fixed-asset investment, whichever way it went.
func (n narrator) growth() clause {
	cell := n.cells.of("statistics.growth_bp")
	if !cell.known {
		return nil
	}
	return clause{n.ToDate() + "全县固定资产投资", workbook.Which(cell.now, "同比下降", "同比持平，增速", "同比增长"), workbook.As(workbook.Abs(cell.now), workbook.Percent)}
}

// troubled names the projects of red lights.
func (n narrator) troubled() clause {
	const most = 8
	var names []string
	for _, p := range n.keys.Projects {
		if p.Counts() && n.keys.Lights[p.Project].Overall() == rating.Red {
			names = append(names, p.Name()+"（"+p.Unit+"）")
		}
	}
	if len(names) == 0 {
		return nil
	}
	return clause{"总评红灯的项目有" + strings.Join(names[:min(most, len(names))], "、") + more(len(names), most) + "。"}
}

func more(n, most int) string {
	if n > most {
		return fmt.Sprintf("等%d个", n)
	}
	return ""
}

func (n narrator) onDuty() []clause {
	return []clause{
		sentence(n.say(figure("duty.leaders"), "名县级领导包抓重点项目"), n.say("本月深入现场", figure("duty.visits"), "次"),
			n.say("召开现场办公会、调度会", figure("duty.meetings"), "次"), n.say("发现问题", figure("duty.found"), "个"), n.say("解决问题", figure("duty.solved"), "个")),
		sentence(n.say("全县召开周调度、专题调度会", figure("dispatch.meetings"), "次"), n.say("印发工作通报、任务交办单", figure("dispatch.notices"), "份")),
	}
}

func (n narrator) onObstacles() []clause {
	late := map[string]bool{}
	var names []string
	for _, o := range n.ObstaclesOf() {
		if o.Days > 0 && !late[o.Unit] {
			late[o.Unit] = true
			names = append(names, o.Unit)
		}
	}
	slices.SortFunc(names, n.Register.CompareUnits)
	said := []clause{
		sentence(n.say(figure("obstacles.units"), "个要素保障单位受理办理堵点难点问题"), n.say("上月结转", figure("obstacles.opening"), "个"),
			n.say("本月新增", figure("obstacles.new"), "个"),
			n.say("销号", figure("obstacles.closed"), "个"), n.say("月末未结", figure("obstacles.open"), "个"),
			n.say("其中逾期", figure("obstacles.overdue"), "个"), n.say("销号率", figure("rate.closed"))),
	}
	if len(names) > 0 {
		said = append(said, clause{"有逾期未结问题的主办单位：" + strings.Join(names, "、") + "。"})
	}
	return said
}

func (n narrator) onPromotion() []clause {
	return []clause{
		sentence(n.say("县级领导带队开展招商活动", figure("promotion.activities"), "次"), n.say("对接企业", figure("promotion.enterprises"), "家"),
			n.say("意向投资", figure("promotion.intent_fen"), "亿元")),
		sentence(n.say("新签约项目", figure("signing.projects"), "个"), n.say("合同总投资", figure("signing.investment_fen"), "亿元"),
			n.say("到位资金", figure("signing.funds_fen"), "亿元")),
	}
}

func (n narrator) onTasks() []clause {
	return []clause{
		sentence(n.say("高质量项目推进年行动方案", figure("tasks.aspects"), "个方面", figure("tasks.tasks"), "项任务"),
			n.say("已完成", figure("tasks.tasks_done"), "项"), n.say("滞后", figure("tasks.tasks_late"), "项")),
		sentence(n.say("营商环境突破年行动方案", figure("tasks.business_focuses"), "个聚焦", figure("tasks.business_measures"), "项举措"),
			n.say("已完成", figure("tasks.business_measures_done"), "项"), n.say("滞后", figure("tasks.business_measures_late"), "项")),
	}
}

func (n narrator) onServices() []clause {
	return []clause{
		sentence(n.say("政务服务网办率（按事项）", figure("services.online_bp")), n.say("网办率（按办件）", figure("services.online_cases_bp")),
			n.say("办理时限压缩", figure("services.time_saved_bp")), n.say("推出“一件事”", figure("services.one_thing"), "件"),
			n.say("申报材料精简", figure("services.material_saved_bp"))),
		sentence(n.say("涉企纳税全程网办", figure("services.tax_online"), "项"), n.say("非接触办", figure("services.contactless"), "项")),
		sentence(n.say("12345热线受理工单", figure("services.hotline_orders"), "个"), n.say("逾期", figure("services.hotline_overdue"), "个"),
			n.say("限时办结率", figure("services.on_time_bp"))),
	}
}

func (n narrator) onLand() []clause {
	said := sentence(n.say("参评企业（园区）", figure("landyield.rows"), "家"), n.say("用地", figure("landyield.land"), "亩"),
		n.say("主营业务收入", figure("landyield.revenue_fen"), "亿元"), n.say("税收", figure("landyield.tax_fen"), "亿元"))
	return []clause{said}
}

func (n narrator) onFilings() []clause {
	var missed []string
	units := map[string]bool{}
	for _, f := range n.filings {
		if f.owed && f.state == missing && !units[f.unit] {
			units[f.unit] = true
			missed = append(missed, f.unit)
		}
	}
	const most = 12
	said := []clause{sentence(n.say("本月应报报表", figure("filings.owed"), "份"), n.say("收到", figure("filings.received"), "份"), n.say("报送率", figure("报送率")),
		n.say("按时报送率", figure("按时报送率")))}
	if len(missed) > 0 {
		said = append(said, clause{"有报表未报的单位：" + strings.Join(missed[:min(most, len(missed))], "、") + more(len(missed), most) + "。"})
	}
	return said
}

func (n narrator) onOrders() []clause {
	by := n.by()
	return []clause{sentence(n.say("本月向", figure("orders"), "个单位印发任务交办单"),
		n.say(fmt.Sprintf("请有关单位对照《任务交办单》所列滞后项目、逾期问题、滞后任务和未报报表，于%d年%d月%d日前办结，并在%d月报表中反映", by.Year, by.Month, by.Day, by.Month)))}
}
