package importer

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A reading is what came of a cell: its value, what was done to get it, and what is wrong.
// Nothing is coerced silently: a value without a wrong is what the cell says.
type reading struct {
	value    ledger.Value
	unit     string // of money or area that it was read in; blank for other kinds
	bare     bool   // an amount or area of which nobody says the unit, held as if in 万元 or 亩
	finest   int64  // what the last digit that is shown is worth, in parts; of numbers alone
	did      []string
	wrong    *ledger.Code // nil, or why there is no value, or a notice about it
	expected string
	// fraction is known of a rate that may be a percentage, as value has it, or a fraction:
	// only the row can tell.
	fraction ledger.Value
}

func fails(code *ledger.Code) reading { return reading{wrong: code} }

// blankWords are the words for nothing, in small letters; the cell's words stay in Field.Raw.
var blankWords = map[string]bool{}

func init() {
	for _, word := range form.BlankWords {
		word = strings.ToLower(word)
		blankWords[word] = true
		first, _ := utf8.DecodeRuneInString(word)
		blankStarts[first] = true
	}
}

// blankStarts are what the words begin with: other Chinese words need not be looked up.
var blankStarts = map[rune]bool{}

func blankWord(text string) bool {
	const longest = 40 // bytes, with blanks
	if first, _ := utf8.DecodeRuneInString(text); len(text) > longest || unicode.Is(unicode.Han, first) && !blankStarts[first] {
		return false
	}
	word := strings.ToLower(ledger.Fold(text))
	return blankWords[word] || blankWords[strings.Trim(word, "()。.,;、/-")]
}

// nothingIn is the reading of a cell that says that there is nothing to say.
func nothingIn(cell sheet.Cell) reading {
	return reading{did: []string{"“" + tidy(cell.Raw) + "”按空白处理"}}
}

// errorValues are what a spreadsheet writes where a formula fails, exported as text.
var errorValues = map[string]bool{"#N/A": true, "#REF!": true, "#VALUE!": true, "#DIV/0!": true, "#NAME?": true, "#NUM!": true, "#NULL!": true}

// readValue reads a cell of a column. unit is the column's, none where neither its
// heading nor the sheet names one.
func readValue(c *form.Column, cell sheet.Cell, unit unit, in calendar) reading {
	if cell.Marked != nil {
		return readMarked(c, cell, unit, in)
	}
	return readPlain(c, cell, unit, in)
}

// readPlain reads a cell of which all is meant.
func readPlain(c *form.Column, cell sheet.Cell, unit unit, in calendar) reading {
	switch {
	case cell.Kind == sheet.Error, cell.Kind == sheet.Text && errorValues[cell.Raw]:
		return fails(FormulaError)
	case cell.Kind == sheet.Blank && cell.Formula:
		return fails(NoCachedValue)
	case cell.Kind == sheet.Blank, cell.Kind == sheet.Text && tidy(cell.Raw) == "":
		return reading{}
	case cell.Kind == sheet.Text && strings.HasPrefix(cell.Raw, "=") && strings.Contains(cell.Raw, "DISPIMG("):
		return fails(PictureInCell)
	case cell.Kind == sheet.Text && c.Type != form.ChoiceType && c.Type != form.SetType && blankWord(cell.Raw):
		return nothingIn(cell)
	}
	if c.Role == form.RoleLeaving {
		return readLeaving(cell, in)
	}
	switch c.Type {
	case form.AmountType:
		return readAmount(cell, unit)
	case form.RateType:
		return readRate(cell, unit)
	case form.CountType:
		return readCount(cell, unit, c.Role == form.RoleLand)
	case form.DateType:
		return readDate(c, cell, in)
	case form.SpanType:
		return readSpan(cell)
	case form.FlagType:
		return readFlag(c, cell)
	case form.ChoiceType:
		return readChoice(c, cell, in)
	case form.SetType:
		return readSet(c, cell)
	case form.CodeType:
		return readCode(cell)
	}
	if wrong := noText(c, cell); wrong != nil {
		return fails(wrong)
	}
	return readText(cell, in.date1904)
}

// readAmount reads money: in the unit of the cell, else of the heading, else of the sheet. One
// that is not zero and has no unit is bare.
func readAmount(cell sheet.Cell, unit unit) reading {
	n, wrong := readNumeral(cell, NotMoney)
	switch {
	case wrong != nil:
		return fails(wrong)
	case n.unit.kind == money:
		return n.reading(n.unit, MoneyTooFine, MoneyRounded, NotMoney)
	case n.unit.kind != noKind:
		return fails(WrongUnit)
	case unit.kind == money:
		return n.reading(unit, MoneyTooFine, MoneyRounded, NotMoney)
	}
	r := n.reading(tenThousandYuan, MoneyTooFine, MoneyRounded, NotMoney)
	r.bare = r.value.N != 0
	return r
}

// reading is the number as a value in parts of the unit. finer and rounded are the
// findings of a text and of a stored number that have more decimals than parts; rounding
// is no finding where rounded is nil.
func (n numeral) reading(unit unit, finer, rounded, unread *ledger.Code) reading {
	parts, inexact, err := n.in(unit.worth)
	r := reading{value: ledger.Number(parts), did: n.did, finest: unit.worth}
	switch {
	case err == ledger.ErrTooFine:
		return fails(finer)
	case err == ledger.ErrTooLarge:
		return fails(OutOfRange)
	case err != nil:
		return fails(unread)
	case inexact:
		r.wrong, r.did = rounded, append(r.did, "四舍五入")
	}
	for range min(n.shown, mostDecimals) {
		r.finest /= 10
	}
	r.finest = max(r.finest, 1)
	switch unit.kind {
	case money:
		r.unit = unit.word
		if unit != tenThousandYuan {
			r.did = append(r.did, unit.word+"折算为万元")
		}
	case area:
		r.unit = unit.word
		if unit.worth != mu {
			r.did = append(r.did, unit.word+"折算为亩")
		}
	}
	return r
}

// mostDecimals are more than the parts of any unit have.
const mostDecimals = 20

// readRate reads a percentage: by the cell's number format, else its own %, else the one
// of the heading. Else a number that is not zero may be either, and the row decides.
func readRate(cell sheet.Cell, unit unit) reading {
	n, wrong := readNumeral(cell, NotRate)
	n.stored = true // a share is computed: what is finer than a millionth is rounded
	switch {
	case wrong != nil:
		return fails(wrong)
	case n.unit.kind == share:
		return n.reading(n.unit, nil, nil, NotRate)
	case n.unit.kind != noKind:
		return fails(NotRate)
	case unit.kind == share:
		return n.reading(unit, nil, nil, NotRate)
	}
	r := n.reading(units["%"], nil, nil, NotRate)
	if r.wrong == nil && r.value.N != 0 {
		r.fraction = n.reading(wholes, nil, nil, NotRate).value
	}
	return r
}

// readCount reads a number of things, or an area in 亩.
func readCount(cell sheet.Cell, unit unit, land bool) reading {
	n, wrong := readNumeral(cell, NotCount)
	switch {
	case wrong == NotCount && land && strangeArea(cell):
		return fails(AreaUnknown)
	case wrong != nil:
		return fails(wrong)
	case n.unit.kind != noKind:
		unit = n.unit
	}
	bare := false
	switch {
	case unit.kind == twoKinds:
		unit, bare = pieces, true
	case unit.kind == noKind, unit.kind == things && !land:
		unit = pieces
	case unit.kind != area || !land:
		return fails(WrongUnit)
	case unit.worth != mu:
		n.stored = true // an area converted may be finer than is kept
	}
	r := n.reading(unit, NotCount, nil, NotCount)
	r.bare = bare && r.value.N != 0
	return r
}

// strangeArea reports a number in a unit of length or area that is not read: 12公里.
func strangeArea(cell sheet.Cell) bool {
	text := cell.Raw
	if cell.Kind == sheet.Number {
		s, _ := formatOf(cell.Format).section(cell.Raw)
		text = s.before + "0" + s.after
	}
	_, tail := apart(width(tidy(text)))
	return alienAreas[tail]
}

// noText tells why what stands where words belong is none of its writer's: a number that has
// lost its last digits, a 6-1 that a spreadsheet made a date of. Remarks may be a date.
func noText(c *form.Column, cell sheet.Cell) *ledger.Code {
	switch cell.Kind {
	case sheet.Number:
		if c.Role != form.RoleRemark && dateFormat(cell.Format) != noDate {
			return TextBecameDate
		}
		whole, _, _ := strings.Cut(significant(cell.Raw), ".")
		if len(whole) > 15 {
			return DigitsLost
		}
	case sheet.Text:
		switch {
		case shownOnly(cell.Raw):
			return DigitsLost
		case c.Role != form.RoleRemark && isDate(cell):
			return TextBecameDate
		}
	}
	return nil
}

// isDate reports a date that a file stores as a text of its own kind, as OpenDocument does.
func isDate(cell sheet.Cell) bool {
	if dateFormat(cell.Format) == noDate {
		return false
	}
	day, _, _ := strings.Cut(cell.Raw, "T")
	_, err := time.Parse(time.DateOnly, day)
	return err == nil
}

// readText keeps words as they stand, without blanks around them. Numbers, dates and
// shares that stand where words belong are written out as they are shown.
func readText(cell sheet.Cell, date1904 bool) reading {
	switch cell.Kind {
	case sheet.Number:
		if dateFormat(cell.Format) != noDate {
			if date, did, wrong := numberDate(cell, date1904); wrong == nil {
				return reading{value: ledger.Words(date.String()), did: done("日期转文本", did)}
			}
		}
		digits := significant(cell.Raw)
		f := formatOf(cell.Format)
		switch s, _ := f.section(digits); {
		case s.shows == timeShown, s.scaled:
		case s.percent:
			return reading{value: ledger.Words(f.write(digits)), did: done("百分比转文本")}
		default:
			digits = cmp.Or(f.write(digits), digits)
		}
		return reading{value: ledger.Words(digits), did: done("数字转文本")}
	case sheet.Bool:
		return reading{value: ledger.Words(form.YesNo(cell.Raw == "1")), did: done("逻辑值转文本")}
	}
	text := strings.ReplaceAll(tidy(cell.Raw), "\r\n", "\n")
	r := reading{value: ledger.Words(text), did: changed(text != cell.Raw, "去首尾空格")}
	switch {
	case strings.ContainsFunc(text, private):
		r.wrong = OwnCharacters
	case maybeCut(cell.Raw):
		r.wrong = TextCut
	}
	return r
}

// What programs cut a text to, in UTF-16 units: SheetJS in an .xls, all in any workbook.
const (
	mostInXLS  = 255
	mostInCell = 32_767
)

// maybeCut reports a text that is just as long as what programs cut longer ones to. Half a character at its end and the
// first halves of its line breaks may have been dropped since.
func maybeCut(text string) bool {
	dropped := 1 + strings.Count(text, "\n")
	if len(text) < mostInXLS-dropped {
		return false
	}
	units := len(utf16.Encode([]rune(text)))
	return units <= mostInXLS && units >= mostInXLS-dropped || units <= mostInCell && units >= mostInCell-dropped
}

// private reports a character of the areas for private use: what it is, the computer alone knows on which it was written.
func private(r rune) bool { return r >= '\uE000' && unicode.Is(unicode.Co, r) }

// done, changed and replaced say what was done to a cell, where something was.
func done(what ...string) []string {
	return slices.DeleteFunc(what, func(s string) bool { return s == "" })
}

func changed(is bool, what string) []string {
	if !is {
		return nil
	}
	return []string{what}
}

func replaced(raw, value string) []string {
	return changed(raw != value, "“"+tidy(raw)+"”规范为“"+value+"”")
}
