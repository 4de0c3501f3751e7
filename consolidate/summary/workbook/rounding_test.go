package workbook

import "testing"

// TestSaysRounding: a table whose shown parts miss the shown total, or whose shown difference is not
// that of what is shown, says so by itself, once; one that adds up, or whose total is another number, does not.
func TestSaysRounding(t *testing.T) {
	const wanOf = 1_000_000 // 万元 in 分
	type row struct{ a, b int64 }
	for _, test := range []struct {
		name, want string
		total      Cell
		notes      []string
		rows       []row
	}{
		{"adds up", "", Sum(Rows("甲")), nil, []row{{wanOf, 0}, {wanOf, 0}}},
		{"halves that go up", partsRounded, Sum(Rows("甲")), nil, []row{{wanOf + 5_000, 0}, {wanOf + 5_000, 0}}},
		{"a note is there", "注：试。" + partsRounded + "。", Sum(Rows("甲")), []string{"注：试。"}, []row{{wanOf + 5_000, 0}, {wanOf + 5_000, 0}}},
		{"a total of another thing", "", Money(wanOf), nil, []row{{wanOf, 0}, {wanOf, 0}}},
		{"a difference", termsRounded, Sum(Rows("甲")), nil, []row{{35251_004_900, 36276_495_100}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := New(Properties{Title: "试"}, DefaultFonts)
			d := Table[row]{
				Caption: "表", Total: "合计", Notes: test.notes,
				Columns: []Column[row]{
					{"名", 10, Label, func(row) Cell { return Text("项") }},
					{"甲", 10, Wan, func(r row) Cell { return Money(r.a) }},
					{"乙", 10, Wan, func(r row) Cell { return Money(r.b) }},
					{"差", 10, Wan, func(row) Cell { return Minus(Own("甲"), Own("乙")) }},
				},
				Totals: map[string]Cell{"甲": test.total},
			}.Draw(b.Sheet("表", A4Portrait).At(1, 1), test.rows)
			for range 2 {
				if _, err := b.Bytes(); err != nil {
					t.Fatal(err)
				}
			}
			want := test.want
			switch {
			case want == "":
				want = "表"
			case test.notes == nil:
				want = "表（" + want + "）"
			}
			if got := d.says.shown(); got != want {
				t.Errorf("says %q, want %q", got, want)
			}
		})
	}
}
