package store

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huizong/internal/ledger"
)

func decision(a, b string, v ledger.Verdict, source string) ledger.Decision {
	return ledger.Decision{A: ledger.Party{Key: a, Department: "交通运输局", Name: "物流园"}, B: ledger.Party{Key: b, Department: "三合镇", Name: "物流中心"},
		Verdict: v, Who: "张三", Why: "已核对", Source: source}
}

func decide(s *Store, region string, decisions ...ledger.Decision) (recorded []ledger.Decision, err error) {
	err = alone(s, region, func(l *Lock) error {
		recorded, err = l.Decide(context.Background(), decisions)
		return err
	})
	return recorded, err
}

func undo(s *Store, region string, number int) error {
	return alone(s, region, func(l *Lock) error { return l.Undo(context.Background(), number) })
}

// Decisions are numbered as they come; what already holds, and what a reply said before, is
// not recorded again, undone or not.
func TestDecisions(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s := context.Background(), open(t, address)
		recorded := func(want int, decisions ...ledger.Decision) {
			t.Helper()
			got, err := decide(s, "610722", decisions...)
			if err != nil || len(got) != want {
				t.Fatalf("%d recorded (%v), want %d", len(got), err, want)
			}
		}
		reply := decision("a", "b", ledger.Same, "the reply")
		recorded(2, reply, decision("a", "c", ledger.Different, ""))
		recorded(0, reply)
		recorded(0, decision("b", "a", ledger.Same, "")) // the same pair the other way round
		recorded(1, decision("b", "a", ledger.Different, ""))
		got, err := s.Decisions(ctx, "610722")
		if err != nil {
			t.Fatal(err)
		}
		want := []ledger.Decision{reply, decision("a", "c", ledger.Different, ""), decision("b", "a", ledger.Different, "")}
		for i := range want {
			want[i].Number = i + 1
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		for _, number := range []int{1, 3} {
			if err := undo(s, "610722", number); err != nil {
				t.Error(err)
			}
		}
		recorded(0, reply) // the reply still lies in the inbox
		recorded(1, decision("a", "b", ledger.Same, "another reply"))
		if others, err := s.Decisions(ctx, "610723"); err != nil || len(others) != 0 {
			t.Errorf("another county has %d decisions (%v)", len(others), err)
		}
		part := decision("x", "y", ledger.Part, "")
		recorded(1, part)
		recorded(0, part)
		recorded(1, decision("y", "x", ledger.Part, "")) // the other is the part
		log, err := s.DecisionLog(ctx, "610722")
		if err != nil || log.Next() != 7 || !log.Took(reply) || log.Took(part) || log.Holds(part) || !log.Holds(decision("y", "x", ledger.Part, "")) {
			t.Errorf("the log (%v) is not what was decided: %+v", err, log)
		}
		for _, number := range []int{1, 99} {
			if err := undo(s, "610722", number); !errors.Is(err, ErrNoDecision) {
				t.Errorf("undo %d: %v", number, err)
			}
		}
	})
}

// Undoing what was just decided leaves the decisions that count as they were.
func TestUndoGivesTheStateBefore(t *testing.T) {
	property(t, func(t *rapid.T, s *Store, region string) {
		err := alone(s, region, func(l *Lock) error {
			for range rapid.IntRange(1, 8).Draw(t, "decisions") {
				if err := decideAndUndo(t, l); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// decideAndUndo decides something, and undoes it or not.
func decideAndUndo(t *rapid.T, l *Lock) error {
	ctx := context.Background()
	before, err := l.store.Decisions(ctx, l.region)
	if err != nil {
		return err
	}
	keys := rapid.Permutation([]string{"a", "b", "c"}).Draw(t, "keys")
	verdict := rapid.SampledFrom([]ledger.Verdict{ledger.Same, ledger.Different, ledger.Part}).Draw(t, "verdict")
	recorded, err := l.Decide(ctx, []ledger.Decision{decision(keys[0], keys[1], verdict, "")})
	if err != nil || len(recorded) == 0 || rapid.Bool().Draw(t, "kept") {
		return err
	}
	if err := l.Undo(ctx, recorded[0].Number); err != nil {
		return err
	}
	after, err := l.store.Decisions(ctx, l.region)
	if diff := cmp.Diff(before, after); diff != "" {
		return errors.Join(err, errors.New(diff))
	}
	return err
}
