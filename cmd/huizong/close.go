package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/user"
	"strings"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/internal/ledger"
)

func (p *program) closeCommand() *cobra.Command {
	var period ledger.Period
	var who, reason string
	command := &cobra.Command{
		Use:   "close --period 2024-06 [--reason TEXT] [--who NAME]",
		Short: "结账：锁定一个月，公布的数不再变动 (lock a month: what was published changes no more)",
		Example: "  huizong close --period 2024-06 --who 张三\n" +
			"  huizong close --period 2024-06 --who 张三 --reason 两个单位未报，已电话核实，沿用上月数",
		Args: cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			return p.closeMonth(ctx, period, signer(who), strings.TrimSpace(reason))
		}),
	}
	periodFlag(command, &period, true)
	whoFlag(command, &who)
	command.Flags().StringVar(&reason, "reason", "", "explains the findings that stand")
	return command
}

func (p *program) reopenCommand() *cobra.Command {
	var c ledger.Closing
	var until string
	command := &cobra.Command{
		Use:     "reopen --period 2024-06 --reason TEXT --until 2024-07-10 [--department NAME]… [--who NAME]",
		Short:   "重开：已结账的月份限期、限单位重新开放 (open a closed month again, for some departments, until a day)",
		Example: "  huizong reopen --period 2024-06 --reason 交通运输局漏报两个项目 --until 2024-07-10 --department 交通运输局 --who 张三",
		Args:    cobra.NoArgs,
		RunE: func(command *cobra.Command, args []string) error {
			c.Who, c.Reason = signer(c.Who), strings.TrimSpace(c.Reason)
			if c.Reason == "" {
				return errors.New(p.say("请用 --reason 写明重开的理由", "say with --reason why it is opened again"))
			}
			day, err := ledger.ParseDate(until)
			if err != nil || day.Day == 0 {
				return fmt.Errorf(p.say("--until %s：请写日期，如 2024-07-10", "--until %s: write a day, such as 2024-07-10"), until)
			}
			c.Until = day
			for i, name := range c.Departments {
				unit, known := p.county.Unit(name)
				if !known {
					return fmt.Errorf(p.say("--department %s：单位名单里没有", "--department %s: the county lists no such unit"), name)
				}
				c.Departments[i] = unit.Name
			}
			return p.works(func(ctx context.Context, _ []string) error { return p.reopenMonth(ctx, c) })(command, args)
		},
	}
	periodFlag(command, &c.Period, true)
	whoFlag(command, &c.Who)
	command.Flags().StringVar(&c.Reason, "reason", "", "why")
	command.Flags().StringVar(&until, "until", "", "the last day on which the month takes returns")
	command.Flags().StringArrayVar(&c.Departments, "department", nil, "whose returns come into force; may be given again (default: those of all)")
	for _, name := range []string{"reason", "until"} {
		if err := command.MarkFlagRequired(name); err != nil {
			panic(err)
		}
	}
	return command
}

func whoFlag(command *cobra.Command, who *string) {
	command.Flags().StringVar(who, "who", "", "who does it (default: the user of this machine)")
}

// signer is who does it: whoever is named, else the user of the machine.
func signer(who string) string {
	if u, err := user.Current(); err == nil {
		return cmp.Or(strings.TrimSpace(who), u.Username)
	}
	return strings.TrimSpace(who)
}

func (p *program) closeMonth(ctx context.Context, period ledger.Period, who, reason string) error {
	j, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer j.Close()
	closed, err := j.CloseMonth(ctx, period, who, reason)
	if unready := (*job.Unready)(nil); errors.As(err, &unready) {
		return p.tellUnready(unready)
	}
	if err != nil {
		return p.unmoved(err, period)
	}
	return p.showClosing(closed)
}

func (p *program) reopenMonth(ctx context.Context, c ledger.Closing) error {
	j, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer j.Close()
	reopened, err := j.ReopenMonth(ctx, c)
	if err != nil {
		return p.unmoved(err, c.Period)
	}
	return p.showClosing(reopened)
}

// showClosing tells what was done to a month.
func (p *program) showClosing(c ledger.Closing) error {
	if p.json {
		return p.writeJSON(job.NewClosingReport(c))
	}
	p.printf("%s %s\n", c.Period, p.closing(c))
	return nil
}

// closing is an entry of the log of a month in a sentence, as status opens with it.
func (p *program) closing(c ledger.Closing) string {
	if c.Event == ledger.Reopened {
		departments := p.say("各单位", "all departments")
		if len(c.Departments) > 0 {
			departments = strings.Join(c.Departments, p.say("、", ", "))
		}
		return fmt.Sprintf(p.say("重开，到%s为止，限%s：%s（%s，%s）", "is open again until %s, for %s: %s (%s, %s)"),
			c.Until, departments, c.Reason, c.Who, c.When)
	}
	text := fmt.Sprintf(p.say("已锁定（%s，%s）", "is locked (%s, %s)"), c.Who, c.When)
	if n := len(c.Explained); n > 0 {
		text += fmt.Sprintf(p.say("，说明后采用%d条：%s", "; %d findings explained: %s"), n, c.Reason)
	}
	return text
}

// tellUnready lists what stands in the way of closing a month, and says what to do.
func (p *program) tellUnready(e *job.Unready) error {
	for _, c := range e.Open {
		p.listCandidate(p.tell, p.candidate(job.PairOf(c)))
	}
	for _, f := range e.Unexplained {
		p.tell(p.say("未说明：%s\n", "not explained: %s\n"), f.Line(p.lang))
	}
	var what []string
	if n := len(e.Open); n > 0 {
		what = append(what, fmt.Sprintf(p.say("%d对待判定，公布的项目数尚不确定：先判定（huizong decide），再执行 run",
			"%d pairs are open, so that what is published is a range: huizong decide, then run again"), n))
	}
	if n := len(e.Unexplained); n > 0 {
		what = append(what, fmt.Sprintf(p.say("%d条问题没有更正，也没有说明：请单位更正后重报，或用 --reason 写明理由",
			"%d findings are neither corrected nor explained: have them corrected, or say why with --reason"), n))
	}
	return fmt.Errorf(p.say("%s没有结账：%s", "%s was not closed: %s"), e.Period, strings.Join(what, p.say("；", "; ")))
}

// unmoved says why a month was neither closed nor reopened, and what to do.
func (p *program) unmoved(err error, period ledger.Period) error {
	if turn := (*job.OutOfTurn)(nil); errors.As(err, &turn) {
		if turn.Other.Less(turn.Period) {
			return fmt.Errorf(p.say("%s还没有结账，要按月份先后结账：huizong close --period %s",
				"%s is not closed yet, and months are closed in their order: huizong close --period %s"), turn.Other, turn.Other)
		}
		return fmt.Errorf(p.say("%s已结账，要从后往前重开：huizong reopen --period %s …",
			"%s is closed, and the later month is reopened first: huizong reopen --period %s …"), turn.Other, turn.Other)
	}
	switch {
	case errors.Is(err, job.ErrClosedAlready):
		return fmt.Errorf(p.say("%s已经结账，没有变化", "%s is closed already; nothing changed"), period)
	case errors.Is(err, job.ErrNotClosed):
		return fmt.Errorf(p.say("%s没有结过账，不用重开", "%s was never closed: there is nothing to open again"), period)
	}
	return p.explain(err, period)
}

// locked says why a month cannot be run, and where its late returns go.
func (p *program) locked(e *job.Locked) error {
	switch {
	case e.By.Period != e.Period:
		return fmt.Errorf(p.say("%s以后的%s已结账，%s不能再汇总", "%[2]s, which comes after %[1]s, is closed: %[3]s cannot be run"),
			e.Period, e.By.Period, e.Period)
	case e.By.Event == ledger.Reopened:
		return fmt.Errorf(p.say("%s重开到%s为止，已过期，没有读取：请结账（huizong close --period %s），或再次重开（huizong reopen）",
			"%s was open again until %s; nothing was read: huizong close --period %s, or huizong reopen"), e.Period, e.By.Until, e.Period)
	}
	return fmt.Errorf(p.say("%s已结账（%s，%s），没有读取，没有变化。迟报的表请放进%s的收件文件夹，列为更正；确需改动的，先重开：huizong reopen --period %s …",
		"%s is closed (%s, %s): nothing was read, nothing changed. Late returns go into the inbox of %s, as corrections; "+
			"to change the month: huizong reopen --period %s …"), e.Period, e.By.Who, e.By.When, e.Next, e.Period)
}
