// Package zipped writes zip archives, workbooks among them, whose bytes depend on their
// parts alone: not on the order in which a library hands the parts over, and not on a clock.
package zipped

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
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
	packed  map[string]*packing
}

// NewWriter starts an archive. Where edit is nil the parts stay as they are, and are compressed while they are written.
func NewWriter(to io.Writer, edit Edit) *Writer {
	return &Writer{to: to, edit: edit, packed: map[string]*packing{}}
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
		if err := w.packed[name].into(archive); err != nil {
			return fmt.Errorf("zip part %s: %w", name, err)
		}
		delete(w.packed, name)
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
	if err := w.part.end(); err != nil {
		return fmt.Errorf("zip part %s: %w", w.name, err)
	}
	w.packed[w.name] = w.part
	w.name = ""
	return nil
}

// A packing is a part that is being compressed.
type packing struct {
	header   *zip.FileHeader
	deflater *flate.Writer // nil once it is ended
	packed   chunks
}

func begin(name string) (*packing, error) {
	p := &packing{header: &zip.FileHeader{Name: name, Method: zip.Store, Modified: stamp}}
	if _, err := zip.NewWriter(io.Discard).CreateHeader(p.header); err != nil { // which fills in what archives say of a part
		return nil, err
	}
	p.header.Method = zip.Deflate // only now, or a compressor of its own would be made for it
	p.deflater = deflaters.Get().(*flate.Writer)
	p.deflater.Reset(&p.packed)
	return p, nil
}

func (p *packing) Write(content []byte) (int, error) {
	p.header.CRC32 = crc32.Update(p.header.CRC32, crc32.IEEETable, content)
	p.header.UncompressedSize64 += uint64(len(content))
	return p.deflater.Write(content)
}

// end ends the part.
func (p *packing) end() error {
	err := p.deflater.Close()
	deflaters.Put(p.deflater)
	p.deflater = nil
	p.header.CompressedSize64 = p.packed.size()
	return err
}

// into writes the part into an archive.
func (p *packing) into(archive *zip.Writer) error {
	raw, err := archive.CreateRaw(p.header)
	for _, chunk := range p.packed {
		if err == nil {
			_, err = raw.Write(chunk)
		}
	}
	return err
}

// Chunks are bytes as they came: they take what they hold, where a buffer that grows takes twice that and more.
type chunks [][]byte

const (
	leastChunk = 1 << 10
	mostChunk  = 1 << 18
)

func (c *chunks) Write(content []byte) (int, error) {
	for rest := content; len(rest) > 0; {
		last := len(*c) - 1
		if last < 0 || len((*c)[last]) == cap((*c)[last]) {
			size := leastChunk
			if last >= 0 {
				size = min(2*cap((*c)[last]), mostChunk)
			}
			*c = append(*c, make([]byte, 0, size))
			last++
		}
		n := min(len(rest), cap((*c)[last])-len((*c)[last]))
		(*c)[last], rest = append((*c)[last], rest[:n]...), rest[n:]
	}
	return len(content), nil
}

func (c chunks) size() (n uint64) {
	for _, chunk := range c {
		n += uint64(len(chunk))
	}
	return n
}

// deflaters are those that are not in use: each holds a megabyte of tables, and a part has often but a few lines.
var deflaters = sync.Pool{New: func() any {
	d, err := flate.NewWriter(nil, level)
	if err != nil {
		panic(fmt.Sprintf("zipped: level %d: %v", level, err))
	}
	return d
}}
