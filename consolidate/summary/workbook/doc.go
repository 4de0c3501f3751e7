// Package workbook is the drawing board of the leaders' workbooks: sheets are
// declared as they look, and the traps of the file format are handled here,
// once. It knows nothing of counties, projects or forms.
//
// A [Book] has [Sheet]s in reading order; they may be filled in any order.
// What stands in a cell is a [Cell] (a value, or a live formula with the value
// it has today), how it looks is a [Style], and where it stands is a [Ref] or a
// [Range]. A [Table] declares its columns left to right and, drawn, answers for
// the place of each of its cells, so that no formula is ever spelled by hand:
//
//	book := workbook.New(workbook.Properties{Title: "…", Author: "城固县发改局", Date: periodEnd}, workbook.DefaultFonts)
//	cover := book.Sheet("封面", workbook.A4Portrait) // the first sheet has the index
//	overview := book.Sheet("总览", workbook.A4Landscape.OnOnePage()).Shows(workbook.Front, "一页看全")
//	ledger := workbook.Table[Project]{
//		Title: "重点项目台账", Right: "单位：万元", Total: "合计", Ledger: true, Frozen: 2,
//		Columns: []workbook.Column[Project]{
//			{"序号", 6, workbook.Ordinal, nil},
//			{"项目名称", 30, workbook.Prose, func(p Project) workbook.Cell { return workbook.Text(p.Name) }},
//			{"责任单位", 14, workbook.Prose, func(p Project) workbook.Cell { return workbook.Text(p.Unit) }},
//			{"2024年投资/计划", 14, workbook.Wan, func(p Project) workbook.Cell { return workbook.Maybe(p.Plan, workbook.Money) }},
//			{"2024年投资/完成", 14, workbook.Wan, func(p Project) workbook.Cell { return workbook.Maybe(p.Done, workbook.Money) }},
//			{"完成率", 9, workbook.Percent, func(Project) workbook.Cell { return rate }},
//		},
//		Totals: map[string]workbook.Cell{"完成率": rate},
//	}.Draw(book.Sheet("台账", workbook.A3Landscape).Shows(workbook.Ledgers, "每个项目一行").Top(), projects)
//
//	page := overview.Flow(24, 5.5)
//	page.Write(workbook.Sentence("全县完成投资", workbook.As(ledger.Total("2024年投资/完成"), workbook.Yi), "亿元，见《台账》。"), workbook.Bulletin)
//	cover.Flow(12, 6.6).Index(6.6, 19.8, 39.6, 13.2)
//
// where rate is workbook.Quotient(workbook.Own("2024年投资/完成"), workbook.Own("2024年投资/计划")).
//
// # What a figure is
//
// Money is given in 分 (cents) and shown in the unit of its column's style, 万元
// or 亿元; formulas know the unit of what they read and convert. The value of a
// formula is computed here, from the cells it reads, and stored beside it, so
// that a viewer that does not calculate shows the same; [Cell.Matching] has it
// compared with the figure it must give, and [Book.Bytes] fails if it differs.
//
// # Finding one's way
//
// A book opens on its index ([Flow.Index]). Every other sheet is drawn from its [Sheet.Top], under a
// row of links back and to the neighbours, which is not printed. A text that mentions another sheet
// of the book in 《》 is a link to it. [Quote] shows a cell of another book, [Cell.Named] lets others
// find one.
//
// # Whose mistake
//
// A heading that no table has, two things drawn in one cell, money in a style
// without a unit, a formula that reads itself: those are the programmer's and
// panic, in the first test that draws the sheet. Errors of Bytes are figures
// that do not tie, and what the writer underneath refuses.
package workbook
