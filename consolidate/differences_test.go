package consolidate

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/county"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// What a version says otherwise than the one before is told by row and column; rows that moved are the same.
func TestDifferences(t *testing.T) {
	version := func(content string, rows []string) *ledger.Return {
		r := Sent(June, Reserve, Trade, content)
		for i, row := range rows {
			name, total, _ := strings.Cut(row, "=")
			r.Records = append(r.Records, Idea(5+i, name, total))
		}
		return r
	}
	for _, test := range []struct {
		name          string
		before, after []string // name=总投资
		want          string
	}{
		{"nothing", []string{"物流园=8000"}, []string{"物流园=8000"}, ""},
		{"an amount, and rows moved", []string{"物流园=8000", "客运站=900"}, []string{"客运站=900", "物流园=8100"}, "物流园 总投资: 8000 → 8100"},
		{"a row more, a row less", []string{"物流园=8000"}, []string{"汉江大桥=900"}, "汉江大桥 is new, 物流园 is gone"},
		{"written otherwise", []string{"物流园=8000"}, []string{"物流园=8000.00"}, ""},
	} {
		var got []string
		for _, d := range Differences(county.Default(), version("a", test.before), version("b", test.after)) {
			switch {
			case d.Before == nil:
				got = append(got, d.Entity+" is new")
			case d.After == nil:
				got = append(got, d.Entity+" is gone")
			}
			for _, c := range d.Columns {
				got = append(got, fmt.Sprintf("%s %s: %s → %s", d.Entity, c, c.Show(c.Value(d.Before)), c.Show(c.Value(d.After))))
			}
		}
		if diff := cmp.Diff(test.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}
