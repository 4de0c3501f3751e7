package job

import (
	"context"
	"fmt"
	"strings"
	"time"

	"huizong/consolidate/store"
	"huizong/internal/ledger"
)

// A Locked is the error of a month that takes nothing: of a unit, or of anybody.
type Locked struct {
	Period ledger.Period
	By     ledger.Closing // of the month, or of a later one that is closed
	Next   ledger.Period  // a later month, after the last that is closed, with which late returns go
	Others bool           // it was reopened, and is open, for other units than the one that was asked for
}

func (e *Locked) Error() string {
	switch {
	case e.By.Period != e.Period:
		return fmt.Sprintf("%s cannot change: the later %s is closed", e.Period, e.By.Period)
	case e.Others:
		return fmt.Sprintf("%s is open again for %s alone", e.Period, strings.Join(e.By.Departments, ", "))
	case e.By.Event == ledger.Reopened:
		return fmt.Sprintf("%s was open again until %s", e.Period, e.By.Until)
	}
	return fmt.Sprintf("%s is closed", e.Period)
}

// In is why a unit's returns are not taken, and where they go, in a language.
func (e *Locked) In(lang ledger.Lang) string {
	name := ledger.Period.Chinese
	if lang == ledger.English {
		name = ledger.Period.String
	}
	period, next := name(e.Period), name(e.Next)
	switch {
	case e.By.Period != e.Period:
		return ledger.Phrase{"%[2]s已经结账，%[1]s不再收表：请交到%[3]s，列为更正",
			"%[2]s is closed, and so %[1]s takes nothing: hand it in for %[3]s, as a correction"}.Format(lang, period, name(e.By.Period), next)
	case e.Others:
		return ledger.Phrase{"%s已经结账，重新开放只收%s的表：请交到%s，列为更正", "%s was closed and is open again for %s alone: hand it in for %s, as a correction"}.
			Format(lang, period, strings.Join(e.By.Departments, "、"), next)
	case e.By.Event == ledger.Reopened:
		return ledger.Phrase{"%s已经结账，重新开放到%s为止，不再收表：请交到%s，列为更正；确要改这个月的，请发改局再次开放",
			"%s was closed, and open again until %s: hand it in for %s, as a correction, or ask the office to open the month again"}.
			Format(lang, period, e.By.Until.String(), next)
	}
	return ledger.Phrase{"%s已经结账，不再收表：请交到%s，列为更正", "%s is closed and takes nothing: hand it in for %s, as a correction"}.
		Format(lang, period, next)
}

// A gate tells what a run of a month takes.
type gate struct {
	db     *store.Store
	region string
	period ledger.Period
	books  ledger.Books
	known  map[ledger.Period]map[ledger.Edition]bool // what months that were closed have
}

// locked is why a month takes no returns of a unit now, or, where none is named, of anybody; nil: it does. This alone goes by the
// clock: a month that was reopened is open up to a day.
func (j *Job) locked(books ledger.Books, period ledger.Period, unit string) *Locked {
	last, wasClosed := books.Last(period)
	later, isLater := books.ClosedAfter(period)
	locked := &Locked{Period: period, By: last, Next: period.Add(1)}
	switch {
	case isLater:
		locked.By, _ = books.Last(later)
		locked.Next = later.Add(1)
	case !wasClosed:
		return nil
	case last.Event == ledger.Closed, last.Until.String() < j.Now().Format(time.DateOnly):
	case unit == "" || last.Admits(unit):
		return nil
	default:
		locked.Others = true
	}
	return locked
}

// openGate is *Locked where the month takes nothing.
func (j *Job) openGate(ctx context.Context, period ledger.Period) (*gate, error) {
	books, err := j.db.Books(ctx, j.county.Region)
	if err != nil {
		return nil, err
	}
	g := &gate{j.db, j.county.Region, period, books, map[ledger.Period]map[ledger.Edition]bool{}}
	if locked := j.locked(books, period, ""); locked != nil {
		return nil, locked
	}
	return g, nil
}

// late reports whether a return of another month is late, not wrong: its month was closed.
func (g *gate) late(p ledger.Period) bool { return p.Less(g.period) && g.books.WasClosed(p) }

// A fate is what becomes of a return that comes.
type fate int

const (
	staysOut   fate = iota // it is of nobody, or of another month
	isTaken                // it is saved with the returns of the month
	isRepeated             // its month was closed, or is open for others only, and has it
	isLate                 // its month was closed, or is open for others only: it is kept beside it
)

func (g *gate) fateOf(ctx context.Context, r *ledger.Return) (fate, error) {
	last, wasClosed := g.books.Last(r.Period)
	switch {
	case r.Department == "" || r.Period != g.period && !g.late(r.Period):
		return staysOut, nil
	case r.Period == g.period && (!wasClosed || last.Admits(r.Department)):
		return isTaken, nil
	}
	if g.known[r.Period] == nil {
		g.known[r.Period] = map[ledger.Edition]bool{}
		returns, err := g.db.Headers(ctx, g.region, r.Period)
		if err != nil {
			return staysOut, err
		}
		for _, has := range returns {
			g.known[r.Period][has.Edition()] = true
		}
	}
	if g.known[r.Period][r.Edition()] {
		return isRepeated, nil
	}
	return isLate, nil
}

// admit brings late returns into force that a month which was reopened takes.
func (g *gate) admit(ctx context.Context, lock *store.Lock) error {
	last, wasClosed := g.books.Last(g.period)
	if !wasClosed {
		return nil
	}
	return lock.Admit(ctx, g.period, last.Departments)
}
