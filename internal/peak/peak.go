// Package peak tells benchmarks how much memory was in use.
package peak

import (
	"runtime"
	"sync/atomic"
	"time"
)

// Watch samples the memory in use until the function that it gives is called, which gives
// the highest, in bytes.
func Watch() (peak func() uint64) {
	var most atomic.Uint64
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		var m runtime.MemStats
		for tick := time.Tick(10 * time.Millisecond); ; {
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.HeapInuse+m.StackInuse))
			select {
			case <-stop:
				return
			case <-tick:
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-stopped
		return most.Load()
	}
}
