package consolidate

import "huizong/internal/ledger"

// Findings of bringing returns together.
var (
	SameDate = ledger.Declare("M01", ledger.Query, ledger.AcceptExplained, ledger.Level2, "duplicate-inconsistent",
		ledger.Zh("同一张表报了两份，内容不同，填报日期和保存时间分不出先后，暂取其中一份", "请确认以哪一份为准，在表名下写明填报日期后重报"),
		ledger.En("neither their dates nor when they were saved tell which of two different returns is newer; one of them was taken",
			"say which one holds, and send it again with its date below the title"))
	RowsLacking = ledger.Declare("M40", ledger.Query, ledger.AcceptExplained, ledger.Level2, "row-count",
		ledger.Zh("本月重报的表比先报的少了几项，暂以重报的为准，少的不再计入", "请核对：漏报的请补齐后重报；分几个文件报的请合并成一张表重报；确实取消的请说明"),
		ledger.En("the newer return of this month lacks rows that the older one had; the newer one was taken",
			"send it again with what is missing, in one table; or say why the rows are gone"))
	RowAbsent = ledger.Declare("M02", ledger.Query, ledger.AcceptExplained, ledger.Level2, "foreign-key",
		ledger.Zh("上月报过、本月没有报的项目，暂沿用上月数", "请补报该项目；已退库或调出的，请保留该行并填写退库（调出）原因"),
		ledger.En("reported last month and absent now; last month's values stand", "report it, or keep the row and state why it left"))
	KeyStrayed = ledger.Declare("F94", ledger.Notice, ledger.Accept, ledger.Level2, "foreign-key",
		ledger.Zh("这一行在模板里原是上月的另一行，或不是本单位的，改按代码和名称核对", "请核对项目名称；新项目请填在表下的空行里"),
		ledger.En("by its template the row was another one last month, or another unit's; it was matched by code and name",
			"check the name; put new projects into the blank rows"))
	RowReplaced = ledger.Declare("M41", ledger.Query, ledger.AcceptExplained, ledger.Level2, "foreign-key",
		ledger.Zh("上月报过的项目本月没有报，本月新报的这一项可能就是它（更名、拆分或合并），判定以前只计一次",
			"请告知县发改局：是同一项目的，在备注中写明原名；不是的，请补报原项目，已退库或调出的请保留原行并填写原因"),
		ledger.En("a project of last month is absent, and this new one may be it, renamed, split or merged; they count once until it is decided",
			"say so: if it is the same, give the former name in the remarks; if not, report the former one, or keep its row and state why it left"))
	ReturnMissing = ledger.Declare("M03", ledger.Error, ledger.Accept, ledger.Level0, "report-missing",
		ledger.Zh("应报未报；有上月数的沿用上月数", "请尽快报送；没有变化的，请报一份写明“本月无变化”的表"),
		ledger.En("the return that is owed is missing; last month's values stand where there are any", "send it, or one that says 本月无变化"))
	ReturnLate = ledger.Declare("M04", ledger.Notice, ledger.Accept, ledger.Level0, "report-late",
		ledger.Zh("逾期报送，已照常采用", "下月请在截止日期以前报送"),
		ledger.En("the return came after the day it was due; it was taken all the same", "please keep to the day next month"))
	CameLate = ledger.Declare("M06", ledger.Query, ledger.SetAside, ledger.Level2, "report-late",
		ledger.Zh("所属月份已结账，本表不改变已公布的数，留作更正", "请在本月的报表里报更正后的数；确需改动以前月份的，请告知县发改局重开该月"),
		ledger.En("its month is closed: the return changes nothing that was published and is kept as a correction",
			"report what is right in this month's return; have the month reopened if it has to be changed"))
	NotOwed = ledger.Declare("M05", ledger.Notice, ledger.Accept, ledger.Level0, "report-unexpected",
		ledger.Zh("报送任务清单上没有本单位的这张表，已照常采用", "如应由本单位报送，请告知县发改局更新清单；如报错单位，请由应报单位报送"),
		ledger.En("this unit does not owe the form; the return is taken all the same",
			"have the list of duties updated if it should; else the unit that owes it should send it"))
	ReportedApart = ledger.Declare("M12", ledger.Query, ledger.AcceptExplained, ledger.Level3, "duplicate-inconsistent",
		ledger.Zh("另一单位也报送了该项目，填报不同，分不出以谁为准，暂以另一单位所报为准", "请与该单位核对，统一填报"),
		ledger.En("another unit reports the same project otherwise, and neither's word comes first; the other's counts for now", "settle it with that unit"))
	Overruled = ledger.Declare("M14", ledger.Notice, ledger.Accept, ledger.Level3, "duplicate-inconsistent",
		ledger.Zh("另一单位也报送了该项目，填报不同，该项按县里规定以另一单位所报为准", "请与该单位核对；确应以本单位所报为准的，请告知县发改局"),
		ledger.En("another unit reports the same project otherwise, and its word comes first in this field",
			"check it with that unit; say so if yours should count"))
)
