package sheet

import "bytes"

// A space is a namespace that the reader knows.
type space uint8

const (
	spaceNone    space = iota
	spaceUnbound       // the prefix is declared nowhere: not well-formed
	spaceOther
	spaceXML
	spaceMain          // SpreadsheetML
	spaceRelation      // attributes that name a relationship
	spaceRelations     // relationship parts
	spaceTypes         // [Content_Types].xml
	spaceCompatibility // alternatives for readers of other ages
	spaceTerms         // Dublin Core terms
	spaceElements      // Dublin Core elements
	spaceOffice        // OpenDocument, of all kinds of document
	spaceTable         // OpenDocument tables
	spaceText          // OpenDocument paragraphs
	spaceStyle         // OpenDocument styles
	spaceData          // OpenDocument number formats
	spaceDrawing       // OpenDocument pictures
	spaceCalc          // what LibreOffice adds to cells
	spaceManifest      // the list of parts of an OpenDocument package
	space2003          // SpreadsheetML 2003
	spaceOffice2003    // properties of a document of 2003
	spaceExcel2003     // settings of a workbook of 2003
)

// Namespaces, transitional (ECMA-376 first edition) and strict (ISO/IEC 29500).
var spaces = map[string]space{
	"": spaceNone,
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main":            spaceMain,
	"http://purl.oclc.org/ooxml/spreadsheetml/main":                        spaceMain,
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":  spaceRelation,
	"http://purl.oclc.org/ooxml/officeDocument/relationships":              spaceRelation,
	"http://schemas.openxmlformats.org/package/2006/relationships":         spaceRelations,
	"http://schemas.openxmlformats.org/package/2006/content-types":         spaceTypes,
	"http://schemas.openxmlformats.org/markup-compatibility/2006":          spaceCompatibility,
	"http://purl.org/dc/terms/":                                            spaceTerms,
	"http://purl.org/dc/elements/1.1/":                                     spaceElements,
	"urn:oasis:names:tc:opendocument:xmlns:office:1.0":                     spaceOffice,
	"urn:oasis:names:tc:opendocument:xmlns:table:1.0":                      spaceTable,
	"urn:oasis:names:tc:opendocument:xmlns:text:1.0":                       spaceText,
	"urn:oasis:names:tc:opendocument:xmlns:style:1.0":                      spaceStyle,
	"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0":                  spaceData,
	"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0":                    spaceDrawing,
	"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": spaceCalc,
	"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0":                   spaceManifest,
	"urn:schemas-microsoft-com:office:spreadsheet":                         space2003,
	"urn:schemas-microsoft-com:office:office":                              spaceOffice2003,
	"urn:schemas-microsoft-com:office:excel":                               spaceExcel2003,
}

// binding is a prefix ("" for names without one) declared by an open element.
type binding struct {
	prefix string
	space  space
}

// bind declares the prefixes of the tag just read.
func (s *scanner) bind() error {
	for i := range s.attrs {
		prefix, ok := bytes.CutPrefix(s.attrs[i].name, []byte("xmlns"))
		if !ok || len(prefix) > 0 && prefix[0] != ':' {
			continue
		}
		known, ok := spaces[string(s.value(&s.attrs[i]))]
		if !ok {
			known = spaceOther
		}
		if len(prefix) > 0 {
			if prefix = prefix[1:]; len(prefix) == 0 || known == spaceNone {
				return s.damaged("a namespace without name")
			}
		}
		if len(s.bindings) == maxBindings {
			return s.damaged("more than %d namespaces", maxBindings)
		}
		s.bindings = append(s.bindings, binding{string(prefix), known})
	}
	s.implicit = s.resolve(nil)
	return nil
}

func (s *scanner) resolve(prefix []byte) space {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if s.bindings[i].prefix == string(prefix) {
			return s.bindings[i].space
		}
	}
	switch string(prefix) {
	case "":
		return spaceNone
	case "xml", "xmlns":
		return spaceXML
	}
	return spaceUnbound
}

// is says whether the element just begun is of this namespace and name.
func (s *scanner) is(space space, local string) bool {
	return s.space == space && string(s.local) == local
}

// attr gives an attribute of the element just begun, decoded, until the next call.
func (s *scanner) attr(name string) (value []byte, ok bool) {
	for i := range s.attrs {
		if string(s.attrs[i].name) == name {
			return s.value(&s.attrs[i]), true
		}
	}
	return nil, false
}

// attrIn gives an attribute of a namespace.
func (s *scanner) attrIn(space space, local string) (value []byte, ok bool) {
	for i := range s.attrs {
		prefix, name, ok := bytes.Cut(s.attrs[i].name, []byte(":"))
		if ok && string(name) == local && s.resolve(prefix) == space {
			return s.value(&s.attrs[i]), true
		}
	}
	return nil, false
}

// flag gives a boolean attribute, false where it is missing.
func (s *scanner) flag(name string) (bool, error) {
	value, ok := s.attr(name)
	switch string(value) {
	case "1", "true":
		return true, nil
	case "0", "false":
		return false, nil
	}
	if ok {
		return false, s.damaged("%s=%.40q is neither true nor false", name, value)
	}
	return false, nil
}

// number gives an attribute that is a whole number from low to high, and whether it is there.
func (s *scanner) number(name string, low, high int) (int, bool, error) {
	value, ok := s.attr(name)
	if !ok {
		return 0, false, nil
	}
	n, ok := natural(value)
	if !ok || n < low || n > high {
		return 0, true, s.damaged("%s=%.40q is no number from %d to %d", name, value, low, high)
	}
	return n, true, nil
}

// numberIn gives an attribute of a namespace that is a whole number from low to high, and
// otherwise where it is missing.
func (s *scanner) numberIn(space space, local string, low, high, otherwise int) (int, error) {
	value, ok := s.attrIn(space, local)
	if !ok {
		return otherwise, nil
	}
	n, ok := natural(value)
	if !ok || n < low || n > high {
		return 0, s.damaged("%s=%.40q is no number from %d to %d", local, value, low, high)
	}
	return n, nil
}

// wordIn gives an attribute of a namespace as a string, "" where it is missing.
func (s *scanner) wordIn(space space, local string) string {
	value, _ := s.attrIn(space, local)
	return string(value)
}

// natural reads up to nine digits and nothing else.
func natural(digits []byte) (int, bool) {
	if len(digits) == 0 || len(digits) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, true
}

// child moves to the start of the next child of the element that is open, or, if
// there is none, to its end.
func (s *scanner) child() (more bool, err error) {
	for {
		switch token, err := s.next(); {
		case err != nil || token != tokenText:
			return token == tokenStart, err
		case !blank(s.text):
			// Here it is the rest of something that was lost.
			return false, s.damaged("text between elements: %.40q", s.text)
		}
	}
}

// children calls visit at the start of every child of the element just begun;
// visit must read the child to its end.
func (s *scanner) children(visit func() error) error {
	for {
		more, err := s.child()
		if err != nil || !more {
			return err
		}
		if err := s.read(visit); err != nil {
			return err
		}
	}
}

// read reads the element just begun by visit. Of markup compatibility alternatives
// the fallback is visited: no extension is known here.
func (s *scanner) read(visit func() error) error {
	if !s.is(spaceCompatibility, "AlternateContent") {
		return visit()
	}
	return s.children(func() error {
		if s.is(spaceCompatibility, "Fallback") {
			return s.children(visit)
		}
		return s.skip()
	})
}

// skip reads the element just begun to its end.
func (s *scanner) skip() error {
	for depth := len(s.open); len(s.open) >= depth; {
		if _, err := s.next(); err != nil {
			return err
		}
	}
	return nil
}

// root reads the document: its root must be of this namespace and name, and
// visit is called for each of the root's children.
func (s *scanner) root(space space, local string, visit func() error) error {
	if err := s.into(space, local); err != nil {
		return err
	}
	if err := s.children(visit); err != nil {
		return err
	}
	_, err := s.next()
	return err
}

// into begins the document.
func (s *scanner) into(space space, local string) error {
	if _, err := s.next(); err != nil {
		return err
	}
	if !s.is(space, local) {
		return s.damaged("the root element is %.40q, not %s", s.local, local)
	}
	return nil
}
