package consolidate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/ledger"
)

// What came and went may be one, or parts of one: it is said, never taken for granted.
func TestKin(t *testing.T) {
	gone := func(r ledger.Record) ledger.Record {
		reserve.Column("leaving").Set(&r, ledger.Words("调整"))
		return r
	}
	for _, test := range []struct {
		name      string
		may, june []ledger.Record
		want      map[string]string // by what came and went
	}{
		{"a rename", []ledger.Record{idea(5, "柳林镇冷链物流园", "100", "owner=供销社")}, []ledger.Record{gone(idea(5, "柳林镇冷链物流园", "100", "owner=供销社")), idea(6, "柳林镇冷链物流中心", "100", "owner=供销社")},
			map[string]string{"柳林镇冷链物流中心": "疑由“柳林镇冷链物流园”更名", "柳林镇冷链物流园": "疑更名为“柳林镇冷链物流中心”"}},
		{"a split", []ledger.Record{idea(5, "柳林镇冷链物流园", "100", "owner=供销社")},
			[]ledger.Record{gone(idea(5, "柳林镇冷链物流园", "100", "owner=供销社")), idea(6, "柳林镇冷链物流园一期", "60", "owner=供销社"), idea(7, "柳林镇冷链物流园二期", "60", "owner=供销社")},
			map[string]string{"柳林镇冷链物流园一期": "疑由“柳林镇冷链物流园”拆分", "柳林镇冷链物流园二期": "疑由“柳林镇冷链物流园”拆分", "柳林镇冷链物流园": "疑拆分为“柳林镇冷链物流园一期”、“柳林镇冷链物流园二期”"}},
		{"a merger", []ledger.Record{idea(5, "柳林镇冷链物流园一期", "60", "owner=供销社"), idea(6, "柳林镇冷链物流园二期", "60", "owner=供销社")},
			[]ledger.Record{gone(idea(5, "柳林镇冷链物流园一期", "60", "owner=供销社")), gone(idea(6, "柳林镇冷链物流园二期", "60", "owner=供销社")), idea(7, "柳林镇冷链物流园", "100", "owner=供销社")},
			map[string]string{"柳林镇冷链物流园": "疑由“柳林镇冷链物流园一期”、“柳林镇冷链物流园二期”合并", "柳林镇冷链物流园一期": "疑并入“柳林镇冷链物流园”", "柳林镇冷链物流园二期": "疑并入“柳林镇冷链物流园”"}},
		{"a part of a package", []ledger.Record{idea(5, "城区路网", "100", "is_package=是")}, []ledger.Record{idea(5, "城区路网", "100", "is_package=是"), idea(6, "滨江大道", "60", "package=城区路网")},
			map[string]string{"滨江大道": "打包项目“城区路网”的子项"}},
		{"nothing in common", []ledger.Record{idea(5, "冷库", "100")}, []ledger.Record{gone(idea(5, "冷库", "100")), idea(6, "滨江大道", "60")}, map[string]string{"冷库": "", "滨江大道": ""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := merged(t, may, nil, sent(may, reserve, trade, "may", test.may...))
			got := map[string]string{}
			for _, m := range merged(t, june, after(before), sent(june, reserve, trade, "june", test.june...)).Movements["reserve"] {
				got[m.Project.Name()] = m.Kin
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A project whose row that counts changes from one department to another is the same.
func TestSuccessionOfRows(t *testing.T) {
	before := merged(t, may, nil, sent(may, reserve, town, "may", idea(5, "物流园", "8", "owner=城投")))
	m := merged(t, june, after(before), sent(june, reserve, town, "a", idea(5, "物流园", "8", "owner=城投")), sent(june, reserve, trade, "b", idea(5, "物流园", "9", "owner=城投")))
	if diff := cmp.Diff([]string{"调整 物流园 总投资: 8→9"}, moves(m, reserve)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
