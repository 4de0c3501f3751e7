package job

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/consolidate/summary"
	"huizong/internal/ledger"
)

// A Reading keeps what was last made of the database, for those who look at a month again and again: it is made
// anew once anybody, in whatever process, may have changed something. What it gives is shared: it is not to be changed.
type Reading struct {
	job *Job

	mutex   sync.Mutex
	kept    map[string]*keeping // by what it is
	uses    int
	settled time.Time                         // when it was last tried to settle a generation
	last    map[ledger.Period]*summary.Opened // of months that could be looked at, as they were last merged
}

// A keeping is what was made of a month.
type keeping struct {
	turn       chan bool // is full while somebody makes it or finds that it need not be made
	used       int
	known      bool
	generation int64
	at         time.Time
	made       any
	err        error
}

const (
	// mostKept is how many things a Reading keeps: of the months in use their months, boards, workbooks and the like.
	mostKept = 24
	// unsettledLasts is how long what was made while somebody is at work is taken for what there is.
	unsettledLasts = 2 * time.Second
	// settleAgain is after how long it is tried again whether a lock was never given back.
	settleAgain = 30 * time.Second
)

// NewReading is a reading that has kept nothing yet.
func (j *Job) NewReading() *Reading {
	return &Reading{job: j, kept: map[string]*keeping{}, last: map[ledger.Period]*summary.Opened{}}
}

// Keep gives what make made the last time, or makes it: of names what it is, besides the month. It is made by one
// at a time. That a month cannot be had is kept, too; other errors are not.
func Keep[T any](ctx context.Context, r *Reading, of string, period ledger.Period, make func(context.Context) (T, error)) (T, error) {
	var none T
	k := r.keeping(fmt.Sprintf("%s %s", of, period))
	select {
	case k.turn <- true:
		defer func() { <-k.turn }()
	case <-ctx.Done():
		return none, ctx.Err()
	}
	before, settled, err := r.generation(ctx)
	if err != nil {
		return none, err
	}
	if k.known && k.generation == before && (settled || time.Since(k.at) < unsettledLasts) {
		made, _ := k.made.(T)
		return made, k.err
	}
	made, err := make(ctx)
	after, _, trouble := r.job.db.Generation(ctx, r.job.county.Region)
	k.known = trouble == nil && after == before && (err == nil || notHad(err))
	k.generation, k.at, k.made, k.err = before, time.Now(), made, err
	if !k.known {
		k.made = nil
	}
	return made, err
}

// keeping is what is kept by a name. What was not used for the longest time makes room, unless it is just being made.
func (r *Reading) keeping(of string) *keeping {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	k := r.kept[of]
	if k == nil {
		k = &keeping{turn: make(chan bool, 1)}
		r.kept[of] = k
	}
	r.uses++
	k.used = r.uses
	if len(r.kept) > mostKept {
		oldest := of
		for name, other := range r.kept {
			if len(other.turn) == 0 && other.used < r.kept[oldest].used {
				oldest = name
			}
		}
		delete(r.kept, oldest)
	}
	return k
}

// generation is the one of the county. One that is not settled may be that of a process that was killed: then it is settled here.
func (r *Reading) generation(ctx context.Context) (generation int64, settled bool, err error) {
	generation, settled, err = r.job.db.Generation(ctx, r.job.county.Region)
	if err != nil || settled {
		return generation, settled, err
	}
	r.mutex.Lock()
	again := time.Since(r.settled) > settleAgain
	if again {
		r.settled = time.Now()
	}
	r.mutex.Unlock()
	if again && r.job.alone(ctx, func(*store.Lock) error { return nil }) == nil {
		return r.job.db.Generation(ctx, r.job.county.Region)
	}
	return generation, settled, nil
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
