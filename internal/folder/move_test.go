package folder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// A file that is moved takes the place of nothing, one that replaces does; the folder is made.
func TestMove(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	for _, name := range []string{"one", "two", "three"} {
		must(t, os.WriteFile(path(name), []byte(name), 0o600))
	}
	must(t, Move(path("one"), path("交通局/6月.xlsx")))
	if err := Move(path("two"), path("交通局/6月.xlsx")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over another: %v", err)
	}
	must(t, Replace(path("three"), path("two")))
	if err := Move(path("none"), path("four")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of nothing: %v", err)
	}
	if err := Move(path("two"), path("交通局/6月.xlsx/5月.xlsx")); err == nil {
		t.Error("into a file")
	}
	if got := holds(t, dir); got["two"] != "three" || exists(path("one")) || exists(path("three")) {
		t.Errorf("there is %v", got)
	}
	if got, err := os.ReadFile(path("交通局/6月.xlsx")); string(got) != "one" {
		t.Error(string(got), err)
	}
}
