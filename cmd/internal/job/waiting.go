package job

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"huizong/internal/ledger"
)

// A scan is what a file of an inbox was found to hold, as long as it stays as it is.
type scan struct {
	path     string
	size     int64
	modified time.Time
	period   ledger.Period // that it was read for
}

// mostScans is how many files are remembered: more than the inboxes of a county's open months hold.
const mostScans = 4_000

// Waiting are the returns of a month that lie in its inbox and that no run has read yet: of a unit, or of all where none is named.
func (d *Desk) Waiting(ctx context.Context, period ledger.Period, unit string) (map[ledger.ReturnID]bool, error) {
	report, err := d.reading.report(ctx, period)
	if err != nil {
		return nil, err
	}
	inbox := d.inbox(period)
	paths, _, err := Inbox{Dir: inbox}.list()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all := map[ledger.ReturnID]bool{}
	for _, at := range paths {
		if unit != "" && !mayBe(configOf(d.job.county, period, nil), report, at, unit) {
			continue
		}
		sent, ok := d.sent(inbox, at, nil)
		if sent.became(report); !ok || !sent.Waiting {
			continue
		}
		returns, err := d.scan(ctx, period, inbox, at)
		if err != nil {
			return nil, err
		}
		for _, id := range returns {
			if id.Period == period && (unit == "" || id.Department == unit) {
				all[id] = true
			}
		}
	}
	return all, nil
}

// scan reads what returns a file of an inbox holds, once for as long as it is the same.
func (d *Desk) scan(ctx context.Context, period ledger.Period, inbox, at string) ([]ledger.ReturnID, error) {
	file := filepath.Join(inbox, filepath.FromSlash(at))
	info, err := os.Stat(file)
	if err != nil {
		return nil, nil // it has just gone
	}
	key := scan{file, info.Size(), info.ModTime(), period}
	d.scanning.Lock()
	known, there := d.scans[key]
	d.scanning.Unlock()
	if there {
		return known, nil
	}
	done, err := d.checking(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	came, err := configOf(d.job.county, period, d.passwords).ReadFile(file, at)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var ids []ledger.ReturnID
	for _, part := range append(slices.Clip(came.Parts), came) {
		for _, r := range part.Returns {
			ids = append(ids, r.ReturnID)
		}
	}
	d.scanning.Lock()
	defer d.scanning.Unlock()
	if d.scans == nil || len(d.scans) >= mostScans {
		d.scans = map[scan][]ledger.ReturnID{}
	}
	d.scans[key] = ids
	return ids, nil
}
