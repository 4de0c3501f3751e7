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

// An Edit has the last word on a part.
type Edit func(part string, content []byte) ([]byte, error)

// A Writer packs the parts of an archive as they come, one after the other, and writes them,
// sorted by name, when it is closed. It is what excelize.File.SetZipWriter asks for.
type Writer struct {
	to      io.Writer
	edit    Edit
	name    string       // of the part that is being written; blank before the first
	content bytes.Buffer // of that part
	packed  map[string][]byte
}

// NewWriter starts an archive. edit may be nil.
func NewWriter(to io.Writer, edit Edit) *Writer {
	return &Writer{to: to, edit: edit, packed: map[string][]byte{}}
}

// Create starts a part, which ends the one before; a part of a name that is taken is an error.
func (w *Writer) Create(name string) (io.Writer, error) {
	if err := w.pack(); err != nil {
		return nil, err
	}
	if w.packed[name] != nil {
		return nil, fmt.Errorf("zip part %s: written twice", name)
	}
	w.name = name
	return &w.content, nil
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
	if err := w.pack(); err != nil {
		return err
	}
	archive := zip.NewWriter(w.to)
	for _, name := range slices.Sorted(maps.Keys(w.packed)) {
		if err := copyPart(archive, w.packed[name]); err != nil {
			return fmt.Errorf("zip part %s: %w", name, err)
		}
	}
	return archive.Close()
}

// pack compresses the part that was being written, if any.
func (w *Writer) pack() error {
	if w.name == "" {
		return nil
	}
	packed, err := w.alone()
	if err != nil {
		return fmt.Errorf("zip part %s: %w", w.name, err)
	}
	w.packed[w.name] = packed
	w.name = ""
	w.content.Reset()
	return nil
}

// alone is the part as the only one of an archive.
func (w *Writer) alone() ([]byte, error) {
	content := w.content.Bytes()
	if w.edit != nil {
		var err error
		if content, err = w.edit(w.name, content); err != nil {
			return nil, err
		}
	}
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	part, err := archive.CreateHeader(&zip.FileHeader{Name: w.name, Method: zip.Deflate, Modified: stamp})
	if err != nil {
		return nil, err
	}
	if _, err := part.Write(content); err != nil {
		return nil, err
	}
	err = archive.Close()
	return packed.Bytes(), err
}

// copyPart copies the part of an archive of one as it is packed.
func copyPart(to *zip.Writer, packed []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return err
	}
	return to.Copy(archive.File[0])
}
