package importer

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// A numberFormat is what a number format code says: its sections, of which a number chooses one.
type numberFormat struct {
	sections []writing
	plain    bool // one section of digits and nothing else
}

// A writing is a section of a number format: how it writes a number.
type writing struct {
	before, after string // what stands around the digits, as it is seen
	shows         shown
	percent       bool     // the number is multiplied by 100; its % stands in before or after
	scaled        bool     // digits are left out or a point is put in: what is seen is another number
	whole         int      // digits before the point, at least
	decimals      int      // digits behind it
	parts         []string // what stands among them, by the digits that follow
	when          string   // <, <=, =, >=, > or <>; blank where the sign chooses
	than          float64
	forText       bool
}

// shown is what a section makes of a number.
type shown uint8

const (
	nothingShown shown = iota // no digit of it
	digitsShown               // so many digits
	allShown                  // every digit that it has
	timeShown                 // a time of day, or hours
	yearShown                 // the year of a date
	monthShown                // a date without its day
	dayShown                  // a date
)

// noDate is what dateFormat says of all other formats.
const noDate = nothingShown

var generalFormat = &numberFormat{sections: []writing{{shows: allShown}}, plain: true}

var (
	formats     sync.Map // code → *numberFormat
	formatsHeld atomic.Int32
)

// mostFormats is how many codes are held: more than the files of a county have, fewer than those
// of a file that was made up.
const mostFormats = 10_000

// formatOf is what a format code says. Codes are read once.
func formatOf(code string) *numberFormat {
	if code == "" {
		return generalFormat
	}
	if f, ok := formats.Load(code); ok {
		return f.(*numberFormat)
	}
	if formatsHeld.Add(1) > mostFormats {
		formats.Clear()
		formatsHeld.Store(0)
	}
	f, _ := formats.LoadOrStore(code, parseFormat(code))
	return f.(*numberFormat)
}

// dateFormat says how much of a date a number format shows.
func dateFormat(code string) shown {
	if s := formatOf(code).sections[0].shows; s >= yearShown {
		return s
	}
	return noDate
}

// section is the section that writes a number. A section for negative numbers alone writes them
// without their sign: unsigned says so.
func (f *numberFormat) section(number string) (s *writing, unsigned bool) {
	all := f.sections
	if len(all) == 1 && all[0].when == "" {
		return &all[0], false
	}
	value, _ := strconv.ParseFloat(number, 64)
	if !slices.ContainsFunc(all, func(s writing) bool { return s.when != "" }) {
		switch {
		case value < 0:
			return &all[1], true
		case value == 0 && len(all) > 2:
			return &all[2], false
		}
		return &all[0], false
	}
	for i := range all {
		if all[i].applies(value) {
			return &all[i], false
		}
	}
	return &writing{}, false
}

func (s *writing) applies(value float64) bool {
	switch s.when {
	case "<":
		return value < s.than
	case "<=":
		return value <= s.than
	case "=":
		return value == s.than
	case ">=":
		return value >= s.than
	case ">":
		return value > s.than
	case "<>":
		return value != s.than
	}
	return true
}

// write is a number as people see it, all its digits kept: "城发"000 makes 城发001 of 1.
func (f *numberFormat) write(number string) string {
	s, unsigned := f.section(number)
	if unsigned {
		number = strings.TrimPrefix(number, "-")
	}
	return s.write(number)
}

func (s *writing) write(digits string) string {
	if s.shows == nothingShown {
		return strings.TrimSpace(s.before)
	}
	digits, negative := strings.CutPrefix(digits, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if s.percent {
		fraction += strings.Repeat("0", max(0, 2-len(fraction)))
		whole, fraction = strings.TrimLeft(whole+fraction[:2], "0"), strings.TrimRight(fraction[2:], "0")
		whole = strings.Repeat("0", max(0, 1-len(whole))) + whole
	}
	whole = strings.Repeat("0", max(0, s.whole-len(whole))) + whole
	if !s.percent { // 100.0% is 100%
		fraction += strings.Repeat("0", max(0, s.decimals-len(fraction)))
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	text := s.before + s.part(whole) + fraction + s.after
	if negative {
		text = "-" + text
	}
	return strings.TrimSpace(text)
}

// part sets what the format puts among the digits before the point: 0000\-0000000 is that of
// a telephone number.
func (s *writing) part(whole string) string {
	for behind := 1; behind < len(s.parts) && behind <= len(whole); behind++ {
		if text := s.parts[behind]; text != "" {
			// What was set so far stands behind and is longer than its digits.
			at := len(whole) - behind - len(strings.Join(s.parts[:behind], ""))
			whole = whole[:max(at, 0)] + text + whole[max(at, 0):]
		}
	}
	return whole
}

// A formatParser goes through a format code once.
type formatParser struct {
	rest    string
	all     []writing
	writing           // that is being read
	literal string    // read since the last digit, or from the start
	breaks  []int     // digits before each break between digits
	inside  []string  // what stands there
	places  int       // digits before the point so far
	digit   bool      // the last sign was a digit
	commas  int       // since the last digit
	digits  bool      // there is a digit
	point   bool      // the point was read
	letters [256]bool // of dates and times
	second  bool      // the last sign was a second
}

func parseFormat(code string) *numberFormat {
	p := formatParser{rest: code}
	for p.rest != "" {
		p.next()
	}
	p.end()
	if one := p.all[0]; len(p.all) == 1 && one.forText { // numbers stand as they are; programs differ about the words
		words := strings.TrimSpace(one.before) != ""
		return &numberFormat{sections: []writing{{shows: allShown, scaled: words}}, plain: !words}
	}
	numbers := slices.DeleteFunc(p.all, func(s writing) bool { return s.forText })
	if len(numbers) == 0 {
		return generalFormat
	}
	f := &numberFormat{sections: numbers[:min(len(numbers), 3)]}
	one := &f.sections[0]
	digitsAlone := one.before+one.after == "" && !one.scaled && one.parts == nil
	f.plain = len(f.sections) == 1 && one.when == "" && digitsAlone && (one.shows == allShown || one.shows == digitsShown)
	return f
}

// next reads one sign.
func (p *formatParser) next() {
	second := p.second
	p.second = false
	switch p.rest[0] {
	case ';':
		p.rest = p.rest[1:]
		p.end()
	case '"':
		text, rest, _ := strings.Cut(p.rest[1:], `"`)
		p.rest = rest
		p.say(text)
	case '[':
		inside, rest, _ := strings.Cut(p.rest[1:], "]")
		p.rest = rest
		p.bracket(inside)
	case '\\', '!': // show the next sign as it stands
		p.rest = p.rest[1:]
		p.say(p.take())
	case '_', '*': // leave the room of the next sign, or fill up with it
		p.rest = p.rest[1:]
		p.take()
		p.digit = false
	default:
		if !p.word() {
			p.sign(p.take(), second)
		}
	}
}

// take is the next sign.
func (p *formatParser) take() string {
	_, size := utf8.DecodeRuneInString(p.rest)
	sign := p.rest[:size]
	p.rest = p.rest[size:]
	return sign
}

// word reads the words that a format may hold.
func (p *formatParser) word() bool {
	for _, word := range []string{"General", "G/通用格式", "通用格式", "AM/PM", "A/P", "上午/下午"} {
		if len(p.rest) < len(word) || !strings.EqualFold(p.rest[:len(word)], word) {
			continue
		}
		p.rest = p.rest[len(word):]
		if strings.Contains(word, "P") || strings.Contains(word, "午") {
			p.letters['h'] = true
			return true
		}
		p.turn()
		p.shows = allShown
		return true
	}
	return false
}

// sign reads a sign that stands for itself, a digit, or a part of a date.
func (p *formatParser) sign(sign string, second bool) {
	follows := func(one string) bool { return p.rest != "" && strings.Contains(one, p.rest[:1]) }
	switch sign {
	case "0", "#", "?":
		p.place(sign == "0")
	case ".":
		switch {
		case second:
			p.rest = strings.TrimLeft(p.rest, "0")
		case !p.point:
			p.point, p.scaled, p.commas = true, p.scaled || p.commas > 0, 0
		}
	case "@":
		p.forText = true
	case "%":
		p.percent = true
		p.say(sign)
	default:
		switch {
		case sign == "," && p.digit:
			p.commas++
		case (sign == "E" || sign == "e") && p.digits && follows("+-"):
			p.rest = strings.TrimLeft(p.rest[1:], "0#?")
			p.shows = allShown
		case sign == "/" && p.digit && follows("0123456789#?"):
			p.rest = strings.TrimLeft(p.rest, "0123456789#?")
			p.shows = allShown
		default:
			if letter := strings.ToLower(sign)[0]; strings.IndexByte("ymdhsea", letter) >= 0 {
				p.letters[letter] = true
				p.second = letter == 's'
			}
			p.say(sign)
		}
	}
}

// say takes note of text that is shown as it stands.
func (p *formatParser) say(text string) {
	p.literal += text
	p.digit = false
}

// turn ends what stands before the digits.
func (p *formatParser) turn() {
	if !p.digits {
		p.before, p.literal = p.literal, ""
	}
	p.digits, p.digit = true, false
}

// place reads the place of a digit, which is always written or only where there is one.
func (p *formatParser) place(always bool) {
	switch {
	case !p.digits:
		p.turn()
	case p.literal != "" && p.point, strings.Contains(p.literal, "."), p.commas > 0 && !p.digit:
		p.scaled = true
	case strings.Trim(p.literal, " ,，") != "":
		p.breaks, p.inside = append(p.breaks, p.places), append(p.inside, p.literal)
	}
	p.literal, p.commas, p.digit = "", 0, true
	p.shows = max(p.shows, digitsShown)
	if !p.point {
		p.places++
	}
	switch {
	case always && p.point:
		p.decimals++
	case always:
		p.whole++
	}
}

// bracket reads what stands in square brackets: a currency, a condition, hours; colours and
// ways to write digits say nothing.
func (p *formatParser) bracket(inside string) {
	switch {
	case strings.HasPrefix(inside, "$"):
		symbol, place, _ := strings.Cut(inside[1:], "-")
		if strings.HasSuffix(place, "411") && strings.ContainsAny(symbol, "¥￥") {
			symbol = "JPY" // Japan's sign is ours
		}
		p.say(symbol)
	case strings.ContainsAny(inside[:min(1, len(inside))], "<>="):
		number := strings.TrimLeft(inside, "<>=")
		if than, err := strconv.ParseFloat(strings.TrimSpace(number), 64); err == nil {
			p.when, p.than = inside[:len(inside)-len(number)], than
		}
	case inside != "" && strings.Trim(strings.ToLower(inside), "hms") == "":
		p.letters['h'] = true
	}
}

// end completes a section.
func (p *formatParser) end() {
	s := p.writing
	if p.digits {
		s.after = p.literal
	} else {
		s.before, s.shows = p.literal, p.dated()
	}
	s.scaled = s.scaled || p.commas > 0
	if p.places > 0 && len(p.breaks) > 0 {
		s.parts = make([]string, p.places+1)
		for i, at := range p.breaks {
			s.parts[p.places-at] = p.inside[i]
		}
	}
	*p = formatParser{rest: p.rest, all: append(p.all, s)}
}

// dated tells dates and times by their letters; a month is one unless it stands among hours.
func (p *formatParser) dated() shown {
	switch is := p.letters; {
	case is['d'], is['a']:
		return dayShown
	case is['m'] && (is['y'] || is['e'] || !is['h'] && !is['s']):
		return monthShown
	case is['y'], is['e']:
		return yearShown
	case is['h'], is['s'], is['m']:
		return timeShown
	}
	return nothingShown
}
