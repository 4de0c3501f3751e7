package folder

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// A draft takes the place of nothing before it is whole. What drafts of processes that died left is taken away by the next
// one; what is being written, and what is no draft, stays.
func TestDraft(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	left, others := path(".draft-123"), path(".other-123")
	for _, at := range []string{left, others} {
		must(t, os.WriteFile(at, []byte("half"), 0o600))
	}
	must(t, os.Mkdir(path(".draft-folder"), 0o700))
	first, err := NewDraft(dir, ".draft-")
	must(t, err)
	if exists(left) || !exists(others) || !exists(path(".draft-folder")) {
		t.Errorf("there is %v", holds(t, dir))
	}
	second, err := NewDraft(dir, ".draft-")
	must(t, err)
	if !exists(first.Name()) {
		t.Error("a draft that is being written was taken away")
	}
	if _, err := first.WriteString("whole"); err != nil || exists(path("b.zip")) {
		t.Error(err)
	}
	must(t, first.Become(path("b.zip")))
	first.Drop()
	second.Drop()
	if got := holds(t, dir); len(got) != 3 || got["b.zip"] != "whole" {
		t.Errorf("there is %v", got)
	}
}

func TestDraftWithoutFolder(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	for path, want := range map[string]Fault{
		filepath.Join(dir, "nowhere"): {Cause: Missing, Path: filepath.Join(dir, "nowhere")},
		file:                          {Cause: NoFolder, Path: file},
		filepath.Join(file, "below"):  {Cause: NoFolder, Path: file},
	} {
		var got *Fault
		if _, err := NewDraft(path, ".draft-"); !errors.As(err, &got) || got.Cause != want.Cause || got.Path != want.Path {
			t.Errorf("%s: %v", path, err)
		}
	}
	if runtime.GOOS != "windows" && os.Geteuid() != 0 {
		must(t, os.Chmod(dir, 0o500))
		var got *Fault
		if _, err := NewDraft(dir, ".draft-"); !errors.As(err, &got) || got.Cause != Denied {
			t.Error(err)
		}
	}
}
