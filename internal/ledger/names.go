package ledger

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Names parts a field that names several people or units, however they are parted:
// 住建局、城管局 are two.
func Names(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、,，;；/／", r) || unicode.IsSpace(r) })
}

// An Identity is what tells the rows of one form apart. Code is blank unless it is sound;
// Name and Owner are folded by the county, so that spelling does not matter.
type Identity struct {
	Code  ProjectCode
	Name  string
	Owner string // 项目单位, else 责任单位
}

// Key names the row within its form and department: the code, else name and owner.
func (id Identity) Key() string {
	if id.Code != "" {
		return string(id.Code)
	}
	return id.Name + "|" + id.Owner
}

// A Bond is what two rows have in common that may make them one; the stronger is greater.
type Bond int

const (
	Unbound      Bond = iota
	SameName          // one name under different owners or codes: no proof between departments
	SameCode          // one code under unlike names: no proof between departments
	NameAndOwner      // one project
	CodeAndName       // one project
)

// Bond tells what ties two rows together. Stages and sections that differ (一期, 二标段)
// part what bears one name or code.
func (id Identity) Bond(other Identity) Bond {
	sameCode := id.Code != "" && id.Code == other.Code
	apart := id.Code != "" && other.Code != "" && !sameCode
	switch {
	case !slices.Equal(Sections(id.Name), Sections(other.Name)):
		return Unbound
	case sameCode && Similar(id.Name, other.Name):
		return CodeAndName
	case sameCode:
		return SameCode
	case id.Name == "" || id.Name != other.Name:
		return Unbound
	case apart || id.Owner != other.Owner:
		return SameName
	}
	return NameAndOwner
}

// What names tell stages and sections apart by: a mark, then a measure.
const (
	marks    = "0123456789一二三四五六七八九十ABCDEFGHabcdefgh东南西北上中下"
	measures = "期标段批号年)"
)

// Sections are the stages, sections, lots and years of a folded name, in its order: 一期,
// 2标段, 东段, (二), 2024年. Chinese numerals are compared as digits: 二期 is 2期.
func Sections(name string) []string {
	var found []string
	runes := []rune(name)
	for i := 0; i < len(runes); i++ {
		from := i
		for i < len(runes) && strings.ContainsRune(marks, runes[i]) {
			i++
		}
		if i > from && i < len(runes) && strings.ContainsRune(measures, runes[i]) {
			found = append(found, digits(string(runes[from:i]))+string(runes[i]))
		}
	}
	return found
}

// digits writes Chinese numerals below a hundred, and numbers spelled digit by digit, in
// digits; what is no numeral stays.
func digits(number string) string {
	if tens, ones, found := strings.Cut(number, "十"); found {
		number = cmp.Or(tens, "一") + cmp.Or(ones, "0")
	}
	return numerals.Replace(number)
}

var numerals = strings.NewReplacer("一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// Similar reports whether two folded names may well be one: one holds the other, or two
// fifths of their pairs of neighbouring characters are in both.
func Similar(a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	mine, theirs := pairs(a), pairs(b)
	shared := 0
	for pair, n := range mine {
		shared += min(n, theirs[pair])
	}
	return shared > 0 && 5*shared >= total(mine)+total(theirs)
}

func pairs(name string) map[[2]rune]int {
	found := map[[2]rune]int{}
	runes := []rune(name)
	for i := 1; i < len(runes); i++ {
		found[[2]rune{runes[i-1], runes[i]}]++
	}
	return found
}

func total(counts map[[2]rune]int) (sum int) {
	for _, n := range counts {
		sum += n
	}
	return sum
}
