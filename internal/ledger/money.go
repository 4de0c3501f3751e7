package ledger

import (
	"database/sql"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"
)

// Money is an amount in 分 (cents of a yuan), exact. The county's 1080.96亿元 are
// 10,809,600,000,000; the type holds 92 quadrillion yuan.
type Money int64

// The units of money that returns are filled in with.
const (
	Fen                Money = 1
	Yuan                     = 100 * Fen        // 元
	ThousandYuan             = 1000 * Yuan      // 千元
	TenThousandYuan          = 10_000 * Yuan    // 万元
	MillionYuan              = 1_000_000 * Yuan // 百万元
	HundredMillionYuan       = 100_000_000 * Yuan
)

// An Amount is Money that a return may leave blank. Blank is not zero: it means
// the department does not know yet.
type Amount = sql.Null[Money]

// Of is an amount that is known.
func Of(m Money) Amount { return Amount{V: m, Valid: true} }

// Errors of ParseMoney and ParseDecimal.
var (
	ErrNotNumber = errors.New("not a plain decimal number")
	ErrTooFine   = errors.New("finer than the smallest unit")
	ErrTooLarge  = errors.New("out of range")
)

// ParseMoney reads a decimal number of units, each worth unit cents (分). It never
// rounds: ParseMoney("0.000001", TenThousandYuan) is one cent, half of that is ErrTooFine.
// Thousands separators, unit words and exponents are not numbers here: the importer
// folds what people write before it asks.
func ParseMoney(text string, unit Money) (Money, error) {
	n, err := ParseDecimal(text, int64(unit))
	return Money(n), err
}

// ParseDecimal reads a decimal number exactly and gives it in parts of 1/scale: with
// scale 10,000, "85.5" is 855,000. A value that is no whole number of parts is ErrTooFine.
func ParseDecimal(text string, scale int64) (int64, error) {
	digits := strings.TrimLeft(text, "+-")
	if len(text)-len(digits) > 1 {
		return 0, ErrNotNumber
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	if whole+fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return 0, ErrNotNumber
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	switch {
	case len(whole) > 19:
		return 0, ErrTooLarge
	case len(fraction) > 18:
		return 0, ErrTooFine
	}
	if parts, ok := inParts(whole, fraction, scale); ok {
		if text[0] == '-' {
			return -parts, nil
		}
		return parts, nil
	}
	value, ok := new(big.Int).SetString("0"+whole+fraction, 10)
	if !ok {
		return 0, ErrNotNumber
	}
	value.Mul(value, big.NewInt(scale))
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(fraction))), nil)
	value, rest := value.QuoRem(value, power, new(big.Int))
	switch {
	case rest.Sign() != 0:
		return 0, ErrTooFine
	case !value.IsInt64():
		return 0, ErrTooLarge
	case text[0] == '-':
		return -value.Int64(), nil
	}
	return value.Int64(), nil
}

// inParts is ParseDecimal of digits as nearly all amounts have; not ok of others.
func inParts(whole, fraction string, scale int64) (parts int64, ok bool) {
	if len(whole)+len(fraction) > 18 || scale <= 0 {
		return 0, false
	}
	value, power := uint64(0), uint64(1)
	for _, digits := range [2]string{whole, fraction} {
		for i := range len(digits) {
			value = 10*value + uint64(digits[i]-'0')
		}
	}
	for range len(fraction) {
		power *= 10
	}
	over, product := bits.Mul64(value, uint64(scale))
	if over != 0 || product%power != 0 || product/power > math.MaxInt64 {
		return 0, false
	}
	return int64(product / power), true
}

// In writes the amount in a unit with a fixed number of decimals, halves rounded away
// from zero: Money(10809600000000).In(HundredMillionYuan, 2) is "1080.96".
func (m Money) In(unit Money, decimals int) string {
	return FormatDecimal(int64(m), int64(unit), decimals)
}

// FormatDecimal writes n parts of 1/scale with a fixed number of decimals, halves
// rounded away from zero. What rounds to nothing has no sign.
func FormatDecimal(n, scale int64, decimals int) string {
	text := new(big.Rat).SetFrac64(n, scale).FloatString(decimals)
	if strings.Trim(text, "-0.") == "" {
		return strings.TrimPrefix(text, "-")
	}
	return text
}

// Exactly writes n parts of 1/scale with as many decimals as it takes, no more:
// 12500 of 1/10000 is "1.25". The scale is a power of ten up to 10^18.
func Exactly(n, scale int64) string {
	text := new(big.Rat).SetFrac64(n, scale).FloatString(18)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// String gives the amount in yuan, for messages to programmers; what people read uses In.
func (m Money) String() string { return m.In(Yuan, 2) + "元" }

// Scan reads what the databases give for a BIGINT or for a sum of them: an integer
// from SQLite, the digits from PostgreSQL.
func (m *Money) Scan(from any) error {
	switch v := from.(type) {
	case int64:
		*m = Money(v)
	case []byte:
		n, err := strconv.ParseInt(string(v), 10, 64)
		if err != nil {
			return fmt.Errorf("money from database: %w", err)
		}
		*m = Money(n)
	default:
		return fmt.Errorf("money from database: unexpected %T", from)
	}
	return nil
}
