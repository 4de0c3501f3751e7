package sheet

import (
	"errors"
	"sort"
	"strings"
)

// An odfTable is a worksheet that is being read.
type odfTable struct {
	*openDocument
	grid *grid

	columns []columnRun
	row     int    // number of the last row
	column  int    // of the last cell of the row
	style   string // of the cells of the row that name none

	value []byte // that the cell just begun states besides its text
	after bool   // the text ends with white space that stands for one blank, or has not begun
}

// A columnRun is some columns side by side that share their style, up to a last one.
type columnRun struct {
	last  int
	style string
}

// locate names the row in a refusal.
func (t *odfTable) locate(err error) error {
	var refusal *Refusal
	if errors.As(err, &refusal) && refusal.Row == 0 {
		refusal.Row = min(t.row, maxRow)
	}
	return err
}

// child reads an element of the table. Rows and columns may lie in groups.
func (t *odfTable) child() error {
	s := t.s
	if s.space != spaceTable {
		return t.skip()
	}
	switch string(s.local) {
	case "table-column":
		return t.readColumns()
	case "table-row":
		return t.readRow()
	case "table-columns", "table-header-columns", "table-column-group", "table-rows", "table-header-rows", "table-row-group":
		return s.children(t.child)
	case "table-source":
	default:
		if hasPrefix(s.local, "table-") {
			return s.unexpected("a table")
		}
	}
	return t.skip()
}

// concealed reads whether the row or column just begun is hidden.
func (t *odfTable) concealed() bool {
	visibility := t.s.wordIn(spaceTable, "visibility")
	return visibility == "collapse" || visibility == "filter"
}

// most bounds repetitions; the rows and columns that hold anything are bounded by the sheet.
const most = 1 << 24

func (t *odfTable) readColumns() error {
	s := t.s
	times, err := s.numberIn(spaceTable, "number-columns-repeated", 1, most, 1)
	if err != nil {
		return err
	}
	first := 1
	if n := len(t.columns); n > 0 {
		first = t.columns[n-1].last + 1
	}
	last := first + times - 1
	if last > most || len(t.columns) == maxColumn {
		return s.damaged("more columns than a sheet has")
	}
	t.columns = append(t.columns, columnRun{last, s.wordIn(spaceTable, "default-cell-style-name")})
	if t.concealed() {
		t.grid.sheet.hidden = append(t.grid.sheet.hidden, span{first, last})
	}
	return t.skip()
}

func (t *odfTable) readRow() error {
	s := t.s
	times, err := s.numberIn(spaceTable, "number-rows-repeated", 1, most, 1)
	if err != nil {
		return err
	}
	t.style, t.column = s.wordIn(spaceTable, "default-cell-style-name"), 0
	t.grid.begin(t.row+1, t.concealed())
	t.row += times
	if t.row > most {
		return s.damaged("more rows than a sheet has")
	}
	if err := s.children(t.cell); err != nil {
		return err
	}
	return t.grid.end(times)
}

// cell reads a cell, or several that are the same. One that a merge covers keeps its value.
func (t *odfTable) cell() error {
	s := t.s
	if s.space != spaceTable || string(s.local) != "table-cell" && string(s.local) != "covered-table-cell" {
		return s.unexpected("a row")
	}
	times, err := s.numberIn(spaceTable, "number-columns-repeated", 1, most, 1)
	if err != nil {
		return err
	}
	first := t.column + 1
	if t.column += times; t.column > most {
		return s.damaged("more columns than a sheet has")
	}
	if err := t.merged(first); err != nil {
		return err
	}
	style := s.wordIn(spaceTable, "style-name")
	if style == "" {
		style = t.style
	}
	cell, from, err := t.content()
	if err != nil || cell.Kind == Blank && !cell.Formula {
		t.grid.texts.bytes = t.grid.texts.bytes[:from]
		return err
	}
	cell.Column = first
	unknown := false
	err = t.grid.put(cell, from, times, func(column int) cellStyle {
		name := style
		if name == "" {
			name = styleOf(t.columns, column)
		}
		look, ok := t.styles.look(name)
		unknown = unknown || !ok
		return look
	})
	if err == nil && unknown {
		err = s.damaged("cell %s: its style is declared nowhere", Ref(first, t.grid.row.Number))
	}
	return err
}

// styleOf is the style of the cells of a column that name none.
func styleOf(columns []columnRun, column int) string {
	i := sort.Search(len(columns), func(i int) bool { return columns[i].last >= column })
	if i == len(columns) {
		return ""
	}
	return columns[i].style
}

// merged keeps the range that the cell just begun is merged over.
func (t *odfTable) merged(column int) error {
	columns, err := t.s.numberIn(spaceTable, "number-columns-spanned", 1, most, 1)
	if err != nil {
		return err
	}
	rows, err := t.s.numberIn(spaceTable, "number-rows-spanned", 1, most, 1)
	if err != nil || rows*columns == 1 {
		return err
	}
	row := t.grid.row.Number
	return t.grid.merge(Range{row, column, row + rows - 1, column + columns - 1})
}

// valueOf is the attribute that holds a value, by its type. Dates and times, which
// OpenDocument keeps as ISO 8601, stay what they are.
var valueOf = map[string]struct {
	attribute string
	kind      Kind
}{
	"float":      {"value", Number},
	"percentage": {"value", Number},
	"currency":   {"value", Number},
	"date":       {"date-value", Text},
	"time":       {"time-value", Text},
	"boolean":    {"boolean-value", Bool},
	"string":     {"string-value", Text},
}

// content reads the cell just begun to its end: its value is texts.bytes[from:].
func (t *odfTable) content() (cell Cell, from int, err error) {
	s, texts := t.s, &t.grid.texts
	from = len(texts.bytes)
	_, cell.Formula = s.attrIn(spaceTable, "formula")
	kind := s.wordIn(spaceOffice, "value-type")
	failed := s.wordIn(spaceCalc, "value-type") == "error"
	holder, known := valueOf[kind]
	if kind != "" && kind != "void" && !known {
		return cell, from, s.damaged("a value of the type %.40q", kind)
	}
	value, stated := s.attrIn(spaceOffice, holder.attribute)
	t.value = append(t.value[:0], value...)
	t.grid.fonts.begin()
	written, err := t.paragraphs()
	if err != nil {
		return cell, from, err
	}
	failed = failed || cell.Formula && isErrorName(string(texts.bytes[from:]))
	switch {
	case failed:
		cell.Kind = Error
		return cell, from, nil
	case !known || kind == "string" && (len(t.value) == 0 || string(t.value) == string(texts.bytes[from:])):
		if written || kind == "string" {
			cell.Kind = Text
		}
		return cell, from, nil
	}
	cell.Kind = holder.kind
	t.grid.fonts.begin() // the value has none
	texts.bytes = append(texts.bytes[:from], t.value...)
	ok := stated && len(t.value) > 0
	switch cell.Kind {
	case Number:
		ok = ok && isNumber(t.value)
	case Bool:
		ok = ok && (string(t.value) == "true" || string(t.value) == "false")
		truth := byte('0')
		if string(t.value) == "true" {
			truth = '1'
		}
		texts.bytes = append(texts.bytes[:from], truth)
	}
	if !ok {
		err = s.damaged("cell %s: bad value %.40q", Ref(t.column, t.grid.row.Number), t.value)
	}
	return cell, from, err
}

// isErrorName reports what a formula shows that fails; LibreOffice also has Err:502 and the like.
func isErrorName(text string) bool {
	for _, name := range errorNames {
		if name == text {
			return true
		}
	}
	code, numbered := strings.CutPrefix(text, "Err:")
	_, ok := natural([]byte(code))
	return numbered && ok
}
