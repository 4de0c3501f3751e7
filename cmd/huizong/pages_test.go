package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"huizong/cmd/internal/job"
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
	j, err := job.Open(context.Background(), p.databaseURL, p.county)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for _, period := range []ledger.Period{{Year: 2024, Month: 5}, {Year: 2024, Month: 6}} {
		out := t.TempDir()
		if _, err := p.run(context.Background(), period, filepath.Join(samplesDir, period.String(), "inbox"), out); err != nil {
			t.Fatal(err)
		}
		month, err := j.Merged(context.Background(), period)
		if err != nil {
			t.Fatal(err)
		}
		for _, subject := range []string{"谋划储备项目汇总", "重点项目进展汇总", "高质量项目推进月度通报", "领导参阅", "核对底稿"} {
			for _, fault := range summary.LineageOf(month, subject).Faults() {
				t.Errorf("%s %s: %s", period, subject, fault)
			}
		}
		t.Run("leaders "+period.String(), func(t *testing.T) { leadersPages(t, filepath.Join(out, period.String())) })
	}
}

// leadersPages: leaders are given fifteen pages at most, on which every number fits.
func leadersPages(t *testing.T, dir string) {
	books, err := filepath.Glob(filepath.Join(dir, "*领导参阅*.xlsx"))
	if err != nil || len(books) != 1 {
		t.Fatalf("%q, %v", books, err)
	}
	libreOffice, err := job.FindLibreOffice()
	if err != nil {
		t.Skip(err)
	}
	pdfs, err := job.MakePDFs(t.Context(), libreOffice, dir, []job.Written{{Path: filepath.Base(books[0])}})
	if err != nil {
		t.Fatal(err)
	}
	var pdf bytes.Buffer
	if err := pdfs[0].Write(&pdf); err != nil {
		t.Fatal(err)
	}
	print := exec.Command("pdftotext", "-layout", "-", "-")
	print.Stdin = &pdf
	text, err := print.Output()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
	if len(pages) > 15 {
		t.Errorf("%d pages", len(pages))
	}
	for i, page := range pages {
		if strings.Contains(page, "###") {
			t.Errorf("page %d: a number that does not fit", i+1)
		}
	}
}
