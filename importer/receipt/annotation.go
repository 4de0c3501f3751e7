package receipt

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"huizong/internal/county"
)

// A namespace is what a workbook calls the elements of its parts and their relationships: transitional or strict.
type namespace struct{ main, relation string }

var (
	transitional = namespace{"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
		"http://schemas.openxmlformats.org/officeDocument/2006/relationships"}
	strict = namespace{"http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"}
)

// An annotation is a workbook while it is annotated.
type annotation struct {
	*pack
	space  namespace
	main   string   // part of the workbook
	prefix string   // of its elements
	sheets []listed // worksheets
	styles *stylebook
	styled string // part of the styles

	earlier listed // first sheet of an earlier receipt, to be written anew; its part is blank where there is none
}

// A listed is a worksheet as the workbook lists it.
type listed struct {
	name, part string
	index      int // among all sheets
}

// openAnnotation opens a workbook to be annotated; errForeign where that cannot be done.
func openAnnotation(workbook []byte, limits *county.Limits) (*annotation, error) {
	p, err := openPack(workbook, limits)
	if err != nil {
		return nil, err
	}
	a := &annotation{pack: p}
	relations, err := p.relations("")
	if err != nil {
		return nil, err
	}
	for _, r := range relations {
		if r.kind == "officeDocument" {
			a.main = r.target
		}
	}
	content, err := p.need(a.main)
	if err != nil {
		return nil, err
	}
	w := tags{content: content}
	root, ok, err := w.find("workbook")
	if err != nil || !ok {
		return nil, errForeign
	}
	a.prefix, a.space = root.prefix(), transitional
	if strings.Contains(string(content[root.from:root.to]), strict.main) {
		a.space = strict
	}
	if relations, err = p.relations(a.main); err != nil {
		return nil, err
	}
	if err := a.list(content, relations); err != nil {
		return nil, err
	}
	return a, a.openStyles(relations)
}

// list keeps the worksheets in their order.
func (a *annotation) list(content []byte, relations []relation) error {
	w := tags{content: content}
	if _, ok, err := w.find("sheets"); err != nil || !ok {
		return errForeign
	}
	for index := -1; ; {
		t, ok, err := w.next()
		if err != nil || !ok {
			return errForeign
		}
		if t.end && t.local() == "sheets" {
			return nil
		}
		if t.end || t.local() != "sheet" {
			continue
		}
		index++
		text := content[t.from:t.to]
		name, _, _ := attribute(text, "name")
		id := relationID(text)
		for _, r := range relations {
			if r.id == id && r.kind == "worksheet" {
				a.sheets = append(a.sheets, listed{sheetName(name), r.target, index})
			}
		}
	}
}

// relationID is the attribute id of whatever prefix that refers to a relationship.
func relationID(text []byte) string {
	found := withPrefix.FindSubmatch(text)
	if found == nil {
		return ""
	}
	return unescaped(string(found[1]) + string(found[2]))
}

var (
	withPrefix = regexp.MustCompile(`\s[\w.-]+:id\s*=\s*(?:"([^"]*)"|'([^']*)')`)
	escape     = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)
)

// sheetName is the name of a sheet as people see it.
func sheetName(raw string) string {
	return escape.ReplaceAllStringFunc(unescaped(raw), func(code string) string {
		n, _ := strconv.ParseUint(code[2:6], 16, 16)
		return string(rune(n))
	})
}

func (a *annotation) openStyles(relations []relation) error {
	for _, r := range relations {
		if r.kind == "styles" {
			a.styled = r.target
		}
	}
	if a.styled == "" {
		if a.styled = "xl/styles.xml"; a.has(a.styled) { // where readers that do not follow relationships look, too
			a.styled = a.free("xl/styles*.xml")
		}
		if err := a.enlist(a.main, a.styled, "styles", "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
			noStyles(a.space.main)); err != nil {
			return err
		}
	}
	content, err := a.need(a.styled)
	if err != nil {
		return err
	}
	a.styles, err = openStyles(content)
	return err
}

// newPart adds a part that belongs to another: its name has a number for the * of the pattern.
func (a *annotation) newPart(of, pattern, kind, content, text string) (string, error) {
	name := a.free(pattern)
	return name, a.enlist(of, name, kind, content, []byte(text))
}

func (a *annotation) enlist(of, name, kind, contentType string, content []byte) error {
	a.put(name, content)
	if err := a.declare(name, contentType); err != nil {
		return err
	}
	_, err := a.relate(of, a.space.relation+"/"+kind, name)
	return err
}

// front puts a worksheet before the others, and shows it when the workbook is opened.
func (a *annotation) front(name, sheet string) error {
	part := a.free("xl/worksheets/sheet*.xml")
	a.put(part, []byte(sheet))
	if err := a.declare(part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"); err != nil {
		return err
	}
	id, err := a.relate(a.main, a.space.relation+"/worksheet", part)
	if err != nil {
		return err
	}
	content, err := a.need(a.main)
	if err != nil {
		return err
	}
	edits, err := a.fronted(content, name, id)
	if err != nil {
		return err
	}
	a.put(a.main, edited(content, edits))
	return a.unselectAll()
}

// unselectAll makes the sender's worksheets such as are not selected.
func (a *annotation) unselectAll() error {
	for _, s := range a.sheets {
		if err := a.unselect(s.part); err != nil {
			return err
		}
	}
	return nil
}

// fronted is how the workbook part changes for a first sheet: names that hold in one sheet go by its place.
func (a *annotation) fronted(content []byte, name, id string) ([]edit, error) {
	var edits []edit
	next := 1
	w := tags{content: content}
	at := -1
	for {
		t, ok, err := w.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		if t.end {
			continue
		}
		text := content[t.from:t.to]
		changed := text
		switch t.local() {
		case "workbookView":
			for _, of := range []string{"activeTab", "firstSheet"} {
				if _, from, _ := attribute(changed, of); from >= 0 {
					changed = with(changed, of, "0")
				}
			}
		case "sheets":
			if t.single {
				return nil, errForeign
			}
			at = t.to
		case "sheet":
			n, err := number(text, "sheetId", 0)
			if err != nil {
				return nil, err
			}
			next = max(next, n+1)
		case "definedName":
			n, err := number(text, "localSheetId", -1)
			if err != nil {
				return nil, err
			}
			if n >= 0 {
				changed = with(changed, "localSheetId", strconv.Itoa(n+1))
			}
		}
		if string(changed) != string(text) {
			edits = append(edits, edit{t.from, t.to, string(changed)})
		}
	}
	if at < 0 {
		return nil, errForeign
	}
	sheet := `<` + a.prefix + `sheet name="` + escaped(name) + `" sheetId="` + strconv.Itoa(next) + `" xmlns:r="` + a.space.relation + `" r:id="` + id + `"/>`
	edits = append(edits, edit{at, at, sheet})
	slices.SortStableFunc(edits, func(x, y edit) int { return x.from - y.from })
	return edits, nil
}

// unselect makes a worksheet one that is not selected: of two selected ones Excel changes both at once.
func (a *annotation) unselect(part string) error {
	content, err := a.need(part)
	if err != nil {
		return err
	}
	var edits []edit
	w := tags{content: content}
	for {
		t, ok, err := w.next()
		switch {
		case err != nil || !ok:
			return errForeign
		case t.local() == "sheetView" && !t.end:
			text := content[t.from:t.to]
			if selected, _, _ := attribute(text, "tabSelected"); selected == "1" || selected == "true" {
				edits = append(edits, edit{t.from, t.to, string(with(text, "tabSelected", "0"))})
			}
		case t.local() == "sheetData":
			if edits != nil {
				a.put(part, edited(content, edits))
			}
			return nil
		}
	}
}

// done is the annotated workbook.
func (a *annotation) done() ([]byte, error) {
	styles, err := a.styles.bytes()
	if err != nil {
		return nil, err
	}
	a.put(a.styled, styles)
	return a.bytes()
}
