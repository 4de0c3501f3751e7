package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"math/rand/v2"
	"net"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"
)

// Everything is done in transactions, and each statement is sent with its parameters: a session
// keeps nothing from one transaction to the next, for a pooler gives each another session.

// atomically does all of what do does, or nothing. doing says what, for the error.
func (s *Store) atomically(ctx context.Context, doing string, do func(*sqlx.Tx) error) error {
	return s.transact(ctx, sql.TxOptions{}, doing, do)
}

// snapshot shows do one state of the database, whatever others write meanwhile.
func (s *Store) snapshot(ctx context.Context, doing string, do func(*sqlx.Tx) error) error {
	return s.transact(ctx, sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}, doing, do)
}

// transact does what do does in a transaction. Where the database could not put it into an order
// with others it is done again from the start, so do must start afresh each time. A session that
// ended since the last transaction is replaced; one that ends within is an error.
func (s *Store) transact(ctx context.Context, options sql.TxOptions, doing string, do func(*sqlx.Tx) error) error {
	return s.place.failed(doing, again(ctx, outOfOrder, func() error {
		var tx *sqlx.Tx
		err := again(ctx, disconnected, func() (err error) {
			tx, err = s.db.BeginTxx(ctx, &options)
			return err
		})
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if err := do(tx); err != nil {
			return err
		}
		return tx.Commit()
	}))
}

// again does what do does up to nine times, until it succeeds or fails with an error that is not
// passing. The waits grow and are uneven, so that two who stood in each other's way meet no
// more; they come to two seconds or three, which a server takes to start again.
func again(ctx context.Context, passing func(error) bool, do func() error) error {
	err := do()
	for wait := 10 * time.Millisecond; wait <= 2*time.Second && err != nil && passing(err); wait *= 2 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait/2 + rand.N(wait)):
		}
		err = do()
	}
	return err
}

// outOfOrder is what a database says of a transaction that must be done again.
func outOfOrder(err error) bool {
	return slices.Contains([]string{serializationFailure, deadlock}, stateOf(err))
}

// disconnected is what is said where the session in which a transaction was to begin has ended, or
// the server is just starting. A server that is not there is not waited for.
func disconnected(err error) bool {
	if broken := (*net.OpError)(nil); errors.As(err, &broken) {
		return broken.Op != "dial"
	}
	return errors.Is(err, driver.ErrBadConn) ||
		slices.Contains([]string{adminShutdown, crashShutdown, cannotConnectNow}, stateOf(err))
}

// each runs a query and hands over each row.
func each(ctx context.Context, tx *sqlx.Tx, query string, args []any, row func(*sqlx.Rows) error) error {
	rows, err := tx.QueryxContext(ctx, tx.Rebind(query), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// change runs a statement that changes rows, and counts them.
func change(ctx context.Context, tx *sqlx.Tx, statement string, args ...any) (int64, error) {
	result, err := tx.ExecContext(ctx, tx.Rebind(statement), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
