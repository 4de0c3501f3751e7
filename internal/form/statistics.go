package form

import (
	"slices"

	"huizong/internal/ledger"
)

var statistics = newForm(Form{
	Number: 3, ID: "statistics", Title: "固定资产投资入统情况表", English: "projects in the statistics of fixed-asset investment",
	Aliases: []string{"固定资产投资项目入统情况表", "固定资产投资入统情况", "固定资产投资项目统计表", "固定资产投资统计表", "固定资产投资完成情况表", "入统项目情况表", "投资入统情况表", "项目入统情况表", "入统情况表", "入统项目表", "206表"},
	Stock:   true,
})

// Tables of the statistics: 206-1 for large projects, 206-2 for the others.
var tables = words("206-1/206-1表/H206-1/2061", "206-2/206-2表/H206-2/2062")

// Statistics is 固定资产投资入统情况表: a row is a project as the statistics have it, its
// investment cumulative from January. One row speaks of the county as a whole: it bears no
// name, and the published growth of its fixed-asset investment, whose level is never derived.
var Statistics = struct {
	Name         Text
	Code         Code
	Unit         Text // 统计单位: who reports to the statistics
	Total        Money
	Since        Date // 入库时间
	Table        Choice
	YearToDate   Money // since 1 January
	ThisMonth    Money
	Construction Money // since 1 January, as are the next three
	Installation Money
	Equipment    Money
	OtherCosts   Money
	SinceStart   Money // since the project began
	Growth       Rate  // of the county, against the same months of last year
	Leaving      Text
	Remark       Text
}{
	Name:  statistics.text(Required, "name", "项目名称", "项目", "项目（工程）名称", "统计项目名称", "工程名称", "入统项目名称"),
	Code:  statistics.code(Required, "code", "项目代码", "投资项目代码", "投资项目统一代码", "项目统一代码", "固定资产投资项目代码", "备案证项目代码", "立项代码", "国家代码"),
	Unit:  statistics.text(Optional, "unit", "统计单位", "统计单位名称", "报送单位", "填报单位", "法人单位", "法人单位名称", "单位名称", "项目单位", "建设单位"),
	Total: statistics.money(Required, "total", "计划总投资", "总投资", "项目计划总投资", "项目总投资").as(RoleTotal),
	Since: statistics.date(Optional, "since", "入库时间", "入统时间", "纳统时间", "入库日期", "入库年月", "纳入统计时间"),
	Table: statistics.choice(Optional, tables, "statistics_table", "表号", "统计表号", "报表表号", "所属报表"),
	YearToDate: statistics.money(Required, "year_to_date", "自年初累计完成投资", "年初累计完成投资", "本年完成投资", "本年累计完成投资", "自年初累计完成", "自年初累计", "1-N月完成投资",
		"1-N月累计完成投资", "年初至今完成投资", "累计入统投资", "入统投资"),
	ThisMonth:    statistics.money(Optional, "this_month", "本月完成投资", "N月完成投资", "当月完成投资", "本月完成", "本月投资", "N月份完成投资"),
	Construction: statistics.money(Optional, "construction", "建筑工程", "建筑工程投资", "按构成分/建筑工程", "自年初累计/建筑工程", "其中/建筑工程"),
	Installation: statistics.money(Optional, "installation", "安装工程", "安装工程投资", "按构成分/安装工程", "自年初累计/安装工程", "其中/安装工程"),
	Equipment:    statistics.money(Optional, "equipment", "设备工器具购置", "设备购置", "设备工具器具购置", "设备工器具购置费", "按构成分/设备工器具购置", "自年初累计/设备工器具购置", "其中/设备工器具购置"),
	OtherCosts:   statistics.money(Optional, "other_costs", "其他费用", "其他", "其它费用", "按构成分/其他费用", "自年初累计/其他费用", "其中/其他费用"),
	SinceStart:   statistics.money(Optional, "since_start", "自开始建设累计", "自开始建设累计完成投资", "自开工累计完成投资", "开始建设以来累计完成投资", "自开始建设至本月累计完成投资"),
	Growth:       statistics.rate(Optional, "growth", "固定资产投资增速(%)", "固定资产投资增速", "固投增速", "全县固定资产投资增速", "全县固投增速", "固定资产投资同比增速", "同比增速", "增速"),
	Leaving:      statistics.text(Optional, "leaving", "退库原因", "退统原因", "出库原因", "调出原因", "退库", "退出原因").as(RoleLeaving),
	Remark:       statistics.text(Optional, "remark", "备注", "说明", "备注说明").as(RoleRemark),
}

// Findings of the statistics form.
var (
	PartsApart = ledger.Declare("V43", ledger.Query, ledger.AcceptExplained, ledger.Level1, "balance-error",
		ledger.Zh("建筑工程、安装工程、设备工器具购置、其他费用之和不等于自年初累计", "请核对四项构成和自年初累计"),
		ledger.En("construction, installation, equipment and other costs do not add up to the year's investment",
			"check the four parts and the cumulative figure"))
	BelowThreshold = ledger.Declare("V44", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("计划总投资不到统计起点", "请核对计划总投资的数值和单位；确实不到起点的不应入统"),
		ledger.En("the planned total is below the threshold of the statistics", "check the amount and its unit; a smaller project does not belong here"))
	NotEntered = ledger.Declare("V45", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("有投资数而没有入库时间，应先入库后有数", "请补填入库时间；尚未入库的不应报投资数"),
		ledger.En("investment without a date of entry: a project is entered first", "fill in the date of entry; report no figure before it"))
	TableApart = ledger.Declare("V46", ledger.Notice, ledger.Accept, ledger.Level1, "constraint-error",
		ledger.Zh("表号与计划总投资的规模不符", "请核对表号（206-1为规模以上，206-2为规模以下）和计划总投资"),
		ledger.En("the table does not fit the size of the project", "check the table and the planned total"))
	YearOverStart = ledger.Declare("V47", ledger.Query, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("自年初累计超过自开始建设累计", "请核对两个累计数"),
		ledger.En("the year's investment exceeds the investment since the start", "check both cumulative figures"))
	StartOverTotal = ledger.Declare("V48", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("自开始建设累计超过计划总投资", "请核对计划总投资和累计数的数值、单位"),
		ledger.En("the investment since the start exceeds the planned total", "check the amounts and their units"))
)

func init() {
	s := &Statistics
	statistics.Entity = s.Name
	statistics.ProjectCode = s.Code.Column
	statistics.Owners = []Text{s.Unit}
	statistics.Amount = s.YearToDate
	statistics.Tracked = []*Column{s.Name.Column, s.Total.Column, s.Since.Column, s.Table.Column}
	statistics.Leaves = Stated(s.Leaving.Column)
	statistics.Whole = Both(Stated(s.Growth.Column), Not(Stated(s.Code.Column, s.Total.Column, s.YearToDate.Column)))
	for _, c := range []*Column{s.Name.Column, s.Code.Column, s.Total.Column, s.YearToDate.Column} {
		c.Waived = statistics.Whole
	}
	s.Name.Identity = true
	s.ThisMonth.OfMonth, s.Growth.OfMonth = true, true
	for _, c := range []*Column{s.YearToDate.Column, s.Construction.Column, s.Installation.Column, s.Equipment.Column, s.OtherCosts.Column} {
		c.ResetsInJanuary, c.Anew = true, true
	}

	explained := Stated(s.Remark.Column)
	statistics.Rules = []Rule{
		{PartsApart, s.YearToDate.Column, Equal(s.YearToDate, SumOfStated(s.Construction, s.Installation, s.Equipment, s.OtherCosts))},
		{NotRolledForward, s.YearToDate.Column, Equal(s.YearToDate, SumOf(Before(s.YearToDate), s.ThisMonth))},
		{FellSinceLastMonth, s.YearToDate.Column, Either(AtLeast(s.YearToDate, Before(s.YearToDate)), explained)},
		{BelowThreshold, s.Total.Column, Either(AtLeast(s.Total, Setting("statistics.threshold", AmountType)), explained)},
		{NotEntered, s.Since.Column, Given(MoreThan(s.YearToDate, Zero), Stated(s.Since.Column))},
		{LaterThanMonth, s.Since.Column, NotAfter(s.Since, PeriodEnd)},
		{TableApart, s.Table.Column, Given(Is(s.Table, "206-1"), AtLeast(s.Total, Setting("statistics.large", AmountType)))},
		{TableApart, s.Table.Column, Given(Is(s.Table, "206-2"), Not(AtLeast(s.Total, Setting("statistics.large", AmountType))))},
		{YearOverStart, s.YearToDate.Column, AtMost(s.YearToDate, s.SinceStart)},
		{StartOverTotal, s.SinceStart.Column, Either(AtMost(s.SinceStart, s.Total), explained)},
	}
	statistics.Rules = slices.Concat(statistics.Rules, usualSize(s.Total), steadySize(statistics), notNegative(statistics, s.Remark))
	statistics.Figures = []Figure{
		inPercent("statistics.growth_bp", "固定资产投资增速", ValueWhere(s.Growth, statistics.Whole)),
		counted("statistics.projects", "入统项目数", "个", CountOf(Not(statistics.Whole))),
		inMoney("statistics.year_to_date_fen", "入统项目自年初累计完成投资", TotalOf(s.YearToDate, nil)).ofYear(),
	}
}
