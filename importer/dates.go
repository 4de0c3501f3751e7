package importer

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

var (
	clockTime  = regexp.MustCompile(`[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$`)
	monthsOnly = regexp.MustCompile(`^(\d{1,2})月?份?$`)
	duration   = regexp.MustCompile(`^约?[\d.一二两三四五六七八九十]+(-[\d.]+)?(年|个月|天|日历天)半?$`)
)

// The signs between the numbers of a date, as people write them. One date has one kind of
// sign, so that 2023.3-12 can be from March to December.
var (
	yearFirst = map[string]bool{"": true, "年": true, "年月": true, "年月日": true, "年月号": true, ".": true, "..": true, "/": true, "//": true, "-": true, "--": true}
	noYear    = map[string]bool{"月": true, "月日": true, "月号": true, "/": true, "-": true}
)

var (
	dateSigns = strings.NewReplacer(" ", "", "—", "-", "–", "-", "。", ".")
	spanSigns = strings.NewReplacer(" ", "", "\n", "", "～", "~", "〜", "~", "—", "~", "–", "~", "―", "~", "至", "~", "到", "~", "。", ".")
)

// longestDate is how many bytes a date or span may have, blanks included.
const longestDate = 200

// parseDate reads a date of a text, as precise as it is given: 2024.6, 2024年6月底,
// 2024/6/1, 20240618, 2024年. wrong is nil where it could be read.
func parseDate(text string) (date ledger.Date, did string, wrong *ledger.Code) {
	if len(text) > longestDate {
		return date, "", NotDate
	}
	text = strings.ReplaceAll(width(tidy(text)), "\n", " ")
	if strings.Contains(text, ":") {
		text = clockTime.ReplaceAllString(text, "")
	}
	text = strings.TrimSuffix(dateSigns.Replace(text), "度")
	if year, ok := strings.CutSuffix(text, "年底"); ok {
		text, did = year+"年12月", "年底按12月"
	}
	for _, part := range []string{"底", "末", "初", "上旬", "中旬", "下旬", "份"} {
		if month, ok := strings.CutSuffix(text, "月"+part); ok {
			text, did = month+"月", "只取到月"
		}
	}
	numbers, signs, ok := takeApart(text)
	year := numbers[0]
	switch {
	case !ok:
		return date, "", NotDate
	case len(year) <= 2 && noYear[signs] && numbers[2] == "":
		return date, "", YearMissing
	case len(year) == 2 && strings.HasPrefix(signs, "年月"):
		return known(dated("20"+year, numbers[1], numbers[2]), did)
	case len(year) == 4 && yearFirst[signs]:
		return known(dated(year, numbers[1], numbers[2]), did)
	case len(year) == 6 && signs == "":
		return known(dated(year[:4], year[4:], ""), did)
	case len(year) == 8 && signs == "":
		return known(dated(year[:4], year[4:6], year[6:]), did)
	}
	return date, "", NotDate
}

// takeApart parts a text into up to three numbers and the signs between and after them:
// 2024年6月 into 2024, 6 and 年月.
func takeApart(text string) (numbers [3]string, signs string, ok bool) {
	n := 0
	for ; text != ""; n++ {
		rest := strings.TrimLeft(text, "0123456789")
		if rest == text || n == len(numbers) {
			return numbers, "", false
		}
		numbers[n] = text[:len(text)-len(rest)]
		text = strings.TrimLeftFunc(rest, func(r rune) bool { return !isDigit(r) })
		signs += rest[:len(rest)-len(text)]
	}
	return numbers, signs, n > 0
}

// known passes a date that exists; the zero date is none.
func known(date ledger.Date, did string) (ledger.Date, string, *ledger.Code) {
	if date.IsZero() {
		return date, "", NotDate
	}
	return date, did, nil
}

// dated makes a date of digits; zero if there is no such day. Month 0 and day 0 are no
// month and no day, not blanks.
func dated(year, month, day string) ledger.Date {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	date, ok := ledger.NewDate(y, m, d)
	if !ok || len(month) > 2 || len(day) > 2 || month != "" && m == 0 || day != "" && d == 0 {
		return ledger.Date{}
	}
	return date
}

// numberDate reads a stored number in a column of dates: a serial by its number format, a
// bare year, 2024.6 for June 2024, 202406. date1904 says from when serials count. 2024.1
// may have been 2024.10, unless the format shows two decimals.
func numberDate(cell sheet.Cell, date1904 bool) (date ledger.Date, did string, wrong *ledger.Code) {
	digits := significant(cell.Raw)
	if shown := dateFormat(cell.Format); shown != noDate {
		date, ok := fromSerial(digits, date1904)
		if !ok {
			return date, "", NotDate
		}
		if shown == monthShown && date.Day == 1 {
			date.Day = 0
		}
		return date, "", nil
	}
	year, fraction, parted := strings.Cut(digits, ".")
	switch {
	case parted && len(year) == 4 && fraction == "1" && decimals(cell, digits) != 2:
		return date, "", MonthUnclear
	case parted && len(year) == 4 && fraction == "1":
		return known(dated(year, "10", ""), "数字转年月")
	case parted && len(year) == 4 && len(fraction) <= 2:
		return known(dated(year, fraction, ""), "数字转年月")
	case parted:
		return date, "", NotDate
	case len(year) == 5:
		if date, ok := fromSerial(year, date1904); ok && date.Year >= 2000 && date.Year < 2060 {
			return date, "日期序列号转日期", nil
		}
		return date, "", NotDate
	}
	return parseDate(year)
}

// fromSerial is the day of a date serial. Serials below 61 lie in the weeks around the
// 29 February 1900 that never was, and are refused.
func fromSerial(digits string, date1904 bool) (ledger.Date, bool) {
	whole, _, _ := strings.Cut(digits, ".")
	serial, err := strconv.Atoi(whole)
	if err != nil || serial > 400_000 || serial < 61 && !date1904 || serial < 0 {
		return ledger.Date{}, false
	}
	origin := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		origin = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	day := origin.AddDate(0, 0, serial)
	return ledger.NewDate(day.Year(), int(day.Month()), day.Day())
}

// parseSpan reads a time from one date to another: 2023.3—2025.12, 2023-2025,
// 2023-03/2025-12, 2024年3-12月; a bare year is all of it, 至今 leaves the end open.
func parseSpan(text string) (span ledger.Span, wrong *ledger.Code) {
	if len(text) > longestDate {
		return span, NotSpan
	}
	text = spanSigns.Replace(width(tidy(text)))
	for strings.Contains(text, "~~") {
		text = strings.ReplaceAll(text, "~~", "~")
	}
	switch one, _, wrong := parseDate(text); {
	case wrong == nil && one.Month == 0:
		return ledger.Span{From: one, To: one}, nil
	case wrong == nil:
		return span, NotSpan
	case duration.MatchString(text):
		return span, DurationOnly
	}
	found := 0
	for i := range len(text) {
		if strings.IndexByte("~-/", text[i]) < 0 {
			continue
		}
		if one, ok := spanOf(text[:i], text[i+1:]); ok {
			span = one
			found++
		}
	}
	switch {
	case found != 1:
		return ledger.Span{}, NotSpan
	case !span.To.IsZero() && span.From.First().String() > span.To.Last().String():
		return ledger.Span{}, SpanReversed
	}
	return span, nil
}

// spanOf makes a span of two texts. The second may leave out the year of the first.
func spanOf(from, to string) (ledger.Span, bool) {
	first, _, wrong := parseDate(from)
	if wrong != nil {
		return ledger.Span{}, false
	}
	if to == "今" || to == "" {
		return ledger.Span{From: first}, true
	}
	if last, _, wrong := parseDate(to); wrong == nil {
		return ledger.Span{From: first, To: last}, true
	}
	m := monthsOnly.FindStringSubmatch(to)
	if m == nil || first.Month == 0 || first.Day != 0 {
		return ledger.Span{}, false
	}
	last := dated(strconv.Itoa(first.Year), m[1], "")
	return ledger.Span{From: first, To: last}, !last.IsZero() && last.Month >= first.Month
}
