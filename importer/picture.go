package importer

import (
	"bytes"
	"maps"
	"slices"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// A Table is where the rows of a return stand on a sheet.
type Table struct {
	Sheet       string
	Top, Bottom int            // rows of the header
	Headings    map[int]string // what the header says of a column, 1 is A
	Columns     map[string]int // columns by the official names of the form's
	Entity      int            // the column of the rows' own names; 0 if there is none
}

// standOf is where the rows that were read stand.
func standOf(p *page, headings []heading, rows *reader) Table {
	t := Table{Sheet: p.name, Top: rows.head.top, Bottom: rows.head.bottom, Headings: map[int]string{}, Columns: map[string]int{}, Entity: rows.entity().at}
	for i := range headings {
		t.Headings[headings[i].column] = cutTo(longestWords, headings[i].String())
	}
	for i, b := range rows.head.bound {
		if b.at != 0 {
			t.Columns[rows.head.form.Columns[i].Name] = b.at
		}
	}
	return t
}

// A Picture is a piece of a sheet as it stands: what a finding is about, with its neighbours.
type Picture struct {
	Columns []PictureColumn
	Rows    []PictureRow
}

// A PictureColumn is a column by its letters, with what the header says of it; blank where it says nothing.
type PictureColumn struct {
	Name, Heading string
	Marked        bool
}

// A PictureRow is a row by its number, with a text for each column.
type PictureRow struct {
	Number int
	Marked bool
	Cells  []string
}

// Limits on a picture: columns on each side of the one that is marked, and characters of a cell.
const (
	besideMarked = 3
	longestWords = 60
)

// Pictures gives for each finding of a file the piece of it that the finding is about; nil where it is of no place. The
// file is read again for it, as Read did: tables are those that were found then.
func (c Config) Pictures(content []byte, tables []Table, findings []ledger.Finding) ([]*Picture, error) {
	pictures := make([]*Picture, len(findings))
	frames := map[string][]frame{} // by sheet
	for i, f := range findings {
		if fr, ok := frameOf(f, tables); ok {
			pictures[i] = fr.picture()
			fr.Picture = pictures[i]
			frames[f.Sheet] = append(frames[f.Sheet], fr)
		}
	}
	if len(frames) == 0 {
		return pictures, nil
	}
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)), c.Limits, c.Passwords...)
	if err != nil {
		return nil, err
	}
	for _, s := range book.Sheets() {
		if err := fill(frames[s.Name], s, book.Date1904); err != nil {
			return nil, err
		}
		delete(frames, s.Name) // of several of one name the first
	}
	return pictures, nil
}

// A frame is the place of a picture on its sheet.
type frame struct {
	*Picture
	table         Table
	markRow, mark int // the cell that is marked; a column of 0: none, a row of 0: the column
	from, to      int // rows
	columns       []int
}

// frameOf is where a finding looks at; it is not ok where that is no place on a sheet.
func frameOf(f ledger.Finding, tables []Table) (fr frame, ok bool) {
	at := ledger.ParseCell(f.Cell)
	column, row := at.Column, max(at.Row, f.Row)
	t, inTable := tableAt(tables, f.Sheet, row)
	if column == 0 {
		column = t.Columns[f.Fields()[0]]
	}
	if row == 0 && (column == 0 || !inTable) {
		return fr, false
	}
	fr = frame{table: t, mark: column, markRow: row, from: max(1, row-1), to: row + 1, columns: columnsAround(max(1, column), t)}
	switch {
	case inTable && row <= t.Bottom: // of a column
		fr.markRow, fr.from, fr.to = 0, t.Bottom+1, t.Bottom+3
	case inTable:
		fr.from = max(fr.from, t.Bottom+1)
	}
	return fr, true
}

// tableAt is the table of a sheet that a row stands in, that above it which is the nearest; the first for row 0.
func tableAt(tables []Table, sheet string, row int) (t Table, ok bool) {
	for _, next := range tables {
		if next.Sheet == sheet && (row >= next.Top || row == 0 && !ok) {
			t, ok = next, true
		}
	}
	return t, ok
}

// columnsAround are the columns of a table beside one of them, with that of the rows' names; where there is no table
// those of the sheet.
func columnsAround(column int, t Table) []int {
	var all []int
	if t.Headings == nil {
		for c := max(1, column-besideMarked); c <= column+besideMarked; c++ {
			all = append(all, c)
		}
		return all
	}
	all = slices.Sorted(maps.Keys(t.Headings))
	at, there := slices.BinarySearch(all, column)
	if !there {
		all = slices.Insert(all, at, column)
	}
	from := max(0, min(at-besideMarked, len(all)-2*besideMarked-1))
	columns := slices.Clone(all[from:min(len(all), from+2*besideMarked+1)])
	if t.Entity != 0 && !slices.Contains(columns, t.Entity) {
		columns = append(columns, t.Entity)
		slices.Sort(columns)
	}
	return columns
}

// picture is the picture with nothing in its cells yet.
func (fr *frame) picture() *Picture {
	p := &Picture{}
	for _, c := range fr.columns {
		p.Columns = append(p.Columns, PictureColumn{sheet.ColumnName(c), fr.table.Headings[c], c == fr.mark})
	}
	for row := fr.from; row <= fr.to; row++ {
		p.Rows = append(p.Rows, PictureRow{row, row == fr.markRow, make([]string, len(fr.columns))})
	}
	return p
}

// fill puts what stands on a sheet into pictures.
func fill(frames []frame, s *sheet.Sheet, date1904 bool) error {
	byRow := map[int][]frame{}
	last := 0
	for _, fr := range frames {
		for row := fr.from; row <= fr.to; row++ {
			byRow[row] = append(byRow[row], fr)
		}
		last = max(last, fr.to)
	}
	if last == 0 {
		return nil
	}
	for row, err := range s.Rows() {
		if err != nil {
			return err
		}
		if row.Number > last {
			break
		}
		for _, fr := range byRow[row.Number] {
			for i, column := range fr.columns {
				at, there := slices.BinarySearchFunc(row.Cells, column, func(c sheet.Cell, column int) int { return c.Column - column })
				if there {
					fr.Rows[row.Number-fr.from].Cells[i] = cutTo(longestWords, readText(row.Cells[at], date1904).value.S)
				}
			}
		}
	}
	return nil
}

// cutTo is a text of so many characters at most.
func cutTo(most int, text string) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
