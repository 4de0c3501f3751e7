//go:build unix

package folder

import (
	"os"

	"golang.org/x/sys/unix"
)

// use locks a file, which the system unlocks when it is closed or the process dies. Where a file system cannot, the file is
// never taken for one that is left.
func use(file *os.File) { unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB) }

// removeUnused takes a file away that no process uses.
func removeUnused(path string) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer file.Close()
	if unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil {
		os.Remove(path)
	}
}

// rename renames the draft while it is still in use.
func (d *Draft) rename(path string) error {
	if err := os.Rename(d.Name(), path); err != nil {
		return err
	}
	return d.Close()
}
