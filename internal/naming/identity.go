package naming

import (
	"cmp"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"huizong/internal/ledger"
)

// An Identity is what tells the rows of one form apart. Code is blank unless it is sound; Name and
// Owner are folded by the county, so that spelling does not matter; Place is where the row says the
// project is, blank where it does not.
type Identity struct {
	Code  ledger.ProjectCode
	Name  string
	Owner string // 项目单位, else 责任单位; behind it what sets rows of one name apart
	Place Place

	parts *unread // of Name
	home  string  // of Name, where folding takes it away
}

// A Place is where a project is, as its row says.
type Place struct {
	Text  string // folded
	parts *unread
}

// unread is a name that is taken apart when somebody asks for it: most never are. Several may ask at once.
type unread struct {
	by   *Gazetteer
	text string
	name atomic.Pointer[Name]
}

// nameless is the name that says nothing.
var nameless = &Name{}

func (u *unread) read() *Name {
	if u == nil || u.text == "" {
		return nameless
	}
	name := u.name.Load()
	if name == nil {
		name = u.by.Read(u.text)
		u.name.Store(name)
	}
	return name
}

// Towns are the towns that a place names.
func (p Place) Towns() []string { return p.parts.read().Towns }

// Villages are the villages that a place names.
func (p Place) Villages() []string { return p.parts.read().Villages }

// Said is what a row says of which project it is; blank where it does not say.
type Said struct {
	Code               ledger.ProjectCode // sound
	Name, Owner, Place string
	Home               string   // the place that a firm's name began with before it was folded
	Apart              []string // what sets rows of one name apart
}

// Identify puts together what a row is known by, of folded words.
func (g *Gazetteer) Identify(said Said) Identity {
	owner := said.Owner
	for _, word := range said.Apart {
		owner += "|" + word
	}
	return Identity{said.Code, said.Name, owner, Place{said.Place, &unread{by: g, text: said.Place}}, &unread{by: g, text: said.Name}, said.Home}
}

// Parts is the name taken apart; of a row without a name nothing.
func (id Identity) Parts() *Name { return id.parts.read() }

// Home is the place that the name begins with, as those of firms do; blank where it begins with none.
func (id Identity) Home() string { return cmp.Or(id.home, id.Parts().Home) }

// ElsewhereAtHome reports whether the names begin with the names of two places, as those of firms do.
func (id Identity) ElsewhereAtHome(other Identity) bool {
	return differ(id.Home(), other.Home())
}

// Key names the row within its form and department: the code, else name and owner.
func (id Identity) Key() string {
	if id.Code != "" {
		return string(id.Code)
	}
	return id.Name + "|" + id.Owner
}

// Elsewhere reports whether two places have nothing in common: other towns, other villages, or,
// where neither is known, no two characters.
func (p Place) Elsewhere(other Place) bool {
	switch {
	case p.Text == "" || other.Text == "" || p.Within(other):
		return false
	case Disjoint(p.Towns(), other.Towns()) || Disjoint(p.Villages(), other.Villages()):
		return true
	}
	return len(p.Towns()) == 0 && len(other.Towns()) == 0 && !sharePair(p.Text, other.Text)
}

// Within reports whether one of two places holds the other.
func (p Place) Within(other Place) bool {
	return p.Text != "" && other.Text != "" && (p.Text == other.Text || strings.Contains(p.Text, other.Text) || strings.Contains(other.Text, p.Text))
}

// sharePair reports whether two texts have two neighbouring characters in common.
func sharePair(a, b string) bool {
	last, size := -1, 0 // where the character before begins
	for i := 0; i < len(a); i += size {
		_, size = utf8.DecodeRuneInString(a[i:])
		if last >= 0 && strings.Contains(b, a[last:i+size]) {
			return true
		}
		last = i
	}
	return false
}

// A Bond is what two rows have in common that may make them one; the stronger is greater.
type Bond int

const (
	Unbound      Bond = iota
	SameName          // one name under other owners or codes, or elsewhere: no proof between departments
	SameCode          // one code under unlike names: no proof between departments
	NameAndOwner      // one project
	CodeAndName       // one project
)

// Bond tells what ties two rows together. Stages, sections, numbers, sides and places that differ
// part what bears one name or code.
func (id Identity) Bond(other Identity) Bond {
	sameCode := id.Code != "" && id.Code == other.Code
	codesApart := id.Code != "" && other.Code != "" && !sameCode
	switch {
	case sameCode && id.Name != other.Name && id.Parts().Apart(other.Parts()):
		return Unbound
	case sameCode && Similar(id.Name, other.Name):
		return CodeAndName
	case sameCode:
		return SameCode
	case id.Name == "" || id.Name != other.Name:
		return Unbound
	case codesApart || id.Owner != other.Owner || id.Place.Elsewhere(other.Place):
		return SameName
	}
	return NameAndOwner
}
