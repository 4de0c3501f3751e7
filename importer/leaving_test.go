package importer

import (
	"strings"
	"testing"

	"huizong/internal/form"
)

// Words in 退库原因: of those that stay, of those that leave, and of those that are asked about.
func TestReadLeaving(t *testing.T) {
	column := form.Reserve.Leaving.Column
	for want, texts := range map[string]string{
		"stays": "否 否。 （否） 不涉及 不适用 0 × x NA N/A n/a 未退库 正常 在库 （无） 无/ 无； 无。 无 ? ？ — —— - / \\ 不退 不调出 不退不调出 保留 无变化 暂无 未调出 没有 " +
			"不退库 暂不退库 未退 没退库 没有退库 无退库 无退库情况 无调出情况 未涉及退库 不涉及调出 不存在退库情况 无需退库 不需要退库 否（继续实施） 否，继续推进 正常推进 正常在库 继续实施 " +
			"在建 保留在库 未发生退库 尚未退库 目前未退库 本月未退库 该项目未退库 不退库、不调出 未退库调出 空 无此情况 no No FALSE null 待定 拟保留",
		"leaves": "资金不到位 未落实资金 不符合产业政策 未通过环评 无法实施 无资金来源 不再实施 已完工 项目取消 取消实施 用地无法保障 转入其他项目 调整至下年 已退库 退库 调出 " +
			"是（资金不到位） 企业放弃投资 政策调整 合并到物流园 没有用地指标 未获批 土地未落实退库 无退库资金 2024年5月调出",
		"asked": "是 √ ✓ 是的 1 y yes 对 有 2 A",
	} {
		for text := range strings.FieldsSeq(texts) {
			r := readValue(column, cellOf(text, 1), noUnit, calendar{})
			got := "leaves"
			switch {
			case r.wrong == LeavingUnclear && !r.value.Known:
				got = "asked"
			case r.wrong == nil && !r.value.Known && len(r.did) > 0:
				got = "stays"
			}
			if got != want {
				t.Errorf("%s: %s, want %s", text, got, want)
			}
		}
	}
	for value, want := range map[any]bool{0: true, 1: false, truth(false): true, truth(true): false, 45444: false} {
		r := readValue(column, cellOf(value, 1), noUnit, calendar{})
		if (r.wrong == nil && !r.value.Known) != want || r.value.Known {
			t.Errorf("%v: %+v", value, r)
		}
	}
}
