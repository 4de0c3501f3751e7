package consistency

import (
	"regexp"
	"strconv"
	"strings"
)

// A number as it is shown: the value of its last digit is its step.
type number struct {
	value, step float64
	unit        string
}

var shownNumber = regexp.MustCompile(`^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))? ?(%|亿元|万元|个百分点|个单位|个|项|家|次|份|条|行|人|名|亩|件|处|对|天)?$`)

// parseNumber reads a shown number, with what it counts if that follows.
func parseNumber(text string) (number, bool) {
	m := shownNumber.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return number{}, false
	}
	value, err := strconv.ParseFloat(m[1]+strings.ReplaceAll(m[2], ",", "")+"."+m[3], 64)
	if err != nil {
		return number{}, false
	}
	n := number{value: value, step: 1, unit: m[4]}
	for range len(m[3]) {
		n.step /= 10
	}
	return n, true
}

// in is the number in 万元 where it is money.
func (n number) in(unit string) number {
	if unit == "亿元" {
		n.value, n.step = n.value*1e4, n.step*1e4
	}
	return n
}

// counts is what a count counts; "" for money, shares and where it is not told. People are
// told in two words.
func (n number) counts() string {
	switch n.unit {
	case "%", "亿元", "万元", "个百分点", "个单位":
		return ""
	case "名":
		return "人"
	}
	return n.unit
}

// agrees reports whether two numbers can be one, each rounded to its own step.
func (n number) agrees(other number) bool {
	if n.counts() != other.counts() && n.counts() != "" && other.counts() != "" {
		return false
	}
	apart := max(n.value-other.value, other.value-n.value)
	if n.step == other.step {
		return apart < n.step/1e4
	}
	return apart <= (n.step+other.step)/2*1.0001
}

var (
	bracketed = regexp.MustCompile(`[（(](?:个|亿元|万元|百分点|家|次|亩|项|吨标煤|万元/亩|份|人|行|条)(?:、[^）)]*)?[）)]`)
	blanks    = regexp.MustCompile(`\s+`)
)

// clean takes line breaks and units in brackets out of a heading.
func clean(words string) string {
	return blanks.ReplaceAllString(bracketed.ReplaceAllString(words, ""), "")
}

// unitOf is the unit that a heading names in brackets.
func unitOf(words string) string {
	for _, unit := range []string{"亿元", "万元"} {
		if strings.Contains(words, unit) {
			return unit
		}
	}
	return ""
}
