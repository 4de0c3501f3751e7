package importer

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := errors.Join(os.Mkdir(at("folder"), 0o700), os.WriteFile(at("a.pdf"), []byte("%PDF-1.4"), 0o600),
		os.Symlink("a.pdf", at("link")), os.Symlink("folder", at("to folder")), os.Symlink("nothing", at("astray")), os.Symlink("circle", at("circle")),
	); err != nil {
		t.Skip(err)
	}
	for name, want := range map[string]string{"a.pdf": "F20", "link": "F20", "folder": "F65", "to folder": "F65", "astray": "F66", "circle": "F66"} {
		d, err := config().ReadFile(at(name), "6月/"+name)
		if err != nil || d.Refused() != want || d.Path != "6月/"+name || d.Findings[0].File != d.Path || (d.SHA256 == "") != (want != "F20") {
			t.Errorf("%s: refused %q, want %s; path %s, SHA-256 %q, error %v", name, d.Refused(), want, d.Path, d.SHA256, err)
		}
	}
	if _, err := config().ReadFile(at("gone.xlsx"), "gone.xlsx"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is gone: %v", err)
	}
}

// A file that says that it has no bytes is not read: one of /proc has some, or waits for them.
func TestReadFileOfNoBytes(t *testing.T) {
	const path = "/proc/version"
	if text, err := os.ReadFile(path); err != nil || len(text) == 0 {
		t.Skip("no such file here")
	}
	d, err := config().ReadFile(path, "6月.xlsx")
	if err != nil || d.Refused() != "F05" {
		t.Errorf("refused %q, want F05; error %v", d.Refused(), err)
	}
}

// A file over the limit is refused unread, with the limit, and has no SHA-256.
func TestReadFileOverLimit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(path, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	for limit, want := range map[int64]string{4: "F02", 5: "F14"} {
		c := config()
		c.Limits.File = limit
		d, err := c.ReadFile(path, "a.xlsx")
		if err != nil || d.Refused() != want || (d.SHA256 == "") != (want == "F02") {
			t.Errorf("limit %d: refused %q, want %s; SHA-256 %q; error %v", limit, d.Refused(), want, d.SHA256, err)
		}
	}
}
