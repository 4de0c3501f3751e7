package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// length is how long something takes: 24个月, 两年, 1.5年.
const length = `(?:约|共|计|为|:)*(?:[\d.]+|[一二两三四五六七八九十]+)(?:-[\d.]+)?(?:年|个月|天|日历天|个日历天|周)半?`

var (
	duration   = regexp.MustCompile(`^(?:计划|总|建设|施工|合同|约)*(?:工期|周期)?` + length + `$`)
	lengthTold = regexp.MustCompile(`(?:\((?:工期|建设期)?` + length + `\)|[,;、 ](?:工期|建设期)?` + length + `|共` + length + `)$`)
	monthsOnly = regexp.MustCompile(`^(\d{1,2})月?份?$`)
	shortMonth = regexp.MustCompile(`^(?:1[3-9]|[2-5]\d)\.\d{1,2}$`)
	shortYear  = regexp.MustCompile(`^[2-5]\d年$`) // a year more likely than a length
	longDash   = regexp.MustCompile(`[~-]{2,}`)
	remark     = regexp.MustCompile(`\([^()\d]*\)`)
)

var (
	spanSigns = strings.NewReplacer(" ", "", "～", "~", "〜", "~", "—", "~", "–", "~", "―", "~", "至", "~", "到", "~", "。", ".", "·", ".")
	// spanWords say no more of the ends of a span than where they stand.
	spanWords = strings.NewReplacer("开工建设", "", "开工,", "~", "开工、", "~", "开工;", "~", "开工", "", "竣工", "", "完工", "", "建成", "", "投产", "",
		"计划", "", "预计", "", "自", "", "从", "", "年全年", "年")
	openEnds = []string{"", "今", "目前", "现在"}
)

func readSpan(cell sheet.Cell) reading {
	text := cell.Raw
	switch {
	case cell.Kind == sheet.Number && dateFormat(cell.Format) != noDate:
		return fails(NotSpan)
	case cell.Kind == sheet.Number:
		if text = significant(text); len(text) <= 2 {
			return fails(DurationOnly)
		}
	case cell.Kind != sheet.Text:
		return fails(NotSpan)
	}
	span, wrong := parseSpan(text)
	if wrong != nil {
		return fails(wrong)
	}
	return reading{value: ledger.Words(span.String())}
}

// parseSpan reads a time from one date to another: 2023.3—2025.12, 2023-2025,
// 2023-03/2025-12, 2024年3-12月; a bare year is all of it, 至今 leaves the end open. How long
// it takes may stand behind it.
func parseSpan(text string) (ledger.Span, *ledger.Code) {
	if len(text) > longestDate {
		return ledger.Span{}, NotSpan
	}
	read := spans.of(text, func(text string) readTime {
		span, wrong := spanWithin(text)
		return readTime{span, wrong}
	})
	return read.span, read.wrong
}

// A readTime is what parseSpan makes of a text.
type readTime struct {
	span  ledger.Span
	wrong *ledger.Code
}

// spans are those of all files.
var spans memo[readTime]

// spanWithin is parseSpan of a text that is not too long.
func spanWithin(text string) (ledger.Span, *ledger.Code) {
	text = strings.ReplaceAll(width(tidy(text)), "\n", " ")
	span, wrong := spanIn(spanSigns.Replace(text))
	switch {
	case wrong != NotSpan:
		return span, wrong
	case duration.MatchString(strings.ReplaceAll(text, " ", "")) && !shortYear.MatchString(text):
		return span, DurationOnly
	}
	return spanIn(spanSigns.Replace(spanWords.Replace(remark.ReplaceAllString(lengthTold.ReplaceAllString(text, ""), ""))))
}

// spanIn reads a span of nothing but its two ends.
func spanIn(text string) (span ledger.Span, wrong *ledger.Code) {
	text = longDash.ReplaceAllString(text, "~")
	for _, since := range []string{"起", "以来", "开始"} {
		if from, ok := strings.CutSuffix(text, since); ok {
			text = from + "~"
		}
	}
	switch one, did, wrong := parseDate(text); {
	case wrong == nil && one.Month == 0 && did != onlyYear:
		return ledger.Span{From: one, To: one}, nil
	case wrong == nil:
		return span, NotSpan
	}
	const mostSigns = 8 // more than two dates and what parts them have
	found, signs := 0, 0
	for i := range len(text) {
		if strings.IndexByte("~-/", text[i]) < 0 {
			continue
		}
		if signs++; signs > mostSigns {
			return ledger.Span{}, NotSpan
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
	first, ok := endOf(from)
	if !ok {
		return ledger.Span{}, false
	}
	if slices.Contains(openEnds, to) {
		return ledger.Span{From: first}, true
	}
	if last, ok := endOf(to); ok {
		return ledger.Span{From: first, To: last}, true
	}
	m := monthsOnly.FindStringSubmatch(to)
	if m == nil || first.Month == 0 || first.Day != 0 || shortMonth.MatchString(from) {
		return ledger.Span{}, false
	}
	last := dated(strconv.Itoa(first.Year), m[1], "")
	return ledger.Span{From: first, To: last}, !last.IsZero() && last.Month >= first.Month
}

// endOf reads an end of a span. That 23.3 is a month is clear only there.
func endOf(text string) (ledger.Date, bool) {
	if len(text) <= len("23.12") && shortMonth.MatchString(text) {
		text = "20" + text
	}
	date, _, wrong := parseDate(text)
	return date, wrong == nil
}
