package form

import (
	"fmt"
	"math/big"
	"math/bits"
	"strconv"
	"strings"

	"huizong/internal/ledger"
)

// A Rule is a statement that should hold of every row. It is a value: it prints itself,
// it is judged, and it neither reads, fetches nor reports.
type Rule struct {
	Code  *ledger.Code
	At    *Column // the field to look at when it does not hold
	Holds Statement
}

// String prints the rule as it is hashed into a run's rule version.
func (r Rule) String() string { return fmt.Sprintf("%s %s: %s", r.Code.ID, r.At.ID, r.Holds) }

// An Env is what a rule is judged in: the row, the same row in the months before, and
// what the county decided.
type Env struct {
	Period ledger.Period
	Now    *ledger.Record
	// Past are the rows in force of the months before, the latest first; nil where the
	// project was not there, or the month is not known.
	Past     []*ledger.Record
	Settings map[string]int64
	// Official gives the official name of what a text names on a list of the county, such as
	// obstacles.support; blank if it is not on the list. nil where no list is at hand.
	Official func(list, name string) string
}

func (e *Env) past(months int) *ledger.Record {
	if months > len(e.Past) {
		return nil
	}
	return e.Past[months-1]
}

// An Outcome is what came of judging: a blank is undecided, never passed off as a pass.
type Outcome int

const (
	Undecided Outcome = iota // na: cannot be judged
	Passes
	Fails
)

func outcome(holds bool) Outcome {
	if holds {
		return Passes
	}
	return Fails
}

// String is the word of tests and logs.
func (o Outcome) String() string { return [...]string{"na", "pass", "fail"}[o] }

// A Statement is something that holds of a row, or does not, or cannot be told.
type Statement interface {
	fmt.Stringer
	Judge(*Env) Outcome
	// Explain gives the statement with the row's figures put in, for the department to see.
	Explain(*Env) string
	compile(*compiler) (passes, fails string) // conditions in a formula, see Rule.Formula
}

// A Quantity is a number over the columns of a row; unknown if one of them is blank.
type Quantity interface {
	fmt.Stringer
	quantity(*Env) (value fraction, known bool)
	shape() Type      // how its value is shown
	show(*Env) string // its parts with their values, for people
	compile(*compiler) number
}

// An Instant is a date over the columns of a row; the zero date is unknown.
type Instant interface {
	fmt.Stringer
	instant(*Env) ledger.Date
	compile(*compiler) day
}

func (c Money) quantity(e *Env) (fraction, bool) { return scaled(c.value(e.Now), 1) }
func (c Rate) quantity(e *Env) (fraction, bool)  { return scaled(c.value(e.Now), RateScale) }
func (c Count) quantity(e *Env) (fraction, bool) { return scaled(c.value(e.Now), CountScale) }
func (c Money) shape() Type                      { return AmountType }
func (c Rate) shape() Type                       { return RateType }
func (c Count) shape() Type                      { return CountType }
func (c Money) show(e *Env) string               { return named(c, e) }
func (c Rate) show(e *Env) string                { return named(c, e) }
func (c Count) show(e *Env) string               { return named(c, e) }
func (c Date) instant(e *Env) ledger.Date        { return c.Of(e.Now) }
func (c Money) compile(to *compiler) number      { return to.number(c.Column, to.now(c.Column)) }
func (c Rate) compile(to *compiler) number       { return to.number(c.Column, to.now(c.Column)) }
func (c Count) compile(to *compiler) number      { return to.number(c.Column, to.now(c.Column)) }
func (c Date) compile(to *compiler) day          { return dayIn(to.now(c.Column)) }

func scaled(v ledger.Value, scale int64) (fraction, bool) {
	return fractionOf(v.N, scale), v.Known
}

// named shows a quantity by its name and value: 总投资 5000万元.
func named(q Quantity, e *Env) string {
	value, known := q.quantity(e)
	if !known {
		return q.String() + "（空）"
	}
	return q.String() + " " + showNumber(value, q.shape())
}

// points is the shape of a difference of rates: 百分点.
const points Type = -1

// showNumber writes a value as people read it, to the cent and to hundredths of a percent;
// blank where there is none.
func showNumber(value fraction, t Type) string {
	if !value.exists() {
		return ""
	}
	switch t {
	case AmountType:
		return decimal(value, 1, uint64(ledger.TenThousandYuan), 6) + "万元"
	case RateType:
		return decimal(value, 100, 1, 2) + "%"
	case points:
		return decimal(value, 100, 1, 2) + "个百分点"
	default:
		return decimal(value, 1, 1, 4)
	}
}

// decimal writes value × times ÷ by with so many decimals at most, halves away from zero. What
// fits into machine words, as nearly all does, is written without big numbers: a return may have
// fifty thousand findings, each with several of them.
func decimal(value fraction, times, by uint64, decimals int) string {
	if text, ok := smallDecimal(value, times, by, decimals); ok {
		return text
	}
	exact := new(big.Rat).SetFrac(new(big.Int).SetUint64(times), new(big.Int).SetUint64(by))
	return trim(exact.Mul(exact, value.rat()).FloatString(decimals))
}

func smallDecimal(value fraction, times, by uint64, decimals int) (text string, ok bool) {
	if value.large != nil {
		return "", false
	}
	for range decimals {
		times *= 10
	}
	high, low := bits.Mul64(magnitude(value.num), times)
	over, by := bits.Mul64(uint64(value.den), by)
	if over != 0 || high >= by {
		return "", false
	}
	quotient, rest := bits.Div64(high, low, by)
	if rest >= by-rest {
		quotient++
	}
	digits := strconv.FormatUint(quotient, 10)
	if missing := decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - decimals
	text = trim(digits[:point] + "." + digits[point:])
	if value.num < 0 && text != "0" {
		text = "-" + text
	}
	return text, true
}

func trim(decimal string) string {
	if !strings.Contains(decimal, ".") {
		return decimal
	}
	decimal = strings.TrimSuffix(strings.TrimRight(decimal, "0"), ".")
	if decimal == "-0" {
		return "0"
	}
	return decimal
}

// Before is what a column said the given way one month ago: Before(YearToDate). In January
// a figure since 1 January has no month before.
func Before[C interface {
	Quantity
	column() *Column
}](c C) Quantity {
	return before{c, c.column(), 1}
}

// BeforeBy is Before, more months ago.
func BeforeBy[C interface {
	Quantity
	column() *Column
}](months int, c C) Quantity {
	return before{c, c.column(), months}
}

func (c Money) column() *Column { return c.Column }
func (c Count) column() *Column { return c.Column }

type before struct {
	of     Quantity
	column *Column
	months int
}

func (b before) String() string {
	return monthsAgo(b.months) + b.of.String()
}

// monthsAgo names a month before: 上月, 两个月前.
func monthsAgo(months int) string {
	if months == 1 {
		return "上月"
	}
	return chineseCount(months) + "个月前"
}

func (b before) shape() Type        { return b.of.shape() }
func (b before) show(e *Env) string { return named(b, e) }
func (b before) quantity(e *Env) (fraction, bool) {
	if b.column.ResetsInJanuary && e.Period.Month <= b.months {
		return fraction{}, false
	}
	record := e.past(b.months)
	if record == nil {
		return fraction{}, false
	}
	then := *e
	then.Now = record
	return b.of.quantity(&then)
}
func (b before) compile(c *compiler) number {
	if b.column.ResetsInJanuary && c.Period.Month <= b.months {
		return number{"0", never, 0}
	}
	return c.number(b.column, c.past(b.column, b.months))
}

type sum []Quantity

// SumOf adds up; unknown if any part is.
func SumOf(parts ...Quantity) Quantity { return sum(parts) }

func (s sum) shape() Type { return s[0].shape() }
func (s sum) show(e *Env) string {
	parts := make([]string, len(s))
	for i, part := range s {
		parts[i] = part.show(e)
	}
	return strings.Join(parts, " + ")
}
func (s sum) String() string {
	names := make([]string, len(s))
	for i, part := range s {
		names[i] = part.String()
	}
	return strings.Join(names, " + ")
}
func (s sum) quantity(e *Env) (fraction, bool) {
	total := integer(0)
	for _, part := range s {
		value, known := part.quantity(e)
		if !known {
			return fraction{}, false
		}
		total = total.plus(value)
	}
	return total, true
}
func (s sum) compile(c *compiler) number {
	numbers := c.numbers(s)
	var values, known []string
	for _, part := range numbers {
		values, known = append(values, part.value), append(known, part.known)
	}
	return computed(strings.Join(values, "+"), and(known...), numbers...)
}

type known []Quantity

// SumOfStated adds up the parts that are stated, blanks counting for nothing; unknown only
// if all are blank. It is for breakdowns in which staff fill in what there is.
func SumOfStated(parts ...Quantity) Quantity { return known(parts) }

func (s known) shape() Type    { return s[0].shape() }
func (s known) String() string { return "已填的 " + sum(s).String() }
func (s known) show(e *Env) string {
	var stated sum
	for _, part := range s {
		if _, is := part.quantity(e); is {
			stated = append(stated, part)
		}
	}
	return stated.show(e)
}
func (s known) quantity(e *Env) (fraction, bool) {
	var total fraction
	for _, part := range s {
		value, stated := part.quantity(e)
		switch {
		case !stated:
		case !total.exists():
			total = value
		default:
			total = total.plus(value)
		}
	}
	return total, total.exists()
}
func (s known) compile(c *compiler) number {
	numbers := c.numbers(s)
	var values, known []string
	for _, part := range numbers {
		values, known = append(values, "IF("+part.known+","+part.value+",0)"), append(known, part.known)
	}
	return computed(strings.Join(values, "+"), or(known...), numbers...)
}

type difference struct{ from, less Quantity }

// Minus takes one quantity from another; rates differ by points (百分点).
func Minus(from, less Quantity) Quantity { return difference{from, less} }

func (d difference) shape() Type {
	if shape := d.from.shape(); shape != RateType {
		return shape
	}
	return points
}
func (d difference) String() string     { return d.from.String() + " − " + d.less.String() }
func (d difference) show(e *Env) string { return d.from.show(e) + " − " + d.less.show(e) }
func (d difference) quantity(e *Env) (fraction, bool) {
	a, known := d.from.quantity(e)
	b, also := d.less.quantity(e)
	if !known || !also {
		return fraction{}, false
	}
	return a.minus(b), true
}
func (d difference) compile(c *compiler) number {
	a, b := d.from.compile(c), d.less.compile(c)
	return computed(a.value+"-"+b.value, and(a.known, b.known), a, b)
}

type share struct{ part, whole Quantity }

// Share is part over whole, exactly; unknown over zero.
func Share(part, whole Quantity) Quantity { return share{part, whole} }

func (s share) shape() Type        { return RateType }
func (s share) String() string     { return s.part.String() + " ÷ " + s.whole.String() }
func (s share) show(e *Env) string { return s.part.show(e) + " ÷ " + s.whole.show(e) }
func (s share) quantity(e *Env) (fraction, bool) {
	a, known := s.part.quantity(e)
	b, also := s.whole.quantity(e)
	if !known || !also || b.sign() == 0 {
		return fraction{}, false
	}
	return a.over(b), true
}
func (s share) compile(c *compiler) number {
	a, b := s.part.compile(c), s.whole.compile(c)
	return number{round(a.value+"/"+b.value, exactly), where(and(a.known, b.known), b.value+"<>0"), exactly}
}

type per struct{ part, whole Quantity }

// Per is how much of part there is to one of whole, exactly: 税收 per 亩 is money. Unknown
// over zero.
func Per(part, whole Quantity) Quantity { return per{part, whole} }

func (p per) shape() Type        { return p.part.shape() }
func (p per) String() string     { return share(p).String() }
func (p per) show(e *Env) string { return share(p).show(e) }
func (p per) quantity(e *Env) (fraction, bool) {
	return share(p).quantity(e)
}
func (p per) compile(c *compiler) number { return share(p).compile(c) }

type orElse struct{ first, second Quantity }

// OrElse is the first quantity where it is known, else the second.
func OrElse(first, second Quantity) Quantity { return orElse{first, second} }

func (o orElse) shape() Type { return o.first.shape() }
func (o orElse) String() string {
	return "（" + o.first.String() + "，否则 " + o.second.String() + "）"
}
func (o orElse) show(e *Env) string {
	if _, known := o.first.quantity(e); known {
		return o.first.show(e)
	}
	return o.second.show(e)
}
func (o orElse) quantity(e *Env) (fraction, bool) {
	if value, known := o.first.quantity(e); known {
		return value, true
	}
	return o.second.quantity(e)
}
func (o orElse) compile(c *compiler) number {
	a, b := o.first.compile(c), o.second.compile(c)
	return number{"IF(" + a.known + "," + a.value + "," + b.value + ")", or(a.known, b.known), max(a.decimals, b.decimals)}
}

// Evaluate gives a quantity of a row exactly: money in 分, rates as shares of one.
func Evaluate(q Quantity, e *Env) (value *big.Rat, known bool) {
	exact, known := q.quantity(e)
	if !known {
		return nil, false
	}
	return exact.rat(), true
}

type setting struct {
	name string
	t    Type
}

// Setting is a threshold that the county decides, by its name in county.toml: amounts in
// 分, rates in millionths, counts as they are.
func Setting(name string, t Type) Quantity { return setting{name, t} }

func (s setting) shape() Type    { return s.t }
func (s setting) String() string { return "〔" + s.name + "〕" }
func (s setting) show(e *Env) string {
	value, _ := s.quantity(e)
	return showNumber(value, s.t)
}
func (s setting) quantity(e *Env) (fraction, bool) {
	n, set := e.Settings[s.name]
	if !set {
		return fraction{}, false
	}
	scale := int64(1)
	if s.t == RateType || s.t == points {
		scale = RateScale
	}
	return fractionOf(n, scale), true
}
func (s setting) compile(c *compiler) number { return c.constant(s, decimalsOf(s.t)) }

type constant struct {
	n    int64
	t    Type
	text string
}

// Zero is no money at all, None no thing, Full the whole of something.
var (
	Zero Quantity = constant{0, AmountType, "0"}
	None Quantity = constant{0, CountType, "0"}
	Full Quantity = constant{1, RateType, "100%"}
)

func (c constant) shape() Type                    { return c.t }
func (c constant) String() string                 { return c.text }
func (c constant) show(*Env) string               { return showNumber(integer(c.n), c.t) }
func (c constant) quantity(*Env) (fraction, bool) { return integer(c.n), true }
func (c constant) compile(to *compiler) number    { return to.constant(c, decimalsOf(c.t)) }

type elapsed struct{}

// Elapsed is the share of the year that has passed at the end of the month (时序进度): N/12.
var Elapsed Quantity = elapsed{}

func (elapsed) shape() Type                      { return RateType }
func (elapsed) String() string                   { return "时序进度" }
func (q elapsed) show(e *Env) string             { return named(q, e) }
func (elapsed) quantity(e *Env) (fraction, bool) { return fractionOf(int64(e.Period.Month), 12), true }
func (q elapsed) compile(c *compiler) number     { return c.constant(q, exactly) }

type month struct{}

// Month is the number of the period's month.
var Month Quantity = month{}

func (month) shape() Type                      { return CountType }
func (month) String() string                   { return "月份" }
func (q month) show(e *Env) string             { return named(q, e) }
func (month) quantity(e *Env) (fraction, bool) { return integer(int64(e.Period.Month)), true }
func (q month) compile(c *compiler) number     { return c.constant(q, 0) }

type monthsSince struct{ date Date }

// MonthsSince counts the months from a date to the period: 0 in the month itself.
func MonthsSince(date Date) Quantity { return monthsSince{date} }

func (m monthsSince) shape() Type        { return CountType }
func (m monthsSince) String() string     { return m.date.String() + "至今月数" }
func (m monthsSince) show(e *Env) string { return named(m, e) }
func (m monthsSince) quantity(e *Env) (fraction, bool) {
	from := m.date.Of(e.Now).Period()
	if from.IsZero() {
		return fraction{}, false
	}
	return integer(int64(e.Period.Since(from))), true
}
func (m monthsSince) compile(c *compiler) number {
	date, cell := m.date.compile(c), c.now(m.date.Column)
	months := fmt.Sprintf("(%d-12*YEAR(%s)-MONTH(%s))", 12*c.Period.Year+c.Period.Month, date.first, date.first)
	return number{months, and(date.known, negated("LEN("+cell+")=4")), 0} // a bare year has no month
}

type periodStart struct{}

// PeriodStart is the first day of the month.
var PeriodStart Instant = periodStart{}

func (periodStart) String() string { return "报告期初" }
func (periodStart) instant(e *Env) ledger.Date {
	return ledger.Date{Year: e.Period.Year, Month: e.Period.Month, Day: 1}
}
func (p periodStart) compile(c *compiler) day { return onDay(p.instant(c.env())) }

type periodEnd struct{}

// PeriodEnd is the last day of the month.
var PeriodEnd Instant = periodEnd{}

func (periodEnd) String() string             { return "报告期末" }
func (periodEnd) instant(e *Env) ledger.Date { return e.Period.End() }
func (p periodEnd) compile(c *compiler) day  { return onDay(p.instant(c.env())) }
