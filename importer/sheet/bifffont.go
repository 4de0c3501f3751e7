package sheet

import (
	"unicode/utf16"
	"unicode/utf8"
)

// fontRun is where in a text another font begins: after that many units of UTF-16 or,
// in BIFF5, bytes of the code page.
type fontRun struct{ from, font int }

// addFont reads a font. A record that is cut off is a plain one.
func (b *biff) addFont(body []byte) {
	const struck, raised = 1 << 3, 1
	var f font
	if len(body) >= 10 {
		f = font{struck: body[2]&struck != 0, raised: body[8] == raised}
	}
	b.fonts = append(b.fonts, f)
	b.marking = b.marking || f != font{}
}

// font gives a font by its number. None has the number 4.
func (b *biff) font(number int) font {
	if number > 4 {
		number--
	}
	if number < len(b.fonts) {
		return b.fonts[number]
	}
	return font{}
}

// fontRuns reads n runs of a text, of two numbers of width bytes each.
func (b *biff) fontRuns(c *content, n, width int) bool {
	for range n {
		from, _ := c.number(width)
		font, ok := c.number(width)
		if !ok {
			return false
		}
		b.runs = append(b.runs, fontRun{from, font})
	}
	return true
}

// textMarks gives the marks of the text that was read last.
func (b *biff) textMarks(text []byte) marks {
	if len(b.runs) == 0 || !b.marking {
		return wholly
	}
	var (
		runs    []run
		current run
		units   int
		rest    = b.runs
	)
	for at, r := range string(text) {
		for len(rest) > 0 && rest[0].from <= units {
			current.to = at
			runs = append(runs, current)
			current = run{own: true, font: b.font(rest[0].font)}
			rest = rest[1:]
		}
		units += b.width(r)
	}
	current.to = len(text)
	return marksOf(text, append(runs, current))
}

// width is how far a character moves on the count of a run.
func (b *biff) width(r rune) int {
	switch {
	case !b.old:
		return utf16.RuneLen(r)
	case r < utf8.RuneSelf:
		return 1
	}
	return 2 // as in the code pages of Chinese
}
