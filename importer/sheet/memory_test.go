package sheet

import (
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// mostMemory is what a process that reads any file, and holds its rows, may take
// from the system.
const mostMemory = 256 << 20

// pathsToRead makes this test binary read files instead of running tests.
const pathsToRead = "HUIZONG_TEST_READ"

// TestRead is the other process of readElsewhere.
func TestRead(t *testing.T) {
	for _, path := range filepath.SplitList(os.Getenv(pathsToRead)) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, _, cells, err := readAll(data)
		var m runtime.MemStats
		if runtime.ReadMemStats(&m); m.Sys > mostMemory {
			t.Fatalf("%s: %d MiB, %d cells, %v", filepath.Base(path), m.Sys>>20, cells, err)
		}
	}
}

// readElsewhere reads files in a process of their own, whose memory never shrinks,
// so that what it has at the end is what it needed at most.
func readElsewhere(t *testing.T, paths ...string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestRead$")
	child.Env = append(os.Environ(), pathsToRead+"="+strings.Join(paths, string(filepath.ListSeparator)))
	if out, err := child.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestMemory: the files that cost most, each just within the limits.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("many large files")
	}
	rows := func(row string, size int) func(parts) {
		const before, after = `<worksheet xmlns="` + mainSpace + `"><sheetData>`, `</sheetData></worksheet>`
		return set(sheet1, before+strings.Repeat(row, (size-len(before)-len(after))/len(row))+after)
	}
	limits := defaultLimits
	size := int(limits.Sheet)
	texts := func(item string) func(parts) {
		const before, after = `<sst xmlns="` + mainSpace + `">`, `</sst>`
		n := min(limits.Strings, (int(limits.SharedStrings)-len(before)-len(after))/len(item))
		if strings.Contains(item, "<strike/>") {
			n = limits.Strings / 2
		}
		return set("xl/sharedStrings.xml", before+strings.Repeat(item, n)+after)
	}
	manyEntries := func(p parts) {
		for i := range 180_000 {
			p[strconv.Itoa(i)] = ""
		}
	}
	second := func(p parts) {
		swap("xl/workbook.xml", `</sheets>`, `<sheet name="B" sheetId="2" r:id="b"/></sheets>`)(p)
		swap("xl/_rels/workbook.xml.rels", `</Relationships>`, `<Relationship Id="b" Type="`+relSpace+`/worksheet" Target="b.xml"/></Relationships>`)(p)
		p["xl/b.xml"] = p[sheet1]
	}
	for name, edits := range map[string][]func(parts){
		"styled":  {rows(`<row><c/></row>`, size)},
		"wide":    {rows(`<row>`+strings.Repeat(`<c/>`, maxColumn)+`</row>`, size)},
		"numbers": {rows(`<row>`+strings.Repeat(`<c><v>1</v></c>`, 100)+`</row>`, 100*15*limits.Cells/100)},
		"long":    {rows(`<row><c><v>`+strings.Repeat("1", 200)+`</v></c></row>`, size)},
		"strings": {rows(`<row><c t="s"><v>1</v></c></row>`, 30*limits.Cells), texts(`<si><t>` + strings.Repeat("x", 20) + `</t></si>`)},
		"struck": {rows(`<row><c t="s"><v>1</v></c></row>`, 30*limits.Cells),
			texts(`<si><r><t>` + strings.Repeat("x", 10) + `</t></r><r><rPr><strike/></rPr><t>1</t></r></si>`)},
		"twice":    {rows(`<row><c><v>`+strings.Repeat("1", 200)+`</v></c></row>`, size-5000), second},
		"inline":   {rows(`<row><c t="inlineStr"><is><t>`+strings.Repeat("x", 90_000)+`</t></is></c></row>`, size)},
		"merges":   {in(`<mergeCell ref="A1:B1"/>`, strings.Repeat(`<mergeCell ref="A1:B1"/>`, limits.Merges-1))},
		"entries":  {manyEntries},
		"elements": {in(`<sheetData>`, strings.Repeat(`<a/>`, size/4-1000)+`<sheetData>`)},
	} {
		t.Run(name, func(t *testing.T) {
			measure(t, zipped(t, good(edits...)))
		})
	}
}

// measure reads a file elsewhere.
func measure(t *testing.T, data []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	readElsewhere(t, path)
}

// TestMemoryOfOthers: nor do the other formats need more memory.
func TestMemoryOfOthers(t *testing.T) {
	if testing.Short() {
		t.Skip("many large files")
	}
	limits := defaultLimits
	size := int(limits.File) - 400_000 // what the compound file takes for itself
	workbook := func(edits ...func(*xls)) []byte {
		return compoundOf(12, file{"Workbook", goodXLS(edits...).stream()})
	}
	cells := func(n, columns int, cell func(row, column int) string) func(*xls) {
		var b strings.Builder
		for i := range n {
			b.WriteString(cell(i/columns, i%columns))
		}
		return onlyRecords(b.String())
	}
	number := func(row, column int) string { return record(recordRK, u16(row), u16(column), u16(0), u32(4|2)) }
	label := func(row, column int) string {
		return record(recordLabel, u16(row), u16(column), u16(0), wideText("重点项目"))
	}
	texts := func(x *xls) {
		one := wideText("重点项目建设进展")
		each := longestRecord / len(one)
		times := limits.Strings / each
		x.globals = style(0) + record(recordSST, u32(each*times), u32(each*times)) +
			strings.Repeat(record(recordContinue, strings.Repeat(one, each)), times)
	}
	picture := make([]byte, size-2_000_000)
	rand.New(rand.NewSource(1)).Read(picture)
	locked, err := excelize.Encrypt(zipped(t, good(set("xl/media/image1.png", string(picture)))), &excelize.Options{Password: everybodys})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"numbers": workbook(cells(limits.Cells, 250, number)),
		"labels":  workbook(cells(min(size/23, limits.Cells), 250, label)),
		"texts": workbook(texts, cells(200_000, 250, func(row, column int) string {
			return record(recordLabelSST, u16(row), u16(column), u16(0), u32(row))
		})),
		"merges": workbook(onlyRecords(strings.Repeat(record(recordMerged, u16(1000),
			strings.Repeat(fields([4]u16{0, 0, 0, 1}), 1000)), limits.Merges/1000))),
		"csv":      []byte(strings.Repeat("1,2\n", limits.Cells/2)),
		"long csv": []byte(strings.Repeat(gb18030("重点项目建设进展月报表,")+"\n", min(size/24, limits.Cells))),
		"ods": []byte(flatODS("", `<table:table>`+strings.Repeat(`<table:table-row>`+
			strings.Repeat(`<table:table-cell office:value-type="float" office:value="1"/>`, 50)+`</table:table-row>`,
			min(size/3100, limits.Cells/50))+`</table:table>`)),
		"ods packed": zipped(t, goodODS(set("content.xml", strings.ReplaceAll(flatODS("", `<table:table>`+strings.Repeat(`<table:table-row>`+
			`<table:table-cell office:value-type="string"><text:p>`+strings.Repeat("重点项目", 50)+`</text:p></table:table-cell></table:table-row>`,
			int(limits.Content)/601)+`</table:table>`), "office:document", "office:document-content")))),
		"ods repeated": []byte(flatODS("", `<table:table><table:table-row table:number-rows-repeated="12">`+
			`<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row></table:table>`)),
		"html":      []byte(`<table>` + strings.Repeat(`<tr>`+strings.Repeat(`<td>重`, 100), limits.Cells/100) + `</table>`),
		"html rows": []byte(`<table>` + strings.Repeat(`<tr><td rowspan=65534>`, 40) + strings.Repeat(`<tr>`, 1_000_000) + `<tr><td>1</table>`),
		"2003": []byte(`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">` +
			`<Worksheet ss:Name="a"><Table>` +
			strings.Repeat(`<Row>`+strings.Repeat(`<Cell><Data ss:Type="Number">1</Data></Cell>`, 50)+`</Row>`,
				min(size/2400, limits.Cells/50)) + `</Table></Worksheet></Workbook>`),
		"encrypted": locked,
	} {
		t.Run(name, func(t *testing.T) {
			measure(t, data)
			if _, _, cells, err := readAll(data); err != nil || cells == 0 && name != "merges" {
				t.Errorf("%d cells, %v", cells, err)
			}
		})
	}
}
