package ledger

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseMoney(t *testing.T) {
	for _, test := range []struct {
		name, text string
		unit, want Money
		err        error
	}{
		{"the county's reserve", "1080.96", HundredMillionYuan, 10_809_600_000_000, nil},
		{"a cent in 万元", "0.000001", TenThousandYuan, 1, nil},
		{"half a cent in 万元", "0.0000005", TenThousandYuan, 0, ErrTooFine},
		{"a cent in 元", "0.01", Yuan, 1, nil},
		{"a tenth of a cent in 元", "0.001", Yuan, 0, ErrTooFine},
		{"zeros behind the cents", "0.0100000000000000000000000", Yuan, 1, nil},
		{"zeros in front", "00000000000000000000000012", Yuan, 1200, nil},
		{"千元", "1.5", ThousandYuan, 150_000, nil},
		{"百万元", "2.25", MillionYuan, 225_000_000, nil},
		{"a reduction", "-12.5", TenThousandYuan, -12_500_000, nil},
		{"a plus", "+3", Yuan, 300, nil},
		{"zero", "0", Yuan, 0, nil},
		{"less than nothing of nothing", "-0", Yuan, 0, nil},
		{"no whole part", ".5", Yuan, 50, nil},
		{"no fraction", "5.", Yuan, 500, nil},
		{"the largest", "92233720368547758.07", Yuan, math.MaxInt64, nil},
		{"a cent more than the largest", "92233720368547758.08", Yuan, 0, ErrTooLarge},
		{"twenty digits", "10000000000000000000", Fen, 0, ErrTooLarge},
		{"a screenful of digits", strings.Repeat("9", 30_000), Fen, 0, ErrTooLarge},
		{"blank", "", Yuan, 0, ErrNotNumber},
		{"a sign alone", "-", Yuan, 0, ErrNotNumber},
		{"a point alone", ".", Yuan, 0, ErrNotNumber},
		{"two signs", "--5", Yuan, 0, ErrNotNumber},
		{"two points", "1.2.3", Yuan, 0, ErrNotNumber},
		{"an exponent", "1e3", Yuan, 0, ErrNotNumber},
		{"a separator", "1,200", Yuan, 0, ErrNotNumber},
		{"a unit", "5万", Yuan, 0, ErrNotNumber},
		{"full width", "５", Yuan, 0, ErrNotNumber},
		{"an estimate", "约40", Yuan, 0, ErrNotNumber},
		{"an underscore", "1_000", Yuan, 0, ErrNotNumber},
		{"a sign behind", "5-", Yuan, 0, ErrNotNumber},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseMoney(test.text, test.unit)
			if got != test.want || !errors.Is(err, test.err) {
				t.Errorf("ParseMoney(%.40q, %d) = %d, %v; want %d, %v", test.text, test.unit, got, err, test.want, test.err)
			}
		})
	}
}

func TestMoneyIn(t *testing.T) {
	for _, test := range []struct {
		name     string
		amount   Money
		unit     Money
		decimals int
		want     string
	}{
		{"the county's reserve", 10_809_600_000_000, HundredMillionYuan, 2, "1080.96"},
		{"half rounds away from zero", 5, TenThousandYuan, 5, "0.00001"},
		{"less than half rounds down", 4, TenThousandYuan, 5, "0.00000"},
		{"half of a reduction rounds away from zero", -5, TenThousandYuan, 5, "-0.00001"},
		{"what rounds to nothing has no sign", -4, TenThousandYuan, 2, "0.00"},
		{"no decimals", 14_999, Yuan, 0, "150"},
		{"the smallest", math.MinInt64, Fen, 0, "-9223372036854775808"},
	} {
		if got := test.amount.In(test.unit, test.decimals); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	if got := Money(-123).String(); got != "-1.23元" {
		t.Errorf("String() = %s", got)
	}
}

func TestExactly(t *testing.T) {
	for _, test := range []struct {
		n, scale int64
		want     string
	}{
		{12_500, 10_000, "1.25"}, {120_000, 10_000, "12"}, {0, 10_000, "0"}, {100, 1, "100"}, {-1, 1_000_000, "-0.000001"},
		{855_000, 10_000, "85.5"}, {1, 1_000_000_000_000_000_000, "0.000000000000000001"},
	} {
		if got := Exactly(test.n, test.scale); got != test.want {
			t.Errorf("Exactly(%d, %d) = %s, want %s", test.n, test.scale, got, test.want)
		}
	}
}

func TestScan(t *testing.T) {
	for _, test := range []struct {
		name string
		from any
		want Money
		err  string
	}{
		{"an integer of SQLite", int64(-7), -7, ""},
		{"a sum of PostgreSQL", []byte("10809600000000"), 10_809_600_000_000, ""},
		{"a fraction", []byte("1.5"), 0, "money from database"},
		{"NULL", nil, 0, "unexpected <nil>"},
		{"a float", 1.0, 0, "unexpected float64"},
	} {
		var got Money
		err := got.Scan(test.from)
		if got != test.want || (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
			t.Errorf("%s: %d, %v", test.name, got, err)
		}
	}
}

var units = []Money{Fen, Yuan, ThousandYuan, TenThousandYuan, MillionYuan, HundredMillionYuan}

// What is written exactly is read as the same amount, in any unit.
func TestMoneyRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, unit := rapid.Int64Range(-math.MaxInt64, math.MaxInt64).Draw(t, "amount"), rapid.SampledFrom(units).Draw(t, "unit")
		text := Exactly(amount, int64(unit))
		if got, err := ParseMoney(text, unit); err != nil || int64(got) != amount {
			t.Fatalf("%d is %q is %d, %v", amount, text, got, err)
		}
	})
}

// Rounding is off by at most half of the last decimal, and turns with the sign.
func TestFormatDecimalRounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, decimals := rapid.Int64Range(-1e15, 1e15).Draw(t, "n"), rapid.IntRange(0, 6).Draw(t, "decimals")
		scale := int64(rapid.SampledFrom(units).Draw(t, "unit"))
		text := FormatDecimal(n, scale, decimals)
		shown, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("%q is no number", text)
		}
		off := new(big.Rat).Sub(shown, big.NewRat(n, scale))
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
		if half := new(big.Rat).SetFrac(big.NewInt(1), power.Mul(power, big.NewInt(2))); off.Abs(off).Cmp(half) > 0 {
			t.Fatalf("%d/%d is shown as %s", n, scale, text)
		}
		if opposite := FormatDecimal(-n, scale, decimals); strings.TrimPrefix(opposite, "-") != strings.TrimPrefix(text, "-") {
			t.Fatalf("%s, but of the opposite sign %s", text, opposite)
		}
	})
}

// FuzzParseDecimal holds the parser against exact arithmetic: what it takes is that number,
// what it refuses has a reason.
func FuzzParseDecimal(f *testing.F) {
	for _, seed := range []string{"0", "-12.50", "+.5", "5.", "1e3", "９", "1.2.3", "--1", "92233720368547758.07", strings.Repeat("0", 50) + "1"} {
		f.Add(seed, int64(10_000))
	}
	f.Fuzz(func(t *testing.T, text string, scale int64) {
		if scale <= 0 {
			return
		}
		got, err := ParseDecimal(text, scale)
		if err != nil {
			if got != 0 || !errors.Is(err, ErrNotNumber) && !errors.Is(err, ErrTooFine) && !errors.Is(err, ErrTooLarge) {
				t.Fatalf("ParseDecimal(%q) = %d, %v", text, got, err)
			}
			return
		}
		exact, ok := new(big.Rat).SetString(text)
		if !ok || exact.Mul(exact, big.NewRat(scale, 1)).Cmp(big.NewRat(got, 1)) != 0 {
			t.Fatalf("ParseDecimal(%q, %d) = %d, exactly %v", text, scale, got, exact)
		}
	})
}

// A number is read as exactly as fractions are, however many digits it has.
func TestParseDecimalIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[0-9]{0,20}(\.[0-9]{0,20})?`).Draw(t, "text")
		scale := rapid.SampledFrom([]int64{1, 100, 6667, 1_000_000, 1e12, math.MaxInt64}).Draw(t, "scale")
		got, err := ParseDecimal(text, scale)
		value, ok := new(big.Rat).SetString(text)
		if !ok {
			return // as ErrNotNumber says, or what SetString does not take, such as "5."
		}
		value.Mul(value, new(big.Rat).SetInt64(scale))
		if err == nil && value.Cmp(new(big.Rat).SetInt64(got)) != 0 {
			t.Fatalf("%s of %d: %d, want %s", text, scale, got, value.FloatString(3))
		}
		if digits := strings.Trim(text, "-."); err != nil && len(digits) < 19 && value.IsInt() && value.Num().IsInt64() {
			t.Fatalf("%s of %d: %v, want %s", text, scale, err, value.FloatString(3))
		}
	})
}
