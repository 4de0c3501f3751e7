package form

import (
	"slices"

	"huizong/internal/ledger"
)

var signing = newForm(Form{
	Number: 7, ID: "signing", Title: "招商签约项目表", English: "projects signed with investors",
	Aliases: []string{"招商引资签约项目表", "招商签约项目情况表", "签约项目情况表", "签约项目表", "签约项目台账", "招商引资签约项目台账", "新签约项目表", "招商项目签约情况表", "签约项目"},
})

var (
	agreements = words("框架协议/战略合作协议/意向协议/合作框架协议/框架/战略合作框架协议/框架合作协议/意向合同/意向", "正式合同/投资合同/投资协议/合同/协议/正式协议/正式/项目投资合同/项目投资协议/招商合同/招商协议",
		"补充协议/补充合同/补充")
	origins = words("省内/省内资金/省内企业/本省"+shaanxi, "省际/省外/省外资金/省际资金/国内省外/省外企业/省际企业/外省/外省资金"+elsewhere, "境外/外资/港澳台"+abroad)
)

// Signing is 招商签约项目表: a row is a project signed in the month.
var Signing = struct {
	Name         Text
	Investor     Text
	Agreement    Choice
	Signed       Date
	Total        Money // of the contract
	Fixed        Money // of it in fixed assets
	Funds        Money // arrived (到位)
	Origin       Choice
	IsRegistered Flag
	Registered   Date
	IsStarted    Flag
	Start        Date
	Code         Code
	Department   Text
	Leader       Text
	Remark       Text
}{
	Name:         signing.text(Required, "name", "项目名称", "项目", "签约项目名称", "签约项目", "项目（工程）名称", "招商项目名称"),
	Investor:     signing.text(Required, "investor", "投资方", "投资企业", "投资方名称", "投资主体", "投资单位", "客商名称", "签约企业", "乙方"),
	Agreement:    signing.choice(Optional, agreements, "agreement", "协议类型", "合同类型", "签约类型", "协议性质"),
	Signed:       signing.date(Required, "signed", "签约日期", "签约时间", "签订时间", "签订日期", "合同签订时间"),
	Total:        signing.money(Required, "total", "合同总投资", "总投资", "签约金额", "合同金额", "协议总投资", "签约总投资", "投资总额", "计划总投资", "协议投资额").as(RoleTotal),
	Fixed:        signing.money(Optional, "fixed", "固定资产投资", "固投金额", "其中：固定资产投资", "固定资产投资额", "合同总投资/固定资产投资"),
	Funds:        signing.money(Optional, "funds", "到位资金", "资金到位", "到资金额", "累计到位资金", "资金到位情况", "已到位资金"),
	Origin:       signing.choice(Optional, origins, "origin", "来源地", "资金来源地", "投资来源", "省内/省际", "资金来源", "投资方来源地"),
	IsRegistered: signing.flag(Optional, "is_registered", "是否注册", "是否注册公司", "是否注册企业", "注册情况"),
	Registered:   signing.date(Optional, "registered", "注册时间", "注册日期", "公司注册时间"),
	IsStarted:    signing.flag(Optional, "is_started", "是否开工", "开工情况", "是否开工建设"),
	Start:        signing.date(Optional, "start", "开工时间", "实际开工时间", "开工日期"),
	Code:         signing.code(Optional, "code", "项目代码", "投资项目代码", "投资项目统一代码", "项目统一代码", "固定资产投资项目代码", "备案证项目代码", "国家代码"),
	Department:   signing.text(Required, "department", "责任单位", "牵头单位", "责任部门", "负责单位", "落地单位", "承接单位", "引进单位").as(RoleResponsible),
	Leader:       signing.text(Optional, "leader", "责任领导", "包抓领导", "县级领导", "牵头领导", "县级责任领导", "区级责任领导").as(RoleLeader),
	Remark:       signing.text(Optional, "remark", "备注", "说明", "备注说明").as(RoleRemark),
}

// Findings of the signing form.
var (
	FundsOverContract = ledger.Declare("V70", ledger.Query, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("到位资金超过合同总投资", "请核对两个金额和单位"),
		ledger.En("more money has arrived than the contract comes to", "check both amounts and their units"))
	FixedOverContract = ledger.Declare("V71", ledger.Query, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("固定资产投资超过合同总投资", "请核对两个金额和单位"),
		ledger.En("the investment in fixed assets exceeds the contract", "check both amounts and their units"))
	DateUnstated = ledger.Declare("V72", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("已注册或已开工而没有填写时间", "请补填注册时间或开工时间"),
		ledger.En("registered or started without a date", "fill in the date"))
)

func init() {
	s := &Signing
	signing.Entity = s.Name
	signing.ProjectCode = s.Code.Column
	signing.Owners = []Text{s.Investor, s.Department}
	signing.Amount = s.Total
	for _, c := range []*Column{s.Name.Column, s.Department.Column} {
		c.Identity = true
	}

	signing.Rules = []Rule{
		{OutsideMonth, s.Signed.Column, InMonth(s.Signed)},
		{FundsOverContract, s.Funds.Column, AtMost(s.Funds, s.Total)},
		{FixedOverContract, s.Fixed.Column, AtMost(s.Fixed, s.Total)},
		{DateUnstated, s.Registered.Column, Given(Yes(s.IsRegistered), Stated(s.Registered.Column))},
		{DateUnstated, s.Start.Column, Given(Yes(s.IsStarted), Stated(s.Start.Column))},
		{LaterThanMonth, s.Registered.Column, NotAfter(s.Registered, PeriodEnd)},
		{LaterThanMonth, s.Start.Column, NotAfter(s.Start, PeriodEnd)},
		{DatesReversed, s.Start.Column, NotAfter(s.Signed, s.Start)},
	}
	signing.Rules = slices.Concat(signing.Rules, usualSize(s.Total), notNegative(signing, s.Remark))
	signing.Figures = []Figure{
		counted("signing.projects", "招商签约项目数", "个", CountOf(nil)),
		inMoney("signing.investment_fen", "招商签约项目总投资", TotalOf(s.Total, nil)),
		inMoney("signing.funds_fen", "招商签约项目到位资金", TotalOf(s.Funds, nil)),
		counted("signing.unstated", "未填报合同总投资或到位资金的签约项目", "个", CountOf(Not(Both(Stated(s.Total.Column), Stated(s.Funds.Column))))),
		inMoney("signing.both_investment_fen", "两项都填报的签约项目合同总投资", TotalOf(s.Total, Stated(s.Funds.Column))),
		inMoney("signing.both_funds_fen", "两项都填报的签约项目到位资金", TotalOf(s.Funds, Stated(s.Total.Column))),
	}
	for i := range signing.Figures[3:] {
		signing.Figures[3+i].IfAny = "signing.unstated"
	}
}
