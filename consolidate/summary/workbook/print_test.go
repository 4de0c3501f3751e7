package workbook

import "testing"

// TestTail: whatever the number of rows, the last page holds none of two, and letters can be read.
func TestTail(t *testing.T) {
	for rows := 60; rows < 100; rows++ {
		b := New(Properties{Title: "t"}, DefaultFonts)
		b.Sheet("封面", A4Portrait)
		Table[int]{
			Title: "题", Total: "合计", Ledger: true, Printed: 2,
			Columns: []Column[int]{
				{"名称", 60, Label, func(int) Cell { return Text("名") }},
				{"日期", 5, Label, func(int) Cell { return Text("2023-02-13") }},
				{"详情", 200, Label.Size(6), func(int) Cell { return Text("小字，只在屏幕上看") }},
			},
		}.Draw(b.Sheet("台账", A4Portrait).Top(), make([]int, rows))
		if faults := b.Unreadable(); len(faults) > 0 {
			t.Errorf("%d rows: %q", rows, faults)
		}
		if s := b.sheets[1]; s.width(2) < 9 || s.printed().cols != 2 {
			t.Errorf("a date stands in a column of %v digits, %d columns are printed", s.width(2), s.printed().cols)
		}
	}
}

// TestUnreadable: letters below 8 points are told of.
func TestUnreadable(t *testing.T) {
	b := New(Properties{Title: "t"}, DefaultFonts)
	wide := b.Sheet("宽", A4Portrait)
	wide.Width(1, 300)
	wide.At(1, 1).Span(1, 1).Put(Text("小"), Prose)
	if got := b.Unreadable(); len(got) != 1 || got[0] != "宽: 3.1 points" {
		t.Errorf("%q", got)
	}
}
