package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func wrongSum(h *zip.FileHeader, raw []byte) []byte {
	h.CRC32 ^= 1
	return raw
}

// TestDamage: a good workbook with one fault is refused whole, for the right
// reason, and the part at fault is named.
func TestDamage(t *testing.T) {
	const (
		book   = "xl/workbook.xml"
		rels   = "xl/_rels/workbook.xml.rels"
		texts  = "xl/sharedStrings.xml"
		styles = "xl/styles.xml"
		core   = "docProps/core.xml"
		types  = "[Content_Types].xml"
	)
	for _, test := range []struct {
		name string
		part string
		edit func(parts)
	}{
		{"cut off between rows", sheet1, set(sheet1, goodSheet[:strings.Index(goodSheet, `<row r="4"`)])},
		{"cut off in a tag", sheet1, set(sheet1, goodSheet[:strings.Index(goodSheet, ` r="B2"`)])},
		{"cut off in a value", sheet1, set(sheet1, goodSheet[:strings.Index(goodSheet, `.5</v>`)])},
		{"cut off before the end", sheet1, set(sheet1, strings.TrimSuffix(goodSheet, ">"))},
		{"cut off, but closed", sheet1, in(`<row r="4">`, `<row r="4"></worksheet>`)},
		{"nothing", sheet1, set(sheet1, "")},
		{"something after the end", sheet1, set(sheet1, goodSheet+"x")},
		{"two documents", sheet1, set(sheet1, goodSheet+goodSheet[len(declaration):])},
		{"bare &", sheet1, in("二", "a & b")},
		{"unknown entity", sheet1, in("二", "&nbsp;")},
		{"reference to no character", sheet1, in("二", "&#0;")},
		{"reference beyond Unicode", sheet1, in("二", "&#x110000;")},
		{"control character", sheet1, in("二", "\x0B")},
		{"zero byte", sheet1, in("二", "\x00")},
		{"GBK bytes", sheet1, in("二", "\xB6\xFE")},
		{"GBK declared", sheet1, in("UTF-8", "GB18030")},
		{"ISO 8859-1 declared", sheet1, in("UTF-8", "ISO-8859-1")},
		{"GBK cut in a character", sheet1, set(sheet1, gb18030(strings.Replace(goodSheet, "UTF-8", "GBK", 1))[:len(gb18030(goodSheet))-len("GBK")]+"\xB6")},
		{"an encoding of nobody", sheet1, in("UTF-8", "EBCDIC")},
		{"UTF-16 declared", sheet1, in("UTF-8", "UTF-16")},
		{"XML 1.1", sheet1, in(`version="1.0"`, `version="1.1"`)},
		{"half a surrogate pair", sheet1, set(sheet1, strings.Replace(wide(goodSheet[len(declaration):], binary.LittleEndian), "\x8C\x4E", "\x3D\xD8", 1))},
		{"odd byte of UTF-16", sheet1, set(sheet1, wide(goodSheet[len(declaration):], binary.BigEndian)+" ")},
		{"DOCTYPE", sheet1, in("?>\n", `?><!DOCTYPE x>`)},
		{"entity bomb", sheet1, in("?>\n", `?><!DOCTYPE x [<!ENTITY a "aaaa">]>`)},
		{"declaration in the middle", sheet1, in("<cols>", `<?xml version="1.0"?><cols>`)},
		{"declaration after a blank", sheet1, set(sheet1, " "+goodSheet)},
		{"-- in a comment", sheet1, in("<cols>", `<!-- a -- b --><cols>`)},
		{"]]> in text", sheet1, in("二", "]]>")},
		{"< in an attribute", sheet1, in(`width="9"`, `width="<"`)},
		{"attribute without quotes", sheet1, in(`width="9"`, `width=9`)},
		{"attributes run together", sheet1, in(`max="2" width`, `max="2"width`)},
		{"attribute twice", sheet1, in(`width="9"`, `width="9" width="8"`)},
		{"tags that cross", sheet1, in(`</v></c><c r="C2"`, `</c></v><c r="C2"`)},
		{"prefix of no namespace", sheet1, in(`<v>85.5</v>`, `<x:v>85.5</x:v>`)},
		{"attribute of no namespace", sheet1, in(`<v>85.5</v>`, `<v x14:a="1">85.5</v>`)},
		{"namespace of a stranger", sheet1, in(mainSpace, "urn:x")},
		{"cells of a stranger", sheet1, in(`<v>85.5</v>`, `<v xmlns="urn:x">85.5</v>`)},
		{"text between rows", sheet1, in(`<row r="4">`, `7<row r="4">`)},
		{"text between cells", sheet1, in(`<c r="B2"`, `7<c r="B2"`)},
		{"cell outside of a row", sheet1, in(`<row r="4">`, `<c r="A3"/><row r="4">`)},
		{"no rows at all", sheet1, func(p parts) { in("sheetData", "sheetPr")(p) }},
		{"rows twice", sheet1, in(`<mergeCells`, `<sheetData></sheetData><mergeCells`)},

		{"rows out of order", sheet1, func(p parts) { in(`<row r="1">`, `<row r="3">`)(p); in(`A1"`, `A3"`)(p); in(`B1"`, `B3"`)(p) }},
		{"row twice", sheet1, in(`<row r="4">`, `<row r="2"><c r="A2"><v>7</v></c></row><row r="4">`)},
		{"row 0", sheet1, in(`<row r="1">`, `<row r="0">`)},
		{"row beyond the last", sheet1, in(`<row r="4">`, `<row r="1048577">`)},
		{"row after the last", sheet1, in(`<row r="4">`, `<row r="1048576"/><row><c><v>1</v></c></row><row r="4">`)},
		{"row that is no number", sheet1, in(`<row r="4">`, `<row r="4x">`)},
		{"row neither hidden nor not", sheet1, in(`hidden="1">`, `hidden="maybe">`)},
		{"cell twice", sheet1, in(`<c r="B2"`, `<c r="A2"><v>7</v></c><c r="B2"`)},
		{"cells out of order", sheet1, in(`<c r="C4">`, `<c r="B4"/><c r="A4">`)},
		{"cell of another row", sheet1, in(`r="B2"`, `r="B3"`)},
		{"absolute cell", sheet1, in(`r="B2"`, `r="$B$2"`)},
		{"cell beyond the last column", sheet1, in(`r="D2"`, `r="XFE2"`)},
		{"cell after the last column", sheet1, in(`<c r="D2" t="b">`, `<c r="XFD2"/><c>`)},
		{"cell with an empty reference", sheet1, in(`r="B2"`, `r=""`)},
		{"style that is no number", sheet1, in(`s="1"`, `s="x"`)},
		{"style beyond the last", sheet1, in(`s="1"`, `s="3"`)},
		{"string that is no number", sheet1, in(`<v>0</v>`, `<v>x</v>`)},
		{"string beyond the last", sheet1, in(`<v>0</v>`, `<v>2</v>`)},
		{"string below the first", sheet1, in(`<v>0</v>`, `<v>-1</v>`)},
		{"unknown type", sheet1, in(`t="b"`, `t="z"`)},
		{"empty type", sheet1, in(`t="b"`, `t=""`)},
		{"neither true nor false", sheet1, in(`t="b"><v>1`, `t="b"><v>2`)},
		{"number with a comma", sheet1, in("85.5", "1,085.5")},
		{"number with blanks", sheet1, in("85.5", " 85.5 ")},
		{"number in full-width digits", sheet1, in("85.5", "８５")},
		{"no finite number", sheet1, in("85.5", "NaN")},
		{"number too large", sheet1, in("85.5", "1E400")},
		{"number of 400 digits", sheet1, in("85.5", strings.Repeat("9", 400))},
		{"number without digits", sheet1, in("85.5", "-.")},
		{"exponent without digits", sheet1, in("85.5", "1E")},
		{"element in a value", sheet1, in("85.5", "<a>85.5</a>")},
		{"a value beside another text", sheet1, in("<is><t>二</t></is>", "<v>一</v><is><t>二</t></is>")},
		{"pieces of a row that overlap", sheet1, in(`<row r="4">`, `<row r="2"><c r="B2"><v>7</v></c></row><row r="4">`)},
		{"pieces of a row apart", sheet1, func(p parts) {
			p[sheet1] = strings.Replace(goodSheet, `</sheetData>`, `<row r="2"><c r="F2"><v>7</v></c></row></sheetData>`, 1)
		}},
		{"two values", sheet1, in("<v>85.5</v>", "<v>85.5</v><v>7</v>")},
		{"two formulas", sheet1, in("<f>1+1</f>", "<f>1</f><f>2</f>")},
		{"formula after its value", sheet1, in("<f>A2*2</f><v>171</v>", "<v>171</v><f>A2*2</f>")},
		{"shared formula without number", sheet1, in("<f>1+1</f>", `<f t="shared">1</f>`)},
		{"formula of an unknown kind", sheet1, in("<f>1+1</f>", `<f t="odd">1</f>`)},
		{"unknown element in a cell", sheet1, in("<f>1+1</f>", `<g>1</g>`)},
		{"merge that is no range", sheet1, in(`ref="A1:B1"`, `ref="A1:B"`)},
		{"merge without a range", sheet1, in(`ref="A1:B1"`, ``)},
		{"columns backwards", sheet1, in(`max="2"`, `max="1"`)},
		{"columns without end", sheet1, in(`max="2"`, ``)},

		{"no styles for a style", sheet1, drop(styles)},
		{"no strings for a string", sheet1, drop(texts)},
		{"styles cut off", styles, func(p parts) { p[styles] = p[styles][:len(p[styles])-5] }},
		{"number format declared nowhere", sheet1, swap(styles, `<xf numFmtId="14"/>`, `<xf numFmtId="177"/>`)},
		{"two number formats of a number", styles, swap(styles, `</numFmts>`, `<numFmt numFmtId="176" formatCode="0"/></numFmts>`)},
		{"number format without code", styles, swap(styles, ` formatCode="0.00_ "`, ``)},
		{"strings cut off", texts, func(p parts) { p[texts] = p[texts][:len(p[texts])-20] }},
		{"unknown element in a string", texts, swap(texts, `<t>单位</t>`, `<u>单位</u>`)},
		{"properties cut off", core, func(p parts) { p[core] = p[core][:len(p[core])-5] }},

		{"no content types", types, drop(types)},
		{"content types broken", types, swap(types, `</Types>`, ``)},
		{"no package relations", "_rels/.rels", drop("_rels/.rels")},
		{"two workbooks", "_rels/.rels", swap("_rels/.rels", `</Relationships>`,
			`<Relationship Id="z" Type="`+relSpace+`/officeDocument" Target="b.xml"/></Relationships>`)},
		{"workbook elsewhere", "_rels/.rels", swap("_rels/.rels", `Target="xl/workbook.xml"`, `Target="http://example.com/" TargetMode="External"`)},
		{"no workbook", "xl/workbook.xml", drop(book)},
		{"workbook empty", book, set(book, "")},
		{"no relations", rels, drop(rels)},
		{"relation twice", rels, swap(rels, `Id="r2"`, `Id="r1"`)},
		{"relation without target", rels, swap(rels, ` Target="styles.xml"`, ``)},
		{"sheet without relation", book, swap(book, `r:id="r1"`, `r:id="r7"`)},
		{"sheet without id", book, swap(book, ` r:id="r1"`, ``)},
		{"sheet that is a style", book, swap(book, `r:id="r1"`, `r:id="r2"`)},
		{"one part for two sheets", book, swap(book, `</sheets>`, `<sheet name="B" sheetId="2" r:id="r1"/></sheets>`)},
		{"no worksheet part", sheet1, drop(sheet1)},
		{"two parts of a name", `xl\styles.xml`, set(`xl\styles.xml`, "")},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := dump(zipped(t, good(test.edit)), defaultLimits)
			refusal := refused(t, err)
			if refusal.Reason != Damaged || refusal.Part != test.part {
				t.Errorf("refused as %s in %s: %v", refusal.Reason, refusal.Part, err)
			}
			if torn := strings.HasPrefix(test.name, "cut off") && test.name != "cut off, but closed"; torn && refusal.Row != 0 {
				t.Errorf("row %d is not at fault: %v", refusal.Row, err)
			}
		})
	}
}

// TestBrokenZip: damage below the XML.
func TestBrokenZip(t *testing.T) {
	plain := zipped(t, good())
	spoiled := func(spoil func(h *zip.FileHeader, raw []byte) []byte) []byte {
		return rezipped(t, good(), sheet1, spoil)
	}
	for _, test := range []struct {
		name   string
		data   []byte
		reason Reason
	}{
		{"wrong checksum", spoiled(wrongSum), Damaged},
		{"no checksum", spoiled(func(h *zip.FileHeader, raw []byte) []byte { h.CRC32 = 0; return raw }), Damaged},
		{"declared too short", spoiled(func(h *zip.FileHeader, raw []byte) []byte { h.UncompressedSize64--; return raw }), Damaged},
		{"declared too long", spoiled(func(h *zip.FileHeader, raw []byte) []byte { h.UncompressedSize64++; return raw }), Damaged},
		{"declared as nothing", spoiled(func(h *zip.FileHeader, raw []byte) []byte { h.UncompressedSize64 = 0; return raw }), Damaged},
		{"declared as 4 GB", spoiled(func(h *zip.FileHeader, raw []byte) []byte { h.UncompressedSize64 = 1<<32 - 2; return raw }), TooLarge},
		{"stream cut off", spoiled(func(_ *zip.FileHeader, raw []byte) []byte { return raw[:len(raw)/2] }), Damaged},
		{"stream damaged", spoiled(func(_ *zip.FileHeader, raw []byte) []byte { raw[len(raw)/2] ^= 0x55; return raw }), Damaged},
		{"unknown compression", spoiled(func(h *zip.FileHeader, raw []byte) []byte { h.Method = 99; return raw }), Damaged},
		{"encrypted", spoiled(func(h *zip.FileHeader, raw []byte) []byte { h.Flags |= 1; return raw }), Encrypted},
		{"upload interrupted", plain[:len(plain)-100], Damaged},
		{"only the beginning", plain[:10], Damaged},
		{"beginning missing", append([]byte("PK\x03\x04"), plain[300:]...), Damaged},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := dump(test.data, defaultLimits)
			if refusal := refused(t, err); refusal.Reason != test.reason {
				t.Error(err)
			}
		})
	}
}

// TestDamagedRow: the refusal names the row that was being read.
func TestDamagedRow(t *testing.T) {
	_, err := dump(zipped(t, good(in("<v>171</v>", "<v>1 71</v>"))), defaultLimits)
	const want = `damaged: xl/worksheets/sheet1.xml, row 4: cell C4: bad value "1 71"`
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// TestDamagedSheet: the refusal names the worksheet, wherever reading has got to.
func TestDamagedSheet(t *testing.T) {
	for name, data := range map[string][]byte{
		"a row":              zipped(t, good(in("<v>171</v>", "<v>1 71</v>"))),
		"what is around":     zipped(t, good(swap(sheet1, `<mergeCell ref="`, `<mergeCell ref="?`))),
		"no part":            zipped(t, good(drop(sheet1))),
		"a record of an xls": goodXLS(func(x *xls) { x.sheet += record(recordRow, u16(0)) }).file(),
	} {
		_, err := dump(data, defaultLimits)
		if refusal := refused(t, err); refusal.Reason != Damaged || refusal.Sheet != "Sheet1" {
			t.Errorf("%s: refused in sheet %q: %v", name, refusal.Sheet, err)
		}
	}
}

// TestLimits: each limit passes what is on it and refuses what is one over.
func TestLimits(t *testing.T) {
	size := func(part string) int64 { return int64(len(good()[part])) }
	var unzipped int64
	for part := range good() {
		unzipped += size(part)
	}
	data := zipped(t, good())
	var content int64
	book, err := openBytes(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range book.Sheets() {
		for row := range sheet.Rows() {
			for _, cell := range row.Cells {
				content += int64(len(cell.Raw))
			}
		}
	}
	for _, test := range []struct {
		name string
		set  func(l *Limits, n int64)
		on   int64
	}{
		{"file", func(l *Limits, n int64) { l.File = n }, int64(len(data))},
		{"unzipped", func(l *Limits, n int64) { l.Unzipped = n }, unzipped},
		{"sheet", func(l *Limits, n int64) { l.Sheet = n }, size(sheet1)},
		{"shared_strings", func(l *Limits, n int64) { l.SharedStrings = n }, size("xl/sharedStrings.xml")},
		{"styles", func(l *Limits, n int64) { l.Styles = n }, size("xl/styles.xml")},
		{"other", func(l *Limits, n int64) { l.Other = n }, size("xl/_rels/workbook.xml.rels")},
		{"entries", func(l *Limits, n int64) { l.Entries = int(n) }, int64(len(good()))},
		{"cells", func(l *Limits, n int64) { l.Cells = int(n) }, 9},
		{"strings", func(l *Limits, n int64) { l.Strings = int(n) }, 2},
		{"merges", func(l *Limits, n int64) { l.Merges = int(n) }, 2},
		{"formats", func(l *Limits, n int64) { l.Formats = int(n) }, 3},
		{"format", func(l *Limits, n int64) { l.Format = int(n) }, int64(len("0.00_ "))},
		{"text", func(l *Limits, n int64) { l.Text = int(n) }, int64(len("2024-06-25T16:00:00+08:00"))},
		{"content", func(l *Limits, n int64) { l.Content = int(n) }, content},
		{"depth", func(l *Limits, n int64) { l.Depth = int(n) }, 6},
	} {
		t.Run(test.name, func(t *testing.T) {
			limits := defaultLimits
			test.set(&limits, test.on)
			if _, err := dump(data, limits); err != nil {
				t.Errorf("on the limit of %d: %v", test.on, err)
			}
			test.set(&limits, test.on-1)
			_, err := dump(data, limits)
			if refusal := refused(t, err); refusal.Reason != TooLarge || refusal.Limit != test.name || refusal.Allowed != test.on-1 {
				t.Errorf("one over the limit: %+v", refusal)
			}
		})
	}
}

// TestStreamed: a sheet too large to be held is read from the zip in one pass, and its
// damage is found; what stands around its rows can be had before the last of them.
func TestStreamed(t *testing.T) {
	const rows = 300_000
	limits := defaultLimits
	limits.Cells = 3 * rows
	var b strings.Builder
	b.WriteString(`<worksheet xmlns="` + mainSpace + `"><sheetData>`)
	for range rows {
		b.WriteString(`<row><c><v>1</v></c><c t="s"><v>1</v></c><c s="1"><v>45731.25</v></c></row>`)
	}
	b.WriteString(`</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>`)
	large := good(set(sheet1, b.String()))
	if b.Len() < held {
		t.Fatal("the sheet is held")
	}
	data := zipped(t, large)
	book, err := Open(bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		t.Fatal(err)
	}
	sheet, last := book.Sheets()[0], 0
	for row, err := range sheet.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if last == rows/2 {
			if err := sheet.Around(); err != nil || len(sheet.Merges) != 1 {
				t.Fatalf("%d merges in the middle, %v", len(sheet.Merges), err)
			}
		}
		if last++; row.Number != last || len(row.Cells) != 3 || row.Cells[2].Raw != "45731.25" {
			t.Fatalf("row %d: %+v", last, row)
		}
	}
	if last != rows || len(sheet.Merges) != 1 {
		t.Errorf("%d rows, %d merges", last, len(sheet.Merges))
	}
	_, err = dump(rezipped(t, large, sheet1, wrongSum), limits)
	if refusal := refused(t, err); refusal.Reason != Damaged {
		t.Error(err)
	}
	swap(sheet1, `</mergeCells></worksheet>`, `</mergeCells>`)(large)
	_, err = dump(zipped(t, large), limits)
	if refusal := refused(t, err); refusal.Reason != Damaged || refusal.Row != 0 {
		t.Error(err)
	}
}

// TestDamageElsewhere: whatever is cut off a file of the other formats, and whichever byte of
// a packed one is flipped, the file is refused or says what it said before.
func TestDamageElsewhere(t *testing.T) {
	page := `<html><body><h1>2024年6月</h1><table><tr><th>序号<th>项目</tr><tr><td>1<td rowspan=2>甲</tr><tr><td>2</tr></table><p>注：样例</p></body></html>`
	for name, whole := range map[string][]byte{
		"ods": zipped(t, goodODS()), "fods": []byte(flatODS(odfStylesXML, odfTables)), "html": []byte(page), "xml": []byte(goodXML2003()),
	} {
		want, err := dump(whole, defaultLimits)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		prove := func(data []byte, what string, at int) {
			got, err := dump(data, defaultLimits)
			if err != nil {
				refused(t, err)
			} else if got != want {
				t.Errorf("%s, %s at %d of %d: %s", name, what, at, len(whole), cmp.Diff(want, got))
			}
		}
		for at := 1; at < len(whole); at += 7 {
			prove(whole[:at], "cut off", at)
			if name == "ods" {
				flipped := bytes.Clone(whole)
				flipped[at] ^= 0x10
				prove(flipped, "a flipped byte", at)
			}
		}
	}
}
