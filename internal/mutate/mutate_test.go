package main

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// What becomes of every mutant of two small packages, all kinds of mutants among them.
func TestSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("builds four programs")
	}
	var out strings.Builder
	ok, err := run(&out, "all", 1, "testdata/judged.txt", []string{"testdata/small,testdata/small/user"})
	if err != nil || ok {
		t.Errorf("ok %v, error %v, of a package that is not well tested", ok, err)
	}
	lines := strings.SplitAfter(out.String(), "\n")
	slices.Sort(lines)
	got := strings.Join(lines, "")
	if *update {
		if err := os.WriteFile("testdata/small.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile("testdata/small.txt"); err != nil || got != string(want) {
		t.Errorf("%v; -update rewrites what is wanted; got\n%s", err, got)
	}
}
