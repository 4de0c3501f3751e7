package consolidate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
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
			got = append(got, form.ByID(row.Form).Name(&row.Record))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", test.text, diff)
		}
	}
}
