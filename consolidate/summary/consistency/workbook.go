package consistency

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A shown cell of a worksheet.
type shown struct {
	text       string
	row, col   int
	wide, high int
	style      int
}

func (c shown) bottom() int { return c.row + c.high - 1 }
func (c shown) right() int  { return c.col + c.wide - 1 }

// A page is a worksheet while its tables are looked for.
type page struct {
	sheet *Sheet
	book  *excelize.File
	cells []shown // by row and column
	taken map[[2]int]bool
	looks map[int]look
}

// A look is what of a style tells titles, headers and tables.
type look struct {
	framed, filled, bold bool
	size                 float64
}

func readWorkbook(path string) ([]*Sheet, error) {
	book, err := excelize.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	var all []*Sheet
	looks := map[int]look{}
	for _, name := range book.GetSheetList() {
		p := &page{sheet: &Sheet{File: filepath.Base(path), Name: name}, book: book, taken: map[[2]int]bool{}, looks: looks}
		if err := p.read(); err != nil {
			return nil, err
		}
		all = append(all, p.sheet)
	}
	return all, nil
}

func (p *page) read() error {
	rows, err := p.book.GetRows(p.sheet.Name)
	if err != nil {
		return err
	}
	merged, err := p.book.GetMergeCells(p.sheet.Name)
	if err != nil {
		return err
	}
	spans := map[string][2]int{}
	for _, m := range merged {
		left, top, _ := excelize.CellNameToCoordinates(m.GetStartAxis())
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return err
		}
		spans[m.GetStartAxis()] = [2]int{right - left + 1, bottom - top + 1}
	}
	for i, cells := range rows {
		for j, text := range cells {
			if strings.TrimSpace(text) == "" {
				continue
			}
			c := shown{text: text, row: i + 1, col: j + 1, wide: 1, high: 1}
			if span, is := spans[cellName(c.col, c.row)]; is {
				c.wide, c.high = span[0], span[1]
			}
			if c.style, err = p.book.GetCellStyle(p.sheet.Name, cellName(c.col, c.row)); err != nil {
				return err
			}
			p.cells = append(p.cells, c)
		}
	}
	p.skipLinks()
	p.findTables()
	p.findTexts()
	return nil
}

// skipLinks leaves out a first row of links to other sheets, which is on no page.
func (p *page) skipLinks() {
	if len(p.cells) > 0 && p.cells[0].text == "返回目录" {
		first := p.cells[0].row
		p.cells = slices.DeleteFunc(p.cells, func(c shown) bool { return c.row == first })
	}
}

func cellName(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err)
	}
	return name
}

func (p *page) place(c shown) Place {
	return Place{p.sheet.File, p.sheet.Name, cellName(c.col, c.row)}
}

func (p *page) look(style int) look {
	known, is := p.looks[style]
	if !is {
		s, err := p.book.GetStyle(style)
		if err != nil {
			panic(err)
		}
		known = look{framed: len(s.Border) > 0, filled: len(s.Fill.Color) > 0}
		if s.Font != nil {
			known.bold, known.size = s.Font.Bold, s.Font.Size
		}
		p.looks[style] = known
	}
	return known
}

// heads reports whether the cells of a row are those of a header: two or more, of one look,
// framed, filled and bold, and none a number.
func (p *page) heads(cells []shown) bool {
	if len(cells) < 2 || strings.HasPrefix(cells[0].text, "合计") && cells[0].col == 1 {
		return false
	}
	return !slices.ContainsFunc(cells, func(c shown) bool {
		l := p.look(c.style)
		_, number := parseNumber(c.text)
		return c.style != cells[0].style || !l.framed || !l.filled || !l.bold || number
	})
}

// row gives the cells of a row.
func (p *page) row(n int) []shown {
	from, _ := slices.BinarySearchFunc(p.cells, n, func(c shown, n int) int { return c.row - n })
	to, _ := slices.BinarySearchFunc(p.cells, n+1, func(c shown, n int) int { return c.row - n })
	return p.cells[from:to]
}

func (p *page) last() int {
	if len(p.cells) == 0 {
		return 0
	}
	return p.cells[len(p.cells)-1].row
}

// findTables finds headers and reads what is under each, to the next line without a frame.
func (p *page) findTables() {
	for n, last := 1, p.last(); n <= last; n++ {
		if !p.heads(p.row(n)) {
			continue
		}
		bottom := n
		for p.deeper(n, bottom) || bottom < last && p.heads(p.row(bottom+1)) && p.under(bottom+1) {
			bottom++
		}
		for _, group := range sideBySide(p.row(n)) {
			p.readTable(group, n, bottom)
		}
		n = bottom
	}
}

// deeper reports whether a heading of the rows so far reaches further down.
func (p *page) deeper(from, bottom int) bool {
	for n := from; n <= bottom; n++ {
		if slices.ContainsFunc(p.row(n), func(c shown) bool { return c.bottom() > bottom }) {
			return true
		}
	}
	return false
}

// under reports whether all headings of a row stand under wider ones of the row above.
func (p *page) under(n int) bool {
	covered := func(c shown) bool {
		return slices.ContainsFunc(p.row(n-1), func(above shown) bool {
			return above.wide > c.wide && above.style == c.style && above.col <= c.col && c.right() <= above.right()
		})
	}
	return !slices.ContainsFunc(p.row(n), func(c shown) bool { return !covered(c) })
}

// sideBySide divides the top row of a header where columns are left out.
func sideBySide(cells []shown) [][]shown {
	var groups [][]shown
	for i, c := range cells {
		if i == 0 || c.col > cells[i-1].right()+1 {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], c)
	}
	return groups
}

func (p *page) readTable(head []shown, top, bottom int) {
	t := &Table{sheet: p.sheet}
	left, right := head[0].col, head[len(head)-1].right()
	for n := top; n <= bottom; n++ {
		for _, c := range p.row(n) {
			if c.col < left || c.col > right {
				continue
			}
			p.taken[[2]int{c.row, c.col}] = true
			t.place(c, bottom)
		}
	}
	t.nameHeadings()
	p.readTotalAbove(t, left, right, top)
	t.caption = p.caption(left, right, top)
	for t.last = bottom; t.last < p.last(); t.last++ {
		if p.heads(p.row(t.last+1)) || !p.readRow(t, left, right, t.last+1) {
			break
		}
	}
	p.sheet.Tables = append(p.sheet.Tables, t)
}

// place puts a cell of the header into the columns that it is over.
func (t *Table) place(c shown, bottom int) {
	words := clean(c.text)
	over := false
	for i, h := range t.headings {
		if c.col <= h.col && h.col <= c.right() {
			t.headings[i].levels, over = append(h.levels, words), true
			t.headings[i].unit += unitOf(c.text)
		}
	}
	if over {
		return
	}
	if c.bottom() >= bottom || c.wide == 1 {
		t.headings = append(t.headings, heading{col: c.col, levels: []string{words}, unit: unitOf(c.text)})
		return
	}
	for col := c.col; col <= c.right(); col++ {
		t.headings = append(t.headings, heading{col: col, levels: []string{words}, unit: unitOf(c.text)})
	}
}

// readTotalAbove reads a 合计 that stands right over the header.
func (p *page) readTotalAbove(t *Table, left, right, top int) {
	if above := p.within(left, right, top-1); len(above) > 1 && strings.HasPrefix(above[0].text, "合计") && p.look(above[0].style).framed {
		p.readRow(t, left, right, top-1)
	}
}

func (p *page) within(left, right, n int) []shown {
	return slices.DeleteFunc(slices.Clone(p.row(n)), func(c shown) bool { return c.col < left || c.col > right })
}

// readRow reads a row of a table; without a frame it is none.
func (p *page) readRow(t *Table, left, right, n int) bool {
	cells := p.within(left, right, n)
	if len(cells) == 0 || !p.look(cells[0].style).framed {
		return false
	}
	r := row{map[int]string{}, map[int]Place{}}
	for _, c := range cells {
		p.taken[[2]int{c.row, c.col}] = true
		r.cells[c.col], r.at[c.col] = c.text, p.place(c)
	}
	t.rows = append(t.rows, r)
	return true
}

// caption is what stands over a table, up to what else is on the sheet.
func (p *page) caption(left, right, top int) string {
	var lines []string
	for n := top - 1; n >= max(1, top-5); n-- {
		for _, c := range p.within(left, right, n) {
			if !p.taken[[2]int{c.row, c.col}] {
				lines = append([]string{c.text}, lines...)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// findTexts takes what stands outside tables; the largest letters are the title.
func (p *page) findTexts() {
	largest := 0.
	for _, c := range p.cells {
		if p.taken[[2]int{c.row, c.col}] {
			continue
		}
		p.sheet.Texts = append(p.sheet.Texts, Text{c.text, c.row, c.col, p.place(c)})
		if size := p.look(c.style).size; size > largest {
			p.sheet.Title, largest = c.text, size
		}
	}
}
