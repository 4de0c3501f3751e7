package elsewhere_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"huizong/internal/elsewhere"
)

// workbook makes a file of two sheets, and gives its path.
func workbook(t *testing.T, name string) string {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	_, err := file.NewSheet("说明")
	path := filepath.Join(t.TempDir(), name)
	if err := errors.Join(err, file.SetCellStr("Sheet1", "A1", "001234"), file.SetCellStr("说明", "A1", "同上"), file.SaveAs(path)); err != nil {
		t.Fatal(err)
	}
	return path
}

// Each file is saved under its own name, though one name begins another, and each sheet where a file holds one. That every program
// saves every format is shown with templates.
func TestSave(t *testing.T) {
	programs, missing, err := elsewhere.Programs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("not installed: %q", missing)
	a, b := workbook(t, "六月.xlsx"), workbook(t, "六月-二.xlsx")
	for _, program := range programs {
		if version, err := program.Version(t.Context()); version == "" || err != nil {
			t.Errorf("%s: version %q, %v", program.Name, version, err)
		}
		if program.Name == "LibreOffice" {
			continue // seconds
		}
		format, want := elsewhere.CSV, [][]string{{"六月-Sheet1.csv", "六月-说明.csv"}, {"六月-二-Sheet1.csv", "六月-二-说明.csv"}}
		if !slices.Contains(program.Formats, format) {
			format, want = elsewhere.XLSX, [][]string{{"六月.xlsx"}, {"六月-二.xlsx"}}
		}
		folder := t.TempDir()
		made, err := program.Save(t.Context(), format, folder, a, b)
		if err != nil {
			t.Error(err)
			continue
		}
		for i := range want {
			for j := range want[i] {
				want[i][j] = filepath.Join(folder, want[i][j])
			}
		}
		if diff := cmp.Diff(want, made); diff != "" {
			t.Errorf("%s, %s (-want +got)\n%s", program.Name, format, diff)
		}
	}
}

func TestSaveOtherwise(t *testing.T) {
	for _, program := range elsewhere.All() {
		if _, err := program.Save(t.Context(), "pdf", t.TempDir(), workbook(t, "a.xlsx")); err == nil {
			t.Errorf("%s saves pdf", program.Name)
		}
	}
	t.Setenv("PATH", t.TempDir())
	if err := elsewhere.Convert(t.Context(), "csv", t.TempDir(), os.DevNull); !errors.Is(err, elsewhere.ErrMissing) {
		t.Errorf("%v, want %v", err, elsewhere.ErrMissing)
	}
}
