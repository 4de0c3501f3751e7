package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// merged merges months of one county, one after the other.
func merged(t fataler, s *Store, months ...*ledger.Month) {
	t.Helper()
	err := alone(s, months[0].Region, func(l *Lock) (err error) {
		for _, m := range months {
			err = errors.Join(err, l.Merge(context.Background(), m))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sameMonth compares all that the database knows of a month.
func sameMonth(t fataler, s *Store, want *ledger.Month) {
	t.Helper()
	got, ok, err := s.Month(context.Background(), want.Region, want.Period)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if got.Standing, err = s.Standing(context.Background(), want.Region, want.Period); err != nil {
		t.Fatal(err)
	}
	if got.Returns, err = s.Returns(context.Background(), want.Region, want.Period); err != nil {
		t.Fatal(err)
	}
	same(t, "month", *want, got)
}

func TestWhatIsMergedIsThere(t *testing.T) {
	property(t, func(t *rapid.T, s *Store, region string) {
		returns := returnsOf(t, region)
		saved(t, s, returns...)
		for i, r := range returns {
			r.Version, r.State = i+1, ledger.Accepted
		}
		before, first, again := monthOf(t, region, june.Add(-1), nil), monthOf(t, region, june, returns), monthOf(t, region, june, returns)
		merged(t, s, first, before, again, again)
		sameMonth(t, s, again)
		sameMonth(t, s, before)
		periods, err := s.Periods(context.Background(), region)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "periods", []ledger.Period{june.Add(-1), june}, periods)
	})
}

func TestAMonthThatWasNotMerged(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s, ctx := open(t, address), context.Background()
		if _, ok, err := s.Month(ctx, "610722", june); ok || err != nil {
			t.Error(ok, err)
		}
		if rows, err := s.Standing(ctx, "610722", june); len(rows) != 0 || err != nil {
			t.Error(rows, err)
		}
		if periods, err := s.Periods(ctx, "610722"); len(periods) != 0 || err != nil {
			t.Error(periods, err)
		}
	})
}

func TestAMergeThatFailsLeavesTheMonth(t *testing.T) {
	region := newRegion()
	elsewhere := generation(region, 3)
	elsewhere.Standing[2].Period = june.Add(1)
	unknown := generation(region, 3)
	unknown.Standing[1].Form = "rainfall"
	unsaved := generation(region, 3)
	unsaved.Returns = []*ledger.Return{sample(region, "水利局", "not saved")}
	everywhere(t, func(t *testing.T, address string) {
		s, whole := open(t, address), generation(region, 2)
		merged(t, s, whole)
		for name, test := range map[string]struct {
			month *ledger.Month
			want  string
		}{
			"a row of another month":        {elsewhere, "1 rows in force are of another month or of no form"},
			"a row of no form":              {unknown, "1 rows in force are of another month or of no form"},
			"a return that was never saved": {unsaved, "return of 水利局"},
		} {
			t.Run(name, func(t *testing.T) {
				err := merge(context.Background(), s, test.month)
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("got %v, want … %s …", err, test.want)
				}
				sameMonth(t, s, whole)
			})
		}
	})
}

// A month that is run again and again, of many rows and of few, soon takes no more room than before.
func TestAMonthRunAgainTakesNoMoreRoom(t *testing.T) {
	if testing.Short() {
		t.Skip("running again is long")
	}
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		size := `SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = CAST('public' AS regnamespace)`
		if s.place.driver == lite.driver {
			size = `SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`
		}
		var settled, taken int64
		for run := range 20 {
			returns, month := crowd(4 + run%2)
			err := alone(s, "610722", func(l *Lock) error {
				return errors.Join(l.Save(context.Background(), returns), l.Merge(context.Background(), month))
			})
			if err = errors.Join(err, s.db.Get(&taken, size)); err != nil {
				t.Fatal(err)
			}
			if run < 4 {
				settled = max(settled, taken)
			}
			if taken > settled*11/10 {
				t.Fatalf("run %d: %d bytes, after the first runs there were %d", run+1, taken, settled)
			}
		}
		t.Logf("%d bytes after the first runs, %d after the last", settled, taken)
	})
}

func TestOneDepartmentMayGiveOneEntityTwice(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s, r := open(t, address), sample(newRegion(), "交通运输局", "a")
		m := &ledger.Month{Region: r.Region, Period: june, Standing: []ledger.Standing{standing(r, 1), standing(r, 0), standing(r, 1)}}
		merged(t, s, m)
		sameMonth(t, s, m)
	})
}

func TestBlankIsNeitherZeroNorEmpty(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s, r := open(t, address), sample(newRegion(), "交通运输局", "a")
		form.Progress.Remark.Set(&r.Records[0], ledger.Words(""))
		form.Progress.InStatistics.Set(&r.Records[0], ledger.Number(0))
		merged(t, s, &ledger.Month{Region: r.Region, Period: june, Standing: []ledger.Standing{standing(r, 0)}})
		var row struct {
			YearToDate   sql.Null[int64]  `db:"year_to_date"`
			YearPlan     sql.Null[int64]  `db:"year_plan"`
			InStatistics sql.Null[int64]  `db:"in_statistics"`
			Remark       sql.Null[string] `db:"remark"`
			Leaving      sql.Null[string] `db:"leaving"`
		}
		want := row
		want.YearToDate.Valid, want.InStatistics.Valid, want.Remark.Valid = true, true, true
		if err := s.db.Get(&row, `SELECT year_to_date, year_plan, in_statistics, remark, leaving FROM progress`); err != nil {
			t.Fatal(err)
		}
		same(t, "row", want, row)
	})
}

// What was asked in several months is their errors and queries, and a month that was not merged is not there.
func TestWhatWasAsked(t *testing.T) {
	property(t, func(t *rapid.T, s *Store, region string) {
		first, last := monthOf(t, region, june.Add(-3), nil), monthOf(t, region, june.Add(-1), nil)
		merged(t, s, first, last, monthOf(t, region, june, nil))
		want := map[ledger.Period][]ledger.Asked{}
		for _, m := range []*ledger.Month{first, last} {
			want[m.Period] = nil
			for _, f := range m.Findings {
				if f.Code.Severity >= ledger.Query {
					want[m.Period] = append(want[m.Period], f.Asked())
				}
			}
		}
		got, err := s.Asked(context.Background(), region, june.Add(-11), june.Add(-1))
		if err != nil {
			t.Fatal(err)
		}
		same(t, "asked", want, got)
	})
}
