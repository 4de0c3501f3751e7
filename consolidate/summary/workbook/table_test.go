package workbook_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	. "huizong/consolidate/summary/workbook"
	"huizong/consolidate/summary/workbook/workbooktest"
)

func TestTableAnswersForItsPlaces(t *testing.T) {
	book := newBook()
	d := Table[item]{
		Title: "题", Left: "截至", Right: "单位：万元", Total: "合计", Notes: []string{"注"},
		Columns: []Column[item]{
			{"序号", 6, Ordinal, nil},
			{"名称", 12, Prose, func(i item) Cell { return Text(i.name) }},
			{"投资/计划", 12, Wan, func(i item) Cell { return i.amount }},
			{"投资/完成/本月", 12, Wan, func(i item) Cell { return i.amount }},
			{"投资/完成/累计", 12, Wan, func(i item) Cell { return i.amount }},
		},
		Strong: func(i item) bool { return i.name == "甲*" },
	}.Draw(book.Sheet("表", A4Portrait).At(2, 2), awkward[:2])
	for _, test := range []struct {
		name string
		got  fmt.Stringer
		want string
	}{
		{"area, from title to note", d.Area(), "'表'!$B$2:$F$10"},
		{"column", d.Column("投资/计划"), "'表'!$D$8:$D$9"},
		{"cell", d.Cell("名称", 1), "'表'!$C$9"},
		{"total", d.Total("投资/完成/累计"), "'表'!$F$7"},
		{"heading over three rows", d.Heading("名称"), "'表'!$C$4"},
		{"heading of the last level", d.Heading("投资/完成/累计"), "'表'!$F$6"},
		{"below", d.Area().Below(), "'表'!$B$11"},
		{"beside", d.Area().Beside(), "'表'!$G$2"},
	} {
		if got := test.got.String(); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	want := `
 | 题
 | 截至 |  | 单位：万元
 | 序号 | 名称 | 投资
 |  |  | 计划 | 完成
 |  |  |  | 本月 | 累计
 | 合计 |  | 300.00 | 300.00 | 300.00
 | 1 | 甲 | 100.00 | 100.00 | 100.00
 | 2 | 甲* | 200.00 | 200.00 | 200.00
 | 注
`
	if diff := cmp.Diff(want, workbooktest.Dump(t, bytesOf(t, book), "表")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestParts: some rows of a table can be added up and ranked by themselves, and quotients
// convert units on both sides.
func TestParts(t *testing.T) {
	book := newBook()
	Table[item]{
		Columns: []Column[item]{
			{"名称", 12, Prose, func(i item) Cell { return Text(i.name) }},
			{"金额", 12, Wan, func(i item) Cell { return i.amount }},
			{"名次", 12, Ordinal, func(i item) Cell { return Rank(Some("金额", 0, 3)) }},
			{"小计", 12, Yi.Decimals(4), func(i item) Cell { return Sum(Some("金额", 0, 2)) }},
			{"占小计", 12, Percent, func(i item) Cell { return Quotient(Own("金额"), Own("小计")) }},
			{"小计之比", 12, Percent, func(i item) Cell { return Quotient(Own("小计"), Own("金额")) }},
		},
	}.Draw(book.Sheet("表", A4Portrait).At(1, 1), []item{{"甲", Money(100_000_000), Blank}, {"乙", Money(300_000_000), Blank}, {"丙", Money(300_000_000), Blank}})
	data := bytesOf(t, book)
	workbooktest.Check(t, data)
	want := `
名称 | 金额 | 名次 | 小计 | 占小计 | 小计之比
甲 | 100.00 | 3 | 0.0400 | 25.0% | 400.0%
乙 | 300.00 | 1 | 0.0400 | 75.0% | 133.3%
丙 | 300.00 | 1 | 0.0400 | 75.0% | 133.3%
`
	if diff := cmp.Diff(want[1:], workbooktest.Dump(t, data, "表")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestTableWithoutRows(t *testing.T) {
	book := newBook()
	d := items.Draw(book.Sheet("空", A4Portrait).At(1, 1), nil)
	book.Sheet("数", A4Portrait).At(1, 1).Span(1, 1).Put(CountA(d.Column("名称")), Whole)
	data := bytesOf(t, book)
	workbooktest.Check(t, data)
	if got, want := workbooktest.Dump(t, data, "空"), "名称 | 金额 | 比率\n合计 | 0.00\n\n（无）\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := workbooktest.Dump(t, data, "数"); got != "0\n" {
		t.Errorf("%q rows in an empty table", got)
	}
}

func TestRoomForText(t *testing.T) {
	book := newBook()
	sheet := book.Sheet("表", A4Portrait)
	items.Draw(sheet.At(1, 1), []item{
		{strings.Repeat("一二三四五六七八", 5), Money(99_999_999_999_999), Blank},
		{"短", Blank, Blank},
	})
	f, err := excelize.OpenReader(bytes.NewReader(bytesOf(t, book)))
	if err != nil {
		t.Fatal(err)
	}
	tall, err := f.GetRowHeight("表", 3)
	if err != nil || tall < 5*14 {
		t.Errorf("40 characters in a column of 6 stand in a row of %v points (%v)", tall, err)
	}
	if short, err := f.GetRowHeight("表", 4); err != nil || short != 19.7 {
		t.Errorf("one line stands in a row of %v points (%v)", short, err)
	}
	if wide, err := f.GetColWidth("表", "B"); err != nil || wide < 14 {
		t.Errorf("99,999,999.99 stands in a column of %v digits (%v)", wide, err)
	}
}

func TestMatching(t *testing.T) {
	for _, test := range []struct {
		name   string
		figure Cell
		style  Style
		wrong  string
	}{
		{"to the cent", Money(300_000_001), Wan, ""},
		{"a cent more", Money(300_000_002), Wan, "'数'!$A$1: formula gives 300.000001, the figure is 300.000002"},
		{"to the cent, in 亿元", Money(300_000_001), Yi, ""},
		{"a cent less, in 亿元", Money(300_000_000), Yi, "'数'!$A$1: formula gives 0.0300000001, the figure is 0.03"},
		{"a number", Number(300.000001), Wan, ""},
		{"no figure", Blank, Wan, "'数'!$A$1: formula gives 300.000001, the figure is <nil>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			book := newBook()
			d := items.Draw(book.Sheet("表", A4Portrait).At(1, 1), awkward[:3])
			book.Sheet("数", A4Portrait).At(1, 1).Span(1, 1).Put(Sum(d.Column("金额")).Matching(test.figure), test.style)
			got := ""
			if _, err := book.Bytes(); err != nil {
				got = err.Error()
			}
			if got != test.wrong {
				t.Errorf("error %q, want %q", got, test.wrong)
			}
		})
	}
}

func TestMistakesPanic(t *testing.T) {
	for _, test := range []struct {
		name, says string
		do         func(*Book, *Drawn, Ref)
	}{
		{"a heading that is not there", "no column 额", func(_ *Book, d *Drawn, _ Ref) { d.Column("额") }},
		{"a row that is not there", "no row 9", func(_ *Book, d *Drawn, _ Ref) { d.Cell("金额", 9) }},
		{"a sheet twice", "two sheets 表", func(b *Book, _ *Drawn, _ Ref) { b.Sheet("表", A4Portrait) }},
		{"a name no sheet can have", "bad sheet name a/b", func(b *Book, _ *Drawn, _ Ref) { b.Sheet("a/b", A4Portrait) }},
		{"a cell twice", "drawn over '表'!$A$1", func(_ *Book, d *Drawn, _ Ref) { d.Area().First().Span(1, 1).Put(Blank, Prose) }},
		{"a chart over cells", "drawn over '表'!$A$1", func(_ *Book, d *Drawn, _ Ref) { Chart{}.Draw(d.Area()) }},
		{"money without a unit", "money in a style without a unit", func(b *Book, _ *Drawn, at Ref) {
			at.Span(1, 1).Put(Money(1), Whole)
		}},
		{"a formula that reads itself", "formula reads itself", func(_ *Book, _ *Drawn, at Ref) {
			at.Span(1, 1).Put(Plus(at, Int(1)), Whole)
		}},
		{"own row outside tables", "outside a table", func(_ *Book, _ *Drawn, at Ref) {
			at.Span(1, 1).Put(Same(Own("金额")), Wan)
		}},
		{"a condition on other rows", "condition over", func(_ *Book, d *Drawn, at Ref) {
			at.Span(1, 1).Put(SumIf(d.Column("金额"), Is(at.Down(1).Span(1, 2), Int(1))), Wan)
		}},
		{"a total for no column", "no column 数", func(b *Book, _ *Drawn, at Ref) {
			Table[item]{Total: "合计", Columns: items.Columns, Totals: map[string]Cell{"数": Int(1)}}.Draw(at, nil)
		}},
		{"two ledgers", "two ledgers", func(_ *Book, _ *Drawn, at Ref) {
			long := Table[item]{Ledger: true, Columns: items.Columns}
			long.Draw(at, nil)
			long.Draw(at.Down(9), nil)
		}},
		{"a number in a sentence as it is", "float64 in a sentence", func(*Book, *Drawn, Ref) { Sentence("共", 1.5) }},
		{"a light that is none", "no such light: 蓝灯", func(*Book, *Drawn, Ref) { Lamp("蓝灯") }},
	} {
		t.Run(test.name, func(t *testing.T) {
			defer func() {
				if said := fmt.Sprint(recover()); !strings.Contains(said, test.says) {
					t.Errorf("panic says %q, want %q", said, test.says)
				}
			}()
			book := newBook()
			d := items.Draw(book.Sheet("表", A4Portrait).At(1, 1), awkward)
			test.do(book, d, d.Area().Below())
			_, err := book.Bytes()
			t.Errorf("no panic, error %v", err)
		})
	}
}
