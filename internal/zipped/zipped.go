// Package zipped writes zip archives, workbooks among them, whose bytes depend on their
// parts alone: not on the order in which a library hands the parts over, and not on a clock.
package zipped

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"time"
)

// stamp is the time of every part: the earliest that a zip archive can say.
var stamp = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// A Writer gathers the parts of an archive and writes them, sorted by name, when it is
// closed. It is what excelize.File.SetZipWriter asks for.
type Writer struct {
	to    io.Writer
	edit  func(part string, content []byte) []byte
	parts map[string]*bytes.Buffer
}

// NewWriter starts an archive. edit, if not nil, has the last word on each part.
func NewWriter(to io.Writer, edit func(part string, content []byte) []byte) *Writer {
	return &Writer{to, edit, map[string]*bytes.Buffer{}}
}

// Create starts a part; a part of a name that is taken is an error.
func (w *Writer) Create(name string) (io.Writer, error) {
	if w.parts[name] != nil {
		return nil, fmt.Errorf("zip part %s: written twice", name)
	}
	w.parts[name] = new(bytes.Buffer)
	return w.parts[name], nil
}

// AddFS adds the files of a tree under their paths.
func (w *Writer) AddFS(tree fs.FS) error {
	return fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		part, err := w.Create(path)
		if err != nil {
			return err
		}
		_, err = part.Write(content)
		return err
	})
}

// Close writes the archive. It does not close what it writes to.
func (w *Writer) Close() error {
	archive := zip.NewWriter(w.to)
	for _, name := range slices.Sorted(maps.Keys(w.parts)) {
		content := w.parts[name].Bytes()
		if w.edit != nil {
			content = w.edit(name, content)
		}
		part, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: stamp})
		if err != nil {
			return fmt.Errorf("zip part %s: %w", name, err)
		}
		if _, err := part.Write(content); err != nil {
			return fmt.Errorf("zip part %s: %w", name, err)
		}
	}
	return archive.Close()
}
