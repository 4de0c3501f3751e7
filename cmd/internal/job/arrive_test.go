package job

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate"
	"huizong/importer"
	"huizong/importer/sheet"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/validate"
)

// Each file of testdata/arrive stands for a way in which returns really arrive. What is right
// stands in the text beside it: whose return it is, each figure with its unit or a × where it is
// held back, and the finding that asks.
func TestArrive(t *testing.T) {
	c := county.Default()
	config := configOf(c, june, []string{"汇总123"})
	const dir = "testdata/arrive"
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := file.Name()
		if filepath.Ext(name) == ".txt" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			d, err := config.ReadFile(filepath.Join(dir, name), name)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, f := range d.Findings {
				got.WriteString(f.Line(ledger.Chinese) + "\n")
			}
			for _, r := range d.Returns {
				r = consolidate.Apply(r, validate.Return(r, withoutPast, c))
				writeReturn(&got, r)
			}
			if d.Refused() == importer.NoForm.ID {
				writeCells(t, &got, filepath.Join(dir, name), config)
			}
			holdText(t, filepath.Join(dir, name+".txt"), got.String())
		})
	}
}

// writeCells writes the cells of a file that holds no form, as they were read.
func writeCells(t *testing.T, w *strings.Builder, path string, config importer.Config) {
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)), config.Limits, config.Passwords...)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range book.Sheets() {
		for row, err := range s.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			for _, cell := range row.Cells {
				fmt.Fprintf(w, "%s!%s %s\n", s.Name, sheet.Ref(cell.Column, row.Number), cell.Raw)
			}
		}
	}
}

// writeReturn writes a return as a person would check it.
func writeReturn(w *strings.Builder, r *ledger.Return) {
	rows := r.Rows()
	fmt.Fprintf(w, "%s %s %s %s 单位%s %s：%d行，采用%d、退回%d、重复%d、非数据%d、空白%d\n", form.ByID(r.Form).Title, r.Department, r.Period, r.Sheet, r.Unit, r.State,
		rows.Seen, rows.Taken, rows.Returned, rows.Repeated, rows.Subtotal, rows.Blank)
	f := form.ByID(r.Form)
	for i := range r.Records {
		record := &r.Records[i]
		w.WriteString(strings.TrimSpace(fmt.Sprint(record.Sheet, " ", record.Row)))
		for _, c := range f.Columns {
			field := c.Field(record)
			switch {
			case field.Held:
				fmt.Fprintf(w, " %s=×", c.Name)
			case field.Value.Known:
				fmt.Fprintf(w, " %s=%s", c.Name, strings.ReplaceAll(c.Spell(field.Value), "\n", "⏎"))
			}
		}
		for _, heading := range slices.Sorted(maps.Keys(record.Extra)) {
			fmt.Fprintf(w, " 〔%s〕%s", heading, record.Extra[heading])
		}
		w.WriteString("\n")
	}
	for _, finding := range r.Findings {
		w.WriteString(finding.Line(ledger.Chinese) + "\n")
	}
}

// holdText holds a text against the one that is expected.
func holdText(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s:\n%s", path, diff)
	}
}
