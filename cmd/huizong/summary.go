package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/internal/folder"
	"huizong/internal/ledger"
)

func (p *program) summaryCommand() *cobra.Command {
	var period ledger.Period
	var out string
	command := &cobra.Command{
		Use:   "summary --period 2024-06 [--out DIR] [--pdf]",
		Short: "由数据库重新生成一个月的汇总表、通报和交办单 (write a month's workbooks and documents again, from the database)",
		Args:  cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			return p.summarize(ctx, period, out)
		}),
	}
	periodFlag(command, &period, true)
	command.Flags().StringVar(&out, "out", "out", "the folder to write under")
	pdfFlag(command, &p.pdf)
	return command
}

// summarize writes the folder of a month that was run before again, and lists what is made for leaders and units.
func (p *program) summarize(ctx context.Context, period ledger.Period, out string) error {
	j, err := p.openToWrite(ctx, job.OpenThere)
	if err != nil {
		return err
	}
	defer j.Close()
	report, err := j.Summarize(ctx, period, out)
	if err != nil {
		return p.explain(err, period)
	}
	for _, file := range slices.Concat(report.Workbooks, report.Documents, report.PDFs) {
		p.printf("%s\n", filepath.Join(out, period.String(), filepath.FromSlash(file.Path)))
	}
	if report.Gone > 0 {
		p.tell(p.say("%d份回单不在文件夹里，或有人改过；要重做的，请重新执行 huizong run --period %s --inbox …\n",
			"%d receipts are not in the folder, or were changed: huizong run --period %s --inbox … makes them again\n"), report.Gone, period)
	}
	return p.withoutPDFs(report)
}

// explain says what to do where a merged month cannot be had, or a month cannot be run or written.
func (p *program) explain(err error, period ledger.Period) error {
	var fault *folder.Fault
	if errors.As(err, &fault) {
		return p.explainFault(fault, period)
	}
	if other := (*job.OtherCounty)(nil); errors.As(err, &other) {
		return fmt.Errorf(p.say("%s 里是另一个县（%s）的月份；请给每个县各用一个 --out", "%s has the month of another county (%s): give each county an --out of its own"),
			other.Path, other.Region)
	}
	if locked := (*job.Locked)(nil); errors.As(err, &locked) {
		return p.locked(locked)
	}
	switch {
	case errors.Is(err, job.ErrNothingMerged):
		return errors.New(p.say("还没有汇总过任何月份，请先执行 huizong run", "no month was merged yet: huizong run first"))
	case errors.Is(err, job.ErrNeverMerged):
		return fmt.Errorf(p.say("%s还没有汇总过，请先执行 huizong run --period %s --inbox …",
			"%s was never merged: huizong run --period %s --inbox …"), period, period)
	case errors.Is(err, job.ErrNoReport):
		return fmt.Errorf(p.say("%s是旧版程序汇总的，请重新执行 huizong run --period %s --inbox …",
			"%s was merged by an earlier version: huizong run --period %s --inbox …"), period, period)
	case errors.Is(err, job.ErrStale):
		return fmt.Errorf(p.say("%s汇总之后，上月数据、规则、收到的报表、判定或说明有了变化，请重新执行 huizong run --period %s --inbox …",
			"since %s was merged, the month before, the rules, the returns, the decisions or what was explained changed: "+
				"huizong run --period %s --inbox …"), period, period)
	case errors.Is(err, job.ErrOtherRules):
		return fmt.Errorf(p.say("%s已结账，结账以后规则（county.toml 或程序）变了，不能再逐字节生成：当时公布的文件夹仍然有效，库里的数没有变，以后的月份照常使用",
			"%s is closed, and the rules (county.toml or the program) changed since, so that its files cannot be made again to the byte: "+
				"the folder stands as it was published, the database holds its figures, and later months go on from them"), period)
	}
	return err
}

// explainFault says what to mend where a month could not be written.
func (p *program) explainFault(f *folder.Fault, period ledger.Period) error {
	switch f.Cause {
	case folder.Full:
		return fmt.Errorf(p.say("磁盘满了，%s 写不下；请腾出空间，再执行一次（%w）", "the disk is full, in %s there is no room: make some, then run again (%w)"), f.Path, f.Err)
	case folder.Denied:
		return fmt.Errorf(p.say("没有写 %s 的权限；请改好权限，再执行一次（%w）", "%s may not be written: mend its permissions, then run again (%w)"), f.Path, f.Err)
	case folder.InUse:
		return fmt.Errorf(p.say("%s 正打开着；请关闭，再执行 huizong summary --period %s（%w）",
			"%s is open: close it, then: huizong summary --period %s (%w)"), f.Path, period, f.Err)
	case folder.NoFolder:
		return fmt.Errorf(p.say("%s 不是文件夹，或者是失效的链接；请移走，再执行一次，或换一个文件夹（%w）",
			"%s is no folder, or a link that leads nowhere: move it away, then run again, or name another folder (%w)"), f.Path, f.Err)
	case folder.Missing:
		return fmt.Errorf(p.say("没有文件夹 %s；请先建好，再执行一次，或换一个文件夹（%w）",
			"there is no folder %s: make it, then run again, or name another one (%w)"), f.Path, f.Err)
	}
	return f
}
