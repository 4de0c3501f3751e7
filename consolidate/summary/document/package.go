package document

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"huizong/internal/zipped"
)

// application is what the file says wrote it.
const application = "Huizong"

const (
	mainType     = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	relationType = relationNamespace + "/"
	packageSpace = "http://schemas.openxmlformats.org/package/2006/"
)

// A part is a part of the file besides the document's own.
type part struct {
	name        string
	contentType string
	relation    string // what it is to the document; of those that are the file's, in full
	id          string // of that relation
	root        node
}

// Bytes is the finished document, see Write.
func (d *Document) Bytes() ([]byte, error) {
	var written bytes.Buffer
	err := d.Write(&written)
	return written.Bytes(), err
}

// Write writes the finished document; the same content gives the same bytes.
func (d *Document) Write(to io.Writer) error {
	files := map[string]node{"word/document.xml": d.body()}
	types := tag("Types", "xmlns", packageSpace+"content-types").of(
		tag("Default", "Extension", "rels", "ContentType", "application/vnd.openxmlformats-package.relationships+xml"),
		override("word/document.xml", mainType+"document.main+xml"),
	)
	ofFile := relations(tag("Relationship", "Id", "rIdDocument", "Type", relationType+"officeDocument", "Target", "word/document.xml"))
	ofDocument := relations()
	for _, p := range d.about() {
		files[p.name] = p.root
		types = types.of(override(p.name, p.contentType))
		ofFile = ofFile.of(tag("Relationship", "Id", p.id, "Type", p.relation, "Target", p.name))
	}
	for _, p := range d.parts() {
		files["word/"+p.name] = p.root
		types = types.of(override("word/"+p.name, mainType+p.contentType))
		ofDocument = ofDocument.of(tag("Relationship", "Id", p.id, "Type", relationType+p.relation, "Target", p.name))
	}
	files["[Content_Types].xml"], files["_rels/.rels"], files["word/_rels/document.xml.rels"] = types, ofFile, ofDocument
	return pack(to, files)
}

func pack(to io.Writer, files map[string]node) error {
	archive := zipped.NewWriter(to, nil)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := archive.Create(name)
		if err != nil {
			return err
		}
		b := bufio.NewWriter(w)
		files[name].file(b)
		if err := b.Flush(); err != nil {
			return fmt.Errorf("part %s: %w", name, err)
		}
	}
	return archive.Close()
}

func override(name, contentType string) node {
	return tag("Override", "PartName", "/"+name, "ContentType", contentType)
}

func relations(all ...node) node {
	return tag("Relationships", "xmlns", packageSpace+"relationships").of(all...)
}

// parts are those that the document refers to.
func (d *Document) parts() []part {
	return []part{
		{"styles.xml", "styles+xml", "styles", "rIdStyles", styleSheet(d.fonts)},
		{"settings.xml", "settings+xml", "settings", "rIdSettings", settings()},
		{"fontTable.xml", "fontTable+xml", "fontTable", "rIdFonts", fontTable(d.fonts)},
		{"header1.xml", "header+xml", "header", blankHead, margin("w:hdr")},
		{"header2.xml", "header+xml", "header", oddTurned, margin("w:hdr", turnedNumber(Right))},
		{"header3.xml", "header+xml", "header", evenTurned, margin("w:hdr", turnedNumber(Left))},
		{"footer1.xml", "footer+xml", "footer", oddFoot, margin("w:ftr", pageNumber(Right).node())},
		{"footer2.xml", "footer+xml", "footer", evenFoot, margin("w:ftr", pageNumber(Left).node())},
		{"footer3.xml", "footer+xml", "footer", blankFoot, margin("w:ftr")},
	}
}

// margin is the head or foot of pages: what it says, and the paragraph without which it is none.
func margin(name string, content ...node) node {
	root := tag(name, "xmlns:w", wordNamespace).of(content...)
	if len(content) == 0 || content[0].name == "w:tbl" {
		root = root.of((&paragraph{style: gapStyle}).node())
	}
	return root
}

// settings has page numbers at the outer edges, and punctuation that is not pressed together.
func settings() node {
	return tag("w:settings", "xmlns:w", wordNamespace).of(
		tag("w:zoom", "w:percent", "100"),
		val("w:defaultTabStop", "420"),
		tag("w:evenAndOddHeaders"),
		val("w:characterSpacingControl", "doNotCompress"),
		tag("w:compat").of(tag("w:compatSetting", "w:name", "compatibilityMode", "w:uri", "http://schemas.microsoft.com/office/word", "w:val", "15")),
		tag("w:themeFontLang", "w:val", "en-US", "w:eastAsia", "zh-CN"),
	)
}

// about are the parts that say what the file is.
func (d *Document) about() []part {
	const dublinCore, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
	at := d.properties.Date.UTC().Format(time.RFC3339)
	author := clean(d.properties.Author)
	moment := func(name string) node { return tag(name, "xsi:type", "dcterms:W3CDTF").saying(at) }
	core := tag("cp:coreProperties", "xmlns:cp", packageSpace+"metadata/core-properties", "xmlns:dc", dublinCore, "xmlns:dcterms", terms,
		"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").of(
		tag("dc:title").saying(clean(d.properties.Title)), tag("dc:creator").saying(author), tag("cp:lastModifiedBy").saying(author),
		moment("dcterms:created"), moment("dcterms:modified"), tag("dc:language").saying("zh-CN"))
	app := tag("Properties", "xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties").of(
		tag("Application").saying(application), tag("Company").saying(author))
	return []part{
		{"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml",
			packageSpace + "relationships/metadata/core-properties", "rIdCore", core},
		{"docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml",
			relationType + "extended-properties", "rIdApp", app},
	}
}
