package samples

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"huizong/importer"
	"huizong/importer/sheet"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

var (
	keep   = flag.Bool("keep", false, "make the kept files of the sample months anew, with LibreOffice")
	update = flag.Bool("update", false, "make the sample months of the repository anew")
)

// The months that the repository keeps, and their seed.
var keptMonths = []ledger.Period{at(2024, 5), at(2024, 6)}

const keptSeed = 610722

// The months that the repository keeps are those that are told, file by file.
func TestMonthsOfTheRepository(t *testing.T) {
	if testing.Short() {
		t.Skip("makes two whole months")
	}
	for _, period := range keptMonths {
		want, dir := files(t, made(t, Plan{Period: period, Seed: keptSeed})), period.String()
		if *update {
			if err := os.RemoveAll(filepath.Join(dir, "inbox")); err != nil {
				t.Fatal(err)
			}
			if err := made(t, Plan{Period: period, Seed: keptSeed}).Write(dir); err != nil {
				t.Fatal(err)
			}
		}
		paths := slices.Collect(maps.Keys(want))
		err := filepath.WalkDir(filepath.Join(dir, "inbox"), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				relative, _ := filepath.Rel(dir, path)
				paths = append(paths, filepath.ToSlash(relative))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(paths)
		for _, path := range slices.Compact(paths) {
			kept, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
			if told, is := want[path]; err != nil || !is || !bytes.Equal(kept, told) {
				t.Errorf("%s/%s is not as it is told, -update makes it anew", dir, path)
			}
		}
	}
}

// Whatever a return is saved as, it is read as what the workbook says.
func TestKeptFilesSayTheSame(t *testing.T) {
	for _, period := range keptMonths {
		seen := map[happening]int{}
		for _, b := range booksOf(t, period) {
			if b.saved == onTime {
				continue
			}
			seen[b.saved]++
			t.Run(fmt.Sprintf("%s %s", period, b.path), func(t *testing.T) { holdSaved(t, period, b) })
		}
		for _, format := range []happening{asText, asOld, locked} {
			if seen[format] != 1 {
				t.Errorf("%s: %d books saved in format %d, want 1", period, seen[format], format)
			}
		}
	}
}

// booksOf are the books of a month before they are saved.
func booksOf(t *testing.T, period ledger.Period) []*book {
	t.Helper()
	in := &inbox{scene: &scene{keptSeed, period, county.Default()}, month: &Month{Period: period, Figures: map[string]int64{}}, books: map[string]*book{}}
	for _, sample := range samples {
		if err := in.form(sample); err != nil {
			t.Fatal(err)
		}
	}
	return in.files
}

func holdSaved(t *testing.T, period ledger.Period, b *book) {
	pages := []*page{b.filings[0].sheet()}
	plain, err := workbook(pages, b.filings[0].filler, b.filings[0].prepared)
	if err != nil {
		t.Fatal(err)
	}
	var saved []byte
	switch b.saved {
	case asText:
		if saved, err = pages[0].text(); err != nil {
			t.Fatal(err)
		}
	case asOld:
		saved = keptOr(t, pages, ".xls", func() []byte { return asXLS(t, plain) })
	case locked:
		saved = keptOr(t, pages, ".xlsx", func() []byte { return encrypted(t, plain) })
		if _, findings := readReturns(t, period, b.path, saved); len(findings) != 1 || findings[0].Code.ID != "F03" {
			t.Errorf("without the password: %v", findings)
		}
	}
	want, _ := readReturns(t, period, b.path, plain)
	got, findings := readReturns(t, period, b.path, saved, password)
	if len(findings) != 0 || len(want) == 0 || len(want[0].Records) == 0 {
		t.Errorf("%d returns, findings %v", len(want), findings)
	}
	if diff := cmp.Diff(valuesOf(want), valuesOf(got)); diff != "" {
		t.Error(diff)
	}
}

// keptOr is the kept file of the pages; with -keep it is made first.
func keptOr(t *testing.T, pages []*page, extension string, make func() []byte) []byte {
	t.Helper()
	if *keep {
		content := make()
		if err := os.WriteFile(filepath.Join("kept", digest(pages)+extension), content, 0o644); err != nil {
			t.Fatal(err)
		}
		return content
	}
	content := kept(pages, extension)
	if content == nil {
		t.Fatalf("no %s is kept of these pages; kept/README.md says how to make it", extension)
	}
	return content
}

func asXLS(t *testing.T, workbook []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "kept.xlsx"), workbook, 0o644); err != nil {
		t.Fatal(err)
	}
	command := exec.Command("soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "xls", "--outdir", dir,
		filepath.Join(dir, "kept.xlsx"))
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	content, err := os.ReadFile(filepath.Join(dir, "kept.xls"))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func encrypted(t *testing.T, workbook []byte) []byte {
	t.Helper()
	content, err := excelize.Encrypt(workbook, &excelize.Options{Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func readReturns(t *testing.T, period ledger.Period, name string, content []byte, passwords ...string) ([]*ledger.Return, []ledger.Finding) {
	t.Helper()
	config := importer.Config{County: county.Default(), Forms: form.All(), Period: period, Limits: sheet.Limits(county.Default().Limits), Passwords: passwords}
	d, err := config.Read(name, bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return d.Returns, d.Findings
}

// valuesOf are the values that returns say, a line a row, under where each row came from.
func valuesOf(returns []*ledger.Return) []string {
	var all []string
	for _, r := range returns {
		all = append(all, fmt.Sprintf("%+v prepared %s by %s", r.ReturnID, r.Prepared, r.Filler))
		for _, record := range r.Records {
			line := []string{fmt.Sprint(record.Row)}
			for _, column := range form.ByID(r.Form).Columns {
				line = append(line, fmt.Sprintf("%+v", column.Value(&record)))
			}
			all = append(all, strings.Join(line, "\t"))
		}
	}
	return all
}
