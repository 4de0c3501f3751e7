package sheet

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"
)

func gb18030(text string) string {
	coded, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return coded
}

// dumpRows reads a text, without what is said of its sheet.
func dumpRows(data string) string {
	got, err := dump([]byte(data), defaultLimits)
	if err != nil {
		return fmt.Sprint(err)
	}
	return strings.TrimPrefix(got, " merges=[] hidden=\n")
}

func TestCSVEncoding(t *testing.T) {
	const text = "序号,项目名称\r\n1,某某工程\r\n"
	const want = "1: A=text\"序号\" B=text\"项目名称\"\n2: A=text\"1\" B=text\"某某工程\"\n"
	for _, test := range []struct{ name, data, want string }{
		{"UTF-8", text, want},
		{"UTF-8 with mark", "\uFEFF" + text, want},
		{"UTF-16", wide(text, binary.LittleEndian), want},
		{"UTF-16 of the other order", wide(text, binary.BigEndian), want},
		{"GB18030", gb18030(text), want},
		{"GB18030 of 2022", gb18030("县,") + "\xFE\x59\xA8\xBC\xA6\xD9" + gb18030("项目\n"), "1: A=text\"县\" B=text\"\u9FB4\u1E3F\uFE10项目\"\n"},
		{"GB18030 with a character of one's own", gb18030("县,") + "\xAA\xA1" + gb18030("项目\n"), "1: A=text\"县\" B=text\"\\ue000项目\"\n"},
		{"GB18030 of four bytes", gb18030("㐀,项目\n"), "1: A=text\"㐀\" B=text\"项目\"\n"},
		{"euro of code page 936", "\x80," + gb18030("元"), "1: A=text\"€\" B=text\"元\"\n"},
		{"ASCII", "a,b\n", "1: A=text\"a\" B=text\"b\"\n"},
		{"header in UTF-8, rows in GB18030", "序号,项目\n1," + gb18030("某某工程"), "csv: one line is UTF-8 and another is not"},
		{"UTF-8 cut in a character", text[:len(text)-3], "csv: one line is UTF-8 and another is not"},
		{"GB18030 cut in a character", gb18030("序号,项目")[:8], "csv: neither UTF-8 nor GB18030"},
		{"GB18030 that is UTF-8 by chance", gb18030("一,一"), "csv: may be UTF-8 or GB18030"},
		{"marked as UTF-8, but GB18030", "\uFEFF" + gb18030(text), "csv: marked as UTF-8, which it is not"},
		{"UTF-16 without mark", wide(text, binary.LittleEndian)[2:], want},
		{"UTF-16 of the other order without mark", wide(text, binary.BigEndian)[2:], want},
		{"letters in UTF-16 without mark", wide("a,b\r\n", binary.LittleEndian)[2:], "1: A=text\"a\" B=text\"b\"\n"},
		{"half a character of UTF-16", wide(text, binary.LittleEndian) + "x", "csv: UTF-16, but for some of it"},
		{"lost characters", "序号,\uFFFD\n", "csv: characters were lost when it was written"},
		{"zero byte", text + strings.Repeat("x", head) + "\x00", "damaged: a zero byte within text"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, dumpRows(test.data)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCSV(t *testing.T) {
	row := func(cells ...string) string {
		var b strings.Builder
		b.WriteString("1:")
		for i, cell := range cells {
			if cell != "" {
				fmt.Fprintf(&b, " %s=text%q", ColumnName(i+1), cell)
			}
		}
		return b.String() + "\n"
	}
	for _, test := range []struct{ name, data, want string }{
		{"semicolons", "a;1,5;c\n", row("a", "1,5", "c")},
		{"tabs, and commas among digits", "a\tb\n1\t2,345,678\n", row("a", "b") + "2: A=text\"1\" B=text\"2,345,678\"\n"},
		{"a tab that keeps a code text", "项目,代码\n某,\t0610\n", row("项目", "代码") + "2: A=text\"某\" B=text\"\\t0610\"\n"},
		{"full-width commas part nothing", "a，b,c\n", row("a，b", "c")},
		{"numbers stay text", "007,1e5\n", row("007", "1e5")},
		{"blanks stay", " a , b\n", row(" a ", " b")},
		{"empty fields", ",,c,\n", row("", "", "c")},
		{"ragged", "a,b\nc\n", row("a", "b") + "2: A=text\"c\"\n"},
		{"empty lines count", "\n\na,b\n", "3: A=text\"a\" B=text\"b\"\n"},
		{"no end of line at the end", "a,b", row("a", "b")},
		{"line ends of old Macs", "a,b\rc,d\r", row("a", "b") + "2: A=text\"c\" B=text\"d\"\n"},
		{"quoted", `"a,b","c""d",""` + "\n", row("a,b", `c"d`)},
		{"only quotes", `a,""""` + "\n", row("a", `"`)},
		{"line end in quotes", "\"a\r\nb\",c\nd,e", row("a\nb", "c") + "2: A=text\"d\" B=text\"e\"\n"},
		{"delimiters in quotes do not count", "\"a;b;c;d\",e\n", row("a;b;c;d", "e")},
		{"quote within", `5" pipe,a "b"` + "\n", row(`5" pipe`, `a "b"`)},
		{"guarded from Excel", `a,="007",="a,b",="a""b"` + "\n", row("a", "007", "a,b", `a"b`)},
		{"guarded, then quoted", `a,"=""007""","=""a,""""b"""""""` + "\n", row("a", "007", `a,"b"`)},
		{"guarded, and empty", `a,="",b` + "\n", row("a", "", "b")},
		{"formulas", `="a"&"b",="a,b` + "\n", row(`="a"&"b"`, `="a`, "b")},
		{"a formula quoted", `a,"=""a""&""b"""` + "\n", row("a", `="a"&"b"`)},
		{"blanks around quotes", `a, "b,c" ,  "d"` + "\n", row("a", "b,c", "d")},
		{"blanks before a quote that is never closed", `a, "b,c` + "\n", row("a", ` "b`, "c")},
		{"text behind the quote", `"甲"项目,b` + "\n", row(`"甲"项目`, "b")},
		{"text before and behind the quote", `a, "甲"项目,="乙"项目` + "\n", row("a", ` "甲"项目`, `="乙"项目`)},
		{"quote never closed", "a,b\n\"c,d\n", "damaged, row 2: a quote is never closed"},
		{"text behind the quote, delimiter within", "a,\"b,c\"d\n", "damaged, row 1: B1: something follows the closing quote"},
		{"last column", strings.Repeat(",", maxColumn-1) + "x\n", "1: XFD=text\"x\"\n"},
		{"beyond the last column", strings.Repeat(",", maxColumn) + "x\n", "damaged, row 1: a field beyond the last column"},
		{"last row", "a,b" + strings.Repeat("\n", maxRow-1) + "c", row("a", "b") + "1048576: A=text\"c\"\n"},
		{"beyond the last row", "a,b" + strings.Repeat("\n", maxRow) + "c", "damaged, row 1048576: more rows than a sheet has"},
		{"longest text", "a," + strings.Repeat("x", 98_304), row("a", strings.Repeat("x", 98_304))},
		{"longer than any text", "a," + strings.Repeat("x", 98_305), "limit: over the limit text = 98304"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, dumpRows(test.data)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestCSVOfOthers: what encoding/csv writes is read as it was.
func TestCSVOfOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.StringOf(rapid.SampledFrom([]rune("a1 ,;\t\"\n县，")))
		rows := rapid.SliceOfN(rapid.SliceOfN(field, 2, 4), 1, 5).Draw(t, "rows")
		comma := rapid.SampledFrom([]rune(",\t;")).Draw(t, "comma")
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		w.Comma, w.UseCRLF = comma, rapid.Bool().Draw(t, "CRLF")
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		l := &lines{text: out.String(), comma: byte(comma), limits: defaultLimits}
		if diff := cmp.Diff(cellsOf(rows), linesOf(t, l)); diff != "" {
			t.Fatalf("%q:\n%s", out.String(), diff)
		}
	})
}

// cellsOf are the fields of rows that hold characters, by their addresses.
func cellsOf(rows [][]string) map[string]string {
	cells := make(map[string]string)
	for i, row := range rows {
		for j, field := range row {
			if field != "" {
				cells[Ref(j+1, i+1)] = field
			}
		}
	}
	return cells
}

func linesOf(tb rapid.TB, l *lines) map[string]string {
	cells := make(map[string]string)
	for {
		row, err := l.next()
		if row == nil {
			if l.pos < len(l.text) {
				tb.Fatal(err)
			}
			return cells
		}
		for _, cell := range row.Cells {
			cells[Ref(cell.Column, row.Number)] = cell.Raw
		}
	}
}
