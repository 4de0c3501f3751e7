package store

import (
	"context"
	"errors"
	"testing"

	"huizong/internal/ledger"
)

// The log of a month is read as it was entered, numbered in its order; a month that is closed cannot be
// merged, one that was reopened can.
func TestBooks(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s := context.Background(), open(t, address)
		closed := ledger.Closing{Period: june, Event: ledger.Closed, Who: "张三", When: "2024-07-03 08:30:00", Reason: "已电话\n核实",
			Decisions: []int{1, 3, 12}, Explained: []string{"C01|2024-06|a|b|c|d", "M03|2024-06|a|b|c|"}, Figures: map[string]int64{"reserve.projects": 460, "a": -1}}
		reopened := ledger.Closing{Period: june, Event: ledger.Reopened, Who: "李四", When: "2024-07-05 09:00:00", Reason: "漏报",
			Until: ledger.Date{Year: 2024, Month: 7, Day: 10}, Departments: []string{"交通运输局", "三合镇"}}
		again := ledger.Closing{Period: june, Event: ledger.Closed, Who: "张三", When: "2024-07-11 08:30:00", Figures: map[string]int64{}}
		may := closed
		may.Period = june.Add(-1)
		for i, step := range []struct {
			enter ledger.Closing
			merge error
		}{{may, nil}, {closed, ErrClosed}, {reopened, nil}, {again, ErrClosed}} {
			if err := alone(s, "610722", func(l *Lock) error { return l.Enter(ctx, step.enter) }); err != nil {
				t.Fatal(err)
			}
			if err := merge(ctx, s, &ledger.Month{Region: "610722", Period: june}); !errors.Is(err, step.merge) {
				t.Errorf("merged after entry %d: %v, want %v", i, err, step.merge)
			}
		}
		may.Number, closed.Number, reopened.Number, again.Number = 1, 1, 2, 3
		books, err := s.Books(ctx, "610722")
		if err != nil {
			t.Fatal(err)
		}
		same(t, "books", ledger.Books{june.Add(-1): {may}, june: {closed, reopened, again}}, books)
		if other, err := s.Books(ctx, "610701"); err != nil || len(other) > 0 {
			t.Errorf("books of another county: %v %v", other, err)
		}
	})
}

// What came late is no return of its month until the month admits it; it comes with each month that brought
// it, as it was delivered first.
func TestLate(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s, july, august := context.Background(), open(t, address), june.Add(1), june.Add(2)
		do := func(work func(*Lock) error) {
			t.Helper()
			if err := alone(s, "610722", work); err != nil {
				t.Fatal(err)
			}
		}
		file := func(file string, r *ledger.Return) *ledger.Return {
			r.File = file
			return r
		}
		counts := file("counts", sample("610722", "交通运输局", "counts"))
		if err := save(ctx, s, counts); err != nil {
			t.Fatal(err)
		}
		road, town := sample("610722", "交通运输局", "late"), sample("610722", "三合镇", "late")
		do(func(l *Lock) error { return l.SaveLate(ctx, july, []*ledger.Return{file("first", road), town}) })
		do(func(l *Lock) error {
			return l.SaveLate(ctx, july, []*ledger.Return{file("again", sample("610722", "交通运输局", "late"))})
		})
		do(func(l *Lock) error {
			return l.SaveLate(ctx, august, []*ledger.Return{file("august", sample("610722", "交通运输局", "late")), file("known", sample("610722", "交通运输局", "counts"))})
		})
		is := func(what string, got []*ledger.Return, err error, files ...string) {
			t.Helper()
			var names []string
			for _, r := range got {
				names = append(names, r.File)
			}
			if err != nil {
				t.Fatal(err)
			}
			same(t, what, files, names)
		}
		check := func(what string, waiting int, of, headers, inJuly, inAugust []string) {
			t.Helper()
			got, err := s.Returns(ctx, "610722", june)
			is(what+": returns", got, err, of...)
			got, err = s.Headers(ctx, "610722", june)
			is(what+": headers", got, err, headers...)
			got, err = s.Late(ctx, "610722", july)
			is(what+": late in July", got, err, inJuly...)
			got, err = s.Late(ctx, "610722", august)
			is(what+": late in August", got, err, inAugust...)
			if n, err := s.Waiting(ctx, "610722", june); n != waiting || err != nil {
				t.Errorf("%s: %d wait, want %d (%v)", what, n, waiting, err)
			}
		}
		both := []string{"三合镇/6月.xlsx", "again"}
		check("late", 2, []string{"counts"}, []string{"counts"}, both, []string{"again"})
		do(func(l *Lock) error { return l.Admit(ctx, june, []string{"水利局"}) })
		check("others admitted", 2, []string{"counts"}, []string{"counts"}, both, []string{"again"})
		do(func(l *Lock) error { return l.Admit(ctx, june, []string{"交通运输局"}) })
		check("one admitted", 1, []string{"counts", "again"}, []string{"counts", "again"}, both[:1], nil)
		do(func(l *Lock) error { return l.Admit(ctx, june, nil) })
		all := []string{"三合镇/6月.xlsx", "counts", "again"}
		check("all admitted", 0, all, all, nil, nil)
	})
}
