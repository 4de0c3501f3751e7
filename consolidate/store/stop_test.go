//go:build unix

package store

import (
	"context"
	"errors"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A run that is stopped at any moment, loses its lock and is overtaken writes nothing more when it
// goes on. One that was stopped within a transaction is not overtaken before that has ended.
func TestAStoppedRunIsOvertaken(t *testing.T) {
	trials := 6
	if testing.Short() {
		trials = 2
	}
	address := databases["postgres"](t)
	s := open(t, address)
	for trial := range trials {
		run, said := beginHeard(t, "write", address)
		time.Sleep(time.Duration(trial) * 7 * time.Millisecond)
		if err := run.Process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		end(ofTheLock)(t, address)
		lock, err := s.Lock(context.Background(), "610722", Holder{"乙", "2024-07-03 09:00"})
		within := errors.As(err, new(*Busy))
		if within { // a transaction
			if err := run.Process.Signal(syscall.SIGCONT); err != nil {
				t.Fatal(err)
			}
			run.Wait()
			lock, err = s.Lock(context.Background(), "610722", Holder{"乙", "2024-07-03 09:00"})
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range steps(lock, 1) {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		if !within {
			if err := run.Process.Signal(syscall.SIGCONT); err != nil {
				t.Fatal(err)
			}
			run.Wait()
		}
		words := <-said
		if !strings.Contains(words, "another run has taken over (乙") && !(within && strings.Contains(words, "ended the session")) {
			t.Errorf("stopped within a transaction: %t; then it says %s", within, words)
		}
		isOf(t, s, 1)
		if err := lock.Release(); err != nil {
			t.Error(err)
		}
	}
}
