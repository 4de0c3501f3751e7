package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"huizong/consolidate/store/pgtest"
	"huizong/internal/zipped"
)

// withServer stops the PostgreSQL server of the tests when they are through.
type withServer struct{ *testing.M }

func (m withServer) Run() int { return pgtest.Main(m.M) }

func TestMain(m *testing.M) {
	testscript.Main(withServer{m}, map[string]func(){
		"huizong": func() { os.Exit(execute(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the program as its users do: exit status, both streams, what exists
// afterwards and what must not.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": exitStatus,
			"zip":    packFolder,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HUIZONG_DATABASE", "")
			here, err := os.Getwd()
			env.Setenv("SAMPLES", here+"/../../samples")
			env.Setenv("ARRIVE", here+"/../internal/job/testdata/arrive")
			return err
		},
	})
}

// exitStatus runs a command and holds its exit status against the one named first:
// status 3 huizong run …
func exitStatus(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		ts.Fatalf("usage: status N command …")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		got = string(rune('0' + exit.ExitCode()))
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}

// packFolder makes an archive of what is in a folder: zip ARCHIVE FOLDER
func packFolder(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: zip ARCHIVE FOLDER")
	}
	file, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer file.Close()
	archive := zipped.NewWriter(file, nil)
	ts.Check(archive.AddFS(os.DirFS(ts.MkAbs(args[1]))))
	ts.Check(archive.Close())
}
