package consistency

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
)

// readDocument reads paragraphs and tables of a .docx as one sheet of the document's name.
func readDocument(path string) ([]*Sheet, error) {
	r, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	body, err := r.Open("word/document.xml")
	if err != nil {
		return nil, err
	}
	defer body.Close()
	s := &Sheet{File: filepath.Base(path), Name: documentName(path)}
	d := &document{sheet: s}
	return []*Sheet{s}, d.read(xml.NewDecoder(body))
}

// documentName is the file's name without county and month.
func documentName(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	name, _, _ = strings.Cut(name, "_")
	return name
}

// A document while it is read.
type document struct {
	sheet *Sheet
	text  strings.Builder
	rows  [][]string // of the table that is open
	cell  []string   // its open cell's paragraphs
	depth int        // tables that are open
	count int
	about string   // title of the open attachment
	over  []string // paragraphs since its title or the table before
}

func (d *document) read(from *xml.Decoder) error {
	for {
		token, err := from.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			err = d.open(e, from)
		case xml.EndElement:
			d.shut(e.Name.Local)
		}
		if err != nil {
			return err
		}
	}
}

func (d *document) open(e xml.StartElement, from *xml.Decoder) error {
	switch e.Name.Local {
	case "t":
		var words string
		if err := from.DecodeElement(&words, &e); err != nil {
			return err
		}
		d.text.WriteString(words)
	case "tbl":
		d.depth++
	case "tr":
		d.rows = append(d.rows, nil)
	case "tc":
		d.cell = nil
	}
	return nil
}

func (d *document) shut(name string) {
	switch name {
	case "p":
		words := d.text.String()
		d.text.Reset()
		if d.depth > 0 {
			d.cell = append(d.cell, words)
		} else if strings.TrimSpace(words) != "" {
			d.add(words)
		}
	case "tc":
		last := len(d.rows) - 1
		d.rows[last] = append(d.rows[last], strings.TrimSpace(strings.Join(d.cell, "\n")))
	case "tbl":
		d.depth--
		d.table()
		d.rows = nil
	}
}

// attached is the line over the title of an attachment.
var attached = regexp.MustCompile(`^附件\d*$`)

func (d *document) add(words string) {
	d.count++
	switch last := len(d.over) - 1; {
	case attached.MatchString(words):
		d.about, d.over = "", []string{words}
	case last == 0 && attached.MatchString(d.over[0]):
		d.about, d.over = words, nil
	default:
		d.over = append(d.over, words)
	}
	if d.sheet.Title == "" {
		d.sheet.Title = words
	}
	d.sheet.Texts = append(d.sheet.Texts, Text{words, d.count, 1, d.place(fmt.Sprintf("第%d段", d.count))})
}

func (d *document) place(where string) Place { return Place{d.sheet.File, d.sheet.Name, where} }

// table takes a table whose first row names the columns; one of labels and values is texts.
func (d *document) table() {
	if len(d.rows) == 0 || len(d.rows[0]) < 3 || d.rows[0][0] == "编号" {
		for _, r := range d.rows {
			for i := 0; i < len(r); i += 2 {
				d.add(strings.Join(r[i:min(i+2, len(r))], "："))
			}
		}
		return
	}
	caption := strings.Join(append([]string{d.about}, d.over...), "\n")
	for _, columns := range repeated(d.rows[0]) {
		d.columns(&Table{sheet: d.sheet, about: caption, caption: caption}, columns[0], columns[1])
	}
	d.over = nil
}

// repeated divides a header that says the same several times, for a list that runs on beside itself.
func repeated(header []string) [][2]int {
	var all [][2]int
	for from, to := 0, 0; from < len(header); from = to {
		for to = from + 1; to < len(header) && header[to] != header[0]; to++ {
		}
		all = append(all, [2]int{from, to})
	}
	return all
}

// columns takes columns of the open table as a table; its rows may be fewer than those beside it.
func (d *document) columns(t *Table, from, to int) {
	for i, words := range d.rows[0][from:to] {
		t.headings = append(t.headings, heading{col: from + i + 1, levels: []string{clean(words)}, unit: unitOf(words)})
	}
	t.nameHeadings()
	for n, cells := range d.rows[1:] {
		r := row{map[int]string{}, map[int]Place{}}
		for i := from; i < min(to, len(cells)); i++ {
			if cells[i] != "" {
				r.cells[i+1], r.at[i+1] = cells[i], d.place(fmt.Sprintf("第%d段后表第%d行第%d列", d.count, n+2, i+1))
			}
		}
		if len(r.cells) > 0 {
			t.rows = append(t.rows, r)
		}
	}
	d.sheet.Tables = append(d.sheet.Tables, t)
}
