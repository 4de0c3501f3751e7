package receipt

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// author is who the notes are by.
const author = "汇总回单"

// goingOn stands between a comment of the sender's and the note below it.
const goingOn = "————" + author + "："

// note puts notes to cells of a worksheet: into the comments that it has and the drawing that shows them, else into new
// ones. A comment of the sender's on the same cell stays, and the note goes on below it.
func (a *annotation) note(sheet string, notes map[spot]string) error {
	if len(notes) == 0 {
		return nil
	}
	var spots []spot
	for s := range notes {
		spots = append(spots, s)
	}
	slices.SortFunc(spots, spot.compare)
	relations, err := a.relations(sheet)
	if err != nil {
		return err
	}
	comments := ""
	for _, r := range relations {
		if r.kind == "comments" {
			comments = r.target
		}
	}
	if comments == "" {
		if comments, err = a.newPart(sheet, "xl/comments*.xml", "comments", "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
			xmlHead+`<comments xmlns="`+a.space.main+`"><authors></authors><commentList></commentList></comments>`); err != nil {
			return err
		}
	}
	fresh, err := a.comment(comments, spots, notes)
	if err != nil {
		return err
	}
	return a.draw(sheet, relations, fresh)
}

// comment adds notes to a comments part, in the order of cells that it has, and gives the spots that had no comment before.
func (a *annotation) comment(part string, spots []spot, notes map[spot]string) (fresh []spot, err error) {
	content, err := a.need(part)
	if err != nil {
		return nil, err
	}
	w := tags{content: content}
	authors, ok, err := w.find("authors")
	if err != nil || !ok {
		return nil, errForeign
	}
	by := 0
	if !authors.single {
		for {
			t, ok, err := w.next()
			if err != nil || !ok {
				return nil, errForeign
			}
			if t.end {
				break
			}
			if _, err := w.close(t); err != nil {
				return nil, err
			}
			by++
		}
	}
	p := authors.prefix()
	left := slices.Clone(spots)
	var edits []edit
	list, ok, err := w.find("commentList")
	if err != nil || !ok {
		return nil, errForeign
	}
	if list.single {
		text := ""
		for _, s := range left {
			text += commentOf(p, s, by, notes[s])
		}
		edits, fresh, left = append(edits, edit{list.to - 2, list.to, ">" + text + "</" + list.name + ">"}), left, nil
	}
	for !list.single {
		t, ok, err := w.next()
		if err != nil || !ok {
			return nil, errForeign
		}
		if t.end {
			text := ""
			for _, s := range left {
				text += commentOf(p, s, by, notes[s])
			}
			fresh = left
			edits = append(edits, edit{t.from, t.from, text})
			break
		}
		ref, _, _ := attribute(content[t.from:t.to], "ref")
		s, valid := spotOf(ref)
		at := slices.Index(left, s)
		if !valid || at < 0 || t.single {
			if _, err := w.close(t); err != nil {
				return nil, err
			}
			continue
		}
		text, ok, err := w.find("text")
		if err != nil || !ok || text.single {
			return nil, errForeign
		}
		end, err := w.close(text)
		if err != nil {
			return nil, err
		}
		// A comment of one plain text becomes one of runs, since a text beside runs is not shown.
		inner := content[text.to:end.from]
		more := run(p, "\n"+goingOn+"\n"+notes[s])
		if plain := (tags{content: inner}); len(bytes.TrimSpace(inner)) > 0 {
			if first, ok, err := plain.next(); err == nil && ok && first.local() == "t" {
				edits = append(edits, edit{text.to, text.to, "<" + p + "r>"}, edit{end.from, end.from, "</" + p + "r>" + more})
				more = ""
			}
		}
		if more != "" {
			edits = append(edits, edit{end.from, end.from, more})
		}
		if _, err := w.close(tag{}); err != nil { // the end of the comment
			return nil, err
		}
		left = slices.Delete(left, at, at+1)
	}
	at := authors.to
	if authors.single {
		edits = append([]edit{{authors.to - 2, authors.to, "><" + p + "author>" + author + "</" + p + "author></" + authors.name + ">"}}, edits...)
	} else {
		end := tags{content: content, at: at}
		closing, err := end.close(authors)
		if err != nil {
			return nil, err
		}
		edits = append([]edit{{closing.from, closing.from, "<" + p + "author>" + author + "</" + p + "author>"}}, edits...)
	}
	a.put(part, edited(content, edits))
	return fresh, nil
}

// commentOf is a comment as the part has it.
func commentOf(p string, s spot, by int, text string) string {
	return `<` + p + `comment ref="` + s.ref() + `" authorId="` + strconv.Itoa(by) + `"><` + p + `text>` + run(p, text) + `</` + p + `text></` + p + `comment>`
}

// run is a text of a comment in the font that notes have.
func run(p, text string) string {
	return `<` + p + `r><` + p + `rPr><` + p + `sz val="9"/><` + p + `rFont val="宋体"/><` + p + `charset val="134"/></` + p + `rPr><` +
		p + `t xml:space="preserve">` + escaped(text) + `</` + p + `t></` + p + `r>`
}

// draw adds the boxes of notes to the drawing of a worksheet that shows them.
func (a *annotation) draw(sheet string, relations []relation, spots []spot) error {
	if len(spots) == 0 {
		return nil
	}
	content, err := a.need(sheet)
	if err != nil {
		return err
	}
	drawing, err := drawingOf(content, relations)
	if err != nil {
		return err
	}
	if drawing == "" {
		if drawing, err = a.newPart(sheet, "xl/drawings/vmlDrawing*.vml", "vmlDrawing", "application/vnd.openxmlformats-officedocument.vmlDrawing",
			`<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">`+
				`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>`); err != nil {
			return err
		}
		if err := a.refer(sheet, drawing); err != nil {
			return err
		}
	}
	// What programs of Microsoft's write there need not be well formed: it is taken as a text.
	shapes, err := a.need(drawing)
	if err != nil {
		return err
	}
	end := bytes.LastIndex(shapes, []byte("</xml>"))
	if end < 0 {
		return errForeign
	}
	var b strings.Builder
	if !bytes.Contains(shapes, []byte(shapeType)) { // an earlier receipt's
		b.WriteString(`<v:shapetype id="` + shapeType + `" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe" xmlns:v="` + vmlSpace +
			`" xmlns:o="` + officeSpace + `"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`)
	}
	for i, s := range spots {
		// The box stands to the right of its cell, six columns wide or so.
		b.WriteString(`<v:shape id="_x0000_s` + strconv.Itoa(900_000+i) + `" type="#` + shapeType + `" xmlns:v="` + vmlSpace + `" xmlns:o="` + officeSpace +
			`" xmlns:x="` + excelSpace + `" style="position:absolute;margin-left:80pt;margin-top:2pt;width:240pt;height:100pt;z-index:1;visibility:hidden"` +
			` fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>` +
			`<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>` +
			`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>` + anchorOf(s) + `</x:Anchor><x:AutoFill>False</x:AutoFill>` +
			`<x:Row>` + strconv.Itoa(s.row-1) + `</x:Row><x:Column>` + strconv.Itoa(s.column-1) + `</x:Column></x:ClientData></v:shape>`)
	}
	a.put(drawing, edited(shapes, []edit{{end, end, b.String()}}))
	return nil
}

// shapeType is what boxes of notes are called together.
const shapeType = "_x0000_t202_huizong"

const (
	vmlSpace    = "urn:schemas-microsoft-com:vml"
	officeSpace = "urn:schemas-microsoft-com:office:office"
	excelSpace  = "urn:schemas-microsoft-com:office:excel"
)

// anchorOf is where the box of a note is: left column, offset, top row, offset, right column, offset, bottom row, offset.
func anchorOf(s spot) string {
	left, top := min(s.column, 16_384-4), max(s.row-2, 0)
	numbers := []int{left, 12, top, 2, left + 3, 40, top + 6, 4}
	var all []string
	for _, n := range numbers {
		all = append(all, strconv.Itoa(n))
	}
	return strings.Join(all, ", ")
}

// drawingOf is the drawing of a worksheet's comments; blank where it has none.
func drawingOf(content []byte, relations []relation) (string, error) {
	w := tags{content: content}
	t, ok, err := w.find("legacyDrawing")
	if err != nil || !ok {
		return "", err
	}
	text := content[t.from:t.to]
	for _, r := range relations {
		for i := 0; i+1 < len(text); i++ {
			if r.kind == "vmlDrawing" && (bytes.HasPrefix(text[i:], []byte(`"`+r.id+`"`)) || bytes.HasPrefix(text[i:], []byte(`'`+r.id+`'`))) {
				return r.target, nil
			}
		}
	}
	return "", errForeign
}

// afterDrawing are the elements of a worksheet that come behind the reference to the drawing of its comments.
var afterDrawing = []string{"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst", "AlternateContent"}

// refer makes a worksheet refer to the drawing of its comments, where the schema wants it.
func (a *annotation) refer(sheet, drawing string) error {
	relations, err := a.relations(sheet)
	if err != nil {
		return err
	}
	id := ""
	for _, r := range relations {
		if r.target == folded(drawing) {
			id = r.id
		}
	}
	content, err := a.need(sheet)
	if err != nil {
		return err
	}
	w := tags{content: content}
	root, ok, err := w.find("worksheet")
	if err != nil || !ok || root.single {
		return errForeign
	}
	for {
		t, ok, err := w.next()
		if err != nil || !ok {
			return errForeign
		}
		if t.end || slices.Contains(afterDrawing, t.local()) && after(content[:t.from]) {
			by := `<` + root.prefix() + `legacyDrawing xmlns:r="` + a.space.relation + `" r:id="` + id + `"/>`
			a.put(sheet, edited(content, []edit{{t.from, t.from, by}}))
			return nil
		}
		if _, err := w.close(t); err != nil {
			return err
		}
	}
}

// after reports whether what is before holds the cells already: alternate contents may stand before them as well.
func after(before []byte) bool { return bytes.Contains(before, []byte("sheetData")) }
