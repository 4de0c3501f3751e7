package form

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"huizong/internal/ledger"
)

// A Figure is a published number: a measure over the rows of a form that count, and what people
// need to read it.
type Figure struct {
	Name  string // as run.json has it; amounts end in _fen, rates in _bp
	Title string // as leaders call it; 1-N月 stands for the months of the year so far
	Of    Measure
	Kind  Kind
	Unit  string // in which leaders read it: 个, 亿元, %
	// OfYear says that it is said of one year: in January there is no month before to compare with.
	OfYear bool
	// IfAny names another figure: this one is not listed while that is 0. Blank: it always is.
	IfAny string
}

// A Kind is what a figure's number is.
type Kind int

const (
	Things      Kind = iota // whole things: 个, 家, 亩
	Fen                     // money in 分, read in 亿元
	BasisPoints             // a rate in hundredths of a percent
)

// counted, inMoney and inPercent make figures of each kind.
func counted(name, title, unit string, of Measure) Figure {
	return Figure{Name: name, Title: title, Of: of, Kind: Things, Unit: unit}
}

func inMoney(name, title string, of Measure) Figure {
	return Figure{Name: name, Title: title, Of: of, Kind: Fen, Unit: "亿元"}
}

func inPercent(name, title string, of Measure) Figure {
	return Figure{Name: name, Title: title, Of: of, Kind: BasisPoints, Unit: "%"}
}

func (f Figure) ofYear() Figure { f.OfYear = true; return f }

// FigureNamed finds a published figure with its form. One of which there is none of that name is a
// programmer's mistake and panics.
func FigureNamed(name string) (*Form, Figure) {
	for _, f := range registry {
		for _, figure := range f.Figures {
			if figure.Name == name {
				return f, figure
			}
		}
	}
	panic("no such figure: " + name)
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
// nothing, and the total is unknown if all are blank. Only the total is rounded: to whole
// things or 分, halves away from zero.
func TotalOf(what Quantity, where Statement) Measure { return totalOf{what, where} }

func (m totalOf) String() string {
	if m.where == nil {
		return "合计 " + m.what.String()
	}
	return "合计 " + m.what.String() + "（" + m.where.String() + "）"
}

func (m totalOf) Over(rows []*Env) (int64, bool, []int) {
	total := integer(0)
	var from []int
	for _, i := range passing(rows, m.where) {
		if value, known := m.what.quantity(rows[i]); known {
			total = total.plus(value)
			from = append(from, i)
		}
	}
	return rounded(total), len(from) > 0, from
}

type distinctOf struct {
	where   Statement
	what    string
	columns []*Column
	names   func(*Env) []string
}

// DistinctOf counts the different values that columns have together, over the rows of
// which a statement holds: trips by day and place. Rows in which all are blank have none.
func DistinctOf(where Statement, columns ...*Column) Measure {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.String()
	}
	return distinctOf{where, strings.Join(names, "+"), columns, func(e *Env) []string {
		var key strings.Builder
		stated := false
		for _, c := range columns {
			key.WriteString(ledger.Fold(c.Show(c.value(e.Now))) + "|")
			stated = stated || c.value(e.Now).Known
		}
		if !stated {
			return nil
		}
		return []string{key.String()}
	}}
}

// DistinctFirms counts the different firms that a text names, several in a cell.
func DistinctFirms(where Statement, text Text) Measure {
	return distinctOf{where, text.String() + "中的企业", []*Column{text.Column}, func(e *Env) []string { return Firms(text.Of(e.Now)) }}
}

// DistinctListed counts the different names of a list of the county that a text names,
// several in a cell.
func DistinctListed(where Statement, list string, text Text) Measure {
	return distinctOf{where, text.String() + "中的〔" + list + "〕", []*Column{text.Column}, func(e *Env) []string {
		var names []string
		for _, part := range append(parts(text.Of(e.Now)), text.Of(e.Now)) {
			if e.Official == nil {
				return nil
			}
			if name := e.Official(list, part); name != "" {
				names = append(names, name)
			}
		}
		return names
	}}
}

func (m distinctOf) String() string {
	if m.where == nil {
		return "不同的" + m.what + "数"
	}
	return "不同的" + m.what + "数（" + m.where.String() + "）"
}

func (m distinctOf) Over(rows []*Env) (int64, bool, []int) {
	seen := map[string]struct{}{}
	var from []int
	for _, i := range passing(rows, m.where) {
		names := m.names(rows[i])
		for _, name := range names {
			seen[name] = struct{}{}
		}
		if len(names) > 0 {
			from = append(from, i)
		}
	}
	return int64(len(seen)), true, from
}

type valueWhere struct {
	what  Quantity
	where Statement
}

// ValueWhere is the quantity of the one row of which a statement holds: an indicator's
// value. Money is in 分, a rate in hundredths of a percent, halves rounded away from zero.
// Rows that state different values leave it unknown.
func ValueWhere(what Quantity, where Statement) Measure { return valueWhere{what, where} }

func (m valueWhere) String() string { return m.what.String() + "（" + m.where.String() + "）" }

func (m valueWhere) Over(rows []*Env) (int64, bool, []int) {
	var stated fraction
	var from []int
	for _, i := range passing(rows, m.where) {
		value, known := m.what.quantity(rows[i])
		switch {
		case !known:
			continue
		case stated.exists() && stated.compare(value) != 0:
			return 0, false, nil
		}
		stated, from = value, append(from, i)
	}
	if !stated.exists() {
		return 0, false, nil
	}
	if m.what.shape() == RateType {
		return inBasisPoints(stated), true, from
	}
	return rounded(stated), true, from
}

// inBasisPoints gives a share of one in hundredths of a percent.
func inBasisPoints(share fraction) int64 {
	return rounded(share.times(integer(10_000)))
}

// rounded is the nearest whole number, halves away from zero.
func rounded(value fraction) int64 {
	if value.large == nil && value.den == 1 {
		return value.num
	}
	nearest, _ := new(big.Int).SetString(value.rat().FloatString(0), 10)
	return nearest.Int64()
}

type ratioOf struct{ part, whole Measure }

// RatioOf is one measure over another in hundredths of a percent; unknown over zero.
func RatioOf(part, whole Measure) Measure { return ratioOf{part, whole} }

func (m ratioOf) String() string { return m.part.String() + " ÷ " + m.whole.String() }

func (m ratioOf) Over(rows []*Env) (int64, bool, []int) {
	part, known, from := m.part.Over(rows)
	whole, also, of := m.whole.Over(rows)
	if !known || !also || whole == 0 {
		return 0, false, nil
	}
	from = append(from, of...)
	slices.Sort(from)
	return inBasisPoints(integer(part).over(integer(whole))), true, slices.Compact(from)
}

type firstKnown []Measure

// FirstKnown is the first of the measures that is known.
func FirstKnown(measures ...Measure) Measure { return firstKnown(measures) }

func (m firstKnown) String() string {
	texts := make([]string, len(m))
	for i, one := range m {
		texts[i] = one.String()
	}
	return strings.Join(texts, "，没有的按 ")
}

func (m firstKnown) Over(rows []*Env) (int64, bool, []int) {
	for _, one := range m {
		if value, known, from := one.Over(rows); known {
			return value, known, from
		}
	}
	return 0, false, nil
}
