package receipt

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// clean takes back what an earlier receipt put into a workbook that came back: its notes, and the colours of their cells.
// Of its first sheets, which are no sheets of the sender's, the first is kept to be written anew.
func (a *annotation) clean(fronts []string) error {
	if len(fronts) == 0 {
		return nil
	}
	own := a.sheets[:0:0]
	for _, s := range a.sheets {
		switch {
		case !slices.Contains(fronts, s.name):
			own = append(own, s)
		case a.earlier.part == "":
			a.earlier = s
		}
	}
	a.sheets = own
	for _, s := range a.sheets {
		if err := a.unmark(s.part); err != nil {
			return err
		}
	}
	return nil
}

// unmark takes the notes of ours out of a worksheet, and the colours of their cells.
func (a *annotation) unmark(sheet string) error {
	relations, err := a.relations(sheet)
	if err != nil {
		return err
	}
	for _, r := range relations {
		if r.kind != "comments" {
			continue
		}
		whole, parts, err := a.uncomment(r.target)
		if err != nil {
			return err
		}
		content, err := a.need(sheet)
		if err != nil {
			return err
		}
		if err := a.undraw(content, relations, whole); err != nil {
			return err
		}
		colours := map[spot]string{}
		for _, s := range slices.Concat(whole, parts) {
			colours[s] = ""
		}
		if content, err = colour(content, colours, a.styles); err != nil {
			return err
		}
		a.put(sheet, content)
	}
	return nil
}

// uncomment takes the notes of ours out of a comments part, and gives their cells: of those that were comments of ours as a
// whole, and of those that went on below a comment of the sender's.
func (a *annotation) uncomment(part string) (whole, parts []spot, err error) {
	content, err := a.need(part)
	if err != nil {
		return nil, nil, err
	}
	w := tags{content: content}
	ours := map[string]bool{}
	for n := 0; ; {
		t, ok, err := w.next()
		if err != nil || !ok {
			return nil, nil, err
		}
		if t.local() == "commentList" {
			break
		}
		if t.local() != "author" || t.end {
			continue
		}
		end, err := w.close(t)
		if err != nil {
			return nil, nil, err
		}
		if !t.single && strings.TrimSpace(string(content[t.to:end.from])) == author {
			ours[strconv.Itoa(n)] = true
		}
		n++
	}
	var edits []edit
	for {
		t, ok, err := w.find("comment")
		if err != nil {
			return nil, nil, err
		}
		if !ok {
			break
		}
		end, err := w.close(t)
		if err != nil {
			return nil, nil, err
		}
		ref, _, _ := attribute(content[t.from:t.to], "ref")
		by, _, _ := attribute(content[t.from:t.to], "authorId")
		s, valid := spotOf(ref)
		switch more, to := goesOn(content, t, end); {
		case !valid:
		case ours[by]:
			edits, whole = append(edits, edit{t.from, end.to, ""}), append(whole, s)
		case more > 0:
			edits, parts = append(edits, edit{more, to, ""}), append(parts, s)
		}
	}
	if edits != nil {
		a.put(part, edited(content, edits))
	}
	return whole, parts, nil
}

// goesOn is where in a comment the runs of ours stand that go on below the sender's; 0 where there are none.
func goesOn(content []byte, comment, end tag) (from, to int) {
	w := tags{content: content[:end.to], at: comment.to}
	for {
		t, ok, err := w.find("r")
		if err != nil || !ok {
			return 0, 0
		}
		closing, err := w.close(t)
		if err != nil {
			return 0, 0
		}
		if !bytes.Contains(content[t.to:closing.from], []byte(goingOn)) {
			continue
		}
		last := bytes.LastIndex(content[:end.from], []byte("</"+t.prefix()+"text"))
		if last < closing.to {
			return 0, 0
		}
		return t.from, last
	}
}

var (
	shape       = regexp.MustCompile(`(?s)<v:shape\s.*?</v:shape>`)
	shapeRow    = regexp.MustCompile(`<x:Row>\s*(\d+)\s*</x:Row>`)
	shapeColumn = regexp.MustCompile(`<x:Column>\s*(\d+)\s*</x:Column>`)
)

// undraw takes the boxes of comments out of the drawing of a worksheet that shows them.
func (a *annotation) undraw(sheet []byte, relations []relation, spots []spot) error {
	if len(spots) == 0 {
		return nil
	}
	drawing, err := drawingOf(sheet, relations)
	if err != nil || drawing == "" {
		return err
	}
	shapes, err := a.need(drawing)
	if err != nil {
		return err
	}
	a.put(drawing, shape.ReplaceAllFunc(shapes, func(text []byte) []byte {
		row, column := shapeRow.FindSubmatch(text), shapeColumn.FindSubmatch(text)
		if row == nil || column == nil {
			return text
		}
		at := spot{atoi(row[1]) + 1, atoi(column[1]) + 1}
		if slices.Contains(spots, at) {
			return nil
		}
		return text
	}))
	return nil
}

func atoi(digits []byte) int {
	n, _ := strconv.Atoi(string(digits)) // too many are no cell's
	return n
}

// frontAgain writes the first sheet of an earlier receipt anew, in its place, and shows it when the workbook is opened.
func (a *annotation) frontAgain(sheet string) error {
	a.put(a.earlier.part, []byte(sheet))
	if a.has(related(a.earlier.part)) {
		a.put(related(a.earlier.part), []byte(xmlHead+`<Relationships xmlns="`+packageRelations+`"></Relationships>`))
	}
	content, err := a.need(a.main)
	if err != nil {
		return err
	}
	w := tags{content: content}
	var edits []edit
	for {
		t, ok, err := w.find("workbookView")
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		shown := with(with(content[t.from:t.to], "activeTab", strconv.Itoa(a.earlier.index)), "firstSheet", "0")
		edits = append(edits, edit{t.from, t.to, string(shown)})
	}
	a.put(a.main, edited(content, edits))
	return a.unselectAll()
}
