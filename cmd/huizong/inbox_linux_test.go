package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/cmd/internal/job"
)

// What lies in an inbox and is no file, or may not be read, is sent back like any other file
// that cannot be read: the run goes on, waits for nothing, and takes what is good.
func TestInboxOfThingsThatAreNoFiles(t *testing.T) {
	binary, inbox := built(t), t.TempDir()
	at := func(name string) string { return filepath.Join(inbox, name) }
	good, err := os.ReadFile(filepath.Join(samplesDir, "2024-06", "inbox", goodReturn))
	mustDo(t, err)
	base := filepath.Base(goodReturn)
	elsewhere := filepath.Join(t.TempDir(), base)
	for _, path := range []string{at(base), elsewhere} {
		mustDo(t, os.WriteFile(path, good, 0o644))
	}
	mustDo(t, os.Symlink(elsewhere, at("link to "+base)))
	mustDo(t, syscall.Mkfifo(at("pipe.xlsx"), 0o644))
	socket(t, at("socket.xlsx"))
	mustDo(t, os.Symlink("/dev/zero", at("device.xlsx")))
	mustDo(t, os.Symlink("/", at("everything")))
	mustDo(t, os.Symlink("nothing", at("nowhere.xlsx")))
	mustDo(t, os.Symlink("circle.xlsx", at("circle.xlsx")))
	mustDo(t, os.WriteFile(at("closed.xlsx"), good, 0o000))
	mustDo(t, os.MkdirAll(at("closed/6月"), 0o700))
	mustDo(t, os.Chmod(at("closed"), 0o000))
	mustDo(t, os.WriteFile(at("large.xlsx"), nil, 0o644))
	mustDo(t, os.Truncate(at("large.xlsx"), 3<<30))
	mustDo(t, os.WriteFile(at("received.csv"), []byte("6月/"+base+",2024-06-24\n"), 0o644))

	out := t.TempDir()
	run := exec.Command(binary, "run", "--database", "sqlite:"+filepath.Join(out, "huizong.db"), "--period", "2024-06", "--inbox", inbox, "--out", out)
	if os.Getuid() == 0 { // to whom everything is permitted
		const nobody = 65534
		run.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		mustDo(t, os.Chown(out, nobody, nobody))
		for _, path := range []string{binary, inbox, elsewhere, out} { // which the tests alone may enter
			mustDo(t, os.Chmod(filepath.Dir(path), 0o755))
		}
		run.Dir = out
	}
	said, err := run.CombinedOutput()
	if run.ProcessState.ExitCode() != exitLeftOut {
		t.Fatalf("%v\n%s", err, said)
	}
	var report job.Report
	text, err := os.ReadFile(filepath.Join(out, "2024-06", "run.json"))
	mustDo(t, err)
	mustDo(t, json.Unmarshal(text, &report))
	got := map[string]string{}
	for _, file := range report.Files {
		got[file.Path] = file.Refused
		if file.Refused != "" && (file.SHA256 != "" || !strings.Contains(string(said), file.Path)) {
			t.Errorf("%s: SHA-256 %q, said:\n%s", file.Path, file.SHA256, said)
		}
	}
	if diff := cmp.Diff(map[string]string{
		base: "", "link to " + base: "", "pipe.xlsx": "F65", "socket.xlsx": "F65", "device.xlsx": "F65", "everything": "F65",
		"nowhere.xlsx": "F66", "circle.xlsx": "F66", "closed.xlsx": "F67", "closed": "F67", "large.xlsx": "F02",
	}, got); diff != "" {
		t.Errorf("(-want +got)\n%s\n%s", diff, said)
	}
	if !strings.Contains(string(said), "没有一行与收件箱相符") {
		t.Errorf("nobody is told that received.csv is of no use:\n%s", said)
	}
}
