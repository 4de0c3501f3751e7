package job

import (
	"context"
	"testing"
)

// TestReadingIsMadeAnewOnceSomethingChanged: what is read again is the same until somebody had the lock; while somebody
// has it nothing is kept.
func TestReadingIsMadeAnewOnceSomethingChanged(t *testing.T) {
	j := open(t)
	r, n := j.NewReading(), 0
	read := func() int {
		t.Helper()
		made, err := Keep(t.Context(), r, "count", june, func(context.Context) (int, error) { n++; return n, nil })
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	if first, again := read(), read(); first != 1 || again != 1 {
		t.Errorf("on an empty database: %d, then %d", first, again)
	}
	lock := take(t, j)
	if first, again := read(), read(); first != 2 || again != 3 {
		t.Errorf("while somebody is at work: %d, then %d", first, again)
	}
	lock.Release()
	if first, again := read(), read(); first != 4 || again != 4 {
		t.Errorf("after the lock: %d, then %d", first, again)
	}
	if _, err := r.Merged(t.Context(), june); err != ErrNeverMerged {
		t.Errorf("of a month that was never merged: %v", err)
	}
	if _, err := r.Merged(t.Context(), june); err != ErrNeverMerged || len(r.kept) != 2 {
		t.Errorf("it is not kept that it cannot be had: %v, %d", err, len(r.kept))
	}
}
