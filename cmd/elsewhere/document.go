package main

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// document gives the traits of a docx: its paragraphs in order, those of tables among them, its tables, page and footers.
func document(file string) (Traits, error) {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	defer archive.Close()
	t, p := Traits{}, parts{archive}
	for _, part := range p.File {
		is, _ := path.Match("word/footer*.xml", part.Name)
		if !is && part.Name != "word/document.xml" {
			continue
		}
		content, err := p.Open(part.Name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		err = errors.Join(t.words(part.Name, xml.NewDecoder(content)), content.Close())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return t, nil
}

// words reads a part of a document, token by token.
func (t Traits) words(part string, from *xml.Decoder) error {
	var text strings.Builder
	inText, footer := false, part != "word/document.xml"
	for {
		token, err := from.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", part, err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			inText = e.Name.Local == "t"
			t.layout(e)
		case xml.CharData:
			if inText {
				text.Write(e)
			}
		case xml.EndElement:
			if inText = false; e.Name.Local == "p" {
				t.paragraph(footer, text.String())
				text.Reset()
			}
		}
	}
}

// paragraph notes a paragraph without its blanks, if anything is left.
func (t Traits) paragraph(footer bool, text string) {
	text = squeezed(text)
	if footer {
		t.put(pageLines, text, text)
		return
	}
	if text != "" {
		t.put(paragraphs, number(len(t[paragraphs])+1), text)
	}
}

// number is a number that sorts as text does.
func number(n int) string { return fmt.Sprintf("paragraph %04d", n) }

// squeezed is a text without blanks.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

// layout notes tables and the page.
func (t Traits) layout(e xml.StartElement) {
	attributes := map[string]string{}
	for _, a := range e.Attr {
		attributes[a.Name.Local] = a.Value
	}
	switch e.Name.Local {
	case "tbl":
		t.put(tables, fmt.Sprintf("table %02d", len(t[tables])+1), "a table")
	case "pgSz":
		t.put(paper, "page", attributes["w"]+" × "+attributes["h"])
	case "pgMar":
		t.put(margins, "page", attributes["left"]+" "+attributes["top"])
	}
}

// found are the paragraphs of a document that are in a text one after the other, whatever is between them.
func found(ours Traits, text string) Traits {
	t, rest := Traits{}, squeezed(text)
	for n := 1; n <= len(ours[paragraphs]); n++ {
		paragraph := ours[paragraphs][number(n)]
		if at := strings.Index(rest, paragraph); at >= 0 {
			t.put(paragraphs, number(n), paragraph)
			rest = rest[at+len(paragraph):]
		}
	}
	return t
}
