package consolidate

import (
	"slices"

	"huizong/consolidate/identity"
	"huizong/internal/ledger"
)

// contradictions give the decisions that do not hold beside others, though both their rows stand:
// for the number of each those of the others. now has the projects of a register that was made
// with the decisions, by the keys of their rows; the decisions are by number, none overruled.
//
// What is different is never one, so that a Same can fail by a Different and other Sames, and it
// is the latest that fails; a part is no part of what is one with it or a part of it, so that a
// Part can fail by both.
func contradictions(now map[string][]*Project, decisions []ledger.Decision) map[int][]int {
	t := &trial{now: now, names: map[*Project]string{}, one: identity.NewGroups(func(a, b *Project) bool { return false }),
		byKey: newWays(), byProject: newWays(), apart: map[string][]int{}}
	var failed []ledger.Decision
	of := map[ledger.Verdict][]ledger.Decision{}
	for _, d := range decisions {
		if now[d.A.Key] == nil || now[d.B.Key] == nil {
			continue
		}
		of[d.Verdict] = append(of[d.Verdict], d)
		for _, key := range d.Pair() {
			t.names[now[key][0]] = key
		}
	}
	for i, d := range of[ledger.Different] {
		t.keepApart(i, d)
	}
	for _, within := range []bool{true, false} { // one form: what the register made of it is settled
		for _, d := range of[ledger.Same] {
			switch {
			case t.ofOneForm(d) != within:
			case within && t.shared(d) || !within && t.one.Join(t.now[d.A.Key][0], t.now[d.B.Key][0]):
				t.lead(d, true)
			default:
				failed = append(failed, d)
			}
		}
	}
	with := map[int][]int{}
	for _, d := range failed {
		with[d.Number] = t.against(d)
	}
	for _, d := range of[ledger.Part] {
		if t.byProject.lead(t.name(d.B.Key), t.name(d.A.Key)) {
			with[d.Number] = numbers(t.way(t.from(d.B.Key), d.A.Key))
		} else {
			t.lead(d, false)
		}
	}
	return with
}

// A trial holds decisions against one another.
type trial struct {
	now              map[string][]*Project
	names            map[*Project]string // of the keys that decisions speak of, one for each project
	one              *identity.Groups[*Project]
	byKey, byProject ways // by decisions that hold, alone and with rows that are one without being decided on
	different        []ledger.Decision
	apart            map[string][]int // by the name of a row: which of different speak of it
}

// name is the key that stands for all rows of a project.
func (t *trial) name(key string) string { return t.names[t.now[key][0]] }

// keepApart keeps the rows of a decision apart.
func (t *trial) keepApart(i int, d ledger.Decision) {
	t.one.Part(t.now[d.A.Key][0], t.now[d.B.Key][0])
	t.different = append(t.different, d)
	for _, key := range d.Pair() {
		t.apart[t.name(key)] = append(t.apart[t.name(key)], i)
	}
}

// lead notes that a decision holds: it leads from A to B, and back where both are one.
func (t *trial) lead(d ledger.Decision, back bool) {
	t.byKey.add(d.A.Key, d.B.Key, d.Number, back)
	t.byProject.add(t.name(d.A.Key), t.name(d.B.Key), d.Number, back)
}

func (t *trial) ofOneForm(d ledger.Decision) bool {
	return t.now[d.A.Key][0].Form == t.now[d.B.Key][0].Form
}

// shared reports whether rows of a decision are of one project.
func (t *trial) shared(d ledger.Decision) bool {
	return slices.ContainsFunc(t.now[d.A.Key], func(p *Project) bool { return slices.Contains(t.now[d.B.Key], p) })
}

// against are the numbers of the decisions that a Same fails by: a Different, and the Sames that
// lead to its rows; of several ways the shortest.
func (t *trial) against(d ledger.Decision) []int {
	var best []int
	a, b := t.from(d.A.Key), t.from(d.B.Key)
	for _, i := range t.speakingOf(a) {
		apart := t.different[i]
		for _, ends := range [][2]string{{apart.A.Key, apart.B.Key}, {apart.B.Key, apart.A.Key}} {
			if !t.leads(a, ends[0]) || !t.leads(b, ends[1]) {
				continue
			}
			if all := numbers(slices.Concat(t.way(a, ends[0]), t.way(b, ends[1]), []int{apart.Number})); best == nil || len(all) < len(best) {
				best = all
			}
		}
	}
	return best
}

// speakingOf are those of different that speak of a row that another leads to, ascending.
func (t *trial) speakingOf(r reach) []int {
	var all []int
	for name := range r.byProject {
		all = append(all, t.apart[name]...)
	}
	return numbers(all)
}

func numbers(all []int) []int {
	slices.Sort(all)
	return slices.Compact(all)
}

// A reach is where a row leads to.
type reach struct {
	from             string
	byKey, byProject map[string]step // by what is reached: the last step of the shortest way
}

func (t *trial) from(key string) reach {
	return reach{key, t.byKey.from(key), t.byProject.from(t.name(key))}
}

func (t *trial) leads(r reach, to string) bool {
	_, leads := r.byProject[t.name(to)]
	return leads
}

// way are the decisions that lead to a row, by what is one, and from parts to their wholes where parts
// lead. Where decisions alone do not lead there, rows that are one without being decided on do.
func (t *trial) way(r reach, to string) []int {
	if _, leads := r.byKey[to]; leads {
		return back(r.byKey, r.from, to)
	}
	return back(r.byProject, t.name(r.from), t.name(to))
}

func back(came map[string]step, from, to string) []int {
	var way []int
	for at := to; at != from; at = came[at].to {
		way = append(way, came[at].number)
	}
	return way
}

// A step leads to a row by a decision.
type step struct {
	to     string
	number int
}

// ways are the steps from each row, and those that lead to it.
type ways struct{ on, here map[string][]step }

func newWays() ways { return ways{map[string][]step{}, map[string][]step{}} }

func (w ways) add(from, to string, number int, back bool) {
	w.on[from], w.here[to] = append(w.on[from], step{to, number}), append(w.here[to], step{from, number})
	if back {
		w.add(to, from, number, false)
	}
}

// from are the shortest ways from a row to all that it leads to.
func (w ways) from(from string) map[string]step {
	came := map[string]step{from: {}} // where from, by which decision
	for next := []string{from}; len(next) > 0; next = next[1:] {
		for _, s := range w.on[next[0]] {
			if _, seen := came[s.to]; !seen {
				came[s.to] = step{next[0], s.number}
				next = append(next, s.to)
			}
		}
	}
	return came
}

// lead reports whether there is a way. It is looked for from both ends by turns, since most rows lead
// nowhere, or nothing leads to them, however long the ways are.
func (w ways) lead(from, to string) bool {
	if from == to {
		return true
	}
	sides := [2]struct {
		steps map[string][]step
		seen  map[string]bool
		next  []string
	}{{w.on, map[string]bool{from: true}, []string{from}}, {w.here, map[string]bool{to: true}, []string{to}}}
	for {
		for turn := range sides {
			side, other := &sides[turn], &sides[1-turn]
			if len(side.next) == 0 {
				return false
			}
			at := side.next[0]
			side.next = side.next[1:]
			for _, s := range side.steps[at] {
				if other.seen[s.to] {
					return true
				}
				if !side.seen[s.to] {
					side.seen[s.to] = true
					side.next = append(side.next, s.to)
				}
			}
		}
	}
}
