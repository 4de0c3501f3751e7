package job

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"

	"huizong/consolidate/store"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

// Access is who may come into the window of a county, who is in and who did what. It has a connection of its own, so
// that it does not wait for a run: in SQLite, to write, for one step of it at most.
type Access struct {
	// Who lets people in and takes that back, for the log of deeds; blank: not known.
	Who string

	county  *county.County
	db      *store.Store
	now     func() time.Time
	hashing chan struct{} // has room for as many as may hash at once
}

// OpenAccess opens what is kept in a database that is there, or is *Missing.
func OpenAccess(ctx context.Context, url string, c *county.County) (*Access, error) {
	db, err := store.OpenThere(ctx, url)
	if err != nil {
		return nil, err
	}
	return &Access{county: c, db: db, now: time.Now, hashing: make(chan struct{}, 2)}, nil
}

// Close closes the database.
func (a *Access) Close() error { return a.db.Close() }

// A Role is what somebody may do in the window.
type Role string

const (
	Staff  Role = "staff"  // hands in for a department
	Office Role = "office" // runs, decides and closes the months
	Leader Role = "leader" // reads
)

var roles = map[Role]ledger.Phrase{Staff: {"填报", "staff"}, Office: {"汇总", "office"}, Leader: {"领导", "leader"}}

// In is the role in words.
func (r Role) In(lang ledger.Lang) string { return roles[r].In(lang) }

// Known reports whether there is such a role.
func (r Role) Known() bool { return roles[r] != ledger.Phrase{} }

// A Person may come in: the staff of a department, which share a code, or one of the office or the leaders.
type Person struct {
	ID   string // the first group of the code
	Role Role
	Name string // of the department, as the county has it, or of the person
	Made time.Time
}

// ErrNoSuchCode says that nobody comes in by a code.
var ErrNoSuchCode = errors.New("there is no such code")

// NoUnit is the error of letting in staff of a unit that the county does not list. Near are those that may be meant.
type NoUnit struct {
	Name string
	Near []string
}

func (e *NoUnit) Error() string { return "the county lists no unit " + e.Name }

// HasCode is the error of giving a second code to somebody.
type HasCode struct{ Person }

func (e *HasCode) Error() string {
	return fmt.Sprintf("%s (%s) has the code %s…", e.Name, e.Role, e.ID)
}

// Nobody is the error of taking back a code that nobody has.
type Nobody struct{ Named string }

func (e *Nobody) Error() string { return "nobody has a code by " + e.Named }

// Several is the error of taking back a code by a name that several have.
type Several struct{ People []Person }

func (e *Several) Error() string { return fmt.Sprintf("%d have the name", len(e.People)) }

// A code is four groups of four characters, of which the first is the ID of the person, and the rest is a secret of 60
// bits. Nobody takes one character for another: there is no 0, O, 1 and I.
const (
	codeAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	codeGroup    = 4
	codeLength   = 4 * codeGroup
)

// Add lets somebody in: the staff of a unit, by its name or an alias (*NoUnit), or whoever has a name. The code is
// told now and never again. Who has one is given no second one (*HasCode).
func (a *Access) Add(ctx context.Context, role Role, name string) (code string, err error) {
	return a.give(ctx, role, name, func(there Person) error { return &HasCode{there} })
}

// Replace lets somebody in as Add does. Whoever has a code comes in by the new one from now on, and not by the old.
func (a *Access) Replace(ctx context.Context, role Role, name string) (code string, err error) {
	return a.give(ctx, role, name, func(Person) error { return nil })
}

// give gives a code; again says what it means that there is one.
func (a *Access) give(ctx context.Context, role Role, name string, again func(there Person) error) (code string, err error) {
	if name, err = a.official(role, name); err != nil {
		return "", err
	}
	secret := randomCharacters(codeLength - codeGroup)
	hash, err := a.hash(ctx, secret)
	if err != nil {
		return "", err
	}
	err = a.change(ctx, func(all []store.Access) ([]store.Access, Deed, error) {
		p := Person{ID: freeID(all), Role: role, Name: name, Made: a.now()}
		code = grouped(p.ID + secret)
		d := Deed{Deed: GaveCode, About: p.about()}
		if at := slices.IndexFunc(all, func(there store.Access) bool { return there.Role == string(role) && there.Name == name }); at >= 0 {
			there, err := personOf(all[at])
			if err := cmp.Or(err, again(there)); err != nil {
				return nil, Deed{}, err
			}
			all, d.About = slices.Delete(all, at, at+1), d.About+"，原 "+there.ID
		}
		return append(all, store.Access{ID: p.ID, Role: string(role), Name: name, Hash: hash, Made: timeText(p.Made)}), d, nil
	})
	if err != nil {
		return "", err
	}
	return code, nil
}

// official is the name of a unit as the county has it, or that of a person without the blanks around it.
func (a *Access) official(role Role, name string) (string, error) {
	name = strings.TrimSpace(name)
	if role != Staff {
		return name, nil
	}
	unit, known := a.county.Unit(name)
	if !known {
		return "", &NoUnit{name, a.county.Near(name)}
	}
	return unit.Name, nil
}

// change changes who may come in; what it was is noted as done by a.Who.
func (a *Access) change(ctx context.Context, do func(all []store.Access) ([]store.Access, Deed, error)) error {
	return a.db.ChangeAccess(ctx, a.county.Region, func(all []store.Access) ([]store.Access, store.Deed, error) {
		now, d, err := do(all)
		d.Who = a.Who
		return now, a.row(d), err
	})
}

// Remove takes the code of somebody back, who is out from then on: by the ID, or by the name, if one alone has it
// (*Nobody, *Several).
func (a *Access) Remove(ctx context.Context, named string) (p Person, err error) {
	named = strings.TrimSpace(named)
	err = a.change(ctx, func(all []store.Access) ([]store.Access, Deed, error) {
		people, err := a.people(all)
		if err != nil {
			return nil, Deed{}, err
		}
		if p, err = a.one(people, named); err != nil {
			return nil, Deed{}, err
		}
		rest := slices.DeleteFunc(all, func(there store.Access) bool { return there.ID == p.ID })
		return rest, Deed{Deed: TookCode, About: p.about()}, nil
	})
	return p, err
}

// one finds who is named by an ID or a name.
func (a *Access) one(people []Person, named string) (Person, error) {
	if at := slices.IndexFunc(people, func(p Person) bool { return strings.EqualFold(p.ID, named) }); at >= 0 {
		return people[at], nil
	}
	unit, _ := a.county.Unit(named)
	found := slices.DeleteFunc(people, func(p Person) bool { return p.Name != named && (p.Role != Staff || p.Name != unit.Name) })
	switch len(found) {
	case 0:
		return Person{}, &Nobody{named}
	case 1:
		return found[0], nil
	}
	return Person{}, &Several{found}
}

// List are all who may come in: the office, the leaders, the units in the county's order.
func (a *Access) List(ctx context.Context) ([]Person, error) {
	all, err := a.db.Access(ctx, a.county.Region)
	if err != nil {
		return nil, err
	}
	return a.people(all)
}

// Person is who has an ID now; not ok if nobody has.
func (a *Access) Person(ctx context.Context, id string) (p Person, ok bool, err error) {
	all, err := a.db.Access(ctx, a.county.Region)
	at := slices.IndexFunc(all, func(there store.Access) bool { return there.ID == id })
	if err != nil || at < 0 {
		return Person{}, false, err
	}
	p, err = personOf(all[at])
	return p, err == nil, err
}

// SignIn is who comes in by a code, in whatever case and with whatever blanks and dashes it was typed; ErrNoSuchCode if nobody
// does. An ID that nobody has takes as long to refuse as a secret that is wrong.
func (a *Access) SignIn(ctx context.Context, code string) (Person, error) {
	id, secret, ok := readCode(code)
	if !ok {
		return Person{}, ErrNoSuchCode
	}
	all, err := a.db.Access(ctx, a.county.Region)
	if err != nil {
		return Person{}, err
	}
	row := store.Access{Hash: hashOfNobody}
	if at := slices.IndexFunc(all, func(there store.Access) bool { return there.ID == id }); at >= 0 {
		row = all[at]
	}
	right, err := a.matches(ctx, secret, row.Hash)
	if err != nil {
		return Person{}, err
	}
	if !right || row.ID != id {
		return Person{}, ErrNoSuchCode
	}
	return personOf(row)
}

// readCode takes a code apart that was typed; not ok if it can be none.
func readCode(typed string) (id, secret string, ok bool) {
	code := strings.ToUpper(strings.ReplaceAll(ledger.Fold(typed), "-", ""))
	if len(code) != codeLength || strings.Trim(code, codeAlphabet) != "" {
		return "", "", false
	}
	return code[:codeGroup], code[codeGroup:], true
}

// CodeID is the ID in a code as it was typed; blank if it can be no code.
func CodeID(typed string) string {
	id, _, _ := readCode(typed)
	return id
}

// grouped is a code as it is told.
func grouped(code string) string {
	var groups []string
	for group := range slices.Chunk([]byte(code), codeGroup) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, "-")
}

// freeID is an ID that nobody has.
func freeID(all []store.Access) string {
	for {
		id := randomCharacters(codeGroup)
		if !slices.ContainsFunc(all, func(there store.Access) bool { return there.ID == id }) {
			return id
		}
	}
}

// randomCharacters are n of a code, each as likely as any other.
func randomCharacters(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails
	for i := range b {
		b[i] = codeAlphabet[int(b[i])%len(codeAlphabet)]
	}
	return string(b)
}

// hashParams are what OWASP advises: 19 MiB and two passes.
var hashParams = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashOfNobody is of a secret that was forgotten at once, by hashParams.
const hashOfNobody = "$argon2id$v=19$m=19456,t=2,p=1$VeFKPb+07STljIz4r7G0OQ$SIMR5HpXj5zNb9avVMjz9omDq/27Wxx/PzryOOCN9M4"

func (a *Access) hash(ctx context.Context, secret string) (hash string, err error) {
	err = a.inTurn(ctx, func() error {
		hash, err = argon2id.CreateHash(secret, &hashParams)
		return err
	})
	return hash, err
}

func (a *Access) matches(ctx context.Context, secret, hash string) (right bool, err error) {
	err = a.inTurn(ctx, func() error {
		right, err = argon2id.ComparePasswordAndHash(secret, hash)
		return err
	})
	return right, err
}

// inTurn does what takes much memory while few others do, unless it is not wanted any more.
func (a *Access) inTurn(ctx context.Context, do func() error) error {
	select {
	case a.hashing <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-a.hashing }()
	if err := ctx.Err(); err != nil {
		return err
	}
	return do()
}

// about names somebody in the log of deeds.
func (p Person) about() string { return p.Role.In(ledger.Chinese) + " " + p.Name + " " + p.ID }

func personOf(row store.Access) (Person, error) {
	made, err := time.Parse(time.RFC3339, row.Made)
	return Person{row.ID, Role(row.Role), row.Name, made}, err
}

// people are those of rows, in the order of List.
func (a *Access) people(rows []store.Access) ([]Person, error) {
	people := make([]Person, len(rows))
	for i, row := range rows {
		var err error
		if people[i], err = personOf(row); err != nil {
			return nil, err
		}
	}
	order := []Role{Office, Leader, Staff}
	slices.SortFunc(people, func(p, o Person) int {
		return cmp.Or(slices.Index(order, p.Role)-slices.Index(order, o.Role), a.county.Order(p.Name)-a.county.Order(o.Name),
			strings.Compare(p.Name, o.Name), strings.Compare(p.ID, o.ID))
	})
	return people, nil
}

// timeText is a time as it is kept.
func timeText(t time.Time) string { return t.UTC().Format(time.RFC3339) }
