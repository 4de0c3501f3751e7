package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"huizong/consolidate/store"
	"huizong/internal/ledger"
)

// mostGrowth is how many times the steps of twice as many rows may be as many.
const mostGrowth = 2.3

// Twice the rows take hardly more than twice the steps, whatever the rows say. Steps are counted, not
// seconds: how often each statement of ours is executed in a run of its own, as the coverage of the program
// says. A few kinds of months are tried, as small as shows it, since each takes seconds; BenchmarkSteps tries all.
func TestStepsGrowWithRows(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program and runs many months")
	}
	binary := counting(t)
	for _, kind := range growings {
		if kind.tried {
			t.Run(kind.name, func(t *testing.T) {
				t.Parallel()
				small, middle, large := kind.steps(t, binary, 250), kind.steps(t, binary, 500), kind.steps(t, binary, 1000)
				grown := growth(small.all(), middle.all(), large.all())
				t.Logf("%d, %d and %d steps of 250, 500 and 1,000 rows: %.2f times as many", small.all(), middle.all(), large.all(), grown)
				if grown > mostGrowth {
					t.Errorf("most at\n%s", fastest(small, middle, large))
				}
			})
		}
	}
}

// How many steps months of a kind take, in millions, by hundreds of rows, and how they grow in the end.
func BenchmarkSteps(b *testing.B) {
	binary := counting(b)
	for _, kind := range growings {
		b.Run(kind.name, func(b *testing.B) {
			for b.Loop() {
				var counted [3]steps
				for i, hundreds := range []int{5, 10, 20} {
					counted[i] = kind.steps(b, binary, hundreds*100)
					b.ReportMetric(float64(counted[i].all())/1e6, fmt.Sprint("M/", hundreds, "00"))
				}
				grown := growth(counted[0].all(), counted[1].all(), counted[2].all())
				b.ReportMetric(grown, "×")
				if grown > mostGrowth {
					b.Logf("most at\n%s", fastest(counted[0], counted[1], counted[2]))
				}
			}
		})
	}
}

// counting builds the program so that it counts its steps.
func counting(t testing.TB) (binary string) {
	t.Helper()
	binary = filepath.Join(t.TempDir(), "huizong")
	build := exec.Command("go", "build", "-cover", "-covermode=atomic", "-coverpkg=huizong/...", "-o", binary, ".")
	if built, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, built)
	}
	return binary
}

// growth is how many times the steps from small to middle those from middle to large are, so that what a
// run costs whatever its rows does not hide it.
func growth(small, middle, large int) float64 {
	return float64(large-middle) / float64(max(1, middle-small))
}

// Steps are how often each block of statements was executed, times its statements.
type steps map[string]int

func (s steps) all() (n int) {
	for _, of := range s {
		n += of
	}
	return n
}

// fastest names the blocks that took most of the steps that are too many.
func fastest(small, middle, large steps) string {
	excess := func(at string) float64 {
		return float64(large[at]-middle[at]) - mostGrowth*float64(middle[at]-small[at])
	}
	var blocks []string
	for at := range large {
		blocks = append(blocks, at)
	}
	slices.SortFunc(blocks, func(a, b string) int { return cmp.Or(cmp.Compare(excess(b), excess(a)), cmp.Compare(a, b)) })
	var lines strings.Builder
	for _, at := range blocks[:min(8, len(blocks))] {
		fmt.Fprintf(&lines, "%s: %d, %d, %d\n", at, small[at], middle[at], large[at])
	}
	return lines.String()
}

// steps counts those of the run of June, of a month of n rows.
func (g growing) steps(t testing.TB, binary string, n int) steps {
	t.Helper()
	dir := t.TempDir()
	database, inbox, counted := "sqlite:"+filepath.Join(dir, "huizong.db"), filepath.Join(dir, "june"), filepath.Join(dir, "steps")
	mail(t, inbox, ledger.Period{Year: 2024, Month: 6}, g.june(n))
	run := func(month, inbox string) {
		command := exec.Command(binary, "--database", database, "--quiet", "run", "--period", month, "--inbox", inbox, "--out", filepath.Join(dir, "out"))
		must(t, os.MkdirAll(counted, 0o750))
		command.Env = append(os.Environ(), "GOCOVERDIR="+counted)
		output, err := command.CombinedOutput()
		if exit := new(exec.ExitError); !errors.As(err, &exit) || exit.ExitCode() != exitLeftOut {
			t.Fatalf("%v\n%s", err, output)
		}
	}
	if g.may != nil {
		mail(t, filepath.Join(dir, "may"), ledger.Period{Year: 2024, Month: 5}, g.may(n))
		run("2024-05", filepath.Join(dir, "may"))
		must(t, os.RemoveAll(counted)) // what May took is another matter
		g.decide(t, binary, database, inbox)
	}
	run("2024-06", inbox)
	return counts(t, counted)
}

// decide records decisions on the rows of May, or has answers on them come with June.
func (g growing) decide(t testing.TB, binary, database, inbox string) {
	t.Helper()
	if g.decisions == nil && g.answers == nil {
		return
	}
	command := exec.Command(binary, "--database", database, "decide", "find", "项目", "--json")
	command.Env = append(os.Environ(), "GOCOVERDIR="+t.TempDir())
	text, err := command.Output()
	must(t, err)
	var found struct{ Rows []foundRow }
	must(t, json.Unmarshal(text, &found))
	if g.answers != nil {
		reply(t, filepath.Join(inbox, "答复.xlsx"), g.answers(found.Rows))
		return
	}
	db, err := store.Open(t.Context(), database)
	must(t, err)
	lock, err := db.Lock(t.Context(), growingCounty.Region, store.Holder{Who: "张三"})
	must(t, err)
	_, err = lock.Decide(t.Context(), g.decisions(found.Rows))
	must(t, errors.Join(err, lock.Release(), db.Close()))
}

// counts reads what a run left of its coverage.
func counts(t testing.TB, dir string) steps {
	t.Helper()
	path := filepath.Join(t.TempDir(), "steps.txt")
	command := exec.Command("go", "tool", "covdata", "textfmt", "-i=.", "-o="+path)
	command.Dir = dir // its path may have commas, which part folders
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	file, err := os.Open(path)
	must(t, err)
	defer file.Close()
	all, lines := steps{}, bufio.NewScanner(file)
	for lines.Scan() {
		words := strings.Fields(lines.Text()) // file.go:1.2,3.4 statements times
		if len(words) != 3 {
			continue // the line of the mode
		}
		statements, err := strconv.Atoi(words[1])
		must(t, err)
		times, err := strconv.Atoi(words[2])
		must(t, err)
		all[words[0]] += statements * times
	}
	must(t, lines.Err())
	return all
}
