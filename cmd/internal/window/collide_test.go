package window

import (
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"huizong/cmd/internal/job"
	"huizong/consolidate/store/pgtest"
)

// elsewhere has another process run June, and holds it in the middle until it is let go; then gone gives what became of it.
func (f *fixture) elsewhere(t testing.TB) (letGo func(), gone <-chan error) {
	t.Helper()
	other, err := job.OpenThere(t.Context(), f.database, f.County)
	if err != nil {
		t.Fatal(err)
	}
	inside, held, ended := make(chan bool), make(chan bool), make(chan error, 1)
	var first, last sync.Once
	inbox := f.inbox(june)
	inbox.Progress = func(int, int) {
		first.Do(func() { close(inside) })
		<-held
	}
	go func() {
		_, err := other.Run(t.Context(), june, inbox, f.Out)
		ended <- errors.Join(err, other.Close())
	}()
	letGo = func() { last.Do(func() { close(held) }) }
	t.Cleanup(letGo)
	<-inside
	return letGo, ended
}

// TestWhileARunIsAtWorkElsewhere: what changes the month is refused and told, and what is handed in meanwhile is there for the next run.
func TestWhileARunIsAtWorkElsewhere(t *testing.T) {
	t.Parallel()
	f := open(t)
	unit, office := f.as(t, transport), f.as(t, clerk)
	own := unit.lays()
	_, page, draft := unit.upload(file{"6月储备（再改）.csv", strings.Replace(sheet, "12000", "14000", 1)})
	letGo, gone := f.elsewhere(t)
	if body := office.runs("/m/2024-06/run"); !strings.Contains(body, "正在汇总，这一步没有做") {
		t.Errorf("a run beside another: %s", body)
	}
	answer := regexp.MustCompile(`name="(answer-[0-9a-f]{12})"`).FindStringSubmatch(page)[1]
	for address, form := range map[string]url.Values{
		"/m/2024-05/closing":                        {"reason": {"已核实"}},
		"/m/2024-06/closing/again":                  {"reason": {"补报"}, "until": {"2030-01-01"}},
		"/m/2024-06/pairs":                          {"a": {"0"}, "b": {"1"}, "verdict": {"same"}, "why": {"已核对"}},
		"/m/2024-06/pairs/undo":                     {"number": {"1"}},
		draft + "/hand-in":                          {answer: {"批复尚未下达，先用备案证明上的代码"}},
		"/m/2024-06/sent/" + own.sent + "/withdraw": {},
		"/m/2024-06/returns/asked":                  {"key": {"0"}, "answer": {"已核实"}},
	} {
		v := office
		if strings.Contains(address, "/drafts/") || strings.Contains(address, "/sent/") || strings.Contains(address, "/asked") {
			v = unit
		}
		if status, body := v.post(address, form); status != http.StatusConflict || !strings.Contains(body, "正在汇总") {
			t.Errorf("%s while a run is at work: %d\n%.2000s", address, status, body)
		}
	}
	if status, body := unit.post("/m/2024-06/drafts/"+own.draft+"/hand-in", nil); status != http.StatusOK || !strings.Contains(body, "已经交表") {
		t.Errorf("handing in while a run is at work: %d %s", status, body)
	}
	letGo()
	if err := <-gone; err != nil {
		t.Errorf("the run elsewhere: %v", err)
	}
	unit.shows("/m/2024-06/returns", http.StatusOK, "6月储备（改）.csv", "已上报，待汇总")
	unit.shows(draft, http.StatusOK, "先用备案证明上的代码")
	office.runs("/m/2024-06/run")
	if body := unit.shows("/m/2024-06/returns", http.StatusOK, "6月储备（改）.csv"); strings.Contains(body, "待汇总") {
		t.Error("what was handed in while a run was at work was not read by the next")
	}
}

// TestRunsAtOnce: of a run that is begun on a page and one elsewhere in the same moment one is done and the other told; a second on
// the page is told, too.
func TestRunsAtOnce(t *testing.T) {
	t.Parallel()
	f := open(t)
	v, second := f.as(t, clerk), f.as(t, clerk)
	elsewhere := make(chan error, 1)
	go func() {
		other, err := job.OpenThere(t.Context(), f.database, f.County)
		if err == nil {
			_, err = other.Run(t.Context(), june, f.inbox(june), f.Out)
			other.Close()
		}
		elsewhere <- err
	}()
	statuses := make(chan int, 2)
	for _, one := range []visitor{v, second} {
		go func() {
			status, _ := one.post("/m/2024-06/run", nil)
			statuses <- status
		}()
	}
	<-statuses
	<-statuses
	body := v.shows("/m/2024-06/run", http.StatusOK)
	for strings.Contains(body, "data-again") {
		body = v.shows("/m/2024-06/run", http.StatusOK)
	}
	err := <-elsewhere
	here := strings.Contains(body, "汇总完成")
	busy := errors.As(err, new(*job.Busy))
	if err != nil && !busy || here == (err == nil) || here == strings.Contains(body, "正在汇总，这一步没有做") {
		t.Errorf("elsewhere: %v; here: done %v\n%s", err, here, body)
	}
	deeds, err := f.Access.Deeds(t.Context(), job.DeedQuery{Most: 10})
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, d := range deeds {
		if d.Deed == job.Ran {
			ran++
		}
	}
	if ran == 0 || ran > 2 {
		t.Errorf("%d runs stand among what was done", ran)
	}
}

// TestOnPostgreSQL: the way of the office, a department and the leaders through a month, on the other database.
func TestOnPostgreSQL(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs the sample month, for which the race detector takes minutes")
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "inbox/2024-06"), os.DirFS(filepath.Join(samplesDir, "2024-06/inbox"))); err != nil {
		t.Fatal(err)
	}
	f := openOn(t, dir, pgtest.Database(t))
	unit, office, reader := f.as(t, transport), f.as(t, clerk), f.as(t, leader)
	own := unit.lays()
	unit.shows("/m/2024-06/returns", http.StatusOK, "已上报，待汇总")
	if body := office.runs("/m/2024-06/run"); !strings.Contains(body, "汇总完成") {
		t.Fatalf("the run: %s", body)
	}
	office.shows("/m/2024-06/board", http.StatusOK, "应报<b>97</b>", "重新上报，验收通过")
	office.shows("/m/2024-06/audit?before=9223372036854775807&who=%00%ff", http.StatusOK)
	office.shows("/m/2024-06/findings?unit=%00", http.StatusOK)
	if status, _ := office.post("/m/2024-06/pairs/undo", url.Values{"number": {"9223372036854775807"}}); status != http.StatusConflict {
		t.Errorf("a decision that is none: %d", status)
	}
	reader.shows("/m/2024-06/brief", http.StatusOK, "包抓解决问题数", "教育体育局")
	reader.shows("/m/2024-06/trace?book=1&sheet=2&cell=A3", http.StatusOK, "<h2>来源：")
	if _, body := office.post("/m/2024-06/closing", url.Values{"reason": {"逐条核过\x00\xff"}}); !strings.Contains(body, "已结账") {
		t.Errorf("not closed: %s", body)
	}
	if status, _ := unit.post("/m/2024-06/sent/"+own.sent+"/withdraw", nil); status != http.StatusConflict {
		t.Errorf("withdrawing from a closed month: %d", status)
	}
	office.post("/m/2024-06/closing/again", url.Values{"reason": {"补报"}, "until": {"2099-07-10"}, "unit": {transport}})
	if status, body := unit.post("/m/2024-06/sent/"+own.sent+"/withdraw", nil); status != http.StatusOK || !strings.Contains(body, "已经撤回") {
		t.Errorf("withdrawing: %d %s", status, body)
	}
	office.shows("/m/2024-06/audit", http.StatusOK, "逐条核过", "补报", "撤回")
	unit.post("/sign-out", nil)
	unit.shows("/m/2024-06/returns", http.StatusOK, `action="/sign-in"`)
}
