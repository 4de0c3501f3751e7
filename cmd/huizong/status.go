package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

func (p *program) statusCommand() *cobra.Command {
	var period ledger.Period
	command := &cobra.Command{
		Use:   "status [--period 2024-06]",
		Short: "谁报了什么：应报、已报、按时、逾期、未报、退回；上次执行得怎样 (who has reported what; how the last run ended)",
		Args:  cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			return p.status(ctx, period)
		}),
	}
	periodFlag(command, &period, false)
	return command
}

func (p *program) status(ctx context.Context, period ledger.Period) error {
	j, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer j.Close()
	board, err := j.Board(ctx, period)
	if err != nil {
		return p.explain(err, period)
	}
	if p.json {
		return p.writeJSON(board)
	}
	p.showBoard(board)
	return nil
}

func (p *program) showBoard(b *job.Board) {
	state := p.say("开放", "is open")
	if len(b.Log) > 0 {
		state = p.closing(b.Last)
	}
	p.printf("%s %s\n", b.Period, state)
	for _, f := range b.Units {
		when := f.Received
		switch {
		case !f.Reported():
			when = ""
		case when == "":
			when = p.say("日期未注明", "undated")
		case f.Late:
			when += p.say("（逾期）", " (late)")
		}
		p.printf("%s  %s  %s  %s\n", f.Department, form.ByID(f.Form).Title, f.State, when)
	}
	owed, received, onTime := b.Rates()
	p.printf(p.say("%s 应报%d，已报%d，报送率%s，按时报送率%s；截止%s，锁定%s\n",
		"%s: owed %d, received %d, reporting rate %s, on time %s; due %s, locked %s\n"),
		b.Period, owed, received, percent(received, owed), percent(onTime, owed), b.Due, b.Lock)
	if b.Waiting > 0 {
		p.printf(p.say("结账后迟报%d份，没有计入\n", "%d returns came after it was closed and do not count\n"), b.Waiting)
	}
	switch {
	case b.OtherRules:
		p.printf("%s\n", p.say("结账以后规则或程序变了：公布的文件夹和库里的数没有变，文件不能再逐字节生成",
			"rules changed since it was closed: folder and figures stand as published; the files cannot be made again to the byte"))
	case !b.Merged:
		p.printf("%s\n", p.say("本月还没有汇总", "the month was never merged"))
	case b.Stale:
		p.printf("%s\n", p.say("汇总之后数据或规则有变化，请重新执行 run", "data or rules changed since the merge: run again"))
	}
	p.showWatch(b)
}

// results are how a run ended, in words.
var results = map[string]ledger.Phrase{
	job.Done:        {"全部采用", "all taken"},
	job.DoneLeftOut: {"完成，有退回、暂缓或未报", "done, something was sent back, held or is missing"},
	job.Failed:      {"出错，可以重跑", "failed, safe to run again"},
	job.BrokenOff:   {"中断，请重跑", "broken off: run again"},
	job.Running:     {"正在执行", "at work"},
}

// showWatch tells what a monitor looks at.
func (p *program) showWatch(b *job.Board) {
	if run := b.LastRun; run != nil {
		p.printf(p.say("上次执行：%s，%s，%s 开始，%s\n", "last run: %s, %s, began %s: %s\n"), run.Period, run.Who, run.Began, results[run.Result].In(p.lang))
	}
	if b.AtWork.Held {
		p.printf(p.say("数据库正被占用：%s，自 %s\n", "the database is held by %s since %s\n"), b.AtWork.Who, b.AtWork.Since)
	}
	for _, period := range b.StaleMonths {
		if period != b.Period {
			p.printf(p.say("%s也要重新执行 run\n", "%s is to be run again, too\n"), period)
		}
	}
}

// percent is a share with its denominator's blank: nothing owed has no rate.
func percent(part, whole int) string {
	if whole == 0 {
		return "—"
	}
	return fmt.Sprintf("%s%%", ledger.FormatDecimal(int64(part)*100, int64(whole), 1))
}
