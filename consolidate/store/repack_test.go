package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/jmoiron/sqlx"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// unpacked puts a return, and its rows as rows in force, into a database as the build before packing did.
func unpacked(t *testing.T, s *Store, r *ledger.Return) {
	t.Helper()
	err := s.atomically(context.Background(), "make", func(tx *sqlx.Tx) error {
		ctx, h, f := context.Background(), headerOf(r), form.ByID(r.Form)
		rows, table := tallyOf(oldRowColumns), tallyOf(rowColumns+", source, name, year_to_date")
		table.never = len(table.columns) - 2
		put := func(name, columns string, values []any) error {
			in := into(ctx, tx, name, columns)
			return errors.Join(in.add(values...), in.done())
		}
		err := put("return", returnColumns, h.values())
		for i := range r.Records {
			record := &r.Records[i]
			name, toDate := form.Progress.Name.Of(record), form.Progress.YearToDate.Of(record).V
			json := func(name, toDate string) string {
				return fmt.Sprintf(`{"fields":{"name":[%s,"B%d","%s"],"year_to_date":[%s,"H%[2]d","0.00"]}}`, name, record.Row, form.Progress.Name.Of(record), toDate)
			}
			old := []any{i + 1, record.Row, json(`"`+name+`"`, fmt.Sprint(int64(toDate)))}
			rows.add(old...)
			row := []any{h.Region, h.Period, h.Department, name, i + 1, h.Period, h.Content, record.Row, json("null", "null"), name, int64(toDate)}
			table.add(row[2:]...) // without region and period
			err = errors.Join(err, put("return_row", "region, period, form, department, content, "+oldRowColumns, append(h.key(), old...)),
				put(f.ID, standingColumns+", source, name, year_to_date", row))
		}
		sum := tallyOfReturn(h)
		m := &ledger.Month{Region: r.Region, Period: r.Period}
		sums := monthSums{f.ID: table.sum(), "return": sumStates([]*header{h}).sum()}
		return errors.Join(err, put("return_sum", "region, period, form, department, content, head_sum, rows_sum, findings_sum",
			append(h.key(), sum.head.sum(), rows.sum(), "")),
			putMonth(ctx, tx, m, sums), putSums(ctx, tx, r.Region, h.Period, sums))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What the build before kept row by row is packed when the database is opened, and is the same; what a hand had changed
// there is told as changed.
func TestRowsOfTheBuildBeforePacking(t *testing.T) {
	before := slices.Index(migrationNames(), packing)
	onEmpty(t, func(t *testing.T, address string) {
		older := made(t, address, before)
		r := sample("610722", "水利局", "a")
		unpacked(t, older, r)
		s := open(t, address)
		if err := readAll(s, "610722"); err != nil {
			t.Fatal(err)
		}
		same(t, "returns", []*ledger.Return{r}, there(t, s, "610722"))
		want := []ledger.Standing{standing(r, 0), standing(r, 1)}
		got, err := s.Standing(context.Background(), "610722", june)
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			want[i].Entity = form.Progress.Name.Of(want[i].Record)
		}
		same(t, "rows in force", want, got)
	})
	for changed, statement := range map[string]string{
		"return_rows": `UPDATE return_row SET record = '{"fields":{}}'`,
		"progress":    `UPDATE progress SET year_to_date = 8`,
		"standing":    `UPDATE progress SET source = '{"fields":{}}'`,
	} {
		t.Run(changed, func(t *testing.T) {
			address := databases["sqlite"](t)
			older := made(t, address, before)
			unpacked(t, older, sample("610722", "水利局", "a"))
			alter(t, older, "%s", statement)
			s := open(t, address)
			err := readAll(s, "610722")
			if changed == "standing" {
				_, err = s.StandingOf(context.Background(), "610722", june, ofProgress)
			}
			var told *Changed
			if !errors.As(err, &told) || told.Table != changed {
				t.Errorf("%v", err)
			}
		})
	}
}

// totalAlone are the columns that are asked for of a form: its total.
func totalAlone(f *form.Form) []*form.Column {
	if total := f.Role(form.RoleTotal); total != nil {
		return []*form.Column{total}
	}
	return nil
}

// ofProgress is the same, of key projects alone.
func ofProgress(f *form.Form) []*form.Column {
	if f != form.Progress.Name.Form {
		return nil
	}
	return totalAlone(f)
}

// Of a month that long passed only what is asked for is read, with where it comes from; and what a hand changed is noticed.
func TestStandingOf(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s, region := context.Background(), open(t, address), newRegion()
		progress, total := form.Progress.Name.Form, form.Progress.Total.Column
		whole, other := full(region, progress), full(region, form.Reserve.Name.Form)
		whole.Content, whole.Record.Key, whole.First = "a", "0a1b2c3d4e5f", june.Add(-2)
		whole.Record.Kept = map[int]ledger.Origin{total.Index: {Period: june.Add(-1), Content: "b"}, 0: {Period: june.Add(-1), Content: "c"}}
		merged(t, s, &ledger.Month{Region: region, Period: june, Standing: []ledger.Standing{other, whole}})
		want := ledger.Standing{ReturnID: whole.ReturnID, Record: &ledger.Record{Key: "0a1b2c3d4e5f"}, From: june, Content: "a"}
		want.Record.Set(total.Index, total.Field(whole.Record))
		want.Record.Kept = map[int]ledger.Origin{total.Index: {Period: june.Add(-1), Content: "b"}}
		got, err := s.StandingOf(ctx, region, june, ofProgress)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "rows in force", []ledger.Standing{want}, got)
		if got, err = s.StandingOf(ctx, region, june, totalAlone); err != nil || len(got) != 2 || got[0].Form != other.Form {
			t.Errorf("of all forms: %v, %v", got, err)
		}
		alter(t, s, "DELETE FROM standing WHERE region = '%s' AND form = 'progress'", region)
		if _, err := s.StandingOf(ctx, region, june, ofProgress); !errors.As(err, new(*Changed)) {
			t.Errorf("what a hand deleted: %v", err)
		}
	})
}
