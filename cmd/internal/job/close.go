package job

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/internal/ledger"
)

// Why a month was not closed or reopened.
var (
	ErrClosedAlready = errors.New("the month is closed already")
	ErrNotClosed     = errors.New("the month was never closed")
)

// An OutOfTurn is the error of closing a month before an earlier one, or of reopening it before a later one.
type OutOfTurn struct{ Period, Other ledger.Period }

func (e *OutOfTurn) Error() string {
	if e.Other.Less(e.Period) {
		return fmt.Sprintf("%s comes before %s and is not closed", e.Other, e.Period)
	}
	return fmt.Sprintf("%s comes after %s and is closed", e.Other, e.Period)
}

// An Unready is the error of closing a month on which something is open: pairs that make what is published
// a range, which nothing can explain, and findings that nobody has explained.
type Unready struct {
	Period      ledger.Period
	Open        []consolidate.Candidate
	Unexplained []ledger.Finding
}

func (e *Unready) Error() string {
	return fmt.Sprintf("%d pairs are open on %s, and %d findings not explained", len(e.Open), e.Period, len(e.Unexplained))
}

// CloseMonth closes a month: from here on nothing changes it. The reason explains what findings stand; blank
// explains none. Its errors besides those of Merged are ErrClosedAlready, *OutOfTurn and *Unready.
func (j *Job) CloseMonth(ctx context.Context, period ledger.Period, who, reason string) (closed ledger.Closing, err error) {
	err = j.alone(ctx, func(lock *store.Lock) error {
		closed, err = j.closing(ctx, period, who, reason)
		if err != nil {
			return err
		}
		return lock.Enter(ctx, closed)
	})
	return closed, err
}

// closing is the entry that closes a month, if it can be.
func (j *Job) closing(ctx context.Context, period ledger.Period, who, reason string) (c ledger.Closing, err error) {
	books, err := j.db.Books(ctx, j.county.Region)
	if err != nil {
		return c, err
	}
	if books.Closed(period) {
		return c, ErrClosedAlready
	}
	merged, err := j.db.Periods(ctx, j.county.Region)
	if err != nil {
		return c, err
	}
	for _, earlier := range merged {
		if earlier.Less(period) && !books.Closed(earlier) {
			return c, &OutOfTurn{period, earlier}
		}
	}
	month, err := j.Merged(ctx, period)
	if err != nil {
		return c, err
	}
	explained := books.Explained(period)
	unready := &Unready{period, month.Open(), slices.DeleteFunc(month.Unexplained(), func(f ledger.Finding) bool { return explained[f.Key()] })}
	if len(unready.Open) > 0 || len(unready.Unexplained) > 0 && reason == "" {
		return c, unready
	}
	c = ledger.Closing{Period: period, Event: ledger.Closed, Who: who, When: j.Now().Format(time.DateTime), Figures: month.Figures}
	for _, f := range unready.Unexplained {
		c.Reason, c.Explained = reason, append(c.Explained, f.Key())
	}
	slices.Sort(c.Explained)
	c.Explained = slices.Compact(c.Explained)
	for _, ruling := range month.Rulings {
		c.Decisions = append(c.Decisions, ruling.Number)
	}
	return c, nil
}

// Closed reports whether nothing may change a month.
func (j *Job) Closed(ctx context.Context, period ledger.Period) (bool, error) {
	books, err := j.db.Books(ctx, j.county.Region)
	return books.Closed(period), err
}

// ReopenMonth opens a month again that was closed, for returns of some departments (of all where none is named)
// and up to a day, so that it can be run; also one that was reopened before. One that is open in just this way stays so,
// and nothing is entered: whoever does not know whether a reopening was broken off may do it again. Its errors are
// ErrNotClosed and *OutOfTurn.
func (j *Job) ReopenMonth(ctx context.Context, c ledger.Closing) (reopened ledger.Closing, err error) {
	c.Event, c.When = ledger.Reopened, j.Now().Format(time.DateTime)
	err = j.alone(ctx, func(lock *store.Lock) error {
		books, err := j.db.Books(ctx, j.county.Region)
		if err != nil {
			return err
		}
		last, wasClosed := books.Last(c.Period)
		later, isLater := books.ClosedAfter(c.Period)
		switch {
		case !wasClosed:
			return ErrNotClosed
		case isLater:
			return &OutOfTurn{c.Period, later}
		case last.SameReopening(c):
			c = last
			return nil
		}
		return lock.Enter(ctx, c)
	})
	return c, err
}
