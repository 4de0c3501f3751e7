package workbook

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// traced is a book of a ledger and a page of formulas over it; origins are the project's
// name and the column.
func traced() (*Book, *Drawn, *Sheet) {
	type project struct {
		name, stage string
		plan, done  int64
	}
	b := New(Properties{Title: "t"}, DefaultFonts)
	ledger := Table[project]{
		Total: "合计", Totals: map[string]Cell{"完成率": Quotient(Own("完成"), Own("计划"))},
		Columns: []Column[project]{
			{"序号", 5, Ordinal, nil},
			{"名称", 10, Label, func(p project) Cell { return Text(p.name).From(p.name) }},
			{"批次", 10, Label, func(p project) Cell { return Text(p.stage).From(p.name + " stage") }},
			{"计划", 10, Wan, func(p project) Cell { return Money(p.plan * int64(wan.worth())).From(p.name + " plan") }},
			{"完成", 10, Wan, func(p project) Cell { return Money(p.done * int64(wan.worth())).From(p.name + " done") }},
			{"完成率", 10, Percent, func(project) Cell { return Quotient(Own("完成"), Own("计划")) }},
		},
	}.Draw(b.Sheet("台账", A4Landscape).At(1, 1), []project{{"路", "储备", 100, 50}, {"桥", "开工", 300, 30}, {"站", "储备", 500, 0}})
	return b, ledger, b.Sheet("总览", A4Landscape)
}

func TestLeaves(t *testing.T) {
	b, ledger, page := traced()
	stock := Is(ledger.Column("批次"), Text("储备"))
	label := page.At(1, 1).Span(1, 1).Put(Text("开工"), Label)
	rate := ledger.Cell("完成率", 0)
	for i, test := range []struct {
		name string
		cell Cell
		want string
	}{
		{"a value with an origin", Int(5).From("own"), "own"},
		{"a text without", Text("5"), ""},
		{"a sum, cell by cell", Sum(ledger.Column("计划")), "路 plan,桥 plan,站 plan"},
		{"a subtotal", Subtotal(ledger.Column("完成")), "路 done,桥 done,站 done"},
		{"cells that hold anything", CountA(ledger.Column("名称")), "路,桥,站"},
		{"only the rows that meet the condition", CountIf(stock), "路 stage,站 stage"},
		{"both conditions", CountIf(stock, Over(ledger.Column("完成"), 0)), "路 stage,路 done"},
		{"no row meets the condition", CountIf(Is(ledger.Column("批次"), Text("投产"))), ""},
		{"a condition by another cell", CountIf(Is(ledger.Column("批次"), label)), "桥 stage"},
		{"what is added up, then what it was found by", SumIf(ledger.Column("计划"), stock), "路 plan,站 plan,路 stage,站 stage"},
		{"the same where nothing may be known", SumKnown(ledger.Column("计划"), stock), "路 plan,站 plan,路 stage,站 stage"},
		{"through another formula", Same(rate), "路 done,路 plan"},
		{"a total", Same(ledger.Total("完成率")), "路 done,桥 done,站 done,路 plan,桥 plan,站 plan"},
		{"differences", Minus(ledger.Cell("计划", 0), Plus(ledger.Cell("完成", 0), ledger.Cell("完成", 1))), "路 plan,路 done,桥 done"},
		{"points", PointsBetween(rate, Ratio(1, 2)), "路 done,路 plan"},
		{"without its sign", Abs(ledger.Cell("计划", 2)), "站 plan"},
		{"a word by its sign", Which(ledger.Cell("计划", 2), "低", "平", "高"), "站 plan"},
		{"a formula of the caller", Calc(Int(1), "%s", ledger.Cell("计划", 2)), "站 plan"},
		{"a sentence", Sentence("计划", As(ledger.Cell("计划", 0), Yi), "亿元，", ledger.Cell("名称", 1)), "路 plan,桥"},
		{"numbers of lines", Sum(ledger.Column("序号")), "line,line,line"},
	} {
		at := page.At(1, 3+i).Span(2, 1).Put(test.cell, Wan)
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for leaf := range at.Leaves() {
				origin, said := leaf.Origin.(string)
				if !said {
					origin = "line"
				}
				got = append(got, origin)
				if leaf.Path[0] != at {
					t.Errorf("the path to %s begins at %s", origin, leaf.Path[0].Place())
				}
			}
			if got := strings.Join(got, ","); got != test.want {
				t.Errorf("leads to %s, want %s", got, test.want)
			}
		})
	}
	if _, err := b.Bytes(); err != nil {
		t.Fatal(err)
	}
}

// The path names every cell on the way, and an early end ends it.
func TestPathOfLeaf(t *testing.T) {
	b, ledger, page := traced()
	at := page.At(3, 2).Span(2, 2).Put(Same(ledger.Total("完成率")), Percent)
	for leaf := range at.Leaves() {
		var path []string
		for _, step := range leaf.Path {
			path = append(path, step.Place())
		}
		if diff := cmp.Diff([]string{"总览!C2", "台账!F2", "台账!E2", "台账!E3"}, path); diff != "" {
			t.Error(diff)
		}
		break
	}
	reads := slices.Collect(func(yield func(string) bool) {
		for _, r := range ledger.Cell("完成率", 0).Reads() {
			yield(r.Place())
		}
	})
	if diff := cmp.Diff([]string{"台账!E3", "台账!D3"}, reads); diff != "" {
		t.Error(diff)
	}
	if _, err := b.Bytes(); err != nil {
		t.Fatal(err)
	}
}

func TestFind(t *testing.T) {
	b, _, page := traced()
	page.At(3, 2).Span(2, 2).Put(Text("合并"), Label)
	for _, test := range []struct{ sheet, cell, want, shown, heading string }{
		{"台账", "D3", "台账!D3", "100.00", "计划"},
		{"台账", "$d$4", "台账!D4", "300.00", "计划"},
		{"总览", "D3", "总览!C2", "合并", ""},
		{"总览", "Z99", "总览!Z99", "", ""},
	} {
		at, err := b.Find(test.sheet, test.cell)
		if err != nil || at.Place() != test.want || at.Shown() != test.shown || at.Heading() != test.heading {
			t.Errorf("%s!%s: %s shows %q under %q, %v", test.sheet, test.cell, at.Place(), at.Shown(), at.Heading(), err)
		}
	}
	for _, bad := range [][2]string{{"没有", "A1"}, {"台账", "5"}, {"台账", ""}, {"台账", "A0"}} {
		if at, err := b.Find(bad[0], bad[1]); err == nil {
			t.Errorf("%s!%s is found: %s", bad[0], bad[1], at.Place())
		}
	}
}
