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
	"sync"
	"time"

	"github.com/klauspost/compress/flate"
)

// stamp is the time of every part: the earliest that a zip archive can say.
var stamp = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// level is how hard parts are compressed: harder costs twice the time for a few hundredths of the size.
const level = 6

// An Edit has the last word on a part: it writes what the archive holds of it.
type Edit func(to io.Writer, part string, content []byte) error

// A Writer packs the parts of an archive as they come, one after the other, and writes them,
// sorted by name, when it is closed. It is what excelize.File.SetZipWriter asks for.
type Writer struct {
	to      io.Writer
	edit    Edit
	name    string       // of the part that is being written; blank before the first
	content bytes.Buffer // of that part, before it is edited
	part    *packing
	packed  map[string][]byte
}

// NewWriter starts an archive. Where edit is nil the parts stay as they are, and are compressed while they are written.
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
	part, err := begin(name)
	if err != nil {
		return nil, fmt.Errorf("zip part %s: %w", name, err)
	}
	w.name, w.part = name, part
	if w.edit == nil {
		return part, nil
	}
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

// pack ends the part that was being written, if any.
func (w *Writer) pack() error {
	if w.name == "" {
		return nil
	}
	if w.edit != nil {
		if err := w.edit(w.part, w.name, w.content.Bytes()); err != nil {
			return fmt.Errorf("zip part %s: %w", w.name, err)
		}
		w.content.Reset()
	}
	packed, err := w.part.end()
	if err != nil {
		return fmt.Errorf("zip part %s: %w", w.name, err)
	}
	w.packed[w.name] = packed
	w.name = ""
	return nil
}

// A packing is a part that is being compressed, as the only one of an archive.
type packing struct {
	io.Writer
	packed  bytes.Buffer
	archive *zip.Writer
}

func begin(name string) (*packing, error) {
	p := &packing{}
	p.archive = zip.NewWriter(&p.packed)
	p.archive.RegisterCompressor(zip.Deflate, deflate)
	var err error
	p.Writer, err = p.archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: stamp})
	return p, err
}

// end gives the archive.
func (p *packing) end() ([]byte, error) {
	err := p.archive.Close()
	return p.packed.Bytes(), err
}

// deflaters are those that are not in use: each holds a megabyte of tables, and a part has often but a few lines.
var deflaters = sync.Pool{New: func() any {
	d, err := flate.NewWriter(nil, level)
	if err != nil {
		panic(fmt.Sprintf("zipped: level %d: %v", level, err))
	}
	return d
}}

// A deflater goes back to the others once it is closed.
type deflater struct{ *flate.Writer }

func deflate(to io.Writer) (io.WriteCloser, error) {
	d := deflaters.Get().(*flate.Writer)
	d.Reset(to)
	return deflater{d}, nil
}

func (d deflater) Close() error {
	defer deflaters.Put(d.Writer)
	return d.Writer.Close()
}

// copyPart copies the part of an archive of one as it is packed.
func copyPart(to *zip.Writer, packed []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return err
	}
	return to.Copy(archive.File[0])
}
