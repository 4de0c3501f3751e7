package workbook_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "huizong/consolidate/summary/workbook"
	"huizong/consolidate/summary/workbook/workbooktest"
)

// scored are rows with ties, blanks and numbers in no order.
var scored = []item{
	{"甲", Number(0.5), Number(2)},
	{"乙", Blank, Number(1)},
	{"丙", Number(2), Number(1)},
	{"丁", Number(0.5), Number(1)},
	{"戊", Number(-1), Number(1)},
	{"己", Number(0.5), Number(2)},
}

// TestRank: equal rows share a place and the next are left out, blanks have none. Among few rows it is RANK that places
// them; among many every formula reads one other row.
func TestRank(t *testing.T) {
	t.Run("few", func(t *testing.T) {
		testRank(t, scored, map[[2]string]string{
			{"名次", "丙"}:  `IF(COUNT(B4)=1,RANK(B4,$B$2:$B$7),"")`,
			{"倒数", "甲"}:  `IF(COUNT(B2)=1,RANK(B2,$B$2:$B$7,1),"")`,
			{"分先后", "己"}: `IF(COUNT(B7)=1,RANK(B7,$B$2:$B$7)+COUNTIFS($B$2:$B$7,B7,$C$2:$C$7,"<"&C7),"")`,
		}, "B2 C2 B3 C3 B4 C4 B5 C5 B6 C6 B7 C7")
	})
	t.Run("many", func(t *testing.T) {
		many := slices.Clone(scored)
		for i := range 60 {
			many = append(many, item{fmt.Sprint(i), Blank, Blank})
		}
		testRank(t, many, map[[2]string]string{
			{"名次", "丙"}:  `IF(COUNT(B4)=1,1,"")`,
			{"名次", "甲"}:  `IF(COUNT(B2)=1,IF(B2=B4,D4,2),"")`,
			{"名次", "丁"}:  `IF(COUNT(B5)=1,IF(B5=B2,D2,3),"")`,
			{"分先后", "己"}: `IF(COUNT(B7)=1,IF(AND(B7=B2,C7=C2),F2,4),"")`,
		}, "B7 C7 B2 C2 F2")
	})
}

// testRank holds the places of the rows that are scored, some formulas by heading and row, and the cells that the last reads.
func testRank(t *testing.T, rows []item, formulas map[[2]string]string, reads string) {
	book := newBook()
	d := Table[item]{Columns: []Column[item]{
		{"名称", 8, Prose, func(i item) Cell { return Text(i.name) }},
		{"得分", 8, Score, func(i item) Cell { return i.amount }},
		{"比序", 8, Score, func(i item) Cell { return i.rate }},
		{"名次", 8, Ordinal, func(item) Cell { return Rank(Rows("得分")) }},
		{"倒数", 8, Ordinal, func(item) Cell { return RankUp(Rows("得分")) }},
		{"分先后", 8, Ordinal, func(item) Cell { return RankParted(Rows("得分"), "比序") }},
		{"前三行", 8, Ordinal, func(i item) Cell {
			if strings.Contains("甲乙丙", i.name) {
				return Rank(Some("得分", 0, 3))
			}
			return Blank
		}},
	}}.Draw(book.Sheet("表", A4Portrait).At(1, 1), rows)
	data := bytesOf(t, book)
	workbooktest.Check(t, data)
	want := `
名称 | 得分 | 比序 | 名次 | 倒数 | 分先后 | 前三行
甲 | 0.50 | 2.00 | 2 | 2 | 3 | 2
乙 |  | 1.00
丙 | 2.00 | 1.00 | 1 | 5 | 1 | 1
丁 | 0.50 | 1.00 | 2 | 2 | 2
戊 | -1.00 | 1.00 | 5 | 1 | 5
己 | 0.50 | 2.00 | 2 | 2 | 3
`
	got := strings.Join(strings.SplitAfter(workbooktest.Dump(t, data, "表"), "\n")[:1+len(scored)], "")
	if diff := cmp.Diff(want[1:], got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for of, want := range formulas {
		row := slices.IndexFunc(rows, func(i item) bool { return i.name == of[1] })
		if got := d.Cell(of[0], row).Formula(); got != want {
			t.Errorf("%s of %s: %s, want %s", of[0], of[1], got, want)
		}
	}
	var read []string
	for _, cell := range d.Cell("分先后", 5).Reads() {
		read = append(read, strings.TrimPrefix(cell.Place(), "表!"))
	}
	if got := strings.Join(read, " "); got != reads {
		t.Errorf("a rank reads %s", got)
	}
}

// TestBlock: of a column in which equal cells stand together a formula reads only their rows, and of two such columns
// the rows that are in both; what it comes to is the same.
func TestBlock(t *testing.T) {
	book := newBook()
	d := Table[item]{Columns: []Column[item]{
		{"单位", 8, Prose, func(i item) Cell { return Text(i.name) }},
		{"金额", 8, Wan, func(i item) Cell { return i.amount }},
		{"程度", 8, Score, func(i item) Cell { return i.rate }},
	}}.Draw(book.Sheet("表", A4Portrait).At(1, 1), []item{
		{"甲", Money(1_000_000), Number(1)}, {"乙", Money(2_000_000), Number(1)}, {"乙", Blank, Number(1)},
		{"乙", Money(4_000_000), Number(2)}, {"丙", Blank, Number(2)},
	})
	units, amounts := d.Column("单位"), d.Column("金额")
	out := book.Sheet("式", A4Portrait)
	for i, test := range []struct {
		name, spelled, shown string
		cell                 Cell
	}{
		{"a count", "COUNTIF('表'!$A$3:$A$5,\"乙\")", "3.00", CountIf(Block(units, Text("乙")))},
		{"a sum", "ROUND(SUMIF('表'!$A$3:$A$5,\"乙\",'表'!$B$3:$B$5),6)", "6.00", SumIf(amounts, Block(units, Text("乙")))},
		{"with another condition", "COUNTIFS('表'!$A$3:$A$5,\"乙\",'表'!$B$3:$B$5,\">3\")", "1.00", CountIf(Block(units, Text("乙")), Over(amounts, 3))},
		{"of two blocks what both have", "COUNTIFS('表'!$A$5:$A$5,\"乙\",'表'!$C$5:$C$5,2)", "1.00",
			CountIf(Block(units, Text("乙")), Block(d.Column("程度"), Number(2)))},
		{"a sum that nobody knows", `IF(AND(COUNTIF('表'!$A$6:$A$6,"丙")>0,COUNTIFS('表'!$A$6:$A$6,"丙",'表'!$B$6:$B$6,">-1000000000000000")=0),"",` +
			`ROUND(SUMIF('表'!$A$6:$A$6,"丙",'表'!$B$6:$B$6),6))`, "", SumKnown(amounts, Block(units, Text("丙")))},
		{"of none a row that does not count", "COUNTIF('表'!$A$2:$A$2,\"丁\")", "0.00", CountIf(Block(units, Text("丁")))},
	} {
		at := out.At(1, i+1).Span(1, 1).Put(test.cell, Wan)
		if got := at.Formula(); got != test.spelled {
			t.Errorf("%s is spelled %s, want %s", test.name, got, test.spelled)
		}
		if got := at.Shown(); got != test.shown {
			t.Errorf("%s shows %q, want %q", test.name, got, test.shown)
		}
	}
	workbooktest.Check(t, bytesOf(t, book))
}
