package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"

	"huizong/internal/ledger"
)

// While a county's run has the lock, and even while it writes, another county's run does all its
// work. SQLite, which one writes at a time, lets the other in between two transactions.
func TestRegionsDoNotWaitForOneAnother(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, one, other := context.Background(), open(t, address), open(t, address)
		first, err := one.Lock(ctx, "610722", Holder{Who: "甲"})
		if err != nil {
			t.Fatal(err)
		}
		work := func() error {
			return alone(other, "610723", func(l *Lock) error {
				r := sample("610723", "交通运输局", "a")
				m := generation("610723", 2)
				m.Returns = []*ledger.Return{r}
				return errors.Join(l.Save(ctx, []*ledger.Return{r}), l.Merge(ctx, m))
			})
		}
		if err := errors.Join(work(), first.Merge(ctx, generation("610722", 1)), work()); err != nil {
			t.Fatal(err)
		}
		if one.place.driver != lite.driver {
			if err := first.While(ctx, "write", work); err != nil {
				t.Error(err)
			}
		}
		if err := first.Release(); err != nil {
			t.Error(err)
		}
	})
}

// Eleven counties at once in one database: each has there what it has in a database of its own.
func TestElevenCountiesInOneDatabase(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		var all sync.WaitGroup
		for county := range 11 {
			region, g := fmt.Sprint(610702+county), county+1
			s := open(t, address)
			all.Go(func() {
				returns := []*ledger.Return{sample(region, "交通运输局", fmt.Sprint(g)), sample(region, "水利局", fmt.Sprint(g))}
				m := generation(region, g)
				m.Returns = returns
				if err := errors.Join(save(context.Background(), s, returns...), merge(context.Background(), s, m)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		s := open(t, address)
		for county := range 11 {
			region, g := fmt.Sprint(610702+county), county+1
			want := generation(region, g)
			want.Returns = distinct([]*ledger.Return{sample(region, "交通运输局", fmt.Sprint(g)), sample(region, "水利局", fmt.Sprint(g))})
			sameMonth(t, s, want)
		}
	})
}

// What a lock writes is of its own region.
func TestALockWritesNothingOfAnotherRegion(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s, ctx := open(t, address), context.Background()
		err := alone(s, "610722", func(l *Lock) error {
			if err := l.Merge(ctx, generation("610723", 1)); err == nil {
				t.Error("merged")
			}
			if err := l.Save(ctx, []*ledger.Return{sample("610722", "水利局", "a"), sample("610723", "水利局", "a")}); err == nil {
				t.Error("saved")
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		if n := len(there(t, s, "610722")) + len(there(t, s, "610723")); n != 0 {
			t.Errorf("%d returns are there", n)
		}
	})
}

// What is done beside the database is done once, however often its transaction is tried, and its
// error is the caller's.
func TestWhileItIsHeld(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s, ctx, failed := open(t, address), context.Background(), errors.New("no room on the disk")
		err := alone(s, "610722", func(l *Lock) error {
			for range 8 {
				times := 0
				if err := l.While(ctx, "publish", func() error { times++; return nil }); err != nil || times != 1 {
					t.Errorf("done %d times, %v", times, err)
				}
				if err := l.While(ctx, "publish", func() error { return failed }); !errors.Is(err, failed) || errors.As(err, new(*Lost)) {
					t.Errorf("got %v", err)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// A database that the build before made, with a month in it, is brought up to date by the first of
// several that open it.
func TestADatabaseOfTheBuildBefore(t *testing.T) {
	onEmpty(t, func(t *testing.T, address string) {
		at, err := locate(address)
		if err != nil {
			t.Fatal(err)
		}
		db, err := sqlx.Open(at.driver, at.dsn)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		before := &Store{db, at}
		err = before.atomically(context.Background(), "make", func(tx *sqlx.Tx) error {
			err := errors.Join(one(tx.Exec(createMigration)))
			for _, name := range migrationNames()[:14] {
				err = errors.Join(err, apply(context.Background(), tx, name))
			}
			return errors.Join(err, one(tx.Exec(`INSERT INTO run (name, who, since) VALUES ('run', '甲', '2024-07-03')`)),
				putMonth(context.Background(), tx, &ledger.Month{Region: "610722", Period: june, Rules: "before"}, monthSums{}))
		})
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				s, err := Open(context.Background(), address)
				if err != nil {
					t.Error(err)
					return
				}
				s.Close()
			})
		}
		all.Wait()
		s := open(t, address)
		if m, ok, err := s.Month(context.Background(), "610722", june); m.Rules != "before" || !ok || err != nil {
			t.Error(m.Rules, ok, err)
		}
		merged(t, s, generation("610722", 2))
		sameMonth(t, s, generation("610722", 2))
	})
}

func one(_ any, err error) error { return err }
