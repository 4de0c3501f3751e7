package form

import (
	"math/big"
	"slices"
	"strings"

	"huizong/internal/ledger"
)

type comparison struct {
	a, b      Quantity
	sign      string
	holds     func(order int) bool
	tolerance Quantity // nil: exact
}

// AtMost holds where a ≤ b.
func AtMost(a, b Quantity) Statement {
	return comparison{a, b, "≤", func(order int) bool { return order <= 0 }, nil}
}

// AtLeast holds where a ≥ b.
func AtLeast(a, b Quantity) Statement {
	return comparison{a, b, "≥", func(order int) bool { return order >= 0 }, nil}
}

// MoreThan holds where a > b.
func MoreThan(a, b Quantity) Statement {
	return comparison{a, b, "＞", func(order int) bool { return order > 0 }, nil}
}

// Equal holds where a = b, to the cent.
func Equal(a, b Quantity) Statement {
	return comparison{a, b, "＝", func(order int) bool { return order == 0 }, nil}
}

// Near holds where a and b differ by no more than the tolerance.
func Near(a, b, tolerance Quantity) Statement {
	return comparison{a, b, "≈", func(order int) bool { return order == 0 }, tolerance}
}

func (c comparison) String() string {
	text := c.a.String() + " " + c.sign + " " + c.b.String()
	if c.tolerance != nil {
		text += " ± " + c.tolerance.String()
	}
	return text
}

func (c comparison) Judge(e *Env) Outcome {
	a, known := c.a.quantity(e)
	b, also := c.b.quantity(e)
	if !known || !also {
		return Undecided
	}
	if c.tolerance != nil {
		slack, set := c.tolerance.quantity(e)
		if !set {
			return Undecided
		}
		apart := new(big.Rat).Sub(a, b)
		return outcome(apart.Abs(apart).Cmp(slack) <= 0)
	}
	return outcome(c.holds(a.Cmp(b)))
}

func (c comparison) Explain(e *Env) string {
	return showQuantity(c.a, e) + " " + c.sign + " " + explainSum(c.b, e)
}

// explainSum shows a computed quantity with its parts: 上月1000万元 + 本月200万元 = 1200万元.
func explainSum(q Quantity, e *Env) string {
	if s, ok := q.(sum); ok {
		parts := make([]string, len(s))
		for i, part := range s {
			parts[i] = showQuantity(part, e)
		}
		total, known := q.quantity(e)
		if known {
			return strings.Join(parts, " + ") + " = " + showNumber(total, q.shape())
		}
		return strings.Join(parts, " + ")
	}
	return showQuantity(q, e)
}

type order struct{ earlier, later Instant }

// NotAfter holds unless the first date is surely later than the second: a month is not
// after a day of that month.
func NotAfter(earlier, later Instant) Statement { return order{earlier, later} }

func (o order) String() string { return o.earlier.String() + " 不晚于 " + o.later.String() }
func (o order) Judge(e *Env) Outcome {
	a, b := o.earlier.instant(e), o.later.instant(e)
	if a.IsZero() || b.IsZero() {
		return Undecided
	}
	return outcome(a.First().String() <= b.Last().String())
}
func (o order) Explain(e *Env) string {
	return o.earlier.String() + "（" + o.earlier.instant(e).String() + "）不晚于" + o.later.String() + "（" + o.later.instant(e).String() + "）"
}

type stated struct{ columns []*Column }

// Stated holds where one of the columns is not blank. It is never undecided.
func Stated(columns ...*Column) Statement { return stated{columns} }

func (s stated) String() string {
	names := make([]string, len(s.columns))
	for i, c := range s.columns {
		names[i] = c.String()
	}
	return strings.Join(names, "或") + " 已填"
}
func (s stated) Judge(e *Env) Outcome {
	for _, c := range s.columns {
		if c.value(e.Now).Known {
			return Passes
		}
	}
	return Fails
}
func (s stated) Explain(*Env) string { return s.String() }

type is struct {
	column *Column
	words  []string
}

// Is holds where a choice is one of the words; undecided where it is blank.
func Is(choice Choice, words ...string) Statement { return is{choice.Column, words} }

// Yes holds where a flag says 是; undecided where it is blank.
func Yes(flag Flag) Statement { return is{flag.Column, []string{"是"}} }

func (s is) String() string { return s.column.String() + " 为 " + strings.Join(s.words, "/") }
func (s is) Judge(e *Env) Outcome {
	v := s.column.value(e.Now)
	if !v.Known {
		return Undecided
	}
	said := s.column.Show(v)
	for _, word := range s.words {
		if said == word {
			return Passes
		}
	}
	return Fails
}
func (s is) Explain(*Env) string { return s.String() }

type unchanged struct {
	column *Column
	months int
}

// Unchanged holds where a column says the same as in each of the given months before.
func Unchanged(column *Column, months int) Statement { return unchanged{column, months} }

func (u unchanged) String() string {
	return u.column.String() + " 与前" + chineseCount(u.months) + "个月相同"
}
func (u unchanged) Judge(e *Env) Outcome {
	now := u.column.value(e.Now)
	for i := 1; i <= u.months; i++ {
		then := u.column.value(e.past(i))
		if !now.Known || !then.Known || u.column.ResetsInJanuary && e.Period.Month <= i {
			return Undecided
		}
		if then != now {
			return Fails
		}
	}
	return Passes
}
func (u unchanged) Explain(*Env) string { return u.String() }

func chineseCount(n int) string { return string([]rune("零一二三四五六七八九十")[n]) }

type forward struct {
	column *Column
	steps  int
}

// Forward holds where a choice has moved on by no more than the given steps of its words,
// or stands; a move back fails unless steps is negative, where any move on holds.
func Forward(choice Choice, steps int) Statement { return forward{choice.Column, steps} }

func (f forward) String() string {
	if f.steps < 0 {
		return f.column.String() + " 不倒退"
	}
	return f.column.String() + " 逐级推进"
}
func (f forward) Judge(e *Env) Outcome {
	now, then := f.place(e.Now), f.place(e.past(1))
	if now < 0 || then < 0 {
		return Undecided
	}
	moved := now - then
	if f.steps < 0 {
		return outcome(moved >= 0)
	}
	return outcome(moved <= f.steps)
}
func (f forward) place(r *ledger.Record) int {
	said := f.column.value(r).S
	for i, word := range f.column.Words {
		if word.Name == said {
			return i
		}
	}
	return -1
}
func (f forward) Explain(e *Env) string {
	return "上月为" + f.column.value(e.past(1)).S + "，本月为" + f.column.value(e.Now).S
}

type given struct{ premise, conclusion Statement }

// Given states a conclusion where the premise holds; elsewhere there is nothing to judge.
func Given(premise, conclusion Statement) Statement { return given{premise, conclusion} }

func (g given) String() string { return "若 " + g.premise.String() + " 则 " + g.conclusion.String() }
func (g given) Judge(e *Env) Outcome {
	if g.premise.Judge(e) != Passes {
		return Undecided
	}
	return g.conclusion.Judge(e)
}
func (g given) Explain(e *Env) string {
	return g.premise.Explain(e) + "时，" + g.conclusion.Explain(e)
}

type both []Statement

// Both holds where all its statements do; undecided if one is and none fails.
func Both(all ...Statement) Statement { return both(all) }

func (b both) String() string {
	texts := make([]string, len(b))
	for i, s := range b {
		texts[i] = s.String()
	}
	return strings.Join(texts, " 且 ")
}
func (b both) Judge(e *Env) Outcome {
	result := Passes
	for _, s := range b {
		switch s.Judge(e) {
		case Fails:
			return Fails
		case Undecided:
			result = Undecided
		}
	}
	return result
}
func (b both) Explain(e *Env) string {
	texts := make([]string, len(b))
	for i, s := range b {
		texts[i] = s.Explain(e)
	}
	return strings.Join(texts, "，且")
}

type either []Statement

// Either holds where one of its statements does; undecided if one is and none holds.
func Either(some ...Statement) Statement { return either(some) }

func (s either) String() string {
	texts := make([]string, len(s))
	for i, one := range s {
		texts[i] = one.String()
	}
	return strings.Join(texts, " 或 ")
}
func (s either) Judge(e *Env) Outcome {
	result := Fails
	for _, one := range s {
		switch one.Judge(e) {
		case Passes:
			return Passes
		case Undecided:
			result = Undecided
		}
	}
	return result
}
func (s either) Explain(e *Env) string {
	texts := make([]string, len(s))
	for i, one := range s {
		texts[i] = one.Explain(e)
	}
	return strings.Join(texts, "，或")
}

type not struct{ of Statement }

// Not turns a statement round; what cannot be told stays so.
func Not(s Statement) Statement { return not{s} }

func (n not) String() string { return "非（" + n.of.String() + "）" }
func (n not) Judge(e *Env) Outcome {
	switch n.of.Judge(e) {
	case Passes:
		return Fails
	case Fails:
		return Passes
	}
	return Undecided
}
func (n not) Explain(e *Env) string { return "非（" + n.of.Explain(e) + "）" }

type has struct {
	set  *Column
	word string
}

// Has holds where a set holds the word; undecided where it is blank.
func Has(set Set, word string) Statement { return has{set.Column, word} }

func (h has) String() string { return h.set.String() + " 含 " + h.word }
func (h has) Judge(e *Env) Outcome {
	v := h.set.value(e.Now)
	if !v.Known {
		return Undecided
	}
	return outcome(slices.Contains(v.List(), h.word))
}
func (h has) Explain(*Env) string { return h.String() }

type inMonth struct{ date Instant }

// InMonth holds unless a date surely lies outside the month reported.
func InMonth(date Instant) Statement { return inMonth{date} }

func (m inMonth) String() string { return m.date.String() + " 在报告期内" }
func (m inMonth) Judge(e *Env) Outcome {
	date := m.date.instant(e)
	if date.IsZero() {
		return Undecided
	}
	first, last := periodStart{}.instant(e), e.Period.End()
	return outcome(date.First().String() <= last.String() && first.String() <= date.Last().String())
}
func (m inMonth) Explain(e *Env) string {
	return m.date.String() + "（" + m.date.instant(e).String() + "）在" + e.Period.Chinese() + "内"
}

type wholeNumber struct{ count Count }

// WholeNumber holds of a number of things: neither negative nor broken.
func WholeNumber(count Count) Statement { return wholeNumber{count} }

func (w wholeNumber) String() string { return w.count.String() + " 为非负整数" }
func (w wholeNumber) Judge(e *Env) Outcome {
	value, known := w.count.quantity(e)
	if !known {
		return Undecided
	}
	return outcome(value.IsInt() && value.Sign() >= 0)
}
func (w wholeNumber) Explain(*Env) string { return "0或正整数" }

type mentions struct {
	text Text
	word string
}

// Mentions holds where a text holds the word; it is never undecided.
func Mentions(text Text, word string) Statement { return mentions{text, word} }

func (m mentions) String() string { return m.text.String() + " 提到 " + m.word }
func (m mentions) Judge(e *Env) Outcome {
	return outcome(strings.Contains(ledger.Fold(m.text.Of(e.Now)), m.word))
}
func (m mentions) Explain(*Env) string { return m.String() }

type means struct {
	text  Text
	words []string
}

// Means holds where a text is one of the column's words or an alias of it; it is never
// undecided.
func Means(text Text, words ...string) Statement { return means{text, words} }

func (m means) String() string { return m.text.String() + " 指 " + strings.Join(m.words, "/") }
func (m means) Judge(e *Env) Outcome {
	return outcome(slices.Contains(m.words, m.text.Official(m.text.Of(e.Now))))
}
func (m means) Explain(*Env) string { return m.String() }
