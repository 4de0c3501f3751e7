package importer

import (
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

var flagWords = map[string]int64{}

func init() {
	for _, word := range strings.Fields("是 是的 对 对的 有 已 y yes t true 1 √ ✓ ✔ ☑ 已入统 已纳统 已入库 已纳入 已纳入统计") {
		flagWords[word] = 1
	}
	for _, word := range strings.Fields("否 不 不是 未 错 n no f false 0 × ✗ ✘ ☒ 未入统 未纳统 未入库 未纳入 未纳入统计 尚未入统 尚未入库") {
		flagWords[word] = 0
	}
}

// Words before what a flag asks.
var (
	yesWords = []string{"已经", "已"}
	noWords  = []string{"尚未", "暂未", "还未", "没有", "未", "没", "不", "非"}
)

// readFlag reads yes or no: as such, by a tick or a cross, or by what the column asks:
// 已入统, 未开工. What is under way or planned is neither.
func readFlag(c *form.Column, cell sheet.Cell) reading {
	n, ok := flagOf(c, cell.Raw)
	if !ok {
		return reading{wrong: NotFlag, expected: "是、否"}
	}
	official := form.YesNo(n == 1)
	word := strings.ToLower(ledger.Fold(cell.Raw))
	return reading{value: ledger.Number(n), did: changed(word != official, "“"+tidy(cell.Raw)+"”按“"+official+"”")}
}

func flagOf(c *form.Column, text string) (n int64, ok bool) {
	word := strings.ToLower(ledger.Fold(text))
	if n, ok = flagWords[word]; ok || len(word) > longestWord {
		return n, ok
	}
	word = ticked(word)
	n, ok = flagWord(c, remarks.ReplaceAllString(word, ""))
	for _, remark := range remarks.FindAllStringSubmatch(word, -1) {
		ok = ok && sameFlag(c, n, remark[1])
	}
	return n, ok
}

// flagWord reads what stands outside brackets; what stands behind a comma is a remark, too.
func flagWord(c *form.Column, word string) (n int64, ok bool) {
	if head := strings.IndexAny(word, ",;。"); head > 0 {
		n, ok = flagWord(c, word[:head])
		return n, ok && sameFlag(c, n, strings.Trim(word[head:], ",;。"))
	}
	if rest := strings.Trim(word, ticks); rest != word && rest != "" {
		n, ok = flagWord(c, rest)
		return n, ok && n == 1
	}
	if rest := strings.Trim(word, crosses); rest != word && rest != "" {
		n, ok = flagWord(c, rest)
		return n, ok && n == 0
	}
	if n, ok = flagWords[word]; ok {
		return n, ok
	}
	rest := strings.TrimSuffix(word, "了")
	n = 1
	if !cutWord(&rest, yesWords) && cutWord(&rest, noWords) {
		n = 0
	}
	return n, asks(c, rest)
}

// sameFlag reports whether a remark may stand beside a yes or no.
func sameFlag(c *form.Column, n int64, remark string) bool {
	if other, ok := flagWord(c, remark); ok {
		return other == n
	}
	return n == 0 || !strings.ContainsAny(remark, "拟未尚不否待") && !strings.Contains(remark, "正在") && !strings.Contains(remark, "计划") &&
		!strings.Contains(remark, "预计") && !strings.Contains(remark, "申报")
}

// asks reports whether a text is what the column asks: 入统 of 是否入统.
func asks(c *form.Column, text string) bool {
	for _, name := range append([]string{c.Name}, c.Aliases...) {
		asked := strings.TrimPrefix(name, "是否")
		for _, ending := range []string{"", "情况", "项目", "公司", "企业", "建设"} {
			if rest, ok := strings.CutSuffix(asked, ending); ok && rest != "" && rest == text {
				return true
			}
		}
	}
	return false
}
