// Package encodedtest writes texts as editors and spreadsheets of a Chinese Windows save them, for
// the tests of those who read them.
package encodedtest

import (
	"encoding/binary"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Mark is the byte order mark.
const Mark = "\uFEFF"

// Ways are a text by the names of the encodings that it is saved in; it must be of GB18030.
func Ways(text string) map[string][]byte {
	coded, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		panic(err)
	}
	return map[string][]byte{
		"UTF-8":            []byte(text),
		"UTF-8 with mark":  []byte(Mark + text),
		"UTF-16":           wide(Mark+text, binary.LittleEndian),
		"UTF-16 big first": wide(Mark+text, binary.BigEndian),
		"GB18030":          coded,
	}
}

func wide(text string, order binary.AppendByteOrder) (coded []byte) {
	for _, unit := range utf16.Encode([]rune(text)) {
		coded = order.AppendUint16(coded, unit)
	}
	return coded
}
