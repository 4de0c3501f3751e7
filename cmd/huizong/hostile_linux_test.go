//go:build linux

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What any file may cost the program, in a process of its own: processor time and memory. The
// promise is a second of an idle machine; a machine with much else to do counts several for the
// same work, and what is not kept there is no fault of the program.
const (
	promised   = time.Second
	mostTime   = 5 * promised
	mostMemory = 256 << 20
)

// Any file, however it was made up, costs no more than it may, and is read or refused by a
// finding. Each is given to a process of its own, of which the system tells what it cost; -v
// shows that as a table. Limits are counts: the verdict is the same on any machine.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	binary := built(t)
	costs := make([]cost, len(hostileKinds))
	t.Run("kinds", func(t *testing.T) {
		for i, kind := range hostileKinds {
			t.Run(kind.name, func(t *testing.T) {
				t.Parallel()
				if testing.Short() && !kind.cheap {
					t.Skip("expensive to make")
				}
				path := filepath.Join(t.TempDir(), "6月."+kind.extension)
				kind.create(t, path)
				costs[i] = measure(t, filepath.Dir(path), append([]string{binary, "check", "--period", "2024-06", path}, kind.flags...)...)
				if got := costs[i].verdict(); got != kind.want {
					t.Errorf("the verdict is %s, want %s", got, kind.want)
				}
			})
		}
	})
	t.Log(tableOf(costs))
}

// tableOf lists what the kinds cost, the dearest first.
func tableOf(costs []cost) string {
	var measured []int
	for i, c := range costs {
		if c.Memory > 0 {
			measured = append(measured, i)
		}
	}
	slices.SortFunc(measured, func(a, b int) int { return cmp.Compare(costs[b].Time, costs[a].Time) })
	var b strings.Builder
	beyond := 0
	for _, i := range measured {
		c := costs[i]
		fmt.Fprintf(&b, "%6.2f s %5d MB  %-14s %s\n", c.Time.Seconds(), c.Memory>>20, c.verdict(), hostileKinds[i].name)
		if c.Time > promised {
			beyond++
		}
	}
	return fmt.Sprintf("%d kinds, %d of them over %s of processor time on this machine now\n%s", len(measured), beyond, promised, b.String())
}

// A cost is what a process took, and what it said.
type cost struct {
	Status int
	Time   time.Duration // of all processors
	Memory int64         // bytes, the most that were resident
	Said   string
}

func init() { commands["measure"] = measureCommand }

// measureCommand runs a command for measure and prints what it cost: measure COMMAND …. It is a
// process between the two, since the system counts to a process what its parent had in memory.
func measureCommand() {
	command := exec.Command(os.Args[1], os.Args[2:]...)
	said, err := command.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitFailed)
	}
	state := command.ProcessState
	used := state.SysUsage().(*syscall.Rusage)
	c := cost{state.ExitCode(), state.UserTime() + state.SystemTime(), used.Maxrss << 10, string(said)}
	if err := json.NewEncoder(os.Stdout).Encode(c); err != nil {
		os.Exit(exitFailed)
	}
}

// measure runs a command in a folder and holds what it cost against what any may cost.
func measure(t *testing.T, dir string, command ...string) (c cost) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // one that hangs
	defer cancel()
	between := exec.CommandContext(ctx, "measure", command...)
	between.Dir = dir
	said, err := between.Output()
	if err == nil {
		err = json.Unmarshal(said, &c)
	}
	if err != nil {
		t.Fatal(err)
	}
	if c.Status != exitDone && c.Status != exitLeftOut {
		t.Errorf("exit status %d\n%.2000s", c.Status, c.Said)
	}
	if c.Time > mostTime || c.Memory > mostMemory {
		t.Errorf("it takes %s and %d MB", c.Time, c.Memory>>20)
	}
	return c
}

var (
	refusedFor = regexp.MustCompile(`(?m) (F0\d|F1\d|F2\d|F6[567]) `)
	limitNamed = regexp.MustCompile(`〔limits\.(\w+)〕`)
)

// verdict is what became of the file: read, or the codes and limits for which it was refused.
func (c cost) verdict() string {
	var all []string
	for _, line := range strings.Split(c.Said, "\n") {
		code := refusedFor.FindStringSubmatch(line)
		if code == nil {
			continue
		}
		verdict := code[1]
		if limit := limitNamed.FindStringSubmatch(line); limit != nil {
			verdict += " " + limit[1]
		}
		all = append(all, verdict)
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) == 0 {
		return "read"
	}
	return strings.Join(all, ", ")
}

// A hostileKind is a way to make a file that costs more than it is worth.
type hostileKind struct {
	name, extension string
	cheap           bool // to make and to read
	create          func(t *testing.T, path string)
	flags           []string
	want            string // verdict
}
