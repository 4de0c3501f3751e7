package store

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"pgregory.net/rapid"

	"huizong/consolidate/store/pgtest"
	"huizong/internal/ledger"
)

func TestMain(m *testing.M) {
	if child := children[os.Getenv("HUIZONG_TEST_CHILD")]; child != nil {
		child(os.Getenv("HUIZONG_TEST_DATABASE"))
		return
	}
	os.Exit(pgtest.Main(m))
}

// emptyDatabases make an empty database of each kind and give its address.
var emptyDatabases = map[string]func(testing.TB) string{
	"sqlite":   func(tb testing.TB) string { return "sqlite:" + filepath.Join(tb.TempDir(), "县 6月.db") },
	"postgres": pgtest.Database,
}

// databases do the same, of databases that have their tables already where those take their time.
var databases = map[string]func(testing.TB) string{
	"sqlite":   emptyDatabases["sqlite"],
	"postgres": func(tb testing.TB) string { return pgtest.Kind{}.Filled(tb, makeTables) },
}

// newest is the other kind of PostgreSQL.
var newest = pgtest.Kind{Newest: true, Bytes: true}

func makeTables(address string) error {
	s, err := Open(context.Background(), address)
	if err != nil {
		return err
	}
	return s.Close()
}

// everywhere runs a test on a database of each kind, and on one that puts transactions into an
// order and refuses each at first: what holds there holds on those that do so now and then.
func everywhere(t *testing.T, test func(t *testing.T, address string)) {
	onBoth(t, test)
	if testing.Short() {
		return
	}
	t.Run("the newest postgres, serializable and unlucky", func(t *testing.T) {
		test(t, newest.Filled(t, makeTables)+"&default_transaction_isolation=serializable"+unluckyMark)
	})
}

// onBoth runs a test on a database of each kind.
func onBoth(t *testing.T, test func(t *testing.T, address string)) { onEach(t, databases, test) }

// onEmpty runs a test on an empty database of each kind.
func onEmpty(t *testing.T, test func(t *testing.T, address string)) { onEach(t, emptyDatabases, test) }

func onEach(t *testing.T, kinds map[string]func(testing.TB) string, test func(t *testing.T, address string)) {
	for name, create := range kinds {
		t.Run(name, func(t *testing.T) { test(t, create(t)) })
	}
}

// property checks a property in counties of their own, on a database of each kind.
func property(t *testing.T, check func(t *rapid.T, s *Store, region string)) {
	if testing.Short() {
		t.Skip("properties are long")
	}
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		if s.place.path == "" { // SQL is one text: an eighth of the checks tells where an engine differs
			checks := flag.Lookup("rapid.checks")
			defer checks.Value.Set(checks.Value.String())
			if err := checks.Value.Set("12"); err != nil {
				t.Fatal(err)
			}
		}
		rapid.Check(t, func(t *rapid.T) { check(t, s, newRegion()) })
	})
}

func open(tb testing.TB, address string) *Store {
	tb.Helper()
	s, err := openAt(context.Background(), address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	return s
}

// alone does what do does with the lock of a region.
func alone(s *Store, region string, do func(*Lock) error) error {
	l, err := s.Lock(context.Background(), region, Holder{Who: "test"})
	if err != nil {
		return err
	}
	return errors.Join(do(l), l.Release())
}

func save(ctx context.Context, s *Store, returns ...*ledger.Return) error {
	return alone(s, returns[0].Region, func(l *Lock) error { return l.Save(ctx, returns) })
}

func merge(ctx context.Context, s *Store, m *ledger.Month) error {
	return alone(s, m.Region, func(l *Lock) error { return l.Merge(ctx, m) })
}

// same compares but for slices and maps that are nil here and empty there.
func same(tb fataler, what string, want, got any) {
	tb.Helper()
	if reflect.DeepEqual(want, got) {
		return // much faster
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		tb.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// A fataler is a test or the check of a property.
type fataler interface {
	Helper()
	Fatal(...any)
	Errorf(string, ...any)
}

var (
	june    = ledger.Period{Year: 2024, Month: 6}
	regions atomic.Int64
)

// newRegion is a county that no other test uses, so that many share a database.
func newRegion() string { return fmt.Sprint(100000 + regions.Add(1)) }

func TestOpenAgainKeepsWhatIsThere(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		r := sample(newRegion(), "交通运输局", "a")
		if err := save(context.Background(), open(t, address), r); err != nil {
			t.Fatal(err)
		}
		got, err := open(t, address).Returns(context.Background(), r.Region, r.Period)
		if err != nil || len(got) != 1 {
			t.Errorf("%d returns, %v", len(got), err)
		}
	})
}

func TestManyOpenAnEmptyDatabaseAtOnce(t *testing.T) {
	onEmpty(t, func(t *testing.T, address string) {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				s, err := openAt(context.Background(), address)
				if err != nil {
					t.Error(err)
					return
				}
				s.Close()
			})
		}
		all.Wait()
	})
}

func TestOpenRefusesTheDatabaseOfANewerProgram(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s := open(t, address)
		if _, err := s.db.Exec(`INSERT INTO migration (name) VALUES ('9999_later.sql')`); err != nil {
			t.Fatal(err)
		}
		_, err := openAt(context.Background(), address)
		if err == nil || !strings.Contains(err.Error(), "newer program") {
			t.Errorf("got %v", err)
		}
	})
}

func TestOpenFailsWithTheNameOfTheDatabase(t *testing.T) {
	directory := t.TempDir()
	file := filepath.Join(directory, "notes.db")
	if err := os.WriteFile(file, []byte(strings.Repeat("no database, only notes. ", 50)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ address, want string }{
		"no directory":       {"sqlite:" + filepath.Join(directory, "2024", "h.db"), "there is no directory " + filepath.Join(directory, "2024")},
		"below a file":       {"sqlite:" + filepath.Join(file, "h.db"), "there is no directory " + file},
		"no path":            {"sqlite:", "the path is missing"},
		"not a database":     {"sqlite:" + file, file},
		"a path alone":       {"huizong.db", "write sqlite:PATH or postgres://"},
		"another database":   {"mysql://clerk:s3cret@host/huizong", "write sqlite:PATH or postgres://"},
		"not a URL":          {"postgres://clerk:s3cret%@host/huizong", "the address is no URL"},
		"no server":          {"postgres://clerk:s3cret@127.0.0.1:1/huizong?password=s3cret", "postgres://clerk@127.0.0.1:1/huizong"},
		"nonsense of option": {"postgres://clerk:s3cret@127.0.0.1:1/huizong?sslmode=nonsense", "postgres://clerk@127.0.0.1:1/huizong"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(context.Background(), test.address)
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("got %v, want … %s …", err, test.want)
			}
		})
	}
}

func TestPathsOfSQLite(t *testing.T) {
	for _, name := range []string{"汇总 2024.db", "a?b.db", "50%.db", "a#b.db", "a&mode=ro.db", "a+b.db", "'quoted'.db"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			lock, err := open(t, "sqlite:"+path).Lock(context.Background(), "610722", Holder{})
			if err != nil {
				t.Fatal(err)
			}
			defer lock.Release()
			for _, file := range []string{path, path + ".610722.lock"} {
				if _, err := os.Stat(file); err != nil {
					t.Error(err)
				}
			}
		})
	}
	t.Run("relative", func(t *testing.T) {
		t.Chdir(t.TempDir())
		open(t, "sqlite:huizong.db")
		if _, err := os.Stat("huizong.db"); err != nil {
			t.Error(err)
		}
	})
	for path, want := range map[string]string{
		"C:/汇总/6 月.db":        "file:///C:/%E6%B1%87%E6%80%BB/6%20%E6%9C%88.db",
		"//server/share/h.db": "file:////server/share/h.db",
	} {
		if got := fileURI(path); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

func TestACallThatIsCancelledDoesNothing(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s, region := open(t, address), newRegion()
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if err := save(ctx, s, sample(region, "交通运输局", "a")); err == nil {
			t.Error("saved")
		}
		got, err := s.Returns(context.Background(), region, june)
		if err != nil || len(got) != 0 {
			t.Errorf("%d returns, %v", len(got), err)
		}
	})
}

// Cancelling stops a call at any point: it has done all or nothing, and the next one works.
func TestACallThatIsCancelledHalfway(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s := open(t, address)
		for g := 1; g <= 10; g++ {
			returns, _ := crowd(g)
			ctx, cancel := context.WithTimeout(context.Background(), rand.N(30*time.Millisecond))
			err := save(ctx, s, returns...)
			cancel()
			generations := map[string]bool{}
			for _, r := range there(t, s, "610722") {
				generations[r.File] = true
			}
			if len(generations) > 1 || err == nil && !generations[fmt.Sprint(g)] {
				t.Fatalf("generation %d saved (%v), there are %v", g, err, generations)
			}
		}
	})
}

// A reader sees a month as it was before a merge or after it, never between.
func TestReadersSeeOneState(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		writer, reader, region := open(t, address), open(t, address), newRegion()
		ctx := context.Background()
		if err := merge(ctx, writer, generation(region, 1)); err != nil {
			t.Fatal(err)
		}
		g := 1
		err := reader.snapshot(ctx, "look twice", func(tx *sqlx.Tx) error {
			var before, after int
			const count = `SELECT count(*) FROM figure`
			err := tx.Get(&before, count)
			g++
			err = errors.Join(err, merge(ctx, writer, generation(region, g)), tx.Get(&after, count))
			if before != g-1 || after != before {
				t.Errorf("%d figures, then %d, before there were %d", before, after, g)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// TestFigures: of a span of months, those that were merged, each with its own.
func TestFigures(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s, region := open(t, address), newRegion()
		merged := generation(region, 2)
		later := &ledger.Month{Region: region, Period: merged.Period.Add(2), Figures: map[string]int64{"figure 0": 7}}
		for _, m := range []*ledger.Month{merged, later} {
			if err := merge(context.Background(), s, m); err != nil {
				t.Fatal(err)
			}
		}
		for _, test := range []struct {
			name     string
			from, to ledger.Period
			want     map[ledger.Period]map[string]int64
		}{
			{"both", merged.Period, later.Period, map[ledger.Period]map[string]int64{merged.Period: merged.Figures, later.Period: later.Figures}},
			{"the first", merged.Period.Add(-11), merged.Period.Add(1), map[ledger.Period]map[string]int64{merged.Period: merged.Figures}},
			{"none", merged.Period.Add(1), merged.Period.Add(1), map[ledger.Period]map[string]int64{}},
		} {
			got, err := s.Figures(context.Background(), region, test.from, test.to)
			if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
				t.Errorf("%s: %v (-want +got)\n%s", test.name, err, diff)
			}
		}
	})
}

// That a disk is full is told from whatever else goes wrong.
func TestFull(t *testing.T) {
	s := open(t, "sqlite:"+filepath.Join(t.TempDir(), "full.db"))
	if _, err := s.db.Exec(`PRAGMA max_page_count = 1`); err != nil {
		t.Fatal(err)
	}
	_, err := s.db.Exec(`CREATE TABLE more AS SELECT zeroblob(1000000) AS bytes`)
	if err = s.place.failed("write", err); !Full(err) {
		t.Errorf("%v is not full", err)
	}
	if _, err := s.db.Exec(`no SQL`); err == nil || Full(err) {
		t.Errorf("%v is full", err)
	}
	if !Full(fmt.Errorf("write: %w", &pq.Error{Code: diskFull})) || Full(&pq.Error{Code: deadlock}) || Full(nil) {
		t.Error("what PostgreSQL says is not understood")
	}
}
