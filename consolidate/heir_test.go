package consolidate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate/identity"
	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// What a department reports under another name is renamed in the list of changes, be it that the words
// are the same, that nobody has decided yet, or that a person decided so; where several go on as one,
// or one as several, it is said who decided.
func TestMovementsOfSuccessors(t *testing.T) {
	for _, test := range []struct {
		name      string
		may, june []ledger.Record
		decisions string
		want      []string
	}{
		{"the same in other words", []ledger.Record{Idea(5, "柳林镇冷链物流园项目（一期）", "10")},
			[]ledger.Record{Idea(5, "柳林镇冷链物流园一期建设工程", "12")}, "", []string{"更名 柳林镇冷链物流园一期建设工程", "调整 柳林镇冷链物流园一期建设工程"}},
		{"open", []ledger.Record{Idea(5, "卫生院改扩建项目", "10")}, []ledger.Record{Idea(5, "卫生院业务用房改扩建项目", "12")}, "",
			[]string{"更名 卫生院业务用房改扩建项目 疑由“卫生院改扩建项目”更名", "调整 卫生院业务用房改扩建项目"}},
		{"decided to be one", []ledger.Record{Idea(5, "卫生院改扩建项目", "10")}, []ledger.Record{Idea(5, "卫生院业务用房改扩建项目", "12")},
			"卫生院改扩建项目=卫生院业务用房改扩建项目", []string{"更名 卫生院业务用房改扩建项目", "调整 卫生院业务用房改扩建项目"}},
		{"decided to be two", []ledger.Record{Idea(5, "卫生院改扩建项目", "10")}, []ledger.Record{Idea(5, "卫生院业务用房改扩建项目", "12")},
			"卫生院改扩建项目≠卫生院业务用房改扩建项目", []string{"新增 卫生院业务用房改扩建项目"}},
		{"nothing alike, decided to be one", []ledger.Record{Idea(5, "冷库", "10")}, []ledger.Record{Idea(5, "滨江大道", "10")}, "冷库=滨江大道",
			[]string{"更名 滨江大道"}},
		{"decided to be one with what was there: so it was in May", []ledger.Record{Idea(5, "冷库", "10"), Idea(6, "滨江大道", "9")},
			[]ledger.Record{Idea(5, "滨江大道", "9")}, "冷库=滨江大道", []string{"更名 滨江大道", "调整 滨江大道"}},
		{"two decided to be one that came", []ledger.Record{Idea(5, "滨江大道", "4"), Idea(6, "水厂", "6")}, []ledger.Record{Idea(5, "冷库", "10")},
			"滨江大道=冷库 水厂=冷库", []string{"更名 冷库", "调整 冷库", "退库 水厂 已判定与“冷库”同一"}},
		{"decided to be split", []ledger.Record{Idea(5, "冷库", "10")}, []ledger.Record{Idea(5, "滨江大道", "4"), Idea(6, "水厂", "6")}, "滨江大道⊂冷库 水厂⊂冷库",
			[]string{"新增 滨江大道 已判定由“冷库”拆分", "新增 水厂 已判定由“冷库”拆分", "退库 冷库 已判定拆分为“滨江大道”、“水厂”"}},
		{"decided to be merged", []ledger.Record{Idea(5, "滨江大道", "4"), Idea(6, "水厂", "6")}, []ledger.Record{Idea(5, "冷库", "10")}, "滨江大道⊂冷库 水厂⊂冷库",
			[]string{"新增 冷库 已判定由“滨江大道”、“水厂”合并", "退库 滨江大道 已判定并入“冷库”", "退库 水厂 已判定并入“冷库”"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", test.may...))
			m := decidedMonth(t, before, decisionsOf(keysOf(test.may, test.june), test.decisions), Sent(June, Reserve, Trade, "june", test.june...))
			if diff := cmp.Diff(test.want, kin(m)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// kin are the changes of the reserve with what they may mean.
func kin(m *Month) []string {
	var all []string
	for _, x := range m.Movements["reserve"] {
		line := strings.TrimSpace(x.Kind.String() + " " + x.Project.Name() + " " + x.Kin)
		if x.Kind == Left && !x.Replaced {
			line += " by its own word"
		}
		all = append(all, line)
	}
	return all
}

// keysOf are the keys of rows of a department's reserve, by name.
func keysOf(all ...[]ledger.Record) map[string]string {
	keys := map[string]string{}
	for _, records := range all {
		for i := range records {
			row := ledger.Standing{ReturnID: ledger.ReturnID{Form: Reserve.ID, Department: Trade}, Record: &records[i]}
			keys[Reserve.Name(&records[i])] = identity.Key(Reserve.ID, identity.Of(Chenggu, Reserve, &row))
		}
	}
	return keys
}

// A row that another stands for, as a person decided, can be decided on again.
func TestPartyOfTheMonthBefore(t *testing.T) {
	may, june := []ledger.Record{Idea(5, "冷库", "10")}, []ledger.Record{Idea(5, "滨江大道", "10")}
	keys := keysOf(may, june)
	before := merged(t, May, nil, Sent(May, Reserve, Trade, "may", may...))
	m := decidedMonth(t, before, decisionsOf(keys, "冷库=滨江大道"), Sent(June, Reserve, Trade, "june", june...))
	for _, test := range []struct {
		key, name string
		form      *form.Form
	}{{keys["冷库"], "冷库", Reserve}, {keys["滨江大道"], "滨江大道", Reserve}, {"000000000000", "", nil}} {
		if party, f := m.Party(test.key); party.Name != test.name || f != test.form {
			t.Errorf("%s is %v of %v, want %s", test.key, party, f, test.name)
		}
	}
}
