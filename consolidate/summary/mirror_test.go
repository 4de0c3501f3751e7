package summary

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"huizong/consolidate/monthtest"
	"huizong/consolidate/summary/workbook/workbooktest"
)

// TestMirrors: each department is told what others said of its projects, and a notice that is no
// longer due is taken away.
func TestMirrors(t *testing.T) {
	m := monthtest.DisputedMonth(t)
	dir := t.TempDir()
	stale := filepath.Join(dir, receiptsDir, "统计局", "镜像告知_2024-06.xlsx")
	for _, path := range []string{stale, filepath.Join(filepath.Dir(stale), "回单.xlsx")} {
		if err := WriteFile(path, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := WriteMirrors(m, dir); err != nil {
		t.Fatal(err)
	}
	written, err := filepath.Glob(filepath.Join(dir, receiptsDir, "*", "*.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	var departments []string
	for _, path := range written {
		departments = append(departments, filepath.Base(filepath.Dir(path))+"/"+filepath.Base(path))
	}
	want := []string{"原公镇/镜像告知_2024-06.xlsx", "发展和改革局/镜像告知_2024-06.xlsx", "柳林镇/镜像告知_2024-06.xlsx", "经济贸易局/镜像告知_2024-06.xlsx", "统计局/回单.xlsx"}
	if slices.Sort(departments); !slices.Equal(departments, want) {
		t.Errorf("%v, want %v", departments, want)
	}
	notice, err := os.ReadFile(filepath.Join(dir, receiptsDir, "柳林镇", "镜像告知_2024-06.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	workbooktest.Golden(t, "镜像告知", workbooktest.Dump(t, notice, "镜像告知"))
}
