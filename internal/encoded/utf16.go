package encoded

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Marked is the byte order of what begins with a byte order mark of UTF-16, nil of all else.
func Marked(b []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return binary.BigEndian
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return binary.LittleEndian
	}
	return nil
}

// Order is the byte order of a text in UTF-16, nil if it is none. One without a byte order
// mark is a text with columns: it has delimiters and ends of lines in one order and not in the other.
func Order(b []byte) binary.ByteOrder {
	if order := Marked(b); order != nil {
		return order
	}
	if bytes.IndexByte(b, 0) < 0 { // half of what parts columns and lines
		return nil
	}
	little, big := plausible(b, binary.LittleEndian), plausible(b, binary.BigEndian)
	switch {
	case little && !big:
		return binary.LittleEndian
	case big && !little:
		return binary.BigEndian
	}
	return nil
}

// plausible says whether b may be a text with columns in UTF-16.
func plausible(b []byte, order binary.ByteOrder) bool {
	delimiters, lines := false, false
	for ; len(b) >= 2; b = b[2:] {
		switch r := rune(order.Uint16(b)); {
		case r == ',' || r == '\t' || r == ';':
			delimiters = true
		case r == '\n' || r == '\r':
			lines = true
		case r >= '一' && r <= '\u9FFF':
		case r < ' ' || unicode.Is(unicode.Cn, r):
			return false
		}
	}
	return delimiters && lines && len(b) == 0
}

// UTF16 gives UTF-16 as UTF-8, the byte order mark too. Half a character becomes a byte
// that is not UTF-8.
func UTF16(r io.Reader, order binary.ByteOrder) io.Reader { return &utf16Reader{r: r, order: order} }

type utf16Reader struct {
	r     io.Reader
	order binary.ByteOrder
	in    [4096]byte
	n     int    // bytes of in that are not yet converted
	out   []byte // converted, not yet given
	buf   []byte
	err   error
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		var n int
		n, u.err = u.r.Read(u.in[u.n:])
		u.n += n
		u.convert()
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

// convert turns the whole characters of in into out; at the end all of it.
func (u *utf16Reader) convert() {
	const broken = 0xFF
	u.buf = u.buf[:0]
	b := u.in[:u.n]
	for len(b) >= 2 {
		r, size, whole := rune(u.order.Uint16(b)), 2, true
		if utf16.IsSurrogate(r) {
			switch {
			case len(b) >= 4:
				r, size = utf16.DecodeRune(r, rune(u.order.Uint16(b[2:]))), 4
				whole = r != utf8.RuneError
			case u.err != nil:
				whole = false
			default:
				u.keep(b)
				return
			}
		}
		if whole {
			u.buf = utf8.AppendRune(u.buf, r)
		} else {
			u.buf = append(u.buf, broken)
		}
		b = b[size:]
	}
	if u.err != nil && len(b) > 0 {
		u.buf, b = append(u.buf, broken), nil
	}
	u.keep(b)
}

// keep leaves the rest of in for the next read.
func (u *utf16Reader) keep(rest []byte) {
	u.out, u.n = u.buf, copy(u.in[:], rest)
}
