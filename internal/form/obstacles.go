package form

import "huizong/internal/ledger"

var obstacles = newForm(Form{
	Number: 4, ID: "obstacles", Title: "要素保障堵点难点问题台账", English: "obstacles to projects",
	Aliases: []string{"要素保障堵点难点台账", "堵点难点问题台账", "堵点难点台账", "堵点难点清单", "要素保障问题台账", "项目堵点难点问题台账", "要素保障台账",
		"重点项目问题台账", "项目问题台账", "堵点难点", "问题台账", "堵点卡点台账", "堵点卡点", "存在问题清单", "问题清单"},
	Stock: true,
})

var (
	kinds = words("用地/土地/用地问题/建设用地/用地指标/用地困难/用地保障/用地手续/土地指标/土地问题/土地手续/土地报批/用地报批/土地保障",
		"林地/用林/林地手续/使用林地/林地问题/林地指标/用林问题/用林手续/林地审批",
		"资金/融资/资金短缺/资金问题/资金困难/资金不足/资金缺口/资金紧张/资金不到位/资金保障/资金落实/融资困难/融资难/融资问题/贷款/贷款困难",
		"手续/前期手续/审批/审批手续/手续问题/手续办理/手续不全/手续滞后/审批问题/审批滞后/规划手续/环评手续",
		"征拆/征地拆迁/征迁/拆迁/征收/补偿争议/征地/征拆问题/征迁问题/拆迁问题/征地拆迁问题/征地问题/征拆困难/征迁困难/拆迁困难/征地困难/征地拆迁困难/征地补偿/拆迁补偿",
		"水电气路/水电路气/配套/基础配套/水电气路讯/基础设施配套/配套设施/水电/用水/用电/供水/供电/通电/电力/管网/水电路",
		"开复工/开工复工/开工/复工/开工问题/复工问题", "投资入统/入统/纳统/统计入库/入统问题/入库纳统", "其他/其它/其他问题/其它问题")
	states = words("受理/已受理/待交办", "交办/已交办/调度/已调度",
		"办理中/正在办理/在办/推进中/正在解决/正在推进/正在协调/协调中/解决中/正在协调解决/未办结/尚未办结/未解决/尚未解决/暂未解决/正在整改/整改中",
		"已解决待核/待核/待审核/已解决/已回复/已办结/待核验/办结/已办理/已完成/已整改/解决", "销号/已销号/完成销号/已核销/核销", "退回/已退回/退办", "延期/已延期/申请延期/延期办理/延期办结",
		"无法办理/不能办理/无法解决/暂无法解决/暂无法办理/不能解决/难以解决")
)

// Obstacles is 要素保障堵点难点问题台账: a row is a problem that holds up a project, from the
// day it is raised until it is struck off (销号). An answer strikes nothing off, and what is
// overdue is computed, never declared.
var Obstacles = struct {
	Number      Text
	Project     Text
	Code        Code
	Kind        Choice
	Description Text
	RaisedBy    Text
	Raised      Date
	Accepted    Date // 受理
	Assigned    Date // 交办
	Leader      Text
	Department  Text // 主办单位
	Helpers     Text // 配合单位
	Deadline    Date
	State       Choice
	Measures    Text
	Solved      Date // 实际办结
	Closed      Date // 销号
	Checker     Text
	Remark      Text
}{
	Number:      obstacles.text(Required, "number", "问题编号", "编号", "台账编号", "问题序号", "问题编码"),
	Project:     obstacles.text(Required, "project", "项目名称", "涉及项目", "所属项目", "项目", "项目（工程）名称", "工程名称"),
	Code:        obstacles.code(Optional, "code", "项目代码", "投资项目代码", "投资项目统一代码", "项目统一代码", "固定资产投资项目代码", "国家代码"),
	Kind:        obstacles.choice(Required, kinds, "kind", "问题类别", "问题类型", "类别", "类型", "堵点类别", "要素类别"),
	Description: obstacles.text(Required, "description", "问题描述", "存在问题", "堵点难点问题", "堵点难点", "反映的问题", "具体问题", "问题", "问题内容", "主要问题"),
	RaisedBy:    obstacles.text(Required, "raised_by", "提出单位", "反映单位", "上报单位", "提报单位", "问题提出单位"),
	Raised:      obstacles.date(Required, "raised", "提出日期", "提出时间", "问题提出时间", "反映时间", "上报时间", "上报日期", "提报时间", "接收时间"),
	Accepted:    obstacles.date(Optional, "accepted", "受理日期", "受理时间"),
	Assigned:    obstacles.date(Optional, "assigned", "交办日期", "交办时间", "调度日期", "调度时间"),
	Leader:      obstacles.text(Optional, "leader", "包抓领导", "县级领导", "包联领导", "责任领导", "挂包领导", "县级包抓领导").as(RoleLeader),
	Department:  obstacles.text(Required, "department", "主办单位", "牵头单位", "责任单位", "要素保障单位", "承办单位", "牵头（主办）单位", "办理单位", "牵头责任单位").as(RoleResponsible),
	Helpers:     obstacles.text(Optional, "helpers", "配合单位", "协办单位", "配合部门"),
	Deadline:    obstacles.date(Required, "deadline", "办结时限", "办理时限", "完成时限", "办结期限", "解决时限", "要求办结时间", "时限").ahead(),
	State:       obstacles.choice(Required, states, "state", "状态", "办理状态", "问题状态", "办理进度", "办理结果"),
	Measures:    obstacles.text(Optional, "measures", "解决措施", "办理情况", "解决情况", "工作措施", "推进措施", "办理措施", "无法办理说明"),
	Solved:      obstacles.date(Optional, "solved", "实际办结日期", "实际办结时间", "办结日期", "办结时间", "解决时间"),
	Closed:      obstacles.date(Optional, "closed", "销号日期", "销号时间"),
	Checker:     obstacles.text(Optional, "checker", "审核人", "核验人", "销号审核人", "核查人"),
	Remark:      obstacles.text(Optional, "remark", "备注", "说明", "备注说明").as(RoleRemark),
}

// Findings of the obstacles form.
var (
	ClosedUnchecked = ledger.Declare("V50", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("状态为销号，没有销号日期或审核人；回复不等于销号", "请补填销号日期和审核人；尚未审核的，状态请填“已解决待核”"),
		ledger.En("struck off without a date or a checker; an answer strikes nothing off", "fill in both, or set the state to 已解决待核"))
	ClosedInDateOnly = ledger.Declare("V51", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("填了销号日期而状态不是销号", "请核对状态和销号日期"),
		ledger.En("a date of striking off, but the state is another", "check the state and the date"))
	SolvedUnstated = ledger.Declare("V52", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("状态为已解决待核，没有实际办结日期或解决措施", "请补填实际办结日期和解决措施，供审核销号"),
		ledger.En("said to be solved without a date or the measures taken", "fill in both, for the check"))
	UnableUnexplained = ledger.Declare("V53", ledger.Error, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("无法办理而没有说明原因", "请在解决措施或备注中写明无法办理的原因"),
		ledger.En("cannot be dealt with, but no reason is given", "give the reason under measures or remarks"))
	DelayUnexplained = ledger.Declare("V54", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("延期或退回而没有说明", "请在备注中写明原因；延期的写明新的办结时限和批准人"),
		ledger.En("put off or sent back without a word", "state the reason; for a delay the new deadline and who approved it"))
	PastDeadline = ledger.Declare("V55", ledger.Notice, ledger.Accept, ledger.Level1, "constraint-error",
		ledger.Zh("已过办结时限，尚未销号", "请抓紧办理；确需延期的，按程序申请并填写新的办结时限"),
		ledger.En("past its deadline and not struck off", "deal with it, or have the deadline put off by due process"))
)

// What becomes of an obstacle. A state that is not known is not struck off, and a day that
// is not known is not of this month: 上月结转 + 本月新增 = 本月销号 + 月末未结, whatever is blank.
var (
	ObstacleClosed  = Both(Stated(Obstacles.State.Column), Is(Obstacles.State, "销号"))
	ObstacleNew     = Both(Stated(Obstacles.Raised.Column), InMonth(Obstacles.Raised))
	ObstacleOverdue = Both(Not(ObstacleClosed), Not(NotAfter(PeriodEnd, Obstacles.Deadline)))
)

func init() {
	o := &Obstacles
	obstacles.Entity = o.Number
	obstacles.Apart = []*Column{o.Project.Column}
	obstacles.Tracked = []*Column{o.State.Column, o.Department.Column, o.Deadline.Column}
	// Ledgers often keep what was struck off in earlier months: such rows have left.
	obstacles.Leaves = Both(ObstacleClosed, Not(NotAfter(PeriodStart, o.Closed)))
	obstacles.Ended = ObstacleClosed
	for _, c := range []*Column{o.Number.Column, o.Project.Column} {
		c.Identity = true
	}

	explained := Stated(o.Measures.Column, o.Remark.Column)
	obstacles.Rules = []Rule{
		{ClosedUnchecked, o.Closed.Column, Given(ObstacleClosed, Stated(o.Closed.Column))},
		{ClosedUnchecked, o.Checker.Column, Given(ObstacleClosed, Stated(o.Checker.Column))},
		{ClosedInDateOnly, o.State.Column, Given(Stated(o.Closed.Column), Is(o.State, "销号"))},
		{SolvedUnstated, o.Solved.Column, Given(Is(o.State, "已解决待核"), Stated(o.Solved.Column))},
		{SolvedUnstated, o.Measures.Column, Given(Is(o.State, "已解决待核"), Stated(o.Measures.Column))},
		{UnableUnexplained, o.Measures.Column, Given(Is(o.State, "无法办理"), explained)},
		{DelayUnexplained, o.Remark.Column, Given(Is(o.State, "延期", "退回"), explained)},
		{PastDeadline, o.Deadline.Column, Given(Called("尚未销号", Not(ObstacleClosed)), NotAfter(PeriodEnd, o.Deadline))},
		{DatesReversed, o.Accepted.Column, NotAfter(o.Raised, o.Accepted)},
		{DatesReversed, o.Assigned.Column, NotAfter(o.Accepted, o.Assigned)},
		{DatesReversed, o.Deadline.Column, NotAfter(o.Raised, o.Deadline)},
		{DatesReversed, o.Solved.Column, NotAfter(o.Raised, o.Solved)},
		{DatesReversed, o.Closed.Column, NotAfter(o.Solved, o.Closed)},
		{LaterThanMonth, o.Raised.Column, NotAfter(o.Raised, PeriodEnd)},
		{LaterThanMonth, o.Solved.Column, NotAfter(o.Solved, PeriodEnd)},
		{LaterThanMonth, o.Closed.Column, NotAfter(o.Closed, PeriodEnd)},
	}
	obstacles.Figures = []Figure{
		counted("obstacles.opening", "堵点难点上月结转", "个", CountOf(Not(ObstacleNew))),
		counted("obstacles.new", "堵点难点本月新增", "个", CountOf(ObstacleNew)),
		counted("obstacles.closed", "堵点难点本月销号", "个", CountOf(ObstacleClosed)),
		counted("obstacles.open", "堵点难点月末未结", "个", CountOf(Not(ObstacleClosed))),
		counted("obstacles.overdue", "堵点难点逾期未结", "个", CountOf(ObstacleOverdue)),
		counted("obstacles.units", "要素保障单位数", "个", DistinctListed(nil, "obstacles.support", o.Department)),
	}
}
