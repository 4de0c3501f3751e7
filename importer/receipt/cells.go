package receipt

import (
	"slices"
	"strconv"
	"strings"

	"huizong/importer/sheet"
)

// A spot is a cell by its numbers, counted from 1.
type spot struct{ row, column int }

// spotOf reads a reference such as H7.
func spotOf(ref string) (spot, bool) {
	var s spot
	i := 0
	for ; i < len(ref) && ('A' <= ref[i] && ref[i] <= 'Z' || 'a' <= ref[i] && ref[i] <= 'z'); i++ {
		s.column = s.column*26 + int(ref[i]&^0x20-'A') + 1
		if s.column > 16_384 {
			return spot{}, false
		}
	}
	row, err := strconv.Atoi(ref[i:])
	if err != nil || s.column == 0 || row < 1 || row > 1_048_576 {
		return spot{}, false
	}
	s.row = row
	return s, true
}

func (s spot) ref() string { return sheet.Ref(s.column, s.row) }

func (s spot) compare(o spot) int {
	if s.row != o.row {
		return s.row - o.row
	}
	return s.column - o.column
}

// A span is a rectangle of cells, its corners included.
type span struct{ from, to spot }

func spanOf(ref string) (span, bool) {
	first, last, two := strings.Cut(ref, ":")
	if !two {
		last = first
	}
	from, ok1 := spotOf(first)
	to, ok2 := spotOf(last)
	return span{spot{min(from.row, to.row), min(from.column, to.column)}, spot{max(from.row, to.row), max(from.column, to.column)}}, ok1 && ok2
}

func (s span) holds(o spot) bool {
	return s.from.row <= o.row && o.row <= s.to.row && s.from.column <= o.column && o.column <= s.to.column
}

// anchors gives for spots that a merge covers the cell that shows: its first.
func anchors(content []byte, spots []spot) (map[spot]spot, error) {
	at := map[spot]spot{}
	for _, s := range spots {
		at[s] = s
	}
	w := tags{content: content}
	for {
		t, ok, err := w.find("mergeCell")
		if err != nil || !ok {
			return at, err
		}
		ref, _, _ := attribute(content[t.from:t.to], "ref")
		merged, ok := spanOf(ref)
		if !ok {
			continue
		}
		for _, s := range spots {
			if merged.holds(s) {
				at[s] = merged.from
			}
		}
	}
}

// colour gives cells of a worksheet another fill: colours are RRGGBB by cell. A cell that the sheet does not have is put
// in its place with the format of its row, else of its column.
func colour(content []byte, colours map[spot]string, styles *stylebook) ([]byte, error) {
	c := colouring{tags: tags{content: content}, styles: styles, colours: colours}
	for s := range colours {
		c.left = append(c.left, s)
	}
	slices.SortFunc(c.left, spot.compare)
	if err := c.sheet(); err != nil {
		return nil, err
	}
	return edited(content, c.edits), nil
}

// A colouring walks over a worksheet.
type colouring struct {
	tags
	styles  *stylebook
	colours map[spot]string
	left    []spot // in the order of the sheet
	columns []columnFormat
	prefix  string
	edits   []edit
}

type columnFormat struct{ first, last, format int }

func (c *colouring) sheet() error {
	for {
		t, ok, err := c.next()
		switch {
		case err != nil || !ok:
			return errForeign
		case t.end:
		case t.local() == "col":
			text := c.content[t.from:t.to]
			first, err1 := number(text, "min", 0)
			last, err2 := number(text, "max", 0)
			format, err3 := number(text, "style", 0)
			if err1 != nil || err2 != nil || err3 != nil {
				return errForeign
			}
			c.columns = append(c.columns, columnFormat{first, last, format})
		case t.local() == "sheetData":
			c.prefix = t.prefix()
			return c.data(t)
		}
	}
}

func (c *colouring) data(data tag) error {
	if data.single {
		c.edits = append(c.edits, edit{data.to - 2, data.to, ">" + c.rows(1_048_577) + "</" + data.name + ">"})
		return nil
	}
	row := 0
	for {
		t, ok, err := c.next()
		switch {
		case err != nil || !ok:
			return errForeign
		case t.end:
			c.insert(t.from, c.rows(1_048_577))
			return nil
		}
		n, err := number(c.content[t.from:t.to], "r", row+1)
		if err != nil || t.local() != "row" || n <= row {
			return errForeign
		}
		row = n
		c.insert(t.from, c.rows(row))
		if err := c.row(t, row); err != nil {
			return err
		}
	}
}

// rows are those that are to be before a row and are not there.
func (c *colouring) rows(before int) string {
	var b strings.Builder
	for len(c.left) > 0 && c.left[0].row < before {
		row := c.left[0].row
		b.WriteString(`<` + c.prefix + `row r="` + strconv.Itoa(row) + `">` + c.cells(row, 16_385, -1) + `</` + c.prefix + `row>`)
	}
	return b.String()
}

// cells are those of a row that are to be before a column and are not there; format is the row's, or -1.
func (c *colouring) cells(row, before, format int) string {
	var b strings.Builder
	for len(c.left) > 0 && c.left[0].row == row && c.left[0].column < before {
		s := c.left[0]
		of := format
		if of < 0 {
			of = 0
			for _, column := range c.columns {
				if column.first <= s.column && s.column <= column.last {
					of = column.format
				}
			}
		}
		b.WriteString(`<` + c.prefix + `c r="` + s.ref() + `" s="` + strconv.Itoa(c.styles.filled(of, c.colours[s])) + `"/>`)
		c.left = c.left[1:]
	}
	return b.String()
}

func (c *colouring) insert(at int, by string) {
	if by != "" {
		c.edits = append(c.edits, edit{at, at, by})
	}
}

func (c *colouring) row(t tag, row int) error {
	if len(c.left) == 0 || c.left[0].row != row {
		_, err := c.close(t)
		return err
	}
	text := c.content[t.from:t.to]
	format := -1
	if custom, _, _ := attribute(text, "customFormat"); custom == "1" || custom == "true" {
		var err error
		if format, err = number(text, "s", 0); err != nil {
			return err
		}
	}
	if t.single {
		c.edits = append(c.edits, edit{t.to - 2, t.to, ">" + c.cells(row, 16_385, format) + "</" + t.name + ">"})
		return nil
	}
	column := 0
	for {
		cell, ok, err := c.next()
		switch {
		case err != nil || !ok:
			return errForeign
		case cell.end:
			c.insert(cell.from, c.cells(row, 16_385, format))
			return nil
		case cell.local() != "c":
			if _, err := c.close(cell); err != nil {
				return err
			}
			continue
		}
		text := c.content[cell.from:cell.to]
		if ref, from, _ := attribute(text, "r"); from >= 0 {
			s, ok := spotOf(ref)
			if !ok || s.row != row || s.column <= column {
				return errForeign
			}
			column = s.column
		} else {
			column++
		}
		c.insert(cell.from, c.cells(row, column, format))
		if len(c.left) > 0 && c.left[0] == (spot{row, column}) {
			of, err := number(text, "s", 0)
			if err != nil {
				return err
			}
			by := with(text, "s", strconv.Itoa(c.styles.filled(of, c.colours[c.left[0]])))
			c.edits = append(c.edits, edit{cell.from, cell.to, string(by)})
			c.left = c.left[1:]
		}
		if _, err := c.close(cell); err != nil {
			return err
		}
	}
}
