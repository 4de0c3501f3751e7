package receipt

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"huizong/internal/county"
)

// stamp is the time of parts that are written anew: the earliest that a zip can say.
var stamp = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// A pack is a workbook by its parts, of which some are written anew. The others are copied as they are packed.
type pack struct {
	archive *zip.Reader
	files   map[string]*zip.File // by folded name
	anew    map[string][]byte    // by folded name
	added   []string             // names of new parts, in their order
	room    int64                // bytes that may still be unpacked
	entries int                  // that it may have, or it could not come back
}

func openPack(workbook []byte, limits *county.Limits) (*pack, error) {
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return nil, errForeign
	}
	p := &pack{archive: archive, files: map[string]*zip.File{}, anew: map[string][]byte{}, room: limits.Unzipped, entries: limits.Entries}
	for _, file := range archive.File {
		name := folded(file.Name)
		if p.files[name] != nil && !strings.HasSuffix(name, "/") {
			return nil, errForeign
		}
		p.files[name] = file
	}
	return p, nil
}

// folded makes the names of one part equal, as the reader of workbooks does.
func folded(name string) string {
	return strings.ToLower(strings.TrimLeft(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// has reports whether there is such a part.
func (p *pack) has(name string) bool {
	return p.files[folded(name)] != nil || p.anew[folded(name)] != nil
}

// part is the content of a part as it now is, without its byte order mark; nil where there is none.
// One that is not in UTF-8 cannot be edited.
func (p *pack) part(name string) ([]byte, error) {
	name = folded(name)
	if content := p.anew[name]; content != nil {
		return content, nil
	}
	file := p.files[name]
	if file == nil {
		return nil, nil
	}
	r, err := file.Open()
	if err != nil {
		return nil, errForeign
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, p.room+1))
	if p.room -= int64(len(content)); p.room < 0 {
		return nil, errForeign
	}
	if err != nil || !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
		return nil, errForeign
	}
	return content, nil
}

// need is part, for one that must be there.
func (p *pack) need(name string) ([]byte, error) {
	content, err := p.part(name)
	if err == nil && content == nil {
		err = errForeign
	}
	return content, err
}

// put writes a part anew, or adds it.
func (p *pack) put(name string, content []byte) {
	if !p.has(name) {
		p.added = append(p.added, name)
	}
	p.anew[folded(name)] = content
}

// free is a name of the pattern, with * for a number, that no part has.
func (p *pack) free(pattern string) string {
	for i := 1; ; i++ {
		if name := strings.Replace(pattern, "*", strconv.Itoa(i), 1); !p.has(name) {
			return name
		}
	}
}

// bytes is the workbook as it now is.
func (p *pack) bytes() ([]byte, error) {
	if len(p.archive.File)+len(p.added) > p.entries {
		return nil, errForeign
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	write := func(name string, content []byte) error {
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: stamp})
		if err == nil {
			_, err = part.Write(content)
		}
		return err
	}
	for _, file := range p.archive.File {
		content := p.anew[folded(file.Name)]
		var err error
		if content == nil {
			err = w.Copy(file)
		} else {
			err = write(file.Name, content)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, name := range p.added {
		if err := write(name, p.anew[folded(name)]); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// packageRelations is the namespace of relationships.
const packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships"

// A relation is a relationship of a part.
type relation struct {
	id, kind string // kind is the last word of its type
	target   string // folded name of the part; blank outside of the file
}

// related is the part of the relationships of a part.
func related(name string) string {
	dir, base := path.Split(name)
	return dir + "_rels/" + base + ".rels"
}

// relations are those of a part in their order; none where it has none.
func (p *pack) relations(of string) ([]relation, error) {
	content, err := p.part(related(of))
	if err != nil || content == nil {
		return nil, err
	}
	var all []relation
	w := tags{content: content}
	for {
		t, ok, err := w.find("Relationship")
		if err != nil || !ok {
			return all, err
		}
		text := content[t.from:t.to]
		id, _, _ := attribute(text, "Id")
		kind, _, _ := attribute(text, "Type")
		target, _, _ := attribute(text, "Target")
		mode, _, _ := attribute(text, "TargetMode")
		r := relation{id: unescaped(id), kind: kind[strings.LastIndexByte(kind, '/')+1:]}
		if mode != "External" {
			target = strings.ReplaceAll(unescaped(target), `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("/", path.Dir(of), target)
			}
			r.target = folded(path.Clean(target))
		}
		all = append(all, r)
	}
}

// relate adds a relationship of a part to another and gives its id. It says the way from the one to the other, since
// exceljs opens no workbook whose notes go by a path from the root.
func (p *pack) relate(of, kind, to string) (id string, err error) {
	content, err := p.part(related(of))
	if err != nil {
		return "", err
	}
	if content == nil {
		content = []byte(xmlHead + `<Relationships xmlns="` + packageRelations + `"></Relationships>`)
	}
	all, err := p.relations(of)
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, r := range all {
		taken[r.id] = true
	}
	for i := len(all) + 1; id == "" || taken[id]; i++ {
		id = "rId" + strconv.Itoa(i)
	}
	way, err := filepath.Rel(path.Dir(of), to)
	if err != nil {
		return "", err
	}
	content, err = appended(content, "Relationships", func(prefix string) string {
		return `<` + prefix + `Relationship Id="` + id + `" Type="` + kind + `" Target="` + escaped(filepath.ToSlash(way)) + `"/>`
	})
	if err != nil {
		return "", err
	}
	p.put(related(of), content)
	return id, nil
}

// appended is a part with more at the end of its first element of a name. What is added goes by the
// prefix of that element.
func appended(content []byte, local string, more func(prefix string) string) ([]byte, error) {
	w := tags{content: content}
	open, ok, err := w.find(local)
	if err != nil || !ok {
		return nil, errForeign
	}
	by := more(open.prefix())
	if open.single {
		return edited(content, []edit{{open.to - 2, open.to, ">" + by + "</" + open.name + ">"}}), nil
	}
	end, err := w.close(open)
	if err != nil {
		return nil, err
	}
	return edited(content, []edit{{end.from, end.from, by}}), nil
}

// declare says of what type a part is, and of what type all of an extension are.
func (p *pack) declare(override, kind string) error {
	const types = "[Content_Types].xml"
	content, err := p.need(types)
	if err != nil {
		return err
	}
	content, err = appended(content, "Types", func(prefix string) string {
		return `<` + prefix + `Override PartName="/` + escaped(override) + `" ContentType="` + kind + `"/>`
	})
	if err != nil {
		return err
	}
	p.put(types, content)
	return nil
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// unescaped is the text of an attribute. Of references XML knows some that HTML knows.
func unescaped(text string) string { return html.UnescapeString(text) }
