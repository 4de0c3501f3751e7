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

// SpareMemory has the process use little memory, unless the environment says how much (GOGC). What it gives must be kept alive: it is
// never written to, so that it counts as in use and takes no memory.
func SpareMemory() []byte {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	debug.SetGCPercent(growth)
	return make([]byte, room)
}
