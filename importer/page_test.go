package importer

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"huizong/importer/sheet"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Cells of test sheets: strings and numbers stand for themselves, nil for no cell.
type (
	cells     []any
	formatted struct {
		raw    any
		format string
	}
	marked struct {
		raw   any
		marks sheet.Marked
	}
	computed struct{ cached any } // a formula; nil has no cached value
	failed   string               // an error value
	truth    bool
)

var june = ledger.Period{Year: 2024, Month: 6}

func config() Config {
	return Config{County: county.Default(), Forms: form.All(), Period: june, Limits: sheet.Limits(county.Default().Limits)}
}

func cellOf(value any, column int) sheet.Cell {
	switch v := value.(type) {
	case nil:
		return sheet.Cell{}
	case string:
		return sheet.Cell{Column: column, Kind: sheet.Text, Raw: v}
	case formatted:
		cell := cellOf(v.raw, column)
		cell.Format = v.format
		return cell
	case marked:
		cell := cellOf(v.raw, column)
		cell.Marked = &v.marks
		return cell
	case computed:
		cell := cellOf(v.cached, column)
		cell.Column, cell.Formula = column, true
		return cell
	case failed:
		return sheet.Cell{Column: column, Kind: sheet.Error, Raw: string(v)}
	case truth:
		return sheet.Cell{Column: column, Kind: sheet.Bool, Raw: map[truth]string{true: "1", false: "0"}[v]}
	case float64:
		return sheet.Cell{Column: column, Kind: sheet.Number, Raw: strconv.FormatFloat(v, 'g', 17, 64)}
	}
	return sheet.Cell{Column: column, Kind: sheet.Number, Raw: fmt.Sprint(value)}
}

// pageOf makes a sheet of rows, the first of which is row 1; a nil row is not in the file.
func pageOf(rows ...[]any) *page {
	p := &page{name: "Sheet1", hidden: func(int) bool { return false }, search: &search{math.MaxInt}, formats: map[string]bool{}}
	for i, values := range rows {
		l := line{number: i + 1}
		for j, value := range values {
			if cell := cellOf(value, j+1); cell.Column != 0 {
				l.cells = append(l.cells, cell)
			}
		}
		p.add(l)
	}
	p.index()
	return p
}

func (p *page) merge(ranges ...string) *page {
	for _, text := range ranges {
		from, to, _ := strings.Cut(text, ":")
		a, b := place(from), place(to)
		p.merges = append(p.merges, sheet.Range{FromRow: a[0], FromColumn: a[1], ToRow: b[0], ToColumn: b[1]})
	}
	p.index()
	return p
}

func place(ref string) (at [2]int) {
	for _, r := range ref {
		if r >= 'A' {
			at[1] = at[1]*26 + int(r-'A') + 1
		} else {
			at[0] = at[0]*10 + int(r-'0')
		}
	}
	return at
}

// readPages reads sheets as one delivery.
func readPages(in Config, path string, pages ...*page) *opened {
	o := &opened{Config: in, Delivery: Delivery{Path: path}, search: search{in.Limits.Search}, rows: map[ledger.ReturnID]int{}}
	for _, p := range pages {
		o.sheets = append(o.sheets, p.name)
	}
	for _, p := range pages {
		p.search = &o.search
		o.page(p)
	}
	o.merge()
	for _, r := range o.Returns {
		ledger.SortFindings(r.Findings)
	}
	return o
}

const someFile = "交通运输局/6月.xlsx"

// one reads a sheet that is one return.
func one(t *testing.T, p *page) *ledger.Return {
	t.Helper()
	d := readPages(config(), someFile, p)
	if len(d.Returns) != 1 {
		t.Fatalf("%d returns, want 1; findings %v", len(d.Returns), show(d.Findings))
	}
	if r := d.Returns[0]; !closes(r) {
		t.Errorf("the balance does not close: %+v", r.Rows())
	}
	return d.Returns[0]
}

func closes(r *ledger.Return) bool {
	return r.Rows().Closes() && r.Seen() == len(r.Records)+r.Subtotal+r.Blank
}

// show gives findings as "C01 H7 总投资", for comparing.
func show(findings []ledger.Finding) []string {
	shown := []string{}
	for _, f := range findings {
		shown = append(shown, strings.Join(strings.Fields(f.Code.ID+" "+f.Cell+" "+f.Field), " "))
	}
	return shown
}

// of gives a record's value as people read it.
func of(r *ledger.Return, row int, id string) string {
	f := form.ByID(r.Form)
	for i := range r.Records {
		if r.Records[i].Row == row {
			c := f.Column(id)
			return c.Show(c.Value(&r.Records[i]))
		}
	}
	return fmt.Sprintf("no record of row %d", row)
}

// Rows of a good reserve return; row 1 is its title, row 2 its fields, row 3 its header.
var (
	reserveTitle  = cells{"城固县2024年6月谋划储备项目表"}
	reserveFields = cells{"填报单位：交通运输局", nil, "单位：万元"}
	reserveHead   = cells{"序号", "项目名称", "所属批次", "建设地点", "主要建设内容", "总投资（万元）", "责任单位", "备注", "领域"}
)

func reserveRow(n int, name string, total any) []any {
	return cells{n, name, "储备", "博望街道", "新建道路" + strconv.Itoa(n) + "公里", total, "交通运输局", nil, "城市建设"}
}

// reserveSheet is a good return with the rows given below its header, from row 4 on.
func reserveSheet(rows ...[]any) *page {
	return pageOf(append([][]any{reserveTitle, reserveFields, reserveHead}, rows...)...)
}

// with gives a row with one cell changed.
func with(row []any, column string, value any) []any {
	row = append([]any{}, row...)
	at := place(column + "1")[1]
	for len(row) < at {
		row = append(row, nil)
	}
	row[at-1] = value
	return row
}
