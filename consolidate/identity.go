package consolidate

import (
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// An identity is what tells rows of one form apart: the project code where it is sound,
// else the name with its owner (of what is no project, with what sets it apart), else the
// name alone. 一期 and 二期, sections and years are
// part of a name and never folded away.
type identity struct{ code, owned, name string }

// identify gives the identity of a row. A code that is malformed or whose check digit
// fails identifies nobody.
func identify(c *county.County, f *form.Form, r *ledger.Record) identity {
	var id identity
	if code := f.Code(r); code != "" && code.Check() == ledger.CodeGood {
		id.code = string(code)
	}
	if known := f.Identity(r, c.FoldName); known.Name != "" {
		id.name, id.owned = known.Name, known.Name+"|"+known.Owner
	}
	return id
}

// key names the row in the database.
func (id identity) key() string {
	if id.code != "" {
		return id.code
	}
	return id.owned
}

// index finds rows by identity. Code comes first, then name and owner, then the name alone
// where it is the only one.
type index[T any] struct {
	byCode, byOwned map[string]T
	byName          map[string][]T
}

func newIndex[T any]() *index[T] {
	return &index[T]{map[string]T{}, map[string]T{}, map[string][]T{}}
}

func (x *index[T]) add(id identity, row T) {
	if id.code != "" {
		x.byCode[id.code] = row
	}
	if id.owned != "" {
		x.byOwned[id.owned] = row
	}
	if id.name != "" {
		x.byName[id.name] = append(x.byName[id.name], row)
	}
}

// find gives the row of the same identity. A name alone is no proof between departments;
// sameHouse says that both rows are one department's own.
func (x *index[T]) find(id identity, sameHouse bool) (row T, found bool) {
	if row, found = x.byCode[id.code]; found && id.code != "" {
		return row, true
	}
	if row, found = x.byOwned[id.owned]; found && id.owned != "" {
		return row, true
	}
	if named := x.byName[id.name]; sameHouse && len(named) == 1 {
		return named[0], true
	}
	return row, false
}
