package form

import (
	"fmt"
	"math/big"
)

// A Figure is a published number: a measure over the rows of a form that count. Its name
// is that of run.json; figures in money end in _fen and are in 分, shares end in _bp and are
// in hundredths of a percent.
type Figure struct {
	Name  string
	Title string // as leaders call it
	Of    Measure
}

// A Measure gives one number over rows, or none where nothing is known, and says which
// rows it came from.
type Measure interface {
	fmt.Stringer
	Over(rows []*Env) (value int64, known bool, from []int)
}

type countOf struct{ where Statement }

// CountOf counts the rows of which a statement holds; nil counts all.
func CountOf(where Statement) Measure { return countOf{where} }

func (m countOf) String() string {
	if m.where == nil {
		return "行数"
	}
	return "行数（" + m.where.String() + "）"
}

func (m countOf) Over(rows []*Env) (int64, bool, []int) {
	from := passing(rows, m.where)
	return int64(len(from)), true, from
}

func passing(rows []*Env, where Statement) []int {
	var from []int
	for i, row := range rows {
		if where == nil || where.Judge(row) == Passes {
			from = append(from, i)
		}
	}
	return from
}

type totalOf struct {
	what  Quantity
	where Statement
}

// TotalOf adds up a quantity over the rows of which a statement holds; blanks count for
// nothing, and the total is unknown if all are blank.
func TotalOf(what Quantity, where Statement) Measure { return totalOf{what, where} }

func (m totalOf) String() string {
	if m.where == nil {
		return "合计 " + m.what.String()
	}
	return "合计 " + m.what.String() + "（" + m.where.String() + "）"
}

func (m totalOf) Over(rows []*Env) (int64, bool, []int) {
	total := new(big.Rat)
	var from []int
	for _, i := range passing(rows, m.where) {
		if value, known := m.what.quantity(rows[i]); known {
			total.Add(total, value)
			from = append(from, i)
		}
	}
	return new(big.Int).Quo(total.Num(), total.Denom()).Int64(), len(from) > 0, from
}
