package job

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate/store"
)

// smallInbox has one return, under names of which one is not UTF-8 where a system lets files be named so.
func smallInbox(t *testing.T) string {
	t.Helper()
	inbox := t.TempDir()
	content, err := os.ReadFile(filepath.Join(samplesDir, "2024-06/inbox/2024.6县统计局任务进展情况.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"统计局.xlsx", ".hidden"}
	if runtime.GOOS == "linux" {
		names = append(names, "\xcd\xb3\xbc\xc6\xbe\xd6.xlsx", ".\xcd\xb3", "\ufffd.xlsx", "<&>\u2028.xlsx")
	}
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(inbox, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return inbox
}

// contents has the files of June below out.
func contents(t *testing.T, out string) map[string]string {
	t.Helper()
	all := map[string]string{}
	root := filepath.Join(out, june.String())
	for _, pattern := range []string{"*", "*/*", "*/*/*"} {
		paths, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if info, err := os.Stat(path); err != nil || info.IsDir() {
				continue
			}
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all[strings.TrimPrefix(path, root)] = string(content)
		}
	}
	return all
}

// Summarize writes again what Run wrote, to the byte: run.json, too, however files of the inbox are named,
// and whatever version of the program merged the month.
func TestSummaryIsWhatRunWrote(t *testing.T) {
	j, out := open(t), t.TempDir()
	ran, err := j.Run(t.Context(), june, Inbox{Dir: smallInbox(t)}, out)
	if err != nil {
		t.Fatal(err)
	}
	want := contents(t, out)
	if text, err := ran.text(); err != nil || want["/run.json"] != text {
		t.Errorf("run.json is not the report, %v", err)
	}
	for _, earlier := range []bool{false, true} {
		again, receipts := t.TempDir(), filepath.Join("2024-06", "回单", "统计局")
		if err := os.CopyFS(filepath.Join(again, receipts), os.DirFS(filepath.Join(out, receipts))); err != nil { // they are not in the database
			t.Fatal(err)
		}
		if earlier {
			mergeWith(t, j, strings.NewReplacer(`"version": "`+Version, `"version": "0.0.1`, `"sha256": "`+ran.Workbooks[0].SHA256, `"sha256": "0`).Replace)
		}
		if _, err := j.Summarize(t.Context(), june, again); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, contents(t, again)); diff != "" {
			t.Errorf("merged by an earlier version: %v (-run +summary)\n%s", earlier, diff)
		}
	}
}

// mergeWith merges June again as it is, but for its run.json.
func mergeWith(t *testing.T, j *Job, change func(report string) string) {
	t.Helper()
	month, err := j.Merged(t.Context(), june)
	if err != nil {
		t.Fatal(err)
	}
	before := month.Report
	if month.Report = change(before); month.Report == before {
		t.Fatal("nothing changed in run.json")
	}
	if err := j.alone(t.Context(), func(lock *store.Lock) error { return lock.Merge(t.Context(), &month.Month) }); err != nil {
		t.Fatal(err)
	}
}

// Of a month that was merged before run.json was kept the folder cannot be written again; the one that is there stays.
func TestSummaryOfAMonthWithoutReport(t *testing.T) {
	inFull(t)
	j, out := open(t), t.TempDir()
	if _, err := j.Run(t.Context(), june, Inbox{Dir: smallInbox(t)}, out); err != nil {
		t.Fatal(err)
	}
	want := contents(t, out)
	mergeWith(t, j, func(string) string { return "" })
	if _, err := j.Summarize(t.Context(), june, out); !errors.Is(err, ErrNoReport) {
		t.Errorf("error %v, want %v", err, ErrNoReport)
	}
	if diff := cmp.Diff(want, contents(t, out)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// What a run cannot write it does not merge, and says.
func TestNothingIsMergedThatCannotBeWritten(t *testing.T) {
	j, dir := open(t), t.TempDir()
	out := filepath.Join(dir, "out")
	if err := os.WriteFile(out, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Run(t.Context(), june, Inbox{Dir: smallInbox(t)}, out); err == nil || !strings.Contains(err.Error(), out) {
		t.Errorf("error %v", err)
	}
	if _, err := j.Merged(t.Context(), june); !errors.Is(err, ErrNeverMerged) {
		t.Errorf("error %v, want %v", err, ErrNeverMerged)
	}
}

// What is ours in a folder: what its run.json names, and PDFs of it.
func TestOurs(t *testing.T) {
	for text, want := range map[string][]string{
		`{"workbooks": [{"path": "a.xlsx"}, {"path": "b.xlsx"}], "documents": [{"path": "a.docx"}], "notices": [{"path": "回单/n.xlsx"}],
			"receipts": [{"path": "回单/r.xlsx", "sha256": "12"}]}`: {
			"a.xlsx", "b.xlsx", "a.docx", "a（表）.pdf", "b.pdf", "a.pdf", "回单/n.xlsx", "回单/r.xlsx 12"},
		`{"workbooks": [{"path": "a.xlsx"}]}`: {"a.xlsx", "a.pdf"}, // an earlier version
		`{}`:                                  nil,
		`half of a`:                           nil,
		`{"workbooks": 1}`:                    nil,
	} {
		var got []string
		for _, file := range ours([]byte(text)) {
			got = append(got, strings.TrimSpace(file.Path+" "+file.SHA256))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// The folder of another county's month is nobody else's to change.
func TestFolderOfAnotherCounty(t *testing.T) {
	out := t.TempDir()
	path := filepath.Join(out, june.String())
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(path, reportName), []byte(`{"region": "610723", "period": "2024-06"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := open(t).Run(t.Context(), june, Inbox{Dir: t.TempDir()}, out)
	var other *OtherCounty
	if !errors.As(err, &other) || other.Region != "610723" || other.Path != path {
		t.Errorf("got %v", err)
	}
}
