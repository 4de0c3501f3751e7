package sheet

import "slices"

// A webTable is a table of a page that is being read.
type webTable struct {
	hidden bool
	begun  bool // a row has begun
	inRow  bool
	inCell bool
	text   flow // of the cell

	column  int       // of the last cell, with those that it spans
	cell    int       // column of the cell
	columns int       // columns declared so far
	covered []covered // by column, from 0: what a cell above reaches down to
	merges  int       // how many merges the sheet had before
	dark    bool      // the row is hidden
}

// covered says that a column is covered by a cell that began above, up to a row, and so are
// those beside it before the column next.
type covered struct{ row, next int }

// table is the innermost table, nil outside of tables.
func (p *webPage) table() *webTable {
	if len(p.tables) == 0 {
		return nil
	}
	return p.tables[len(p.tables)-1]
}

// beginTable begins a table. One within a cell parts the row that it stands in.
func (p *webPage) beginTable() error {
	a := p.attributes()
	if len(p.tables) == p.limits.Depth {
		return over("", "depth", int64(p.limits.Depth))
	}
	if err := p.endLine(); err != nil {
		return err
	}
	if outer := p.table(); outer != nil {
		a.hidden = a.hidden || outer.hidden || outer.dark
		if err := p.partRow(outer); err != nil {
			return err
		}
	}
	p.found++
	p.tables = append(p.tables, &webTable{hidden: a.hidden, merges: len(p.grid.sheet.Merges)})
	return nil
}

// partRow gives what a row has so far, and begins another for what it still has.
func (p *webPage) partRow(t *webTable) error {
	if !t.inRow {
		return nil
	}
	if err := p.give(t); err != nil {
		return err
	}
	return p.grid.end(1)
}

// endTable ends a table; no merge reaches beyond its last row.
func (p *webPage) endTable(t *webTable) error {
	if err := p.endRow(t); err != nil {
		return err
	}
	if err := p.endLine(); err != nil {
		return err
	}
	for i := range p.grid.sheet.Merges[t.merges:] {
		m := &p.grid.sheet.Merges[t.merges+i]
		m.ToRow = min(m.ToRow, p.row)
	}
	p.tables = p.tables[:len(p.tables)-1]
	if outer := p.table(); outer != nil && outer.inRow {
		return p.newRow(outer.hidden || outer.dark)
	}
	return nil
}

// column reads the columns that a table declares, of which the hidden ones matter.
func (p *webPage) column(t *webTable) error {
	a := p.attributes()
	first := t.columns + 1
	t.columns += a.columns
	if t.columns > maxColumn {
		return damaged("", "more columns than a sheet has")
	}
	if a.hidden {
		p.grid.sheet.hidden = append(p.grid.sheet.hidden, span{first, t.columns})
	}
	return nil
}

func (p *webPage) beginRow(t *webTable, a attributes) error {
	if err := p.endRow(t); err != nil {
		return err
	}
	if err := p.endLine(); err != nil {
		return err
	}
	t.begun, t.inRow, t.dark, t.column = true, true, a.hidden, 0
	return p.newRow(t.hidden || t.dark)
}

func (p *webPage) endRow(t *webTable) error {
	if !t.inRow {
		return nil
	}
	if err := p.endCell(t); err != nil {
		return err
	}
	t.inRow = false
	return p.grid.end(1)
}

// beginCell begins a cell in the first column that no cell from above covers.
func (p *webPage) beginCell(t *webTable) error {
	a := p.attributes()
	if !t.inRow {
		if err := p.beginRow(t, attributes{}); err != nil {
			return err
		}
	}
	if err := p.endCell(t); err != nil {
		return err
	}
	t.cell = t.column + 1
	for t.cell <= len(t.covered) && t.covered[t.cell-1].row >= p.row {
		if err := p.grid.count(1); err != nil { // each costs a step, as a cell does
			return err
		}
		t.cell = t.covered[t.cell-1].next
	}
	t.column = t.cell + a.columns - 1
	if t.column > maxColumn {
		return damaged("", "a cell beyond the last column")
	}
	t.inCell = true
	if a.rows > 1 {
		for len(t.covered) < t.column {
			t.covered = append(t.covered, covered{})
		}
		for i := t.cell - 1; i < t.column; i++ {
			t.covered[i] = covered{p.row + a.rows - 1, t.column + 1}
		}
	}
	if a.rows > 1 || a.columns > 1 {
		return p.grid.merge(Range{p.row, t.cell, min(p.row+a.rows-1, maxRow), t.column})
	}
	return nil
}

func (p *webPage) endCell(t *webTable) error {
	if !t.inCell {
		return p.endLine()
	}
	t.inCell = false
	return p.give(t)
}

// give gives the text of the cell, if it has any.
func (p *webPage) give(t *webTable) error {
	p.grid.fonts = t.text.fonts
	text := t.text.take()
	if len(text) == 0 {
		return nil
	}
	return p.put(t.cell, text)
}

// A flow is text as a page shows it: any run of white space is one blank.
type flow struct {
	text  []byte
	blank bool // white space came last
	fonts fonts
	open  []string // elements that strike through or raise
}

// begin begins an element, which may change the font.
func (f *flow) begin(element string) {
	if font := f.fonts.now.within(element); font != f.fonts.now {
		f.open = append(f.open, element)
		f.fonts.change(len(f.text), font)
	}
}

// end ends an element, with those within it.
func (f *flow) end(element string) {
	i := slices.Index(f.open, element)
	if i < 0 {
		return
	}
	f.open = f.open[:i]
	var font font
	for _, outside := range f.open {
		font = font.within(outside)
	}
	f.fonts.change(len(f.text), font)
}

func (f *flow) add(text []byte, limits Limits) error {
	for _, c := range text {
		switch {
		case class[c]&inSpace != 0 || c == '\f':
			f.blank = true
			continue
		case f.blank && len(f.text) > 0 && f.text[len(f.text)-1] != '\n':
			f.text = append(f.text, ' ')
		}
		f.blank = false
		f.text = append(f.text, c)
	}
	if len(f.text) > limits.Text {
		return over("", "text", int64(limits.Text))
	}
	return nil
}

// endLine ends the line; an empty one only where it is forced.
func (f *flow) endLine(force bool) {
	if n := len(f.text); force || n > 0 && f.text[n-1] != '\n' {
		f.text = append(f.text, '\n')
	}
	f.blank = false
}

// take gives the text, until the next call of add, and begins anew.
func (f *flow) take() []byte {
	text := f.text
	for len(text) > 0 && text[len(text)-1] == '\n' {
		text = text[:len(text)-1]
	}
	f.text, f.blank, f.open, f.fonts = f.text[:0], false, f.open[:0], fonts{}
	return text
}
