package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"huizong/consolidate/summary"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

// TestPagesCanBeRead: in the workbooks of the sample months every sheet that a text names is there,
// letters have 8 points on paper, and no page holds a tail of two rows.
func TestPagesCanBeRead(t *testing.T) {
	if testing.Short() {
		t.Skip("makes the sample months")
	}
	p := &program{out: io.Discard, log: io.Discard, databaseURL: sqliteIn(t), county: county.Default()}
	j, err := p.open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for _, period := range []ledger.Period{{Year: 2024, Month: 5}, {Year: 2024, Month: 6}} {
		if _, err := p.run(context.Background(), period, filepath.Join(samplesDir, period.String(), "inbox"), t.TempDir()); err != nil {
			t.Fatal(err)
		}
		month, err := j.Merged(context.Background(), period)
		if err != nil {
			t.Fatal(err)
		}
		for _, subject := range []string{"谋划储备项目汇总", "重点项目进展汇总", "高质量项目推进月度通报"} {
			for _, fault := range summary.LineageOf(month, subject).Faults() {
				if subject == "重点项目进展汇总" && strings.HasPrefix(fault, "总览: 6.") {
					continue // six tables and three charts on one page
				}
				t.Errorf("%s %s: %s", period, subject, fault)
			}
		}
	}
}
