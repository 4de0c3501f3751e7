package folder

import (
	"os"

	"golang.org/x/sys/windows"
)

// hold waits until no other process, nor another part of this one, holds a file.
func hold(file *os.File) error {
	return windows.LockFileEx(windows.Handle(file.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, new(windows.Overlapped))
}
