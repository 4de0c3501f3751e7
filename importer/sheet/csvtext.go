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
func decodeText(data []byte) (string, error) {
	unclear := func(detail string) (string, error) { return "", refuse(FileCSV, detail) }
	var text string
	order := textOrder(data)
	switch {
	case order != nil:
		wide, err := io.ReadAll(&utf16Reader{r: bytes.NewReader(data), order: order})
		if text = strings.TrimPrefix(string(wide), "\uFEFF"); err != nil || !utf8.ValidString(text) {
			return unclear("UTF-16, but for some of it")
		}
	case hasPrefix(data, "\uFEFF"):
		if text = string(data[len("\uFEFF"):]); !utf8.ValidString(text) {
			return unclear("marked as UTF-8, which it is not")
		}
	case utf8.Valid(data):
		text = string(data)
		if w := widest(data); w >= utf8.RuneSelf && w < threeBytes && !strings.ContainsRune(fromGB18030(data), utf8.RuneError) {
			return unclear("may be UTF-8 or GB18030")
		}
	default:
		for line := range bytes.Lines(data) {
			if utf8.Valid(line) && widest(line) >= threeBytes {
				return unclear("one line is UTF-8 and another is not")
			}
		}
		if text = fromGB18030(data); strings.ContainsRune(text, utf8.RuneError) {
			return unclear("neither UTF-8 nor GB18030")
		}
	}
	switch {
	case strings.ContainsRune(text, utf8.RuneError):
		return unclear("characters were lost when it was written")
	case strings.ContainsRune(text, 0):
		return "", damaged("", "a zero byte within text")
	}
	return text, nil
}

// threeBytes is the first character that is three bytes in UTF-8.
const threeBytes = 0x800

// widest gives the character of the highest number.
func widest(text []byte) rune {
	most := rune(0)
	for _, r := range string(text) {
		most = max(most, r)
	}
	return most
}
