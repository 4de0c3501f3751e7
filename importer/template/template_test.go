package template_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"huizong/importer"
	"huizong/importer/sheet"
	"huizong/importer/template"
	"huizong/internal/county"
	"huizong/internal/elsewhere"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

var (
	month = ledger.Period{Year: 2024, Month: 7}
	home  = county.Default()
)

const roads = "交通运输局"

// said makes up what a row says in a column: something else in each row and month.
func said(c *form.Column, row, months int) ledger.Value {
	n := int64(1 + row + 3*months)
	pick := func(words []form.Word) string { return words[int(n)%len(words)].Name }
	switch {
	case c.Role == form.RoleResponsible:
		return ledger.Words(roads)
	case c.Role == form.RoleField:
		return ledger.Words(home.Fields[int(n)%len(home.Fields)].Name)
	case c.Role == form.RoleLeader && c == c.Form.Entity.Column:
		return ledger.Words(home.Leaders[row].Name)
	case c.Role == form.RoleLeader:
		return ledger.Words(home.Leaders[int(n)%len(home.Leaders)].Name)
	case c.Role == form.RoleLeaving:
		return ledger.Value{}
	case c.ID == "number":
		return ledger.Words(fmt.Sprintf("1.%d0", row+1))
	case c == c.Form.Entity.Column, c.Identity && c.Type == form.TextType:
		return ledger.Words(fmt.Sprintf("石门至%c家沟公路改造", []rune("赵钱孙李周吴郑王")[row]))
	}
	switch c.Type {
	case form.CodeType:
		return ledger.Words(fmt.Sprintf("2019-610722-48-03-1000%02d", row))
	case form.AmountType:
		return ledger.Number(n*123_456_789 + 1)
	case form.RateType:
		return ledger.Number(n * 12_345)
	case form.CountType:
		return ledger.Number(n * 15_000)
	case form.FlagType:
		return ledger.Number(n % 2)
	case form.DateType:
		return ledger.Words([]string{"2024-07-15", "2023-11-01", "2025-12", "2026"}[n%4])
	case form.SpanType:
		return ledger.Words([]string{"2023-03/2025-12", "2024/2026"}[n%2])
	case form.SetType:
		return ledger.Words(c.Words[0].Name + "、" + c.Words[1].Name)
	case form.ChoiceType:
		return ledger.Words(pick(c.Words))
	}
	if len(c.Words) > 0 {
		return ledger.Words(pick(c.Words))
	}
	return ledger.Words(fmt.Sprintf("第%d段已完工%d米", row+1, 100*n))
}

// recordOf is a row that says something in every column.
func recordOf(f *form.Form, row, months int) ledger.Record {
	r := ledger.Record{}
	for _, c := range f.Columns {
		c.Set(&r, said(c, row, months))
	}
	return r
}

const (
	known = 3 // rows of each form that are filled in
	added = 2 // and that somebody adds
)

// full is a template with every form of which some rows are known.
func full() *template.Template {
	t := &template.Template{County: home, Period: month, Department: roads}
	for _, f := range form.All() {
		s := template.Sheet{Form: f}
		for i := range known {
			past := recordOf(f, i, 1)
			row := template.Row{Key: fmt.Sprintf("%012x", 1000*f.Number+i), Given: ledger.Record{}, Past: []*ledger.Record{&past}}
			for _, c := range f.Columns {
				if c.Stands(month) && (f.Stock || c.Identity) {
					c.Set(&row.Given, c.Value(&past))
				}
			}
			s.Rows = append(s.Rows, row)
		}
		t.Sheets = append(t.Sheets, s)
	}
	return t
}

func made(t *testing.T, of *template.Template) []byte {
	t.Helper()
	content, err := template.Make(of)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// given is the full template as it is given out.
var given = sync.OnceValues(func() ([]byte, error) { return template.Make(full()) })

func madeFull(t *testing.T) []byte {
	t.Helper()
	content, err := given()
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// A page is a sheet of a template that somebody fills in.
type page struct {
	t       *testing.T
	file    *excelize.File
	form    *form.Form
	columns map[string]int // by heading, the first of it
	typed   map[string]any // by cell
}

const (
	header = 5
	first  = 6
)

func open(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func pageOf(t *testing.T, file *excelize.File, f *form.Form) *page {
	t.Helper()
	rows, err := file.GetRows(f.Title)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{t, file, f, map[string]int{}, map[string]any{}}
	for i, heading := range rows[header-1] {
		if _, twice := p.columns[heading]; !twice {
			p.columns[heading] = i + 1
		}
	}
	return p
}

func (p *page) at(c *form.Column) int {
	name := strings.ReplaceAll(c.Name, "N月", "7月")
	for _, heading := range []string{name, "*" + name, name + "（万元）", "*" + name + "（万元）"} {
		if at := p.columns[heading]; at != 0 {
			return at
		}
	}
	p.t.Fatalf("%s has no column %s", p.form.ID, c.Name)
	return 0
}

func cellAt(column, row int) string {
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err)
	}
	return cell
}

// enter types a value into a column of a row, 0 being the first.
func (p *page) enter(c *form.Column, row int, v ledger.Value) {
	p.t.Helper()
	var typed any = c.Show(v)
	switch date, _ := ledger.ParseDate(v.S); {
	case !v.Known:
		typed = nil
	case c.Type == form.AmountType:
		typed = float64(v.N) / float64(ledger.TenThousandYuan)
	case c.Type == form.RateType:
		typed = float64(v.N) / form.RateScale
	case c.Type == form.CountType:
		typed = float64(v.N) / form.CountScale
	case c.Type == form.DateType && date.Day != 0:
		typed = date.Serial()
	}
	p.put(cellAt(p.at(c), first+row), typed)
}

func (p *page) put(cell string, typed any) {
	p.t.Helper()
	p.typed[cell] = typed
	if err := p.file.SetCellValue(p.form.Title, cell, typed); err != nil {
		p.t.Fatal(err)
	}
}

// fill types something into every cell of the known rows that is blank, and adds rows.
func (p *page) fill() {
	p.t.Helper()
	for row := range known + added {
		for _, c := range p.form.Columns {
			v := said(c, row, 0)
			if row < known && (c.Stands(month) && (p.form.Stock || c.Identity)) || !v.Known {
				continue
			}
			p.enter(c, row, v)
		}
	}
}

// expected is what a row says once it is filled in.
func expected(f *form.Form, row int) ledger.Record {
	r := recordOf(f, row, 0)
	for _, c := range f.Columns {
		if row < known && c.Stands(month) && (f.Stock || c.Identity) {
			c.Set(&r, said(c, row, 1))
		}
	}
	return r
}

func saved(t *testing.T, f *excelize.File) []byte {
	t.Helper()
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t *testing.T, path string, content []byte) importer.Delivery {
	t.Helper()
	return readIn(t, home, path, content)
}

func readIn(t *testing.T, of *county.County, path string, content []byte) importer.Delivery {
	t.Helper()
	delivery, err := importer.Config{County: of, Forms: form.All(), Period: month, Limits: sheet.Limits(home.Limits)}.Read(path, bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return delivery
}

// lines are the findings of a delivery as people read them.
func lines(d importer.Delivery) []string {
	var all []string
	for _, f := range d.Findings {
		all = append(all, f.Line(ledger.Chinese))
	}
	for _, r := range d.Returns {
		for _, f := range r.Findings {
			all = append(all, f.Line(ledger.Chinese))
		}
	}
	return all
}

// filled holds what was read from a filled in template of forms against what was typed.
func filled(t *testing.T, d importer.Delivery, forms []*form.Form) {
	t.Helper()
	if diff := cmp.Diff([]string(nil), lines(d)); diff != "" {
		t.Error(diff)
	}
	if len(d.Returns) != len(forms) {
		t.Fatalf("%d returns, want %d", len(d.Returns), len(forms))
	}
	for _, r := range d.Returns {
		f := form.ByID(r.Form)
		if r.Department != roads || r.Period != month {
			t.Errorf("%s is of %s, %s", r.Form, r.Department, r.Period)
		}
		if len(r.Records) != known+added {
			t.Errorf("%s has %d rows, want %d", r.Form, len(r.Records), known+added)
			continue
		}
		for row := range r.Records {
			want := expected(f, row)
			for _, c := range f.Columns {
				if got := c.Value(&r.Records[row]); got != c.Value(&want) {
					t.Errorf("%s row %d %s: read %+v, typed %+v", r.Form, row, c.Name, got, c.Value(&want))
				}
			}
			if key := r.Records[row].Key; (key != "") != (row < known) {
				t.Errorf("%s row %d has key %q", r.Form, row, key)
			}
		}
	}
}

// typed is the full template, filled in.
func typed(t *testing.T) []byte {
	t.Helper()
	file := open(t, madeFull(t))
	for _, f := range form.All() {
		pageOf(t, file, f).fill()
	}
	return saved(t, file)
}

func TestFilledTemplateReadsBack(t *testing.T) {
	filled(t, read(t, "报表.xlsx", typed(t)), form.All())
}

// there skips the test where a program of others is missing, and fails it where that failed.
func there(t *testing.T, err error) {
	t.Helper()
	if errors.Is(err, elsewhere.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// What LibreOffice makes of a template is read the same; its checks are at work in it.
func TestSavedByLibreOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("ten seconds")
	}
	in, out := filepath.Join(t.TempDir(), "typed.xlsx"), t.TempDir()
	file := open(t, typed(t))
	p := pageOf(t, file, form.ByID("statistics"))
	p.enter(form.Statistics.Since.Column, 1, ledger.Value{})
	p.enter(form.Statistics.Total.Column, 3, ledger.Value{})
	if err := os.WriteFile(in, saved(t, file), 0o600); err != nil {
		t.Fatal(err)
	}
	there(t, elsewhere.Convert(t.Context(), "xlsx", out, in))
	content, err := os.ReadFile(filepath.Join(out, "typed.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	page := pageOf(t, open(t, content), form.ByID("statistics"))
	for row, want := range map[int][]string{
		1:             {form.Statistics.Since.Name + "：", "（" + form.NotEntered.ID + "）"},
		3:             {form.Statistics.Total.Name + "：还没有填"},
		known + added: {},
	} {
		text, err := page.file.GetCellValue(page.form.Title, cellAt(page.columns["〔检查〕"], first+row))
		if err != nil {
			t.Fatal(err)
		}
		if len(want) == 0 && text != "" {
			t.Errorf("a blank row says %q", text)
		}
		for _, words := range want {
			if !strings.Contains(text, words) {
				t.Errorf("row %d says %q, want %q", row, text, words)
			}
		}
	}
	page.enter(form.Statistics.Since.Column, 1, expectedIn(form.Statistics.Since.Column, 1))
	page.enter(form.Statistics.Total.Column, 3, expectedIn(form.Statistics.Total.Column, 3))
	filled(t, read(t, "报表.xlsx", saved(t, page.file)), form.All())
}

func expectedIn(c *form.Column, row int) ledger.Value {
	r := expected(c.Form, row)
	return c.Value(&r)
}

// fillByExceljs types into a workbook with exceljs and saves it, and says what is protected then and what is free.
const fillByExceljs = `const [from, to, typed, sheet, free, locked] = process.argv.slice(1);
const {Workbook} = require('exceljs');
(async () => {
	const book = new Workbook();
	await book.xlsx.readFile(from);
	for (const [name, cells] of Object.entries(JSON.parse(require('fs').readFileSync(typed))))
		for (const [cell, value] of Object.entries(cells)) book.getWorksheet(name).getCell(cell).value = value;
	await book.xlsx.writeFile(to);
	const again = new Workbook();
	await again.xlsx.readFile(to);
	const page = again.getWorksheet(sheet);
	const isLocked = cell => (page.getCell(cell).protection || {}).locked !== false;
	console.log(Boolean(page.sheetProtection && page.sheetProtection.sheet), isLocked(free), isLocked(locked));
})();`

func TestFilledInByExceljs(t *testing.T) {
	forms := []*form.Form{form.ByID("progress"), form.ByID("obstacles"), form.ByID("services")}
	of := full()
	of.Sheets = slices.DeleteFunc(of.Sheets, func(s template.Sheet) bool { return !slices.Contains(forms, s.Form) })
	content := made(t, of)
	file, cells := open(t, content), map[string]map[string]any{}
	for _, f := range forms {
		p := pageOf(t, file, f)
		p.fill()
		cells[f.Title] = p.typed
	}
	list, err := json.Marshal(cells)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for name, content := range map[string][]byte{"from.xlsx": content, "typed.json": list} {
		if err := os.WriteFile(at(name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := pageOf(t, file, form.ByID("progress"))
	free, locked := cellAt(p.at(form.Progress.YearToDate.Column), first), cellAt(p.at(form.Progress.Name.Column), first)
	printed, err := elsewhere.ExcelJS.Run(t.Context(), fillByExceljs, at("from.xlsx"), at("to.xlsx"), at("typed.json"), p.form.Title, free, locked)
	there(t, err)
	if got := strings.TrimSpace(printed); got != "true false true" {
		t.Errorf("protected, amount locked, name locked: %s", got)
	}
	again, err := os.ReadFile(at("to.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	filled(t, read(t, "报表.xlsx", again), forms)
}
