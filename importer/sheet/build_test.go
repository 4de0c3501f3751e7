package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"huizong/internal/county"
)

// parts are the parts of a workbook by name.
type parts map[string]string

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace   = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	relSpace    = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	sheet1      = "xl/worksheets/sheet1.xml"
)

// goodSheet has every kind of cell, two merges, a hidden row and a hidden column.
const goodSheet = declaration + `<worksheet xmlns="` + mainSpace + `"><cols><col min="2" max="2" width="9" hidden="1"/></cols>` +
	`<sheetData>` +
	`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>二</t></is></c></row>` +
	`<row r="2" hidden="1"><c r="A2"><v>85.5</v></c><c r="B2" s="1"><v>45731</v></c><c r="C2" s="2"/><c r="D2" t="b"><v>1</v></c></row>` +
	`<row r="4"><c r="A4" t="e"><v>#REF!</v></c><c r="C4"><f>A2*2</f><v>171</v></c><c r="D4" t="str"><f>A1&amp;"x"</f><v>x</v></c>` +
	`<c r="E4"><f>1+1</f></c></row>` +
	`</sheetData><mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A2:A3"/></mergeCells></worksheet>`

const goodDump = `Sheet1 merges=[A1:B1 A2:A3] hidden=B
1: A=text"项目" B=text"二"
2 hidden: A=number"85.5" B=number"45731"[yyyy/m/d] D=bool"1"
4: A=error"#REF!" C=formula number"171" D=formula text"x" E=formula blank""
`

// good is a workbook without a fault, but for what the edits do to it.
func good(edits ...func(parts)) parts {
	p := parts{
		"[Content_Types].xml": declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels": declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="r1" Type="` + relSpace + `/officeDocument" Target="xl/workbook.xml"/>` +
			`<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"` +
			` Target="docProps/core.xml"/></Relationships>`,
		"docProps/core.xml": declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
			`xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>2024-06-25T16:00:00+08:00</dcterms:modified></cp:coreProperties>`,
		"xl/workbook.xml": declaration + `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `"><workbookPr/>` +
			`<sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="r1" Type="` + relSpace + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="r2" Type="` + relSpace + `/styles" Target="styles.xml"/>` +
			`<Relationship Id="r3" Type="` + relSpace + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml": declaration + `<styleSheet xmlns="` + mainSpace + `"><numFmts count="1"><numFmt numFmtId="176" formatCode="0.00_ "/></numFmts>` +
			`<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": declaration + `<sst xmlns="` + mainSpace + `"><si><t>项目</t></si><si><t>单位</t></si></sst>`,
		sheet1:                 goodSheet,
	}
	for _, edit := range edits {
		edit(p)
	}
	return p
}

// swap replaces text in a part, which must be there.
func swap(part, old, new string) func(parts) {
	return func(p parts) {
		if !strings.Contains(p[part], old) {
			panic(fmt.Sprintf("%s has no %q", part, old))
		}
		p[part] = strings.ReplaceAll(p[part], old, new)
	}
}

// in replaces text in the worksheet.
func in(old, new string) func(parts) { return swap(sheet1, old, new) }

func set(part, content string) func(parts) { return func(p parts) { p[part] = content } }

func drop(part string) func(parts) { return func(p parts) { delete(p, part) } }

func move(from, to string) func(parts) {
	return func(p parts) {
		p[to] = p[from]
		delete(p, from)
	}
}

// zipped packs the parts, in the order of their names.
func zipped(tb testing.TB, p parts) []byte {
	tb.Helper()
	var names []string
	for name := range p {
		names = append(names, name)
	}
	slices.Sort(names)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	for _, name := range names {
		addEntry(tb, w, name, p[name], zip.Deflate)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func addEntry(tb testing.TB, w *zip.Writer, name, content string, method uint16) {
	tb.Helper()
	if content == "" {
		method = zip.Store
	}
	entry, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err == nil {
		_, err = entry.Write([]byte(content))
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// rezipped packs the parts and lets spoil change the entry of one of them: its
// header and its compressed bytes.
func rezipped(tb testing.TB, p parts, name string, spoil func(h *zip.FileHeader, raw []byte) []byte) []byte {
	tb.Helper()
	plain := zipped(tb, p)
	archive, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		tb.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, file := range archive.File {
		offset, err := file.DataOffset()
		if err != nil {
			tb.Fatal(err)
		}
		raw := bytes.Clone(plain[offset : offset+int64(file.CompressedSize64)])
		header := file.FileHeader
		header.Flags &^= 8 // sizes and checksum stand before the data
		if file.Name == name {
			raw = spoil(&header, raw)
			header.CompressedSize64 = uint64(len(raw))
		}
		entry, err := w.CreateRaw(&header)
		if err == nil {
			_, err = entry.Write(raw)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// dump reads a whole workbook as text, one line a row.
func dump(data []byte, limits Limits) (string, error) {
	book, err := Open(bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		return "", err
	}
	return dumpSheets(book)
}

// dumpBook is dump of a book that must be good.
func dumpBook(tb testing.TB, book *Book) string {
	tb.Helper()
	text, err := dumpSheets(book)
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

func dumpSheets(book *Book) (string, error) {
	var b strings.Builder
	for _, sheet := range book.Sheets() {
		var rows strings.Builder
		for row, err := range sheet.Rows() {
			if err != nil {
				return "", err
			}
			dumpRow(&rows, row)
		}
		b.WriteString(sheet.Name)
		if sheet.Hidden {
			b.WriteString(" hidden")
		}
		fmt.Fprintf(&b, " merges=%v hidden=", sheet.Merges)
		for column := 1; column <= 26; column++ {
			if sheet.ColumnHidden(column) {
				b.WriteString(ColumnName(column))
			}
		}
		b.WriteString("\n" + rows.String())
	}
	return b.String(), nil
}

func dumpRow(b *strings.Builder, row *Row) {
	fmt.Fprint(b, row.Number)
	if row.Hidden {
		b.WriteString(" hidden")
	}
	b.WriteByte(':')
	for _, cell := range row.Cells {
		fmt.Fprintf(b, " %s=", ColumnName(cell.Column))
		if cell.Formula {
			b.WriteString("formula ")
		}
		fmt.Fprintf(b, "%s%q", []string{"blank", "number", "text", "bool", "error"}[cell.Kind], cell.Raw)
		if cell.Format != "" {
			fmt.Fprintf(b, "[%s]", cell.Format)
		}
		if m := cell.Marked; m != nil {
			fmt.Fprintf(b, " plain%q", m.Plain)
			if m.Struck {
				b.WriteString(" struck")
			}
			if m.Raised {
				b.WriteString(" raised")
			}
		}
	}
	b.WriteByte('\n')
}

// defaultLimits are those of the county.
var defaultLimits = Limits(county.Default().Limits)

// openBytes opens a file that is held.
func openBytes(data []byte, passwords ...string) (*Book, error) {
	return Open(bytes.NewReader(data), int64(len(data)), defaultLimits, passwords...)
}

// refused is the refusal that the file is expected to meet.
func refused(tb testing.TB, err error) *Refusal {
	tb.Helper()
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		tb.Fatalf("not a refusal: %v", err)
	}
	if strings.HasPrefix(refusal.Detail, "the reader gave up") {
		tb.Fatalf("a panic: %v", err)
	}
	return refusal
}
