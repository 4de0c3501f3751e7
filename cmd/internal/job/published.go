package job

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"huizong/consolidate/summary"
	"huizong/internal/ledger"
)

// Opened is the workbooks of a month that was merged, to be looked at and asked. If something has changed since, they are those
// that were published, as long as they are remembered. Its errors are those of Job.Merged.
func (r *Reading) Opened(ctx context.Context, p ledger.Period) (opened *summary.Opened, changed bool, err error) {
	opened, err = Keep(ctx, r, "workbooks", p, func(ctx context.Context) (*summary.Opened, error) {
		month, err := r.job.Merged(ctx, p)
		if err != nil {
			return nil, err
		}
		return summary.Open(month)
	})
	r.mutex.Lock()
	defer r.mutex.Unlock()
	switch {
	case err == nil:
		if r.last[p] == nil && len(r.last) >= mostLast {
			clear(r.last)
		}
		r.last[p] = opened
	case errors.Is(err, ErrStale) && r.last[p] != nil:
		stored, _, trouble := r.job.db.Month(ctx, r.job.county.Region, p)
		if trouble != nil {
			return nil, false, trouble
		}
		if stored.Report == r.last[p].Report() {
			return r.last[p], true, nil
		}
	}
	return opened, false, err
}

// mostLast is of how many months the workbooks are remembered as they were published.
const mostLast = 3

// Published names the files that a month was published in for leaders: its workbooks, numbered as those of Opened are, and
// after them the bulletin and the orders. It fails with ErrNeverMerged and ErrNoReport.
func (r *Reading) Published(ctx context.Context, p ledger.Period) ([]Written, error) {
	return Keep(ctx, r, "published", p, func(ctx context.Context) ([]Written, error) {
		stored, merged, err := r.job.db.Month(ctx, r.job.county.Region, p)
		switch {
		case err != nil:
			return nil, err
		case !merged:
			return nil, ErrNeverMerged
		case stored.Report == "":
			return nil, ErrNoReport
		}
		report, err := readReport(stored.Report)
		if err != nil {
			return nil, err
		}
		return slices.Concat(report.Workbooks, report.Documents), nil
	})
}

// report is run.json of a month; an empty one where it was never merged.
func (r *Reading) report(ctx context.Context, period ledger.Period) (*Report, error) {
	return Keep(ctx, r, "report", period, func(ctx context.Context) (*Report, error) {
		month, merged, err := r.job.db.Month(ctx, r.job.county.Region, period)
		if err != nil || !merged || month.Report == "" {
			return &Report{}, err
		}
		return readReport(month.Report)
	})
}

// Receipts are those that the last run of a month gave to a unit, as run.json names them; none where it was never merged.
func (r *Reading) Receipts(ctx context.Context, p ledger.Period, unit string) ([]ReceiptReport, error) {
	report, err := r.report(ctx, p)
	if err != nil {
		return nil, err
	}
	var own []ReceiptReport
	for _, receipt := range report.Receipts {
		if path.Base(path.Dir(receipt.Path)) == fileName(unit) {
			own = append(own, receipt)
		}
	}
	return own, nil
}

// ErrNotAsPublished is the error of a file that is not in the folder of its month any more, or not as it was published.
var ErrNotAsPublished = errors.New("the file is not in the folder as it was published")

// ReadPublished reads a file of a month below out: ErrNotAsPublished if it is not the one that was published.
func ReadPublished(out string, p ledger.Period, file Written) ([]byte, error) {
	root, err := os.OpenRoot(filepath.Join(out, p.String()))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotAsPublished
	} else if err != nil {
		return nil, err
	}
	defer root.Close()
	content, err := root.ReadFile(filepath.FromSlash(file.Path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrNotAsPublished
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", file.Path, err)
	case !file.holds(content):
		return nil, ErrNotAsPublished
	}
	return content, nil
}
