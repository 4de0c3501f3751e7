package job

import (
	"context"
	"errors"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/consolidate/summary"
	"huizong/internal/form"
	"huizong/internal/ledger"
	"huizong/validate"
)

// Why a month cannot be had.
var (
	ErrNothingMerged = errors.New("no month was merged yet")
	ErrNeverMerged   = errors.New("the month was never merged")
	ErrNoReport      = errors.New("the month was merged by a version that did not keep run.json")
	ErrStale         = errors.New("since the month was merged, the month before, the rules, the returns or the decisions changed")
)

// Month makes a month of what the database holds now, merged or not: the latest that was
// merged where none is named, ErrNothingMerged if there is none.
func (j *Job) Month(ctx context.Context, period ledger.Period) (*consolidate.Month, error) {
	period, err := j.named(ctx, period)
	if err != nil {
		return nil, err
	}
	return j.reconcile(ctx, period)
}

// named is the period, or the latest that was merged where none is named.
func (j *Job) named(ctx context.Context, period ledger.Period) (ledger.Period, error) {
	if !period.IsZero() {
		return period, nil
	}
	merged, err := j.db.Periods(ctx, j.county.Region)
	if err != nil {
		return period, err
	}
	if len(merged) == 0 {
		return period, ErrNothingMerged
	}
	return merged[len(merged)-1], nil
}

// Merged makes a month of the database again and holds it against what was merged:
// ErrNeverMerged if nothing was; ErrStale if the month before, the rules, the returns or the
// decisions have changed since, and the run has to be made again first.
func (j *Job) Merged(ctx context.Context, period ledger.Period) (*consolidate.Month, error) {
	stored, merged, err := j.db.Month(ctx, j.county.Region, period)
	if err != nil {
		return nil, err
	}
	if !merged {
		return nil, ErrNeverMerged
	}
	month, err := j.reconcile(ctx, period)
	if err != nil {
		return nil, err
	}
	if stale(stored, month) {
		return nil, ErrStale
	}
	month.Report = stored.Report
	return month, nil
}

// Summarize puts the folder of a month that was merged in its place below out again, to the byte as Run did:
// run.json is that of the run, but for version and files where another version of the program made them. Its errors are
// those of Merged, ErrNoReport, and those of Run's writing.
func (j *Job) Summarize(ctx context.Context, period ledger.Period, out string) (report *Report, err error) {
	err = j.alone(ctx, func(lock *store.Lock) error {
		report, err = j.summarize(ctx, lock, period, out)
		return err
	})
	return report, err
}

func (j *Job) summarize(ctx context.Context, lock *store.Lock, period ledger.Period, out string) (*Report, error) {
	at, err := j.folder(ctx, lock, out, period)
	if err != nil {
		return nil, err
	}
	month, err := j.Merged(ctx, period)
	if err != nil {
		return nil, err
	}
	if month.Report == "" {
		return nil, ErrNoReport
	}
	made, err := summary.Make(month)
	if err != nil {
		return nil, err
	}
	report, err := readReport(month.Report)
	if err != nil {
		return nil, err
	}
	report.names(made)
	text, err := report.text()
	if err != nil {
		return nil, err
	}
	defer at.Drop()
	if err := j.stage(ctx, at, report, text, made); err != nil {
		return nil, err
	}
	return report, at.Put()
}

// stale reports whether a merged month is no longer what its returns and the month before
// would give.
func stale(stored ledger.Month, now *consolidate.Month) bool {
	return stored.Sum != now.Sum || stored.Before != now.Before || stored.Rules != now.Rules
}

// reconcile makes a month of what the database holds: every return of the period, judged
// anew, and what stood in the months before.
func (j *Job) reconcile(ctx context.Context, period ledger.Period) (*consolidate.Month, error) {
	returns, err := j.db.Returns(ctx, j.county.Region, period)
	if err != nil {
		return nil, err
	}
	// Rules look back three months, versions of the plan to January.
	past := make([][]ledger.Standing, max(3, period.Month-1))
	for i := range past {
		if past[i], err = j.db.Standing(ctx, j.county.Region, period.Add(-1-i)); err != nil {
			return nil, err
		}
	}
	before, _, err := j.db.Month(ctx, j.county.Region, period.Add(-1))
	if err != nil {
		return nil, err
	}
	// A year of figures, for the same month of the year before and for what became of them since.
	figures, err := j.db.Figures(ctx, j.county.Region, period.Add(-12), period.Add(-1))
	if err != nil {
		return nil, err
	}
	decisions, err := j.db.Decisions(ctx, j.county.Region)
	if err != nil {
		return nil, err
	}
	history := consolidate.NewHistory(j.county, past...)
	sent, err := j.db.Headers(ctx, j.county.Region, history.Reported()...)
	if err != nil {
		return nil, err
	}
	for i, r := range returns {
		returns[i] = consolidate.Apply(r, validate.Return(r, history.Past, j.county))
	}
	month, err := consolidate.Reconcile(consolidate.Input{
		County: j.county, Period: period, Rules: RuleVersion(j.county), Returns: returns, History: history, Sent: sent, Decisions: decisions,
		Before: before.Sum, Past: figures,
	})
	if err != nil {
		return nil, err
	}
	rows := rowsByProject(month)
	month = month.With(validate.Across(month.InForce(), rows, j.county))
	month = month.With(validate.Between(period, month.InForce(), rows, past, j.county))
	return month, nil
}

// rowsByProject hands a month to validation: all rows that report on each project, and on
// whatever else forms are about.
func rowsByProject(month *consolidate.Month) []validate.Project {
	var all []validate.Project
	for _, f := range form.All() {
		for _, project := range month.Register.Projects[f.ID] {
			all = append(all, validate.Project{Form: f, Rows: project.Rows()})
		}
	}
	return all
}
