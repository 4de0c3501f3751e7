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
	twoKinds // the sheet names two units, or one that is not known: nobody can tell
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
	add(money, int64(ledger.Yuan), "元", "块")
	for _, m := range []struct {
		yuan  int64
		words string
	}{
		{100, "百"}, {1_000, "千 K k"}, {1e4, "万"}, {1e5, "十万"}, {1e6, "百万 M"}, {1e7, "千万"},
		{1e8, "亿 个亿"}, {1e9, "十亿"}, {1e10, "百亿"}, {1e11, "千亿"}, {1e12, "万亿"},
	} {
		words := strings.Fields(m.words)
		add(money, m.yuan*int64(ledger.Yuan), append([]string{words[0] + "元"}, words...)...)
	}
	add(area, mu, "亩", "市亩")
	add(area, 10_000*mu, "万亩")
	add(area, mu*15/10_000, "平方米", "㎡", "m²", "m2", "M2", "M²", "平米", "平方", "平")
	add(area, mu*15, "公顷", "万平方米", "万㎡", "万m²", "万m2", "万平米", "万平方", "万平", "hm²", "hm2", "ha")
	add(area, mu*1500, "平方公里", "平方千米", "km²", "km2", "KM²", "KM2")
	add(share, percent, "%")
	for _, word := range strings.Fields("个 项 次 家 户 人 人次 件 条 名 场 期 处 座 套 台") {
		add(things, form.CountScale, word)
	}
	return all
}

// The units that are meant where nothing is named.
var (
	noUnit          unit
	unclearUnit     = unit{kind: twoKinds}
	tenThousandYuan = units["万元"]
	wholes          = unit{kind: share, worth: whole}            // fractions: 0.85
	pieces          = unit{kind: things, worth: form.CountScale} // of anything
)

// knownMoney are the units that a sheet should state.
const knownMoney = "元、千元、万元、百万元、亿元"

// plainNumerals makes one of the characters that mean the same number or unit.
var plainNumerals = strings.NewReplacer("億", "亿", "萬", "万", "仟", "千", "佰", "百", "拾", "十", "圆", "元", "圓", "元", "％", "%")

// renminbi are names of our own money, which say nothing of how much of it is one.
var renminbi = []string{"人民币", "RMB", "CNY", "¥", "￥"}

// unitCalled finds the unit that a word is: 万元, 億元, 人民币万元, 亿元人民币, 万元整.
func unitCalled(word string) (unit, bool) {
	m, ok := units[word]
	if ok || word == "" {
		return m, ok
	}
	word = withoutCurrency(plainNumerals.Replace(word))
	for _, end := range []string{"整", "正", "钱"} {
		if rest, cut := strings.CutSuffix(word, end); cut && units[rest].kind == money {
			word = rest
		}
	}
	m, ok = units[word]
	return m, ok
}

// withoutCurrency cuts 人民币 and its like off both ends of a word.
func withoutCurrency(word string) string {
	for _, name := range renminbi {
		word = strings.Trim(strings.TrimSuffix(strings.TrimPrefix(word, name), name), " :")
	}
	return word
}

// suits reports whether a heading that names the unit may be that of a column of the type.
func (m unit) suits(t form.Type) bool {
	switch m.kind {
	case noKind, twoKinds:
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
	return m.kind != noKind && m.kind != twoKinds && t != form.TextType && m.suits(t)
}
