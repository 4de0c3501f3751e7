package job

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"huizong/consolidate/store"
	"huizong/internal/ledger"
)

// What a backup is, and why there is none or it cannot be restored.
type (
	Manifest = store.Manifest
	File     = store.Backup
	NoBackup = store.NoBackup
	NotEmpty = store.NotEmpty
	Changed  = store.Changed
)

// ErrNothingToBackUp says that the database holds nothing.
var ErrNothingToBackUp = store.ErrNothingToBackUp

// Backup writes the whole database, all counties of it, into a file that is not there yet. A run
// may be at work: the backup is of before it or of after it. A database that a hand changed, or that is damaged, is
// backed up as it is, for that may be the only copy of the rest; what is changed is told.
func (j *Job) Backup(ctx context.Context, path string) (m *Manifest, changed []*Changed, err error) {
	if m, err = j.db.Backup(ctx, path); err != nil {
		return nil, nil, err
	}
	changed, err = j.db.Changed(ctx, m.Regions...)
	return m, changed, err
}

// OpenBackup reads a backup through; whatever is damaged, missing or made by a newer program is an error.
func OpenBackup(path string) (*File, error) { return store.OpenBackup(path) }

// A Replay holds what the newest month was merged as against what is made of it now.
type Replay struct {
	Period string `json:"period"`
	Same   bool   `json:"same"`
	// OtherRules: it was merged by other rules than are in force now, so that it may differ.
	OtherRules bool            `json:"other_rules"`
	Differs    []ledger.Phrase `json:"-"` // what does
}

// Restore puts a backup into the database, which must be empty: all of it or nothing. Then it
// makes the county's newest month again of the returns that were restored, and tells whether it is
// what was merged; replay is nil if the county has no month there.
func (j *Job) Restore(ctx context.Context, b *File) (replay *Replay, err error) {
	if err := j.db.Restore(ctx, b, holder()); err != nil {
		return nil, err
	}
	merged, err := j.db.Periods(ctx, j.county.Region)
	if err != nil || len(merged) == 0 {
		return nil, err
	}
	return j.replay(ctx, merged[len(merged)-1])
}

func (j *Job) replay(ctx context.Context, period ledger.Period) (*Replay, error) {
	stored, _, err := j.db.Month(ctx, j.county.Region, period)
	if err != nil {
		return nil, err
	}
	// What stands is not made again, but it has to be as it was written.
	if _, err := j.db.Standing(ctx, j.county.Region, period); err != nil {
		return nil, err
	}
	month, err := j.reconcile(ctx, period)
	if err != nil {
		return nil, err
	}
	r := &Replay{Period: period.String(), OtherRules: stored.Rules != month.Rules, Differs: differences(&stored, &month.Month)}
	r.Same = len(r.Differs) == 0
	return r, nil
}

// differences says in what two makes of a month differ.
func differences(stored, now *ledger.Month) (all []ledger.Phrase) {
	if stored.Before != now.Before {
		all = append(all, ledger.Phrase{"上月在册行", "the rows in force of the month before"})
	}
	if stored.Sum != now.Sum {
		all = append(all, ledger.Phrase{"在册行", "the rows in force"})
	}
	if stored.Balance != now.Balance {
		all = append(all, ledger.Phrase{"行数平衡", "the balance of rows"})
	}
	if len(stored.Findings)+len(now.Findings) > 0 && !reflect.DeepEqual(stored.Findings, now.Findings) {
		all = append(all, ledger.Phrase{"审核意见", "the findings"})
	}
	names := maps.Clone(stored.Figures)
	maps.Copy(names, now.Figures)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		was, known := stored.Figures[name]
		is, knows := now.Figures[name]
		if was != is || known != knows {
			all = append(all, ledger.Phrase{fmt.Sprintf("指标%s（存%d，算%d）", name, was, is), fmt.Sprintf("figure %s (stored %d, now %d)", name, was, is)})
		}
	}
	return all
}
