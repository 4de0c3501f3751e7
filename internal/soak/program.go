//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A soak is the program and a folder for one part of the work.
type soak struct{ program, dir string }

// A usage is what a run of the program took.
type usage struct {
	cpu    time.Duration
	memory int64 // the most that was resident, bytes
}

// run runs the program in the folder. It may end with 3, as it does where something of a return was left out.
func (s *soak) run(args ...string) (usage, error) {
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return usage{}, err
	}
	command := exec.Command(s.program, append(args, "--quiet")...)
	command.Dir = s.dir
	said, err := command.CombinedOutput()
	if failed := (*exec.ExitError)(nil); err != nil && !(errors.As(err, &failed) && failed.ExitCode() == 3) {
		return usage{}, fmt.Errorf("huizong %s: %w\n%s", strings.Join(args, " "), err, bytes.TrimSpace(said))
	}
	used := command.ProcessState.SysUsage().(*syscall.Rusage)
	return usage{command.ProcessState.UserTime() + command.ProcessState.SystemTime(), used.Maxrss << 10}, nil
}

// period is the month that comes so many months after January 2024.
func period(after int) string {
	return time.Date(2024, time.Month(1+after), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

// samples makes a month of as many returns, of 40 rows each, in a folder with county.toml and inbox.
func (s *soak) samples(folder, period string, returns, seed int) error {
	_, err := s.run("samples", "--period", period, "--departments", strconv.Itoa(returns), "--seed", strconv.Itoa(seed), "--out", folder)
	return err
}

// month runs the month that lies in a folder in a database, a file.
func (s *soak) month(database, folder, period string) (usage, error) {
	return s.run("run", "--database", "sqlite:"+database, "--county", filepath.Join(folder, "county.toml"), "--period", period,
		"--inbox", filepath.Join(folder, "inbox"), "--out", filepath.Join(folder, "out"))
}

// size is that of a file and of what SQLite puts beside it, or of all files in a folder, in bytes.
func (s *soak) size(path string) (size int64, err error) {
	err = filepath.WalkDir(filepath.Join(s.dir, filepath.Dir(path)), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasPrefix(name, filepath.Join(s.dir, path)) {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}
