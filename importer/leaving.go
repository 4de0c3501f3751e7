package importer

import (
	"regexp"
	"strings"
	"unicode"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// stayWords are what staff write in a column of reasons to leave where a project does not leave.
var stayWords = map[string]bool{}

func init() {
	for _, word := range strings.Fields("否 否定 无 无无 不 未 没 没有 暂无 暂时没有 暂未 尚未 不是 不涉及 未涉及 不适用 不存在 不需要 无需 空 0 × ✗ ✘ x n no na n/a none null nil false " +
		"? ?? ??? \\ … …… 正常 正常推进 正常实施 正常建设 正常在库 正常运行 在库 仍在库 还在库 在库中 在库项目 在统 保留 继续保留 保留在库 继续在库 拟保留 " +
		"继续 继续实施 继续推进 继续建设 推进中 实施中 建设中 在建 无变化 没有变化 未变化 无变动 没有变动 不变 无调整 未调整 不调整 无异常 无此情况 无此类情况 无此项") {
		stayWords[word] = true
	}
}

// stays are the sentences that say so: 暂不退库, 未调出, 不退不调出, 无退库情况. A reason may begin as
// they do: 未落实资金.
var stays = regexp.MustCompile(`^(?:(?:该|本)?项目)?(?:(?:目前|本月|本期|暂时|暂|尚|拟|并|均)*(?:不予|不|未|无|没有|没|否)(?:需要|需|用|予|拟|涉及|存在|发生|办理|申请|进行|有)?` +
	`(?:退库|退统|退出|退|调出|调整|出库|移出|核减|撤销|该|此)(?:调出|退库|出库)?(?:类)?(?:情况|情形|项目|事项|原因|计划|的)*)+$`)

var (
	clauseEnds   = strings.NewReplacer(",", "(", "。", "(", ";", "(", "、", "(", ":", "(")
	betweenStays = strings.NewReplacer("、", "", ",", "", "也", "", "和", "", "或", "")
)

// readLeaving reads why an entity leaves. Filling in the column makes it leave, so that a word for
// nothing must be nothing, and a tick or a number, which is no reason, is asked about.
func readLeaving(cell sheet.Cell, in calendar) reading {
	said := strings.ToLower(ledger.Fold(cell.Raw))
	if cell.Kind == sheet.Bool && cell.Raw == "0" {
		said = "false"
	}
	bare := strings.Trim(said, "()。.;,:!、/-'\"“”")
	clause, _, _ := strings.Cut(clauseEnds.Replace(bare), "(")
	switch {
	case bare == "", stayWords[bare], clause == "否", stays.MatchString(betweenStays.Replace(bare)):
		return nothingIn(cell)
	case !reasonLike(bare):
		return fails(LeavingUnclear)
	}
	return readText(cell, in.date1904)
}

// reasonLike reports words that may be a reason: two characters at least that do not merely say yes.
func reasonLike(said string) bool {
	characters := 0
	for _, r := range said {
		if unicode.Is(unicode.Han, r) {
			characters++
		}
	}
	return characters >= 2 && said != "是的" && said != "已是" && said != "待定" && said != "待核实"
}
