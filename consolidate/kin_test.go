package consolidate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// What came and went may be one, or parts of one: it is said, never taken for granted.
func TestKin(t *testing.T) {
	gone := func(r ledger.Record) ledger.Record {
		Reserve.Column("leaving").Set(&r, ledger.Words("调整"))
		return r
	}
	for _, test := range []struct {
		name      string
		may, june []ledger.Record
		want      map[string]string // by what came and went
	}{
		{"a rename", []ledger.Record{Idea(5, "柳林镇冷链物流园", "100", "owner=供销社")},
			[]ledger.Record{gone(Idea(5, "柳林镇冷链物流园", "100", "owner=供销社")), Idea(6, "柳林镇冷链物流中心", "100", "owner=供销社")},
			map[string]string{"柳林镇冷链物流中心": "疑由“柳林镇冷链物流园”更名", "柳林镇冷链物流园": "疑更名为“柳林镇冷链物流中心”"}},
		{"a split", []ledger.Record{Idea(5, "柳林镇冷链物流园", "100", "owner=供销社")},
			[]ledger.Record{gone(Idea(5, "柳林镇冷链物流园", "100", "owner=供销社")), Idea(6, "柳林镇冷链物流园一期", "60", "owner=供销社"), Idea(7, "柳林镇冷链物流园二期", "60", "owner=供销社")},
			map[string]string{"柳林镇冷链物流园一期": "疑由“柳林镇冷链物流园”拆分", "柳林镇冷链物流园二期": "疑由“柳林镇冷链物流园”拆分", "柳林镇冷链物流园": "疑拆分为“柳林镇冷链物流园一期”、“柳林镇冷链物流园二期”"}},
		{"a merger", []ledger.Record{Idea(5, "柳林镇冷链物流园一期", "60", "owner=供销社"), Idea(6, "柳林镇冷链物流园二期", "60", "owner=供销社")},
			[]ledger.Record{gone(Idea(5, "柳林镇冷链物流园一期", "60", "owner=供销社")), gone(Idea(6, "柳林镇冷链物流园二期", "60", "owner=供销社")),
				Idea(7, "柳林镇冷链物流园", "100", "owner=供销社")},
			map[string]string{"柳林镇冷链物流园": "疑由“柳林镇冷链物流园一期”、“柳林镇冷链物流园二期”合并", "柳林镇冷链物流园一期": "疑并入“柳林镇冷链物流园”", "柳林镇冷链物流园二期": "疑并入“柳林镇冷链物流园”"}},
		{"a part of a package", []ledger.Record{Idea(5, "城区路网", "100", "is_package=是")},
			[]ledger.Record{Idea(5, "城区路网", "100", "is_package=是"), Idea(6, "滨江大道", "60", "package=城区路网")},
			map[string]string{"滨江大道": "打包项目“城区路网”的子项"}},
		{"just likely enough", []ledger.Record{Idea(5, "柳林镇冷链物流园", "100")},
			[]ledger.Record{gone(Idea(5, "柳林镇冷链物流园", "100")), Idea(6, "柳林镇冷链物流中心", "60")},
			map[string]string{"柳林镇冷链物流中心": "疑由“柳林镇冷链物流园”更名", "柳林镇冷链物流园": "疑更名为“柳林镇冷链物流中心”"}},
		{"not likely enough", []ledger.Record{Idea(5, "冷链物流园", "100")}, []ledger.Record{gone(Idea(5, "冷链物流园", "100")), Idea(6, "冷链物流中心", "60")},
			map[string]string{"冷链物流园": "", "冷链物流中心": ""}},
		{"nothing in common", []ledger.Record{Idea(5, "冷库", "100")}, []ledger.Record{gone(Idea(5, "冷库", "100")), Idea(6, "滨江大道", "60")},
			map[string]string{"冷库": "", "滨江大道": ""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", test.may...))
			got := map[string]string{}
			for _, m := range merged(t, June, after(before), Sent(June, Reserve, Trade, "june", test.june...)).Movements["reserve"] {
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
	before := merged(t, May, nil, Sent(May, Reserve, Town, "may", Idea(5, "物流园", "8", "owner=城投")))
	m := merged(t, June, after(before), Sent(June, Reserve, Town, "a", Idea(5, "物流园", "8", "owner=城投")),
		Sent(June, Reserve, Trade, "b", Idea(5, "物流园", "9", "owner=城投")))
	if diff := cmp.Diff([]string{"调整 物流园 总投资: 8→9"}, moves(m, Reserve)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A project whose row that counts is new is what another row of it was.
func TestSuccessionOfOtherRows(t *testing.T) {
	before := merged(t, May, nil, Sent(May, Reserve, Town, "may", Idea(5, "柳林镇冷链物流园", "8", "department="+Trade)))
	m := merged(t, June, after(before), Sent(June, Reserve, Town, "a", Idea(5, "柳林镇冷链物流园", "8", "department="+Trade, "code="+CodeA)),
		Sent(June, Reserve, Trade, "b", Idea(5, "柳林镇冷链物流园区", "8", "department="+Trade, "code="+CodeA)))
	if diff := cmp.Diff([]string{"更名 柳林镇冷链物流园区 项目名称: 柳林镇冷链物流园→柳林镇冷链物流园区"}, moves(m, Reserve)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
