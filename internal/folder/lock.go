package folder

import (
	"os"
	"path/filepath"
)

// Lock holds a file of no content, which is made if it is not there and stays, until release, or until the process ends: whoever
// else locks it, in another process too, waits.
func Lock(path string) (release func() error, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, noFolder(filepath.Dir(path), err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, fault(path, err)
	}
	if err := hold(file); err != nil {
		file.Close()
		return nil, fault(path, err)
	}
	return file.Close, nil // the system unlocks what is closed
}
