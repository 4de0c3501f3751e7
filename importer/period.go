package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"huizong/internal/ledger"
)

// A month of a text. Of a range the last one counts, and of several months the first that is named
// with its year. What has a day is a date and no month, but for 截至2024年6月30日.
var (
	yearMonths  = regexp.MustCompile(`(?:^|\D)((?:20)?\d\d)年度?(?:\d{1,2}月?份?[-至到])?(\d{1,2})月`)
	numbered    = regexp.MustCompile(`(?:^|[^\d.])(20\d\d)[.\-/]?(0[1-9]|1[0-2]|[1-9])(?:[-至到](?:20\d\d[.\-/]?)?(0[1-9]|1[0-2]|[1-9]))?(?:$|[^\d.\-/年月])`)
	monthsAlone = regexp.MustCompile(`(?:^|\D)(?:\d{1,2}月?份?[-至到])?(\d{1,2})月`)
)

// namedMonth finds the month that a folded text names, and its year, 0 where it names a month alone.
func namedMonth(text string) (year, month int) {
	text = plainMonths(text)
	last := -1 // where the month named before ends
	for _, m := range yearMonths.FindAllStringSubmatchIndex(text, -1) {
		y, mm := numberAt(text, m[2:4]), numberAt(text, m[4:6])
		joined := last == m[0] && (text[m[0]] == '-' || strings.HasPrefix(text[m[0]:], "至") || strings.HasPrefix(text[m[0]:], "到"))
		if mm < 1 || mm > 12 || month != 0 && !joined {
			continue
		}
		year, month, last = y%100+2000, mm, m[1]
	}
	if month != 0 {
		return year, month
	}
	if m := numbered.FindStringSubmatchIndex(text); m != nil {
		year, month = numberAt(text, m[2:4]), numberAt(text, m[4:6])
		if m[6] >= 0 {
			month = numberAt(text, m[6:8])
		}
		return year, month
	}
	for _, m := range monthsAlone.FindAllStringSubmatchIndex(text, -1) {
		if mm := numberAt(text, m[2:4]); 1 <= mm && mm <= 12 {
			return 0, mm
		}
	}
	return 0, 0
}

// numberAt is the number in a text between two offsets.
func numberAt(text string, at []int) int {
	n, _ := strconv.Atoi(text[at[0]:at[1]])
	return n
}

const (
	dayWritten  = `(?:(?:20\d\d|\d\d)年)?\d{1,2}月\d{1,2}[日号]`
	dayNumbered = `20\d\d(?:\.\d{1,2}\.|-\d{1,2}-|/\d{1,2}/)\d{1,2}|20\d\d(?:0[1-9]|1[0-2])[0-3]\d`
	aDay        = `(` + dayWritten + `|` + dayNumbered + `)`
)

var (
	dayGiven      = regexp.MustCompile(aDay)
	daysFromTo    = regexp.MustCompile(aDay + `[-至到]` + aDay)
	daysAsOf      = regexp.MustCompile(`(?:截[至止]到?|[至到])` + aDay)
	quarterNamed  = regexp.MustCompile(`第?([一二三四1-4])季[度报]`)
	quarterOfYear = regexp.MustCompile(`(20\d\d)年?-?[Qq]([1-4])`)
	firstMonths   = regexp.MustCompile(`前([一二三四五六七八九十]{1,2}|\d{1,2})个?月`)
	englishMonth  = regexp.MustCompile(`(?i)(20\d\d)?[-.,/']?(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|` +
		`sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[-.,/']*(20\d\d|\d\d)?`)
	monthNames = strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec")
	halfYears  = strings.NewReplacer("上半年", "6月", "下半年", "12月", "半年报", "6月报", "半年度", "6月度", "元月", "1月")
)

// plainMonths writes the months of a folded text in digits, 2024年6月 or 6月, in whatever words they
// are named, and takes out its dates.
func plainMonths(text string) string {
	text = halfYears.Replace(chineseDigits(text))
	if strings.ContainsAny(text, "季前Qq") {
		text = plainQuarters(text)
	}
	if strings.ContainsFunc(text, func(r rune) bool { return 'A' <= r && r <= 'z' }) {
		text = plainEnglish(text)
	}
	if !dayGiven.MatchString(text) {
		return text
	}
	text = daysFromTo.ReplaceAllStringFunc(text, func(words string) string {
		m := daysFromTo.FindStringSubmatch(words)
		from, to := monthOfDay(m[1]), monthOfDay(m[2])
		if year, _, ok := strings.Cut(from, "年"); ok && !strings.Contains(to, "年") {
			to = year + "年" + to
		}
		return to
	})
	text = daysAsOf.ReplaceAllStringFunc(text, func(words string) string { return monthOfDay(daysAsOf.FindStringSubmatch(words)[1]) })
	return dayGiven.ReplaceAllString(text, cellEnd)
}

// plainQuarters writes the last month of a quarter for it, and 6月 for 前六个月.
func plainQuarters(text string) string {
	text = quarterOfYear.ReplaceAllStringFunc(text, func(words string) string {
		return words[:len("2024")] + "年" + strconv.Itoa(3*int(words[len(words)-1]-'0')) + "月"
	})
	text = quarterNamed.ReplaceAllStringFunc(text, func(words string) string {
		return strconv.Itoa(3*numeralBelow100(quarterNamed.FindStringSubmatch(words)[1])) + "月"
	})
	return firstMonths.ReplaceAllStringFunc(text, func(words string) string {
		return strconv.Itoa(numeralBelow100(firstMonths.FindStringSubmatch(words)[1])) + "月"
	})
}

// plainEnglish writes Jun-24 as 24年6月. A month without a year counts where it is all of the text.
func plainEnglish(text string) string {
	return englishMonth.ReplaceAllStringFunc(text, func(words string) string {
		m := englishMonth.FindStringSubmatch(words)
		month := strconv.Itoa(1+slices.Index(monthNames, strings.ToLower(m[2][:3]))) + "月"
		switch {
		case m[1] != "":
			return m[1] + "年" + month + m[3]
		case m[3] != "":
			return m[3] + "年" + month
		case words == text:
			return month
		}
		return words
	})
}

// monthOfDay is the month of a date as it is written: 2024年6月 of 2024.6.25, 6月 of 6月25日.
func monthOfDay(day string) string {
	date, _, _ := parseDate(day)
	if date.Month != 0 {
		return date.Period().Chinese()
	}
	month, _, _ := strings.Cut(day, "月")
	return month + "月"
}

var (
	chineseYear  = regexp.MustCompile(`[二][〇○零oO0]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])年`)
	chineseMonth = regexp.MustCompile(`(十[一二]?|[一二三四五六七八九])月`)
	chineseDay   = regexp.MustCompile(`月([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]`)
	yearDigits   = strings.NewReplacer("〇", "0", "○", "0", "零", "0", "o", "0", "O", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6",
		"七", "7", "八", "8", "九", "9")
)

// chineseDigits writes 二〇二四年六月 as 2024年6月.
func chineseDigits(text string) string {
	if !strings.Contains(text, "年") && !strings.Contains(text, "月") {
		return text
	}
	text = chineseYear.ReplaceAllStringFunc(text, yearDigits.Replace)
	text = chineseMonth.ReplaceAllStringFunc(text, func(month string) string {
		return strconv.Itoa(numeralBelow100(strings.TrimSuffix(month, "月"))) + "月"
	})
	return chineseDay.ReplaceAllStringFunc(text, func(day string) string {
		return "月" + strconv.Itoa(numeralBelow100(chineseDay.FindStringSubmatch(day)[1])) + "日"
	})
}

// numeralBelow100 is a number below a hundred in Chinese or in digits.
func numeralBelow100(text string) int {
	tens, ones, found := strings.Cut(text, "十")
	if found {
		if tens == "" {
			tens = "一"
		}
		if ones == "" {
			ones = "零"
		}
		text = tens + ones
	}
	n, _ := strconv.Atoi(yearDigits.Replace(text))
	return n
}

var (
	yearAlone  = regexp.MustCompile(`(?:^|\D)(20\d\d)(年(?:底|末|以来|以前|之前|结转)|$|\D)`)
	yearsOther = regexp.MustCompile(`20\d\d年?[-至到]20\d\d年?|\(20\d\d\)\d*号`)
)

// yearsIn are the years that a folded text names, but for those of a date, of a span of years, of
// the number of a document and of what was before: 2021-2025年, 〔2023〕15号, 2023年底.
func yearsIn(text string) []int {
	var years []int
	text = yearsOther.ReplaceAllString(dayGiven.ReplaceAllString(chineseDigits(text), cellEnd), cellEnd)
	for _, m := range yearAlone.FindAllStringSubmatch(text, -1) {
		if len(m[2]) <= len("年") {
			year, _ := strconv.Atoi(m[1])
			years = append(years, year)
		}
	}
	return years
}

// dayIn is the first date of a folded text; zero if it has none.
func dayIn(text string) ledger.Date {
	date, _, wrong := parseDate(dayGiven.FindString(chineseDigits(text)))
	if wrong != nil {
		return ledger.Date{}
	}
	return date
}

// endsMonth reports a day on which nobody would sign but by which a month is named: its last, or the
// first as a spreadsheet has it for a month alone.
func endsMonth(day ledger.Date) bool {
	return day.Day == 1 || !day.IsZero() && day == day.Period().End()
}
