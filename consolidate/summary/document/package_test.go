package document_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huizong/consolidate/summary/document"
	"huizong/consolidate/summary/schematest"
)

// unpacked is the parts of a file by name.
func unpacked(t rapid.TB, content []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, file := range archive.File {
		part, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		parts[file.Name] = string(text)
	}
	return parts
}

// An element is what encoding/xml reads, whatever its name.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []element  `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (e element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// each visits the element and all within it, in the order of the file.
func (e element) each(visit func(element)) {
	visit(e)
	for _, child := range e.Children {
		child.each(visit)
	}
}

func root(t rapid.TB, part string) element {
	t.Helper()
	var e element
	if err := xml.Unmarshal([]byte(part), &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// paragraphsOf reads the paragraphs of a file as any reader would.
func paragraphsOf(t rapid.TB, content []byte) []string {
	var all []string
	root(t, unpacked(t, content)["word/document.xml"]).each(func(p element) {
		if p.XMLName.Local != "p" {
			return
		}
		var text strings.Builder
		p.each(func(e element) {
			switch e.XMLName.Local {
			case "t":
				text.WriteString(e.Text)
			case "tab":
				if e.attr("pos") == "" { // else a stop
					text.WriteString("\t")
				}
			case "br":
				text.WriteString("\n")
			}
		})
		all = append(all, text.String())
	})
	return all
}

func said(d *document.Document) []string {
	var all []string
	for _, p := range d.Paragraphs() {
		all = append(all, p.Parts.String())
	}
	return all
}

// TestNumbersAreThoseOfTheFile: every w:p of the body has a number, in the order of the file.
func TestNumbersAreThoseOfTheFile(t *testing.T) {
	d := demo()
	if diff := cmp.Diff(said(d), paragraphsOf(t, mustBytes(t, d))); diff != "" {
		t.Error(diff)
	}
}

// TestAnyText: whatever bytes a text has, the file says what Paragraphs says, and of what XML can
// hold nothing is lost.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "runes")
		d := blankDocument()
		d.Paragraph(document.Say(text), document.Quote(text, 1))
		document.Table[string]{Columns: []document.Column[string]{{"列", 5, document.Left, document.Plain}}}.Draw(d, []string{text})
		content, err := d.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(said(d), paragraphsOf(t, content)); diff != "" {
			t.Fatal(diff)
		}
		legal := func(r rune) rune {
			if r < ' ' && r != '\t' && r != '\n' || r > 0xFFFD && r < 0x10000 {
				return '\uFFFD'
			}
			return r
		}
		if !strings.Contains(text, "\r") && d.Paragraphs()[0].Parts[0].Text != strings.Map(legal, text) {
			t.Fatalf("%q became %q", text, d.Paragraphs()[0].Parts[0].Text)
		}
	})
}

// TestParts: the types of all parts are said, and whatever is referred to is there.
func TestParts(t *testing.T) {
	parts := unpacked(t, mustBytes(t, demo()))
	typed := map[string]bool{}
	root(t, parts["[Content_Types].xml"]).each(func(e element) { typed[strings.TrimPrefix(e.attr("PartName"), "/")] = true })
	for name := range parts {
		if !typed[name] && path.Ext(name) != ".rels" && name != "[Content_Types].xml" {
			t.Errorf("part %s has no type", name)
		}
	}
	targets := map[string]bool{}
	for file, dir := range map[string]string{"_rels/.rels": "", "word/_rels/document.xml.rels": "word"} {
		root(t, parts[file]).each(func(e element) {
			if e.XMLName.Local != "Relationship" {
				return
			}
			targets[e.attr("Id")] = true
			if _, there := parts[path.Join(dir, e.attr("Target"))]; !there {
				t.Errorf("%s refers to %s, which is not there", file, e.attr("Target"))
			}
		})
	}
	root(t, parts["word/document.xml"]).each(func(e element) {
		for _, a := range e.Attrs {
			if a.Name.Space == "http://schemas.openxmlformats.org/officeDocument/2006/relationships" && !targets[a.Value] {
				t.Errorf("%s refers to %s, which is not there", e.XMLName.Local, a.Value)
			}
		}
	})
}

// sequences are the elements of properties that documents have, in the order of the schema: Word
// refuses a file where one is out of order.
var sequences = map[string]string{
	"pPr":        "pStyle keepNext pageBreakBefore widowControl tabs autoSpaceDE autoSpaceDN adjustRightInd snapToGrid spacing ind jc outlineLvl sectPr",
	"rPr":        "rStyle rFonts b spacing kern sz szCs lang",
	"tblPr":      "tblStyle tblpPr tblW tblInd tblBorders tblLayout tblCellMar",
	"tblCellMar": "top left bottom right",
	"tblBorders": "top left bottom right insideH insideV",
	"tcBorders":  "top bottom",
	"trPr":       "cantSplit trHeight tblHeader",
	"tcPr":       "tcW gridSpan tcBorders textDirection vAlign",
	"sectPr":     "headerReference headerReference footerReference footerReference type pgSz pgMar",
	"style":      "name basedOn next qFormat pPr rPr tblPr",
	"styles":     "docDefaults style",
	"font":       "altName charset pitch",
	"settings":   "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang",
	"tbl":        "tblPr tblGrid tr",
	"tr":         "trPr tc",
}

func TestOrderOfElements(t *testing.T) {
	for name, part := range unpacked(t, mustBytes(t, demo())) {
		root(t, part).each(func(e element) {
			sequence, kept := sequences[e.XMLName.Local]
			if !kept {
				return
			}
			order, at := strings.Fields(sequence), 0
			for _, child := range e.Children {
				next := slices.Index(order[at:], child.XMLName.Local)
				if next < 0 {
					t.Errorf("%s: %s in %s out of order, or not known", name, child.XMLName.Local, e.XMLName.Local)
					return
				}
				at += next
			}
		})
	}
}

// TestStyles: every style that a paragraph or run has is declared, once.
func TestStyles(t *testing.T) {
	parts := unpacked(t, mustBytes(t, demo()))
	declared := map[string]int{}
	root(t, parts["word/styles.xml"]).each(func(e element) {
		if e.XMLName.Local == "style" {
			declared[e.attr("styleId")]++
		}
	})
	for name, part := range parts {
		root(t, part).each(func(e element) {
			switch e.XMLName.Local {
			case "pStyle", "rStyle", "tblStyle", "basedOn", "next":
				if declared[e.attr("val")] != 1 {
					t.Errorf("%s: style %s is declared %d times", name, e.attr("val"), declared[e.attr("val")])
				}
			}
		})
	}
}

// TestSchema holds all parts against the schemas, as the Open XML SDK has them.
func TestSchema(t *testing.T) {
	validator := schematest.Validator(t)
	file := filepath.Join(t.TempDir(), "demo.docx")
	if err := os.WriteFile(file, mustBytes(t, demo()), 0o600); err != nil {
		t.Fatal(err)
	}
	schematest.Valid(t, validator, file)
}
