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

// Lock takes the database for a run, or fails at once with an error that is *Busy. The
// lock is the database server's or the operating system's own, so that a killed run's is
// free; the holder is a row that is read for the message only and stays behind.
func (s *Store) Lock(ctx context.Context, holder Holder) (unlock func() error, err error) {
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
	return func() error {
		_, err := held.ExecContext(context.Background(), s.place.unlock)
		return s.place.failed("unlock", errors.Join(err, held.Close(), session.Close()))
	}, nil
}

// busy is the error that names who holds the lock.
func (s *Store) busy(ctx context.Context) error {
	var busy Busy
	if err := s.db.GetContext(ctx, &busy.Holder, selectHolder); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return &busy
}
