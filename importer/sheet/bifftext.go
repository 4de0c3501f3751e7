package sheet

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// content reads what a record and the CONTINUE records behind it hold.
type content struct {
	piece []byte   // what is left of the record
	rest  *records // nil: nothing continues
}

// more moves to the CONTINUE record that follows, passing over empty ones.
func (c *content) more() bool {
	if c.rest == nil {
		return false
	}
	for {
		ahead := *c.rest
		id, piece, ok := ahead.next()
		if !ok || id != recordContinue {
			return false
		}
		if *c.rest, c.piece = ahead, piece; len(piece) > 0 {
			return true
		}
	}
}

// done says whether nothing is left.
func (c *content) done() bool { return len(c.piece) == 0 && !c.more() }

// number reads a number of width bytes, at most four.
func (c *content) number(width int) (n int, ok bool) {
	for i := range width {
		if c.done() {
			return 0, false
		}
		n |= int(c.piece[0]) << (8 * i)
		c.piece = c.piece[1:]
	}
	return n, true
}

// skip passes over n bytes.
func (c *content) skip(n int) bool {
	for n > len(c.piece) {
		n -= len(c.piece)
		if !c.more() {
			return false
		}
	}
	c.piece = c.piece[n:]
	return true
}

// Flags of a text of BIFF8.
const (
	flagWide     = 1 << 0 // two bytes a character, else the low one of two
	flagReadings = 1 << 2 // readings (phonetics) follow
	flagRich     = 1 << 3 // runs of fonts follow
)

// text appends to dst a text whose number of characters has width bytes.
func (b *biff) text(dst []byte, c *content, width int) ([]byte, error) {
	n, ok := c.number(width)
	if !ok {
		return dst, b.damaged("a text without length")
	}
	if n > b.book.limits.Text {
		return dst, over(b.stream, "text", int64(b.book.limits.Text))
	}
	b.runs = b.runs[:0]
	if b.old {
		return b.bytes(dst, c, n)
	}
	flags, ok := c.number(1)
	if !ok && n == 0 {
		return dst, nil // some writers spare the flags
	}
	runs, readings := 0, 0
	if ok && flags&flagRich != 0 {
		runs, ok = c.number(2)
	}
	if ok && flags&flagReadings != 0 {
		readings, ok = c.number(4)
	}
	b.units = b.units[:0]
	if ok = ok && b.characters(c, n, flags&flagWide != 0) && b.fontRuns(c, runs, 2) && c.skip(readings); !ok {
		return dst, b.damaged("a text runs over its record")
	}
	if dst, ok = appendUTF16(dst, b.units); !ok {
		return dst, b.damaged("half a character in a text, or what is none")
	}
	return dst, nil
}

// bytes appends a text of n bytes of the code page.
func (b *biff) bytes(dst []byte, c *content, n int) ([]byte, error) {
	from := len(dst)
	for n > len(c.piece) {
		n -= len(c.piece)
		dst = append(dst, c.piece...)
		if !c.more() {
			return dst[:from], b.damaged("a text runs over its record")
		}
	}
	dst = append(dst, c.piece[:n]...)
	c.piece = c.piece[n:]
	if bytes.IndexByte(dst[from:], 0) >= 0 {
		return dst[:from], b.damaged("a zero in a text")
	}
	if !bytes.ContainsFunc(dst[from:], func(r rune) bool { return r >= utf8.RuneSelf }) {
		return dst, nil
	}
	if b.page == nil {
		return dst[:from], b.damaged("a text of an unknown code page")
	}
	text := b.page(dst[from:])
	if strings.ContainsRune(text, utf8.RuneError) {
		return dst[:from], b.damaged("a text that is not of its code page")
	}
	return append(dst[:from], text...), nil
}

// characters reads n characters into units. Where they go on in another record, that
// says anew whether they are wide.
func (b *biff) characters(c *content, n int, wide bool) bool {
	for n > 0 {
		if len(c.piece) == 0 {
			if !c.more() {
				return false
			}
			wide = c.piece[0]&flagWide != 0
			c.piece = c.piece[1:]
			continue
		}
		size := 1
		if wide {
			size = 2
		}
		now := min(n, len(c.piece)/size)
		if now == 0 {
			return false
		}
		for i := range now {
			unit := uint16(c.piece[i*size])
			if wide {
				unit = binary.LittleEndian.Uint16(c.piece[2*i:])
			}
			b.units = append(b.units, unit)
		}
		c.piece = c.piece[now*size:]
		n -= now
	}
	return true
}

// appendUTF16 appends UTF-16 as UTF-8; ok is false if there is half a character, or a
// zero or U+FFFF, which are none and fill lost sectors.
func appendUTF16(dst []byte, units []uint16) (_ []byte, ok bool) {
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if r == 0 || r == 0xFFFF {
			return dst, false
		}
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if i++; i < len(units) {
				low = rune(units[i])
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				return dst, false
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst, true
}

// sharedStrings reads the texts that cells name by number.
func (b *biff) sharedStrings(body []byte, r *records) error {
	if b.strings.texts != nil {
		return b.damaged("shared strings twice")
	}
	limits := b.book.limits
	from := r.pos
	c := &content{piece: body, rest: r}
	_, _ = c.number(4) // how often they are named
	n, ok := c.number(4)
	if !ok {
		return b.damaged("the shared strings are cut off")
	}
	if n > limits.Strings {
		return over(b.stream, "strings", int64(limits.Strings))
	}
	b.strings.texts = []string{}
	texts := &glued{}
	give := func(i int, text string) { b.strings.texts[i] = text }
	empty := 0 // texts without characters, one after the other
	for i := 0; i < n && !c.done(); i++ {
		at := len(texts.bytes)
		var err error
		if texts.bytes, err = b.text(texts.bytes, c, 2); err != nil {
			return err
		}
		if empty++; len(texts.bytes) > at {
			empty = 0
		}
		if empty > fewEmpty {
			return b.damaged("shared strings that are lost")
		}
		if int64(r.pos-from) > limits.SharedStrings {
			return over(b.stream, "shared_strings", limits.SharedStrings)
		}
		b.strings.texts = append(b.strings.texts, "")
		b.strings.mark(i, b.textMarks(texts.bytes[at:]))
		texts.spans = append(texts.spans, cut{i, at, len(texts.bytes)})
		if len(texts.bytes) > window {
			texts.split(give)
		}
	}
	texts.split(give)
	if !c.done() {
		return b.damaged("more shared strings than announced")
	}
	return nil
}

// fewEmpty is how many empty shared strings may follow one another: nobody shares
// them, and zeros in place of the texts read as many.
const fewEmpty = 8
