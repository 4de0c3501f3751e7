package job

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huizong/internal/county"
	"huizong/internal/ledger"
)

// checksAreSaid reports whether somebody says how often properties are checked. It is asked before few says it.
var checksAreSaid = sync.OnceValue(func() (said bool) {
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "rapid.checks" })
	return said
})

// few has a property checked that many times where nobody says how often.
func few(t *testing.T, checks int) {
	if checksAreSaid() {
		return
	}
	was := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", fmt.Sprint(checks)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set("rapid.checks", was); err != nil {
			t.Fatal(err)
		}
	})
}

// owing are the lines that say who owes a form.
var owing = regexp.MustCompile(`(?m)^(units|groups) = .*$`)

// smallCounty is the built-in county in which two offices owe the reserve and nobody owes anything else.
func smallCounty(t *testing.T) *county.County {
	var text strings.Builder
	inForms := false
	for i, section := range strings.Split(string(county.DefaultText()), "\n[") {
		inForms = inForms || strings.HasPrefix(section, "form.")
		switch {
		case strings.Contains(section, ".roll]]"):
			continue
		case strings.HasPrefix(section, "form.reserve]"):
			section = owing.ReplaceAllString(section, "") + `units = ["交通运输局", "水利局"]` + "\n"
		case inForms && !strings.HasPrefix(section, "["):
			section = owing.ReplaceAllString(section, "") + "units = []\n"
		}
		if i > 0 {
			text.WriteString("\n[")
		}
		text.WriteString(section)
	}
	path := filepath.Join(t.TempDir(), "county.toml")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := county.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// offices are those that report in the model.
var offices = []string{"交通运输局", "水利局"}

// mail is a return as it comes: the reserve of an office for a month, in one of several versions.
type mail struct {
	office  string
	period  ledger.Period
	version int
}

func (m mail) name() string {
	return fmt.Sprintf("%s%s储备项目（%d）.csv", m.office, m.period.Chinese(), m.version)
}

func (m mail) text() string {
	lines := []string{
		"城固县谋划储备项目表（" + m.period.Chinese() + "）",
		fmt.Sprintf("填报单位：%s,填报日期：%s%d日,单位：万元", m.office, m.period.Chinese(), 10+m.version),
		"项目名称,所属批次,领域,总投资,责任单位",
		fmt.Sprintf("%s北环路建设项目,储备,基础设施,%d,%s", m.office[:6], 12000+m.period.Month+100*m.version, m.office),
	}
	if m.version > 0 { // alike across the offices: a candidate
		lines = append(lines, fmt.Sprintf("汉江大桥工程%s,谋划,基础设施,8000,%s", []string{"", "", "（二期）"}[m.version], m.office))
	}
	if m.version == 2 {
		lines = append(lines, "南沙湖路网工程,谋划,基础设施,约40,"+m.office)
	}
	return strings.Join(lines, "\n") + "\n"
}

// failing is a test, or the check of a property.
type failing interface {
	Fatal(...any)
	Fatalf(string, ...any)
}

// A world is a county, month after month, in which people do anything in any order.
type world struct {
	failing
	t      *testing.T
	job    *Job
	out    string
	day    time.Time
	frozen map[ledger.Period]string            // what the database has of months that are closed
	files  map[ledger.Period]map[string][]byte // what summary wrote of them
}

func newWorld(f failing, t *testing.T, c *county.County) *world {
	w := &world{failing: f, t: t, job: openFor(t, c), out: t.TempDir(), day: time.Date(2024, 7, 1, 8, 0, 0, 0, time.UTC),
		frozen: map[ledger.Period]string{}, files: map[ledger.Period]map[string][]byte{}}
	w.job.Now = func() time.Time { return w.day }
	return w
}

// TestClosedMonthsNeverChange: whatever is run, decided, undone, closed, reopened and written again, a month
// that is closed stays as it was, in the database and in its folder, until it is reopened; and what came late
// is shown by the month that it came with.
func TestClosedMonthsNeverChange(t *testing.T) {
	if testing.Short() {
		t.Skip("runs many months: run without -short")
	}
	few(t, 3)
	c := smallCounty(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(rt, t, c)
		rt.Repeat(map[string]func(*rapid.T){
			"run": w.run, "run again": w.run, "decide": w.decide, "undo": w.undo, "close": w.close, "close more": w.close, "reopen": w.reopen,
			"summary": w.summary, "wait": func(*rapid.T) { w.day = w.day.AddDate(0, 0, 3) }, "": func(*rapid.T) { w.hold() },
		})
		for p := range w.frozen {
			w.holdFiles(p)
		}
	})
}

func (w *world) month(t *rapid.T) ledger.Period {
	return ledger.Period{Year: 2024, Month: rapid.IntRange(5, 7).Draw(t, "month")}
}

func (w *world) books() ledger.Books {
	books, err := w.job.db.Books(w.t.Context(), w.job.county.Region)
	if err != nil {
		w.Fatal(err)
	}
	return books
}

// inbox is a folder of what came.
func (w *world) inbox(mails ...mail) Inbox {
	dir, err := os.MkdirTemp(w.out, "inbox")
	for _, m := range mails {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, m.name()), []byte(m.text()), 0o600))
	}
	if err != nil {
		w.Fatal(err)
	}
	return Inbox{Dir: dir}
}

func (w *world) run(t *rapid.T) {
	p := w.month(t)
	inbox := w.inbox(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) mail {
		return mail{rapid.SampledFrom(offices).Draw(t, "office"), rapid.SampledFrom([]ledger.Period{p, p, w.month(t)}).Draw(t, "of"), rapid.IntRange(0, 2).Draw(t, "version")}
	}), 1, 4).Draw(t, "mail")...)
	books := w.books()
	last, _ := books.Last(p)
	_, later := books.ClosedAfter(p)
	shut := later || books.Closed(p) || last.Event == ledger.Reopened && last.Until.String() < w.day.Format(time.DateOnly)
	report, err := w.job.Run(w.t.Context(), p, inbox, w.out)
	if locked := (*Locked)(nil); errors.As(err, &locked) != shut || err != nil && !shut {
		t.Fatalf("run %s: %v, shut %v", p, err, shut)
	}
	if err != nil {
		return
	}
	shown := map[string]bool{}
	for _, c := range report.Corrections {
		for _, r := range c.Returns {
			shown[c.Period+r.Department+r.edition.Content] = true
		}
	}
	for _, file := range report.Files {
		for _, r := range file.Returns {
			if r.State == ledger.Late && !shown[r.Period.String()+r.Department+r.edition.Content] {
				t.Fatalf("run %s: %s came late and is nowhere", p, file.Path)
			}
		}
	}
	if b := report.Balance; b.Seen != b.Taken+b.Returned+b.Superseded+b.Repeated+b.Subtotal+b.Blank {
		t.Fatalf("run %s: the balance does not close: %+v", p, b)
	}
}

// decide decides on two rows of a month, whatever they are.
func (w *world) decide(t *rapid.T) {
	p := w.month(t)
	month, err := w.job.Month(w.t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for i := range month.Standing {
		keys = append(keys, month.Register.Key(&month.Standing[i]))
	}
	if len(keys) < 2 {
		return
	}
	pair := [2]string{rapid.SampledFrom(keys).Draw(t, "a"), rapid.SampledFrom(keys).Draw(t, "b")}
	verdict := rapid.SampledFrom([]ledger.Verdict{ledger.Same, ledger.Different, ledger.Part}).Draw(t, "verdict")
	_, _, err = w.job.Decide(w.t.Context(), p, pair, ledger.Decision{Verdict: verdict, Who: "张三", Why: "已核对"})
	if against := (*Contradiction)(nil); err != nil && !errors.Is(err, ErrOneRow) && !errors.As(err, &against) {
		t.Fatal(err)
	}
}

func (w *world) undo(t *rapid.T) {
	err := w.job.Undo(w.t.Context(), rapid.IntRange(1, 4).Draw(t, "number"))
	if err != nil && !errors.Is(err, ErrNoDecision) {
		t.Fatal(err)
	}
}

func (w *world) close(t *rapid.T) {
	p := rapid.SampledFrom([]ledger.Period{w.month(t), w.firstOpen()}).Draw(t, "closed")
	reason := rapid.SampledFrom([]string{"已核实", "已核实", ""}).Draw(t, "reason")
	_, err := w.job.CloseMonth(w.t.Context(), p, "张三", reason)
	unready, turn := (*Unready)(nil), (*OutOfTurn)(nil)
	switch {
	case err == nil:
		w.frozen[p] = w.state(p)
		w.files[p] = w.written(p)
	case errors.As(err, &unready):
		if len(unready.Open) == 0 && (reason != "" || len(unready.Unexplained) == 0) {
			t.Fatalf("close %s: %v", p, err)
		}
	case errors.As(err, &turn), errors.Is(err, ErrClosedAlready), errors.Is(err, ErrNeverMerged), errors.Is(err, ErrStale):
	default:
		t.Fatal(err)
	}
}

// firstOpen is the first month that is not closed.
func (w *world) firstOpen() ledger.Period {
	p, books := may, w.books()
	for books.Closed(p) {
		p = p.Add(1)
	}
	return p
}

func (w *world) reopen(t *rapid.T) {
	p := w.month(t)
	day := w.day.AddDate(0, 0, rapid.IntRange(-1, 5).Draw(t, "days"))
	_, err := w.job.ReopenMonth(w.t.Context(), ledger.Closing{Period: p, Who: "李四", Reason: "漏报",
		Until:       ledger.Date{Year: day.Year(), Month: int(day.Month()), Day: day.Day()},
		Departments: rapid.SampledFrom([][]string{nil, offices[:1], offices[1:]}).Draw(t, "departments")})
	turn := (*OutOfTurn)(nil)
	switch {
	case err == nil:
		delete(w.frozen, p)
		delete(w.files, p)
	case !errors.As(err, &turn) && !errors.Is(err, ErrNotClosed):
		t.Fatal(err)
	}
}

func (w *world) summary(t *rapid.T) {
	if p := w.month(t); w.frozen[p] != "" {
		w.holdFiles(p)
	}
}

// hold holds the months that are closed against what they were.
func (w *world) hold() {
	for p, was := range w.frozen {
		if !w.books().Closed(p) {
			w.Fatalf("%s is closed no more", p)
		}
		if diff := cmp.Diff(was, w.state(p)); diff != "" {
			w.Fatalf("%s changed (-was +is)\n%s", p, diff)
		}
	}
}

// holdFiles holds the folder of a month that is closed against what it was.
func (w *world) holdFiles(p ledger.Period) {
	now := w.written(p)
	if len(now) != len(w.files[p]) {
		w.Fatalf("%s has %d files, had %d", p, len(now), len(w.files[p]))
	}
	for path, content := range w.files[p] {
		if !bytes.Equal(now[path], content) {
			w.Fatalf("%s: %s changed", p, path)
		}
	}
}

// state is all that the database has of a month, and what is made of it.
func (w *world) state(p ledger.Period) string {
	ctx, region := w.t.Context(), w.job.county.Region
	stored, merged, err := w.job.db.Month(ctx, region, p)
	standing, errStanding := w.job.db.Standing(ctx, region, p)
	returns, errReturns := w.job.db.Returns(ctx, region, p)
	made, errMade := w.job.Merged(ctx, p)
	board, errBoard := w.job.Board(ctx, p)
	if err := errors.Join(err, errStanding, errReturns, errMade, errBoard); err != nil || !merged {
		w.Fatalf("%s: %v, merged %v", p, err, merged)
	}
	board.Waiting = 0     // more may come late
	board.Watch = Watch{} // of the county, not of the month
	var rulings []any
	for _, r := range made.Rulings {
		rulings = append(rulings, r.Decision, r.State, r.With)
	}
	text, err := json.MarshalIndent([]any{stored, standing, returns, made.Month, rulings, made.Look, board}, "", " ")
	if err != nil {
		w.Fatal(err)
	}
	return string(text)
}

// written are the files that summary writes of a month, by path.
func (w *world) written(p ledger.Period) map[string][]byte {
	out, err := os.MkdirTemp(w.out, "summary")
	if err != nil {
		w.Fatal(err)
	}
	written, err := w.job.Summarize(w.t.Context(), p, out)
	if err != nil {
		w.Fatal(err)
	}
	all := map[string][]byte{}
	for _, file := range slices.Concat(written.Workbooks, written.Documents) {
		if all[file.Path], err = os.ReadFile(filepath.Join(out, p.String(), filepath.FromSlash(file.Path))); err != nil {
			w.Fatal(err)
		}
	}
	return all
}
