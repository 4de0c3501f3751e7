package workbook_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	. "huizong/consolidate/summary/workbook"
	"huizong/consolidate/summary/workbook/workbooktest"
)

// tied is a book with a rate of 51.25%, which 51.3% and 51.2% are as near to, and two sentences that show it.
func tied() (book *Book, ledger *Drawn, page Ref) {
	const wan = 1_000_000
	book = newBook()
	page = book.Sheet("页", A4Portrait).At(1, 1)
	rate := Quotient(Own("完成"), Own("计划"))
	ledger = Table[int]{
		Total: "合计", Ledger: true,
		Columns: []Column[int]{
			{"名称", 12, Prose, func(int) Cell { return Text("甲") }},
			{"完成", 12, Wan, func(n int) Cell { return Money(n * wan) }},
			{"计划", 12, Wan, func(int) Cell { return Money(8000 * wan) }},
			{"占计划", 12, Percent, func(int) Cell { return rate }},
			{"与时序差", 12, Points, func(int) Cell { return PointsBetween(Own("占计划"), Number(0.55)) }},
		},
		Totals: map[string]Cell{"占计划": rate.Matching(Ratio(41, 80)), "与时序差": PointsBetween(Own("占计划"), Number(0.55))},
	}.Draw(book.Sheet("台账", A4Portrait).Top(), []int{4100})
	show := func(row int, c Cell) { page.Down(row).Span(8, 1).Put(c, Prose) }
	show(0, Sentence("占计划", ledger.Total("占计划")))
	show(1, Sentence("占", As(Quotient(ledger.Total("完成"), ledger.Total("计划")), Percent)))
	page.Down(2).Span(1, 1).Put(PointsBetween(ledger.Total("占计划"), Number(0.55)), Points)
	return book, ledger, page
}

// TestTies: a rate in the middle between two that are shown is rounded in its cell, if a sentence may show it; what is
// reckoned from it is reckoned from the amounts.
func TestTies(t *testing.T) {
	book, ledger, page := tied()
	data := bytesOf(t, book)
	workbooktest.Check(t, data)
	for _, c := range []struct {
		what  string
		at    Ref
		value any
	}{
		{"total", ledger.Total("占计划"), 0.513},
		{"row", ledger.Cell("占计划", 0), 0.5125},
		{"points of the total", ledger.Total("与时序差"), -3.8},
		{"points of the row", ledger.Cell("与时序差", 0), -3.8},
		{"sentence that quotes", page, "占计划51.3%"},
		{"sentence that reckons", page.Down(1), "占51.3%"},
		{"points on another sheet", page.Down(2), -3.8},
	} {
		if got := c.at.Value(); got != c.value {
			t.Errorf("%s: %v, want %v", c.what, got, c.value)
		}
	}
	if spelled := ledger.Total("占计划").Formula(); !strings.HasPrefix(spelled, "IFERROR(ROUND(") {
		t.Errorf("the total is spelled %s", spelled)
	}
	if spelled := page.Down(2).Formula(); strings.Contains(spelled, "ROUND(IFERROR") || !strings.Contains(spelled, "'台账'!$") {
		t.Errorf("points on another sheet are spelled %s", spelled)
	}
}

// everyTie adds to a book all rates between -20% and 120% that are as near to one that is shown as to the next, in
// thousandths: the rate in a row, a sentence that quotes it, and one that works it out.
func everyTie(book *Book) (want []string) {
	const wan = 1_000_000
	var twice []int // thousandths and a half
	for n := -399; n < 2400; n += 2 {
		twice = append(twice, n)
		thousandths := (n + 1) / 2
		if n < 0 {
			thousandths = (n - 1) / 2
		}
		want = append(want, strconv.FormatFloat(float64(thousandths)/10, 'f', 1, 64)+"%")
	}
	ledger := Table[int]{
		Ledger: true,
		Columns: []Column[int]{
			{"名称", 12, Prose, func(int) Cell { return Text("乙") }},
			{"完成", 12, Wan, func(n int) Cell { return Money(n * wan) }},
			{"计划", 12, Wan, func(int) Cell { return Money(2000 * wan) }},
			{"占计划", 12, Percent, func(int) Cell { return Quotient(Own("完成"), Own("计划")) }},
		},
	}.Draw(book.Sheet("各种", A4Portrait).Top(), twice)
	page := book.Sheet("各句", A4Portrait).At(1, 1)
	for i := range twice {
		rate := As(Quotient(ledger.Cell("完成", i), ledger.Cell("计划", i)), Percent)
		page.Down(i).Span(8, 1).Put(Sentence("占", ledger.Cell("占计划", i), "即", rate), Prose)
	}
	return want
}

// TestTiesElsewhere: programs that show 0.5125 as 51.2% and such that show it as 51.3% show the same of cells and
// sentences, and what is stored.
func TestTiesElsewhere(t *testing.T) {
	if testing.Short() {
		t.Skip("reckons with other programs")
	}
	book, _, _ := tied()
	want := everyTie(book)
	data := bytesOf(t, book)
	for _, program := range workbooktest.Programs {
		t.Run(program, func(t *testing.T) {
			shown := workbooktest.Shown(t, program, data)
			rows := slices.DeleteFunc(shown["各种"], func(row []string) bool { return len(row) < 4 || row[0] != "乙" })
			if len(rows) != len(want) || len(shown["各句"]) != len(want) {
				t.Fatalf("%d rows and %d sentences, want %d of either", len(rows), len(shown["各句"]), len(want))
			}
			for i, rate := range want {
				if got, sentence := rows[i][3], shown["各句"][i][0]; got != rate || sentence != "占"+rate+"即"+rate {
					t.Errorf("%s: the cell shows %s, the sentence %s", rate, got, sentence)
				}
			}
			for i, text := range []string{"占计划51.3%", "占51.3%", "-3.8"} {
				if got := shown["页"][i][0]; got != text {
					t.Errorf("of the total, %q is shown, want %q", got, text)
				}
			}
			if !slices.ContainsFunc(shown["台账"], func(row []string) bool { return row[0] == "合计" && row[3] == "51.3%" && row[4] == "-3.8" }) {
				t.Errorf("no total of 51.3%% and -3.8: %q", shown["台账"])
			}
		})
	}
}
