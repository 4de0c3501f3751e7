package job

import (
	"path/filepath"
	"testing"

	"huizong/consolidate/store"
	"huizong/importer"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

const samplesDir = "../../../samples"

var june = ledger.Period{Year: 2024, Month: 6}

// open opens the job of the built-in county on a fresh database.
func open(t testing.TB) *Job { return openFor(t, county.Default()) }

func openFor(t testing.TB, c *county.County) *Job {
	t.Helper()
	j, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "huizong.db"), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

// take takes the county's lock.
func take(t testing.TB, j *Job) *store.Lock {
	t.Helper()
	lock, err := j.db.Lock(t.Context(), j.county.Region, store.Holder{Who: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return lock
}

// merge puts a month into the database.
func merge(t testing.TB, j *Job, m *ledger.Month) error {
	t.Helper()
	lock := take(t, j)
	defer lock.Release()
	return lock.Merge(t.Context(), m)
}

// takeAll is the part of Run that takes an inbox. look, which may be nil, is shown every
// delivery as it was read.
func takeAll(t testing.TB, j *Job, period ledger.Period, dir string, look func(*intake, importer.Delivery)) *intake {
	t.Helper()
	inbox := Inbox{Dir: dir}
	paths, _, err := inbox.list()
	if err != nil {
		t.Fatal(err)
	}
	config, err := inbox.config(j.county, period)
	if err != nil {
		t.Fatal(err)
	}
	gate, err := j.openGate(t.Context(), period)
	if err != nil {
		t.Fatal(err)
	}
	lock := take(t, j)
	defer lock.Release()
	taken := newIntake(lock, gate, config, &known{})
	for delivery, err := range deliveries(t.Context(), config, dir, paths) {
		if err != nil {
			t.Fatal(err)
		}
		if look != nil {
			look(taken, delivery)
		}
		if err := taken.add(t.Context(), delivery); err != nil {
			t.Fatal(err)
		}
	}
	if err := taken.save(t.Context()); err != nil {
		t.Fatal(err)
	}
	return taken
}

// inFull skips a test that runs months where the race detector looks for races, which it would take minutes for.
func inFull(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("runs months")
	}
}
