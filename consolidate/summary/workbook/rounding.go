package workbook

import (
	"math"
	"strings"
)

// What a table says by itself where its numbers, as shown, do not add up to what it shows.
const (
	partsRounded = "因四舍五入，分项合计与总数可能略有出入"
	termsRounded = "因四舍五入，所示数相减与差额可能略有出入"
)

// terms are what a sum or a difference is shown of: the first operand and those that are added to
// it or taken from it, each so many times as large.
type terms struct {
	of    []Operand
	sign  float64 // of all but the first
	scale float64 // 100 for points between ratios
}

// sayRounding adds to the tables of the book whose shown numbers do not add up that this is by
// rounding: to the last note, else to the line over the header, else to the caption. It is the same
// done twice.
func (b *Book) sayRounding() {
	for _, s := range b.sheets {
		for _, d := range s.tables {
			if d.says == nil || d.saysRounding {
				continue
			}
			text := ""
			switch parts, differences := d.roundedParts(), d.termsMissed; {
			case parts && differences:
				text = partsRounded + "，相减之差亦同"
			case parts:
				text = partsRounded
			case differences:
				text = termsRounded
			default:
				continue
			}
			d.saysRounding = true
			said, _ := d.says.cell.v.(string)
			d.says.cell.v, d.says.own = d.remark(said, text), result{}
			d.says.result()
		}
	}
}

// remark puts the two texts together: notes are sentences, the line and the caption are not.
func (d *Drawn) remark(said, text string) string {
	if d.noted {
		return strings.TrimSuffix(said, "。") + "。" + text + "。"
	}
	if said == "" {
		return text
	}
	if open, closed := strings.CutSuffix(said, "）"); closed {
		return open + "；" + text + "）"
	}
	return said + "（" + text + "）"
}

// columnParts are what the cells of a column show, in units of the last decimal, added up: those of rows that stand out,
// which are subtotals, apart from the others.
type columnParts struct{ strong, others shownPart }

// A shownPart is a sum and of how many.
type shownPart struct {
	sum float64
	n   int
}

// tally adds a cell of the table to what the table shows.
func (d *Drawn) tally(s *slot) {
	if !d.isData(s.row) && s.row != d.first-1 {
		return
	}
	d.termsMissed = d.termsMissed || s.misses()
	i := d.places.at(s.col)
	if style := d.plan.columns[i].style; !d.isData(s.row) || !style.adds || style.format.decimals == 0 {
		return
	}
	x, is := s.units()
	if !is {
		return
	}
	to := &d.parts[i].others
	if d.strong(s.row - d.first) {
		to = &d.parts[i].strong
	}
	to.sum += x
	to.n++
}

// roundedParts reports whether in a column the parts, as shown, miss the total, as shown, by no more
// than rounding explains.
func (d *Drawn) roundedParts() bool {
	if d.total == 0 {
		return false
	}
	for i, c := range d.plan.columns {
		total, is := d.shownAt(c.heading, d.total)
		if !is {
			continue
		}
		for _, p := range []shownPart{d.parts[i].strong, d.parts[i].others} {
			if apart := math.Abs(math.Round(p.sum - total)); p.n > 0 && apart > 0 && apart <= float64(p.n+1)/2 {
				return true
			}
		}
	}
	return false
}

// misses reports whether the slot shows another sum or difference than the cells that it is shown of,
// itself or as a quotation.
func (s *slot) misses() bool {
	if s.cell.quotes() != nil {
		from := s.shows
		return from != nil && from.style.unit == s.style.unit && from.style.format == s.style.format && from.misses()
	}
	x, is := s.units()
	if !is || s.cell.formula == nil || s.cell.formula.terms == nil {
		return false
	}
	t := s.cell.formula.terms
	total := 0.
	for i, o := range t.of {
		var from *slot
		switch o := o.(type) {
		case own:
			from = o.slot(s)
		case Ref:
			from = o.slot()
		}
		if from == nil || from.style.unit != s.style.unit || from.style.format.digits() != s.style.format.digits()+int(math.Log10(t.scale)) {
			return false
		}
		y, is := from.units()
		if !is {
			return false
		}
		if i > 0 {
			y *= t.sign
		}
		total += y
	}
	apart := math.Abs(math.Round(total - x))
	return apart > 0 && apart <= float64(len(t.of)+1)/2
}

// shownAt is the number that a cell of the table shows, in units of its last decimal.
func (d *Drawn) shownAt(heading string, row int) (float64, bool) {
	s := d.cell(heading, row).slot()
	if s == nil {
		return 0, false
	}
	return s.units()
}

// units is the number that the slot shows, in units of its last decimal.
func (s *slot) units() (float64, bool) {
	x, is := s.result().(float64)
	if !is || !s.style.format.is {
		return 0, false
	}
	digits := s.style.format.digits()
	return math.Round(round(x, digits) * math.Pow10(digits)), true
}
