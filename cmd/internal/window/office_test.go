package window

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"huizong/cmd/internal/job"
)

const (
	reserveReturn = "附件1：交通局6月谋划储备项目汇总表(最终版).xlsx"
	wasCalled     = "B9" // the name of its first project
)

// changed is a return of the sample month with cells that are otherwise, on its first sheet, dated a day later.
func changed(t testing.TB, name string, cells map[string]any) []byte {
	t.Helper()
	book, err := excelize.OpenFile(filepath.Join(samplesDir, june.String(), "inbox", name))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for cell, value := range cells {
		if err := book.SetCellValue(book.GetSheetName(0), cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetDocProps(&excelize.DocProperties{Modified: "2024-06-27T08:00:00Z"}); err != nil {
		t.Fatal(err)
	}
	content, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

// renamed puts a return into the inbox in which a project is called otherwise, so that a pair is to be decided on.
func (f *fixture) renamed(t testing.TB) {
	t.Helper()
	content := changed(t, reserveReturn, map[string]any{wasCalled: "上元观镇金星公路危桥拆除重建", "A4": "填报日期：2024年6月26日"})
	if err := os.WriteFile(filepath.Join(f.dir, "inbox", june.String(), "交通局储备项目（改名）.xlsx"), content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// runs runs the month on the page and waits until it has ended.
func (v visitor) runs(address string) string {
	v.t.Helper()
	if status, body := v.post(address, nil); status != http.StatusOK {
		v.t.Fatalf("%s: %d %s", address, status, body)
	}
	for range 300 {
		if body := v.shows(address, http.StatusOK); !strings.Contains(body, "data-again") {
			return body
		}
		time.Sleep(100 * time.Millisecond)
	}
	v.t.Fatalf("%s has not ended", address)
	return ""
}

// value is what a form of a page holds in a hidden field.
func value(t testing.TB, body, field string) string {
	t.Helper()
	_, after, found := strings.Cut(body, `name="`+field+`" value="`)
	if !found {
		t.Fatalf("the page has no field %s:\n%s", field, body)
	}
	text, _, _ := strings.Cut(after, `"`)
	return text
}

func TestOfficeSeesWhoHasReported(t *testing.T) {
	f := open(t)
	v := f.as(t, clerk)
	all := v.shows("/m/2024-06/board", http.StatusOK, "应报<b>97</b>", "已报<b>95</b>", "交通运输局", "重新上报，验收通过", "逾期")
	if strings.Contains(all, "没有汇总") || strings.Contains(all, "有变化") {
		t.Error("the board of a month that was run says that it is to be run")
	}
	late := v.shows("/m/2024-06/board?state=逾期", http.StatusOK, "小河镇")
	if strings.Contains(late, `/unit/`+url.PathEscape(transport)) {
		t.Error("who has reported stands among the overdue")
	}
	v.shows("/m/2024-06/unit/"+url.PathEscape(transport), http.StatusOK, "谋划储备项目表", "约40", "请只填数字", "已报齐")
	v.shows("/m/2024-06/unit/"+url.PathEscape("没有这个局"), http.StatusNotFound)
	v.shows("/m/2024-06/unit/"+url.PathEscape(transport), http.StatusOK, "回单", "县交通局6月进展.xlsx", "有保留")
	receipt := v.shows("/m/2024-06/unit/"+url.PathEscape(transport)+"/1", http.StatusOK)
	if !strings.HasPrefix(receipt, "PK") {
		t.Errorf("a receipt is no workbook: %.20q", receipt)
	}
	v.shows("/m/2024-06/unit/"+url.PathEscape(transport)+"/99", http.StatusNotFound)
	v.shows("/m/2024-07/board", http.StatusOK, "还没有汇总")
	v.shows("/m/2024-13/board", http.StatusNotFound)
}

// TestOfficeRunsDecidesAndCloses: a project comes under another name; the office runs the month, decides, runs again, gives reasons,
// closes, and opens again.
func TestOfficeRunsDecidesAndCloses(t *testing.T) {
	f := open(t)
	f.renamed(t)
	v := f.as(t, clerk)
	body := v.runs("/m/2024-06/run")
	for _, want := range []string{"汇总完成", "发改局张三", "待判定<b>"} {
		if !strings.Contains(body, want) {
			t.Errorf("after the run the page does not say %q:\n%s", want, body)
		}
	}
	body = v.shows("/m/2024-06/pairs", http.StatusOK, "上元观镇金星公路危桥拆除重建", "可能性", "线索和分量", "不同")
	a, b := value(t, body, "a"), value(t, body, "b")
	if status, body := v.post("/m/2024-06/pairs", url.Values{"a": {a}, "b": {b}, "verdict": {"same"}, "why": {" "}}); status != http.StatusConflict {
		t.Errorf("decided without a reason: %d %s", status, body)
	}
	status, body := v.post("/m/2024-06/pairs", url.Values{"a": {a}, "b": {b}, "verdict": {"same"}, "why": {"已核对"}})
	if status != http.StatusOK || !strings.Contains(body, "已记录（第1号）") {
		t.Errorf("decided: %d %s", status, body)
	}
	v.shows("/m/2024-06/board", http.StatusOK, "有变化")
	if _, body := v.post("/m/2024-06/closing", nil); !strings.Contains(body, "2024年5月还没有结账") {
		t.Errorf("June is closed before May: %s", body)
	}
	if _, body := v.post("/m/2024-05/closing", nil); !strings.Contains(body, "请发改局重新汇总") { // the decision concerns May, too
		t.Errorf("a stale month is closed: %s", body)
	}
	v.runs("/m/2024-05/run")
	v.runs("/m/2024-06/run")
	for _, month := range []string{"2024-05", "2024-06"} {
		if _, body := v.post("/m/"+month+"/closing", nil); !strings.Contains(body, "没有更正，也没有说明") {
			t.Errorf("%s is closed though findings are not explained: %s", month, body)
		}
		if _, body := v.post("/m/"+month+"/closing", url.Values{"reason": {"逐条核过"}}); !strings.Contains(body, "已结账") {
			t.Errorf("%s is not closed: %s", month, body)
		}
	}
	if body := v.runs("/m/2024-06/run"); !strings.Contains(body, "已经结账，不再收表") {
		t.Errorf("a closed month is run: %s", body)
	}
	again := url.Values{"reason": {"补报"}, "until": {"2024-07-05"}, "unit": {transport}}
	if _, body := v.post("/m/2024-06/closing/again", again); !strings.Contains(body, "已重新开放") {
		t.Errorf("it is not opened again: %s", body)
	}
	v.shows("/m/2024-06/audit", http.StatusOK, "上元观镇金星公路危桥拆除重建", "逐条核过", "补报")
	v.post("/m/2024-06/pairs/undo", url.Values{"number": {"1"}})
	v.shows("/m/2024-06/pairs", http.StatusOK)
}

// TestOfficeWaives: a finding that is waived on the page stands in waivers.csv, and the next run takes it.
func TestOfficeWaives(t *testing.T) {
	f := open(t)
	v := f.as(t, clerk)
	body := v.shows("/m/2024-06/findings?severity=query&unit="+url.QueryEscape(transport), http.StatusOK, "豁免")
	finding := value(t, body, "finding")
	form := url.Values{"finding": {finding}, "about": {"x"}, "to": {"/m/2024-06/findings"}, "why": {"与县志办核过，\"属实\""}, "until": {"2024-12"}}
	if status, body := v.post("/m/2024-06/findings", form); status != http.StatusOK || !strings.Contains(body, "下次汇总时生效") {
		t.Fatalf("%d %s", status, body)
	}
	if _, err := os.Stat(filepath.Join(f.dir, "inbox", "2024-06", "waivers.csv")); err != nil {
		t.Error(err)
	}
	v.runs("/m/2024-06/run")
	v.shows("/m/2024-06/unit/"+url.PathEscape(transport), http.StatusOK, "已了结", "与县志办核过，&#34;属实&#34;", clerk)
	for name, value := range map[string]string{"finding": "000000000000", "until": "2024-05", "why": ""} {
		wrong := url.Values{}
		for field := range form {
			wrong.Set(field, form.Get(field))
		}
		wrong.Set(name, value)
		if status, _ := v.post("/m/2024-06/findings", wrong); status != http.StatusConflict {
			t.Errorf("waived with %s %q: status %d", name, value, status)
		}
	}
}

// TestOthersDoNothingOfTheOffice: nobody else sees or does what is the office's.
func TestOthersDoNothingOfTheOffice(t *testing.T) {
	f := open(t)
	for _, name := range []string{transport, leader} {
		v := f.as(t, name)
		for _, page := range []string{"board", "unit/" + url.PathEscape(water), "run", "pairs", "findings", "closing", "audit"} {
			v.shows("/m/2024-06/"+page, http.StatusForbidden, "不对您开放")
		}
		for _, act := range []string{"run", "pairs", "pairs/undo", "findings", "closing", "closing/again"} {
			if status, _ := v.post("/m/2024-06/"+act, url.Values{"number": {"1"}, "reason": {"x"}, "until": {"2030-01-01"}}); status != http.StatusForbidden {
				t.Errorf("%s: %s: status %d", name, act, status)
			}
		}
	}
	deeds, err := f.Access.Deeds(t.Context(), job.DeedQuery{Most: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range deeds {
		if d.Deed != job.SignedIn && d.Deed != job.GaveCode {
			t.Errorf("what was refused stands among what was done: %v", d)
		}
	}
}
