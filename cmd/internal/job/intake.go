package job

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"

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
	gate    *gate
	config  importer.Config
	known   *known
	came    map[ledger.Edition]bool
	batch   []*ledger.Return  // taken and not saved yet
	late    []*ledger.Return  // kept beside their months and not saved yet
	files   []FileReport      // in the order of their paths
	sums    map[string]string // SHA-256 of all that was read by its path, of archives too
	replies []importer.Reply

	explanations []importer.Explanation

	noted   []store.KnownFile // of what was added what is to be known of it
	skipped []string          // files of archives that were passed over
}

// take takes the files of an inbox. What is known of them is not read again, unless the inbox is to be read afresh.
func (j *Job) take(ctx context.Context, lock *store.Lock, gate *gate, config importer.Config, inbox Inbox, paths []string) (*intake, error) {
	known, err := j.knownFiles(ctx, gate, config, inbox.Afresh)
	if err != nil {
		return nil, err
	}
	reading := config
	reading.Known = known.delivery
	in := newIntake(lock, gate, config, known)
	read := 0
	for delivery, err := range deliveries(ctx, reading, inbox.Dir, paths) {
		if err == nil {
			delivery, err = in.whole(ctx, delivery, inbox.Dir)
		}
		if err != nil {
			return nil, err
		}
		if err := in.add(ctx, delivery); err != nil {
			return nil, err
		}
		read++
		inbox.progress(read, len(paths))
	}
	return in, in.save(ctx)
}

func newIntake(lock *store.Lock, gate *gate, config importer.Config, known *known) *intake {
	return &intake{lock: lock, gate: gate, config: config, known: known, came: map[ledger.Edition]bool{}, sums: map[string]string{}}
}

// add takes a delivery. Content that came twice counts once: by the path that sorts first;
// the other is repeated. What cannot be attributed, or is of another month, stays out: its
// findings say so. What is of a month that was closed is kept beside it, unless it has it. The
// files of an archive are taken as if they had come by themselves.
func (in *intake) add(ctx context.Context, d importer.Delivery) error {
	if note, ok := in.note(&d); ok {
		in.noted = append(in.noted, note)
	}
	in.sums[d.Path] = d.SHA256
	in.skipped = append(in.skipped, d.Skipped...)
	if d.Parts == nil {
		return in.take(ctx, d, d.Path)
	}
	for _, part := range d.Parts {
		if err := in.take(ctx, part, d.Path); err != nil {
			return err
		}
	}
	return nil
}

// take takes a delivery that came in the file of a path.
func (in *intake) take(ctx context.Context, d importer.Delivery, came string) error {
	in.sums[d.Path] = d.SHA256
	file := newFileReport(d)
	file.sender, file.came, file.packed = cmp.Or(in.config.SenderOf(&d), unattributed), came, came != d.Path
	file.senders = sendersOf(in.config, d)
	if file.packed {
		file.Archive = in.sums[came]
	}
	for _, r := range d.Returns {
		of, err := in.gate.fateOf(ctx, r)
		if err != nil {
			return err
		}
		switch {
		case of == staysOut:
			r = consolidate.Apply(r, nil)
		case of == isRepeated && r.Period == in.gate.period: // what became of it, the month says
		case of == isRepeated || in.came[r.Edition()]:
			r = stated(r, ledger.Repeated)
		case of == isLate:
			in.late = append(in.late, r)
			r = stated(r, ledger.Late)
		case !d.Known: // else the database has it
			in.batch = append(in.batch, r)
		}
		if of != staysOut {
			in.came[r.Edition()] = true
		}
		report := newReturnReport(r)
		if r.State == "" {
			report.findings = nil
		}
		file.Returns = append(file.Returns, report)
	}
	in.files = append(in.files, file)
	in.replies = append(in.replies, d.Replies...)
	in.explanations = append(in.explanations, d.Explanations...)
	if len(in.files)%batchSize == 0 {
		return in.save(ctx)
	}
	return nil
}

// note is what is to be known of a delivery for the runs to come.
func (in *intake) note(d *importer.Delivery) (store.KnownFile, bool) {
	if d.Known {
		return in.known.files[d.Path], true
	}
	return in.known.note(d, in.gate.period)
}

// whole is a delivery with the rows that are needed of it: one that is known is read after all where the database does not
// have them as this file brought them.
func (in *intake) whole(ctx context.Context, d importer.Delivery, dir string) (importer.Delivery, error) {
	if !d.Known {
		return d, nil
	}
	for _, part := range append(slices.Clip(d.Parts), d) {
		for _, r := range part.Returns {
			of, err := in.gate.fateOf(ctx, r)
			if err != nil {
				return d, err
			}
			if of == staysOut || of == isLate || of == isTaken && !in.came[r.Edition()] && !in.known.has(r) {
				return in.config.ReadFile(filepath.Join(dir, filepath.FromSlash(d.Path)), d.Path)
			}
		}
	}
	return d, nil
}

// sendersOf are the units that a delivery may be from: those of its returns, and the one that its name, its folder or, where these say
// nothing, its receipt names.
func sendersOf(config importer.Config, d importer.Delivery) []string {
	senders := []string{cmp.Or(config.SenderOf(&d), d.ReceiptOf)}
	for _, r := range d.Returns {
		senders = append(senders, r.Department)
	}
	return senders
}

// stated is a return in another state.
func stated(r *ledger.Return, state ledger.State) *ledger.Return {
	own := *r
	own.State = state
	return &own
}

// save puts what was taken since the last time into the database, all of it or nothing; what is late
// likewise.
func (in *intake) save(ctx context.Context) error {
	if err := in.lock.Save(ctx, in.batch); err != nil {
		return err
	}
	if err := in.lock.SaveLate(ctx, in.gate.period, in.late); err != nil {
		return err
	}
	in.batch, in.late = nil, nil
	return nil
}
