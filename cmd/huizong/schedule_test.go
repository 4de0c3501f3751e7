package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/county"
	"huizong/internal/ledger"
)

// awkward is a folder whose name needs all the quoting that there is.
const awkward = `收件 100% o'$HOME & "甲" \n`

// october is a schedule of the county's, with paths that need quoting.
func october(t *testing.T) *schedule {
	t.Helper()
	t.Chdir(t.TempDir())
	p := program{county: county.Default(), databaseURL: "postgres://u:p%24'\"`$x\\@h/db", countyFile: "本县 100%.toml"}
	s := &schedule{Day: 10, Hour: 18, Inbox: awkward, Out: "结果 o'ut"}
	if err := p.arrange(s); err != nil {
		t.Fatal(err)
	}
	return s
}

// script is the schedule as a script.
func script(t *testing.T, s *schedule, scheduler string) string {
	t.Helper()
	text, err := (&program{}).script(s, scheduler)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// between is what stands between the line that a text begins and the line END.
func between(t *testing.T, text, begin string) string {
	t.Helper()
	_, after, found := strings.Cut(text, begin)
	_, after, newline := strings.Cut(after, "\n")
	content, _, ended := strings.Cut(after, "\nEND\n")
	if !found || !newline || !ended {
		t.Fatalf("no %q in\n%s", begin, text)
	}
	return content + "\n"
}

// wanted is the command that every scheduler must come to.
func wanted(s *schedule, period string) []string {
	return []string{s.Program, "run", "--period", period, "--inbox", awkward + "/" + period, "--out", "结果 o'ut", "--county", "本县 100%.toml"}
}

// fakeDate puts a program in front of date that gives today, and one in place of ours that writes
// what it was called with.
func fakeDate(t *testing.T, s *schedule, today string) (path, called string) {
	t.Helper()
	date, err := exec.LookPath("date")
	if err != nil {
		t.Skip("no date")
	}
	if exec.Command("date", "-d", "2024-06-15 1 months ago").Run() != nil {
		t.Skip("this date does not reckon")
	}
	dir := t.TempDir()
	called = filepath.Join(dir, "called")
	write := func(path, text string) {
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(dir, "date"), fmt.Sprintf(`[ "$*" = +%%F ] && exec echo %s; exec %s "$@"`, today, date))
	s.Program = filepath.Join(dir, "汇 总%o'\"$x")
	write(s.Program, fmt.Sprintf(`printf '%%s\n' "$0" "$@" "$HUIZONG_DATABASE" >%s; echo 甲; echo 乙 >&2; exit 3`, called))
	return dir + ":/usr/bin:/bin", called
}

// The month that a shell works out is the last whose returns are due by the day of the run, and stays
// it until that day comes again: whatever the day, at the ends of months and of the year.
func TestMonthOfARun(t *testing.T) {
	for _, test := range []struct {
		due   county.DayOfMonth
		day   int
		today map[string]string
	}{
		{county.DayOfMonth{MonthsAfter: 0, Day: 25}, 10, map[string]string{
			"2024-07-10": "2024-06", "2024-07-09": "2024-05", "2024-07-31": "2024-06", "2024-08-02": "2024-06", "2024-03-31": "2024-02",
			"2024-01-10": "2023-12", "2024-01-09": "2023-11", "2024-12-31": "2024-11", "2024-02-29": "2024-01"}},
		{county.DayOfMonth{MonthsAfter: 0, Day: 25}, 26, map[string]string{
			"2024-06-26": "2024-06", "2024-06-25": "2024-05", "2024-07-01": "2024-06", "2024-12-31": "2024-12", "2024-01-01": "2023-12"}},
		{county.DayOfMonth{MonthsAfter: 1, Day: 5}, 5, map[string]string{"2024-07-05": "2024-06", "2024-07-04": "2024-05", "2024-03-31": "2024-02"}},
		{county.DayOfMonth{MonthsAfter: 1, Day: 5}, 1, map[string]string{"2024-07-01": "2024-05", "2024-07-31": "2024-05"}},
		{county.DayOfMonth{MonthsAfter: 0, Day: 1}, 1, map[string]string{"2024-07-01": "2024-07", "2024-07-31": "2024-07"}},
	} {
		own := *county.Default()
		own.Due = test.due
		for today, want := range test.today {
			s := &schedule{Day: test.day, Inbox: "收件", Out: "out"}
			if err := (&program{county: &own}).arrange(s); err != nil {
				t.Fatal(err)
			}
			path, called := fakeDate(t, s, today)
			command := exec.Command("/bin/sh", "-c", s.Monthly(), s.Program, s.Inbox)
			command.Env = []string{"PATH=" + path}
			if err := command.Run(); exitOf(err) != 3 {
				t.Fatalf("%s: %v", today, err)
			}
			if got := lines(t, called)[3]; got != want {
				t.Errorf("due %v, run on day %d, on %s: %s, want %s", test.due, test.day, today, got, want)
			}
			// PowerShell reckons the same way.
			at, err := time.Parse(time.DateOnly, today)
			if err != nil {
				t.Fatal(err)
			}
			at = at.AddDate(0, 0, -s.DaysBack)
			if got := (ledger.Period{Year: at.Year(), Month: int(at.Month())}).Add(-s.MonthsBack).String(); got != want {
				t.Errorf("on %s: AddDays, AddMonths give %s, want %s", today, got, want)
			}
		}
	}
}

func exitOf(err error) int {
	if exit, ok := err.(*exec.ExitError); ok {
		return exit.ExitCode()
	}
	return 0
}

func lines(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

// The script for cron is run, with a crontab of its own; then the line that it leaves there is
// run as cron does: what was there stays, the status is kept, both streams are in the log.
func TestCronRunsTheMonth(t *testing.T) {
	s := october(t)
	path, called := fakeDate(t, s, "2024-07-10")
	table := filepath.Join(t.TempDir(), "crontab")
	if err := os.WriteFile(table, []byte("# mine\n5 5 * * * true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	crontab := filepath.Join(strings.Split(path, ":")[0], "crontab")
	text := fmt.Sprintf("#!/bin/sh\nif [ \"$1\" = -l ]; then cat %s; else cat >%s.new; mv %s.new %s; fi\n", table, table, table, table)
	if err := os.WriteFile(crontab, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	install := script(t, s, "cron")
	sh := func(command string) error {
		shell := exec.Command("/bin/sh", "-c", command)
		shell.Env = []string{"PATH=" + path, "HOME=" + t.TempDir()}
		out, err := shell.CombinedOutput()
		if len(out) > 0 {
			t.Errorf("it says %s", out)
		}
		return err
	}
	for range 2 { // a second time it replaces what it left there
		if err := sh(install); err != nil {
			t.Fatal(err)
		}
	}
	got := lines(t, table)
	want := []string{"# mine", "5 5 * * * true", "# huizong begin", s.CronLine(), "# huizong end"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	if real, err := exec.LookPath("/usr/bin/crontab"); err == nil && exec.Command(real, "-n", "/dev/null").Run() == nil {
		if out, err := exec.Command(real, "-n", table).CombinedOutput(); err != nil {
			t.Errorf("crontab -n: %v\n%s", err, out)
		}
	}

	command, found := strings.CutPrefix(s.CronLine(), "0 18 10 * * ")
	if !found || strings.Contains(strings.ReplaceAll(command, `\%`, ""), "%") {
		t.Fatalf("%s", s.CronLine())
	}
	if status := exitOf(sh(strings.ReplaceAll(command, `\%`, "%"))); status != 3 {
		t.Errorf("status %d, want 3", status)
	}
	if diff := cmp.Diff(append(wanted(s, "2024-06"), s.Database), lines(t, called)); diff != "" {
		t.Error(diff)
	}
	log := lines(t, "huizong.log")
	if len(log) != 3 || log[0] != "甲" || log[1] != "乙" || !strings.HasSuffix(log[2], " huizong run: 3") {
		t.Errorf("the log says %q", log)
	}
	if info, err := os.Stat("huizong.env"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the password can be read: %v %v", info.Mode(), err)
	}
	remove := regexp.MustCompile(`(?m)^# 撤销： (.*)$`).FindStringSubmatch(install)[1]
	if err := sh(remove); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want[:2], lines(t, table)); diff != "" {
		t.Errorf("after it was removed:\n%s", diff)
	}
}

// The units are what systemd takes without a word, and come to the same command.
func TestSystemdRunsTheMonth(t *testing.T) {
	s := october(t)
	s.User = ""
	path, called := fakeDate(t, s, "2024-07-10")
	text := script(t, s, "systemd")
	service, timer := between(t, text, "cat >/etc/systemd/system/huizong.service"), between(t, text, "cat >/etc/systemd/system/huizong.timer")

	dir := t.TempDir()
	for name, unit := range map[string]string{"huizong.service": service, "huizong.timer": timer} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(unit), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Log("no systemd-analyze: the units were not verified")
	} else if out, err := exec.Command("systemd-analyze", "verify", "--man=no", filepath.Join(dir, "huizong.timer"), filepath.Join(dir, "huizong.service")).
		CombinedOutput(); err != nil || strings.Contains(string(out), "huizong") { // an unknown key is a warning and status 0
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}

	line := regexp.MustCompile(`(?m)^ExecStart=(.*)$`).FindStringSubmatch(service)[1]
	words := unquoteUnit(t, line)
	command := exec.Command(words[0], words[1:]...)
	command.Env = []string{"PATH=" + path, "HUIZONG_DATABASE=" + s.Database}
	if err := command.Run(); exitOf(err) != 3 || !strings.Contains(service, "\nSuccessExitStatus=3\n") {
		t.Errorf("%v", err)
	}
	if diff := cmp.Diff(append(wanted(s, "2024-06"), s.Database), lines(t, called)); diff != "" {
		t.Error(diff)
	}
	for unit, needs := range map[string][]string{
		service: {"Type=oneshot", "WorkingDirectory=" + s.Dir, "EnvironmentFile=" + s.Dir + "/huizong.env"},
		timer:   {"OnCalendar=*-*-10 18:00:00", "Persistent=true", "WantedBy=timers.target"},
	} {
		for _, line := range needs {
			if !slices.Contains(strings.Split(unit, "\n"), line) {
				t.Errorf("no line %s in\n%s", line, unit)
			}
		}
	}
	if out, err := exec.Command("sh", "-n", "-c", text).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// unquoteUnit reads a command as systemd does: quoted words, \ before \ and ", $$ and %%.
func unquoteUnit(t *testing.T, line string) []string {
	t.Helper()
	var words []string
	for _, match := range regexp.MustCompile(`"((?:[^"\\]|\\.)*)"|[^ "]+`).FindAllString(line, -1) {
		match = strings.TrimSuffix(strings.TrimPrefix(match, `"`), `"`)
		if strings.ContainsAny(strings.NewReplacer("%%", "", "$$", "").Replace(match), "%$") {
			t.Errorf("systemd replaces something in %s", match)
		}
		words = append(words, strings.NewReplacer(`\\`, `\`, `\"`, `"`, "$$", "$", "%%", "%").Replace(match))
	}
	return words
}

// The task is XML in the order of the schema, its script is quoted, and comes to the same command.
func TestWindowsRunsTheMonth(t *testing.T) {
	s := october(t)
	s.Program, s.Dir, s.Inbox, s.Out = `D:\汇 总\o'‘neil’\huizong.exe`, `D:\汇 总&“一”`, `收 件`, `E:\`
	text := script(t, s, "windows")
	for _, want := range []string{
		`$dir = 'D:\汇 总&“一”'`, `-FilePath 'D:\汇 总\o''‘‘neil’’\huizong.exe'`, ".AddDays(-9).AddMonths(-1)", "\nexit $run.ExitCode\n'@\n",
		`$arguments = 'run --period <period> --inbox "收 件\<period>" "--out" "结果 o''ut" "--county" "本县 100%.toml"'.Replace('<period>', $period)`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if got := quoteCommandLine(`E:\`); got != `"E:\\"` {
		t.Errorf("a folder that ends in a backslash is %s", got)
	}
	_, rest, _ := strings.Cut(text, "$task = @'\n")
	document, _, _ := strings.Cut(rest, "\n'@\n")
	var task struct {
		XMLName   xml.Name `xml:"http://schemas.microsoft.com/windows/2004/02/mit/task Task"`
		Start     string   `xml:"Triggers>CalendarTrigger>StartBoundary"`
		Day       int      `xml:"Triggers>CalendarTrigger>ScheduleByMonth>DaysOfMonth>Day"`
		Late      bool     `xml:"Settings>StartWhenAvailable"`
		Command   string   `xml:"Actions>Exec>Command"`
		Arguments string   `xml:"Actions>Exec>Arguments"`
		Directory string   `xml:"Actions>Exec>WorkingDirectory"`
		Months    struct {
			All []struct{ XMLName xml.Name } `xml:",any"`
		} `xml:"Triggers>CalendarTrigger>ScheduleByMonth>Months"`
	}
	if err := xml.Unmarshal([]byte(document), &task); err != nil {
		t.Fatal(err)
	}
	if task.Start != "{TODAY}T18:00:00" || task.Day != 10 || !task.Late || len(task.Months.All) != 12 || task.Months.All[11].XMLName.Local != "December" {
		t.Errorf("%+v", task)
	}
	if task.Command != "powershell.exe" || !strings.HasSuffix(task.Arguments, ` -File "D:\汇 总&“一”\huizong-monthly.ps1"`) || task.Directory != `D:\汇 总&“一”` {
		t.Errorf("%+v", task)
	}
}
