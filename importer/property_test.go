package importer

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Money in any spelling reads back the same.
func TestMoneyInAnySpelling(t *testing.T) {
	units := []struct {
		word     string
		worth    ledger.Money
		decimals int
	}{{"元", ledger.Yuan, 2}, {"千元", ledger.ThousandYuan, 5}, {"万元", ledger.TenThousandYuan, 6}, {"百万元", ledger.MillionYuan, 8},
		{"亿元", ledger.HundredMillionYuan, 10}}
	rapid.Check(t, func(t *rapid.T) {
		amount := ledger.Money(rapid.Int64Range(-1e14, 1e14).Draw(t, "fen"))
		unit := rapid.SampledFrom(units).Draw(t, "unit")
		text := ledger.Exactly(int64(amount), int64(unit.worth))
		if rapid.Bool().Draw(t, "thousands") {
			text = parted(text)
		}
		text += rapid.SampledFrom([]string{"", " ", "　"}).Draw(t, "blank") + unit.word
		if rapid.Bool().Draw(t, "full width") {
			text = fullWidth(text)
		}
		text = rapid.SampledFrom([]string{"", " ", "\t", "'", "￥"}).Draw(t, "before") + text
		got := readAmount(sheet.Cell{Column: 1, Kind: sheet.Text, Raw: text}, noUnit)
		if got.wrong != nil || got.value != ledger.Number(int64(amount)) {
			t.Fatalf("%q reads %v %v, want %d", text, got.value, got.wrong, amount)
		}
	})
}

// A number as spreadsheets store it, to 15 digits, reads back the same.
func TestStoredMoney(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "fen")
		value, _ := strconv.ParseFloat(ledger.Exactly(amount, int64(ledger.TenThousandYuan)), 64)
		for _, format := range []byte("fg") {
			got := readAmount(sheet.Cell{Column: 1, Kind: sheet.Number, Raw: strconv.FormatFloat(value, format, 17, 64)}, noUnit)
			if got.wrong != nil || got.value.N != amount {
				t.Fatalf("%v reads %v %v, want %d", value, got.value, got.wrong, amount)
			}
		}
	})
}

func parted(number string) string {
	sign, digits := "", number
	if strings.HasPrefix(number, "-") {
		sign, digits = "-", number[1:]
	}
	whole, fraction, point := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + fraction
	}
	return sign + whole
}

func fullWidth(text string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7F {
			return r + 0xFEE0
		}
		return r
	}, text)
}

// said is what the records of a return say, without where they stand.
func said(r *ledger.Return) []string {
	all := make([]string, len(r.Records))
	for i := range r.Records {
		for _, c := range form.ByID(r.Form).Columns {
			value := c.Value(&r.Records[i])
			all[i] += r.Form + value.S + "|" + strconv.FormatInt(value.N, 10) + "|"
		}
	}
	return all
}

func equal(a, b []string) bool { return strings.Join(a, "\n") == strings.Join(b, "\n") }

func manyRows(n int) [][]any {
	rows := make([][]any, n)
	for i := range rows {
		rows[i] = reserveRow(i+1, "项目"+strconv.Itoa(i+1), 100*i+7)
	}
	return rows
}

// Columns in another order change no value.
func TestShuffledColumns(t *testing.T) {
	want := said(one(t, reserveSheet(manyRows(5)...)))
	rapid.Check(t, func(rt *rapid.T) {
		order := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0)).Perm(len(reserveHead))
		shuffled := func(row []any) []any {
			moved := make([]any, len(order))
			for from, to := range order {
				if from < len(row) {
					moved[to] = row[from]
				}
			}
			return moved
		}
		rows := [][]any{}
		for _, row := range manyRows(5) {
			rows = append(rows, shuffled(row))
		}
		if got := said(one(t, reserveHeaded(shuffled(reserveHead), rows...))); !equal(got, want) {
			rt.Fatalf("order %v changes\n%v\nto\n%v", order, want, got)
		}
	})
}

// Blank rows, notes, repeated headers and sections change no record.
func TestRowsBetweenChangeNoRecord(t *testing.T) {
	want := said(one(t, reserveSheet(manyRows(6)...)))
	between := [][]any{nil, {" "}, {"注：略"}, {99}, reserveHead, {"一、", "城市建设类"}, {nil, "交通运输局"}, {"其中："},
		{nil, "续建项目"}, {"续表"}, {nil, "小　结"}, {nil, "第一批（6个）"}}
	rapid.Check(t, func(rt *rapid.T) {
		var rows [][]any
		asides := 0
		for _, row := range manyRows(6) {
			for range rapid.IntRange(0, 2).Draw(rt, "how many") {
				rows = append(rows, rapid.SampledFrom(between).Draw(rt, "between"))
				asides++
			}
			rows = append(rows, row)
		}
		r := one(t, reserveSheet(rows...))
		if got := said(r); !equal(got, want) || r.Subtotal+r.Blank != asides || len(r.Findings) != 0 {
			rt.Fatalf("records %v, %d subtotal, %d blank of %d, findings %v", got, r.Subtotal, r.Blank, asides, show(r.Findings))
		}
	})
}

// A table that is split into several, on sheets or one below the other, says the same.
func TestSplitIntoTables(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := manyRows(rapid.IntRange(2, 8).Draw(rt, "rows"))
		want := said(one(t, reserveSheet(rows...)))
		sheets := [][][]any{{reserveTitle, reserveFields, reserveHead}}
		tables := 1
		for i, row := range rows {
			if i > 0 && rapid.Bool().Draw(rt, "another table") {
				tables++
				if rapid.Bool().Draw(rt, "on another sheet") {
					sheets = append(sheets, [][]any{reserveTitle, reserveFields, reserveHead})
				} else {
					last := &sheets[len(sheets)-1]
					*last = append(*last, nil, reserveTitle, reserveHead)
				}
			}
			last := &sheets[len(sheets)-1]
			*last = append(*last, row)
		}
		var all []*page
		for i, rows := range sheets {
			all = append(all, named("表"+strconv.Itoa(i), pageOf(rows...)))
		}
		d := readPages(config(), someFile, all...)
		if len(d.Returns) != 1 || len(d.Findings) != 0 {
			rt.Fatalf("%d returns, findings %v", len(d.Returns), show(d.Findings))
		}
		r := d.Returns[0]
		if got := said(r); !equal(got, want) || len(r.Findings) != 0 || r.Seen() != len(rows) || !closes(r) {
			rt.Fatalf("%d tables on %d sheets: findings %v, rows %+v\n%v\nwant\n%v", tables, len(sheets), show(r.Findings), r.Rows(), got, want)
		}
	})
}

// A table of which some columns stand in a right half (续表) says the same.
func TestSplitIntoHalves(t *testing.T) {
	head := append(slices.Clone(progHead), "备注", "存在问题")
	rapid.Check(t, func(rt *rapid.T) {
		var rows [][]any
		for i := range rapid.IntRange(1, 6).Draw(rt, "rows") {
			row := with(with(with(progressRow, "A", i+1), "B", "项目"+strconv.Itoa(i+1)), "G", 20000+i)
			rows = append(rows, with(with(with(row, "C", nil), "M", "备注"+strconv.Itoa(i)), "N", "问题"+strconv.Itoa(i)))
		}
		want := said(one(t, progressSheet(append([][]any{head}, rows...)...)))
		cut := rapid.IntRange(6, len(head)-2).Draw(rt, "columns of the left half")
		byName := rapid.Bool().Draw(rt, "the right half names its rows")
		right := func(row []any) []any {
			if byName {
				return append(slices.Clone(row[:2]), row[cut:]...)
			}
			return append(slices.Clone(row[:1]), row[cut:]...)
		}
		left, below := [][]any{{"城固县2024年6月重点项目建设进展月报表"}, {"填报单位：县交通局", nil, "单位：万元"}, head[:cut]}, [][]any{right(head)}
		for _, row := range rows {
			left, below = append(left, row[:cut]), append(below, right(row))
		}
		var all []*page
		if rapid.Bool().Draw(rt, "on another sheet") {
			all = pages(pageOf(left...), named("续表", pageOf(below...)))
		} else {
			all = pages(pageOf(append(append(left, cells{"续表"}), below...)...))
		}
		d := readPages(config(), someFile, all...)
		if len(d.Returns) != 1 || len(d.Findings) != 0 {
			rt.Fatalf("%d returns, findings %v", len(d.Returns), show(d.Findings))
		}
		r := d.Returns[0]
		if got := said(r); !equal(got, want) || len(r.Findings) != 0 || r.Subtotal != len(rows) || !closes(r) {
			rt.Fatalf("cut at %d: findings %v, rows %+v\n%v\nwant\n%v", cut, show(r.Findings), r.Rows(), got, want)
		}
	})
}

// The content hash is of cells alone: of what they hold and where they stand in the table.
func TestContent(t *testing.T) {
	of := func(path, name string, p *page) string {
		p.name = name
		return readPages(config(), path, p).Returns[0].Content
	}
	first := of(someFile, "Sheet1", reserveSheet(good, other))
	if got := of("交通局/再报/6月(2).xlsx", "表二 ", reserveSheet(good, other)); got != first {
		t.Error("another name of file and sheet changes the content")
	}
	moved := pageOf(append([][]any{nil, nil}, reserveTitle, reserveFields, reserveHead, good, other)...)
	if got := of(someFile, "Sheet1", moved); got != first {
		t.Error("the place on the sheet changes the content")
	}
	for name, p := range map[string]*page{
		"a value":         reserveSheet(good, with(other, "F", 201)),
		"a text for it":   reserveSheet(good, with(other, "F", "200")),
		"a format":        reserveSheet(good, with(other, "F", formatted{200, "0%"})),
		"a merge":         reserveSheet(good, other).merge("H4:H5"),
		"a note":          reserveSheet(good, other, cells{"注：略"}),
		"rows exchanged":  reserveSheet(other, good),
		"another office":  pageOf(reserveTitle, cells{"填报单位：水利局", nil, "单位：万元"}, reserveHead, good, other),
		"a blank between": reserveSheet(good, nil, other),
	} {
		if of(someFile, "Sheet1", p) == first {
			t.Errorf("%s does not change the content", name)
		}
	}
}
