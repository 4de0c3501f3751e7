package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/cmd/internal/window"
	"huizong/internal/ledger"
)

// A served is what serve is asked for.
type served struct {
	listen    string
	inbox     string // with a folder for each month
	out       string
	cert, key string
	demo      bool
	dir       string // of the demo
	service   string // the system that is to start it: systemd or windows
	save      string // the file for the script that installs it
	in        string // the folder that a service of Windows works in
}

func (p *program) serveCommand() *cobra.Command {
	var s served
	command := &cobra.Command{
		Use:   "serve [--listen ADDR] [--inbox DIR] [--out DIR] [--cert FILE --key FILE] | serve --demo | serve --service systemd｜windows",
		Short: "收表窗口：单位交表、当场看问题，发改局汇总，领导看数 (the page on which departments hand in and everyone sees)",
		Long: "在浏览器里打开。单位凭口令交表、看问题、作说明；发改局汇总、判定、结账；领导看一页。口令由 huizong access add 发。\n" +
			"交来的表放进 --inbox 下当月的文件夹，与自己放进去的一样汇总。默认只有本机能打开；给全县用，写 --listen 0.0.0.0:8610，并用 --cert、--key 加密。\n" +
			"To be opened with a browser. Codes are given by huizong access add. What is handed in lies in the month's folder below --inbox, " +
			"and is run as if it had been put there.",
		Example: "  huizong serve --demo\n  huizong serve --inbox 收件 --listen 0.0.0.0:8610 --cert 窗口.pem --key 窗口.key",
		Args:    cobra.NoArgs,
		RunE: func(command *cobra.Command, args []string) error {
			if (s.cert == "") != (s.key == "") {
				return errors.New(p.say("--cert 和 --key 要一起写", "--cert and --key go together"))
			}
			if _, _, err := net.SplitHostPort(s.listen); err != nil {
				return fmt.Errorf(p.say("--listen %s：请写成 地址:端口，如 127.0.0.1:8610", "--listen %s: write ADDRESS:PORT, such as 127.0.0.1:8610"), s.listen)
			}
			if s.service != "" && services[s.service] == "" {
				return fmt.Errorf(p.say("--service %s：请写 systemd 或 windows", "--service %s: systemd or windows"), s.service)
			}
			return p.works(func(ctx context.Context, _ []string) error {
				if s.service != "" {
					return p.service(&s)
				}
				if s.demo {
					return p.serveDemo(ctx, s)
				}
				return p.asService(ctx, s.in, func(ctx context.Context) error {
					return p.serve(ctx, s, func(period ledger.Period) string { return filepath.Join(s.inbox, period.String()) }, time.Now)
				})
			})(command, args)
		},
	}
	p.passwordsFlag(command)
	pdfFlag(command, &p.pdf)
	flags := command.Flags()
	flags.StringVar(&s.listen, "listen", "127.0.0.1:8610", "the address that it is opened at; 0.0.0.0:8610 for the whole network")
	flags.StringVar(&s.inbox, "inbox", "收件", "the folder with a folder of returns for each month, such as 2024-06")
	flags.StringVar(&s.out, "out", "out", "the folder to write under")
	flags.StringVar(&s.cert, "cert", "", "the certificate for TLS, in PEM, with those that lead to its issuer")
	flags.StringVar(&s.key, "key", "", "the private key of the certificate, in PEM")
	flags.BoolVar(&s.demo, "demo", false, "on the sample months of huizong demo, with made-up people")
	flags.StringVar(&s.dir, "dir", demoDir, "the folder of the demo")
	flags.StringVar(&s.service, "service", "", "print the script that has systemd or windows start it, instead of serving")
	flags.StringVar(&s.in, "in", "", "the folder that a service of Windows works in")
	if err := flags.MarkHidden("in"); err != nil {
		panic(err)
	}
	flags.StringVar(&s.save, "save", "", "write that script to this file, as the system at hand reads it")
	return command
}

// How long a browser may take. What is handed in has a time of its own.
const (
	headTime     = 10 * time.Second
	answerTime   = 10 * time.Minute
	idleTime     = 2 * time.Minute
	mostHead     = 32 << 10
	stoppingTime = 30 * time.Second
)

// serve opens the window until the program is stopped. What is being received then is received whole or not at all.
func (p *program) serve(ctx context.Context, s served, inbox func(ledger.Period) string, now func() time.Time) error {
	passwords, err := p.readPasswords()
	if err != nil {
		return err
	}
	j, err := p.openToWrite(ctx, job.Open)
	if err != nil {
		return err
	}
	defer j.Close()
	j.Now = now
	access, err := job.OpenAccess(ctx, p.databaseURL, p.county)
	if err != nil {
		return err
	}
	defer access.Close()
	if s.demo {
		if err := p.tellDemoCodes(ctx, access); err != nil {
			return err
		}
		p.tellTrials(filepath.Join(s.dir, trialDir))
	}
	win := window.New(window.Config{
		Job: j, Access: access, County: p.county, Inbox: inbox, Out: s.out, Drafts: filepath.Join(s.inbox, ".drafts"), Passwords: passwords,
		Now: now, Secure: s.cert != "", Failed: func(err error) { p.tell("%s %v\n", time.Now().Format(time.DateTime), err) },
	})
	defer win.Close()
	return p.listen(ctx, s, win.Handler())
}

// listen answers browsers until the program is stopped.
func (p *program) listen(ctx context.Context, s served, pages http.Handler) error {
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		return fmt.Errorf(p.say("%s 打不开（别的程序占着，或不是本机的地址），请换一个：%w", "%s cannot be opened, choose another: %w"), s.listen, err)
	}
	server := &http.Server{Handler: pages, ReadHeaderTimeout: headTime, ReadTimeout: answerTime, WriteTimeout: answerTime,
		IdleTimeout: idleTime, MaxHeaderBytes: mostHead}
	scheme := "http"
	if s.cert != "" {
		scheme = "https"
	}
	p.printf(p.say("收表窗口：%s://%s （按 Ctrl-C 停止）\n", "open %s://%s (Ctrl-C stops it)\n"), scheme, listener.Addr())
	if at, ok := listener.Addr().(*net.TCPAddr); ok && !at.IP.IsLoopback() && s.cert == "" {
		p.tell("%s\n", p.say("没有加密：口令和报表在网上是明文，请用 --cert、--key", "not encrypted: codes and returns can be read on the network; use --cert and --key"))
	}
	ended := make(chan error, 1)
	go func() {
		if s.cert != "" {
			ended <- server.ServeTLS(listener, s.cert, s.key)
		} else {
			ended <- server.Serve(listener)
		}
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	waiting, cancel := context.WithTimeout(context.WithoutCancel(ctx), stoppingTime)
	defer cancel()
	if err := server.Shutdown(waiting); err != nil {
		server.Close() // what is still being received is not
	}
	return nil
}

// serveDemo opens the window on the sample months, which are made if they are not there. It is 28 June 2024 there.
func (p *program) serveDemo(ctx context.Context, s served) error {
	p.databaseURL = "sqlite:" + filepath.Join(s.dir, "huizong.db")
	if _, err := os.Stat(filepath.Join(s.dir, "huizong.db")); errors.Is(err, fs.ErrNotExist) {
		if err := p.demo(ctx, s.dir); err != nil {
			return err
		}
	}
	s.inbox, s.out = s.dir, filepath.Join(s.dir, "out")
	began, then := time.Now(), time.Date(2024, 6, 28, 9, 0, 0, 0, time.Local)
	return p.serve(ctx, s, func(period ledger.Period) string { return filepath.Join(s.dir, period.String(), "inbox") },
		func() time.Time { return then.Add(time.Since(began)) })
}

// demoPeople are made up.
var demoPeople = []struct {
	role job.Role
	name string
}{{job.Staff, "交通运输局"}, {job.Office, "张三（样例）"}, {job.Leader, "李四（样例）"}}

// tellDemoCodes gives the demo's people new codes and says what they are.
func (p *program) tellDemoCodes(ctx context.Context, access *job.Access) error {
	p.printf("%s\n", p.say("样例数据，口令是现编的：", "sample data, with codes that are made up:"))
	for _, person := range demoPeople {
		code, err := access.Replace(ctx, person.role, person.name)
		if err != nil {
			return err
		}
		p.printf("  %s  %s  %s\n", code, person.role.In(p.lang), person.name)
	}
	return nil
}

// tellTrials says what to do with the returns to try the window with.
func (p *program) tellTrials(dir string) {
	p.printf(p.say(`可以试交的表在 %s：
  以交通运输局登录，先上传1（有错），看问题；再上传2（改好），交表；再上传、交3（一个项目改了名）
  再以发改局登录：汇总，判定3里改了名的项目，再汇总；最后以领导登录，点“一页看全”上的数，看到填的那一格
`, `returns to hand in are in %s:
  as the department, upload 1 (wrong) and see what is wrong; upload 2 (corrected) and hand it in; then 3 (a project has another name)
  as the office, run the month, decide on the project that has another name, run again; as a leader, follow a figure of the brief down to its cell
`), dir)
}
