package ledger

import (
	"strings"
	"unicode"
)

// Names parts a field that names several people or units, however they are parted:
// 住建局、城管局 are two.
func Names(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、,，;；/／", r) || unicode.IsSpace(r) })
}
