package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A group are packages that share a score.
type group struct {
	work     string // a folder for what is built
	packages []*goPackage
}

type goPackage struct {
	folder   string   // as it was given
	tests    string   // the program that they were built to
	flags    []string // of it
	patience time.Duration

	Dir, ImportPath, Name string
	GoFiles, Deps         []string
}

// newGroup lists the packages of folders.
func newGroup(work string, folders []string) (*group, error) {
	g := &group{work: work}
	for _, folder := range folders {
		p := &goPackage{folder: filepath.Clean(folder)}
		listing, err := exec.Command("go", "list", "-json=Dir,ImportPath,Name,GoFiles,Deps", "./"+p.folder).Output()
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", folder, err)
		}
		if err := json.Unmarshal(listing, p); err != nil {
			return nil, err
		}
		g.packages = append(g.packages, p)
	}
	return g, nil
}

// mutants are those of all files of the group but the judged ones, which must be there.
func (g *group) mutants(judged map[string]bool) ([]*mutant, error) {
	var all []*mutant
	seen := map[string]bool{}
	for _, p := range g.packages {
		for _, name := range p.GoFiles {
			found, err := mutants(filepath.Join(p.folder, name))
			if err != nil {
				return nil, err
			}
			for _, m := range found {
				if seen[m.String()] = true; !judged[m.String()] {
					all = append(all, m)
				}
			}
		}
	}
	for m := range judged {
		if g.has(filepath.Dir(strings.Fields(m)[1])) != nil && !seen[m] {
			return nil, fmt.Errorf("judged, and there no longer: %s", m)
		}
	}
	return all, nil
}

func (g *group) has(folder string) *goPackage {
	if at := slices.IndexFunc(g.packages, func(p *goPackage) bool { return p.folder == folder }); at >= 0 {
		return g.packages[at]
	}
	return nil
}

// ready builds the tests of each package and runs them as they are: they must pass.
func (g *group) ready(overlay string) error {
	for i, p := range g.packages {
		p.tests, p.patience = filepath.Join(g.work, strconv.Itoa(i)+".test"), time.Hour
		if said, err := exec.Command("go", "test", "-c", "-vet=off", "-gcflags=-e", "-overlay", overlay, "-o", p.tests, "./"+p.folder).CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, said)
		}
		if quiet := "-rapid.nofailfile"; exec.Command(p.tests, "-test.list", "^$", quiet).Run() == nil {
			p.flags = []string{quiet} // else what a mutant broke is kept in testdata, and tried ever after
		}
		began := time.Now()
		if word, by := p.test(0); word != survived {
			return fmt.Errorf("the tests of %s fail as they are: %s %s", p.folder, word, by)
		}
		p.patience = 10*time.Since(began) + 10*time.Second
	}
	return nil
}

// What becomes of a mutant.
const (
	killed   = "KILLED"
	survived = "SURVIVED"
	timeout  = "TIMEOUT"
)

// fate is what becomes of a mutant, and by which test: of its own package, or else of those of
// the group that use it.
func (g *group) fate(m *mutant, number int) (word, by string) {
	own := g.has(filepath.Dir(m.file))
	word, by = own.test(number)
	for _, p := range g.packages {
		if word == survived && slices.Contains(p.Deps, own.ImportPath) {
			word, by = p.test(number)
		}
	}
	return word, by
}

// test runs the tests of a package with a mutant. What grows without end must not take the
// machine with it: it gets 8 GB of addresses.
func (p *goPackage) test(number int) (word, by string) {
	tests := exec.Command("sh", "-c", `ulimit -v 8000000; exec "$0" -test.short -test.failfast "$@"`, p.tests, "-test.timeout="+p.patience.String())
	tests.Args = append(tests.Args, p.flags...)
	tests.Dir, tests.Env = p.Dir, append(os.Environ(), fmt.Sprint("MUTANT=", number))
	said, err := tests.CombinedOutput()
	switch {
	case err == nil:
		return survived, ""
	case bytes.Contains(said, []byte("panic: test timed out")):
		return timeout, ""
	}
	if _, after, failed := strings.Cut(string(said), "--- FAIL: "); failed {
		by, _, _ = strings.Cut(after, " ")
	}
	return killed, by
}
