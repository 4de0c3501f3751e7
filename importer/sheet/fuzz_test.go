package sheet

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzSheetXML: a worksheet part is read or refused, in whatever pieces it comes,
// and what is read is XML in the opinion of encoding/xml too.
func FuzzSheetXML(f *testing.F) {
	f.Add([]byte(goodSheet))
	f.Add([]byte(`<x:worksheet xmlns:x="` + mainSpace +
		`"><x:sheetData><x:row><x:c t="str"><x:v>a&#10;_x0041_]]</x:v></x:c></x:row></x:sheetData></x:worksheet>`))
	f.Add([]byte(`<worksheet xmlns="` + mainSpace + `"><!-- --><sheetData/><a><![CDATA[]]]></a></worksheet>`))
	f.Add([]byte(gb18030(strings.Replace(goodSheet, "UTF-8", "GBK", 1))))
	f.Add([]byte("<?>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := dump(zipped(t, good(set(sheet1, string(data)))), defaultLimits); err != nil {
			refused(t, err)
		}
		whole, err := tokens(new(scanner), nil, data)
		pieces, err2 := tokens(&scanner{own: make([]byte, 0, 128)}, bytes.NewReader(data), nil)
		if err == nil && whole != pieces || (err == nil) != (err2 == nil) && len(data) < 128 {
			t.Fatalf("in one piece %q, %v; in many %q, %v", whole, err, pieces, err2)
		}
		if err != nil || byteOrder(data) != nil {
			return
		}
		other := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
		other.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
			decode := declared[strings.ToLower(label)]
			if decode == nil {
				return r, nil
			}
			rest, err := io.ReadAll(r)
			return strings.NewReader(decode(rest)), err
		}
		for {
			if _, err := other.RawToken(); err == io.EOF {
				return
			} else if err != nil {
				t.Fatalf("encoding/xml disagrees: %v", err)
			}
		}
	})
}

// FuzzOpen: whatever the bytes, they are read or refused.
func FuzzOpen(f *testing.F) {
	f.Add(zipped(f, good()))
	f.Add(goodXLS().file())
	f.Add(compoundOf(12, file{"Workbook", goodXLS(func(x *xls) { x.tail = strings.Repeat("\x00", 5000) }).stream()}))
	f.Add(sealOldRC4(goodXLS(), everybodys))
	f.Add(sealNewRC4(goodXLS(), everybodys, 128))
	f.Add(sealXOR(goodBIFF5(), everybodys))
	f.Add([]byte("序号,项目\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := dump(data, defaultLimits); err != nil {
			refused(t, err)
		}
	})
}

// FuzzDecrypt: whatever is said of an encryption, the file is read or refused.
func FuzzDecrypt(f *testing.F) {
	for _, data := range [][]byte{
		sealAgile(zipped(f, good()), everybodys, cipherSettings{"SHA1", 128}, cipherSettings{"SHA512", 256}),
		sealStandard(zipped(f, good()), everybodys, cipherAES128, 128),
	} {
		c, err := openCompound(data, defaultLimits)
		if err != nil {
			f.Fatal(err)
		}
		info, _ := c.read(encryptionInfo)
		sealed, _ := c.read(encryptedPackage)
		f.Add(info, sealed)
	}
	limits := defaultLimits
	limits.Spins = 20
	f.Fuzz(func(t *testing.T, info, sealed []byte) {
		if _, err := dump(compoundOf(9, file{"EncryptionInfo", string(info)}, file{"EncryptedPackage", string(sealed)}), limits); err != nil {
			refused(t, err)
		}
	})
}

// FuzzBIFF: a stream of records is read or refused, twice the same, with its cells in
// order.
func FuzzBIFF(f *testing.F) {
	f.Add([]byte(goodXLS().stream()))
	f.Add([]byte(goodBIFF5().stream()))
	f.Add([]byte(goodXLS(func(x *xls) {
		x.globals = style(0) + style(9) + record(recordSST, u32(1), u32(3), wideText("甲"), u16(2), u8(flagRich), u16(1), "a") +
			record(recordContinue, u8(0), "b", u32(0), u16(0), u8(0))
		x.sheet += record(recordMulRK, u16(9), u16(0), u16(0), u32(6), u16(1), u32(7), u16(1))
	}).stream()))
	f.Fuzz(func(t *testing.T, data []byte) {
		var dumps [2]string
		for i := range dumps {
			book, err := openBIFF("Workbook", data, defaultLimits)
			if err == nil {
				dumps[i], err = dumpSheets(book)
			}
			if err != nil {
				refused(t, err)
				dumps[i] = err.Error()
				continue
			}
			proveOrder(t, book)
		}
		if dumps[0] != dumps[1] {
			t.Fatal(cmp.Diff(dumps[0], dumps[1]))
		}
	})
}

// proveOrder proves what Row promises.
func proveOrder(t *testing.T, book *Book) {
	for _, sheet := range book.Sheets() {
		above := 0
		for row, err := range sheet.Rows() {
			if err != nil || row.Number <= above || len(row.Cells) == 0 {
				t.Fatalf("row %d below %d, %d cells, %v", row.Number, above, len(row.Cells), err)
			}
			above = row.Number
			left := 0
			for _, cell := range row.Cells {
				if cell.Column <= left || cell.Kind == Number && !isNumber([]byte(cell.Raw)) {
					t.Fatalf("%s after %s: %q", Ref(cell.Column, row.Number), Ref(left, row.Number), cell.Raw)
				}
				left = cell.Column
			}
		}
	}
}

// FuzzCSV: a text is read or refused, and where encoding/csv reads it too, it reads
// the same fields.
func FuzzCSV(f *testing.F) {
	f.Add([]byte("\uFEFF序号,项目\r\n1,\"某\"\"某,\n工程\"\r\n\r\n2,\n"))
	f.Add([]byte(`a,="007", "b" ,"c"d,"=""e"""` + "\n"))
	f.Add([]byte(wide("a,b\n", binary.BigEndian)[2:]))
	f.Add([]byte("\xD0\xF2\xBA\xC5\t\xCF\xEE\xC4\xBF\n1;2,3\r4"))
	f.Add([]byte(wide("a,\"b\n", binary.LittleEndian)))
	f.Fuzz(agreeOnCSV)
}

// agreeOnCSV reads a text and, where it is read, with encoding/csv too.
func agreeOnCSV(t *testing.T, data []byte) {
	decoded, err := decodeText(data)
	text := string(decoded)
	if err != nil {
		refused(t, err)
		return
	}
	book, err := openText(&source{r: bytes.NewReader(data), size: int64(len(data))}, defaultLimits)
	if err == nil {
		_, err = dumpSheets(book)
	}
	if err != nil {
		refused(t, err)
		return
	}
	proveOrder(t, book)
	if strings.Contains(strings.ReplaceAll(text, "\r\n", "\n"), "\r") {
		return // an end of line here, a character there
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = rune(delimiter(text)), -1
	theirs, err := r.ReadAll()
	if err != nil {
		return // a quote within a field is no fault here
	}
	var ours, fields []string
	for row := range book.Sheets()[0].Rows() {
		for _, cell := range row.Cells {
			ours = append(ours, cell.Raw)
		}
	}
	for _, field := range slices.Concat(theirs...) {
		if field = unguarded(field); field != "" {
			fields = append(fields, field)
		}
	}
	if diff := cmp.Diff(fields, ours); diff != "" {
		t.Fatal(diff)
	}
}

// FuzzODS: an OpenDocument file is read or refused, flat and packed alike.
func FuzzODS(f *testing.F) {
	f.Add([]byte(flatODS(odfStylesXML, odfTables)))
	f.Add([]byte(flatODS("", `<table:table><table:table-row table:number-rows-repeated="9"><table:table-cell office:value-type="float" office:value="1"/>`+
		`</table:table-row></table:table>`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		read := func(open func() (*Book, error)) string {
			book, err := open()
			if err != nil {
				refused(t, err)
				return "refused"
			}
			proveOrder(t, book)
			return dumpBook(t, book)
		}
		flat := read(func() (*Book, error) {
			d := newOpenDocument(defaultLimits)
			var s scanner
			if err := s.reset("", defaultLimits, nil, data); err != nil {
				return nil, err
			}
			if err := d.read(&s); err != nil {
				return nil, err
			}
			return d.finished("")
		})
		archive := read(func() (*Book, error) {
			return openBytes(zipped(t, goodODS(set("content.xml", string(data)))))
		})
		if flat != archive {
			t.Fatal(cmp.Diff(flat, archive))
		}
	})
}

// FuzzHTML: a page is read or refused, twice the same.
func FuzzHTML(f *testing.F) {
	f.Add([]byte(`<html><body><h1>表</h1><table><col span=2 style="display:none"><caption>名<tr><th rowspan=2 colspan=3>a<td>b&nbsp;<tr hidden><td><s>c</s>` +
		`<sup>1<table><tr><td>d<br>e</table>f</table><p>注</body></html>`))
	f.Add([]byte(`<!--[if gte mso 9]><x:Name>6月</x:Name><o:LastSaved>2024-06-25T08:00:00Z</o:LastSaved><![endif]--><table><td/></table>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		readTwice(t, func() (*Book, error) {
			return openHTML(&source{r: bytes.NewReader(data), size: int64(len(data))}, defaultLimits)
		})
	})
}

// FuzzSpreadsheetML: a workbook of 2003 is read or refused, twice the same.
func FuzzSpreadsheetML(f *testing.F) {
	f.Add([]byte(goodXML2003()))
	f.Fuzz(func(t *testing.T, data []byte) {
		readTwice(t, func() (*Book, error) {
			return openXML2003(&source{r: bytes.NewReader(data), size: int64(len(data))}, defaultLimits)
		})
	})
}

// readTwice reads a file that is refused, or has its cells in order, twice the same.
func readTwice(t *testing.T, open func() (*Book, error)) {
	var dumps [2]string
	for i := range dumps {
		book, err := open()
		if err != nil {
			refused(t, err)
			dumps[i] = err.Error()
			continue
		}
		proveOrder(t, book)
		dumps[i] = dumpBook(t, book)
	}
	if dumps[0] != dumps[1] {
		t.Fatal(cmp.Diff(dumps[0], dumps[1]))
	}
}

// FuzzZIP: the files of an archive are unpacked or refused, twice the same, and those that
// are unpacked are read or refused.
func FuzzZIP(f *testing.F) {
	f.Add(packed(f, "6月/甲.csv", "序号,项目\n", gb18030("乙.xls"), "<table><tr><td>1</table>", "../丙", "", `丁\..\戊`, "x"))
	f.Add(packed(f, "内.zip", string(packed(f, "a", "b"))))
	f.Fuzz(func(t *testing.T, data []byte) {
		once, twice := unpacked(t, data, defaultLimits), unpacked(t, data, defaultLimits)
		if diff := cmp.Diff(once, twice); diff != "" {
			t.Fatal(diff)
		}
		archive, err := Unpack(bytes.NewReader(data), int64(len(data)), defaultLimits)
		if err != nil {
			return
		}
		for _, file := range archive.Files {
			content, err := file.Content()
			if err == nil {
				_, err = dump(content, defaultLimits)
			}
			if err != nil {
				refused(t, err)
			}
		}
	})
}

// FuzzSniff: the kind of a file is told by its head alone, and is one that is known.
func FuzzSniff(f *testing.F) {
	for _, m := range magics {
		f.Add(append(make([]byte, m.at), m.bytes...))
	}
	for _, text := range []string{"<table>", "<?xml version=\"1.0\"?>", "MIME-Version: 1.0", "a,b", "附件", wide("a\tb", binary.BigEndian)} {
		f.Add([]byte(text))
	}
	known := []Reason{fileOPC, fileOLE, FileZIP, FileXLS, FileRAR, File7Z, FilePDF, FilePicture, FileSYLK,
		FileMHTML, FileDIF, FileUOF, FileWord, fileXML2003, fileFlatODS, fileMarkup, FileUnknown, FileText, FileCSV}
	f.Fuzz(func(t *testing.T, data []byte) {
		kind := func(data []byte) Reason {
			reason, _, err := sniff(&source{r: bytes.NewReader(data), size: int64(len(data))})
			if err != nil || !slices.Contains(known, reason) {
				t.Fatalf("%q, %v", reason, err)
			}
			return reason
		}
		whole := kind(data)
		if len(data) >= head && kind(append(data[:head:head], "\x00 behind the head"...)) != whole {
			t.Fatal("what is behind the head matters")
		}
	})
}
