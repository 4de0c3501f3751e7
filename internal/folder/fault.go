package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A Cause is why something could not be written, of those that whoever runs the program can mend.
type Cause string

const (
	Full     Cause = "the disk is full"
	Denied   Cause = "permission denied"
	InUse    Cause = "another program has it open"
	NoFolder Cause = "it is no folder"
	Missing  Cause = "there is no such folder"
)

// A Fault is an error of writing. Path is what is to be mended: the folder on the full disk, what may
// not be written, the file that is open, what lies where a folder should.
type Fault struct {
	Cause Cause
	Path  string
	Err   error
}

func (f *Fault) Error() string { return fmt.Sprintf("%s: %s: %v", f.Path, f.Cause, f.Err) }

func (f *Fault) Unwrap() error { return f.Err }

// FaultOf makes the error of writing a file one that says its cause, where that is known.
func FaultOf(path string, err error) error { return fault(path, err) }

// fault makes the error of a folder at path one that says its cause, where that is known.
func fault(path string, err error) error {
	var known *Fault
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case isAny(err, full):
		return &Fault{Full, filepath.Dir(path), err}
	case errors.Is(err, fs.ErrPermission) || isAny(err, readOnly):
		return &Fault{Denied, pathOf(err, path), err}
	}
	return err
}

func isAny[E error](err error, kinds []E) bool {
	for _, kind := range kinds {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// pathOf is the path that an error of the system is about.
func pathOf(err error, otherwise string) string {
	var of *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &of):
		return of.Path
	case errors.As(err, &link):
		return link.New
	}
	return otherwise
}
