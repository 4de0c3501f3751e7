// Package encoded reads texts in whatever encoding a Chinese Windows saves them: UTF-8, UTF-16 or
// GB18030, with a byte order mark or without.
package encoded

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// ErrZero is the error of a text that holds a zero byte.
var ErrZero = errors.New("a zero byte within text")

// ByHand is a text that somebody wrote for the program, a list or a configuration, as UTF-8 without
// a byte order mark. The error says what to do.
func ByHand(data []byte) (string, error) {
	text, err := Text(data)
	if err != nil {
		return "", fmt.Errorf("its encoding cannot be told (%w): save it as UTF-8 with a byte order mark (记事本: 另存为, 编码选“带有 BOM 的 UTF-8”)", err)
	}
	return string(text), nil
}

// Text gives a text as UTF-8, without a byte order mark. A byte order mark decides; without one, what has
// delimiters and line ends in UTF-16 is that, what is UTF-8 to its last byte is UTF-8,
// and what is not is GB18030, with the euro sign of code page 936.
//
// Decoders never fail and the wrong one gives clean-looking nonsense, so two cases
// that this order would take wrongly are refused: a text of both encodings, and one
// that is UTF-8 without a character of more than two bytes, as no Chinese is, but
// would be GB18030 as well. Whatever else was read wrongly has no header that
// anybody knows.
//
// Where nothing is to be changed the text is data itself.
func Text(data []byte) (text []byte, err error) {
	unclear := func(detail string) ([]byte, error) { return nil, errors.New(detail) }
	order := Order(data)
	switch {
	case order != nil:
		text, err = io.ReadAll(UTF16(bytes.NewReader(data), order))
		if text = bytes.TrimPrefix(text, []byte("\uFEFF")); err != nil || !utf8.Valid(text) {
			return unclear("UTF-16, but for some of it")
		}
	case bytes.HasPrefix(data, []byte("\uFEFF")):
		if text = data[len("\uFEFF"):]; !utf8.Valid(text) {
			return unclear("marked as UTF-8, which it is not")
		}
	case utf8.Valid(data):
		text = data
		if w := widest(data); w >= utf8.RuneSelf && w < threeBytes && !strings.ContainsRune(GB18030(data), utf8.RuneError) {
			return unclear("may be UTF-8 or GB18030")
		}
	default:
		for line := range bytes.Lines(data) {
			if utf8.Valid(line) && widest(line) >= threeBytes {
				return unclear("one line is UTF-8 and another is not")
			}
		}
		if text = []byte(GB18030(data)); bytes.ContainsRune(text, utf8.RuneError) {
			return unclear("neither UTF-8 nor GB18030")
		}
	}
	switch {
	case bytes.ContainsRune(text, utf8.RuneError):
		return unclear("characters were lost when it was written")
	case bytes.IndexByte(text, 0) >= 0:
		return nil, ErrZero
	}
	return text, nil
}

// threeBytes is the first byte of the first character that has three in UTF-8.
const threeBytes = 0xE0

// widest is the first byte of the widest character of UTF-8.
func widest(text []byte) (most byte) {
	for _, c := range text {
		most = max(most, c)
	}
	return most
}
