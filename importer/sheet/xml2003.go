package sheet

import (
	"bytes"
	"cmp"
	"errors"
)

// openXML2003 opens a workbook in SpreadsheetML 2003, one XML file.
func openXML2003(source *source, limits Limits) (*Book, error) {
	text, err := wholeMarkup(source, limits)
	if err != nil {
		return nil, err
	}
	w := &workbook2003{book: &Book{limits: limits}, styles: map[string]style2003{}}
	if err := w.s.reset("", limits, nil, text); err != nil {
		return nil, err
	}
	if err := w.s.root(space2003, "Workbook", w.child); err != nil {
		return nil, err
	}
	if len(w.book.sheets) == 0 {
		return nil, refuse(NoWorksheet, "no worksheets")
	}
	return w.book, nil
}

// A workbook2003 is a workbook of 2003 that is being read.
type workbook2003 struct {
	s      scanner
	book   *Book
	styles map[string]style2003
	held   int // cells of all sheets
}

// A style2003 is a cell style: its number format, else that of its parent.
type style2003 struct {
	look      cellStyle
	formatted bool
	parent    string
}

func (w *workbook2003) child() error {
	s := &w.s
	switch {
	case s.is(spaceOffice2003, "DocumentProperties"):
		return s.children(func() error {
			if !s.is(spaceOffice2003, "LastSaved") {
				return s.skip()
			}
			text, err := s.content(nil)
			w.book.Modified = utcOf(string(text))
			return err
		})
	case s.is(spaceExcel2003, "ExcelWorkbook"):
		return s.children(func() error {
			w.book.Date1904 = w.book.Date1904 || s.is(spaceExcel2003, "Date1904")
			return s.skip()
		})
	case s.is(space2003, "Styles"):
		return s.children(w.style)
	case s.is(space2003, "Worksheet"):
		return w.worksheet()
	}
	return s.skip()
}

func (w *workbook2003) style() error {
	s := &w.s
	if !s.is(space2003, "Style") {
		return s.unexpected("the styles")
	}
	if len(w.styles) == s.limits.Formats {
		return over("", "formats", int64(s.limits.Formats))
	}
	id := s.wordIn(space2003, "ID")
	style := style2003{parent: s.wordIn(space2003, "Parent")}
	if err := s.children(func() error {
		switch {
		case s.is(space2003, "Font"):
			style.look.struck = s.wordIn(space2003, "StrikeThrough") == "1"
		case s.is(space2003, "NumberFormat"):
			format, _ := s.attrIn(space2003, "Format")
			if len(format) > s.limits.Format {
				return over("", "format", int64(s.limits.Format))
			}
			style.look.format, style.formatted = string(format), true
			if code, ok := formats2003[style.look.format]; ok {
				style.look.format = code
			}
		}
		return s.skip()
	}); err != nil {
		return err
	}
	w.styles[id] = style
	return nil
}

// formats2003 are the number formats that have a name, as Excel for China shows them.
var formats2003 = map[string]string{
	"General": "", "General Number": "", "General Date": "yyyy/m/d h:mm",
	"Long Date": `yyyy"年"m"月"d"日"`, "Medium Date": "d-mmm-yy", "Short Date": "yyyy/m/d",
	"Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM", "Short Time": "h:mm",
	"Currency": `"¥"#,##0.00`, "Euro Currency": "[$€-2] #,##0.00", "Fixed": "0.00", "Standard": "#,##0.00",
	"Percent": "0.00%", "Scientific": "0.00E+00",
	"Yes/No": `"Yes";"Yes";"No"`, "True/False": `"True";"True";"False"`, "On/Off": `"On";"On";"Off"`,
}

// look gives a cell style; ok is false for one that is declared nowhere.
func (w *workbook2003) look(id string) (look cellStyle, ok bool) {
	if id == "" {
		id = "Default"
	}
	style, ok := w.styles[id]
	look = style.look
	for n := 0; !style.formatted && style.parent != "" && n < deepest; n++ {
		style = w.styles[style.parent]
		look.format = style.look.format
	}
	return look, ok || id == "Default"
}

// worksheet reads a worksheet, of which the settings stand behind the rows.
func (w *workbook2003) worksheet() error {
	s := &w.s
	if len(w.book.sheets) == s.limits.Entries {
		return over("", "entries", int64(s.limits.Entries))
	}
	name := s.wordIn(space2003, "Name")
	t := &table2003{workbook2003: w, grid: newGrid(w.book, "", name, &w.held)}
	tables := 0
	err := s.children(func() error {
		switch {
		case s.is(space2003, "Table"):
			if tables++; tables > 1 {
				return s.unexpected("a worksheet")
			}
			t.style = s.wordIn(space2003, "StyleID")
			return s.children(t.child)
		case s.is(spaceExcel2003, "WorksheetOptions"):
			return s.children(t.option)
		}
		return s.skip()
	})
	w.book.sheets = append(w.book.sheets, t.grid.sheet)
	return t.grid.sheet.at(t.locate(err))
}

// A table2003 is the table of a worksheet of 2003 that is being read.
type table2003 struct {
	*workbook2003
	grid *grid

	style    string // of cells for which nothing else names one
	columns  []columnRun
	row      int    // number of the last row, with those that follow in its span
	rowStyle string // of the row
	column   int    // of the last cell of the row, with those that it is merged over
}

func (t *table2003) locate(err error) error {
	var refusal *Refusal
	if errors.As(err, &refusal) && refusal.Row == 0 {
		refusal.Row = min(t.row, maxRow)
	}
	return err
}

func (t *table2003) option() error {
	if !t.s.is(spaceExcel2003, "Visible") {
		return t.s.skip()
	}
	text, err := t.s.content(nil)
	t.grid.sheet.Hidden = hasPrefix(bytes.TrimSpace(text), "SheetHidden") || hasPrefix(bytes.TrimSpace(text), "SheetVeryHidden")
	return err
}

func (t *table2003) child() error {
	switch s := &t.s; {
	case s.is(space2003, "Column"):
		return t.readColumn()
	case s.is(space2003, "Row"):
		return t.readRow()
	default:
		return s.unexpected("a table")
	}
}

// next reads where a row, column or cell stands: behind the one before, which was the last-th,
// unless it says so, and how many it stands for, by an attribute that counts those after it.
func (t *table2003) next(last, end int, more string) (first, to int, err error) {
	s := &t.s
	if first, err = s.numberIn(space2003, "Index", last+1, end, last+1); err != nil {
		return 0, 0, err
	}
	after, err := s.numberIn(space2003, more, 0, end-1, 0)
	if to = first + after; err == nil && to > end {
		err = s.damaged("a %s beyond the last", bytes.ToLower(s.local))
	}
	return first, to, err
}

// concealed reads whether the row or column just begun is hidden.
func (t *table2003) concealed() bool {
	hidden := t.s.wordIn(space2003, "Hidden")
	return hidden == "1" || hidden == "true"
}

func (t *table2003) readColumn() error {
	s := &t.s
	last := 0
	if n := len(t.columns); n > 0 {
		last = t.columns[n-1].last
	}
	first, to, err := t.next(last, maxColumn, "Span")
	if err != nil {
		return err
	}
	if first > last+1 {
		t.columns = append(t.columns, columnRun{first - 1, ""})
	}
	t.columns = append(t.columns, columnRun{to, s.wordIn(space2003, "StyleID")})
	if t.concealed() {
		t.grid.sheet.hidden = append(t.grid.sheet.hidden, span{first, to})
	}
	return s.skip()
}

func (t *table2003) readRow() error {
	s := &t.s
	first, to, err := t.next(t.row, maxRow, "Span")
	if err != nil {
		return err
	}
	t.row, t.column, t.rowStyle = first, 0, s.wordIn(space2003, "StyleID")
	t.grid.begin(first, t.concealed())
	if err := s.children(t.cell); err != nil {
		return err
	}
	t.row = to
	return t.grid.end(1)
}

// cell reads a cell. One that says no column stands behind the one before and what that is
// merged over; what a merge from above covers keeps its place and its value.
func (t *table2003) cell() error {
	s := &t.s
	if !s.is(space2003, "Cell") {
		return s.unexpected("a row")
	}
	first, to, err := t.next(t.column, maxColumn, "MergeAcross")
	if err != nil {
		return err
	}
	t.column = to
	down, err := s.numberIn(space2003, "MergeDown", 0, maxRow, 0)
	if err != nil {
		return err
	}
	if to > first || down > 0 {
		if err := t.grid.merge(Range{t.row, first, t.row + down, to}); err != nil {
			return err
		}
	}
	id := cmp.Or(s.wordIn(space2003, "StyleID"), t.rowStyle, styleOf(t.columns, first), t.style)
	look, ok := t.look(id)
	if !ok {
		return s.damaged("cell %s: its style %.40q is declared nowhere", Ref(first, t.row), id)
	}
	cell := Cell{Column: first}
	_, cell.Formula = s.attrIn(space2003, "Formula")
	from := len(t.grid.texts.bytes)
	t.grid.fonts.begin()
	valued := false
	if err := s.children(func() error {
		if !s.is(space2003, "Data") {
			return s.skip() // a comment, a name
		}
		if valued {
			return s.unexpected("a cell")
		}
		valued = true
		return t.data(&cell, from)
	}); err != nil {
		return err
	}
	if cell.Kind == Blank && !cell.Formula {
		t.grid.texts.bytes = t.grid.texts.bytes[:from]
		return nil
	}
	return t.grid.put(cell, from, 1, func(int) cellStyle { return look })
}

// kinds2003 are the types of values. Dates are ISO 8601 and stay what they are.
var kinds2003 = map[string]Kind{"Number": Number, "DateTime": Text, "Boolean": Bool, "String": Text, "Error": Error}

// data reads the value of a cell.
func (t *table2003) data(cell *Cell, from int) error {
	s := &t.s
	kind, known := kinds2003[s.wordIn(space2003, "Type")]
	if !known {
		return s.damaged("cell %s: a value of an unknown type", Ref(cell.Column, t.row))
	}
	texts := &t.grid.texts
	var err error
	if texts.bytes, err = s.characters(texts.bytes, from, &t.grid.fonts); err != nil {
		return err
	}
	raw := texts.bytes[from:]
	if kind == Number || kind == Bool {
		raw = bytes.TrimSpace(raw)
		texts.bytes = append(texts.bytes[:from], raw...)
		raw = texts.bytes[from:]
		if len(raw) == 0 {
			return nil
		}
	}
	if kind == Number && !isNumber(raw) || kind == Bool && string(raw) != "0" && string(raw) != "1" {
		return s.damaged("cell %s: bad value %.40q", Ref(cell.Column, t.row), raw)
	}
	cell.Kind = kind
	return nil
}

// characters appends the characters of the element just begun and of those within it, which
// only say how it looks, and reads it to its end. The text began at from.
func (s *scanner) characters(dst []byte, from int, fonts *fonts) ([]byte, error) {
	outside := fonts.now
	for {
		token, err := s.next()
		switch {
		case err != nil:
			return dst, err
		case token == tokenEnd:
			return dst, nil
		case token == tokenText:
			dst = decode(dst, s.text, s.literal)
		default:
			fonts.change(len(dst)-from, outside.within(string(s.local)))
			if dst, err = s.characters(dst, from, fonts); err != nil {
				return dst, err
			}
			fonts.change(len(dst)-from, outside)
		}
		if len(dst)-from > s.limits.Text {
			return dst, over(s.part, "text", int64(s.limits.Text))
		}
	}
}
