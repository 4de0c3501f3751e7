package workbook_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	. "huizong/consolidate/summary/workbook"
	"huizong/consolidate/summary/workbook/workbooktest"
)

func newBook() *Book {
	return New(Properties{Title: "试", Author: "县发改局", Date: time.Date(2024, 6, 30, 0, 0, 0, 0, time.UTC)}, DefaultFonts)
}

type item struct {
	name   string
	amount Cell
	rate   Cell
}

// awkward are names that a spreadsheet would take for patterns or comparisons,
// and amounts that are not known.
var awkward = []item{
	{"甲", Money(100_000_001), Number(0.5)},
	{"甲*", Money(200_000_000), Blank},
	{"甲乙", Blank, Number(-0.25)},
	{">1", Money(-300_000_000), Number(0.5)},
	{"什么?", Money(0), Number(0)},
	{"~", Money(1), Blank},
	{"=甲", Money(2_000_000), Number(1)},
	{"12", Money(5_000_000), Number(2)},
	{`说"是"`, Money(7_000_000), Blank},
}

var items = Table[item]{
	Total: "合计",
	Columns: []Column[item]{
		{"名称", 12, Prose, func(i item) Cell { return Text(i.name) }},
		{"金额", 12, Wan, func(i item) Cell { return i.amount }},
		{"比率", 12, Percent, func(i item) Cell { return i.rate }},
	},
}

// TestFormulas draws each formula beside a table and holds what it shows and how
// it is spelled; that calculating gives the stored value is checked for all.
func TestFormulas(t *testing.T) {
	book := newBook()
	d := items.Draw(book.Sheet("表 一", A4Portrait).At(2, 3), awkward)
	out := book.Sheet("式", A4Portrait)
	names, amounts, rates := d.Column("名称"), d.Column("金额"), d.Column("比率")
	amount := func(row int) Ref { return d.Cell("金额", row) }
	tests := []struct {
		name, spelled, shown string
		cell                 Cell
		style                Style
	}{
		{"sum in its own unit", "ROUND(SUM('表 一'!$C$5:$C$13),6)", "14.00", Sum(amounts), Wan.Decimals(2)},
		{"sum in the other unit", "ROUND(SUM('表 一'!$C$5:$C$13),6)/10000", "0.001400", Sum(amounts), Yi.Decimals(6)},
		{"sum of ratios", "ROUND(SUM('表 一'!$D$5:$D$13),6)", "375.0%", Sum(rates), Percent},
		{"count of what is there", "COUNTA('表 一'!$D$5:$D$13)", "6", CountA(rates), Whole},
		{"name alone, not as prefix", `COUNTIF('表 一'!$B$5:$B$13,"甲")`, "1", CountIf(Is(names, Text("甲"))), Whole},
		{"name with a star", `COUNTIF('表 一'!$B$5:$B$13,"甲~*")`, "1", CountIf(Is(names, Text("甲*"))), Whole},
		{"name with a question mark", `COUNTIF('表 一'!$B$5:$B$13,"什么~?")`, "1", CountIf(Is(names, Text("什么?"))), Whole},
		{"name like a comparison", `ROUND(SUMIF('表 一'!$B$5:$B$13,"=>1",'表 一'!$C$5:$C$13),6)`, "-300.00", SumIf(amounts, Is(names, Text(">1"))), Wan},
		{"two conditions", `COUNTIFS('表 一'!$B$5:$B$13,"甲",'表 一'!$C$5:$C$13,">0")`, "1", CountIf(Is(names, Text("甲")), Over(amounts, 0)), Whole},
		{"sum over a limit", `ROUND(SUMIF('表 一'!$D$5:$D$13,">0.1",'表 一'!$C$5:$C$13),6)`, "-193.00", SumIf(amounts, Over(rates, 0.1)), Wan},
		{"quotient", "", "50.0%", Quotient(amount(0), amount(1)), Percent},
		{"quotient of a blank", "", "", Quotient(amount(2), amount(0)), Percent},
		{"quotient by zero", "", "", Quotient(amount(0), amount(4)), Percent},
		{"subtotal", "", "14.00", Subtotal(amounts), Wan},
		{"subtotal of nothing known", "", "", Subtotal(amount(2).Span(1, 1)), Wan},
		{"sum that is known", "", "200.00", SumKnown(amounts, Is(names, Text("甲*"))), Wan},
		{"sum that nobody knows", "", "", SumKnown(amounts, Is(names, Text("甲乙"))), Wan},
		{"sum that nobody knows, in the other unit", "", "", SumKnown(amounts, Is(names, Text("甲乙"))), Yi},
		{"sum over nothing", "", "0.00", SumKnown(amounts, Is(names, Text("无此名"))), Wan},
		{"without its sign", "", "300.00", Abs(amount(3)), Wan},
		{"without its sign, blank", "", "", Abs(amount(2)), Wan},
		{"below zero", "", "减少", Which(amount(3), "减少", "持平", "增加"), Prose},
		{"at zero", "", "持平", Which(amount(4), "减少", "持平", "增加"), Prose},
		{"above zero", "", "增加", Which(amount(0), "减少", "持平", "增加"), Prose},
		{"below or above, blank", "", "", Which(amount(2), "减少", "持平", "增加"), Prose},
		{"a blank, the same in the other unit", "", "", Same(amount(2)), Yi},
		{"minus", "", "-100.00", Minus(amount(0), amount(1)), Wan},
		{"minus a blank", "", "", Minus(amount(0), amount(2)), Wan},
		{"plus a constant", "", "101.00", Plus(amount(0), Money(1_000_000)), Wan},
		{"points", "", "+75.0", PointsBetween(d.Cell("比率", 0), d.Cell("比率", 2)), Points},
		{"points of a blank", "", "", PointsBetween(d.Cell("比率", 1), Number(0.5)), Points},
		{"the same", "", "100.00", Same(amount(0)), Wan},
		{"the same, blank", "", "", Same(amount(2)), Wan},
		{"any other", "('表 一'!$C$5+1)*2", "202.0", Calc(Number(202.000002), "(%s+1)*2", amount(0)), Score.Decimals(1)},
		{"a sentence", "", "甲100.00万元，占50.0%，另无。", Sentence(d.Cell("名称", 0), amount(0), "万元，占", d.Cell("比率", 0), "，另", amount(2), "无。"), Prose},
		{"a sentence in 亿元", "", "共0.01亿元", Sentence("共", As(amount(0), Yi.Suffix("亿元"))), Prose},
		{"a long sentence", "", strings.Repeat("长", 600) + "6", Sentence(strings.Repeat("长", 600), As(CountA(rates), Whole)), Prose},
		{"the total", "'表 一'!$C$4", "14.00", Calc(Number(14.000002), "%s", d.Total("金额")), Score},
	}
	for i, test := range tests {
		out.At(1, i+1).Span(1, 1).Put(test.cell, test.style)
	}
	data := bytesOf(t, book)
	workbooktest.Check(t, data)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			at, _ := excelize.CoordinatesToCellName(1, i+1)
			if shown, err := f.GetCellValue("式", at); err != nil || shown != test.shown {
				t.Errorf("shows %q, want %q (%v)", shown, test.shown, err)
			}
			if spelled, err := f.GetCellFormula("式", at); test.spelled != "" && (err != nil || spelled != test.spelled) {
				t.Errorf("spelled %s, want %s (%v)", spelled, test.spelled, err)
			}
		})
	}
}
