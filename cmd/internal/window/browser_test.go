package window

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
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
	if err := chromedp.Do(ctx); err != nil { // the browser lives as long as the context that it is first used with
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

// goes shows a page.
func (b browser) goes(address string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.f.server.URL+address), chromedp.WaitVisible("main"))
}

// says gives the text of the page.
func (b browser) says() string {
	b.t.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.Text("body"))
	if err != nil {
		b.t.Fatal(err)
	}
	return text
}

// signIn signs somebody in, and whoever was before out.
func (b browser) signIn(name string) {
	b.t.Helper()
	b.goes("/")
	if strings.Contains(b.says(), "退出") {
		b.do(chromedp.Click(`form[action="/sign-out"] button`), chromedp.WaitVisible("#code"))
	}
	b.do(chromedp.SendKeys("#code", b.f.codes[name]), chromedp.Click("main button.main"), chromedp.WaitVisible(".who"))
}

// picture keeps what the page looks like, where that is asked for, and fails if it is wider than the screen.
func (b browser) picture(name string) {
	b.t.Helper()
	for _, screen := range []struct {
		name          string
		width, height int64
	}{{"desk", 1366, 768}, {"telephone", 375, 812}} {
		b.do(chromedp.EmulateViewport(screen.width, screen.height))
		wide, err := chromedp.Run(b.ctx, chromedp.Evaluate[int64]("document.documentElement.scrollWidth"))
		if err != nil {
			b.t.Fatal(err)
		}
		if wide > screen.width {
			b.t.Errorf("%s is %d pixels wide on a %s's screen of %d", name, wide, screen.name, screen.width)
		}
		if *pictures == "" {
			continue
		}
		content, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
		if err != nil {
			b.t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*pictures, name+"-"+screen.name+".png"), content, 0o644); err != nil {
			b.t.Fatal(err)
		}
	}
	b.do(chromedp.EmulateViewport(1366, 768))
}

// TestBrowserOffice: the office looks at the board and a unit, runs the month, decides on a pair with one key, and is told what is
// in the way of closing the month.
func TestBrowserOffice(t *testing.T) {
	f := open(t)
	f.renamed(t)
	b := f.browser(t)
	b.goes("/")
	b.picture("sign-in")
	b.signIn(clerk)
	b.picture("board")
	b.do(chromedp.Click(`//a[text()="交通运输局"]`), chromedp.WaitVisible("table.findings"))
	b.picture("unit")
	b.goes("/m/2024-06/findings?severity=query")
	b.picture("findings")
	b.goes("/m/2024-06/run")
	b.do(chromedp.Click("main button.main"), chromedp.WaitVisible(".good"))
	b.picture("run")
	b.goes("/m/2024-06/pairs")
	b.picture("pairs")
	b.do(chromedp.KeyEvent("2"), chromedp.WaitVisible(".notice"))
	if text := b.says(); !strings.Contains(text, "已记录") {
		t.Errorf("after deciding the page says:\n%s", text)
	}
	b.goes("/m/2024-05/run")
	b.do(chromedp.Click("main button.main"), chromedp.WaitVisible(".good"))
	b.goes("/m/2024-05/closing")
	b.do(chromedp.Click("main button.main"), chromedp.WaitVisible(".bad"))
	b.picture("closing")
	b.goes("/m/2024-06/audit")
	b.picture("audit")
}
