package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// The table of a form has a column for each of the form's, of the type that it takes, and no
// others; in which order is of no matter.
func TestTablesHaveTheColumnsOfTheirForms(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s := open(t, address)
		for _, f := range form.All() {
			var got map[string]string
			err := s.snapshot(context.Background(), "look", func(tx *sqlx.Tx) (err error) {
				got, err = kindsOf(context.Background(), tx, f.ID)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]string{}
			for _, c := range columnsOf(f) {
				want[c.name] = c.kind
			}
			same(t, "columns of "+f.ID, want, got)
		}
	})
}

// alter changes tables as a migration or a mistake would.
func alter(t *testing.T, s *Store, format string, args ...any) {
	t.Helper()
	if _, err := s.db.Exec(fmt.Sprintf(format, args...)); err != nil {
		t.Fatal(err)
	}
}

// full is a row in force of a form that says something else in every column.
func full(region string, f *form.Form) ledger.Standing {
	r := ledger.Record{}
	for i, c := range f.Columns {
		if numeric(c) {
			c.Set(&r, ledger.Number(int64(i+1)))
		} else {
			c.Set(&r, ledger.Words(fmt.Sprint("says ", c.ID)))
		}
	}
	return ledger.Standing{ReturnID: ledger.ReturnID{Region: region, Period: june, Form: f.ID, Department: "交通运输局"}, Entity: "一行", From: june, Record: &r}
}

// A column that a migration adds stands last in its table, wherever it stands in its form:
// each goes into its own, and comes out of it.
func TestColumnsInAnotherOrderThanTheForms(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s := open(t, address)
		m := &ledger.Month{Region: newRegion(), Period: june}
		for _, f := range form.All() {
			moved := columnsOf(f)[len(strings.Split(standingColumns, ",")):]
			for _, c := range moved[:len(moved)/2] {
				alter(t, s, "ALTER TABLE %s DROP COLUMN %s", f.ID, c.name)
				alter(t, s, "ALTER TABLE %s ADD COLUMN %s", f.ID, c)
			}
			m.Standing = append(m.Standing, full(m.Region, f))
		}
		s = open(t, address)
		merged(t, s, m)
		sameMonth(t, s, m)
	})
}

// A form whose table does not fit is told with the migration that is missing; that its SQL fits
// every database is tested below.
func TestAMissingMigrationSaysWhatToDo(t *testing.T) {
	next := nextMigration("…")
	if last := slices.Max(migrationNames()); next <= "consolidate/store/migrations/"+last {
		t.Fatalf("%s does not come after %s", next, last)
	}
	file := func(subject string) string { return strings.Replace(next, "…", subject, 1) }
	for name, test := range map[string]struct{ mistake, want string }{
		"no column": {"ALTER TABLE progress DROP COLUMN leader",
			"form progress: its table lacks leader TEXT: add " + file("progress_leader") + " with:\nALTER TABLE progress ADD COLUMN leader TEXT;"},
		"no columns": {"ALTER TABLE progress DROP COLUMN leader; ALTER TABLE progress DROP COLUMN total",
			"form progress: its table lacks total BIGINT, leader TEXT: add " + file("progress_total") +
				" with:\nALTER TABLE progress ADD COLUMN total BIGINT;\nALTER TABLE progress ADD COLUMN leader TEXT;"},
		"another type": {"ALTER TABLE progress DROP COLUMN total; ALTER TABLE progress ADD COLUMN total TEXT",
			"form progress: its column total BIGINT is TEXT in its table: mend the migration that adds it; if that is in use, " +
				"give the column an ID of its own and add " + file("progress") + " with:\nALTER TABLE progress ADD COLUMN … BIGINT;"},
		"a shared column": {"ALTER TABLE duty DROP COLUMN from_content",
			"form duty: its table has no from_content TEXT NOT NULL, as the table of every form has: mend its migration, so that it is:\n" +
				"CREATE TABLE duty (\n\tregion TEXT NOT NULL,"},
		"a table that is gone": {"DROP TABLE duty", "form duty: "},
	} {
		t.Run(name, func(t *testing.T) {
			address := databases["sqlite"](t)
			alter(t, open(t, address), "%s", test.mistake)
			_, err := Open(context.Background(), address)
			if err == nil || !strings.Contains(err.Error(), ": open: "+test.want) {
				t.Errorf("got  %v\nwant … %s …", err, test.want)
			}
		})
	}
}

// The SQL that is advised is what is missing: with it the database opens.
func TestTheMigrationThatIsAdvisedFits(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s := open(t, address)
		advised := func(f *form.Form) string {
			err := s.check(context.Background(), f)
			if err == nil {
				t.Fatalf("%s fits", f.ID)
			}
			_, sql, _ := strings.Cut(err.Error(), " with:\n")
			return sql
		}
		alter(t, s, "ALTER TABLE progress DROP COLUMN total; ALTER TABLE progress DROP COLUMN leader")
		alter(t, s, "%s", advised(form.Progress.Name.Form))
		visits := &form.Form{ID: "visits", Columns: []*form.Column{{ID: "site"}, {ID: "cost", Type: form.AmountType}}}
		alter(t, s, "%s", advised(visits))
		if err := s.check(context.Background(), append(form.All(), visits)...); err != nil {
			t.Error(err)
		}
	})
}
