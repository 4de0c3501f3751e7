package document

import "fmt"

// A Field is a label, and beside it what is said or has to be answered.
type Field struct {
	Label  string
	Value  Text
	Height float64  // millimetres at least; 0 is as high as the text. A tall one without a Value is for an answer
	Foot   []string // lines at its foot, set right: for a signature, a seal, a date
}

// labelWidth is that of the column of labels: 5 characters of 四号.
const labelWidth = 5*fourth*point + 2*cellMargin

// fieldRoom is the least height of a field: that of a line with some room, in twips.
const fieldRoom = 34 * point

// Form draws a table of fields: each row has one, or two side by side.
func (d *Document) Form(rows ...[]Field) {
	half := d.page.width() / 2
	g := grid{columns: []int{labelWidth, half - labelWidth, labelWidth, d.page.width() - half - labelWidth}}
	for _, fields := range rows {
		if len(fields) != 1 && len(fields) != 2 {
			panic(fmt.Sprintf("document: %d fields in a row of a form: one or two", len(fields)))
		}
		r := row{height: fieldRoom}
		for _, field := range fields {
			r.height = max(r.height, millimetres(field.Height))
			r.cells = append(r.cells, d.cell(middle, &paragraph{style: cellHeadStyle, text: Plain(field.Label), layout: layout{points: fourth}}))
			r.cells = append(r.cells, d.answer(field, len(fields)))
		}
		g.rows = append(g.rows, r)
	}
	d.table(g)
}

// answer is the cell beside a label.
func (d *Document) answer(f Field, inRow int) cell {
	paragraphs := []*paragraph{{style: cellStyle, text: f.Value, layout: layout{points: fourth}}}
	for _, text := range f.Foot {
		paragraphs = append(paragraphs, &paragraph{style: cellStyle, text: Plain(text), layout: layout{points: fourth, align: Right, right: fourth * point}})
	}
	stands := middle
	switch {
	case len(f.Foot) > 0:
		stands = foot
	case f.Height > 0:
		stands = top
	}
	c := d.cell(stands, paragraphs...)
	if inRow == 1 {
		c.span = 3
	}
	return c
}
