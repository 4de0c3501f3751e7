package job

import (
	"context"
	"fmt"
	"time"

	"huizong/consolidate/store"
	"huizong/internal/ledger"
)

// A Locked is the error of running a month that takes nothing.
type Locked struct {
	Period ledger.Period
	By     ledger.Closing // of the month, or of a later one that is closed
	Next   ledger.Period  // the month after the last that is closed, with which late returns go
}

func (e *Locked) Error() string {
	switch {
	case e.By.Period != e.Period:
		return fmt.Sprintf("%s cannot change: the later %s is closed", e.Period, e.By.Period)
	case e.By.Event == ledger.Reopened:
		return fmt.Sprintf("%s was open again until %s", e.Period, e.By.Until)
	}
	return fmt.Sprintf("%s is closed", e.Period)
}

// A gate tells what a run of a month takes.
type gate struct {
	db     *store.Store
	region string
	period ledger.Period
	books  ledger.Books
	known  map[ledger.Period]map[ledger.Edition]bool // what months that were closed have
}

// openGate is *Locked where the month takes nothing. This alone goes by the clock: a month that was reopened
// is open up to a day.
func (j *Job) openGate(ctx context.Context, period ledger.Period) (*gate, error) {
	books, err := j.db.Books(ctx, j.county.Region)
	if err != nil {
		return nil, err
	}
	g := &gate{j.db, j.county.Region, period, books, map[ledger.Period]map[ledger.Edition]bool{}}
	last, was := books.Last(period)
	later, isLater := books.ClosedAfter(period)
	if isLater {
		last, _ = books.Last(later)
	}
	over := last.Event == ledger.Reopened && last.Until.String() < j.Now().Format(time.DateOnly)
	if isLater || was && (last.Event == ledger.Closed || over) {
		next := period
		if latest, any := books.ClosedAfter(ledger.Period{}); any {
			next = latest.Add(1)
		}
		return nil, &Locked{period, last, next}
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
