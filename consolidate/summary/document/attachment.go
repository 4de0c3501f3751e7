package document

import "fmt"

// Announce names the attachments (附件说明) a line below the text. Their titles are those that the
// attachments then have.
func (d *Document) Announce(titles ...string) {
	if len(titles) == 0 {
		return
	}
	d.announced = titles
	d.blank(1)
	const mark = 3 // characters of 附件：
	if len(titles) == 1 {
		d.listed("附件："+titles[0], mark, mark)
		return
	}
	number := 1.5 // characters of "1." and a gap
	if len(titles) > 9 {
		number = 2
	}
	for i, title := range titles {
		text, hang := fmt.Sprintf("%d.\t%s", i+1, title), number
		if i == 0 {
			text, hang = "附件："+text, mark+number
		}
		d.listed(text, mark+number, hang)
	}
}

// listed is a line of the announcement, two characters in. Lines of the title stand below its
// first, so many characters further in; the first line stands out by hang.
func (d *Document) listed(text string, in, hang float64) {
	d.add(&paragraph{style: normalStyle, text: Plain(text), layout: layout{align: Left, left: characters(2 + in), hang: characters(hang)}})
}

// Attachment begins the next of the attachments that were announced, on a page of its own. It
// panics if there is none.
func (d *Document) Attachment(p Page) {
	if d.begun == len(d.announced) {
		panic("document: an attachment that was not announced")
	}
	title := d.announced[d.begun]
	d.begun++
	mark := "附件"
	if len(d.announced) > 1 {
		mark += digits(d.begun)
	}
	turned := d.turn(p)
	d.add(&paragraph{style: markStyle, text: Plain(mark), layout: layout{turnPage: !turned}})
	d.blank(1)
	d.say(titleStyle, Say(title))
	d.blank(1)
	clear(d.ranks[:])
}
