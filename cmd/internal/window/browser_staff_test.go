package window

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserStaff: a department uploads a wrong sheet, reads what is wrong, explains, corrects it, hands it in and withdraws it.
func TestBrowserStaff(t *testing.T) {
	f := open(t)
	b := f.browser(t)
	wrong, right := filepath.Join(t.TempDir(), "6月储备.csv"), filepath.Join(t.TempDir(), "6月储备（改）.csv")
	for path, content := range map[string]string{wrong: strings.Replace(sheet, "12000", "约40", 1), right: sheet} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.signIn(transport)
	b.picture("returns")
	upload := func(path string) string {
		b.goes("/m/2024-06/returns")
		b.do(chromedp.SetUploadFiles("#file", []string{path}), chromedp.Click(".upload button"), chromedp.WaitVisible("#answers"))
		return b.says()
	}
	if text := upload(wrong); !strings.Contains(text, "约40") || !strings.Contains(text, "退回") {
		t.Errorf("the wrong sheet: %s", text)
	}
	b.picture("draft")
	if text := upload(right); strings.Contains(text, "约40") {
		t.Errorf("the right sheet: %s", text)
	}
	b.do(chromedp.SendKeys("textarea", "批复尚未下达，先用备案证明上的代码"), chromedp.Click("#answers .acts button.main"), chromedp.WaitVisible(".notice"))
	if text := b.says(); !strings.Contains(text, "已经交表") || !strings.Contains(text, "已上报") {
		t.Errorf("handed in: %s", text)
	}
	b.picture("returns-sent")
	b.do(chromedp.Click(`//a[contains(text(),"6月储备（改）")]`), chromedp.WaitVisible("button.danger"))
	b.picture("sent")
	b.do(chromedp.Click("button.danger"), chromedp.WaitVisible(".notice"))
	if text := b.says(); !strings.Contains(text, "已经撤回") {
		t.Errorf("withdrawn: %s", text)
	}
	b.goes("/m/2024-06/changes?form=progress")
	b.picture("changes")
	b.goes("/m/2024-06/returns/asked")
	b.picture("asked")
}
