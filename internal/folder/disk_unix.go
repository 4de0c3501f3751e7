//go:build unix

package folder

import (
	"errors"
	"os"
	"syscall"
)

// What the system says of a full disk, and of one that is not to be written.
var (
	full     = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT}
	readOnly = []syscall.Errno{syscall.EROFS}
)

// flush has the names in a folder written to the disk, where its file system can.
func flush(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	err = dir.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil
	}
	return errors.Join(err, dir.Close())
}

// inUse leaves the error of a rename as it is: open files are no hindrance.
func inUse(_ string, err error) error { return err }
