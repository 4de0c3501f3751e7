package job

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate/store"
)

// A monitor sees a run at work, and one that was broken off: it has begun, has not ended, and the
// lock is free.
func TestABoardOfARunThatWasBrokenOff(t *testing.T) {
	j := open(t)
	board := func() *Board {
		t.Helper()
		b, err := j.Board(t.Context(), june)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if b := board(); b.LastRun != nil || b.AtWork != (AtWork{}) || b.Merged {
		t.Errorf("nothing ran: %+v", b)
	}
	who := store.Holder{Who: "发改局-PC 4711", Since: "2024-07-03 08:30"}
	lock, err := j.db.Lock(t.Context(), j.county.Region, who)
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Began(t.Context(), june, who); err != nil {
		t.Fatal(err)
	}
	want := LastRun{Period: "2024-06", Who: who.Who, Began: who.Since, Result: Running}
	b := board()
	if diff := cmp.Diff(want, *b.LastRun); diff != "" || b.AtWork != (AtWork{true, who.Who, who.Since}) {
		t.Errorf("at work: %+v\n%s", b.AtWork, diff)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	want.Result = BrokenOff
	b = board()
	if diff := cmp.Diff(want, *b.LastRun); diff != "" || b.AtWork != (AtWork{false, who.Who, who.Since}) {
		t.Errorf("broken off: %+v\n%s", b.AtWork, diff)
	}
	// The keys stand in the order that scripts know; what is new comes after them.
	text, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, key := range []string{"period", "due", "lock", "merged", "stale", "units", "stale_months", "at_work", "last_run"} {
		next := strings.Index(string(text)[at:], `"`+key+`":`)
		if next < 0 {
			t.Fatalf("%s is not in its place: %s", key, text)
		}
		at += next
	}
}
