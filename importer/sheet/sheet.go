// Package sheet gives the cells of a workbook as they are: nothing is
// formatted, nothing guessed, nothing dropped. It is the only package that
// knows a file format.
//
// A file is good or it is refused. Whatever is wrong with it (cut off XML, a
// bad checksum, rows out of order, an index that leads nowhere) becomes a
// [Refusal] that names the part, because the alternative, practised by most
// readers, is to return the rows before the damage and no error. A refusal may
// come as late as the last row, so no row may be used before all of them are read.
//
// Only counted limits are applied (see [Limits]), never a clock: the same file
// is good or refused on every machine.
//
// Read are xlsx and xlsm, transitional and strict; .xls and .et of Excel 5 to 2003;
// OpenDocument spreadsheets, packed (.ods) and flat (.fods); SpreadsheetML 2003 and tables
// of web pages, both often named .xls; text with columns (csv); and workbooks encrypted
// with a password that is known. The files of a zip archive are given by [Unpack].
// Everything else is recognised by its content, never by its name, and refused with
// a [Reason] that says what it is.
package sheet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math/bits"
	"strconv"
)

// The size of a worksheet in every format that is read.
const (
	maxRow    = 1_048_576
	maxColumn = 16_384
)

// A Kind says what a cell holds.
type Kind uint8

// Kinds of cell content.
const (
	Blank  Kind = iota // a formula without a cached value
	Number             // digits as stored
	Text               // characters
	Bool               // "1" or "0"
	Error              // "#REF!" and the like
)

// A Cell is one cell as the file holds it. Cells without value and formula,
// such as those that are only coloured, are never given.
type Cell struct {
	// Raw is the value. Number: the digits as stored ("85.5", "1E-3"), always a
	// finite decimal number. Text: the characters, with rich text joined, readings
	// (phonetic runs) left out and _xHHHH_ escapes resolved; a date stored as ISO
	// 8601 text stays text ("2024-06-25T00:00:00"). Bool: "1" or "0". Error: its name.
	Raw string

	// Format is the number format code of the cell's style, "" for General. Codes
	// that a file gives by number only are those of Excel for China.
	Format string

	// Marked says which part of the cell is struck through or raised, nil for none.
	Marked *Marked

	Column  int // 1 is A
	Kind    Kind
	Formula bool // the cell has a formula; Kind Blank then means that no value is cached
}

// A Row is one row that holds at least one cell.
type Row struct {
	Number int // 1 is the first
	Hidden bool

	// Cells are in ascending columns. The slice is used again for the next row;
	// the strings in it may be kept.
	Cells []Cell
}

// A Range is a rectangle of cells, all four sides included.
type Range struct{ FromRow, FromColumn, ToRow, ToColumn int }

// String gives the range as spreadsheets write it: "A1:C3".
func (r Range) String() string {
	return Ref(r.FromColumn, r.FromRow) + ":" + Ref(r.ToColumn, r.ToRow)
}

// A Book is a workbook whose structure has been found whole: every part that is
// read is there, and is no larger than allowed. Its sheets are still to be proved
// by reading their rows. A Book and its sheets are for one goroutine.
type Book struct {
	// Date1904 says that date serials count from 1904-01-01 (0) instead of 1899-12-30.
	Date1904 bool

	// Modified is when the file says that it was last changed, in UTC as
	// "2024-06-25T08:00:00Z"; "" where it does not say.
	Modified string

	sheets []*Sheet
	cells  int // cells of all sheets read so far
	bytes  int // of their texts
	limits Limits
}

// Sheets gives the worksheets in workbook order. Chart sheets, dialogs and
// macro sheets are left out; there is always at least one worksheet. Nothing
// keeps two of them from having one name.
func (b *Book) Sheets() []*Sheet { return b.sheets }

// A Sheet is one worksheet.
type Sheet struct {
	Name   string // "" for the one sheet of a csv, and of a web page that does not name it
	Hidden bool   // hidden, or hidden so that only a macro can show it

	// Merges are the merged ranges as the file lists them: they may overlap, or be
	// of one cell. They are known once Rows has come to its end, or after Around.
	Merges []Range

	hidden     []span // hidden columns
	surrounded bool   // Merges and hidden are known
	book       *Book
	cells      int // cells that this sheet has added to book.cells
	bytes      int // and to book.bytes
	open       func() (*rows, error)
	around     func() error // nil where all is known from the start
}

// rows is what a file format gives for one pass over a sheet.
type rows struct {
	next  func() (*Row, error) // io.EOF after the last
	close func()
}

// span is a run of columns, both ends included.
type span struct{ from, to int }

// Around reads what stands around the rows: the merged ranges and the hidden columns. It is
// for those who need them before the last row. An error is a [*Refusal] or the operator's.
func (s *Sheet) Around() (err error) {
	if s.surrounded || s.around == nil {
		return nil
	}
	defer contain(&err)
	return s.at(s.around())
}

// ColumnHidden says whether a column (1 is A) is hidden. Like Merges it is known after Rows or Around.
func (s *Sheet) ColumnHidden(column int) bool {
	for _, c := range s.hidden {
		if c.from <= column && column <= c.to {
			return true
		}
	}
	return false
}

// Rows reads the sheet once, first row to last; it may be called again for
// another pass. After an error, which is a [*Refusal] or the operator's, there
// are no more rows, and those given before it must not be used.
func (s *Sheet) Rows() iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) {
		rows, err := s.begin()
		if err != nil {
			yield(nil, s.at(err))
			return
		}
		defer rows.close()
		cells, bytes := 0, 0
		for {
			row, err := s.advance(rows)
			if err == io.EOF {
				return
			}
			if err == nil {
				cells += len(row.Cells)
				bytes += bytesOf(row)
				err = s.count(cells, bytes)
			}
			if err != nil {
				yield(nil, s.at(err))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// at names the sheet in a refusal.
func (s *Sheet) at(err error) error {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		refusal.Sheet = s.Name
	}
	return err
}

func (s *Sheet) begin() (_ *rows, err error) {
	defer contain(&err)
	return s.open()
}

func (s *Sheet) advance(rows *rows) (_ *Row, err error) {
	defer contain(&err)
	return rows.next()
}

// bytesOf are the bytes of the texts of a row, however few the file has them in.
func bytesOf(row *Row) (n int) {
	for i := range row.Cells {
		cell := &row.Cells[i]
		n += len(cell.Raw)
		if cell.Marked != nil {
			n += len(cell.Marked.Plain)
		}
	}
	return n
}

// count adds to the book the cells and bytes that no earlier pass over this sheet has seen.
func (s *Sheet) count(cells, bytes int) error {
	book, part := s.book, "sheet "+strconv.Quote(s.Name)
	book.cells += max(cells-s.cells, 0)
	book.bytes += max(bytes-s.bytes, 0)
	s.cells, s.bytes = max(cells, s.cells), max(bytes, s.bytes)
	switch {
	case book.cells > book.limits.Cells:
		return over(part, "cells", int64(book.limits.Cells))
	case book.bytes > book.limits.Content:
		return over(part, "content", int64(book.limits.Content))
	}
	return nil
}

// Open recognises a file of size bytes by its content and reads its structure.
// Whatever is the file's own fault comes back as a [*Refusal]; any other error is
// trouble in reading r. The Book reads from r as long as it is used.
//
// The passwords are tried in turn on an encrypted workbook. No error or refusal tells one.
func Open(r io.ReaderAt, size int64, limits Limits, passwords ...string) (book *Book, err error) {
	source := &source{r: r, size: size}
	defer func() {
		if source.err != nil {
			book, err = nil, source.err
		}
	}()
	defer contain(&err)
	if size == 0 {
		return nil, refuse(FileEmpty, "the file has no bytes")
	}
	if size > limits.File {
		return nil, over("", "file", limits.File)
	}
	reason, detail, err := sniff(source)
	if err != nil {
		return nil, err
	}
	switch reason {
	case fileOPC:
		return openWorkbook(source, limits)
	case fileOLE:
		return openOLE(source, limits, passwords)
	case FileCSV:
		return openText(source, limits)
	case fileFlatODS:
		return openFlatODS(source, limits)
	case fileXML2003:
		return openXML2003(source, limits)
	case fileMarkup:
		return openHTML(source, limits)
	}
	return nil, refuse(reason, detail)
}

// openOLE opens a compound file as what its streams say that it is.
func openOLE(source *source, limits Limits, passwords []string) (*Book, error) {
	data, err := source.all()
	if err != nil {
		return nil, err
	}
	file, err := openCompound(data, limits)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"WORKBOOK", "BOOK"} { // a file for Excel 5 and 97 has both
		if file.has(name) {
			return file.workbook(name, limits, passwords)
		}
	}
	switch {
	case file.has("ENCRYPTEDPACKAGE"):
		return file.decrypt(limits, passwords)
	case file.has("WORDDOCUMENT"):
		return nil, refuse(FileWord, "a compound file")
	case file.has("POWERPOINT DOCUMENT"):
		return nil, refuse(FilePowerPoint, "a compound file")
	}
	return nil, refuse(FileUnknown, "a compound file of another program")
}

// contain turns a panic over a stranger's file into a refusal of that file.
func contain(err *error) {
	if p := recover(); p != nil {
		*err = refuse(Damaged, fmt.Sprint("the reader gave up: ", p))
	}
}

// source is the file, and remembers that reading it failed: such an error is
// the operator's, whatever the code in between has made of it.
type source struct {
	r    io.ReaderAt
	size int64
	err  error
}

func (s *source) ReadAt(p []byte, offset int64) (int, error) {
	if offset < 0 || offset >= s.size {
		return 0, io.EOF // a damaged zip leads anywhere
	}
	n, err := s.r.ReadAt(p, offset)
	if err == io.EOF && offset+int64(n) < s.size && n < len(p) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil && err != io.EOF && s.err == nil {
		s.err = fmt.Errorf("reading the workbook at byte %d: %w", offset+int64(n), err)
	}
	return n, err
}

// all reads the whole file.
func (s *source) all() ([]byte, error) {
	data := make([]byte, s.size)
	if n, err := s.ReadAt(data, 0); n < len(data) {
		return nil, err
	}
	return data, nil
}

// ColumnName gives the letters of a column: 1 is "A", 16384 is "XFD".
func ColumnName(column int) string {
	var name [bits.UintSize]byte
	i := len(name)
	for ; column > 0; column = (column - 1) / 26 {
		i--
		name[i] = byte('A' + (column-1)%26)
	}
	return string(name[i:])
}

// Ref gives a cell's address: Ref(8, 7) is "H7".
func Ref(column, row int) string { return ColumnName(column) + strconv.Itoa(row) }
