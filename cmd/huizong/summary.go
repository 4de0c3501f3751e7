package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/consolidate/summary"
	"huizong/internal/ledger"
)

func (p *program) summaryCommand() *cobra.Command {
	var period ledger.Period
	var out string
	command := &cobra.Command{
		Use:   "summary --period 2024-06 [--out DIR]",
		Short: "由数据库重新生成一个月的汇总表 (write a month's workbooks again, from the database)",
		Args:  cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			return p.summarize(ctx, period, out)
		}),
	}
	periodFlag(command, &period, true)
	command.Flags().StringVar(&out, "out", "out", "the folder to write under")
	return command
}

// summarize writes the workbooks of a month that was run before.
func (p *program) summarize(ctx context.Context, period ledger.Period, out string) error {
	month, err := p.merged(ctx, period)
	if err != nil {
		return err
	}
	written, err := summary.Write(month, filepath.Join(out, period.String()))
	if err != nil {
		return err
	}
	for _, workbook := range written {
		p.printf("%s\n", filepath.Join(out, period.String(), workbook.Path))
	}
	return nil
}

// merged makes a month of the database again and holds it against what was merged: if the
// month before or the rules have changed since, the run has to be made again first.
func (p *program) merged(ctx context.Context, period ledger.Period) (*consolidate.Month, error) {
	books, err := store.Open(ctx, p.databaseURL)
	if err != nil {
		return nil, err
	}
	defer books.Close()
	stored, found, err := books.Month(ctx, p.county.Region, period)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf(p.say("%s还没有汇总过，请先执行 huizong run --period %s --inbox …", "%s was never merged: huizong run --period %s --inbox …"), period, period)
	}
	month, err := p.reconcile(ctx, books, period)
	if err != nil {
		return nil, err
	}
	if stale(stored, month) {
		return nil, fmt.Errorf(p.say("%s汇总之后，上月数据、规则、收到的报表或判定有了变化，请重新执行 huizong run --period %s --inbox …",
			"since %s was merged, the month before, the rules, the returns or the decisions changed: huizong run --period %s --inbox …"), period, period)
	}
	return month, nil
}

// stale reports whether a merged month is no longer what its returns and the month before
// would give.
func stale(stored ledger.Month, now *consolidate.Month) bool {
	return stored.Sum != now.Sum || stored.Before != now.Before || stored.Rules != now.Rules
}
