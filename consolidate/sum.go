package consolidate

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"huizong/consolidate/identity"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// sum is the SHA-256 of standing rows, of what was decided on them and of what came late: two months
// of the same sum are the same month.
func sum(rows []ledger.Standing, decisions []ledger.Decision, corrections []Correction) string {
	hash := sha256.New()
	var line []byte
	for i := range rows {
		line = append(appendRow(line[:0], &rows[i]), '\n')
		hash.Write(line)
	}
	for _, d := range identity.VerdictsOf(decisions).All() { // in their order, which decides between those that contradict one another
		says := d.Saying()
		fmt.Fprintln(hash, says.A, says.B, says.Verdict)
	}
	for _, c := range corrections {
		for _, r := range c.Late {
			fmt.Fprintln(hash, r.Edition(), r.State, r.Version)
		}
		for _, change := range c.Changes {
			fmt.Fprintln(hash, change.Late.Content, change.Kind, change.Column, change.Before, change.After)
		}
		for _, figure := range c.Figures {
			fmt.Fprintln(hash, figure.Name, figure.Published, figure.Would)
		}
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// appendRow writes a standing row as it is summed: as JSON, in a shape that stays as it is, or months that were merged
// would seem to have changed. encoding/json would take half of the time of reconciling. The unit that a field was read
// in is no part of it.
func appendRow(b []byte, row *ledger.Standing) []byte {
	r := row.Record
	b = appendText(append(b, `{"Region":`...), row.Region)
	b = appendPeriod(append(b, `,"Period":`...), row.Period)
	b = appendText(append(b, `,"Form":`...), row.Form)
	b = appendText(append(b, `,"Department":`...), row.Department)
	b = appendText(append(b, `,"Entity":`...), row.Entity)
	b = appendPlace(append(b, `,"Record":{`...), r.Place)
	for i, at := range r.Rest {
		b = append(appendPlace(append(b, opening(i, `,"Rest":[`)+"{"...), at), '}')
	}
	b = closing(b, len(r.Rest), "]")
	b = append(b, `,"Fields":[`...)
	for i := range form.ByID(row.Form).Columns {
		b = appendField(append(b, opening(i, "")...), r.Fields.At(i))
	}
	b = append(b, ']')
	for i, heading := range slices.Sorted(maps.Keys(r.Extra)) {
		b = appendText(append(b, opening(i, `,"Extra":{`)...), heading)
		b = appendText(append(b, ':'), r.Extra[heading])
	}
	b = closing(b, len(r.Extra), "}")
	for i, key := range keptKeys(r.Kept) {
		b = appendText(append(b, opening(i, `,"Kept":{`)...), key)
		column, _ := strconv.Atoi(key)
		b = appendPeriod(append(b, `:{"Period":`...), r.Kept[column].Period)
		b = append(appendText(append(b, `,"Content":`...), r.Kept[column].Content), '}')
	}
	b = closing(b, len(r.Kept), "}")
	if !row.First.IsZero() {
		b = appendPeriod(append(b, `,"Since":`...), row.First)
	}
	b = appendKnown(b, `,"Key":`, r.Key)
	b = appendFlag(b, `,"Returned":true`, r.Returned)
	b = appendFlag(b, `,"Repeated":true`, r.Repeated)
	b = appendPeriod(append(b, `},"From":`...), row.From)
	b = appendText(append(b, `,"Content":`...), row.Content)
	return append(b, '}')
}

// opening is what stands before the i-th of a list: its beginning, or a comma.
func opening(i int, begins string) string {
	if i == 0 {
		return begins
	}
	return ","
}

// closing ends a list of so many; one of none was not begun.
func closing(b []byte, n int, ends string) []byte { return appendFlag(b, ends, n > 0) }

// keptKeys are the columns of values that stand for ones held back, in the order of their digits as text.
func keptKeys(kept map[int]ledger.Origin) []string {
	keys := make([]string, 0, len(kept))
	for column := range kept {
		keys = append(keys, strconv.Itoa(column))
	}
	slices.Sort(keys)
	return keys
}

func appendPlace(b []byte, at ledger.Place) []byte {
	b = strconv.AppendInt(append(b, `"Row":`...), int64(at.Row), 10)
	b = appendKnown(b, `,"Sheet":`, at.Sheet)
	if at.Head != 0 {
		b = strconv.AppendInt(append(b, `,"Head":`...), int64(at.Head), 10)
	}
	return b
}

func appendField(b []byte, field ledger.Field) []byte {
	v := field.Value
	b = append(b, `{"Value":{`...)
	b = appendFlag(b, `"Known":true`, v.Known)
	if v.N != 0 {
		b = strconv.AppendInt(append(between(b), `"N":`...), v.N, 10)
	}
	if v.S != "" {
		b = appendText(append(between(b), `"S":`...), v.S)
	}
	b = append(b, '}')
	b = appendKnown(b, `,"Cell":`, field.Cell.String())
	b = appendKnown(b, `,"Raw":`, field.Raw)
	b = appendKnown(b, `,"Did":`, field.Did)
	b = appendFlag(b, `,"Held":true`, field.Held)
	b = appendKnown(b, `,"Sheet":`, field.Sheet)
	return append(b, '}')
}

// between puts a comma unless an object has just begun.
func between(b []byte) []byte {
	if b[len(b)-1] == '{' {
		return b
	}
	return append(b, ',')
}

func appendPeriod(b []byte, p ledger.Period) []byte {
	b = strconv.AppendInt(append(b, `{"Year":`...), int64(p.Year), 10)
	return append(strconv.AppendInt(append(b, `,"Month":`...), int64(p.Month), 10), '}')
}

// appendKnown writes a name and a text that is not blank.
func appendKnown(b []byte, name, text string) []byte {
	if text == "" {
		return b
	}
	return appendText(append(b, name...), text)
}

func appendFlag(b []byte, text string, is bool) []byte {
	if !is {
		return b
	}
	return append(b, text...)
}

// appendText writes a JSON string. encoding/json does so where anything has to be escaped.
func appendText(b []byte, text string) []byte {
	if !plain(text) {
		quoted, err := json.Marshal(text)
		if err != nil {
			panic(err) // it is a string
		}
		return append(b, quoted...)
	}
	return append(append(append(b, '"'), text...), '"')
}

// plain reports whether nothing of a text is escaped in JSON: no quotes and signs of HTML, no control characters,
// no separator of lines (U+2028, U+2029), and nothing that is not UTF-8.
func plain(text string) bool {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c < ' ', c == '"', c == '\\', c == '<', c == '>', c == '&':
			return false
		case c == 0xe2 && i+2 < len(text) && text[i+1] == 0x80 && text[i+2]|1 == 0xa9:
			return false
		}
	}
	return utf8.ValidString(text)
}
