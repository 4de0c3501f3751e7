package form

import (
	"regexp"
	"slices"
	"strings"

	"huizong/internal/ledger"
)

var (
	// numbered is what stands before a name in a list: 1. or （二）.
	numbered = regexp.MustCompile(`^(\d+[.)]|\([\d一二三四五六七八九十]+\))`)
	// tallied is a number of things instead of their names: 60余家, 十余户企业, 等5家. Chinese
	// numerals count only where nothing but such a word stands before them: 百家 may end a name.
	tallied = regexp.MustCompile(`((约|近|共|超|超过|等)?\d+(余|多|几|来)?|(^|约|近|共|超过|等)([一二两三四五六七八九十百千]+|多|数|若干)(余|多|几|来)?)` +
		`(家|户|个)(企业|公司|单位|客商|商协会)?(以上|左右)?$`)
)

func parts(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；;/\n", r) })
}

// Firms splits a text that names several firms, however they are parted and numbered: each
// folded, without its legal form, and once. A number of firms names none, and 等5家 at the
// end of a name is cut off.
func Firms(text string) []string {
	var names []string
	for _, part := range parts(text) {
		name := numbered.ReplaceAllString(ledger.Fold(part), "")
		name = ledger.WithoutLegalForm(strings.TrimSuffix(tallied.ReplaceAllString(name, ""), "等"))
		if strings.Trim(name, "0123456789.一二三四五六七八九十") != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

type namesOnly struct{ text Text }

// NamesOnly holds of a text that names what it speaks of and does not count it: 60余家 says
// how many, and nobody can tell which.
func NamesOnly(text Text) Statement { return namesOnly{text} }

func (n namesOnly) String() string { return n.text.String() + " 写明名称而不是数量" }
func (n namesOnly) Judge(e *Env) Outcome {
	text := n.text.Of(e.Now)
	if text == "" {
		return Undecided
	}
	return outcome(!slices.ContainsFunc(parts(text), func(part string) bool { return tallied.MatchString(ledger.Fold(part)) }))
}
func (n namesOnly) Explain(*Env) string { return "逐个写明名称" }
func (n namesOnly) compile(c *compiler) (passes, fails string) {
	c.cannot("“" + n.text.String() + "”里写的是名称还是数量，公式认不出")
	return never, never
}
