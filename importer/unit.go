package importer

import (
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A unit is a unit that figures are given in. Worth is what one of it is in the parts
// that ledger.Value holds: 分, millionths, ten-thousandths of a thing or of a mu.
type unit struct {
	word  string
	kind  unitKind
	worth int64
}

type unitKind uint8

const (
	noKind unitKind = iota
	money
	area
	share
	things
)

const (
	mu      = form.CountScale       // 亩
	percent = form.RateScale / 100  // 1%
	whole   = int64(form.RateScale) // 1, that is 100%
)

// units are the units by every word that is read; the first word of a worth is its name.
var units = allUnits()

func allUnits() map[string]unit {
	all := map[string]unit{}
	add := func(kind unitKind, worth int64, words ...string) {
		for _, word := range words {
			all[word] = unit{words[0], kind, worth}
		}
	}
	add(money, int64(ledger.Yuan), "元", "圆")
	add(money, int64(ledger.ThousandYuan), "千元")
	add(money, int64(ledger.TenThousandYuan), "万元", "万")
	add(money, int64(ledger.MillionYuan), "百万元")
	add(money, int64(ledger.HundredMillionYuan), "亿元", "亿")
	add(area, mu, "亩")
	add(area, mu*15/10_000, "平方米", "㎡", "m²", "m2", "M2", "平米")
	add(area, mu*15, "万平方米", "公顷", "hm²", "hm2", "ha")
	add(area, mu*1500, "平方公里", "km²", "km2")
	add(share, percent, "%")
	for _, word := range strings.Fields("个 项 次 家 户 人 件 条 名 场 期 处 座 套 台") {
		add(things, form.CountScale, word)
	}
	return all
}

// The units that are meant where nothing is named.
var (
	noUnit          unit
	tenThousandYuan = units["万元"]
	wholes          = unit{kind: share, worth: whole}            // fractions: 0.85
	pieces          = unit{kind: things, worth: form.CountScale} // of anything
)

// unitNamed finds the unit that a word names: 万元, 人民币万元, 单位:万元.
func unitNamed(word string) (unit, bool) {
	word = strings.TrimPrefix(strings.Trim(ledger.Fold(word), ":"), "单位")
	word = strings.TrimSuffix(strings.TrimPrefix(strings.Trim(word, ":"), "人民币"), "人民币")
	m, ok := units[word]
	return m, ok
}

// unknownMoney reports whether a word names a unit of money that is not read: 万美元, 角.
func unknownMoney(word string) bool {
	word = ledger.Fold(word)
	if _, ok := unitNamed(word); ok {
		return false
	}
	for _, currency := range []string{"元", "币", "角", "美金", "英镑"} {
		if strings.HasSuffix(word, currency) {
			return true
		}
	}
	return false
}

// unitAfter takes the longest unit off the end of a text: "3500万元" is "3500" and 万元.
func unitAfter(text string) (rest string, m unit) {
	longest := 0
	for word, known := range units {
		if len(word) > longest && strings.HasSuffix(text, word) {
			rest, m, longest = strings.TrimSuffix(text, word), known, len(word)
		}
	}
	if longest == 0 {
		return text, noUnit
	}
	return rest, m
}

// unitBefore finds the longest unit of money, in full, that a text begins with; 元/亩
// begins with none, nor does 万美元.
func unitBefore(text string) (m unit) {
	longest := 0
	text = ledger.Fold(text)
	for word, known := range units {
		rest, ok := strings.CutPrefix(text, word)
		if ok && len(word) > longest && strings.HasSuffix(word, "元") && !strings.HasPrefix(rest, "/") {
			m, longest = known, len(word)
		}
	}
	return m
}

// suits reports whether a heading that names the unit may be that of a column of the type.
func (m unit) suits(t form.Type) bool {
	switch m.kind {
	case noKind:
		return true
	case money:
		return t == form.AmountType || t == form.TextType
	case area, things:
		return t == form.CountType || t == form.TextType
	default:
		return t == form.RateType || t == form.TextType
	}
}

// confirms reports whether the unit is the very one that columns of the type have.
func (m unit) confirms(t form.Type) bool {
	return m.kind != noKind && t != form.TextType && m.suits(t)
}
