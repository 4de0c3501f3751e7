package validate

import "huizong/internal/ledger"

// Findings that are the same for every form. Those of one form's columns stand beside its
// rules.
var (
	RequiredMissing = ledger.Declare("V01", ledger.Error, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("必填项没有填写", "请补填该项；确实没有的，请在备注中说明"),
		ledger.En("a required field is blank", "fill it in; if there is none, say so in the remarks"))
	NameMissing = ledger.Declare("V02", ledger.Error, ledger.RejectRow, ledger.Level1, "constraint-error",
		ledger.Zh("没有名称或责任单位，无法识别这一行", "请补填后重报这一行"),
		ledger.En("the row has no name or no responsible unit and cannot be identified", "fill it in and send the row again"))
	TwiceInReturn = ledger.Declare("V03", ledger.Error, ledger.RejectRow, ledger.Level1, "primary-key",
		ledger.Zh("同一项目或事项在一张表里填了两行，内容不同", "请合并为一行；如是两个项目（如一期、二期），请在名称中写明"),
		ledger.En("one project or matter stands twice in the return with different contents", "make it one row, or name the two apart"))
	SameName = ledger.Declare("V04", ledger.Query, ledger.AcceptExplained, ledger.Level1, "primary-key",
		ledger.Zh("两行项目名称相同而项目单位或代码不同", "请核对是否重复填报；不是重复的，请在备注中说明"),
		ledger.En("two rows bear one name under different owners or codes", "check for a duplicate, or explain in the remarks"))
	CodeMalformed = ledger.Declare("V05", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("项目代码格式不对，未用它识别项目", "请对照备案文件填写24位代码，如2401-610722-04-01-100012；没有代码的请留空"),
		ledger.En("the project code is malformed and identifies nothing", "copy the 24 characters from the approval; leave it blank if there is none"))
	CodeCheckDigit = ledger.Declare("V06", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("项目代码的校验位不符，可能有一位写错，未用它识别项目", "请对照备案文件逐位核对"),
		ledger.En("the check digit of the project code does not fit; a digit may be wrong", "compare it with the approval, digit by digit"))
	RegionNear = ledger.Declare("V07", ledger.Notice, ledger.Accept, ledger.Level1, "foreign-key",
		ledger.Zh("项目代码由本市其他地区或上级赋码", "属实的无需改动"),
		ledger.En("the project code was assigned elsewhere in the city or above", "leave it if it is so"))
	RegionForeign = ledger.Declare("V10", ledger.Query, ledger.AcceptExplained, ledger.Level1, "foreign-key",
		ledger.Zh("项目代码的行政区划不属于本市", "请核对代码，或说明项目来历"),
		ledger.En("the project code belongs to another city", "check the code, or explain where the project comes from"))
	FieldUnknown = ledger.Declare("V18", ledger.Notice, ledger.Accept, ledger.Level1, "foreign-key",
		ledger.Zh("领域不在县里的分类中，按原文保留，汇总时归入“其他”", "请改用县里的分类"),
		ledger.En("the field is not one of the county's; it is kept and summed under others", "use one of the county's fields"))
	LeaderUnknown = ledger.Declare("V19", ledger.Query, ledger.AcceptExplained, ledger.Level1, "foreign-key",
		ledger.Zh("包抓领导不在县级领导名单中", "请核对姓名；名单有变动的，请县里更新"),
		ledger.En("the leader is not on the county's roster", "check the name, or have the roster updated"))
	UnitUnknown = ledger.Declare("V20", ledger.Query, ledger.AcceptExplained, ledger.Level1, "foreign-key",
		ledger.Zh("责任单位不在县里的单位名单中", "请使用单位全称或通用简称"),
		ledger.En("the responsible unit is not on the county's list", "use its full name or the usual short one"))
	PackageUnknown = ledger.Declare("M10", ledger.Query, ledger.AcceptExplained, ledger.Level3, "foreign-key",
		ledger.Zh("所属打包项目在各单位报送中都找不到，该项目暂按单独项目统计", "请核对打包项目名称，与打包项目所在行一致"),
		ledger.En("nobody reports the package that the project is a part of; it counts by itself", "write the package's name as its own row does"))
	ReportedByTwo = ledger.Declare("M11", ledger.Notice, ledger.Accept, ledger.Level3, "duplicate-inconsistent",
		ledger.Zh("该项目另有单位报送，只统计一次", "请与该单位商定由谁报送"),
		ledger.En("another unit reports the project, too; it counts once", "agree who reports it"))
	ReportedApart = ledger.Declare("M12", ledger.Query, ledger.AcceptExplained, ledger.Level3, "duplicate-inconsistent",
		ledger.Zh("与另一单位所报的同一项目金额不同", "请与该单位核对后统一"),
		ledger.En("another unit reports the same project with another amount", "settle the amount with that unit"))
)
