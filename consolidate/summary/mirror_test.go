package summary

import (
	"slices"
	"testing"

	"huizong/consolidate/monthtest"
	"huizong/consolidate/summary/workbook/workbooktest"
)

// TestMirrors: each department is told what others said of its projects, and nobody else is told anything.
func TestMirrors(t *testing.T) {
	made, err := Make(monthtest.DisputedMonth(t))
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, notice := range made.Notices {
		paths = append(paths, notice.Path)
		if notice.Path == "回单/柳林镇/镜像告知_2024-06.xlsx" {
			workbooktest.Golden(t, "镜像告知", workbooktest.Dump(t, notice.Content, "镜像告知"))
		}
	}
	want := []string{"回单/原公镇/镜像告知_2024-06.xlsx", "回单/发展和改革局/镜像告知_2024-06.xlsx", "回单/柳林镇/镜像告知_2024-06.xlsx", "回单/经济贸易局/镜像告知_2024-06.xlsx"}
	if slices.Sort(paths); !slices.Equal(paths, want) {
		t.Errorf("%v, want %v", paths, want)
	}
}
