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

// A Kind is a kind of database: which PostgreSQL keeps it and how it sorts text. On the server of
// another all kinds are one, whatever that server makes.
type Kind struct {
	Newest bool // the one that npm brings, where it is there; else the system's
	Bytes  bool // by its bytes; else as Chinese (ICU)
}

// A server keeps databases.
type server struct {
	once sync.Once
	url  string
	own  *watched // nil if it is another's
	db   *sql.DB  // a session to make databases in
	err  error

	lock   sync.Mutex
	filled map[Kind]string // databases to be copied
}

// The server of the system, or that of another, and the newest one.
var system, newest server

// Main runs the tests of a package and stops the servers that were started:
//
//	func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }
func Main(m *testing.M) int {
	defer func() {
		for _, s := range []*server{&system, &newest} {
			if s.db != nil {
				s.db.Close()
			}
			if s.own != nil {
				s.own.stop()
			}
		}
	}()
	return m.Run()
}

// Database makes an empty database on the server of the system, which sorts as Chinese, and gives
// its URL; it is dropped when the test ends.
func Database(tb testing.TB) string {
	tb.Helper()
	return Kind{}.Database(tb)
}

// Database makes an empty database of the kind and gives its URL; it is dropped when the test ends.
func (k Kind) Database(tb testing.TB) string {
	tb.Helper()
	s := k.server(tb)
	return s.create(tb, k.made(s))
}

// Filled makes a database of the kind as fill, always the same, fills an empty one, and gives its
// URL; it is dropped when the test ends. It is quicker than to fill one for each test.
func (k Kind) Filled(tb testing.TB, fill func(database string) error) string {
	tb.Helper()
	s := k.server(tb)
	if s.own == nil {
		database := s.create(tb, "")
		if err := fill(database); err != nil {
			tb.Fatal(err)
		}
		return database
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.filled[k] == "" {
		name := newName()
		s.execute(tb, "CREATE DATABASE "+name+k.made(s))
		if err := fill(named(tb, s.url, name)); err != nil {
			tb.Fatal(err)
		}
		if s.filled == nil {
			s.filled = map[Kind]string{}
		}
		s.filled[k] = name
	}
	return s.create(tb, " TEMPLATE "+s.filled[k]+" STRATEGY file_copy")
}

// server gives the server that keeps databases of the kind, and starts it if need be.
func (k Kind) server(tb testing.TB) *server {
	tb.Helper()
	s := &system
	if k.Newest && os.Getenv("HUIZONG_TEST_POSTGRES") == "" && newestInitdb() != "" {
		s = &newest
	}
	s.once.Do(func() {
		if s == &newest {
			s.url, s.own, s.err = startNewest(newestInitdb())
		} else if s.url = os.Getenv("HUIZONG_TEST_POSTGRES"); s.url == "" {
			s.url, s.own, s.err = startSystem()
		}
		if s.err == nil {
			s.db, s.err = sql.Open("postgres", s.url)
		}
	})
	switch {
	case s.err != nil && os.Getenv("CI") != "":
		tb.Fatalf("no PostgreSQL: %v", s.err)
	case s.err != nil:
		tb.Skipf("no PostgreSQL: %v", s.err)
	}
	return s
}

// made is how CREATE DATABASE goes on for an empty database of the kind.
func (k Kind) made(s *server) string {
	switch {
	case s.own == nil:
		return ""
	case k.Bytes:
		return " TEMPLATE template0 STRATEGY file_copy LOCALE_PROVIDER libc LOCALE 'C'"
	}
	return " TEMPLATE template0 STRATEGY file_copy LOCALE_PROVIDER icu LOCALE 'C' ICU_LOCALE 'zh'"
}

// create makes a database as CREATE DATABASE goes on.
func (s *server) create(tb testing.TB, made string) string {
	tb.Helper()
	name := newName()
	s.execute(tb, "CREATE DATABASE "+name+made)
	tb.Cleanup(func() { s.execute(tb, "DROP DATABASE "+name+" WITH (FORCE)") })
	return named(tb, s.url, name)
}

func (s *server) execute(tb testing.TB, statement string) {
	tb.Helper()
	if _, err := s.db.Exec(statement); err != nil {
		tb.Fatalf("%s: %v", statement, err)
	}
}

func newName() string { return "huizong_" + strings.ToLower(rand.Text()) }

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
// transaction whatever session is free. The test is skipped where there is no pgbouncer, or the
// server is not of our own.
func Pooled(tb testing.TB, database string) string {
	tb.Helper()
	address, pooler, err := pool(ours(tb, database).own)
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

// Restart stops the server of a database as its service does, so that all sessions end, and starts
// it again. The test is skipped where the server is not of our own.
func Restart(tb testing.TB, database string) {
	tb.Helper()
	s := ours(tb, database)
	before, err := s.started()
	if err == nil {
		err = s.own.restart()
	}
	if err != nil {
		tb.Fatal(err)
	}
	for range 300 {
		if now, err := s.started(); err == nil && now != before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	tb.Fatal("the server does not start again")
}

// started says when the server was started.
func (s *server) started() (since string, err error) {
	err = s.db.QueryRow(`SELECT CAST(pg_postmaster_start_time() AS TEXT)`).Scan(&since)
	return since, err
}

// ours is the server of our own that keeps a database.
func ours(tb testing.TB, database string) *server {
	tb.Helper()
	at, err := url.Parse(database)
	if err != nil {
		tb.Fatal(err)
	}
	for _, s := range []*server{&system, &newest} {
		if s.own != nil && s.own.directory == at.Query().Get("host") {
			return s
		}
	}
	tb.Skip("the server is not of our own")
	return nil
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
