package importer

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

func FuzzMoney(f *testing.F) {
	for _, text := range []string{"1.2亿元", "3500万", "１，２３４．５", "约40", "1.2-1.5亿", "(500)", "1 234", "1\n234", "-.5", "1e9", "￥3万元", "元", "９９９９９９９９９９９９亿"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, kind := range []sheet.Kind{sheet.Text, sheet.Number} {
			got := readAmount(sheet.Cell{Column: 1, Kind: kind, Raw: text}, noUnit)
			if got.value.Known == (got.wrong != nil && got.wrong != MoneyRounded) {
				t.Fatalf("%q: value %v with %v", text, got.value, got.wrong)
			}
			if kind == sheet.Text && got.value.Known {
				again := readAmount(sheet.Cell{Column: 1, Kind: kind, Raw: ledger.Money(got.value.N).In(ledger.Yuan, 2) + "元"}, noUnit)
				if again.value != got.value {
					t.Fatalf("%q is %d, but %d again", text, got.value.N, again.value.N)
				}
			}
		}
	})
}

func FuzzFormat(f *testing.F) {
	for _, test := range formatCases {
		f.Add(test.format, fmt.Sprint(test.number))
	}
	f.Fuzz(func(t *testing.T, format, number string) {
		if _, err := strconv.ParseFloat(number, 64); err != nil {
			t.Skip()
		}
		cell := sheet.Cell{Column: 1, Kind: sheet.Number, Raw: number, Format: format}
		got := readAmount(cell, tenThousandYuan)
		if got.value.Known == (got.wrong != nil && got.wrong != MoneyRounded) {
			t.Fatalf("%q under %q: value %v with %v", number, format, got.value, got.wrong)
		}
		if text := readText(cell, false); text.value.S == "" {
			t.Fatalf("%q under %q is no text", number, format)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, text := range []string{"2024.6", "2024年6月底", "6/18", "2023.3—2025.12", "2024.3-12", "20240618", "2年", "2024-06-25T00:00:00Z", "至今", "45461"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if date, _, wrong := parseDate(text); wrong == nil {
			if again, _, wrong := parseDate(date.String()); wrong != nil || again != date {
				t.Fatalf("%q is %s, but %s again", text, date, again)
			}
		}
		if span, wrong := parseSpan(text); wrong == nil {
			if span.From.IsZero() || !span.To.IsZero() && span.From.First().String() > span.To.Last().String() {
				t.Fatalf("%q is %s", text, span)
			}
		}
		for _, date1904 := range []bool{false, true} {
			date, _, wrong := numberDate(sheet.Cell{Column: 1, Kind: sheet.Number, Raw: text}, date1904)
			if date.IsZero() == (wrong == nil) {
				t.Fatalf("%q is %s with %v", text, date, wrong)
			}
		}
	})
}

func FuzzHeader(f *testing.F) {
	f.Add("项目名称|总投资（万元）|2024年投资/完成|累计完成投资|备注|备注")
	f.Add("1-6月完成投资|6月完成投资|占年度计划%|用地(㎡)|(|)")
	f.Fuzz(func(t *testing.T, text string) {
		for _, f := range form.All() {
			var headings []heading
			for i, name := range strings.Split(text, "|") {
				h := heading{column: i + 1, row: 1}
				for _, level := range strings.Split(name, "/") {
					if l := newLabel(level); len(l.keys) > 0 {
						h.levels = append(h.levels, l)
					}
				}
				if len(h.levels) > 0 {
					headings = append(headings, h)
				}
			}
			h := dictionaryOf(f).read(headings, june)
			used := map[int]int{}
			for _, b := range h.bound {
				used[b.at]++
			}
			for at, times := range used {
				if at != 0 && times > 1 {
					t.Fatalf("column %d of %q is bound %d times", at, text, times)
				}
			}
			accounted := len(h.extra) + h.matched
			if h.ordinal != 0 {
				accounted++
			}
			if accounted != len(headings) {
				t.Fatalf("%q: %d headings, %d bound, %d extra", text, len(headings), h.matched, len(h.extra))
			}
		}
	})
}

// FuzzSheet reads tables of strange cells below a good header, and above it. Whatever they
// hold, every row is accounted for.
func FuzzSheet(f *testing.F) {
	f.Add("", "1|甲项目|储备|博望街道|新建|100|交通局||\n合计|||||100", uint16(0))
	f.Add("2024年6月谋划储备项目表\n填报单位：交通局|单位：千元", "一、|城建\n1|甲|储备|二里镇|路|约40|交通局\n\n其中：|x\n注：略\n项目名称|总投资|责任单位|建设地点", uint16(0x4152))
	f.Fuzz(func(t *testing.T, above, below string, merges uint16) {
		rows := append(tableOf(above), reserveHead)
		p := pageOf(append(rows, tableOf(below)...)...)
		for i := range 4 {
			part := int(merges>>(4*i)) & 15
			p.merges = append(p.merges, sheet.Range{FromRow: part/2 + 1, FromColumn: part%8 + 1, ToRow: part/2 + 1 + i, ToColumn: part%8 + 1 + part/8})
		}
		p.index()
		d := readPages(config(), someFile, p)
		for _, r := range d.Returns {
			if !closes(r) || r.Blank < 0 {
				t.Fatalf("the balance does not close: %+v", r.Rows())
			}
			for _, record := range r.Records {
				if record.Row < 1 || record.Fields.Len() > len(form.ByID(r.Form).Columns) {
					t.Fatalf("record %+v", record)
				}
			}
			for _, finding := range r.Findings {
				if finding.Code == nil || finding.File == "" || finding.Row != 0 && finding.Cell == "" {
					t.Fatalf("finding %+v", finding)
				}
			}
		}
	})
}

func tableOf(text string) [][]any {
	var rows [][]any
	for _, line := range strings.Split(text, "\n") {
		var row []any
		for _, cell := range strings.Split(line, "|") {
			switch {
			case cell == "":
				row = append(row, nil)
			case plainNumber(cell) && cell[0] != '+':
				row = append(row, formatted{raw: rawNumber(cell)})
			default:
				row = append(row, cell)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// rawNumber is a number by its digits.
type rawNumber string
