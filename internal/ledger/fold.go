package ledger

import (
	"strings"
	"unicode"
)

// Fold makes names comparable that people would call the same: full-width letters,
// digits and signs become half-width, dashes one dash, and blanks of every kind and
// invisible characters go. It never touches what words mean.
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '一' && r <= '\u9FFF':
			return r
		case r >= 0xFF01 && r <= 0xFF5E:
			r -= 0xFEE0
		case Invisible(r):
			return -1
		}
		switch r {
		case '—', '–', '‐', '‑', '−', '﹣', '―', '~', '～', '〜', '﹘':
			return '-'
		case '【', '〔', '﹝', '[':
			return '('
		case '】', '〕', '﹞', ']':
			return ')'
		case '・', '‧', '•', '●':
			return '·'
		}
		return r
	}, text)
}

// Invisible reports a character that shows nothing: a blank of any kind, a control character or
// one of format.
func Invisible(r rune) bool {
	switch { // most characters of a sheet, of which none needs to be looked up
	case r <= '~':
		return r <= ' '
	case r >= '一' && r <= '\u9FFF':
		return false
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r)
}

// WithoutLegalForm cuts 有限公司 and its like off the end of a folded name.
func WithoutLegalForm(folded string) string {
	for _, ending := range []string{"有限责任公司", "股份有限公司", "有限公司"} {
		if rest, ok := strings.CutSuffix(folded, ending); ok && rest != "" {
			return rest
		}
	}
	return folded
}
