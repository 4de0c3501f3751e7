package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// A choice is a list to choose from, for cells that a department fills in.
type choice struct {
	at    Range
	words []string
}

// Choices lets the cells of the range be filled from a list, of at most 255
// characters with its commas.
func (r Range) Choices(words ...string) {
	s := r.first.sheet
	s.choices = append(s.choices, choice{r, words})
}

// A conditionalFormat follows the cells when they are changed.
type conditionalFormat struct {
	at       Range
	bar      string // colour of data bars; "": by criterion
	operator string
	limit    Cell
	style    Style
}

// DataBars draws a bar in each cell, as long as its number.
func (r Range) DataBars() {
	s := r.first.sheet
	s.conditional = append(s.conditional, conditionalFormat{at: r, bar: "B4C6E0"})
}

// When shows the cells for which cell operator limit holds (such as < 0) in
// the colours and weight of a style.
func (r Range) When(operator string, limit Cell, in Style) {
	s := r.first.sheet
	s.conditional = append(s.conditional, conditionalFormat{at: r, operator: operator, limit: limit, style: in})
}

func (c conditionalFormat) write(f *excelize.File) error {
	sheet := c.at.first.sheet
	o := excelize.ConditionalFormatOptions{
		Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: c.bar,
		// a solid bar would need an extension, which streams lose
	}
	if c.bar == "" {
		look := &excelize.Style{Font: &excelize.Font{Bold: c.style.bold, Color: c.style.ink}}
		if c.style.fill != "" {
			look.Fill = solid(c.style.fill)
		}
		id, err := f.NewConditionalStyle(look)
		if err != nil {
			return err
		}
		host := &slot{sheet: sheet, style: c.style}
		o = excelize.ConditionalFormatOptions{Type: "cell", Criteria: c.operator, Value: c.limit.text(host), Format: &id}
	}
	return f.SetConditionalFormat(sheet.name, c.at.name(false), []excelize.ConditionalFormatOptions{o})
}

func (c choice) write(f *excelize.File) error {
	v := excelize.NewDataValidation(true)
	v.SetSqref(c.at.name(false))
	if err := v.SetDropList(c.words); err != nil {
		return err
	}
	v.SetError(excelize.DataValidationErrorStyleStop, "请从下拉列表中选择", "此处只能填写下拉列表中的内容")
	return f.AddDataValidation(c.at.first.sheet.name, v)
}

// unsigned shows a cell whose number rounds to nothing without the sign that spreadsheets would put
// before the zeros; should the number change, the sign comes back.
func (m mark) unsigned(f *excelize.File) error {
	plain := m.format
	plain.signed, plain.dash = false, false
	code := plain.code() + ";" + plain.code()
	id, err := f.NewConditionalStyle(&excelize.Style{CustomNumFmt: &code})
	if err != nil {
		return err
	}
	at := m.at.name(false)
	return f.SetConditionalFormat(m.at.sheet.name, at, []excelize.ConditionalFormatOptions{{
		Type: "formula", Criteria: fmt.Sprintf("AND(%s<0,ROUND(%s,%d)=0)", at, at, m.format.digits()), Format: &id,
	}})
}
