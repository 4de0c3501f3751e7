package job

import (
	"os"
	"runtime/debug"
)

// How much the memory in use may grow before it is looked for what is no longer in use: by so many hundredths of what is in
// use and of the room. So a small month is made without looking much, and a large one in little more than it needs.
const (
	growth = 25
	room   = 128 << 20
)

// held is never written to: it counts as in use, but no memory stands behind it.
var held []byte

// SpareMemory has the process use little memory, unless the environment says how much (GOGC).
func SpareMemory() {
	if os.Getenv("GOGC") == "" {
		held = make([]byte, room)
		debug.SetGCPercent(growth)
	}
}
