package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/cmd/internal/post"
	"huizong/internal/ledger"
)

// mailPassword is the environment variable of the mail user's password.
const mailPassword = "HUIZONG_MAIL_PASSWORD"

func (p *program) remindCommand() *cobra.Command {
	var r reminding
	command := &cobra.Command{
		Use:   "remind --period 2024-06 [--department D] [--mail [--send]] [--out DIR]",
		Short: "催报：各单位还差什么、退回了什么、怎么改，可贴到微信或 OA，也可发邮件 (what each unit owes, to paste or to mail)",
		Args:  cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			return p.remind(ctx, r)
		}),
	}
	periodFlag(command, &r.period, true)
	flags := command.Flags()
	flags.StringVar(&r.department, "department", "", "this unit alone")
	flags.StringVar(&r.out, "out", "out", "the folder that run wrote under, for the receipts")
	flags.BoolVar(&r.mail, "mail", false, "list the mails that would be sent, by the addresses of county.toml")
	flags.BoolVar(&r.send, "send", false, "with --mail: send them")
	return command
}

// A reminding is what remind is to do.
type reminding struct {
	period          ledger.Period
	department, out string
	mail, send      bool
}

func (p *program) remind(ctx context.Context, r reminding) error {
	if r.send && !r.mail {
		return errors.New(p.say("--send 要与 --mail 一起用", "--send goes with --mail"))
	}
	unit, known := p.county.Unit(r.department)
	if r.department != "" && !known {
		return fmt.Errorf(p.say("单位名单里没有%q", "%q is no unit of the list"), r.department)
	}
	j, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer j.Close()
	reminders, err := j.Reminders(ctx, r.period)
	if err != nil {
		return p.explain(err, r.period)
	}
	if known {
		reminders = slices.DeleteFunc(reminders, func(one job.Reminder) bool { return one.Department != unit.Name })
	}
	if r.mail {
		return p.mailReminders(ctx, j, reminders, r)
	}
	if p.json {
		return p.writeJSON(map[string]any{"reminders": append([]job.Reminder{}, reminders...)})
	}
	for i, one := range reminders {
		if i > 0 {
			p.printf("\n")
		}
		for line := range strings.Lines(one.Text()) {
			p.line(strings.TrimSuffix(line, "\n"))
		}
	}
	if len(reminders) == 0 {
		p.tell("%s\n", p.say("没有要催的", "nobody has to be reminded"))
	}
	return nil
}

// mailReminders lists the mails, and sends them if it is told to. What cannot be sent is told mail by mail.
func (p *program) mailReminders(ctx context.Context, j *job.Job, reminders []job.Reminder, r reminding) error {
	server, named := j.MailServer(os.Getenv(mailPassword))
	if !named {
		return errors.New(p.say("county.toml 的 [mail] 没有写 server", "county.toml names no server in [mail]"))
	}
	var mails []post.Mail
	for _, one := range reminders {
		mail, ok := j.Mail(one, r.period, r.out)
		if !ok {
			p.tell(p.say("%s 没有邮箱地址（county.toml 的 [mail] to）\n", "no address for %s (county.toml, [mail] to)\n"), one.Department)
			continue
		}
		if missing := len(one.Receipts) - len(mail.Files); missing > 0 {
			p.tell(p.say("%s 的回单有%d份不在 %s，没有附上\n", "%s: %d receipts are not in %s and are not attached\n"), one.Department, missing, r.out)
		}
		mails = append(mails, mail)
	}
	for _, mail := range mails {
		p.printf(p.say("%s  %s  附件%d个\n", "%s  %s  %d attachments\n"), strings.Join(mail.To, ", "), mail.Subject, len(mail.Files))
	}
	if !r.send {
		p.tell("%s\n", p.say("以上没有发出；加 --send 发出", "nothing was sent: add --send"))
		return nil
	}
	failed, err := server.Send(ctx, mails)
	if err != nil {
		return fmt.Errorf(p.say("邮件服务器连不上或不让登录，一封也没有发：%w", "the mail server cannot be reached or does not let us in, nothing was sent: %w"), err)
	}
	var wrong []error
	for i, err := range failed {
		if err != nil {
			wrong = append(wrong, fmt.Errorf(p.say("没有发给 %s：%w", "not sent to %s: %w"), strings.Join(mails[i].To, ", "), err))
		}
	}
	p.printf(p.say("发出%d封\n", "%d sent\n"), len(mails)-len(wrong))
	return errors.Join(wrong...)
}
