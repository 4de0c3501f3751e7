package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// wide gives s in UTF-16 with a mark.
func wide(s string, order binary.AppendByteOrder) string {
	b := order.AppendUint16(nil, 0xFEFF)
	for _, unit := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

// prefixed puts every element of a part into a namespace with a prefix.
func prefixed(part string) func(parts) {
	return func(p parts) {
		xml := strings.ReplaceAll(strings.ReplaceAll(p[part], "<", "<x:"), "<x:/", "</x:")
		p[part] = strings.ReplaceAll(strings.ReplaceAll(xml, "<x:?", "<?"), `xmlns="`, `xmlns:x="`)
	}
}

// TestSameCells: ways to write one workbook.
func TestSameCells(t *testing.T) {
	const otherRels = `<Relationship Id="x" Type="http://example.com/other" Target="nowhere.xml"/></Relationships>`
	for name, edit := range map[string]func(parts){
		"as it is":            func(parts) {},
		"strict namespaces":   func(p parts) { strict(p) },
		"prefixed worksheet":  prefixed(sheet1),
		"prefixed workbook":   func(p parts) { prefixed("xl/sharedStrings.xml")(p); prefixed("xl/styles.xml")(p) },
		"UTF-16, little end":  func(p parts) { p[sheet1] = wide(strings.Replace(goodSheet, "UTF-8", "UTF-16", 1), binary.LittleEndian) },
		"UTF-16, big end":     func(p parts) { p[sheet1] = wide(strings.Replace(goodSheet, "UTF-8", "utf-16", 1), binary.BigEndian) },
		"UTF-16 without mark": func(p parts) { p[sheet1] = wide(goodSheet[len(declaration):], binary.LittleEndian)[2:] },
		"byte order marks": func(p parts) {
			p[sheet1] = "\uFEFF" + p[sheet1]
			p["xl/workbook.xml"] = "\uFEFF" + p["xl/workbook.xml"]
		},
		"no declaration":         in(declaration, ""),
		"GBK, declared":          func(p parts) { p[sheet1] = gb18030(strings.Replace(goodSheet, "UTF-8", "GBK", 1)) },
		"ISO 8859-1, declared":   func(p parts) { swap("xl/styles.xml", "UTF-8", "ISO-8859-1")(p) },
		"cells in small letters": func(p parts) { in(`r="B2"`, `r="b2"`)(p); in(`"A1:B1"`, `"a1:b1"`)(p) },
		"a merge backwards":      in(`ref="A1:B1"`, `ref="B1:A1"`),
		"a row in pieces":        in(`<c r="B2"`, `</row><row r="2"><c r="B2"`),
		"pieces of a row swapped": func(p parts) {
			in(`<c r="A2"><v>85.5</v></c>`, ``)(p)
			in(`<row r="4">`, `<row r="2"><c r="A2"><v>85.5</v></c></row><row r="4">`)(p)
		},
		"an empty style":          in(`<c r="A2">`, `<c r="A2" s="">`),
		"a value beside its text": in(`<is><t>二</t></is>`, `<v>二</v><is><t>二</t></is>`),
		"a number format twice":   swap("xl/styles.xml", `</numFmts>`, `<numFmt numFmtId="176" formatCode="0.00_ "/></numFmts>`),
		"an unused number format": swap("xl/styles.xml", `<xf numFmtId="176"/>`, `<xf numFmtId="177"/>`),
		"many unused styles":      swap("xl/styles.xml", `<cellXfs`, `<cellStyleXfs>`+strings.Repeat(`<xf/>`, 70_000)+`</cellStyleXfs><cellXfs`),
		"properties twice": swap("_rels/.rels", `</Relationships>`,
			`<Relationship Id="r9" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"`+
				` Target="x.xml"/></Relationships>`),
		"absolute target":         swap("xl/_rels/workbook.xml.rels", `"worksheets/`, `"/xl/worksheets/`),
		"backslash target":        swap("xl/_rels/workbook.xml.rels", `"worksheets/`, `"worksheets\`),
		"upper-case part names":   func(p parts) { move(sheet1, "XL/WORKSHEETS/SHEET1.XML")(p); move("_rels/.rels", "_RELS/.RELS")(p) },
		"backslash part names":    func(p parts) { move(sheet1, `xl\worksheets\sheet1.xml`)(p) },
		"strings by another name": func(p parts) { renamed(p, "sharedStrings.xml", "text/table.xml") },
		"styles by another name":  func(p parts) { renamed(p, "styles.xml", "look.xml") },
		"no dimension of use":     in(`<cols>`, `<dimension ref="A1"/><cols>`),
		"no row references": func(p parts) {
			in(` r="1"`, "")(p)
			in(` r="2"`, "")(p)
		},
		"no cell references":          func(p parts) { in(` r="A1"`, "")(p); in(` r="B1"`, "")(p); in(` r="B2"`, "")(p) },
		"comments and instructions":   in(`<v>85.5</v>`, `<!-- a --><v>85<!-- < & -->.<?x y?>5</v>`),
		"end of rows in a comment":    in(`<row r="4">`, `<!--</sheetData>--><row r="4">`),
		"CDATA":                       in(`<t>二</t>`, `<t><![CDATA[二]]></t>`),
		"character references":        in(`<t>二</t>`, `<t>&#x4E8C;</t>`),
		"single quotes and blanks":    in(`<c r="A2">`, `<c  r = 'A2'`+"\n>"),
		"unknown elements":            in(`<sheetData>`, `<sheetPr><a><b c=">"/></a></sheetPr><sheetData>`),
		"extensions":                  in(`</row>`, `<extLst><ext/></extLst></row>`),
		"unknown attributes":          in(`<c r="A2">`, `<c cm="1" r="A2" vm="2">`),
		"empty value":                 in(`<c r="C2" s="2"/>`, `<c r="C2" s="2"><v/></c>`),
		"empty value of a string":     in(`<c r="C2" s="2"/>`, `<c r="C2" t="s"><v></v></c>`),
		"module of macros":            swap("xl/workbook.xml", `</sheets>`, `<sheet name="Module1" sheetId="2" r:id=""/></sheets>`),
		"relations of no interest":    swap("xl/_rels/workbook.xml.rels", `</Relationships>`, otherRels),
		"properties that are missing": drop("docProps/core.xml"),
		"rich text": in(`<is><t>二</t></is>`,
			`<is><r/><r><rPr><b/></rPr><t>二</t></r><rPh sb="0" eb="1"><t>er</t></rPh><phoneticPr fontId="1"/></is>`),
		"inline string as plain value": in(`<is><t>二</t></is>`, `<v>二</v>`),
		"dates from 1904":              swap("xl/workbook.xml", `<workbookPr/>`, `<workbookPr date1904="1"/>`),
		"alternatives in the styles": swap("xl/styles.xml", `<xf numFmtId="14"/>`,
			`<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">`+
				`<mc:Choice Requires="hs"><xf numFmtId="9"/></mc:Choice>`+
				`<mc:Fallback><xf numFmtId="14"/></mc:Fallback></mc:AlternateContent>`),
		"chart sheet beside": func(p parts) {
			swap("xl/workbook.xml", `</sheets>`, `<sheet name="Chart1" sheetId="2" r:id="r9"/></sheets>`)(p)
			swap("xl/_rels/workbook.xml.rels", `</Relationships>`, `<Relationship Id="r9" Type="`+relSpace+`/chartsheet" Target="c.xml"/></Relationships>`)(p)
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := dump(zipped(t, good(edit)), defaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(goodDump, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func strict(p parts) {
	for name := range p {
		p[name] = strings.ReplaceAll(p[name], mainSpace, "http://purl.oclc.org/ooxml/spreadsheetml/main")
		p[name] = strings.ReplaceAll(p[name], relSpace, "http://purl.oclc.org/ooxml/officeDocument/relationships")
	}
}

func renamed(p parts, old, new string) {
	move("xl/"+old, "xl/"+new)(p)
	swap("xl/_rels/workbook.xml.rels", old, new)(p)
}

// TestSameZip: ways to pack one workbook.
func TestSameZip(t *testing.T) {
	pack := func(add func(w *zip.Writer)) []byte {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for name, content := range good() {
			addEntry(t, w, name, content, zip.Store)
		}
		add(w)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	for name, data := range map[string][]byte{
		"stored":           pack(func(*zip.Writer) {}),
		"junk at the end":  append(zipped(t, good()), make([]byte, 3000)...),
		"folders":          pack(func(w *zip.Writer) { addEntry(t, w, "xl/", "", zip.Store) }),
		"files of a Mac":   pack(func(w *zip.Writer) { addEntry(t, w, "__MACOSX/._xl", "x", zip.Store) }),
		"a broken picture": rezipped(t, good(set("xl/media/image1.png", "0123456789")), "xl/media/image1.png", wrongSum),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := dump(data, defaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(goodDump, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestCell: how one cell reads, in the place of B2.
func TestCell(t *testing.T) {
	for _, test := range []struct{ name, cell, want string }{
		{"integer", `<c r="B2"><v>-0</v></c>`, `B=number"-0"`},
		{"exponent", `<c r="B2" t="n"><v>1.5E-3</v></c>`, `B=number"1.5E-3"`},
		{"more digits than a float has", `<c r="B2"><v>12345678901234567890.5</v></c>`, `B=number"12345678901234567890.5"`},
		{"largest power", `<c r="B2"><v>1e308</v></c>`, `B=number"1e308"`},
		{"General by its name", `<c r="B2" s="0"><v>1</v></c>`, `B=number"1"`},
		{"own format", `<c r="B2" s="2"><v>1</v></c>`, `B=number"1"[0.00_ ]`},
		{"escapes", `<c r="B2" t="inlineStr"><is><t>一_x000D_&#10;二_x005F_x000D__x0041</t></is></c>`, `B=text"一\r\n二_x000D__x0041"`},
		{"escapes of a formula", `<c r="B2" t="str"><f>A1</f><v>_x0041_</v></c>`, `B=formula text"A"`},
		{"pair of surrogates", `<c r="B2" t="inlineStr"><is><t>_xD83D__xDE00_</t></is></c>`, `B=text"😀"`},
		{"half a pair", `<c r="B2" t="inlineStr"><is><t>_xD83D_x</t></is></c>`, `B=text"_xD83D_x"`},
		{"escape across runs", `<c r="B2" t="inlineStr"><is><r><t>_x00</t></r><r><t>41_</t></r></is></c>`, `B=text"_x0041_"`},
		{"line ends", "<c r=\"B2\" t=\"inlineStr\"><is><t>a\r\nb\rc&#13;</t></is></c>", `B=text"a\nb\nc\r"`},
		{"blanks kept", `<c r="B2" t="inlineStr"><is><t> a </t></is></c>`, `B=text" a "`},
		{"entities", `<c r="B2" t="inlineStr"><is><t>&lt;&gt;&amp;&quot;&apos;</t></is></c>`, `B=text"<>&\"'"`},
		{"entity-like CDATA", `<c r="B2" t="inlineStr"><is><t><![CDATA[&lt;]]></t></is></c>`, `B=text"&lt;"`},
		{"no text in a string", `<c r="B2" t="inlineStr"><is/></c>`, `B=text""`},
		{"empty result", `<c r="B2" t="str"><f>""</f><v></v></c>`, `B=formula text""`},
		{"date as text", `<c r="B2" s="1" t="d"><v>2024-06-25T00:00:00</v></c>`, `B=text"2024-06-25T00:00:00"[yyyy/m/d]`},
		{"no value yet", `<c r="B2"><f>1/0</f></c>`, `B=formula blank""`},
		{"empty value of a formula", `<c r="B2"><f>1/0</f><v/></c>`, `B=formula blank""`},
		{"shared formula", `<c r="B2"><f t="shared" ref="B2:B9" si="0">A1</f><v>1</v></c>`, `B=formula number"1"`},
		{"array formula", `<c r="B2"><f t="array" ref="B2">A1</f><v>1</v></c>`, `B=formula number"1"`},
		{"error", `<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, `B=formula error"#DIV/0!"`},
		{"false", `<c r="B2" t="b"><v>0</v></c>`, `B=bool"0"`},
		{"only coloured", `<c r="B2" s="1"></c>`, ``},
		{"last column", `<c r="XFD2"><v>1</v></c>`, `XFD=number"1"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			xml := `<worksheet xmlns="` + mainSpace + `"><sheetData><row r="2">` + test.cell + `</row></sheetData></worksheet>`
			got, err := dump(zipped(t, good(set(sheet1, xml))), defaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			want := "Sheet1 merges=[] hidden=\n"
			if test.want != "" {
				want += "2: " + test.want + "\n"
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestStale: where the writer left it to Excel to calculate, a formula's 0 is none.
func TestStale(t *testing.T) {
	xml := `<worksheet xmlns="` + mainSpace + `"><sheetData><row r="1"><c><f>A9</f><v>0</v></c><c><f>A9</f><v>5</v></c><c><v>0</v></c>` +
		`<c t="str"><f>A9</f><v>0</v></c></row></sheetData></worksheet>`
	for calculation, want := range map[string]string{
		`<calcPr fullCalcOnLoad="1"/>`: `A=formula blank"" B=formula number"5" C=number"0" D=formula text"0"`,
		`<calcPr fullCalcOnLoad="0"/>`: `A=formula number"0" B=formula number"5" C=number"0" D=formula text"0"`,
		`<calcPr calcId="124519"/>`:    `A=formula number"0" B=formula number"5" C=number"0" D=formula text"0"`,
	} {
		got, err := dump(zipped(t, good(set(sheet1, xml), swap("xl/workbook.xml", `</workbook>`, calculation+`</workbook>`))), defaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff("Sheet1 merges=[] hidden=\n1: "+want+"\n", got); diff != "" {
			t.Errorf("%s: %s", calculation, diff)
		}
	}
}

func TestBook(t *testing.T) {
	open := func(edits ...func(parts)) *Book {
		t.Helper()
		data := zipped(t, good(edits...))
		book, err := Open(bytes.NewReader(data), int64(len(data)), defaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		return book
	}
	if book := open(); book.Modified != "2024-06-25T08:00:00Z" || book.Date1904 {
		t.Errorf("modified %q, 1904 %v", book.Modified, book.Date1904)
	}
	for text, want := range map[string]string{
		"2024-06-25": "2024-06-25T00:00:00Z", " 2024-06-25T01:02:03 ": "2024-06-25T01:02:03Z", "6月": "", "": "",
	} {
		if book := open(swap("docProps/core.xml", "2024-06-25T16:00:00+08:00", text)); book.Modified != want {
			t.Errorf("modified %q gives %q, want %q", text, book.Modified, want)
		}
	}
	if !open(swap("xl/workbook.xml", `<workbookPr/>`, `<workbookPr date1904="true"/>`)).Date1904 {
		t.Error("dates from 1904 are overlooked")
	}
	sheet := open(swap("xl/workbook.xml", `name="Sheet1"`, `name="A&amp;B_x0020_ " state="veryHidden"`)).Sheets()[0]
	if sheet.Name != "A&B  " || !sheet.Hidden {
		t.Errorf("name %q, hidden %v", sheet.Name, sheet.Hidden)
	}
}

// TestTwoPasses: a sheet reads the same again, also after a pass that was left,
// and two passes may run at a time.
func TestTwoPasses(t *testing.T) {
	data := zipped(t, good())
	book, err := Open(bytes.NewReader(data), int64(len(data)), defaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	sheet := book.Sheets()[0]
	read := func() string {
		var b strings.Builder
		for row, err := range sheet.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			dumpRow(&b, row)
		}
		return b.String()
	}
	first := read()
	for range sheet.Rows() {
		if read() != first {
			t.Error("another pass, within one, reads otherwise")
		}
		break
	}
	if read() != first {
		t.Error("the pass after reads otherwise")
	}
	if book.cells != 9 {
		t.Errorf("%d cells counted, want 9", book.cells)
	}
}

// TestCallersPanic: the panic of a loop body is the caller's own.
func TestCallersPanic(t *testing.T) {
	data := zipped(t, good())
	book, err := Open(bytes.NewReader(data), int64(len(data)), defaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if recover() != "mine" {
			t.Error("the panic was swallowed")
		}
	}()
	for range book.Sheets()[0].Rows() {
		panic("mine")
	}
}

type panicking struct{}

func (panicking) ReadAt([]byte, int64) (int, error) { panic("a bug") }

// TestReadersPanic: a panic of the reader ends the file, not the run.
func TestReadersPanic(t *testing.T) {
	_, err := Open(panicking{}, 1000, defaultLimits)
	var refusal *Refusal
	if !errors.As(err, &refusal) || refusal.Reason != Damaged || refusal.Detail != "the reader gave up: a bug" {
		t.Errorf("%v", err)
	}
	sheet := &Sheet{book: &Book{}, open: func() (*rows, error) {
		return &rows{next: func() (*Row, error) { panic("a bug") }, close: func() {}}, nil
	}}
	for _, err := range sheet.Rows() {
		if !errors.As(err, &refusal) {
			t.Errorf("%v", err)
		}
	}
}

// breaking fails to read from a certain byte on.
type breaking struct {
	data []byte
	from int64
}

var errDisk = errors.New("disk on fire")

func (b breaking) ReadAt(p []byte, offset int64) (int, error) {
	if offset+int64(len(p)) > b.from {
		return 0, errDisk
	}
	return bytes.NewReader(b.data).ReadAt(p, offset)
}

// TestOperatorsTrouble: a file that cannot be read is not a file at fault.
func TestOperatorsTrouble(t *testing.T) {
	data := zipped(t, good())
	for _, size := range []int64{0, 100, 1000, int64(len(data)) - 1} {
		if _, err := Open(breaking{data, size}, int64(len(data)), defaultLimits); !errors.Is(err, errDisk) {
			t.Errorf("broken from byte %d on: %v", size, err)
		}
	}
	if _, err := Open(bytes.NewReader(data[:500]), int64(len(data)), defaultLimits); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("shorter than its size: %v", err)
	}
}

func TestRef(t *testing.T) {
	for column, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 53: "BA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := Ref(column, 7); got != want+"7" {
			t.Errorf("Ref(%d, 7) = %s", column, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		column, row := rapid.IntRange(1, maxColumn).Draw(t, "column"), rapid.IntRange(1, maxRow).Draw(t, "row")
		if c, r, ok := parseRef([]byte(Ref(column, row))); !ok || c != column || r != row {
			t.Fatalf("%s reads as %d, %d", Ref(column, row), c, r)
		}
	})
	for _, bad := range []string{"", "A", "7", "A0", "A01", "$A$1", "XFE1", "AAAA1", "A1048577", "A1:", "A 1"} {
		if r, ok := parseRange([]byte(bad)); ok {
			t.Errorf("%q reads as %v", bad, r)
		}
	}
}

// TestWindow: what stands across the edge of the window reads the same.
func TestWindow(t *testing.T) {
	xml := strings.Replace(goodSheet, "<t>二</t>", "<t>"+strings.Repeat("二&amp;\r\n", 60)+"</t>", 1)
	want, err := tokens(new(scanner), nil, []byte(xml))
	if err != nil {
		t.Fatal(err)
	}
	for size := 64; size < 400; size += 7 {
		got, err := tokens(&scanner{own: make([]byte, 0, size)}, strings.NewReader(xml), nil)
		if err != nil || got != want {
			t.Fatalf("window of %d bytes: %v\n%s", size, err, cmp.Diff(want, got))
		}
	}
}

// tokens gives all tokens of a document, one a line, glueing text.
func tokens(s *scanner, r io.Reader, data []byte) (string, error) {
	if err := s.reset("test", defaultLimits, r, data); err != nil {
		return "", err
	}
	var b strings.Builder
	for {
		token, err := s.next()
		if err != nil {
			return b.String(), err
		}
		switch token {
		case tokenEOF:
			return b.String(), nil
		case tokenStart:
			b.WriteString("\n<" + string(s.local))
			for i := range s.attrs {
				b.WriteString(" " + string(s.attrs[i].name) + "=" + string(s.value(&s.attrs[i])))
			}
			b.WriteString("\n")
		case tokenEnd:
			b.WriteString("\n>\n")
		case tokenText:
			b.Write(decode(nil, s.text, s.literal))
		}
	}
}
