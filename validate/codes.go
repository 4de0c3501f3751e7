package validate

import "huizong/internal/ledger"

// Findings that are the same for every form. Those of one form's columns stand beside its
// rules.
var (
	RequiredMissing = ledger.Declare("V01", ledger.Error, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("必填项没有填写", "请补填；补报以前沿用上次采用的内容，从未报过的留空"),
		ledger.En("a required field is blank", "fill it in; until then what was last accepted stands, or nothing"))
	NameMissing = ledger.Declare("V02", ledger.Error, ledger.RejectRow, ledger.Level1, "constraint-error",
		ledger.Zh("名称或责任单位没有填写，无法识别这一行，未予采用", "请补填后重报"),
		ledger.En("the row has no name or no responsible unit, cannot be identified and was not taken", "fill it in and send the return again"))
	TwiceInReturn = ledger.Declare("V03", ledger.Error, ledger.RejectRow, ledger.Level1, "primary-key",
		ledger.Zh("同一项目或事项在表里填了不止一行，内容不同，只采用第一行", "请合并为一行；如是不同的项目，请在名称中写明期、标段等以示区别"),
		ledger.En("one project or matter stands more than once in the return with different contents; the first row was taken",
			"make it one row, or name the projects apart (一期, 二标段)"))
	SameName = ledger.Declare("V04", ledger.Query, ledger.AcceptExplained, ledger.Level1, "primary-key",
		ledger.Zh("与前面一行项目名称相同，而项目单位或代码不同，暂按两个项目统计", "如是重复填报，请删去一行；如是不同的项目，请在名称中写明地点、期、标段等以示区别"),
		ledger.En("an earlier row bears the same name under another owner or code; they count as two projects",
			"remove one if it is a duplicate, or name the projects apart"))
	CodeMalformed = ledger.Declare("V05", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("项目代码格式不对，暂只按项目名称识别", "请对照批复或备案文件填写24位代码（含4个短横），如2401-610722-04-01-100012"),
		ledger.En("the project code is malformed; the project is known by its name alone",
			"copy the 24 characters, four hyphens among them, from the approval"))
	CodeCheckDigit = ledger.Declare("V06", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("项目代码最后一位（校验码）与前面对不上，可能有一位写错，暂只按项目名称识别", "请对照批复或备案文件逐位核对"),
		ledger.En("the check digit of the project code does not fit, a digit may be wrong; the project is known by its name alone",
			"compare it with the approval, digit by digit"))
	RegionNear = ledger.Declare("V07", ledger.Notice, ledger.Accept, ledger.Level1, "foreign-key",
		ledger.Zh("项目代码不是本县赋码（本市其他县区或上级）", "请核对；属实的无需改动"),
		ledger.En("the project code was assigned elsewhere in the city or above", "check it; leave it if it is so"))
	RegionForeign = ledger.Declare("V10", ledger.Query, ledger.AcceptExplained, ledger.Level1, "foreign-key",
		ledger.Zh("项目代码中的地区不属于本市", "请对照批复或备案文件核对代码；属实的，请向县发改局说明项目由来"),
		ledger.En("the project code belongs to another city", "compare it with the approval; if it is so, explain where the project comes from"))
	FieldUnknown = ledger.Declare("V18", ledger.Notice, ledger.Accept, ledger.Level1, "foreign-key",
		ledger.Zh("领域不在县里的分类中，按所填文字保留，汇总时归入“其他”", "请改用县里的分类"),
		ledger.En("the field is not one of the county's; it is kept and summed under others", "use one of the county's fields"))
	LeaderUnknown = ledger.Declare("V19", ledger.Query, ledger.AcceptExplained, ledger.Level1, "foreign-key",
		ledger.Zh("包抓领导不在县级领导名单中", "请核对姓名；名单有变动的，请告知县发改局更新"),
		ledger.En("the leader is not on the county's roster", "check the name, or have the roster updated"))
	UnitUnknown = ledger.Declare("V20", ledger.Query, ledger.AcceptExplained, ledger.Level1, "foreign-key",
		ledger.Zh("责任单位不在县里的单位名单中", "请填写单位全称或通用简称；名单有变动的，请告知县发改局更新"),
		ledger.En("the responsible unit is not on the county's list", "use its full name or the usual short one, or have the list updated"))
	PackageUnknown = ledger.Declare("M10", ledger.Query, ledger.AcceptExplained, ledger.Level3, "foreign-key",
		ledger.Zh("各单位都没有报送所属的打包项目，暂按单独的项目统计", "请核对打包项目名称，应与打包项目那一行的名称一致，且那一行“是否打包”填是"),
		ledger.En("nobody reports the package that the project is a part of; it counts by itself",
			"write the package's name as its own row does; that row says 是 under 是否打包"))
	ReportedByTwo = ledger.Declare("M11", ledger.Notice, ledger.Accept, ledger.Level3, "duplicate-inconsistent",
		ledger.Zh("该项目另有单位报送，只统计一次", "请与该单位商定由谁报送；属实的无需改动"),
		ledger.En("another unit reports the project, too; it counts once", "agree who reports it; leave it if both should"))
	CodeShared = ledger.Declare("M13", ledger.Query, ledger.AcceptExplained, ledger.Level3, "duplicate-inconsistent",
		ledger.Zh("另有名称不同（或期、标段不同）的项目使用同一项目代码，暂按不同的项目统计", "请核对代码；确是同一项目的，请统一名称"),
		ledger.En("a project of another name, stage or section bears the same code; they count as two", "check the code, or give the project one name"))
)
