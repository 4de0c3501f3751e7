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
		case r >= 0xFF01 && r <= 0xFF5E:
			r -= 0xFEE0
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.IsControl(r):
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

// WithoutLegalForm cuts 有限公司 and its like off the end of a folded name.
func WithoutLegalForm(folded string) string {
	for _, ending := range []string{"有限责任公司", "股份有限公司", "有限公司"} {
		if rest, ok := strings.CutSuffix(folded, ending); ok && rest != "" {
			return rest
		}
	}
	return folded
}
