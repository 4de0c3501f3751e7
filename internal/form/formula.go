package form

import (
	"strconv"
	"strings"
	"time"

	"huizong/internal/ledger"
)

// Cells says where a workbook has what a rule speaks of. Cells are as people fill them in:
//
//	amounts               numbers in 万元
//	rates                 numbers formatted as percentages: 55% is 0.55
//	counts                numbers
//	dates                 a day as a serial, formatted as a day (a serial formatted as a month may be
//	                      read as that month, which no formula sees); a month or a year as the text
//	                      2024-06 or 2024; any other text is stated, but no date that a formula knows
//	choices and flags     a word of the column or an alias of it; 是 or 否
//	sets                  such words, joined by 、
//	texts, codes, spans   texts; one of BlankWords is blank
//
// What a cell holds besides is not known: reading says so, and no rule.
type Cells struct {
	// Now is the reference of the row's cell of a column, such as $H7; Past that of the cell that
	// says what stood there some months before, 1 being last month. Blank where there is none.
	Now      func(*Column) string
	Past     func(c *Column, months int) string
	Period   ledger.Period
	Settings map[string]int64 // as Env has them
}

// Formula is the rule as a formula of a spreadsheet, without an equals sign, in English and for
// programs since Excel 2007: TRUE where the row fails the rule, FALSE where it does not or cannot
// be judged, an error only where a cell holds one. It may stand in a cell and in a conditional format. Rates and other
// quotients are compared to 12 decimals, all else exactly. why is not blank, and formula is, where
// the rule cannot be a formula or no row can fail it in the month.
func (r Rule) Formula(cells Cells) (formula, why string) {
	c := compiler{Cells: cells}
	_, fails := c.statement(r.Holds)
	switch {
	case c.why != "":
		return "", c.why
	case fails == never:
		return "", "本月不作这项核对"
	}
	return fails, ""
}

// A compiler writes the formulas of one rule.
type compiler struct {
	Cells
	why string // why it cannot; blank if it can
}

// cannot notes why an expression is no formula, the first reason of several.
func (c *compiler) cannot(why string) {
	if c.why == "" {
		c.why = why
	}
}

// Conditions that are known while a formula is written.
const (
	always = "TRUE"
	never  = "FALSE"
)

// statement gives the conditions under which a statement passes and fails: neither where it is
// undecided. What depends on no row is judged here and now.
func (c *compiler) statement(s Statement) (passes, fails string) {
	if len(Reads(s)) > 0 {
		return s.compile(c)
	}
	switch s.Judge(c.env()) {
	case Passes:
		return always, never
	case Fails:
		return never, always
	}
	return never, never
}

func (c *compiler) statements(all []Statement) (passes, fails []string) {
	for _, s := range all {
		pass, fail := c.statement(s)
		passes, fails = append(passes, pass), append(fails, fail)
	}
	return passes, fails
}

func (c *compiler) env() *Env { return &Env{Period: c.Period, Settings: c.Settings} }

// A number is a quantity in a formula: amounts in 万元, rates as shares of one. Its value is rounded
// to its decimals, since sums of binary fractions are not exact; it may be an error where it is not
// known.
type number struct {
	value    string
	known    string // condition
	decimals int
}

// computed is a number of others, to as many decimals as they have.
func computed(value, known string, from ...number) number {
	decimals := 0
	for _, number := range from {
		decimals = max(decimals, number.decimals)
	}
	return number{round(value, decimals), known, decimals}
}

// exactly is how many decimals tell quotients apart: more than those of amounts and rates that people
// write make, fewer than the noise of binary fractions where no amount is a thousand times another.
const exactly = 12

func decimalsOf(t Type) int {
	switch t {
	case AmountType, RateType, points:
		return 6
	}
	return 4
}

// number is the quantity of a cell.
func (c *compiler) number(column *Column, cell string) number {
	decimals := decimalsOf(column.Type)
	return number{round(cell, decimals), "ISNUMBER(" + cell + ")", decimals}
}

// constant is a quantity that depends on no row.
func (c *compiler) constant(q Quantity, decimals int) number {
	value, known := q.quantity(c.env())
	if !known {
		return number{"0", never, decimals}
	}
	if q.shape() == AmountType {
		value = value.over(integer(int64(ledger.TenThousandYuan)))
	}
	return number{trim(value.rat().FloatString(15)), always, decimals}
}

func (c *compiler) numbers(all []Quantity) []number {
	numbers := make([]number, len(all))
	for i, q := range all {
		numbers[i] = q.compile(c)
	}
	return numbers
}

// now and past give a reference to a cell that the sheet must have.
func (c *compiler) now(column *Column) string {
	cell := c.Now(column)
	if cell == "" {
		c.cannot("本表没有“" + column.String() + "”")
	}
	return cell
}

func (c *compiler) past(column *Column, months int) string {
	cell := c.Past(column, months)
	if cell == "" {
		c.cannot("本表没有" + monthsAgo(months) + "的“" + column.String() + "”")
	}
	return cell
}

// stated is the condition that a cell is not blank.
func (c *compiler) stated(column *Column, cell string) string {
	switch column.Type {
	case AmountType, RateType, CountType:
		return c.number(column, cell).known
	case ChoiceType, FlagType:
		return among(cell, spellings(column, wordsOf(column)...))
	case SetType:
		return holdsOne(cell, spellings(column, wordsOf(column)...))
	}
	said := negated(among(cell, append([]string{""}, BlankWords...)))
	if column.Type == DateType {
		return "IF(ISNUMBER(" + cell + ")," + plausible(cell) + "," + said + ")"
	}
	return said
}

// wordsOf are the words that a choice, a set or a flag has.
func wordsOf(column *Column) []string {
	if column.Type == FlagType {
		return []string{YesNo(true), YesNo(false)}
	}
	var words []string
	for _, word := range column.Words {
		words = append(words, word.Name)
	}
	return words
}

// spellings are the given words of a column and their aliases, in capitals where they are Latin.
func spellings(column *Column, words ...string) []string {
	var all []string
	for _, name := range words {
		all = append(all, strings.ToUpper(name))
		for _, word := range column.Words {
			for _, alias := range word.Aliases {
				if word.Name == name {
					all = append(all, strings.ToUpper(alias))
				}
			}
		}
	}
	return all
}

// among is the condition that a cell holds one of the words and nothing else.
func among(cell string, words []string) string {
	if len(words) == 0 {
		return never
	}
	return `ISNUMBER(FIND("|"&UPPER(TRIM(` + cell + `))&"|",` + quoted("|"+strings.Join(words, "|")+"|") + "))"
}

// holdsOne is the condition that one of the words stands among those that a cell joins by 、.
func holdsOne(cell string, words []string) string {
	var held []string
	for _, word := range words {
		held = append(held, "ISNUMBER(FIND("+quoted("、"+word+"、")+`,"、"&UPPER(TRIM(`+cell+`))&"、"))`)
	}
	return or(held...)
}

// contains is the condition that a word stands in the text of a cell, folded: signs may be of full
// width, and blanks do not count.
func contains(cell, word string) string {
	text := "SUBSTITUTE(" + cell + `," ","")`
	for i, r := range word {
		if r > ' ' && r <= '~' && !strings.ContainsRune(word[:i], r) {
			text = "SUBSTITUTE(" + text + "," + quoted(string(r-'!'+'！')) + "," + quoted(string(r)) + ")"
		}
	}
	return "ISNUMBER(FIND(" + quoted(word) + "," + text + "))"
}

// same is the condition that two cells of a column, which are stated, say the same.
func (c *compiler) same(column *Column, a, b string) string {
	switch column.Type {
	case AmountType, RateType, CountType:
		x, y := c.number(column, a), c.number(column, b)
		return x.value + "=" + y.value
	case ChoiceType, FlagType:
		return placeOf(column, a) + "=" + placeOf(column, b)
	}
	return "EXACT(TRIM(" + a + "),TRIM(" + b + "))"
}

// placeOf is the place of a cell's word among those of its column, the first being 1.
func placeOf(column *Column, cell string) string {
	var places []string
	for i, word := range wordsOf(column) {
		places = append(places, among(cell, spellings(column, word))+"*"+strconv.Itoa(i+1))
	}
	return "(" + strings.Join(places, "+") + ")"
}

// A day is a date in a formula, as serials: the first and the last day that it may mean. Where it
// is not known both may be errors.
type day struct{ first, last, known string }

func onDay(date ledger.Date) day {
	serial := strconv.Itoa(serialOf(date))
	return day{serial, serial, always}
}

func serialOf(date ledger.Date) int {
	since := time.Date(date.Year, time.Month(date.Month), date.Day, 0, 0, 0, 0, time.UTC).Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC))
	return int(since.Hours()) / 24
}

// dayIn is the date of a cell: a serial, or a text as ledger.Date writes it.
func dayIn(cell string) day {
	length := "LEN(" + cell + ")"
	first := "IF(ISNUMBER(" + cell + "),INT(" + cell + "),IF(" + or(length+"=4", length+"=7", length+"=10") +
		",DATEVALUE(LEFT(" + cell + `&"-01-01",10)),0))`
	return day{
		first: first,
		last:  "IF(" + or("ISNUMBER("+cell+")", length+"=10") + "," + first + ",EOMONTH(" + first + ",IF(" + length + "=7,0,11)))",
		known: where("ISNUMBER("+first+")", plausible(first)),
	}
}

// plausible is the condition that a number is a day of the years in which projects begin and end.
func plausible(serial string) string {
	first, next := serialOf(ledger.Date{Year: FirstYear, Month: 1, Day: 1}), serialOf(ledger.Date{Year: LastYear + 1, Month: 1, Day: 1})
	return and(serial+">="+strconv.Itoa(first), serial+"<"+strconv.Itoa(next))
}

// and, or, negated and where join conditions. where is and for a condition that may be an error
// unless the one before it holds.
func and(conditions ...string) string { return joined("AND", conditions, always, never) }
func or(conditions ...string) string  { return joined("OR", conditions, never, always) }

func joined(by string, conditions []string, neutral, decisive string) string {
	var parts []string
	for _, condition := range conditions {
		switch condition {
		case decisive:
			return decisive
		case neutral:
		default:
			parts = append(parts, condition)
		}
	}
	switch len(parts) {
	case 0:
		return neutral
	case 1:
		return parts[0]
	}
	return by + "(" + strings.Join(parts, ",") + ")"
}

func negated(condition string) string {
	switch condition {
	case always:
		return never
	case never:
		return always
	}
	if opposite, is := strings.CutPrefix(condition, "NOT("); is {
		return strings.TrimSuffix(opposite, ")")
	}
	return "NOT(" + condition + ")"
}

func where(known, condition string) string {
	switch {
	case known == always, condition == never:
		return condition
	case known == never:
		return never
	}
	return "IF(" + known + "," + condition + ",FALSE)"
}

func round(value string, decimals int) string {
	return "ROUND(" + value + "," + strconv.Itoa(decimals) + ")"
}

// quoted writes a text as formulas have it, in pieces of at most 255 characters.
func quoted(text string) string {
	const longest = 255
	var pieces []string
	for runes := []rune(text); ; runes = runes[longest:] {
		piece := string(runes[:min(longest, len(runes))])
		pieces = append(pieces, `"`+strings.ReplaceAll(piece, `"`, `""`)+`"`)
		if len(runes) <= longest {
			return strings.Join(pieces, "&")
		}
	}
}
