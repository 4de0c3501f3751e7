package main

import "path/filepath"

// A windowService is the window as a system starts it. Words are those of its command line, without the program.
type windowService struct {
	site
	Words []string
}

// service prints the script that has a system start the window with itself.
func (p *program) service(s *served) error {
	words := append([]string{"serve", "--listen", s.listen, "--inbox", s.inbox}, p.options(s.out, p.pdf)...)
	if s.cert != "" {
		words = append(words, "--cert", s.cert, "--key", s.key)
	}
	at, err := p.site(words...)
	if err != nil {
		return err
	}
	text, err := p.filled(services[s.service], &windowService{at, words})
	if err != nil {
		return err
	}
	return p.hand(text, s.service, s.save)
}

// CommandLine is the command line of a service of Windows, which has no folder that it works in: it is told.
func (s *windowService) CommandLine() string {
	line := quoteCommandLine(s.Program)
	for _, word := range append(s.Words, "--in", s.Dir) {
		line += " " + quoteCommandLine(word)
	}
	return line
}

// Log is where a service of Windows writes what it says.
func (s *windowService) Log() string { return filepath.Join(s.Dir, serviceLog) }

// services are the scripts. The lines that say what to do are comments.
var services = map[string]string{"systemd": `#!/bin/sh
# {{say "收表窗口，随机器启动（systemd）" "The window, started with the machine (systemd)"}}
# {{say "看一遍，然后执行：sudo sh 本文件" "Read it, then: sudo sh THIS-FILE"}}
set -eu
(umask 077; cat >{{sh (printf "%s/huizong.env" .Dir)}} <<'END'
HUIZONG_DATABASE={{env .Database}}
END
)
cat >/etc/systemd/system/huizong-window.service <<'END'
[Unit]
Description=汇总 收表窗口
Wants=network-online.target
After=network-online.target postgresql.service

[Service]
{{- if and .User (ne .User "root")}}
User={{specifier .User}}
{{- end}}
WorkingDirectory={{specifier .Dir}}
EnvironmentFile={{specifier .Dir}}/huizong.env
ExecStart={{unit .Program}}{{range .Words}} {{unit .}}{{end}}
Restart=on-failure
RestartSec=5
TimeoutStopSec=90
NoNewPrivileges=true
PrivateTmp=true
ProtectSystem=full

[Install]
WantedBy=multi-user.target
END
systemctl daemon-reload
systemctl enable --now huizong-window.service

# {{say "在不在：" "Is it there:"}} systemctl status huizong-window.service
# {{say "它说了什么：" "What it said:"}} journalctl -u huizong-window.service
# {{say "换新版本以后：" "After a new version:"}} sudo systemctl restart huizong-window.service
# {{say "撤销：" "To remove it:"}} sudo systemctl disable --now huizong-window.service; sudo rm /etc/systemd/system/huizong-window.service
`, "windows": `# {{say "收表窗口，随机器启动（Windows 服务）" "The window, started with the machine (a Windows service)"}}
# {{say "看一遍，然后以管理员身份执行：" "Read it, then, as an administrator:"}} powershell -ExecutionPolicy Bypass -File install.ps1
$ErrorActionPreference = 'Stop'
$line = {{ps .CommandLine}}
New-Service -Name 'huizong-window' -DisplayName {{ps (say "汇总 收表窗口" "Huizong window")}} -StartupType Automatic -BinaryPathName $line | Out-Null
$environment = [string[]]@({{ps (printf "HUIZONG_DATABASE=%s" .Database)}})
$key = 'HKLM:\SYSTEM\CurrentControlSet\Services\huizong-window'
New-ItemProperty -Path $key -Name Environment -PropertyType MultiString -Value $environment -Force | Out-Null
sc.exe failure huizong-window reset= 86400 actions= restart/5000/restart/5000/restart/60000 | Out-Null
Start-Service -Name 'huizong-window'

# {{say "在不在：" "Is it there:"}} Get-Service huizong-window
# {{say "它说了什么：" "What it said:"}} Get-Content -LiteralPath {{ps .Log}} -Tail 20
# {{say "换新版本：先停，换掉程序文件，再启动：" "A new version: stop it, change the program's file, start it:"}} Stop-Service huizong-window; Start-Service huizong-window
# {{say "撤销：" "To remove it:"}} Stop-Service huizong-window; sc.exe delete huizong-window
`}

// serviceLog is the file, in the folder that it works in, that a service of Windows writes what it says into.
const serviceLog = "huizong-window.log"
