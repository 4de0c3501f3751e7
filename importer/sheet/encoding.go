package sheet

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"huizong/internal/encoded"
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
		s.r = encoded.UTF16(io.MultiReader(bytes.NewReader(bytes.Clone(s.win)), rest), order)
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
	"gb2312": encoded.GB18030, "gbk": encoded.GB18030, "gb18030": encoded.GB18030, "iso-8859-1": pageOf(charmap.ISO8859_1),
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
	case hasPrefix(b, "\x00<"):
		return binary.BigEndian
	case hasPrefix(b, "<\x00"):
		return binary.LittleEndian
	}
	return encoded.Marked(b)
}
