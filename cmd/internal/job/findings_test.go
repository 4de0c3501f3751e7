package job

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"huizong/consolidate"
	"huizong/importer"
	"huizong/internal/ledger"
)

var update = flag.Bool("update", false, "rewrite the expected findings of the sample months")

// Everything that is wrong with the sample months is found, each at its cell: all that was
// planted, and on the whole exactly the findings that expected/findings.txt lists.
func TestSampleFindings(t *testing.T) {
	j := open(t)
	for _, period := range []ledger.Period{june.Add(-1), june} {
		dir := filepath.Join(samplesDir, period.String())
		var found []ledger.Finding
		takeAll(t, j, period, filepath.Join(dir, "inbox"), func(_ *intake, d importer.Delivery) {
			found = append(found, findingsOutside(period, d)...)
		})
		month, err := j.reconcile(t.Context(), period)
		if err != nil {
			t.Fatal(err)
		}
		if err := merge(t, j, &month.Month); err != nil {
			t.Fatal(err)
		}
		found = append(found, findingsWithin(month)...)
		ledger.SortFindings(found)
		holdPlanted(t, filepath.Join(dir, "expected", "planted.txt"), found)
		holdGolden(t, filepath.Join(dir, "expected", "findings.txt"), found)
	}
}

// findingsOutside gathers the findings of a file and of its returns that do not belong into
// the month's ledger.
func findingsOutside(period ledger.Period, d importer.Delivery) []ledger.Finding {
	all := slices.Clone(d.Findings)
	for _, r := range d.Returns {
		if r.Period != period || r.Department == "" {
			all = append(all, r.Findings...)
		}
	}
	return all
}

// findingsWithin gathers the findings of the month's returns, and of those that are missing.
func findingsWithin(month *consolidate.Month) []ledger.Finding {
	var all []ledger.Finding
	for _, r := range month.Returns {
		all = append(all, r.Findings...)
	}
	for _, f := range month.Findings {
		if f.File == "" {
			all = append(all, f)
		}
	}
	return all
}

// holdPlanted holds the findings against what the generator planted: file, sheet, cell and
// code; "-" stands for a place or a code that a trouble does not have.
func holdPlanted(t *testing.T, path string, found []ledger.Finding) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, f := range found {
		known[strings.Join([]string{f.File, f.Sheet, f.Cell, f.Code.ID}, "\t")] = true
	}
	planted := 0
	for line := range strings.Lines(string(text)) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || parts[3] == "-" {
			continue
		}
		planted++
		if place := strings.ReplaceAll(strings.Join(parts[:4], "\t"), "-\t", "\t"); !known[place] {
			t.Errorf("%s: planted and not found: %s", path, line)
		}
	}
	if planted < 5 {
		t.Errorf("%s: only %d troubles planted", path, planted)
	}
}

func holdGolden(t *testing.T, path string, found []ledger.Finding) {
	t.Helper()
	var got strings.Builder
	for _, f := range found {
		got.WriteString(f.Line(ledger.Chinese) + "\n")
	}
	holdText(t, path, got.String())
}
