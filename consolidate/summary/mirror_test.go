package summary

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"huizong/consolidate"
	"huizong/consolidate/monthtest"
	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// TestMirrors: each department is told what others said of its projects, and nobody else is told anything.
func TestMirrors(t *testing.T) {
	made, err := Make(monthtest.DisputedMonth(t))
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, notice := range made.Notices() {
		paths = append(paths, notice.Path)
		if notice.Path == "回单/柳林镇/镜像告知_2024-06.xlsx" {
			workbooktest.Golden(t, "镜像告知", workbooktest.Dump(t, contentOf(t, notice), "镜像告知"))
		}
	}
	want := []string{"回单/原公镇/镜像告知_2024-06.xlsx", "回单/发展和改革局/镜像告知_2024-06.xlsx", "回单/柳林镇/镜像告知_2024-06.xlsx", "回单/经济贸易局/镜像告知_2024-06.xlsx"}
	if slices.Sort(paths); !slices.Equal(paths, want) {
		t.Errorf("%v, want %v", paths, want)
	}
}

// Of a project of very many rows the first claims of others are listed, the one that counts among them, and it is said that
// there are more.
func TestMirroredIsBounded(t *testing.T) {
	total := form.Reserve.Total.Column
	for _, others := range []int{mostOthers, mostOthers + 1, 500} {
		r := consolidate.Resolution{Column: total, Reason: consolidate.Open}
		for i := range others + 1 {
			r.Claims = append(r.Claims, consolidate.Claim{Department: fmt.Sprint("单位", i), Row: &ledger.Standing{}, Field: ledger.Field{Value: ledger.Number(int64(i))}})
		}
		own := r.Claims[3]
		lines := mirrored(&consolidate.Month{}, &consolidate.Project{Form: total.Form}, r, own)
		if len(lines) != mostOthers {
			t.Fatalf("beside one of %d there are %d lines", others+1, len(lines))
		}
		for i, line := range lines {
			if more := strings.Contains(line.why, "没有一一列出"); more != (others > mostOthers && i == mostOthers-1) {
				t.Errorf("of %d others line %d says %q", others, i, line.why)
			}
		}
	}
}
