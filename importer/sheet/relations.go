package sheet

import (
	"path"
	"strings"
)

// relation is one relationship of a part.
type relation struct {
	kind   string // the last word of its type: "worksheet", "styles"; "" is of no interest
	target string // folded name of the part
	inside bool   // the target is in this file
}

// relations reads the relationships of a part ("" is the package itself), by id.
func (p *pack) relations(of string) (map[string]relation, error) {
	dir, base := path.Split(of)
	found, err := p.other(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil, err
	}
	relations := make(map[string]relation)
	return relations, found.scanned(p.limits, func(s *scanner) error {
		return s.root(spaceRelations, "Relationships", func() error {
			if !s.is(spaceRelations, "Relationship") {
				return s.skip()
			}
			id, _ := s.attr("Id")
			name := string(id)
			if _, twice := relations[name]; twice || name == "" {
				return s.damaged("relationship id %.40q is missing or repeated", name)
			}
			kind, _ := s.attr("Type")
			r := relation{kind: relationKind(string(kind))}
			mode, _ := s.attr("TargetMode")
			r.inside = string(mode) != "External"
			target, ok := s.attr("Target")
			if !ok {
				return s.damaged("relationship %.40q leads nowhere", name)
			}
			if r.inside && r.kind != "" {
				r.target = resolve(of, string(target))
			}
			relations[name] = r
			return s.skip()
		})
	})
}

// relationKind shortens the types of office documents, transitional or strict.
func relationKind(kind string) string {
	for _, base := range []string{
		"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
		"http://purl.oclc.org/ooxml/officeDocument/relationships/",
		"http://schemas.openxmlformats.org/package/2006/relationships/metadata/",
		"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/",
		"http://schemas.microsoft.com/office/2006/relationships/",
	} {
		if short, ok := strings.CutPrefix(kind, base); ok {
			return short
		}
	}
	return ""
}

// only gives the one part of a kind among relations, "" where there is none.
func only(part string, relations map[string]relation, kind string) (string, error) {
	target := ""
	for _, r := range relations {
		if r.kind != kind {
			continue
		}
		if target != "" || !r.inside {
			return "", damaged(part, "not one %s within this file", kind)
		}
		target = r.target
	}
	return target, nil
}

// contentType reads what the package declares a part to be, "" for nothing.
func (p *pack) contentType(of string) (string, error) {
	found, err := p.other("[content_types].xml")
	if err != nil {
		return "", err
	}
	byName, byExtension := "", ""
	err = found.scanned(p.limits, func(s *scanner) error {
		return s.root(spaceTypes, "Types", func() error {
			kind, _ := s.attr("ContentType")
			declared := strings.ToLower(string(kind))
			if name, ok := s.attr("PartName"); ok && fold(string(name)) == of {
				byName = declared
			}
			if extension, ok := s.attr("Extension"); ok && strings.EqualFold("."+string(extension), path.Ext(of)) {
				byExtension = declared
			}
			return s.skip()
		})
	})
	if byName != "" {
		return byName, err
	}
	return byExtension, err
}
