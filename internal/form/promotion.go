package form

import "huizong/internal/ledger"

var promotion = newForm(Form{
	Number: 6, ID: "promotion", Title: "招商活动月晾晒表", English: "investment promotion of the month",
	Aliases: []string{"招商活动晾晒表", "招商引资月晾晒表", "招商月晾晒表", "月晾晒表", "外出招商情况表", "外出招商活动情况表", "招商活动情况表", "招商活动统计表", "小分队招商情况表", "领导外出招商情况表", "招商活动"},
})

// Promotion is 招商活动月晾晒表: a row is a trip as one leader made it. A joint trip may stand
// once with companions or once for each of them: it counts once for the county.
var Promotion = struct {
	Head        Text // 领导/带队人
	Companions  Text
	Department  Text
	Start       Date
	End         Date
	Destination Text
	Activity    Text
	Enterprises Text // names, one or several
	Contact     Text // who received them
	Intent      Money
	Outcome     Text
	Remark      Text
}{
	Head:        promotion.text(Required, "head", "领导（带队人）", "领导/带队人", "带队领导", "带队人", "领导", "带队领导姓名", "领导姓名", "姓名", "县级领导", "带队县级领导"),
	Companions:  promotion.text(Optional, "companions", "同行领导", "同行人员", "陪同领导", "随行人员", "参加领导", "同行县级领导"),
	Department:  promotion.text(Required, "department", "单位", "牵头单位", "责任单位", "组织单位", "承办单位", "带队单位", "所在单位").as(RoleResponsible),
	Start:       promotion.date(Required, "start_date", "开始日期", "开始时间", "出发日期", "出发时间", "活动日期", "活动时间", "招商时间", "外出时间", "时间/开始"),
	End:         promotion.date(Required, "end_date", "结束日期", "结束时间", "返回日期", "返回时间", "返程时间", "时间/结束"),
	Destination: promotion.text(Required, "destination", "目的地", "招商地点", "活动地点", "地点", "前往地点", "外出地点", "考察地点", "到访城市"),
	Activity:    promotion.text(Optional, "activity", "活动名称", "招商活动名称", "活动内容", "活动主题", "活动"),
	Enterprises: promotion.text(Required, "enterprises", "拜访企业名称", "拜访企业", "对接企业", "对接企业名称", "走访企业", "目标企业", "考察企业", "洽谈企业", "拜访（对接）企业名称", "对接目标企业"),
	Contact:     promotion.text(Optional, "contact", "对接人", "接洽人", "接洽人姓名", "企业联系人", "企业负责人"),
	Intent:      promotion.money(Optional, "intent", "意向投资额", "意向投资", "意向金额", "拟投资额", "意向总投资", "计划投资额"),
	Outcome:     promotion.text(Optional, "outcome", "成果", "活动成果", "招商成果", "取得成效", "成效", "对接情况", "洽谈情况"),
	Remark:      promotion.text(Optional, "remark", "备注", "说明", "备注说明").as(RoleRemark),
}

// EnterprisesCounted is of a trip of which nobody can tell whom it met.
var EnterprisesCounted = ledger.Declare("V65", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
	ledger.Zh("拜访企业填的是数量而不是名称，未计入企业数", "请逐个填写企业名称，用顿号隔开；多行填不下的可另附名单"),
	ledger.En("the enterprises are counted instead of named; they are left out of the number met", "name each of them"))

func init() {
	p := &Promotion
	promotion.Entity = p.Head
	promotion.Apart = []*Column{p.Start.Column, p.End.Column, p.Destination.Column, p.Activity.Column, p.Enterprises.Column}
	promotion.Amount = p.Intent
	p.Head.Identity = true
	p.Contact.Personal = true

	promotion.Rules = []Rule{
		{EnterprisesCounted, p.Enterprises.Column, NamesOnly(p.Enterprises)},
		{OutsideMonth, p.Start.Column, Either(InMonth(p.Start), InMonth(p.End))},
		{LaterThanMonth, p.Start.Column, NotAfter(p.Start, PeriodEnd)},
		{DatesReversed, p.End.Column, NotAfter(p.Start, p.End)},
		notHuge(p.Intent),
	}
	promotion.Rules = append(promotion.Rules, notNegative(promotion, p.Remark)...)
	promotion.Figures = []Figure{
		counted("promotion.activities", "县级领导招商活动次数", "次", DistinctOf(nil, p.Start.Column, p.End.Column, p.Destination.Column, p.Activity.Column)),
		counted("promotion.enterprises", "对接企业数", "家", DistinctFirms(nil, p.Enterprises)),
		inMoney("promotion.intent_fen", "意向投资额", TotalOf(p.Intent, nil)),
	}
}
