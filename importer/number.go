package importer

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// A numeral is a number as a cell states it, before anybody asks what it counts.
type numeral struct {
	digits string // a plain decimal number
	unit   unit   // that the cell itself names, in its text or its number format
	stored bool   // as a number, not as text
	did    []string
}

// Numbers as people write them: thousands parted by commas or blanks, or not at all. A line
// break parts two numbers and is never taken for a blank.
var (
	plainNumber  = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)$`)
	partedNumber = regexp.MustCompile(`^[+-]?\d{1,3}((,\d{3})+|( \d{3})+)(\.\d+)?$`)
	separators   = strings.NewReplacer(",", "", " ", "")
	formatUnit   = regexp.MustCompile(`亿元|百万元|万元|千元|元|平方米|公顷|亩|[%％]`)
	// formatScale: a comma after the last digit divides by a thousand, a literal point shifts
	// the decimal point that is seen.
	formatScale = regexp.MustCompile(`[0#?],+([^0#?,]|$)|[!\\]\.|"\."`)
)

// readNumeral reads a number of a cell that holds a number or a text. It never guesses:
// 约40, 60余, 1.2-1.5亿 are no numbers.
func readNumeral(cell sheet.Cell) (numeral, bool) {
	if cell.Kind == sheet.Number {
		n := numeral{digits: significant(cell.Raw), stored: true}
		if cell.Format != "" {
			n.unit = units[width(formatUnit.FindString(cell.Format))]
		}
		return n, true
	}
	if cell.Kind != sheet.Text {
		return numeral{}, false
	}
	text := tidy(cell.Raw)
	n := numeral{did: []string{"文本转数字"}}
	if folded := width(text); folded != text {
		text, n.did = folded, append(n.did, "全角转半角")
	}
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimLeft(text, "¥￥'"), "人民币"))
	text, n.unit = unitAfter(text)
	text = strings.TrimRight(text, " ")
	switch {
	case plainNumber.MatchString(text):
		n.digits = text
	case partedNumber.MatchString(text):
		n.digits = separators.Replace(text)
		n.did = append(n.did, "去千分位")
	default:
		return numeral{}, false
	}
	return n, true
}

// in gives the number in parts, worth so many a unit. A stored number that is finer is
// rounded, halves away from zero, and rounded says so; a text that is finer is an error.
func (n numeral) in(worth int64) (parts int64, rounded bool, err error) {
	parts, err = ledger.ParseDecimal(n.digits, worth)
	if err == ledger.ErrTooFine && n.stored {
		return roundTo(n.digits, worth)
	}
	return parts, false, err
}

func roundTo(digits string, worth int64) (parts int64, rounded bool, err error) {
	value, ok := new(big.Rat).SetString(digits)
	if !ok {
		return 0, false, ledger.ErrNotNumber
	}
	text := value.Mul(value, new(big.Rat).SetInt64(worth)).FloatString(0)
	if parts, err = strconv.ParseInt(text, 10, 64); err != nil {
		return 0, false, ledger.ErrTooLarge
	}
	return parts, true, nil
}

// significant gives a stored number in plain digits, rounded to the 15 significant ones
// that spreadsheets show: 0.30000000000000004 is 0.3. What follows is the noise of
// floating point, and only of it.
func significant(raw string) string {
	if len(raw) <= 15 && plainNumber.MatchString(raw) {
		return raw
	}
	value, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'e', 14, 64), 64)
	if err != nil {
		return raw
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// decimals counts the decimals that a cell shows of its number: those of its format, or
// all that it holds.
func decimals(cell sheet.Cell, digits string) int {
	shown := digits
	if cell.Kind == sheet.Number && strings.ContainsAny(cell.Format, "0#") {
		shown, _, _ = strings.Cut(cell.Format, ";")
		if strings.Contains(shown, "%") {
			return decimalsOf(shown) + 2
		}
	}
	return decimalsOf(shown)
}

func decimalsOf(shown string) int {
	_, fraction, _ := strings.Cut(shown, ".")
	n := 0
	for n < len(fraction) && strings.IndexByte("0123456789#?", fraction[n]) >= 0 {
		n++
	}
	return n
}

// tidy takes blanks and invisible characters off both ends, and the apostrophe by which
// numbers are typed as text.
func tidy(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) })
}

// width makes full-width digits, letters and signs half-width and every kind of blank but
// a line break a plain one. Unlike ledger.Fold it keeps them.
func width(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == '\u2212' || r == '\uFE63':
			return '-'
		case r == '\n' || r == '\r':
			return '\n'
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
}
