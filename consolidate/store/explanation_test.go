package store

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/ledger"
)

func explanation(digest, text, given, source string) ledger.Explanation {
	return ledger.Explanation{Period: june, Digest: digest, Code: "V19", Department: "水利局", Form: "progress", Entity: "城固大道", Field: "总投资", Found: "40",
		Text: text, Who: "张三", Given: given, Source: source}
}

func explain(s *Store, region string, explanations ...ledger.Explanation) (recorded []ledger.Explanation, err error) {
	err = alone(s, region, func(l *Lock) error {
		recorded, err = l.Explain(context.Background(), explanations)
		return err
	})
	return recorded, err
}

// Explanations are numbered as they come and kept with their month; what a receipt said before is not recorded again.
func TestExplanations(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s := context.Background(), open(t, address)
		first, second := explanation("a", "设备款七月支付", "2024-06-20", "one"), explanation("b", "规划用地核减", "2024-06-20", "one")
		later, july := explanation("a", "设备款八月支付", "2024-06-25", "two"), explanation("a", "设备款七月支付", "2024-06-20", "one")
		july.Period = june.Add(1)
		for _, step := range []struct {
			given []ledger.Explanation
			want  int
		}{{[]ledger.Explanation{first, first, second}, 2}, {[]ledger.Explanation{second}, 0}, {[]ledger.Explanation{later, july}, 2}} {
			recorded, err := explain(s, "610722", step.given...)
			if err != nil || len(recorded) != step.want {
				t.Fatalf("%d recorded (%v), want %d", len(recorded), err, step.want)
			}
		}
		first.Number, second.Number, later.Number, july.Number = 1, 2, 3, 4
		for _, test := range []struct {
			region string
			period ledger.Period
			want   []ledger.Explanation
		}{{"610722", june, []ledger.Explanation{first, second, later}}, {"610722", june.Add(1), []ledger.Explanation{july}}, {"610723", june, nil}} {
			got, err := s.Explanations(ctx, test.region, test.period)
			if err != nil || len(got) != len(test.want) || len(got) > 0 && !cmp.Equal(got, test.want) {
				t.Errorf("%s %s: %v %s", test.region, test.period, err, cmp.Diff(test.want, got))
			}
		}
	})
}

// The waivers of a month are those that were recorded last, and of no other month.
func TestWaivers(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s := context.Background(), open(t, address)
		of := func(department string) ledger.Waiver {
			return ledger.Waiver{Code: "V19", Department: department, Why: "批复在办", Who: "李工", Until: june}
		}
		for _, waivers := range [][]ledger.Waiver{{of("水利局"), of("林业局")}, {of("教体局"), of("水利局")}} {
			if err := alone(s, "610722", func(l *Lock) error { return l.Waive(ctx, june, waivers) }); err != nil {
				t.Fatal(err)
			}
			got, err := s.Waivers(ctx, "610722", june)
			if err != nil || !cmp.Equal(got, waivers) {
				t.Errorf("%v %s", err, cmp.Diff(waivers, got))
			}
			if other, err := s.Waivers(ctx, "610722", june.Add(1)); err != nil || other != nil {
				t.Errorf("another month has %v (%v)", other, err)
			}
		}
	})
}
