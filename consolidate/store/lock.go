package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A Holder is a run that holds the lock, as the next one is told: "发改局-PC 4711", since
// "2024-07-03 08:30".
type Holder struct{ Who, Since string }

// Busy is the error of Lock where another run holds it. In the instant before that run has
// left its name, the holder is the run before it, or blank.
type Busy struct{ Holder }

func (b *Busy) Error() string {
	if b.Who == "" {
		return "another run is at work on this database"
	}
	return fmt.Sprintf("another run is at work on this database: %s, since %s", b.Who, b.Since)
}

const selectHolder = `SELECT who, since FROM run WHERE name = 'run'`

const upsertHolder = `
	INSERT INTO run (name, who, since)
	VALUES ('run', :who, :since)
	ON CONFLICT (name) DO UPDATE SET who = excluded.who, since = excluded.since`

// A Lock keeps the returns and months of a region to one process until it is released.
type Lock struct {
	store   *Store
	session *sql.DB
	held    *sql.Conn
}

// Lock takes a region for a run, or fails at once with an error that is *Busy. The lock is the
// database server's or the operating system's own, so that a killed run's is free; the holder
// is a row that is read for the message only and stays behind.
func (s *Store) Lock(ctx context.Context, region string, holder Holder) (*Lock, error) {
	session, err := sql.Open(s.place.driver, s.place.lockDSN)
	if err != nil {
		return nil, s.place.failed("lock", err)
	}
	held, err := session.Conn(ctx)
	if err == nil {
		_, err = held.ExecContext(ctx, s.place.lock)
	}
	if err == nil {
		_, err = s.db.NamedExecContext(ctx, upsertHolder, Holder{clean(holder.Who), clean(holder.Since)})
	} else if s.place.held(err) {
		err = s.busy(ctx)
	}
	if err != nil {
		session.Close()
		return nil, s.place.failed("lock", err)
	}
	return &Lock{s, session, held}, nil
}

// Alive is an error if the lock is held no more: what was to be written must not be.
func (l *Lock) Alive(ctx context.Context) error {
	return l.store.place.failed("lock", l.held.PingContext(ctx))
}

// Release gives the lock back.
func (l *Lock) Release() error {
	_, err := l.held.ExecContext(context.Background(), l.store.place.unlock)
	return l.store.place.failed("unlock", errors.Join(err, l.held.Close(), l.session.Close()))
}

// busy is the error that names who holds the lock.
func (s *Store) busy(ctx context.Context) error {
	var busy Busy
	if err := s.db.GetContext(ctx, &busy.Holder, selectHolder); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return &busy
}
