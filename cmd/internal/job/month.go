package job

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

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
	ErrStale         = errors.New("since the month was merged, the month before, the rules, the returns, the decisions or what was explained changed")
	ErrOtherRules    = errors.New("the month is closed and was made by other rules: it stands as it was published")
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

// named is the month that is named, the latest that was merged where none is.
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

// MergedMonths are the months that were merged, the earliest first.
func (j *Job) MergedMonths(ctx context.Context) ([]ledger.Period, error) {
	return j.db.Periods(ctx, j.county.Region)
}

// Merged makes a month of the database again and holds it against what was merged:
// ErrNeverMerged if nothing was; ErrStale if the month before, the rules, the returns or the
// decisions have changed since, and the run has to be made again first; ErrOtherRules if it is closed, so
// that it cannot be, and the rules have changed.
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
	if !stale(stored, month) {
		month.Report = stored.Report
		return month, nil
	}
	books, err := j.db.Books(ctx, j.county.Region)
	if err != nil {
		return nil, err
	}
	if books.Closed(period) && stored.Rules != month.Rules {
		return nil, ErrOtherRules
	}
	return nil, ErrStale
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
	defer at.Drop()
	if _, err := j.stage(ctx, at, report, kept(filepath.Join(out, period.String()), report), made); err != nil {
		return nil, err
	}
	return report, at.Put()
}

// stale reports whether a merged month is no longer what its returns and the month before
// would give.
func stale(stored ledger.Month, now *consolidate.Month) bool {
	return stored.Sum != now.Sum || stored.Before != now.Before || stored.Rules != now.Rules || stored.Balance != now.Balance
}

// reconcile makes a month of what the database holds: every return of the period, judged
// anew, and what stood in the months before; what came late with it. A month that is closed is
// made with the decisions that it was closed with.
func (j *Job) reconcile(ctx context.Context, period ledger.Period) (*consolidate.Month, error) {
	remake, err := j.loaded(ctx, period)
	if err != nil {
		return nil, err
	}
	return remake()
}

// loaded gives what makes a month, as reconcile does, by the decisions and explanations that there are whenever it is called;
// the returns and the months before are those of now.
func (j *Job) loaded(ctx context.Context, period ledger.Period) (remake func() (*consolidate.Month, error), err error) {
	books, err := j.db.Books(ctx, j.county.Region)
	if err != nil {
		return nil, err
	}
	decisions, err := j.decisions(ctx, period, books)
	if err != nil {
		return nil, err
	}
	in, err := j.input(ctx, period, books, decisions)
	if err != nil {
		return nil, err
	}
	return func() (month *consolidate.Month, err error) {
		if in.Decisions, err = j.decisions(ctx, period, books); err != nil {
			return nil, err
		}
		return j.made(ctx, in, books)
	}, nil
}

// decisions are those that count in a month.
func (j *Job) decisions(ctx context.Context, period ledger.Period, books ledger.Books) ([]ledger.Decision, error) {
	if !books.Closed(period) {
		return j.db.Decisions(ctx, j.county.Region)
	}
	last, _ := books.Last(period)
	return j.db.DecisionsOf(ctx, j.county.Region, last.Decisions)
}

func (j *Job) makeMonth(ctx context.Context, period ledger.Period, books ledger.Books, decisions []ledger.Decision) (*consolidate.Month, error) {
	in, err := j.input(ctx, period, books, decisions)
	if err != nil {
		return nil, err
	}
	return j.made(ctx, in, books)
}

// made is the month that is made of an input without what came late.
func (j *Job) made(ctx context.Context, in consolidate.Input, books ledger.Books) (_ *consolidate.Month, err error) {
	if in.Corrections, err = j.corrections(ctx, in, books); err != nil {
		return nil, err
	}
	month, err := consolidate.Reconcile(in)
	if err != nil {
		return nil, err
	}
	past := make([][]ledger.Standing, consolidate.MonthsBack)
	for i := range past {
		past[i] = in.History.Stood(i + 1)
	}
	rows := rowsByProject(month)
	month = month.With(validate.Across(month.InForce(), rows, j.county))
	month = month.With(validate.Between(in.Period, month.InForce(), rows, past, j.county))
	return j.justified(ctx, month)
}

// stood are the rows in force of each of the months before that a month is made with, the latest first: of the month before all
// of them, of those that rules look back to what these read, and of the others, back to January, the plans of the year. Where anything
// was decided more is read, for what it was about.
func (j *Job) stood(ctx context.Context, period ledger.Period, decided bool) ([][]ledger.Standing, error) {
	before, err := j.db.Standing(ctx, j.county.Region, period.Add(-1))
	if err != nil {
		return nil, err
	}
	past := [][]ledger.Standing{before}
	for months := 2; months <= max(consolidate.MonthsBack, period.Month-1); months++ {
		columns := func(f *form.Form) []*form.Column { return consolidate.PastColumns(f, months, decided) }
		rows, err := j.db.StandingOf(ctx, j.county.Region, period.Add(-months), columns)
		if err != nil {
			return nil, err
		}
		past = append(past, rows)
	}
	return past, nil
}

// input is what a month is made of, without what came late.
func (j *Job) input(ctx context.Context, period ledger.Period, books ledger.Books, decisions []ledger.Decision) (in consolidate.Input, err error) {
	in = consolidate.Input{County: j.county, Period: period, Rules: RuleVersion(j.county), Decisions: decisions, First: map[ledger.Period]map[string]int64{}}
	past, err := j.stood(ctx, period, len(decisions) > 0)
	if err != nil {
		return in, err
	}
	in.History = consolidate.NewHistory(j.county, past...)
	before, _, err := j.db.Month(ctx, j.county.Region, period.Add(-1))
	if err != nil {
		return in, err
	}
	in.Before = before.Sum
	// A year of figures, for the same month of the year before and for what became of them since.
	if in.Past, err = j.db.Figures(ctx, j.county.Region, period.Add(-12), period.Add(-1)); err != nil {
		return in, err
	}
	for p := range in.Past {
		if first := books.FirstPublished(p); first != nil {
			in.First[p] = first
		}
	}
	if in.Asked, err = j.db.Asked(ctx, j.county.Region, period.Add(-11), period.Add(-1)); err != nil {
		return in, err
	}
	for p, asked := range in.Asked { // what is on trial now asks nothing, whatever it did
		in.Asked[p] = slices.DeleteFunc(asked, func(one ledger.Asked) bool { return slices.Contains(j.county.Trial, one.Code.ID) })
	}
	if in.Sent, err = j.db.Headers(ctx, j.county.Region, in.History.Reported()...); err != nil {
		return in, err
	}
	returns, err := j.db.Returns(ctx, j.county.Region, period)
	in.Returns = j.judged(in.History, returns)
	return in, err
}

// judged are returns with what their findings do to them.
func (j *Job) judged(history *consolidate.History, returns []*ledger.Return) []*ledger.Return {
	all := make([]*ledger.Return, len(returns))
	for i, r := range returns {
		all[i] = consolidate.Apply(r, validate.Return(r, history.Past, j.county))
	}
	return all
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
