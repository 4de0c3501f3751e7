package folder

import (
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

// While somebody holds a file others wait; then it is the next one's.
func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "list.lock")
	first, err := Lock(path)
	must(t, err)
	var over atomic.Bool
	waited := make(chan bool)
	go func() {
		second, err := Lock(path)
		waited <- err == nil && over.Load() && second() == nil
	}()
	time.Sleep(20 * time.Millisecond)
	over.Store(true)
	must(t, first())
	if !<-waited {
		t.Error("two hold it at once")
	}
}
