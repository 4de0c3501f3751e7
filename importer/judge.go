package importer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

const (
	shortest = 6   // characters of an explanation
	fewest   = 4   // those of its own that it must have
	longer   = 12  // characters of one that is given for several findings
	many     = 3   // projects, or other things, that one sentence is said of
	echo     = 3   // characters in a row that are taken to be the finding's
	furthest = 300 // characters that are held against a finding
)

// Judge finds what is wrong with each of the answers of one receipt to the findings about; nil where an answer is an
// explanation. A notice need not be explained: what is said to it is not judged.
func Judge(answers []Explanation, about []ledger.Finding) []*ledger.Code {
	type thing struct{ form, entity, field string } // that a finding is about
	said, kinds := map[string]map[thing]bool{}, map[string]map[*ledger.Code]bool{}
	for i, f := range about {
		if f.Code.Severity == ledger.Notice {
			continue
		}
		of, sentence := thing{f.Form, f.Entity, ""}, ledger.Fold(characters(answers[i].Text))
		if f.Entity == "" {
			of.field = f.Field
		}
		if said[sentence] == nil {
			said[sentence], kinds[sentence] = map[thing]bool{}, map[*ledger.Code]bool{}
		}
		said[sentence][of], kinds[sentence][f.Code] = true, true
	}
	codes := make([]*ledger.Code, len(answers))
	for i, f := range about {
		sentence := ledger.Fold(characters(answers[i].Text))
		switch {
		case f.Code.Severity == ledger.Notice:
		case givesNoReason(answers[i].Text):
			codes[i] = SaysNothing
		case saysAgain(answers[i].Text, f):
			codes[i] = SaysAgain
		case len(said[sentence]) >= many && (len(kinds[sentence]) > 1 || hanIn(answers[i].Text) < longer):
			codes[i] = SaidOfMany
		}
	}
	return codes
}

// givesNoReason reports an answer that gives no reason: it is too short, or anybody could write it of anything.
func givesNoReason(text string) bool {
	return hanIn(text) < shortest || hanIn(withoutPhrases(text)) < fewest
}

// saysAgain reports an answer that adds nothing to what the finding says itself.
func saysAgain(text string, f ledger.Finding) bool {
	own := []string{f.Code.Wrong.In(ledger.Chinese), f.Code.Remedy.In(ledger.Chinese), f.Department, f.Entity, f.Field, f.Found, f.Expected}
	if of := form.ByID(f.Form); of != nil {
		own = append(own, of.Title)
	}
	for i, words := range own {
		own[i] = beginning(ledger.Fold(characters(words)))
	}
	return hanIn(withoutPhrases(withoutEchoes(beginning(ledger.Fold(characters(text))), own))) < fewest
}

// characters are the letters and digits of a text.
func characters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// beginning is as much of a text as is held against a finding.
func beginning(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), furthest)])
}

// hanIn counts the Chinese characters of a text.
func hanIn(text string) (n int) {
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// withoutEchoes is a text without the pieces that others have, too: those of at least so many characters as are no accident.
func withoutEchoes(text string, others []string) string {
	left, runes := strings.Builder{}, []rune(text)
	for at := 0; at < len(runes); {
		n := 0
		for _, other := range others {
			for at+n < len(runes) && strings.Contains(other, string(runes[at:at+n+1])) {
				n++
			}
		}
		if n < echo {
			left.WriteRune(runes[at])
			n = 1
		}
		at += n
	}
	return left.String()
}

// withoutPhrases is a text without the phrases that anybody could write of anything, and without what joins them.
func withoutPhrases(text string) string {
	return particles.Replace(phrases.Replace(ledger.Fold(characters(text))))
}

var (
	phrases   = erasing(strings.Fields(emptyPhrases))
	particles = erasing(strings.Split("的了是已经均都并且无对此该本其为有与和也就请以按在中上下个这那不等我们您再将会可能很确真由及过把被给让又还而但或各某两几项数报表", ""))
)

// erasing makes a replacer that leaves words out, of those that begin alike the longest.
func erasing(words []string) *strings.Replacer {
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	pairs := make([]string, 0, 2*len(words))
	for _, word := range words {
		pairs = append(pairs, word, "")
	}
	return strings.NewReplacer(pairs...)
}

// emptyPhrases say nothing of any value: that it was looked at, that it is right, who looked, that it will be seen to.
const emptyPhrases = `
	核实 核对 核查 核验 复核 复查 审核 审定 审阅 检查 自查 查验 查看 查证 比对 校对 确认 认定 把关
	属实 无误 有误 没错 没有错 正确 准确 真实 正常 一致 相符 符合 可靠 完整 合理 合规 有效 良好 顺利 保持 波动 忽略 持平 客观 主观 特殊 确实 的确
	情况 实际 据实 如实 投资额 投资 数据 数字 数值 数额 金额 信息 内容 进度 完成 填报 填写 填列 上报 报送 呈报 录入 报表 表格 报告 统计 口径 汇总 系统 程序 计算 公式 自动 生成 手工 人工 导出 来源
	说明 解释 备注 原因 理由 因素 影响 由于 因为 因此 所以 导致 造成 所致 各种 多种 方面 历史 遗留
	问题 疑问 异常 错误 疏忽 失误 笔误 误差 出入 差异 提示 误报
	修改 更改 更正 改正 整改 修正 调整 变动 变化 补充 完善 处理 落实 办理 推进 加快 抓紧 跟进 正在 补报 重报 改好 改过
	单位 我局 我镇 我办 我县 部门 科室 股室 业务 领导 主要 分管 负责人 经办人 同志 工作 人员 专人 业主 上级 财务 签字 盖章 批示 电话 现场 企业 施工单位 施工方 镇政府 县发改局 发改局 自行 反馈
	要求 规定 有关 相关 严格 按照 依照 根据 依据 凭证 台账 资料 文件 材料 有据 可查 备查 认真 仔细 反复 再次 多次 重新 进一步 最终 最新 目前 现在 已经 经过 通过
	没有 不存在 存在 无需 不需要 不用 不必 需要 可以 应该 同意 知悉 知道 收到 了解 明白 理解 谅解 支持 谢谢 感谢 特此 予以 给予 认可 采纳 采用 为准 保留 维持 原样 原值
	如上 如下 同上 同前 见上 以上 上述 前述 如前 所述 详见 参见 附件 表内 原表 原数 项目 该项目 本项目 此项目 此项 该项 本项 逐项 全部 所有 均已
	今后 以后 下次 下月 下个月 本月 当月 上月 本期 本次 此次 尽快 及时 一并 统一 继续 加强 注意 避免 防止 类似 发生 杜绝`
