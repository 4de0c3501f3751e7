package sheet

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// begin finds the encoding of the part, and reads the XML declaration. Only UTF-8
// and UTF-16 are legal in OOXML; of other encodings a few are read where they are
// declared. A part that is not in the encoding that it declares is refused, since
// nothing tells which one lies.
func (s *scanner) begin() error {
	wide := false
	if order := byteOrder(s.win); order != nil {
		wide = true
		rest := s.r
		if rest == nil {
			rest = bytes.NewReader(nil)
		}
		s.r = &utf16Reader{r: io.MultiReader(bytes.NewReader(bytes.Clone(s.win)), rest), order: order}
		s.win = s.own
		if err := s.fill(); err != nil {
			return err
		}
	}
	if hasPrefix(s.win, "\uFEFF") {
		s.pos = len("\uFEFF")
	}
	b := s.win[s.pos:]
	if !hasPrefix(b, "<?xml") || len(b) < 6 || class[b[5]]&inSpace == 0 {
		return nil
	}
	end := bytes.Index(b, []byte("?>"))
	if end < 0 {
		return s.damaged("the XML declaration has no end")
	}
	s.pos += end + 2
	decode, err := s.declaration(b[5:end], wide)
	if err != nil || decode == nil {
		return err
	}
	return s.recode(decode)
}

// declared are the encodings that are read where the XML declares them.
var declared = map[string]codePage{
	"gb2312": fromGB18030, "gbk": fromGB18030, "gb18030": fromGB18030, "iso-8859-1": pageOf(charmap.ISO8859_1),
}

// recode gives the rest of the part in UTF-8.
func (s *scanner) recode(decode codePage) error {
	rest := bytes.Clone(s.win[s.pos:])
	if s.r != nil {
		more, err := io.ReadAll(io.LimitReader(s.r, s.limits.Other+1))
		if err != nil {
			return err
		}
		rest = append(rest, more...)
	}
	if int64(len(rest)) > s.limits.Other {
		return over(s.part, "other", s.limits.Other)
	}
	text := decode(rest)
	if strings.ContainsRune(text, utf8.RuneError) || utf8.Valid(rest) && len(text) != len(rest) {
		return s.damaged("the XML is not in the encoding that it declares")
	}
	s.r, s.win, s.pos = nil, []byte(text), 0
	return nil
}

// declaration reads the XML declaration. It gives how to decode what is neither UTF-8
// nor UTF-16.
func (s *scanner) declaration(b []byte, wide bool) (decode codePage, err error) {
	for b = bytes.TrimSpace(b); len(b) > 0; b = bytes.TrimSpace(b) {
		s.attrs = s.attrs[:0]
		n, err := s.scanAttr(b)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return nil, s.damaged("a broken XML declaration")
		}
		b = b[n:]
		name, value := string(s.attrs[0].name), string(bytes.ToLower(s.attrs[0].value))
		switch {
		case name == "version" && value == "1.0", name == "standalone":
		case name == "encoding" && wide && (value == "utf-16" || value == "utf-16le" || value == "utf-16be"):
		case name == "encoding" && !wide && (value == "utf-8" || value == "utf8" || value == "us-ascii" || value == "ascii"):
		case name == "encoding" && !wide && declared[value] != nil:
			decode = declared[value]
		default:
			return nil, s.damaged("the XML declares %.40s=%.40q", name, value)
		}
	}
	return decode, nil
}

// byteOrder is that of a part in UTF-16, nil if it is not; a part without a mark
// begins with "<".
func byteOrder(b []byte) binary.ByteOrder {
	switch {
	case hasPrefix(b, "\xFE\xFF"), hasPrefix(b, "\x00<"):
		return binary.BigEndian
	case hasPrefix(b, "\xFF\xFE"), hasPrefix(b, "<\x00"):
		return binary.LittleEndian
	}
	return nil
}

// textOrder is the byte order of a text with columns in UTF-16, nil if it is none. One
// without a mark has delimiters and ends of lines in one order and not in the other.
func textOrder(b []byte) binary.ByteOrder {
	if hasPrefix(b, "\xFF\xFE") || hasPrefix(b, "\xFE\xFF") {
		return byteOrder(b)
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

// utf16Reader gives UTF-16 as UTF-8. Half a character becomes a byte that is not
// UTF-8, which the scanner refuses.
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
