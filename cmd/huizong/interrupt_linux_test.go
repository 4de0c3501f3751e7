package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"huizong/internal/county"
)

// ticks is how long a process has worked, in hundredths of a second.
func ticks(t *testing.T, pid int) int {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	mustDo(t, err)
	_, behind, _ := strings.Cut(string(stat), ") ")
	n, err := strconv.Atoi(strings.Fields(behind)[11])
	mustDo(t, err)
	return n
}

// The first Ctrl-C, or SIGTERM, lets a file that is being read come to its end; the next ends
// the process at once. The file takes hours: a password is hashed 2,000 million times.
func TestSecondCtrlCEndsAtOnce(t *testing.T) {
	binary, dir := built(t), t.TempDir()
	locked, patient := filepath.Join(dir, "6月.xlsx"), filepath.Join(dir, "county.toml")
	agileOf(2_000_000_000)(t, locked)
	text := strings.Replace(string(county.DefaultText()), "spins = 1_000_000 ", "spins = 2_100_000_000 ", 1)
	mustDo(t, os.WriteFile(patient, []byte(text), 0o600))
	for _, first := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		run := exec.Command(binary, "check", "--county", patient, locked)
		mustDo(t, run.Start())
		ended := make(chan error, 1)
		go func() { ended <- run.Wait() }()
		for ticks(t, run.Process.Pid) < 50 { // it is at the password: starting takes a tenth of that
			time.Sleep(10 * time.Millisecond)
		}
		mustDo(t, run.Process.Signal(first))
		select {
		case err := <-ended:
			t.Errorf("%s ended the process: %v", first, err)
			continue
		case <-time.After(300 * time.Millisecond):
		}
		mustDo(t, run.Process.Signal(syscall.SIGINT))
		select {
		case err := <-ended:
			exit := (*exec.ExitError)(nil)
			if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGINT {
				t.Errorf("after %s and SIGINT: %v", first, err)
			}
		case <-time.After(20 * time.Second):
			mustDo(t, run.Process.Kill())
			t.Errorf("%s, then SIGINT: the process goes on", first)
		}
	}
}
