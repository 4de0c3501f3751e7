package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/consolidate/summary"
	"huizong/importer"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/validate"
)

func (p *program) runCommand() *cobra.Command {
	var period ledger.Period
	var inbox, out string
	command := &cobra.Command{
		Use:     "run --period 2024-06 --inbox DIR [--out DIR]",
		Short:   "一个月：读表、审核、入库、对账、出汇总表 (the month: read, validate, merge, reconcile, write workbooks)",
		Example: "  huizong run --period 2024-06 --inbox samples/2024-06/inbox",
		Args:    cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			report, err := p.run(ctx, period, inbox, out)
			if err != nil {
				return err
			}
			if err := p.show(report, out); err != nil {
				return err
			}
			if report.leftOut() {
				return errLeftOut
			}
			return nil
		}),
	}
	periodFlag(command, &period, true)
	p.passwordsFlag(command)
	command.Flags().StringVar(&inbox, "inbox", "", "the folder with the returns, read with its subfolders")
	command.Flags().StringVar(&out, "out", "out", "the folder to write under")
	if err := command.MarkFlagRequired("inbox"); err != nil {
		panic(err)
	}
	return command
}

// run is the story of a month.
func (p *program) run(ctx context.Context, period ledger.Period, inbox, out string) (*report, error) {
	if _, err := os.Stat(inbox); err != nil {
		return nil, fmt.Errorf("inbox: %w", err)
	}
	books, err := store.Open(ctx, p.databaseURL)
	if err != nil {
		return nil, err
	}
	defer books.Close()
	unlock, err := books.Lock(ctx, store.Holder{Who: runner(), Since: time.Now().Format(time.DateTime)})
	if err != nil {
		return nil, err
	}
	defer unlock()

	deliveries, skipped, err := p.takeIn(ctx, books, inbox, period)
	if err != nil {
		return nil, err
	}
	if err := p.takeReplies(ctx, books, deliveries); err != nil {
		return nil, err
	}
	month, err := p.reconcile(ctx, books, period)
	if err != nil {
		return nil, err
	}
	if err := books.Merge(ctx, &month.Month); err != nil {
		return nil, err
	}
	written, err := summary.Write(month, filepath.Join(out, period.String()))
	if err != nil {
		return nil, err
	}
	if err := summary.WriteMirrors(month, filepath.Join(out, period.String())); err != nil {
		return nil, err
	}
	report := newReport(month, deliveries, skipped, written)
	return report, report.write(filepath.Join(out, period.String(), "run.json"))
}

// takeIn reads the inbox and puts what belongs into the month's ledger into the database, a
// batch of files after the other. The rows that were put there are let go of: reconciling
// reads them back, and an inbox of any size is read in the memory of a batch.
func (p *program) takeIn(ctx context.Context, books *store.Store, inbox string, period ledger.Period) (deliveries []importer.Delivery, skipped []string, err error) {
	came := map[ledger.Edition]bool{}
	skipped, err = p.readInbox(ctx, inbox, period, func(batch []importer.Delivery) error {
		fresh := sortOut(batch, period, came)
		if err := books.Save(ctx, fresh); err != nil {
			return err
		}
		for _, r := range fresh {
			r.Records = nil
		}
		deliveries = append(deliveries, batch...)
		return nil
	})
	return deliveries, skipped, err
}

// sortOut gives the returns of a batch that belong into the month's ledger. Content that came
// twice counts once: by the path that sorts first; the other is marked repeated. What cannot
// be attributed, or is of another month, stays out: its findings say so.
func sortOut(batch []importer.Delivery, period ledger.Period, came map[ledger.Edition]bool) []*ledger.Return {
	var fresh []*ledger.Return
	for _, d := range batch {
		for _, r := range d.Returns {
			switch {
			case r.Department == "" || r.Form == "" || r.Period != period:
				consolidate.Judge(r, nil)
			case came[r.Edition()]:
				r.State = ledger.Repeated
			default:
				came[r.Edition()] = true
				fresh = append(fresh, r)
			}
		}
	}
	return fresh
}

// reconcile makes a month of what the database holds: every return of the period, judged
// anew, and what stood in the months before.
func (p *program) reconcile(ctx context.Context, books *store.Store, period ledger.Period) (*consolidate.Month, error) {
	returns, err := books.Returns(ctx, p.county.Region, period)
	if err != nil {
		return nil, err
	}
	// Rules look back three months, versions of the plan to January.
	past := make([][]ledger.Standing, max(3, period.Month-1))
	for i := range past {
		if past[i], err = books.Standing(ctx, p.county.Region, period.Add(-1-i)); err != nil {
			return nil, err
		}
	}
	before, _, err := books.Month(ctx, p.county.Region, period.Add(-1))
	if err != nil {
		return nil, err
	}
	decisions, err := books.Decisions(ctx, p.county.Region)
	if err != nil {
		return nil, err
	}
	history := consolidate.NewHistory(p.county, past...)
	sent, err := books.Headers(ctx, p.county.Region, history.Reported()...)
	if err != nil {
		return nil, err
	}
	for _, r := range returns {
		consolidate.Judge(r, validate.Return(r, history.Past, p.county))
	}
	month, err := consolidate.Reconcile(consolidate.Input{
		County: p.county, Period: period, Rules: ruleVersion(p.county), Returns: returns, History: history, Sent: sent, Decisions: decisions,
		Before: before.Sum, Published: before.Figures,
	})
	if err != nil {
		return nil, err
	}
	rows := rowsByProject(month)
	month.Note(validate.Across(month.InForce(), rows, p.county))
	month.Note(validate.Between(period, month.InForce(), rows, past, p.county))
	return month, nil
}

// rowsByProject hands a month to validation: all rows that report on each project, and on
// whatever else forms are about.
func rowsByProject(month *consolidate.Month) []validate.Project {
	var all []validate.Project
	for _, f := range form.All() {
		for _, project := range month.Book.Projects[f.ID] {
			all = append(all, validate.Project{Form: f, Rows: project.Rows()})
		}
	}
	return all
}

// runner names the process that holds the lock, for the message to another.
func runner() string {
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	return fmt.Sprintf("huizong run, %s, pid %d", host, os.Getpid())
}
