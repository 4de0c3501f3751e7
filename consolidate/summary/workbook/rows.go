package workbook

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// The rows of a sheet are written here, cell by cell into the file as it is packed: a ledger is hundreds of megabytes
// long as text, and nobody has to hold it.

// formulaLimit is how long a formula may be, in characters; textLimit how long a text, in UTF-16 units: what is longer
// is cut off.
const (
	formulaLimit = 8192
	textLimit    = 32767
)

// A rowWriter writes the rows of a sheet.
type rowWriter struct {
	*layout
	ids     []int    // of the styles of the layout in the file
	letters []string // of the columns, from 0
	beside  dataRow
	text    []byte // that is not written yet
}

// written is how much text of rows is gathered before it is written.
const written = 64 << 10

// writeRows writes the rows of a sheet whose styles have those numbers in the file.
func (l *layout) writeRows(to io.Writer, ids []int) error {
	w := rowWriter{layout: l, ids: ids}
	for col := range l.sheet.cols {
		letter, err := excelize.ColumnNumberToName(col + 1)
		if err != nil {
			return err
		}
		w.letters = append(w.letters, letter)
	}
	for row := 1; row <= l.sheet.rows; row++ {
		if err := w.row(row); err != nil {
			return err
		}
		if len(w.text) >= written || row == l.sheet.rows {
			if _, err := to.Write(w.text); err != nil {
				return err
			}
			w.text = w.text[:0]
		}
	}
	return nil
}

func (w *rowWriter) row(row int) error {
	w.text = strconv.AppendInt(append(w.text, `<row r="`...), int64(row), 10)
	w.text = append(w.text, '"')
	if height := w.heights[row-1]; height > 0 {
		w.text = strconv.AppendFloat(append(w.text, ` ht="`...), height, 'f', -1, 64)
		w.text = append(w.text, `" customHeight="1"`...)
	}
	w.text = append(w.text, '>')
	for col, slot := range w.sheet.across(row, &w.beside) {
		if err := w.cell(slot, row, col); err != nil {
			return err
		}
	}
	w.text = append(w.text, `</row>`...)
	return nil
}

// cell writes the cell that a slot lies over. All cells of a merged range get its style, so that its frame is whole.
func (w *rowWriter) cell(s *slot, row, col int) error {
	var value any
	var formula string
	if s.starts(row, col) {
		value, formula = s.result(), s.spelling()
	}
	if n := utf8.RuneCountInString(formula); n > formulaLimit {
		return fmt.Errorf("%s: formula of %d characters, over %d", s.at().first, n, formulaLimit)
	}
	text, isText := value.(string)
	text = cut(text)
	_, isNumber := value.(float64)

	w.text = append(w.text, `<c`...)
	if formula != "" && edged(text) {
		w.text = append(w.text, preserve...)
	}
	w.text = append(append(w.text, ` r="`...), w.letters[col-1]...)
	w.text = append(strconv.AppendInt(w.text, int64(row), 10), `" s="`...)
	w.text = append(strconv.AppendInt(w.text, int64(w.ids[w.styleNumber(s)]), 10), '"')
	switch {
	case formula != "" && !isNumber:
		w.text = append(w.text, ` t="str"`...)
	case isText:
		w.text = append(w.text, ` t="inlineStr"`...)
	}
	w.text = append(w.text, '>')
	if formula != "" {
		w.text = append(appendEscaped(append(w.text, `<f>`...), formula, false), `</f>`...)
	}
	switch {
	case isNumber:
		w.text = append(strconv.AppendFloat(append(w.text, `<v>`...), value.(float64), 'f', -1, 64), `</v>`...)
	case formula != "": // one that comes to no text has that for its value, and says so
		w.text = append(appendEscaped(append(w.text, `<v>`...), text, false), `</v>`...)
	case isText:
		w.text = append(w.text, `<is><t`...)
		if edged(text) {
			w.text = append(w.text, preserve...)
		}
		w.text = append(appendEscaped(append(w.text, '>'), text, true), `</t></is>`...)
	}
	w.text = append(w.text, `</c>`...)
	return nil
}

// preserve keeps the space at the edges of a text.
const preserve = ` xml:space="preserve"`

// edged reports whether a text begins or ends with space.
func edged(text string) bool {
	const space = "\t\n\r "
	return text != "" && (strings.IndexByte(space, text[0]) >= 0 || strings.IndexByte(space, text[len(text)-1]) >= 0)
}

// cut is a text with no more than a cell can hold.
func cut(text string) string {
	if len(text) <= textLimit {
		return text
	}
	length := 0
	for i, r := range text {
		if length += max(1, utf16.RuneLen(r)); length > textLimit {
			return text[:i]
		}
	}
	return text
}

// appendEscaped spells a text in XML, in which what looks like a spelled character (_x4E2D_) must not be taken for one;
// lines are broken as they are, or by their number.
func appendEscaped(to []byte, text string, lines bool) []byte {
	from := 0
	for i, r := range text {
		spelled := ""
		switch {
		case r == '_' && likeSpelled(text[i:]):
			spelled = "_x005F_"
		case r == '&':
			spelled = "&amp;"
		case r == '<':
			spelled = "&lt;"
		case r == '>':
			spelled = "&gt;"
		case r == '"':
			spelled = "&#34;"
		case r == '\'':
			spelled = "&#39;"
		case r == '\t':
			spelled = "&#x9;"
		case r == '\n' && !lines:
			spelled = "&#xA;"
		case r == '\r':
			spelled = "&#xD;"
		case r < ' ' && r != '\n', r == 0xFFFE, r == 0xFFFF, r == utf8.RuneError: // XML has no such character
			spelled = "\uFFFD"
		default:
			continue
		}
		to = append(append(to, text[from:i]...), spelled...)
		_, size := utf8.DecodeRuneInString(text[i:])
		from = i + size
	}
	return append(to, text[from:]...)
}

// likeSpelled reports whether a text begins like a spelled character: _x4E2D_.
func likeSpelled(text string) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(text[2:6], 16, 16)
	return err == nil
}
