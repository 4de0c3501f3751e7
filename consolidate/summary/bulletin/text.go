package bulletin

import (
	"fmt"

	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A figure is a number of 主要指标 in a sentence, by its key; a measured one is a published figure with
// the unit that its measure is declared in.
type (
	figure   string
	measured string
)

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
		name, unit := "", ""
		switch part := part.(type) {
		case figure:
			name = string(part)
		case measured:
			_, of := form.FigureNamed(string(part))
			name = string(part)
			if of.Kind != form.BasisPoints { // a rate shows its own
				unit = of.Unit
			}
			if n.pendingValue(of) {
				unit += pendingMark
			}
		default:
			said = append(said, part)
			continue
		}
		cell := n.cells.of(name)
		if !cell.known {
			return nil
		}
		said = append(said, workbook.As(cell.now, cell.style.Ungrouped()))
		if unit != "" {
			said = append(said, unit)
		}
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
func (n narrator) moved(name string) clause {
	before, published := n.lastMonth(name)
	cell := n.cells.of(name)
	if !cell.known || !published {
		return nil
	}
	difference, format := n.Figures[name]-before, "0"
	size := max(difference, -difference)
	text := ledger.FormatDecimal(size, 1, 0)
	_, figure := form.FigureNamed(name)
	unit := figure.Unit
	switch figure.Kind {
	case form.Fen:
		format, text = "0.00", ledger.Money(size).In(ledger.HundredMillionYuan, 2)
	case form.BasisPoints:
		format, text, unit = "0.0", ledger.FormatDecimal(size, 100, 1), "个百分点"
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

func (n narrator) onReserve() []clause {
	stages := []any{"其中"}
	mark := ""
	for i, stage := range form.StageFigures {
		stages = append(stages, mark+n.County.Stages[i], measured("reserve."+stage+".projects"))
		mark = "、"
	}
	return []clause{
		sentence(n.say(fmt.Sprintf("截至%d月底，全县谋划储备项目", n.Period.Month), measured("reserve.projects")),
			n.moved("reserve.projects"), n.say("总投资", measured("reserve.investment_fen")), n.pending(form.Reserve.Name.Form)),
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
		sentence(n.say("全县重点项目", measured("progress.projects")),
			n.say("其中省级", measured("progress.provincial.projects"), "、市级", measured("progress.municipal.projects")),
			n.say("已开工", measured("progress.started")), n.say("开工率", figure("rate.started")), n.pending(form.Progress.Name.Form)),
		sentence(n.say(n.ToDate()+"累计完成投资", measured("progress.year_to_date_fen")),
			n.say("占年度计划", measured("progress.year_plan_fen"), "的", figure("rate.plan")), n.ahead()),
		sentence(n.say(fmt.Sprintf("%d月完成投资", n.Period.Month), measured("progress.this_month_fen")).and(n.unstated())),
		sentence(n.growth(), n.say("入统项目", measured("statistics.projects")), n.say("入统投资", measured("statistics.year_to_date_fen"))),
	}
}

// and joins what qualifies a clause to it; nothing where there is no such clause.
func (c clause) and(more clause) clause {
	if c == nil {
		return nil
	}
	return append(c, more...)
}

// unstated says how many projects the month's investment is without; nothing where all state it.
func (n narrator) unstated() clause {
	if n.Figures["progress.this_month_unstated"] == 0 {
		return nil
	}
	return n.say("（", measured("progress.this_month_unstated"), "项目未填报本月数）")
}

// roster says which of the leaders that are reported of are on the roster, and how many of it are not
// reported; nothing where all are there and no others.
func (n narrator) roster() clause {
	on := n.say("其中名录内", figure(onRoster), "人").and(n.say("、名录外", figure(offRoster), "人"))
	return on.and(n.say("（名录内未报", figure(silentLeaders), "人）"))
}

// ofRoll says how many of the tasks reported are on the county's list and how many are not; nothing
// where all are.
func (n narrator) ofRoll(scheme string) clause {
	return n.say("（清单内", figure(scheme+onRoll), "项、清单外", figure(scheme+offRoll), "项）")
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

func more(n, most int) string {
	if n > most {
		return fmt.Sprintf("等%d个", n)
	}
	return ""
}

func (n narrator) onDuty() []clause {
	return []clause{
		sentence(n.say("报送履职情况的县级领导", measured("duty.leaders")), n.roster(), n.say("本月深入现场", measured("duty.visits")),
			n.say("召开现场办公会、调度会", measured("duty.meetings")), n.say("发现问题", measured("duty.found")), n.say("解决问题", measured("duty.solved"), "（含以前月份发现的）")),
		sentence(n.say("全县召开周调度、专题调度会", measured("dispatch.meetings")), n.say("督查部门印发工作通报、任务交办单", measured("dispatch.notices"))),
	}
}

func (n narrator) onObstacles() []clause {
	return []clause{
		sentence(n.say(measured("obstacles.units"), "要素保障单位办理堵点难点问题"), n.say("上月结转", measured("obstacles.opening")),
			n.say("本月新增", measured("obstacles.new")),
			n.say("销号", measured("obstacles.closed")), n.say("月末未结", measured("obstacles.open")),
			n.say("其中逾期", measured("obstacles.overdue")), n.say("销号率", figure("rate.closed"))),
	}
}

func (n narrator) onPromotion() []clause {
	return []clause{
		sentence(n.say(fmt.Sprintf("%d月县级领导带队开展招商活动", n.Period.Month), measured("promotion.activities")), n.say("对接企业", measured("promotion.enterprises")),
			n.say("意向投资", measured("promotion.intent_fen"))),
		sentence(n.say("新签约项目", measured("signing.projects")), n.say("合同总投资", measured("signing.investment_fen")),
			n.say("到位资金", measured("signing.funds_fen"))),
	}
}

func (n narrator) onTasks() []clause {
	return []clause{
		sentence(n.say("高质量项目推进年行动方案报送", measured("tasks.aspects"), "方面", measured("tasks.tasks"), "任务").and(n.ofRoll("tasks.tasks")),
			n.say("已完成", measured("tasks.tasks_done")), n.say("滞后", measured("tasks.tasks_late"))),
		sentence(n.say("营商环境突破年行动方案报送", measured("tasks.business_focuses"), "聚焦", measured("tasks.business_measures"), "举措").and(n.ofRoll("tasks.business_measures")),
			n.say("已完成", measured("tasks.business_measures_done")), n.say("滞后", measured("tasks.business_measures_late"))),
	}
}

func (n narrator) onServices() []clause {
	return []clause{
		sentence(n.say("政务服务网办率（按事项）", measured("services.online_bp")), n.say("网办率（按办件）", measured("services.online_cases_bp")),
			n.say("办理时限压缩", measured("services.time_saved_bp")), n.say("推出“一件事”", measured("services.one_thing")),
			n.say("申报材料精简", measured("services.material_saved_bp"))),
		sentence(n.say("涉企纳税全程网办", measured("services.tax_online")), n.say("非接触办", measured("services.contactless"))),
		sentence(n.say("12345热线受理工单", measured("services.hotline_orders")), n.say("逾期", measured("services.hotline_overdue")),
			n.say("限时办结率", measured("services.on_time_bp"))),
	}
}

func (n narrator) onLand() []clause {
	said := sentence(n.say("参评企业（园区）", measured("landyield.rows")), n.say("用地", measured("landyield.land")),
		n.say("主营业务收入", measured("landyield.revenue_fen")), n.say("税收", measured("landyield.tax_fen")))
	return []clause{said}
}

func (n narrator) onFilings() []clause {
	return []clause{sentence(n.say("本月应报报表", figure("filings.owed"), "份"), n.say("收到", figure("filings.received"), "份"), n.say("报送率", figure("报送率")),
		n.say("按时报送率", figure("按时报送率")))}
}

func (n narrator) onOrders() []clause {
	by := n.by()
	return []clause{sentence(n.say("本通报附交办单", figure("orders"), "份（一个单位一份）"),
		n.say(fmt.Sprintf("请有关单位对照所附任务交办单，于%d年%d月%d日前办结，并在%d月报表中反映", by.Year, by.Month, by.Day, by.Month)))}
}
