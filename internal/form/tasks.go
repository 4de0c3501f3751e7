package form

import "huizong/internal/ledger"

var tasks = newForm(Form{
	Number: 9, ID: "tasks", Title: "行动方案任务进展表", English: "progress of the action plans' tasks",
	Aliases: []string{"行动方案任务进展情况表", "任务进展情况表", "任务进展表", "行动方案任务台账", "任务推进情况表", "重点任务进展表", "高质量项目推进年行动方案任务进展表", "营商环境突破年行动方案任务进展表", "突破年任务进展表",
		"推进年任务进展表", "任务台账"},
})

var (
	schemes = words("高质量项目推进年行动方案/高质量项目推进年/项目推进年/推进年/高质量项目推进年活动方案", "营商环境突破年行动方案/营商环境突破年/突破年/营商环境/营商环境突破年活动方案")
	paces   = words("完成/已完成/完成销号/已办结/办结/全部完成/全面完成/提前完成/按期完成/按时完成/已全部完成/已销号/已完成100%/完成100%/100%",
		"推进/推进中/正在推进/有序推进/正常推进/进行中/按序时推进/正在进行/正在实施/实施中/稳步推进/加快推进/持续推进/顺利推进/扎实推进/有序推进中/序时推进/序时/正常/达到序时进度/符合序时进度/进展顺利/进展正常/开展中/正在开展/办理中/正在办理",
		"滞后/进度滞后/推进缓慢/未按期完成/缓慢/进展滞后/推进滞后/工作滞后/严重滞后/已滞后/滞后于序时/滞后于序时进度/未达序时进度/未达到序时进度/落后/进展缓慢/进度缓慢/推进较慢/进展较慢/逾期未完成/未按时完成")
)

// Tasks is 行动方案任务进展表: a row is a task of one of the county's two action plans, which
// county.toml lists.
var Tasks = struct {
	Scheme     Choice
	Number     Text
	Aspect     Text
	Task       Text
	Department Text // 牵头单位
	Helpers    Text
	Deadline   Date
	Report     Text // 进展情况
	Progress   Rate
	Pace       Choice
	Remark     Text
}{
	Scheme:     tasks.choice(Required, schemes, "scheme", "方案", "行动方案", "方案名称", "所属方案", "行动方案名称"),
	Number:     tasks.text(Required, "number", "任务编号", "编号", "举措编号", "任务序号", "任务号"),
	Aspect:     tasks.text(Required, "aspect", "所属方面", "方面", "聚焦方面", "任务类别", "工作方面", "聚焦"),
	Task:       tasks.text(Required, "task", "任务内容", "重点任务", "工作任务", "举措", "任务", "主要任务", "具体任务", "具体举措", "任务名称"),
	Department: tasks.text(Required, "department", "牵头单位", "责任单位", "牵头部门", "主办单位", "责任部门").as(RoleResponsible),
	Helpers:    tasks.text(Optional, "helpers", "配合单位", "配合部门", "协办单位", "责任配合单位"),
	Deadline:   tasks.date(Required, "deadline", "完成时限", "完成时间", "时限要求", "完成期限", "办结时限", "计划完成时间").ahead(),
	Report:     tasks.text(Required, "report", "进展情况", "工作进展", "任务进展", "推进情况", "落实情况", "目前进展", "完成情况"),
	Progress:   tasks.rate(Optional, "progress", "完成进度%", "完成进度", "任务进度", "进度", "完成比例", "完成率"),
	Pace:       tasks.choice(Optional, paces, "pace", "状态", "推进状态", "任务状态", "进度状态", "是否完成"),
	Remark:     tasks.text(Optional, "remark", "备注", "说明", "备注说明").as(RoleRemark),
}

// Findings of the tasks form.
var (
	DoneApart = ledger.Declare("V80", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("状态与完成进度不符：完成的进度应为100%，达到100%的状态应为完成", "请核对状态和完成进度"),
		ledger.En("the state does not fit the progress: what is done is at 100%, and the reverse", "check both"))
	TaskLate = ledger.Declare("V81", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("已过完成时限而没有完成，状态应为滞后", "请改正状态；已经完成的填“完成”，经批准延期的在备注中说明"),
		ledger.En("past its deadline and not done: it is behind", "correct the state, or state the approved delay in the remarks"))
	ProgressOutside = ledger.Declare("V82", ledger.Query, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("完成进度不在0至100%之间", "请核对完成进度"),
		ledger.En("the progress is not between 0 and 100%", "check it"))
	LateUnexplained = ledger.Declare("V83", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("任务滞后而没有说明原因", "请在备注中写明滞后的原因和下一步措施"),
		ledger.En("the task is behind, but no reason is given", "give the reason and the next step in the remarks"))
)

func init() {
	t := &Tasks
	tasks.Entity = t.Number
	tasks.Apart = []*Column{t.Scheme.Column}
	for _, c := range []*Column{t.Report.Column, t.Progress.Column, t.Pace.Column} {
		c.Anew = true
	}
	tasks.RollPart, tasks.RollText = t.Aspect.Column, t.Task.Column
	for _, c := range []*Column{t.Scheme.Column, t.Number.Column} {
		c.Identity = true
	}

	explained := Stated(t.Remark.Column)
	done := Is(t.Pace, "完成")
	tasks.Rules = []Rule{
		{DoneApart, t.Progress.Column, Given(done, Equal(t.Progress, Full))},
		{DoneApart, t.Pace.Column, Given(AtLeast(t.Progress, Full), done)},
		{TaskLate, t.Pace.Column, Given(Called("已过完成时限", Not(NotAfter(PeriodEnd, t.Deadline))), Either(Is(t.Pace, "完成", "滞后"), explained))},
		{ProgressOutside, t.Progress.Column, Both(AtLeast(t.Progress, None), AtMost(t.Progress, Full))},
		{LateUnexplained, t.Remark.Column, Given(Is(t.Pace, "滞后"), explained)},
	}
	for i, names := range [][2]string{{"aspects", "tasks"}, {"business_focuses", "business_measures"}} {
		of := Is(t.Scheme, schemes[i].Name)
		tasks.Figures = append(tasks.Figures,
			counted("tasks."+names[0], schemes[i].Name+"方面数", "个", DistinctOf(of, t.Aspect.Column)),
			counted("tasks."+names[1], schemes[i].Name+"任务数", "项", CountOf(of)),
			counted("tasks."+names[1]+"_done", schemes[i].Name+"已完成任务数", "项", CountOf(Both(of, done))),
			counted("tasks."+names[1]+"_late", schemes[i].Name+"滞后任务数", "项", CountOf(Both(of, Is(t.Pace, "滞后")))))
	}
}
