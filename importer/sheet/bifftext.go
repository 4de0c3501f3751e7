package sheet

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// codePages are those of Windows and, with 10000, of the Macintosh, by which BIFF5
// encodes its texts. Of Chinese texts GB18030 also reads what 936 has no place for.
var codePages = map[uint16]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852,
	855: charmap.CodePage855, 858: charmap.CodePage858, 860: charmap.CodePage860,
	862: charmap.CodePage862, 863: charmap.CodePage863, 865: charmap.CodePage865,
	866: charmap.CodePage866, 874: charmap.Windows874, 932: japanese.ShiftJIS,
	936: simplifiedchinese.GB18030, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252,
	1253: charmap.Windows1253, 1254: charmap.Windows1254, 1255: charmap.Windows1255,
	1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh, 0x8000: charmap.Macintosh, 0x8001: charmap.Windows1252,
}

// codePage gives the decoder of a code page, nil for one that is not known.
func codePage(number uint16) *encoding.Decoder {
	if page, ok := codePages[number]; ok {
		return page.NewDecoder()
	}
	return nil
}

// content reads what a record and the CONTINUE records behind it hold.
type content struct {
	piece []byte   // what is left of the record
	rest  *records // nil: nothing continues
}

// more moves to the CONTINUE record that follows.
func (c *content) more() bool {
	if c.rest == nil {
		return false
	}
	ahead := *c.rest
	id, piece, ok := ahead.next()
	if !ok || id != recordContinue {
		return false
	}
	*c.rest, c.piece = ahead, piece
	return true
}

// number reads a number of width bytes, at most four.
func (c *content) number(width int) (n int, ok bool) {
	for i := range width {
		for len(c.piece) == 0 {
			if !c.more() {
				return 0, false
			}
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
		return dst, b.damaged("half a character in a text")
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
	if !bytes.ContainsFunc(dst[from:], func(r rune) bool { return r >= utf8.RuneSelf }) {
		return dst, nil
	}
	if b.decoder == nil {
		return dst[:from], b.damaged("a text of an unknown code page")
	}
	text, err := b.decoder.Bytes(dst[from:])
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return dst[:from], b.damaged("a text that is not of its code page")
	}
	return append(dst[:from], text...), nil
}

// characters reads n characters into units. Where they go on in another record, that
// says anew whether they are wide.
func (b *biff) characters(c *content, n int, wide bool) bool {
	for n > 0 {
		if len(c.piece) == 0 {
			if !c.more() || len(c.piece) == 0 {
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

// appendUTF16 appends UTF-16 as UTF-8; ok is false if there is half a character.
func appendUTF16(dst []byte, units []uint16) (_ []byte, ok bool) {
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
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
	for i := range n {
		at := len(texts.bytes)
		var err error
		if texts.bytes, err = b.text(texts.bytes, c, 2); err != nil {
			return err
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
	return nil
}
