package window

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"huizong/samples"
)

var pictures = flag.String("pictures", "", "a folder for a picture of every page, on a desk's screen and on a telephone's")

// A browser is a real one, on its own profile.
type browser struct {
	t   testing.TB
	f   *fixture
	ctx context.Context
}

// browser opens Chromium. Without it the test is skipped, but not in CI.
func (f *fixture) browser(t testing.TB) browser {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("chromium is not installed: make tools")
		}
		t.Skip("chromium is not installed: make tools")
	}
	ctx, stop := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1366, 768))...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	focused := chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error { // though no window of it is
		_, err := cdp.Call(ctx, tab, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	})
	if err := chromedp.Do(ctx, focused); err != nil { // the browser lives as long as the context that it is first used with
		t.Fatal(err)
	}
	return browser{t, f, ctx}
}

// do does steps, each within half a minute in all.
func (b browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 30*time.Second)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		text, _ := chromedp.Run(b.ctx, chromedp.Text("body"))
		b.t.Fatalf("%v; the page says:\n%s", err, text)
	}
}

// asks is what an action answers.
func asks[T any](b browser, action chromedp.Action[T]) T {
	b.t.Helper()
	answer, err := chromedp.Run(b.ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer
}

// goes shows a page.
func (b browser) goes(address string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.f.server.URL+address), chromedp.WaitVisible("main"))
}

// says is an error of the test unless the page says all of some words.
func (b browser) says(words ...string) {
	b.t.Helper()
	text := asks(b, chromedp.Text("body"))
	for _, word := range words {
		if !strings.Contains(text, word) {
			b.t.Errorf("the page does not say %q:\n%s", word, text)
		}
	}
}

// signIn signs somebody in, and whoever was before out.
func (b browser) signIn(name string) {
	b.t.Helper()
	b.goes("/")
	if asks(b, chromedp.Evaluate[bool](`document.querySelector(".who") !== null`)) {
		b.do(chromedp.Click(`form[action="/sign-out"] button`), chromedp.WaitVisible("#code"))
	}
	b.do(chromedp.SendKeys("#code", b.f.codes[name]), chromedp.Click("main button.main"), chromedp.WaitVisible(".who"))
}

// script lets pages have their script, or not.
func (b browser) script(runs bool) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !runs})
		return err
	}))
}

//go:embed testdata/usable.js
var usable string

// looks is an error of the test if the page is wider than the screen of a desk or a telephone, or cannot be used by everybody.
// It keeps what the page looks like, where that is asked for.
func (b browser) looks(name string, english bool) {
	b.t.Helper()
	for _, screen := range []struct {
		name          string
		width, height int64
	}{{"desk", 1366, 768}, {"telephone", 375, 812}} {
		b.do(chromedp.EmulateViewport(screen.width, screen.height))
		if wide := asks(b, chromedp.Evaluate[int64]("document.documentElement.scrollWidth")); wide > screen.width {
			b.t.Errorf("%s is %d pixels wide on a %s's screen of %d", name, wide, screen.name, screen.width)
		}
		if *pictures != "" {
			path := filepath.Join(*pictures, fmt.Sprintf("%s-%s.png", name, screen.name))
			if err := os.WriteFile(path, asks(b, chromedp.FullScreenshot(100)), 0o644); err != nil {
				b.t.Fatal(err)
			}
		}
		for _, wrong := range asks(b, chromedp.Evaluate[[]string](fmt.Sprintf("%s(%t)", usable, english))) {
			b.t.Errorf("%s on a %s's screen has %s", name, screen.name, wrong)
		}
	}
	b.do(chromedp.EmulateViewport(1366, 768))
}

// TestBrowser is the story of a month in a real browser. A department hands in a wrong sheet, sees what is wrong, corrects it and
// hands it in again; the office runs the month, decides on a project that has another name, runs again and closes; a leader
// follows a figure down to the department's cell. On the way every page is looked at, in Chinese and in English.
func TestBrowser(t *testing.T) {
	f := open(t)
	f.mux.HandleFunc("GET /fullest", f.Window.open(anybody, func(v *visit) error { return v.show("brief", v.brief(fullest())) }))
	b := f.browser(t)
	b.goes("/fullest")
	b.isOnePage()
	trials := trialFiles(t)
	b.goes("/")
	b.looks("sign-in", false)
	b.handsIn(trials)
	b.runsAndCloses()
	f.as(t, transport).shows("/m/2024-06/changes?form=progress", http.StatusOK, "第 2 版", "验收通过", filepath.Base(trials[1]))
	b.followsAFigure(filepath.Base(trials[1]))
	b.readsEnglish()
}

// trialFiles are the files that the demo has for it: one that is wrong, the same corrected, one with a project of another name.
func trialFiles(t *testing.T) []string {
	t.Helper()
	trials, err := samples.Trials(samples.Plan{Period: june, Seed: 610722})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, file := range trials {
		all = append(all, filepath.Join(t.TempDir(), file.Path))
		if err := os.WriteFile(all[len(all)-1], file.Content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// uploads uploads a file and waits until it is looked at.
func (b browser) uploads(path string) {
	b.t.Helper()
	b.goes("/m/2024-06/returns")
	b.do(chromedp.SetUploadFiles("#file", []string{path}), chromedp.Click(".upload button"), chromedp.WaitVisible("#answers"))
}

// handInDraft is the button.
const handInDraft = `.acts button[formaction$="/hand-in"]`

// presses presses a button and waits until the page says that it is done.
func (b browser) presses(button, told string) {
	b.t.Helper()
	b.do(chromedp.Click(button), b.told(told))
}

// told waits until the page says what was done.
func (b browser) told(what string) chromedp.Action[chromedp.Void] {
	return chromedp.WaitVisible(fmt.Sprintf(`//p[@class="notice" and contains(., %q)]`, what))
}

func (b browser) handsIn(trials []string) {
	b.t.Helper()
	b.signIn(transport)
	b.looks("returns", false)
	b.uploads(trials[0])
	b.says("有保留", "不是金额", "累计完成投资比上月少", "上月填的", "名称或责任单位没有填写", "请只填数字")
	if marked := asks(b, chromedp.Text("td.marked")); marked != "约40" && marked != "（空）" {
		b.t.Errorf("the cell that is marked says %q", marked)
	}
	b.looks("draft", false)
	b.tabs()
	b.presses("button.danger", "已经放弃")

	b.script(false) // what follows works by forms alone
	b.uploads(trials[1])
	b.says("验收通过")
	b.presses(handInDraft, "已经交表")
	b.says("已上报，待汇总")
	b.do(chromedp.Click(`//a[contains(text(),"改好")]`), chromedp.WaitVisible("button.danger"))
	b.looks("sent", false)
	b.presses("button.danger", "已经撤回")
	b.presses(handInDraft, "已经交表")
	b.script(true)

	b.uploads(trials[2])
	b.presses(handInDraft, "已经交表")
	b.looks("returns-sent", false)
	for name, address := range map[string]string{"changes": "changes?form=progress", "asked": "returns/asked"} {
		b.goes("/m/2024-06/" + address)
		b.looks(name, false)
	}
}

// tabs is an error of the test unless the key goes through all that can be chosen on the page, in the order in which it stands there.
func (b browser) tabs() {
	b.t.Helper()
	n := asks(b, chromedp.Evaluate[int](`reached[0].focus(), reached.length`)) // as looks found them
	for i := 1; i < n; i++ {
		b.do(chromedp.KeyEvent("\t"))
		if at := asks(b, chromedp.Evaluate[int](`reached.indexOf(document.activeElement)`)); at != i {
			b.t.Fatalf("after %d tabs no. %d of %d is chosen", i, at+1, n)
		}
	}
}

func (b browser) runsAndCloses() {
	b.t.Helper()
	b.signIn(clerk)
	b.looks("board", false)
	b.do(chromedp.Click(`//a[text()="交通运输局"]`), chromedp.WaitVisible("table.findings"))
	b.looks("unit", false)
	b.goes("/m/2024-06/findings?severity=error")
	b.looks("findings", false)
	b.runs("2024-06")
	b.looks("run", false)
	b.do(chromedp.Click(`.tiles a[href$="/pairs"]`), chromedp.WaitVisible(".pair"))
	b.says("上元观镇金星危桥改造工程", "上元观镇金星公路危桥拆除重建")
	b.looks("pairs", false)
	b.do(chromedp.KeyEvent("1"), b.told("已记录"))
	b.says("没有待判定的", "同一")
	b.looks("pairs-decided", false)
	b.goes("/m/2024-05/closing")
	b.looks("closing", false)
	for _, month := range []string{"2024-05", "2024-06"} { // the decision concerns both
		b.runs(month)
		b.goes("/m/" + month + "/closing")
		b.do(chromedp.SendKeys("#reason", "逐条核过，属实"))
		b.presses("main button.main", "已结账")
	}
	b.looks("closed", false)
	b.goes("/m/2024-06/audit")
	b.says("结账", "判定", "交表")
	b.looks("audit", false)
}

// runs runs a month.
func (b browser) runs(month string) {
	b.t.Helper()
	b.goes("/m/" + month + "/run")
	b.do(chromedp.Click("main button.main"), chromedp.WaitVisible(".good"))
	b.says("汇总完成")
}

func (b browser) followsAFigure(file string) {
	b.t.Helper()
	b.signIn(leader)
	b.looks("brief", false)
	b.isOnePage()
	b.do(chromedp.Click(`//div[@class="tile"][2]//p[@class="large"]/a`), chromedp.WaitVisible(".item"))
	b.says("发展和改革局2024年6月重点项目进度.xlsx", "“3620000”", file)
	b.looks("trace", false)
	b.do(chromedp.Click(`//dd/a[contains(@href, "#") and contains(text(), "主要指标!D19")]`), chromedp.WaitVisible(":target"))
	b.looks("sheet", false)
	for name, address := range map[string]string{"charts": "books/2/2", "ledger": "books/1/6", "books": "books"} {
		b.goes("/m/2024-06/" + address)
		b.looks(name, false)
	}
}

// readsEnglish looks at the pages in English.
func (b browser) readsEnglish() {
	b.t.Helper()
	b.do(chromedp.Click(`form[action="/language"] button`), chromedp.WaitVisible(`//html[@lang="en"]`))
	for _, one := range []struct {
		who   string
		pages []string
	}{
		{leader, []string{"brief", "books", "books/2/2", "trace?book=4&sheet=1&cell=G9"}},
		{clerk, []string{"board", "unit/交通运输局", "findings?severity=error", "run", "pairs", "closing", "audit"}},
		{transport, []string{"returns", "returns/asked", "changes?form=progress"}},
	} {
		b.signIn(one.who)
		for _, page := range one.pages {
			b.goes("/m/2024-06/" + page)
			name, _, _ := strings.Cut(strings.ReplaceAll(page, "/", "-"), "?")
			b.looks(name+"-english", true)
		}
	}
}
