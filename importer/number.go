package importer

import (
	"cmp"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// A numeral is a number as a cell states it, before anybody asks what it counts.
type numeral struct {
	digits string // a plain decimal number
	unit   unit   // that the cell itself names, in its text or its number format
	stored bool   // as a number, not as text
	shown  int    // decimals that the cell shows
	did    []string
}

// Numbers as people write them: thousands parted by commas or blanks, or not at all. A line
// break parts two numbers and is never taken for a blank.
var (
	partedNumber = regexp.MustCompile(`^[+-]?\d{1,3}((,\d{3})+|( \d{3})+)(\.\d+)?$`)
	separators   = strings.NewReplacer(",", "", " ", "")
)

// plainNumber reports digits with or without a sign and a point. Every cell of figures is asked.
func plainNumber(text string) bool {
	if text != "" && (text[0] == '+' || text[0] == '-') {
		text = text[1:]
	}
	whole, fraction, _ := strings.Cut(text, ".")
	return whole+fraction != "" && strings.Trim(whole, "0123456789") == "" && strings.Trim(fraction, "0123456789") == ""
}

// readNumeral reads a number of a cell that holds a number or a text. It never guesses:
// 约40, 60余, 1.2-1.5亿 are no numbers, and unread is the finding of such.
func readNumeral(cell sheet.Cell, unread *ledger.Code) (numeral, *ledger.Code) {
	switch cell.Kind {
	case sheet.Number:
		return numberShown(cell, unread)
	case sheet.Text:
		return numberTyped(tidy(cell.Raw), unread)
	}
	return numeral{}, unread
}

// numberShown reads a stored number as its format shows it: what stands around the digits means
// what it would mean in a text.
func numberShown(cell sheet.Cell, unread *ledger.Code) (numeral, *ledger.Code) {
	digits := significant(cell.Raw)
	f := formatOf(cell.Format)
	if f.plain {
		return numeral{digits: digits, stored: true, shown: f.sections[0].decimalsOf(digits)}, nil
	}
	s, unsigned := f.section(digits)
	switch {
	case s.shows >= timeShown:
		return numeral{}, NumberIsDate
	case s.shows == nothingShown && digits == "0" && strings.Trim(s.before, "-— ") == "":
		return numeral{digits: digits, stored: true}, nil
	case s.scaled, s.parts != nil, s.shows == nothingShown:
		return numeral{}, FormatScales
	}
	before, after := s.before, s.after
	if unsigned {
		before, after = strings.Trim(before, "-( "), strings.Trim(after, "-) ")
	}
	if strings.ContainsAny(before, "0123456789") || strings.IndexAny(after+" ", "0123456789.,") == 0 {
		return numeral{}, FormatScales // more digits are seen than are stored
	}
	n, wrong := numberTyped(strings.TrimSpace(before+digits+after), unread)
	if wrong != nil {
		return numeral{}, wrong
	}
	n.stored, n.did, n.shown = true, nil, s.decimalsOf(digits)
	if s.percent {
		n.unit, n.shown = wholes, n.shown+2
	}
	return n, nil
}

// decimalsOf is how many decimals of a number the section shows, those of a percentage not
// counted as such.
func (s *writing) decimalsOf(digits string) int {
	if s.shows == digitsShown {
		return s.decimals
	}
	_, fraction, _ := strings.Cut(digits, ".")
	return len(fraction)
}

// decimals counts the decimals that a cell shows of its number.
func decimals(cell sheet.Cell, digits string) int {
	s, _ := formatOf(cell.Format).section(digits)
	return s.decimalsOf(digits)
}

// seen is what people see of a cell: of a number what its format makes of it, where that is
// more than digits.
func seen(cell sheet.Cell, date1904 bool) string {
	if cell.Kind != sheet.Number || formatOf(cell.Format).plain {
		return cell.Raw
	}
	digits := significant(cell.Raw)
	s, _ := formatOf(cell.Format).section(digits)
	date, ok := fromSerial(digits, date1904)
	switch {
	case ok && s.shows >= yearShown:
		return date.String()
	case s.scaled, s.shows == timeShown:
		return cell.Raw
	}
	return cmp.Or(formatOf(cell.Format).write(digits), cell.Raw)
}

// longestNumber is how many bytes a number may have with all that is written round it.
const longestNumber = 200

// numberTyped reads a number in words and signs that are plain: ￥3,500.00元整, 8000（万元）, 已完成85%.
func numberTyped(text string, unread *ledger.Code) (numeral, *ledger.Code) {
	if len(text) > longestNumber {
		return numeral{}, unread
	}
	n := numeral{did: []string{"文本转数字"}}
	if folded := width(text); folded != text {
		text, n.did = folded, append(n.did, "全角转半角")
	}
	number, tail := apart(text)
	switch {
	case tail == "":
	case number == "":
		return n.spelledOut(text, unread)
	default:
		m, ok := unitCalled(tail)
		if !ok {
			return n.spelledOut(text, unread)
		}
		n.unit = m
	}
	switch {
	case plainNumber(number):
		n.digits = number
	case partedNumber.MatchString(number):
		n.digits = separators.Replace(number)
		n.did = append(n.did, "去千分位")
	default:
		return numeral{}, unread
	}
	_, fraction, _ := strings.Cut(n.digits, ".")
	n.shown = len(fraction)
	return n, nil
}

var (
	// told are words before a share that say of it what its column says. Before an amount 完成
	// and its like may be of another column.
	told       = strings.Fields("完成年度计划的 完成年度计划 完成年度任务的 完成年度任务 占年度计划的 占年度计划 已累计 累计 已完成 完成率 完成 已达到 已达 达到 达 总进度 进度 共计 合计 共")
	summed     = map[string]bool{"共计": true, "合计": true, "共": true} // those that an amount may have
	noBrackets = strings.NewReplacer("(", "", ")", "", "[", "", "]", "", "【", "", "】", "", "〔", "", "〕", "")
)

// apart parts a text into its digits and what follows, without signs that mean nothing.
func apart(text string) (number, tail string) {
	text = strings.TrimSpace(strings.TrimRight(strings.TrimLeft(text, "'"), "。;"))
	for _, name := range renminbi {
		text = strings.TrimLeft(strings.TrimPrefix(text, name), ": ")
	}
	at := strings.IndexFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789.,+- ", r) })
	if at < 0 {
		return text, ""
	}
	return strings.TrimSpace(text[:at]), strings.TrimSpace(noBrackets.Replace(text[at:]))
}

// spelledOut reads a number of several parts or in Chinese numerals: 1亿2000万元, 叁佰万元,
// 百分之八十五. Anything else is none.
func (n numeral) spelledOut(text string, unread *ledger.Code) (numeral, *ledger.Code) {
	for _, word := range told {
		if rest, ok := strings.CutPrefix(text, word); ok && strings.Trim(rest, ": ") != text {
			inner, wrong := numberTyped(strings.Trim(rest, ": "), unread)
			if inner.unit.kind == noKind || inner.unit.kind != share && !summed[word] {
				return numeral{}, unread
			}
			inner.did = append(inner.did, "“"+text+"”按其中的数字")
			return inner, wrong
		}
	}
	if rest, ok := strings.CutPrefix(text, "百分之"); ok {
		value, _, ok := spelled(rest)
		if !ok {
			return numeral{}, unread
		}
		n.digits, n.unit = decimal(value), units["%"]
		return n, nil
	}
	value, large, ok := spelled(yuanOff.Replace(text))
	switch {
	case ok && large:
		n.digits, n.unit = decimal(value), units["元"]
		n.did = append(n.did, "“"+text+"”即"+n.digits+"元")
		return n, nil
	case foreign(text):
		return numeral{}, MoneyForeign
	}
	return numeral{}, unread
}

var yuanOff = strings.NewReplacer("人民币", "", "元整", "", "元正", "", "圆整", "", "元", "", "圆", "", " ", "")

// decimal writes a number with all its decimals, of which money has six at most in 万元.
func decimal(value *big.Rat) string {
	return strings.TrimSuffix(strings.TrimRight(value.FloatString(6), "0"), ".")
}

var (
	numeralDigits = map[rune]int64{'〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
		'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}
	numeralTens = map[rune]int64{'十': 10, '百': 100, '千': 1000}
	numeralBig  = map[rune]int64{'万': 1e4, '亿': 1e8}
)

// A speller reads a number that is spelled out.
type speller struct {
	total, group *big.Rat // the number so far; of it what no 万 or 亿 has closed
	digit        *big.Rat // that waits for its place; nil if there is none
	place        int64    // of the last digit within the group
	big          int64    // the last 万 or 亿
	zero         bool     // 零 stands before the digit
	large        bool
}

// none is the place of the first digit of a group: above all others.
const none = 1e5

// spelled reads Chinese numerals and digits between 亿, 万, 千: 三千万, 1亿2000万, 二十五. large
// tells of a 万 or 亿. What leaves out its last place (三百五, 1亿2) is not read.
func spelled(text string) (value *big.Rat, large, ok bool) {
	s := speller{total: new(big.Rat), group: new(big.Rat), place: none, big: 1e13}
	text = plainNumerals.Replace(text)
	for text != "" {
		rest := strings.TrimLeft(text, "0123456789.")
		if number := text[:len(text)-len(rest)]; number != "" {
			digit, fine := new(big.Rat).SetString(number)
			if !fine || s.digit != nil {
				return nil, false, false
			}
			s.digit, text = digit, rest
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		if !s.sign(r) {
			return nil, false, false
		}
		text = text[size:]
	}
	if s.leftOut() || s.digit != nil && s.large && s.place == none && !s.zero {
		return nil, false, false
	}
	s.close()
	return s.total.Add(s.total, s.group), s.large, true
}

// sign reads one numeral.
func (s *speller) sign(r rune) bool {
	if r == '零' {
		s.zero = true
		return s.digit == nil
	}
	if n, ok := numeralDigits[r]; ok {
		if s.digit != nil {
			return false
		}
		s.digit = big.NewRat(n, 1)
		return true
	}
	if ten, ok := numeralTens[r]; ok {
		if s.digit == nil && r == '十' && s.group.Sign() == 0 {
			s.digit = big.NewRat(1, 1)
		}
		if s.digit == nil || ten >= s.place {
			return false
		}
		s.group.Add(s.group, s.digit.Mul(s.digit, big.NewRat(ten, 1)))
		s.digit, s.place, s.zero = nil, ten, false
		return true
	}
	times, ok := numeralBig[r]
	if !ok || s.leftOut() {
		return false
	}
	s.close()
	whole := s.group
	if whole.Sign() == 0 && times > s.big { // 万亿
		whole, s.total = s.total, new(big.Rat)
	} else if times >= s.big {
		return false
	}
	if whole.Sign() == 0 {
		return false
	}
	s.total.Add(s.total, new(big.Rat).Mul(whole, big.NewRat(times, 1)))
	s.group, s.place, s.big, s.zero, s.large = new(big.Rat), none, times, false, true
	return true
}

// leftOut reports a digit whose place nobody says: the 5 of 三百五.
func (s *speller) leftOut() bool {
	return s.digit != nil && !s.zero && s.place != 10 && s.place != none
}

// close adds the digit that waits to its group.
func (s *speller) close() {
	if s.digit != nil {
		s.group.Add(s.group, s.digit)
		s.digit = nil
	}
}

// in gives the number in parts, worth so many a unit. A stored number that is finer is
// rounded, halves away from zero, and rounded says so; a text that is finer is an error.
func (n numeral) in(worth int64) (parts int64, rounded bool, err error) {
	parts, err = ledger.ParseDecimal(n.digits, worth)
	if err == ledger.ErrTooFine && n.stored {
		return roundTo(n.digits, worth)
	}
	return parts, false, err
}

func roundTo(digits string, worth int64) (parts int64, rounded bool, err error) {
	value, ok := new(big.Rat).SetString(digits)
	if !ok {
		return 0, false, ledger.ErrNotNumber
	}
	text := value.Mul(value, new(big.Rat).SetInt64(worth)).FloatString(0)
	if parts, err = strconv.ParseInt(text, 10, 64); err != nil {
		return 0, false, ledger.ErrTooLarge
	}
	return parts, true, nil
}

// significant gives a stored number in plain digits, rounded to the 15 significant ones
// that spreadsheets show: 0.30000000000000004 is 0.3. What follows is the noise of
// floating point, and only of it.
func significant(raw string) string {
	if len(raw) <= 15 && plainNumber(raw) {
		return raw
	}
	value, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'e', 14, 64), 64)
	if err != nil {
		return raw
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// tidy takes blanks and invisible characters off both ends, and the apostrophe by which
// numbers are typed as text.
func tidy(text string) string {
	return strings.TrimFunc(text, ledger.Invisible)
}

// width makes full-width digits, letters and signs half-width and every kind of blank but
// a line break a plain one. Unlike ledger.Fold it keeps them.
func width(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r > ' ' && r <= '~', r >= '一' && r <= '\u9FFF':
			return r
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == '\u2212' || r == '\uFE63':
			return '-'
		case r == '\n' || r == '\r':
			return '\n'
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
}
