package main

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/cmd/internal/job"
)

// With its password the encrypted return of the sample is read, and repeats the one that came
// in clear: whether or not the passwords are known, the figures are the same.
func TestSampleWithPasswords(t *testing.T) {
	for _, period := range []string{"2024-05", "2024-06"} {
		inbox := filepath.Join(samplesDir, period, "inbox")
		without := runReport(t, exitLeftOut, "--period", period, "--inbox", inbox)
		with := runReport(t, exitLeftOut, "--period", period, "--inbox", inbox, "--passwords", filepath.Join(samplesDir, period, "passwords.txt"))
		if diff := cmp.Diff(without.Figures, with.Figures); diff != "" {
			t.Errorf("%s: the figures differ:\n%s", period, diff)
		}
		refused := 0
		for i, file := range without.Files {
			if file.Refused != "F03" {
				continue
			}
			refused++
			if opened := with.Files[i]; opened.Refused != "" || len(opened.Returns) != 1 || opened.Returns[0].State != "repeated" {
				t.Errorf("%s with its password: %+v", file.Path, opened)
			}
		}
		if refused != 1 {
			t.Errorf("%s: %d encrypted files are refused, want 1", period, refused)
		}
	}
}

// runReport runs a month on a database of its own and gives its run.json.
func runReport(t *testing.T, want int, args ...string) job.Report {
	t.Helper()
	args = append([]string{"--database", sqliteIn(t), "--json", "run", "--out", t.TempDir()}, args...)
	var got job.Report
	if err := json.Unmarshal([]byte(huizong(t, want, args...)), &got); err != nil {
		t.Fatal(err)
	}
	return got
}
