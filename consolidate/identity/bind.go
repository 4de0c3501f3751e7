package identity

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"huizong/internal/ledger"
)

// Bind brings the rows of a form together that are certainly one project: the same code
// and a similar name, the same name and owner, or a person's decision. For each row it gives
// the first row of its project. Nothing less than certain ties rows, and rows that a person
// keeps apart are never one, by whatever else they are tied.
//
// A name and owner that stand under several codes prove nothing of a row without a code:
// such rows are one among themselves only.
func Bind(rows []Row, verdicts Verdicts) []int {
	t := newTies(len(rows))
	t.decided(rows, verdicts)
	for _, same := range grouped(rows, func(r Row) string { return string(r.Code) }) {
		t.byCode(rows, same)
	}
	for _, same := range grouped(rows, func(r Row) string {
		if r.Name == "" {
			return ""
		}
		return r.Name + "\x00" + r.Owner
	}) {
		t.byName(rows, same)
	}
	for i := range rows {
		t.first[i] = t.find(i)
	}
	return t.first
}

// grouped lists the rows of each key in the order in which keys first come; rows of a blank
// key are in no group, and a group has two rows at least.
func grouped(rows []Row, key func(Row) string) [][]int {
	at := map[string]int{}
	var groups [][]int
	for i, row := range rows {
		k := key(row)
		if k == "" {
			continue
		}
		if _, known := at[k]; !known {
			at[k] = len(groups)
			groups = append(groups, nil)
		}
		groups[at[k]] = append(groups[at[k]], i)
	}
	several := groups[:0]
	for _, group := range groups {
		if len(group) > 1 {
			several = append(several, group)
		}
	}
	return several
}

// ties are rows being brought together, the first row of each project being its root.
type ties struct {
	first []int
	apart [][2]int // rows that a person keeps apart
}

func newTies(n int) *ties {
	t := &ties{first: make([]int, n)}
	for i := range t.first {
		t.first[i] = i
	}
	return t
}

func (t *ties) find(i int) int {
	for t.first[i] != i {
		t.first[i] = t.first[t.first[i]]
		i = t.first[i]
	}
	return i
}

// join makes two rows one project, unless that would bring together what is kept apart.
func (t *ties) join(i, j int) {
	i, j = t.find(i), t.find(j)
	if i == j {
		return
	}
	for _, pair := range t.apart {
		a, b := t.find(pair[0]), t.find(pair[1])
		if a == i && b == j || a == j && b == i {
			return
		}
	}
	t.first[max(i, j)] = min(i, j)
}

// decided applies the decisions, each kind in the order of their numbers: first what is kept
// apart, then what is one, so that of several that cannot all hold the latest does not; then a
// part is kept apart from its whole, unless they are one by what was decided before.
func (t *ties) decided(rows []Row, verdicts Verdicts) {
	of := map[string][]int{} // rows by key
	for i, row := range rows {
		if len(verdicts[row.Key]) > 0 {
			of[row.Key] = append(of[row.Key], i)
		}
	}
	all := verdicts.All()
	for _, verdict := range []ledger.Verdict{ledger.Different, ledger.Same, ledger.Part} {
		for _, d := range all {
			if d.Verdict == verdict {
				t.decide(verdict, of[d.A.Key], of[d.B.Key])
			}
		}
	}
}

// decide applies a verdict on the rows of two keys.
func (t *ties) decide(verdict ledger.Verdict, a, b []int) {
	for _, i := range a {
		for _, j := range b {
			switch {
			case verdict == ledger.Same:
				t.join(i, j)
			case t.find(i) != t.find(j):
				t.apart = append(t.apart, [2]int{i, j})
			}
		}
	}
}

// How many names may bear one code before it is taken for a placeholder, which identifies
// nobody.
const mostNamesOfCode = 64

func (t *ties) byCode(rows []Row, same []int) {
	var named []int // the first row of each name
	names := map[string]int{}
	for _, i := range same {
		if first, known := names[rows[i].Name]; known {
			t.join(first, i)
			continue
		}
		names[rows[i].Name] = i
		named = append(named, i)
	}
	if len(named) > mostNamesOfCode {
		return
	}
	for n, i := range named {
		for _, j := range named[n+1:] {
			if rows[i].Bond(rows[j].Identity) == ledger.CodeAndName {
				t.join(i, j)
			}
		}
	}
}

func (t *ties) byName(rows []Row, same []int) {
	codes := map[ledger.ProjectCode]bool{}
	for _, i := range same {
		if rows[i].Code != "" {
			codes[rows[i].Code] = true
		}
	}
	from := -1
	for _, i := range same {
		switch {
		case len(codes) > 1 && rows[i].Code != "":
		case from < 0:
			from = i
		default:
			t.join(from, i)
		}
	}
}

// Verdicts are the decisions in force, by the keys of their rows, either way.
type Verdicts map[string]map[string]ledger.Decision

// VerdictsOf leaves of several decisions on one pair the last, but that of two that call each
// row a part of the other the first holds until it is taken back.
func VerdictsOf(all []ledger.Decision) Verdicts {
	v := Verdicts{}
	for _, d := range slices.SortedFunc(slices.Values(all), byNumber) {
		last := v[d.A.Key][d.B.Key]
		if d.Verdict == ledger.Part && last.Verdict == ledger.Part && last.A.Key == d.B.Key {
			continue
		}
		for _, pair := range [][2]string{{d.A.Key, d.B.Key}, {d.B.Key, d.A.Key}} {
			if v[pair[0]] == nil {
				v[pair[0]] = map[string]ledger.Decision{}
			}
			v[pair[0]][pair[1]] = d
		}
	}
	return v
}

func byNumber(a, b ledger.Decision) int {
	x, y := a.Pair(), b.Pair()
	return cmp.Or(cmp.Compare(a.Number, b.Number), slices.Compare(x[:], y[:]))
}

// All are the decisions by number, each once.
func (v Verdicts) All() []ledger.Decision {
	var all []ledger.Decision
	for key, others := range v {
		for _, d := range others {
			if d.A.Key == key {
				all = append(all, d)
			}
		}
	}
	slices.SortFunc(all, byNumber)
	return all
}

// Key finds a row again from month to month, as long as it bears the same code, name and
// owner: short enough to be typed.
func Key(form string, t Row) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{form, t.Department, string(t.Code), t.Name, t.Owner}, "\x00")))
	return hex.EncodeToString(sum[:6])
}
