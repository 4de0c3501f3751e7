package naming

import (
	"strconv"
	"strings"
)

// numerals are the ways to write a digit; formal and Roman ones too.
var numerals = map[rune]int{
	'〇': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '两': 2,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
}

var roman = map[rune]int{'Ⅰ': 1, 'Ⅱ': 2, 'Ⅲ': 3, 'Ⅳ': 4, 'Ⅴ': 5, 'Ⅵ': 6, 'Ⅶ': 7, 'Ⅷ': 8, 'Ⅸ': 9, 'Ⅹ': 10, 'Ⅺ': 11, 'Ⅻ': 12}

var latin = map[string]int{"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}

var tens = map[rune]int{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000}

// readNumeral reads the number that a text begins with, in whatever numerals: its value as digits
// without idle zeros, and how many characters it takes; 0 if there is none. 万 and 亿 are part of it,
// two of them at most (万亿).
func readNumeral(text []rune) (value string, length int) {
	for _, read := range []func([]rune) (string, int){readDigits, readChinese, readRoman} {
		digits, n := read(text)
		if n == 0 {
			continue
		}
		zeros := 0
		for end := n + 2; n < min(end, len(text)) && (text[n] == '万' || text[n] == '亿'); n++ {
			zeros += map[rune]int{'万': 4, '亿': 8}[text[n]]
		}
		return shift(digits, zeros), n
	}
	return "", 0
}

// shift multiplies a number by a power of ten, exactly, and drops idle zeros.
func shift(digits string, zeros int) string {
	whole, fraction, _ := strings.Cut(digits, ".")
	fraction += strings.Repeat("0", zeros)
	whole, fraction = whole+fraction[:zeros], strings.TrimRight(fraction[zeros:], "0")
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// readDigits reads 12 and 1.5.
func readDigits(text []rune) (string, int) {
	n := digitsOf(text)
	if n > 0 && n+1 < len(text) && text[n] == '.' {
		if fraction := digitsOf(text[n+1:]); fraction > 0 {
			n += 1 + fraction
		}
	}
	return string(text[:n]), n
}

// digitsOf is how many digits a text begins with.
func digitsOf(text []rune) (n int) {
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	return n
}

// readChinese reads 二, 十二, 二十三, 一百零五, and 二〇二四 digit by digit.
func readChinese(text []rune) (string, int) {
	n := 0
	var plain strings.Builder
	for ; n < len(text); n++ {
		digit, is := numerals[text[n]]
		if !is {
			break
		}
		plain.WriteString(strconv.Itoa(digit))
	}
	if n == 1 && text[0] == '零' { // 零件
		return "", 0
	}
	if n > 1 || n == len(text) || tens[text[n]] == 0 {
		return plain.String(), n
	}
	total, digit := 0, 0
	for n = 0; n < len(text); n++ {
		if d, is := numerals[text[n]]; is {
			digit = d
		} else if ten := tens[text[n]]; ten > 0 {
			total, digit = total+max(digit, 1)*ten, 0
		} else {
			break
		}
	}
	return strconv.Itoa(total + digit), n
}

// readRoman reads Ⅱ and II, but not the beginning of a Latin word.
func readRoman(text []rune) (string, int) {
	if len(text) > 0 && roman[text[0]] > 0 {
		return strconv.Itoa(roman[text[0]]), 1
	}
	n := 0
	for n < len(text) && strings.ContainsRune("IVX", text[n]) {
		n++
	}
	if n < len(text) && (isDigit(text[n]) || text[n] >= 'A' && text[n] <= 'Z') {
		return "", 0
	}
	if number := latin[string(text[:n])]; number > 0 {
		return strconv.Itoa(number), n
	}
	return "", 0
}
