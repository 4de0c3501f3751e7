//go:build unix

package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The error of a system call says which of the causes that can be mended it has, and of what.
func TestCauses(t *testing.T) {
	of := func(err error) error {
		return fmt.Errorf("doing: %w", errors.Join(&fs.PathError{Op: "write", Path: "/out/x", Err: err}))
	}
	for _, test := range []struct {
		err   error
		cause Cause
		path  string
	}{
		{of(syscall.ENOSPC), Full, "/out"},
		{of(syscall.EDQUOT), Full, "/out"},
		{of(syscall.EACCES), Denied, "/out/x"},
		{of(syscall.EPERM), Denied, "/out/x"},
		{of(syscall.EROFS), Denied, "/out/x"},
		{&os.LinkError{Op: "rename", Old: "/a", New: "/b", Err: syscall.EACCES}, Denied, "/b"},
		{syscall.EACCES, Denied, "/out/2024-06"},
		{&Fault{InUse, "/book", syscall.EBUSY}, InUse, "/book"},
		{of(syscall.EIO), "", ""},
		{io.EOF, "", ""},
	} {
		err := fault("/out/2024-06", test.err)
		if !errors.Is(err, test.err) {
			t.Errorf("%v lost %v", err, test.err)
		}
		var got Fault
		if known := new(Fault); errors.As(err, &known) {
			got = *known
		}
		if got.Cause != test.cause || got.Path != test.path {
			t.Errorf("%v: %q of %q, want %q of %q", test.err, got.Cause, got.Path, test.cause, test.path)
		}
	}
	if err := fault("/out", nil); err != nil {
		t.Error(err)
	}
}

// What is written has the permissions that the umask leaves.
func TestUmask(t *testing.T) {
	for _, mask := range []int{0o022, 0o027, 0o077, 0o002} {
		f := atWith(t, filepath.Join(t.TempDir(), "out", "2024-06"), always, exchange)
		before := syscall.Umask(mask)
		err := replace(f, old)
		syscall.Umask(before)
		must(t, err)
		for path, all := range map[string]os.FileMode{"..": 0o777, ".": 0o777, "orders": 0o777, "orders/one.docx": 0o666, "index": 0o666} {
			info, err := os.Stat(filepath.Join(f.path, path))
			must(t, err)
			if got, want := info.Mode().Perm(), all&^os.FileMode(mask); got != want {
				t.Errorf("umask %o, %s: %o, want %o", mask, path, got, want)
			}
		}
	}
}

// stays reports what changed of a folder that should be as it was.
func stays(t *testing.T, f *Folder) {
	t.Helper()
	if diff := cmp.Diff(filesOf(old), ours(holds(t, f.path))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFolderThatMayNotBeWritten(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere: see TestReadOnlyDisk")
	}
	f := atWith(t, filepath.Join(t.TempDir(), "out", "2024-06"), always, exchange)
	must(t, replace(f, old))
	must(t, os.Chmod(filepath.Dir(f.path), 0o555))
	defer os.Chmod(filepath.Dir(f.path), 0o755)
	var denied *Fault
	if err := replace(f, now); !errors.As(err, &denied) || denied.Cause != Denied {
		t.Errorf("error %v", err)
	}
	stays(t, f)
}

// A pipe in the place of the index is not waited for.
func TestIndexThatIsAPipe(t *testing.T) {
	f := atWith(t, filepath.Join(t.TempDir(), "out", "2024-06"), always, exchange)
	must(t, os.MkdirAll(f.path, 0o777))
	must(t, syscall.Mkfifo(filepath.Join(f.path, "index"), 0o666))
	must(t, replace(f, now))
	if diff := cmp.Diff(filesOf(now), ours(holds(t, f.path))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
