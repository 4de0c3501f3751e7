package consolidate

import (
	"cmp"
	"slices"

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
	t := &trial{now: now, one: map[*Project]*Project{}, names: map[*Project]string{}}
	var failed []ledger.Decision
	of := map[ledger.Verdict][]ledger.Decision{}
	for _, d := range decisions {
		if now[d.A.Key] == nil || now[d.B.Key] == nil {
			continue
		}
		of[d.Verdict] = append(of[d.Verdict], d)
		for _, key := range d.Pair() {
			t.names[now[key][0]] = cmp.Or(t.names[now[key][0]], key)
		}
	}
	t.different = of[ledger.Different]
	for _, within := range []bool{true, false} { // one form: what the register made of it is settled
		for _, d := range of[ledger.Same] {
			switch {
			case t.ofOneForm(d) != within:
			case within && t.shared(d) || !within && t.joined(d):
				t.same = append(t.same, d)
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
		if way, closes := t.way(d.B.Key, d.A.Key, true); closes {
			with[d.Number] = numbers(way)
		} else {
			t.parts = append(t.parts, d)
		}
	}
	return with
}

// A trial holds decisions against one another.
type trial struct {
	now       map[string][]*Project
	names     map[*Project]string // of the keys that decisions speak of, one for each project
	one       map[*Project]*Project
	different []ledger.Decision
	same      []ledger.Decision // those that hold
	parts     []ledger.Decision
}

func (t *trial) ofOneForm(d ledger.Decision) bool {
	return t.now[d.A.Key][0].Form == t.now[d.B.Key][0].Form
}

// shared reports whether rows of a decision are of one project.
func (t *trial) shared(d ledger.Decision) bool {
	return slices.ContainsFunc(t.now[d.A.Key], func(p *Project) bool { return slices.Contains(t.now[d.B.Key], p) })
}

// joined brings together projects of two forms, unless that would bring together what is kept
// apart.
func (t *trial) joined(d ledger.Decision) bool {
	a, b := t.find(d.A.Key), t.find(d.B.Key)
	for _, apart := range t.different {
		x, y := t.find(apart.A.Key), t.find(apart.B.Key)
		if a != b && (a == x && b == y || a == y && b == x) {
			return false
		}
	}
	if a != b {
		t.one[a] = b
	}
	return true
}

// find gives for a key the project that stands for all that are one with its own.
func (t *trial) find(key string) *Project {
	p := t.now[key][0]
	for t.one[p] != nil {
		p = t.one[p]
	}
	return p
}

// against are the numbers of the decisions that a Same fails by: a Different, and the Sames that
// lead to its rows; of several ways the shortest.
func (t *trial) against(d ledger.Decision) []int {
	var best []int
	for _, apart := range t.different {
		for _, ends := range [][2]string{{apart.A.Key, apart.B.Key}, {apart.B.Key, apart.A.Key}} {
			there, leads := t.way(d.A.Key, ends[0], false)
			back, leadsBack := t.way(d.B.Key, ends[1], false)
			if !leads || !leadsBack {
				continue
			}
			if all := numbers(slices.Concat(there, back, []int{apart.Number})); best == nil || len(all) < len(best) {
				best = all
			}
		}
	}
	return best
}

func numbers(all []int) []int {
	slices.Sort(all)
	return slices.Compact(all)
}

// way finds the decisions that lead from a row to another by what is one, and from parts to their
// wholes where parts are asked for. Where decisions alone do not lead there, rows that are one
// without being decided on do.
func (t *trial) way(from, to string, parts bool) ([]int, bool) {
	for _, name := range []func(string) string{func(key string) string { return key }, func(key string) string { return t.names[t.now[key][0]] }} {
		if way, leads := t.search(name, from, to, parts); leads {
			return way, true
		}
	}
	return nil, false
}

// A step leads to a row by a decision.
type step struct {
	to     string
	number int
}

// search is the shortest way between two keys, those of one name being the same place.
func (t *trial) search(name func(key string) string, from, to string, parts bool) ([]int, bool) {
	steps := map[string][]step{}
	lead := func(a, b string, number int) { steps[name(a)] = append(steps[name(a)], step{name(b), number}) }
	for _, d := range t.same {
		lead(d.A.Key, d.B.Key, d.Number)
		lead(d.B.Key, d.A.Key, d.Number)
	}
	if parts {
		for _, d := range t.parts {
			lead(d.A.Key, d.B.Key, d.Number)
		}
	}
	came := map[string]step{name(from): {}} // where from, by which decision
	for next := []string{name(from)}; len(next) > 0; next = next[1:] {
		for _, s := range steps[next[0]] {
			if _, seen := came[s.to]; !seen {
				came[s.to] = step{next[0], s.number}
				next = append(next, s.to)
			}
		}
	}
	if _, reached := came[name(to)]; !reached {
		return nil, false
	}
	var way []int
	for at := name(to); at != name(from); at = came[at].to {
		way = append(way, came[at].number)
	}
	return way, true
}
