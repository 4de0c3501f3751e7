package consolidate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// Key projects, the statistics and what was signed are joined by code, else by a name that
// is the only one of its kind; stages part them, and no figure is altered.
func TestJoin(t *testing.T) {
	statistics, signing := form.Statistics.Name.Form, form.Signing.Name.Form
	entered := func(number int, name string, words ...string) ledger.Record {
		return Record(statistics, number, append([]string{"name=" + name, "year_to_date=900"}, words...)...)
	}
	m := merged(t, June, nil,
		Sent(June, Progress, Housing, "p", Works(5, "滨江路", "1000"), Works(6, "物流园一期", "1000"), Works(7, "体育馆", "1000", "code="+CodeA),
			Works(8, "学校", "1000", "code="+CodeB), Works(9, "公厕", "1000")),
		Sent(June, statistics, "统计局", "s", entered(5, "城固县滨江路"), entered(6, "物流园二期"), entered(7, "县体育中心", "code="+CodeA),
			entered(8, "学校", "code=2406-610722-04-02-000002"), entered(9, "公厕", "unit=甲"), entered(10, "公厕", "unit=乙")),
		Sent(June, signing, "招商服务中心", "g", Record(signing, 5, "name=滨江路", "funds=300")))
	for _, test := range []struct {
		form *form.Form
		want map[string]string
	}{
		{statistics, map[string]string{"滨江路": "城固县滨江路", "体育馆": "县体育中心", "学校": "学校"}},
		{signing, map[string]string{"滨江路": "滨江路"}},
	} {
		got := map[string]string{}
		for mine, theirs := range m.Register.Join(m.Register.Counted(Progress), m.Register.Counted(test.form)) {
			got[mine.Name()] = theirs.Name()
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.form.ID, diff)
		}
	}
	if m.Figures["progress.year_to_date_fen"] != int64(5000*ledger.TenThousandYuan) ||
		m.Figures["statistics.year_to_date_fen"] != int64(5400*ledger.TenThousandYuan) {
		t.Errorf("figures are altered: %v", m.Figures)
	}
}

// What bears one name in two forms is joined, unless a person decided that it is not one, or that another is.
func TestKeptApart(t *testing.T) {
	mail := func() []*ledger.Return {
		return []*ledger.Return{Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8")),
			Sent(June, Progress, Trade, "b", Record(Progress, 5, "name=物流园", "total=8", "department="+Trade),
				Record(Progress, 6, "name=北环路", "total=7"))}
	}
	before := merged(t, May, nil)
	open := decidedMonth(t, before, nil, mail()...)
	key := func(f *form.Form, at int) string { return open.Register.Key(open.Register.Projects[f.ID][at].Row) }
	keys := map[string]string{"A": key(Reserve, 0), "P": key(Progress, 0), "Q": key(Progress, 1)}
	for decisions, want := range map[string]string{"": "物流园", "A=P": "物流园", "A≠P": "", "P≠A": "", "A⊂P": "", "P⊂A": "", "A=Q": "北环路"} {
		m := decidedMonth(t, before, decisionsOf(keys, decisions), mail()...)
		got := ""
		for _, q := range m.Register.Join(m.Register.Counted(Reserve), m.Register.Counted(Progress)) {
			got += q.Name()
		}
		if got != want {
			t.Errorf("%q: %q are joined, want %q", decisions, got, want)
		}
	}
}

// What people decided is one is joined, each at most once; what they decided otherwise is not.
func TestDecidedJoin(t *testing.T) {
	_, keys := ruledMonth(t)
	for _, test := range []struct {
		decisions string
		want      []string
	}{
		{"A=P", []string{"物流园=北环路"}},
		{"A=P B=Q", []string{"物流园=北环路", "自来水厂=体育馆"}},
		{"A=P B=P", []string{"物流园=北环路"}},
		{"A≠P", nil},
		{"A⊂P", nil},
		{"A=B", nil},
	} {
		m, _ := ruledMonth(t, decisionsOf(keys, test.decisions)...)
		joined := m.Register.Join(m.Register.Counted(Reserve), m.Register.Counted(Progress))
		var got []string
		for _, p := range m.Register.Counted(Reserve) {
			if q := joined[p]; q != nil {
				got = append(got, p.Name()+"="+q.Name())
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.decisions, diff)
		}
	}
	m, _ := ruledMonth(t, decisionsOf(keys, "A=P A=Q")...)
	if joined := m.Register.Join(m.Register.Counted(Reserve), m.Register.Counted(Progress)); len(joined) != 1 {
		t.Errorf("one project is joined to %d", len(joined))
	}
}
