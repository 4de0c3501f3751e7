package identity

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"huizong/internal/ledger"
	"huizong/internal/naming"
)

func TestWeightsWithoutExamples(t *testing.T) {
	if Learn([]Example{}) != BuiltIn {
		t.Error("nothing decided weighs something")
	}
	for kind, clue := range clueTable {
		bits := math.Log2(float64(clue.share.one) / float64(clue.share.two))
		if got := float64(BuiltIn[kind]) / 10; math.Abs(got-bits) > 0.051 {
			t.Errorf("%s weighs %.1f, want %.3f", ClueKind(kind).In(ledger.English), got, bits)
		}
	}
}

// A share of 0 would weigh without end; a clue without words tells nobody anything.
func TestClueTable(t *testing.T) {
	for kind, clue := range clueTable {
		if clue.share.one <= 0 || clue.share.two <= 0 || clue.share.one > pairs || clue.share.two > pairs {
			t.Errorf("clue %d: shares %v", kind, clue.share)
		}
		for _, n := range []int{clue.share.one, clue.share.two} {
			if digits := strings.TrimRight(strconv.Itoa(n), "0"); len(digits) > 2 { // an estimate has no more to say
				t.Errorf("clue %d: a share of %d", kind, n)
			}
		}
		for _, lang := range []ledger.Lang{ledger.Chinese, ledger.English} {
			if clue.text.In(lang) == "" || ClueKind(kind).In(lang) == "" {
				t.Errorf("clue %d has no words", kind)
			}
		}
	}
}

// drawnExamples are decided pairs with whatever clues.
func drawnExamples(t *rapid.T) []Example {
	var all []Example
	for range rapid.IntRange(0, 20).Draw(t, "examples") {
		e := Example{One: rapid.Bool().Draw(t, "one")}
		for range rapid.IntRange(0, 6).Draw(t, "clues") {
			e.Clues = append(e.Clues, Clue{Kind: ClueKind(rapid.IntRange(0, int(clueKinds)-1).Draw(t, "kind"))})
		}
		all = append(all, e)
	}
	return all
}

func TestLearnOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		examples := drawnExamples(t)
		if Learn(examples) != Learn(rapid.Permutation(examples).Draw(t, "shuffled")) {
			t.Fatal("the order of examples matters")
		}
	})
}

// One more pair that is one never lowers what its clues weigh, one that is two never raises it.
func TestLearnFollowsExamples(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		examples := drawnExamples(t)
		kind := ClueKind(rapid.IntRange(0, int(clueKinds)-1).Draw(t, "of"))
		before := Learn(examples)[kind]
		clues := []Clue{{Kind: kind}, {Kind: kind}} // twice in a pair is once
		if after := Learn(append(examples, Example{true, clues}))[kind]; after < before {
			t.Fatalf("%d fell to %d", before, after)
		}
		if after := Learn(append(examples, Example{false, clues}))[kind]; after > before {
			t.Fatalf("%d rose to %d", before, after)
		}
	})
}

// Weights stay what they should be however much is decided.
func TestLearnMuch(t *testing.T) {
	var examples []Example
	for i := range 40_000 {
		e := Example{One: i%2 == 0}
		if e.One || i%3 == 0 { // of those that are one all, of the others a third
			e.Clues = []Clue{{Kind: SameFirms}}
		}
		examples = append(examples, e)
	}
	if got := Learn(examples)[SameFirms]; got != 16 {
		t.Errorf("found three times as often it weighs %d tenths of bits", got)
	}
}

func TestTenths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.IntRange(1, 1<<rapid.IntRange(1, 50).Draw(t, "xs")).Draw(t, "x"), rapid.IntRange(1, 1<<rapid.IntRange(1, 50).Draw(t, "ys")).Draw(t, "y")
		bits := math.Log2(float64(x)) - math.Log2(float64(y))
		if got := tenths(x, y); math.Abs(float64(got)/10-bits) > 0.051 {
			t.Fatalf("log2(%d/%d) is %.3f, not %d tenths", x, y, bits, got)
		}
		if there, back := tenths(x, y), tenths(y, x); there+back > 1 || there+back < -1 {
			t.Fatalf("%d/%d: %d, and back %d", x, y, there, back)
		}
	})
}

// What was decided counts beside the built-in shares, which count for 60 pairs of each kind.
func TestLearnOne(t *testing.T) {
	for _, test := range []struct {
		name     string
		examples []Example
		want     int // of SameFirms
	}{
		{"nothing", nil, 29},
		{"20 that are one, and have it", slices.Repeat([]Example{{true, []Clue{{Kind: SameFirms}}}}, 20), 36},
		{"20 that are one, and have it not", slices.Repeat([]Example{{One: true}}, 20), 25},
		{"20 that are two, and have it", slices.Repeat([]Example{{false, []Clue{{Kind: SameFirms}}}}, 20), 1},
		{"20 that are two, and have it not", slices.Repeat([]Example{{}}, 20), 33},
	} {
		if got := Learn(test.examples)[SameFirms]; got != test.want {
			t.Errorf("%s: %d tenths of bits, want %d", test.name, got, test.want)
		}
	}
}

func TestClueWords(t *testing.T) {
	for _, test := range []struct {
		clue Clue
		want string
	}{
		{Clue{Kind: SameNames, Bits: 61}, "same name（+6.1）"},
		{Clue{Kind: Alike, Percent: 75, Bits: -1}, "names 75% alike（-0.1）"},
		{Clue{Kind: OtherMarks, Mark: naming.Stage, Bits: -150}, "different stages（-15.0）"},
	} {
		if got := test.clue.In(ledger.English); got != test.want {
			t.Errorf("%s, want %s", got, test.want)
		}
	}
	for kind, want := range map[ClueKind]string{SameCodes: "same project code", Alike: "names 72% alike"} {
		if got := kind.In(ledger.English); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestTelling(t *testing.T) {
	got := Telling([]Clue{{Kind: SameNames, Bits: 1}, {Kind: Alike}, {Kind: OtherCodes, Bits: -1}})
	if len(got) != 2 || got[0].Kind != SameNames || got[1].Kind != OtherCodes {
		t.Errorf("%v", got)
	}
}

func TestPowers(t *testing.T) {
	for tenths, power := range powers {
		if want := int(math.Round(math.Exp2(16 + float64(tenths)/10))); power != want {
			t.Errorf("2 to the %d tenths is %d, want %d", tenths, power, want)
		}
	}
}

func TestPercent(t *testing.T) {
	if got := percent(0); got != 50 {
		t.Errorf("even odds are %d%%", got)
	}
	last := 0
	for bits := -2000; bits <= 2000; bits++ {
		got := percent(bits)
		if got < last || got > 99 {
			t.Errorf("%d tenths are %d%% after %d%%", bits, got, last)
		}
		odds := math.Exp2(float64(bits) / 10)
		if want := int(min(99, 100*odds/(1+odds))); got != want {
			t.Errorf("%d tenths are %d%%, want %d%%", bits, got, want)
		}
		last = got
	}
}
