package folder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A Draft is a hidden file in which something is written before it gets the name under which it is wanted. As long as the
// process lives that writes it, it is seen to be in use.
type Draft struct{ *os.File }

// NewDraft makes a draft in a folder, of a name that begins with prefix. Those that processes left which died are taken
// away; what cannot be taken away stays. Where there is no folder the error is a *Fault.
func NewDraft(dir, prefix string) (*Draft, error) {
	left, err := os.ReadDir(dir)
	if err != nil {
		return nil, noFolder(dir, err)
	}
	for _, entry := range left {
		if strings.HasPrefix(entry.Name(), prefix) && entry.Type().IsRegular() {
			removeUnused(filepath.Join(dir, entry.Name()))
		}
	}
	for {
		file, err := os.CreateTemp(dir, prefix+"*")
		if err != nil {
			return nil, fault(filepath.Join(dir, prefix), err)
		}
		use(file)
		is, err := file.Stat()
		if err != nil {
			return nil, errors.Join(err, file.Close())
		}
		// Before it was seen to be in use another process may have taken it away.
		if there, err := os.Lstat(file.Name()); err == nil && os.SameFile(is, there) {
			return &Draft{file}, nil
		}
		file.Close()
	}
}

// Become gives the draft its name when all of it is on the disk, and closes it.
func (d *Draft) Become(path string) error {
	if err := d.Sync(); err != nil {
		return err
	}
	if err := d.rename(path); err != nil {
		return err
	}
	return flush(filepath.Dir(path))
}

// Drop takes the draft away if it has not become anything.
func (d *Draft) Drop() {
	d.Close()
	os.Remove(d.Name())
}

// noFolder is the error of a folder that is not to be had.
func noFolder(path string, err error) error {
	switch at := inTheWay(path); {
	case at != "":
		return &Fault{NoFolder, at, err}
	case errors.Is(err, fs.ErrNotExist):
		return &Fault{Missing, path, err}
	}
	return fault(path, err)
}

// inTheWay is the first part of a path that is there and is no folder, nor leads to one; blank where there is none.
func inTheWay(path string) (found string) {
	for {
		if info, err := os.Lstat(path); err == nil {
			to, err := os.Stat(path)
			if err == nil && !to.IsDir() || err != nil && info.Mode()&fs.ModeSymlink != 0 && !errors.Is(err, fs.ErrPermission) {
				found = path
			}
		}
		above := filepath.Dir(path)
		if above == path {
			return found
		}
		path = above
	}
}
