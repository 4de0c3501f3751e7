package bulletin

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"huizong/consolidate/summary/document"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/ledger"
)

// Notice is 通报 as a document: the text of 通报正文, each paragraph with the cell that it stands in as its
// origin, and lists as attachments that quote cells of the workbooks.
func (w *Workbook) Notice() *document.Document {
	b := w.bulletin
	signature, day := b.County.Signed(b.Period)
	d := b.newDocument("关于" + b.about() + "的通报")
	d.Number(b.County.Bulletin.Number)
	d.Title(signature, "关于"+b.Period.Chinese()+"全县高质量项目", "推进情况的通报") // broken where its sense allows
	d.To(b.County.Bulletin.To)
	d.Paragraph(document.Say(b.opening()))
	for _, chapter := range b.told {
		d.Heading(1, document.Say(chapter.heading))
		for _, section := range chapter.sections {
			d.Heading(2, document.Say(section.heading))
			d.Paragraph(document.Quote(strings.TrimPrefix(section.paragraph.Shown(), indent), section.paragraph))
		}
	}
	attachments := b.attachments()
	titles := make([]string, len(attachments))
	for i, a := range attachments {
		titles[i] = a.title
	}
	d.Announce(titles...)
	d.Sign(signature, inWords(day), document.Sealed)
	if contact := b.County.Bulletin.Contact; contact != "" {
		d.Contact(document.Say(contact))
	}
	for _, a := range attachments {
		d.Attachment(a.page)
		a.draw(d)
	}
	d.Imprint(document.Imprint{CopyTo: b.County.Bulletin.Copies, Printer: cmp.Or(b.County.Bulletin.Printer, signature), Printed: inWords(day) + "印发"})
	return d
}

// newDocument starts a document of the month in the county's fonts.
func (b *bulletin) newDocument(title string) *document.Document {
	signature, _ := b.County.Signed(b.Period)
	end := b.Period.End()
	return document.New(document.Properties{
		Title: title, Author: signature, Date: time.Date(end.Year, time.Month(end.Month), end.Day, 0, 0, 0, 0, time.UTC),
	}, document.Fonts(b.County.DocFonts))
}

// inWords is a day as documents have it: 2024年7月10日.
func inWords(d ledger.Date) string { return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day) }

// quoted is what a cell shows, with the cell as its origin.
func quoted(at workbook.Ref) document.Text {
	if shown := at.Shown(); shown != "" {
		return document.Text{document.Quote(shown, at)}
	}
	return nil
}
