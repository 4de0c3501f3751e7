package job

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate"
	"huizong/importer/sheet"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

// putFile puts content into an inbox.
func putFile(t *testing.T, inbox, path string, content []byte) {
	t.Helper()
	at := filepath.Join(inbox, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func sampleFile(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(samplesDir, "2024-06/inbox", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// packed is a zip of files by name.
func packed(t *testing.T, names []string, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		file, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every delivery has its receipt in the folder of whoever sent it: of files of an archive, of two of one name, of
// what cannot be read or attributed too.
func TestEveryDeliveryHasItsReceipt(t *testing.T) {
	inbox, out := t.TempDir(), t.TempDir()
	statistics := sampleFile(t, "2024.6县统计局任务进展情况.xlsx")
	traffic := sampleFile(t, "县交通局6月进展.xlsx")
	long := strings.Repeat("长", 70) + "_统计局"
	putFile(t, inbox, "统计局/任务.xlsx", statistics)
	putFile(t, inbox, "统计局/补报/任务.XLSX", statistics)
	putFile(t, inbox, "一起.zip", packed(t, []string{"甲/交通局进展.xlsx", "甲/通知.pdf", "统计局:任务?.xlsx"}, traffic))
	putFile(t, inbox, "统计局通知.pdf", []byte("%PDF-1.4"))
	putFile(t, inbox, "不知道谁的.docx", []byte("PK"))
	putFile(t, inbox, long+".xlsx", []byte("PK"))
	j := open(t)
	report, err := j.Run(t.Context(), june, Inbox{Dir: inbox}, out)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"统计局/任务.xlsx":         "验收通过 回单/统计局/任务.xlsx",
		"统计局/补报/任务.XLSX":      "有保留 回单/统计局/任务（2）.XLSX", // the same again
		"一起.zip/甲/交通局进展.xlsx": "有保留 回单/交通运输局/交通局进展.xlsx",
		"一起.zip/甲/通知.pdf":     "有保留 回单/交通运输局/通知.pdf", // a workbook, whatever it is called
		"一起.zip/统计局:任务?.xlsx": "有保留 回单/交通运输局/统计局_任务_.xlsx",
		"统计局通知.pdf":           "验收不通过 回单/统计局/统计局通知.pdf.回单.xlsx",
		"不知道谁的.docx":          "验收不通过 回单/未识别/不知道谁的.docx.回单.xlsx",
		long + ".xlsx":        "验收不通过 回单/统计局/" + strings.Repeat("长", 58) + ".xlsx",
	}
	got := map[string]string{}
	for _, r := range report.Receipts {
		got[r.File] = string(r.Verdict) + " " + r.Path
		content, err := os.ReadFile(filepath.Join(out, "2024-06", filepath.FromSlash(r.Path)))
		if err != nil {
			t.Fatal(err)
		}
		book, err := sheet.Open(bytes.NewReader(content), int64(len(content)), sheet.Limits(county.Default().Limits))
		if err != nil {
			t.Fatalf("%s: %v", r.Path, err)
		}
		if first := book.Sheets()[0].Name; first != ledger.ReceiptSheet {
			t.Errorf("%s begins with %s", r.Path, first)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A receipt that somebody wrote in is theirs: the next run puts its own beside it.
func TestAnsweredReceiptIsKept(t *testing.T) {
	inFull(t)
	inbox, out := t.TempDir(), t.TempDir()
	putFile(t, inbox, "任务.xlsx", sampleFile(t, "2024.6县统计局任务进展情况.xlsx"))
	j := open(t)
	for range 2 {
		if _, err := j.Run(t.Context(), june, Inbox{Dir: inbox}, out); err != nil {
			t.Fatal(err)
		}
		putFile(t, out, "2024-06/回单/统计局/任务.xlsx", []byte("answered"))
	}
	report, err := j.Summarize(t.Context(), june, out)
	if err != nil {
		t.Fatal(err)
	}
	if report.Gone != 1 {
		t.Errorf("%d receipts are said to be gone, want 1", report.Gone)
	}
	files := contents(t, out)
	for _, name := range []string{"任务.xlsx", "任务 (2).xlsx"} {
		if files["/回单/统计局/"+name] != "answered" {
			t.Errorf("%s is lost: %q", name, files["/回单/统计局/"+name])
		}
	}
}

// A file that changed between its being read and its receipt, or is gone, is answered on a sheet of its own.
func TestReceiptIsOfWhatWasJudged(t *testing.T) {
	inbox := t.TempDir()
	path := filepath.Join(inbox, "任务.xlsx")
	putFile(t, inbox, "任务.xlsx", sampleFile(t, "2024.6县统计局任务进展情况.xlsx"))
	config, err := Inbox{Dir: inbox}.config(county.Default(), june)
	if err != nil {
		t.Fatal(err)
	}
	delivery, err := config.ReadFile(path, "任务.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	file := newFileReport(delivery)
	file.came, file.sender = file.path, config.SenderOf(&delivery)
	for _, then := range []struct {
		happens func()
		want    string
	}{
		{func() {}, "回单/统计局/任务.xlsx"},
		{func() { putFile(t, inbox, "任务.xlsx", sampleFile(t, "县交通局6月进展.xlsx")) }, "回单/统计局/任务.xlsx.回单.xlsx"},
		{func() { os.Remove(path) }, "回单/统计局/任务.xlsx.回单.xlsx"},
	} {
		then.happens()
		report := &Report{Files: []FileReport{file}, slips: map[string]keptReceipt{}}
		for given, err := range open(t).receipts(config, Inbox{Dir: inbox}, &lastReceipts{}, report, &consolidate.Month{}) {
			if err != nil || given.Path != then.want {
				t.Errorf("%s, %v; want %s", given.Path, err, then.want)
			}
		}
		if len(report.Receipts) != 1 || report.Receipts[0].Path != then.want {
			t.Error(report.Receipts)
		}
	}
}

// A receipt says whom it is given to, so that it is known when it comes back without the folder that told.
func TestReceiptKnowsItsSender(t *testing.T) {
	inFull(t)
	inbox, out, back := t.TempDir(), t.TempDir(), t.TempDir()
	putFile(t, inbox, "三合镇/储备项目表.xlsx", sampleFile(t, "三合镇/2024年6月储备项目表.xlsx"))
	report, err := open(t).Run(t.Context(), june, Inbox{Dir: inbox}, out)
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := os.ReadFile(filepath.Join(out, "2024-06", filepath.FromSlash(report.Receipts[0].Path)))
	if err != nil {
		t.Fatal(err)
	}
	putFile(t, back, "回来了.xlsx", receipt)
	again, err := open(t).Run(t.Context(), june, Inbox{Dir: back}, out)
	if err != nil {
		t.Fatal(err)
	}
	if r := again.Files[0].Returns; len(r) != 1 || r[0].Department != "三合镇" || r[0].State != ledger.Accepted || again.Receipts[0].Path != "回单/三合镇/回来了.xlsx" {
		t.Errorf("%+v, %+v", r, again.Receipts)
	}
}
