package job

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huizong/consolidate/store"
	"huizong/internal/ledger"
)

// twins are two counties in which the same is done: one does nothing twice, the other makes all afresh each time.
type twins struct {
	failing
	t              *testing.T
	lazy, diligent *Job
	database       string // the file of the first
	dir            string // of inboxes, by month, and of what the two write
}

// TestKnownWorkIsNotRepeated: whatever comes, goes, is renamed, dated, decided, closed and withdrawn between runs, what is made with what is
// known from earlier runs is what is made afresh, to the byte: in the folder, in the database, on the board, in the list of pairs.
func TestKnownWorkIsNotRepeated(t *testing.T) {
	inFull(t)
	few(t, 3)
	c := smallCounty(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := &twins{failing: rt, t: t, diligent: openFor(t, c), dir: t.TempDir()}
		w.database = filepath.Join(w.dir, "huizong.db")
		var err error
		w.lazy, err = Open(t.Context(), "sqlite:"+w.database, c)
		w.must(err)
		defer w.lazy.Close()
		at := time.Date(2024, 7, 1, 8, 0, 0, 0, time.UTC)
		w.lazy.Now, w.diligent.Now = func() time.Time { return at }, func() time.Time { return at }
		rt.Repeat(map[string]func(*rapid.T){
			"send": w.send, "send more": w.send, "archive": w.archive, "rename": w.rename, "remove": w.remove, "again": w.run, "run": w.run,
			"receive": w.receive, "waive": w.waive, "decide": w.decide, "undo": w.undo, "close": w.close, "withdraw": w.withdraw,
			"damage": w.damage, "spoil": w.spoil,
		})
	})
}

// TestKnownFilesAreNotRead: a month in which nothing has changed is left, and where a file has come the others are known.
func TestKnownFilesAreNotRead(t *testing.T) {
	w := newWorld(t, t, smallCounty(t))
	inbox := w.inbox(mail{offices[0], june, 1}, mail{offices[1], june, 2})
	for i, unchanged := range []bool{false, true, false, true} {
		if i == 2 {
			late := mail{offices[0], june, 2}
			if err := os.WriteFile(filepath.Join(inbox.Dir, late.name()), []byte(late.text()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		read := w.toRead(inbox)
		report, err := w.job.Run(t.Context(), june, inbox, w.out)
		if err != nil {
			t.Fatal(err)
		}
		if report.Unchanged != unchanged {
			t.Errorf("run %d: unchanged is %t", i+1, report.Unchanged)
		}
		if want := []int{2, 0, 1, 0}[i]; read != want {
			t.Errorf("run %d reads %d files, want %d", i+1, read, want)
		}
	}
}

// TestKnownReceiptsAreTakenOver: where a file has come, receipts that say what they said are taken over from the month's folder, as
// long as they lie there as they were made; not where all is made afresh.
func TestKnownReceiptsAreTakenOver(t *testing.T) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	w, database := newWorld(t, t, smallCounty(t)), filepath.Join(t.TempDir(), "huizong.db")
	var err error
	w.job, err = Open(t.Context(), "sqlite:"+database, w.job.county)
	must(err)
	defer w.job.Close()
	inbox := w.inbox(mail{offices[0], june, 1}, mail{offices[1], june, 2})
	run := func() *Report {
		report, err := w.job.Run(t.Context(), june, inbox, w.out)
		must(err)
		return report
	}
	first := run().Receipts[0]
	path := filepath.Join(w.out, june.String(), filepath.FromSlash(first.Path))
	is, err := os.ReadFile(path)
	must(err)

	// Another text in its place, in the folder and in what is known, shows where it comes from.
	other := writtenOf(first.Path, []byte("taken over"))
	db, err := sql.Open("sqlite", database)
	must(err)
	defer db.Close()
	for i, want := range []string{"taken over", "taken over", string(is), string(is)} {
		switch i {
		case 0:
			_, err = db.Exec("UPDATE kept SET content = replace(content, ?, ?) WHERE what = ?", first.SHA256, other.SHA256, keptReceipts)
			must(errors.Join(err, os.WriteFile(path, []byte("taken over"), 0o600)))
			must(os.WriteFile(filepath.Join(inbox.Dir, "a.txt"), []byte("a"), 0o600)) // it is no return
		case 1:
			must(os.WriteFile(filepath.Join(inbox.Dir, "b.txt"), []byte("b"), 0o600))
		case 2:
			must(os.WriteFile(path, []byte("written over"), 0o600))
		case 3:
			inbox.Afresh = true
		}
		run()
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("run %d: the receipt is %.20q, %v", i+2, got, err)
		}
	}
}

// toRead counts the files of an inbox of June that are not known.
func (w *world) toRead(inbox Inbox) (n int) {
	gate, err := w.job.openGate(w.t.Context(), june)
	if err != nil {
		w.Fatal(err)
	}
	config, err := inbox.config(w.job.county, june)
	if err != nil {
		w.Fatal(err)
	}
	known, err := w.job.knownFiles(w.t.Context(), gate, config, false)
	if err != nil {
		w.Fatal(err)
	}
	paths, _, err := inbox.list()
	if err != nil {
		w.Fatal(err)
	}
	for _, path := range paths {
		sum, _ := w.job.fileSum(filepath.Join(inbox.Dir, path))
		if _, ok := known.delivery(path, sum); !ok {
			n++
		}
	}
	return n
}

func (w *twins) must(err error) {
	if err != nil {
		w.Fatalf("%+v", err)
	}
}

func (w *twins) month(t *rapid.T) ledger.Period {
	return rapid.SampledFrom([]ledger.Period{may, june, june}).Draw(t, "month")
}

func (w *twins) inbox(p ledger.Period) string {
	dir := filepath.Join(w.dir, "inbox", p.String())
	w.must(os.MkdirAll(dir, 0o700))
	return dir
}

// file is a file of the inbox of a month, blank where it has none.
func (w *twins) file(t *rapid.T, p ledger.Period) string {
	entries, err := os.ReadDir(w.inbox(p))
	w.must(err)
	var names []string
	for _, entry := range entries {
		if entry.Name() != receivedList && entry.Name() != waiverList {
			names = append(names, entry.Name())
		}
	}
	if names == nil {
		return ""
	}
	return rapid.SampledFrom(names).Draw(t, "file")
}

func (w *twins) mail(t *rapid.T, p ledger.Period) mail {
	return mail{rapid.SampledFrom(offices).Draw(t, "office"), rapid.SampledFrom([]ledger.Period{p, p, may}).Draw(t, "of"), rapid.IntRange(0, 2).Draw(t, "version")}
}

func (w *twins) send(t *rapid.T) {
	p := w.month(t)
	m := w.mail(t, p)
	w.must(os.WriteFile(filepath.Join(w.inbox(p), m.name()), []byte(m.text()), 0o600))
	w.runOf(t, p)
}

// archive sends two files in one.
func (w *twins) archive(t *rapid.T) {
	p := w.month(t)
	var packed bytes.Buffer
	to := zip.NewWriter(&packed)
	for i := range 2 {
		m := w.mail(t, p)
		part, err := to.Create(fmt.Sprintf("%d/%s", i, m.name()))
		w.must(err)
		_, err = part.Write([]byte(m.text()))
		w.must(err)
	}
	w.must(to.Close())
	w.must(os.WriteFile(filepath.Join(w.inbox(p), rapid.SampledFrom([]string{"一.zip", "二.zip"}).Draw(t, "archive")), packed.Bytes(), 0o600))
	w.runOf(t, p)
}

func (w *twins) rename(t *rapid.T) {
	p := w.month(t)
	if name := w.file(t, p); name != "" {
		to := rapid.SampledFrom([]string{"甲", "乙"}).Draw(t, "to") + name
		w.must(os.Rename(filepath.Join(w.inbox(p), name), filepath.Join(w.inbox(p), to)))
	}
	w.runOf(t, p)
}

func (w *twins) remove(t *rapid.T) {
	p := w.month(t)
	if name := w.file(t, p); name != "" {
		w.must(os.Remove(filepath.Join(w.inbox(p), name)))
	}
	w.runOf(t, p)
}

// receive dates a file.
func (w *twins) receive(t *rapid.T) {
	p := w.month(t)
	if name := w.file(t, p); name != "" {
		line := fmt.Sprintf("%s,%s-%02d\n", name, p, rapid.IntRange(1, 28).Draw(t, "day"))
		w.must(os.WriteFile(filepath.Join(w.inbox(p), receivedList), []byte("文件,收到时间\n"+line), 0o600))
	}
	w.runOf(t, p)
}

func (w *twins) waive(t *rapid.T) {
	p := w.month(t)
	text := "规则,单位,报表,对象,指标,填的是,理由,批准人,有效期至\nV20,水利局,,,,,已核,张三,2024-12\n"
	w.must(os.WriteFile(filepath.Join(w.inbox(p), waiverList), []byte(text), 0o600))
	w.runOf(t, p)
}

// run runs a month in both counties, and holds one against the other.
func (w *twins) run(t *rapid.T) { w.runOf(t, w.month(t)) }

func (w *twins) runOf(t *rapid.T, p ledger.Period) {
	ctx := w.t.Context()
	lazy, err := w.lazy.Run(ctx, p, Inbox{Dir: w.inbox(p)}, filepath.Join(w.dir, "lazy"))
	diligent, trouble := w.diligent.Run(ctx, p, Inbox{Dir: w.inbox(p), Afresh: true}, filepath.Join(w.dir, "diligent"))
	if locked := (*Locked)(nil); errors.As(err, &locked) && errors.As(trouble, &locked) {
		return
	}
	w.must(errors.Join(err, trouble))
	if diligent.Unchanged {
		t.Fatal("what is to be made afresh was left as it was")
	}
	lazy.Unchanged = false
	if diff := cmp.Diff(said(lazy), said(diligent)); diff != "" {
		t.Fatalf("run %s says otherwise (-with what is known +afresh)\n%s", p, diff)
	}
	w.hold(t, p)
}

// said is all that is said of a run.
func said(r *Report) string {
	text, err := r.text()
	if err != nil {
		panic(err)
	}
	for _, findings := range [][]ledger.Finding{r.Rejected, r.Versions, r.Untaken, r.Late, r.Running, r.Unjustified} {
		for _, f := range findings {
			text += f.Line(ledger.Chinese) + "\n"
		}
		text += "\n"
	}
	return text + fmt.Sprintln(r.Received, r.Projects, r.Candidates, len(r.Answers), len(r.Explained), len(r.Contradicted), r.LeftOut())
}

// hold holds folders, databases, boards and pairs of the two against one another.
func (w *twins) hold(t *rapid.T, p ledger.Period) {
	ctx := w.t.Context()
	lazy, diligent := w.files("lazy"), w.files("diligent")
	for path, content := range diligent {
		if !bytes.Equal(lazy[path], content) {
			t.Fatalf("%s is otherwise with what is known", path)
		}
	}
	if len(lazy) != len(diligent) {
		t.Fatalf("afresh and with what is known there are other files: %s", cmp.Diff(slices.Sorted(maps.Keys(diligent)), slices.Sorted(maps.Keys(lazy))))
	}
	var stored [2][]byte
	for i, j := range []*Job{w.lazy, w.diligent} {
		at := filepath.Join(w.dir, "backup")
		_, err := j.db.Backup(ctx, at)
		w.must(err)
		stored[i], err = os.ReadFile(at)
		w.must(errors.Join(err, os.Remove(at)))
	}
	if !bytes.Equal(stored[0], stored[1]) {
		t.Fatalf("after %s the databases differ", p)
	}
	var told [2]string
	for i, j := range []*Job{w.lazy, w.diligent} {
		board, err := j.Board(ctx, p)
		w.must(err)
		board.Watch = Watch{}
		month, err := j.Month(ctx, p)
		w.must(err)
		pairs, filings := any(pairsOf(month)), j.filings(month)
		if j == w.lazy {
			pairs, err = j.Pairs(ctx, p)
			w.must(err)
			filings = board.Units
		}
		text, err := json.MarshalIndent([]any{board, pairs, filings}, "", " ")
		w.must(err)
		told[i] = string(text)
	}
	if diff := cmp.Diff(told[0], told[1]); diff != "" {
		t.Fatalf("of %s is told otherwise (-with what is kept +made)\n%s", p, diff)
	}
}

// files are all that one of them wrote, by path.
func (w *twins) files(of string) map[string][]byte {
	all, root := map[string][]byte{}, filepath.Join(w.dir, of)
	w.must(os.MkdirAll(root, 0o700))
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		all[strings.TrimPrefix(path, root)] = content
		return err
	})
	w.must(err)
	return all
}

func (w *twins) decide(t *rapid.T) {
	p := w.month(t)
	month, err := w.diligent.Month(w.t.Context(), p)
	w.must(err)
	var keys []string
	for i := range month.Standing {
		keys = append(keys, month.Register.Key(&month.Standing[i]))
	}
	if len(keys) < 2 {
		return
	}
	pair := [2]string{rapid.SampledFrom(keys).Draw(t, "a"), rapid.SampledFrom(keys).Draw(t, "b")}
	verdict := rapid.SampledFrom([]ledger.Verdict{ledger.Same, ledger.Different, ledger.Part}).Draw(t, "verdict")
	for _, j := range []*Job{w.lazy, w.diligent} {
		_, _, err := j.Decide(w.t.Context(), p, pair, ledger.Decision{Verdict: verdict, Who: "张三", Why: "已核对"})
		if against := (*Contradiction)(nil); err != nil && !errors.Is(err, ErrOneRow) && !errors.As(err, &against) {
			t.Fatal(err)
		}
	}
	w.runOf(t, p)
}

func (w *twins) undo(t *rapid.T) {
	number := rapid.IntRange(1, 4).Draw(t, "number")
	for _, j := range []*Job{w.lazy, w.diligent} {
		if err := j.Undo(w.t.Context(), number); err != nil && !errors.Is(err, ErrNoDecision) {
			t.Fatal(err)
		}
	}
	w.run(t)
}

// close closes a month, so that what comes for it is late, if it can be.
func (w *twins) close(t *rapid.T) {
	for _, j := range []*Job{w.lazy, w.diligent} {
		_, _ = j.CloseMonth(w.t.Context(), may, "张三", "已核实") // one as the other
	}
	w.run(t)
}

// withdraw takes what a file brought out of the database.
func (w *twins) withdraw(t *rapid.T) {
	p := w.month(t)
	for _, j := range []*Job{w.lazy, w.diligent} {
		returns, err := j.db.Headers(w.t.Context(), j.county.Region, p)
		w.must(err)
		if len(returns) == 0 || w.isLocked(p) {
			return
		}
		lock := take(w.t, j)
		w.must(errors.Join(lock.Withdraw(w.t.Context(), p, returns[0].FileSHA256), lock.Release()))
	}
	w.runOf(t, p)
}

// spoil has a hand remove a file that the first of the two wrote, but for run.json, without which nothing in the folder is ours: the
// next run puts it back. (One that was changed it keeps beside its own.)
func (w *twins) spoil(t *rapid.T) {
	p := w.month(t)
	if w.isLocked(p) {
		return
	}
	below := string(filepath.Separator) + p.String() + string(filepath.Separator)
	for _, path := range slices.Sorted(maps.Keys(w.files("lazy"))) {
		if at := filepath.Join(w.dir, "lazy", path); strings.HasPrefix(path, below) && path != below+reportName && rapid.Bool().Draw(t, "this") {
			w.must(os.Remove(at))
			break
		}
	}
	w.runOf(t, p)
}

func (w *twins) isLocked(p ledger.Period) bool {
	books, err := w.lazy.db.Books(w.t.Context(), w.lazy.county.Region)
	w.must(err)
	return w.lazy.locked(books, p, "") != nil
}

// damage has a hand change what the first of the two has of a month: the next run mends it, as long as the files that it was
// read from are there.
func (w *twins) damage(t *rapid.T) {
	p := w.month(t)
	if w.isLocked(p) {
		return
	}
	w.runOf(t, p)
	returns, err := w.lazy.db.Headers(w.t.Context(), w.lazy.county.Region, p)
	w.must(err)
	known, err := w.lazy.db.Known(w.t.Context(), w.lazy.county.Region, p)
	w.must(err)
	for _, r := range returns {
		if !slices.ContainsFunc(slices.Collect(maps.Values(known)), func(f store.KnownFile) bool { return slices.Contains(f.Returns, r.Edition()) }) {
			return
		}
	}
	db, err := sql.Open("sqlite", w.database)
	w.must(err)
	defer db.Close()
	change := rapid.SampledFrom([]string{"return SET filler = 'x'", "return_finding SET found = 'x'", "return_sum SET rows_sum = 'x'", "reserve SET name = 'x'",
		"finding SET found = 'x'", "figure SET value = 7", "month SET seen = 7", "report SET text = 'x'", "known_file SET content = 'x'", "kept SET content = 'x'"}).Draw(t, "damage")
	_, err = db.Exec("UPDATE "+change+" WHERE period = ?", p.String())
	w.must(err)
	w.runOf(t, p)
}
