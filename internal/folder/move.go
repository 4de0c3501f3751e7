package folder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Move gives a file that was written, and flushed, another name, which is then its only one. Nothing is overwritten: where
// something has that name the error is fs.ErrExist. The folder is made if it is not there; it may be on another disk.
func Move(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return noFolder(filepath.Dir(to), err)
	}
	err := os.Link(from, to)
	switch {
	case err == nil:
		err = errors.Join(flush(filepath.Dir(to)), os.Remove(from))
	case !errors.Is(err, fs.ErrExist): // there are no links, or it is another disk
		if _, there := os.Lstat(to); there == nil {
			return fs.ErrExist
		}
		return Replace(from, to)
	}
	return fault(to, err)
}

// Replace is Move in the place of what has that name.
func Replace(from, to string) error {
	if err := os.Rename(from, to); err == nil {
		return fault(to, flush(filepath.Dir(to)))
	}
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := Place(to, content); err != nil {
		return err
	}
	return os.Remove(from)
}
