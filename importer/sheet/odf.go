package sheet

import (
	"strings"
	"time"
)

// openODS opens a zip that says that it is an OpenDocument spreadsheet.
func openODS(p *pack) (*Book, error) {
	manifest, err := p.part("meta-inf/manifest.xml", "other", p.limits.Other)
	if err != nil {
		return nil, err
	}
	if manifest != nil {
		if err := manifest.scanned(p.limits, unencrypted); err != nil {
			return nil, err
		}
	}
	d := newOpenDocument(p.limits)
	for _, name := range []string{"styles.xml", "content.xml", "meta.xml"} {
		limit, allowed := "other", p.limits.Other
		switch name {
		case "styles.xml":
			limit, allowed = "styles", p.limits.Styles
		case "content.xml":
			limit, allowed = "sheet", p.limits.Sheet
		}
		part, err := p.part(name, limit, allowed)
		if err != nil {
			return nil, err
		}
		if part == nil {
			continue // the content alone is needed, and missed below
		}
		if err := part.scanned(p.limits, d.read); err != nil {
			return nil, err
		}
	}
	return d.finished("content.xml")
}

// unencrypted refuses a package of which the list of parts says that one is encrypted.
func unencrypted(s *scanner) error {
	return s.root(spaceManifest, "manifest", func() error {
		return s.children(func() error {
			if s.is(spaceManifest, "encryption-data") {
				return &Refusal{Reason: Encrypted, Part: s.part, Detail: "a part is encrypted"}
			}
			return s.skip()
		})
	})
}

// openFlatODS opens an OpenDocument spreadsheet that is a single XML file.
func openFlatODS(source *source, limits Limits) (*Book, error) {
	text, err := wholeMarkup(source, limits)
	if err != nil {
		return nil, err
	}
	d := newOpenDocument(limits)
	var s scanner
	if err := s.reset("", limits, nil, text); err != nil {
		return nil, err
	}
	if err := d.read(&s); err != nil {
		return nil, err
	}
	return d.finished("")
}

// An openDocument is an OpenDocument spreadsheet that is being read, from one XML file or
// from the parts of a package.
type openDocument struct {
	s       *scanner
	book    *Book
	styles  odfStyles
	held    int  // cells of all tables
	shared  bool // the part has the styles of all parts, and none of its own
	content bool // the tables have been seen
}

func newOpenDocument(limits Limits) *openDocument {
	return &openDocument{book: &Book{limits: limits}, styles: newODFStyles()}
}

func (d *openDocument) read(s *scanner) error {
	d.s = s
	if _, err := s.next(); err != nil {
		return err
	}
	if s.space != spaceOffice || !hasPrefix(s.local, "document") {
		return s.damaged("the root element is %.40q, not that of an OpenDocument file", s.local)
	}
	d.shared = string(s.local) == "document-styles"
	if err := s.children(d.child); err != nil {
		return err
	}
	_, err := s.next()
	return err
}

func (d *openDocument) child() error {
	s := d.s
	switch {
	case s.is(spaceOffice, "meta"):
		return s.children(d.property)
	case s.is(spaceOffice, "styles"), s.is(spaceOffice, "automatic-styles") && !d.shared:
		return s.children(func() error { return d.styles.read(s) })
	case s.is(spaceOffice, "body"):
		return s.children(d.body)
	}
	return d.skip()
}

// skip reads the element just begun to its end. Pictures within the text of the file are
// passed over unread: they are longer than any text may be.
func (d *openDocument) skip() error {
	s := d.s
	for depth := len(s.open); len(s.open) >= depth; {
		token, err := s.next()
		if err == nil && token == tokenStart && s.is(spaceOffice, "binary-data") {
			err = s.skipRaw()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// property reads when the file was last changed.
func (d *openDocument) property() error {
	if !d.s.is(spaceElements, "date") {
		return d.s.skip()
	}
	text, err := d.s.content(nil)
	d.book.Modified = utcOf(string(text))
	return err
}

// china is the time that OpenDocument files of China are written in, which say none.
var china = time.FixedZone("", 8*60*60)

// utcOf gives a time of a file in UTC, "" for what is none.
func utcOf(text string) string {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05"} {
		if when, err := time.ParseInLocation(layout, strings.TrimSpace(text), china); err == nil {
			return when.UTC().Format(time.RFC3339)
		}
	}
	return ""
}

func (d *openDocument) body() error {
	if !d.s.is(spaceOffice, "spreadsheet") {
		return refuse(FileUnknown, "an OpenDocument file that is no spreadsheet")
	}
	d.content = true
	return d.s.children(func() error {
		switch {
		case d.s.is(spaceTable, "table"):
			return d.table()
		case d.s.is(spaceTable, "calculation-settings"):
			return d.s.children(d.setting)
		}
		return d.skip()
	})
}

func (d *openDocument) setting() error {
	if d.s.is(spaceTable, "null-date") {
		d.book.Date1904 = strings.HasPrefix(d.s.wordIn(spaceTable, "date-value"), "1904-01-01")
	}
	return d.s.skip()
}

func (d *openDocument) finished(part string) (*Book, error) {
	switch {
	case !d.content:
		return nil, damaged(part, "no spreadsheet within")
	case len(d.book.sheets) == 0:
		return nil, &Refusal{Reason: NoWorksheet, Part: part, Detail: "no tables"}
	}
	return d.book, nil
}

// table reads a worksheet.
func (d *openDocument) table() error {
	s := d.s
	if len(d.book.sheets) == d.book.limits.Entries {
		return over(s.part, "entries", int64(d.book.limits.Entries))
	}
	name := s.wordIn(spaceTable, "name")
	t := &odfTable{openDocument: d, grid: newGrid(d.book, s.part, name, &d.held)}
	t.grid.sheet.Hidden = d.styles.hidden[s.wordIn(spaceTable, "style-name")]
	if err := s.children(t.child); err != nil {
		return t.grid.sheet.at(t.locate(err))
	}
	if !isCache(name) {
		d.book.sheets = append(d.book.sheets, t.grid.sheet)
	}
	return nil
}

// isCache reports a table that is no worksheet: values of another file that LibreOffice
// remembers, named like 'file:///home/a.ods'#$Sheet1.
func isCache(name string) bool {
	return strings.HasPrefix(name, "'") && strings.Contains(name, "'#$")
}
