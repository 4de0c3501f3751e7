// Package identity tells who is whom: which rows of a form speak of one project, which row of
// this month continues which of the month before, and which pairs may be one, with what speaks
// for and against it.
//
// Three questions, three answers. Bind brings together what is certainly one, and nothing less
// than certain: one code and a similar name, one name and owner, or a person's decision. An Index
// pairs rows with those of another month or form, the closest first. Likely weighs everything
// else as Clues, for a person to decide; Blocks keep the search from growing with the square of
// the rows.
//
// What it knows of a row is the row itself and the department that sent it: months, projects and
// money are the business of those who ask.
package identity

import (
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Row is a row by what it is known by, and the department that sent it.
type Row struct {
	ledger.Identity
	Department string // blank where it does not matter who says so
	Key        string // of decisions; blank where nobody asks
}

// Of is what a row in force is known by.
func Of(c *county.County, f *form.Form, row *ledger.Standing) Row {
	return Row{Identity: f.Identity(&row.Record, c.FoldName), Department: row.Department}
}

// bond is what ties two rows together. A name or a code alone is no proof between
// departments.
func (r Row) bond(other Row) ledger.Bond {
	bond := r.Bond(other.Identity)
	if bond < ledger.NameAndOwner && r.Department != other.Department {
		return ledger.Unbound
	}
	return bond
}

// An Index finds rows of a form by identity.
type Index struct {
	rows           []Row
	byCode, byName map[string][]int
}

// NewIndex is an index without rows.
func NewIndex() *Index { return &Index{byCode: map[string][]int{}, byName: map[string][]int{}} }

// Add puts a row into the index; rows are numbered from 0 as they come.
func (x *Index) Add(r Row) {
	at := len(x.rows)
	x.rows = append(x.rows, r)
	if r.Code != "" {
		x.byCode[string(r.Code)] = append(x.byCode[string(r.Code)], at)
	}
	if r.Name != "" {
		x.byName[r.Name] = append(x.byName[r.Name], at)
	}
}

// find gives the first free row that is tied by exactly this bond, -1 if there is none. What
// one name or one code alone ties must be the only one.
func (x *Index) find(r Row, bond ledger.Bond, free func(row int) bool) int {
	near := x.byName[r.Name]
	if bond == ledger.SameCode || bond == ledger.CodeAndName {
		near = x.byCode[string(r.Code)]
	}
	found := -1
	for _, row := range near {
		switch {
		case !free(row) || r.bond(x.rows[row]) != bond:
		case found >= 0:
			return -1
		case bond >= ledger.NameAndOwner:
			return row
		default:
			found = row
		}
	}
	return found
}

// Strongest gives the row that is tied most closely, by the weakest bond at least.
func (x *Index) Strongest(r Row, weakest ledger.Bond) int {
	for bond := ledger.CodeAndName; bond >= weakest; bond-- {
		if row := x.find(r, bond, func(int) bool { return true }); row >= 0 {
			return row
		}
	}
	return -1
}

// Match pairs rows with those of an index, each at most once, close ties before loose ones
// so that no row is taken from the one it belongs to: for each row its number, or -1.
func (x *Index) Match(rows []Row) []int {
	matched, taken := make([]int, len(rows)), make([]bool, len(x.rows))
	for i := range matched {
		matched[i] = -1
	}
	for bond := ledger.CodeAndName; bond > ledger.Unbound; bond-- {
		for i, row := range rows {
			if matched[i] >= 0 {
				continue
			}
			if at := x.find(row, bond, func(at int) bool { return !taken[at] }); at >= 0 {
				matched[i], taken[at] = at, true
			}
		}
	}
	return matched
}
