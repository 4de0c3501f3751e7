package folder

import (
	"errors"
	"os"
	"path/filepath"
)

// Place writes a file as a whole, in the place of what has its name: beside it first. The folder is made if it is not
// there; permissions are those that the umask leaves. Errors are *Fault where it is known what to mend.
func Place(path string, content []byte) error { return fault(path, place(path, content)) }

func place(path string, content []byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return noFolder(dir, err)
	}
	root, err := os.MkdirTemp(dir, ".tmp-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(root)) }()
	name := filepath.Base(path)
	if _, err := write(root, Holding(name, content)); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(root, name), path); err != nil {
		return err
	}
	return flush(dir)
}
