package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jmoiron/sqlx"

	"huizong/internal/ledger"
)

// A Run is the last run of a region, as those are told who watch over it. Times are as its
// holder wrote them.
type Run struct {
	Period, Who, Began string
	Ended, Result      string // blank while it is at work, or if it was killed
}

const (
	deleteLastRun = `DELETE FROM last_run WHERE region = ?`
	insertLastRun = `INSERT INTO last_run (region, period, who, began, ended, result) VALUES (?, ?, ?, ?, '', '')`
	updateLastRun = `UPDATE last_run SET ended = ?, result = ? WHERE region = ?`
	selectLastRun = `SELECT period, who, began, ended, result FROM last_run WHERE region = ?`
)

// Began notes that the run of a month began.
func (l *Lock) Began(ctx context.Context, p ledger.Period, holder Holder) error {
	return l.write(ctx, "note the run", func(tx *sqlx.Tx) error {
		if _, err := change(ctx, tx, deleteLastRun, l.region); err != nil {
			return err
		}
		_, err := change(ctx, tx, insertLastRun, l.region, p.String(), clean(holder.Who), clean(holder.Since))
		return err
	})
}

// Ended notes when and how the run ended that began last.
func (l *Lock) Ended(ctx context.Context, at, result string) error {
	return l.write(ctx, "note the run", func(tx *sqlx.Tx) error {
		_, err := change(ctx, tx, updateLastRun, at, result, l.region)
		return err
	})
}

// LastRun is the last run of a region; it is not ok if there was none.
func (s *Store) LastRun(ctx context.Context, region string) (run Run, ok bool, err error) {
	err = s.snapshot(ctx, "read the last run", func(tx *sqlx.Tx) error {
		err := tx.GetContext(ctx, &run, tx.Rebind(selectLastRun), clean(region))
		if ok = err == nil; errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return run, ok, err
}

// Held reports who holds the lock of a region, or, where nobody does, who held it last; the holder
// is blank if nobody ever did. To ask, the lock is taken for an instant.
func (s *Store) Held(ctx context.Context, region string) (holder Holder, held bool, err error) {
	now, err := s.turn(ctx, clean(region))
	if errors.Is(err, sql.ErrNoRows) {
		return Holder{}, false, nil
	}
	if err != nil {
		return Holder{}, false, err
	}
	l := &Lock{store: s, region: clean(region)}
	err = l.hold(ctx)
	if err == nil {
		return now.Holder, false, l.drop()
	}
	l.drop()
	if stateOf(err) == lockNotAvailable {
		return now.Holder, true, nil
	}
	return Holder{}, false, err
}
