package job

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"huizong/internal/county"
)

// TestReadingIsMadeAnewOnceSomethingChanged: what is read again is the same until somebody had the lock, and for a moment while
// somebody has it.
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
	if first, again := read(), read(); first != 2 || again != 2 {
		t.Errorf("while somebody is at work: %d, then %d", first, again)
	}
	r.keeping("count 2024-06").at = time.Now().Add(-unsettledLasts)
	if made := read(); made != 3 {
		t.Errorf("while somebody is at work for longer: %d", made)
	}
	lock.Release()
	if first, again := read(), read(); first != 4 || again != 4 {
		t.Errorf("after the lock: %d, then %d", first, again)
	}
	if _, err := r.Merged(t.Context(), june); err != ErrNeverMerged {
		t.Errorf("of a month that was never merged: %v", err)
	}
	if _, err := r.Merged(t.Context(), june); err != ErrNeverMerged || !r.keeping("merged 2024-06").known {
		t.Errorf("it is not kept that it cannot be had: %v", err)
	}
}

// TestReadingSettlesWhatAKilledProcessLeft: a lock that was never given back makes nobody read everything again and again.
func TestReadingSettlesWhatAKilledProcessLeft(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huizong.db")
	j, err := Open(t.Context(), "sqlite:"+path, county.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	lock := take(t, j)
	r := j.NewReading()
	if _, settled, err := r.generation(t.Context()); err != nil || settled {
		t.Errorf("while somebody is at work: settled %t, %v", settled, err)
	}
	lock.Release()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("UPDATE holder SET token = token - 1"); err != nil { // as if it had not come to give it back
		t.Fatal(err)
	}
	if _, settled, err := r.generation(t.Context()); err != nil || settled {
		t.Errorf("it is tried all the time: settled %t, %v", settled, err)
	}
	r.settled = time.Time{}
	if _, settled, err := r.generation(t.Context()); err != nil || !settled {
		t.Errorf("after the process was killed: settled %t, %v", settled, err)
	}
}

func TestReadingKeepsWhatIsUsed(t *testing.T) {
	j := open(t)
	r, made := j.NewReading(), map[string]int{}
	read := func(of string) {
		if _, err := Keep(t.Context(), r, of, june, func(context.Context) (int, error) { made[of]++; return 0, nil }); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 3 * mostKept {
		read("always")
		read(fmt.Sprint(i))
	}
	if read("0"); made["always"] != 1 || made["0"] != 2 || len(r.kept) > mostKept {
		t.Errorf("made %d and %d times, %d kept", made["always"], made["0"], len(r.kept))
	}
}
