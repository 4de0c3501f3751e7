// Package pgtest gives tests a PostgreSQL database that is theirs alone: on the server
// that HUIZONG_TEST_POSTGRES names, else on a server of their own, started for the test
// program and gone with it. Where there is neither, the test is skipped; with CI set it
// fails. It is for tests only.
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
	stop func()
	err  error
}

// Main runs the tests of a package and stops the server if one was started:
//
//	func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }
func Main(m *testing.M) int {
	defer func() {
		if server.stop != nil {
			server.stop()
		}
	}()
	return m.Run()
}

// Database makes an empty database and gives its URL; it is dropped when the test ends.
func Database(tb testing.TB) string {
	tb.Helper()
	server.once.Do(func() {
		if server.url = os.Getenv("HUIZONG_TEST_POSTGRES"); server.url == "" {
			server.url, server.stop, server.err = start()
		}
	})
	switch {
	case server.err != nil && os.Getenv("CI") != "":
		tb.Fatalf("no PostgreSQL: %v", server.err)
	case server.err != nil:
		tb.Skipf("no PostgreSQL: %v", server.err)
	}
	name := "huizong_" + strings.ToLower(rand.Text())
	execute(tb, "CREATE DATABASE "+name)
	tb.Cleanup(func() { execute(tb, "DROP DATABASE "+name+" WITH (FORCE)") })
	at, err := url.Parse(server.url)
	if err != nil {
		tb.Fatal(err)
	}
	at.Path = "/" + name
	return at.String()
}

func execute(tb testing.TB, statement string) {
	tb.Helper()
	db, err := sql.Open("postgres", server.url)
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
