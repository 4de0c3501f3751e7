package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jmoiron/sqlx"

	"huizong/consolidate/store/pgtest"
	"huizong/internal/ledger"
)

// Sessions of a database: all but the one that asks, those that hold the lock of a run, the others.
const (
	sessions    = ` FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
	ofTheLock   = ` AND pid IN (SELECT pid FROM pg_locks WHERE relation = CAST('run' AS regclass) AND mode = 'RowShareLock')`
	ofTheWriter = ` AND pid NOT IN (SELECT pid FROM pg_locks WHERE relation = CAST('run' AS regclass) AND mode = 'RowShareLock')`
)

// ask reads a value in a session of its own.
func ask(t *testing.T, address, query string) (value string) {
	t.Helper()
	db, err := sqlx.Open("postgres", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Get(&value, query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return value
}

// end ends sessions, and waits until they are gone.
func end(which string) func(*testing.T, string) {
	return func(t *testing.T, address string) {
		t.Helper()
		if ask(t, address, `SELECT CAST(count(pg_terminate_backend(pid, 10000)) AS TEXT)`+sessions+which) == "0" {
			t.Fatal("there was no such session")
		}
	}
}

// outlast is longer than the limits that are set.
func outlast(t *testing.T, address string) { ask(t, address, `SELECT CAST(pg_sleep(0.3) AS TEXT)`) }

// limit sets a limit in milliseconds for the sessions to come.
func limit(t *testing.T, address, setting string, milliseconds int) {
	t.Helper()
	pgtest.Execute(t, address, fmt.Sprintf("ALTER DATABASE %s SET %s = %d", ask(t, address, `SELECT current_database()`), setting, milliseconds))
}

// steps are what a run does to the database, each whole or not at all.
func steps(l *Lock, g int) []func() error {
	ctx := context.Background()
	returns, month := crowd(g)
	return []func() error{
		func() error { return l.Save(ctx, returns[:10]) },
		func() error { return l.Save(ctx, returns[10:]) },
		func() error {
			_, err := l.Decide(ctx, []ledger.Decision{decision("a", fmt.Sprint(g), ledger.Same, "")})
			return err
		},
		func() error {
			return l.Enter(ctx, ledger.Closing{Period: june.Add(-1), Event: ledger.Closed, Figures: map[string]int64{"g": int64(g)}, Explained: []string{"C07"}})
		},
		func() error { return l.Merge(ctx, month) },
		func() error { return l.Alive(ctx) },
		func() error { return l.While(ctx, "publish", func() error { return nil }) },
	}
}

// isOf fails unless all that the database holds is of one generation.
func isOf(t *testing.T, s *Store, g int) {
	t.Helper()
	_, want := crowd(g)
	want.Returns = distinct(want.Returns)
	sameMonth(t, s, want)
	if closed := closedAs(t, s); closed != int64(g) {
		t.Errorf("the month before is closed by generation %d, want %d", closed, g)
	}
}

// closedAs is the generation that closed the month before, 0 where none did.
func closedAs(t *testing.T, s *Store) int64 {
	t.Helper()
	books, err := s.Books(context.Background(), "610722")
	if err != nil {
		t.Fatal(err)
	}
	last, _ := books.Last(june.Add(-1))
	if last.Event == ledger.Closed && (len(last.Explained) != 1 || len(last.Figures) != 1) {
		t.Fatalf("not all of a close is there: %+v", last)
	}
	return last.Figures["g"]
}

func lost(err error) bool { return errors.As(err, new(*Lost)) }

// Whatever happens to sessions, a run either still has its lock, and another one is refused; or
// it writes nothing more, and the other one finds all as it was left and makes the month whole.
func TestFaults(t *testing.T) {
	for _, fault := range []struct {
		name    string
		setting string // of sessions to come, 100 ms: of all, or of those of locks
		pooled  bool
		happens func(t *testing.T, address string)
		keeps   bool // the run its lock
	}{
		{"nothing", "", false, outlast, true},
		{"the session that writes is ended", "", false, end(ofTheWriter), true},
		{"the session of the lock is ended", "", false, end(ofTheLock), false},
		{"all sessions are ended", "", false, end(""), false},
		{"the server is started again", "", false, func(t *testing.T, address string) { pgtest.Restart(t, address) }, false},
		{"sessions are ended when idle", "idle_session_timeout", false, outlast, true},
		{"transactions are ended when idle", "idle_in_transaction_session_timeout", false, outlast, true},
		{"behind a pooler", "", true, outlast, true},
		{"behind a pooler the session of the lock is ended", "", true, end(ofTheLock), false},
		{"behind a pooler all sessions are ended", "", true, end(""), false},
		{"behind a pooler sessions are ended when idle", "idle_session_timeout", true, outlast, true},
	} {
		t.Run(fault.name, func(t *testing.T) {
			server := databases["postgres"](t)
			if fault.pooled {
				server = newest.Filled(t, makeTables)
			}
			if fault.setting == "idle_session_timeout" {
				limit(t, server, fault.setting, 100)
			}
			address := server
			if fault.pooled {
				address = pgtest.Pooled(t, server)
			}
			ctx, one, other := context.Background(), open(t, address), open(t, address)
			if fault.setting == "idle_in_transaction_session_timeout" {
				limit(t, server, fault.setting, 100)
			}
			first, err := one.Lock(ctx, "610722", Holder{"甲", "2024-07-03 08:30"})
			if err != nil {
				t.Fatal(err)
			}
			done := rand.IntN(len(steps(first, 1)))
			t.Logf("after %d steps", done)
			for _, step := range steps(first, 1)[:done] {
				if err := step(); err != nil {
					t.Fatal(err)
				}
			}
			fault.happens(t, server)
			second, err := other.Lock(ctx, "610722", Holder{"乙", "2024-07-03 09:00"})
			if fault.keeps {
				if !errors.As(err, new(*Busy)) {
					t.Errorf("the second run is told %v", err)
				}
				for _, step := range steps(first, 1)[done:] {
					if err := step(); err != nil {
						t.Error(err)
					}
				}
				if err := first.Release(); err != nil {
					t.Error(err)
				}
				isOf(t, other, 1)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for i, step := range steps(second, 2) {
				if err := step(); err != nil {
					t.Fatal(err)
				}
				if err := steps(first, 1)[i](); !lost(err) || !strings.Contains(err.Error(), "another run has taken over (乙, since 2024-07-03 09:00)") {
					t.Errorf("step %d of the first run: %v", i, err)
				}
			}
			if err := first.Release(); !lost(err) {
				t.Errorf("the first run is told %v", err)
			}
			if err := second.Release(); err != nil {
				t.Error(err)
			}
			isOf(t, one, 2)
		})
	}
}

// What is done while the lock is held may take longer than a server lets a transaction be idle.
func TestWhileItIsHeldForLong(t *testing.T) {
	address := databases["postgres"](t)
	limit(t, address, "idle_in_transaction_session_timeout", 1000)
	err := alone(open(t, address), "610722", func(l *Lock) error {
		return l.While(context.Background(), "publish", func() error {
			ask(t, address, `SELECT CAST(pg_sleep(1.5) AS TEXT)`)
			return nil
		})
	})
	if err != nil {
		t.Error(err)
	}
}

// wholeSteps fails unless each step of a run is done or not: the returns, one half after the other, the close of
// the month before, then the month.
func wholeSteps(t *testing.T, s *Store, g int) {
	t.Helper()
	files := [2]map[string]bool{{}, {}}
	returns, _ := crowd(g)
	for _, r := range there(t, s, "610722") {
		for half, of := range [][]*ledger.Return{returns[:10], returns[10:]} {
			if slices.ContainsFunc(of, func(o *ledger.Return) bool { return o.Department == r.Department }) {
				files[half][r.File] = true
			}
		}
	}
	m, _, err := s.Month(context.Background(), "610722", june)
	if err != nil {
		t.Fatal(err)
	}
	before, now := fmt.Sprint(g-1), fmt.Sprint(g)
	done := fmt.Sprint(slices.Sorted(maps.Keys(files[0])), slices.Sorted(maps.Keys(files[1])), m.Rules)
	all := func(a, b, month string) string { return fmt.Sprint([]string{a}, []string{b}, month) }
	if !slices.Contains([]string{all(before, before, before), all(now, before, before), all(now, now, before), all(now, now, now)}, done) {
		t.Fatalf("after generation %d began there is %s", g, done)
	}
	if closed := closedAs(t, s); closed != int64(g) && closed != int64(g-1) || m.Rules == now && closed != int64(g) {
		t.Fatalf("after generation %d began the month before is closed by generation %d", g, closed)
	}
}

// Sessions that end before any step of any transaction of a run: it fails and says why, each of
// its steps is done whole or not at all, and it is repaired by running again.
func TestAllSessionsEndAtAnyPoint(t *testing.T) {
	address := databases["postgres"](t)
	after, ended := 0, false // how many more steps there are before the sessions end
	s := openWatched(t, address, func(string) {
		if after--; after == 0 {
			end("")(t, address)
			ended = true
		}
	})
	month := func(g int) (taken bool, err error) {
		return taken, alone(s, "610722", func(l *Lock) error {
			taken = true
			for _, step := range steps(l, g) {
				if err := step(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if _, err := month(1); err != nil {
		t.Fatal(err)
	}
	every := 13
	if testing.Short() {
		every = 47
	}
	trials, first := 0, 1+rand.IntN(every) // others each time
	for g, at := 2, first; ; g, at = g+2, at+every {
		after, ended = at, false
		taken, err := month(g)
		if !ended {
			break
		}
		if trials++; err != nil && taken && !lost(err) {
			t.Errorf("step %d: %v", at, err)
		}
		if after = 0; err == nil {
			isOf(t, s, g)
		}
		wholeSteps(t, s, g)
		if _, err := month(g + 1); err != nil {
			t.Fatalf("step %d, run again: %v", at, err)
		}
		isOf(t, s, g+1)
	}
	t.Logf("%d points from %d on", trials, first)
}

// Of many that try again and again, through a pooler or not, one at a time is at work.
func TestManyRunsAtOnce(t *testing.T) {
	for name, through := range map[string]func(*testing.T) string{
		"SQLite":     func(t *testing.T) string { return databases["sqlite"](t) },
		"PostgreSQL": func(t *testing.T) string { return databases["postgres"](t) },
		"pooler":     func(t *testing.T) string { return pgtest.Pooled(t, newest.Filled(t, makeTables)) },
	} {
		t.Run(name, func(t *testing.T) {
			address := through(t)
			var all sync.WaitGroup
			var inside, worked atomic.Int32
			for range 5 {
				s := open(t, address)
				all.Go(func() {
					for g := range 6 {
						err := alone(s, "610722", func(l *Lock) error {
							if n := inside.Add(1); n != 1 {
								t.Errorf("%d at once", n)
							}
							defer inside.Add(-1)
							worked.Add(1)
							return l.Merge(context.Background(), generation("610722", g+1))
						})
						if err != nil && !errors.As(err, new(*Busy)) {
							t.Error(err)
						}
					}
				})
			}
			all.Wait()
			if worked.Load() == 0 {
				t.Error("nobody got to work")
			}
		})
	}
}

// What a run leaves in its session is nothing: the next transaction may be in another one.
func TestSessionsKeepNothing(t *testing.T) {
	address := databases["postgres"](t)
	s := open(t, address)
	err := alone(s, "610722", func(l *Lock) error {
		for _, step := range steps(l, 1) {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	isOf(t, s, 1)
	var kept int
	if err := s.db.Get(&kept, `SELECT (SELECT count(*) FROM pg_prepared_statements)
		+ (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory')
		+ (SELECT count(*) FROM pg_settings WHERE source = 'session')`); err != nil || kept != 0 {
		t.Errorf("%d things are kept (%v)", kept, err)
	}
}
