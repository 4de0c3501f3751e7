package sheet

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"huizong/internal/encoded"
)

// An Archive is a zip whose files came together. Only the file that is asked for is unpacked.
type Archive struct {
	Files []*Packed // in the order of their paths

	pack *pack
	size int64 // bytes unpacked so far, with those that unpacked workbooks hold packed again
}

// A Packed is a file of an archive.
type Packed struct {
	Path string // within the archive, with slashes

	archive *Archive
	entry   *zip.File
	refusal *Refusal // of its path
}

// Unpack opens a file that [Open] refuses as a [FileZIP]. Limits bound each of its files as
// one by itself, and all of them together.
func Unpack(r io.ReaderAt, size int64, limits Limits) (a *Archive, err error) {
	source := &source{r: r, size: size}
	defer func() {
		if source.err != nil {
			a, err = nil, source.err
		}
	}()
	defer contain(&err)
	p, err := openPack(source, limits)
	if err != nil {
		return nil, err
	}
	a = &Archive{pack: p}
	for _, entry := range p.parts {
		a.Files = append(a.Files, newPacked(a, entry))
	}
	slices.SortFunc(a.Files, func(x, y *Packed) int {
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.entry.Name, y.entry.Name))
	})
	for i, file := range a.Files {
		if i > 0 && file.Path == a.Files[i-1].Path {
			file.refusal = &Refusal{Reason: ArchivePath, Part: file.Path, Detail: "two files of this path"}
			a.Files[i-1].refusal = file.refusal
		}
	}
	return a, nil
}

func newPacked(a *Archive, entry *zip.File) *Packed {
	name := strings.ReplaceAll(zipName(entry), `\`, "/")
	file := &Packed{Path: strings.TrimLeft(path.Clean("/"+name), "/"), archive: a, entry: entry}
	if strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' || slices.Contains(strings.Split(name, "/"), "..") {
		file.refusal = &Refusal{Reason: ArchivePath, Part: file.Path, Detail: "a path out of the archive"}
	}
	return file
}

// zipName is the name of a zip entry. Chinese Windows writes it as GB18030 and says nothing.
func zipName(entry *zip.File) string {
	if utf8.ValidString(entry.Name) {
		return entry.Name
	}
	return encoded.GB18030([]byte(entry.Name))
}

// Content unpacks the file. A [*Refusal] is of this file alone; any other error is trouble in
// reading the archive.
func (f *Packed) Content() (content []byte, err error) {
	p := f.archive.pack
	defer func() {
		if p.source.err != nil {
			content, err = nil, p.source.err
		}
	}()
	defer contain(&err)
	switch {
	case f.refusal != nil:
		return nil, f.refusal
	case f.entry.Flags&1 != 0:
		return nil, &Refusal{Reason: ArchiveLocked, Part: f.Path, Detail: "the entry is encrypted"}
	case f.entry.UncompressedSize64 > uint64(p.limits.File):
		return nil, over(f.Path, "file", p.limits.File)
	}
	if err := f.archive.take(f.Path, f.entry.UncompressedSize64); err != nil {
		return nil, err
	}
	found, err := newPart(f.entry)
	if err != nil {
		return nil, err
	}
	if err := found.hold(); err != nil {
		return nil, err
	}
	return found.data, f.archive.take(f.Path, packedAgain(found.data))
}

// take adds bytes to those of the archive.
func (a *Archive) take(file string, bytes uint64) error {
	limit := a.pack.limits.Unzipped
	if bytes > uint64(limit) || a.size+int64(bytes) > limit {
		return &Refusal{Reason: ArchiveTooLarge, Part: file, Limit: "unzipped", Allowed: limit, Detail: "the files of the archive together are too large"}
	}
	a.size += int64(bytes)
	return nil
}

// packedAgain is how many bytes a file that is a zip itself, as workbooks are, says that it
// holds; that it holds no more is proved when it is read.
func packedAgain(content []byte) (size uint64) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if archive == nil || err != nil && err != zip.ErrInsecurePath {
		return 0
	}
	for _, entry := range archive.File {
		size += min(entry.UncompressedSize64, 1<<40)
	}
	return size
}
