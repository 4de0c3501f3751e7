package job

import (
	"archive/zip"
	"cmp"
	"errors"
	"html"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"huizong/internal/county"
	"huizong/samples"
)

// crowded runs a generated month of so many returns of so many rows each, and gives the paths of its workbooks.
func crowded(t testing.TB, returns, rows int) []string {
	t.Helper()
	sample, err := samples.Make(samples.Plan{Period: june, Seed: 610722, County: county.Default(), Departments: returns, Rows: rows})
	if err != nil {
		t.Fatal(err)
	}
	dir, out := t.TempDir(), t.TempDir()
	if err := sample.Write(dir); err != nil {
		t.Fatal(err)
	}
	own, err := county.Load(filepath.Join(dir, "county.toml"))
	if err != nil {
		t.Fatal(err)
	}
	report, err := openFor(t, own).Run(t.Context(), june, Inbox{Dir: filepath.Join(dir, "inbox")}, out)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, written := range report.Workbooks {
		if filepath.Ext(written.Path) == ".xlsx" {
			paths = append(paths, filepath.Join(out, june.String(), written.Path))
		}
	}
	return paths
}

// subjectOf is what a workbook is on, by the name of its file: 谋划储备项目汇总.
func subjectOf(path string) string {
	subject, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(path), county.Default().Name), "_")
	return subject
}

// Twice the returns, from twice the units, have formulas that read at most twice the cells and a tenth: no workbook
// has a formula for each unit that reads all rows.
func TestFormulasDoNotSquare(t *testing.T) {
	inFull(t)
	read := map[string]int{}
	for _, path := range crowded(t, 100, 4) {
		read[subjectOf(path)] = cellsRead(t, path)
	}
	for _, path := range crowded(t, 200, 4) {
		subject := subjectOf(path)
		once, twice := read[subject], cellsRead(t, path)
		t.Logf("%s: %d cells, then %d", subject, once, twice)
		if once == 0 || float64(twice) > 2.2*float64(once) {
			t.Errorf("%s: formulas read %d cells of 100 returns and %d of 200: more than 2.2 times as many", subject, once, twice)
		}
	}
}

// cellsRead is how many cells the formulas of a workbook read, each as often as it is read.
func cellsRead(t testing.TB, path string) (read int) {
	t.Helper()
	book, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheets, err := fs.Glob(book, "xl/worksheets/*.xml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sheets {
		sheet, err := fs.ReadFile(book, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, formula := range aFormula.FindAllSubmatch(sheet, -1) {
			text := quotedOrSheet.ReplaceAllString(html.UnescapeString(string(formula[1])), "")
			for _, cells := range cellOrRange.FindAllStringSubmatch(text, -1) {
				read += area(t, cells[1], cmp.Or(cells[2], cells[1]))
			}
		}
	}
	return read
}

var (
	aFormula      = regexp.MustCompile(`<f>([^<]*)</f>`)
	quotedOrSheet = regexp.MustCompile(`"[^"]*"|'[^']*'!`)
	cellOrRange   = regexp.MustCompile(`(\$?[A-Z]{1,3}\$?[0-9]+\b)(?::(\$?[A-Z]{1,3}\$?[0-9]+\b))?`)
)

// area is how many cells there are from one to another.
func area(t testing.TB, first, last string) int {
	t.Helper()
	left, top, err := excelize.CellNameToCoordinates(first)
	right, bottom, also := excelize.CellNameToCoordinates(last)
	if err := errors.Join(err, also); err != nil {
		t.Fatal(err)
	}
	return (right - left + 1) * (bottom - top + 1)
}

// What LibreOffice may do with the formulas of workbooks that it loads.
const (
	always = "0"
	never  = "1"
)

// profile is a folder of settings of LibreOffice that calculates so.
func profile(b *testing.B, calculates string) string {
	b.Helper()
	dir := b.TempDir()
	settings := `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>` + calculates + `</value></prop></item>
</oor:items>
`
	user := filepath.Join(dir, "user")
	if err := errors.Join(os.Mkdir(user, 0o755), os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(settings), 0o600)); err != nil {
		b.Fatal(err)
	}
	return dir
}

// BenchmarkRecalculate has LibreOffice load workbooks A, B and C of generated months of 200 and of 2,000 returns, 40
// rows each, and calculate every formula anew: the seconds of processor time that a workbook takes, and those of them
// that are calculating. Ten times the returns are to take at most ten times the time.
func BenchmarkRecalculate(b *testing.B) {
	soffice, err := FindLibreOffice()
	if err != nil {
		b.Skip(err)
	}
	calculating, loading := profile(b, always), profile(b, never)
	for _, returns := range []int{200, 2000} {
		paths := crowded(b, returns, 0)[:3]
		for i, name := range []string{"A", "B", "C"} {
			b.Run(strconv.Itoa(returns)+"/"+name, func(b *testing.B) {
				whole, load := 0., 0.
				for b.Loop() {
					whole += loaded(b, soffice, calculating, paths[i])
					load += loaded(b, soffice, loading, paths[i])
				}
				b.ReportMetric(whole/float64(b.N), "cpu-s")
				b.ReportMetric((whole-load)/float64(b.N), "calculating-s")
			})
		}
	}
}

// loaded has LibreOffice load a workbook, and gives the seconds of processor time that it took. The file is given a
// name of its own, since names in Chinese are lost where the locale is none.
func loaded(b *testing.B, soffice, profile, path string) float64 {
	b.Helper()
	dir := b.TempDir()
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	book := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(book, data, 0o600); err != nil {
		b.Fatal(err)
	}
	run := exec.Command(soffice, "--headless", "--norestore", "-env:UserInstallation=file://"+filepath.ToSlash(profile),
		"--convert-to", "csv", "--outdir", dir, book)
	said, err := run.CombinedOutput()
	if err != nil {
		b.Fatalf("%v\n%s", err, said)
	}
	if _, err := os.Stat(filepath.Join(dir, "book.csv")); err != nil {
		b.Fatalf("LibreOffice read nothing: %s", said)
	}
	return (run.ProcessState.UserTime() + run.ProcessState.SystemTime()).Seconds()
}
