package job

import (
	"context"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/importer"
	"huizong/internal/ledger"
)

// batchSize is how many files are saved in one transaction.
const batchSize = 64

// An intake takes the returns of deliveries into the month's ledger, or sends them back. It
// keeps of a file what run.json will say of it; its rows are let go of when they are saved,
// so that an inbox of any size is taken in the memory of a batch.
type intake struct {
	lock    *store.Lock
	period  ledger.Period
	came    map[ledger.Edition]bool
	batch   []*ledger.Return // taken and not saved yet
	files   []FileReport     // in the order of their paths
	replies []importer.Reply
}

func newIntake(lock *store.Lock, period ledger.Period) *intake {
	return &intake{lock: lock, period: period, came: map[ledger.Edition]bool{}}
}

// add takes a delivery. Content that came twice counts once: by the path that sorts first;
// the other is repeated. What cannot be attributed, or is of another month, stays out: its
// findings say so. The files of an archive are taken as if they had come by themselves.
func (in *intake) add(ctx context.Context, d importer.Delivery) error {
	if d.Parts != nil {
		for _, part := range d.Parts {
			if err := in.add(ctx, part); err != nil {
				return err
			}
		}
		return nil
	}
	file := newFileReport(d)
	for _, r := range d.Returns {
		switch {
		case r.Department == "" || r.Period != in.period:
			file.Returns = append(file.Returns, newReturnReport(consolidate.Apply(r, nil)))
		case in.came[r.Edition()]:
			again := *r
			again.State = ledger.Repeated
			file.Returns = append(file.Returns, newReturnReport(&again))
		default:
			in.came[r.Edition()] = true
			in.batch = append(in.batch, r)
			file.Returns = append(file.Returns, newReturnReport(r))
		}
	}
	in.files = append(in.files, file)
	in.replies = append(in.replies, d.Replies...)
	if len(in.files)%batchSize == 0 {
		return in.save(ctx)
	}
	return nil
}

// save puts what was taken since the last time into the database, all of it or nothing.
func (in *intake) save(ctx context.Context) error {
	if err := in.lock.Save(ctx, in.batch); err != nil {
		return err
	}
	in.batch = nil
	return nil
}
