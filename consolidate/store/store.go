// Package store keeps returns and months in a database: all the SQL there is, one text
// for PostgreSQL and SQLite.
//
// What departments sent is kept as delivered, with its lineage (tables return, return_rows,
// return_finding). What a run made of a month is kept typed, a table a form, for whoever
// asks the database instead of a workbook (reserve, progress, …; month, finding, figure), and
// once more packed, as the program works with it (standing). Both are summed (sum.go), so that what a hand changed is seen when it is
// read. Every call that writes is one transaction: a run that is killed at any
// point leaves whole returns and whole months, and is repaired by running again. Every call
// that reads sees one state of the database. A Store reads; who writes has taken a region's Lock.
//
// Who may come in, who is in and who did what (tables access, session, audit) is no part of any month: a Store
// writes that without the lock, each call in a transaction of its own, so that nobody waits for a run.
//
// A session of the database holds nothing between two transactions, and nothing is asked of the
// database but tables, keys, transactions, rows that are locked and rows that are copied in (COPY):
// it may stand behind a pooler, or be one of those that speak PostgreSQL's language and keep a region's
// rows on a machine of their own (doc/distributed.md). For that, region leads the key of every table
// but migration.
//
// Nothing depends on the clock or on how a database sorts text: order is kept as a number
// or made in Go. Text is kept as UTF-8 without NUL, as both databases can: each invalid
// byte and each NUL (of a file's name, say) becomes U+FFFD, visible and never dropped.
package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Store is an open database. It has one connection, so its calls wait for one another. It writes who may come in,
// who is in and who did what; whatever is of a month is written by a Lock.
type Store struct {
	db    *sqlx.DB
	place place
}

// Open opens the database at "sqlite:PATH" or "postgres://…" (also "postgresql://"),
// creates its tables and brings them up to date. A SQLite file is created where there is
// none, for its owner alone, its directory is not; it wants a local disk, for it is shared through memory.
// Errors name the database, never its password; where a form's table lacks a column, the
// migration to write.
func Open(ctx context.Context, url string) (*Store, error) {
	at, err := locate(url)
	if err != nil {
		return nil, err
	}
	return at.open(ctx)
}

// Missing is the error of a database that is not there, or cannot be made because its folder is not.
type Missing struct{ Path, Folder string }

func (m *Missing) Error() string {
	if m.Folder != "" {
		return fmt.Sprintf("there is no directory %s: create it first", m.Folder)
	}
	return "there is no file " + m.Path
}

// OpenThere opens a database as Open does, but makes no SQLite file: *Missing where there is none.
func OpenThere(ctx context.Context, url string) (*Store, error) {
	at, err := locate(url)
	if err != nil {
		return nil, err
	}
	if at.path != "" {
		if _, err := os.Stat(at.path); err != nil && !errors.Is(err, fs.ErrPermission) {
			return nil, at.failed("open", &Missing{Path: at.path})
		}
	}
	return at.open(ctx)
}

func (at place) open(ctx context.Context) (*Store, error) {
	if err := at.keepPrivate(""); err != nil {
		return nil, at.failed("open", err)
	}
	db, err := sqlx.Open(at.driver, at.dsn)
	if err != nil {
		return nil, at.failed("open", err)
	}
	db.SetMaxOpenConns(1)
	s := &Store{db, at}
	err = s.migrate(ctx)
	if err == nil {
		err = s.check(ctx, form.All()...)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

// Close closes the database. It does not release a lock.
func (s *Store) Close() error { return s.db.Close() }

// clean makes text that both databases keep: see the package's comment.
func clean(text string) string {
	if utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r == 0 {
			return utf8.RuneError
		}
		return r
	}, text)
}

// Periods and dates are text in the database; unknown ones are empty.

func periodText(p ledger.Period) string {
	if p.IsZero() {
		return ""
	}
	return p.String()
}

func parsePeriod(text string) (ledger.Period, error) {
	if text == "" {
		return ledger.Period{}, nil
	}
	return ledger.ParsePeriod(text)
}

func parseDate(text string) (ledger.Date, error) {
	if text == "" {
		return ledger.Date{}, nil
	}
	return ledger.ParseDate(text)
}
