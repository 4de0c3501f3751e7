package encoded

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// laterGB18030 are the codes of two bytes that GB 18030-2005 (A8BC) and GB 18030-2022
// (the others) give a character, and x/text none: vertical punctuation, and ideographs
// and components that Unicode took in after 2000.
var laterGB18030 = map[uint16]rune{
	0xA6D9: 0xFE10, 0xA6DA: 0xFE12, 0xA6DB: 0xFE11, 0xA6DC: 0xFE13, 0xA6DD: 0xFE14, 0xA6DE: 0xFE15, 0xA6DF: 0xFE16,
	0xA6EC: 0xFE17, 0xA6ED: 0xFE18, 0xA6F3: 0xFE19, 0xA8BC: 0x1E3F,
	0xFE59: 0x9FB4, 0xFE61: 0x9FB5, 0xFE66: 0x9FB6, 0xFE67: 0x9FB7, 0xFE6D: 0x9FB8, 0xFE7E: 0x9FB9, 0xFE90: 0x9FBA, 0xFEA0: 0x9FBB,
}

// GB18030 is a text in GB18030 as UTF-8, with U+FFFD for what is none.
func GB18030(data []byte) string {
	text := decoded(data)
	if !strings.ContainsRune(text, utf8.RuneError) {
		return text
	}
	var out strings.Builder
	from := 0
	for at := 0; at < len(data); {
		width := Width(data[at:])
		if width == 2 {
			if r, ok := other(data[at], data[at+1]); ok {
				out.WriteString(decoded(data[from:at]))
				out.WriteRune(r)
				from = at + width
			}
		}
		at += width
	}
	if from == 0 {
		return text
	}
	out.WriteString(decoded(data[from:]))
	return out.String()
}

// other is the character of a code of two bytes that x/text does not know: a later one, or one of the first two areas
// that GB 18030 leaves to users, in which Windows puts characters of their own making. The third, of A140 to A7A0, is
// taken for none, since it is where the commonest characters of Big5 stand.
func other(row, cell byte) (r rune, ok bool) {
	if r, ok = laterGB18030[uint16(row)<<8|uint16(cell)]; ok {
		return r, true
	}
	const first, wide = 0xA1, 94
	switch {
	case cell < first || cell == 0xFF:
	case 0xAA <= row && row <= 0xAF:
		return 0xE000 + rune(row-0xAA)*wide + rune(cell-first), true
	case 0xF8 <= row && row <= 0xFE:
		return 0xE234 + rune(row-0xF8)*wide + rune(cell-first), true
	}
	return 0, false
}

// Width is how many bytes the first character of b, which is not empty, has in GB18030.
func Width(b []byte) int {
	switch {
	case b[0] <= 0x80 || b[0] == 0xFF || len(b) < 2:
		return 1
	case '0' <= b[1] && b[1] <= '9':
		return min(4, len(b))
	}
	return 2
}

func decoded(data []byte) string {
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return string(utf8.RuneError)
	}
	return string(text)
}
