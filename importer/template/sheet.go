package template

import (
	"fmt"
	"math"
	"slices"

	"github.com/xuri/excelize/v2"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// sheet draws a return to fill in.
func (b *book) sheet(s *Sheet) {
	p := newPlan(s, b.Period)
	b.newSheet(p.name)
	rules := b.rules(p)
	b.above(p)
	b.header(p)
	for row := range p.lastRow() - firstRow + 1 {
		b.row(p, row)
	}
	b.inputs(p)
	b.live(p, rules)
	b.frame(p)
}

// above draws what stands above the header: title, whose return it is, who fills it in, and the tick.
func (b *book) above(p *plan) {
	title := ref(1, titleRow)
	b.put(p.name, title, b.County.Name+p.Form.Title+"\n（"+b.Period.Chinese()+"）", look{font: b.County.Fonts.Heading, size: 13})
	b.try(b.file.MergeCell(p.name, title, ref(p.inSight(), titleRow))) // it is read whole on every page, and wherever the sheet is scrolled to
	b.try(b.file.SetRowHeight(p.name, titleRow, 38))
	unit := "填报单位：" + b.Department
	if hasAmounts(p.Form) {
		unit += "　　单位：万元"
	}
	b.put(p.name, ref(1, unitRow), unit, look{flow: true})

	shown := p.shown()
	for i, label := range []string{"填报人：", "填报日期："} {
		at := shown[1+2*i]
		b.put(p.name, ref(at, fillerRow), label, look{flow: true, right: true})
		field := look{frame: true, free: true, fill: toFill, format: asText}
		if i == 1 {
			field.format = asDate
		}
		b.dress(p.name, ref(shown[2+2*i], fillerRow), ref(shown[2+2*i], fillerRow), field)
	}

	b.tick(p)
}

func hasAmounts(f *form.Form) bool {
	return slices.ContainsFunc(f.Columns, func(c *form.Column) bool { return c.Type == form.AmountType })
}

// tick draws the cell that is ticked where there is nothing to fill in, and the words before it.
func (b *book) tick(p *plan) {
	words := ledger.TickNothing
	if p.Form.Stock {
		words = ledger.TickUnchanged
	}
	at := p.tickAt()
	cell := ref(at, tickRow)
	b.put(p.name, ref(1, tickRow), words, look{bold: true})
	b.try(b.file.MergeCell(p.name, ref(1, tickRow), ref(at-1, tickRow)))
	b.try(b.file.SetRowHeight(p.name, tickRow, 24))
	b.dress(p.name, cell, cell, look{frame: true, free: true, fill: toFill, centre: true, size: 14})
	ticked := excelize.NewDataValidation(true)
	ticked.SetSqref(cell)
	b.try(ticked.SetDropList([]string{"√"}))
	ticked.SetError(excelize.DataValidationErrorStyleStop, "只选√", "有变化、有内容的，这一格留空。")
	b.try(b.file.AddDataValidation(p.name, ticked))
}

func (b *book) header(p *plan) {
	longest := 1
	for i, c := range p.columns {
		l := look{font: b.County.Fonts.Heading, frame: true, centre: true, fill: headed}
		if c.use != serialUse && c.use != fieldUse {
			l.fill, l.colour = given, pastText
		}
		b.put(p.name, ref(i+1, headerRow), c.heading, l)
		if !c.hidden {
			longest = max(longest, int(math.Ceil(float64(widthIn(c.heading))/(c.width-1))))
		}
	}
	b.try(b.file.SetRowHeight(p.name, headerRow, float64(max(30, 14*longest+6))))
}

// row draws a row that is filled in, or a blank one below them, number from 0.
func (b *book) row(p *plan, number int) {
	row, known := firstRow+number, number < len(p.Rows)
	var r Row
	if known {
		r = p.Rows[number]
	}
	for i, c := range p.columns {
		cell := ref(i+1, row)
		switch c.use {
		case serialUse:
			b.dress(p.name, cell, cell, look{frame: true, centre: true, free: true})
			if known {
				b.try(b.file.SetCellInt(p.name, cell, int64(number+1)))
			}
		case fieldUse:
			value := c.of.Value(&r.Given)
			b.dress(p.name, cell, cell, fieldLook(p.Form, c.of, value.Known))
			b.value(p.name, cell, c.of, value)
		case markUse:
			b.dress(p.name, cell, cell, look{format: asText})
			if known {
				b.try(b.file.SetCellStr(p.name, cell, ledger.RowMark{Key: r.Key, Digest: p.Form.Digest(&r.Given)}.String()))
			}
		case pastUse:
			b.dress(p.name, cell, cell, look{frame: true, fill: given, colour: pastText, size: 9, format: formatOf(c.of)})
			if c.months <= len(r.Past) && stillSaid(c, b.Period) {
				b.value(p.name, cell, c.of, c.of.Value(r.Past[c.months-1]))
			}
		}
	}
	if known {
		b.try(b.file.SetRowHeight(p.name, row, p.heightOf(&r.Given)))
	}
}

// stillSaid reports whether what stood some months ago was said of the same year, if that matters.
func stillSaid(c column, period ledger.Period) bool {
	return !c.of.ResetsInJanuary || period.Month > c.months
}

// fieldLook is how a cell of a field looks: what a row is known by is locked once it is known.
func fieldLook(f *form.Form, c *form.Column, known bool) look {
	l := look{frame: true, free: true, format: formatOf(c), centre: c.Type == form.DateType || c.Type == form.FlagType || c.Type == form.ChoiceType}
	if known && (c.Identity || c == f.ProjectCode) {
		l.free, l.fill = false, given
	}
	return l
}

// heightOf is how high the row must be for its longest text.
func (p *plan) heightOf(r *ledger.Record) float64 {
	const line, least, most = 13, 26, 130
	lines := 1
	for _, c := range p.columns {
		if c.use == fieldUse {
			lines = max(lines, int(math.Ceil(float64(widthIn(c.of.Show(c.of.Value(r))))*1.1/(c.width-1))))
		}
	}
	return float64(min(max(line*lines+4, least), most))
}

// value writes a value as people type it: amounts in 万元, dates as days where the day is known.
func (b *book) value(sheet, cell string, c *form.Column, v ledger.Value) {
	if !v.Known {
		return
	}
	number := func(scale int64) { b.try(b.file.SetCellFloat(sheet, cell, float64(v.N)/float64(scale), -1, 64)) }
	switch c.Type {
	case form.AmountType:
		number(int64(ledger.TenThousandYuan))
	case form.RateType:
		number(form.RateScale)
	case form.CountType:
		number(form.CountScale)
	case form.DateType:
		date, err := ledger.ParseDate(v.S)
		b.try(err)
		if date.Day == 0 {
			b.try(b.file.SetCellStr(sheet, cell, date.String()))
		} else {
			b.try(b.file.SetCellInt(sheet, cell, date.Serial()))
		}
	default:
		b.try(b.file.SetCellStr(sheet, cell, c.Show(v)))
	}
}

// frame sets widths, what stays in sight, and how the sheet is printed.
func (b *book) frame(p *plan) {
	total := 0.0
	for i, c := range p.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		b.try(err)
		b.try(b.file.SetColWidth(p.name, name, name, c.width))
		if c.hidden {
			b.try(b.file.SetColVisible(p.name, name, false))
		} else {
			total += c.width
		}
	}
	left := p.inSight()
	b.try(b.file.SetPanes(p.name, &excelize.Panes{Freeze: true, XSplit: left, YSplit: headerRow, TopLeftCell: ref(left+1, firstRow), ActivePane: "bottomRight"}))
	name, err := excelize.ColumnNumberToName(left)
	b.try(err)
	const legible = 230 // digits that an A4 page across may hold side by side
	b.page(p.name, int(math.Ceil(total/legible)), fmt.Sprintf("'%s'!$A:$%s,'%s'!$%d:$%d", p.name, name, p.name, headerRow, headerRow))
	b.protect(p.name)
}
