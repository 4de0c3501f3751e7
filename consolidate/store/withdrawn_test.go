package store

import (
	"context"
	"testing"

	"huizong/internal/ledger"
)

// With a file go the explanations that were given with it in that month, and no others; the database is as it was written.
func TestWithdrawExplanations(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s := context.Background(), open(t, address)
		const region = "610722"
		may := june.Add(-1)
		said := func(p ledger.Period, digest, source string) ledger.Explanation {
			return ledger.Explanation{Period: p, Digest: digest, Source: source, Text: "批复尚未下达"}
		}
		err := alone(s, region, func(l *Lock) error {
			_, err := l.Explain(ctx, []ledger.Explanation{said(june, "1", "f1"), said(june, "2", "f2"), said(may, "3", "f1"), said(june, "4", "f1")})
			if err != nil {
				return err
			}
			if err := l.Withdraw(ctx, june, "f1"); err != nil {
				return err
			}
			_, err = l.Explain(ctx, []ledger.Explanation{said(june, "1", "f1")})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for p, want := range map[ledger.Period]string{june: "21", may: "3"} {
			all, err := s.Explanations(ctx, region, p)
			got := ""
			for _, e := range all {
				got += e.Digest
			}
			if err != nil || got != want {
				t.Errorf("%s: %s is left (%v)", p, got, err)
			}
		}
		if changed, err := s.Changed(ctx, region); err != nil || changed != nil {
			t.Errorf("not as it was written: %v (%v)", changed, err)
		}
	})
}
