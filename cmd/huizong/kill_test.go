//go:build unix

package main

import (
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A run, and a summary, that is killed at any point leaves the folder of before or the one of now, whole,
// with what others put there, and is repaired by doing it again: as if nothing had happened. The inbox
// gains returns from trial to trial. The program is started as a process of its own and killed after a random
// part of the time that a whole one takes, or when it has begun to write.
func TestKilledIsRepairedByDoingItAgain(t *testing.T) {
	t.Parallel()
	trials := 4
	if testing.Short() {
		trials = 1
	}
	binary := built(t)
	t.Run("SQLite", func(t *testing.T) {
		killAndRepair(t, binary, trials, func() string { return sqliteIn(t) })
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		killAndRepair(t, binary, max(trials/3, 1), func() string { return newest.Database(t) })
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

// foreign is a file that somebody else puts into the month's folder.
const foreign = "2024-06/批示.txt"

func killAndRepair(t *testing.T, binary string, trials int, database func() string) {
	inbox := newFillingInbox(t)
	month := func(at, out string) *exec.Cmd {
		return exec.Command(binary, "--database", at, "--quiet", "run", "--period", "2024-06", "--inbox", inbox.dir, "--out", out)
	}
	again := func(at, out string) *exec.Cmd {
		return exec.Command(binary, "--database", at, "--quiet", "summary", "--period", "2024-06", "--out", out)
	}
	at, ran, summed := database(), t.TempDir(), t.TempDir()
	begun := time.Now()
	mustExit(t, exitLeftOut, month(at, ran))
	forRun := time.Since(begun)
	begun = time.Now()
	mustExit(t, exitDone, again(at, summed))
	forSummary := time.Since(begun)
	for _, out := range []string{ran, summed} {
		if err := os.WriteFile(filepath.Join(out, filepath.FromSlash(foreign)), []byte("请水利局说明"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := hashes(t, ran)
	if diff := cmp.Diff(ofDatabase(old), hashes(t, summed)); diff != "" {
		t.Errorf("summary writes another folder than run (-run +summary)\n%s", diff)
	}
	for trial := range trials {
		inbox.grow(t)
		killed := kill(t, month(at, ran), ran, forRun, trial%2 == 1)
		left := hashes(t, ran)
		mustExit(t, exitLeftOut, month(at, ran))
		now := hashes(t, ran)
		if maps.Equal(old, now) {
			t.Fatal("the month is the same with more returns")
		}
		isOneOf(t, "run "+killed, left, old, now)
		nothingHidden(t, ran)

		killed = kill(t, again(at, summed), summed, forSummary, trial%2 == 1)
		left = hashes(t, summed)
		mustExit(t, exitDone, again(at, summed))
		isOneOf(t, "summary "+killed, left, ofDatabase(old), ofDatabase(now))
		nothingHidden(t, summed)
		if diff := cmp.Diff(ofDatabase(now), hashes(t, summed)); diff != "" {
			t.Errorf("summary %s, then again: another folder than run's (-run +summary)\n%s", killed, diff)
		}
		old = now
	}
	undisturbed := t.TempDir()
	mustExit(t, exitLeftOut, month(database(), undisturbed))
	delete(old, foreign)
	if diff := cmp.Diff(hashes(t, undisturbed), old); diff != "" {
		t.Errorf("after %d times killed and repaired (-undisturbed +repaired)\n%s", trials, diff)
	}
}

// A fillingInbox has a part of the files of the sample month, and more of them each time.
type fillingInbox struct {
	dir  string
	rest []string // of the files
}

func newFillingInbox(t *testing.T) *fillingInbox {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(samplesDir, "2024-06", "inbox", "*.xlsx"))
	if err != nil || len(files) < 20 {
		t.Fatal(files, err)
	}
	inbox := &fillingInbox{t.TempDir(), files}
	for range 5 {
		inbox.grow(t)
	}
	return inbox
}

// grow adds two files.
func (inbox *fillingInbox) grow(t *testing.T) {
	t.Helper()
	for _, path := range inbox.rest[:2] {
		copyFile(t, path, filepath.Join(inbox.dir, filepath.Base(path)))
	}
	inbox.rest = inbox.rest[2:]
}

// kill starts a command and kills it: after a random part of the time that a whole one takes, or, while it writes, of a
// tenth of it from when it has begun to. It says which.
func kill(t *testing.T, victim *exec.Cmd, out string, whole time.Duration, whileItWrites bool) string {
	t.Helper()
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan bool)
	go func() {
		_ = victim.Wait() // killed, or just done
		close(ended)
	}()
	said := "killed after "
	if whileItWrites {
		for writing := false; !writing; {
			select {
			case <-ended:
				t.Fatalf("%v was never seen to write", victim)
			case <-time.After(time.Millisecond):
				hidden, err := filepath.Glob(filepath.Join(out, ".*"))
				writing = err != nil || len(hidden) > 0
			}
		}
		said, whole = "killed, when it had begun to write, after ", whole/10
	}
	after := time.Duration(rand.Int64N(int64(whole)))
	time.Sleep(after)
	_ = victim.Process.Kill() // it may be done
	<-ended
	return said + after.String()
}

// isOneOf holds what a killed process left of a folder against the folder of before and the one of now; the hidden ones
// beside it are nobody's, but may hold what others put there.
func isOneOf(t *testing.T, who string, left, old, now map[string]string) {
	t.Helper()
	kept := 0
	for path := range left {
		if filepath.Base(path) == filepath.Base(foreign) {
			kept++
		}
	}
	if kept != 1 {
		t.Errorf("%s: what others put there is there %d times", who, kept)
	}
	maps.DeleteFunc(left, func(path, _ string) bool { return !strings.HasPrefix(path, "2024-06/") })
	left[foreign] = old[foreign]
	if !maps.Equal(left, old) && !maps.Equal(left, now) {
		t.Errorf("%s: neither the old folder (-) nor the new one\n%s", who, cmp.Diff(old, left))
	}
}

// nothingHidden demands that no temporary file or folder is left.
func nothingHidden(t *testing.T, out string) {
	t.Helper()
	for _, pattern := range []string{".*", "*/.*", "*/*/.*"} {
		if hidden, err := filepath.Glob(filepath.Join(out, pattern)); err != nil || len(hidden) > 0 {
			t.Errorf("left: %v, %v", hidden, err)
		}
	}
}

// mustExit holds the exit status of a command.
func mustExit(t *testing.T, want int, command *exec.Cmd) {
	t.Helper()
	output, err := command.CombinedOutput()
	if got := command.ProcessState.ExitCode(); got != want {
		t.Fatalf("%v: %v\n%s", command, err, output)
	}
}
