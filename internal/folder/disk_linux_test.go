package folder

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// disk mounts a small disk of its own, where the test may.
func disk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("a disk cannot be mounted: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// A disk that is full while a folder is written is named; the folder stays as it was, and there is room again.
func TestFullDisk(t *testing.T) {
	dir := disk(t)
	f := atWith(t, filepath.Join(dir, "out", "2024-06"), always, exchange)
	must(t, replace(f, old))
	large := append([]held{{"large", strings.Repeat("x", 1<<20)}}, month("now", "book.xlsx")...)
	var full *Fault
	if err := replace(f, large); !errors.As(err, &full) || full.Cause != Full || full.Path != filepath.Join(dir, "out") {
		t.Errorf("error %v", err)
	}
	stays(t, f)
	must(t, f.Drop())
	must(t, replace(f, append([]held{{"half", strings.Repeat("x", 128<<10)}}, month("now", "book.xlsx")...)))
}

// A disk that is not to be written is a matter of permission.
func TestReadOnlyDisk(t *testing.T) {
	dir := disk(t)
	f := atWith(t, filepath.Join(dir, "out", "2024-06"), always, exchange)
	must(t, replace(f, old))
	must(t, unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""))
	var denied *Fault
	if err := replace(f, now); !errors.As(err, &denied) || denied.Cause != Denied {
		t.Errorf("error %v", err)
	}
	stays(t, f)
}

// The disks of the tests exchange names in one step: that way is tried, not only the other.
func TestExchangeIsToBeHad(t *testing.T) {
	must(t, unix.Mkdir(filepath.Join(disk(t), "x"), 0o777))
	a, b := t.TempDir(), t.TempDir()
	must(t, exchange(a, b))
}
