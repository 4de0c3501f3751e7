package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"
)

// Who is in is kept by token, until a time. Times are in UTC, as text that sorts. One that was ended stays without data until
// then, so that whoever is still at work with it cannot begin it again.

const (
	selectSession  = `SELECT data FROM session WHERE region = ? AND token = ? AND expiry > ?`
	endSession     = `UPDATE session SET data = '' WHERE region = ? AND token = ?`
	deleteSessions = `DELETE FROM session WHERE region = ? AND (token = ? AND data <> '' OR expiry <= ?)`
	insertSession  = `INSERT INTO session (region, token, data, expiry) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`
)

// Session is what was saved by a token; not ok if nothing was, or nothing that holds now, or it was ended.
func (s *Store) Session(ctx context.Context, region, token string, now time.Time) (data []byte, ok bool, err error) {
	err = s.snapshot(ctx, "read a session", func(tx *sqlx.Tx) error {
		var text string
		err := tx.GetContext(ctx, &text, tx.Rebind(selectSession), clean(region), clean(token), moment(now))
		if ok = err == nil; errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			data, err = base64.StdEncoding.DecodeString(text)
			ok = len(data) > 0
		}
		return err
	})
	return data, ok, err
}

// SaveSession saves data by a token, in the place of what was saved by it before; nothing where that was ended. Whatever holds
// no more is deleted.
func (s *Store) SaveSession(ctx context.Context, region, token string, data []byte, expiry, now time.Time) error {
	return s.atomically(ctx, "save a session", func(tx *sqlx.Tx) error {
		if _, err := change(ctx, tx, deleteSessions, clean(region), clean(token), moment(now)); err != nil {
			return err
		}
		_, err := change(ctx, tx, insertSession, clean(region), clean(token), base64.StdEncoding.EncodeToString(data), moment(expiry))
		return err
	})
}

// EndSession takes away what was saved by a token, if anything was.
func (s *Store) EndSession(ctx context.Context, region, token string) error {
	return s.atomically(ctx, "end a session", func(tx *sqlx.Tx) error {
		_, err := change(ctx, tx, endSession, clean(region), clean(token))
		return err
	})
}

// moment is a time in UTC, to the second.
func moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }
