package form

import (
	"slices"

	"huizong/internal/ledger"
)

var progress = newForm(Form{
	Number: 2, ID: "progress", Title: "重点项目建设进展月报表", English: "progress of key projects",
	Aliases: []string{"重点项目建设进度表", "重点项目进展情况表", "重点项目建设进展情况表", "重点项目进展", "重点建设项目进展情况月报表", "重点项目月报表", "省市重点项目进展情况表", "重点项目进度表", "重点项目"},
	Stock:   true,
})

var (
	levels  = words("省级/省级重点/省重点/省", "市级/市级重点/市重点/市", "县级/县级重点/县重点/县")
	classes = words("新开工/新建/计划新开工/计划开工/拟新开工/拟开工/今年新开工/本年新开工/当年新开工/年内新开工", "续建/在建/结转续建/结转",
		"建成/竣工/建成投产/已建成/建成投用/竣工投产/竣工投用/已竣工/完工/已完工/已建成投产/已投产/投产", "前期/前期项目/重大前期/前期准备/前期谋划")
)

// A ProgressLevel is a level of key projects with the beginning of the names of its figures.
type ProgressLevel struct {
	Name, Figure string
	Optional     bool // it is shown only while there are projects of it
}

// ProgressLevels are the levels, the highest first.
var ProgressLevels = []ProgressLevel{
	{levels[0].Name, "progress.provincial", false}, {levels[1].Name, "progress.municipal", false}, {levels[2].Name, "progress.county", true},
}

// Progress is 重点项目建设进展月报表: a row is a key project, its investment cumulative
// from January.
var Progress = struct {
	Name            Text
	Code            Code
	Level           Set
	Class           Choice
	Field           Text
	Place           Text
	Content         Text
	Years           Span
	Total           Money
	BeforeYear      Money // completed to the end of last year
	YearPlan        Money
	PlanToDate      Money // planned since 1 January, where the project has its own curve
	ThisMonth       Money
	YearToDate      Money // since 1 January
	SinceStart      Money // since the project began
	PlanShare       Rate  // as declared
	Funds           Money
	YearGoal        Text
	Appearance      Text // 形象进度
	PlanStart       Date
	Start           Date
	PlanFinish      Date
	Finish          Date
	InStatistics    Flag
	StatisticsSince Date
	Problems        Text
	Requests        Text
	NextMonth       Text
	Department      Text
	Owner           Text
	Leader          Text
	Contact         Text
	Phone           Text
	SevenSeven      Count
	TaskForce       Text
	Scheme          Text
	Leaving         Text
	Remark          Text
}{
	Name: progress.text(Required, "name", "项目名称", "项目", "项目（工程）名称", "发改项目名称", "工程名称", "重点项目名称", "建设项目名称", "项目全称", "工程项目名称"),
	Code: progress.code(Required, "code", "项目代码", "投资项目代码", "投资项目统一代码", "项目统一代码", "固定资产投资项目代码", "备案证项目代码", "立项代码", "国家代码",
		"在线平台代码", "投资项目在线平台代码", "投资项目在线代码", "国家投资项目代码", "全国投资项目代码"),
	Level:   progress.set(Required, levels, "level", "级别", "项目级别", "重点级别", "重点项目级别", "隶属", "层级", "省市级别"),
	Class:   progress.choice(Required, classes, "class", "类别", "项目类别", "建设类别", "建设性质", "性质", "项目性质", "建设阶段", "项目状态", "建设状态"),
	Field:   progress.text(Optional, "field", "领域", "项目领域", "所属领域", "所属行业", "行业").as(RoleField),
	Place:   progress.text(Optional, "place", "建设地点", "建设地址", "项目地点", "所在镇（街道）", "地点").as(RolePlace),
	Content: progress.text(Optional, "content", "建设内容及规模", "建设规模及主要建设内容", "主要建设内容及规模", "建设内容和规模", "主要建设内容", "建设内容"),
	Years:   progress.span(Required, "years", "建设起止年限", "建设年限", "建设期限", "起止时间", "起止年限", "建设周期"),
	Total:   progress.money(Required, "total", "总投资", "计划总投资", "投资规模", "项目总投资", "概算总投资", "投资概算", "投资总额").as(RoleTotal),
	BeforeYear: progress.money(Optional, "before_year", "上年底累计完成投资", "至上年底完成投资", "年前累计完成投资", "以前年度完成投资", "以前年度完成", "至年底完成投资", "年底前累计完成投资",
		"截至上年底累计完成投资", "截至年底累计完成投资").as(RoleLastYear),
	YearPlan: progress.money(Required, "year_plan", "年度计划投资", "年计划投资", "本年计划投资", "当年投资计划", "年度投资计划", "年度投资", "年投资/计划", "年度投资/计划", "本年投资/计划", "年投资计划",
		"年度计划", "年投资目标"),
	PlanToDate: progress.money(Optional, "plan_to_date", "1-N月计划投资", "1-N月累计计划投资", "本年累计计划投资"),
	ThisMonth: progress.money(Optional, "this_month", "本月完成投资", "N月完成投资", "当月完成投资", "当月实际完成投资", "本月投资", "本月完成", "当月完成", "N月完成", "N月份完成投资",
		"年投资/本月完成", "年度投资/本月完成"),
	YearToDate: progress.money(Required, "year_to_date", "1-N月累计完成投资", "1-N月完成投资", "1-N月累计完成", "1-N月完成", "年初至今完成投资", "本年累计完成投资", "年度累计完成投资",
		"年度累计完成", "当年累计完成投资", "自年初累计完成投资", "年投资/累计完成", "年度投资/累计完成", "年投资/完成", "1-N月/完成投资", "本年累计完成", "年完成投资", "年度完成投资"),
	SinceStart: progress.money(Optional, "since_start", "自开工累计完成投资", "自开始累计完成投资", "自开始累积完成投资", "开工累计完成投资", "开工以来累计完成投资", "开工累计/完成投资"),
	PlanShare: progress.rate(Optional, "plan_share", "占年度计划%", "占年度计划", "占年计划%", "占年计划", "占年度计划比例", "完成率", "年度投资完成率", "投资完成率", "完成比例",
		"年投资/完成率", "年度投资/完成率", "1-N月/占年度计划", "完成投资占年度计划", "完成年度计划比例", "年度计划完成率", "占年度计划比重"),
	Funds:    progress.money(Optional, "funds", "到位资金", "资金到位", "到资金额", "资金到位情况", "累计到位资金", "1-N月到位资金"),
	YearGoal: progress.text(Optional, "year_goal", "年度形象进度目标", "年计划形象进度", "年度目标", "年度建设目标", "年度形象进度"),
	Appearance: progress.text(Required, "appearance", "当前形象进度", "形象进度", "目前形象进度", "工程进度", "项目进展", "项目进展情况", "建设进展", "目前进展", "年初至本月主要形象进度",
		"截至目前形象进度", "工程形象进度", "工程进展", "推进情况", "项目推进情况", "建设进度", "工程形象"),
	PlanStart:       progress.date(Optional, "plan_start", "计划开工时间", "拟开工时间", "计划开工日期", "预计开工时间", "计划开工", "拟开工").ahead(),
	Start:           progress.date(Optional, "start", "实际开工时间", "开工时间", "开工日期", "实际开工日期", "实际开工", "已开工时间"),
	PlanFinish:      progress.date(Optional, "plan_finish", "计划竣工时间", "计划竣工日期", "预计竣工时间", "计划完工时间", "计划竣工", "计划完工").ahead(),
	Finish:          progress.date(Optional, "finish", "实际竣工时间", "竣工时间", "竣工日期", "实际竣工日期", "实际竣工"),
	InStatistics:    progress.flag(Optional, "in_statistics", "是否入统", "是否纳统", "是否纳入统计", "纳入统计", "是否入库", "入统情况", "统计入库", "是否纳入统计库", "入统与否", "是否已入统"),
	StatisticsSince: progress.date(Optional, "statistics_since", "入统时间", "纳统时间", "入库时间"),
	Problems:        progress.text(Optional, "problems", "存在问题", "存在的问题", "存在困难和问题", "困难问题", "问题", "主要问题", "存在问题及困难"),
	Requests:        progress.text(Optional, "requests", "需协调事项", "需协调解决事项", "需要协调解决的问题", "需要政府及有关部门协调解决的问题", "需县级协调事项"),
	NextMonth:       progress.text(Optional, "next_month", "下月计划", "下月工作计划", "下一步打算", "下一步工作计划", "工作安排", "下个月工作计划", "下步计划", "下一步工作", "下月工作"),
	Department:      progress.text(Required, "department", "责任单位", "牵头单位", "责任部门", "主管部门", "行业主管部门", "牵头责任单位", "责任主体", "报送单位", "填报单位").as(RoleResponsible),
	Owner:           progress.text(Optional, "owner", "项目单位", "业主", "业主单位", "建设单位", "投资主体", "项目法人", "项目业主", "建设主体", "法人单位", "实施单位"),
	Leader:          progress.text(Required, "leader", "包抓领导", "县级领导", "包联领导", "责任领导", "挂包领导", "县级包抓领导", "联系领导").as(RoleLeader),
	Contact:         progress.text(Optional, "contact", "联系人", "项目联系人", "联络员"),
	Phone:           progress.text(Optional, "phone", "联系电话", "电话", "联系方式", "手机号"),
	SevenSeven:      progress.count(Optional, "seven_seven", "“双七”清单完成项数", "双七清单完成项数", "双七完成项数", "双七清单"),
	TaskForce:       progress.text(Optional, "task_force", "专班", "项目专班", "工作专班"),
	Scheme:          progress.text(Optional, "scheme", "方案", "工作方案", "推进方案"),
	Leaving:         progress.text(Optional, "leaving", "调出原因", "退库原因", "调出", "退出原因").as(RoleLeaving),
	Remark:          progress.text(Optional, "remark", "备注", "说明", "备注说明").as(RoleRemark),
}

// Findings of the progress form.
var (
	SinceStartApart = ledger.Declare("V23", ledger.Query, ledger.AcceptExplained, ledger.Level1, "balance-error",
		ledger.Zh("自开工累计不等于上年底累计加本年累计", "请核对三个累计数"),
		ledger.En("the investment since the start is not last year's plus this year's", "check the three cumulative figures"))
	OverTotal = ledger.Declare("V24", ledger.Query, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("累计完成投资超过总投资", "请核对总投资、上年底累计和本年累计的数值、单位"),
		ledger.En("the investment completed exceeds the total", "check the amounts and their units"))
	ShareApart = ledger.Declare("V25", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("填报的占年度计划比例与按累计和计划算出的不符", "请核对后改正；该项也可不填，汇总时自动计算"),
		ledger.En("the declared share of the plan differs from the computed one", "correct it, or leave it blank to be computed"))
	PlanOverTotal = ledger.Declare("V26", ledger.Query, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("上年底累计加年度计划超过总投资", "请核对年度计划、总投资和上年底累计的数值、单位"),
		ledger.En("last year's investment and the year's plan exceed the total", "check the amounts and their units"))
	PlanMoved = ledger.Declare("V27", ledger.Query, ledger.HoldField, ledger.Level2, "constraint-error",
		ledger.Zh("年度计划投资在中期调整以外发生变动", "请恢复原计划数；确经批准调整的，请在备注中写明文号"),
		ledger.En("the year's plan changed outside the mid-year adjustment", "restore it, or state the approval in the remarks"))
	NotYetStarted = ledger.Declare("V28", ledger.Error, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("续建、建成项目没有实际开工时间", "请补填实际开工时间；未开工的请改正类别"),
		ledger.En("a continued or finished project has no actual start", "fill in the actual start, or correct the class"))
	StartsLater = ledger.Declare("V29", ledger.Error, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("实际开工时间晚于报告期末", "尚未开工的，请填在“计划开工时间”一栏；已开工的，请改正时间"),
		ledger.En("the actual start lies after the month", "give a start to come as 计划开工时间, or correct the date"))
	FinishMissing = ledger.Declare("V30", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("类别与实际竣工时间不符：建成的应有竣工时间，已竣工的类别应为建成", "请核对类别和实际竣工时间"),
		ledger.En("a finished project has no finishing date, or the reverse", "check the class and the finishing date"))
	OutsideStatistics = ledger.Declare("V31", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("已开工且达到入统标准，过了规定时间仍未入统", "请与统计局衔接入库；不应入统的，请在备注中说明"),
		ledger.En("started and over the threshold, but not in the statistics in time", "have it entered, or explain in the remarks"))
	MoneyBeforeStart = ledger.Declare("V32", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("有完成投资而没有实际开工时间", "请补填实际开工时间，或核对完成投资"),
		ledger.En("investment is reported without an actual start", "fill in the start, or check the investment"))
	TextUnchanged = ledger.Declare("V33", ledger.Query, ledger.AcceptExplained, ledger.Level2, "constraint-error",
		ledger.Zh("投资在增加，形象进度却连续三个月一字未改", "请按目前实际更新形象进度"),
		ledger.En("money moves while the physical progress has read the same for three months", "describe the progress anew"))
	MoneyUnchanged = ledger.Declare("V34", ledger.Notice, ledger.Accept, ledger.Level2, "constraint-error",
		ledger.Zh("形象进度有变化，累计完成投资却连续三个月不变", "请核对本月完成投资；属实的无需改动"),
		ledger.En("the physical progress moves while the money has stood for three months", "check this month's investment; leave it if it is so"))
	BehindUnexplained = ledger.Declare("V35", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("进度滞后而没有填写存在问题", "请填写存在问题和需协调事项"),
		ledger.En("behind schedule without a stated problem", "state the problem and what must be coordinated"))
	OverPlan = ledger.Declare("V36", ledger.Notice, ledger.Accept, ledger.Level1, "constraint-error",
		ledger.Zh("累计完成投资超过年度计划", "请核对；属实的无需改动"),
		ledger.En("more than the year's plan is completed", "check it; leave it if it is so"))
)

// Behind is by how much of the year's plan completion is behind schedule (负为超前): the share
// planned to date where the project has a curve of its own, else N/12, less the share done.
var Behind = Minus(OrElse(Share(Progress.PlanToDate, Progress.YearPlan), Elapsed), Share(Progress.YearToDate, Progress.YearPlan))

// Started holds of a project whose actual start (实际开工时间) is no later than the month's end.
var Started = NotAfter(Progress.Start, PeriodEnd)

// DueInStatistics holds of a project that must be in the statistics (应统): started, as large
// as the county's threshold, and past the months allowed.
var DueInStatistics = Both(Started, AtLeast(Progress.Total, Setting("statistics.threshold", AmountType)),
	MoreThan(MonthsSince(Progress.Start), Setting("statistics.months", CountType)))

func init() {
	p := &Progress
	progress.Entity = p.Name
	progress.ProjectCode = p.Code.Column
	progress.Owners = []Text{p.Owner, p.Department}
	progress.Amount = p.YearToDate
	progress.Stage = p.Class.Column
	progress.Tracked = []*Column{p.Name.Column, p.Level.Column, p.Class.Column, p.Total.Column, p.YearPlan.Column, p.Start.Column, p.Finish.Column,
		p.Department.Column, p.Leader.Column}
	progress.Leaves = Stated(p.Leaving.Column)
	for _, c := range []*Column{p.Name.Column, p.Department.Column} {
		c.Identity = true
	}
	p.Phone.Personal = true
	p.ThisMonth.OfMonth = true
	for _, c := range []*Column{p.PlanToDate.Column, p.YearToDate.Column, p.SinceStart.Column, p.PlanShare.Column, p.Funds.Column, p.Appearance.Column,
		p.NextMonth.Column} {
		c.Anew = true
	}
	for _, c := range []*Column{p.BeforeYear.Column, p.YearPlan.Column, p.PlanToDate.Column, p.YearToDate.Column, p.PlanShare.Column, p.Funds.Column,
		p.YearGoal.Column} {
		c.ResetsInJanuary = true
	}
	// A project in preparation has no plan, no investment and perhaps no code yet.
	for _, c := range []*Column{p.YearPlan.Column, p.YearToDate.Column, p.Code.Column} {
		c.Waived = Is(p.Class, "前期")
	}

	left := Minus(p.Total, p.BeforeYear)
	continued := Is(p.Class, "续建", "建成")
	progress.Ambiguous = []Ambiguity{{
		Names: []string{"累计完成投资", "累计完成", "累计投资", "累计完成投资额", "截至N月底累计完成投资", "截至目前累计完成投资"},
		Meanings: []Meaning{
			// Since January: no more than the year's plan and than what was left of the total.
			{p.YearToDate.Column, Both(AtMost(p.YearToDate, p.YearPlan), Either(Not(Stated(p.BeforeYear.Column)), AtMost(p.YearToDate, left)))},
			// Since the start: within the total, no less than at the end of last year, and of a
			// project of earlier years more than one year's plan.
			{p.SinceStart.Column, Both(AtMost(p.SinceStart, p.Total), Either(Not(Stated(p.BeforeYear.Column)), AtLeast(p.SinceStart, p.BeforeYear)),
				Given(Both(continued, Not(Stated(p.BeforeYear.Column))), MoreThan(p.SinceStart, p.YearPlan)))},
		},
	}}
	adjusting := Both(AtLeast(Month, Setting("progress.adjustment_from", CountType)), AtMost(Month, Setting("progress.adjustment_to", CountType)))
	explained := Stated(p.Remark.Column)
	described := Called("形象进度有更新", Not(Unchanged(p.Appearance.Column, 2)))
	progress.Rules = []Rule{
		{NotRolledForward, p.YearToDate.Column, Given(Called("累计不少于上月", AtLeast(p.YearToDate, Before(p.YearToDate))), // a fall is asked by itself
			Either(Equal(p.YearToDate, SumOf(Before(p.YearToDate), p.ThisMonth)), explained))},
		{FellSinceLastMonth, p.YearToDate.Column, Either(AtLeast(p.YearToDate, Before(p.YearToDate)), explained)},
		{SinceStartApart, p.SinceStart.Column, Equal(p.SinceStart, SumOf(p.BeforeYear, p.YearToDate))},
		// What was completed before this year is not always stated: without it the sums are lower
		// bounds, and those must not exceed the total either.
		{OverTotal, p.YearToDate.Column, AtMost(SumOfStated(p.BeforeYear, p.YearToDate), p.Total)},
		{ShareApart, p.PlanShare.Column, Near(p.PlanShare, Share(p.YearToDate, p.YearPlan), Setting("progress.share_tolerance", RateType))},
		{PlanOverTotal, p.YearPlan.Column, AtMost(SumOfStated(p.BeforeYear, p.YearPlan), p.Total)},
		{PlanMoved, p.YearPlan.Column, Given(Called("不在中期调整期间", Not(adjusting)), Either(Equal(p.YearPlan, Before(p.YearPlan)), explained))},
		{NotYetStarted, p.Start.Column, Given(Is(p.Class, "续建", "建成"), Stated(p.Start.Column))},
		{StartsLater, p.Start.Column, Started},
		{FinishMissing, p.Finish.Column, Given(Is(p.Class, "建成"), Stated(p.Finish.Column))},
		{FinishMissing, p.Class.Column, Given(NotAfter(p.Finish, PeriodEnd), Is(p.Class, "建成"))},
		{OutsideStatistics, p.InStatistics.Column, Given(DueInStatistics, Either(Yes(p.InStatistics), explained))},
		{MoneyBeforeStart, p.Start.Column, Given(Both(Is(p.Class, "新开工", "前期"), MoreThan(p.YearToDate, Zero)), Stated(p.Start.Column))},
		{TextUnchanged, p.Appearance.Column, Given(MoreThan(p.YearToDate, BeforeBy(2, p.YearToDate)), described)},
		{MoneyUnchanged, p.YearToDate.Column, Given(Both(Started, described), Called("累计完成投资有变化", Not(Unchanged(p.YearToDate.Column, 2))))},
		{BehindUnexplained, p.Problems.Column, Given(AtLeast(Behind, Setting("lights.behind_yellow", points)), Stated(p.Problems.Column))},
		{OverPlan, p.YearToDate.Column, AtMost(p.YearToDate, p.YearPlan)},
		{DatesReversed, p.PlanFinish.Column, NotAfter(p.PlanStart, p.PlanFinish)},
		{DatesReversed, p.Finish.Column, NotAfter(p.Start, p.Finish)},
	}
	progress.Rules = slices.Concat(progress.Rules, usualSize(p.Total), []Rule{steadyTotal(p.Total, p.Remark)}, steadySize(progress),
		notNegative(progress, p.Remark))
	progress.Figures = []Figure{
		counted("progress.projects", "重点项目数", "个", CountOf(nil)),
		counted("progress.started", "重点项目已开工", "个", CountOf(Started)),
		inMoney("progress.investment_fen", "重点项目总投资", TotalOf(p.Total, nil)),
		inMoney("progress.year_plan_fen", "重点项目年度计划投资", TotalOf(p.YearPlan, nil)).ofYear(),
		inMoney("progress.year_to_date_fen", "重点项目1-N月累计完成投资", TotalOf(p.YearToDate, nil)).ofYear(),
		inMoney("progress.this_month_fen", "重点项目本月完成投资", TotalOf(p.ThisMonth, nil)),
		counted("progress.this_month_unstated", "未填报本月完成投资的重点项目", "个", CountOf(Not(Stated(p.ThisMonth.Column)))),
	}
	for _, level := range ProgressLevels {
		of := Has(p.Level, level.Name)
		figures := []Figure{
			counted(level.Figure+".projects", level.Name+"重点项目数", "个", CountOf(of)),
			counted(level.Figure+".started", level.Name+"重点项目已开工", "个", CountOf(Both(of, Started))),
			inMoney(level.Figure+".year_plan_fen", level.Name+"重点项目年度计划投资", TotalOf(p.YearPlan, of)).ofYear(),
			inMoney(level.Figure+".year_to_date_fen", level.Name+"重点项目1-N月累计完成投资", TotalOf(p.YearToDate, of)).ofYear(),
		}
		for _, figure := range figures {
			if level.Optional {
				figure.IfAny = level.Figure + ".projects"
			}
			progress.Figures = append(progress.Figures, figure)
		}
	}
}
