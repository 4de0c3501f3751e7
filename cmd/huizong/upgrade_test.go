package main

import (
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/cmd/internal/job"
)

// before is what an earlier build left: two months, a decision and a county.toml; make.sh there
// says how.
const before = "testdata/upgrade"

func unpacked(t *testing.T, name string) []byte {
	t.Helper()
	file, err := os.Open(filepath.Join(before, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	packed, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(packed)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// Whoever unpacks a new program over an old one goes on: the old database opens, its months and
// decisions are there, and the old county.toml is read.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs months on both databases")
	}
	t.Run("SQLite", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "huizong.db")
		if err := os.WriteFile(path, unpacked(t, "huizong.db.gz"), 0o600); err != nil {
			t.Fatal(err)
		}
		goesOn(t, "sqlite:"+path)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		address := newest.Database(t)
		db, err := sql.Open("postgres", address)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.ExecContext(context.Background(), string(unpacked(t, "postgres.sql.gz"))); err != nil {
			t.Fatal(err)
		}
		goesOn(t, address)
	})
}

func goesOn(t *testing.T, database string) {
	out := t.TempDir()
	huizongOf := func(want int, into any, args ...string) {
		t.Helper()
		args = append(args, "--database", database, "--county", filepath.Join(before, "county.toml"), "--json")
		if err := json.Unmarshal([]byte(huizong(t, want, args...)), into); err != nil {
			t.Fatal(err)
		}
	}
	for _, period := range []string{"2024-05", "2024-06"} {
		var board job.Board
		huizongOf(exitDone, &board, "status", "--period", period)
		if owed, received, _ := board.Rates(); owed != 3 || received != 3 || !board.Merged {
			t.Errorf("%s: %d of %d, merged: %v", period, received, owed, board.Merged)
		}
	}
	var decisions struct{ Decided []decisionReport }
	huizongOf(exitDone, &decisions, "decide", "list")
	if len(decisions.Decided) != 1 || decisions.Decided[0].Who != "张三" || decisions.Decided[0].State != "in-force" {
		t.Errorf("decided: %+v", decisions.Decided)
	}

	text, err := os.ReadFile(filepath.Join(before, "run.json"))
	if err != nil {
		t.Fatal(err)
	}
	var was, is, carried job.Report
	if err := json.Unmarshal(text, &was); err != nil {
		t.Fatal(err)
	}
	huizongOf(exitDone, &is, "run", "--period", "2024-06", "--inbox", filepath.Join(before, "inbox"), "--out", out)
	if diff := cmp.Diff(figuresOf(was), figuresOf(is)); diff != "" || was.Figures["reserve.projects"] != 5 {
		t.Errorf("June run again (%d):\n%s", was.Figures["reserve.projects"], diff)
	}
	if diff := cmp.Diff(was.Balance, is.Balance); diff != "" {
		t.Errorf("June run again:\n%s", diff)
	}
	for i, file := range is.Files {
		if returns := was.Files[i].Returns; file.SHA256 != was.Files[i].SHA256 || len(file.Returns) != 1 || file.Returns[0].Version != returns[0].Version {
			t.Errorf("%s is not the version that it was: %+v, %+v", file.Path, file.Returns, returns)
		}
	}

	// A month without returns stands on what the old build took.
	huizongOf(exitLeftOut, &carried, "run", "--period", "2024-07", "--inbox", t.TempDir(), "--out", out)
	if carried.Figures["reserve.investment_fen"] != was.Figures["reserve.investment_fen"] || len(carried.Missing) != 3 || !carried.Missing[0].Carried {
		t.Errorf("July: %+v", carried)
	}
	again := t.TempDir()
	huizong(t, exitDone, "summary", "--period", "2024-06", "--out", again, "--database", database, "--county", filepath.Join(before, "county.toml"))
	for _, file := range is.Workbooks {
		if _, err := os.Stat(filepath.Join(again, "2024-06", filepath.FromSlash(file.Path))); err != nil {
			t.Error(err)
		}
	}
}

// figuresOf are the projects and amounts of a month.
func figuresOf(r job.Report) map[string]int64 {
	figures := map[string]int64{}
	for name, value := range r.Figures {
		if strings.HasPrefix(name, "reserve.") || strings.HasPrefix(name, "progress.") {
			figures[name] = value
		}
	}
	return figures
}
