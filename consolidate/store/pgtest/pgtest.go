// Package pgtest gives tests a PostgreSQL database that is theirs alone: on the server
// that HUIZONG_TEST_POSTGRES names, else on a server of their own, started for the test
// program and gone with it. Where there is neither, the test is skipped; with CI set it
// fails. A server of our own can be started again, and have a pooler before it. It is for tests only.
package pgtest

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/lib/pq"
)

var server struct {
	once sync.Once
	url  string
	own  *watched // nil if it is another's
	err  error
}

// Main runs the tests of a package and stops the server if one was started:
//
//	func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }
func Main(m *testing.M) int {
	defer func() {
		if server.own != nil {
			server.own.stop()
		}
	}()
	return m.Run()
}

// Database makes an empty database and gives its URL; it is dropped when the test ends.
func Database(tb testing.TB) string {
	tb.Helper()
	server.once.Do(func() {
		if server.url = os.Getenv("HUIZONG_TEST_POSTGRES"); server.url == "" {
			server.url, server.own, server.err = start()
		}
	})
	switch {
	case server.err != nil && os.Getenv("CI") != "":
		tb.Fatalf("no PostgreSQL: %v", server.err)
	case server.err != nil:
		tb.Skipf("no PostgreSQL: %v", server.err)
	}
	name := "huizong_" + strings.ToLower(rand.Text())
	Execute(tb, server.url, "CREATE DATABASE "+name)
	tb.Cleanup(func() { Execute(tb, server.url, "DROP DATABASE "+name+" WITH (FORCE)") })
	return named(tb, server.url, name)
}

// named is the URL of a database on the server of another.
func named(tb testing.TB, address, name string) string {
	at, err := url.Parse(address)
	if err != nil {
		tb.Fatal(err)
	}
	at.Path = "/" + name
	return at.String()
}

// Pooled gives the URL of a database behind pgbouncer in transaction mode, which gives each
// transaction whatever session is free. The test is skipped where there is no pgbouncer.
func Pooled(tb testing.TB, database string) string {
	tb.Helper()
	ours(tb)
	address, pooler, err := pool(server.own)
	if err != nil {
		tb.Skipf("no pooler: %v", err)
	}
	tb.Cleanup(pooler.stop)
	at, err := url.Parse(database)
	if err != nil {
		tb.Fatal(err)
	}
	return named(tb, address, strings.TrimPrefix(at.Path, "/"))
}

// Restart stops the server as its service does, so that all sessions end, and starts it again. The
// test is skipped where the server is not of our own.
func Restart(tb testing.TB) {
	tb.Helper()
	ours(tb)
	before := started(tb)
	if err := server.own.restart(); err != nil {
		tb.Fatal(err)
	}
	for range 300 {
		if now := started(nil); now != "" && now != before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	tb.Fatal("the server does not start again")
}

// started says when the server was started, nothing while it is not.
func started(tb testing.TB) (since string) {
	db, err := sql.Open("postgres", server.url)
	if err == nil {
		defer db.Close()
		err = db.QueryRow(`SELECT CAST(pg_postmaster_start_time() AS TEXT)`).Scan(&since)
	}
	if err != nil && tb != nil {
		tb.Fatal(err)
	}
	return since
}

func ours(tb testing.TB) {
	tb.Helper()
	if server.own == nil {
		tb.Skip("the server is not of our own")
	}
}

// Execute runs a statement in a session of its own.
func Execute(tb testing.TB, database, statement string) {
	tb.Helper()
	db, err := sql.Open("postgres", database)
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		tb.Fatalf("%s: %v", statement, err)
	}
}

// ready waits until the server answers.
func ready(address string) error {
	db, err := sql.Open("postgres", address)
	if err != nil {
		return err
	}
	defer db.Close()
	for range 300 {
		if err = db.Ping(); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("PostgreSQL does not answer: %w", err)
}
