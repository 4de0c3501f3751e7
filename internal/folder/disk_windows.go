package folder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// What the system says of a full disk; one that is not to be written is a matter of permission.
var (
	full     = []windows.Errno{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL}
	readOnly = []windows.Errno{windows.ERROR_WRITE_PROTECT}
)

// flush does nothing: names are on the disk when they are given.
func flush(string) error { return nil }

// inUse names the file in a folder, which could not be renamed, that another program has open.
func inUse(path string, err error) error {
	var open string
	filepath.WalkDir(path, func(path string, entry fs.DirEntry, walked error) error {
		if walked != nil || !entry.Type().IsRegular() {
			return nil
		}
		file, err := os.OpenFile(path, os.O_RDWR, 0)
		if err == nil {
			return file.Close()
		}
		if errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
			open = path
			return fs.SkipAll
		}
		return nil
	})
	if open == "" {
		return err
	}
	return &Fault{InUse, open, err}
}
