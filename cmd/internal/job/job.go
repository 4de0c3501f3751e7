// Package job is the monthly job: it takes what departments sent into the database or sends
// it back, makes the month of what is there, and writes workbooks and run.json. Run is the
// story of a month; the rest asks about a month that was run, or about files that were not.
//
// It puts the stages together, which know nothing of one another, so that whoever starts the
// job, a command or a page, knows none of them. It prints nothing and picks no language: what
// a department should look at comes as findings, what the operator should, as errors.
package job

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"huizong/consolidate/store"
	"huizong/internal/county"
)

// A Job is the job of a county on its database.
type Job struct {
	// LibreOffice is the path of the program that makes PDFs of workbooks and documents; blank: none are made.
	LibreOffice string

	// Now is the clock that a month which was reopened is open by, and that says when it was closed.
	Now func() time.Time

	county *county.County
	db     *store.Store
}

// Open opens the database at "sqlite:PATH" or "postgres://…"; a SQLite file is made where
// there is none.
func Open(ctx context.Context, url string, c *county.County) (*Job, error) {
	db, err := store.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	return on(db, c), nil
}

// OpenThere opens a database as Open does, but makes none: *Missing where there is none, so that an address that is
// mistyped is told.
func OpenThere(ctx context.Context, url string, c *county.County) (*Job, error) {
	db, err := store.OpenThere(ctx, url)
	if err != nil {
		return nil, err
	}
	return on(db, c), nil
}

func on(db *store.Store, c *county.County) *Job { return &Job{county: c, db: db, Now: time.Now} }

// Why a database cannot be opened.
type (
	Missing = store.Missing
	Newer   = store.Newer
)

// Close closes the database.
func (j *Job) Close() error { return j.db.Close() }

// Why nothing was changed, or no more than was: another process is at work, or took over.
type (
	Busy = store.Busy
	Lost = store.Lost
)

// DatabaseFull reports whether an error is that the database found no room on a disk.
func DatabaseFull(err error) bool { return store.Full(err) }

// alone does what changes a month or its folder while no other process does: *Busy if one
// is at work. What is read for it is read with the lock held. A lock that was lost is an error,
// whatever work made of it.
func (j *Job) alone(ctx context.Context, work func(lock *store.Lock) error) error {
	lock, err := j.db.Lock(ctx, j.county.Region, holder())
	if err != nil {
		return err
	}
	err, released := work(lock), lock.Release()
	if errors.As(err, new(*Lost)) { // it is said once
		return err
	}
	return errors.Join(err, released)
}

// holder names this process to another that finds the database locked.
func holder() store.Holder {
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	return store.Holder{Who: fmt.Sprintf("huizong, %s, pid %d", host, os.Getpid()), Since: time.Now().Format(time.DateTime)}
}
