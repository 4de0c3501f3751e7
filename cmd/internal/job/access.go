package job

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/alexedwards/scs/v2/memstore"

	"huizong/internal/county"
	"huizong/internal/ledger"
)

// A stand-in: the codes, sessions and audit trail, in memory.
type Access struct {
	mutex  sync.Mutex
	people []Person
	codes  map[string]string
	deeds  []Deed
	store  *memstore.MemStore
}

type Role string

const (
	Staff  Role = "staff"
	Office Role = "office"
	Leader Role = "leader"
)

func (r Role) In(lang ledger.Lang) string { return string(r) }

type Person struct {
	ID   string
	Role Role
	Name string
	Made string
}

type DeedKind string

func (k DeedKind) In(lang ledger.Lang) string { return string(k) }

const (
	SignedIn      DeedKind = "sign-in"
	SignInFailed  DeedKind = "sign-in-failed"
	SignedOut     DeedKind = "sign-out"
	HandedIn      DeedKind = "hand-in"
	Withdrew      DeedKind = "withdraw"
	Explaining    DeedKind = "explain"
	Ran           DeedKind = "run"
	Decided       DeedKind = "decide"
	Undone        DeedKind = "undo"
	WaivedFinding DeedKind = "waive"
	ClosedMonth   DeedKind = "close"
	ReopenedMonth DeedKind = "reopen"
	Downloaded    DeedKind = "download"
)

type Deed struct {
	Number int
	At     time.Time
	Who    string
	Role   Role
	From   string
	Deed   DeedKind
	Period ledger.Period
	About  string
}

var ErrNoSuchCode = errors.New("no such code")

func CodeID(code string) string { return code[:min(4, len(code))] }

func OpenAccess(ctx context.Context, url string, c *county.County) (*Access, error) {
	return &Access{codes: map[string]string{}, store: memstore.New()}, nil
}
func (a *Access) Close() error        { return nil }
func (a *Access) Sessions() scs.Store { return a.store }
func (a *Access) Add(ctx context.Context, role Role, name string) (string, error) {
	code := rand.Text()[:16]
	a.people = append(a.people, Person{ID: code[:4], Role: role, Name: name})
	a.codes[code] = code[:4]
	return code, nil
}
func (a *Access) SignIn(ctx context.Context, code string) (Person, error) {
	p, ok, _ := a.Person(ctx, a.codes[strings.ToUpper(code)])
	if !ok {
		return p, ErrNoSuchCode
	}
	return p, nil
}
func (a *Access) Person(ctx context.Context, id string) (Person, bool, error) {
	for _, p := range a.people {
		if p.ID == id {
			return p, true, nil
		}
	}
	return Person{}, false, nil
}
func (a *Access) Note(ctx context.Context, d Deed) error {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	d.Number = len(a.deeds) + 1
	a.deeds = append(a.deeds, d)
	return nil
}
func (a *Access) Deeds(ctx context.Context, before, most int) ([]Deed, error) {
	var all []Deed
	for i := len(a.deeds) - 1; i >= 0 && len(all) < most; i-- {
		if before == 0 || a.deeds[i].Number < before {
			all = append(all, a.deeds[i])
		}
	}
	return all, nil
}
