package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/ledger"
)

const transport = "交通运输局"

// A counter is a desk with its folders. It is 10:31:05 on 27 June 2024 there, a second later at each look at the clock.
type counter struct {
	*Desk
	t          *testing.T
	inbox, out string
}

func openDesk(t *testing.T) *counter {
	t.Helper()
	j, now := open(t), time.Date(2024, 6, 27, 10, 31, 4, 0, China)
	c := &counter{t: t, inbox: filepath.Join(t.TempDir(), "收件"), out: t.TempDir()}
	var mutex sync.Mutex
	c.Desk = j.NewDesk(j.NewReading(), filepath.Join(t.TempDir(), "草稿"), func(p ledger.Period) string { return filepath.Join(c.inbox, p.String()) }, nil,
		func() time.Time {
			mutex.Lock()
			defer mutex.Unlock()
			now = now.Add(time.Second)
			return now
		})
	return c
}

// lay lays down a file of 交通运输局 for June.
func (c *counter) lay(name, content string) DraftFile {
	c.t.Helper()
	draft, err := c.LayDown(transport, june, name, strings.NewReader(content))
	if err != nil {
		c.t.Fatal(err)
	}
	return draft
}

// handIn lays down a file and hands it in.
func (c *counter) handIn(name, content string) string {
	c.t.Helper()
	at, err := c.HandIn(c.t.Context(), c.lay(name, content))
	if err != nil {
		c.t.Fatal(err)
	}
	return at
}

// run runs June.
func (c *counter) run() *Report {
	c.t.Helper()
	report, err := c.job.Run(c.t.Context(), june, Inbox{Dir: c.Desk.inbox(june)}, c.out)
	if err != nil {
		c.t.Fatal(err)
	}
	return report
}

// runMay runs the month before, in which the unit sent the same.
func (c *counter) runMay() {
	c.t.Helper()
	inbox := c.Desk.inbox(may)
	putFile(c.t, inbox, "5月.csv", []byte(strings.NewReplacer("2024年6月）", "2024年5月）", "2024年6月20日", "2024年5月20日").Replace(explainedReturn)))
	if _, err := c.job.Run(c.t.Context(), may, Inbox{Dir: inbox}, c.out); err != nil {
		c.t.Fatal(err)
	}
}

// sent are the files that the unit has sent for June, a line each.
func (c *counter) sent() (lines []string) {
	c.t.Helper()
	all, err := c.Sent(c.t.Context(), transport, june)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, s := range all {
		line := fmt.Sprintf("%s %s", s.Path, s.When)
		if s.Own {
			line += " own"
		}
		if s.Waiting {
			line += " waiting"
		}
		for _, r := range s.Returns {
			line += " " + string(r.State)
		}
		if s.Receipt != "" {
			line += " " + s.Receipt
		}
		lines = append(lines, line)
	}
	return lines
}

// is is an error of the test unless lines are as they should be.
func is(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got)\n%s", what, diff)
	}
}

// below are the files below a folder, by path.
func below(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
		all[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Names that browsers send never lead out of the unit's folder, nor into what runs pass over.
func TestSentName(t *testing.T) {
	for name, want := range map[string]string{
		"6月进展.xlsx": "6月进展.xlsx", `C:\报表\6月.xlsx`: "6月.xlsx", "../../etc/passwd": "passwd", "..": "报表__", "": "报表__", ".hidden.xlsx": "hidden.xlsx",
		"~$6月.xlsx": "6月.xlsx", "a<b>\"c?.xlsx": "a_b__c_.xlsx", "\u202excod.exe": "_xcod.exe", "a.lnk": "报表_a.lnk_", "desktop.ini": "报表_desktop.ini_",
	} {
		if got := sentName(name); got != want || passedOver(got) {
			t.Errorf("%q is kept as %q, want %q", name, got, want)
		}
	}
}

// A draft is the unit's own, whole, and gone when it is discarded; there are as many as there may be.
func TestDrafts(t *testing.T) {
	c := openDesk(t)
	draft := c.lay("6月.csv", explainedReturn)
	got, err := c.Draft(transport, draft.ID)
	if diff := cmp.Diff(draft, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	for _, id := range []string{strings.Repeat("0", 32), "", "..", "../水利局/" + draft.ID, strings.ToUpper(draft.ID)} {
		if _, err := c.Draft(transport, id); !errors.Is(err, ErrNoDraft) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if _, err := c.Draft("水利局", draft.ID); !errors.Is(err, ErrNoDraft) {
		t.Errorf("of another unit: %v", err)
	}
	c.job.county.Limits.File = 10
	if _, err := c.LayDown(transport, june, "大.csv", strings.NewReader(strings.Repeat("x", 11))); !errors.As(err, new(*Unfit)) {
		t.Errorf("too large: %v", err)
	}
	broken := errors.New("the line broke")
	if _, err := c.LayDown(transport, june, "断.csv", io.MultiReader(strings.NewReader("half"), brokenReader{broken})); !errors.Is(err, broken) {
		t.Errorf("broken off: %v", err)
	}
	for i := range mostDrafts - 1 {
		c.lay(fmt.Sprint(i, ".csv"), fmt.Sprint(i))
	}
	if _, err := c.LayDown(transport, june, "多.csv", strings.NewReader("x")); !errors.As(err, new(*Unfit)) {
		t.Errorf("one too many: %v", err)
	}
	drafts, err := c.Drafts(transport)
	if err != nil || len(drafts) != mostDrafts || drafts[0].Name != "38.csv" || len(below(t, c.drafts)) != 2*mostDrafts {
		t.Errorf("%d drafts of %d files (%v)", len(drafts), len(below(t, c.drafts)), err)
	}
	if err := c.Discard(draft); err != nil {
		t.Error(err)
	}
	if _, err := c.Look(t.Context(), draft); !errors.Is(err, ErrNoDraft) {
		t.Errorf("discarded: %v", err)
	}
	old := drafts[0].folder(c.Desk)
	half := filepath.Join(c.unitFolder(transport), unfinished+"1")
	long := time.Now().Add(-8 * 24 * time.Hour)
	if err := errors.Join(os.Mkdir(half, 0o700), os.Chtimes(half, long, long), os.Chtimes(old, long, long)); err != nil {
		t.Fatal(err)
	}
	if err := c.Clear(); err != nil {
		t.Error(err)
	}
	if drafts, err = c.Drafts(transport); err != nil || len(drafts) != mostDrafts-2 {
		t.Errorf("%d drafts are left (%v)", len(drafts), err)
	}
	if _, err := os.Stat(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was never whole: %v", err)
	}
}

// A process that is killed while it takes a file leaves no draft, and what it leaves is cleared.
func TestKilledWhileAFileComes(t *testing.T) {
	const dir = "HUIZONG_TEST_DRAFTS"
	if drafts := os.Getenv(dir); drafts != "" {
		desk := open(t).NewDesk(nil, drafts, nil, nil, time.Now)
		desk.LayDown(transport, june, "6月.csv", io.MultiReader(strings.NewReader(explainedReturn), os.Stdin))
		return
	}
	c := openDesk(t)
	child := exec.Command(os.Args[0], "-test.run=^TestKilledWhileAFileComes$")
	child.Env = append(os.Environ(), dir+"="+c.drafts)
	more, err := child.StdinPipe() // nothing comes by it, nor does it end
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer more.Close()
	for end := time.Now().Add(20 * time.Second); len(left(c.drafts)) == 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait()
	files := left(c.drafts)
	if drafts, err := c.Drafts(transport); len(files) != 1 || len(drafts) != 0 || err != nil {
		t.Errorf("%v lie there, drafts are %v (%v)", files, drafts, err)
	}
	long := time.Now().Add(-2 * uploadLasts)
	for _, file := range files {
		if err := os.Chtimes(filepath.Dir(file), long, long); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Clear(); err != nil || len(left(c.drafts)) != 0 {
		t.Errorf("%v is left (%v)", left(c.drafts), err)
	}
}

// left are the files below a folder, which may not be there.
func left(dir string) []string {
	files, _ := filepath.Glob(filepath.Join(dir, "*", "*", "*"))
	hidden, _ := filepath.Glob(filepath.Join(dir, "*", ".*", "*"))
	return slices.Compact(slices.Sorted(slices.Values(append(files, hidden...))))
}

type brokenReader struct{ err error }

func (b brokenReader) Read([]byte) (int, error) { return 0, b.err }

// What is handed in lies in the inbox with its time and SHA-256, under its name or one with a number, once.
func TestHandIn(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	second := strings.Replace(explainedReturn, "12000", "13000", 1)
	first := c.lay("6月.csv", explainedReturn)
	is(t, "names", []string{c.handIn("6月.csv", explainedReturn), c.handIn("6月.CSV", second)}, "6月.csv", "6月（2）.CSV")
	if _, err := c.HandIn(t.Context(), first); !errors.As(err, new(*Twice)) {
		t.Errorf("the same again: %v", err)
	}
	if got, err := c.Draft(transport, first.ID); err != nil || got.ID != first.ID {
		t.Errorf("what was not taken is gone: %v", err)
	}
	waits := func() int {
		t.Helper()
		waiting, err := c.Waiting(t.Context(), june, "")
		if err != nil {
			t.Fatal(err)
		}
		return len(waiting)
	}
	if waits() != 1 {
		t.Errorf("%d returns wait for a run", waits())
	}
	is(t, "before the run", c.sent(), "交通运输局/6月.csv 2024-06-27 10:31:07 own waiting", "交通运输局/6月（2）.CSV 2024-06-27 10:31:09 own waiting")
	report := c.run()
	if len(report.Unmatched) > 0 || report.Received != 2 || waits() != 0 {
		t.Errorf("of %d lines %v have no file", report.Received, report.Unmatched)
	}
	is(t, "after the run", c.sent(), "交通运输局/6月.csv 2024-06-27 10:31:07 own superseded 回单/交通运输局/6月.csv.回单.xlsx",
		"交通运输局/6月（2）.CSV 2024-06-27 10:31:09 own accepted 回单/交通运输局/6月（2）.CSV.回单.xlsx")
	all, err := c.reading.Sendings(t.Context(), june, transport, "reserve")
	if err != nil || len(all) != 2 || len(all[1].Differences) != 1 || all[1].Differences[0].Entity != "北环路建设项目" || all[1].Modified != "2024-06-27T02:31:09Z" {
		t.Errorf("%v (%v)", all, err)
	}

	// A line whose file never came, for handing in was broken off after it, is replaced.
	third := c.lay("补.csv", strings.Replace(explainedReturn, "12000", "14000", 1))
	list := filepath.Join(c.Desk.inbox(june), receivedList)
	text, err := os.ReadFile(list)
	if err == nil {
		err = os.WriteFile(list, append(text, transport+"/补.csv,2024-06-27 10:31:30,"+third.SHA256+"\r\n"...), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if report := c.run(); !slices.Equal(report.Unmatched, []string{transport + "/补.csv"}) {
		t.Errorf("lines without a file: %v", report.Unmatched)
	}
	if _, err := c.HandIn(t.Context(), third); err != nil {
		t.Error(err)
	}
	if report := c.run(); len(report.Unmatched) > 0 || report.Received != 3 {
		t.Errorf("of %d lines %v have no file", report.Received, report.Unmatched)
	}
}

// What is another unit's, of another month, or no return is not taken; what is wrong in a return is no reason.
func TestWhatIsNotHandedIn(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	for _, test := range []struct{ name, file, content, why string }{
		{"another unit's", "6月.csv", strings.ReplaceAll(explainedReturn, transport, "水利局"), "里面有水利局的报表"},
		{"of May", "5月.csv", strings.ReplaceAll(explainedReturn, "2024年6月）", "2024年5月）"), "里面有2024年5月的报表"},
		{"not read", "6月.pdf", "%PDF-1.4", "PDF"},
		{"no return", "名单.csv", "姓名,电话\n张三,1\n", "报表"},
		{"archive of nothing", "6月.zip", string(packed(t, []string{"a.pdf"}, []byte("%PDF-1.4"))), "PDF"},
		{"an archive with another's", "6月.zip", string(packed(t, []string{"水利局/a.csv"}, []byte(strings.ReplaceAll(explainedReturn, transport, "水利局")))), "水利局"},
	} {
		unfit := (*Unfit)(nil)
		if _, err := c.HandIn(t.Context(), c.lay(test.file, test.content)); !errors.As(err, &unfit) || !strings.Contains(unfit.In(ledger.Chinese), test.why) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	if got := c.sent(); len(got) > 0 || len(below(t, filepath.Dir(c.inbox))) > 0 {
		t.Errorf("handed in were %v", got)
	}
	c.handIn("6月.csv", strings.Replace(explainedReturn, "12000", "约40", 1))
	c.run()
	if _, err := c.job.CloseMonth(t.Context(), june, "李工", "已核实"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.HandIn(t.Context(), c.lay("6月.csv", explainedReturn)); !errors.As(err, new(*Locked)) {
		t.Errorf("to a month that is closed: %v", err)
	}
	sent, err := c.Sent(t.Context(), transport, june)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Withdraw(t.Context(), transport, june, sent[0].SHA256); !errors.As(err, new(*Locked)) {
		t.Errorf("withdrawn from a month that is closed: %v", err)
	}
	late, err := c.LayDown(transport, june.Add(1), "6月更正.csv", strings.NewReader(explainedReturn))
	if err != nil {
		t.Fatal(err)
	}
	if look, err := c.Look(t.Context(), late); err != nil || !look.Late || look.Unfit != nil || look.Outcome().Taken != 0 {
		t.Errorf("late with the month after: %+v (%v)", look, err)
	}
	if _, err := c.HandIn(t.Context(), late); err != nil {
		t.Errorf("late with the month after: %v", err)
	}
}

// What is withdrawn, before a run or after it, was never there once the month is run again; it is a draft.
func TestWithdrawFromAMonth(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	c.handIn("6月.csv", explainedReturn)
	c.run()
	want, wantInbox := below(t, c.out), below(t, c.inbox)
	archive := string(packed(t, []string{"a.csv", "b.csv"}, []byte(strings.Replace(explainedReturn, "12000", "15000", 1))))
	for _, test := range []struct {
		name, file, content string
		runs                bool
	}{
		{"before a run", "重报.csv", strings.Replace(explainedReturn, "12000", "13000", 1), false},
		{"after a run", "重报.csv", strings.Replace(explainedReturn, "12000", "13000", 1), true},
		{"an archive", "重报.zip", archive, true},
	} {
		c.handIn(test.file, test.content)
		if test.runs {
			c.run()
		}
		sent, err := c.Sent(t.Context(), transport, june)
		if err != nil || len(sent) != 2 {
			t.Fatalf("%s: %d sent (%v)", test.name, len(sent), err)
		}
		at := slices.IndexFunc(sent, func(s SentFile) bool { return s.Name == test.file })
		draft, err := c.Withdraw(t.Context(), transport, june, sent[at].SHA256)
		if err != nil || draft.Name != test.file || draft.SHA256 != sent[at].SHA256 {
			t.Errorf("%s: %v (%v)", test.name, draft, err)
		}
		if _, err := c.job.Merged(t.Context(), june); test.runs != errors.Is(err, ErrStale) {
			t.Errorf("%s: the month is %v", test.name, err)
		}
		c.run()
		if diff := cmp.Diff([]map[string]string{want, wantInbox}, []map[string]string{below(t, c.out), below(t, c.inbox)}); diff != "" {
			t.Errorf("%s: the month is another", test.name)
		}
		if _, err := c.Withdraw(t.Context(), transport, june, draft.SHA256); !errors.Is(err, ErrNotSent) {
			t.Errorf("%s: withdrawn twice: %v", test.name, err)
		}
		if err := c.Discard(draft); err != nil {
			t.Error(err)
		}
	}
	sent, err := c.Sent(t.Context(), transport, june)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Withdraw(t.Context(), "水利局", june, sent[0].SHA256); !errors.Is(err, ErrNotSent) {
		t.Errorf("by another unit: %v", err)
	}
	lock := take(t, c.job)
	defer lock.Release()
	if _, err := c.Withdraw(t.Context(), transport, june, sent[0].SHA256); !errors.As(err, new(*Busy)) {
		t.Errorf("while a run is at work: %v", err)
	}
}

// Many hand in at once: each file is there, under a name of its own, and so is its line.
func TestManyHandInAtOnce(t *testing.T) {
	c := openDesk(t)
	c.runMay()
	const many = 12
	var all sync.WaitGroup
	for i := range many {
		draft := c.lay("6月.csv", strings.Replace(explainedReturn, "12000", fmt.Sprint(12000+i), 1))
		all.Go(func() {
			if _, err := c.Look(context.Background(), draft); err != nil {
				t.Error(err)
			}
			if _, err := c.HandIn(context.Background(), draft); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	report := c.run()
	if report.Received != many || len(report.Unmatched) > 0 || len(report.Files) != many {
		t.Errorf("%d lines, %d files, %v without a file", report.Received, len(report.Files), report.Unmatched)
	}
}

// What comes another way is listed where it is known to be the unit's, and stays there.
func TestSentAnotherWay(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	putFile(t, c.Desk.inbox(june), "邮件/交通局6月.csv", []byte(explainedReturn))
	putFile(t, c.Desk.inbox(june), "邮件/补报.csv", []byte(strings.Replace(explainedReturn, "12000", "13000", 1)))
	putFile(t, c.Desk.inbox(june), "水利局/6月.csv", []byte(strings.ReplaceAll(explainedReturn, transport, "水利局")))
	putFile(t, c.Desk.inbox(june), receivedList, []byte("邮件/交通局6月.csv,2024-06-20\n"))
	is(t, "before the run", c.sent(), "邮件/交通局6月.csv 2024-06-20 waiting")
	c.run()
	is(t, "after the run", c.sent(), "邮件/交通局6月.csv 2024-06-20 superseded 回单/交通运输局/交通局6月.csv.回单.xlsx",
		"邮件/补报.csv  accepted 回单/交通运输局/补报.csv.回单.xlsx")
}

// A look says what would become of a draft and shows each finding, with what the field said last month.
func TestLook(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	c.runMay()
	look, err := c.Look(t.Context(), c.lay("6月.csv", strings.Replace(explainedReturn, "12000", "12", 1)))
	if err != nil || look.Unfit != nil || len(look.Files) != 1 {
		t.Fatalf("%v (%v)", look, err)
	}
	file := look.Files[0]
	var at *Question
	for i, q := range file.Questions {
		if q.Field == "总投资" && at == nil {
			at = &file.Questions[i]
		}
		if i > 0 && q.Code.Severity > file.Questions[i-1].Code.Severity {
			t.Error("a graver finding comes later")
		}
	}
	if at == nil || at.Before != "12000万元" || at.Picture == nil || at.Key != at.Digest() {
		t.Errorf("the total investment: %+v", at)
	}
	if file.Verdict != "有保留" || file.Returns[0].Rows.Seen != 2 {
		t.Errorf("%s, %+v", file.Verdict, file.Returns)
	}
}

// What is explained on the desk is explained in the month, as by a receipt; what gives no reason is not.
func TestExplainOnTheDesk(t *testing.T) {
	inFull(t)
	c := openDesk(t)
	draft := c.lay("6月.csv", explainedReturn)
	look, err := c.Look(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, q := range look.Files[0].Questions {
		if q.Code.Explainable() && q.Code.Severity == ledger.Query {
			keys = append(keys, q.Key)
		}
	}
	if len(keys) != 2 {
		t.Fatalf("asked are %v", keys)
	}
	_, refused, err := c.Explain(t.Context(), draft, transport, map[string]string{keys[0]: "批复尚未下达，先用备案证明上的代码", keys[1]: "已核实", "0": "没有问过"})
	if err != nil || len(refused) != 1 || refused[0].Key != keys[1] || refused[0].Why.ID != "F80" {
		t.Errorf("%v (%v)", refused, err)
	}
	if draft, err = c.Draft(transport, draft.ID); err != nil || len(draft.Explanations) != 1 {
		t.Fatalf("%v (%v)", draft, err)
	}
	if _, _, err := c.Explain(t.Context(), draft, transport, map[string]string{keys[1]: strings.Repeat("长", LongestExplanation+1)}); !errors.As(err, new(*Unfit)) {
		t.Errorf("too long: %v", err)
	}
	if _, err := c.HandIn(t.Context(), draft); err != nil {
		t.Fatal(err)
	}
	c.run()
	explained := func() int {
		month, err := c.job.Merged(t.Context(), june)
		if err != nil {
			t.Fatal(err)
		}
		return len(slices.DeleteFunc(month.Findings, func(f ledger.Finding) bool { return !slices.Contains(keys, f.Digest()) || !month.Settled(f) }))
	}
	if got := explained(); got != 1 {
		t.Errorf("%d of them are settled", got)
	}
	if _, refused, err := c.ExplainFinding(t.Context(), transport, june, keys[1], "属实"); err != nil || len(refused) != 1 {
		t.Errorf("%v (%v)", refused, err)
	}
	if _, _, err := c.ExplainFinding(t.Context(), "水利局", june, keys[1], "这一项由交通局填报，代码以批复为准"); !errors.Is(err, ErrNotAsked) {
		t.Errorf("by another unit: %v", err)
	}
	if _, refused, err := c.ExplainFinding(t.Context(), transport, june, keys[1], "客运站立项批复七月印发，届时换成正式代码"); err != nil || len(refused) != 0 {
		t.Errorf("%v (%v)", refused, err)
	}
	c.run()
	if got := explained(); got != 2 {
		t.Errorf("%d of them are settled", got)
	}
	all, err := c.job.db.Explanations(t.Context(), c.job.county.Region, june)
	if err != nil || len(all) != 2 || all[0].Given != "2024-06-27 2024-06-27T02:31:06Z" || all[0].Source != draft.SHA256 ||
		all[1].Source != draft.SHA256 || all[1].Who != transport {
		t.Errorf("%+v (%v)", all, err)
	}
}

// The same month by desk and by folder is the same, to the byte.
func TestTheSameMonthByDeskAndByFolder(t *testing.T) {
	inFull(t)
	byDesk, byFolder := openDesk(t), openDesk(t)
	content := sampleFile(t, "县交通局6月进展.xlsx")
	again := strings.Replace(explainedReturn, "12000", "13000", 1)
	for name, text := range map[string]string{"县交通局6月进展.xlsx": string(content), "储备.csv": explainedReturn} {
		byDesk.handIn(name, text)
	}
	byDesk.handIn("储备.csv", again)
	for path, text := range below(t, byDesk.Desk.inbox(june)) {
		putFile(t, byFolder.Desk.inbox(june), path, []byte(text))
	}
	byDesk.run()
	byFolder.run()
	if desk, folder := below(t, byDesk.out), below(t, byFolder.out); len(desk) < 8 || cmp.Diff(folder, desk) != "" {
		t.Errorf("of %d files by desk and %d by folder some differ", len(desk), len(folder))
	}
}
