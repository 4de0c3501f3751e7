package consolidate

import (
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A tenant is a row's identity in the house of one department.
type tenant struct {
	ledger.Identity
	department string
	key        string // of decisions; blank where nobody asks
}

func identify(c *county.County, f *form.Form, row *ledger.Standing) tenant {
	return tenant{Identity: f.Identity(&row.Record, c.FoldName), department: row.Department}
}

// bond is what ties two rows together. A name or a code alone is no proof between
// departments.
func (t tenant) bond(other tenant) ledger.Bond {
	bond := t.Bond(other.Identity)
	if bond < ledger.NameAndOwner && t.department != other.department {
		return ledger.Unbound
	}
	return bond
}

// An index finds rows of a form by identity.
type index struct {
	rows           []tenant
	byCode, byName map[string][]int
}

func newIndex() *index { return &index{byCode: map[string][]int{}, byName: map[string][]int{}} }

// add puts a row into the index; rows are numbered from 0 as they come.
func (x *index) add(t tenant) {
	at := len(x.rows)
	x.rows = append(x.rows, t)
	if t.Code != "" {
		x.byCode[string(t.Code)] = append(x.byCode[string(t.Code)], at)
	}
	if t.Name != "" {
		x.byName[t.Name] = append(x.byName[t.Name], at)
	}
}

// find gives the first free row that is tied by exactly this bond, -1 if there is none. What
// one name or one code alone ties must be the only one.
func (x *index) find(t tenant, bond ledger.Bond, free func(row int) bool) int {
	near := x.byName[t.Name]
	if bond == ledger.SameCode || bond == ledger.CodeAndName {
		near = x.byCode[string(t.Code)]
	}
	found := -1
	for _, row := range near {
		switch {
		case !free(row) || t.bond(x.rows[row]) != bond:
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

// strongest gives the row that is tied most closely, by the weakest bond at least.
func (x *index) strongest(t tenant, weakest ledger.Bond) int {
	for bond := ledger.CodeAndName; bond >= weakest; bond-- {
		if row := x.find(t, bond, func(int) bool { return true }); row >= 0 {
			return row
		}
	}
	return -1
}

// match pairs rows with those of an index, each at most once, close ties before loose ones
// so that no row is taken from the one it belongs to: for each row its number, or -1.
func (x *index) match(rows []tenant) []int {
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
