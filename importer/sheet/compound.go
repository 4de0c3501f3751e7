package sheet

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// compound is a compound file (OLE; [MS-CFB]), the little file system of sectors
// that .xls, .et and encrypted workbooks are. Streams are found in the root only:
// what lies in storages below belongs to embedded objects.
//
// The reader is our own, because mscfb follows a chain of sectors that bites its
// tail, giving the same bytes again, and spends memory with the square of the
// depth of storages. Here a sector belongs to one chain, once.
type compound struct {
	big     sectors
	short   sectors           // within the bytes of one chain of big
	streams map[string]stream // by name in capitals
	entries []string          // names of all entries, those in storages too
}

// stream is where a stream begins, and how many bytes it has.
type stream struct {
	start uint32
	size  int
}

// sectors are numbered pieces of 1<<shift bytes, and which comes after which.
type sectors struct {
	data  []byte // the first sector begins here; the last may lack some of its bytes
	shift uint
	next  []uint32
	taken []bool // the sector has been given
}

const (
	lastSector = 0xFFFFFFFA // numbers above are marks: end of chain, free and the like
	noEntry    = 0xFFFFFFFF
	entrySize  = 128  // bytes of a directory entry
	shortest   = 4096 // streams below lie in short sectors
	toItsEnd   = -1   // bytes of a chain that has no size of its own
)

// Kinds of directory entries.
const (
	entryFree   = 0
	entryStream = 2
	entryRoot   = 5
)

func openCompound(data []byte, limits Limits) (*compound, error) {
	if len(data) < 512 {
		return nil, damaged("", "a compound file without its header")
	}
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	shift := uint(u16(data[30:]))
	if shift != 9 && shift != 12 || u16(data[32:]) != 6 || u32(data[56:]) != shortest {
		return nil, damaged("", "a compound file of unknown measures")
	}
	c := &compound{
		big:     sectors{data: data[min(len(data), 1<<shift):], shift: shift},
		short:   sectors{shift: 6},
		streams: make(map[string]stream),
	}
	c.big.taken = make([]bool, len(c.big.data)>>shift+1)
	if !c.table(data[:512]) {
		return nil, damaged("", "the table of sectors is broken")
	}
	directory, ok := c.big.chain(u32(data[48:]), toItsEnd)
	if !ok || len(directory) < entrySize || directory[66] != entryRoot {
		return nil, damaged("", "a compound file without a directory")
	}
	if len(directory)/entrySize > limits.Entries {
		return nil, over("", "entries", int64(limits.Entries))
	}
	if err := c.list(directory); err != nil {
		return nil, err
	}
	var all []byte
	if u32(data[64:]) > 0 {
		all, ok = c.big.chain(u32(data[60:]), toItsEnd)
		c.short.next = numbers(all)
	}
	if size := int(u32(directory[120:])); ok && size > 0 {
		c.short.data, ok = c.big.chain(u32(directory[116:]), size)
		c.short.taken = make([]bool, len(c.short.data)>>c.short.shift+1)
	}
	if !ok {
		return nil, damaged("", "the short streams are broken")
	}
	return c, nil
}

// table reads which sector comes after which (FAT). Its own sectors are listed in
// the header and, beyond 109 of them, in sectors whose last number leads to the
// next of their kind (DIFAT).
func (c *compound) table(header []byte) bool {
	u32 := binary.LittleEndian.Uint32
	listed := numbers(header[76:])
	for at, left := u32(header[68:]), u32(header[72:]); left > 0 && at <= lastSector; left-- {
		part, ok := c.big.take(at)
		if !ok || len(part) < 1<<c.big.shift {
			return false
		}
		more := numbers(part)
		listed, at = append(listed, more[:len(more)-1]...), more[len(more)-1]
	}
	for _, at := range listed {
		if at > lastSector {
			continue
		}
		part, ok := c.big.take(at)
		if !ok {
			return false
		}
		c.big.next = append(c.big.next, numbers(part)...)
	}
	return true
}

// take gives a sector, once.
func (s *sectors) take(at uint32) ([]byte, bool) {
	from := int(at) << s.shift
	if at > lastSector || from >= len(s.data) || s.taken[at] {
		return nil, false
	}
	s.taken[at] = true
	return s.data[from:min(len(s.data), from+1<<s.shift)], true
}

// chain gives size bytes of a chain of sectors, or all of them.
func (s *sectors) chain(start uint32, size int) ([]byte, bool) {
	if size > len(s.data) {
		return nil, false
	}
	all := make([]byte, 0, max(size, 0))
	for at := start; len(all) < size || size == toItsEnd && at <= lastSector; at = s.next[at] {
		part, ok := s.take(at)
		if !ok || int(at) >= len(s.next) {
			return nil, false
		}
		all = append(all, part...)
		if len(part) < 1<<s.shift && size != toItsEnd && len(all) < size {
			return nil, false // the file ends within the chain
		}
	}
	if size != toItsEnd {
		all = all[:size]
	}
	return all, true
}

func numbers(b []byte) []uint32 {
	n := make([]uint32, len(b)/4)
	for i := range n {
		n[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return n
}

// list finds the streams of the root, a tree of siblings.
func (c *compound) list(directory []byte) error {
	u32 := binary.LittleEndian.Uint32
	for i := range len(directory) / entrySize {
		c.entries = append(c.entries, entryName(directory[i*entrySize:]))
	}
	seen := make([]bool, len(c.entries))
	for todo := []uint32{u32(directory[76:])}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if at == noEntry {
			continue
		}
		if int(at) >= len(seen) || seen[at] {
			return damaged("", "the directory leads astray")
		}
		seen[at] = true
		entry := directory[int(at)*entrySize:][:entrySize]
		todo = append(todo, u32(entry[68:]), u32(entry[72:]))
		switch entry[66] {
		case entryFree:
			return damaged("", "an entry of the directory is lost")
		case entryStream:
		default:
			continue
		}
		name := c.entries[at]
		if c.has(name) {
			return damaged(name, "two streams of this name")
		}
		c.streams[name] = stream{start: u32(entry[116:]), size: int(u32(entry[120:]))}
	}
	return nil
}

// entryName gives the name of a directory entry in capitals: names are compared
// without case.
func entryName(entry []byte) string {
	name := make([]uint16, min(binary.LittleEndian.Uint16(entry[64:]), 64)/2)
	for i := range name {
		name[i] = binary.LittleEndian.Uint16(entry[2*i:])
	}
	return strings.ToUpper(strings.TrimRight(string(utf16.Decode(name)), "\x00"))
}

func (c *compound) has(name string) bool {
	_, ok := c.streams[name]
	return ok
}

// alone says whether one entry of the whole file has this name, be it in a storage or
// behind a control character, which mscfb leaves away.
func (c *compound) alone(name string) bool {
	n := 0
	for _, entry := range c.entries {
		if strings.HasSuffix(entry, name) {
			n++
		}
	}
	return n == 1
}

// read gives the bytes of a stream, once; name is in capitals.
func (c *compound) read(name string) ([]byte, error) {
	s, from := c.streams[name], &c.big
	if s.size < shortest {
		from = &c.short
	}
	all, ok := from.chain(s.start, s.size)
	if !ok {
		return nil, damaged(name, "its chain of sectors is broken")
	}
	return all, nil
}
