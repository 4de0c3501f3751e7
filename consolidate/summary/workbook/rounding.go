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
			switch parts, differences := d.roundedParts(), d.roundedTerms(); {
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
			d.says.cell.v, d.says.state = d.remark(said, text), unknown
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

// roundedParts reports whether in a column the parts, as shown, miss the total, as shown, by no more
// than rounding explains. Rows that stand out are subtotals: they and the others add up apart.
func (d *Drawn) roundedParts() bool {
	if d.total == 0 {
		return false
	}
	for heading, style := range d.styles {
		total, is := d.shownAt(heading, d.total)
		if !is || !style.adds || style.format.decimals == 0 {
			continue
		}
		var sums [2]float64
		var n [2]int
		for row := range d.rows {
			if x, is := d.shownAt(heading, d.first+row); is {
				kind := 0
				if d.strong(row) {
					kind = 1
				}
				sums[kind] += x
				n[kind]++
			}
		}
		for kind, sum := range sums {
			if apart := math.Abs(math.Round(sum - total)); n[kind] > 0 && apart > 0 && apart <= float64(n[kind]+1)/2 {
				return true
			}
		}
	}
	return false
}

// roundedTerms reports whether a cell shows a sum or a difference that those shown in its row do not give.
func (d *Drawn) roundedTerms() bool {
	for heading := range d.styles {
		for row := d.first - 1; row < d.first+d.rows; row++ {
			if row == d.first-1 && row != d.total {
				continue
			}
			if s := d.cell(heading, row).slot(); s != nil && s.misses() {
				return true
			}
		}
	}
	return false
}

// misses reports whether the slot shows another sum or difference than the cells that it is shown of,
// itself or as a quotation.
func (s *slot) misses() bool {
	if at := s.cell.quotes(); at != nil {
		from := at.slot()
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
			from = o.ref(s).slot()
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
