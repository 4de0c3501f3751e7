package consolidate

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// onAllCores gives what comes of the numbers from 0 to n-1, in their order; several are asked for at once.
func onAllCores[T any](n int, of func(i int) T) []T {
	const step = 64
	all := make([]T, n)
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+step-1)/step) {
		workers.Go(func() {
			for to := int(next.Add(step)); to-step < n; to = int(next.Add(step)) {
				for i := to - step; i < min(to, n); i++ {
					all[i] = of(i)
				}
			}
		})
	}
	workers.Wait()
	return all
}
