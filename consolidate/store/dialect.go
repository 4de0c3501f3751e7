package store

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlitecode "modernc.org/sqlite/lib"
)

// A dialect is the whole difference between the databases.
type dialect struct {
	driver string
	alone  string // statement that keeps a transaction apart from others that migrate

	// The run lock: a session takes it with lock, or fails at once with an error of which
	// held is true; it gives it back with unlock, or by ending.
	lock, unlock string
	held         func(error) bool
}

// The advisory locks of PostgreSQL are two numbers: ours, and 1 for a run, 2 for a
// migration. SQLite migrates alone because its transactions begin IMMEDIATE; its run lock
// is a lock on a file of its own, PATH.lock, taken as SQLite takes them on each system.
var (
	postgres = dialect{
		driver: "postgres",
		alone:  `SELECT pg_advisory_xact_lock(1752525178, 2)`,
		lock: `
			DO $$ BEGIN
				IF NOT pg_try_advisory_lock(1752525178, 1) THEN RAISE lock_not_available; END IF;
			END $$`,
		unlock: `SELECT pg_advisory_unlock(1752525178, 1)`,
		held: func(err error) bool {
			var refused *pq.Error
			return errors.As(err, &refused) && refused.SQLState() == "55P03"
		},
	}
	lite = dialect{
		driver: "sqlite",
		alone:  `SELECT 1`,
		lock:   `BEGIN EXCLUSIVE`,
		unlock: `ROLLBACK`,
		held: func(err error) bool {
			var refused *sqlite.Error
			return errors.As(err, &refused) && refused.Code() == sqlitecode.SQLITE_BUSY
		},
	}
)

func init() { sqlx.BindDriver(lite.driver, sqlx.QUESTION) }

// A place is where a database is.
type place struct {
	dialect
	name    string // for messages: without password
	dsn     string
	lockDSN string // where the run lock is taken
}

// failed says of which database an error is; nil stays nil.
func (at place) failed(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %s: %w", at.name, doing, err)
}

// locate understands the address of a database.
func locate(address string) (place, error) {
	scheme, rest, _ := strings.Cut(address, ":")
	switch scheme {
	case "sqlite":
		return locateFile(rest)
	case "postgres", "postgresql":
		return locateServer(address)
	}
	return place{}, fmt.Errorf("database %q: write sqlite:PATH or postgres://USER@HOST/DATABASE", scheme)
}

func locateFile(path string) (place, error) {
	name := "database sqlite:" + path
	if path == "" {
		return place{}, fmt.Errorf("%s: the path is missing", name)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return place{}, fmt.Errorf("%s: %w", name, err)
	}
	directory := filepath.Dir(path)
	if info, err := os.Stat(directory); err != nil || !info.IsDir() {
		return place{}, fmt.Errorf("%s: there is no directory %s: create it first", name, directory)
	}
	return place{lite, name,
		fileURI(path) + "?_txlock=immediate&_error_rc=1&_pragma=busy_timeout(30000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)",
		fileURI(path+".lock") + "?_error_rc=1"}, nil
}

// fileURI is an absolute path as SQLite reads it without misreading ?, # or %:
// file:///C:/%E6%B1%87%E6%80%BB/6.db
func fileURI(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

func locateServer(address string) (place, error) {
	at, err := url.Parse(address)
	if err != nil {
		return place{}, errors.New("database postgres: the address is no URL; write % signs and such in user and password as %25")
	}
	shown := url.URL{Scheme: at.Scheme, Host: at.Host, Path: at.Path}
	if at.User != nil {
		shown.User = url.User(at.User.Username())
	}
	return place{postgres, "database " + shown.String(), address, address}, nil
}
