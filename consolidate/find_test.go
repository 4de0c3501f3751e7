package consolidate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
	. "huizong/internal/returntest"
)

func TestFind(t *testing.T) {
	m, _ := ruledMonth(t)
	for _, test := range []struct {
		text string
		want []string
	}{
		{"物流园", []string{"物流园"}}, {" 物 流 园 ", []string{"物流园"}}, {"城固县物流园", []string{"物流园"}}, {"桔园", []string{"橘园路网"}},
		{"园", []string{"物流园", "航空产业园", "橘园路网"}}, {"产业 航空", []string{"航空产业园"}}, {"产业 物流", nil},
		{"冷库", []string{"冷库", "冷库"}}, {"北环路", []string{"北环路"}}, {"垃圾", []string{"垃圾填埋场"}}, {"", nil}, {"  ", nil}, {"没有", nil},
	} {
		var got []string
		for _, row := range m.Register.Find(test.text) {
			got = append(got, form.ByID(row.Form).Name(row.Record))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", test.text, diff)
		}
	}
}

// What is no project is neither found by its name nor by its key.
func TestOnlyProjectsAreFound(t *testing.T) {
	dispatch := form.Dispatch.Title.Form
	m := merged(t, June, nil, Sent(June, dispatch, Trade, "d", Record(dispatch, 5, "title=物流园调度会", "held_on=2024-06-03")))
	if len(m.Standing) != 1 || m.Register.Find("物流园") != nil {
		t.Errorf("of %d rows one is found", len(m.Standing))
	}
	if party, f := m.Party(m.Register.Key(&m.Standing[0])); f != nil {
		t.Errorf("%v is a row of %s", party, f.ID)
	}
}
