package form

import "huizong/internal/ledger"

var dispatch = newForm(Form{
	Number: 8, ID: "dispatch", Title: "调度督办台账", English: "meetings, bulletins and orders",
	Aliases: []string{"调度督办情况表", "项目调度督办台账", "重点项目调度督办台账", "调度督办情况台账", "调度台账", "督办台账", "调度会议台账", "调度督查台账", "调度督办", "督查督办台账", "督查督办"},
})

var occasions = words("周调度/周调度会/每周调度/周例会/周调度会议", "专题调度/专题调度会/专题会/专题会议/专题调度会议", "月评比/月评比会/月度评比", "季观摩/季度观摩/观摩/观摩会/项目观摩",
	"工作通报/通报/月通报/情况通报", "任务交办单/交办单/交办/任务交办/督办单/交办通知单", "督查/督导/实地督查/专项督查/督查督办/现场督查")

// Dispatch is 调度督办台账: a row is a meeting, a bulletin, a task order or a visit of the
// month. One that settled several matters may take several rows: it counts once.
var Dispatch = struct {
	Kind        Choice
	Day         Date
	Title       Text // or number (文号)
	Chair       Text
	Projects    Text
	Matters     Text
	Responsible Text
	Deadline    Date
	Completion  Text
	Remark      Text
}{
	Kind:        dispatch.choice(Required, occasions, "kind", "类型", "类别", "调度类型", "形式", "会议类型", "督办类型"),
	Day:         dispatch.date(Required, "held_on", "日期", "时间", "召开时间", "会议时间", "印发日期", "印发时间", "调度时间", "发文日期", "召开日期"),
	Title:       dispatch.text(Required, "title", "名称（文号）", "名称/文号", "名称", "文号", "会议名称", "会议（文件）名称", "标题", "主题"),
	Chair:       dispatch.text(Optional, "chair", "主持（签发）人", "主持/签发人", "主持人", "签发人", "主持领导", "主持", "带队领导"),
	Projects:    dispatch.text(Optional, "projects", "涉及项目", "涉及项目名称", "项目名称", "调度项目", "有关项目"),
	Matters:     dispatch.text(Optional, "matters", "议定事项", "主要内容", "交办事项", "会议议定事项", "内容", "交办内容", "督办事项"),
	Responsible: dispatch.text(Optional, "responsible", "责任单位", "承办单位", "牵头单位", "落实单位", "责任部门", "被督办单位"),
	Deadline:    dispatch.date(Optional, "deadline", "完成时限", "办结时限", "完成期限", "办理时限", "时限要求", "要求完成时间").ahead(),
	Completion:  dispatch.text(Optional, "completion", "完成情况", "落实情况", "办理情况", "进展情况", "办结情况"),
	Remark:      dispatch.text(Optional, "remark", "备注", "说明", "备注说明").as(RoleRemark),
}

// Findings of the dispatch form.
var (
	OrderUnaddressed = ledger.Declare("V75", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("任务交办单没有责任单位或完成时限", "请补填责任单位和完成时限"),
		ledger.En("a task order without a unit or a deadline", "fill in who must do it and by when"))
	NothingSettled = ledger.Declare("V76", ledger.Notice, ledger.Accept, ledger.Level1, "constraint-error",
		ledger.Zh("调度会没有填写议定事项", "请填写会议议定的事项；没有议定事项的无需改动"),
		ledger.En("a dispatch meeting that settled nothing", "state what it settled; leave it if it settled nothing"))
)

func init() {
	d := &Dispatch
	dispatch.Entity = d.Title
	dispatch.Apart = []*Column{d.Kind.Column, d.Day.Column, d.Matters.Column, d.Responsible.Column}
	d.Title.Identity = true

	meeting, notice := Is(d.Kind, "周调度", "专题调度"), Is(d.Kind, "工作通报", "任务交办单")
	order := Is(d.Kind, "任务交办单")
	occasion := []*Column{d.Kind.Column, d.Day.Column, d.Title.Column}
	dispatch.Rules = []Rule{
		{OutsideMonth, d.Day.Column, InMonth(d.Day)},
		{OrderUnaddressed, d.Responsible.Column, Given(order, Stated(d.Responsible.Column))},
		{OrderUnaddressed, d.Deadline.Column, Given(order, Stated(d.Deadline.Column))},
		{NothingSettled, d.Matters.Column, Given(meeting, Stated(d.Matters.Column))},
		{DatesReversed, d.Deadline.Column, NotAfter(d.Day, d.Deadline)},
	}
	dispatch.Figures = []Figure{
		counted("dispatch.meetings", "召开调度会次数", "次", DistinctOf(meeting, occasion...)),
		counted("dispatch.notices", "督查印发工作通报、任务交办单份数", "份", DistinctOf(notice, occasion...)),
	}
}
