package form

import (
	"slices"

	"huizong/internal/ledger"
)

var reserve = newForm(Form{
	Number: 1, ID: "reserve", Title: "谋划储备项目表", English: "reserve projects",
	Aliases: []string{"谋划储备项目汇总表", "项目谋划储备表", "储备项目表", "储备项目库", "项目储备表", "四个一批项目表", "四个一批项目台账", "谋划储备项目", "谋划储备", "项目储备"},
	Stock:   true,
})

// Words of the reserve form.
var (
	stages  = words("谋划/谋划一批/谋划阶段", "储备/储备一批/储备阶段", "开工/开工一批/开工阶段/在建/已开工", "投产/投产一批/投产阶段/竣工投产/建成投产/已投产")
	natures = words("新建", "扩建/改扩建", "改建/技改/技术改造/改造", "迁建/搬迁/异地迁建/搬迁新建")
	// A cross, in a column of ticks, is a permit that nobody has begun on.
	permits = words("未启动/未办理/未开始/未办/未开展/未编制/未申报/尚未办理/尚未启动/尚未开展/尚未编制/暂未办理/没有办理/否/×/✗/✘",
		"办理中/正在办理/在办/推进中/正在推进/正在编制/编制中/正在编报/编报中/正在申报/申报中/报批中/正在报批/报审中/正在报审/审批中/正在审批/审查中/评审中/"+
			"正在评审/正在批复/待批复/待审批/已上报/已报送/已申报/已报批/已送审/正在完善/部分完成/部分办理",
		"已完成/已办理/已办结/办结/已批复/完成/批复/已获批复/已取得批复/取得批复/已获批/已获得/已取得/取得/已审批/已备案/备案/已立项/已核准/核准/已出具/已办/办理完成/办理完毕/已办理完成/"+
			"已办理完毕/全部完成/是/√/✓/✔/☑",
		"不需要/无需/无需办理/不涉及/不适用/不需办理/不需要办理/不用办理/不需/不用/免办/豁免")
	grades = words("A/A类/A级", "B/B类/B级", "C/C类/C级")
)

// StageFigures are the middle of the names of the figures of each stage, in the order of the stages:
// reserve.planned.projects.
var StageFigures = []string{"planned", "reserved", "started", "producing"}

// Reserve is 谋划储备项目表: a row is a project of the reserve, at one of four stages
// (四个一批). Most have no project code yet.
var Reserve = struct {
	Name     Text
	Code     Code
	Field    Text
	Stage    Choice
	Nature   Choice
	Place    Text
	Content  Text
	Total    Money
	Central  Money
	Bonds    Money
	LongTerm Money
	Local    Money
	Loans    Money
	Social   Money
	Other    Money
	Secured  Money
	Start    Date
	Years    Span

	Feasibility, Approval, Land, Planning, Environment, Energy Choice

	Maturity   Choice
	TaskForce  Text
	Department Text
	Owner      Text
	Leader     Text
	Contact    Text
	Phone      Text
	IsPackage  Flag
	Package    Text
	LandArea   Count
	Leaving    Text
	Remark     Text
}{
	Name: reserve.text(Required, "name", "项目名称", "项目", "项目（工程）名称", "发改项目名称", "工程名称", "储备项目名称", "建设项目名称", "项目全称", "工程项目名称"),
	Code: reserve.code(Optional, "code", "项目代码", "投资项目代码", "投资项目统一代码", "项目统一代码", "固定资产投资项目代码", "备案证项目代码", "立项代码", "国家代码",
		"在线平台代码", "投资项目在线平台代码", "投资项目在线代码", "国家投资项目代码", "全国投资项目代码"),
	Field:    reserve.text(Required, "field", "领域", "项目领域", "谋划领域", "所属领域", "投资领域", "所属行业", "行业", "行业领域").as(RoleField),
	Stage:    reserve.choice(Required, stages, "stage", "所属批次", "批次", "四个一批", "项目阶段", "所处阶段", "阶段", "项目状态", "四个一批类别"),
	Nature:   reserve.choice(Optional, natures, "nature", "建设性质", "性质", "项目性质"),
	Place:    reserve.text(Required, "place", "建设地点", "建设地址", "项目地点", "项目地址", "建设位置", "地点", "所在镇（街道）", "所在镇办", "所在镇").as(RolePlace),
	Content:  reserve.text(Required, "content", "建设规模及主要建设内容", "建设内容及规模", "主要建设内容及规模", "建设规模及内容", "主要建设内容", "建设内容和规模", "建设内容", "建设规模"),
	Total:    reserve.money(Required, "total", "总投资", "计划总投资", "总投资估算", "估算总投资", "投资规模", "投资估算", "项目总投资", "概算总投资", "投资总额", "投资概算", "预计总投资").as(RoleTotal),
	Central:  reserve.money(Optional, "central", "资金来源/中央预算内", "中央预算内", "中央预算内投资", "资金来源/中央预算内投资", "资金来源/国家"),
	Bonds:    reserve.money(Optional, "bonds", "资金来源/专项债券", "专项债券", "地方政府专项债券", "专项债", "资金来源/专项债", "资金来源/地方政府专项债券", "地方专项债券", "专项债券资金"),
	LongTerm: reserve.money(Optional, "long_term", "资金来源/超长期特别国债", "超长期特别国债", "特别国债", "资金来源/特别国债"),
	Local:    reserve.money(Optional, "local", "资金来源/省市县财政", "省市县财政", "地方财政", "财政资金", "资金来源/地方财政", "资金来源/财政资金"),
	Loans:    reserve.money(Optional, "loans", "资金来源/银行贷款", "银行贷款", "国内贷款", "资金来源/国内贷款", "资金来源/贷款", "贷款", "银行贷款资金", "贷款资金"),
	Social:   reserve.money(Optional, "social", "资金来源/社会资本", "社会资本", "企业自筹", "自筹", "资金来源/自筹", "资金来源/企业自筹", "自筹资金"),
	Other:    reserve.money(Optional, "other", "资金来源/其他", "资金来源/其他资金", "其他资金", "其他来源"),
	Secured:  reserve.money(Optional, "secured", "已落实资金", "落实资金", "已到位资金", "目前已落实资金", "到位资金", "资金落实"),
	Start:    reserve.date(Optional, "start", "拟开工时间", "计划开工时间", "预计开工时间", "拟开工日期", "拟开工年月", "计划开工", "拟开工", "开工时间").ahead(),
	Years:    reserve.span(Optional, "years", "建设年限", "建设期限", "建设起止年限", "起止年限", "建设周期", "起止时间"),

	Feasibility: reserve.choice(Optional, permits, "feasibility", "前期手续/可研", "可研", "可行性研究", "前期手续/可行性研究", "可研批复", "可研报告", "可研审批", "可行性研究报告"),
	Approval:    reserve.choice(Optional, permits, "approval", "前期手续/立项", "立项", "立项（备案）", "前期手续/立项备案", "立项批复", "立项审批"),
	Land:        reserve.choice(Optional, permits, "land", "前期手续/用地", "用地手续", "土地手续", "前期手续/土地", "用地预审", "用地审批", "用地批复", "土地审批", "土地预审", "前期手续/用地预审"),
	Planning:    reserve.choice(Optional, permits, "planning", "前期手续/规划", "规划", "规划手续", "规划许可", "规划审批", "规划选址", "规划批复"),
	Environment: reserve.choice(Optional, permits, "environment", "前期手续/环评", "环评", "环评手续", "环境影响评价", "环评批复", "环评审批", "环评报告"),
	Energy:      reserve.choice(Optional, permits, "energy", "前期手续/能评", "能评", "节能审查", "前期手续/节能审查", "能评批复", "节能批复"),

	Maturity:   reserve.choice(Optional, grades, "maturity", "成熟度", "成熟度等级", "项目成熟度", "成熟程度"),
	TaskForce:  reserve.text(Optional, "task_force", "谋划专班", "专班", "所属专班", "6+1专班", "谋划专班（6+1）"),
	Department: reserve.text(Required, "department", "责任单位", "牵头单位", "责任部门", "主管部门", "谋划责任单位", "责任镇（街道）", "牵头责任单位", "责任主体", "报送单位", "填报单位").as(RoleResponsible),
	Owner:      reserve.text(Optional, "owner", "项目单位", "业主", "业主单位", "建设单位", "投资主体", "项目法人", "项目业主", "实施单位"),
	Leader:     reserve.text(Optional, "leader", "包抓领导", "县级领导", "包联领导", "责任领导", "挂包领导", "县级包抓领导", "联系领导").as(RoleLeader),
	Contact:    reserve.text(Optional, "contact", "联系人", "项目联系人", "联络员"),
	Phone:      reserve.text(Optional, "phone", "联系电话", "电话", "联系方式", "手机号"),
	IsPackage:  reserve.flag(Optional, "is_package", "是否打包", "是否打包项目", "打包项目"),
	Package:    reserve.text(Optional, "package", "所属打包项目", "打包项目名称", "所属打包"),
	LandArea:   reserve.count(Optional, "land_area", "用地", "用地面积", "总用地", "占地面积", "用地（亩）", "占地", "项目用地", "拟用地", "用地规模").as(RoleLand),
	Leaving:    reserve.text(Optional, "leaving", "退库原因", "调出原因", "退库", "退出原因").as(RoleLeaving),
	Remark:     reserve.text(Optional, "remark", "备注", "说明", "备注说明").as(RoleRemark),
}

// Findings of the reserve form.
var (
	SourcesApart = ledger.Declare("V11", ledger.Query, ledger.AcceptExplained, ledger.Level1, "balance-error",
		ledger.Zh("资金来源之和不等于总投资", "请核对各项资金来源，使其合计等于总投资"),
		ledger.En("the sources of money do not add up to the total investment", "check each source so that they add up to the total"))
	SecuredOverTotal = ledger.Declare("V12", ledger.Query, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("已落实资金超过总投资", "请核对已落实资金和总投资的数值、单位"),
		ledger.En("the money secured exceeds the total investment", "check both amounts and their units"))
	StageSkipped = ledger.Declare("V13", ledger.Query, ledger.AcceptExplained, ledger.Level2, "constraint-error",
		ledger.Zh("所属批次比上月跳了不止一级", "请核对批次；情况属实的，请在备注中说明"),
		ledger.En("the project skipped a stage since last month", "check the stage; explain it in the remarks if it is so"))
	StageBack = ledger.Declare("V14", ledger.Query, ledger.HoldField, ledger.Level2, "constraint-error",
		ledger.Zh("所属批次比上月倒退而没有说明", "请核对批次；确需退回前一批次的，请在备注中写明原因"),
		ledger.En("the project fell back to an earlier stage without a reason", "check the stage, or give the reason in the remarks"))
	MaturityApart = ledger.Declare("V15", ledger.Notice, ledger.Accept, ledger.Level1, "constraint-error",
		ledger.Zh("填报的成熟度与前期手续办理情况不一致", "请对照前期手续核对成熟度；属实的无需改动"),
		ledger.En("the declared maturity does not agree with the permits", "check it against the permits; leave it if it is so"))
	PackageNamesItself = ledger.Declare("V17", ledger.Error, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("“是否打包”填了是，又填了所属打包项目", "打包项目本身请清空“所属打包项目”；子项目请把“是否打包”改为“否”"),
		ledger.En("the row is a package and names a package that it is a part of", "a package leaves 所属打包项目 blank; a part says 否"))
)

func init() {
	r := &Reserve
	reserve.Entity = r.Name
	reserve.ProjectCode = r.Code.Column
	reserve.Owners = []Text{r.Owner, r.Department}
	reserve.Package, reserve.IsPackage = r.Package.Column, r.IsPackage.Column
	reserve.Amount = r.Total
	reserve.Stage = r.Stage.Column
	reserve.Tracked = []*Column{r.Name.Column, r.Stage.Column, r.Field.Column, r.Total.Column, r.Maturity.Column, r.Department.Column, r.Package.Column}
	reserve.Leaves = Stated(r.Leaving.Column)
	for _, c := range []*Column{r.Name.Column, r.Department.Column} {
		c.Identity = true
	}
	r.Phone.Personal = true
	r.Total.Waived = Is(r.Stage, "谋划")

	// Grades as permits show them: A all there, B some, C none.
	settled := func(permit Choice) Statement { return Is(permit, "已完成", "不需要") }
	ready := Called("立项、用地、规划、环评均已办结或不需要", Both(settled(r.Approval), settled(r.Land), settled(r.Planning), settled(r.Environment)))
	begun := Called("可研、立项、用地至少一项已办结", Either(Is(r.Feasibility, "已完成"), Is(r.Approval, "已完成"), Is(r.Land, "已完成")))
	remarked := Stated(r.Remark.Column)
	sources := SumOfStated(r.Central, r.Bonds, r.LongTerm, r.Local, r.Loans, r.Social, r.Other)
	reserve.Rules = []Rule{
		{SourcesApart, r.Total.Column, Near(r.Total, sources, Setting("reserve.sources_tolerance", AmountType))},
		{SecuredOverTotal, r.Secured.Column, AtMost(r.Secured, r.Total)},
		{StageSkipped, r.Stage.Column, Either(StepByStep(r.Stage), remarked)},
		{StageBack, r.Stage.Column, Either(NotBack(r.Stage), remarked)},
		{MaturityApart, r.Maturity.Column, Given(Is(r.Maturity, "A"), ready)},
		{MaturityApart, r.Maturity.Column, Given(Is(r.Maturity, "B"), Both(begun, Called("尚未全部办结", Not(ready))))},
		{MaturityApart, r.Maturity.Column, Given(Is(r.Maturity, "C"), Called("可研、立项、用地均未办结", Not(begun)))},
		{PackageNamesItself, r.Package.Column, Given(Yes(r.IsPackage), Called("不填写所属打包项目", Not(Stated(r.Package.Column))))},
	}
	reserve.Rules = slices.Concat(reserve.Rules, usualSize(r.Total), steadySize(reserve), notNegative(reserve, r.Remark))
	reserve.Figures = []Figure{
		counted("reserve.projects", "谋划储备项目数", "个", CountOf(nil)),
		inMoney("reserve.investment_fen", "谋划储备项目总投资", TotalOf(r.Total, nil)),
	}
	for i, name := range StageFigures {
		stage := Is(r.Stage, stages[i].Name)
		reserve.Figures = append(reserve.Figures,
			counted("reserve."+name+".projects", stages[i].Name+"项目数", "个", CountOf(stage)),
			inMoney("reserve."+name+".investment_fen", stages[i].Name+"项目总投资", TotalOf(r.Total, stage)))
	}
}
