package importer

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Chinese numerals: the digits, by which years are written, and ten.
const (
	chineseTen  = '十'
	chineseOnes = "〇一二三四五六七八九"
)

var chineseZeros = strings.NewReplacer("零", "〇", "○", "〇")

// arabic writes the Chinese numerals of a date in Arabic digits: 二〇二四年十二月三十一日. A
// numeral beside an Arabic digit is left alone: what the two are together is not clear.
func arabic(text string) string {
	if !strings.ContainsAny(text, chineseOnes+"十零○") {
		return text
	}
	text = chineseZeros.Replace(text)
	var b strings.Builder
	for text != "" {
		rest := strings.TrimLeftFunc(text, isChineseNumeral)
		if run := text[:len(text)-len(rest)]; run != "" {
			beside := strings.TrimRight(b.String(), "0123456789") != b.String() || rest != "" && isDigit(rune(rest[0]))
			if n, ok := chineseNumber(run); ok && !beside {
				run = n
			}
			b.WriteString(run)
		} else {
			_, size := utf8.DecodeRuneInString(text)
			b.WriteString(text[:size])
			rest = text[size:]
		}
		text = rest
	}
	return b.String()
}

func isChineseNumeral(r rune) bool { return r == chineseTen || strings.ContainsRune(chineseOnes, r) }

// chineseNumber writes a run of numerals in Arabic digits: 二〇二四 digit by digit, 三十一 by
// its tens.
func chineseNumber(run string) (digits string, ok bool) {
	tens, ones, byTens := strings.Cut(run, string(chineseTen))
	if !byTens {
		return digitByDigit(run), true
	}
	tens, ones = digitByDigit(tens), digitByDigit(ones)
	if len(tens) > 1 || len(ones) > 1 {
		return "", false
	}
	if tens == "" {
		tens = "1"
	}
	if ones == "" {
		ones = "0"
	}
	return tens + ones, true
}

func digitByDigit(run string) string {
	var b strings.Builder
	for _, r := range run {
		b.WriteString(strconv.Itoa(strings.Index(chineseOnes, string(r)) / len("〇")))
	}
	return b.String()
}
