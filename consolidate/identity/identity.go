// Package identity tells who is whom: which rows of a form speak of one project, which row of
// this month continues which of the month before, and which pairs may be one, with what speaks
// for and against it.
//
// Three questions, three answers. Bind brings together what is certainly one, and nothing less
// than certain: one code and a similar name, one name and owner, the words of a name with the
// total or the place, or a person's decision. An Index pairs rows with those of another month or
// form, the closest first. Likely weighs everything else as Clues, for a person to decide; Blocks
// keep the search from growing with the square of the rows.
//
// What it knows of a row is the row itself and the department that sent it: months, projects and
// money are the business of those who ask.
package identity

import (
	"slices"
	"strings"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// A Row is a row by what it is known by, and the department that sent it.
type Row struct {
	naming.Identity
	Department string // blank where it does not matter who says so
	Key        string // of decisions; blank where nobody asks
	Total      ledger.Amount
}

// Of is what a row in force is known by.
func Of(c *county.County, f *form.Form, row *ledger.Standing) Row {
	return Now(c, f, row.Record, row.Department)
}

// Now is what a row of a department's return is known by.
func Now(c *county.County, f *form.Form, r *ledger.Record, department string) Row {
	return Row{Identity: f.Identity(r, c.Identify), Department: department, Total: totalOf(f, r)}
}

// Columns are those of a form by which its rows are known.
func Columns(f *form.Form) []*form.Column {
	columns := []*form.Column{f.Entity.Column}
	for _, owner := range f.Owners {
		columns = append(columns, owner.Column)
	}
	columns = append(columns, f.Apart...)
	for _, c := range []*form.Column{f.ProjectCode, f.Role(form.RolePlace), f.Role(form.RoleTotal)} {
		if c != nil {
			columns = append(columns, c)
		}
	}
	return append(columns, form.Reads(f.Whole)...)
}

// totalOf is the total investment that a record says; not valid where it says none.
func totalOf(f *form.Form, r *ledger.Record) ledger.Amount {
	column := f.Role(form.RoleTotal)
	if column == nil {
		return ledger.Amount{}
	}
	v := column.Value(r)
	return ledger.Amount{V: ledger.Money(v.N), Valid: v.Known && v.N != 0}
}

// bond is what ties two rows together. A name or a code alone is no proof between
// departments.
func (r Row) bond(other Row) naming.Bond {
	bond := r.Bond(other.Identity)
	if bond < naming.NameAndOwner && r.Department != other.Department {
		return naming.Unbound
	}
	return bond
}

// An Index finds rows of a form by identity.
type Index struct {
	rows           []Row
	byCode, byName map[string][]int
	byBoth         map[both][]int // by code and name, and by name and owner
}

// both are two things that a row is known by; the third is blank.
type both struct{ code, name, owner string }

// NewIndex is an index without rows.
func NewIndex() *Index {
	return &Index{byCode: map[string][]int{}, byName: map[string][]int{}, byBoth: map[both][]int{}}
}

// Add puts a row into the index; rows are numbered from 0 as they come.
func (x *Index) Add(r Row) {
	at := len(x.rows)
	x.rows = append(x.rows, r)
	if r.Code != "" {
		x.byCode[string(r.Code)] = append(x.byCode[string(r.Code)], at)
		x.byBoth[r.codeAndName()] = append(x.byBoth[r.codeAndName()], at)
	}
	if r.Name != "" {
		x.byName[r.Name] = append(x.byName[r.Name], at)
		x.byBoth[r.nameAndOwner()] = append(x.byBoth[r.nameAndOwner()], at)
	}
}

// none stands for the number of a row where there is none.
const none = -1

func (r Row) codeAndName() both  { return both{code: string(r.Code), name: r.Name} }
func (r Row) nameAndOwner() both { return both{name: r.Name, owner: r.Owner} }

// near are the rows that may be tied by a bond, in their order. A code that many rows bear is a placeholder,
// which ties only those of one name.
func (x *Index) near(r Row, bond naming.Bond) []int {
	switch placeholder := len(x.byCode[string(r.Code)]) > mostNamesOfCode; {
	case bond == naming.NameAndOwner:
		return x.byBoth[r.nameAndOwner()]
	case bond == naming.SameName:
		return x.byName[r.Name]
	case !placeholder:
		return x.byCode[string(r.Code)]
	case bond == naming.CodeAndName:
		return x.byBoth[r.codeAndName()]
	}
	return nil
}

// find gives the first free row that is tied by exactly this bond, none if there is none. What
// one name or one code alone ties must be the only one.
func (x *Index) find(r Row, bond naming.Bond, free func(row int) bool) int {
	found := none
	for _, row := range x.near(r, bond) {
		switch {
		case !free(row) || r.bond(x.rows[row]) != bond:
		case found != none:
			return none
		case bond >= naming.NameAndOwner:
			return row
		default:
			found = row
		}
	}
	return found
}

// Strongest gives the row that is tied most closely, by the weakest bond at least.
func (x *Index) Strongest(r Row, weakest naming.Bond) int {
	for bond := naming.CodeAndName; bond >= weakest; bond-- {
		if row := x.find(r, bond, func(int) bool { return true }); row != none {
			return row
		}
	}
	return none
}

// Match pairs rows with those of an index, each at most once, close ties before loose ones
// so that no row is taken from the one it belongs to: for each row its number, or -1.
func (x *Index) Match(rows []Row) []int {
	return x.MatchRest(rows, slices.Repeat([]int{none}, len(rows)))
}

// MatchRest pairs as Match does what is not matched yet.
func (x *Index) MatchRest(rows []Row, matched []int) []int {
	taken := make([]bool, len(x.rows))
	for _, at := range matched {
		if at != none {
			taken[at] = true
		}
	}
	for bond := naming.CodeAndName; bond > naming.Unbound; bond-- {
		for i, row := range rows {
			if matched[i] != none {
				continue
			}
			if at := x.find(row, bond, func(at int) bool { return !taken[at] }); at != none {
				matched[i], taken[at] = at, true
			}
		}
	}
	return matched
}

// Free are the rows of an index that no match has taken, ascending.
func (x *Index) Free(matched []int) []int {
	taken := make([]bool, len(x.rows))
	for _, at := range matched {
		if at != none {
			taken[at] = true
		}
	}
	var free []int
	for at := range x.rows {
		if !taken[at] {
			free = append(free, at)
		}
	}
	return free
}

// Row is a row of the index by its number.
func (x *Index) Row(at int) Row { return x.rows[at] }

// Reworded completes what Match found within a department, or between two forms: a row that has no match
// goes on from a free row whose name has the same words and marks, else the same words, if each is the
// only one of them and nothing else that they say speaks against it. Nothing goes on from the rows of
// the index that are gone.
func (x *Index) Reworded(rows []Row, matched, gone []int) []int {
	for _, key := range []func(Row) string{Row.wordsAndMarks, Row.words} {
		x.reword(rows, matched, gone, key)
	}
	return matched
}

// reword pairs rows by a key that one of either side has.
func (x *Index) reword(rows []Row, matched, gone []int, key func(Row) string) {
	free := x.Free(slices.Concat(matched, gone))
	if len(free) == 0 || !slices.Contains(matched, none) {
		return
	}
	type side struct{ at, n int }
	old, now, keys := map[string]side{}, map[string]side{}, make([]string, len(rows))
	count := func(sides map[string]side, key string, at int) {
		if key != "" {
			sides[key] = side{at, sides[key].n + 1}
		}
	}
	for _, at := range free {
		count(old, key(x.rows[at]), at)
	}
	for i, row := range rows {
		if matched[i] == none {
			keys[i] = key(row)
			count(now, keys[i], i)
		}
	}
	for i, row := range rows {
		was, is := old[keys[i]], now[keys[i]]
		if was.n == 1 && is.n == 1 && !row.against(x.rows[was.at]) && !row.codesApart(x.rows[was.at]) {
			matched[i] = was.at
		}
	}
}

// words are those of the name that tell it from others; blank where there is no name.
func (r Row) words() string {
	if r.Name == "" {
		return ""
	}
	parts := r.Parts()
	return parts.Stem + "\x00" + strings.Join(parts.Towns, " ") + "\x00" + strings.Join(parts.Villages, " ")
}

func (r Row) wordsAndMarks() string {
	words, parts := r.words(), r.Parts()
	if words == "" {
		return ""
	}
	return words + "\x00" + strings.Join(parts.Marks[:], "|")
}

func (r Row) codesApart(other Row) bool {
	return r.Code != "" && other.Code != "" && r.Code != other.Code
}
