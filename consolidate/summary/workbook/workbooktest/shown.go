package workbooktest

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"huizong/internal/elsewhere"
)

// Programs are those of others that show the cells of a workbook: two that calculate it anew, with no stored value to
// lean on, and SheetJS, which has what is stored.
var Programs = []string{"LibreOffice", "Gnumeric", "SheetJS"}

// Shown is what one of Programs shows of each sheet, row by row as it is read from left to right. It skips where the
// program is missing (make tools).
func Shown(t *testing.T, program string, data []byte) map[string][][]string {
	t.Helper()
	dir := t.TempDir()
	book := filepath.Join(dir, "book.xlsx")
	if program != "SheetJS" {
		data = withoutValues(t, data)
	}
	if err := os.WriteFile(book, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if program == "SheetJS" {
		shown := map[string][][]string{}
		if err := json.Unmarshal([]byte(readBy(t, elsewhere.SheetJS, script(t, "shown.js"), book)), &shown); err != nil {
			t.Fatal(err)
		}
		return shown
	}
	all := elsewhere.All()
	by := slices.IndexFunc(all, func(p elsewhere.Program) bool { return p.Name == program })
	_, err := all[by].Save(t.Context(), elsewhere.CSV, filepath.Join(dir, "out"), book)
	there(t, err)
	return csvSheets(t, filepath.Join(dir, "out"))
}

// csvSheets are the sheets of a folder in which each is a file book-NAME.csv. The minus of mathematics, which Gnumeric
// shows in cells and not in sentences, is the usual one.
func csvSheets(t *testing.T, dir string) map[string][][]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	sheets := map[string][][]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := csv.NewReader(strings.NewReader(strings.ReplaceAll(string(text), "−", "-")))
		lines.FieldsPerRecord = -1
		rows, err := lines.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".csv")
		sheets[strings.TrimPrefix(name, "book-")] = rows
	}
	return sheets
}
