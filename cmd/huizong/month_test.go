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

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/consolidate/store/pgtest"
	"huizong/importer"
	"huizong/internal/county"
	"huizong/internal/ledger"
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
	if diff := cmp.Diff(first, runSample(t, pgtest.Database(t), samplesDir)); diff != "" {
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
		text := huizong(t, exitLeftOut, "--database", database, "--json", "run", "--period", period, "--inbox", filepath.Join(samplesDir, period, "inbox"), "--out", out)
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

// Everything that is wrong with the sample months is found, each at its cell: all that was
// planted, and on the whole exactly the findings that expected/findings.txt lists.
func TestSampleFindings(t *testing.T) {
	ctx := context.Background()
	p := &program{out: io.Discard, log: io.Discard, quiet: true, county: county.Default()}
	books, err := store.Open(ctx, sqliteIn(t))
	if err != nil {
		t.Fatal(err)
	}
	defer books.Close()
	for _, period := range []ledger.Period{{Year: 2024, Month: 5}, {Year: 2024, Month: 6}} {
		dir := filepath.Join(samplesDir, period.String())
		deliveries, _, err := p.takeIn(ctx, books, filepath.Join(dir, "inbox"), period)
		if err != nil {
			t.Fatal(err)
		}
		month, err := p.reconcile(ctx, books, period)
		if err != nil {
			t.Fatal(err)
		}
		if err := books.Merge(ctx, &month.Month); err != nil {
			t.Fatal(err)
		}
		found := everyFinding(deliveries, month)
		holdPlanted(t, filepath.Join(dir, "expected", "planted.txt"), found)
		holdGolden(t, filepath.Join(dir, "expected", "findings.txt"), found)
	}
}

// everyFinding gathers the findings of files, of all returns whether or not they belong
// into the month's ledger, and of returns that are missing.
func everyFinding(deliveries []importer.Delivery, month *consolidate.Month) []ledger.Finding {
	var all []ledger.Finding
	for _, d := range deliveries {
		all = append(all, d.Findings...)
		for _, r := range d.Returns {
			if r.Period != month.Period || r.Department == "" {
				all = append(all, r.Findings...)
			}
		}
	}
	for _, r := range month.Returns {
		all = append(all, r.Findings...)
	}
	for _, f := range month.Findings {
		if f.File == "" {
			all = append(all, f)
		}
	}
	ledger.SortFindings(all)
	return all
}

// holdPlanted holds the findings against what the generator planted: file, sheet, cell and
// code; "-" stands for a place or a code that a trouble does not have.
func holdPlanted(t *testing.T, path string, found []ledger.Finding) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, f := range found {
		known[strings.Join([]string{f.File, f.Sheet, f.Cell, f.Code.ID}, "\t")] = true
	}
	planted := 0
	for line := range strings.Lines(string(text)) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || parts[3] == "-" {
			continue
		}
		planted++
		if place := strings.ReplaceAll(strings.Join(parts[:4], "\t"), "-\t", "\t"); !known[place] {
			t.Errorf("%s: planted and not found: %s", path, line)
		}
	}
	if planted < 5 {
		t.Errorf("%s: only %d troubles planted", path, planted)
	}
}

func holdGolden(t *testing.T, path string, found []ledger.Finding) {
	t.Helper()
	var got strings.Builder
	for _, f := range found {
		got.WriteString(f.Line(ledger.Chinese) + "\n")
	}
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("%s:\n%s", path, diff)
	}
}

// expectable leaves out of a run.json what changes with every version of the program.
func expectable(t *testing.T, text string) []byte {
	t.Helper()
	var whole report
	if err := json.Unmarshal([]byte(text), &whole); err != nil {
		t.Fatal(err)
	}
	whole.Version, whole.Rules = "", ""
	for i := range whole.Workbooks {
		whole.Workbooks[i].SHA256 = ""
	}
	encoded, err := whole.encode()
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// The published figures of the county, from its sample month: the table of the README is
// what the run computes.
func TestPublishedFigures(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| `([a-z_.]+)` \\| .* \\| (\\d+) \\|$").FindAllStringSubmatch(string(readme), -1)
	if len(rows) != 29 {
		t.Errorf("the README's table has %d figures, want 29", len(rows))
	}
	june := runBoth(t)
	for _, row := range rows {
		name, computed := row[1], row[2]
		if got, known := june.Figures[name]; strconv.FormatInt(got, 10) != computed || !known {
			t.Errorf("%s is %d, the README says %s", name, got, computed)
		}
	}
	b := june.Balance
	if b.Seen == 0 || b.Seen != b.Taken+b.Returned+b.Superseded+b.Repeated+b.Subtotal+b.Blank {
		t.Errorf("the balance does not close: %+v", b)
	}
}

// runBoth runs the kept months on a fresh database and gives the report of June.
func runBoth(t *testing.T) report {
	t.Helper()
	database, out := sqliteIn(t), t.TempDir()
	var june report
	for _, period := range []string{"2024-05", "2024-06"} {
		text := huizong(t, exitLeftOut, "--database", database, "--json", "run", "--period", period, "--inbox", filepath.Join(samplesDir, period, "inbox"), "--out", out)
		june = report{}
		if err := json.Unmarshal([]byte(text), &june); err != nil {
			t.Fatal(err)
		}
	}
	return june
}
