package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/internal/ledger"
)

func (p *program) summaryCommand() *cobra.Command {
	var period ledger.Period
	var out string
	var pdf bool
	command := &cobra.Command{
		Use:   "summary --period 2024-06 [--out DIR] [--pdf]",
		Short: "由数据库重新生成一个月的汇总表、通报和交办单 (write a month's workbooks and documents again, from the database)",
		Args:  cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			return p.summarize(ctx, period, out, pdf)
		}),
	}
	periodFlag(command, &period, true)
	command.Flags().StringVar(&out, "out", "out", "the folder to write under")
	pdfFlag(command, &pdf)
	return command
}

// summarize writes the workbooks and documents of a month that was run before, and PDFs of them if asked to.
func (p *program) summarize(ctx context.Context, period ledger.Period, out string, pdf bool) error {
	j, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer j.Close()
	written, err := j.Summarize(ctx, period, out)
	if err != nil {
		return p.explain(err, period)
	}
	dir, files := filepath.Join(out, period.String()), slices.Concat(written.Workbooks, written.Documents)
	for _, file := range files {
		p.printf("%s\n", filepath.Join(dir, filepath.FromSlash(file.Path)))
	}
	if !pdf {
		return nil
	}
	pdfs, err := p.makePDFs(ctx, dir, files)
	for _, path := range pdfs {
		p.printf("%s\n", path)
	}
	return err
}

// explain says what to do where a merged month cannot be had.
func (p *program) explain(err error, period ledger.Period) error {
	switch {
	case errors.Is(err, job.ErrNothingMerged):
		return errors.New(p.say("还没有汇总过任何月份，请先执行 huizong run", "no month was merged yet: huizong run first"))
	case errors.Is(err, job.ErrNeverMerged):
		return fmt.Errorf(p.say("%s还没有汇总过，请先执行 huizong run --period %s --inbox …",
			"%s was never merged: huizong run --period %s --inbox …"), period, period)
	case errors.Is(err, job.ErrStale):
		return fmt.Errorf(p.say("%s汇总之后，上月数据、规则、收到的报表或判定有了变化，请重新执行 huizong run --period %s --inbox …",
			"since %s was merged, the month before, the rules, the returns or the decisions changed: huizong run --period %s --inbox …"), period, period)
	}
	return err
}
