package sheet

import (
	"archive/zip"
	"bufio"
	"errors"
	"hash/crc32"
	"io"
	"path"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
)

// pack is a zip package (OPC) and the account of what has been read from it.
// Parts go by their folded names.
type pack struct {
	source *source
	limits Limits
	parts  map[string]*zip.File
	read   int64 // inflated bytes of all parts opened so far
}

func openPack(source *source, limits Limits) (*pack, error) {
	archive, err := zip.NewReader(source, source.size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, damaged("", "the zip is not whole: %v", err)
	}
	if len(archive.File) > limits.Entries {
		return nil, over("", "entries", int64(limits.Entries))
	}
	p := &pack{source: source, limits: limits, parts: make(map[string]*zip.File, len(archive.File))}
	for _, file := range archive.File {
		if strings.HasSuffix(file.Name, "/") {
			continue
		}
		name := fold(zipName(file))
		if p.parts[name] != nil {
			return nil, damaged(file.Name, "two parts of this name")
		}
		p.parts[name] = file
	}
	return p, nil
}

// fold makes the names of one part equal: old writers use backslashes, and names
// are to be compared without case.
func fold(name string) string {
	return strings.ToLower(strings.TrimLeft(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// resolve gives the folded name of a relationship's target, seen from the part
// that has the relationship.
func resolve(from, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", path.Dir(from), target)
	}
	return fold(path.Clean(target))
}

// part is a part that is to be read, within its limit.
type part struct {
	name string // as the zip has it
	file *zip.File
	data []byte // the part itself, if it is held
}

// held is how many inflated bytes of a file are held in memory; the parts beyond
// are inflated anew whenever they are read.
const held = 16 << 20

// part finds a part and proves that its declared size is allowed. Without such a
// part it is nil.
func (p *pack) part(name, limit string, allowed int64) (*part, error) {
	file := p.parts[name]
	switch {
	case file == nil:
		return nil, nil
	case file.Flags&1 != 0:
		return nil, &Refusal{Reason: Encrypted, Part: file.Name, Detail: "the zip is encrypted"}
	case file.UncompressedSize64 > uint64(allowed):
		return nil, over(file.Name, limit, allowed)
	}
	p.read += int64(file.UncompressedSize64)
	if p.read > p.limits.Unzipped {
		return nil, over(file.Name, "unzipped", p.limits.Unzipped)
	}
	found, err := newPart(file)
	if err != nil || p.read > held {
		return found, err
	}
	if err := found.hold(); err != nil {
		return nil, err
	}
	return found, nil
}

// newPart is an entry as a part, if its compression is known.
func newPart(file *zip.File) (*part, error) {
	if file.Method != zip.Deflate && file.Method != zip.Store {
		return nil, damaged(file.Name, "compressed by the unknown method %d", file.Method)
	}
	return &part{name: file.Name, file: file}, nil
}

// hold inflates the whole part.
func (p *part) hold() error {
	in, err := p.inflate()
	if err != nil {
		return err
	}
	defer in.close()
	p.data = make([]byte, in.left)
	if _, err := io.ReadFull(in, p.data); err != nil {
		return err
	}
	return in.finished()
}

// need is part, for a part that must be there.
func (p *pack) need(name, limit string, allowed int64) (*part, error) {
	found, err := p.part(name, limit, allowed)
	if found == nil && err == nil {
		err = damaged(name, "the part is missing")
	}
	return found, err
}

// other is need, for a part without a limit of its own.
func (p *pack) other(name string) (*part, error) {
	return p.need(name, "other", p.limits.Other)
}

// inflating reads a part and proves its declared size and its checksum.
type inflating struct {
	part   string
	zipped *bufio.Reader
	r      io.Reader
	left   uint64 // bytes still to come
	sum    uint32
	want   uint32
	engine io.ReadCloser // back to the pool after use
}

var (
	engines = sync.Pool{New: func() any { return flate.NewReader(nil) }}
	buffers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 16<<10) }}
)

func (p *part) inflate() (*inflating, error) {
	raw, err := p.file.OpenRaw()
	if err != nil {
		return nil, damaged(p.name, "the zip entry is not whole: %v", err)
	}
	in := &inflating{
		part: p.name, zipped: buffers.Get().(*bufio.Reader),
		left: p.file.UncompressedSize64, want: p.file.CRC32,
	}
	in.zipped.Reset(raw)
	in.r = in.zipped
	if p.file.Method == zip.Deflate {
		in.engine = engines.Get().(io.ReadCloser)
		if err := in.engine.(flate.Resetter).Reset(in.zipped, nil); err != nil {
			return nil, damaged(p.name, "%v", err)
		}
		in.r = in.engine
	}
	return in, nil
}

func (in *inflating) close() {
	in.zipped.Reset(nil)
	buffers.Put(in.zipped)
	if in.engine != nil {
		engines.Put(in.engine)
	}
	*in = inflating{part: in.part}
}

func (in *inflating) Read(p []byte) (int, error) {
	if in.left == 0 {
		if err := in.finished(); err != nil {
			return 0, err
		}
		return 0, io.EOF
	}
	n, err := in.r.Read(p[:min(uint64(len(p)), in.left)])
	in.sum = crc32.Update(in.sum, crc32.IEEETable, p[:n])
	in.left -= uint64(n)
	switch {
	case err == io.EOF && in.left > 0:
		return n, damaged(in.part, "%d bytes shorter than declared", in.left)
	case err != nil && err != io.EOF:
		return n, damaged(in.part, "%v", err)
	}
	return n, nil
}

// finished proves that the part ends where it should and is what was zipped.
func (in *inflating) finished() error {
	var more [1]byte
	switch n, err := io.ReadFull(in.r, more[:]); {
	case n > 0:
		return damaged(in.part, "longer than declared")
	case err != io.EOF:
		return damaged(in.part, "%v", err)
	case in.sum != in.want:
		return damaged(in.part, "the checksum is wrong")
	}
	return nil
}

var scanners = sync.Pool{New: func() any { return new(scanner) }}

// scan begins to scan the part; stop gives back what the scan holds.
func (p *part) scan(limits Limits) (s *scanner, stop func(), err error) {
	s = scanners.Get().(*scanner)
	if p.data != nil {
		return s, func() { scanners.Put(s) }, s.reset(p.name, limits, nil, p.data)
	}
	in, err := p.inflate()
	if err != nil {
		return nil, nil, err
	}
	stop = func() {
		in.close()
		scanners.Put(s)
	}
	return s, stop, s.reset(p.name, limits, in, nil)
}

// scanned scans the part with read, which must reach its end.
func (p *part) scanned(limits Limits, read func(*scanner) error) error {
	s, stop, err := p.scan(limits)
	if stop != nil {
		defer stop()
	}
	if err != nil {
		return err
	}
	return read(s)
}
