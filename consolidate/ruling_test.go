package consolidate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// ruledMonth has the rows A to D of the reserve and P and Q of the key projects, no two alike, then
// E and F, which are one by name and owner; G stood in May.
func ruledMonth(t Fataler, decisions ...ledger.Decision) (m *Month, keys map[string]string) {
	before := merged(t, May, nil, Sent(May, Reserve, Housing, "g", Idea(5, "垃圾填埋场", "70")))
	reserve := Sent(June, Reserve, Trade, "a", Idea(5, "物流园", "8"), Idea(6, "自来水厂", "90"), Idea(7, "航空产业园", "1000"), Idea(8, "橘园路网", "33"), Idea(9, "冷库", "5"))
	town := Sent(June, Reserve, Town, "b", Idea(5, "冷库", "5"))
	progress := Sent(June, Progress, Trade, "c", Record(Progress, 5, "name=北环路", "total=7"), Record(Progress, 6, "name=体育馆", "total=66"))
	m = decidedMonth(t, before, decisions, reserve, town, progress)
	keys = map[string]string{"X": "000000000000"}
	for i, name := range []string{"A", "B", "C", "D", "E"} {
		keys[name] = m.Register.Key(standingAt(t, m, "reserve", Trade, i))
	}
	keys["F"] = m.Register.Key(standingAt(t, m, "reserve", Town, 0))
	keys["P"], keys["Q"] = m.Register.Key(standingAt(t, m, "progress", Trade, 0)), m.Register.Key(standingAt(t, m, "progress", Trade, 1))
	keys["G"] = m.Register.Key(&before.Standing[0])
	return m, keys
}

func standingAt(t Fataler, m *Month, form, department string, n int) *ledger.Standing {
	t.Helper()
	for i := range m.Standing {
		if s := &m.Standing[i]; s.Form == form && s.Department == department {
			if n--; n < 0 {
				return s
			}
		}
	}
	t.Fatal("no such row")
	return nil
}

// decisionsOf reads decisions like A=B, A≠C and A⊂B, numbered from 1.
func decisionsOf(keys map[string]string, text string) []ledger.Decision {
	var all []ledger.Decision
	for i, word := range strings.Fields(text) {
		for sign, verdict := range map[string]ledger.Verdict{"=": ledger.Same, "≠": ledger.Different, "⊂": ledger.Part} {
			if a, b, is := strings.Cut(word, sign); is {
				all = append(all, ledger.Decision{Number: i + 1, A: ledger.Party{Key: keys[a]}, B: ledger.Party{Key: keys[b]}, Verdict: verdict})
			}
		}
	}
	return all
}

// notInForce are the rulings of a month that are not in force.
func notInForce(all []Ruling) string {
	var words []string
	for _, r := range all {
		if r.State != InForce {
			words = append(words, strings.TrimSuffix(fmt.Sprintf("%d %s %v", r.Number, r.State, r.With), " []"))
		}
	}
	return strings.Join(words, "; ")
}

func TestRulings(t *testing.T) {
	for _, test := range []struct{ name, decisions, want string }{
		{"nothing to say", "A=B C≠D D⊂B", ""},
		{"a later decision on the pair", "A=B B≠A", "1 overruled [2]"},
		{"the last but one said otherwise", "A=B A≠B B=A", "1 overruled [2]; 2 overruled [3]"},
		{"the same again", "A=B B=A", ""},
		{"a part, then one", "A⊂B A=B", "1 overruled [2]"},
		{"a key of no row", "A=X A=B", "1 stale"},
		{"a key of no row, overruled", "A=X A≠X", "1 overruled [2]; 2 stale"},
		{"a row of the month before", "A=G", ""},
		{"three that cannot be", "A=B B=C A≠C", "2 contradicted [1 3]"},
		{"the difference comes first", "A≠C B=C A=B", "3 contradicted [1 2]"},
		{"over four", "A=B C=D B=C A≠D", "3 contradicted [1 2 4]"},
		{"the shorter way is told", "A=B B=C C=D A≠D A≠C", "2 contradicted [1 5]"},
		{"of two ways the first is told", "A≠C A≠D B=C B=D A=B", "5 contradicted [1 3]"},
		{"what is one by itself", "A=E A≠F", ""}, // E and F are kept apart by it
		{"a part of itself", "A⊂A", "1 contradicted"},
		{"a part of its part", "A⊂B B⊂A", "2 contradicted [1]"},
		{"a part of its part, which was taken back", "A⊂B A=B B⊂A", "1 overruled [2]; 2 overruled [3]"},
		{"parts in a ring", "A⊂B B⊂C C⊂A", "3 contradicted [1 2]"},
		{"parts in a longer ring", "A⊂B B⊂C C⊂D D⊂A", "4 contradicted [1 2 3]"},
		{"a ring over what is one", "A⊂B B=C C⊂D D⊂A", "4 contradicted [1 2 3]"},
		{"a ring over what is one by itself", "E⊂B B⊂F", "2 contradicted [1]"},
		{"a part of what it is one with", "A=B B=C A⊂C", "3 contradicted [1 2]"},
		{"decided to be one afterwards", "A⊂C A=B B=C", "1 contradicted [2 3]"},
		{"a part keeps apart what is alike", "E⊂F", ""},
		{"two forms", "A=P B=P A≠Q", ""},
		{"two forms that cannot be", "A=P B=P A≠B", "2 contradicted [1 3]"},
		{"two forms, different", "A=P A=B B≠P", "1 contradicted [2 3]"},
		{"two forms, by what is one by itself", "E=P F≠P", "1 contradicted [2]"},
		{"a part of what the other form makes it one with", "A=P B=P A⊂B", "3 contradicted [1 2]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, keys := ruledMonth(t)
			m, _ := ruledMonth(t, decisionsOf(keys, test.decisions)...)
			if got := notInForce(m.Rulings); got != test.want {
				t.Errorf("%s: %s, want %s", test.decisions, got, test.want)
			}
		})
	}
}

// What a new decision would upset is known before it is recorded.
func TestUpset(t *testing.T) {
	_, keys := ruledMonth(t)
	for _, test := range []struct{ name, before, more, want string }{
		{"nothing", "A=B", "C=D", ""},
		{"an older one", "A=B B=C", "A≠C", "2 contradicted [1 3]"},
		{"itself", "A=B A≠C", "B=C", "3 contradicted [1 2]"},
		{"what was upset before", "A=B B=C A≠C", "A=D", ""},
		{"one that overrules", "A=B", "A≠B", ""},
	} {
		all := decisionsOf(keys, test.before+" "+test.more)
		last := len(all) - 1
		m, _ := ruledMonth(t, all[:last]...)
		if got := notInForce(m.Upset(all[last:]...)); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// Rulings do not depend on the order in which decisions are given, and what is contradicted is of
// no effect: without it the month is the same.
func TestRulingsDoNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, keys := ruledMonth(t)
		names := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"A", "B", "C", "E", "F", "P", "X"}), 4, 4, rapid.ID).Draw(t, "rows")
		var words []string
		for range rapid.IntRange(0, 7).Draw(t, "decisions") {
			pair := rapid.Permutation(names).Draw(t, "pair")
			words = append(words, pair[0]+rapid.SampledFrom([]string{"=", "=", "≠", "⊂"}).Draw(t, "verdict")+pair[1])
		}
		decisions := decisionsOf(keys, strings.Join(words, " "))
		m, _ := ruledMonth(t, decisions...)
		given := slices.Clone(decisions)
		if len(given) > 0 {
			given = rapid.Permutation(given).Draw(t, "given")
		}
		again, _ := ruledMonth(t, given...)
		if diff := cmp.Diff(fmt.Sprint(m.Rulings), fmt.Sprint(again.Rulings)); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(resolved(m), resolved(again)); diff != "" {
			t.Fatal(diff)
		}
		idle := map[int]bool{}
		for _, r := range m.Rulings {
			idle[r.Number] = r.Verdict == ledger.Same && (r.State == Contradicted || r.State == Stale)
		}
		for _, r := range m.Rulings {
			if r.State == Replaced { // what it was overruled by is of effect in that
				idle[r.With[0]] = false
			}
		}
		without, _ := ruledMonth(t, slices.DeleteFunc(decisions, func(d ledger.Decision) bool { return idle[d.Number] })...)
		if diff := cmp.Diff(projectsOf(m), projectsOf(without)); diff != "" {
			t.Fatalf("%v: %v %s", words, notInForce(m.Rulings), diff)
		}
	})
}

// projectsOf tells which rows are one.
func projectsOf(m *Month) []string {
	var all []string
	for _, form := range []string{"reserve", "progress"} {
		for _, p := range m.Register.Projects[form] {
			line := ""
			for _, row := range p.Rows() {
				line += row.Department + " " + row.Entity + " "
			}
			all = append(all, line)
		}
	}
	return all
}

// A rename that was decided is settled once the old row has gone from the months that are known; with a row
// of another department, or of nobody, the decision is stale.
func TestSettled(t *testing.T) {
	for _, test := range []struct {
		name, department string
		verdict          ledger.Verdict
		want             State
	}{
		{"its own former row", Trade, ledger.Same, Settled}, {"a part of its former whole", Trade, ledger.Part, Settled},
		{"its own, kept apart", Trade, ledger.Different, Stale}, {"of another department", Town, ledger.Same, Stale}, {"of nobody known", "", ledger.Same, Stale},
	} {
		m, keys := ruledMonth(t)
		d := ledger.Decision{Number: 1, A: ledger.Party{Key: keys["A"], Department: Trade}, B: ledger.Party{Key: keys["X"], Department: test.department},
			Verdict: test.verdict}
		if all := m.Rule(d); all[0].State != test.want {
			t.Errorf("%s: %s, want %s", test.name, all[0].State, test.want)
		}
	}
}

// What a ruling is called and says, with the numbers of others.
func TestRulingsInWords(t *testing.T) {
	for _, test := range []struct {
		state       State
		with        []int
		in, says    string
		english     string
		englishSays string
	}{
		{InForce, nil, "有效", "", "in force", ""},
		{Replaced, []int{3}, "已被取代", "已被第3号取代", "overruled", "overruled by no. 3"},
		{Stale, nil, "已不在册", "所涉的行本月已不在册，未起作用", "stale", "a row of it no longer stands: it has no effect"},
		{Settled, nil, "已办结", "已办结，一行早已由另一行接替", "settled", "settled: one row has long taken the place of the other"},
		{Contradicted, []int{1, 4}, "相互矛盾", "与第1号、第4号相互矛盾，未生效", "contradicted", "it contradicts no. 1, no. 4 and has no effect"},
	} {
		r := Ruling{State: test.state, With: test.with}
		if r.State.In(ledger.Chinese) != test.in || r.Says(ledger.Chinese) != test.says || r.State.In(ledger.English) != test.english ||
			r.Says(ledger.English) != test.englishSays {
			t.Errorf("%s: %s, %s", test.state, r.Says(ledger.Chinese), r.Says(ledger.English))
		}
	}
}

// A pair counts as decided on once, whichever row is named first.
func TestDecided(t *testing.T) {
	_, keys := ruledMonth(t)
	m, _ := ruledMonth(t, decisionsOf(keys, "A=B B≠A C=D A⊂C")...)
	if got := m.Decided(); got != 3 {
		t.Errorf("%d pairs", got)
	}
}

// The forms that a decision is on are known as long as a month that is known has its rows, A's first.
func TestFormsOfRulings(t *testing.T) {
	first := merged(t, April, nil, Sent(April, Progress, Trade, "april", Record(Progress, 5, "name=北环路", "total=7")))
	obstacles := form.Obstacles.Number.Form
	second := merged(t, May, nil, Sent(May, Reserve, Trade, "may", Idea(5, "冷库", "5")),
		Sent(May, obstacles, Trade, "problems", Record(obstacles, 5, "number=1", "state=销号")))
	m := merged(t, June, after(second, first), Sent(June, Reserve, Trade, "june", Idea(5, "物流园", "8")))
	keys := map[string]string{"April": m.Register.Key(&first.Standing[0]), "May": m.Register.Key(&second.Standing[0]), "X": "000000000000",
		"problem": m.Register.Key(standingAt(t, second, obstacles.ID, Trade, 0))}
	for i := range m.Standing {
		if !m.Standing[i].Carried() {
			keys["June"] = m.Register.Key(&m.Standing[i])
		}
	}
	for _, test := range []struct {
		decision string
		month    *Month
		want     []*form.Form
		state    State
	}{
		{"June=May", m, []*form.Form{Reserve}, InForce},
		{"June=April", m, []*form.Form{Reserve, Progress}, Stale},
		{"April≠June", m, []*form.Form{Progress, Reserve}, Stale},
		{"April≠X", m, []*form.Form{Progress}, Stale},
		{"June=problem", m, []*form.Form{Reserve}, Stale}, // which is no project
		{"X=X", m, nil, Stale},
		{"April=X", first, []*form.Form{Progress}, Stale}, // there was no month before
	} {
		all := test.month.Rule(decisionsOf(keys, test.decision)...)
		if len(all) != 1 || all[0].State != test.state || !slices.Equal(all[0].Forms, test.want) {
			t.Errorf("%s: %v", test.decision, all)
		}
	}
}

// What people decided is a part counts with its whole, whichever came first; a whole is no part of its own part.
func TestDecidedParts(t *testing.T) {
	_, keys := ruledMonth(t)
	for decisions, want := range map[string]map[string]string{
		"A⊂B":         {"物流园": "自来水厂"},
		"B⊂A":         {"自来水厂": "物流园"},
		"A⊂B B⊂C":     {"物流园": "自来水厂", "自来水厂": "航空产业园"},
		"A⊂B B⊂C C⊂A": {"物流园": "自来水厂", "自来水厂": "航空产业园"},
		"A⊂B A≠B":     {},
		"A⊂P":         {},
	} {
		m, _ := ruledMonth(t, decisionsOf(keys, decisions)...)
		got := map[string]string{}
		for _, p := range m.Register.Projects["reserve"] {
			if !p.Counts() {
				got[p.Name()] = p.Parent.Name()
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", decisions, diff)
		}
	}
}
