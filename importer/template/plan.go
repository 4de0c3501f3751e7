package template

import (
	"fmt"
	"slices"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A use is what a column of a sheet is there for.
type use int

const (
	serialUse use = iota // 序号
	fieldUse             // what the form asks
	markUse              // by which a row is known again; hidden
	pastUse              // what a field was some months ago
	checkUse             // what is wrong with the row, in words
	ruleUse              // whether the row breaks a rule; hidden
)

// A column is a column of a sheet.
type column struct {
	use     use
	heading string
	width   float64      // in digits of the standard font
	of      *form.Column // of fieldUse and pastUse
	months  int          // of pastUse
	hidden  bool
}

// A plan is a sheet as it will look: its columns from left to right, and the rows that things stand in.
type plan struct {
	*Sheet
	name    string // of the sheet
	period  ledger.Period
	columns []column
}

// Rows of a sheet.
const (
	titleRow = iota + 1
	unitRow
	fillerRow
	tickRow
	headerRow
	firstRow
)

// spare is how many blank rows there are below those that are filled in, for what is new.
const spare = 20

func (p *plan) lastRow() int { return firstRow + len(p.Rows) + spare - 1 }

// newPlan lays the columns out. Beside what is said anew each month stands what was said last month.
func newPlan(s *Sheet, period ledger.Period) *plan {
	p := &plan{Sheet: s, name: s.Form.Title, period: period}
	p.add(column{use: serialUse, heading: "序号", width: 6})
	for i, c := range s.Form.Columns {
		p.add(column{use: fieldUse, heading: headingOf(c, period), width: p.widthOf(c), of: c})
		if i == 0 { // inside the table, so that it goes with its row when rows are sorted
			p.add(column{use: markUse, heading: ledger.TemplateKey, width: 10, hidden: true})
		}
		if (c.OfMonth || c.Anew) && s.remembers() {
			p.add(column{use: pastUse, heading: pastHeading(1), width: pastWidth(c), of: c, months: 1})
		}
	}
	p.add(column{use: checkUse, heading: ledger.Aside("检查"), width: 36})
	return p
}

func (p *plan) add(c column) int {
	p.columns = append(p.columns, c)
	return len(p.columns)
}

// remembers reports whether something is known of a row's month before.
func (s *Sheet) remembers() bool {
	return slices.ContainsFunc(s.Rows, func(r Row) bool { return len(r.Past) > 0 && r.Past[0] != nil })
}

// pastWidth is how wide the column is that shows what a field was: narrower than its own.
func pastWidth(c *form.Column) float64 {
	if c.Type == form.TextType {
		return 18
	}
	return 9
}

// pastHeading is the heading of what stood some months ago.
func pastHeading(months int) string {
	if months == 1 {
		return ledger.Aside("上月")
	}
	return ledger.Aside(fmt.Sprintf("前%d月", months))
}

// headingOf is the official name of a column for a month, with its unit, marked if it must be filled in.
func headingOf(c *form.Column, period ledger.Period) string {
	name := nameOf(c.Name, period)
	if c.Type == form.AmountType {
		name += "（万元）"
	}
	if c.Need == form.Required {
		name = "*" + name
	}
	return name
}

// nameOf is the name of a column for a month: 1-N月 is 1-7月.
func nameOf(name string, period ledger.Period) string {
	return strings.ReplaceAll(name, "N月", fmt.Sprintf("%d月", period.Month))
}

// at is the column, from 1, that a field stands in.
func (p *plan) at(c *form.Column) int {
	for i := range p.columns {
		if p.columns[i].use == fieldUse && p.columns[i].of == c {
			return i + 1
		}
	}
	panic("template: form " + p.Form.ID + " has no column " + c.ID)
}

// past is the column of what a field was some months ago, which is put beside the others if it is not there yet.
func (p *plan) past(c *form.Column, months int) int {
	for i := range p.columns {
		if p.columns[i].use == pastUse && p.columns[i].of == c && p.columns[i].months == months {
			return i + 1
		}
	}
	return p.add(column{use: pastUse, heading: pastHeading(months), width: 9, of: c, months: months, hidden: true})
}

// one is the column of a use of which there is one.
func (p *plan) one(u use) int {
	for i := range p.columns {
		if p.columns[i].use == u {
			return i + 1
		}
	}
	panic("template: a sheet lacks a column")
}

// shown are the columns that people see, from 1.
func (p *plan) shown() []int {
	var all []int
	for i := range p.columns {
		if !p.columns[i].hidden {
			all = append(all, i+1)
		}
	}
	return all
}

// tickAt is the column of the cell that is ticked: behind those over which the words before it stand.
func (p *plan) tickAt() int {
	const words = 46 // digits
	width := 0.0
	for _, at := range p.shown() {
		if width >= words {
			return at
		}
		width += p.columns[at-1].width
	}
	panic("template: form " + p.Form.ID + " is too narrow")
}

// inSight is the last column that stays in sight: the entity's, or that of the marks if it stands behind.
func (p *plan) inSight() int { return max(p.at(p.Form.Entity.Column), p.one(markUse)) }

// widthOf is how wide a column must be for what it holds: words are wrapped.
func (p *plan) widthOf(c *form.Column) float64 {
	const least, most = 10, 26
	switch c.Type {
	case form.AmountType, form.DateType:
		return 12
	case form.RateType, form.CountType, form.FlagType:
		return 10
	case form.CodeType:
		return 26
	case form.SpanType:
		return 17
	}
	longest := 0
	for i := range p.Rows {
		longest = max(longest, widthIn(c.Value(&p.Rows[i].Given).S))
	}
	switch {
	case longest == 0 && (c.Need == form.Required && c.Type == form.TextType || c == p.Form.Entity.Column):
		return 20 // words are to be filled in
	case c == p.Form.Entity.Column:
		return float64(min(max(longest, least), most))
	}
	return float64(min(max(longest/2, least), most))
}

// widthIn is how wide a text is in digits: Chinese characters take two.
func widthIn(text string) int {
	width := 0
	for _, r := range text {
		width++
		if r > 0x2E80 {
			width++
		}
	}
	return width
}
