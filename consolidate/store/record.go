package store

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A record is kept as JSON by the names of its columns, so that it outlives columns that
// are added to its form:
//
//	{"fields":{"name":["城固大道","B7"],"total":[120000000,"H7","0.012","亿元折算","亿元","储备",true]},"extra":{"序号":"3"},"at":["储备",0]}
//
// A field is value, cell, raw, did, unit, sheet, held, without what is blank at its end; a field
// that is all blank is left out. "kept" names by column the return that a value comes from where it
// is not the row's own. "at" is the record's sheet and the row of its header, then the rows of 续表
// with sheet and header. "since" is the month since which the row is reported, "key" the row of the month
// before that it goes on from by its template. Values are null where the row has typed columns for them. The
// record's row is a column of its own. What was written before there was a unit or a sheet is read without one.
// Only what is written here is read, not JSON with spaces or in another order: encoding/json takes fifteen
// times as long to read it.

// numeric types hold their value in N, the others in S.
func numeric(c *form.Column) bool {
	switch c.Type {
	case form.AmountType, form.RateType, form.CountType, form.FlagType:
		return true
	}
	return false
}

// appendRecord writes a record of the form, with its values or without.
func appendRecord(b []byte, f *form.Form, r *ledger.Record, values bool) []byte {
	b = append(b, `{"fields":{`...)
	first := len(b)
	for i := range r.Fields {
		field := r.Fields[i]
		if !values {
			field.Value = ledger.Value{}
		}
		if field == (ledger.Field{}) {
			continue
		}
		if len(b) > first {
			b = append(b, ',')
		}
		b = appendQuoted(b, f.Columns[i].ID)
		b = append(b, ':')
		b = appendField(b, numeric(f.Columns[i]), &field)
	}
	b = append(b, '}')
	if len(r.Extra) > 0 {
		b = append(b, `,"extra":`...)
		b = appendExtra(b, r.Extra)
	}
	if len(r.Kept) > 0 {
		b = append(b, `,"kept":{`...)
		b = appendKept(b, f, r.Kept)
	}
	if r.Sheet != "" || r.Head != 0 || len(r.Rest) > 0 {
		b = append(b, `,"at":[`...)
		b = appendPlaces(b, r)
	}
	if r.Since != nil {
		b = append(b, `,"since":`...)
		b = appendQuoted(b, periodText(*r.Since))
	}
	if r.Key != "" {
		b = append(b, `,"key":`...)
		b = appendQuoted(b, r.Key)
	}
	if r.Returned {
		b = append(b, `,"returned":true`...)
	}
	if r.Repeated {
		b = append(b, `,"repeated":true`...)
	}
	return append(b, '}')
}

func appendField(b []byte, numeric bool, field *ledger.Field) []byte {
	b = append(b, '[')
	switch {
	case !field.Value.Known:
		b = append(b, "null"...)
	case numeric:
		b = strconv.AppendInt(b, field.Value.N, 10)
	default:
		b = appendQuoted(b, field.Value.S)
	}
	lineage := [...]string{field.Cell, field.Raw, field.Did, field.Unit, field.Sheet}
	least, known := 0, len(lineage)
	if field.Held {
		least = len(lineage) - 1
	}
	for known > least && lineage[known-1] == "" {
		known--
	}
	for _, text := range lineage[:known] {
		b = append(b, ',')
		b = appendQuoted(b, text)
	}
	if field.Held {
		b = append(b, ",true"...)
	}
	return append(b, ']')
}

func appendExtra(b []byte, extra map[string]string) []byte {
	b = append(b, '{')
	for i, heading := range slices.Sorted(maps.Keys(extra)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendQuoted(b, heading)
		b = append(b, ':')
		b = appendQuoted(b, extra[heading])
	}
	return append(b, '}')
}

// appendKept writes where values come from that stand for ones held back: by column, the
// period and content of the return.
func appendKept(b []byte, f *form.Form, kept map[int]ledger.Origin) []byte {
	for i, field := range slices.Sorted(maps.Keys(kept)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendQuoted(b, f.Columns[field].ID)
		b = append(b, ":["...)
		b = appendQuoted(b, periodText(kept[field].Period))
		b = append(b, ',')
		b = appendQuoted(b, kept[field].Content)
		b = append(b, ']')
	}
	return append(b, '}')
}

// appendPlaces writes where a record stands, but for its row.
func appendPlaces(b []byte, r *ledger.Record) []byte {
	b = appendQuoted(b, r.Sheet)
	b = strconv.AppendInt(append(b, ','), int64(r.Head), 10)
	for _, at := range r.Rest {
		b = strconv.AppendInt(append(b, ','), int64(at.Row), 10)
		b = appendQuoted(append(b, ','), at.Sheet)
		b = strconv.AppendInt(append(b, ','), int64(at.Head), 10)
	}
	return append(b, ']')
}

// appendQuoted writes a JSON string of clean text.
func appendQuoted(b []byte, text string) []byte {
	text = clean(text)
	b = append(b, '"')
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// parseRecord reads what appendRecord wrote, into a record with a field for every column.
func parseRecord(text string, f *form.Form) (ledger.Record, error) {
	r := f.New()
	s := scanner{rest: text}
	s.want(`{"fields":{`)
	for next := 0; !s.failed && !s.take("}"); s.take(",") {
		id := s.quoted()
		c := columnFrom(f, next, id)
		if c == nil {
			return r, fmt.Errorf("record of form %s: no column %q: %.80s", f.ID, id, text)
		}
		s.want(":")
		s.field(&r.Fields[c.Index], numeric(c))
		next = c.Index + 1
	}
	if s.take(`,"extra":{`) {
		r.Extra = map[string]string{}
		for !s.failed && !s.take("}") {
			heading := s.quoted()
			s.want(":")
			r.Extra[heading] = s.quoted()
			s.take(",")
		}
	}
	if s.take(`,"kept":{`) {
		r.Kept = s.kept(f)
	}
	if s.take(`,"at":[`) {
		s.places(&r)
	}
	if s.take(`,"since":`) {
		since, err := parsePeriod(s.quoted())
		s.failed = s.failed || err != nil
		r.Since = &since
	}
	if s.take(`,"key":`) {
		r.Key = s.quoted()
	}
	r.Returned = s.take(`,"returned":true`)
	r.Repeated = s.take(`,"repeated":true`)
	s.want("}")
	if s.failed || s.rest != "" {
		return r, fmt.Errorf("record of form %s: not as it was written, at %.40q: %.80s", f.ID, s.rest, text)
	}
	return r, nil
}

// columnFrom finds a column by name, the likely ones first.
func columnFrom(f *form.Form, next int, id string) *form.Column {
	for _, c := range f.Columns[next:] {
		if c.ID == id {
			return c
		}
	}
	return f.Column(id)
}

// A scanner reads JSON as appendRecord writes it. Once it has failed it reads nothing.
type scanner struct {
	rest   string
	failed bool
}

// take reads the text if it is next.
func (s *scanner) take(text string) (taken bool) {
	s.rest, taken = strings.CutPrefix(s.rest, text)
	return taken
}

// want fails unless the text is next.
func (s *scanner) want(text string) {
	if !s.take(text) {
		s.failed = true
	}
}

func (s *scanner) field(field *ledger.Field, numeric bool) {
	s.want("[")
	switch {
	case s.take("null"):
	case numeric:
		field.Value = ledger.Number(s.number())
	default:
		field.Value = ledger.Words(s.quoted())
	}
	for _, text := range []*string{&field.Cell, &field.Raw, &field.Did, &field.Unit, &field.Sheet} {
		if !strings.HasPrefix(s.rest, `,"`) {
			break
		}
		s.want(",")
		*text = s.quoted()
	}
	field.Held = s.take(",true")
	s.want("]")
}

func (s *scanner) kept(f *form.Form) map[int]ledger.Origin {
	kept := map[int]ledger.Origin{}
	for !s.failed && !s.take("}") {
		c := f.Column(s.quoted())
		s.want(":[")
		period, err := parsePeriod(s.quoted())
		s.want(",")
		content := s.quoted()
		s.want("]")
		s.take(",")
		if s.failed = s.failed || c == nil || err != nil; !s.failed {
			kept[c.Index] = ledger.Origin{Period: period, Content: content}
		}
	}
	return kept
}

func (s *scanner) places(r *ledger.Record) {
	r.Sheet = s.quoted()
	s.want(",")
	r.Head = int(s.number())
	for !s.failed && !s.take("]") {
		var at ledger.Place
		s.want(",")
		at.Row = int(s.number())
		s.want(",")
		at.Sheet = s.quoted()
		s.want(",")
		at.Head = int(s.number())
		r.Rest = append(r.Rest, at)
	}
}

func (s *scanner) number() int64 {
	digits := len(s.rest) - len(strings.TrimLeft(s.rest, "-0123456789"))
	n, err := strconv.ParseInt(s.rest[:digits], 10, 64)
	s.failed = s.failed || err != nil
	s.rest = s.rest[digits:]
	return n
}

// quoted reads a string; one without escapes shares the memory of the whole text.
func (s *scanner) quoted() string {
	s.want(`"`)
	for end := 0; end < len(s.rest) && !s.failed; end++ {
		switch s.rest[end] {
		case '"':
			text := s.rest[:end]
			s.rest = s.rest[end+1:]
			return text
		case '\\':
			return s.escaped()
		}
	}
	s.failed = true
	return ""
}

func (s *scanner) escaped() string {
	var text strings.Builder
	for !s.failed && !s.take(`"`) {
		r, _, rest, err := strconv.UnquoteChar(s.rest, '"')
		s.failed = err != nil
		s.rest = rest
		text.WriteRune(r)
	}
	return text.String()
}
