package importer

import (
	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// declare shortens the declarations below by what most findings of reading share: they are
// of file and format.
func declare(id string, severity ledger.Severity, effect ledger.Effect, kind string, zh, en ledger.Text) *ledger.Code {
	return ledger.Declare(id, severity, effect, ledger.Level0, kind, zh, en)
}

// refused declares that a file is no workbook that is read.
func refused(id, kind string, zh, en ledger.Text) *ledger.Code {
	return declare(id, ledger.Error, ledger.RejectFile, kind, zh, en)
}

const (
	saveAsXLSX   = "请用 Excel 或 WPS 打开，另存为 .xlsx 工作簿后重报"
	saveAsXLSXEn = "open it in Excel or WPS, save it as an .xlsx workbook and send that"
	sendSheet    = "请报送电子表格（.xlsx）"
	sendSheetEn  = "send the spreadsheet itself (.xlsx)"
)

// refusals are the findings of files that are refused, by the reason why.
var refusals = map[sheet.Reason]*ledger.Code{
	sheet.Damaged: refused("F01", "source-error",
		ledger.Zh("文件已损坏，无法完整读取", "请重新保存或重新导出后再报；只读出一半的表不会被采用"),
		ledger.En("the file is damaged and cannot be read whole", "save or export it again; half a sheet is never taken")),
	sheet.TooLarge: refused("F02", "limit-error",
		ledger.Zh("文件过大或过于繁杂，超出限度，没有读取", "请删去多余的工作表、空白格式、合并单元格和图片后重报；仍不行的，请把表格复制到新的工作簿，另存为不加密的 .xlsx 后重报"),
		ledger.En("the file is too large or too intricate and was not read",
			"remove sheets, formats, merged cells and pictures that are not needed; if that does not help, "+
				"copy the table into a new workbook and send that as an .xlsx without a password")),
	sheet.Encrypted: refused("F03", "format-error",
		ledger.Zh("这是加密文件，需要密码才能打开", "请取消“打开密码”后重报；.xlsx 文件也可把密码告知县发改局"),
		ledger.En("the file is encrypted", "remove the password and send it again; that of an .xlsx may be told to the county instead")),
	sheet.NoWorksheet: refused("F04", "format-error",
		ledger.Zh("工作簿里没有工作表", "请核对是否发错了文件"),
		ledger.En("the workbook has no worksheet", "check whether it is the right file")),

	sheet.FileEmpty: refused("F05", "source-error",
		ledger.Zh("文件是空的（0字节）", "请重新发送文件"),
		ledger.En("the file has no bytes", "send it again")),
	sheet.FileXLS: refused("F06", "format-error",
		ledger.Zh("这是 Excel 4 或更早的旧格式工作簿", saveAsXLSX),
		ledger.En("this is a workbook of Excel 4 or older", saveAsXLSXEn)),
	sheet.FileXLSB: refused("F07", "format-error",
		ledger.Zh("这是二进制工作簿（.xlsb）", saveAsXLSX),
		ledger.En("this is a binary workbook (.xlsb)", saveAsXLSXEn)),
	sheet.FileHTML: refused("F09", "format-error",
		ledger.Zh("这是网页，里面没有表格（也许是系统的登录页或出错页）", "请重新从系统导出，打开核对后再报"),
		ledger.En("this is a web page without a table, perhaps the log-in page of a system", "export the table again, and open it before you send it")),
	sheet.FileFrames: refused("F26", "format-error",
		ledger.Zh("这是另存成网页的工作簿，表格在旁边的文件夹里，没有一起报来", saveAsXLSX),
		ledger.En("this is a workbook saved as a web page, whose tables lie in a folder beside it", saveAsXLSXEn)),
	sheet.FileMHTML: refused("F11", "format-error",
		ledger.Zh("这是单文件网页（MHTML）", saveAsXLSX),
		ledger.En("this is a single-file web page", saveAsXLSXEn)),
	sheet.FileSYLK: refused("F12", "format-error",
		ledger.Zh("这是 SYLK 文件（.slk）", saveAsXLSX),
		ledger.En("this is a SYLK file", saveAsXLSXEn)),
	sheet.FileDIF: refused("F25", "format-error",
		ledger.Zh("这是 DIF 文件（.dif）", saveAsXLSX),
		ledger.En("this is a DIF file", saveAsXLSXEn)),
	sheet.FileUOF: refused("F24", "format-error",
		ledger.Zh("这是“标文通”文件（.uof、.uos）", saveAsXLSX),
		ledger.En("this is a UOF document", saveAsXLSXEn)),
	sheet.FileCSV: refused("F13", "format-error",
		ledger.Zh("这是分列的文本（.csv），看不出用的是哪种编码", saveAsXLSX),
		ledger.En("this is delimited text (.csv) of an encoding that cannot be told", saveAsXLSXEn)),
	sheet.FileText: refused("F14", "format-error",
		ledger.Zh("这是文本文件", sendSheet),
		ledger.En("this is a text file", sendSheetEn)),
	sheet.FileZIP: refused("F15", "format-error",
		ledger.Zh("这个压缩包没有打开：它是空的、分卷的，或装在另一个压缩包里", "请解压后报送其中的表格文件"),
		ledger.En("the archive was not opened: it is empty, in volumes, or within another archive", "unpack it and send the workbooks in it")),
	sheet.ArchiveLocked: refused("F27", "format-error",
		ledger.Zh("压缩包里的这个文件加了密码，没有读取", "请不加密码重新压缩，或直接报送表格文件"),
		ledger.En("this file of the archive has a password and was not read", "pack it without one, or send the workbook itself")),
	sheet.ArchivePath: refused("F28", "format-error",
		ledger.Zh("压缩包里的这个文件路径有误（指向包外，或与另一个文件重名），没有读取", "请解压后报送其中的表格文件"),
		ledger.En("the path of this file of the archive leads out of it, or is that of another file; it was not read",
			"unpack it and send the workbooks in it")),
	sheet.ArchiveTooLarge: refused("F29", "limit-error",
		ledger.Zh("压缩包里的文件合在一起过大，这个文件没有读取", "请分成几个压缩包，或直接报送其中的表格文件"),
		ledger.En("the files of the archive are too large together; this one was not read", "make several archives of it, or send the workbooks themselves")),
	sheet.FileRAR: refused("F16", "format-error",
		ledger.Zh("这是压缩包（.rar）", "请解压后报送其中的表格文件"),
		ledger.En("this is an archive (.rar)", "unpack it and send the workbooks in it")),
	sheet.File7Z: refused("F17", "format-error",
		ledger.Zh("这是压缩包（.7z）", "请解压后报送其中的表格文件"),
		ledger.En("this is an archive (.7z)", "unpack it and send the workbooks in it")),
	sheet.FileWord: refused("F18", "format-error",
		ledger.Zh("这是 Word 文档", "请把表格放进 Excel 或 WPS 表格，存为 .xlsx 后重报"),
		ledger.En("this is a Word document", "put the table into a spreadsheet and send that as .xlsx")),
	sheet.FilePowerPoint: refused("F19", "format-error",
		ledger.Zh("这是演示文稿", sendSheet),
		ledger.En("this is a presentation", sendSheetEn)),
	sheet.FilePDF: refused("F20", "format-error",
		ledger.Zh("这是 PDF 文件", sendSheet+"，盖章扫描件另行存档"),
		ledger.En("this is a PDF", sendSheetEn+"; file the stamped scan apart")),
	sheet.FileOFD: refused("F21", "format-error",
		ledger.Zh("这是 OFD 版式文件", sendSheet+"，版式文件另行存档"),
		ledger.En("this is an OFD document", sendSheetEn+"; file the document apart")),
	sheet.FilePicture: refused("F22", "format-error",
		ledger.Zh("这是图片或扫描件", sendSheet),
		ledger.En("this is a picture or a scan", sendSheetEn)),
	sheet.FileUnknown: refused("F23", "format-error",
		ledger.Zh("认不出这是什么文件", sendSheet),
		ledger.En("the kind of the file is not known", sendSheetEn)),
}

// Findings of a file's sheets and of their titles.
var (
	NoForm = declare("F30", ledger.Error, ledger.RejectFile, "missing-label",
		ledger.Zh("文件里没有找到任何报表：按表名和表头都认不出来", "请使用统一报表，保留表名和表头（如项目名称、总投资、责任单位）"),
		ledger.En("no sheet of the file is one of the forms, by title or by header", "use the form, with its title and its header"))
	SheetUnknown = declare("F31", ledger.Query, ledger.Accept, "missing-label",
		ledger.Zh("这张工作表认不出是哪种报表，没有读取", "如是报表，请保留表名和表头；如是草稿、说明，请删去或隐藏"),
		ledger.En("the sheet is none of the forms and was not read", "restore its title and header if it is a form; remove or hide it if it is not"))
	SheetHidden = declare("F32", ledger.Notice, ledger.Accept, "missing-label",
		ledger.Zh("隐藏的工作表认不出是哪种报表，没有读取", "如是报表，请取消隐藏并保留表名和表头"),
		ledger.En("a hidden sheet is none of the forms and was not read", "unhide it and restore its header if it is a form"))
	TitleApart = declare("F33", ledger.Error, ledger.RejectReturn, "incorrect-label",
		ledger.Zh("表名和表头不是同一种报表", "请核对表名，或换用该表名对应的表头"),
		ledger.En("title and header are those of different forms", "correct the title, or use the header that belongs to it"))
	HeaderMissing = declare("F34", ledger.Error, ledger.RejectReturn, "missing-label",
		ledger.Zh("有表名，但找不到表头", "请补上表头行（如项目名称、总投资、责任单位）"),
		ledger.En("there is a title but no header", "add the header row"))
	DepartmentUnknown = declare("F35", ledger.Error, ledger.RejectReturn, "foreign-key",
		ledger.Zh("看不出是哪个单位报送的", "请在表名下写明“填报单位：”，用单位全称或通用简称"),
		ledger.En("it cannot be told which unit sends the return", "state 填报单位 below the title, by its full or its usual short name"))
	DepartmentUnlisted = declare("F36", ledger.Query, ledger.AcceptExplained, "foreign-key",
		ledger.Zh("填报单位不在县里的单位名单中，暂按文件名或文件夹归属", "请核对填报单位的名称"),
		ledger.En("the unit stated is not on the county's list; the return was attributed by the name of its file or folder", "check the unit's name"))
	PeriodUnknown = declare("F37", ledger.Error, ledger.RejectReturn, "missing-label",
		ledger.Zh("看不出是哪个月的报表", "请在表名或文件名中写明年月，如2024年6月"),
		ledger.En("it cannot be told which month the return is of", "state year and month in the title or the file name, like 2024年6月"))
	PeriodAssumed = declare("F38", ledger.Notice, ledger.Accept, "missing-label",
		ledger.Zh("表名和文件名都没有写月份，按本次汇总的月份处理", "请在表名中写明年月，如2024年6月"),
		ledger.En("neither title nor file name states the month; that of the run was assumed", "state year and month in the title"))
	WrongPeriod = declare("F39", ledger.Error, ledger.RejectReturn, "wrong-period",
		ledger.Zh("不是本月的报表", "请报送本月的表；如只是表名没有改，请改正后重报"),
		ledger.En("the return is of another month", "send this month's; correct the title if only that is old"))
	UnitUnknown = declare("F40", ledger.Error, ledger.RejectReturn, "unit-suspect",
		ledger.Zh("金额单位认不出来", "请写明元、千元、万元、百万元或亿元"),
		ledger.En("the unit of money is not known", "state 元, 千元, 万元, 百万元 or 亿元"))
	NoRows = declare("F41", ledger.Error, ledger.RejectReturn, "row-count",
		ledger.Zh("表里没有一行数据，也没有写明零报告", "请填报数据；确实没有的，请在表名下写“零报告”或“本月无变化”"),
		ledger.En("the return has no rows and does not say that there are none", "fill it in, or write 零报告 or 本月无变化 below the title"))
	NilWithRows = declare("F42", ledger.Query, ledger.AcceptExplained, "row-count",
		ledger.Zh("写明零报告或本月无变化，表里却有数据，按数据读取", "请删去该字样，或删去数据"),
		ledger.En("the return says that there is nothing to report, but has rows; they were read", "remove the words, or the rows"))
	SameReturnTwice = declare("F43", ledger.Error, ledger.RejectReturn, "primary-key",
		ledger.Zh("同一文件里有两张同单位、同月份的同种报表，大多是同样的项目而内容不同，分不清以哪张为准", "请只保留一张，或删去旧表"),
		ledger.En("the file holds the same return twice with different contents", "keep one of them, or remove the old one"))
	HiddenRead = declare("F44", ledger.Notice, ledger.Accept, "hidden-content",
		ledger.Zh("表里有隐藏的行或列，已照常读取", "如不应报送，请删去而不要隐藏"),
		ledger.En("hidden rows or columns were read like the others", "delete what should not be reported"))
)

// Findings of whose a return is and of which month, where what it says does not fit together. It
// counts when that is settled: it must not take the place of what is right.
var (
	PreparedApart = declare("F45", ledger.Query, ledger.RejectReturn, "wrong-period",
		ledger.Zh("填报日期与报表的月份相差太远，分不清是不是旧表", "请核对填报日期和表名中的年月，改正后重报"),
		ledger.En("the date of filling in is too far from the month of the return, which may be an old one", "check the date and the month in the title"))
	SenderApart = declare("F46", ledger.Query, ledger.RejectReturn, "foreign-key",
		ledger.Zh("表里写的单位与文件名不同，各行的责任单位也都不是它，分不清是谁的表", "请核对填报单位和文件名，改正后重报"),
		ledger.En("the unit that the sheet states is not that of the file's name, and no row is of it", "correct the unit, or the name of the file"))
	LeavingUnclear = asked("F47", "constraint-error",
		ledger.Zh("填的不是退库（调出）的原因，看不出是否退库", "确已退库或调出的，请写明原因；没有的，请留空"),
		ledger.En("this is no reason to leave, and it cannot be told whether the project leaves", "state the reason if it does; leave the cell blank if not"))
)

// Findings of returns that one file holds in several tables.
var (
	RowsApart = asked("F72", "primary-key",
		ledger.Zh("同一项目在两张表里填得不一样，未予采用", "请核对后改成一致，或只在一张表里填报"),
		ledger.En("two tables say different things of one project; neither was taken", "correct one of them, or leave the project in one table only"))
	RestAlone = declare("F73", ledger.Error, ledger.RejectRow, "foreign-key",
		ledger.Zh("续表的这一行，在前面的表里找不到对应的项目", "请核对项目名称或序号，使续表与前面的表逐行对应"),
		ledger.En("a row of the table's continuation (续表) has no row in the table that it continues", "make names or serial numbers agree row by row"))
	SaidAgain = declare("F74", ledger.Notice, ledger.Accept, "primary-key",
		ledger.Zh("前面的表里已有，没有矛盾，合在一起只计一次", "请删去重复的部分；如不是同一项目，请写明区别"),
		ledger.En("an earlier table has it, too, and agrees: both count once", "remove what repeats; if they are two projects, name them apart"))
)

// Findings of the header. Those with a Field and no Row are of the whole column.
var (
	IdentityMissing = declare("F50", ledger.Error, ledger.RejectReturn, "missing-label",
		ledger.Zh("表头缺少识别每一行所必需的列", "请补上该列"),
		ledger.En("the header lacks a column without which no row can be identified", "add the column"))
	ColumnUnread = declare("F59", ledger.Notice, ledger.Accept, "extra-label",
		ledger.Zh("这一列认不出是哪一项，内容已保留，没有采用", "属于报表内容的，请按统一报表改正列名；自行增加的列无需改动"),
		ledger.En("the column is none of the form's; what it holds was kept and not used", "name it as the form does if it is; leave it if it is your own"))
	ColumnMissing = declare("F51", ledger.Error, ledger.HoldField, "missing-label",
		ledger.Zh("表头缺少必填的列", "请补上该列，或按统一报表改正列名"),
		ledger.En("the header lacks a required column", "add the column, or name it as the form does"))
	ColumnsRival = declare("F52", ledger.Error, ledger.HoldField, "duplicate-label",
		ledger.Zh("有两列都像是这一项，未予采用", "请按统一报表的列名改正，只保留一列"),
		ledger.En("two columns may both be this one; neither was taken", "name one of them as the form does"))
	ColumnTwice = declare("F53", ledger.Query, ledger.AcceptExplained, "duplicate-label",
		ledger.Zh("同名的列出现两次，只采用第一列", "请删去多余的列，或改名"),
		ledger.En("the same heading stands twice; the first column was taken", "remove or rename the other"))
	HeadingYear = declare("F54", ledger.Query, ledger.HoldField, "incorrect-label",
		ledger.Zh("列名写的不是报告期的年份，未予采用", "请核对是否沿用了旧表，改正列名或数据"),
		ledger.En("the heading names another year; the column was not taken", "correct the heading, or the figures if they are old"))
	HeadingMonth = declare("F55", ledger.Query, ledger.HoldField, "incorrect-label",
		ledger.Zh("列名写的不是报告期的月份，未予采用", "请核对是否沿用了旧表，改正列名或数据"),
		ledger.En("the heading names another month; the column was not taken", "correct the heading, or the figures if they are old"))
	UnitMissing = declare("F57", ledger.Query, ledger.HoldField, "unit-suspect",
		ledger.Zh("没有写金额单位，看不出是元、万元还是亿元，未予采用", "请在表名下写明“单位：万元”（或元、亿元），或写在列名后"),
		ledger.En("nobody says in which unit these amounts are; they were not taken", "state 单位：万元 (or 元, 亿元) below the title, or in the headings"))
	UnitsDisagree = declare("F58", ledger.Query, ledger.HoldField, "unit-suspect",
		ledger.Zh("写了两种单位，看不出以哪个为准，未予采用", "请只写一种单位；各列不同的，请写在各自的列名后"),
		ledger.En("two units are stated and nobody can tell which holds; the figures were not taken",
			"state one of them, or each in the headings of its columns"))
	UnitFollows = declare("C29", ledger.Notice, ledger.Accept, "unit-suspect",
		ledger.Zh("这些列没有写单位，按其他金额列写的万元读取", "无需改动；如不是万元，请在列名后写明单位"),
		ledger.En("these columns name no unit and were read in 万元, as the other amounts say", "nothing; or name the unit if it is another"))
	HeadingAmbiguous = declare("F56", ledger.Error, ledger.HoldField, "incorrect-label",
		ledger.Zh("列名有两种理解，从数据也判断不出，未予采用", "请把列名写全"),
		ledger.En("the heading may mean either of two columns and the figures do not tell which; it was not taken", "write the heading out in full"))
)

// Findings of the sheet's own totals.
var (
	TotalApart = ledger.Declare("F60", ledger.Query, ledger.AcceptExplained, ledger.Level1, "balance-error",
		ledger.Zh("合计（小计）与各行之和不等", "请核对是否漏行、漏改公式；各行无误的，请改正合计"),
		ledger.En("the total is not the sum of its rows", "look for rows that are missing, or correct the total"))
	CountApart = ledger.Declare("F61", ledger.Query, ledger.AcceptExplained, ledger.Level1, "row-count",
		ledger.Zh("合计（小计）写的个数与行数不等", "请核对是否漏行；各行无误的，请改正个数"),
		ledger.En("the number of rows that the total states is not the number there is", "look for rows that are missing, or correct the number"))
)

// Findings of rows that may be no data.
var (
	RowUnclear = declare("F62", ledger.Query, ledger.RejectRow, "row-count",
		ledger.Zh("看不出这一行是不是项目，也可能是小计行、分类行，未予采用", "是项目的，请补填序号和责任单位等内容；是小计行、分类行的，请写明“小计”或删去"),
		ledger.En("the row may be a project, or a total or a section of others; it was not taken",
			"fill in its number, its unit and the rest if it is a project; call it 小计 or remove it if it is not"))
	ExampleRow = declare("F63", ledger.Notice, ledger.Accept, "row-count",
		ledger.Zh("填写示例没有计入", "请删去示例行；如是实际项目，请改正名称后重报"),
		ledger.En("an example of how to fill in the form was not counted", "remove it; if it is a project, give its name and send the return again"))
	FigureDitto = declare("F64", ledger.Query, ledger.HoldField, "type-error",
		ledger.Zh("数字列写了“同上”，未予采用", "请填写数字"),
		ledger.En("it says ditto in a column of figures, which was not taken", "write the figure"))
)

// held declares a cell that could not be read: the last accepted value stays in force.
func held(id, kind string, zh, en ledger.Text) *ledger.Code {
	return declare(id, ledger.Error, ledger.HoldField, kind, zh, en)
}

// asked declares a cell that has more than one meaning.
func asked(id, kind string, zh, en ledger.Text) *ledger.Code {
	return declare(id, ledger.Query, ledger.HoldField, kind, zh, en)
}

// Findings of cells.
var (
	NotMoney = held("C01", "type-error",
		ledger.Zh("不是金额", "请只填数字，单位按表头；约数、区间请改填确数"),
		ledger.En("not an amount of money", "give digits only, in the unit of the heading; no estimates, no ranges"))
	MoneyTooFine = held("C02", "type-error",
		ledger.Zh("金额精确到了分以下", "请核对数字和单位，最多精确到分"),
		ledger.En("the amount is finer than a cent (分)", "check the digits and the unit"))
	NotRate = held("C03", "type-error",
		ledger.Zh("不是百分比", "请填85.5%或85.5，并在表头注明%"),
		ledger.En("not a percentage", "write 85.5%, or 85.5 below a heading with %"))
	RateUnclear = asked("C04", "type-error",
		ledger.Zh("看不出是百分数还是小数", "请写明百分号，如85.5%"),
		ledger.En("it cannot be told whether this is a percentage or a fraction", "write the percent sign, like 85.5%"))
	NotCount = held("C05", "type-error",
		ledger.Zh("不是数字", "请只填数字，约数、区间请改填确数"),
		ledger.En("not a number", "give digits only; no estimates, no ranges"))
	NotDate = held("C06", "type-error",
		ledger.Zh("不是日期", "请按2024-06-18、2024.6或2024年6月填写"),
		ledger.En("not a date", "write it like 2024-06-18, 2024.6 or 2024年6月"))
	MonthUnclear = asked("C07", "type-error",
		ledger.Zh("看不出是1月还是10月（数字末尾的0会丢失）", "请把年、月两个字写上，不要用小数点"),
		ledger.En("it may be January or October, since a number loses its last 0", "write 年 and 月 instead of the point"))
	YearMissing = asked("C08", "type-error",
		ledger.Zh("日期没有年份", "请写明年份，如2024年6月"),
		ledger.En("the date has no year", "write the year, like 2024年6月"))
	NotSpan = held("C09", "type-error",
		ledger.Zh("不是起止年限", "请按2023.3—2025.12填写"),
		ledger.En("not a time from–to", "write it like 2023.3—2025.12"))
	DurationOnly = declare("C10", ledger.Notice, ledger.Accept, "type-error",
		ledger.Zh("填的是工期长短，不是起止年限，留作空白", "请按2023.3—2025.12填写"),
		ledger.En("a duration, not a time from–to; left blank", "write it like 2023.3—2025.12"))
	NotFlag = held("C11", "type-error",
		ledger.Zh("不是“是”或“否”", "请填是或否"),
		ledger.En("neither yes nor no", "write 是 or 否"))
	NotChoice = held("C12", "constraint-error",
		ledger.Zh("不在可选的范围内", "请从应填的选项中选填"),
		ledger.En("not one of the choices", "use one of the choices"))
	CodeIsNumber = held("C13", "type-error",
		ledger.Zh("项目代码存成了数字，第15位以后已经丢失", "请把该列设为文本格式后重新填写"),
		ledger.En("the project code was stored as a number and has lost its last digits", "format the column as text and type the code again"))
	NoCachedValue = held("C14", "type-error",
		ledger.Zh("公式没有计算结果", "请用 Excel 或 WPS 打开，重新计算并保存；或改填数值"),
		ledger.En("the formula has no value", "open the file in Excel or WPS, recalculate and save; or type the value"))
	FormulaError = held("C15", "type-error",
		ledger.Zh("公式出错", "请改正公式，或改填数值"),
		ledger.En("the formula fails", "correct the formula, or type the value"))
	MergedFigure = declare("C16", ledger.Query, ledger.AcceptExplained, "merged-cells",
		ledger.Zh("一个数字合并了几行，只计入第一行", "请取消合并，逐行填写"),
		ledger.En("one figure is merged over several rows; it counts for the first", "unmerge the cells and fill in every row"))
	RowRepeated = declare("C17", ledger.Notice, ledger.Accept, "primary-key",
		ledger.Zh("与前面一行完全相同，只计一次", "请删去重复的行"),
		ledger.En("the row is the same as an earlier one and counts once", "remove it"))
	NothingAbove = held("C18", "missing-cell",
		ledger.Zh("写了“同上”，而上面没有可用的内容", "请填写完整"),
		ledger.En("it says ditto, but there is nothing above", "write it out"))
	MoneyRounded = declare("C19", ledger.Notice, ledger.Accept, "type-error",
		ledger.Zh("计算结果精确到了分以下，已四舍五入到分", "无需改动；如需准确，请在公式中取整"),
		ledger.En("the computed amount is finer than a cent and was rounded", "nothing; or round it in the formula"))
	FormatScales = asked("C20", "unit-suspect",
		ledger.Zh("单元格格式使显示的和存的不是同一个数", "请取消该格式，按表头单位直接填写数字"),
		ledger.En("the cell's format scales or hides the number: what is shown is not what is stored",
			"remove the format and type the figure in the unit of the heading"))
	SpanReversed = asked("C21", "constraint-error",
		ledger.Zh("起止年限前后颠倒", "请核对起止时间"),
		ledger.En("the time from–to is the wrong way round", "check both ends"))
	OutOfRange = held("C23", "type-error",
		ledger.Zh("数字过大", "请核对数字和单位"),
		ledger.En("the number is too large", "check the digits and the unit"))
	WrongUnit = held("C24", "unit-suspect",
		ledger.Zh("单位与这一列不符", "请按表头的单位填写"),
		ledger.En("the unit does not belong in this column", "use the unit of the heading"))
	NumberIsDate = asked("C26", "type-error",
		ledger.Zh("单元格设成了日期或时间格式，不像是数字", "请把单元格改为常规格式，重新填写数字"),
		ledger.En("the cell shows a date or a time where a number belongs", "give the cell the general format and type the number again"))
	MoneyForeign = asked("C27", "unit-suspect",
		ledger.Zh("写的是外币，没有采用", "请折算成人民币，按表头的单位填写"),
		ledger.En("the amount is in a foreign currency and was not taken", "convert it to renminbi, in the unit of the heading"))
	AreaUnknown = asked("C28", "unit-suspect",
		ledger.Zh("不是用地面积的单位", "请按亩、平方米或公顷填写"),
		ledger.En("this is no unit of land", "give the land in 亩, 平方米 or 公顷"))
	MarksLeftOut = declare("C30", ledger.Notice, ledger.Accept, "hidden-content",
		ledger.Zh("有划了删除线或设成上标的字，按去掉这些字后的内容读取", "无需改动；如应保留，请取消删除线或上标"),
		ledger.En("characters that are struck through or raised were left out", "nothing; or remove the line or the superscript if they are meant"))
	WhollyStruck = asked("C31", "hidden-content",
		ledger.Zh("整格都划了删除线，看不出是否作废", "作废的请清空；仍有效的请取消删除线"),
		ledger.En("all of the cell is struck through; it cannot be told whether it still holds", "clear it if it does not; remove the line if it does"))
	DateUnclear = asked("C34", "type-error",
		ledger.Zh("看不出是哪一天或哪个月", "请写全年、月、日，如2024年6月18日或2024年6月"),
		ledger.En("it cannot be told which day or month this is", "write year, month and day, like 2024年6月18日 or 2024年6月"))
	NoSuchDate = held("C35", "type-error",
		ledger.Zh("没有这一天，或不在1990年至2060年之间", "请核对年、月、日"),
		ledger.En("there is no such day, or it is not between 1990 and 2060", "check year, month and day"))
	DigitsLost = asked("C36", "type-error",
		ledger.Zh("数字没有存全（超过15位的数字会丢失后几位，2.02E+17、####只是显示的样子）", "请把单元格设为文本格式后重新填写"),
		ledger.En("the number has over 15 digits, or only what was shown of it was kept (2.02E+17, ####)", "format the cell as text and type it again"))
	TextBecameDate = asked("C37", "type-error",
		ledger.Zh("这里应填文字或编号，存的却是日期，可能是6-1一类的编号被表格软件改成了日期", "请把单元格设为文本格式后重新填写"),
		ledger.En("a date where words or a number belong; a spreadsheet may have made it of one like 6-1", "format the cell as text and type it again"))
	PictureInCell = asked("C38", "type-error",
		ledger.Zh("单元格里是图片，不是文字或数字", "请删去图片，改填文字或数字"),
		ledger.En("the cell holds a picture", "remove it and type what it shows"))
	NotYetHappened = asked("C39", "type-error",
		ledger.Zh("这一列填实际发生的时间，填的却是计划或预计的时间", "尚未发生的请留空，时间写在备注里；已经发生的请只填日期"),
		ledger.En("the column is of what has happened, but the date is a planned one",
			"leave it blank and put the date into the remarks, or give the date alone if it has happened"))
	OwnCharacters = declare("C40", ledger.Query, ledger.AcceptExplained, "type-error",
		ledger.Zh("有自造字或符号字体里的字，换一台电脑看不到，或显示成方框、空白", "请改用输入法能打出的字；没有的，请用同音字或“某”代替，并在备注中说明"),
		ledger.En("a character of somebody's own making, or of a font of symbols, which other computers show as a box or not at all",
			"use one that every computer has; if there is none, write another and say so in the remarks"))
	TextCut = declare("C41", ledger.Query, ledger.AcceptExplained, "type-error",
		ledger.Zh("文字正好写满一个单元格的限度（255字或32767字），后面的可能被表格软件截掉了", "请核对末尾是否完整，补全后重报；本来就完整的，说明一下即可"),
		ledger.En("the text is just as long as some programs allow (255 or 32,767 characters): they may have cut it",
			"look at its end, and send the whole text; if it is whole, say so"))
	MergedContents = declare("C25", ledger.Notice, ledger.Accept, "merged-cells",
		ledger.Zh("合并单元格下面还藏有内容，已照常读取", "请取消合并，核对每一行"),
		ledger.En("a merged cell hides contents, which were read", "unmerge the cells and check every row"))
)
