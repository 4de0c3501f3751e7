package workbook

import (
	"math"
	"strconv"
	"strings"
)

// A numberFormat is one of the few number formats that leaders see. The zero
// value is that of text.
type numberFormat struct {
	is       bool // a number at all
	decimals int
	grouped  bool // thousands
	percent  bool
	signed   bool // + before what is above zero
	dash     bool // — for zero
	suffix   string
}

func decimals(n int) numberFormat { return numberFormat{is: true, grouped: true, decimals: n} }

// code is the format as a cell, a chart and TEXT() spell it.
func (f numberFormat) code() string {
	code := "0"
	if f.grouped {
		code = "#,##0"
	}
	if f.decimals > 0 {
		code += "." + strings.Repeat("0", f.decimals)
	}
	if f.percent {
		code += "%"
	}
	if f.suffix != "" {
		code += `"` + strings.ReplaceAll(f.suffix, `"`, "") + `"`
	}
	above, zero := code, code
	if f.signed {
		above = "+" + code
	}
	if f.dash {
		zero = `"—"`
	}
	if f.signed || f.dash {
		return above + ";-" + code + ";" + zero
	}
	return code
}

// show is a value as the format shows it: "" for nil, a text as it is.
func (f numberFormat) show(v any) string {
	x, ok := v.(float64)
	if !ok {
		text, _ := v.(string)
		return text
	}
	if !f.is {
		return strconv.FormatFloat(tidy(x), 'f', -1, 64)
	}
	if f.dash && x == 0 {
		return "—"
	}
	if f.percent {
		x *= 100
	}
	digits := strconv.FormatFloat(round(math.Abs(x), f.decimals), 'f', f.decimals, 64)
	if f.grouped {
		digits = group(digits)
	}
	switch {
	case f.vanishes(v):
	case x < 0:
		digits = "-" + digits
	case x > 0 && f.signed:
		digits = "+" + digits
	}
	if f.percent {
		digits += "%"
	}
	return digits + f.suffix
}

// vanishes reports whether a value is below zero and would show as -0.0.
func (f numberFormat) vanishes(v any) bool {
	x, is := v.(float64)
	return is && f.is && x < 0 && round(x, f.digits()) == 0
}

// digits is how many decimals of the value itself the format shows.
func (f numberFormat) digits() int {
	if f.percent {
		return f.decimals + 2
	}
	return f.decimals
}

// group puts commas between the thousands of a number without sign.
func group(digits string) string {
	whole, fraction, _ := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return whole
}

// tidy is x to 15 significant digits, all that a spreadsheet keeps.
func tidy(x float64) float64 {
	if x == math.Trunc(x) && math.Abs(x) < exact {
		return x
	}
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'e', 14, 64), 64)
	return x
}

// round is ROUND(): half away from zero, of the 15 digits that a spreadsheet
// keeps (1.005 to two digits is 1.01, although the binary number is less).
func round(x float64, digits int) float64 {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'e', 14, 64), "e")
	e, err := strconv.Atoi(exponent)
	if err != nil {
		return x // infinite, or no number
	}
	all := strings.Replace(mantissa, ".", "", 1) // all[0] stands for 10^e
	keep := e + 1 + digits
	switch {
	case keep < 0:
		return 0
	case keep >= len(all):
		return tidy(x)
	}
	kept, _ := strconv.ParseFloat("0"+all[:keep], 64)
	if all[keep] >= '5' {
		kept++
	}
	y, _ := strconv.ParseFloat(strconv.FormatFloat(kept, 'f', 0, 64)+"e"+strconv.Itoa(-digits), 64)
	if y == 0 {
		return 0 // never -0
	}
	return math.Copysign(y, x)
}
