//go:build unix

package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate/store/pgtest"
)

// A run that is killed at any point is repaired by running again: as if nothing had
// happened. The program is started as a process of its own and killed after a random part
// of the time that a whole run takes.
func TestKilledRunIsRepairedByRunningAgain(t *testing.T) {
	trials := 12
	if testing.Short() {
		trials = 1
	}
	t.Run("SQLite", func(t *testing.T) {
		killAndRepair(t, trials, func() string { return sqliteIn(t) })
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		killAndRepair(t, max(trials/3, 1), func() string { return pgtest.Database(t) })
	})
}

// built is the program, built.
func built(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "huizong")
	if said, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return binary
}

func killAndRepair(t *testing.T, trials int, database func() string) {
	binary := built(t)
	inbox := filepath.Join(samplesDir, "2024-06", "inbox")
	month := func(database, out string) *exec.Cmd {
		return exec.Command(binary, "--database", database, "--quiet", "run", "--period", "2024-06", "--inbox", inbox, "--out", out)
	}
	undisturbed := t.TempDir()
	begin := time.Now()
	mustLeaveOut(t, month(database(), undisturbed))
	whole := time.Since(begin)
	want := hashes(t, undisturbed)
	for range trials {
		at, out := database(), t.TempDir()
		victim := month(at, out)
		if err := victim.Start(); err != nil {
			t.Fatal(err)
		}
		after := time.Duration(rand.Int64N(int64(whole)))
		time.Sleep(after)
		if err := victim.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = victim.Wait() // killed, or just done
		mustLeaveOut(t, month(at, out))
		got := hashes(t, out)
		for path := range got {
			if filepath.Base(path)[0] == '.' { // a file begun beside its place, never renamed
				if err := os.Remove(filepath.Join(out, path)); err != nil {
					t.Fatal(err)
				}
				delete(got, path)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("killed after %v of %v, then run again, differs:\n%s", after, whole, diff)
		}
	}
}

// mustLeaveOut runs the sample month, which always leaves something out.
func mustLeaveOut(t *testing.T, command *exec.Cmd) {
	t.Helper()
	output, err := command.CombinedOutput()
	if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != exitLeftOut {
		t.Fatalf("%v: %v\n%s", command, err, output)
	}
}
