package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"huizong/internal/form"
)

// out is where a part of a file is written, in pieces.
type out = *bufio.Writer

// text makes a file of a text.
func text(write func(w out)) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		writeFile(t, path, func(file *os.File) error {
			w := bufio.NewWriter(file)
			write(w)
			return w.Flush()
		})
	}
}

func writeFile(t *testing.T, path string, write func(w *os.File) error) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := write(file); err != nil {
		t.Fatal(err)
	}
}

func mustDo(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// repeated makes a file of one text many times, between a beginning and an end.
func repeated(before, piece string, times int, after string) func(*testing.T, string) {
	return text(func(w out) { repeat(w, before, piece, times, after) })
}

func repeat(w out, before, piece string, times int, after string) {
	w.WriteString(before)
	for range times {
		w.WriteString(piece)
	}
	w.WriteString(after)
}

// An entry is a part of a zip.
type entry struct {
	name  string
	write func(w out)
}

func plain(name, content string) entry {
	return entry{name, func(w out) { w.WriteString(content) }}
}

// zipFile makes a zip.
func zipFile(entries ...entry) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		writeFile(t, path, func(file *os.File) error { return writeZip(file, entries) })
	}
}

func writeZip(to io.Writer, entries []entry) error {
	z := zip.NewWriter(to)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, e := range entries {
		part, err := z.Create(e.name)
		if err != nil {
			return err
		}
		w := bufio.NewWriter(part)
		e.write(w)
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return z.Close()
}

const (
	mainSpace   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relSpace    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	sheetOpen   = `<worksheet xmlns="` + mainSpace + `"><sheetData>`
	sheetClose  = `</sheetData></worksheet>`
	packageRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
)

// A book is a workbook (.xlsx) to be written: its sheets, and what it may have besides.
type book struct {
	sheets          []func(w out) // sheetData and what is around it
	strings, styles func(w out)
	more            []entry
}

func (b book) create(t *testing.T, path string) {
	t.Helper()
	writeFile(t, path, func(file *os.File) error { return writeZip(file, b.entries()) })
}

func (b book) entries() []entry {
	entries := []entry{
		{"[Content_Types].xml", func(w out) {
			w.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
				`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
				`<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`)
		}},
		plain("_rels/.rels", packageRels+`<Relationship Id="r" Type="`+relSpace+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
		{"xl/workbook.xml", func(w out) {
			w.WriteString(`<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `"><sheets>`)
			for i := range b.sheets {
				fmt.Fprintf(w, `<sheet name="%d" sheetId="%d" r:id="s%d"/>`, i+1, i+1, i)
			}
			w.WriteString(`</sheets></workbook>`)
		}},
		{"xl/_rels/workbook.xml.rels", func(w out) {
			w.WriteString(packageRels + `<Relationship Id="t" Type="` + relSpace + `/sharedStrings" Target="t.xml"/>` +
				`<Relationship Id="y" Type="` + relSpace + `/styles" Target="y.xml"/>`)
			for i := range b.sheets {
				fmt.Fprintf(w, `<Relationship Id="s%d" Type="%s/worksheet" Target="s%d.xml"/>`, i, relSpace, i)
			}
			w.WriteString(`</Relationships>`)
		}},
	}
	for i, sheet := range b.sheets {
		entries = append(entries, entry{fmt.Sprintf("xl/s%d.xml", i), sheet})
	}
	if b.strings != nil {
		entries = append(entries, entry{"xl/t.xml", func(w out) {
			w.WriteString(`<sst xmlns="` + mainSpace + `">`)
			b.strings(w)
			w.WriteString(`</sst>`)
		}})
	}
	if b.styles != nil {
		entries = append(entries, entry{"xl/y.xml", func(w out) {
			w.WriteString(`<styleSheet xmlns="` + mainSpace + `">`)
			b.styles(w)
			w.WriteString(`</styleSheet>`)
		}})
	}
	return append(entries, b.more...)
}

// one is a workbook of one sheet of rows, with what stands behind them.
func one(rows func(w out), behind string) book {
	return book{sheets: []func(w out){func(w out) {
		w.WriteString(sheetOpen)
		rows(w)
		w.WriteString(`</sheetData>` + behind + `</worksheet>`)
	}}}
}

// shared gives a workbook its shared strings.
func (b book) shared(strings ...string) book {
	b.strings = func(w out) {
		for _, s := range strings {
			w.WriteString(`<si><t>` + s + `</t></si>`)
		}
	}
	return b
}

// row is a row of texts; one that begins with # names a shared string.
func row(texts ...string) string {
	var b strings.Builder
	b.WriteString(`<row>`)
	for _, s := range texts {
		if number, ok := strings.CutPrefix(s, "#"); ok {
			b.WriteString(`<c t="s"><v>` + number + `</v></c>`)
		} else {
			b.WriteString(`<c t="str"><v>` + s + `</v></c>`)
		}
	}
	return b.String() + `</row>`
}

// heading is the header of the form that most is asked of, and what stands in its rows.
func headingsOf(id string) []string {
	all := []string{"序号"}
	for _, c := range form.ByID(id).Columns {
		all = append(all, c.Name[strings.LastIndex(c.Name, "/")+1:])
	}
	return all
}

const hostileTitle = "城固县交通运输局2024年6月重点项目建设进展月报表（单位：万元）"

// filled writes title and header of progress, and rows of cells.
func filled(w out, rows int, cell func(row, column int) string) {
	head := headingsOf("progress")
	w.WriteString(row(hostileTitle) + row(head...))
	texts := make([]string, len(head))
	for i := range rows {
		for j := range texts {
			texts[j] = cell(i, j)
		}
		w.WriteString(row(texts...))
	}
}

// inTable is a workbook of such a table.
func inTable(rows int, cell func(row, column int) string) book {
	return one(func(w out) { filled(w, rows, cell) }, "")
}

func same(text string) func(row, column int) string {
	return func(int, int) string { return text }
}

// numbered is a text that stands nowhere else.
func numbered(text string) func(row, column int) string {
	return func(row, column int) string { return text + strconv.Itoa(row) + "." + strconv.Itoa(column) }
}

// sound is what reading takes of a cell, which holds figure where it is one of its column; one that is wrong is what it does not take.
func sound(row, column int, wrong bool, figure string) string {
	if column == 0 {
		return strconv.Itoa(row + 1)
	}
	switch c := form.ByID("progress").Columns[column-1]; {
	case wrong && c.Type != form.TextType:
		return "见附件"
	case c.Type == form.TextType:
		return "城固县第" + strconv.Itoa(row) + "号道路"
	case c.Type == form.AmountType, c.Type == form.CountType, c.Type == form.RateType:
		return figure
	}
	return ""
}

// bomb is a zip that says of a few bytes that they are 30 GB.
func bomb(t *testing.T, path string) {
	t.Helper()
	writeFile(t, path, func(file *os.File) error {
		z := zip.NewWriter(file)
		w, err := z.CreateRaw(&zip.FileHeader{Name: "a.csv", Method: zip.Deflate, CompressedSize64: 4, UncompressedSize64: 30 << 30})
		if err != nil {
			return err
		}
		if _, err := w.Write([]byte("\x03\x00\x00\x00")); err != nil {
			return err
		}
		return z.Close()
	})
}

func u16(n int) string { return string([]byte{byte(n), byte(n >> 8)}) }
func u32(n int) string { return u16(n) + u16(n>>16) }

// record writes a record of an .xls.
func record(w out, id int, body string) {
	w.WriteString(u16(id) + u16(len(body)) + body)
}

// sst writes shared strings of an .xls.
func sst(w out, n int, text string) {
	var b strings.Builder
	b.WriteString(u16(len([]rune(text))) + "\x01")
	for _, r := range text {
		b.WriteString(u16(int(r)))
	}
	each := 8_000 / b.Len()
	record(w, 0x00FC, u32(n)+u32(n))
	for left := n; left > 0; left -= each {
		record(w, 0x003C, strings.Repeat(b.String(), min(each, left)))
	}
}

// xls makes an .xls of one sheet, with records among those of the workbook.
func xls(records func(w out)) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		var b bytes.Buffer
		w := bufio.NewWriter(&b)
		bof := func(kind int) { record(w, 0x0809, u16(0x0600)+u16(kind)+strings.Repeat("\x00", 12)) }
		bof(5)
		record(w, 0x0085, u32(0)+"\x00\x00\x01\x00s")
		w.Flush()
		at := b.Len() - len("\x00\x00\x01\x00s") - 4
		record(w, 0x00E0, strings.Repeat("\x00", 20))
		records(w)
		record(w, 0x000A, "")
		w.Flush()
		copy(b.Bytes()[at:], u32(b.Len()))
		bof(0x10)
		record(w, 0x0203, u16(0)+u16(0)+u16(0)+strings.Repeat("\x00", 8))
		record(w, 0x000A, "")
		w.Flush()
		mustDo(t, os.WriteFile(path, compoundOf(stream{"Workbook", b.String()}), 0o600))
	}
}

// A stream is a file within a compound file.
type stream struct{ name, data string }

// compoundOf is a compound file (OLE) of streams, each filled up with zeros to whole sectors.
func compoundOf(streams ...stream) []byte {
	const size, free, end, table = 4096, -1, -2, -3
	pad := func(b []byte) []byte { return append(b, make([]byte, (size-len(b)%size)%size)...) }
	directory := entryOf("Root Entry", 5, free, 1, end, 0)
	var next []int // of the sectors behind the tables: the directory first
	var body []byte
	chain := func(data []byte) {
		body = append(body, data...)
		for range len(data)/size - 1 {
			next = append(next, len(next)+1)
		}
		next = append(next, end)
	}
	chain(pad(make([]byte, 1)))
	for i, s := range streams {
		data := pad([]byte(s.data))
		right := i + 2
		if i == len(streams)-1 {
			right = free
		}
		directory = append(directory, entryOf(s.name, 2, right, free, len(next), len(data))...)
		chain(data)
	}
	tables := 1 + len(next)/(size/4-1)
	if tables > 109 {
		panic("more tables than the header lists")
	}
	file := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 16) + u16(0x3E) + u16(4) + u16(0xFFFE) + u16(12) + u16(6) +
		strings.Repeat("\x00", 10) + u32(tables) + u32(tables) + u32(0) + u32(4096) + u32(end) + u32(0) + u32(end) + u32(0)
	for i := range tables {
		file += u32(i)
	}
	file += strings.Repeat(u32(free), 109-tables)
	var numbers []byte
	for range tables {
		numbers = append(numbers, u32(table)...)
	}
	for _, n := range next {
		if n >= 0 {
			n += tables
		}
		numbers = append(numbers, u32(n)...)
	}
	for len(numbers)%size != 0 {
		numbers = append(numbers, u32(free)...)
	}
	for i := range streams { // streams begin behind the tables
		at := (i+1)*128 + 116
		start := int(binary.LittleEndian.Uint32(directory[at:]))
		copy(directory[at:], u32(start+tables))
	}
	copy(body, directory)
	return append(append(pad([]byte(file)), numbers...), body...)
}

// entryOf is an entry of the directory of a compound file.
func entryOf(name string, kind byte, right, child, start, length int) []byte {
	b := make([]byte, 0, 128)
	for _, r := range name {
		b = append(b, u16(int(r))...)
	}
	b = append(b[:64], u16(2*len(name)+2)...)
	b = append(b, kind, 1)
	b = append(b, u32(-1)+u32(right)+u32(child)...)
	return append(b[:116], u32(start)+u32(length)+u32(0)...)
}

// agileOf is an encrypted workbook that says how often a password is to be hashed, as those of
// Excel do. No password opens it.
func agileOf(spins int) func(*testing.T, string) {
	const cipher = ` keyBits="256" hashAlgorithm="SHA512" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC"`
	info := u16(4) + u16(4) + u32(0x40) + `<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData` + cipher + `/><keyEncryptors>` +
		`<keyEncryptor><encryptedKey xmlns="http://schemas.microsoft.com/office/2006/keyEncryptor/password" spinCount="` + strconv.Itoa(spins) + `"` + cipher +
		`/></keyEncryptor></keyEncryptors></encryption>`
	return func(t *testing.T, path string) {
		t.Helper()
		mustDo(t, os.WriteFile(path, compoundOf(stream{"EncryptionInfo", info}, stream{"EncryptedPackage", u32(16) + u32(0) + strings.Repeat("x", 16)}), 0o600))
	}
}
