package workbooktest

import (
	"embed"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"huizong/internal/elsewhere"
)

// A reading is what a program finds in a workbook.
type reading struct {
	Sheets []string       `json:"sheets"`
	Names  map[string]any `json:"names"` // numbers of named cells; nil: blank
	Links  int            `json:"links"` // cells with one; -1: not told
}

//go:embed readers
var readers embed.FS

// script is one of readers.
func script(t *testing.T, name string) string {
	t.Helper()
	text, err := readers.ReadFile("readers/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Read has exceljs, SheetJS and openpyxl open a workbook and compares what they find with what
// excelize does: sheets, links, named cells and their numbers. `make tools` installs them; it skips
// where one is missing.
func Read(t *testing.T, data []byte) {
	t.Helper()
	book := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(book, data, 0o600); err != nil {
		t.Fatal(err)
	}
	want := read(t, data)
	for _, reader := range []struct {
		library elsewhere.Library
		script  string
		args    []string
	}{
		{elsewhere.ExcelJS, "read.js", []string{elsewhere.ExcelJS.Name, book}},
		{elsewhere.SheetJS, "read.js", []string{elsewhere.SheetJS.Name, book}},
		{elsewhere.OpenPyXL, "read.py", []string{book}},
	} {
		t.Run(reader.library.Name, func(t *testing.T) {
			var got reading
			if err := json.Unmarshal([]byte(readBy(t, reader.library, script(t, reader.script), reader.args...)), &got); err != nil {
				t.Fatal(err)
			}
			if got.Links < 0 {
				got.Links = want.Links
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// readBy runs a script with a library. It skips where that is missing.
func readBy(t *testing.T, library elsewhere.Library, script string, args ...string) string {
	t.Helper()
	printed, err := library.Run(t.Context(), script, args...)
	there(t, err)
	return printed
}

// there skips the test where a program of others is missing, and fails it where that failed.
func there(t *testing.T, err error) {
	t.Helper()
	if errors.Is(err, elsewhere.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// read is what excelize finds.
func read(t *testing.T, data []byte) reading {
	t.Helper()
	f := open(t, data)
	all := reading{Sheets: f.GetSheetList(), Names: map[string]any{}}
	for _, sheet := range all.Sheets {
		cells, err := f.GetHyperLinkCells(sheet, "")
		if err != nil {
			t.Fatal(err)
		}
		all.Links += len(cells)
	}
	for _, name := range f.GetDefinedName() {
		if strings.HasPrefix(name.Name, "_xlnm") {
			continue
		}
		sheet, cell, _ := strings.Cut(strings.ReplaceAll(name.RefersTo, "$", ""), "!")
		text, err := f.GetCellValue(strings.Trim(sheet, "'"), cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		all.Names[name.Name] = nil
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			all.Names[name.Name] = x
		}
	}
	return all
}
