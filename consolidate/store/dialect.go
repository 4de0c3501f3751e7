package store

import (
	"errors"
	"fmt"
	"io/fs"
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

	// The run lock is a transaction of its own: patient lets a transaction stay open for as long as a
	// run takes, lock takes a region for it, or fails at once.
	patient, lock string

	bytewise string // the collation that orders text by its bytes

	// nowait ends a SELECT that takes its rows for the transaction that writes, or fails at once.
	nowait string

	// reuse begins the statement, before the names of tables, by which rows that were cleared make room for others; blank where
	// they do by themselves.
	reuse string
}

// PostgreSQL locks the row of a region, by what every engine has that speaks its language; the
// settings are those, where a server has them, that end a transaction which waits or lasts. SQLite's transaction that is
// the run lock is on a file of its own, PATH.REGION.lock, and begins EXCLUSIVE, which locks it as
// each system does; those that write begin IMMEDIATE, so that one writes at a time.
var (
	postgres = dialect{
		driver: "postgres", bytewise: `"C"`,
		patient: `
			SELECT set_config(name, '0', true)
			FROM pg_settings
			WHERE setting <> '0' AND name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')`,
		lock:   `SELECT region FROM run WHERE region = ? FOR UPDATE NOWAIT`,
		nowait: ` FOR UPDATE NOWAIT`,
		reuse:  `VACUUM (SKIP_LOCKED) `,
	}
	lite = dialect{
		driver: "sqlite", bytewise: "BINARY",
		patient: `SELECT 1`,
		lock:    `SELECT ?`,
	}
)

func init() { sqlx.BindDriver(lite.driver, sqlx.QUESTION) }

// States of SQL (SQLSTATE), as PostgreSQL and those that speak its language have them.
const (
	serializationFailure = "40001"
	deadlock             = "40P01"
	lockNotAvailable     = "55P03"
	duplicateKey         = "23505"
	duplicateTable       = "42P07"
	adminShutdown        = "57P01"
	crashShutdown        = "57P02"
	cannotConnectNow     = "57P03"
	diskFull             = "53100"
)

// stateOf is the state that an error of a database tells, blank if it tells none.
func stateOf(err error) string {
	if refused := (*pq.Error)(nil); errors.As(err, &refused) {
		return refused.SQLState()
	}
	if busy := (*sqlite.Error)(nil); errors.As(err, &busy) && busy.Code() == sqlitecode.SQLITE_BUSY {
		return lockNotAvailable
	}
	return ""
}

// Full reports whether a database found no room: on its own disk or, SQLite, on that of temporary files.
func Full(err error) bool {
	if full := (*sqlite.Error)(nil); errors.As(err, &full) {
		return full.Code() == sqlitecode.SQLITE_FULL || full.Code() == sqlitecode.SQLITE_IOERR_SHMSIZE
	}
	return stateOf(err) == diskFull
}

// A place is where a database is.
type place struct {
	dialect
	name string // for messages: without password
	dsn  string
	path string // of a SQLite file; blank: a server's
	// lockDSN is where the run lock of a region is taken.
	lockDSN func(region string) string
}

// keepPrivate makes a SQLite file, that of the database (ending is blank) or one that is named after it, for its owner
// alone, since a database holds telephone numbers: what SQLite puts beside a file has its permissions. Where there is one
// already, others lose what they may; what the group may is left as somebody set it. On Windows this changes nothing.
func (at place) keepPrivate(ending string) error {
	if at.path == "" {
		return nil
	}
	path := at.path + ending
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		err = file.Close()
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	for _, ending := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + ending)
		if err != nil || info.Mode().Perm()&0o007 == 0 {
			continue
		}
		if err := os.Chmod(path+ending, info.Mode().Perm()&^0o007); err != nil && !errors.Is(err, fs.ErrPermission) {
			return err // only its owner may; whoever else opens it has to take it as it is
		}
	}
	return nil
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
		return place{}, fmt.Errorf("%s: %w", name, &Missing{path, directory})
	}
	return place{lite, name,
		fileURI(path) + "?_txlock=immediate&_error_rc=1&_pragma=busy_timeout(30000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)",
		path,
		func(region string) string { return fileURI(path+lockEnding(region)) + "?_txlock=exclusive&_error_rc=1" }}, nil
}

// lockEnding makes of a database's name that of the file by which the run lock of a region is taken.
func lockEnding(region string) string { return "." + url.PathEscape(region) + ".lock" }

// fileURI is an absolute path as SQLite reads it without misreading ?, # or %:
// file:///C:/%E6%B1%87%E6%80%BB/6.db
func fileURI(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// locateServer has statements sent with their parameters at once: in half the messages, and
// without a statement that has to be there between two of them.
func locateServer(address string) (place, error) {
	at, err := url.Parse(address)
	if err != nil {
		return place{}, errors.New("database postgres: the address is no URL; write % signs and such in user and password as %25")
	}
	shown := url.URL{Scheme: at.Scheme, Host: at.Host, Path: at.Path}
	if at.User != nil {
		shown.User = url.User(at.User.Username())
	}
	options := at.Query()
	options.Set("binary_parameters", "yes")
	at.RawQuery = options.Encode()
	dsn := at.String()
	return place{postgres, "database " + shown.String(), dsn, "", func(string) string { return dsn }}, nil
}
