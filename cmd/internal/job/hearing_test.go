package job

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/importer"
	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// Departments report projects of one owner. Rows of one name are one project, but for those of which one total is more
// than twice the other: one in between goes with the first, or, where that is decided otherwise, with the other.
var (
	heardUnits = []string{Trade, Housing, Traffic}
	heardNames = []string{"物流园", "冷库", "自来水厂"}
	between    = []string{"100", "180", "300"}
)

// A heardMonth is a month in which answers are heard.
type heardMonth struct {
	*consolidate.Month
	keys map[string]string // by name, or department and name
	log  *store.DecisionLog
}

// answering makes a month of an idea of each name and department, called as name says and with a total, and of a
// key project of each department; and then the same with decisions.
func answering(t Fataler, name, total func(n, u int) string, log *store.DecisionLog, decided ...exchange) *heardMonth {
	t.Helper()
	var returns []*ledger.Return
	for u, unit := range heardUnits {
		var ideas []ledger.Record
		for n := range heardNames {
			ideas = append(ideas, Idea(5+n, name(n, u), total(n, u), "owner=城投公司"))
		}
		returns = append(returns, Sent(june, Reserve, unit, "储备"+unit, ideas...), Sent(june, Progress, unit, "进展"+unit, Works(5, heardNames[u]+"建设", "7")))
	}
	for i, r := range returns {
		returns[i] = consolidate.Apply(r, nil)
	}
	m := &heardMonth{keys: map[string]string{}, log: log}
	make := func(decisions []ledger.Decision) {
		in := consolidate.Input{County: Chenggu, Period: june, Returns: returns, History: consolidate.NewHistory(Chenggu), Decisions: decisions}
		var err error
		if m.Month, err = consolidate.Reconcile(in); err != nil {
			t.Fatal(err)
		}
	}
	make(nil)
	for i := range m.Standing {
		row := &m.Standing[i]
		name := form.ByID(row.Form).Name(row.Record)
		if row.Form == Reserve.ID {
			name = row.Department + name
		}
		m.keys[name] = m.Register.Key(row)
	}
	var decisions []ledger.Decision
	for i, x := range decided {
		decisions = append(decisions, m.decision(x, i+1))
	}
	make(decisions)
	return m
}

// An exchange is what is said of two rows.
type exchange struct {
	A, B    string
	Verdict ledger.Verdict
}

func (m *heardMonth) decision(x exchange, number int) ledger.Decision {
	return ledger.Decision{Number: number, A: ledger.Party{Key: m.keys[x.A], Name: x.A}, B: ledger.Party{Key: m.keys[x.B], Name: x.B}, Verdict: x.Verdict}
}

// replies are the lines of a sheet.
func (m *heardMonth) replies(all []exchange) []importer.Reply {
	replies := make([]importer.Reply, len(all))
	for i, x := range all {
		replies[i] = importer.Reply{Decision: m.decision(x, 0), Entity: fmt.Sprintf("%s %s %s", x.A, x.Verdict, x.B), Row: i + 3}
	}
	return replies
}

// exchanges draws what is said of up to so many pairs of rows, of each pair once.
func exchanges(t *rapid.T, what string, most int, names []string) []exchange {
	one := rapid.Custom(func(t *rapid.T) exchange {
		pair := rapid.Permutation(names).Draw(t, "pair")
		return exchange{pair[0], pair[1], rapid.SampledFrom([]ledger.Verdict{ledger.Same, ledger.Different, ledger.Part}).Draw(t, "verdict")}
	})
	return rapid.SliceOfNDistinct(one, 0, most, exchange.pair).Draw(t, what)
}

func (x exchange) pair() [2]string { return [2]string{min(x.A, x.B), max(x.A, x.B)} }

// A heard is what became of answers.
type heard struct {
	Taken   []ledger.Decision
	Refused []string
}

// together hears answers as a run does.
func (m *heardMonth) together(replies []importer.Reply) heard {
	h := hearing{month: m.Month, log: m.log}
	h.hear(slices.Clone(replies))
	return heard{h.taken, refusals(h.refused)}
}

// oneByOne hears each answer beside those taken before it.
func (m *heardMonth) oneByOne(replies []importer.Reply) heard {
	var taken []ledger.Decision
	var refused []ledger.Finding
	for _, r := range replies {
		r.Number = m.log.Next() + len(taken)
		if others := upset(m.Month, append(slices.Clone(taken), r.Decision)...); others != nil {
			refused = append(refused, r.Finding(importer.ReplyContradicts, agreement(others)))
		} else {
			taken = append(taken, r.Decision)
		}
	}
	return heard{taken, refusals(refused)}
}

func refusals(all []ledger.Finding) []string {
	lines := make([]string, len(all))
	for i, f := range all {
		lines[i] = fmt.Sprintf("%d %s：%s", f.Row, f.Entity, f.Expected)
	}
	return lines
}

// logAfter is the log after so many decisions.
func logAfter(t *testing.T, decisions int) *store.DecisionLog {
	t.Helper()
	j := open(t)
	lock := take(t, j)
	defer lock.Release()
	for i := range decisions {
		d := ledger.Decision{A: ledger.Party{Key: fmt.Sprint(i)}, B: ledger.Party{Key: "b"}, Verdict: ledger.Same}
		if _, err := lock.Decide(t.Context(), []ledger.Decision{d}); err != nil {
			t.Fatal(err)
		}
	}
	log, err := j.db.DecisionLog(t.Context(), j.county.Region)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// circlesOf counts the circles that answers are first heard in, and says whether these turn out to depend on one another.
func (m *heardMonth) circlesOf(replies []importer.Reply) (n int, dependent bool) {
	if len(replies) == 0 {
		return 0, false
	}
	replies = slices.Clone(replies)
	for i := range replies {
		replies[i].Number = m.log.Next() + i
	}
	h := hearing{month: m.Month, log: m.log}
	near, first := h.near(replies), map[string]bool{}
	for _, r := range replies {
		first[near.First(r.A.Key)] = true
	}
	return len(first), h.circles(near, replies) == nil
}

const decidedBefore = 3

// Where all that is one is decided, hearing together takes the answers, with the numbers, and refuses those, for
// the reasons, that hearing each beside those before it does.
func TestHearingTogetherIsHearingOneByOne(t *testing.T) {
	log := logAfter(t, decidedBefore)
	name := func(n, u int) string { return heardNames[n] + []string{"一", "二", "三"}[u] + "号" }
	names := []string{heardNames[0] + "建设", heardNames[1] + "建设", heardNames[2] + "建设"}
	for u, unit := range heardUnits {
		for n := range heardNames {
			names = append(names, unit+name(n, u))
		}
	}
	var refused, apart int
	rapid.Check(t, func(t *rapid.T) {
		before := exchanges(t, "decisions", decidedBefore, names)
		m := answering(t, name, func(n, u int) string { return fmt.Sprint(100 + 10*n + u) }, log, before...)
		answers := slices.DeleteFunc(exchanges(t, "answers", 10, names), func(x exchange) bool {
			return slices.ContainsFunc(before, func(b exchange) bool { return b.pair() == x.pair() })
		})
		replies := m.replies(answers)
		want := m.oneByOne(replies)
		if diff := cmp.Diff(want, m.together(replies)); diff != "" {
			t.Fatalf("(-one by one +together)\n%s", diff)
		}
		if circles, _ := m.circlesOf(replies); circles > 1 && len(want.Refused) > 0 {
			apart++
		}
		refused += len(want.Refused)
	})
	t.Logf("%d answers were refused, %d times beside others that have nothing to do with them", refused, apart)
	if refused == 0 && !testing.Short() { // which tries few
		t.Error("no answer was refused")
	}
}

// Where answers free rows that then go with others, what one line upsets another may mend: all that is taken holds as
// a whole, whatever is heard first, and nothing is refused where all would hold.
func TestWhatIsHeardHoldsAsAWhole(t *testing.T) {
	log := logAfter(t, decidedBefore)
	name := func(n, u int) string { return heardNames[n] }
	var names []string
	for _, name := range heardNames {
		names = append(names, name+"建设")
		for _, unit := range heardUnits {
			names = append(names, unit+name)
		}
	}
	refused := 0
	rapid.Check(t, func(t *rapid.T) {
		totals := rapid.SliceOfN(rapid.SampledFrom(between), 9, 9).Draw(t, "totals")
		m := answering(t, name, func(n, u int) string { return totals[3*n+u] }, log, exchanges(t, "decisions", decidedBefore, names)...)
		replies := m.replies(exchanges(t, "answers", 10, names))
		got, all := m.together(replies), make([]ledger.Decision, len(replies))
		for i, r := range replies {
			all[i] = r.Decision
			all[i].Number = log.Next() + i
		}
		if len(got.Taken)+len(got.Refused) != len(all) {
			t.Fatalf("of %d answers %d are taken and %d refused", len(all), len(got.Taken), len(got.Refused))
		}
		for i, d := range got.Taken {
			if d.Number != log.Next()+i || i > 0 && indexOf(all, d) <= indexOf(all, got.Taken[i-1]) {
				t.Fatalf("taken is %v", got.Taken)
			}
		}
		if len(got.Taken) > 0 {
			if others := upset(m.Month, got.Taken...); others != nil {
				t.Fatalf("%v upsets %v", got.Taken, others)
			}
		}
		if len(got.Refused) > 0 && upset(m.Month, all...) == nil {
			t.Fatalf("all would hold, and %v is refused", got.Refused)
		}
		refused += len(got.Refused)
	})
	if refused == 0 && !testing.Short() {
		t.Error("no answer was ever refused")
	}
}

// indexOf is where an answer stands among all, by what it says.
func indexOf(all []ledger.Decision, d ledger.Decision) int {
	return slices.IndexFunc(all, func(other ledger.Decision) bool { return other.Saying() == d.Saying() })
}

// Answers of two circles may turn out to contradict one another, where rows that answers free go with others: they are
// heard as one circle, and the later is refused.
func TestCirclesThatDependOnOneAnother(t *testing.T) {
	m := answering(t, func(n, u int) string { return heardNames[n] }, func(_, u int) string { return between[u] }, logAfter(t, 0))
	const first, middle, last = Trade, Housing, Traffic
	for _, test := range []struct {
		name    string
		answers []exchange
		refused []string
	}{
		{"parts of one another", []exchange{
			{first + "物流园", middle + "物流园", ledger.Different}, {first + "冷库", middle + "冷库", ledger.Different},
			{middle + "物流园", middle + "冷库", ledger.Part}, {last + "冷库", last + "物流园", ledger.Part},
		}, []string{"6 交通运输局冷库 part 交通运输局物流园：与第3号（属于）不矛盾"}},
		{"rows are freed last", []exchange{
			{middle + "物流园", middle + "冷库", ledger.Part}, {last + "冷库", last + "物流园", ledger.Part},
			{first + "物流园", middle + "物流园", ledger.Different}, {first + "冷库", middle + "冷库", ledger.Different},
		}, []string{"6 经济贸易局冷库 different 住房和城乡建设局冷库：与第1号（属于）、第2号（属于）不矛盾"}},
		{"beside what has nothing to do with them", []exchange{
			{first + "物流园", middle + "物流园", ledger.Different}, {"冷库建设", "物流园建设", ledger.Same}, {first + "冷库", middle + "冷库", ledger.Different},
			{middle + "物流园", middle + "冷库", ledger.Part}, {last + "冷库", last + "物流园", ledger.Part},
			{"自来水厂建设", "冷库建设", ledger.Different}, {"自来水厂建设", "物流园建设", ledger.Same},
		}, []string{"7 交通运输局冷库 part 交通运输局物流园：与第4号（属于）不矛盾", "9 自来水厂建设 same 物流园建设：与第2号（同一）、第5号（不同）不矛盾"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			replies := m.replies(test.answers)
			if n, dependent := m.circlesOf(replies); n < 2 || !dependent {
				t.Fatalf("there are %d circles, dependent: %v", n, dependent)
			}
			got := m.together(replies)
			if diff := cmp.Diff(test.refused, got.Refused); diff != "" {
				t.Errorf("refused (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(m.oneByOne(replies), got); diff != "" {
				t.Errorf("(-one by one +together)\n%s", diff)
			}
		})
	}
}
