package sheet

import (
	"cmp"
	"slices"
	"strings"
)

// A dataFormat translates a number format of OpenDocument into a code of Excel.
type dataFormat struct {
	s       *scanner
	percent bool // its first % multiplies
	elapsed bool // hours may be more than a day's
	code    strings.Builder
	cases   []dataCase
}

// part reads a part of the format.
func (d *dataFormat) part() error {
	s := d.s
	if s.is(spaceStyle, "map") {
		condition := strings.ReplaceAll(strings.TrimPrefix(s.wordIn(spaceStyle, "condition"), "value()"), "!=", "<>")
		d.cases = append(d.cases, dataCase{condition, s.wordIn(spaceStyle, "apply-style-name")})
		return s.skip()
	}
	if s.space != spaceData {
		return s.skip()
	}
	var err error
	switch string(s.local) {
	case "number":
		err = d.number()
	case "text":
		err = d.text()
	case "currency-symbol":
		err = d.currency()
	case "scientific-number":
		err = d.scientific()
	case "fraction":
		d.code.WriteString("# ?/?")
		err = s.skip()
	case "text-content":
		d.code.WriteByte('@')
		err = s.skip()
	case "boolean":
		d.code.WriteString("General")
		err = s.skip()
	default:
		err = d.time()
	}
	if err == nil && (d.code.Len() > s.limits.Format || len(d.cases) > maxAttrs) {
		err = over(s.part, "format", int64(s.limits.Format))
	}
	return err
}

// most digits that a format may ask for.
const mostDigits = 127

// digits reads how many digits the number just begun has before the point, and after it
// at least and at most; fixed is false where that is left open.
func (d *dataFormat) digits() (whole, least, most int, fixed bool, err error) {
	s := d.s
	if whole, err = s.numberIn(spaceData, "min-integer-digits", 0, mostDigits, 0); err != nil {
		return
	}
	if most, err = s.numberIn(spaceData, "decimal-places", 0, mostDigits, -1); err != nil || most < 0 {
		return whole, 0, 0, false, err
	}
	least, err = s.numberIn(spaceData, "min-decimal-places", 0, most, most)
	return whole, least, most, true, err
}

// fraction is the digits of a format behind its point.
func fraction(least, most int) string {
	if most == 0 {
		return ""
	}
	return "." + strings.Repeat("0", least) + strings.Repeat("#", most-least)
}

// An embedded text stands among the digits of a number, so many before the point.
type embedded struct {
	position int
	text     string
}

func (d *dataFormat) number() error {
	s := d.s
	whole, least, most, fixed, err := d.digits()
	if err != nil {
		return err
	}
	grouped := s.wordIn(spaceData, "grouping") == "true"
	factor := cmp.Or(s.wordIn(spaceData, "display-factor"), "1")
	if replacement, ok := s.attrIn(spaceData, "decimal-replacement"); ok && len(replacement) == 0 {
		least = 0
	}
	var inside []embedded
	if err := s.children(func() error {
		position, err := s.numberIn(spaceData, "position", -mostDigits, mostDigits, 0)
		if err != nil {
			return err
		}
		text, err := s.content(nil)
		inside = append(inside, embedded{position, string(text)})
		return err
	}); err != nil {
		return err
	}
	if !fixed && !grouped && factor == "1" && len(inside) == 0 && whole <= 1 {
		d.code.WriteString("General")
		return nil
	}
	d.code.WriteString(wholeDigits(whole, grouped, inside) + fraction(least, most) + scale(factor))
	return nil
}

// wholeDigits are the digits of a format before its point.
func wholeDigits(least int, grouped bool, inside []embedded) string {
	slots := max(least, 1)
	if grouped {
		slots = max(slots, 4)
	}
	for _, e := range inside {
		slots = max(slots, e.position)
	}
	var b strings.Builder
	for left := slots; left > 0; left-- { // digits to the point
		if grouped && left < slots && left%3 == 0 {
			b.WriteByte(',')
		}
		for _, e := range inside {
			if e.position == left {
				b.WriteString(quoted(e.text))
			}
		}
		if left > least {
			b.WriteByte('#')
		} else {
			b.WriteByte('0')
		}
	}
	for _, e := range inside {
		if e.position <= 0 {
			b.WriteString(quoted(e.text))
		}
	}
	return b.String()
}

// scale is what follows the digits of a format that shows numbers divided by a factor. What
// no code can say stands as a text, which tells that there is something.
func scale(factor string) string {
	switch factor {
	case "1":
		return ""
	case "1000":
		return ","
	case "1000000":
		return ",,"
	case "1000000000":
		return ",,,"
	}
	return quoted("÷" + factor)
}

func (d *dataFormat) scientific() error {
	whole, least, most, _, err := d.digits()
	if err != nil {
		return err
	}
	exponent, err := d.s.numberIn(spaceData, "min-exponent-digits", 0, mostDigits, 2)
	if err != nil {
		return err
	}
	d.code.WriteString(strings.Repeat("0", max(whole, 1)) + fraction(least, most) + "E+" + strings.Repeat("0", max(exponent, 1)))
	return d.s.skip()
}

// text reads characters that stand for themselves, but for the sign of a percentage.
func (d *dataFormat) text() error {
	raw, err := d.s.content(nil)
	text := string(raw)
	if before, after, ok := strings.Cut(text, "%"); ok && d.percent {
		d.percent = false
		d.code.WriteString(quoted(before) + "%" + quoted(after))
		return err
	}
	d.code.WriteString(quoted(text))
	return err
}

// currency reads the sign of a currency: that of yuan as a text, any other as Excel has it.
func (d *dataFormat) currency() error {
	country := d.s.wordIn(spaceData, "country")
	raw, err := d.s.content(nil)
	switch sign := strings.TrimSpace(string(raw)); {
	case sign == "":
	case slices.Contains([]string{"¥", "￥", "元", "CNY", "RMB"}, sign) && (country == "" || country == "CN"):
		d.code.WriteString(quoted(string(raw)))
	case country == "JP":
		d.code.WriteString("[$JPY]")
	default:
		d.code.WriteString("[$" + sign + "]")
	}
	return err
}

// dateParts are the parts of dates and times: the code, and that of the long style.
var dateParts = map[string][2]string{
	"day": {"d", "dd"}, "month": {"m", "mm"}, "year": {"yy", "yyyy"}, "day-of-week": {"ddd", "dddd"}, "era": {"g", "gg"},
	"hours": {"h", "hh"}, "minutes": {"m", "mm"}, "seconds": {"s", "ss"}, "am-pm": {"AM/PM", "AM/PM"},
}

// time reads a part of a date or a time, or one that has no code and no meaning for values.
func (d *dataFormat) time() error {
	s := d.s
	part := string(s.local)
	codes := dateParts[part]
	code := codes[0]
	if s.wordIn(spaceData, "style") == "long" {
		code = codes[1]
	}
	if part == "month" && s.wordIn(spaceData, "textual") == "true" {
		code += "mm"
	}
	if part == "hours" && d.elapsed {
		code = "[" + code + "]"
	}
	d.code.WriteString(code)
	return s.skip()
}

// quoted makes a text one that stands for itself in a number format.
func quoted(text string) string {
	switch {
	case text == "":
		return ""
	case strings.Trim(text, " -/:()") == "":
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `"\""`) + `"`
}
