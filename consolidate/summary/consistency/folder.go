// Package consistency reads a month's finished files as a leader reads them, shown values
// only, and says where they contradict one another. It is for tests: it knows nothing of how
// the files were made and finds everything by its words, never by its place.
//
// Read gives a Folder: its workbooks and documents as Sheets of Tables and Texts. Check holds
// the folders of one or more months against themselves. What a measure, a group or a month may
// be called is data (words.go, sentences.go); each check has a file of its own.
package consistency

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A Folder is the month's files.
type Folder struct {
	Month  string // 2024-06
	Sheets []*Sheet
}

// A Sheet is a worksheet, or a whole document.
type Sheet struct {
	File, Name, Month string
	Title             string // the first words on it
	Tables            []*Table
	Texts             []Text // what stands outside tables, top down

	told    *reader // its facts, once they are read
	checked *Report // and what does not agree on it
}

// A Text is a cell or a paragraph outside tables.
type Text struct {
	Words    string
	row, col int
	At       Place
}

// A Table has a header and rows; the total row is one of them.
type Table struct {
	sheet    *Sheet
	about    string // in a document, the attachment's title and what stands over the table
	caption  string // the lines over it, up to the table before
	headings []heading
	rows     []row
	last     int // row of the sheet
}

// A heading is a column's words, level under level.
type heading struct {
	col    int
	levels []string
	unit   string // in brackets, where it is money
	plain  string // the path, whatever the month
}

func (h heading) path() string { return strings.Join(h.levels, "/") }

// nameHeadings finds the path of every heading, once the header is read.
func (t *Table) nameHeadings() {
	slices.SortFunc(t.headings, func(a, b heading) int { return a.col - b.col })
	for i, h := range t.headings {
		t.headings[i].plain = toDate.ReplaceAllString(h.path(), "1—N月")
	}
}

// A row holds its cells by column.
type row struct {
	cells map[int]string
	at    map[int]Place
}

// A Place is where something stands.
type Place struct{ File, Sheet, Cell string }

func (p Place) String() string { return fmt.Sprintf("%s %s!%s", p.File, p.Sheet, p.Cell) }

var monthOfName = regexp.MustCompile(`\d{4}-\d{2}`)

// Read reads the workbooks and documents of a month's folder, and the orders in theirs.
func Read(dir string) (*Folder, error) {
	var paths []string
	for _, pattern := range []string{"*.*", "交办单/*.docx"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, err
		}
		paths = append(paths, found...)
	}
	f := &Folder{Month: monthOfName.FindString(filepath.Base(dir))}
	for _, path := range paths {
		read := map[string]func(string) ([]*Sheet, error){".xlsx": readWorkbook, ".docx": readDocument}[filepath.Ext(path)]
		if read == nil {
			continue
		}
		sheets, err := read(path)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		for _, s := range sheets {
			s.Month = f.Month
		}
		f.Sheets = append(f.Sheets, sheets...)
	}
	return f, nil
}

// With is the folder with one of its files read again, from elsewhere.
func (f *Folder) With(path string) (*Folder, error) {
	sheets, err := readWorkbook(path)
	if err != nil {
		return nil, err
	}
	changed := &Folder{Month: f.Month}
	for _, s := range f.Sheets {
		if s.File != filepath.Base(path) {
			changed.Sheets = append(changed.Sheets, s)
		}
	}
	for _, s := range sheets {
		s.Month = f.Month
	}
	changed.Sheets = append(changed.Sheets, sheets...)
	return changed, nil
}

// Cell is where a sheet of that title shows something under a heading, in the first row that
// holds the label or is of a project of that name; Words, where it says them outside tables.
func (f *Folder) Cell(title, label, heading string) (Place, bool) {
	for _, s := range f.Sheets {
		for _, t := range s.Tables {
			col := t.at(heading)
			for _, r := range t.rows {
				labels := append(t.labels(r), t.cell(r, "项目名称"))
				if at, is := r.at[col]; is && strings.Contains(s.Title, title) && slices.Contains(labels, label) {
					return at, true
				}
			}
		}
	}
	return Place{}, false
}

// Words is the text outside tables, of a sheet of that title, that holds the words.
func (f *Folder) Words(title, words string) (Text, bool) {
	for _, s := range f.Sheets {
		for _, t := range s.Texts {
			if strings.Contains(s.Title, title) && strings.Contains(t.Words, words) {
				return t, true
			}
		}
	}
	return Text{}, false
}

// column is the first column with such a heading.
func (t *Table) column(names ...string) (int, bool) {
	for _, h := range t.headings {
		if slices.Contains(names, h.plain) || slices.Contains(names, h.levels[len(h.levels)-1]) {
			return h.col, true
		}
	}
	return 0, false
}

// cell is the row's cell under the first of the headings that the table has.
func (t *Table) cell(r row, names ...string) string {
	col, _ := t.column(names...)
	return r.cells[col]
}

// total reports whether the row is the table's 合计, or its only row of 全县.
func (t *Table) total(r row) bool {
	return slices.ContainsFunc(t.labels(r), func(label string) bool {
		return strings.HasPrefix(label, "合计") || label == "全县" && t.at("类别") != 0
	})
}

// subtotal reports whether the row is a 小计.
func (t *Table) subtotal(r row) bool { return slices.Contains(t.labels(r), "小计") }

// labels are the first cells of a row.
func (t *Table) labels(r row) []string {
	var all []string
	for _, h := range t.headings[:min(3, len(t.headings))] {
		all = append(all, r.cells[h.col])
	}
	return all
}

// whole is the table's total row.
func (t *Table) whole() (row, bool) {
	i := slices.IndexFunc(t.rows, t.total)
	if i < 0 {
		return row{}, false
	}
	return t.rows[i], true
}

// parts are the rows that the total counts.
func (t *Table) parts() []row {
	var all []row
	for _, r := range t.rows {
		counted := t.cell(r, "计数")
		if !t.total(r) && !t.subtotal(r) && (counted == "" || counted == "计数") {
			all = append(all, r)
		}
	}
	return all
}
