package sheet

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// decodeText gives a text as UTF-8. A byte order mark decides; without one, what has
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
func decodeText(data []byte) (text []byte, err error) {
	unclear := func(detail string) ([]byte, error) { return nil, refuse(FileCSV, detail) }
	order := textOrder(data)
	switch {
	case order != nil:
		text, err = io.ReadAll(&utf16Reader{r: bytes.NewReader(data), order: order})
		if text = bytes.TrimPrefix(text, []byte("\uFEFF")); err != nil || !utf8.Valid(text) {
			return unclear("UTF-16, but for some of it")
		}
	case hasPrefix(data, "\uFEFF"):
		if text = data[len("\uFEFF"):]; !utf8.Valid(text) {
			return unclear("marked as UTF-8, which it is not")
		}
	case utf8.Valid(data):
		text = data
		if w := widest(data); w >= utf8.RuneSelf && w < threeBytes && !strings.ContainsRune(fromGB18030(data), utf8.RuneError) {
			return unclear("may be UTF-8 or GB18030")
		}
	default:
		for line := range bytes.Lines(data) {
			if utf8.Valid(line) && widest(line) >= threeBytes {
				return unclear("one line is UTF-8 and another is not")
			}
		}
		if text = []byte(fromGB18030(data)); bytes.ContainsRune(text, utf8.RuneError) {
			return unclear("neither UTF-8 nor GB18030")
		}
	}
	switch {
	case bytes.ContainsRune(text, utf8.RuneError):
		return unclear("characters were lost when it was written")
	case bytes.IndexByte(text, 0) >= 0:
		return nil, damaged("", "a zero byte within text")
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
