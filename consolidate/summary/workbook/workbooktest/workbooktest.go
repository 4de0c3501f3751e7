// Package workbooktest reads finished workbooks back, for the tests of those who
// write them: as text for goldens, as a proof that what is stored agrees with
// what would be calculated, and as the pages that a printer would see.
package workbooktest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"huizong/internal/elsewhere"
)

// Bytes are the file that a workbook makes.
func Bytes(t testing.TB, book interface{ Bytes() ([]byte, error) }) []byte {
	t.Helper()
	data, err := book.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var update = flag.Bool("update", false, "rewrite the goldens")

// Golden holds a text against testdata/NAME.txt of the package that is tested; with -update it is
// written there.
func Golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(path, []byte(got), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got:\n%s", name, diff)
	}
}

// Goldens holds every sheet of a workbook against the golden of its name.
func Goldens(t testing.TB, data []byte) {
	t.Helper()
	for _, sheet := range Sheets(t, data) {
		Golden(t, sheet, Dump(t, data, sheet))
	}
}

// Sheets are the names of a workbook's sheets, in their order.
func Sheets(t testing.TB, data []byte) []string {
	t.Helper()
	return open(t, data).GetSheetList()
}

// Dump is a sheet as a reader sees it: one line a row, cells divided by " | ",
// nothing after the last cell that shows anything.
func Dump(t testing.TB, data []byte, sheet string) string {
	t.Helper()
	rows, err := open(t, data).GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, row := range rows {
		line := strings.ReplaceAll(strings.Join(row, " | "), "\n", "⏎")
		b.WriteString(strings.TrimRight(line, " |") + "\n")
	}
	return b.String()
}

// Zeros holds texts of cells equal that are a zero, which excelize shows as +0.0 or 0 where other programs show 0.0 or —.
var Zeros = cmp.Comparer(func(a, b string) bool { return a == b || zero.MatchString(a) && zero.MatchString(b) })

var zero = regexp.MustCompile(`^(\+?0[.0]*%?|—)$`)

// Texts are what the cells of a sheet show, by their names; those that show nothing are left out.
func Texts(t testing.TB, data []byte, sheet string) map[string]string {
	t.Helper()
	rows, err := open(t, data).GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for i, row := range rows {
		for j, text := range row {
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if text != "" {
				all[name] = text
			}
		}
	}
	return all
}

// Check proves a workbook: every formula has its value stored, under the right
// type, and it is the value that calculating gives; every chart holds in its
// caches what its cells hold.
func Check(t testing.TB, data []byte) {
	t.Helper()
	f := open(t, data)
	for i, sheet := range f.GetSheetList() {
		checkFormulas(t, f, sheet, sheetCells(t, data, i))
	}
	for i := 1; has(t, data, "xl/charts/chart"+strconv.Itoa(i)+".xml"); i++ {
		checkChart(t, f, part(t, data, "xl/charts/chart"+strconv.Itoa(i)+".xml"))
	}
}

func open(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func has(t testing.TB, data []byte, name string) bool {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		if f.Name == name {
			return true
		}
	}
	return false
}

func part(t testing.TB, data []byte, name string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := r.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A formulaCell is a cell as the file holds it.
type formulaCell struct {
	Ref     string  `xml:"r,attr"`
	Type    string  `xml:"t,attr"`
	Formula string  `xml:"f"`
	Value   *string `xml:"v"`
}

// sheetCells are the cells of the sheet of that index.
func sheetCells(t testing.TB, data []byte, index int) []formulaCell {
	t.Helper()
	var sheet struct {
		Cells []formulaCell `xml:"sheetData>row>c"`
	}
	if err := xml.Unmarshal(part(t, data, "xl/worksheets/sheet"+strconv.Itoa(index+1)+".xml"), &sheet); err != nil {
		t.Fatal(err)
	}
	return sheet.Cells
}

func checkFormulas(t testing.TB, f *excelize.File, sheet string, cells []formulaCell) {
	t.Helper()
	for _, c := range cells {
		if c.Formula == "" {
			continue
		}
		if c.Value == nil {
			t.Errorf("%s!%s: =%s without a value", sheet, c.Ref, c.Formula)
			continue
		}
		number, err := strconv.ParseFloat(*c.Value, 64)
		if isText := c.Type == "str"; !isText && (err != nil || c.Type != "" && c.Type != "n") {
			t.Errorf("%s!%s: =%s holds %q of type %q", sheet, c.Ref, c.Formula, *c.Value, c.Type)
		}
		got, err := f.CalcCellValue(sheet, c.Ref, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Errorf("%s!%s: =%s: %v", sheet, c.Ref, c.Formula, err)
			continue
		}
		calculated, err := strconv.ParseFloat(got, 64)
		same := err == nil && math.Abs(calculated-number) <= 1e-9*math.Max(1, math.Abs(number))
		if c.Type == "str" {
			same = got == *c.Value
		}
		if !same {
			t.Errorf("%s!%s: =%s holds %q, calculating gives %q", sheet, c.Ref, c.Formula, *c.Value, got)
		}
	}
}

// Recalculate has LibreOffice calculate every formula anew, with no stored value to lean
// on, and compares. It skips the test where LibreOffice is missing.
func Recalculate(t *testing.T, data []byte) {
	t.Helper()
	dir := t.TempDir()
	book := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(book, withoutValues(t, data), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	there(t, elsewhere.Convert(t.Context(), "xlsx", out, book))
	calculated, err := excelize.OpenFile(filepath.Join(out, "book.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer calculated.Close()
	formulas := 0
	for i, sheet := range Sheets(t, data) {
		formulas += compareFormulas(t, sheetCells(t, data, i), calculated, sheet)
	}
	if formulas == 0 {
		t.Error("no formula was calculated")
	}
}

// withoutValues is the workbook without the stored values of its formulas.
func withoutValues(t testing.TB, data []byte) []byte {
	t.Helper()
	bare, err := elsewhere.WithoutValues(data)
	if err != nil {
		t.Fatal(err)
	}
	return bare
}

// compareFormulas holds the values stored in a sheet against those calculated, and counts
// the formulas.
func compareFormulas(t testing.TB, stored []formulaCell, calculated *excelize.File, sheet string) (formulas int) {
	t.Helper()
	for _, c := range stored {
		if c.Formula == "" || c.Value == nil {
			continue
		}
		formulas++
		got, err := calculated.GetCellValue(sheet, c.Ref, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		if !same(got, *c.Value) {
			t.Errorf("%s!%s: =%s holds %q, LibreOffice gives %q", sheet, c.Ref, c.Formula, *c.Value, got)
		}
	}
	return formulas
}

// same compares values as texts, numbers to nine digits.
func same(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX == nil && errY == nil {
		return math.Abs(x-y) <= 1e-9*math.Max(1, math.Abs(y))
	}
	return a == b
}

// reference is what a chart refers to, and what it keeps of it.
type reference struct {
	Formula string `xml:"f"`
	Num     *cache `xml:"numCache"`
	Str     *cache `xml:"strCache"`
}

type cache struct {
	Count struct {
		N int `xml:"val,attr"`
	} `xml:"ptCount"`
	Points []struct {
		Index int    `xml:"idx,attr"`
		Value string `xml:"v"`
	} `xml:"pt"`
}

func checkChart(t testing.TB, f *excelize.File, xmlText []byte) {
	t.Helper()
	found := 0
	d := xml.NewDecoder(bytes.NewReader(xmlText))
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "numRef" && start.Name.Local != "strRef" {
			continue
		}
		var r reference
		if err := d.DecodeElement(&r, &start); err != nil {
			t.Fatal(err)
		}
		checkCache(t, f, r)
		found++
	}
	if found == 0 {
		t.Errorf("a chart refers to nothing")
	}
}

func checkCache(t testing.TB, f *excelize.File, r reference) {
	t.Helper()
	kept := r.Str
	if r.Num != nil {
		kept = r.Num
	}
	if kept == nil || len(kept.Points) == 0 {
		t.Errorf("chart of %s: empty cache", r.Formula)
		return
	}
	want := cells(t, f, r.Formula, r.Num != nil)
	got := make([]string, kept.Count.N)
	for _, p := range kept.Points {
		got[p.Index] = p.Value
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("chart of %s: cache %q, cells %q", r.Formula, got, want)
	}
}

// cells is what the cells of an absolute reference hold, or show.
func cells(t testing.TB, f *excelize.File, formula string, raw bool) []string {
	t.Helper()
	sheet, area, _ := strings.Cut(formula, "'!")
	sheet = strings.ReplaceAll(strings.TrimPrefix(sheet, "'"), "''", "'")
	first, last, more := strings.Cut(strings.ReplaceAll(area, "$", ""), ":")
	if !more {
		last = first
	}
	c1, r1, err := excelize.CellNameToCoordinates(first)
	if err != nil {
		t.Fatal(err)
	}
	c2, r2, err := excelize.CellNameToCoordinates(last)
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for row := r1; row <= r2; row++ {
		for col := c1; col <= c2; col++ {
			name, _ := excelize.CoordinatesToCellName(col, row)
			v, err := f.GetCellValue(sheet, name, excelize.Options{RawCellValue: raw})
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, v)
		}
	}
	return values
}

// Print is the text of the pages that LibreOffice prints. It skips the test
// where LibreOffice or poppler's pdftotext is missing. With HUIZONG_PAGES set
// to a folder, the pages go there as pictures, to be looked at.
func Print(t *testing.T, data []byte) []string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	dir := t.TempDir()
	book := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(book, data, 0o600); err != nil {
		t.Fatal(err)
	}
	fonts, err := elsewhere.Fonts(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("FONTCONFIG_FILE", fonts)
	there(t, elsewhere.Convert(t.Context(), "pdf", dir, book))
	pdf := filepath.Join(dir, "book.pdf")
	if pages := os.Getenv("HUIZONG_PAGES"); pages != "" {
		run(t, "pdftoppm", "-png", "-r", "80", pdf, filepath.Join(pages, strings.ReplaceAll(t.Name(), "/", "_")))
	}
	text := run(t, "pdftotext", "-layout", pdf, "-")
	return strings.Split(strings.TrimSuffix(text, "\f"), "\f")
}

func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	var errs strings.Builder
	c := exec.Command(name, args...)
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, errs.String())
	}
	return string(out)
}
