package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huizong/cmd/internal/job"
)

var update = flag.Bool("update", false, "rewrite the expected results of the sample months")

const samplesDir = "../../samples"

// runSample runs May and June of the kept samples on a database and gives all that came
// out below out/: SHA-256 by path.
func runSample(t *testing.T, database string, inboxes string) map[string]string {
	t.Helper()
	out := t.TempDir()
	for _, period := range []string{"2024-05", "2024-06"} {
		huizong(t, exitLeftOut, "--database", database, "--quiet", "run", "--period", period, "--inbox", filepath.Join(inboxes, period, "inbox"), "--out", out)
	}
	return hashes(t, out)
}

// huizong runs the program in this process and holds its exit status.
func huizong(t *testing.T, want int, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := execute(context.Background(), args, &stdout, &stderr); got != want {
		t.Fatalf("huizong %v: exit status %d, want %d\n%s%s", args, got, want, stdout.String(), stderr.String())
	}
	return stdout.String()
}

func hashes(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(dir, path)
		sum := sha256.Sum256(content)
		all[filepath.ToSlash(relative)] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sqliteIn(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "huizong.db") }

// The month is a pure function of the returns: twice, with the inbox shuffled, on either
// database, the same run.json and the same workbooks to the byte.
func TestSameMonthSameBytes(t *testing.T) {
	database := sqliteIn(t)
	first := runSample(t, database, samplesDir)
	if testing.Short() {
		return // one pass through everything; what is compared next needs no race detector
	}
	if diff := cmp.Diff(first, runSample(t, database, samplesDir)); diff != "" {
		t.Errorf("the second run on the same database differs:\n%s", diff)
	}
	if diff := cmp.Diff(first, runSample(t, sqliteIn(t), shuffled(t))); diff != "" {
		t.Errorf("a shuffled inbox differs:\n%s", diff)
	}
	if diff := cmp.Diff(first, runSample(t, newest.Database(t), samplesDir)); diff != "" {
		t.Errorf("PostgreSQL differs from SQLite:\n%s", diff)
	}
}

// shuffled copies the sample months, the files in random order and with random times.
func shuffled(t *testing.T) string {
	t.Helper()
	to := t.TempDir()
	random := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano())))
	paths := slices.Collect(maps.Keys(hashes(t, samplesDir)))
	random.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	for _, path := range paths {
		copyFile(t, filepath.Join(samplesDir, path), filepath.Join(to, path))
		at := time.Unix(random.Int64N(1_700_000_000), 0)
		if err := os.Chtimes(filepath.Join(to, path), at, at); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// ofDatabase is a month's folder without its receipts, which are made of the files that were sent and not of the database.
func ofDatabase(files map[string]string) map[string]string {
	files = maps.Clone(files)
	maps.DeleteFunc(files, func(path, _ string) bool {
		return strings.Contains(path, "/回单/") && !strings.Contains(path, "镜像告知")
	})
	return files
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	source, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	target, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(target, source); err != nil {
		t.Fatal(err)
	}
	if err := target.Close(); err != nil {
		t.Fatal(err)
	}
}

// The kept months come out as expected: run.json but for version, rules and workbook
// hashes. Rewrite with -update after a change that is meant.
func TestSampleMonthsAsExpected(t *testing.T) {
	database, out := sqliteIn(t), t.TempDir()
	for _, period := range []string{"2024-05", "2024-06"} {
		text := huizong(t, exitLeftOut, "--database", database, "--json", "run",
			"--period", period, "--inbox", filepath.Join(samplesDir, period, "inbox"), "--out", out)
		got := expectable(t, text)
		golden := filepath.Join(samplesDir, period, "expected", "run.json")
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s differs from %s:\n%s", period, golden, diff)
		}
	}
}

// expectable leaves out of a run.json what changes with every version of the program.
func expectable(t *testing.T, text string) []byte {
	t.Helper()
	var whole job.Report
	if err := json.Unmarshal([]byte(text), &whole); err != nil {
		t.Fatal(err)
	}
	whole.Version, whole.Rules = "", ""
	for _, files := range [][]job.Written{whole.Workbooks, whole.Documents, whole.Notices} {
		for i := range files {
			files[i].SHA256 = ""
		}
	}
	for i := range whole.Receipts {
		whole.Receipts[i].SHA256 = ""
	}
	var expected bytes.Buffer
	if err := job.WriteJSON(&expected, whole); err != nil {
		t.Fatal(err)
	}
	return expected.Bytes()
}

// The published figures of the county, from its sample month: the table of doc/figures.md
// is what the run computes.
func TestPublishedFigures(t *testing.T) {
	page, err := os.ReadFile("../../doc/figures.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| `([a-z_.]+)` \\| .* \\| (\\d+) \\|$").FindAllStringSubmatch(string(page), -1)
	if len(rows) != 29 {
		t.Errorf("doc/figures.md has %d figures, want 29", len(rows))
	}
	june := runBoth(t)
	for _, row := range rows {
		name, computed := row[1], row[2]
		if got, known := june.Figures[name]; strconv.FormatInt(got, 10) != computed || !known {
			t.Errorf("%s is %d, doc/figures.md says %s", name, got, computed)
		}
	}
	b := june.Balance
	if b.Seen == 0 || b.Seen != b.Taken+b.Returned+b.Superseded+b.Repeated+b.Subtotal+b.Blank {
		t.Errorf("the balance does not close: %+v", b)
	}
}

// runBoth runs the kept months on a fresh database and gives the report of June.
func runBoth(t *testing.T) job.Report {
	t.Helper()
	database, out := sqliteIn(t), t.TempDir()
	var june job.Report
	for _, period := range []string{"2024-05", "2024-06"} {
		text := huizong(t, exitLeftOut, "--database", database, "--json", "run",
			"--period", period, "--inbox", filepath.Join(samplesDir, period, "inbox"), "--out", out)
		june = job.Report{}
		if err := json.Unmarshal([]byte(text), &june); err != nil {
			t.Fatal(err)
		}
	}
	return june
}
