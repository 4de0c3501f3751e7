package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"huizong/internal/peak"
)

// BenchmarkRead compares this reader (sheet) with the two things that say what
// its speed is worth: excelize, reading as much of the same workbooks, and bare
// inflating of the parts that must be read (floor). Compare within one run only.
func BenchmarkRead(b *testing.B) {
	var returns [][]byte
	for i := range 50 {
		returns = append(returns, workbookOf(b, 40, 25, i))
	}
	b.Run("2000 returns", func(b *testing.B) { benchmarkRead(b, returns, 2000) })
	b.Run("one large sheet", func(b *testing.B) { benchmarkRead(b, [][]byte{workbookOf(b, 100_000, 25, 0)}, 1) })
}

func benchmarkRead(b *testing.B, files [][]byte, times int) {
	for _, side := range []struct {
		name string
		read func(testing.TB, []byte) (cells int)
	}{
		{"floor", readFloor}, {"sheet", readSheet}, {"excelize", readExcelize},
	} {
		b.Run(side.name, func(b *testing.B) {
			debug.FreeOSMemory()
			used := peak.Watch()
			for range b.N {
				for i := range times {
					side.read(b, files[i%len(files)])
				}
			}
			b.ReportMetric(float64(used())/1e6, "peak-MB")
		})
	}
}

// TestBench is the part of bench/run.py that is written in Go: HUIZONG_BENCH is what
// to do, "make", "sheet" or "excelize", and in which directory.
func TestBench(t *testing.T) {
	side, dir, ok := strings.Cut(os.Getenv("HUIZONG_BENCH"), " ")
	if !ok {
		t.Skip("for bench/run.py")
	}
	if side == "make" {
		for i := range 400 {
			writeFile(t, filepath.Join(dir, "returns", fmt.Sprintf("%03d.xlsx", i)), workbookOf(t, 40, 25, i))
		}
		writeFile(t, filepath.Join(dir, "large", "large.xlsx"), workbookOf(t, 100_000, 25, 0))
		return
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]func(testing.TB, []byte) int{"sheet": readSheet, "excelize": readExcelize}[side]
	cells, start := 0, time.Now()
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		cells += read(t, data)
	}
	t.Logf("bench: %d cells %.3f s", cells, time.Since(start).Seconds())
}

func writeFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// workbookOf makes a return: a title, a header, rows of names, dates, amounts.
func workbookOf(tb testing.TB, rows, columns, seed int) []byte {
	tb.Helper()
	file := excelize.NewFile()
	defer file.Close()
	must := func(err error) {
		if err != nil {
			tb.Fatal(err)
		}
	}
	date, err := file.NewStyle(&excelize.Style{NumFmt: 31})
	must(err)
	w, err := file.NewStreamWriter("Sheet1")
	must(err)
	must(w.SetRow("A1", []any{"重点项目建设进展月报表"}))
	must(w.MergeCell("A1", "H1"))
	values := make([]any, columns)
	rng := rand.New(rand.NewSource(int64(seed)))
	for row := 2; row <= rows; row++ {
		for c := range values {
			switch n := rng.Intn(1_000_000); c % 5 {
			case 0:
				values[c] = fmt.Sprintf("某某镇饮水安全巩固提升工程%d", n%300)
			case 1:
				values[c] = excelize.Cell{StyleID: date, Value: 45000 + n%700}
			case 2:
				values[c] = n
			default:
				values[c] = float64(n) / 100
			}
		}
		must(w.SetRow(Ref(1, row), values))
	}
	must(w.Flush())
	var out bytes.Buffer
	must(file.Write(&out))
	return out.Bytes()
}

func readSheet(tb testing.TB, data []byte) (cells int) {
	limits := defaultLimits
	limits.Sheet, limits.Unzipped, limits.Content, limits.Cells = 256<<20, 256<<20, 256<<20, 3_000_000
	book, err := Open(bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		tb.Fatal(err)
	}
	for _, sheet := range book.Sheets() {
		for row, err := range sheet.Rows() {
			if err != nil {
				tb.Fatal(err)
			}
			cells += len(row.Cells)
		}
	}
	return cells
}

func readExcelize(tb testing.TB, data []byte) (cells int) {
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	for _, name := range file.GetSheetList() {
		rows, err := file.Rows(name)
		if err != nil {
			tb.Fatal(err)
		}
		for line := 1; rows.Next(); line++ {
			values, err := rows.Columns()
			if err != nil {
				tb.Fatal(err)
			}
			for c, value := range values {
				if _, err := file.GetCellType(name, Ref(c+1, line)); err != nil {
					tb.Fatal(err)
				}
				if value != "" {
					cells++
				}
			}
		}
		if _, err := file.GetMergeCells(name); err != nil {
			tb.Fatal(err)
		}
	}
	return cells
}

func readFloor(tb testing.TB, data []byte) (cells int) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	for _, file := range archive.File {
		switch file.Name {
		case "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
			"xl/_rels/workbook.xml.rels", "_rels/.rels", "[Content_Types].xml", "docProps/core.xml":
		default:
			continue
		}
		part, err := file.Open()
		if err == nil {
			_, err = io.Copy(io.Discard, part)
		}
		if err != nil {
			tb.Fatal(err)
		}
		part.Close()
	}
	return 0
}
