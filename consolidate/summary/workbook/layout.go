package workbook

import "iter"

// across are the slots over the cells of a row, merged or not, each under its column, from 1. Those of a row of data
// are made in beside, and good until that is begun anew.
func (s *Sheet) across(row int, beside *dataRow) iter.Seq2[int, *slot] {
	return func(yield func(int, *slot) bool) {
		for col := 1; col <= s.cols; col++ {
			over, d := s.over(row, col)
			if d != nil {
				if beside.table != d || beside.row != row-d.first {
					beside.begin(d, row-d.first)
				}
				over = beside.slot(d.places.at(col))
			}
			if over != nil && !yield(col, over) {
				return
			}
		}
	}
}

// ordered are the slots of a sheet, row by row; those of a row of data are good until the next one comes.
func (s *Sheet) ordered() iter.Seq[*slot] {
	return func(yield func(*slot) bool) {
		var beside dataRow
		for row := range s.lines {
			for col, slot := range s.across(row+1, &beside) {
				if slot.starts(row+1, col) && !yield(slot) {
					return
				}
			}
		}
	}
}

// A layout is how the cells of a sheet fall, once all of them are known: what has to be said of them before the first
// is written.
type layout struct {
	sheet   *Sheet
	heights []float64 // of rows, from 0, in points; 0: the usual one
	least   float64   // the size of the smallest letters that are printed, in points
	merged  []Range
	marks   []mark
	styles  []Style // of the cells, as they come
	numbers map[Style]int
	last    []lastStyle // by column, from 0
}

// lastStyle is the style of the last cell of a column, which that below mostly shares, and its number.
type lastStyle struct {
	style  Style
	number int
	is     bool
}

// A mark is what few cells have besides what stands in them.
type mark struct {
	at       Ref
	link     Ref // where it leads; the zero Ref: nowhere
	note     string
	name     string
	unit     unit
	format   numberFormat
	vanishes bool // below zero, and shown as zero
}

// lay makes rows as high as their texts need, those of the columns that are printed, and gathers the rest.
func (s *Sheet) lay() *layout {
	l := &layout{sheet: s, heights: make([]float64, s.rows), least: 99, numbers: map[Style]int{}, last: make([]lastStyle, s.cols)}
	for row, height := range s.heights {
		if row <= s.rows {
			l.heights[row-1] = height
		}
	}
	printed := s.printed()
	var tall []*slot // what is merged downwards
	for slot := range s.ordered() {
		l.styleNumber(slot)
		l.mark(slot)
		if slot.row >= printed.first.row && slot.col <= printed.cols && slot.shown() != "" {
			l.least = min(l.least, slot.style.points())
		}
		if slot.cols*slot.rows > 1 {
			l.merged = append(l.merged, slot.at())
		}
		if slot.rows > 1 {
			tall = append(tall, slot)
		} else if slot.col <= printed.cols {
			l.grow(slot.row, slot.need())
		}
	}
	for _, slot := range tall {
		l.growUnder(slot)
	}
	if d := s.ledger; d != nil {
		l.heights[d.first-2] = max(leastFiltered, l.heights[d.first-2]+filterButton)
	}
	return l
}

// grow makes a row at least that high, if its height is not fixed.
func (l *layout) grow(row int, height float64) {
	if _, fixed := l.sheet.heights[row]; !fixed {
		l.heights[row-1] = max(l.heights[row-1], height)
	}
}

// growUnder makes rows high enough for what is merged over them: the last one higher.
func (l *layout) growUnder(tall *slot) {
	above, last := 0., tall.at().Last().row
	for row := tall.row; row < last; row++ {
		l.grow(row, framedHeight)
		above += l.heights[row-1]
	}
	l.grow(last, tall.need()-above)
}

// mark keeps what the slot has besides its value, if anything.
func (l *layout) mark(s *slot) {
	m := mark{at: s.at().first, link: s.link(), vanishes: s.style.format.vanishes(s.result()), unit: s.style.unit, format: s.style.format}
	if s.cell.extra != nil {
		m.note, m.name = s.cell.extra.note, s.cell.extra.name
	}
	if m.link.sheet != nil || m.note != "" || m.name != "" || m.vanishes {
		l.marks = append(l.marks, m)
	}
}

// styleNumber is the number of a slot's style among those of the sheet, from 0.
func (l *layout) styleNumber(s *slot) int {
	last := &l.last[s.col-1]
	if last.is && last.style == s.style {
		return last.number
	}
	number, known := l.numbers[s.style]
	if !known {
		number = len(l.styles)
		l.numbers[s.style] = number
		l.styles = append(l.styles, s.style)
	}
	*last = lastStyle{s.style, number, true}
	return number
}
