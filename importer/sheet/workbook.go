package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// openWorkbook opens a zip that should be xlsx or xlsm.
func openWorkbook(source *source, limits Limits) (*Book, error) {
	p, err := openPack(source, limits)
	if err != nil {
		return nil, err
	}
	if p.parts["[content_types].xml"] == nil {
		return p.openOther()
	}
	package_, err := p.relations("")
	if err != nil {
		return nil, err
	}
	main, err := only("_rels/.rels", package_, "officeDocument")
	if err != nil {
		return nil, err
	}
	if main == "" {
		return nil, damaged("_rels/.rels", "no document within")
	}
	kind, err := p.contentType(main)
	if err != nil {
		return nil, err
	}
	if reason := fileOfType(kind); reason != fileOPC {
		return nil, &Refusal{Reason: reason, Part: main, Detail: fmt.Sprintf("the document is of the type %.80q", kind)}
	}
	w := &workbook{pack: p, book: &Book{limits: limits}, main: main}
	if err := w.open(); err != nil {
		return nil, err
	}
	core, err := only("_rels/.rels", package_, "core-properties")
	if err != nil || core == "" {
		return w.book, nil // properties that are two say nothing
	}
	if w.book.Modified, err = p.modified(core); err != nil {
		return nil, err
	}
	return w.book, nil
}

// fileOfType tells a workbook from other office files by its content type.
func fileOfType(kind string) Reason {
	has := func(word string) bool { return strings.Contains(kind, word) }
	switch {
	case has("ms-excel.sheet.binary"):
		return FileXLSB
	case has("wordprocessingml"), has("ms-word"):
		return FileWord
	case has("presentationml"), has("ms-powerpoint"):
		return FilePowerPoint
	case (has("spreadsheetml") || has("ms-excel")) && strings.HasSuffix(kind, ".main+xml"):
		return fileOPC
	case kind == "", strings.HasSuffix(kind, "/xml"):
		return Damaged
	}
	return FileUnknown
}

// openOther opens a zip that is no package of Microsoft's, or says what it is.
func (p *pack) openOther() (*Book, error) {
	for name := range p.parts {
		if strings.HasPrefix(name, "xl/") {
			return nil, damaged("[Content_Types].xml", "the part is missing")
		}
	}
	switch {
	case p.parts["ofd.xml"] != nil:
		return nil, refuse(FileOFD, "an OFD document")
	case p.parts["uof.xml"] != nil:
		return nil, refuse(FileUOF, "a UOF document")
	}
	mime, err := p.part("mimetype", "other", p.limits.Other)
	switch {
	case err != nil:
		return nil, err
	case mime == nil:
		return nil, refuse(FileZIP, "a zip that is no workbook")
	case hasPrefix(mime.data, "application/vnd.oasis.opendocument.spreadsheet"):
		return openODS(p)
	case bytes.Contains(mime.data, []byte("uof")):
		return nil, refuse(FileUOF, "a UOF document")
	}
	return nil, refuse(FileUnknown, "a file of another program")
}

// workbook is a Book in the making.
type workbook struct {
	pack    *pack
	book    *Book
	main    string // folded name of the workbook part
	strings sharedStrings
	styles  []cellStyle
	stale   bool // the writer left it to Excel to calculate
}

// named is a sheet as the workbook part lists it.
type named struct {
	name, id string
	hidden   bool
}

func (w *workbook) open() error {
	main, err := w.pack.other(w.main)
	if err != nil {
		return err
	}
	var sheets []named
	if err := main.scanned(w.pack.limits, func(s *scanner) error { return w.list(s, &sheets) }); err != nil {
		return err
	}
	if len(sheets) == 0 {
		return &Refusal{Reason: NoWorksheet, Part: main.name, Detail: "no sheets"}
	}
	relations, err := w.pack.relations(w.main)
	if err != nil {
		return err
	}
	if err := w.openStyles(main.name, relations); err != nil {
		return err
	}
	if err := w.openStrings(main.name, relations); err != nil {
		return err
	}
	taken := make(map[string]bool)
	for _, sheet := range sheets {
		relation, ok := relations[sheet.id]
		switch relation.kind {
		case "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet":
			continue
		}
		if !ok || relation.kind != "worksheet" || !relation.inside || taken[relation.target] {
			return damaged(main.name, "sheet %.40q has no part of its own", sheet.name)
		}
		taken[relation.target] = true
		if err := w.openSheet(sheet, relation.target); err != nil {
			return err
		}
	}
	if len(w.book.sheets) == 0 {
		return &Refusal{Reason: NoWorksheet, Part: main.name, Detail: "none of the sheets is a worksheet"}
	}
	return nil
}

// list reads the workbook part.
func (w *workbook) list(s *scanner, sheets *[]named) error {
	return s.root(spaceMain, "workbook", func() (err error) {
		switch {
		case s.is(spaceMain, "workbookPr"):
			if w.book.Date1904, err = s.flag("date1904"); err != nil {
				return err
			}
		case s.is(spaceMain, "calcPr"):
			if w.stale, err = s.flag("fullCalcOnLoad"); err != nil {
				return err
			}
		case s.is(spaceMain, "sheets"):
			return s.children(func() error {
				if !s.is(spaceMain, "sheet") {
					return s.unexpected("the list of sheets")
				}
				name, _ := s.attr("name")
				sheet := named{name: string(unescape([]byte(string(name)), 0))}
				state, _ := s.attr("state")
				sheet.hidden = string(state) == "hidden" || string(state) == "veryHidden"
				id, ok := s.attrIn(spaceRelation, "id")
				if sheet.id = string(id); !ok || sheet.id != "" { // "" is a module of macros
					*sheets = append(*sheets, sheet)
				}
				return s.skip()
			})
		}
		return s.skip()
	})
}

// modified reads when the file was last changed.
func (p *pack) modified(core string) (string, error) {
	found, err := p.part(core, "other", p.limits.Other)
	if found == nil {
		return "", err // some writers promise it and leave it out
	}
	var text []byte
	err = found.scanned(p.limits, func(s *scanner) error {
		if _, err := s.next(); err != nil {
			return err
		}
		if err := s.children(func() (err error) {
			if s.is(spaceTerms, "modified") {
				text, err = s.content(text[:0])
				return err
			}
			return s.skip()
		}); err != nil {
			return err
		}
		_, err := s.next()
		return err
	})
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", time.DateOnly} {
		if when, wrong := time.Parse(layout, strings.TrimSpace(string(text))); wrong == nil {
			return when.UTC().Format(time.RFC3339), err
		}
	}
	return "", err
}

// openSheet finds the part of a worksheet, which is left for later.
func (w *workbook) openSheet(listed named, target string) error {
	limits := w.pack.limits
	sheet := &Sheet{Name: listed.name, Hidden: listed.hidden, book: w.book}
	part, err := w.pack.need(target, "sheet", limits.Sheet)
	if err != nil {
		return sheet.at(err)
	}
	sheet.around = func() error { return part.scanned(limits, (&worksheet{sheet: sheet}).read) }
	sheet.open = func() (*rows, error) {
		s, stop, err := part.scan(limits)
		if err == nil {
			reader := &rowReader{s: s, around: &worksheet{sheet: sheet}, strings: &w.strings, styles: w.styles, stale: w.stale}
			if err = reader.begin(); err == nil {
				return &rows{next: reader.next, close: stop}, nil
			}
		}
		if stop != nil {
			stop()
		}
		return nil, err
	}
	w.book.sheets = append(w.book.sheets, sheet)
	return nil
}
