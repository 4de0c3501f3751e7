package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
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

// Lost is the error of a lock that is held no more: the database ended the session that held it,
// and another run may have taken over since. What its holder wrote before is whole; it can write
// nothing more.
type Lost struct {
	By  Holder // who has taken over; blank if nobody has yet
	Err error  // of the session; nil if another run was found in its place
}

func (l *Lost) Error() string {
	if l.Err != nil {
		return fmt.Sprintf("the database ended the session that held the lock of this run (%v): each step is done whole or not at all, run again", l.Err)
	}
	return fmt.Sprintf("another run has taken over (%s, since %s): this one writes nothing more", l.By.Who, l.By.Since)
}

func (l *Lost) Unwrap() error { return l.Err }

const (
	insertRun    = `INSERT INTO run (region) VALUES (?) ON CONFLICT DO NOTHING`
	insertHolder = `INSERT INTO holder (region, token, who, since) VALUES (?, 0, '', '') ON CONFLICT DO NOTHING`
	selectHolder = `SELECT token, who, since FROM holder WHERE region = ?`
	updateHolder = `UPDATE holder SET token = ?, who = ?, since = ? WHERE region = ?`
	giveBack     = `UPDATE holder SET token = token + 1 WHERE region = ? AND token = ?`

	// holdToken holds the row until the transaction ends, if the token is the one last given.
	holdToken = `UPDATE holder SET token = token WHERE region = ? AND token = ?`
)

// A Lock keeps the returns and months of a region to one process until it is released: nothing is
// written but by its methods. It is a transaction in a session of its own, which a database may end
// at any time, and a process may be stopped for longer than that; so what makes writing safe is the
// token, which every transaction that writes holds and proves to be the last one given.
type Lock struct {
	store   *Store
	region  string
	token   int64
	session *sqlx.DB
	held    *sqlx.Tx
	cleared bool // rows, so that others can have their room
}

// Lock takes a region for a run, or fails at once with an error that is *Busy. The lock is the
// database server's or the operating system's own, so that a killed run's is free. Regions do not
// wait for one another.
func (s *Store) Lock(ctx context.Context, region string, holder Holder) (*Lock, error) {
	l := &Lock{store: s, region: clean(region)}
	if err := l.enter(ctx); err != nil {
		return nil, err
	}
	err := l.hold(ctx)
	if err == nil {
		err = l.take(ctx, holder)
	}
	if err == nil {
		return l, nil
	}
	l.drop()
	if stateOf(err) != lockNotAvailable {
		return nil, err
	}
	now, err := s.turn(ctx, l.region)
	if err != nil {
		return nil, err
	}
	return nil, s.place.failed("lock", &Busy{now.Holder})
}

// enter has the region in the tables. Once it is there it is only read, so that the lock of a
// region whose run is writing is refused at once.
func (l *Lock) enter(ctx context.Context) error {
	_, err := l.store.turn(ctx, l.region)
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return l.store.atomically(ctx, "lock", func(tx *sqlx.Tx) error {
		for _, insert := range []string{insertRun, insertHolder} {
			if _, err := change(ctx, tx, insert, l.region); err != nil {
				return err
			}
		}
		return nil
	})
}

// hold opens the session of the lock and takes the region in it. An interrupted run holds it until
// it has ended.
func (l *Lock) hold(ctx context.Context) error {
	at := l.store.place
	if err := at.keepPrivate(lockEnding(l.region)); err != nil {
		return at.failed("lock", err)
	}
	session, err := sqlx.Open(at.driver, at.lockDSN(l.region))
	if err != nil {
		return at.failed("lock", err)
	}
	l.session = session
	return at.failed("lock", again(ctx, func(err error) bool { return outOfOrder(err) || disconnected(err) }, func() error {
		l.held, err = session.BeginTxx(context.WithoutCancel(ctx), &sql.TxOptions{Isolation: sql.LevelReadCommitted})
		if err == nil {
			_, err = l.held.ExecContext(ctx, at.patient)
		}
		if err == nil {
			err = l.held.GetContext(ctx, new(string), l.held.Rebind(at.lock), l.region)
		}
		if err != nil && l.held != nil {
			l.held.Rollback()
		}
		return err
	}))
}

// drop ends the session of the lock.
func (l *Lock) drop() error {
	if l.session == nil {
		return nil
	}
	if l.held == nil {
		return l.session.Close()
	}
	return errors.Join(l.held.Rollback(), l.session.Close())
}

// take gives the run the next token, which is odd: see Generation. It fails at once where a run that has lost its lock is
// still writing.
func (l *Lock) take(ctx context.Context, holder Holder) error {
	return l.store.atomically(ctx, "lock", func(tx *sqlx.Tx) error {
		var last turn
		if err := tx.GetContext(ctx, &last, tx.Rebind(selectHolder+l.store.place.nowait), l.region); err != nil {
			return err
		}
		l.token = (last.Token + 1) | 1
		_, err := change(ctx, tx, updateHolder, l.token, clean(holder.Who), clean(holder.Since), l.region)
		return err
	})
}

// A turn is a row of the table holder.
type turn struct {
	Token int64
	Holder
}

func (s *Store) turn(ctx context.Context, region string) (now turn, err error) {
	err = s.snapshot(ctx, "lock", func(tx *sqlx.Tx) error {
		return tx.GetContext(ctx, &now, tx.Rebind(selectHolder), region)
	})
	return now, err
}

// Generation tells whether anything may have changed in a region: it is another after every lock. It is settled if nobody
// has been at work since the last lock was given back; while somebody is, and where a lock was never given back, what is
// read now may be otherwise in a moment.
func (s *Store) Generation(ctx context.Context, region string) (generation int64, settled bool, err error) {
	now, err := s.turn(ctx, clean(region))
	if errors.Is(err, sql.ErrNoRows) {
		return 0, true, nil
	}
	return now.Token, now.Token%2 == 0, err
}

// write does all of what do does, or nothing, as the one who may: its error is *Lost if the lock is
// held no more. do may be called more than once.
func (l *Lock) write(ctx context.Context, doing string, do func(*sqlx.Tx) error) error {
	err := l.store.atomically(ctx, doing, func(tx *sqlx.Tx) error {
		if err := l.prove(ctx, tx); err != nil {
			return err
		}
		return do(tx)
	})
	if err == nil || ctx.Err() != nil || errors.As(err, new(*Lost)) {
		return err
	}
	// A database that ends all sessions ends the one that writes, too.
	if l.alive(ctx) != nil {
		return &Lost{Err: err}
	}
	return err
}

// prove holds the token for the transaction if it is the last one given.
func (l *Lock) prove(ctx context.Context, tx *sqlx.Tx) error {
	n, err := change(ctx, tx, holdToken, l.region, l.token)
	if err != nil {
		return err
	}
	if n == 0 {
		var now turn
		if err := tx.GetContext(ctx, &now, tx.Rebind(selectHolder), l.region); err != nil {
			return err
		}
		return &Lost{By: now.Holder}
	}
	return l.alive(ctx)
}

// alive asks the session of the lock.
func (l *Lock) alive(ctx context.Context) error {
	if _, err := l.held.ExecContext(ctx, `SELECT 1`); err != nil && ctx.Err() == nil {
		return &Lost{Err: err}
	}
	return ctx.Err()
}

// Alive is an error if the lock is held no more (*Lost): what was to be written must not be.
func (l *Lock) Alive(ctx context.Context) error {
	return l.write(ctx, "lock", func(*sqlx.Tx) error { return nil })
}

// While does once what do does outside of the database, and no other run can take over before it
// has ended: for what must come after all that was written, and before anything that others
// write. It is not done if the lock is held no more (*Lost). It may take its time. do must not use
// the store.
func (l *Lock) While(ctx context.Context, doing string, do func() error) (err error) {
	done := false
	return l.write(ctx, doing, func(tx *sqlx.Tx) error {
		if done {
			return err
		}
		if _, err := tx.ExecContext(ctx, l.store.place.patient); err != nil {
			return err
		}
		done, err = true, do()
		return err
	})
}

// owns is an error where what is to be written is of another region.
func (l *Lock) owns(region string) error {
	if clean(region) != l.region {
		return fmt.Errorf("the lock is of region %s, not of %s", l.region, region)
	}
	return nil
}

// Release gives the lock back, and its token. It is an error if it was held no more (*Lost).
func (l *Lock) Release() error {
	// Where this fails the generation stays as if the run were at work, which costs those who keep what they have read.
	l.store.atomically(context.Background(), "unlock", func(tx *sqlx.Tx) error {
		_, err := change(context.Background(), tx, giveBack, l.region, l.token)
		return err
	})
	if err := l.drop(); err != nil {
		return l.store.place.failed("unlock", &Lost{Err: err})
	}
	if l.cleared {
		l.store.reuse(context.Background()) // not before, as nothing is reused of what a transaction that is open may see
	}
	return nil
}
