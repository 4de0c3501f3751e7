package ledger

import (
	"strings"
	"testing"
)

// An answer makes a decision, and the verdict reads as it was chosen.
func TestAnswered(t *testing.T) {
	asked := Decision{A: Party{Key: "a"}, B: Party{Key: "b"}}
	for _, test := range []struct {
		answer string
		want   Saying
	}{
		{"同一", Saying{Same, "a", "b"}}, {" 不同", Saying{Different, "a", "b"}}, {"甲属于乙", Saying{Part, "a", "b"}}, {"乙属于甲", Saying{Part, "b", "a"}},
		{"", Saying{}}, {"属于", Saying{}}, {"same", Saying{}},
	} {
		got, understood := asked.Answered(test.answer)
		if understood != (test.want != Saying{}) || understood && got.Saying() != test.want {
			t.Errorf("%q: %v %+v, want %+v", test.answer, understood, got.Saying(), test.want)
		}
		if same := got.Answer() == strings.TrimSpace(test.answer); understood && same != (got.A.Key == "a") {
			t.Errorf("%q reads %q", test.answer, got.Answer())
		}
	}
	for _, word := range Answers() {
		if _, understood := asked.Answered(word); !understood {
			t.Errorf("%s can be chosen and is not understood", word)
		}
	}
}

// The pair is found either way; only of a part it matters which is which.
func TestSaying(t *testing.T) {
	for _, verdict := range []Verdict{Same, Different, Part} {
		d := Decision{A: Party{Key: "b"}, B: Party{Key: "a"}, Verdict: verdict}
		turned := Decision{A: d.B, B: d.A, Verdict: verdict}
		if d.Pair() != turned.Pair() || (d.Saying() == turned.Saying()) == (verdict == Part) {
			t.Errorf("%s: %v %v", verdict, d.Saying(), turned.Saying())
		}
	}
}
