package ledger

import (
	"encoding/binary"
	"errors"
	"iter"
	"slices"
	"unique"
)

// Fields are the fields of a record by column of its form. They are packed into one text that is never changed:
// records share it, and a row takes the bytes of what it says, not room for each column that there is. A column
// that the text does not reach is blank.
//
// The packed text is kept in databases, so that its shape stays as it is:
//
//	count of columns, 2 bytes
//	for each column where its field begins, 0 for a blank one: 2 bytes, 4 in a text of narrowMost bytes or more
//	the fields: a byte of marks, then what the marks say that there is, in the order of the marks
//
// All numbers have their lowest byte first. Within a field the value's number is a varint, the cell two uvarints (column, row), and a text its
// length as a uvarint and its bytes. Before the texts of how it was read stands a uvarint: 0, or instead of them the number of an earlier
// column, from 1 on, that was read in the same way.
type Fields struct{ packed string }

// The marks of a field.
const (
	markKnown   = 1 << iota // the value is known
	markNumber              // the value has a number
	markWords               // the value has a text
	markCell                // there is a cell
	markRaw                 // there is a raw text
	markAsWords             // the raw text is that of the value
	markReading             // there is how it was read: what was done, the unit and the sheet
	markHeld                // it is held back
)

// narrowMost is how long a text is in which the places of fields take four bytes each.
const narrowMost = 1 << 16

// Pack packs the fields of a record, one for each column from the first on.
func Pack(fields []Field) Fields {
	n := len(fields)
	for n > 0 && fields[n-1] == (Field{}) {
		n--
	}
	if n == 0 {
		return Fields{}
	}
	var room [1024]byte
	b := pack(room[:0], fields[:n], 2)
	if len(b) >= narrowMost {
		b = pack(b[:0], fields[:n], 4)
	}
	return Fields{string(b)}
}

// pack writes fields, with places of so many bytes.
func pack(b []byte, fields []Field, width int) []byte {
	b = append(b, make([]byte, 2+width*len(fields))...)
	binary.LittleEndian.PutUint16(b, uint16(len(fields)))
	for i := range fields {
		if fields[i] == (Field{}) {
			continue
		}
		if place := b[2+width*i:]; width == 2 {
			binary.LittleEndian.PutUint16(place, uint16(len(b)))
		} else {
			binary.LittleEndian.PutUint32(place, uint32(len(b)))
		}
		b = fields[i].append(b, readAs(fields[:i], &fields[i]))
	}
	return b
}

func (f *Field) marks() (marks byte) {
	set := func(mark byte, is bool) {
		if is {
			marks |= mark
		}
	}
	set(markKnown, f.Value.Known)
	set(markNumber, f.Value.N != 0)
	set(markWords, f.Value.S != "")
	set(markCell, f.Cell != Cell{})
	set(markRaw, f.Raw != "" && f.Raw != f.Value.S)
	set(markAsWords, f.Raw != "" && f.Raw == f.Value.S)
	set(markReading, f.Did != "" || f.Unit != "" || f.Sheet != "")
	set(markHeld, f.Held)
	return marks
}

// readAs is the number of the first of some columns, from 1 on, that was read as a field was; 0 if none was.
func readAs(columns []Field, f *Field) int {
	return 1 + slices.IndexFunc(columns, func(other Field) bool { return other.Did == f.Did && other.Unit == f.Unit && other.Sheet == f.Sheet })
}

// append writes a field; as is the number of a column that was read in the same way.
func (f *Field) append(b []byte, as int) []byte {
	marks := f.marks()
	b = append(b, marks)
	if marks&markNumber != 0 {
		b = binary.AppendVarint(b, f.Value.N)
	}
	if marks&markWords != 0 {
		b = appendText(b, f.Value.S)
	}
	if marks&markCell != 0 {
		b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(f.Cell.Column)), uint64(f.Cell.Row))
	}
	if marks&markRaw != 0 {
		b = appendText(b, f.Raw)
	}
	if marks&markReading == 0 {
		return b
	}
	if b = binary.AppendUvarint(b, uint64(as)); as == 0 {
		b = appendText(appendText(appendText(b, f.Did), f.Unit), f.Sheet)
	}
	return b
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// Packed is the text that the fields are kept as; ParseFields reads it.
func (f Fields) Packed() string { return f.packed }

// ParseFields reads what Packed gave, of so many columns at most. The fields share the memory of the text.
func ParseFields(packed string, columns int) (Fields, error) {
	f := Fields{packed}
	if packed == "" {
		return f, nil
	}
	n := f.Len()
	if n > columns || len(packed) < 2+f.width()*n {
		return Fields{}, errDamaged
	}
	for i := range n {
		if f.place(i) > len(packed) {
			return Fields{}, errDamaged
		}
		rest := f.at(i)
		if rest.field(); rest.failed {
			return Fields{}, errDamaged
		}
	}
	return f, nil
}

var errDamaged = errors.New("fields that are not as they were packed")

// Shared are the fields in memory that all fields share which say the same.
func (f Fields) Shared() Fields { return Fields{unique.Make(f.packed).Value()} }

// Equal reports whether two records say the same in all their fields, read in the same way.
func (f Fields) Equal(other Fields) bool { return f == other }

// Len is the number of columns up to the last that is not blank.
func (f Fields) Len() int {
	if len(f.packed) < 2 {
		return 0
	}
	return int(f.packed[0]) | int(f.packed[1])<<8
}

// All are the fields that are not blank, by column.
func (f Fields) All() iter.Seq2[int, Field] {
	return func(yield func(int, Field) bool) {
		for i := range f.Len() {
			if f.place(i) != 0 && !yield(i, f.At(i)) {
				return
			}
		}
	}
}

// At is the field of a column.
func (f Fields) At(i int) Field {
	rest := f.at(i)
	return rest.field()
}

// Value is the value of a column.
func (f Fields) Value(i int) Value {
	rest := f.at(i)
	return rest.value(rest.marks())
}

// Held reports whether the field of a column is held back.
func (f Fields) Held(i int) bool {
	rest := f.at(i)
	return rest.marks()&markHeld != 0
}

// Unpack gives so many fields, one for each column from the first on, to be changed and packed again.
func (f Fields) Unpack(columns int) []Field {
	fields := make([]Field, max(columns, f.Len()))
	for i, field := range f.All() {
		fields[i] = field
	}
	return fields
}

// With gives the fields with another one in a column.
func (f Fields) With(i int, field Field) Fields {
	fields := f.Unpack(i + 1)
	fields[i] = field
	return Pack(fields)
}

func (f Fields) width() int {
	if len(f.packed) < narrowMost {
		return 2
	}
	return 4
}

// place is where the field of a column begins; 0 for a blank one.
func (f Fields) place(i int) int {
	if i >= f.Len() {
		return 0
	}
	if at := 2 + 2*i; len(f.packed) < narrowMost {
		return int(f.packed[at]) | int(f.packed[at+1])<<8
	}
	at := 2 + 4*i
	return int(f.packed[at]) | int(f.packed[at+1])<<8 | int(f.packed[at+2])<<16 | int(f.packed[at+3])<<24
}

func (f Fields) at(i int) unpacker {
	if place := f.place(i); place != 0 {
		return unpacker{rest: f.packed[place:], of: f, column: i}
	}
	return unpacker{}
}

// An unpacker reads a field; nothing where it is blank. Once it has failed it reads blanks.
type unpacker struct {
	rest   string
	of     Fields // that it is one of, in this column
	column int
	failed bool
}

func (u *unpacker) field() (f Field) {
	marks := u.marks()
	f.Value = u.value(marks)
	if marks&markCell != 0 {
		f.Cell = Cell{int(u.number()), int(u.number())}
	}
	switch {
	case marks&markAsWords != 0:
		f.Raw = f.Value.S
	case marks&markRaw != 0:
		f.Raw = u.text()
	}
	if marks&markReading != 0 {
		f.Did, f.Unit, f.Sheet = u.reading()
	}
	f.Held = marks&markHeld != 0
	return f
}

// reading is how the field was read.
func (u *unpacker) reading() (did, unit, sheet string) {
	as := u.number()
	if as == 0 {
		return u.text(), u.text(), u.text()
	}
	if as > uint64(u.column) {
		u.failed = true
		return "", "", ""
	}
	other := u.of.At(int(as) - 1)
	return other.Did, other.Unit, other.Sheet
}

// marks are those of the field; none of a blank one.
func (u *unpacker) marks() (marks byte) {
	if u.rest != "" {
		marks, u.rest = u.rest[0], u.rest[1:]
	}
	return marks
}

func (u *unpacker) value(marks byte) Value {
	v := Value{Known: marks&markKnown != 0}
	if marks&markNumber != 0 {
		n := u.number()
		v.N = int64(n>>1) ^ -int64(n&1) // as binary.AppendVarint folds the sign
	}
	if marks&markWords != 0 {
		v.S = u.text()
	}
	return v
}

func (u *unpacker) number() (n uint64) {
	for i := 0; i < len(u.rest) && i < binary.MaxVarintLen64; i++ {
		n |= uint64(u.rest[i]&0x7f) << (7 * i)
		if u.rest[i] < 0x80 {
			u.rest = u.rest[i+1:]
			return n
		}
	}
	u.rest, u.failed = "", true
	return 0
}

func (u *unpacker) text() (text string) {
	n := u.number()
	if n > uint64(len(u.rest)) {
		u.rest, u.failed = "", true
		return ""
	}
	text, u.rest = u.rest[:n], u.rest[n:]
	return text
}
