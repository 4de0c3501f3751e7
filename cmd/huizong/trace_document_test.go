package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"huizong/cmd/internal/job"
	"huizong/consolidate"
	"huizong/consolidate/summary"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

var digit = regexp.MustCompile(`\d`)

// walkDocuments asks the bulletin and some orders about every paragraph with a number in it: it leads to
// cells that departments sent, as they sent them, or is the month's own.
func walkDocuments(t *testing.T, month *consolidate.Month, report *job.Report, dir string, sent *sentFiles) {
	orders := report.Documents[1:]
	for _, written := range slices.Concat(report.Documents[:1], orders[:min(2, len(orders))]) {
		lineage := summary.DocumentLineageOf(month, filepath.Base(written.Path))
		content, err := lineage.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if file, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(written.Path))); err != nil || !bytes.Equal(file, content) {
			t.Errorf("%s is not what the database gives: %v", written.Path, err)
		}
		asked := 0
		for _, p := range lineage.Paragraphs() {
			if !digit.MatchString(p.Shown) {
				continue
			}
			asked++
			trace, err := lineage.Trace(p.Number, ledger.Chinese)
			if err != nil {
				t.Fatal(err)
			}
			if err := rests(&summary.Trace{Sources: trace.Sources}); err != nil && len(trace.Facts) == 0 {
				t.Errorf("%s, paragraph %d %q: %v", written.Path, p.Number, p.Shown, err)
			}
			for _, item := range trace.Items {
				for _, claim := range item.Claims {
					if err := sent.holds(t, claim); err != nil {
						t.Errorf("%s, paragraph %d: %s %s!%s %q: %v", written.Path, p.Number, claim.File, claim.Sheet, claim.Cell, claim.Raw, err)
					}
				}
			}
		}
		if asked == 0 {
			t.Errorf("%s has no numbers", written.Path)
		}
	}
	holdHeadlines(t, month, report)
}

// holdHeadlines holds what the sentences of the bulletin say against the figures of run.json: each figure of
// 主要指标 that a paragraph reads stands in it as run.json has it.
func holdHeadlines(t *testing.T, month *consolidate.Month, report *job.Report) {
	const notice = "高质量项目推进月度通报_"
	document := summary.DocumentLineageOf(month, month.County.Name+notice+month.Period.String()+".docx")
	workbook := summary.LineageOf(month, notice)
	ask := func(place string) *summary.Trace {
		sheet, cell, _ := strings.Cut(place, "!")
		trace, err := workbook.Trace(sheet, cell, ledger.Chinese)
		if err != nil {
			t.Fatal(err)
		}
		return trace
	}
	figures := map[string]form.Figure{}
	for _, f := range form.All() {
		for _, figure := range f.Figures {
			figures[strings.ReplaceAll(figure.Title, "1-N月", "1—"+strconv.Itoa(month.Period.Month)+"月")] = figure
		}
	}
	held := map[string]bool{}
	for _, p := range document.Paragraphs() {
		trace, err := document.Trace(p.Number, ledger.Chinese)
		if err != nil {
			t.Fatal(err)
		}
		_, cell, _ := strings.Cut(trace.Reads[0], "》")
		if !strings.HasPrefix(cell, "通报正文!") {
			continue
		}
		for _, read := range ask(cell).Reads {
			row, is := strings.CutPrefix(read, "主要指标!D")
			if !is {
				continue
			}
			figure, known := figures[strings.TrimSuffix(ask("主要指标!B"+row).Shown, "（待核）")]
			if !known {
				continue // a rate of figures
			}
			held[figure.Name] = true
			if want := figureText(figure, report.Figures[figure.Name]); !strings.Contains(p.Shown, want) {
				t.Errorf("run.json has %s = %s, the bulletin does not say so: %s", figure.Name, want, p.Shown)
			}
		}
	}
	if len(held) < 30 {
		t.Errorf("only %d figures of run.json are in the bulletin", len(held))
	}
}

// figureText is a figure of run.json as a sentence shows it.
func figureText(f form.Figure, n int64) string {
	switch f.Kind {
	case form.Fen:
		return ledger.Money(n).In(ledger.HundredMillionYuan, 2)
	case form.BasisPoints:
		return ledger.FormatDecimal(n, 100, 1) + "%"
	}
	return ledger.FormatDecimal(n, 1, 0)
}
