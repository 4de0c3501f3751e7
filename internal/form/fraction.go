package form

import (
	"cmp"
	"math/big"
	"math/bits"
)

// A fraction is a number held exactly: in two machine words where they hold it, as they nearly always do,
// else as a big number. The zero fraction is no number.
type fraction struct {
	num, den int64    // den is more than 0, but of no number; they may have common factors
	large    *big.Rat // what the words cannot hold; nil: num over den
}

// fractionOf is num over den, which is more than 0.
func fractionOf(num, den int64) fraction { return fraction{num: num, den: den} }

func integer(n int64) fraction { return fractionOf(n, 1) }

// fractionFrom holds a big number in words where they hold it.
func fractionFrom(r *big.Rat) fraction {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		return fractionOf(r.Num().Int64(), r.Denom().Int64())
	}
	return fraction{large: r}
}

// exists reports whether f is a number.
func (f fraction) exists() bool { return f.den != 0 || f.large != nil }

// rat is f as a big number, one of its own that may be changed.
func (f fraction) rat() *big.Rat {
	if f.large != nil {
		return new(big.Rat).Set(f.large)
	}
	return big.NewRat(f.num, f.den)
}

func (f fraction) plus(g fraction) fraction {
	if f.large == nil && g.large == nil {
		if f.den == g.den {
			if num, fits := added(f.num, g.num); fits {
				return fractionOf(num, f.den)
			}
		} else if sum, fits := f.crossed(g); fits {
			return sum
		}
	}
	return fractionFrom(new(big.Rat).Add(f.rat(), g.rat()))
}

// crossed adds fractions of different denominators, if words hold the sum.
func (f fraction) crossed(g fraction) (sum fraction, fits bool) {
	a, one := multiplied(f.num, g.den)
	b, two := multiplied(g.num, f.den)
	num, three := added(a, b)
	den, four := multiplied(f.den, g.den)
	return fractionOf(num, den), one && two && three && four
}

func (f fraction) minus(g fraction) fraction { return f.plus(g.negative()) }

func (f fraction) negative() fraction { return f.times(integer(-1)) }

func (f fraction) times(g fraction) fraction {
	if f.large == nil && g.large == nil {
		num, one := multiplied(f.num, g.num)
		den, two := multiplied(f.den, g.den)
		if one && two {
			return fractionOf(num, den)
		}
	}
	return fractionFrom(new(big.Rat).Mul(f.rat(), g.rat()))
}

// over is f divided by g, which is not zero.
func (f fraction) over(g fraction) fraction {
	if f.large == nil && g.large == nil && g.num > 0 {
		num, one := multiplied(f.num, g.den)
		den, two := multiplied(f.den, g.num)
		if one && two {
			return fractionOf(num, den)
		}
	}
	return fractionFrom(new(big.Rat).Quo(f.rat(), g.rat()))
}

func (f fraction) sign() int {
	if f.large != nil {
		return f.large.Sign()
	}
	return cmp.Compare(f.num, 0)
}

func (f fraction) abs() fraction {
	if f.sign() < 0 {
		return f.negative()
	}
	return f
}

// compare is below, at or above zero as f is below g, equal or above.
func (f fraction) compare(g fraction) int {
	switch {
	case f.large != nil || g.large != nil:
		return f.rat().Cmp(g.rat())
	case f.sign() != g.sign():
		return cmp.Compare(f.sign(), g.sign())
	}
	high, low := bits.Mul64(magnitude(f.num), uint64(g.den))
	otherHigh, otherLow := bits.Mul64(magnitude(g.num), uint64(f.den))
	return f.sign() * cmp.Or(cmp.Compare(high, otherHigh), cmp.Compare(low, otherLow))
}

// isWhole reports whether f is a whole number.
func (f fraction) isWhole() bool {
	if f.large != nil {
		return f.large.IsInt()
	}
	return f.num%f.den == 0
}

// magnitude is n without its sign.
func magnitude(n int64) uint64 { return uint64(max(n, -n)) }

func added(a, b int64) (sum int64, fits bool) {
	sum = a + b
	return sum, (sum > a) == (b > 0)
}

func multiplied(a, b int64) (product int64, fits bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	return a * b, high == 0 && low < 1<<63
}
