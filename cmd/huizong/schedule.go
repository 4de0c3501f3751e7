package main

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"text/template"
	"time"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/visible"
	"huizong/internal/ledger"
)

func (p *program) scheduleCommand() *cobra.Command {
	var s schedule
	var at, save string
	command := &cobra.Command{
		Use:   "schedule systemd｜cron｜windows [--day N] [--time HH:MM] [--inbox DIR] [--out DIR] [--passwords FILE] [--pdf] [--save FILE]",
		Short: "给出安装每月计划任务的脚本 (print the script that installs the monthly run)",
		Long: "给出一个脚本：装上每月的计划任务，脚本里写明怎样看执行结果、怎样撤销。在放 huizong.db 的文件夹里执行本命令，计划任务就在那里执行。\n" +
			"Prints a script that installs the monthly run, and says how to see what came of it and how to remove it. " +
			"Call it in the folder of huizong.db: the run works there.",
		Example:   "  huizong schedule systemd --save install.sh\n  huizong schedule windows --inbox 收件 --save install.ps1",
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs: []string{"systemd", "cron", "windows"},
		RunE: func(command *cobra.Command, args []string) error {
			if s.Day == 0 {
				s.Day = min(p.county.Lock.Day, lastDay)
			}
			if s.Day < 1 || s.Day > lastDay {
				return fmt.Errorf(p.say("--day %d：请写 1–%d，每个月都有的日子", "--day %d: a day that every month has, 1–%d"), s.Day, lastDay)
			}
			clock, err := time.Parse("15:04", at)
			if err != nil {
				return fmt.Errorf(p.say("--time %s：请写成 18:00", "--time %s: write it like 18:00"), at)
			}
			s.Hour, s.Minute = clock.Hour(), clock.Minute()
			return p.works(func(_ context.Context, args []string) error { return p.schedule(&s, args[0], save) })(command, args)
		},
	}
	flags := command.Flags()
	flags.IntVar(&s.Day, "day", 0, "the day of the month (default: the lock day of county.toml)")
	flags.StringVar(&at, "time", "18:00", "the time of that day")
	flags.StringVar(&s.Inbox, "inbox", "收件", "the folder with a folder of returns for each month, such as 2024-06")
	flags.StringVar(&s.Out, "out", "out", "the folder to write under")
	flags.StringVar(&save, "save", "", "write the script to this file, as the system at hand reads it")
	p.passwordsFlag(command)
	pdfFlag(command, &s.PDF)
	return command
}

// lastDay is the last day that every month has.
const lastDay = 28

// A schedule is when the month is run, and how. Paths that are not absolute are so within Dir.
type schedule struct {
	Day, Hour, Minute int
	Inbox, Out        string // Inbox has a folder for each month
	PDF               bool

	// The month that is run is the last whose returns are due by Day: MonthsBack from the month in
	// which Day was last. Run late, at the start of the machine in the next month, say, it is the
	// same month still: DaysBack lead into that of Day.
	DaysBack, MonthsBack int

	site
	Options []string // of run, besides its month and inbox
}

// A site is where the program is and works.
type site struct{ Program, Dir, User, Database string }

// schedule prints the script for a scheduler, or writes it to the file save.
func (p *program) schedule(s *schedule, scheduler, save string) error {
	if err := p.arrange(s); err != nil {
		return err
	}
	text, err := p.script(s, scheduler)
	if err != nil {
		return err
	}
	return p.hand(text, scheduler, save)
}

// script is the script for a scheduler.
func (p *program) script(s *schedule, scheduler string) (string, error) {
	if scheduler == "cron" && len(s.CronLine()) > longestCronLine {
		return "", fmt.Errorf(p.say("路径太长，crontab 一行最多%d字节；请把程序放在短一些的文件夹里", "the paths are too long for a line of crontab, %d bytes"), longestCronLine)
	}
	return p.filled(shared+schedulers[scheduler], s)
}

// filled is the template of a script with what it installs.
func (p *program) filled(script string, with any) (string, error) {
	var text strings.Builder
	err := template.Must(template.New("").Funcs(template.FuncMap{
		"say": p.say, "sh": quoteSh, "env": quoteEnv, "unit": quoteUnit, "specifier": escapeSpecifier,
		"ps": quotePowerShell, "xml": escapeXML, "commandline": quoteCommandLine,
	}).Parse(script)).Execute(&text, with)
	return text.String(), err
}

// hand prints a script, or writes it to the file save as its system reads it.
func (p *program) hand(text, system, save string) error {
	if save == "" {
		for line := range strings.Lines(text) {
			p.printf("%s\n", strings.TrimSuffix(line, "\n"))
		}
		return nil
	}
	if system == "windows" { // whose PowerShell takes a file without the mark for one in the old encoding
		text = "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n")
	}
	if err := os.WriteFile(save, []byte(text), 0o600); err != nil { // the database may have a password
		return err
	}
	p.printf(p.say("脚本已写入 %s，请看一遍再执行，怎样执行写在开头\n", "the script is in %s: read it, then start it as its head says\n"), save)
	return nil
}

// arrange fills in where the program is and works, and how it is called.
func (p *program) arrange(s *schedule) (err error) {
	s.Options = p.options(s.Out, s.PDF)
	if s.site, err = p.site(append(s.Options, s.Inbox)...); err != nil {
		return err
	}
	s.DaysBack, s.MonthsBack = s.Day-1, p.county.Due.MonthsAfter
	if s.Day < p.county.Due.Day {
		s.MonthsBack++
	}
	return nil
}

// options are those of a command that writes months, as they were given to this one.
func (p *program) options(out string, pdf bool) []string {
	all := []string{"--out", out}
	if p.countyFile != "" {
		all = append(all, "--county", p.countyFile)
	}
	if p.passwords != "" {
		all = append(all, "--passwords", p.passwords)
	}
	if p.lang == ledger.English {
		all = append(all, "--lang", "en")
	}
	if pdf {
		all = append(all, "--pdf")
	}
	return all
}

// site is where this program is and works. It is an error where a name in it, or among the words that are to be
// written beside it, cannot be written into a script.
func (p *program) site(words ...string) (s site, err error) {
	if s.Program, err = os.Executable(); err != nil {
		return s, err
	}
	if s.Dir, err = os.Getwd(); err != nil {
		return s, err
	}
	if u, err := user.Current(); err == nil {
		s.User = u.Username
	}
	s.Database = p.databaseURL
	for _, text := range append([]string{s.Program, s.Dir, s.Database}, words...) {
		if visible.Text(text) != text {
			return s, fmt.Errorf(p.say("%s：计划任务里写不下看不见的字符，请换个名字", "%s: characters that do not show cannot be scheduled: choose another name"), text)
		}
	}
	if strings.ContainsAny(filepath.ToSlash(s.Dir), `\*?["`) || strings.TrimSpace(s.Dir) != s.Dir {
		return s, errors.New(p.say("当前文件夹的名字里有 \\ * ? [ 或引号，计划任务里写不下，请换个文件夹", "the name of this folder has \\ * ? [ or a quote in it: choose another one"))
	}
	return s, nil
}

// Example is the month that is run in October 2026.
func (s *schedule) Example() ledger.Period {
	return ledger.Period{Year: 2026, Month: 10}.Add(-s.MonthsBack)
}

// At is the time of day.
func (s *schedule) At() string { return fmt.Sprintf("%02d:%02d", s.Hour, s.Minute) }

// Monthly is what a shell does: `sh -c Monthly PROGRAM INBOX OPTION…`. It has no single quote in it.
func (s *schedule) Monthly() string {
	return fmt.Sprintf(`today=$(date +%%F); cycle=$(date -d "$today %d days ago" +%%Y-%%m-15); period=$(date -d "$cycle %d months ago" +%%Y-%%m); `+
		`inbox=$1; shift; exec "$0" run --period "$period" --inbox "$inbox/$period" "$@"`, s.DaysBack, s.MonthsBack)
}

// CronLine is the line of crontab.
func (s *schedule) CronLine() string {
	command := "cd " + quoteSh(s.Dir) + " && set -a && . ./huizong.env && /bin/sh -c " + quoteSh(s.Monthly()) + " " + quoteSh(s.Program) + " " + quoteSh(s.Inbox)
	for _, option := range s.Options {
		command += " " + quoteSh(option)
	}
	command += ` >>huizong.log 2>&1; status=$?; echo "$(date "+%F %T") huizong run: $status" >>huizong.log; exit $status`
	return fmt.Sprintf("%d %d %d * * %s", s.Minute, s.Hour, s.Day, escapeCron(command))
}

// Arguments are those of run on Windows, with <period> for the month: no path there has a < in it.
func (s *schedule) Arguments() string {
	all := []string{"run", "--period", "<period>", "--inbox", quoteCommandLine(s.Inbox + `\<period>`)}
	for _, option := range s.Options {
		all = append(all, quoteCommandLine(option))
	}
	return strings.Join(all, " ")
}

// MonthNames are the months as Task Scheduler names them.
func (s *schedule) MonthNames() []time.Month {
	var all []time.Month
	for month := time.January; month <= time.December; month++ {
		all = append(all, month)
	}
	return all
}

// longestCronLine is what cron takes of a command, to be safe with the time before it.
const longestCronLine = 1000

// quoteSh quotes a word for a shell.
func quoteSh(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// quoteEnv quotes a value of a file that both systemd and a shell read.
func quoteEnv(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(value) + `"`
}

// escapeSpecifier escapes what systemd takes for a specifier.
func escapeSpecifier(text string) string { return strings.ReplaceAll(text, "%", "%%") }

// quoteUnit quotes a word of systemd's ExecStart.
func quoteUnit(word string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", "$$", "%", "%%").Replace(word) + `"`
}

// escapeCron escapes what cron takes for a newline.
func escapeCron(command string) string { return strings.ReplaceAll(command, "%", `\%`) }

// quotePowerShell quotes a text for PowerShell, to which all these are single quotes.
func quotePowerShell(text string) string {
	return "'" + strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛").Replace(text) + "'"
}

// quoteCommandLine quotes an argument of a program of Windows.
func quoteCommandLine(argument string) string {
	trailing := len(argument) - len(strings.TrimRight(argument, `\`))
	return `"` + argument + strings.Repeat(`\`, trailing) + `"`
}

func escapeXML(text string) string {
	var escaped strings.Builder
	_ = xml.EscapeText(&escaped, []byte(text)) // a Builder takes all
	return escaped.String()
}

// schedulers are the scripts. The lines that say what to do are comments, so that the script can
// be read and started as it is.
var schedulers = map[string]string{"systemd": `#!/bin/sh
# {{say "每月计划任务（systemd）" "The monthly run (systemd)"}}: {{template "when" .}}
# {{say "看一遍，然后执行：sudo sh 本文件" "Read it, then: sudo sh THIS-FILE"}}
set -eu
{{template "environment" .}}
cat >/etc/systemd/system/huizong.service <<'END'
[Unit]
Description=汇总 huizong
Wants=network-online.target
After=network-online.target postgresql.service

[Service]
Type=oneshot
{{- if and .User (ne .User "root")}}
User={{specifier .User}}
{{- end}}
WorkingDirectory={{specifier .Dir}}
EnvironmentFile={{specifier .Dir}}/huizong.env
ExecStart=/bin/sh -c {{unit .Monthly}} {{unit .Program}} {{unit .Inbox}}{{range .Options}} {{unit .}}{{end}}
SuccessExitStatus=3
END
cat >/etc/systemd/system/huizong.timer <<'END'
[Unit]
Description=汇总 huizong

[Timer]
OnCalendar=*-*-{{printf "%02d" .Day}} {{.At}}:00
Persistent=true

[Install]
WantedBy=timers.target
END
systemctl daemon-reload
systemctl enable --now huizong.timer

# {{say "到时关机的，开机后补做。" "Made up for when the machine was off."}}
# {{say "现在试一次：" "Try it now:"}} sudo systemctl start huizong.service
# {{say "下次何时：" "When next:"}} systemctl list-timers huizong.timer
# {{say "上次结果：" "How the last one went:"}} systemctl status huizong.service; journalctl -u huizong.service
# {{template "statuses" .}}
# {{say "撤销：" "To remove it:"}} sudo systemctl disable --now huizong.timer; sudo rm /etc/systemd/system/huizong.service /etc/systemd/system/huizong.timer {{sh (printf "%s/huizong.env" .Dir)}}; sudo systemctl daemon-reload
`, "cron": `#!/bin/sh
# {{say "每月计划任务（cron）" "The monthly run (cron)"}}: {{template "when" .}}
# {{say "看一遍，然后执行（不要用 sudo，装在当前用户名下）：sh 本文件" "Read it, then, without sudo: sh THIS-FILE"}}
set -eu
{{template "environment" .}}
{ crontab -l 2>/dev/null | sed '/^# huizong begin$/,/^# huizong end$/d'; cat <<'END'; } | crontab -
# huizong begin
{{.CronLine}}
# huizong end
END

# {{say "到时关机的不补做，请自己执行一次。" "Not made up for when the machine was off: run it by hand then."}}
# {{say "看装上没有：" "Is it there:"}} crontab -l
# {{say "上次结果，最后一行是状态码：" "How the last one went; the last line is its status:"}} tail {{sh (printf "%s/huizong.log" .Dir)}}
# {{template "statuses" .}}
# {{say "撤销：" "To remove it:"}} crontab -l | sed '/^# huizong begin$/,/^# huizong end$/d' | crontab -; rm {{sh (printf "%s/huizong.env" .Dir)}}
`, "windows": `# {{say "每月计划任务（Windows）" "The monthly run (Windows)"}}: {{template "when" .}}
# {{say "看一遍，然后执行：" "Read it, then:"}} powershell -ExecutionPolicy Bypass -File install.ps1
$ErrorActionPreference = 'Stop'
$dir = {{ps .Dir}}
$script = Join-Path $dir 'huizong-monthly.ps1'
$monthly = @'
$dir = {{ps .Dir}}
$env:HUIZONG_DATABASE = {{ps .Database}}
$period = (Get-Date).AddDays(-{{.DaysBack}}).AddMonths(-{{.MonthsBack}}).ToString('yyyy-MM', [Globalization.CultureInfo]::InvariantCulture)
$arguments = {{ps .Arguments}}.Replace('<period>', $period)
$run = Start-Process -FilePath {{ps .Program}} -ArgumentList $arguments -WorkingDirectory $dir -NoNewWindow -Wait -PassThru ` + "`" + `
  -RedirectStandardOutput (Join-Path $dir 'huizong.txt') -RedirectStandardError (Join-Path $dir 'huizong.log')
exit $run.ExitCode
'@
[IO.File]::WriteAllText($script, $monthly, (New-Object Text.UTF8Encoding $true))
$task = @'
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>汇总 huizong</Description></RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{TODAY}T{{.At}}:00</StartBoundary>
      <ScheduleByMonth>
        <DaysOfMonth><Day>{{.Day}}</Day></DaysOfMonth>
        <Months>{{range .MonthNames}}<{{.}}/>{{end}}</Months>
      </ScheduleByMonth>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author"><UserId>{USER}</UserId><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>powershell.exe</Command>
      <Arguments>-NoProfile -NonInteractive -ExecutionPolicy Bypass -WindowStyle Hidden -File {{xml (commandline (printf "%s\\huizong-monthly.ps1" .Dir))}}</Arguments>
      <WorkingDirectory>{{xml .Dir}}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
'@
$user = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
$today = (Get-Date).ToString('yyyy-MM-dd', [Globalization.CultureInfo]::InvariantCulture)
Register-ScheduledTask -TaskName 'huizong' -Xml $task.Replace('{USER}', $user).Replace('{TODAY}', $today) -Force | Out-Null

# {{say "您登录着才执行；到时关机或没有登录的，登录后补做。" "It runs while you are logged on, and is made up for when you were not."}}
# {{say "现在试一次：" "Try it now:"}} Start-ScheduledTask -TaskName huizong
# {{say "上次结果（LastTaskResult）和下次时间：" "How the last one went (LastTaskResult), and when next:"}} Get-ScheduledTaskInfo -TaskName huizong
# {{say "屏幕上会有的话在 huizong.txt 和 huizong.log 里。" "What it said is in huizong.txt and huizong.log."}}
# {{template "statuses" .}}
# {{say "撤销：" "To remove it:"}} Unregister-ScheduledTask -TaskName huizong -Confirm:$false; Remove-Item -LiteralPath {{ps (printf "%s\\huizong-monthly.ps1" .Dir)}}
`}

// shared are the parts that scripts share.
const shared = `{{define "when"}}{{say
	(printf "每月%d日 %s 汇总报送已截止的最近一个月（2026年10月执行的是 %s）" .Day .At .Example)
	(printf "on day %d of the month, at %s, the last month whose returns are due (in October 2026 that is %s)" .Day .At .Example)}}{{end}}
{{- define "statuses"}}{{say "状态码：0 全部采用；3 做完了，有退回、暂缓或未报；1 出错，可以再执行一次；2 命令写错。"
	"Status: 0 all taken; 3 done, something was sent back, held or is missing; 1 failed, run again; 2 wrong usage."}}{{end}}
{{- define "environment"}}(umask 077; cat >{{sh (printf "%s/huizong.env" .Dir)}} <<'END'
HUIZONG_DATABASE={{env .Database}}
END
){{end}}`
