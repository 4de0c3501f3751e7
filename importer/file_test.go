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
