package store

import (
	"context"
	"testing"
)

// Who watches is told who holds the lock, or held it last, without taking it from anybody; and of the
// last run what is known of it.
func TestWhoIsAtWork(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s := context.Background(), open(t, address)
		held := func(want Holder, wantHeld bool) {
			t.Helper()
			holder, isHeld, err := open(t, address).Held(ctx, "610722")
			if err != nil || holder != want || isHeld != wantHeld {
				t.Errorf("%v, held: %v, %v", holder, isHeld, err)
			}
		}
		last := func(want Run, wantOK bool) {
			t.Helper()
			run, ok, err := s.LastRun(ctx, "610722")
			if err != nil || run != want || ok != wantOK {
				t.Errorf("%v, %v, %v", run, ok, err)
			}
		}
		held(Holder{}, false)
		last(Run{}, false)
		holder := Holder{"发改局-PC 4711", "2024-07-03 08:30"}
		for range 2 {
			lock, err := s.Lock(ctx, "610722", holder)
			if err != nil {
				t.Fatal(err)
			}
			if err := lock.Began(ctx, june, holder); err != nil {
				t.Fatal(err)
			}
			held(holder, true)
			last(Run{Period: "2024-06", Who: holder.Who, Began: holder.Since}, true)
			if err := lock.Ended(ctx, "2024-07-03 08:31", "done"); err != nil {
				t.Fatal(err)
			}
			if err := lock.Release(); err != nil {
				t.Fatal(err)
			}
			held(holder, false)
			last(Run{"2024-06", holder.Who, holder.Since, "2024-07-03 08:31", "done"}, true)
		}
	})
}
