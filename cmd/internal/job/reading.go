package job

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"huizong/consolidate"
	"huizong/internal/ledger"
)

// A Reading keeps what was last made of the database, for those who look at a month again and again: it is made
// anew once anybody, in whatever process, may have changed something. What it gives is shared: it is not to be changed.
type Reading struct {
	job *Job

	mutex sync.Mutex
	kept  []keeping // the one used last at the end
}

// A keeping is what was made of a month.
type keeping struct {
	of         string
	generation int64
	made       any
	err        error
}

// mostKept is how many things a Reading keeps: a few months, for each its month, board and workbooks.
const mostKept = 8

// NewReading is a reading that has kept nothing yet.
func (j *Job) NewReading() *Reading { return &Reading{job: j} }

// Keep gives what make made the last time, or makes it: of names what it is, besides the month. It is made by one
// at a time. That a month cannot be had is kept, too; other errors are not.
func Keep[T any](ctx context.Context, r *Reading, of string, period ledger.Period, make func(context.Context) (T, error)) (T, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	of = fmt.Sprintf("%s %s", of, period)
	var none T
	before, _, err := r.job.db.Generation(ctx, r.job.county.Region)
	if err != nil {
		return none, err
	}
	at := slices.IndexFunc(r.kept, func(k keeping) bool { return k.of == of })
	if at >= 0 {
		found := r.kept[at]
		r.kept = slices.Delete(r.kept, at, at+1)
		if found.generation == before {
			r.kept = append(r.kept, found)
			made, _ := found.made.(T)
			return made, found.err
		}
	}
	made, err := make(ctx)
	after, settled, trouble := r.job.db.Generation(ctx, r.job.county.Region)
	if trouble == nil && settled && after == before && (err == nil || notHad(err)) {
		r.kept = append(r.kept[max(0, len(r.kept)-mostKept+1):], keeping{of, after, made, err})
	}
	return made, err
}

// notHad reports whether an error says of a month that it cannot be had.
func notHad(err error) bool {
	return slices.ContainsFunc([]error{ErrNothingMerged, ErrNeverMerged, ErrNoReport, ErrStale, ErrOtherRules}, func(of error) bool { return errors.Is(err, of) })
}

// Month is Job.Month.
func (r *Reading) Month(ctx context.Context, p ledger.Period) (*consolidate.Month, error) {
	return Keep(ctx, r, "month", p, func(ctx context.Context) (*consolidate.Month, error) { return r.job.Month(ctx, p) })
}

// Merged is Job.Merged.
func (r *Reading) Merged(ctx context.Context, p ledger.Period) (*consolidate.Month, error) {
	return Keep(ctx, r, "merged", p, func(ctx context.Context) (*consolidate.Month, error) { return r.job.Merged(ctx, p) })
}

// Board is Job.Board. Whether somebody is at work is of the time when it was made.
func (r *Reading) Board(ctx context.Context, p ledger.Period) (*Board, error) {
	return Keep(ctx, r, "board", p, func(ctx context.Context) (*Board, error) { return r.job.Board(ctx, p) })
}
