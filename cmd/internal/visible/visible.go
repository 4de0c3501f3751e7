// Package visible shows the characters of strangers' text that a terminal would obey and those
// that it would show as nothing: a file's name must not move the cursor, turn the line round,
// begin a line of its own or look like another name.
package visible

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Text is the text on one line of a terminal, with such characters as \n, \x1b or \u202e, and
// bytes that are no UTF-8 as \xff. A backslash stays as it is: paths of Windows are full of them.
func Text(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r == utf8.RuneError || hidden(r) }) {
		return text
	}
	var shown strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && size == 1:
			shown.WriteString(`\x` + strconv.FormatUint(uint64(text[0]), 16))
		case hidden(r):
			quoted := strconv.QuoteRuneToASCII(r)
			shown.WriteString(quoted[1 : len(quoted)-1])
		default:
			shown.WriteString(text[:size])
		}
		text = text[size:]
	}
	return shown.String()
}

// Lines is the text of several lines, JSON or a page, with such characters as \u202e: in JSON, which has them within strings
// alone, the same values. Control characters are whoever's made the lines.
func Lines(text []byte) []byte {
	shown := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if r < ' ' || !hidden(r) {
			shown = utf8.AppendRune(shown, r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			shown = append(shown, `\u`...)
			shown = append(shown, strconv.FormatUint(0x10000|uint64(unit), 16)[1:]...)
		}
	}
	return shown
}

// hidden reports whether the character is obeyed or shows nothing: control characters, those of
// format and direction, separators of lines, fillers, and selectors of variants, by which two
// names that look the same may differ. Blanks are not: they show.
func hidden(r rune) bool {
	switch { // most characters of a line, of which none needs to be looked up
	case r < utf8.RuneSelf:
		return r < ' ' || r == '\x7f'
	case r > '\u00AD' && r < '\u034F', r >= '\u2010' && r <= '\u2027', r > '\u3000' && r < '\u3164', r >= '一' && r <= '\u9FFF', r >= '！' && r <= '～':
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
