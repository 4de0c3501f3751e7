// Mutate tells how much of what packages do their tests notice. It makes small changes (mutants), one at a
// time (a comparison turned, a call left out, a rule dropped), and runs the tests: a change that they let
// pass survived, and is something that nobody tests. `make mutate` says how it is used.
//
// All mutants are compiled at once, by way of go's -overlay, so that the tree is never touched: each function
// has its body once more for each of its mutants, and MUTANT in the environment says which of them is
// meant. Building is most of the work, and it is done once instead of a thousand times.
//
// Each argument is a group of packages with one score, folders joined by commas. A mutant is tried with its
// own package's tests (-short) and, where those pass, with those of the packages of its group that use it.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

// enough is the share of mutants that are to be noticed.
const enough = 0.95

func main() {
	many := flag.String("n", "60", "mutants tried in each group, `NUMBER` or all")
	seed := flag.Uint64("seed", 1, "of the sample")
	list := flag.String("judged", "", "`FILE` of mutants that change nothing, each with the reason")
	flag.Parse()
	ok, err := run(os.Stdout, *many, *seed, *list, flag.Args())
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	case !ok:
		os.Exit(1)
	}
}

// run tries a sample of each group and prints what became of each mutant; ok says that every
// group's score is enough.
func run(out io.Writer, many string, seed uint64, list string, groups []string) (ok bool, err error) {
	number := math.MaxInt
	if many != "all" {
		if number, err = strconv.Atoi(many); err != nil {
			return false, err
		}
	}
	judged, err := readJudged(list)
	if err != nil {
		return false, err
	}
	work, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(work)

	ok = true
	for _, argument := range groups {
		g, err := newGroup(work, strings.Split(argument, ","))
		if err != nil {
			return false, err
		}
		all, err := g.mutants(judged)
		if err != nil {
			return false, err
		}
		all, overlay, err := g.build(all)
		if err != nil {
			return false, err
		}
		if err := g.ready(overlay); err != nil {
			return false, err
		}
		order := rand.New(rand.NewPCG(seed, 0)).Perm(len(all))
		score := g.try(out, all, order[:min(number, len(order))])
		fmt.Fprintf(out, "%s: %s, of %d mutants that compile; seed %d\n", argument, score, len(all), seed)
		ok = ok && score.share() >= enough
	}
	return ok, nil
}

// readJudged reads mutants that somebody found to change nothing: a line each as it is printed
// without its line number, then # and why. Blank lines and those of # alone are for people.
func readJudged(path string) (map[string]bool, error) {
	judged := map[string]bool{}
	if path == "" {
		return judged, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		m, why, _ := strings.Cut(lines.Text(), "] # ")
		switch {
		case m == "" || strings.HasPrefix(m, "#"):
		case why == "" || judged[m+"]"]:
			return nil, fmt.Errorf("%s: no reason, or a second time: %s", path, lines.Text())
		default:
			judged[m+"]"] = true
		}
	}
	return judged, lines.Err()
}

// A score is how many of a sample came to what.
type score struct{ killed, timeouts, survived int }

// share is the part that the tests noticed; a test that never ends is noticed, too.
func (s score) share() float64 {
	return float64(s.killed+s.timeouts) / float64(max(s.killed+s.timeouts+s.survived, 1))
}

func (s score) String() string {
	return fmt.Sprintf("%.1f%%: %d killed, %d timeouts, %d survived", 100*s.share(), s.killed, s.timeouts, s.survived)
}

// try tries a sample on all processors.
func (g *group) try(out io.Writer, all []*mutant, sample []int) score {
	var total score
	var waiting sync.WaitGroup
	var one sync.Mutex
	free := make(chan struct{}, runtime.NumCPU())
	for _, i := range sample {
		free <- struct{}{}
		waiting.Go(func() {
			defer func() { <-free }()
			word, by := g.fate(all[i], i+1)
			one.Lock()
			defer one.Unlock()
			switch word {
			case killed:
				total.killed++
			case timeout:
				total.timeouts++
			case survived:
				total.survived++
			}
			fmt.Fprintf(out, "%s\t%s:%d\t%s\t%s\n", word, filepath.ToSlash(all[i].file), all[i].line, all[i], by)
		})
	}
	waiting.Wait()
	return total
}
