package importer

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// A codeCase is a sheet that is good but for one thing.
type codeCase struct {
	code   *ledger.Code
	pages  []*page
	path   string // blank: someFile
	at     string // cell and column of the finding
	entity string
	found  string
}

func pages(all ...*page) []*page { return all }

var (
	good     = reserveRow(1, "甲项目", 100)
	other    = reserveRow(2, "乙项目", 200)
	hideRow  = func(p *page, row int) *page { p.lines[p.find(row)].hidden = true; return p }
	conceal  = func(p *page) *page { p.concealed = true; return p }
	progHead = cells{"序号", "项目名称", "项目代码", "级别", "类别", "建设起止年限", "总投资", "年度计划投资", "1-6月累计完成投资", "当前形象进度", "责任单位", "包抓领导"}
)

// reserveTitled is a good return under another title and fields.
func reserveTitled(title, fields []any) *page {
	return pageOf(title, fields, reserveHead, good)
}

// reserveUnitless is a return of one row that states no unit but in its header.
func reserveUnitless(head, row []any) *page {
	return pageOf(reserveTitle, cells{"填报单位：交通局"}, head, row)
}

// reserveHeaded is a good return under another header.
func reserveHeaded(head []any, rows ...[]any) *page {
	return pageOf(append([][]any{reserveTitle, reserveFields, head}, rows...)...)
}

// progressWith is a good progress return with one more column.
func progressWith(heading string, cell any) *page {
	return progressSheet(with(progHead, "M", heading), with(progressRow, "M", cell))
}

func codeCases() []codeCase {
	return []codeCase{
		{code: SheetUnknown, pages: pages(reserveSheet(good), pageOf(cells{"填表说明"}, cells{"一、……"})), at: "A1"},
		{code: SheetHidden, pages: pages(reserveSheet(good), conceal(pageOf(cells{"选项"}, cells{"是"}))), at: "A1"},
		{code: TitleApart, pages: pages(reserveTitled(cells{"2024年6月重点项目建设进展月报表"}, reserveFields)), at: "A1", found: "重点项目建设进展月报表"},
		{code: HeaderMissing, pages: pages(pageOf(reserveTitle, reserveFields, cells{1, "甲项目", 100})), at: "A1"},
		{code: DepartmentUnknown, pages: pages(reserveTitled(reserveTitle, cells{"填报单位：外县某局"})), path: "6月.xlsx", at: "A2", found: "外县某局"},
		{code: DepartmentUnlisted, pages: pages(reserveTitled(reserveTitle, cells{"填报单位：某某公司"})), at: "A2", found: "某某公司"},
		{code: PeriodAssumed, pages: pages(reserveTitled(cells{"谋划储备项目表"}, reserveFields)), path: "交通局.xlsx", at: "A1"},
		{code: WrongPeriod, pages: pages(reserveTitled(cells{"2024年5月谋划储备项目表"}, reserveFields)), at: "A1", found: "2024年5月"},
		{code: PreparedApart, pages: pages(reserveTitled(reserveTitle, cells{"填报单位：交通局", "填报日期：2023年6月22日"})), at: "B2", found: "2023-06-22"},
		{code: LeavingUnclear, pages: pages(reserveHeaded(with(reserveHead, "J", "退库原因"), with(good, "J", "是"))), at: "J4 退库原因", entity: "甲项目", found: "是"},
		{code: SenderApart, pages: pages(reserveTitled(reserveTitle, cells{"填报单位：水利局"})), path: "交通局6月.xlsx", at: "A2", found: "水利局"},
		{code: UnitUnknown, pages: pages(reserveTitled(reserveTitle, cells{"填报单位：交通局", "单位：万美元"})), at: "B2", found: "万美元"},
		{code: NoRows, pages: pages(reserveSheet())},
		{code: NilWithRows, pages: pages(reserveTitled(reserveTitle, cells{"填报单位：交通局", "零报告"}))},
		{code: SameReturnTwice, pages: pages(reserveSheet(good), reserveSheet(with(good, "F", 300))), at: "F4 总投资", entity: "甲项目", found: "300"},
		{code: RowsApart, pages: pages(reserveSheet(manyRows(3)...), reserveSheet(with(manyRows(3)[2], "F", 300), good, other)),
			at: "F4 总投资", entity: "项目3", found: "300"},
		{code: RestAlone, pages: pages(halves(3, 4)), at: "B14", found: "项目4"},
		{code: SaidAgain, pages: pages(reserveSheet(good, other), reserveSheet(good, other)), at: "A3"},
		{code: HiddenRead, pages: pages(hideRow(reserveSheet(good, other), 5)), found: "第5行"},

		{code: IdentityMissing, pages: pages(reserveHeaded(with(reserveHead, "B", "名目"), good)), at: "B3 项目名称", found: "名目"},
		{code: ColumnMissing, pages: pages(reserveHeaded(with(reserveHead, "D", "建设地段"), good)), at: "D3 建设地点", found: "建设地段"},
		{code: ColumnUnread, pages: pages(reserveHeaded(with(reserveHead, "J", "专家意见"), with(good, "J", "同意"))), at: "J3", found: "专家意见"},
		{code: ColumnsRival, pages: pages(reserveHeaded(with(with(reserveHead, "F", "投资规模"), "J", "计划总投资"), good)), at: "J3 总投资", found: "计划总投资"},
		{code: ColumnTwice, pages: pages(reserveHeaded(with(reserveHead, "J", "总投资"), good)), at: "J3 总投资"},
		{code: HeadingYear, pages: pages(progressSheet(with(progHead, "H", "2023年计划投资"), progressRow)), at: "H3 年度计划投资", found: "2023年计划投资"},
		{code: HeadingMonth, pages: pages(progressSheet(with(progHead, "I", "1-5月完成投资"), progressRow)), at: "I3 1-N月累计完成投资"},
		{code: HeadingAmbiguous, pages: pages(progressSheet(with(progHead, "I", "累计完成投资"), with(progressRow, "E", "新开工"))), at: "I3 1-N月累计完成投资"},

		{code: UnitMissing, pages: pages(reserveUnitless(with(reserveHead, "F", "总投资"), good)), at: "F4 总投资", found: "F4 100"},
		{code: UnitsDisagree, pages: pages(reserveHeaded(with(reserveHead, "F", "总投资（万元/亿元）"), good)), at: "F3 总投资", found: "总投资(万元/亿元)"},
		{code: UnitFollows, pages: pages(reserveUnitless(with(with(reserveHead, "J", "资金来源/银行贷款"), "K", "已落实资金"), append(good, 20, 10))),
			at: "J4 资金来源/银行贷款、已落实资金", found: "J4 20、K4 10"},

		{code: TotalApart, pages: pages(reserveSheet(good, other, cells{"合计", nil, nil, nil, nil, 302})), at: "F6 总投资", found: "302"},
		{code: CountApart, pages: pages(reserveSheet(good, other, cells{"合计：3个", nil, nil, nil, nil, 300})), at: "A6", found: "3"},
		{code: RowUnclear, pages: pages(reserveSheet(good, other, cells{nil, "旅游板块", nil, nil, nil, 50})), at: "B6", entity: "旅游板块", found: "旅游板块"},
		{code: FigureDitto, pages: pages(reserveSheet(good, with(other, "F", "〃"))), at: "F5 总投资", entity: "乙项目", found: "〃"},
		{code: ExampleRow, pages: pages(reserveSheet(with(good, "A", "例"), with(good, "B", "XX项目"), other)), at: "B4", found: "甲项目、XX项目"},

		{code: NotMoney, pages: pages(reserveSheet(with(good, "F", "约40"))), at: "F4 总投资", entity: "甲项目", found: "约40"},
		{code: MoneyTooFine, pages: pages(reserveSheet(with(good, "F", "0.0000001"))), at: "F4 总投资", entity: "甲项目"},
		{code: NotRate, pages: pages(progressWith("占年度计划%", "过半")), at: "M4 占年度计划%", entity: "城固县环城路"},
		{code: RateUnclear, pages: pages(progressWith("占年度计划", 70)), at: "M4 占年度计划%", entity: "城固县环城路", found: "70"},
		{code: NotCount, pages: pages(reserveHeaded(with(reserveHead, "J", "用地（亩）"), with(good, "J", "60余"))), at: "J4 用地", entity: "甲项目"},
		{code: NotDate, pages: pages(progressWith("实际开工时间", "已开工")), at: "M4 实际开工时间", entity: "城固县环城路"},
		{code: MonthUnclear, pages: pages(progressWith("实际开工时间", 2024.1)), at: "M4 实际开工时间", entity: "城固县环城路"},
		{code: YearMissing, pages: pages(progressWith("实际开工时间", "6月底")), at: "M4 实际开工时间", entity: "城固县环城路"},
		{code: NotSpan, pages: pages(progressSheet(progHead, with(progressRow, "F", "按合同"))), at: "F4 建设起止年限", entity: "城固县环城路"},
		{code: DurationOnly, pages: pages(progressSheet(progHead, with(progressRow, "F", "2年"))), at: "F4 建设起止年限", entity: "城固县环城路"},
		{code: SpanReversed, pages: pages(progressSheet(progHead, with(progressRow, "F", "2025-2023"))), at: "F4 建设起止年限", entity: "城固县环城路"},
		{code: NotFlag, pages: pages(progressWith("是否入统", "正在办理")), at: "M4 是否入统", entity: "城固县环城路"},
		{code: NotChoice, pages: pages(reserveSheet(with(good, "C", "论证"))), at: "C4 所属批次", entity: "甲项目"},
		{code: CodeIsNumber, pages: pages(progressSheet(progHead, with(progressRow, "C", 2.4016107220401e19))), at: "C4 项目代码", entity: "城固县环城路"},
		{code: NoCachedValue, pages: pages(reserveSheet(with(good, "F", computed{}))), at: "F4 总投资", entity: "甲项目"},
		{code: FormulaError, pages: pages(reserveSheet(with(good, "F", failed("#REF!")))), at: "F4 总投资", entity: "甲项目", found: "#REF!"},
		{code: MergedFigure, pages: pages(reserveSheet(good, with(other, "F", nil)).merge("F4:F5")), at: "F4 总投资", entity: "甲项目", found: "100"},
		{code: RowRepeated, pages: pages(reserveSheet(good, other, good)), at: "A6", entity: "甲项目"},
		{code: NothingAbove, pages: pages(reserveSheet(with(good, "D", "同上"))), at: "D4 建设地点", entity: "甲项目"},
		{code: MoneyRounded, pages: pages(reserveSheet(with(good, "F", 100.0000004))), at: "F4 总投资", entity: "甲项目"},
		{code: FormatScales, pages: pages(reserveSheet(with(good, "F", formatted{1000000, "0,,"}))), at: "F4 总投资", entity: "甲项目"},
		{code: OutOfRange, pages: pages(reserveSheet(with(good, "F", 1e15))), at: "F4 总投资", entity: "甲项目"},
		{code: WrongUnit, pages: pages(reserveSheet(with(good, "F", "35亩"))), at: "F4 总投资", entity: "甲项目"},
		{code: NumberIsDate, pages: pages(reserveSheet(with(good, "F", formatted{45444, "yyyy/m/d"}))), at: "F4 总投资", entity: "甲项目"},
		{code: MoneyForeign, pages: pages(reserveSheet(with(good, "F", "500万美元"))), at: "F4 总投资", entity: "甲项目", found: "500万美元"},
		{code: AreaUnknown, pages: pages(reserveHeaded(with(reserveHead, "J", "用地"), with(good, "J", "12公里"))), at: "J4 用地", entity: "甲项目", found: "12公里"},
		{code: MarksLeftOut, pages: pages(reserveSheet(with(good, "F", marked{"15001", sheet.Marked{Plain: "1500", Raised: true}}))),
			at: "F4 总投资", entity: "甲项目", found: "15001"},
		{code: WhollyStruck, pages: pages(reserveSheet(with(good, "F", marked{100, sheet.Marked{Struck: true}}))), at: "F4 总投资", entity: "甲项目", found: "100"},
		{code: DateUnclear, pages: pages(progressWith("实际开工时间", "2512")), at: "M4 实际开工时间", entity: "城固县环城路", found: "2512"},
		{code: NoSuchDate, pages: pages(progressWith("实际开工时间", "2024-06-31")), at: "M4 实际开工时间", entity: "城固县环城路"},
		{code: DigitsLost, pages: pages(reserveSheet(with(good, "D", "2.02406E+17"))), at: "D4 建设地点", entity: "甲项目"},
		{code: TextBecameDate, pages: pages(reserveSheet(with(good, "D", formatted{45444, `m"月"d"日"`}))), at: "D4 建设地点", entity: "甲项目"},
		{code: OwnCharacters, pages: pages(reserveSheet(with(good, "D", "博望街道\uE000村"))), at: "D4 建设地点", entity: "甲项目", found: "博望街道\uE000村"},
		{code: TextCut, pages: pages(reserveSheet(with(good, "D", strings.Repeat("路", mostInXLS)))), at: "D4 建设地点", entity: "甲项目"},
		{code: PictureInCell, pages: pages(reserveSheet(with(good, "D", `=DISPIMG("ID_1",1)`))), at: "D4 建设地点", entity: "甲项目"},
		{code: NotYetHappened, pages: pages(progressWith("实际开工时间", "预计2024年10月")), at: "M4 实际开工时间", entity: "城固县环城路"},
		{code: MergedContents, pages: pages(reserveSheet(good, other).merge("D4:D5")), at: "D5 建设地点", entity: "乙项目"},
	}
}

// TestCodes raises every finding of reading, one by one, each as the only one of its sheet.
func TestCodes(t *testing.T) {
	raised := map[string]bool{NoForm.ID: true, PeriodUnknown.ID: true} // below, and by file
	for _, test := range codeCases() {
		raised[test.code.ID] = true
		t.Run(test.code.ID, func(t *testing.T) {
			path := test.path
			if path == "" {
				path = someFile
			}
			d := readPages(config(), path, test.pages...)
			findings := d.Findings
			for _, r := range d.Returns {
				findings = append(findings, r.Findings...)
				if !closes(r) {
					t.Errorf("the balance does not close")
				}
			}
			if len(findings) == 0 || slices.ContainsFunc(findings, func(f ledger.Finding) bool { return f.Code != test.code }) {
				t.Fatalf("findings %v, want %s alone", show(findings), test.code.ID)
			}
			f := findings[0]
			if got := strings.TrimSpace(f.Cell + " " + f.Field); got != test.at || f.Entity != test.entity || test.found != "" && f.Found != test.found {
				t.Errorf("found %q at %q of %q, want %q at %q of %q", f.Found, got, f.Entity, test.found, test.at, test.entity)
			}
			if f.File != path || f.Sheet != "Sheet1" {
				t.Errorf("in %q %q", f.File, f.Sheet)
			}
		})
	}
	for _, code := range refusals {
		raised[code.ID] = true
	}
	for _, code := range []*ledger.Code{ReplyTaken, ReplyUnclear, ReplyContradicts, ReplyTwice, ReplyUnknown, ReplyTwoForms,
		ReceiptTaken, SaysNothing, SaysAgain, SaidOfMany, NotEnough, NoSuchQuestion, AnswerUnclear,
		StampApart, KeyTwice, TemplateOther, StampForeign, TemplateChanged,
		NotAFile, LinkAstray, NotPermitted} { // by TestReplies, TestReceipts, TestJudge, the tests of templates, TestReadFile, and by the job
		raised[code.ID] = true
	}
	for _, code := range ledger.Codes() {
		if strings.ContainsAny(code.ID[:1], "FC") && !raised[code.ID] {
			t.Errorf("%s %s is raised by no test", code.ID, code.Wrong.In(ledger.Chinese))
		}
	}
}

func TestPeriodUnknown(t *testing.T) {
	in := config()
	in.Period = ledger.Period{}
	d := readPages(in, "交通局.xlsx", reserveTitled(cells{"谋划储备项目表"}, reserveFields))
	if got := show(d.Returns[0].Findings); !slices.Equal(got, []string{"F37 A1"}) {
		t.Errorf("findings %v, want F37", got)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	for reason, content := range map[sheet.Reason]string{
		sheet.FileEmpty: "", sheet.FilePDF: "%PDF-1.4\n", sheet.Damaged: "PK\x03\x04",
	} {
		d, err := config().Read("a.xlsx", strings.NewReader(content))
		if err != nil || len(d.Returns) != 0 || len(d.Findings) != 1 || d.Refused() != refusals[reason].ID {
			t.Errorf("%s: %d returns, findings %v, error %v", reason, len(d.Returns), show(d.Findings), err)
		}
	}
}

// What a clerk reads of a refusal: the sheet and the row by the names they have for him; the
// parts of a file's inside only where nothing else says what is damaged.
func TestRefusalsInWords(t *testing.T) {
	for _, test := range []struct {
		refusal sheet.Refusal
		want    string
	}{
		{sheet.Refusal{Reason: sheet.Damaged, Sheet: "重点项目", Part: "xl/worksheets/sheet1.xml", Row: 7},
			"a.xlsx 重点项目 第7行  F01 文件已损坏，无法完整读取：请重新保存或重新导出后再报；只读出一半的表不会被采用"},
		{sheet.Refusal{Reason: sheet.Damaged, Part: "xl/styles.xml"},
			"a.xlsx  F01 文件已损坏，无法完整读取（具体为：xl/styles.xml）：请重新保存或重新导出后再报；只读出一半的表不会被采用"},
		{sheet.Refusal{Reason: sheet.TooLarge, Sheet: "重点项目", Part: "xl/worksheets/sheet1.xml", Row: 7, Limit: "cells", Allowed: 9},
			"a.xlsx 重点项目 第7行  F02 文件过大或过于繁杂，超出限度，没有读取（应为：有内容的单元格不超过9个〔limits.cells〕）：" + refusals[sheet.TooLarge].Remedy.In(ledger.Chinese)},
		{sheet.Refusal{Reason: sheet.TooLarge, Limit: "file", Allowed: 20 << 20},
			"a.xlsx  F02 文件过大或过于繁杂，超出限度，没有读取（应为：文件不超过20MB〔limits.file〕）：" + refusals[sheet.TooLarge].Remedy.In(ledger.Chinese)},
		{sheet.Refusal{Reason: sheet.Encrypted, Part: "ENCRYPTEDPACKAGE"},
			"a.xlsx  F03 这是加密文件，需要密码才能打开：请取消“打开密码”后重报；.xlsx 文件也可把密码告知县发改局"},
		{sheet.Refusal{Reason: sheet.FileXLSB, Part: "xl/workbook.bin"},
			"a.xlsx  F07 这是二进制工作簿（.xlsb）：请用 Excel 或 WPS 打开，另存为 .xlsx 工作簿后重报"},
	} {
		if got := refusalOf("a.xlsx", &test.refusal).Line(ledger.Chinese); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

// Every reason of the reader has a finding of its own, and rejects the file.
func TestEveryRefusalHasItsCode(t *testing.T) {
	ids := map[string]bool{}
	for reason, code := range refusals {
		if ids[code.ID] || code.Effect != ledger.RejectFile || code.Level != ledger.Level0 {
			t.Errorf("%s: %s", reason, code.ID)
		}
		ids[code.ID] = true
	}
	all := []sheet.Reason{sheet.Damaged, sheet.TooLarge, sheet.Encrypted, sheet.NoWorksheet, sheet.FileEmpty, sheet.FileXLS, sheet.FileXLSB,
		sheet.FileHTML, sheet.FileFrames, sheet.FileMHTML, sheet.FileSYLK, sheet.FileDIF, sheet.FileUOF, sheet.FileCSV, sheet.FileText,
		sheet.FileZIP, sheet.ArchiveLocked, sheet.ArchivePath, sheet.ArchiveTooLarge,
		sheet.FileRAR, sheet.File7Z, sheet.FileWord, sheet.FilePowerPoint, sheet.FilePDF, sheet.FileOFD, sheet.FilePicture, sheet.FileUnknown}
	if got := slices.Sorted(maps.Keys(refusals)); !slices.Equal(got, slices.Sorted(slices.Values(all))) {
		t.Errorf("refusals %v", got)
	}
}
