package job

import (
	"context"
	"errors"
	"slices"
	"time"

	"huizong/consolidate/store"
	"huizong/consolidate/summary"
	"huizong/internal/ledger"
)

// Run is the story of a month: the files of the inbox are taken or sent back, the month is made of
// everything that the database holds, and workbooks, documents, notices and run.json are written beside the
// month's folder below out. Then the month is merged, and the folder put in its place. A run that is
// killed is repaired by running again. Of a month that takes nothing nothing is read: *Locked. Errors
// of writing below out are *folder.Fault where it is known what to mend.
func (j *Job) Run(ctx context.Context, period ledger.Period, inbox Inbox, out string) (report *Report, err error) {
	err = j.alone(ctx, func(lock *store.Lock) error {
		gate, err := j.openGate(ctx, period)
		if err != nil {
			return err
		}
		if err := lock.Began(ctx, period, holder()); err != nil {
			return err
		}
		report, err = j.run(ctx, lock, gate, period, inbox, out)
		if errors.As(err, new(*store.Changed)) && !inbox.Afresh { // what a hand changed may be in the files that were not read
			inbox.Afresh = true
			report, err = j.run(ctx, lock, gate, period, inbox, out)
		}
		ended := lock.Ended(context.WithoutCancel(ctx), time.Now().Format(time.DateTime), resultOf(report, err))
		if err == nil {
			err = ended
		}
		return err
	})
	return report, err
}

// resultOf is how a run ended, for those who watch over it.
func resultOf(report *Report, err error) string {
	switch {
	case err != nil:
		return Failed
	case report.LeftOut():
		return DoneLeftOut
	}
	return Done
}

func (j *Job) run(ctx context.Context, lock *store.Lock, gate *gate, period ledger.Period, inbox Inbox, out string) (*Report, error) {
	at, err := j.folder(ctx, lock, out, period)
	if err != nil {
		return nil, err
	}
	paths, skipped, err := inbox.list()
	if err != nil {
		return nil, err
	}
	config, err := inbox.config(j.county, period)
	if err != nil {
		return nil, err
	}
	waivers, err := inbox.waivers(config)
	if err != nil {
		return nil, err
	}
	sum := j.inboxSum(ctx, inbox, paths, skipped)
	if !inbox.Afresh {
		if report, err := j.unchanged(ctx, period, sum, out); report != nil || err != nil {
			return report, err
		}
	}
	config.Late = gate.late
	taken, err := j.take(ctx, lock, gate, config, inbox, paths)
	if err != nil {
		return nil, err
	}
	skipped = append(skipped, taken.skipped...)
	slices.Sort(skipped)
	if err := gate.admit(ctx, lock); err != nil {
		return nil, err
	}
	if err := lock.Know(ctx, period, taken.noted); err != nil {
		return nil, err
	}
	if waivers != nil {
		if err := lock.Waive(ctx, period, waivers); err != nil {
			return nil, err
		}
	}
	remake, err := j.loaded(ctx, period)
	if err != nil {
		return nil, err
	}
	month, err := remake()
	if err != nil {
		return nil, err
	}
	answers, err := j.answer(ctx, lock, month, taken.replies)
	if err != nil {
		return nil, err
	}
	if len(answers.Recorded) > 0 {
		if month, err = remake(); err != nil {
			return nil, err
		}
	}
	explained, err := j.explain(ctx, lock, month, taken)
	if err != nil {
		return nil, err
	}
	if explained.recorded {
		if month, err = remake(); err != nil {
			return nil, err
		}
	}
	month.History = nil // nobody asks for months past any more, and they are large
	made, err := summary.Make(month)
	if err != nil {
		return nil, err
	}
	report := newReport(month, taken.files, skipped, answers, explained)
	report.Received = len(config.Received)
	report.Unmatched = unmatched(config.Received, skipped, taken.sums)
	last, err := j.lastReceipts(ctx, period, out, inbox.Afresh)
	if err != nil {
		return nil, err
	}
	defer at.Drop()
	if month.Report, err = j.stage(ctx, at, report, j.receipts(config, inbox, last, report, month), made); err != nil {
		return nil, err
	}
	if err := lock.Merge(ctx, &month.Month); err != nil {
		return nil, err
	}
	if err := at.Put(); err != nil {
		return nil, err
	}
	return report, j.keepMonth(ctx, lock, month, report, sum)
}
