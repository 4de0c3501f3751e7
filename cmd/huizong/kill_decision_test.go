//go:build unix

package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A stroke is a command that changes what was decided or whether a month is closed.
type stroke struct {
	args []string
	// already is what is said, and with which status, where it is done already.
	already string
	status  int
}

// strokes are those of one month, again and again; number is that of the next decision.
func strokes(rounds int, a, b string) (all []stroke) {
	words := func(text string) []string { return strings.Fields(text) }
	const gone, closed = "或者已经撤销", "已经结账，没有变化"
	for number := 1; number <= 2*rounds; number += 2 {
		all = append(all,
			stroke{words("decide same " + a + " " + b + " --who 张三 --why 已核对"), "原已如此判定，没有变化", exitDone},
			stroke{words(fmt.Sprint("decide undo ", number)), gone, exitFailed},
			stroke{words("decide different " + a + " " + b + " --who 张三 --why 已核对"), "原已如此判定，没有变化", exitDone},
			stroke{words("close --period 2024-06 --who 张三 --reason 已电话核实"), closed, exitFailed},
			stroke{words("reopen --period 2024-06 --who 李四 --reason 漏报 --until 2099-07-10"), "2024-06 重开，到2099-07-10为止", exitDone})
		if number < 2*rounds-1 {
			all = append(all, stroke{words(fmt.Sprint("decide undo ", number+1)), gone, exitFailed})
		}
	}
	return all
}

// What is decided and undone, and a month that is closed or reopened, is there whole or not at all, wherever the process is
// killed; doing it again does it, or says that it is done; and all that the database holds then is as if nothing had
// happened. The month's folder is not touched, and is made to the byte after it as before.
func TestKilledDecisionsAndClosings(t *testing.T) {
	t.Parallel()
	binary, rounds := built(t), 2
	if testing.Short() {
		rounds = 1
	}
	t.Run("SQLite", func(t *testing.T) { killStrokes(t, binary, rounds, sqliteIn) })
	t.Run("PostgreSQL", func(t *testing.T) {
		killStrokes(t, binary, 1, func(t *testing.T) string { return newest.Database(t) })
	})
}

func killStrokes(t *testing.T, binary string, rounds int, database func(*testing.T) string) {
	inbox, out := t.TempDir(), t.TempDir()
	for _, office := range []string{"交通运输局", "水利局"} {
		text := "城固县谋划储备项目表（2024年6月）\n填报单位：" + office + ",填报日期：2024年6月20日,单位：万元\n" +
			"项目名称,所属批次,领域,总投资,责任单位\n汉江大桥工程,谋划,基础设施,8000," + office + "\n"
		mustDo(t, os.WriteFile(filepath.Join(inbox, office+"储备项目.csv"), []byte(text), 0o600))
	}
	run := func(at string) {
		t.Helper()
		huizong(t, exitLeftOut, "--database", at, "--quiet", "run", "--period", "2024-06", "--inbox", inbox, "--out", out)
	}
	quiet, disturbed := database(t), database(t)
	run(quiet)
	run(disturbed)
	a, b := twoKeys(t, quiet, "汉江大桥")
	all := strokes(rounds, a, b)
	command := func(at string, s stroke) *exec.Cmd {
		return exec.Command(binary, append([]string{"--database", at}, s.args...)...)
	}
	want := held(t, quiet)
	if diff := cmp.Diff(want, held(t, disturbed)); diff != "" {
		t.Fatalf("the same month is not held alike\n%s", diff)
	}
	broken := 0
	for _, s := range all {
		if s.args[0] == "close" { // what was decided before is in force with a run
			run(quiet)
			run(disturbed)
			want = held(t, quiet)
		}
		before, begun := want, time.Now()
		mustExit(t, exitDone, command(quiet, s))
		whole := time.Since(begun)
		want = held(t, quiet)

		victim := command(disturbed, s)
		mustDo(t, victim.Start())
		time.Sleep(whole/4 + rand.N(whole)) // now and then it is just done
		_ = victim.Process.Kill()           // it may be done
		_ = victim.Wait()
		left := held(t, disturbed)
		if left != before && left != want {
			t.Errorf("%v, killed: neither before (-) nor after\n%s", s.args, cmp.Diff(before, left))
		}
		if left == before {
			broken++
		}
		said, status := again(t, disturbed, s)
		already := strings.Contains(said, s.already) && status == s.status
		if !already && (status != exitDone || left == want) {
			t.Errorf("%v, killed, then again: status %d, it says %s", s.args, status, said)
		}
		if diff := cmp.Diff(want, held(t, disturbed)); diff != "" {
			t.Errorf("%v, killed, then again: not as if nothing had happened\n%s", s.args, diff)
		}
		if s.args[0] == "close" {
			folder := hashes(t, out)
			huizong(t, exitDone, "--database", disturbed, "summary", "--period", "2024-06", "--out", out)
			if diff := cmp.Diff(folder, hashes(t, out)); diff != "" {
				t.Errorf("after it was closed the folder differs\n%s", diff)
			}
		}
	}
	t.Logf("%d of %d were broken off before they were done", broken, len(all))
}

// twoKeys are the keys of the two rows that are found by a name.
func twoKeys(t *testing.T, database, name string) (a, b string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(huizong(t, exitDone, "--database", database, "decide", "find", name)), "\n")
	if len(lines) != 2 {
		t.Fatalf("%s: %q", name, lines)
	}
	return strings.Fields(lines[0])[0], strings.Fields(lines[1])[0]
}

// again does a command again. Until the database has noticed that its process is gone it says that it is still at work.
func again(t *testing.T, database string, s stroke) (said string, status int) {
	t.Helper()
	for range 200 {
		var streams bytes.Buffer
		status = execute(context.Background(), append([]string{"--database", database}, s.args...), &streams, &streams)
		if said = streams.String(); !strings.Contains(said, "另一次运行还没有结束") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	return said, status
}

// clock is a time of the day, and sumOfClosing what is made of it.
var (
	clock        = regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`)
	sumOfClosing = regexp.MustCompile(`(?m)^\["closing","","610722".*\n`)
)

// held is all that a database holds, but for the clock.
func held(t *testing.T, database string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "b.zip")
	huizong(t, exitDone, "--database", database, "backup", path)
	archive, err := zip.OpenReader(path)
	mustDo(t, err)
	defer archive.Close()
	var all strings.Builder
	for _, part := range archive.File {
		if part.Name == "backup.json" {
			continue
		}
		from, err := part.Open()
		mustDo(t, err)
		text, err := io.ReadAll(from)
		mustDo(t, err)
		all.WriteString(part.Name + "\n" + sumOfClosing.ReplaceAllString(clock.ReplaceAllString(string(text), "…"), ""))
	}
	return all.String()
}
