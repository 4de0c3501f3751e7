package main

import (
	"bytes"
	"encoding/json"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"

	"huizong/importer/sheet"
)

// literal is the value of a cell: of JSON, but for days and errors.
func literal(cell sheet.Cell) string {
	switch cell.Kind {
	case sheet.Number:
		number, err := strconv.ParseFloat(cell.Raw, 64)
		if err == nil && isDate(cell.Format) {
			return day(number)
		}
		return cell.Raw
	case sheet.Text:
		return quoted(strings.ReplaceAll(cell.Raw, "\r\n", "\n"))
	case sheet.Bool:
		return strconv.FormatBool(cell.Raw == "1")
	}
	return cell.Raw
}

// quoted is a text as a literal; nothing is no value.
func quoted(text string) string {
	if text == "" {
		return ""
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic(err) // of a string
	}
	return strings.TrimSuffix(b.String(), "\n")
}

var notCode = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.|General`)

// isDate reports whether a number format shows days.
func isDate(format string) bool {
	return strings.ContainsAny(strings.ToLower(notCode.ReplaceAllString(format, "")), "yd")
}

// day is the day of a serial, and its time where it has one.
func day(serial float64) string {
	return strings.TrimSuffix(timeOf(serial).Format("2006-01-02T15:04:05"), "T00:00:00")
}

func timeOf(serial float64) time.Time {
	return time.Date(1899, 12, 30, 0, 0, int(math.Round(serial*86400)), 0, time.UTC)
}

// showing is what a cell shows, as its number format says; known is false where the format is none of those that
// we write: numbers with up to three sections, with signs, texts and percent, and days.
func showing(cell sheet.Cell) (text string, known bool) {
	if cell.Kind != sheet.Number {
		return strings.Trim(literalText(cell), `"`), cell.Kind != sheet.Blank
	}
	number, err := strconv.ParseFloat(cell.Raw, 64)
	if err != nil {
		return "", false
	}
	switch {
	case cell.Format == "" || cell.Format == "General":
		return general(number), true
	case cell.Format == "@":
		return cell.Raw, true
	case isDate(cell.Format):
		return showDay(cell.Format, number)
	}
	return showNumber(cell.Format, number)
}

func literalText(cell sheet.Cell) string {
	if cell.Kind == sheet.Bool {
		return strings.ToUpper(literal(cell))
	}
	return cell.Raw
}

// general is a number without a format: as many digits as fit into eleven characters.
func general(number float64) string {
	if size := math.Abs(number); size != 0 && (size >= 1e11 || size < 1e-4) {
		return strings.ToUpper(strconv.FormatFloat(number, 'g', 6, 64))
	}
	whole := len(strconv.FormatFloat(math.Trunc(math.Abs(number)), 'f', 0, 64))
	text := strconv.FormatFloat(number, 'f', max(0, 10-whole), 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

var dayCode = regexp.MustCompile(`^(?:yyyy|m{1,2}|d{1,2}|[-/.年月日])+$`)

// showDay shows a day by codes of years, months and days.
func showDay(format string, serial float64) (string, bool) {
	code := strings.NewReplacer(`"`, "", `\`, "", ";@", "").Replace(format)
	if !dayCode.MatchString(code) {
		return "", false
	}
	layout := strings.NewReplacer("yyyy", "2006", "mm", "01", "m", "1", "dd", "02", "d", "2").Replace(code)
	return timeOf(serial).Format(layout), true
}

// A number's code is a sign or words, digits, percent, and words. Words are quoted, or each of their letters is marked.
var (
	numberCode = regexp.MustCompile(`^((?:"[^"]*"|\\.|[-+])*)(#,##0|0)(?:\.(0+))?(%?)((?:"[^"]*"|\\.)*)$`)
	wordCode   = regexp.MustCompile(`^(?:"[^"]*"|\\.)+$`)
	marks      = strings.NewReplacer(`"`, "", `\`, "")
)

// showNumber shows a number by the section of its format for its sign. Of a number 15 digits count; they are rounded as they
// are written: half away from zero.
func showNumber(format string, stored float64) (string, bool) {
	number, ok := new(big.Rat).SetString(strconv.FormatFloat(stored, 'g', 15, 64))
	if !ok {
		return "", false
	}
	section, sign := strings.Split(format, ";"), ""
	switch {
	case number.Sign() < 0 && len(section) > 1:
		section = section[1:]
	case number.Sign() < 0:
		sign = "-"
	case number.Sign() == 0 && len(section) > 2:
		section = section[2:]
	}
	if wordCode.MatchString(section[0]) {
		return marks.Replace(section[0]), true
	}
	m := numberCode.FindStringSubmatch(section[0])
	if m == nil {
		return "", false
	}
	if number.Abs(number); m[4] != "" {
		number.Mul(number, big.NewRat(100, 1))
	}
	digits := number.FloatString(len(m[3]))
	if strings.Contains(m[2], ",") {
		digits = grouped(digits)
	}
	if strings.Trim(digits, "0.") == "" {
		sign = "" // of a zero
	}
	return sign + marks.Replace(m[1]) + digits + m[4] + marks.Replace(m[5]), true
}

// grouped puts commas between thousands.
func grouped(digits string) string {
	whole, rest, more := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if more {
		return whole + "." + rest
	}
	return whole
}
