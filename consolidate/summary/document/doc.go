// Package document writes .docx files that look as official documents (公文, GB/T 9704-2012) do:
// A4 with a type area of 156 × 225 mm, 22 lines of 28 characters, a font for each rank, page
// numbers at the outer edges. It knows nothing of months and projects.
//
//	d := document.New(document.Properties{Title: "…", Author: "城固县发展和改革局", Date: periodEnd}, document.DefaultFonts)
//	d.Number("城发改〔2024〕8号")
//	d.Title("城固县发展和改革局", "关于2024年6月重点项目推进情况的通报")
//	d.To("各镇人民政府、街道办事处，县级各有关部门")
//	d.Paragraph(document.Say("截至6月底，完成投资"), document.Quote("12.50亿元", origin), document.Say("。"))
//	d.Heading(1, document.Say("总体情况"))                  // 一、总体情况
//	d.Announce("重点项目推进情况表")                         // 附件：重点项目推进情况表
//	d.Sign("城固县发展和改革局", "2024年7月5日", Sealed)
//	d.Attachment(document.Landscape)                      // the next one that was announced, on a page of its own
//	document.Table[Project]{Columns: …}.Draw(d, projects)
//	d.Imprint(document.Imprint{CopyTo: "县委办。", Printer: "…", Printed: "2024年7月5日印发"})
//	content, err := d.Bytes()
//
// What is drawn first stands first. Numbers of headings are part of their text, as in documents
// that people write.
//
// # Paragraphs and their numbers
//
// A paragraph is made of parts, and a part may know where it is from. Every paragraph of the
// document's body has a number, from 1, in the order of the file: every w:p in word/document.xml
// counts, blank ones and those in cells of tables (row by row, from the left) among them, those of
// headers and footers do not. Paragraphs lists them.
package document
