package sheet

import (
	"errors"
	"io"
	"strings"

	"huizong/internal/encoded"
)

// openText opens text with columns (csv) as a book of one sheet without a name. All
// its cells are Text, numbers too: nothing in it says what is a number.
//
// Columns are parted by commas, tabs or semicolons, whichever the text itself parts
// its lines by; the full-width comma never does. A field may be quoted as by
// RFC 4180, with line ends and doubled quotes within, and blanks around the quotes; a
// field that has anything else behind its closing quote is kept with its quotes, unless
// a delimiter stands within. Of ="007", by which exports keep Excel from making
// a number of a text, the text is the field. Lines need not be of one length. Empty
// lines count as rows.
func openText(source *source, limits Limits) (*Book, error) {
	data, err := source.all()
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limits.Sheet {
		return nil, over("", "sheet", limits.Sheet)
	}
	decoded, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	text := string(decoded)
	book := &Book{limits: limits}
	sheet := &Sheet{book: book}
	comma := delimiter(text)
	sheet.open = func() (*rows, error) {
		r := &lines{text: text, comma: comma, limits: limits}
		return &rows{next: r.next, close: func() {}}, nil
	}
	book.sheets = []*Sheet{sheet}
	return book, nil
}

// decodeText gives a text as UTF-8, see [encoded.Text].
func decodeText(data []byte) ([]byte, error) {
	text, err := encoded.Text(data)
	switch {
	case errors.Is(err, encoded.ErrZero):
		return nil, damaged("", "%v", err)
	case err != nil:
		return nil, refuse(FileCSV, err.Error())
	}
	return text, nil
}

// delimiter gives what parts the columns: that of which most lines have one, then
// that of which there are most, outside quotes. So a tab that keeps a code from
// becoming a number, or a comma among the digits of an amount, is none.
func delimiter(text string) byte {
	const candidates = ",\t;"
	var lines, all, here [len(candidates)]int
	quoted, fresh := false, true // within a quoted field; at the beginning of a field
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch at := strings.IndexByte(candidates, c); {
		case quoted:
			quoted = c != '"'
			fresh = c == '"' // a doubled quote opens the field again
			continue
		case c == '"' && fresh:
			quoted = true
		case at >= 0:
			here[at]++
		case fresh && (c == ' ' || c == '='):
		case c == '\n' || c == '\r':
			count(&lines, &all, &here)
		default:
			fresh = false
			continue
		}
		fresh = true
	}
	count(&lines, &all, &here)
	best := 0
	for i := range candidates {
		if lines[i] > lines[best] || lines[i] == lines[best] && all[i] > all[best] {
			best = i
		}
	}
	return candidates[best]
}

// count adds the delimiters of a line, by their kinds.
func count(lines, all, here *[3]int) {
	for i, n := range here {
		all[i] += n
		lines[i] += min(n, 1)
		here[i] = 0
	}
}

// lines is a pass over the rows of a text.
type lines struct {
	text   string
	comma  byte
	limits Limits

	pos    int
	row    Row
	column int // of the field being read
}

// next gives the next row that holds a field with characters.
func (l *lines) next() (*Row, error) {
	for l.pos < len(l.text) {
		if l.row.Number == maxRow {
			return nil, l.damaged("more rows than a sheet has")
		}
		l.row.Number++
		l.row.Cells, l.column = l.row.Cells[:0], 0
		for more := true; more; {
			var err error
			if more, err = l.field(); err != nil {
				return nil, err
			}
		}
		if len(l.row.Cells) > 0 {
			return &l.row, nil
		}
	}
	return nil, io.EOF
}

func (l *lines) damaged(format string, args ...any) error {
	refusal := damaged("", format, args...)
	refusal.Row = l.row.Number
	return refusal
}

// field reads a field and what ends it; more is false at the end of the line.
func (l *lines) field() (more bool, err error) {
	value, err := l.value()
	if err != nil {
		return false, err
	}
	l.column++
	switch {
	case l.column > maxColumn:
		return false, l.damaged("a field beyond the last column")
	case len(value) > l.limits.Text:
		return false, over("", "text", int64(l.limits.Text))
	case value != "":
		l.row.Cells = append(l.row.Cells, Cell{Raw: value, Kind: Text, Column: l.column})
	}
	rest := l.text[l.pos:]
	switch {
	case rest == "":
		return false, nil
	case rest[0] == l.comma:
		l.pos++
		return true, nil
	case strings.HasPrefix(rest, "\r\n"):
		l.pos++
	}
	l.pos++
	return false, nil
}

// value reads a field up to what ends it.
func (l *lines) value() (string, error) {
	from, end := l.pos, l.end()
	before, _, quoted := strings.Cut(l.text[from:end], `"`)
	lead := strings.Trim(before, " ")
	if !quoted || lead != "" && lead != "=" {
		l.pos = end
		return l.text[from:end], nil
	}
	l.pos += len(before)
	value, err := l.quoted()
	switch {
	case err != nil && before != "":
		l.pos = end
		return l.text[from:end], nil
	case err != nil:
		return "", err
	}
	closed := l.pos
	l.pos = l.end()
	switch behind := strings.Trim(l.text[closed:l.pos], " "); {
	case behind == "" && lead == "":
		return unguarded(value), nil
	case behind == "":
		return value, nil
	case strings.ContainsAny(value, string(l.comma)+"\r\n"):
		return "", l.damaged("%s: something follows the closing quote", Ref(l.column+1, l.row.Number))
	}
	return l.text[from:l.pos], nil
}

// unguarded gives the text of ="007".
func unguarded(value string) string {
	text, ok := strings.CutPrefix(value, `="`)
	if !ok || !strings.HasSuffix(text, `"`) {
		return value
	}
	text = strings.TrimSuffix(text, `"`)
	if strings.Contains(strings.ReplaceAll(text, `""`, ""), `"`) {
		return value
	}
	return strings.ReplaceAll(text, `""`, `"`)
}

// end is where the next delimiter or line end stands.
func (l *lines) end() int {
	rest := l.text[l.pos:]
	if end := strings.IndexAny(rest, string(l.comma)+"\r\n"); end >= 0 {
		return l.pos + end
	}
	return len(l.text)
}

// quoted reads a field in quotes. Its line ends become \n, as those of xlsx.
func (l *lines) quoted() (string, error) {
	from := l.pos + 1
	doubled := false
	for at := from; ; at += 2 {
		end := strings.IndexByte(l.text[at:], '"')
		if end < 0 {
			return "", l.damaged("a quote is never closed")
		}
		if at += end; strings.HasPrefix(l.text[at+1:], `"`) {
			doubled = true
			continue
		}
		l.pos = at + 1
		value := l.text[from:at]
		if doubled {
			value = strings.ReplaceAll(value, `""`, `"`)
		}
		return strings.ReplaceAll(value, "\r\n", "\n"), nil
	}
}
