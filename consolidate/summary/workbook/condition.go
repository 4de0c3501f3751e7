package workbook

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Condition is one that CountIf and SumIf put to each row: that the cell is what is looked
// for, or that its value meets something else.
type Condition struct {
	in    Cells
	crit  func(host *slot) string
	what  Operand                      // nil: met judges
	met   func(host *slot, v any) bool // nil: what is looked for
	block bool                         // the formula reads no row outside those that are equal
}

// Is holds where the cell equals what, without regard to case, as a whole.
func Is(in Cells, what Operand) Condition {
	return Condition{
		in: in,
		crit: func(h *slot) string {
			switch v := what.value(h).(type) {
			case nil:
				return `""`
			case string:
				if plain := escape(v); plain != v {
					return quote(plain)
				}
			}
			return what.text(h)
		},
		what: what,
	}
}

// Block is Is of a column in which equal cells stand one below the other: the formula reads from the first of
// them to the last and no other rows, so that many groups over a long ledger read it once together. Of several
// blocks it reads the rows that are in all.
func Block(in Cells, what Operand) Condition {
	c := Is(in, what)
	c.block = true
	return c
}

// Over holds where the cell is a number above limit, in the unit shown.
func Over(in Cells, limit float64) Condition {
	return Condition{
		in:   in,
		crit: func(*slot) string { return quote(">" + strconv.FormatFloat(limit, 'f', -1, 64)) },
		met:  func(_ *slot, v any) bool { x, ok := v.(float64); return ok && x > limit },
	}
}

var patterns = strings.NewReplacer("~", "~~", "*", "~*", "?", "~?")

// escape keeps a text from being read as a pattern or a comparison.
func escape(criterion string) string {
	plain := patterns.Replace(criterion)
	if strings.IndexAny(plain, "=<>") == 0 {
		plain = "=" + plain
	}
	return plain
}

type conditions []Condition

func (all conditions) text(h *slot) string {
	texts := make([]string, len(all))
	for i, c := range all {
		texts[i] = all.block(h, c.in.cellsOf(h)).text(h) + "," + c.crit(h)
	}
	return strings.Join(texts, ",")
}

// block is the part of a range that the formula reads: its rows in all blocks, or a row where there are none.
func (all conditions) block(h *slot, r Range) Range {
	var found [][]int
	for _, c := range all {
		if c.block {
			found = append(found, c.in.cellsOf(h).lookUp(c.what.value(h)))
		}
	}
	if found == nil {
		return r
	}
	rows := common(r.rows, found)
	if len(rows) == 0 {
		return r.first.Span(r.cols, 1)
	}
	first, last := rows[0], rows[len(rows)-1]
	return r.first.Down(first).Span(r.cols, last-first+1)
}

// rows are the rows of r, from 0, that meet all conditions; their ranges must be as long
// as r. Equalities are looked up: a sheet of a thousand groups over a ledger would else read
// it a thousand times.
func (all conditions) rows(h *slot, r Range) []int {
	var found [][]int
	for _, c := range all {
		in := c.in.cellsOf(h)
		if in.rows != r.rows {
			panic("workbook: condition over " + in.String() + " on " + r.String())
		}
		if c.what != nil {
			found = append(found, in.lookUp(c.what.value(h)))
		}
	}
	meeting := common(r.rows, found)
	for _, c := range all {
		if c.met != nil {
			in := c.in.cellsOf(h)
			meeting = slices.DeleteFunc(meeting, func(row int) bool { return !c.met(h, in.first.Down(row).value(h)) })
		}
	}
	return meeting
}

// common are the rows, of so many, that are in all lists, ascending as these are.
func common(rows int, lists [][]int) []int {
	if len(lists) == 0 {
		every := make([]int, rows)
		for row := range every {
			every[row] = row
		}
		return every
	}
	slices.SortFunc(lists, func(a, b []int) int { return cmp.Compare(len(a), len(b)) })
	shared := slices.Clone(lists[0])
	for _, list := range lists[1:] {
		shared = slices.DeleteFunc(shared, func(row int) bool {
			at, found := slices.BinarySearch(list, row)
			list = list[at:]
			return !found
		})
	}
	return shared
}

// lookUp gives the rows of a column whose cell equals a value, ascending, from an index made
// once.
func (r Range) lookUp(what any) []int {
	book := r.first.sheet.book
	if book.indices == nil {
		book.indices = map[Range]map[string][]int{}
	}
	index := book.indices[r]
	if index == nil {
		index = map[string][]int{}
		for row := range r.rows {
			key := equalityKey(r.first.Down(row).value(nil))
			index[key] = append(index[key], row)
		}
		book.indices[r] = index
	}
	return index[equalityKey(what)]
}

// equalityKey is the same for values that conditions call equal: letters in either case, a
// text that is a number and the number, blank and the empty text.
func equalityKey(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if x, err := strconv.ParseFloat(v, 64); err == nil {
			return strconv.FormatFloat(x, 'g', -1, 64)
		}
		return strings.ToLower(strings.ToUpper(v))
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}
