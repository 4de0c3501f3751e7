package workbooktest

import (
	"embed"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
)

// A reading is what a program finds in a workbook.
type reading struct {
	Sheets []string       `json:"sheets"`
	Names  map[string]any `json:"names"` // numbers of named cells; nil: blank
	Links  int            `json:"links"` // cells with one; -1: not told
}

//go:embed readers
var readers embed.FS

// Read has exceljs, SheetJS and openpyxl open a workbook and compares what they find with what
// excelize does: sheets, links, named cells and their numbers. `make tools` installs them; it skips
// where one is missing.
func Read(t *testing.T, data []byte) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, readers); err != nil {
		t.Fatal(err)
	}
	book := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(book, data, 0o600); err != nil {
		t.Fatal(err)
	}
	want := read(t, data)
	for name, command := range map[string][]string{
		"exceljs":  {"node", filepath.Join(dir, "readers", "read.js"), "exceljs", book},
		"xlsx":     {"node", filepath.Join(dir, "readers", "read.js"), "xlsx", book},
		"openpyxl": {"python3", filepath.Join(dir, "readers", "read.py"), book},
	} {
		t.Run(name, func(t *testing.T) {
			var got reading
			if err := json.Unmarshal([]byte(readBy(t, name, command)), &got); err != nil {
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

// readBy runs a reader of others. It skips where the program or its library is missing.
func readBy(t *testing.T, library string, command []string) string {
	t.Helper()
	tools := filepath.Join(strings.TrimSpace(run(t, "go", "env", "GOCACHE")), "..", "huizong-tools")
	t.Setenv("NODE_PATH", filepath.Join(tools, "node_modules"))
	programs, asked := []string{"python3", "/usr/bin/python3"}, []string{"-c", "import openpyxl"}
	if command[0] == "node" {
		programs, asked = []string{"node"}, []string{"-e", "require('" + library + "')"}
	}
	for _, program := range programs {
		if exec.Command(program, asked...).Run() == nil {
			return run(t, program, command[1:]...)
		}
	}
	t.Skipf("%s is not installed (make tools)", library)
	return ""
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
