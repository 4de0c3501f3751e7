package form

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// What is written without big numbers is what they write.
func TestDecimal(t *testing.T) {
	numbers := []int64{0, 1, -1, 4, 5, 49, 50, -50, 999_999, 1_000_000, 123_456_789_012, math.MaxInt64, math.MinInt64}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2_000 {
		numbers = append(numbers, random.Int64()>>random.IntN(64), -random.Int64()>>random.IntN(64))
	}
	small := 0
	for i, n := range numbers {
		for _, denominator := range []int64{1, 2, 3, 7, 10_000, 1_000_000, max(1, numbers[len(numbers)-1-i])} {
			value := fractionOf(n, denominator)
			for _, shape := range []struct {
				times, by uint64
				decimals  int
			}{{1, 1_000_000, 6}, {100, 1, 2}, {1, 1, 4}} {
				exact := new(big.Rat).Mul(value.rat(), big.NewRat(int64(shape.times), int64(shape.by)))
				want := trim(exact.FloatString(shape.decimals))
				if got := decimal(value, shape.times, shape.by, shape.decimals); got != want {
					t.Fatalf("%s × %d ÷ %d: %s, want %s", value.rat(), shape.times, shape.by, got, want)
				}
				if _, ok := smallDecimal(value, shape.times, shape.by, shape.decimals); ok {
					small++
				}
			}
		}
	}
	if small == 0 {
		t.Error("none was small")
	}
}
