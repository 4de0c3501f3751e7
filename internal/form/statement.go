package form

import (
	"slices"
	"strconv"
	"strings"

	"huizong/internal/ledger"
)

// A relation is how two numbers must stand to each other.
type relation struct {
	sign      string // in print
	word      string // to people
	holds     func(order int) bool
	operators [2]string // in a formula: where it holds, and where it does not
}

var (
	atMost   = relation{"≤", "不超过", func(order int) bool { return order <= 0 }, [2]string{"<=", ">"}}
	atLeast  = relation{"≥", "不低于", func(order int) bool { return order >= 0 }, [2]string{">=", "<"}}
	moreThan = relation{"＞", "超过", func(order int) bool { return order > 0 }, [2]string{">", "<="}}
	equal    = relation{"＝", "等于", func(order int) bool { return order == 0 }, [2]string{"=", "<>"}}
)

// compile gives the conditions that a value, which is known under a condition, stands to a bound
// as it must, and that it does not.
func (r relation) compile(known, value, bound string) (holds, breaks string) {
	return where(known, value+r.operators[0]+bound), where(known, value+r.operators[1]+bound)
}

type comparison struct {
	a, b Quantity
	relation
}

// AtMost holds where a ≤ b.
func AtMost(a, b Quantity) Statement { return comparison{a, b, atMost} }

// AtLeast holds where a ≥ b.
func AtLeast(a, b Quantity) Statement { return comparison{a, b, atLeast} }

// MoreThan holds where a > b.
func MoreThan(a, b Quantity) Statement { return comparison{a, b, moreThan} }

// Equal holds where a = b, to the cent.
func Equal(a, b Quantity) Statement { return comparison{a, b, equal} }

func (c comparison) String() string { return c.a.String() + " " + c.sign + " " + c.b.String() }
func (c comparison) Judge(e *Env) Outcome {
	a, known := c.a.quantity(e)
	if !known {
		return Undecided
	}
	b, known := c.b.quantity(e)
	if !known {
		return Undecided
	}
	return outcome(c.holds(a.compare(b)))
}
func (c comparison) Explain(e *Env) string {
	return result(c.a, e) + " " + c.word + " " + result(c.b, e)
}
func (c comparison) compile(to *compiler) (passes, fails string) {
	a, b := c.a.compile(to), c.b.compile(to)
	return c.relation.compile(and(a.known, b.known), a.value, b.value)
}

type near struct{ a, b, tolerance Quantity }

// Near holds where a and b differ by no more than the tolerance.
func Near(a, b, tolerance Quantity) Statement { return near{a, b, tolerance} }

func (n near) String() string {
	return n.a.String() + " ≈ " + n.b.String() + " ± " + n.tolerance.String()
}
func (n near) Judge(e *Env) Outcome {
	apart, known := difference{n.a, n.b}.quantity(e)
	slack, set := n.tolerance.quantity(e)
	if !known || !set {
		return Undecided
	}
	return outcome(apart.abs().compare(slack) <= 0)
}
func (n near) Explain(e *Env) string {
	return result(n.a, e) + " 约等于 " + result(n.b, e) + "，相差不超过" + n.tolerance.show(e)
}
func (n near) compile(c *compiler) (passes, fails string) {
	apart, slack := difference{n.a, n.b}.compile(c), n.tolerance.compile(c)
	return atMost.compile(and(apart.known, slack.known), "ABS("+apart.value+")", slack.value)
}

// result shows a quantity, and what it comes to where it is computed from several:
// 上月累计 1000万元 + 本月完成 200万元 ＝ 1200万元.
func result(q Quantity, e *Env) string {
	text := q.show(e)
	value, known := q.quantity(e)
	if worth := showNumber(value, q.shape()); known && text != worth && !strings.HasSuffix(text, " "+worth) {
		text += " ＝ " + worth
	}
	return text
}

type within struct{ a, b, times Quantity }

// Within holds where neither of two quantities is so many times the other; undecided unless
// both are more than nothing.
func Within(a, b, times Quantity) Statement { return within{a, b, times} }

func (w within) String() string {
	return w.a.String() + " 与 " + w.b.String() + " 相差不到 " + w.times.String() + " 倍"
}
func (w within) Judge(e *Env) Outcome {
	a, known := w.a.quantity(e)
	b, also := w.b.quantity(e)
	times, set := w.times.quantity(e)
	if !known || !also || !set || a.sign() <= 0 || b.sign() <= 0 {
		return Undecided
	}
	return outcome(a.compare(b.times(times)) < 0 && b.compare(a.times(times)) < 0)
}
func (w within) Explain(e *Env) string {
	return result(w.a, e) + " 与 " + result(w.b, e) + " 相差不到" + w.times.show(e) + "倍"
}
func (w within) compile(c *compiler) (passes, fails string) {
	a, b, times := w.a.compile(c), w.b.compile(c), w.times.compile(c)
	decimals := max(a.decimals, b.decimals)
	less := func(a, b number) string { return a.value + "<" + round(b.value+"*"+times.value, decimals) }
	judged, holds := and(a.value+">0", b.value+">0"), and(less(a, b), less(b, a))
	known := and(a.known, b.known, times.known)
	return where(known, and(judged, holds)), where(known, and(judged, negated(holds)))
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
	return o.earlier.String() + " " + o.earlier.instant(e).String() + " 不晚于 " + o.later.String() + " " + o.later.instant(e).String()
}
func (o order) compile(c *compiler) (passes, fails string) {
	a, b := o.earlier.compile(c), o.later.compile(c)
	return atMost.compile(and(a.known, b.known), a.first, b.last)
}

type stated struct{ columns []*Column }

// Stated holds where one of the columns is not blank. It is never undecided.
func Stated(columns ...*Column) Statement { return stated{columns} }

func (s stated) String() string { return s.names() + " 已填" }
func (s stated) names() string {
	names := make([]string, len(s.columns))
	for i, c := range s.columns {
		names[i] = c.String()
	}
	return strings.Join(names, "或")
}
func (s stated) Judge(e *Env) Outcome {
	for _, c := range s.columns {
		if c.value(e.Now).Known {
			return Passes
		}
	}
	return Fails
}
func (s stated) Explain(*Env) string { return "填写" + s.names() }
func (s stated) compile(c *compiler) (passes, fails string) {
	var some []string
	for _, column := range s.columns {
		some = append(some, c.stated(column, c.now(column)))
	}
	passes = or(some...)
	return passes, negated(passes)
}

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
	return outcome(slices.Contains(s.words, s.column.Show(v)))
}
func (s is) Explain(*Env) string { return s.column.String() + "为" + strings.Join(s.words, "或") }
func (s is) compile(c *compiler) (passes, fails string) {
	cell := c.now(s.column)
	others := slices.DeleteFunc(wordsOf(s.column), func(word string) bool { return slices.Contains(s.words, word) })
	return among(cell, spellings(s.column, s.words...)), among(cell, spellings(s.column, others...))
}

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
func (u unchanged) Explain(*Env) string {
	return u.column.String() + "与前" + chineseCount(u.months) + "个月相同"
}
func (u unchanged) compile(c *compiler) (passes, fails string) {
	now := c.now(u.column)
	same, changed := always, never
	for i := u.months; i >= 1; i-- {
		if u.column.ResetsInJanuary && c.Period.Month <= i {
			same, changed = never, never
			continue
		}
		then := c.past(u.column, i)
		known, alike := and(c.stated(u.column, now), c.stated(u.column, then)), c.same(u.column, now, then)
		same, changed = where(known, and(alike, same)), where(known, or(negated(alike), changed))
	}
	return same, changed
}

// chineseCount writes how many, up to ten: 两个月.
func chineseCount(n int) string { return string([]rune("零一两三四五六七八九十")[n]) }

type moved struct {
	column *Column
	how    string
	by     relation // of the words that it has moved on by
	bound  int
}

// NotBack holds where a choice stands where it stood last month or has moved on, in the
// order of its words.
func NotBack(choice Choice) Statement { return moved{choice.Column, "不倒退", atLeast, 0} }

// StepByStep holds unless a choice has moved on by more than one of its words since last
// month. Whether it moved back is not its business.
func StepByStep(choice Choice) Statement { return moved{choice.Column, "逐级推进", atMost, 1} }

func (m moved) String() string { return m.column.String() + " " + m.how }
func (m moved) Judge(e *Env) Outcome {
	now, then := m.place(e.Now), m.place(e.past(1))
	if now < 0 || then < 0 {
		return Undecided
	}
	return outcome(m.by.holds(now - then - m.bound))
}
func (m moved) place(r *ledger.Record) int {
	said := m.column.value(r).S
	return slices.IndexFunc(m.column.Words, func(word Word) bool { return word.Name == said })
}
func (m moved) Explain(e *Env) string {
	return m.column.String() + m.how + "，上月为" + m.column.value(e.past(1)).S
}
func (m moved) compile(c *compiler) (passes, fails string) {
	now, then := c.now(m.column), c.past(m.column, 1)
	known := and(c.stated(m.column, now), c.stated(m.column, then))
	return m.by.compile(known, placeOf(m.column, now)+"-"+placeOf(m.column, then), strconv.Itoa(m.bound))
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
func (g given) compile(c *compiler) (passes, fails string) {
	premise, _ := c.statement(g.premise)
	passes, fails = c.statement(g.conclusion)
	return and(premise, passes), and(premise, fails)
}

type unless struct{ first, then Statement }

// Unless states what holds unless something else fails, which is then asked about by itself.
func Unless(first, then Statement) Statement { return unless{first, then} }

func (u unless) String() string {
	return "除非 " + u.first.String() + " 不成立，" + u.then.String()
}
func (u unless) Judge(e *Env) Outcome {
	if u.first.Judge(e) == Fails {
		return Undecided
	}
	return u.then.Judge(e)
}
func (u unless) Explain(e *Env) string { return u.then.Explain(e) }
func (u unless) compile(c *compiler) (passes, fails string) {
	_, asked := c.statement(u.first)
	passes, fails = c.statement(u.then)
	return and(negated(asked), passes), and(negated(asked), fails)
}

type both []Statement

// Both holds where all its statements do; undecided if one is and none fails.
func Both(all ...Statement) Statement { return both(all) }

func (b both) String() string { return printed(b, " 且 ") }
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
func (b both) Explain(e *Env) string { return explained(b, "，且", e) }
func (b both) compile(c *compiler) (passes, fails string) {
	pass, fail := c.statements(b)
	return and(pass...), or(fail...)
}

// printed joins statements, those of several parts in brackets.
func printed(all []Statement, with string) string {
	texts := make([]string, len(all))
	for i, s := range all {
		texts[i] = s.String()
		switch s.(type) {
		case both, either, given, unless:
			texts[i] = "（" + texts[i] + "）"
		}
	}
	return strings.Join(texts, with)
}

func explained(all []Statement, with string, e *Env) string {
	texts := make([]string, len(all))
	for i, s := range all {
		texts[i] = s.Explain(e)
	}
	return strings.Join(texts, with)
}

type either []Statement

// Either holds where one of its statements does; undecided if one is and none holds.
func Either(some ...Statement) Statement { return either(some) }

func (s either) String() string { return printed(s, " 或 ") }
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
func (s either) Explain(e *Env) string { return explained(s, "，或", e) }
func (s either) compile(c *compiler) (passes, fails string) {
	pass, fail := c.statements(s)
	return or(pass...), and(fail...)
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
func (n not) Explain(e *Env) string { return "并非" + n.of.Explain(e) }
func (n not) compile(c *compiler) (passes, fails string) {
	holds, breaks := c.statement(n.of)
	return breaks, holds
}

type called struct {
	Statement
	name string
}

// Called gives a statement the words that people are shown instead of its parts; it prints
// whole.
func Called(name string, s Statement) Statement { return called{s, name} }

func (c called) String() string      { return c.name + "（" + c.Statement.String() + "）" }
func (c called) Explain(*Env) string { return c.name }

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
func (h has) Explain(*Env) string { return h.set.String() + "含" + h.word }
func (h has) compile(c *compiler) (passes, fails string) {
	cell := c.now(h.set)
	passes = holdsOne(cell, spellings(h.set, h.word))
	return passes, and(c.stated(h.set, cell), negated(passes))
}

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
	return m.date.String() + " " + m.date.instant(e).String() + " 在" + e.Period.Chinese() + "内"
}
func (m inMonth) compile(c *compiler) (passes, fails string) {
	date, start, end := m.date.compile(c), periodStart{}.compile(c), periodEnd{}.compile(c)
	inside := and(date.first+"<="+end.last, start.first+"<="+date.last)
	return where(date.known, inside), where(date.known, negated(inside))
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
	return outcome(value.isWhole() && value.sign() >= 0)
}
func (w wholeNumber) Explain(*Env) string { return "0或正整数" }
func (w wholeNumber) compile(c *compiler) (passes, fails string) {
	count := w.count.compile(c)
	whole := and(count.value+">=0", count.value+"=INT("+count.value+")")
	return where(count.known, whole), where(count.known, negated(whole))
}

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
func (m mentions) compile(c *compiler) (passes, fails string) {
	passes = contains(c.now(m.text.Column), m.word)
	return passes, negated(passes)
}

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
func (m means) compile(c *compiler) (passes, fails string) {
	passes = among(c.now(m.text.Column), spellings(m.text.Column, m.words...))
	return passes, negated(passes)
}
