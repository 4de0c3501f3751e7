package store

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/ledger"
)

// What a file brought is taken out, merged or not, and nothing else; the database is as one in which it never came.
func TestWithdraw(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s := context.Background(), open(t, address)
		const region = "610722"
		one, two, merged := sample(region, "交通运输局", "1"), sample(region, "水利局", "2"), sample(region, "林业局", "3")
		other := sample("610723", "交通运输局", "1")
		may := sample(region, "教体局", "4")
		may.Period = june.Add(-1)
		may.Findings = []ledger.Finding{{Code: ledger.Codes()[0], File: may.File}}
		do := func(region string, work func(l *Lock) error) {
			t.Helper()
			if err := alone(s, region, work); err != nil {
				t.Fatal(err)
			}
		}
		do(region, func(l *Lock) error { return l.Save(ctx, []*ledger.Return{one, two, merged}) })
		do("610723", func(l *Lock) error { return l.Save(ctx, []*ledger.Return{other}) })
		month := generation(region, 1)
		for _, r := range []*ledger.Return{two, merged} {
			stated := *r
			stated.Version, stated.State = 1, ledger.Accepted
			month.Returns = append(month.Returns, &stated)
		}
		do(region, func(l *Lock) error { return l.Merge(ctx, month) })
		do(region, func(l *Lock) error { return l.SaveLate(ctx, june, []*ledger.Return{may}) })
		do(region, func(l *Lock) error { return l.SaveLate(ctx, june.Add(1), []*ledger.Return{may}) })

		departments := func(returns []*ledger.Return, err error) (all []string) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range returns {
				all = append(all, r.Department)
			}
			slices.Sort(all)
			return all
		}
		for _, step := range []struct {
			name                   string
			period                 ledger.Period
			files                  []string
			returns, late, further []string // of June; what came late with June and with July
		}{
			{"a file that brought nothing", june, []string{"f0"}, []string{"交通运输局", "林业局", "水利局"}, []string{"教体局"}, []string{"教体局"}},
			{"another month's", june.Add(1), []string{"f2"}, []string{"交通运输局", "林业局", "水利局"}, []string{"教体局"}, []string{"教体局"}},
			{"merged", june, []string{"f3"}, []string{"交通运输局", "水利局"}, []string{"教体局"}, []string{"教体局"}},
			{"not merged, and late", june, []string{"f1", "f4"}, []string{"水利局"}, nil, []string{"教体局"}},
			{"late with another month, too", june.Add(1), []string{"f4"}, []string{"水利局"}, nil, nil},
		} {
			do(region, func(l *Lock) error { return l.Withdraw(ctx, step.period, step.files...) })
			got := [][]string{departments(s.Returns(ctx, region, june)), departments(s.Late(ctx, region, june)), departments(s.Late(ctx, region, june.Add(1)))}
			if diff := cmp.Diff([][]string{step.returns, step.late, step.further}, got); diff != "" {
				t.Errorf("%s (-want +got)\n%s", step.name, diff)
			}
		}
		if got := departments(s.Returns(ctx, "610723", june)); !slices.Equal(got, []string{"交通运输局"}) {
			t.Errorf("another county has %v", got)
		}
		changed, err := s.Changed(ctx, region, "610723")
		if err != nil || changed != nil {
			t.Errorf("not as it was written: %v (%v)", changed, err)
		}
		for _, table := range []string{"return_rows", "return_finding", "return_sum"} {
			var n int
			if err := s.db.Get(&n, "SELECT COUNT(*) FROM "+table+" WHERE region = '610722' AND department <> '水利局'"); err != nil || n != 0 {
				t.Errorf("%s has %d rows of what was withdrawn (%v)", table, n, err)
			}
		}
		do(region, func(l *Lock) error { return l.Save(ctx, []*ledger.Return{one}) })
		if got := departments(s.Returns(ctx, region, june)); len(got) != 2 {
			t.Errorf("what was withdrawn does not come again: %v", got)
		}
	})
}
