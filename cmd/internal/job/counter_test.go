package job

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"huizong/consolidate"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// own reports the files that the unit can withdraw, by path.
func (c *counter) own() (paths []string) {
	c.t.Helper()
	all, err := c.Desk.own(c.t.Context(), transport, june)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, s := range all {
		paths = append(paths, s.Path)
	}
	return paths
}

// questions are the keys of what a draft is asked and can explain.
func (c *counter) questions(draft DraftFile) (keys []string) {
	c.t.Helper()
	look, err := c.Look(c.t.Context(), draft)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, q := range look.Files[0].Questions {
		if q.Code.Explainable() && q.Code.Severity == ledger.Query {
			keys = append(keys, q.Key)
		}
	}
	return keys
}

// withKey is a receipt whose first answer bears the key of another question.
func withKey(t *testing.T, receipt []byte, key string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(receipt))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(ledger.ReceiptSheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) > 0 && row[0] == "1" {
			if err := f.SetCellValue(ledger.ReceiptSheet, fmt.Sprint("J", i+1), key); err != nil {
				t.Fatal(err)
			}
		}
	}
	buffer, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

// A receipt answers what its own unit is asked, by run as on the desk, whatever key is written into it.
func TestAReceiptAnswersForItsUnitAlone(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	inbox := c.Desk.inbox(june)
	putFile(t, inbox, "交通局6月.csv", []byte(explainedReturn))
	putFile(t, inbox, "水利局6月.csv", []byte(strings.NewReplacer(transport, "水利局", "北环路", "河堤", "城北客运站", "南坝水库").Replace(explainedReturn)))
	c.run()
	ofWater := func() (asked []ledger.Finding) {
		month, err := c.job.Merged(t.Context(), june)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range month.Findings {
			if f.Department == "水利局" && f.Code.Explainable() && f.Code.Severity == ledger.Query && !month.Settled(f) {
				asked = append(asked, f)
			}
		}
		return asked
	}
	asked := ofWater()
	forged := withKey(t, answeredReceipt(t, c.job, "备案证上印的就是这个代码，已请市发改委更正"), asked[0].Digest())
	unfit := (*Unfit)(nil)
	if _, err := c.HandIn(t.Context(), c.lay("回单.xlsx", string(forged))); !errors.As(err, &unfit) || !strings.Contains(unfit.In(ledger.Chinese), "问水利局的问题") {
		t.Errorf("on the desk: %v", err)
	}
	if _, err := c.HandIn(t.Context(), c.lay("水利局回单.xlsx", string(forged))); !errors.As(err, &unfit) || !strings.Contains(unfit.In(ledger.Chinese), "水利局") {
		t.Errorf("under another's name: %v", err)
	}
	putFile(t, inbox, "交通局回单.xlsx", forged)
	report := c.run()
	if len(report.Unjustified) != 1 || report.Unjustified[0].Code.ID != "F84" || len(report.Explained) != 0 || len(ofWater()) != len(asked) {
		t.Errorf("refused are %v, explained %v", report.Unjustified, report.Explained)
	}
	putFile(t, inbox, "水利局回单.xlsx", forged)
	if report := c.run(); len(report.Explained) != 1 || len(ofWater()) != len(asked)-1 {
		t.Errorf("by its own unit explained is %v", report.Explained)
	}
}

// What somebody copied into the folder of a unit is not what the unit handed in: it cannot withdraw it, and what is another's it does
// not see.
func TestWhatIsCopiedIntoTheFolderOfAUnit(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	other := strings.ReplaceAll(explainedReturn, transport, "水利局")
	inbox := c.Desk.inbox(june)
	c.handIn("6月.csv", explainedReturn)
	putFile(t, inbox, transport+"/补报.csv", []byte(strings.Replace(explainedReturn, "12000", "13000", 1)))
	putFile(t, inbox, transport+"/放错.csv", []byte(other))
	list, err := os.ReadFile(filepath.Join(inbox, receivedList))
	if err != nil {
		t.Fatal(err)
	}
	draft := c.lay("放错.csv", other)
	putFile(t, inbox, receivedList, fmt.Appendf(list, "%s/补报.csv,2024-06-27\r\n%s/放错.csv,2024-06-27,%s\r\n", transport, transport, draft.SHA256))
	c.run()
	is(t, "the unit's own", c.own(), transport+"/6月.csv")
	is(t, "what it sees", c.sent(), "交通运输局/6月.csv 2024-06-27 10:31:06 own accepted 回单/交通运输局/6月.csv.回单.xlsx",
		"交通运输局/补报.csv 2024-06-27 superseded 回单/交通运输局/补报.csv.回单.xlsx")
	if _, err := c.Withdraw(t.Context(), transport, june, draft.SHA256); !errors.Is(err, ErrNotSent) {
		t.Errorf("another's in its folder: %v", err)
	}
}

// Explanations of a draft stay, whoever looks at it or explains something else of it meanwhile; what has gone does not come back.
func TestManyAtOneDraft(t *testing.T) {
	c := openDesk(t)
	draft := c.lay("6月.csv", explainedReturn)
	keys := c.questions(draft)
	var all sync.WaitGroup
	texts := []string{"批复尚未下达，先用备案证明上的代码", "客运站立项批复七月印发，届时换成正式代码"}
	for i, text := range texts {
		all.Go(func() {
			if _, refused, err := c.Explain(t.Context(), draft, transport, map[string]string{keys[i]: text}); err != nil || len(refused) > 0 {
				t.Error(refused, err)
			}
		})
		all.Go(func() {
			if _, err := c.Look(t.Context(), draft); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	now, err := c.Draft(transport, draft.ID)
	if err != nil || len(now.Explanations) != 2 || now.Outcome == nil || now.Outcome.Verdict != "有保留" {
		t.Errorf("%+v (%v)", now, err)
	}
	changed, _, err := c.Explain(t.Context(), now, transport, map[string]string{keys[0]: "", keys[1]: texts[1]})
	if err != nil || len(changed) != 1 || changed[0].Text != "" || changed[0].Digest != keys[0] {
		t.Errorf("changed are %+v (%v)", changed, err)
	}
	if err := c.Discard(draft); err != nil {
		t.Error(err)
	}
	if err := draft.describe(draft.folder(c.Desk)); !errors.Is(err, ErrNoDraft) || len(below(t, c.drafts)) != 0 {
		t.Errorf("what was discarded is there: %v (%v)", below(t, c.drafts), err)
	}
	if err := c.Discard(draft); !errors.Is(err, ErrNoDraft) {
		t.Errorf("discarded twice: %v", err)
	}
}

// With a file that is withdrawn go its explanations, into the draft; the file is kept for good.
func TestWithdrawWhatWasExplained(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	draft := c.lay("6月.csv", explainedReturn)
	keys := c.questions(draft)
	if _, _, err := c.Explain(t.Context(), draft, transport, map[string]string{keys[0]: "批复尚未下达，先用备案证明上的代码"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.HandIn(t.Context(), draft); err != nil {
		t.Fatal(err)
	}
	c.run()
	explained := func(want int) {
		t.Helper()
		if all, err := c.job.db.Explanations(t.Context(), c.job.county.Region, june); err != nil || len(all) != want {
			t.Errorf("explained is %v (%v)", all, err)
		}
	}
	if _, _, err := c.ExplainFinding(t.Context(), transport, june, keys[1], "客运站立项批复七月印发，届时换成正式代码"); err != nil {
		t.Fatal(err)
	}
	explained(2)
	for i := range mostDrafts {
		c.lay(fmt.Sprint(i, ".csv"), fmt.Sprint(i))
	}
	again, err := c.Withdraw(t.Context(), transport, june, draft.SHA256)
	if err != nil || len(again.Explanations) != 2 {
		t.Fatalf("%+v (%v)", again, err)
	}
	explained(0)
	if _, err := c.HandIn(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	explained(2)
	if _, err := c.Withdraw(t.Context(), transport, june, draft.SHA256); err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-30 * 24 * time.Hour)
	dir := filepath.Join(c.drafts, withdrawn)
	if err := errors.Join(os.Chtimes(dir, long, long), os.Chtimes(filepath.Join(dir, "2024-06"), long, long), c.Clear()); err != nil {
		t.Fatal(err)
	}
	for name, content := range below(t, dir) {
		if content != explainedReturn || name != "2024-06/交通运输局/6月.csv" && name != "2024-06/交通运输局/6月（2）.csv" {
			t.Errorf("%s is kept", name)
		}
	}
	if got := len(below(t, dir)); got != 2 {
		t.Errorf("%d files are kept", got)
	}
}

// A month takes a unit's returns or says why not, and where they go: never to itself.
func TestLockedForAUnit(t *testing.T) {
	c := openDesk(t)
	c.job.Now = func() time.Time { return time.Date(2024, 7, 10, 9, 0, 0, 0, time.Local) }
	day := func(d int) ledger.Date { return ledger.Date{Year: 2024, Month: 7, Day: d} }
	closed := func(p ledger.Period) ledger.Closing { return ledger.Closing{Period: p, Event: ledger.Closed} }
	reopened := func(until int, units ...string) ledger.Closing {
		return ledger.Closing{Period: june, Event: ledger.Reopened, Until: day(until), Departments: units}
	}
	for _, test := range []struct {
		name  string
		books ledger.Books
		says  string // blank: it takes them
	}{
		{"never closed", ledger.Books{may: {closed(may)}}, ""},
		{"closed", ledger.Books{june: {closed(june)}}, "2024年6月已经结账，不再收表：请交到2024年7月"},
		{"a later one closed", ledger.Books{june: {closed(june), reopened(20)}, june.Add(1): {closed(june.Add(1))}}, "2024年7月已经结账，2024年6月不再收表：请交到2024年8月"},
		{"reopened for all", ledger.Books{june: {closed(june), reopened(10)}}, ""},
		{"reopened for it", ledger.Books{june: {closed(june), reopened(10, "水利局", transport)}}, ""},
		{"reopened for others", ledger.Books{june: {closed(june), reopened(10, "水利局")}}, "重新开放只收水利局的表：请交到2024年7月"},
		{"reopening over", ledger.Books{june: {closed(june), reopened(9, transport)}}, "重新开放到2024-07-09为止，不再收表：请交到2024年7月"},
		{"reopening over, May closed", ledger.Books{may: {closed(may)}, june: {closed(june), reopened(9)}}, "请交到2024年7月"},
	} {
		locked := c.job.locked(test.books, june, transport)
		switch {
		case (locked == nil) != (test.says == ""):
			t.Errorf("%s: %v", test.name, locked)
		case locked != nil && (!strings.Contains(locked.In(ledger.Chinese), test.says) || strings.Contains(locked.In(ledger.English), "%!")):
			t.Errorf("%s: %s %s", test.name, locked.In(ledger.Chinese), locked.In(ledger.English))
		}
	}
}

// A month that is reopened for others takes nothing of a unit, nor gives anything back, and the desk says so before.
func TestDeskOfAMonthReopenedForOthers(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	c.handIn("6月.csv", explainedReturn)
	c.run()
	if _, err := c.job.CloseMonth(t.Context(), june, "李工", "已核实"); err != nil {
		t.Fatal(err)
	}
	until := time.Now().AddDate(0, 0, 2)
	if _, err := c.job.ReopenMonth(t.Context(), ledger.Closing{Period: june, Who: "李工", Reason: "漏报", Departments: []string{"水利局"},
		Until: ledger.Date{Year: until.Year(), Month: int(until.Month()), Day: until.Day()}}); err != nil {
		t.Fatal(err)
	}
	draft := c.lay("再报.csv", strings.Replace(explainedReturn, "12000", "13000", 1))
	look, err := c.Look(t.Context(), draft)
	if err != nil || look.Locked == nil || look.Outcome().Verdict != "" {
		t.Errorf("%+v (%v)", look, err)
	}
	if _, err := c.HandIn(t.Context(), draft); !errors.As(err, new(*Locked)) {
		t.Errorf("handed in: %v", err)
	}
	sent, err := c.Sent(t.Context(), transport, june)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Withdraw(t.Context(), transport, june, sent[0].SHA256); !errors.As(err, new(*Locked)) {
		t.Errorf("withdrawn: %v", err)
	}
}

// An archive is known by what is in it, not by its name; and what was superseded by what is withdrawn is to be run again.
func TestWithdrawnAndReplaced(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	archive := func(amount string) string {
		return string(packed(t, []string{"a.csv"}, []byte(strings.Replace(explainedReturn, "12000", amount, 1))))
	}
	c.handIn("6月.csv", explainedReturn)
	c.handIn("6月.zip", archive("13000"))
	c.run()
	find := func(name string) SentFile {
		t.Helper()
		all, err := c.Sent(t.Context(), transport, june)
		at := slices.IndexFunc(all, func(s SentFile) bool { return s.Name == name })
		if err != nil || at < 0 {
			t.Fatal(all, err)
		}
		return all[at]
	}
	if first := find("6月.csv"); first.Again(first.Returns[0]) || find("6月.zip").Waiting {
		t.Error("as it was run it is to be run again")
	}
	if _, err := c.Withdraw(t.Context(), transport, june, find("6月.zip").SHA256); err != nil {
		t.Fatal(err)
	}
	if first := find("6月.csv"); !first.Again(first.Returns[0]) {
		t.Error("what counts again does not say so")
	}
	c.handIn("6月.zip", archive("14000"))
	if now := find("6月.zip"); !now.Waiting || !now.Own || len(now.Returns) > 0 {
		t.Errorf("another of the same name: %+v", now)
	}
	c.run()
	if first := find("6月.csv"); find("6月.zip").Waiting || first.Again(first.Returns[0]) {
		t.Error("as it was run it is to be run again")
	}
}

// What is held says whether last month's value stands in its place: where there is one, and where it carries over.
func TestWhatStaysOfLastMonth(t *testing.T) {
	c := openDesk(t)
	held := strings.Replace(explainedReturn, "12000", "约40", 1)
	stays := func() bool {
		t.Helper()
		look, err := c.Look(t.Context(), c.lay("6月.csv", held))
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range look.Files[0].Questions {
			if q.Code.Effect == ledger.HoldField && q.Field == "总投资" {
				return q.Stays
			}
		}
		t.Fatal("nothing is held")
		return false
	}
	if stays() {
		t.Error("there is no last month")
	}
	c.runMay()
	if !stays() {
		t.Error("last month's value does not stand")
	}
	if consolidate.Carries(form.Progress.ThisMonth.Column, june) || !consolidate.Carries(form.Progress.YearToDate.Column, june) ||
		consolidate.Carries(form.Progress.YearToDate.Column, ledger.Period{Year: 2024, Month: 1}) {
		t.Error("what is of a month or a year alone carries over")
	}
}

// Where received.csv cannot be read the unit sees its files, and nothing is handed in until it is mended.
func TestListThatCannotBeRead(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	c.handIn("6月.csv", explainedReturn)
	list := filepath.Join(c.Desk.inbox(june), receivedList)
	good, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	draft := c.lay("再报.csv", strings.Replace(explainedReturn, "12000", "13000", 1))
	for line, text := range map[int]string{3: string(good) + "a.csv,昨天\r\n", 1: "只有一列\r\n", 2: "a.csv,2024-06-20\r\nb\"c.csv,2024-06-20\r\n", 0: "\xff\xff\xff"} {
		if err := os.WriteFile(list, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if wrong, err := c.Misread(june); err != nil || wrong == nil || wrong.Line != line {
			t.Errorf("line %d: %+v (%v)", line, wrong, err)
		}
		is(t, "the files", c.sent(), "交通运输局/6月.csv  waiting")
		if _, err := c.HandIn(t.Context(), draft); !errors.As(err, new(*Misread)) {
			t.Errorf("handed in: %v", err)
		}
		if now, err := os.ReadFile(list); err != nil || string(now) != text {
			t.Errorf("the list was changed (%v)", err)
		}
	}
	if err := os.WriteFile(list, good, 0o600); err != nil {
		t.Fatal(err)
	}
	if wrong, err := c.Misread(june); err != nil || wrong != nil {
		t.Errorf("%v (%v)", wrong, err)
	}
	if _, err := c.HandIn(t.Context(), draft); err != nil {
		t.Error(err)
	}
}

// A file that somebody copied keeps its name and its line; a line that is left of handing in that was broken off is replaced.
func TestNamesThatAreTaken(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	inbox := c.Desk.inbox(june)
	draft := c.lay("6月.csv", explainedReturn)
	putFile(t, inbox, transport+"/6月.csv", []byte("somebody's"))
	putFile(t, inbox, receivedList, fmt.Appendf(nil, "%s/6月.csv,2024-06-20\n%s/断.csv,2024-06-20 10:00:00,%s\n", transport, transport, draft.SHA256))
	is(t, "names", []string{c.handIn("6月.csv", explainedReturn), c.handIn("断.csv", strings.Replace(explainedReturn, "12000", "13000", 1))}, "6月（2）.csv", "断.csv")
	received, err := c.receivedOf(inbox)
	if err != nil || len(received) != 3 || received[transport+"/6月.csv"].Time != "" || received[transport+"/断.csv"].Time != "2024-06-27T02:31:09Z" {
		t.Errorf("%+v (%v)", received, err)
	}
	if content, err := fs.ReadFile(os.DirFS(inbox), transport+"/6月.csv"); string(content) != "somebody's" {
		t.Errorf("it is %q (%v)", content, err)
	}
}

// A line of an explanation ends with one character, however a form sends it.
func TestWorded(t *testing.T) {
	text := strings.Repeat("长\r\n", LongestExplanation/2)
	if said, err := worded(map[string]string{"0": text}); err != nil || strings.Contains(said["0"], "\r") {
		t.Errorf("%q (%v)", said, err)
	}
	if _, err := worded(map[string]string{"0": text + "长"}); !errors.As(err, new(*Unfit)) {
		t.Errorf("one too many: %v", err)
	}
}
