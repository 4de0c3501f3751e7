//go:build unix

package pgtest

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// watch runs a server until standard input ends, be it that we close it or that we are
// killed; then it takes the directory $1 away.
const watch = `
	directory=$1; shift
	"$@" >"$directory/log" 2>&1 & server=$!
	cat >/dev/null
	kill -INT $server; wait $server
	rm -rf "$directory"`

// start makes a server in a temporary directory that sorts text as Chinese, listens on a
// socket there, and forgets what it wrote if the machine stops.
func start() (address string, stop func(), err error) {
	initdb, err := find("initdb")
	if err != nil {
		return "", nil, err
	}
	directory, err := os.MkdirTemp("", "pgtest")
	if err != nil {
		return "", nil, err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(directory)
		}
	}()
	as, err := ordinary(directory)
	if err != nil {
		return "", nil, err
	}
	data := filepath.Join(directory, "data")
	create := exec.Command(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync",
		"--locale=C", "--locale-provider=icu", "--icu-locale=zh")
	create.Dir, create.SysProcAttr = directory, as
	if output, err := create.CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("initdb: %w: %s", err, output)
	}
	server := exec.Command("sh", "-c", watch, "sh", directory, filepath.Join(filepath.Dir(initdb), "postgres"),
		"-D", data, "-k", directory, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off")
	server.Dir, server.SysProcAttr = directory, as
	server.SysProcAttr.Setpgid = true // so that Ctrl-C ends us first, and us alone
	input, err := server.StdinPipe()
	if err != nil {
		return "", nil, err
	}
	if err := server.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		input.Close()
		server.Wait()
		os.RemoveAll(directory)
	}
	address = "postgres://postgres@/postgres?" + url.Values{"host": {directory}, "sslmode": {"disable"}}.Encode()
	if err := ready(address); err != nil {
		log, _ := os.ReadFile(filepath.Join(directory, "log"))
		stop()
		return "", nil, fmt.Errorf("%w: %s", err, log)
	}
	return address, stop, nil
}

// find looks for a program of PostgreSQL on the path and where Debian puts it.
func find(program string) (string, error) {
	if path, err := exec.LookPath(program); err == nil {
		return path, nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + program)
	if len(found) == 0 {
		return "", errors.New(program + " is neither on the path nor in /usr/lib/postgresql; install PostgreSQL or set HUIZONG_TEST_POSTGRES")
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
