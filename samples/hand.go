package samples

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A hand is how one clerk lays out a form: the same rows in another's habits. In its words
// {县} is the county, {单位} and {简} the unit's full and short name, {年} and {月} year and
// month, {期} the month as titles write it, {日} the day of filling in, {人} who filled in.
type hand struct {
	file  string // path below the inbox
	sheet string
	title string
	lines []string // between title and header; | parts what stands at the left, middle and right
	notes []string // below the table
	font  string

	unit    ledger.Money // of amounts whose column has no other; 0 is 万元
	columns []column
	numbers bool // 1, 2, 3 … in a row below the header

	by     *form.Column   // sections 一、 二、 with subtotals, a section for each value
	merge  []*form.Column // equal values below one another stand in one merged cell
	ditto  []*form.Column // …or are written 〃
	totals totals

	blankAfter int     // a blank row after every so many rows
	beside     []*page // sheets of the workbook that are no return
	phantom    int     // rows below that are framed and empty
}

// totals says how a sheet sums up.
type totals int

const (
	noTotals totals = iota
	totalLast
	totalFirst
	totalTyped // last, as numbers: somebody added up by hand
)

// A column is what a clerk heads a column with, and how its values are written. A head may
// be a path of header rows, 资金来源/银行贷款, and may break lines.
type column struct {
	of   *form.Column // nil: a column that no form knows
	head string       // blank: the official name
	pen  pen          // nil: as most people write such values
	unit ledger.Money // of amounts; 0 is the hand's
	fill []string     // of columns that no form knows, row after row
}

// running numbers the rows.
var running = column{head: "序号"}

// col is a column under a heading of the clerk's, cols are columns under their official
// names; by writes a column in a pen of its own, in gives amounts in a unit that their
// heading names.
func col(of *form.Column, head string) column { return column{of: of, head: head} }

func cols(all ...*form.Column) []column {
	columns := make([]column, len(all))
	for i, of := range all {
		columns[i].of = of
	}
	return columns
}

func by(p pen, of *form.Column, head string) column { return column{of: of, head: head, pen: p} }

func in(unit ledger.Money, of *form.Column, head string) column {
	return column{of: of, head: head, unit: unit}
}

// under puts columns below a group's heading, in place of the one they have.
func under(group string, columns []column) []column {
	columns = slices.Clone(columns)
	for i, c := range columns {
		head := c.head
		if head == "" {
			head = c.of.Name
		}
		if strings.HasPrefix(group, head[:strings.Index(head+"/", "/")]) {
			head = head[strings.Index(head, "/")+1:]
		}
		columns[i].head = group + "/" + head
	}
	return columns
}

// write writes columns in one pen.
func write(p pen, columns []column) []column {
	columns = slices.Clone(columns)
	for i := range columns {
		columns[i].pen = p
	}
	return columns
}

// A pen writes a known value into a cell.
type pen func(c *form.Column, v ledger.Value, unit ledger.Money) cell

// write is the column's value of a record as the clerk writes it; a blank stays a blank.
func (c column) write(v ledger.Value, unit ledger.Money) cell {
	if !v.Known {
		return cell{look: looks[c.of.Type]}
	}
	if c.unit != 0 {
		unit = c.unit
	}
	if c.pen != nil {
		return c.pen(c.of, v, unit)
	}
	return usual[c.of.Type](c.of, v, unit)
}

// usual are the pens of most people, and looks how their cells look.
var (
	usual = [...]pen{
		form.TextType: words, form.CodeType: words, form.AmountType: number, form.RateType: percentFormat,
		form.CountType: number, form.FlagType: words, form.DateType: dotted, form.SpanType: dottedSpan,
		form.ChoiceType: words, form.SetType: words,
	}
	looks = [...]look{
		form.TextType: textLook, form.CodeType: textLook, form.AmountType: numberLook, form.RateType: percentLook,
		form.CountType: numberLook, form.FlagType: centreLook, form.DateType: centreLook, form.SpanType: centreLook,
		form.ChoiceType: centreLook, form.SetType: centreLook,
	}
)

func words(c *form.Column, v ledger.Value, _ ledger.Money) cell {
	return cell{value: c.Show(v), look: looks[c.Type]}
}

// alias writes the n-th other word of a choice where it has one: A类, 已办结.
func alias(n int) pen {
	return func(c *form.Column, v ledger.Value, unit ledger.Money) cell {
		for _, word := range c.Words {
			if word.Name == v.S && n < len(word.Aliases) {
				return cell{value: word.Aliases[n], look: centreLook}
			}
		}
		return words(c, v, unit)
	}
}

// tick writes 是 as √.
func tick(c *form.Column, v ledger.Value, unit ledger.Money) cell {
	if v.N == 1 {
		return cell{value: "√", look: centreLook}
	}
	return words(c, v, unit)
}

// number writes an amount in the unit, or a count, as a number.
func number(c *form.Column, v ledger.Value, unit ledger.Money) cell {
	if c.Type == form.CountType {
		return cell{value: real(ledger.Exactly(v.N, form.CountScale)), look: numberLook}
	}
	return cell{value: real(ledger.Exactly(v.N, int64(unit))), look: numberLook, worth: ledger.Money(v.N), counts: true}
}

// grouped writes an amount as a number that shows thousands.
func grouped(c *form.Column, v ledger.Value, unit ledger.Money) cell {
	as := number(c, v, unit)
	as.look = groupedLook
	return as
}

// typed writes an amount as text: '12345.
func typed(c *form.Column, v ledger.Value, unit ledger.Money) cell {
	as := number(c, v, unit)
	as.value, as.text = ledger.Exactly(v.N, int64(unit)), true
	return as
}

// commas writes an amount as text with thousands separators: 12,345.
func commas(c *form.Column, v ledger.Value, unit ledger.Money) cell {
	as := typed(c, v, unit)
	whole, fraction, broken := strings.Cut(as.value.(string), ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if broken {
		whole += "." + fraction
	}
	as.value = whole
	return as
}

// wide writes an amount as text in full-width digits.
func wide(c *form.Column, v ledger.Value, unit ledger.Money) cell {
	as := typed(c, v, unit)
	as.value = strings.Map(func(r rune) rune { return r + 0xFEE0 }, as.value.(string))
	return as
}

// united writes an amount with its unit in the cell: 1.2亿元, 3500万元.
func united(c *form.Column, v ledger.Value, unit ledger.Money) cell {
	as := typed(c, v, unit)
	if amount := ledger.Money(v.N); amount >= ledger.HundredMillionYuan && amount%(ledger.HundredMillionYuan/100) == 0 {
		as.value = ledger.Exactly(v.N, int64(ledger.HundredMillionYuan)) + "亿元"
	} else {
		as.value = ledger.Exactly(v.N, int64(ledger.TenThousandYuan)) + "万元"
	}
	return as
}

// percentFormat writes a share as a number that shows percent; percentNumber as 85.5 under
// a heading that says %; percentText as 85.5%.
func percentFormat(_ *form.Column, v ledger.Value, _ ledger.Money) cell {
	return cell{value: real(ledger.Exactly(v.N, form.RateScale)), look: percentLook}
}

func percentNumber(_ *form.Column, v ledger.Value, _ ledger.Money) cell {
	return cell{value: real(ledger.Exactly(v.N, form.RateScale/100)), look: numberLook}
}

func percentText(_ *form.Column, v ledger.Value, _ ledger.Money) cell {
	return cell{value: ledger.Exactly(v.N, form.RateScale/100) + "%", look: centreLook}
}

// numeral writes a text of digits as a number: 1.1, 12.
func numeral(_ *form.Column, v ledger.Value, _ ledger.Money) cell {
	return cell{value: real(v.S), look: centreLook}
}

// stored writes a stated percentage as a share that shows percent, another number as one.
func stored(c *form.Column, v ledger.Value, unit ledger.Money) cell {
	if digits, percent := strings.CutSuffix(v.S, "%"); percent {
		return cell{value: real(digits) / 100, look: percentLook}
	}
	if _, err := strconv.ParseFloat(v.S, 64); err == nil {
		return numeral(c, v, unit)
	}
	return words(c, v, unit)
}

// area writes land in a unit that is so many parts of a 亩 large, by ten thousand.
func area(worth int64) pen {
	return func(_ *form.Column, v ledger.Value, _ ledger.Money) cell {
		return cell{value: real(ledger.Exactly(v.N, worth)), look: numberLook}
	}
}

// lined writes a list of names one below the other.
func lined(c *form.Column, v ledger.Value, _ ledger.Money) cell {
	return cell{value: strings.ReplaceAll(v.S, "、", "\n"), look: textLook}
}

// The pens of dates. All but slashed, calendar and those of days leave out the day.
func dotted(_ *form.Column, v ledger.Value, _ ledger.Money) cell {
	return cell{value: dot(v.S), look: centreLook}
}

func inWords(_ *form.Column, v ledger.Value, _ ledger.Money) cell {
	d, _ := ledger.ParseDate(v.S)
	return cell{value: strconv.Itoa(d.Year) + "年" + strconv.Itoa(d.Month) + "月", look: centreLook}
}

func slashed(_ *form.Column, v ledger.Value, _ ledger.Money) cell {
	d, _ := ledger.ParseDate(v.S)
	return cell{value: strconv.Itoa(d.Year) + "/" + strconv.Itoa(d.Month) + "/" + strconv.Itoa(max(d.Day, 1)), look: centreLook}
}

// calendar writes a date as spreadsheets hold dates; calendarWords shows it in words.
func calendar(_ *form.Column, v ledger.Value, _ ledger.Money) cell {
	d, _ := ledger.ParseDate(v.S)
	return cell{value: serial(d), look: dateLook}
}

func calendarWords(_ *form.Column, v ledger.Value, _ ledger.Money) cell {
	d, _ := ledger.ParseDate(v.S)
	return cell{value: serial(d), look: dateWordsLook}
}

// dayDotted writes 2024.6.18, dayInWords 2024年6月18日.
func dayDotted(_ *form.Column, v ledger.Value, _ ledger.Money) cell {
	d, _ := ledger.ParseDate(v.S)
	return cell{value: dot(v.S) + "." + strconv.Itoa(max(d.Day, 1)), look: centreLook}
}

func dayInWords(c *form.Column, v ledger.Value, unit ledger.Money) cell {
	d, _ := ledger.ParseDate(v.S)
	return cell{value: inWords(c, v, unit).value.(string) + strconv.Itoa(max(d.Day, 1)) + "日", look: centreLook}
}

// dottedSpan writes 2023.3—2025.12, wordySpan 2023年3月至2025年12月.
func dottedSpan(_ *form.Column, v ledger.Value, _ ledger.Money) cell {
	from, to, _ := strings.Cut(v.S, "/")
	return cell{value: dot(from) + "—" + dot(to), look: centreLook}
}

func wordySpan(c *form.Column, v ledger.Value, unit ledger.Money) cell {
	from, to, _ := strings.Cut(v.S, "/")
	first, last := inWords(c, ledger.Words(from), unit), inWords(c, ledger.Words(to), unit)
	return cell{value: first.value.(string) + "至" + last.value.(string), look: centreLook}
}

// dot writes 2024-06 as 2024.6.
func dot(date string) string {
	d, _ := ledger.ParseDate(date)
	return strconv.Itoa(d.Year) + "." + strconv.Itoa(d.Month)
}

// real is a decimal as a cell holds it.
func real(decimal string) float64 {
	value, err := strconv.ParseFloat(decimal, 64)
	if err != nil {
		panic("samples: not a decimal: " + decimal)
	}
	return value
}

// width is a column's width in digits of the standard font.
func (c column) width() float64 {
	if c.of == nil {
		return 12
	}
	switch c.of.Type {
	case form.TextType:
		if c.of.Need == form.Required && c.of.Identity {
			return 30
		}
		return float64(min(14+2*max(0, utf8.RuneCountInString(c.of.String())-5), 32))
	case form.CodeType:
		return 27
	case form.SpanType:
		return 18
	}
	return 11
}
