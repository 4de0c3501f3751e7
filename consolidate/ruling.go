package consolidate

import (
	"cmp"
	"slices"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A State says what a decision comes to in a month.
type State string

// The states of decisions.
const (
	InForce      State = "in-force"     // 有效
	Replaced     State = "overruled"    // a later decision on the pair says otherwise
	Stale        State = "stale"        // a key that no row of the month bears, nor of the month before
	Settled      State = "settled"      // one row has long taken the place of the other, as was decided
	Contradicted State = "contradicted" // it cannot hold beside others
)

// A Ruling is a decision and what it comes to in a month.
type Ruling struct {
	ledger.Decision
	State State
	With  []int        // numbers of the decisions that overrule it, or that it contradicts
	Forms []*form.Form // that its rows are of, A's first, as far as the months that are known tell
}

var (
	stateWords = map[State]ledger.Phrase{
		InForce: {"有效", "in force"}, Replaced: {"已被取代", "overruled"}, Stale: {"已不在册", "stale"}, Settled: {"已办结", "settled"}, Contradicted: {"相互矛盾", "contradicted"},
	}
	overruledBy      = ledger.Phrase{"已被%s取代", "overruled by %s"}
	noLongerStands   = ledger.Phrase{"所涉的行本月已不在册，未起作用", "a row of it no longer stands: it has no effect"}
	takenPlace       = ledger.Phrase{"已办结，一行早已由另一行接替", "settled: one row has long taken the place of the other"}
	contradicts      = ledger.Phrase{"与%s相互矛盾，未生效", "it contradicts %s and has no effect"}
	decisionOfNumber = ledger.Phrase{"第%d号", "no. %d"}
	betweenNumbers   = ledger.Phrase{"、", ", "}
)

// In is the state in a word.
func (s State) In(lang ledger.Lang) string { return stateWords[s].In(lang) }

// Says is the state in a sentence, with the numbers of the others; blank where the decision is
// in force.
func (r Ruling) Says(lang ledger.Lang) string {
	switch r.State {
	case Replaced:
		return overruledBy.Format(lang, Numbers(r.With, lang))
	case Stale:
		return noLongerStands.In(lang)
	case Settled:
		return takenPlace.In(lang)
	case Contradicted:
		return contradicts.Format(lang, Numbers(r.With, lang))
	}
	return ""
}

// Numbers are decisions as people name them: 第1号、第3号.
func Numbers(all []int, lang ledger.Lang) string {
	words := make([]string, len(all))
	for i, number := range all {
		words[i] = decisionOfNumber.Format(lang, number)
	}
	return strings.Join(words, betweenNumbers.In(lang))
}

// Rule says of each decision, by number, what it comes to in the month with more decisions,
// which count as later than those of the month by their numbers.
func (m *Month) Rule(more ...ledger.Decision) []Ruling {
	all := make([]ledger.Decision, 0, len(m.Rulings)+len(more))
	for _, r := range m.Rulings {
		all = append(all, r.Decision)
	}
	all = append(all, more...)
	return rulings(NewRegister(m.County, m.Period, m.Standing, all...), m.History, all)
}

// Upset are the rulings that more decisions would bring to contradict others: the new ones that
// cannot hold, and those of the month that held before.
func (m *Month) Upset(more ...ledger.Decision) []Ruling {
	was := map[int]State{}
	for _, r := range m.Rulings {
		was[r.Number] = r.State
	}
	return slices.DeleteFunc(m.Rule(more...), func(r Ruling) bool {
		return r.State != Contradicted || was[r.Number] == Contradicted
	})
}

// Decided counts the pairs that were decided on.
func (m *Month) Decided() int {
	pairs := map[[2]string]bool{}
	for _, r := range m.Rulings {
		pairs[r.Pair()] = true
	}
	return len(pairs)
}

// Places tell where the rows stand that keys speak of.
type Places struct {
	register *Register
	history  *History
	now      map[string][]*Project
	then     []map[string]*form.Form // by month, the one before first, as far back as anybody asked
}

// Places finds the rows of all keys of the month and of those known before it.
func (m *Month) Places() *Places { return placesOf(m.Register, m.History) }

func placesOf(g *Register, h *History) *Places {
	p := &Places{register: g, history: h, now: map[string][]*Project{}}
	for _, f := range form.All() {
		if f.ProjectCode == nil {
			continue
		}
		for _, project := range g.Projects[f.ID] {
			for _, row := range project.Rows() {
				key := g.Key(row)
				p.now[key] = append(p.now[key], project)
			}
		}
	}
	return p
}

// formThen is that of the row that bore a key some months ago, 1 being the month before; nil if
// none did.
func (p *Places) formThen(months int, key string) *form.Form {
	for len(p.then) < months && len(p.then) < len(p.history.months) {
		forms := map[string]*form.Form{}
		for row := range p.history.months[len(p.then)].all() {
			if f := form.ByID(row.Form); f.ProjectCode != nil {
				forms[p.register.Key(row)] = f
			}
		}
		p.then = append(p.then, forms)
	}
	if months > len(p.then) {
		return nil
	}
	return p.then[months-1][key]
}

// Bears reports whether a row of the month or of the month before bears a key.
func (p *Places) Bears(key string) bool {
	return p.now[key] != nil || p.formThen(1, key) != nil
}

// Form is that of the row of a key; nil where no month that is known has one.
func (p *Places) Form(key string) *form.Form {
	if now := p.now[key]; now != nil {
		return now[0].Form
	}
	for months := range p.history.months {
		if f := p.formThen(months+1, key); f != nil {
			return f
		}
	}
	return nil
}

// rulings say what the decisions come to in a register that was made with them, by number.
func rulings(g *Register, h *History, decisions []ledger.Decision) []Ruling {
	if len(decisions) == 0 {
		return nil
	}
	places, overruled := placesOf(g, h), overrulings(decisions)
	decisions = slices.SortedFunc(slices.Values(decisions), func(a, b ledger.Decision) int { return cmp.Compare(a.Number, b.Number) })
	contradicted := contradictions(places.now, slices.DeleteFunc(slices.Clone(decisions), func(d ledger.Decision) bool { return overruled[d.Number] != 0 }))
	all := make([]Ruling, len(decisions))
	for i, d := range decisions {
		r := Ruling{Decision: d, State: InForce}
		for _, party := range []ledger.Party{d.A, d.B} {
			if f := places.Form(party.Key); f != nil && !slices.Contains(r.Forms, f) {
				r.Forms = append(r.Forms, f)
			}
		}
		with, isContradicted := contradicted[d.Number]
		switch {
		case overruled[d.Number] != 0:
			r.State, r.With = Replaced, []int{overruled[d.Number]}
		case tookPlace(places, d):
			r.State = Settled
		case !places.Bears(d.A.Key) || !places.Bears(d.B.Key):
			r.State = Stale
		case isContradicted:
			r.State, r.With = Contradicted, with
		}
		all[i] = r
	}
	return all
}

// tookPlace reports whether a row that stands has, as was decided, the place of one of its own department
// that stands no more: there is nothing left to do.
func tookPlace(places *Places, d ledger.Decision) bool {
	return d.Verdict != ledger.Different && d.A.Department != "" && d.A.Department == d.B.Department && places.Bears(d.A.Key) != places.Bears(d.B.Key)
}

// overrulings give for the number of each decision that no longer holds that of the last one on its
// pair that says otherwise. A part of which the whole is said to be a part is contradicted instead.
func overrulings(decisions []ledger.Decision) map[int]int {
	last := map[[2]string]map[ledger.Verdict]int{}
	for _, d := range decisions {
		if last[d.Pair()] == nil {
			last[d.Pair()] = map[ledger.Verdict]int{}
		}
		last[d.Pair()][d.Verdict] = max(last[d.Pair()][d.Verdict], d.Number)
	}
	by := map[int]int{}
	for _, d := range decisions {
		for verdict, number := range last[d.Pair()] {
			if number > d.Number && verdict != d.Verdict {
				by[d.Number] = max(by[d.Number], number)
			}
		}
	}
	return by
}
