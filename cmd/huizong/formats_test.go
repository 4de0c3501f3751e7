package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/cmd/internal/job"
	"huizong/internal/encoded/encodedtest"
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

// The passwords open the file in whatever encoding they were saved; where that cannot be told, nothing is tried.
func TestPasswordsOfAnyEncoding(t *testing.T) {
	locked, err := filepath.Glob(filepath.Join(samplesDir, "2024-06", "inbox", "*（加密）.xlsx"))
	if err != nil || len(locked) != 1 {
		t.Fatalf("encrypted files: %v, %v", locked, err)
	}
	passwords := filepath.Join(t.TempDir(), "passwords.txt")
	save := func(data []byte) {
		if err := os.WriteFile(passwords, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range encodedtest.Ways("汇总\r\nchenggu2024\r\n") {
		save(data)
		if got := huizong(t, exitDone, "check", "--passwords", passwords, locked[0]); !strings.Contains(got, "龙头镇") || strings.Contains(got, "F03") {
			t.Errorf("%s:\n%s", name, got)
		}
	}
	save([]byte("c\x00h\x00"))
	var stdout, stderr bytes.Buffer
	status := execute(t.Context(), []string{"check", "--passwords", passwords, locked[0]}, &stdout, &stderr)
	if got := stderr.String(); status != exitFailed || !strings.Contains(got, passwords) || !strings.Contains(got, "save it as UTF-8") {
		t.Errorf("status %d\n%s", status, got)
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
