package identity

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// Bind brings the rows of a form together that are certainly one project: the same code and a
// similar name; the same name and owner; between departments the same words in their names with the
// same total, or in the same place; or a person's decision. What names say of stages, sections, numbers,
// sides and places, and totals of which one is more than twice the other, speaks against whatever
// else agrees: such rows are left for a person. For each row it gives the first row of its project.
// Rows that a person keeps apart are never one, by whatever else they are tied.
//
// A name and owner that stand under several codes prove nothing of a row without a code:
// such rows are one among themselves only. Successors are rows of one department of which the later is
// taken for the earlier renamed as long as nobody decides otherwise; they are tied last.
//
// A row may fit two others that speak against one another. It goes with the one that comes first: rows are
// taken in their order, the official one, and each joins what stands before it, so that no later row parts or
// brings together what earlier ones settle among themselves.
func Bind(rows []Row, verdicts Verdicts, successors [][2]int) []int {
	t := newTies(rows)
	t.decided(verdicts)
	for _, same := range t.grouped(func(r Row) string { return string(r.Code) }) {
		t.byCode(same)
	}
	for _, same := range t.grouped(func(r Row) string {
		if r.Name == "" {
			return ""
		}
		return r.Name + "\x00" + r.Owner
	}) {
		t.byName(same)
	}
	for _, key := range []func(Row) string{wordsAndTotal, wordsAndPlace} {
		for _, same := range t.grouped(key) {
			t.byWords(same)
		}
	}
	t.settle()
	for _, pair := range successors {
		t.join(pair[0], pair[1])
	}
	first := make([]int, len(rows))
	for i := range rows {
		first[i] = t.one.First(i)
	}
	return first
}

// wordsAndTotal and wordsAndPlace are blank where the row does not say both; a place is no word.
func wordsAndTotal(r Row) string {
	if !r.Total.Valid || r.Parts().Stem == "" { // the stem last: it takes reading the name
		return ""
	}
	return r.Parts().Stem + "\x00" + strconv.FormatInt(int64(r.Total.V), 36)
}

func wordsAndPlace(r Row) string {
	if r.Place.Text == "" || r.Parts().Stem == "" {
		return ""
	}
	return r.Parts().Stem + "\x00" + r.Place.Text
}

// ties are rows being brought together.
type ties struct {
	rows  []Row
	found [][2]int // rows that are tied, the later one first
	one   *Groups[int]
	says  map[int]voices // by the first row of a project of several: what its rows say
}

func newTies(rows []Row) *ties {
	return &ties{rows: rows, one: NewGroups(cmp.Less[int]), says: map[int]voices{}}
}

// grouped lists the rows of each key in their order; rows of a blank key are in no group, and a group has two
// rows at least.
func (t *ties) grouped(key func(Row) string) [][]int {
	at := map[string]int{}
	var groups [][]int
	for i, row := range t.rows {
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
	return slices.DeleteFunc(groups, func(group []int) bool { return len(group) < 2 })
}

// join makes two rows one project, unless that would bring together what is kept apart.
func (t *ties) join(i, j int) {
	i, j = t.one.First(i), t.one.First(j)
	if i == j || !t.one.Join(i, j) {
		return
	}
	mine, theirs := t.of(i), t.of(j)
	t.says[min(i, j)] = mine.with(theirs)
}

// of are the voices of a project by its first row.
func (t *ties) of(first int) voices {
	if said := t.says[first]; said != nil {
		return said
	}
	return voicesOf(t.rows[first])
}

// tie notes that two rows are tied, if nothing that they say speaks against it.
func (t *ties) tie(earlier, later int) {
	if !t.rows[earlier].against(t.rows[later]) {
		t.found = append(t.found, [2]int{later, earlier})
	}
}

// settle joins what is tied, row by row. Where a row is tied to one of several that are one, it must not
// speak against any of them.
func (t *ties) settle() {
	slices.SortFunc(t.found, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for _, pair := range t.found {
		i, j := t.one.First(pair[0]), t.one.First(pair[1])
		alone := t.says[i] == nil && t.says[j] == nil // then tie has asked
		if i != j && (alone || !t.of(i).against(t.of(j))) {
			t.join(i, j)
		}
	}
}

// against reports whether what two rows say forbids that they be taken for one.
func (r Row) against(other Row) bool {
	sameCode := r.Code != "" && r.Code == other.Code
	return r.Parts().Apart(other.Parts()) || r.ElsewhereAtHome(other.Identity) || !sameCode && (r.Place.Elsewhere(other.Place) || r.farFrom(other))
}

// farFrom reports whether one of two totals is more than twice the other.
func (r Row) farFrom(other Row) bool {
	a, b := r.Total, other.Total
	return a.Valid && b.Valid && max(a.V, b.V)/2 > min(a.V, b.V)
}

// decided applies the decisions, each kind in the order of their numbers: first what is kept
// apart, then what is one, so that of several that cannot all hold the latest does not; then a
// part is kept apart from its whole, unless they are one by what was decided before.
func (t *ties) decided(verdicts Verdicts) {
	of := map[string][]int{} // rows by key
	for i, row := range t.rows {
		if _, asked := verdicts[row.Key]; asked {
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
			default:
				t.one.Part(i, j)
			}
		}
	}
}

// How many names may bear one code before it is taken for a placeholder, which identifies
// nobody.
const mostNamesOfCode = 64

func (t *ties) byCode(same []int) {
	var named []int // the first row of each name
	names := map[string]int{}
	for _, i := range same {
		if first, known := names[t.rows[i].Name]; known {
			t.tie(first, i)
			continue
		}
		names[t.rows[i].Name] = i
		named = append(named, i)
	}
	if len(named) > mostNamesOfCode {
		return
	}
	for n, i := range named {
		for _, j := range named[n+1:] {
			if t.rows[i].Bond(t.rows[j].Identity) == naming.CodeAndName {
				t.tie(i, j)
			}
		}
	}
}

func (t *ties) byName(same []int) {
	codes := map[ledger.ProjectCode]struct{}{}
	for _, i := range same {
		if t.rows[i].Code != "" {
			codes[t.rows[i].Code] = struct{}{}
		}
	}
	var free []int
	for _, i := range same {
		if len(codes) < 2 || t.rows[i].Code == "" {
			free = append(free, i)
		}
	}
	t.pairwise(free, func(a, b Row) bool { return true })
}

// byWords ties rows of several departments whose names have the same words and whose totals or
// places are the same. Of names of common words alone, those that do not even say in which town must agree
// in both, the others in the total, or in the place and to a twentieth in the total.
func (t *ties) byWords(same []int) {
	t.pairwise(same, func(a, b Row) bool {
		switch {
		case a.Department == b.Department, a.codesApart(b):
			return false
		case a.Parts().Anywhere() || b.Parts().Anywhere():
			return a.sameTotal(b, 0) && a.samePlace(b)
		case a.Parts().Common() || b.Parts().Common():
			return a.sameTotal(b, 0) || a.sameTotal(b, 20) && a.samePlace(b)
		}
		return true
	})
}

// sameTotal reports whether two totals are known and the same, but for one part in so many of the greater;
// 0 is exactly the same.
func (r Row) sameTotal(other Row, part ledger.Money) bool {
	if !r.Total.Valid || !other.Total.Valid {
		return false
	}
	apart := max(r.Total.V, other.Total.V) - min(r.Total.V, other.Total.V)
	return apart == 0 || part > 0 && apart <= max(r.Total.V, other.Total.V)/part
}

func (r Row) samePlace(other Row) bool { return r.Place.Text != "" && r.Place.Text == other.Place.Text }

// mostPairwise is how many rows of one name are held against one another; of more, each is held
// against the first ones.
const mostPairwise = 128

// pairwise ties each row to every other one that nothing speaks against.
func (t *ties) pairwise(same []int, may func(a, b Row) bool) {
	for n, i := range same {
		for _, j := range same[:min(n, mostPairwise)] {
			if may(t.rows[i], t.rows[j]) {
				t.tie(j, i)
			}
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

func byNumber(a, b ledger.Decision) int { return cmp.Compare(a.Number, b.Number) }

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

// On reports whether anything is decided on two rows, by their keys.
func (v Verdicts) On(a, b string) bool {
	_, is := v[a][b]
	return is
}

// Key finds a row again from month to month, as long as it bears the same code, name and
// owner: short enough to be typed.
func Key(form string, t Row) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{form, t.Department, string(t.Code), t.Name, t.Owner}, "\x00")))
	return hex.EncodeToString(sum[:6])
}
