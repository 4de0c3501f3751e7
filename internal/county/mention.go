package county

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"huizong/internal/ledger"
)

// Words around the names of units. Those before a name end what stands before it, as a sign or a
// digit does; a place before it is the county's own.
var (
	wordsBefore = strings.Fields("我 本 年 月 日 号 份 度 期 附件 附表 表 关于 报送 上报 填报 编报 补报 报 送 由 各 的 为 是 县直 直属 " +
		"项目 进展 进度 情况 台账 清单 汇总 统计 数据 储备 谋划 任务 方案 计划 名单 库 指标 问题 单位 部门 版 稿 件 更正 修改 更新")
	wordsAfter = strings.Fields("年 月 报 上半年 下半年 第 本 各 的")
	recipients = strings.Fields("向 致 呈 抄送")
	// Offices within an office, and what an office is called in full.
	sections = strings.Fields("科 股 室 办 组 专班 党委 党委政府 党组 党工委 机关 政府 管委会 管理委员会 办事处 有限公司 有限责任公司")
	// What ends the name of an office of its own.
	offices = strings.Fields("局 厅 委 委员会 镇 乡 街道 中心 集团 公司 园区 开发区 站 所 队 院 办事处 管委会 政府 馆 校 部门")
	// Names without such an ending, as 水利 is, are words of the language as well.
	officeNames = append(strings.Fields("室 办 班 区"), offices...)
)

// foldOffice folds the name of an office. 人民政府 is 政府, for nobody means the 民政局 by it.
func foldOffice(text string) string {
	return strings.ReplaceAll(ledger.Fold(text), "人民政府", "政府")
}

// places are the ways to write the county before the name of a unit, the longest first.
func (c *County) places() []string {
	short := strings.TrimSuffix(c.Name, "县")
	return []string{"陕西省汉中市" + c.Name, "汉中市" + c.Name, "陕西省" + c.Name, c.Name, short, "我县", "本县", "县"}
}

// UnitIn finds the unit that a text names among other words: a title, a file's name, a folder. Names
// count at word bounds alone: 洋县水利局 and 水利局水管站 are not 水利局. Unclear is a text that names
// several units, or an office that goes on beyond the name of a unit: 农业农村和水利局.
func (c *County) UnitIn(text string) (unit Unit, named, unclear bool) {
	text = foldOffice(text)
	for at := 0; at < len(text); {
		name := c.nameAt(text[at:])
		if name == "" {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		before, after := text[:at], text[at+len(name):]
		at += len(name)
		switch official := c.known[name]; c.mentioned(before, name, after) {
		case inWords:
		case inOffice:
			return Unit{}, false, true
		case byItself:
			if named && unit.Name != official {
				return Unit{}, false, true
			}
			unit, named = c.Units[c.order[official]], true
		}
	}
	return unit, named, false
}

// nameAt is the longest name or alias of a unit that a folded text begins with; blank if there is
// none.
func (c *County) nameAt(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	for _, name := range c.named[first] {
		if strings.HasPrefix(text, name) {
			return name
		}
	}
	return ""
}

// A mention is what a name is where it stands in a text.
type mention int

const (
	inWords  mention = iota // part of other words: 水利 in 水利工程
	inOffice                // part of another office
	byItself
)

// mentioned tells what a name of a unit is between what stands before and after it.
func (c *County) mentioned(before, name, after string) mention {
	isOffice := hasSuffix(name, officeNames)
	rest := leadingWords(after)
	bounded := c.bounded(before, name)
	if to := c.withoutPlace(before); bounded && hasSuffix(to, recipients) {
		return inWords
	}
	switch {
	case rest != "" && hasSuffix(rest, offices) && !ofOffice(name, rest):
		return inOffice
	case !bounded && isOffice:
		return inOffice
	case !bounded, !isOffice && rest != "" && !hasPrefix(rest, wordsAfter):
		return inWords
	}
	return byItself
}

// ofOffice reports words that go on with the name of an office and name no other one.
func ofOffice(name, rest string) bool {
	for _, section := range sections {
		if rest == section || rest == strings.TrimSuffix(name, "公司")+section {
			return true
		}
	}
	return false
}

// bounded reports whether a name begins a word after what stands before it.
func (c *County) bounded(before, name string) bool {
	if isDigit(name[0]) && before != "" && isDigit(before[len(before)-1]) {
		return false
	}
	return endsWord(before) || endsWord(c.withoutPlace(before))
}

func (c *County) withoutPlace(before string) string {
	for _, place := range c.places() {
		if rest, ok := strings.CutSuffix(before, place); ok {
			return rest
		}
	}
	return before
}

func endsWord(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return text == "" || !unicode.Is(unicode.Han, last) || hasSuffix(text, wordsBefore) || hasSuffix(text, recipients)
}

// leadingWords are the Chinese characters that a text begins with.
func leadingWords(text string) string {
	for i, r := range text {
		if !unicode.Is(unicode.Han, r) {
			return text[:i]
		}
	}
	return text
}

func hasSuffix(text string, endings []string) bool {
	for _, ending := range endings {
		if strings.HasSuffix(text, ending) {
			return true
		}
	}
	return false
}

func hasPrefix(text string, beginnings []string) bool {
	for _, beginning := range beginnings {
		if strings.HasPrefix(text, beginning) {
			return true
		}
	}
	return false
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
