package workbook

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// Rank is the place of a row of a table by its own cell among cells of that column, the highest first, competition
// ranking (1, 1, 3). A cell that holds no number has no place and takes none.
func Rank(among Cells) Cell { return ranking{among: among}.formula() }

// RankUp is Rank with the lowest first.
func RankUp(among Cells) Cell { return ranking{among: among, up: true}.formula() }

// RankParted is Rank with equal cells parted by the numbers under another heading of the table, the lowest first.
func RankParted(among Cells, by string) Cell { return ranking{among: among, by: by}.formula() }

// A ranking is how rows are placed: by RANK, which follows whatever is changed among the cells. It reads them all, which
// among very many rows costs their square: there a formula holds its row against the one next before it in their order;
// where the two are equal they share a place, else the place is the row's number in the order.
type ranking struct {
	among Cells
	up    bool
	by    string // heading of the numbers that part equal rows; blank: nothing parts them
}

// mostRanked is among how many rows places are by RANK: more than a county has units.
const mostRanked = 60

// An order is the rows of a range, from 0, those with a number by their places and then the others, and of each row
// its number among them, from 1.
type order struct{ rows, numbers []int }

// An orderKey is what an order is of.
type orderKey struct {
	among Range
	up    bool
	by    string
}

func (r ranking) formula() Cell {
	return formula(node{spell: r.spell, eval: r.place, from: r.reads, blank: true})
}

// live reports whether places are by RANK.
func (r ranking) live(h *slot) bool { return r.among.cellsOf(h).rows <= mostRanked }

func (r ranking) spell(h *slot) string {
	if r.live(h) {
		return r.ranked(h)
	}
	own, number := r.own(h), r.number(h)
	place := strconv.Itoa(number)
	if number > 1 {
		before := r.before(h)
		same := own.text(h) + "=" + before.text(h)
		if r.by != "" {
			same = "AND(" + same + "," + r.parting(h, own).text(h) + "=" + r.parting(h, before).text(h) + ")"
		}
		place = "IF(" + same + "," + placeAt(h, before).text(h) + "," + place + ")"
	}
	return fmt.Sprintf(`IF(COUNT(%s)=1,%s,"")`, own.text(h), place)
}

// ranked is the formula by RANK; those that are equal and come first by what parts them are counted besides.
func (r ranking) ranked(h *slot) string {
	own, among, order := r.own(h), r.among.cellsOf(h), ""
	if r.up {
		order = ",1"
	}
	place := fmt.Sprintf("RANK(%s,%s%s)", own.text(h), among.text(h), order)
	if r.by != "" {
		parts := among
		parts.first.col = r.parting(h, own).col
		place += fmt.Sprintf(`+COUNTIFS(%s,%s,%s,"<"&%s)`, among.text(h), own.text(h), parts.text(h), r.parting(h, own).text(h))
	}
	return fmt.Sprintf(`IF(COUNT(%s)=1,%s,"")`, own.text(h), place)
}

func (r ranking) place(h *slot) any {
	own, number := r.own(h), r.number(h)
	if _, is := own.value(h).(float64); !is {
		return ""
	}
	if number > 1 {
		before := r.before(h)
		if own.value(h) == before.value(h) && (r.by == "" || r.parting(h, own).value(h) == r.parting(h, before).value(h)) {
			return placeAt(h, before).value(h)
		}
	}
	return float64(number)
}

func (r ranking) reads(h *slot, visit func(Ref)) {
	read := func(row Ref) {
		visit(row)
		if r.by != "" {
			visit(r.parting(h, row))
		}
	}
	if r.live(h) {
		r.among.cellsOf(h).each(read)
		return
	}
	read(r.own(h))
	if r.number(h) > 1 {
		before := r.before(h)
		read(before)
		visit(placeAt(h, before))
	}
}

// own is the cell that the formula's row is placed by.
func (r ranking) own(h *slot) Ref {
	at := r.among.cellsOf(h).first
	at.row = int(h.row)
	return at
}

// parting is the cell that parts a row from its equals.
func (r ranking) parting(h *slot, row Ref) Ref { return h.drawn().cell(r.by, row.row) }

// placeAt is the cell with the place of a row.
func placeAt(h *slot, row Ref) Ref { return Ref{h.sheet, int(h.col), row.row} }

// number is the number of the formula's row in the order.
func (r ranking) number(h *slot) int {
	return r.order(h).numbers[int(h.row)-r.among.cellsOf(h).first.row]
}

// before is the cell by which the row next before the formula's is placed.
func (r ranking) before(h *slot) Ref {
	return r.among.cellsOf(h).first.Down(r.order(h).rows[r.number(h)-2])
}

// order is the order of the range, made once for all its rows.
func (r ranking) order(h *slot) order {
	among, book := r.among.cellsOf(h), h.sheet.book
	key := orderKey{among, r.up, r.by}
	if made, is := book.orders[key]; is {
		return made
	}
	made := order{make([]int, among.rows), make([]int, among.rows)}
	for row := range made.rows {
		made.rows[row] = row
	}
	slices.SortStableFunc(made.rows, func(a, b int) int { return r.compare(h, among.first.Down(a), among.first.Down(b)) })
	for i, row := range made.rows {
		made.numbers[row] = i + 1
	}
	if book.orders == nil {
		book.orders = map[orderKey]order{}
	}
	book.orders[key] = made
	return made
}

// compare puts the row of one cell before that of another; one without a number comes last.
func (r ranking) compare(h *slot, a, b Ref) int {
	one, is := a.value(h).(float64)
	other, also := b.value(h).(float64)
	switch {
	case !is && !also:
		return 0
	case !is:
		return 1
	case !also:
		return -1
	case r.up:
		return cmp.Compare(one, other)
	case one != other || r.by == "":
		return cmp.Compare(other, one)
	}
	first, _ := r.parting(h, a).value(h).(float64)
	second, _ := r.parting(h, b).value(h).(float64)
	return cmp.Compare(first, second)
}
