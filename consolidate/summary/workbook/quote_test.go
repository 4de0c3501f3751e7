package workbook

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestQuotation: a cell of another book is shown as it stands there, as a value, and leads on to where
// it came from.
func TestQuotation(t *testing.T) {
	_, ledger, page := traced()
	lamp := page.At(1, 40).Span(1, 1).Put(Lamp(Red).From("judged"), Label)
	again := page.At(1, 41).Span(1, 1).Put(Quote(lamp), Label)
	silent := page.At(1, 42).Span(1, 1).Put(Same(page.At(9, 9)), Label)
	leaders := New(Properties{Title: "leaders"}, DefaultFonts)
	out := leaders.Sheet("一览", A4Portrait)
	for i, test := range []struct {
		name   string
		cell   Cell
		style  Style
		value  any
		shown  string
		leaves string
	}{
		{"a value in the unit there", Quote(ledger.Cell("计划", 0)), Prose, 100., "100.00", "路 plan"},
		{"money in the unit here", Quote(ledger.Cell("计划", 0)), Yi, 0.01, "0.01", "路 plan"},
		{"in a style of its own", Quote(ledger.Cell("计划", 0)).As(Yi.Suffix("亿元")), Prose, 0.01, "0.01亿元", "路 plan"},
		{"a formula's value", Quote(ledger.Cell("完成率", 0)), Prose, 0.5, "50.0%", "路 done,路 plan"},
		{"a text", Quote(ledger.Cell("名称", 1)), Prose, "桥", "桥", "桥"},
		{"a light", Quote(lamp), Prose, "红灯", "红灯", "judged"},
		{"a light quoted already", Quote(again), Prose, "红灯", "红灯", "judged"},
		{"a formula that shows nothing", Quote(silent), Prose, nil, "", ""},
		{"no cell at all", Quote(page.At(50, 50)), Prose, nil, "", ""},
		{"inside a formula", Plus(Quote(ledger.Cell("计划", 0)), Quote(ledger.Cell("计划", 1))), Wan, 400., "400.00", "路 plan,桥 plan"},
		{"inside a sentence", Sentence("计划", As(Quote(ledger.Cell("计划", 0)), Yi), "亿元"), Prose, "计划0.01亿元", "计划0.01亿元", "路 plan"},
	} {
		at := out.At(1, 1+i).Span(1, 1).Put(test.cell, test.style)
		var leaves []string
		for leaf := range at.Leaves() {
			leaves = append(leaves, leaf.Origin.(string))
			if place := leaf.Path[1].PlaceFor(leaders); !strings.HasPrefix(place, "《t》") {
				t.Errorf("%s: leads to %s", test.name, place)
			}
		}
		if at.Value() != test.value || at.Shown() != test.shown || strings.Join(leaves, ",") != test.leaves {
			t.Errorf("%s: %v shown as %q from %q", test.name, at.Value(), at.Shown(), leaves)
		}
		if cell := at.slot().cell; cell.quotes() != nil && at.Formula() != "" {
			t.Errorf("%s: =%s reads another file", test.name, at.Formula())
		}
	}
	if red := out.At(1, 6).slot().style; red.fill != lightInks[Red].fill {
		t.Error("a light lost its colour")
	}
	if _, err := leaders.Bytes(); err != nil {
		t.Fatal(err)
	}
}

// TestQuotedTable: a table is quoted by its rows, in another order; blanks are not counted.
func TestQuotedTable(t *testing.T) {
	_, ledger, page := traced()
	if ledger.Rows() != 3 {
		t.Errorf("%d rows", ledger.Rows())
	}
	if none := (Table[int]{Columns: []Column[int]{{"空", 5, Label, nil}}}).Draw(page.At(20, 2), nil); none.Rows() != 0 {
		t.Errorf("%d rows of none", none.Rows())
	}
	b := New(Properties{Title: "leaders"}, DefaultFonts)
	d := Table[int]{
		Total: "合计", Totals: map[string]Cell{"名称": CountA(Rows("说明")).As(Whole)},
		Columns: []Column[int]{
			{"名称", 10, Label, func(row int) Cell { return Quote(ledger.Cell("名称", row)) }},
			{"计划", 10, Yi, func(row int) Cell { return Quote(ledger.Cell("计划", row)) }},
			{"说明", 10, Label, func(row int) Cell { return Quote(page.At(60, row+1)) }},
		},
	}.Draw(b.Sheet("榜", A4Portrait).Top(), []int{2, 1, 0})
	got := []string{d.Cell("名称", 0).Shown(), d.Total("计划").Shown(), d.Total("名称").Shown()}
	if diff := cmp.Diff([]string{"站", "0.09", "0"}, got); diff != "" {
		t.Error(diff)
	}
}
