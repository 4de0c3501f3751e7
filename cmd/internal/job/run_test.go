package job

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/importer"
	"huizong/internal/ledger"
)

// What run.json says of a return is known though its rows were let go of: of one that came
// twice the second time, and of one of another month, which the database never sees.
func TestReportOfReturnsThatAreNotOfTheMonth(t *testing.T) {
	inbox := t.TempDir()
	for name, from := range map[string]string{
		"a.xlsx": "2024-06/inbox/2024.6县统计局任务进展情况.xlsx",
		"b.xlsx": "2024-06/inbox/2024.6县统计局任务进展情况.xlsx",
		"c.xlsx": "2024-05/inbox/2024.5县统计局任务进展情况.xlsx",
	} {
		content, err := os.ReadFile(filepath.Join(samplesDir, filepath.FromSlash(from)))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(inbox, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var told []int
	report, err := open(t).Run(t.Context(), june, Inbox{Dir: inbox, Progress: func(read, total int) { told = append(told, read, total) }}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	type became struct {
		State   ledger.State
		Version int
		Rows    ledger.Rows
	}
	var got []became
	for _, file := range report.Files {
		for _, r := range file.Returns {
			got = append(got, became{r.State, r.Version, r.Rows})
		}
	}
	if diff := cmp.Diff([]became{
		{ledger.Accepted, 1, ledger.Rows{Seen: 2, Taken: 2}},
		{ledger.Repeated, 1, ledger.Rows{Seen: 2, Repeated: 2}},
		{ledger.Returned, 0, ledger.Rows{Seen: 2, Returned: 2}},
	}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(report.Rejected) != 1 || report.Rejected[0].Code.ID != "F39" || report.Rejected[0].File != "c.xlsx" {
		t.Errorf("rejected: %v", report.Rejected)
	}
	if diff := cmp.Diff([]int{1, 3, 2, 3, 3, 3}, told); diff != "" {
		t.Errorf("progress (-want +got)\n%s", diff)
	}
}

// Rows that were saved are let go of: an inbox of any size is taken in the memory of a batch.
func TestSavedRowsAreLetGoOf(t *testing.T) {
	var held []int // returns that are held when a batch of files has been taken
	taken := takeAll(t, open(t), june, filepath.Join(samplesDir, june.String(), "inbox"), func(taken *intake, _ importer.Delivery) {
		if len(taken.files) == batchSize {
			held = append(held, len(taken.batch))
		}
	})
	if !slices.Equal(held, []int{0}) || len(taken.batch) != 0 {
		t.Errorf("of %d files %v returns are held after %d of them, %d at the end", len(taken.files), held, batchSize, len(taken.batch))
	}
}
