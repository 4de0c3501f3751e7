package workbook

import (
	"fmt"
	"strconv"
	"strings"
)

// A Condition is one that CountIf and SumIf put to each row.
type Condition struct {
	in   Cells
	crit func(host *slot) string
	met  func(host *slot, v any) bool
	what Operand // what Is looks for
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
		met:  func(h *slot, v any) bool { return equal(v, what.value(h)) },
		what: what,
	}
}

// Over holds where the cell is a number above limit, in the unit shown.
func Over(in Cells, limit float64) Condition {
	return Condition{
		in:   in,
		crit: func(*slot) string { return quote(">" + strconv.FormatFloat(limit, 'f', -1, 64)) },
		met:  func(_ *slot, v any) bool { x, ok := v.(float64); return ok && x > limit },
	}
}

// Under holds where the cell is a number below a whole one.
func Under(in Cells, limit Operand) Condition {
	return Condition{
		in:   in,
		crit: func(h *slot) string { return `"<"&` + limit.text(h) },
		met: func(h *slot, v any) bool {
			x, is := v.(float64)
			most, also := limit.value(h).(float64)
			return is && also && x < most
		},
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

// equal is the equality of conditions: texts that are numbers equal them.
func equal(a, b any) bool {
	if a == nil || b == nil || a == "" || b == "" {
		return (a == nil || a == "") && (b == nil || b == "")
	}
	x, isX := a.(string)
	y, isY := b.(string)
	switch {
	case isX && isY:
		return strings.EqualFold(x, y)
	case isX:
		p, err := strconv.ParseFloat(x, 64)
		return err == nil && p == b
	case isY:
		p, err := strconv.ParseFloat(y, 64)
		return err == nil && p == a
	}
	return a == b
}

type conditions []Condition

func (all conditions) text(h *slot) string {
	texts := make([]string, len(all))
	for i, c := range all {
		texts[i] = c.in.cellsOf(h).text(h) + "," + c.crit(h)
	}
	return strings.Join(texts, ",")
}

// rows are the rows of r, from 0, that meet all conditions; their ranges must be as long
// as r. The rarest equality is looked up: a sheet of a thousand
// groups over a ledger would else be read a thousand times.
func (all conditions) rows(h *slot, r Range) []int {
	meeting := all.fewest(h, r)
	for _, c := range all {
		in := c.in.cellsOf(h)
		if in.rows != r.rows {
			panic("workbook: condition over " + in.String() + " on " + r.String())
		}
		var still []int
		for _, row := range meeting {
			if c.met(h, in.first.Down(row).value(h)) {
				still = append(still, row)
			}
		}
		meeting = still
	}
	return meeting
}

// fewest are the rows that the rarest equality leaves to look at; all rows where there is
// none.
func (all conditions) fewest(h *slot, r Range) []int {
	var least []int
	found := false
	for _, c := range all {
		if c.what == nil {
			continue
		}
		if rows := c.in.cellsOf(h).lookUp(c.what.value(h)); !found || len(rows) < len(least) {
			least, found = rows, true
		}
	}
	if found {
		return least
	}
	every := make([]int, r.rows)
	for row := range every {
		every[row] = row
	}
	return every
}

// lookUp gives the rows of a column whose cell may equal a value, from an index made once.
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

// equalityKey is the same for values that are equal.
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
