package importer

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A calendar is what the dates of a sheet are read by.
type calendar struct {
	date1904 bool          // serials count from 1904
	period   ledger.Period // of the return; zero where it is not known
}

// longestDate is how many bytes a date or span may have, blanks included.
const longestDate = 200

var (
	clockTime = regexp.MustCompile(`[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$`)
	monthName = regexp.MustCompile(`(?i)jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?`)
	partYear  = regexp.MustCompile(`^(\d{4}年)(?:第?[1-4]季度|[上下]半年|年?[初中内])$`)
	dateSigns = strings.NewReplacer("—", "-", "–", "-", "―", "-", "。", ".", "·", ".", "号", "日")
)

// The signs between and after the numbers of a date, as people write them, by which of the
// numbers is the year. Those of a span, such as 2023.3-12, are not among them.
var (
	yearFirst = signs(" 年 年月 年月日 . .. ..日 .月 .月日 / // //日 /月 /月日 - -- --日 -月 -月日 , ,, 、 、、 年. 年.日")
	yearLast  = signs("/ // - -- . .. 月年")
	yearShort = signs("年月 年月日 .. ..日 -- --日")
	noYear    = signs("月 月日 / - .")
)

func signs(list string) map[string]bool {
	all := map[string]bool{}
	for _, sign := range strings.Split(list, " ") {
		all[sign] = true
	}
	return all
}

// What was done to a date that is less precise than what the cell says.
const (
	onlyMonth = "只取到月"
	onlyYear  = "只取到年"
)

// parseDate reads a date of a text, as precise as it is given: 2024.6, 2024年6月底,
// 2024/6/1, 20240618, 2024年, 二〇二四年六月. wrong is nil where it could be read.
func parseDate(text string) (date ledger.Date, did string, wrong *ledger.Code) {
	if len(text) > longestDate {
		return date, "", NotDate
	}
	read := dates.of(text, func(text string) readDay {
		date, did, wrong := dateIn(text)
		return readDay{date, did, wrong}
	})
	return read.date, read.did, read.wrong
}

// A readDay is what parseDate makes of a text.
type readDay struct {
	date  ledger.Date
	did   string
	wrong *ledger.Code
}

// dates are those of all files.
var dates memo[readDay]

// dateIn is parseDate of a text that is not too long.
func dateIn(text string) (date ledger.Date, did string, wrong *ledger.Code) {
	if at, is := momentIn(text); is {
		date, wrong = dayOf(at)
		return date, "", wrong
	}
	text, did = coarse(plainDate(text))
	if strings.IndexFunc(text, isLetter) >= 0 {
		date, wrong = englishDate(text)
		return date, did, wrong
	}
	numbers, signs, ok := takeApart(text)
	if !ok {
		return date, "", NotDate
	}
	date, wrong = dateOf(numbers, signs)
	return date, did, wrong
}

// moments are the ways in which programs write a time with its zone.
var moments = []string{"2006-1-2T15:4:5Z07:00", "2006-1-2T15:4Z07:00", "2006-1-2T15:4:5Z0700", "2006-1-2T15:4Z0700"}

// momentIn reads a time with its zone; a blank may stand for the T, and before the zone.
func momentIn(text string) (at time.Time, is bool) {
	if !strings.ContainsAny(text, ":：") {
		return at, false
	}
	plain := strings.Join(strings.Fields(strings.ToUpper(width(tidy(text)))), "T")
	plain = zoneApart.ReplaceAllString(plain, "$1")
	for _, layout := range moments {
		if at, err := time.Parse(layout, plain); err == nil {
			return at, true
		}
	}
	return at, false
}

// zoneApart is a zone that a blank parted from its time.
var zoneApart = regexp.MustCompile(`T(Z|[+-][0-9:]+)$`)

// dayOf is the day that begins at a time with its zone, as programs write days: where it says so, or in China.
func dayOf(at time.Time) (date ledger.Date, wrong *ledger.Code) {
	for _, day := range []time.Time{at, at.UTC().Add(aheadOfUTC)} {
		if day.Truncate(time.Second).Format(time.TimeOnly) != "00:00:00" {
			continue
		}
		date, ok := ledger.NewDate(day.Year(), int(day.Month()), day.Day())
		if !ok || !plausible(date) {
			return ledger.Date{}, NoSuchDate
		}
		return date, nil
	}
	return ledger.Date{}, DateUnclear
}

// plainDate spells a date plainly: half-width, in Arabic digits, without blanks, a time of
// day, or a sign at the end. A blank between two digits parts them.
func plainDate(text string) string {
	text = strings.ReplaceAll(width(tidy(text)), "\n", " ")
	if strings.Contains(text, ":") {
		text = clockTime.ReplaceAllString(text, "")
	}
	if strings.Contains(text, " ") {
		text = closeBlanks(text)
	}
	if strings.IndexFunc(text, notASCII) >= 0 {
		text = dateSigns.Replace(arabic(text))
	}
	return strings.TrimRight(text, ".,;、")
}

func notASCII(r rune) bool { return r > unicode.MaxASCII }

func closeBlanks(text string) string {
	var b strings.Builder
	last, parted := byte(0), false
	for i := range len(text) {
		next := text[i]
		if next == ' ' {
			parted = true
			continue
		}
		if parted && isDigit(rune(last)) && isDigit(rune(next)) {
			b.WriteByte('.')
		}
		b.WriteByte(next)
		last, parted = next, false
	}
	return b.String()
}

// coarse makes a month of a part of a month, and a year of a part of a year; did says so.
func coarse(text string) (plain, did string) {
	if !strings.ContainsAny(text, "年月") {
		return text, ""
	}
	text = strings.TrimSuffix(text, "年度")
	for _, end := range []string{"年底", "年末", "年终"} {
		if year, ok := strings.CutSuffix(text, end); ok {
			return strings.TrimSuffix(year, "年") + "年12月", "年底按12月"
		}
	}
	for _, part := range []string{"底", "末", "初", "中", "上旬", "中旬", "下旬"} {
		rest, ok := strings.CutSuffix(text, part)
		if month := strings.TrimSuffix(rest, "份"); ok && strings.HasSuffix(month, "月") {
			return month, onlyMonth
		}
	}
	if year := partYear.FindStringSubmatch(text); year != nil {
		return year[1], onlyYear
	}
	return strings.TrimSuffix(text, "份"), ""
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

// dateOf makes a date of what a text was taken apart into.
func dateOf(numbers [3]string, signs string) (ledger.Date, *ledger.Code) {
	a, b, c := numbers[0], numbers[1], numbers[2]
	switch first, _ := strconv.Atoi(a); {
	case signs == "":
		return packed(a)
	case len(a) == 4 && yearFirst[signs] && (b != "" || signs == "年"):
		return known(dated(a, b, c))
	case len(a) == 2 && yearShort[signs] && (c != "" && first > 12 || strings.HasPrefix(signs, "年月")):
		return known(dated("20"+a, b, c))
	case len(b) == 4 && c == "" && yearLast[signs]:
		return known(dated(b, a, ""))
	case len(c) == 4 && yearLast[signs]:
		return monthOrDayFirst(c, a, b)
	case len(a) <= 2 && c == "" && noYear[signs] && first <= 12:
		return ledger.Date{}, YearMissing
	case len(a) == 2 && yearFirst[signs]:
		return ledger.Date{}, DateUnclear
	}
	return ledger.Date{}, NotDate
}

// packed reads a date of digits alone. 202406 is a month, 251201 a day, 201011 may be either.
func packed(digits string) (ledger.Date, *ledger.Code) {
	switch len(digits) {
	case 4:
		if date := dated(digits, "", ""); !date.IsZero() {
			return date, nil
		}
		if !dated("20"+digits[:2], digits[2:], "").IsZero() {
			return ledger.Date{}, DateUnclear
		}
	case 6:
		month, day := dated(digits[:4], digits[4:], ""), dated("20"+digits[:2], digits[2:4], digits[4:])
		switch {
		case !month.IsZero() && !day.IsZero():
			return ledger.Date{}, DateUnclear
		case month.IsZero():
			return known(day)
		}
		return month, nil
	case 8:
		return known(dated(digits[:4], digits[4:6], digits[6:]))
	case 5, 7:
		return ledger.Date{}, DateUnclear
	default:
		return ledger.Date{}, NotDate
	}
	return ledger.Date{}, NoSuchDate
}

// monthOrDayFirst reads a date that ends in its year: 18/6/2024 and 6/18/2024 are one day,
// 3/6/2024 may be one of two.
func monthOrDayFirst(year, a, b string) (ledger.Date, *ledger.Code) {
	one, other := dated(year, a, b), dated(year, b, a)
	switch {
	case one == other || other.IsZero():
		return known(one)
	case one.IsZero():
		return other, nil
	}
	return ledger.Date{}, DateUnclear
}

// englishDate reads a date whose month has an English name: Jun 2024, 18-Jun-2024. Jun-24 may
// be a month or a day.
func englishDate(text string) (ledger.Date, *ledger.Code) {
	at := monthName.FindStringIndex(text)
	if at == nil {
		return ledger.Date{}, NotDate
	}
	month := 1 + strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(text[at[0]:at[0]+3]))/3
	rest := text[:at[0]] + "-" + text[at[1]:]
	if strings.Trim(rest, "0123456789-/,.") != "" {
		return ledger.Date{}, NotDate
	}
	year, day := "", ""
	for _, number := range strings.FieldsFunc(rest, func(r rune) bool { return !isDigit(r) }) {
		switch {
		case len(number) == 4 && year == "":
			year = number
		case len(number) <= 2 && day == "":
			day = number
		default:
			return ledger.Date{}, DateUnclear
		}
	}
	if year == "" {
		return ledger.Date{}, DateUnclear
	}
	return known(dated(year, strconv.Itoa(month), day))
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// known passes a date that exists; the zero date is none.
func known(date ledger.Date) (ledger.Date, *ledger.Code) {
	if date.IsZero() {
		return date, NoSuchDate
	}
	return date, nil
}

// dated makes a date of digits; zero if there is no such day, or none of a project's. Month 0
// and day 0 are no month and no day, not blanks.
func dated(year, month, day string) ledger.Date {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	date, ok := ledger.NewDate(y, m, d)
	if !ok || !plausible(date) || len(month) > 2 || len(day) > 2 || month != "" && m == 0 || day != "" && d == 0 {
		return ledger.Date{}
	}
	return date
}

func plausible(date ledger.Date) bool {
	return form.FirstYear <= date.Year && date.Year <= form.LastYear
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
		if !plausible(date) {
			return ledger.Date{}, "", NoSuchDate
		}
		return shown.of(date), "", nil
	}
	year, fraction, parted := strings.Cut(digits, ".")
	switch {
	case parted && len(year) == 4 && dated(year, "", "").IsZero():
		return date, "", NoSuchDate
	case parted && len(year) == 4 && fraction == "1" && decimals(cell, digits) != 2:
		return date, "", MonthUnclear
	case parted && len(year) == 4 && fraction == "1":
		date, wrong = known(dated(year, "10", ""))
		return date, "数字转年月", wrong
	case parted && len(year) == 4 && len(fraction) <= 2:
		date, wrong = known(dated(year, fraction, ""))
		return date, "数字转年月", wrong
	case parted && len(year) == 2:
		return date, "", DateUnclear
	case parted:
		return date, "", NotDate
	case len(year) == 5:
		if date, ok := fromSerial(year, date1904); ok && date.Year >= 2000 && date.Year < 2060 {
			return date, "日期序列号转日期", nil
		}
		return ledger.Date{}, "", DateUnclear
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

// of is a date as precise as it is shown. The first of a month or year is what a spreadsheet
// makes of one that is typed in; another day was typed as a day.
func (s shown) of(date ledger.Date) ledger.Date {
	if (s == yearShown || s == monthShown) && date.Day == 1 {
		date.Day = 0
	}
	if s == yearShown && date.Day == 0 && date.Month == 1 {
		date.Month = 0
	}
	return date
}
