package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// catalogue asks a database for its tables and their columns: kinds by name.
func catalogue(t *testing.T, s *Store) map[string]map[string]string {
	t.Helper()
	list := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if s.place.driver == postgres.driver {
		list = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	var names []string
	if err := s.db.Select(&names, list); err != nil {
		t.Fatal(err)
	}
	tables := map[string]map[string]string{}
	for _, name := range names {
		err := s.snapshot(context.Background(), "look", func(tx *sqlx.Tx) (err error) {
			tables[name], err = kindsOf(context.Background(), tx, name)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return tables
}

// everything is a county with something in every table that is summed.
func everything(t *testing.T, s *Store, region string) {
	t.Helper()
	m := &ledger.Month{Region: region, Period: june, Rules: "rules", Before: "before", Sum: "sum", Report: "{}",
		Figures: map[string]int64{"reserve.projects": 460, "reserve.investment_fen": 1}}
	for i, count := range []*int{&m.Balance.Seen, &m.Balance.Taken, &m.Balance.Held, &m.Balance.Returned,
		&m.Balance.Superseded, &m.Balance.Repeated, &m.Balance.Subtotal, &m.Balance.Blank} {
		*count = i + 1
	}
	for _, f := range form.All() {
		m.Standing = append(m.Standing, full(region, f), full(region, f))
	}
	for i := range 2 {
		m.Findings = append(m.Findings, ledger.Finding{Code: ledger.Codes()[i], File: "a.xlsx", Sheet: "6月", Cell: "B7", Row: 7,
			Period: june, Department: "水利局", Form: "progress", Entity: "城固大道", Field: "total", Found: "约40", Expected: "40"})
		r := sample(region, fmt.Sprint("部门", i), "a")
		r.Findings = m.Findings
		r.Received, r.Modified = ledger.Date{Year: 2024, Month: 7, Day: 3}, "2024-07-01T08:00:00Z"
		m.Returns = append(m.Returns, r)
	}
	saved(t, s, m.Returns...)
	for i, r := range m.Returns {
		r.Version, r.State = i+1, ledger.Accepted
	}
	merged(t, s, m)
	decided(t, s, region, ledger.Decision{A: ledger.Party{Key: "A", Department: "水利局", Name: "甲"}, B: ledger.Party{Key: "B", Department: "林业局", Name: "乙"},
		Verdict: ledger.Same, Who: "李工", Why: "同一", Source: "reply"})
	may := june.Add(-1)
	late := sample(region, "部门0", "b")
	late.Period = may
	err := alone(s, region, func(l *Lock) error {
		return errors.Join(l.SaveLate(context.Background(), june, []*ledger.Return{late}),
			l.Enter(context.Background(), ledger.Closing{Period: may, Event: ledger.Closed, Who: "李工", When: "2024-07-08", Reason: "五月已报",
				Until: ledger.Date{Year: 2024, Month: 7, Day: 20}, Departments: []string{"部门0"}, Decisions: []int{1},
				Figures: map[string]int64{"reserve.projects": 459}, Explained: []string{"C07"}}),
			l.Waive(context.Background(), june, []ledger.Waiver{{Code: "V19", Department: "水利局", Form: "progress", Entity: "城固大道", Field: "总投资",
				Found: "40", Why: "批复在办", Who: "李工", Until: june}}))
	})
	if err == nil {
		_, err = explain(s, region, explanation("甲", "设备款七月支付", "2024-07-03", "receipt"))
	}
	if err == nil {
		err = grant(s, region, Access{"ABCD", "staff", "水利局", "$argon2id$", "2024-07-01T00:00:00Z"})
	}
	if err == nil {
		err = s.Note(context.Background(), region, Deed{At: "2024-07-02T00:00:00Z", Who: "水利局", Role: "staff", CameFrom: "10.1.2.3",
			Deed: "hand-in", Period: "2024-06", About: "6月.xlsx"})
	}
	if err != nil {
		t.Fatal(err)
	}
}

func decided(t *testing.T, s *Store, region string, d ledger.Decision) {
	t.Helper()
	if _, err := decide(s, region, d); err != nil {
		t.Fatal(err)
	}
}

// readAll reads a county in every way that there is.
func readAll(s *Store, region string) error {
	ctx := context.Background()
	for _, p := range []ledger.Period{june.Add(-1), june, june.Add(1)} {
		_, returns := s.Returns(ctx, region, p)
		_, standing := s.Standing(ctx, region, p)
		if read, verified := cmp.Or(standing, returns), s.Verify(ctx, region, p); (read == nil) != (verified == nil) {
			return fmt.Errorf("the rows of %s are read with %v, and verified with %v", p, read, verified)
		}
		for _, read := range []func() error{
			func() error { _, err := s.Returns(ctx, region, p); return err },
			func() error { _, err := s.Headers(ctx, region, p); return err },
			func() error { _, err := s.Standing(ctx, region, p); return err },
			func() error { _, _, err := s.Month(ctx, region, p); return err },
		} {
			if err := read(); err != nil {
				return err
			}
		}
	}
	_, decisions := s.Decisions(ctx, region)
	_, books := s.Books(ctx, region)
	_, late := s.Late(ctx, region, june)
	_, explanations := s.Explanations(ctx, region, june)
	_, waivers := s.Waivers(ctx, region, june)
	_, access := s.Access(ctx, region)
	_, deeds := s.Deeds(ctx, region, 0, 1, func(Deed) bool { return false })
	return cmp.Or(decisions, books, late, explanations, waivers, access, deeds)
}

// monthless are the tables of no month that are not timeless.
var monthless = []string{"month_sum", "access", "audit", "own_sum"}

// A row is one of a table by column.
type row map[string]any

func firstRow(t *testing.T, s *Store, table string) row {
	t.Helper()
	rows, err := s.db.Queryx("SELECT * FROM " + table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	r := row{}
	if !rows.Next() {
		t.Fatalf("%s is empty", table)
	}
	if err := rows.MapScan(r); err != nil {
		t.Fatal(err)
	}
	for column, value := range r {
		if text, ok := value.([]byte); ok && column != "packed" {
			r[column] = string(text)
		}
	}
	return r
}

// swap puts a row in the place of another; nil is none.
func swap(t *testing.T, s *Store, table string, from, to row) {
	t.Helper()
	run := func(statement string, args []any) {
		result, err := s.db.Exec(s.db.Rebind(statement), args...)
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		if n, err := result.RowsAffected(); n != 1 || err != nil {
			t.Fatalf("%s %v: %d rows, %v", statement, args, n, err)
		}
	}
	var args []any
	if from != nil {
		var conditions []string
		for _, column := range slices.Sorted(maps.Keys(from)) {
			if from[column] == nil {
				conditions = append(conditions, column+" IS NULL")
				continue
			}
			conditions, args = append(conditions, column+" = ?"), append(args, from[column])
		}
		run("DELETE FROM "+table+" WHERE "+strings.Join(conditions, " AND "), args)
	}
	if to != nil {
		columns := slices.Sorted(maps.Keys(to))
		args = nil
		for _, column := range columns {
			args = append(args, to[column])
		}
		run("INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES (?"+strings.Repeat(", ?", len(columns)-1)+")", args)
	}
}

// with is the row with another value in a column.
func (r row) with(column, kind string) row {
	other := maps.Clone(r)
	switch value := r[column].(type) {
	case string:
		other[column] = value + "x"
	case []byte:
		other[column] = append(slices.Clone(value), 'x')
	case int64:
		other[column] = value + 10
		if kind == flagType {
			other[column] = 1 - value
		}
	case bool:
		other[column] = !value
	}
	return other
}

// Whatever a hand changes in a table, adds to it or takes away, whoever reads it is told, and where;
// put back, it is read again.
func TestWhatAHandChangedIsNoticed(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s, region := open(t, address), newRegion()
		everything(t, s, region)
		all, changed := s.Changed(context.Background(), region)
		if err := cmp.Or(readAll(s, region), changed); err != nil || len(all) > 0 {
			t.Fatal(all, err)
		}
		told := func(table, what string, from, to row) {
			t.Helper()
			swap(t, s, table, from, to)
			all, err := s.Changed(context.Background(), region) // what those say who read
			switch {
			case len(all) == 0 || err != nil:
				t.Errorf("%s: %s: all that is changed: %v, %v", table, what, all, err)
			case all[0].Table != table && !strings.HasSuffix(table, "_sum"):
				t.Errorf("%s: %s: %v", table, what, all[0])
			case timeless[table] == "" && all[0].Period.IsZero() && !slices.Contains(monthless, table):
				t.Errorf("%s: %s: %v", table, what, all[0])
			case strings.HasPrefix(table, "return") && what != "state" && what != "version" &&
				!slices.ContainsFunc(all, func(c *Changed) bool { return c.Department != "" }):
				t.Errorf("%s: %s: of which return? %v", table, what, all)
			}
			swap(t, s, table, to, from)
		}
		for table, columns := range catalogue(t, s) {
			if slices.Contains(passing, table) {
				continue
			}
			r := firstRow(t, s, table)
			tried := map[string]bool{}
			for _, column := range slices.Sorted(maps.Keys(columns)) {
				// The sums are made in Go, and SQLite tries every column: elsewhere one of each kind will do for a table.
				kind := columns[column]
				if elsewhere := s.place.driver == postgres.driver; elsewhere && tried[kind] {
					continue
				}
				tried[kind] = true
				told(table, column, r, r.with(column, kind))
			}
			told(table, "deleted", r, nil)
			added := false
			for _, key := range []string{"ordinal", "number", "part", "content", "id", "name", "of_table", "period"} {
				if kind, has := columns[key]; has && !added {
					more := r.with(key, kind).with(key, kind)
					if key == "period" {
						more[key] = june.Add(1).String()
					}
					told(table, "added", nil, more)
					added = true
				}
			}
			if !added {
				t.Errorf("%s: which column is its key?", table)
			}
		}
		if err := readAll(s, region); err != nil {
			t.Error(err)
		}
	})
}

// What is changed is told in words that name it and say what to do, and that mends it.
func TestChangedSaysWhatToDo(t *testing.T) {
	s, region := open(t, databases["sqlite"](t)), newRegion()
	everything(t, s, region)
	again := func() { everything(t, s, region) }
	for _, test := range []struct {
		statement, want string
		mend            func()
	}{
		{"UPDATE figure SET value = value + 1",
			"table figure, month 2024-06, is not as it was written (changed by hand, or damaged): run 2024-06 again, or restore a backup", again},
		{"UPDATE return_rows SET packed = (SELECT max(packed) FROM standing) WHERE period = '2024-06'",
			"table return_rows, return of 部门0, progress 2024-06, is not as it was written (changed by hand, or damaged): " +
				"deliver the return again and run 2024-06 again, or restore a backup", again},
		{"DELETE FROM return WHERE department = '部门1' AND period = '2024-06'",
			"table return, return of 部门1, progress 2024-06, is not as it was written (changed by hand, or damaged): " +
				"deliver the return again and run 2024-06 again, or restore a backup", again},
		{"UPDATE decision SET verdict = 'different'",
			"table decision is not as it was written (changed by hand, or damaged): put back what was changed, or restore a backup",
			func() { alter(t, s, "UPDATE decision SET verdict = 'same'") }},
	} {
		alter(t, s, "%s", test.statement)
		if err := readAll(s, region); err == nil || !strings.HasPrefix(err.Error(), "database sqlite:") || !strings.HasSuffix(err.Error(), test.want) {
			t.Errorf("%s: %v", test.statement, err)
		}
		test.mend()
		if err := readAll(s, region); err != nil {
			t.Errorf("%s, mended: %v", test.statement, err)
		}
	}
}
