package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/cmd/internal/job"
	"huizong/consolidate/summary"
	"huizong/importer/sheet"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

// cells are those of a workbook that hold something, by sheet and name.
type cells map[string]map[string]sheet.Cell

func readCells(t *testing.T, content []byte) cells {
	t.Helper()
	book, err := sheet.Open(strings.NewReader(string(content)), int64(len(content)), sheet.Limits(county.Default().Limits))
	if err != nil {
		t.Fatal(err)
	}
	all := cells{}
	for _, s := range book.Sheets() {
		all[s.Name] = map[string]sheet.Cell{}
		for row, err := range s.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			for _, cell := range row.Cells {
				all[s.Name][sheet.Ref(cell.Column, row.Number)] = cell
			}
		}
	}
	return all
}

// An inbox of the samples as it was sent: SHA-256 and cells by file.
type sentFiles struct {
	dir   string
	cells map[string]cells
	sums  map[string]string
}

// holds reports an error unless the claim's file, sheet and cell exist and hold its raw text.
func (s *sentFiles) holds(t *testing.T, c summary.Claim) error {
	name := c.Period + "/" + c.File
	if s.cells[name] == nil {
		content, err := os.ReadFile(filepath.Join(s.dir, c.Period, "inbox", filepath.FromSlash(c.File)))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		s.sums[name], s.cells[name] = hex.EncodeToString(sum[:]), readCells(t, content)
	}
	switch of, known := s.cells[name][c.Sheet]; {
	case s.sums[name] != c.SHA256:
		return fmt.Errorf("the SHA-256 is %s", s.sums[name])
	case !known:
		return fmt.Errorf("the file has no such sheet")
	case c.Cell == "":
		return nil
	case of[c.Cell].Raw != c.Raw:
		return fmt.Errorf("the cell holds %q", of[c.Cell].Raw)
	}
	return nil
}

// TestEveryFigureLeadsBack walks all cells of the workbooks of both sample months. Every
// number leads to cells that departments sent, as they sent them, or is the month's own;
// what counts and adds up names exactly the projects that it counts.
func TestEveryFigureLeadsBack(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("every cell of four workbooks: run without -short")
	}
	out, database := t.TempDir(), sqliteIn(t)
	sent := &sentFiles{samplesDir, map[string]cells{}, map[string]string{}}
	p := &program{out: io.Discard, log: io.Discard, databaseURL: database, county: county.Default()}
	j, err := job.Open(context.Background(), p.databaseURL, p.county)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for _, period := range []ledger.Period{{Year: 2024, Month: 5}, {Year: 2024, Month: 6}} {
		report, err := p.run(context.Background(), period, filepath.Join(samplesDir, period.String(), "inbox"), out)
		if err != nil {
			t.Fatal(err)
		}
		month, err := j.Merged(context.Background(), period)
		if err != nil {
			t.Fatal(err)
		}
		kinds := map[string]int{}
		for _, written := range report.Workbooks {
			t.Run(written.Path, func(t *testing.T) {
				content, err := os.ReadFile(filepath.Join(out, period.String(), written.Path))
				if err != nil {
					t.Fatal(err)
				}
				walkFigures(t, summary.LineageOf(month, written.Path), readCells(t, content), sent, kinds)
			})
		}
		t.Run("documents", func(t *testing.T) {
			walkDocuments(t, month, report, filepath.Join(out, period.String()), sent)
		})
		for _, kind := range []string{"value", "count", "sum", "fact"} {
			if kinds[kind] == 0 {
				t.Errorf("%s: no %s was met", period, kind)
			}
		}
	}
}

// walkFigures counts the numbers of a workbook by kind.
func walkFigures(t *testing.T, lineage *summary.Lineage, book cells, sent *sentFiles, kinds map[string]int) {
	known := map[string]bool{} // claims held against their files
	for name, of := range book {
		for at, cell := range of {
			trace, err := lineage.Trace(name, at, ledger.Chinese)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range trace.Items {
				for _, claim := range item.Claims {
					key := fmt.Sprint(claim.Period, claim.File, claim.Sheet, claim.Cell, claim.Raw, claim.SHA256)
					if known[key] {
						continue
					}
					known[key] = true
					if err := sent.holds(t, claim); err != nil {
						t.Errorf("%s!%s: %s %s!%s %q: %v", name, at, claim.File, claim.Sheet, claim.Cell, claim.Raw, err)
					}
				}
			}
			if cell.Kind != sheet.Number {
				continue
			}
			kind, err := kindOf(lineage, trace, cell)
			if err != nil {
				t.Errorf("%s!%s %s %q: %v", name, at, trace.Heading, trace.Shown, err)
			}
			kinds[kind]++
		}
	}
	t.Logf("%d claims held against their files; numbers so far %v", len(known), kinds)
}

// kindOf tells what a number is, and what is wrong with its lineage.
func kindOf(lineage *summary.Lineage, t *summary.Trace, cell sheet.Cell) (string, error) {
	shown, err := strconv.ParseFloat(cell.Raw, 64)
	if err != nil {
		return "", err
	}
	switch formula := t.Formula; {
	case len(t.Facts) > 0 && len(t.Items) == 0:
		return "fact", nil
	case (formula != "" || len(t.Reads) > 0) && shown == 0 && len(t.Items) == 0:
		return "none", nil
	case len(t.Items) == 0:
		return "", fmt.Errorf("it leads nowhere: %s", formula)
	case len(t.Facts) == 0 && (begins(formula, "COUNTIF", "COUNTA") || begins(formula, "SUM(") && begins(firstRead(lineage, t).Formula, "COUNTIF")):
		if float64(len(t.Items)) != shown {
			return "count", fmt.Errorf("it counts %v and names %d projects", shown, len(t.Items))
		}
		return "count", nil
	case len(t.Facts) == 0 && begins(formula, "SUMIF", "ROUND(SUMIF", "IF(AND(COUNTIF") && firstRead(lineage, t).Formula == "":
		total := sumOf(t)
		if near := func(x float64) bool { return math.Abs(total-x) < 1e-4 }; !near(shown) && !near(shown*1e4) {
			return "sum", fmt.Errorf("it adds up to %v and names %v", shown, total)
		}
		return "sum", nil
	}
	return "value", rests(t)
}

// begins reports whether a formula begins with one of several words.
func begins(formula string, words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(formula, word) })
}

// firstRead is the first cell that a formula reads.
func firstRead(lineage *summary.Lineage, t *summary.Trace) *summary.Trace {
	place, name, _ := strings.Cut(t.Reads[0], "!")
	read, err := lineage.Trace(place, name, ledger.Chinese)
	if err != nil {
		panic(err)
	}
	return read
}

// rests reports an error unless some cell of a department says something.
func rests(t *summary.Trace) error {
	for _, item := range t.Items {
		for _, claim := range item.Claims {
			if claim.File != "" && claim.Cell != "" {
				return nil
			}
		}
	}
	return fmt.Errorf("none of its claims names a cell")
}

// sumOf adds up what a sum was taken over, money in 万元: the claims in force of its column,
// which is that of the first one. What rows were found by comes after it, and may be numbers
// too.
func sumOf(t *summary.Trace) float64 {
	total, column := 0., ""
	for _, item := range t.Items {
		for _, claim := range item.Claims {
			name := claim.Column[strings.LastIndex(claim.Column, "月")+1:] // 1-6月累计 is 1-5月累计 where it is carried over
			if column == "" {
				column = name
			}
			if name != column || claim.Value == "" || claim.State != summary.Counts && claim.State != summary.Carried {
				continue
			}
			amount, err := strconv.ParseFloat(strings.TrimSuffix(claim.Value, "万元"), 64)
			if err != nil {
				panic(err)
			}
			total += amount
		}
	}
	return total
}

// shownCells are the cells that doc/trace.md asks about, by workbook.
var shownCells = [][2]string{
	{"谋划储备项目汇总", "项目台账!F8"}, {"谋划储备项目汇总", "项目台账!F201"}, {"谋划储备项目汇总", "项目台账!F441"}, {"重点项目进展汇总", "项目台账!J9"},
	{"谋划储备项目汇总", "总览!A6"}, {"谋划储备项目汇总", "总览!F6"}, {"谋划储备项目汇总", "四个一批!D8"}, {"重点项目进展汇总", "省级重点!R4"}, {"高质量项目推进月度通报", "通报正文!A10"},
	{"谋划储备项目汇总", "对账!B8"},
}

// shownTrace is a trace of doc/trace.md.
var shownTrace = regexp.MustCompile("(?s)```console\n.*?\n```")

// TestShownTraces: what doc/trace.md shows is what trace prints, cut after some lines.
// Rewrite with -update after a change that is meant.
func TestShownTraces(t *testing.T) {
	if testing.Short() {
		t.Skip("makes the month again for every cell")
	}
	const path, most, widest, fence = "../../doc/trace.md", 10, 220, "```"
	database, out := sqliteIn(t), filepath.Join(t.TempDir(), "out")
	for _, period := range []string{"2024-05", "2024-06"} {
		huizong(t, exitLeftOut, "--database", database, "--quiet", "run",
			"--period", period, "--inbox", filepath.Join(samplesDir, period, "inbox"), "--out", out)
	}
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if shown := len(shownTrace.FindAll(page, -1)); shown != len(shownCells) {
		t.Fatalf("%s shows %d traces, want %d", path, shown, len(shownCells))
	}
	next := 0
	want := shownTrace.ReplaceAllStringFunc(string(page), func(string) string {
		of := shownCells[next]
		next++
		name := fmt.Sprintf("2024-06/城固县%s_2024-06.xlsx", of[0])
		lines := strings.Split(strings.TrimSpace(huizong(t, exitDone, "--database", database, "trace", filepath.Join(out, name), of[1])), "\n")
		if len(lines) > most {
			lines = append(lines[:most], "…")
		}
		for i, line := range lines {
			if runes := []rune(line); len(runes) > widest {
				lines[i] = string(runes[:widest]) + " …"
			}
		}
		return fmt.Sprintf("%sconsole\n$ bin/huizong trace out/%s '%s'\n%s\n%s", fence, name, of[1], strings.Join(lines, "\n"), fence)
	})
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(page)); diff != "" {
		t.Errorf("doc/trace.md, -what trace prints +what it shows:\n%s", diff)
	}
}
