//go:build unix

package folder

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// hold waits until no other process, nor another part of this one, holds a file. Where a file system has no locks it is not waited for.
func hold(file *os.File) error {
	for {
		err := unix.Flock(int(file.Fd()), unix.LOCK_EX)
		switch {
		case errors.Is(err, unix.ENOLCK), errors.Is(err, unix.ENOTSUP):
			return nil
		case !errors.Is(err, unix.EINTR):
			return err
		}
	}
}
