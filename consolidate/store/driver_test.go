package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Tests stand between the store and PostgreSQL by drivers that ask before each step of a
// transaction whether it shall fail.
func init() {
	sql.Register("unlucky", unlucky{})
	sql.Register("watched", watched{})
	sqlx.BindDriver("unlucky", sqlx.DOLLAR)
	sqlx.BindDriver("watched", sqlx.DOLLAR)
}

// openAt opens the database as the store does; with unluckyMark in its address by the driver of that
// name.
func openAt(ctx context.Context, address string) (*Store, error) {
	plain, found := strings.CutSuffix(address, unluckyMark)
	at, err := locate(plain)
	if err != nil {
		return nil, err
	}
	if found {
		at.driver = "unlucky"
	}
	return at.open(ctx)
}

const unluckyMark = "#unlucky"

// unlucky is PostgreSQL that refuses every other transaction of a session, each at a later step
// than the one before, be it at the end, as one that it cannot put into an order with others.
type unlucky struct{}

func (unlucky) Open(address string) (driver.Conn, error) {
	transaction, step := 0, 0
	return dial(address, func(what string) error {
		if what == "BEGIN" {
			transaction++
			step = 0
			return nil
		}
		step++
		if transaction%2 == 1 && (step > transaction/2%7 || what == "COMMIT") {
			return &pq.Error{Code: serializationFailure, Message: "unlucky"}
		}
		return nil
	})
}

// watched is PostgreSQL with an onlooker.
type watched struct{}

// beforeStep is called by what is opened with the driver watched before each step of a transaction.
var beforeStep func(what string)

func (watched) Open(address string) (driver.Conn, error) {
	return dial(address, func(what string) error {
		beforeStep(what)
		return nil
	})
}

// openWatched opens the database with an onlooker.
func openWatched(t *testing.T, address string, look func(what string)) *Store {
	t.Helper()
	at, err := locate(address)
	if err != nil {
		t.Fatal(err)
	}
	at.driver, beforeStep = "watched", look
	s, err := at.open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// A conn asks before each step: BEGIN, a statement, COMMIT.
type conn struct {
	pqConn
	ask func(what string) error
}

// A pqConn is what the driver of PostgreSQL offers for a session.
type pqConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
	driver.NamedValueChecker
	driver.SessionResetter
	driver.Validator
	driver.Pinger
}

func dial(address string, ask func(what string) error) (driver.Conn, error) {
	c, err := pq.Open(address)
	if err != nil {
		return nil, err
	}
	return &conn{c.(pqConn), ask}, nil
}

func (c *conn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	if err := c.ask("BEGIN"); err != nil {
		return nil, err
	}
	tx, err := c.pqConn.BeginTx(ctx, options)
	return transaction{tx, c}, err
}

func (c *conn) ExecContext(ctx context.Context, statement string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.ask(statement); err != nil {
		return nil, err
	}
	return c.pqConn.ExecContext(ctx, statement, args)
}

func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.ask(query); err != nil {
		return nil, err
	}
	return c.pqConn.QueryContext(ctx, query, args)
}

// Prepare begins what is copied.
func (c *conn) Prepare(statement string) (driver.Stmt, error) {
	if err := c.ask(statement); err != nil {
		return nil, err
	}
	return c.pqConn.Prepare(statement)
}

type transaction struct {
	driver.Tx
	of *conn
}

// Commit undoes what a refused transaction did, as the database does.
func (tx transaction) Commit() error {
	if err := tx.of.ask("COMMIT"); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Tx.Commit()
}
