package template_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"huizong/importer"
	"huizong/importer/template"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// small is a template of the progress form alone, of June where last says so.
func small(last bool) *template.Template {
	of := full()
	of.Sheets = slices.DeleteFunc(of.Sheets, func(s template.Sheet) bool { return s.Form.ID != "progress" })
	if last {
		of.Period = month.Add(-1)
	}
	return of
}

// rowsOf are name and key of each row that was read.
func rowsOf(r *ledger.Return) [][2]string {
	var all [][2]string
	for i := range r.Records {
		all = append(all, [2]string{form.Progress.Name.Of(&r.Records[i]), r.Records[i].Key})
	}
	return all
}

// codes are those of a delivery's findings, each once.
func codes(d importer.Delivery) []string {
	var all []string
	for _, f := range d.Findings {
		all = append(all, f.Code.ID)
	}
	for _, r := range d.Returns {
		for _, f := range r.Findings {
			all = append(all, f.Code.ID)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// swap exchanges two rows with all that is in them, as sorting does.
func (p *page) swap(a, b int) {
	p.t.Helper()
	for at := range 120 {
		here, there := cellAt(at+1, first+a), cellAt(at+1, first+b)
		x, y := p.value(here), p.value(there)
		p.put(here, y)
		p.put(there, x)
	}
}

// value is what a cell holds: a number, a text, or nothing.
func (p *page) value(cell string) any {
	p.t.Helper()
	text, err := p.file.GetCellValue(p.form.Title, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		p.t.Fatal(err)
	}
	kind, err := p.file.GetCellType(p.form.Title, cell)
	if err != nil {
		p.t.Fatal(err)
	}
	if number, err := strconv.ParseFloat(text, 64); err == nil && kind == excelize.CellTypeUnset {
		return number
	}
	if text == "" {
		return nil
	}
	return text
}

func (p *page) rename(row int, name string) {
	p.t.Helper()
	p.put(cellAt(p.at(form.Progress.Name.Column), first+row), name)
}

// copy puts a row below the others.
func (p *page) copy(row, to int) {
	p.t.Helper()
	for at := range 120 {
		p.put(cellAt(at+1, first+to), p.value(cellAt(at+1, first+row)))
	}
}

// tick ticks that there is nothing to fill in.
func (p *page) tick() {
	p.t.Helper()
	rows, err := p.file.GetRows(p.form.Title)
	if err != nil {
		p.t.Fatal(err)
	}
	if rows[header-2][0] != ledger.TickUnchanged {
		p.t.Fatalf("no tick in %q", rows[header-2])
	}
	merged, err := p.file.GetMergeCells(p.form.Title)
	if err != nil {
		p.t.Fatal(err)
	}
	words := slices.IndexFunc(merged, func(m excelize.MergeCell) bool { return m.GetCellValue() == ledger.TickUnchanged })
	column, row, err := excelize.CellNameToCoordinates(merged[words].GetEndAxis())
	if err != nil {
		p.t.Fatal(err)
	}
	p.put(cellAt(column+1, row), "√")
}

func TestWhatBecomesOfRows(t *testing.T) {
	key := func(row int) string { return full().Sheets[1].Rows[row].Key }
	name := func(row int) string { r := expected(form.ByID("progress"), row); return form.Progress.Name.Of(&r) }
	all := [][2]string{{name(0), key(0)}, {name(1), key(1)}, {name(2), key(2)}, {name(3), ""}, {name(4), ""}}
	with := func(row int, name, key string) [][2]string {
		rows := slices.Clone(all)
		rows[row] = [2]string{name, key}
		return rows
	}
	for _, test := range []struct {
		name  string
		does  func(p *page)
		rows  [][2]string
		codes []string
	}{
		{"filled in", func(*page) {}, all, nil},
		{"renamed", func(p *page) { p.rename(1, "西环线快速路") }, with(1, "西环线快速路", key(1)), nil},
		{"sorted", func(p *page) { p.swap(0, 2) }, [][2]string{all[2], all[1], all[0], all[3], all[4]}, nil},
		{"deleted", func(p *page) {
			if err := p.file.RemoveRow(p.form.Title, first+1); err != nil {
				t.Fatal(err)
			}
		}, [][2]string{all[0], all[2], all[3], all[4]}, nil},
		{"copied and renamed", func(p *page) { p.copy(0, known+added); p.rename(known+added, "另一条路") },
			append(with(0, name(0), ""), [2]string{"另一条路", ""}), []string{importer.KeyTwice.ID}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := pageOf(t, open(t, made(t, small(false))), form.ByID("progress"))
			p.fill()
			test.does(p)
			d := read(t, "报表.xlsx", saved(t, p.file))
			if diff := cmp.Diff(test.codes, codes(d)); diff != "" {
				t.Error(diff, lines(d))
			}
			if diff := cmp.Diff(test.rows, rowsOf(d.Returns[0])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTick(t *testing.T) {
	for _, test := range []struct {
		name              string
		does              func(p *page)
		unchanged         bool
		records, subtotal int
		codes             []string
	}{
		{"not ticked", func(*page) {}, false, known, 0, nil},
		{"ticked", (*page).tick, true, 0, known, nil},
		{"ticked, and rows deleted", func(p *page) {
			p.tick()
			for range known {
				if err := p.file.RemoveRow(p.form.Title, first); err != nil {
					t.Fatal(err)
				}
			}
		}, true, 0, 0, nil},
		{"ticked and filled in", func(p *page) { p.tick(); p.enter(form.Progress.ThisMonth.Column, 0, ledger.Number(100)) },
			false, known, 0, []string{importer.NilWithRows.ID}},
		{"ticked and renamed", func(p *page) { p.tick(); p.rename(0, "西环线快速路") }, false, known, 0, []string{importer.NilWithRows.ID}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := pageOf(t, open(t, made(t, small(false))), form.ByID("progress"))
			test.does(p)
			d := read(t, "报表.xlsx", saved(t, p.file))
			if diff := cmp.Diff(test.codes, codes(d)); diff != "" {
				t.Error(diff, lines(d))
			}
			r := d.Returns[0]
			if r.Nil != test.unchanged || r.Unchanged != test.unchanged || len(r.Records) != test.records || r.Subtotal != test.subtotal {
				t.Errorf("nil %t, unchanged %t, %d records, %d others", r.Nil, r.Unchanged, len(r.Records), r.Subtotal)
			}
		})
	}
}

func TestStamp(t *testing.T) {
	neighbour := county.Default()
	neighbour.Region = "610723"
	say := func(sheet, cell, text string) func(f *excelize.File) error {
		return func(f *excelize.File) error { return f.SetCellStr(sheet, cell, text) }
	}
	title := form.ByID("progress").Title
	for _, test := range []struct {
		name   string
		last   bool // of last month
		does   func(f *excelize.File) error
		in     *county.County
		period ledger.Period
		keys   bool
		codes  []string
	}{
		{"as it was given out", false, func(*excelize.File) error { return nil }, home, month, true, nil},
		{"without a title", false, say(title, "A1", ""), home, month, true, nil},
		{"of last month", true, func(*excelize.File) error { return nil }, home, month.Add(-1), true, []string{importer.WrongPeriod.ID}},
		{"titled otherwise", false, say(title, "A1", "城固县重点项目建设进展月报表（2024年6月）"), home, month, true, []string{importer.StampApart.ID}},
		{"of another unit by its words", false, say(title, "A2", "填报单位：水利局　　单位：万元"), home, month, true, []string{importer.StampApart.ID}},
		{"of another version", false, say(ledger.TemplateStamp, "B4", "0"), home, month, true, []string{importer.TemplateOther.ID}},
		{"of another county", false, func(*excelize.File) error { return nil }, neighbour, month, false, []string{importer.StampForeign.ID}},
		{"without its stamp", false, func(f *excelize.File) error { return f.DeleteSheet(ledger.TemplateStamp) }, home, month, true,
			[]string{importer.SheetUnknown.ID, importer.SheetHidden.ID}},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := open(t, made(t, small(test.last)))
			if err := test.does(file); err != nil {
				t.Fatal(err)
			}
			d := readIn(t, test.in, "报表.xlsx", saved(t, file))
			if diff := cmp.Diff(test.codes, codes(d)); diff != "" {
				t.Error(diff, lines(d))
			}
			r := d.Returns[0]
			if r.Department != roads || r.Period != test.period {
				t.Errorf("of %s, %s", r.Department, r.Period)
			}
			if got := r.Records[0].Key != ""; got != test.keys {
				t.Errorf("keys: %t", got)
			}
		})
	}
}

// A template that some program saved in its own way is read, and what it cannot hold any more is said.
func TestSavedAnew(t *testing.T) {
	f := form.ByID("progress")
	plain := func(p *page) {
		style, err := p.file.NewStyle(&excelize.Style{})
		if err == nil {
			err = p.file.SetCellStyle(f.Title, "A1", cellAt(120, 100), style)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	unmerged := func(p *page) {
		merged, err := p.file.GetMergeCells(f.Title)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range merged {
			if err := p.file.UnmergeCell(f.Title, m.GetStartAxis(), m.GetEndAxis()); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, test := range []struct {
		name  string
		does  func(p *page)
		lost  string // as C42 has it
		codes []string
	}{
		{"as it was", func(*page) {}, "", nil},
		{"without merged cells", unmerged, "合并的单元格", []string{importer.TemplateChanged.ID}},
		{"without formats, of which that of rates decides", plain, "单元格格式（小数可能只剩显示出来的几位，编号首尾的0可能没有了）",
			[]string{importer.RateUnclear.ID, importer.TemplateChanged.ID}},
		{"a rate without its format", func(p *page) { p.show(cellAt(p.at(form.Progress.PlanShare.Column), first), "General") }, "",
			[]string{importer.RateUnclear.ID}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := pageOf(t, open(t, made(t, small(false))), f)
			p.fill()
			test.does(p)
			d := read(t, "报表.xlsx", saved(t, p.file))
			if diff := cmp.Diff(test.codes, codes(d)); diff != "" {
				t.Error(diff, lines(d))
			}
			for _, finding := range d.Returns[0].Findings {
				if finding.Code == importer.TemplateChanged && finding.Found != test.lost {
					t.Errorf("lost %s, want %s", finding.Found, test.lost)
				}
			}
			if n := len(d.Returns[0].Records); n != known+added {
				t.Errorf("%d rows", n)
			}
		})
	}
}

// The county's own line stands in a template under a name that no project has.
func TestLineOfTheCounty(t *testing.T) {
	f, s := form.ByID("statistics"), form.Statistics
	of := full()
	of.Sheets = of.Sheets[f.Number-1 : f.Number]
	whole := ledger.Record{}
	s.Name.Set(&whole, ledger.Words("全县"))
	of.Sheets[0].Rows = append([]template.Row{{Key: "0a1b2c3d4e5f", Given: whole}}, of.Sheets[0].Rows...)
	for _, test := range []struct {
		name      string
		does      func(p *page)
		unchanged bool
		growth    ledger.Value
	}{
		{"ticked", (*page).tick, true, ledger.Value{}},
		{"filled in", func(p *page) { p.enter(s.Growth.Column, 0, ledger.Number(94_000)) }, false, ledger.Number(94_000)},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := pageOf(t, open(t, made(t, of)), f)
			test.does(p)
			d := read(t, "报表.xlsx", saved(t, p.file))
			if all := lines(d); len(all) > 0 {
				t.Error(all)
			}
			r := d.Returns[0]
			if r.Unchanged != test.unchanged || !test.unchanged && (s.Growth.Value(&r.Records[0]) != test.growth || f.Name(&r.Records[0]) != "全县") {
				t.Errorf("unchanged %t, %d rows", r.Unchanged, len(r.Records))
			}
		})
	}
}
