//go:build unix

package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// A SQLite database is for its owner alone, with what SQLite puts beside it. Of one that is there others
// lose what they may, and its group nothing.
func TestPrivateFiles(t *testing.T) {
	for _, test := range []struct {
		name          string
		before, after os.FileMode
	}{
		{"new", 0, 0o600},
		{"of an earlier build", 0o644, 0o640},
		{"of a group", 0o660, 0o660},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "huizong.db")
			for _, ending := range []string{"", ".610722.lock"} {
				if test.before == 0 {
					continue
				}
				if err := os.WriteFile(path+ending, nil, 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.Chmod(path+ending, test.before); err != nil {
					t.Fatal(err)
				}
			}
			s := open(t, "sqlite:"+path)
			lock, err := s.Lock(context.Background(), "610722", Holder{Who: "发改局-PC 4711"})
			if err != nil {
				t.Fatal(err)
			}
			defer lock.Release()
			for _, ending := range []string{"", "-wal", "-shm", ".610722.lock"} {
				info, err := os.Stat(path + ending)
				if err != nil {
					t.Fatal(err)
				}
				if got := info.Mode().Perm(); got != test.after {
					t.Errorf("%s: %o, want %o", filepath.Base(path+ending), got, test.after)
				}
			}
		})
	}
}
