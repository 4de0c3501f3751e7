package template_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"huizong/consolidate"
	"huizong/importer"
	"huizong/importer/receipt"
	"huizong/importer/template"
	"huizong/internal/elsewhere"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/validate"
)

var everywhere = flag.Bool("elsewhere", false, "every form in every format of every program, and back")

// A sent is what a unit sends in, and what is read of it.
type sent struct {
	form *form.Form
	name string // of the file
	path string
	read *ledger.Return
}

// atRisk types into a filled in page what other programs are known to change, each as people type it.
func (p *page) atRisk() {
	p.t.Helper()
	seen := map[form.Type]int{}
	for _, c := range p.form.Columns {
		if c.Identity || c.Role != form.NoRole || c == p.form.Entity.Column || len(c.Words) > 0 || slices.Contains(p.form.Apart, c) {
			continue
		}
		at := p.at(c)
		cell := func(row int) string { return cellAt(at, first+row) }
		switch nth := seen[c.Type]; {
		case c.Type == form.AmountType && nth == 0:
			p.put(cell(2), 1234.5)
			p.show(cell(2), "#,##0.00")
			p.put(cell(known), "1,234.5")
		case c.Type == form.RateType && nth == 0:
			p.put(cell(2), 0.12)
			p.show(cell(2), "0%")
			p.put(cell(known), "12%")
		case c.Type == form.CountType && nth == 0:
			p.put(cell(2), 1200)
			p.show(cell(2), "#,##0")
			p.put(cell(known), "1,200")
		case c.Type == form.DateType && nth == 0:
			p.put(cell(2), ledger.Date{Year: 2024, Month: 7, Day: 5}.Serial())
			p.show(cell(2), `yyyy"年"m"月"d"日"`)
			p.put(cell(known), "2024年7月5日")
		case c.Type == form.TextType && nth == 0:
			p.put(cell(2), strings.Repeat("路基、桥涵（一期，含“引线”）,已完成;\n", 20))
			p.put(cell(known), "001234")
			p.put(cell(known+1), "610722199001011234")
		case c.Type == form.TextType && nth == 1:
			p.put(cell(known+1), "同上")
		case c.Type == form.TextType && nth == 2:
			p.put(cell(known+1), nil)
			if err := p.file.MergeCell(p.form.Title, cell(known), cell(known+1)); err != nil {
				p.t.Fatal(err)
			}
		case c.Need == form.Optional:
			p.put(cell(known+1), nil)
		}
		seen[c.Type]++
	}
}

// show gives a cell a number format.
func (p *page) show(cell, format string) {
	p.t.Helper()
	style, err := p.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err == nil {
		err = p.file.SetCellStyle(p.form.Title, cell, cell, style)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// send writes the template of a form, filled in with what is at risk, and the receipt of it, into a folder.
func send(t *testing.T, f *form.Form, folder string) (filled, annotated sent) {
	t.Helper()
	of := full()
	of.Sheets = slices.DeleteFunc(of.Sheets, func(s template.Sheet) bool { return s.Form != f })
	p := pageOf(t, open(t, made(t, of)), f)
	p.fill()
	p.atRisk()
	content := saved(t, p.file)
	name := of.Department + of.Period.Chinese() + f.Title
	d := judged(t, name+".xlsx", content)
	r := d.Returns[0]
	noted, ok, err := receipt.Annotate(content, &receipt.Slip{Title: "回单", File: d.Path, SHA256: d.SHA256, Sender: r.Department,
		Returns:  []receipt.Return{{Form: f.Title, Department: r.Department, Period: r.Period, Sheet: r.Sheet, State: r.State, Rows: r.Rows()}},
		Findings: r.Findings, County: home})
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	return keep(t, f, folder, name, content), keep(t, f, folder, name+"（回单）", noted)
}

// keep writes a file into a folder, and reads it.
func keep(t *testing.T, f *form.Form, folder, name string, content []byte) sent {
	t.Helper()
	path := filepath.Join(folder, name+".xlsx")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	d := judged(t, name+".xlsx", content)
	if len(d.Returns) != 1 {
		t.Fatalf("%s: %q", name, lines(d))
	}
	return sent{f, name, path, d.Returns[0]}
}

// judged is a delivery read and judged as a run does it.
func judged(t *testing.T, path string, content []byte) importer.Delivery {
	t.Helper()
	d := read(t, path, content)
	for i, r := range d.Returns {
		d.Returns[i] = consolidate.Apply(r, validate.Return(r, func(*form.Form, string, *ledger.Record) []*ledger.Record { return nil }, home))
	}
	return d
}

// A fate is what became of what a file says elsewhere.
type fate string

const (
	equal  fate = "equal"
	told   fate = "said"
	silent fate = "silently changed"
)

// fateOf holds what is read of what a program made of a file against what was read of the file itself, value by value. It
// gives the differences, each with what was said of it.
func (s sent) fateOf(t *testing.T, paths []string) (fate, []string) {
	t.Helper()
	var came []*ledger.Return
	var findings []string
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d := judged(t, filepath.Base(path), content)
		came = append(came, d.Returns...)
		findings = append(findings, lines(d)...)
	}
	switch {
	case len(came) == 0 && len(findings) > 0:
		return told, findings
	case len(came) != 1 || came[0].ReturnID != s.read.ReturnID:
		return silent, append(findings, fmt.Sprintf("%d returns", len(came)))
	case came[0].State == ledger.Returned && s.read.State != ledger.Returned:
		return told, findings
	case len(came[0].Records) != len(s.read.Records):
		return silent, append(findings, fmt.Sprintf("%d rows of %d", len(came[0].Records), len(s.read.Records)))
	}
	return s.compare(came[0])
}

// compare goes through the values of as many rows.
func (s sent) compare(got *ledger.Return) (became fate, words []string) {
	became = equal
	for i := range got.Records {
		want, have := &s.read.Records[i], &got.Records[i]
		for _, c := range s.form.Columns {
			was, is := c.Value(want), c.Value(have)
			if was == is || isReflowed(was, is) {
				continue
			}
			by := saidOf(got, have, c, isLess(c, was, is))
			words = append(words, fmt.Sprintf("row %d %s: %q became %q: %s", have.Row, c.Name, c.Show(was), c.Show(is), by))
			switch {
			case by == "":
				became = silent
			case became == equal:
				became = told
			}
		}
	}
	return became, words
}

// saidOf is the finding that says that a value was changed; blank if there is none. less is of a value that lost what C42 tells of the sheet.
func saidOf(r *ledger.Return, of *ledger.Record, c *form.Column, less bool) string {
	for _, f := range r.Findings {
		here := f.Row == 0 || f.Row == of.Row
		switch {
		case f.Code.Severity == ledger.Notice || !here:
		case f.Code == importer.TemplateChanged && less, f.Code.Effect == ledger.RejectRow, slices.Contains(f.Fields(), c.Name):
			return f.Line(ledger.Chinese)
		}
	}
	return ""
}

// isLess reports whether a value lost no more than C42 says: it was merged with that above it, has more decimals than were shown, or zeros at its ends.
func isLess(c *form.Column, was, is ledger.Value) bool {
	apart := max(was.N-is.N, is.N-was.N)
	switch c.Type {
	case form.TextType:
		return !is.Known || strings.Trim(is.S, "0.") == strings.Trim(was.S, "0.")
	case form.AmountType:
		return is.Known && apart <= int64(ledger.TenThousandYuan)/200
	case form.RateType:
		return is.Known && apart <= form.RateScale/20_000
	}
	return false
}

// isReflowed reports texts that are the same but for their line breaks, of which Gnumeric's .ods lets LibreOffice make blanks.
func isReflowed(was, is ledger.Value) bool {
	return was.Known && is.Known && was.S != "" && strings.Join(strings.Fields(was.S), "") == strings.Join(strings.Fields(is.S), "")
}

// pageAmong is the file of the form's own sheet, where each sheet has become a file: who saves one of several as CSV has
// it in front.
func pageAmong(paths []string, f *form.Form) []string {
	if len(paths) == 1 {
		return paths
	}
	return slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		return !strings.HasSuffix(strings.TrimSuffix(path, filepath.Ext(path)), "-"+f.Title)
	})
}

// A way is what files go through: saved by a program in a format, and back again as .xlsx by Gnumeric, which opens all of them.
type way struct {
	program elsewhere.Program
	format  elsewhere.Format
	back    bool
}

func (w way) String() string {
	text := w.program.Name + " ." + string(w.format)
	if w.back {
		text += " and back"
	}
	return text
}

// through gives what became of each file on the way.
func (w way) through(t *testing.T, all []sent) [][]string {
	t.Helper()
	var files []string
	for _, s := range all {
		files = append(files, s.path)
	}
	made := w.save(t, w.program, w.format, files)
	for i, s := range all {
		made[i] = pageAmong(made[i], s.form)
	}
	if w.back {
		gnumeric := slices.IndexFunc(elsewhere.All(), func(p elsewhere.Program) bool { return p.Name == "Gnumeric" })
		return w.save(t, elsewhere.All()[gnumeric], elsewhere.XLSX, slices.Concat(made...))
	}
	return made
}

func (w way) save(t *testing.T, by elsewhere.Program, format elsewhere.Format, files []string) [][]string {
	t.Helper()
	made, err := by.Save(t.Context(), format, t.TempDir(), files...)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// ways are all that there are for the programs that are installed; those back only where everything is tried.
func ways(t *testing.T) []way {
	t.Helper()
	programs, missing, err := elsewhere.Programs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(missing) > 0 {
		t.Logf("not installed (make tools): %s", strings.Join(missing, ", "))
	}
	var all []way
	for _, program := range programs {
		for _, format := range program.Formats {
			all = append(all, way{program, format, false})
			if *everywhere && format != elsewhere.XLSX && !slices.Contains(missing, "Gnumeric") {
				all = append(all, way{program, format, true})
			}
		}
	}
	return all
}

// TestElsewhere: whatever program and format a template or a receipt passes through before it is sent in, each value of it is
// read as it was, or a finding says what was lost. Unless everything is asked for (go test ./importer/template -run Elsewhere -elsewhere),
// two files go each way, such that every form is met.
func TestElsewhere(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice and others, a minute")
	}
	var templates, receipts []sent
	folder := t.TempDir()
	for _, f := range form.All() {
		filledIn, noted := send(t, f, folder)
		templates, receipts = append(templates, filledIn), append(receipts, noted)
	}
	count := map[fate]int{}
	all := ways(t)
	for i, way := range all {
		files := slices.Concat(templates, receipts)
		if !*everywhere {
			files = []sent{templates[i%len(templates)], receipts[(i+len(receipts)/2)%len(receipts)]}
		}
		t.Run(way.String(), func(t *testing.T) {
			for i, paths := range way.through(t, files) {
				became, words := files[i].fateOf(t, paths)
				count[became]++
				if became == silent {
					t.Errorf("%s: %s\n%s", files[i].name, became, strings.Join(words, "\n"))
				} else if len(words) > 0 {
					t.Logf("%s: %s\n%s", files[i].name, became, strings.Join(words, "\n"))
				}
			}
		})
	}
	t.Logf("%d forms, %d ways: %d files equal, %d said, %d silently changed", len(templates), len(all), count[equal], count[told], count[silent])
}
