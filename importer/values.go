package importer

import (
	"slices"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A reading is what came of a cell: its value, what was done to get it, and what is wrong.
// Nothing is coerced silently: a value without a wrong is what the cell says.
type reading struct {
	value    ledger.Value
	unit     string // of money or area that it was read in; blank for other kinds
	did      []string
	wrong    *ledger.Code // nil, or why there is no value, or a notice about it
	expected string
	// fraction is known of a rate that may be a percentage, as value has it, or a fraction:
	// only the row can tell.
	fraction ledger.Value
}

func fails(code *ledger.Code) reading { return reading{wrong: code} }

// blankWords say that there is nothing to say. In text, too: 无 is no problem and no
// remark, and must not count as one; the cell's words stay in Field.Raw.
var blankWords = map[string]bool{
	"无": true, "暂无": true, "没有": true, "待定": true, "未定": true, "不详": true, "空": true, "无。": true,
	"null": true, "none": true, "n/a": true, "nil": true, "-": true, "--": true, "---": true, "/": true, "\\": true, "//": true,
}

func blankWord(text string) bool {
	const longest = 30 // bytes, with blanks
	return len(text) <= longest && blankWords[strings.ToLower(ledger.Fold(text))]
}

// readValue reads a cell of a column. unit is the column's, none where neither its
// heading nor the sheet names one; date1904 is the workbook's.
func readValue(c *form.Column, cell sheet.Cell, unit unit, date1904 bool) reading {
	switch {
	case cell.Kind == sheet.Error:
		return fails(FormulaError)
	case cell.Kind == sheet.Blank && cell.Formula:
		return fails(NoCachedValue)
	case cell.Kind == sheet.Blank, cell.Kind == sheet.Text && tidy(cell.Raw) == "":
		return reading{}
	case cell.Kind == sheet.Text && blankWord(cell.Raw):
		return reading{did: []string{"“" + tidy(cell.Raw) + "”按空白处理"}}
	}
	if c.Role == form.RoleLeaving {
		return readLeaving(cell, date1904)
	}
	switch c.Type {
	case form.AmountType:
		return readAmount(cell, unit)
	case form.RateType:
		return readRate(cell, unit)
	case form.CountType:
		return readCount(cell, unit, c.Role == form.RoleLand)
	case form.DateType:
		return readDate(cell, date1904)
	case form.SpanType:
		return readSpan(cell)
	case form.FlagType:
		return readFlag(cell)
	case form.ChoiceType:
		return readChoice(cell, c.Words)
	case form.SetType:
		return readSet(cell, c.Words)
	case form.CodeType:
		return readCode(cell)
	default:
		return readText(cell, date1904)
	}
}

// readAmount reads money: in the unit of the cell, else of the heading, else of the sheet,
// else 万元.
func readAmount(cell sheet.Cell, unit unit) reading {
	n, ok := readNumeral(cell)
	if !ok {
		return fails(NotMoney)
	}
	if cell.Kind == sheet.Number && formatScale.MatchString(cell.Format) {
		return fails(FormatScales)
	}
	switch {
	case n.unit.kind == money:
		unit = n.unit
	case n.unit.kind != noKind:
		return fails(WrongUnit)
	case unit.kind != money:
		unit = tenThousandYuan
	}
	return n.reading(unit, MoneyTooFine, MoneyRounded, NotMoney)
}

// reading is the number as a value in parts of the unit. finer and rounded are the
// findings of a text and of a stored number that have more decimals than parts; rounding
// is no finding where rounded is nil.
func (n numeral) reading(unit unit, finer, rounded, unread *ledger.Code) reading {
	parts, inexact, err := n.in(unit.worth)
	r := reading{value: ledger.Number(parts), did: n.did}
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

// readRate reads a percentage: by the cell's number format, else its own %, else the one
// of the heading. Else a number that is not zero may be either, and the row decides.
func readRate(cell sheet.Cell, unit unit) reading {
	n, ok := readNumeral(cell)
	n.stored = true // a share is computed: what is finer than a millionth is rounded
	switch {
	case !ok, n.unit.kind != noKind && n.unit.kind != share:
		return fails(NotRate)
	case cell.Kind == sheet.Number && n.unit.kind == share:
		return n.reading(wholes, nil, nil, NotRate)
	case n.unit.kind == share, unit.kind == share:
		return n.reading(units["%"], nil, nil, NotRate)
	}
	r := n.reading(units["%"], nil, nil, NotRate)
	if r.wrong == nil && r.value.N != 0 {
		r.fraction = n.reading(wholes, nil, nil, NotRate).value
	}
	return r
}

// readCount reads a number of things, or an area in 亩.
func readCount(cell sheet.Cell, unit unit, land bool) reading {
	n, ok := readNumeral(cell)
	if !ok {
		return fails(NotCount)
	}
	if n.unit.kind != noKind {
		unit = n.unit
	}
	switch {
	case unit.kind == noKind, unit.kind == things && !land:
		unit = pieces
	case unit.kind != area || !land:
		return fails(WrongUnit)
	case unit.worth != mu:
		n.stored = true // an area converted may be finer than is kept
	}
	return n.reading(unit, NotCount, nil, NotCount)
}

func readDate(cell sheet.Cell, date1904 bool) reading {
	var date ledger.Date
	var did string
	wrong := NotDate
	switch cell.Kind {
	case sheet.Number:
		date, did, wrong = numberDate(cell, date1904)
	case sheet.Text:
		date, did, wrong = parseDate(cell.Raw)
	}
	if wrong != nil {
		return fails(wrong)
	}
	return reading{value: ledger.Words(date.String()), did: done(did)}
}

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

var flagWords = map[string]int64{}

func init() {
	for _, word := range strings.Fields("是 √ ✓ ✔ ☑ 已 有 对 y yes true 1 已入统 已纳统 已入库 已纳入 已纳入统计") {
		flagWords[word] = 1
	}
	for _, word := range strings.Fields("否 × ✗ ✘ ☒ 未 不是 错 n no false 0 未入统 未纳统 未入库 未纳入 未纳入统计 尚未入统 尚未入库") {
		flagWords[word] = 0
	}
}

func readFlag(cell sheet.Cell) reading {
	word := strings.ToLower(ledger.Fold(cell.Raw))
	n, ok := flagWords[word]
	if !ok {
		return reading{wrong: NotFlag, expected: "是、否"}
	}
	official := form.YesNo(n == 1)
	return reading{value: ledger.Number(n), did: changed(word != official, "“"+tidy(cell.Raw)+"”按“"+official+"”")}
}

// choose finds the official word for what staff write, with or without 项目 or 类 after it.
func choose(text string, words []form.Word) (name string, ok bool) {
	if slices.ContainsFunc(words, func(word form.Word) bool { return word.Name == text }) {
		return text, true
	}
	folded := ledger.Fold(text)
	for _, said := range []string{folded, strings.TrimSuffix(folded, "项目"), strings.TrimSuffix(folded, "类")} {
		for _, word := range words {
			if ledger.Fold(word.Name) == said || slices.ContainsFunc(word.Aliases, func(alias string) bool { return ledger.Fold(alias) == said }) {
				return word.Name, true
			}
		}
	}
	return "", false
}

func readChoice(cell sheet.Cell, words []form.Word) reading {
	name, ok := choose(cell.Raw, words)
	if !ok {
		return reading{wrong: NotChoice, expected: names(words)}
	}
	return reading{value: ledger.Words(name), did: replaced(cell.Raw, name)}
}

// readSet reads several words of a choice, however they are parted, in the form's order.
func readSet(cell sheet.Cell, words []form.Word) reading {
	parts := []string{cell.Raw}
	if _, ok := choose(cell.Raw, words); !ok {
		parts = strings.FieldsFunc(width(cell.Raw), func(r rune) bool { return strings.ContainsRune("、,;/+和及与 \n", r) })
	}
	chosen := map[string]bool{}
	for _, part := range parts {
		name, ok := choose(part, words)
		if !ok {
			return reading{wrong: NotChoice, expected: names(words)}
		}
		chosen[name] = true
	}
	var ordered []string
	for _, word := range words {
		if chosen[word.Name] {
			ordered = append(ordered, word.Name)
		}
	}
	value := strings.Join(ordered, "、")
	return reading{value: ledger.Value{Known: value != "", S: value}, did: replaced(cell.Raw, value)}
}

func names(words []form.Word) string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = word.Name
	}
	return strings.Join(all, "、")
}

// readCode folds a project code to half width. Codes have 20 digits, numbers only 15.
func readCode(cell sheet.Cell) reading {
	if cell.Kind != sheet.Text {
		return fails(CodeIsNumber)
	}
	code := strings.Trim(ledger.Fold(cell.Raw), "'")
	return reading{value: ledger.Value{Known: code != "", S: code}, did: replaced(cell.Raw, code)}
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
		if strings.Contains(cell.Format, "%") {
			if n, err := ledger.ParseDecimal(digits, whole); err == nil {
				return reading{value: ledger.Words(ledger.Exactly(n, percent) + "%"), did: done("百分比转文本")}
			}
		}
		return reading{value: ledger.Words(digits), did: done("数字转文本")}
	case sheet.Bool:
		return reading{value: ledger.Words(form.YesNo(cell.Raw == "1")), did: done("逻辑值转文本")}
	}
	text := strings.ReplaceAll(tidy(cell.Raw), "\r\n", "\n")
	return reading{value: ledger.Words(text), did: changed(text != cell.Raw, "去首尾空格")}
}

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
