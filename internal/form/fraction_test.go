package form

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// fractions are drawn near the ends of the words as well as small, with and without common factors, and too
// large for words.
var fractions = rapid.Custom(func(t *rapid.T) fraction {
	num := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-9, 9), rapid.SampledFrom([]int64{math.MinInt64, math.MinInt64 + 1, math.MaxInt64})).Draw(t, "num")
	den := rapid.OneOf(rapid.Int64Range(1, math.MaxInt64), rapid.Int64Range(1, 12), rapid.Just(int64(RateScale))).Draw(t, "den")
	if rapid.IntRange(0, 9).Draw(t, "large") == 0 {
		return fractionFrom(new(big.Rat).Mul(big.NewRat(num, den), big.NewRat(math.MaxInt64, 7)))
	}
	return fractionOf(num, den)
})

// Fractions calculate as big numbers do, whether words hold them or not.
func TestFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := fractions.Draw(t, "a"), fractions.Draw(t, "b")
		same := func(what string, got fraction, want *big.Rat) {
			if got.rat().Cmp(want) != 0 {
				t.Fatalf("%s: %s, want %s", what, got.rat(), want)
			}
			if got.large != nil && got.large.Num().IsInt64() && got.large.Denom().IsInt64() {
				t.Fatalf("%s: %s is not held in words", what, got.large)
			}
		}
		same("plus", a.plus(b), new(big.Rat).Add(a.rat(), b.rat()))
		same("minus", a.minus(b), new(big.Rat).Sub(a.rat(), b.rat()))
		same("times", a.times(b), new(big.Rat).Mul(a.rat(), b.rat()))
		same("negative", a.negative(), new(big.Rat).Neg(a.rat()))
		same("abs", a.abs(), new(big.Rat).Abs(a.rat()))
		if b.sign() != 0 {
			same("over", a.over(b), new(big.Rat).Quo(a.rat(), b.rat()))
		}
		for _, pair := range [][2]fraction{{a, b}, {b, a}, {a, a}} {
			if got, want := pair[0].compare(pair[1]), pair[0].rat().Cmp(pair[1].rat()); got != want {
				t.Fatalf("compare: %d, want %d", got, want)
			}
		}
		if got, want := a.sign(), a.rat().Sign(); got != want {
			t.Fatalf("sign: %d, want %d", got, want)
		}
		if got, want := a.isWhole(), a.rat().IsInt(); got != want {
			t.Fatalf("isWhole: %t, want %t", got, want)
		}
	})
}

// Amounts of money and their shares, which rules are about, take no memory.
func TestFractionsStaySmall(t *testing.T) {
	plan, done, elapsed := integer(1_080_960_000_000_00), integer(540_480_000_000_01), fractionOf(6, 12)
	var order int
	judge := func() { order = elapsed.minus(done.over(plan)).compare(fractionOf(100_000, RateScale)) }
	if n := testing.AllocsPerRun(10, judge); n != 0 || order >= 0 {
		t.Errorf("%v allocations, order %d; want none, and below", n, order)
	}
	if (fraction{}).exists() || !integer(0).exists() {
		t.Error("zero is a number, the zero fraction none")
	}
}
