package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"huizong/consolidate/summary"
	"huizong/importer/sheet"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

// cells are those of a workbook that hold something, by sheet and name.
type cells map[string]map[string]sheet.Cell

func readCells(t *testing.T, content []byte) cells {
	t.Helper()
	book, err := sheet.Open(strings.NewReader(string(content)), int64(len(content)), sheet.DefaultLimits())
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

// unproved are the workbook and the sheets whose figures do not all lead back yet.
var unproved = []string{"高质量项目推进月度通报", "入统核对", "入统明细"}

func isUnproved(name string) bool {
	return slices.ContainsFunc(unproved, func(part string) bool { return strings.Contains(name, part) })
}

// TestEveryFigureLeadsBack walks all cells of the workbooks of both sample months, but for
// what is not proved yet. Every
// number leads to cells that departments sent, as they sent them, or is the month's own;
// what counts and adds up names exactly the projects that it counts.
func TestEveryFigureLeadsBack(t *testing.T) {
	if testing.Short() {
		t.Skip("every cell of four workbooks: run without -short")
	}
	out, database := t.TempDir(), sqliteIn(t)
	sent := &sentFiles{samplesDir, map[string]cells{}, map[string]string{}}
	p := &program{out: io.Discard, log: io.Discard, databaseURL: database, county: county.Default()}
	for _, period := range []ledger.Period{{Year: 2024, Month: 5}, {Year: 2024, Month: 6}} {
		if _, err := p.run(context.Background(), period, filepath.Join(samplesDir, period.String(), "inbox"), out); err != nil {
			t.Fatal(err)
		}
		month, err := p.merged(context.Background(), period)
		if err != nil {
			t.Fatal(err)
		}
		books, err := filepath.Glob(filepath.Join(out, period.String(), "*.xlsx"))
		if err != nil || len(books) < 2 {
			t.Fatalf("workbooks %q, %v", books, err)
		}
		for _, book := range books {
			if isUnproved(book) {
				continue
			}
			t.Run(filepath.Base(book), func(t *testing.T) {
				content, err := os.ReadFile(book)
				if err != nil {
					t.Fatal(err)
				}
				walkFigures(t, summary.LineageOf(month, filepath.Base(book)), readCells(t, content), sent)
			})
		}
	}
}

func walkFigures(t *testing.T, lineage *summary.Lineage, book cells, sent *sentFiles) {
	known := map[string]bool{} // claims held against their files
	kinds := map[string]int{}
	for name, of := range book {
		if isUnproved(name) {
			continue
		}
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
			kind, err := kindOf(trace, cell)
			if err != nil {
				t.Errorf("%s!%s %s %q: %v", name, at, trace.Heading, trace.Shown, err)
			}
			kinds[kind]++
		}
	}
	t.Logf("%d claims held against their files; numbers %v", len(known), kinds)
	for _, kind := range []string{"value", "count", "sum", "fact"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s was met", kind)
		}
	}
}

// kindOf tells what a number is, and what is wrong with its lineage.
func kindOf(t *summary.Trace, cell sheet.Cell) (string, error) {
	shown, err := strconv.ParseFloat(cell.Raw, 64)
	if err != nil {
		return "", err
	}
	counts := strings.HasPrefix(t.Formula, "COUNTIF") || strings.HasPrefix(t.Formula, "COUNTA") || strings.HasPrefix(t.Formula, "SUM(")
	sums := strings.HasPrefix(t.Formula, "SUMIF") || strings.HasPrefix(t.Formula, "ROUND(SUMIF") || strings.HasPrefix(t.Formula, "IF(AND(COUNTIF")
	switch {
	case counts && len(t.Facts) == 0:
		if float64(len(t.Items)) != shown {
			return "count", fmt.Errorf("it counts %v and names %d projects", shown, len(t.Items))
		}
		return "count", nil
	case sums:
		total := sumOf(t)
		if amount := ledger.Money(shown*1e6 + 0.5); total != amount && total != ledger.Money(shown*1e10+0.5) {
			return "sum", fmt.Errorf("it adds up to %v and names %v", shown, total)
		}
		return "sum", nil
	case len(t.Items) > 0:
		return "value", rests(t)
	case len(t.Facts) > 0:
		return "fact", nil
	case t.Formula != "" && shown == 0:
		return "none", nil
	}
	return "", fmt.Errorf("it leads nowhere: %s", t.Formula)
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

// sumOf adds up what a sum was taken over: the claims in force of its column, which is that
// of the first one. What rows were found by comes after it, and may be money too.
func sumOf(t *summary.Trace) ledger.Money {
	var total ledger.Money
	column := ""
	for _, item := range t.Items {
		for _, claim := range item.Claims {
			_, name, _ := strings.Cut("月"+claim.Column, "月") // 1-6月累计 is 1-5月累计 where it is carried over
			if _, later, found := strings.Cut(name, "月"); found {
				name = later
			}
			if column == "" {
				column = name
			}
			inForce := claim.State == summary.Counts || claim.State == summary.Carried
			if text, money := strings.CutSuffix(claim.Value, "万元"); money && inForce && name == column {
				amount, err := ledger.ParseMoney(text, ledger.TenThousandYuan)
				if err != nil {
					panic(err)
				}
				total += amount
			}
		}
	}
	return total
}
