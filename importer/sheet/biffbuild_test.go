package sheet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"
	"unicode/utf16"
)

// file is a stream for a compound file.
type file struct{ name, data string }

// compoundOf makes a compound file of sectors of 1<<shift bytes, with up to 109 of
// them for the table of sectors.
func compoundOf(shift int, files ...file) []byte {
	size, u32 := 1<<shift, binary.LittleEndian.PutUint32
	var (
		next      []uint32 // of the sectors behind the table
		body      bytes.Buffer
		short     bytes.Buffer
		nextShort []uint32
	)
	chain := func(next *[]uint32, n int) uint32 {
		start := uint32(len(*next))
		for i := range n {
			*next = append(*next, start+uint32(i)+1)
		}
		if n == 0 {
			return endOfChain
		}
		(*next)[len(*next)-1] = endOfChain
		return start
	}
	put := func(data []byte) uint32 {
		n := (len(data) + size - 1) / size
		body.Write(data)
		body.Write(make([]byte, n*size-len(data)))
		return chain(&next, n)
	}
	directory := make([]byte, (len(files)+1+size/entrySize-1)/(size/entrySize)*size)
	entry := func(i int, name string, kind byte, start uint32, length int) {
		e := directory[i*entrySize:][:entrySize]
		units := utf16.Encode([]rune(name))
		for j, unit := range units {
			binary.LittleEndian.PutUint16(e[2*j:], unit)
		}
		e[64], e[66] = byte(2*len(units)+2), kind
		u32(e[68:], noEntry)
		u32(e[72:], noEntry)
		u32(e[76:], noEntry)
		u32(e[116:], start)
		u32(e[120:], uint32(length))
	}
	for i, f := range files {
		var start uint32
		if len(f.data) >= shortest {
			start = put([]byte(f.data))
		} else {
			n := (len(f.data) + 63) / 64
			start = chain(&nextShort, n)
			short.WriteString(f.data)
			short.Write(make([]byte, 64*n-len(f.data)))
		}
		entry(i+1, f.name, entryStream, start, len(f.data))
		if i+1 < len(files) {
			u32(directory[(i+1)*entrySize+72:], uint32(i+2)) // the next is its right sibling
		}
	}
	entry(0, "Root Entry", entryRoot, put(short.Bytes()), short.Len())
	if len(files) > 0 {
		u32(directory[76:], 1)
	}
	var table []byte
	for _, n := range nextShort {
		table = binary.LittleEndian.AppendUint32(table, n)
	}
	shortAt := put(append(table, bytes.Repeat([]byte{0xFF}, (size-len(table)%size)%size)...))
	directoryAt := put(directory)

	own := 0 // sectors of the table
	for own*size/4 < len(next)+own {
		own++
	}
	head := make([]byte, size)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	head[24], head[26], head[28], head[29] = 0x3E, byte(shift)/3, 0xFE, 0xFF // version 3 or 4
	head[30], head[32] = byte(shift), 6
	u32(head[44:], uint32(own))
	u32(head[56:], shortest)
	for _, at := range []int{48, 60} {
		u32(head[at:], map[int]uint32{48: directoryAt, 60: shortAt}[at])
	}
	u32(head[64:], uint32((len(table)+size-1)/size))
	u32(head[68:], endOfChain)
	for i := range 109 {
		at := uint32(noEntry)
		if i < own {
			at = uint32(len(next) + i) // the table lies at the end
		}
		u32(head[76+4*i:], at)
	}
	for range own {
		next = append(next, 0xFFFFFFFD)
	}
	out := append(head, body.Bytes()...)
	from := len(out)
	for _, n := range next {
		out = binary.LittleEndian.AppendUint32(out, n)
	}
	return append(out, bytes.Repeat([]byte{0xFF}, own*size-(len(out)-from))...)
}

// endOfChain marks the last sector of a chain.
const endOfChain = 0xFFFFFFFE

// fields glues numbers, as many bytes each as their types have, and texts.
func fields(values ...any) string {
	var b bytes.Buffer
	for _, value := range values {
		if text, ok := value.(string); ok {
			b.WriteString(text)
		} else if err := binary.Write(&b, binary.LittleEndian, value); err != nil {
			panic(err)
		}
	}
	return b.String()
}

// record is a record of BIFF.
func record(id uint16, values ...any) string {
	body := fields(values...)
	return fields(id, uint16(len(body)), body)
}

type (
	u8  = uint8
	u16 = uint16
	u32 = uint32
)

// wideText is a text of BIFF8 of two bytes a character.
func wideText(text string) string {
	units := utf16.Encode([]rune(text))
	return fields(u16(len(units)), u8(flagWide), units)
}

// xls is a workbook of BIFF by its records.
type xls struct {
	version uint16
	globals string
	name    string // of the sheet, with its length as the version has it
	state   uint8
	kind    uint8
	bof     uint16
	sheet   string
	tail    string // after the sheet
}

// goodXLS is a workbook of BIFF8 without a fault, but for what the edits do to it.
// It holds what goodSheet holds, but for the formula without value.
func goodXLS(edits ...func(*xls)) *xls {
	x := &xls{
		version: 0x0600, bof: 0x10, name: fields(u8(6), u8(0), "Sheet1"),
		globals: record(recordCodePage, u16(1200)) + record(recordDateMode, u16(0)) +
			record(recordFormat, u16(176), wideText("0.00_ ")) +
			style(0) + style(14) + style(176) +
			record(recordSST, u32(2), u32(2), wideText("项目"), wideText("单位")),
		sheet: record(recordColInfo, u16(1), u16(1), u16(0), u16(0), u16(1), u16(0)) +
			record(recordRow, u16(1), u16(0), u16(4), u16(0), u16(0), u16(0), u16(0x20), u16(0)) +
			record(recordLabelSST, u16(0), u16(0), u16(0), u32(0)) +
			record(recordLabel, u16(0), u16(1), u16(0), wideText("二")) +
			record(recordNumber, u16(1), u16(0), u16(0), 85.5) +
			record(recordRK, u16(1), u16(1), u16(1), u32(45731<<2|2)) +
			record(0x0201, u16(1), u16(2), u16(2)) +
			record(recordBoolErr, u16(1), u16(3), u16(0), u8(1), u8(0)) +
			record(recordBoolErr, u16(3), u16(0), u16(0), u8(0x17), u8(1)) +
			record(recordFormula, u16(3), u16(2), u16(0), 171.0, u16(0), u32(0), u16(0)) +
			record(recordFormula, u16(3), u16(3), u16(0), u32(0), u16(0), u16(0xFFFF), u16(0), u32(0), u16(0)) +
			record(recordString, u16(1), u8(0), "x") +
			record(recordMerged, u16(2), [8]u16{0, 0, 0, 1, 1, 2, 0, 0}),
	}
	for _, edit := range edits {
		edit(x)
	}
	return x
}

const goodXLSDump = `Sheet1 merges=[A1:B1 A2:A3] hidden=B
1: A=text"项目" B=text"二"
2 hidden: A=number"85.5" B=number"45731"[yyyy/m/d] D=bool"1"
4: A=error"#REF!" C=formula number"171" D=formula text"x"
`

// style is a cell style with a number format.
func style(format uint16) string { return record(recordXF, u16(0), format, [16]u8{}) }

// only makes records the only ones of the sheet.
func onlyRecords(records string) func(*xls) { return func(x *xls) { x.sheet = records } }

// stream gives the records of the workbook.
func (x *xls) stream() string {
	bof := func(kind uint16) string { return record(recordBOF, x.version, kind, [12]u8{}) }
	listed := func(at int) string {
		return record(recordSheet, u32(at), x.state, x.kind, x.name)
	}
	before := bof(5) + x.globals
	end := record(recordEOF)
	at := len(before) + len(listed(0)) + len(end)
	return before + listed(at) + end + bof(x.bof) + x.sheet + end + x.tail
}

// file packs the workbook.
func (x *xls) file() []byte {
	name := "Workbook"
	if x.version == 0x0500 {
		name = "Book"
	}
	return compoundOf(9, file{name, x.stream()})
}

// goodBIFF5 is goodXLS as Excel 5 for China writes it.
func goodBIFF5(edits ...func(*xls)) *xls {
	x := goodXLS(func(x *xls) {
		x.version, x.name = 0x0500, fields(u8(6), "Sheet1")
		x.globals = record(recordCodePage, u16(936)) + record(recordFormat, u16(176), u8(6), "0.00_ ") + style(0) + style(14) + style(176)
		label := record(recordLabel, u16(0), u16(0), u16(0), u16(4), "\xCF\xEE\xC4\xBF") +
			record(recordRString, u16(0), u16(1), u16(0), u16(2), "\xB6\xFE", u8(1), u8(0), u8(0))
		x.sheet = record(recordColInfo, u16(1), u16(1), u16(0), u16(0), u16(1), u16(0)) + label +
			x.sheet[bytes.Index([]byte(x.sheet), []byte(record(recordNumber, u16(1), u16(0), u16(0), 85.5))):]
		x.sheet = record(recordRow, u16(1), u16(0), u16(4), u16(0), u16(0), u16(0), u16(0x20), u16(0)) +
			string(bytes.Replace([]byte(x.sheet), []byte(record(recordString, u16(1), u8(0), "x")), []byte(record(recordString, u16(1), "x")), 1))
	})
	for _, edit := range edits {
		edit(x)
	}
	return x
}

// dumpXLS reads a workbook of BIFF8 whose sheet has these records alone; the first
// line, about the sheet, is left out.
func dumpXLS(tb testing.TB, x *xls) string {
	tb.Helper()
	got, err := dump(x.file(), defaultLimits)
	if err != nil {
		return fmt.Sprint(err)
	}
	_, rows, _ := bytes.Cut([]byte(got), []byte("\n"))
	return string(rows)
}
