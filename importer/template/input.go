package template

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A list is what a cell may be chosen from, in a column of the hidden sheet of lists.
type list struct {
	name  string // by which the cells know it
	words []string
}

// listOf is the list of a column's words; nil if it has none.
func (b *book) listOf(c *form.Column) *list {
	name, words := "可选_"+c.Form.ID+"_"+c.ID, []string(nil)
	switch {
	case c.Type == form.FlagType:
		name, words = "可选_是否", []string{form.YesNo(true), form.YesNo(false)}
	case c.Role == form.RoleField:
		name = "可选_领域"
		for _, field := range b.County.Fields {
			words = append(words, field.Name)
		}
	case c.Role == form.RoleResponsible:
		name = "可选_单位"
		for _, unit := range b.County.Units {
			words = append(words, unit.Name)
		}
	case c.Role == form.RoleLeader:
		name = "可选_领导"
		for _, leader := range b.County.Leaders {
			words = append(words, leader.Name)
		}
	default:
		for _, word := range c.Words {
			words = append(words, word.Name)
		}
	}
	if len(words) == 0 {
		return nil
	}
	if b.lists[name] == nil {
		b.lists[name] = &list{name, words}
		b.order = append(b.order, b.lists[name])
	}
	return b.lists[name]
}

// listSheet writes the lists, each under its name.
func (b *book) listSheet() {
	b.newSheet(ledger.TemplateLists)
	for i, l := range b.order {
		b.try(b.file.SetCellStr(ledger.TemplateLists, ref(i+1, 1), l.name))
		for j, word := range l.words {
			b.try(b.file.SetCellStr(ledger.TemplateLists, ref(i+1, j+2), word))
		}
		column, err := excelize.ColumnNumberToName(i + 1)
		b.try(err)
		b.try(b.file.SetDefinedName(&excelize.DefinedName{Name: l.name,
			RefersTo: fmt.Sprintf("%s!$%s$2:$%s$%d", ledger.TemplateLists, column, column, len(l.words)+1)}))
	}
	b.hide(ledger.TemplateLists)
}

// inputs say at each cell what may be typed, and ask or refuse where something else is.
func (b *book) inputs(p *plan) {
	for i, c := range p.columns {
		if c.use != fieldUse {
			continue
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(span(i+1, firstRow, i+1, p.lastRow()))
		hint := b.allow(v, c.of)
		if c.of.Need == form.Required {
			hint = "必填。" + hint
		}
		v.SetInput(within(c.of.String(), longestTitle), within(hint, longestPrompt))
		b.try(b.file.AddDataValidation(p.name, v))
	}
}

// The most characters that Excel shows of a prompt.
const (
	longestTitle  = 32
	longestPrompt = 255
)

func within(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// The furthest days that a date may be.
const (
	firstDay = 32874 // 1 January 1990
	lastDay  = 58805 // 31 December 2060
)

// largest is more than any amount of a county, in 万元.
const largest = 1e8

// allow sets what a cell of a column may hold, and says it. What is no such thing at all is refused; what is unusual
// and may be right is asked about.
func (b *book) allow(v *excelize.DataValidation, c *form.Column) (hint string) {
	refuse := func(why string) { v.SetError(excelize.DataValidationErrorStyleStop, "请改一下", why) }
	ask := func(why string) { v.SetError(excelize.DataValidationErrorStyleWarning, "请核对", why) }
	switch words := b.listOf(c); {
	case words != nil:
		v.SetSqrefDropList(words.name)
		if c.Type == form.SetType || c.Role == form.RoleLeader || c.Role == form.RoleResponsible || c.Type == form.TextType && c.Role == form.NoRole {
			ask("一般从列表里选；确有几项的，用顿号隔开。仍按所填的填吗？")
			return "从列表里选；有几项的，用顿号隔开。"
		}
		refuse("请从列表里选一项，不要自己写。")
		return "从列表里选一项。"
	case c.Type == form.AmountType:
		least := 0.0
		hint = "只填数字，单位万元，不小于0。没有的填0，不知道的留空。"
		if c.OfMonth {
			least, hint = -largest, "只填数字，单位万元；冲减的填负数。没有的填0，不知道的留空。"
		}
		b.try(v.SetRange(least, largest, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween))
		refuse(hint)
	case c.Type == form.RateType:
		b.try(v.SetRange(-10, 100, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween))
		hint = "填百分比，如85.5%。"
		refuse(hint)
	case c.Type == form.CountType:
		b.try(v.SetRange(0, largest, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween))
		hint = "只填数字，不带单位。没有的填0。"
		refuse(hint)
	case c.Type == form.DateType:
		b.try(v.SetRange(firstDay, lastDay, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween))
		hint = "填日期，如" + b.Period.String() + "-15。"
		ask("这里要填1990年以后的日期，如" + b.Period.String() + "-15。仍按所填的填吗？")
	case c.Type == form.SpanType:
		hint = "填起止时间，如2023年3月—2025年12月。"
	case c.Type == form.CodeType:
		b.try(v.SetRange(codeLength, "", excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorEqual))
		hint = "填投资项目在线审批监管平台的24位代码，如2401-610722-04-01-123456。"
		ask("项目代码连同短横共" + strconv.Itoa(codeLength) + "位。仍按所填的填吗？")
	default:
		hint = "照实填写。"
	}
	return hint
}

// codeLength is how many characters a project code has, with its strokes.
const codeLength = 24
