package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Records are kept packed, many in one value, for a row of a return holds some hundred bytes that others of the return
// hold, too. A block is, before it is compressed (deflate, after the length of what is compressed as a uvarint):
//
//	a line with the IDs of the columns, parted by commas: what is kept outlives columns that are added to its form
//	of each record two texts: what there is of it besides its fields, and its fields as ledger.Fields.Packed
//	of a row in force four more: its entity, and after a sign (=) its department, the month and the content that it comes
//	from; without one what is as in the row before
//
// A text is its length as a uvarint and its bytes. What there is besides fields is JSON:
//
//	{"row":7,"extra":{"序号":"3"},"kept":{"total":["2024-05","8a…"]},"at":["储备",4],"since":"2024-01","key":"0a1b","returned":true}
//
// "kept" names by column the return that a value comes from where it is not the row's own. "at" is the record's sheet and the row
// of its header, then the rows of 续表 with sheet and header. "since" is the month since which the row is reported, "key" the row of
// the month before that it goes on from by its template. Only what is written here is read, not JSON with spaces or in another order:
// encoding/json takes fifteen times as long to read it.

// A packer packs records of a form.
type packer struct {
	form  *form.Form
	block []byte
	about []byte
	above [3]string // department, month and content of the row in force before
}

func newPacker(f *form.Form) *packer {
	ids := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		ids[i] = c.ID
	}
	return &packer{form: f, block: append([]byte(strings.Join(ids, ",")), '\n')}
}

// record packs a record; first is of a row in force.
func (p *packer) record(r *ledger.Record, first ledger.Period) {
	p.about = appendAbout(p.about[:0], p.form, r, first)
	p.block = appendBytes(appendBytes(p.block, p.about), cleaned(r.Fields).Packed())
}

func (p *packer) standing(row *ledger.Standing) {
	p.record(row.Record, row.First)
	p.block = appendBytes(p.block, clean(row.Entity))
	for i, text := range []string{clean(row.Department), periodText(row.From), clean(row.Content)} {
		told := ""
		if text != p.above[i] {
			told = "=" + text
		}
		p.block, p.above[i] = appendBytes(p.block, told), text
	}
}

func appendBytes[T string | []byte](b []byte, text T) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// packed is the block as it is kept.
func (p *packer) packed() []byte {
	var kept bytes.Buffer
	kept.Write(binary.AppendUvarint(nil, uint64(len(p.block))))
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&kept)
	_, err := w.Write(p.block)
	if err := errors.Join(err, w.Close()); err != nil {
		panic(err) // it is memory
	}
	return kept.Bytes()
}

// deflaters are large, and used again.
var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.DefaultCompression)
	if err != nil {
		panic(err) // there is such a level
	}
	return w
}}

// packedRecords are records as they are kept.
func packedRecords(f *form.Form, records []ledger.Record) []byte {
	p := newPacker(f)
	for i := range records {
		p.record(&records[i], ledger.Period{})
	}
	return p.packed()
}

// unpackRecords reads what packedRecords made, of about so many records.
func unpackRecords(f *form.Form, packed []byte, n int) ([]ledger.Record, error) {
	u, err := unpack(f, packed)
	if err != nil {
		return nil, err
	}
	all := make([]ledger.Record, 0, n)
	for u.more() {
		r, _, err := u.record()
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// mostBlock is the longest block that is unpacked: what is longer was never packed.
const mostBlock = 1 << 30

var errBlock = errors.New("rows that are not as they were packed")

// An unpacker reads a block.
type unpacker struct {
	form    *form.Form
	rest    string
	columns []*form.Column // of the block; nil where the form has none of that name any more
	same    bool           // they are the form's
	above   [3]string      // department, month and content of the row in force before
	lends   bool           // texts are part of the block: whoever keeps one copies it
}

// unpack opens a block of records of a form.
func unpack(f *form.Form, packed []byte) (*unpacker, error) {
	n, head := binary.Uvarint(packed)
	if head <= 0 || n > mostBlock {
		return nil, errBlock
	}
	var block strings.Builder
	block.Grow(int(n))
	r := flate.NewReader(bytes.NewReader(packed[head:]))
	if _, err := io.CopyN(&block, r, int64(n)); err != nil {
		return nil, fmt.Errorf("%w: %w", errBlock, err)
	}
	ids, rest, ok := strings.Cut(block.String(), "\n")
	if !ok {
		return nil, errBlock
	}
	u := &unpacker{form: f, rest: rest}
	for id := range strings.SplitSeq(ids, ",") {
		u.columns = append(u.columns, columnFrom(f, min(len(u.columns), len(f.Columns)), id))
	}
	u.same = slices.Equal(u.columns, f.Columns)
	return u, nil
}

// more reports whether there are more records.
func (u *unpacker) more() bool { return u.rest != "" }

// text reads a text, in memory of its own unless it is lent: a row that is kept keeps no others.
func (u *unpacker) text() (string, error) {
	n, shift := uint64(0), 0
	for i := 0; i < len(u.rest) && shift < 63; i, shift = i+1, shift+7 {
		n |= uint64(u.rest[i]&0x7f) << shift
		if u.rest[i] >= 0x80 {
			continue
		}
		if u.rest = u.rest[i+1:]; n > uint64(len(u.rest)) {
			break
		}
		text := u.rest[:n]
		if !u.lends {
			text = strings.Clone(text)
		}
		u.rest = u.rest[n:]
		return text, nil
	}
	return "", errBlock
}

// record reads a record; first is of a row in force.
func (u *unpacker) record() (r ledger.Record, first ledger.Period, err error) {
	about, err := u.text()
	if err != nil {
		return r, first, err
	}
	if first, err = parseAbout(about, u.form, &r); err != nil {
		return r, first, err
	}
	packed, err := u.text()
	if err != nil {
		return r, first, err
	}
	r.Fields, err = u.fields(packed)
	return r, first, err
}

func (u *unpacker) fields(packed string) (ledger.Fields, error) {
	fields, err := ledger.ParseFields(packed, len(u.columns))
	if err != nil || u.same {
		return fields, err
	}
	moved := make([]ledger.Field, len(u.form.Columns))
	for i, field := range fields.All() {
		c := u.columns[i]
		if c == nil {
			return fields, fmt.Errorf("record of form %s: its column %d is no more", u.form.ID, i+1)
		}
		moved[c.Index] = field
	}
	return ledger.Pack(moved), nil
}

func (u *unpacker) standing() (s ledger.Standing, err error) {
	s.Form = u.form.ID
	record, first, err := u.record()
	if err != nil {
		return s, err
	}
	s.Record, s.First = &record, first
	if s.Entity, err = u.text(); err != nil {
		return s, err
	}
	for i := range u.above {
		text, err := u.text()
		if err != nil {
			return s, err
		}
		if text != "" {
			u.above[i] = text[1:]
		}
	}
	s.Department, s.Content = u.above[0], u.above[2]
	s.From, err = parsePeriod(u.above[1])
	return s, err
}

// cleaned are fields with clean texts.
func cleaned(fields ledger.Fields) ledger.Fields {
	for i, field := range fields.All() {
		neat := field
		for _, text := range []*string{&neat.Value.S, &neat.Raw, &neat.Did, &neat.Unit, &neat.Sheet} {
			*text = clean(*text)
		}
		if neat != field {
			fields = fields.With(i, neat)
		}
	}
	return fields
}

// numeric types hold their value in N, the others in S.
func numeric(c *form.Column) bool {
	switch c.Type {
	case form.AmountType, form.RateType, form.CountType, form.FlagType:
		return true
	}
	return false
}

// appendAbout writes what there is of a record besides its fields; first is of a row in force.
func appendAbout(b []byte, f *form.Form, r *ledger.Record, first ledger.Period) []byte {
	b = strconv.AppendInt(append(b, `{"row":`...), int64(r.Row), 10)
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
	if !first.IsZero() {
		b = append(b, `,"since":`...)
		b = appendQuoted(b, periodText(first))
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

// parseAbout reads what appendAbout wrote.
func parseAbout(text string, f *form.Form, r *ledger.Record) (first ledger.Period, err error) {
	s := scanner{rest: text}
	s.want(`{"row":`)
	r.Row = int(s.number())
	first = s.about(f, r)
	return first, s.ended(f, text)
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

// A scanner reads JSON as it is written here. Once it has failed it reads nothing.
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

// about reads what there is of a record besides its row and its fields, up to the end.
func (s *scanner) about(f *form.Form, r *ledger.Record) (first ledger.Period) {
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
		s.places(r)
	}
	if s.take(`,"since":`) {
		since, err := parsePeriod(s.quoted())
		s.failed = s.failed || err != nil
		first = since
	}
	if s.take(`,"key":`) {
		r.Key = s.quoted()
	}
	r.Returned = s.take(`,"returned":true`)
	r.Repeated = s.take(`,"repeated":true`)
	s.want("}")
	return first
}

// ended is an error unless the text was read up to its end.
func (s *scanner) ended(f *form.Form, text string) error {
	if s.failed || s.rest != "" {
		return fmt.Errorf("record of form %s: not as it was written, at %.40q: %.80s", f.ID, s.rest, text)
	}
	return nil
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
