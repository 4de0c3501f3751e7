package workbooktest

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
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
	switch program {
	case "LibreOffice":
		installed(t, "soffice")
		run(t, "soffice", "--headless", "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--convert-to",
			"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1", "--outdir", filepath.Join(dir, "out"), book)
	case "Gnumeric":
		installed(t, "ssconvert")
		t.Setenv("LC_ALL", "C.UTF-8")
		if err := os.Mkdir(filepath.Join(dir, "out"), 0o700); err != nil {
			t.Fatal(err)
		}
		run(t, "ssconvert", "--export-file-per-sheet", "--recalc", "--export-type=Gnumeric_stf:stf_assistant",
			"--export-options=format=preserve", book, filepath.Join(dir, "out", "book-%s.csv"))
	case "SheetJS":
		if err := os.CopyFS(dir, readers); err != nil {
			t.Fatal(err)
		}
		shown := map[string][][]string{}
		text := readBy(t, "xlsx", []string{"node", filepath.Join(dir, "readers", "shown.js"), book})
		if err := json.Unmarshal([]byte(text), &shown); err != nil {
			t.Fatal(err)
		}
		return shown
	}
	return csvSheets(t, filepath.Join(dir, "out"))
}

func installed(t *testing.T, command string) {
	t.Helper()
	if _, err := exec.LookPath(command); err != nil {
		t.Skip(command + " is not installed (make tools)")
	}
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
