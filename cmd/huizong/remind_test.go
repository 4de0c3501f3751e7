package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"huizong/cmd/internal/post/posttest"
)

// Units are told in three lines what they owe and what was sent back; mails are listed first, and sent with the receipts
// to those whose address is known when that is asked for.
func TestRemind(t *testing.T) {
	binary, database, dir := built(t), sqliteIn(t), t.TempDir()
	out, countyFile, trusted := filepath.Join(dir, "out"), filepath.Join(dir, "county.toml"), filepath.Join(dir, "trusted.pem")
	at := posttest.Start(t)
	if err := os.WriteFile(trusted, at.Certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	defaults, err := os.ReadFile("../../internal/county/county.toml")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(defaults), "[mail]")
	_, after, _ := strings.Cut(rest, "to = {}")
	own := fmt.Sprintf(`[mail]
server = "127.0.0.1"
port = %d
user = %q
from = "fgj@example.com"
to = { "交通运输局" = ["jtj@example.com"], "水利局" = [%q] }`, at.Port, posttest.User, posttest.Nobody)
	if err := os.WriteFile(countyFile, []byte(before+own+after), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(exit int, args ...string) string {
		t.Helper()
		command := exec.Command(binary, append([]string{"--database", database, "--county", countyFile}, args...)...)
		command.Env = append(os.Environ(), "SSL_CERT_FILE="+trusted, mailPassword+"="+posttest.Password)
		said, _ := command.CombinedOutput()
		if command.ProcessState.ExitCode() != exit {
			t.Fatalf("%v: exit %d, want %d\n%s", args, command.ProcessState.ExitCode(), exit, said)
		}
		return string(said)
	}
	run(exitLeftOut, "--quiet", "run", "--period", "2024-06", "--inbox", filepath.Join(samplesDir, "2024-06", "inbox"), "--out", out)
	want := `【城固县2024年6月报表】小河镇：应报1类，还差1类：谋划储备项目表，请在6月25日前报送。
没有退回的。
没有要更正、说明的。
`
	if got := run(exitDone, "remind", "--period", "2024-06", "--department", "小河镇"); got != want {
		t.Errorf("got\n%s", got)
	}
	remind := []string{"remind", "--period", "2024-06", "--out", out, "--mail"}
	if said := run(exitDone, remind...); !strings.Contains(said, "jtj@example.com  城固县2024年6月报表催报：交通运输局  附件") ||
		!strings.Contains(said, "小河镇 没有邮箱地址") || !strings.Contains(said, "加 --send 发出") || len(at.Mails()) > 0 {
		t.Errorf("%s\n%d mails", said, len(at.Mails()))
	}
	said := run(exitFailed, append(remind, "--send")...)
	mails := at.Mails()
	if !strings.Contains(said, "发出1封") || !strings.Contains(said, "没有发给 "+posttest.Nobody) || len(mails) != 1 {
		t.Fatalf("%s\n%d mails", said, len(mails))
	}
	if n := strings.Count(mails[0], "Content-Disposition: attachment; filename*=utf-8''"); n < 2 {
		t.Errorf("%d attachments with a name of RFC 2231", n)
	}
	run(exitFailed, "remind", "--period", "2024-06", "--send")
	run(exitFailed, "remind", "--period", "2024-06", "--department", "无此局")
}
