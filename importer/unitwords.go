package importer

import (
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
	m := w.first()
	switch {
	case c.Type == form.AmountType && w.money.kind != noKind:
		m = w.money
	case c.Type == form.CountType && w.area.kind != noKind:
		m = w.area
	}
	if w.two != "" && figures(c) || w.alien != "" && c.Type == form.AmountType || w.alienArea != "" && c.Role == form.RoleLand {
		return unclearUnit
	}
	return m
}

// The words by which money of others is known, and the lengths and areas that are no unit of
// land here.
var (
	foreignWords = strings.Fields("美元 美金 美刀 美圆 港元 港币 港幣 欧元 日元 英镑 韩元 韩币 澳元 澳币 加元 加币 新台币 台币 卢布 泰铢 法郎 外币 $ € £ ₩ USD HKD EUR JPY GBP KRW TWD AUD CAD")
	alienAreas   = map[string]bool{}
)

func init() {
	for _, word := range strings.Fields("公里 千米 米 里 分 厘 顷 英亩 平方英尺 km m 步 丈 平方丈 平方里") {
		alienAreas[word] = true
	}
}

func foreign(text string) bool {
	for _, word := range foreignWords {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

var (
	// wordsAround stand before or behind a unit and say that it is one.
	wordsBefore = []string{"金额单位", "计量单位", "货币单位", "投资单位", "资金单位", "面积单位", "单位", "金额", "投资额", "投资", "资金", "面积", "币种", "统一", "均", "为", "是", "以", "按", "用", ":", "∶", "=", "-"}
	wordsBehind = []string{"为计量单位", "为单位", "为准", "计算", "计价", "计", "填报", "填写", "统计", "单位", ":", "∶"}
	// nearness says how finely a figure is given, by a unit that it is not given in.
	nearness = regexp.MustCompile(`保留|精确|四舍五入|取整|小数`)
	limits   = regexp.MustCompile(`以上|以下|以内|不足|超过|至少|\d`)
)

// unitsIn finds the units in words, folded, that stand in brackets, behind 单位： or by
// themselves: 亿元，保留两位小数; 单位：人民币万元; 含税，亿元; 以亿元计; 万元、亩.
func unitsIn(words string) wording {
	var w wording
	for _, part := range strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune("、,，;；。和及或() ", r) }) {
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
	if m, ok := unitCalled(text); ok {
		w.add(m)
		return
	}
	switch {
	case text == "", slices.Contains(renminbi, text):
	case alienAreas[text]:
		w.alienArea = text
	case foreign(text):
		w.alien = text
	default:
		w.among(text)
	}
}

// among looks for a unit of money at both ends of words: 亿元含税, 含税亿元.
func (w *wording) among(text string) {
	const longestName = 4 // characters of 新台币 and the like
	head, rest := leadingMoney(text)
	tail := trailingUnit(text, 2)
	switch {
	case limits.MatchString(text):
	case head.kind != noKind:
		w.add(head)
		w.join(unitsIn(rest))
	case tail.kind == money:
		w.add(tail)
	case utf8.RuneCountInString(text) <= longestName && (strings.HasSuffix(text, "元") || strings.HasSuffix(text, "币") || strings.HasSuffix(text, "角")):
		w.alien = text
	}
}

// leadingMoney finds the longest unit of money, of more than one character and with its 元,
// that words begin with.
func leadingMoney(text string) (m unit, rest string) {
	text = plainNumerals.Replace(text)
	for _, name := range renminbi {
		text = strings.TrimPrefix(text, name)
	}
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

// trailingUnit is the longest unit, of least characters, that words end with: 含税亿元, 总投资额亿元.
func trailingUnit(text string, least int) unit {
	text = plainNumerals.Replace(text)
	for at := range text {
		m, ok := units[text[at:]]
		if !ok || at == 0 || m.kind == things || foreign(text) {
			continue
		}
		if n := utf8.RuneCountInString(text[at:]); n > 1 || n >= least && strings.Contains("元万亿亩%", text[at:]) {
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
		w.two = slot.word + "、" + m.word
	}
}

// join takes note of what other words say.
func (w *wording) join(other wording) {
	for _, m := range []unit{other.money, other.area, other.share, other.things} {
		if m.kind != noKind {
			w.add(m)
		}
	}
	for _, text := range []struct{ mine, others *string }{{&w.two, &other.two}, {&w.alien, &other.alien}, {&w.alienArea, &other.alienArea}} {
		if *text.others != "" {
			*text.mine = *text.others
		}
	}
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
			rest = strings.Replace(rest, inner[0], "", 1)
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
	if m := trailingUnit(rest, 1); m.kind != noKind {
		w.add(m)
		rest = withoutUnit(rest, m)
	}
	return strings.TrimRight(rest, joints), w
}

// withoutUnit cuts the word of a unit off the end of a heading.
func withoutUnit(text string, m unit) string {
	for at := range text {
		if found, _ := unitCalled(text[at:]); found == m && at > 0 {
			return text[:at]
		}
	}
	return text
}

// unitOfMoney reports what stands after 单位： where it is no office: 万元, 万元、亩, 吨.
func unitOfMoney(text string) bool {
	return !unitsIn(ledger.Fold(text)).silent() || utf8.RuneCountInString(text) <= 3
}
