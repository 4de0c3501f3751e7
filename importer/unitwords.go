package importer

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A wording is what words say of units: of each kind the first, and what is wrong with them.
type wording struct {
	money, area, share, things unit
	two                        string // two units of one kind: 万元、亿元
	twoOf                      unitKind
	alien                      string // a unit of money that is not read: 万美元, 元/亩
	alienArea                  string // a unit of length or area that is not read: 公里, 分
}

// silent reports words that say nothing of units.
func (w wording) silent() bool { return w == wording{} }

// first is the unit that was named, of money before others.
func (w wording) first() unit {
	for _, m := range []unit{w.money, w.area, w.share} {
		if m.kind != noKind {
			return m
		}
	}
	return w.things
}

// of is the unit that the words give to a column; an unclear one where they give it two, or
// one that is not read.
func (w wording) of(c *form.Column) unit {
	switch {
	case c.Type == form.AmountType && (w.twoOf == money || w.alien != ""),
		c.Type == form.CountType && w.twoOf == area, c.Role == form.RoleLand && w.alienArea != "":
		return unclearUnit
	case c.Type == form.AmountType && w.money.kind != noKind:
		return w.money
	case c.Type == form.CountType && w.area.kind != noKind:
		return w.area
	}
	return w.first()
}

// The words by which money of others is known, and the lengths and areas that are no unit of
// land here.
var (
	foreignWords = strings.Fields("美元 美金 美刀 美圆 港元 港币 港幣 欧元 日元 英镑 韩元 韩币 澳元 澳币 加元 加币 新元 纽元 瑞郎 新台币 台币 卢布 泰铢 法郎 外币 $ € £ ₩ USD HKD EUR JPY GBP KRW TWD AUD CAD")
	alienAreas   = map[string]bool{}
)

func init() {
	for _, word := range strings.Fields("公里 千米 米 里 分 厘 顷 英亩 平方英尺 km m 步 丈 平方丈 平方里") {
		alienAreas[word] = true
	}
}

func foreign(text string) bool {
	return slices.ContainsFunc(foreignWords, func(word string) bool { return strings.Contains(text, word) })
}

// foreignUnit reports a unit of money that is not read: 万美元, 角, 万万元.
func foreignUnit(text string) bool {
	if slices.ContainsFunc(foreignWords, func(word string) bool { return strings.HasSuffix(text, word) }) {
		return true
	}
	amount, ok := strings.CutSuffix(text, "元")
	return strings.HasSuffix(text, "角") || ok && amount != "" && strings.Trim(plainNumerals.Replace(amount), "十百千万亿") == ""
}

var (
	// wordsBefore and wordsBehind stand beside a unit and say that it is one.
	wordsBefore = strings.Fields("金额单位 计量单位 货币单位 投资单位 资金单位 面积单位 单位 金额 投资额 投资 资金 面积 币种 统一 均 为 是 以 按 用 : ∶ = -")
	wordsBehind = strings.Fields("为计量单位 为单位 为准 计算 计价 计 填报 填写 统计 单位 : ∶")
	// nearness says how finely a figure is given, by a unit that it is not given in.
	nearness = regexp.MustCompile(`保留|精确|四舍五入|取整|小数`)
	limits   = regexp.MustCompile(`以上|以下|以内|不足|超过|至少|\d`)
)

// longestWording is how many bytes of words about a unit are read.
const longestWording = 200

// unitsIn finds the units in words, folded, that stand in brackets, behind 单位： or by
// themselves: 亿元，保留两位小数; 单位：人民币万元; 含税，亿元; 以亿元计; 万元、亩.
func unitsIn(words string) wording {
	var w wording
	words = words[:min(len(words), longestWording)]
	for _, part := range partsOf(words) {
		if at := nearness.FindStringIndex(part); at != nil {
			part = part[:at[0]]
		}
		if per := strings.Split(part, "/"); len(per) > 1 && !strings.HasPrefix(part, "/") {
			w.ratio(part, per)
		} else {
			w.part(strings.TrimPrefix(part, "/"))
		}
	}
	return w
}

func partsOf(words string) []string {
	return strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune("、,，;；。和及或() ", r) })
}

// ratio takes note of 万元/亿元, which are two units, and of 万元/亩, which is none of money.
func (w *wording) ratio(text string, parts []string) {
	inner := unitsIn(strings.Join(parts, "、"))
	switch {
	case inner.two != "" || inner.money.kind == noKind:
		w.join(inner)
	case inner.area.kind != noKind || inner.things.kind != noKind:
		w.alien = text
	default:
		w.join(inner) // 万元/年
	}
}

// part takes note of words without a sign between them.
func (w *wording) part(text string) {
	text = core(text)
	m, ok := unitCalled(text)
	switch {
	case ok:
		w.add(m)
	case text == "", slices.Contains(renminbi, text):
	case alienAreas[text]:
		w.alienArea = text
	case foreignUnit(text):
		w.alien = text
	default:
		w.among(text)
	}
}

// core is a part without the words around a unit.
func core(text string) string {
	for cut := true; cut; {
		cut = false
		for _, word := range wordsBefore {
			if rest, ok := strings.CutPrefix(text, word); ok {
				text, cut = rest, true
			}
		}
		for _, word := range wordsBehind {
			if rest, ok := strings.CutSuffix(text, word); ok {
				text, cut = rest, true
			}
		}
	}
	return text
}

// besides is what words in the brackets of a heading say besides the unit: 本月 of 本月，万元.
func besides(words string) string {
	kept := ""
	for _, part := range partsOf(words) {
		m := trailingUnit(part)
		switch {
		case nearness.MatchString(part):
		case unitsIn(part).silent():
			kept += part
		case m.kind != noKind:
			kept += core(strings.TrimRight(withoutUnit(part, m), joints))
		}
	}
	return kept
}

// among looks for a unit of money at both ends of words: 亿元含税, 含税亿元.
func (w *wording) among(text string) {
	head, rest := leadingMoney(text)
	tail := trailingUnit(text)
	switch {
	case limits.MatchString(text):
	case head.kind != noKind:
		w.add(head)
		w.join(unitsIn(rest))
	case tail.kind == money:
		w.add(tail)
	}
}

// leadingMoney finds the longest unit of money, of more than one character and with its 元,
// that words begin with.
func leadingMoney(text string) (m unit, rest string) {
	text = withoutCurrency(plainNumerals.Replace(text))
	at := strings.Index(text, "元")
	if at <= 0 {
		return noUnit, text
	}
	at += len("元")
	if m = units[text[:at]]; m.kind != money {
		return noUnit, text
	}
	return m, text[at:]
}

// trailingUnit is the longest unit that words end with: 含税亿元, 总投资额亿元. One of a single
// character is often the end of another word, unless a sign stands before it: 总投资/元.
func trailingUnit(text string) unit {
	text = withoutCurrency(plainNumerals.Replace(text))
	const longest = 24 // bytes of a unit
	for at := max(1, len(text)-longest); at < len(text); at++ {
		m, ok := units[text[at:]]
		if !ok || m.kind == things || foreign(text) {
			continue
		}
		if utf8.RuneCountInString(text[at:]) > 1 || text[at:] == "亩" || text[at:] == "%" || strings.ContainsAny(text[at-1:at], joints) {
			return m
		}
	}
	return noUnit
}

// add takes note of a unit.
func (w *wording) add(m unit) {
	slot := map[unitKind]*unit{money: &w.money, area: &w.area, share: &w.share, things: &w.things}[m.kind]
	switch {
	case slot.kind == noKind:
		*slot = m
	case slot.worth != m.worth && m.kind != things:
		w.two, w.twoOf = slot.word+"、"+m.word, m.kind
	}
}

// join takes note of what other words say.
func (w *wording) join(other wording) {
	for _, m := range []unit{other.money, other.area, other.share, other.things} {
		if m.kind != noKind {
			w.add(m)
		}
	}
	if other.two != "" {
		w.two, w.twoOf = other.two, other.twoOf
	}
	w.alien, w.alienArea = cmp.Or(other.alien, w.alien), cmp.Or(other.alienArea, w.alienArea)
}

var (
	anyBracket = strings.NewReplacer("〈", "(", "〉", ")", "《", "(", "》", ")", "{", "(", "}", ")", "「", "(", "」", ")", "<", "(", ">", ")")
	bracketed  = regexp.MustCompile(`\(([^()]*)\)?`)
)

const (
	footmarks = "①②③④⑤⑥⑦⑧⑨⑩*※★▲#" // which lead from a heading to a note
	joints    = "-_:∶/|·,、("      // between a heading and its unit
)

// unitOfHeading takes the unit off a heading: in brackets of any kind, behind 单位：, or at its
// end. text is folded.
func unitOfHeading(text string) (rest string, w wording) {
	rest = anyBracket.Replace(text)
	if m, ok := unitCalled(rest); ok && m.kind != things {
		w.add(m)
		return "", w
	}
	for _, inner := range bracketed.FindAllStringSubmatch(rest, -1) {
		if found := unitsIn(inner[1]); !found.silent() {
			w.join(found)
			words := besides(inner[1])
			if words != "" {
				words = "(" + words + ")"
			}
			rest = strings.Replace(rest, inner[0], words, 1)
		}
	}
	for _, sign := range []string{"单位", ","} {
		if before, behind, ok := strings.Cut(rest, sign); ok {
			if found := unitsIn(behind); !found.silent() {
				w.join(found)
				rest = before
			}
		}
	}
	rest = strings.TrimRight(rest, footmarks)
	if m := trailingUnit(rest); m.kind != noKind {
		w.add(m)
		rest = withoutUnit(rest, m)
	}
	return strings.TrimRight(rest, joints), w
}

// withoutUnit cuts the word of a unit off the end of a heading.
func withoutUnit(text string, m unit) string {
	const longest = 60 // bytes of a unit with its currency
	for at := max(1, len(text)-longest); at < len(text); at++ {
		if found, _ := unitCalled(text[at:]); found == m {
			return text[:at]
		}
	}
	return text
}

// unitOfMoney reports what stands after 单位： where it is no office: 万元, 万元、亩, 吨.
func unitOfMoney(text string) bool {
	return !unitsIn(ledger.Fold(text)).silent() || utf8.RuneCountInString(text) <= 3
}
