package job

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"huizong/consolidate/store"
	"huizong/importer"
	"huizong/internal/folder"
	"huizong/internal/ledger"
)

// mostSent is how many files of a unit its folder of a month takes.
const mostSent = 100

// A Twice is the error of handing in what the unit has handed in already.
type Twice struct{ Name, When string } // of what lies in the inbox; When may be blank

func (e *Twice) Error() string { return "it was handed in already, as " + e.Name }

// HandIn puts a draft into the inbox of its month, in the folder of its unit, and gives the name that it has there: its own, with
// a number if that is taken. It is entered in received.csv first, so that what it holds never lies there without its time; a line
// without its file, where this is broken off, is told by the run and replaced when the file is handed in again. What was explained is
// recorded before that. Its errors are *Locked, *Unfit, *Twice, *Misread, ErrNoDraft, and *Busy where there is something to record.
func (d *Desk) HandIn(ctx context.Context, draft DraftFile) (name string, err error) {
	if err := d.fits(ctx, draft); err != nil {
		return "", err
	}
	d.moving.Lock()
	defer d.moving.Unlock()
	if draft, err = d.Draft(draft.Unit, draft.ID); err != nil { // as it was explained since
		return "", err
	}
	if err := d.takes(ctx, draft.Period, draft.Unit); err != nil {
		return "", err
	}
	release, err := d.hold(draft.Period)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, release()) }()
	if _, err := d.receivedOf(d.inbox(draft.Period)); err != nil {
		return "", err
	}
	if err := d.isNew(ctx, draft); err != nil {
		return "", err
	}
	if err := d.record(ctx, draft); err != nil {
		return "", err
	}
	if name, err = d.bringIn(draft); err != nil {
		return "", err
	}
	return name, d.discard(draft)
}

// fits is the error of a draft that cannot be handed in.
func (d *Desk) fits(ctx context.Context, draft DraftFile) error {
	done, err := d.checking(ctx)
	if err != nil {
		return err
	}
	defer done()
	_, m, files, err := d.check(ctx, draft, func(*ledger.Return) {})
	if err != nil {
		return err
	}
	unfit, err := d.unfit(ctx, draft, m, files)
	if unfit != nil {
		return unfit
	}
	return err
}

// Locked is why a month takes no returns of a unit now; nil: it does.
func (d *Desk) Locked(ctx context.Context, period ledger.Period, unit string) (*Locked, error) {
	books, err := d.job.db.Books(ctx, d.job.county.Region)
	return d.job.locked(books, period, unit), err
}

// takes is *Locked where a month takes no returns of a unit now.
func (d *Desk) takes(ctx context.Context, period ledger.Period, unit string) error {
	locked, err := d.Locked(ctx, period, unit)
	if err != nil || locked == nil {
		return err
	}
	return locked
}

// isNew is the error of a draft that its unit handed in already, or has handed in too many beside.
func (d *Desk) isNew(ctx context.Context, draft DraftFile) error {
	own, err := d.own(ctx, draft.Unit, draft.Period)
	if err != nil {
		return err
	}
	if at := slices.IndexFunc(own, func(s SentFile) bool { return s.SHA256 == draft.SHA256 }); at >= 0 {
		return &Twice{own[at].Name, own[at].When}
	}
	if len(own) >= mostSent {
		return unfit("这个月已经交了%d个文件，不再收：请先撤回不要的", "%d files were handed in for the month: withdraw some first", mostSent)
	}
	return nil
}

// hold holds the inbox of a month: meanwhile no other process enters anything in its list.
func (d *Desk) hold(period ledger.Period) (release func() error, err error) {
	return folder.Lock(filepath.Join(d.drafts, period.String()+".lock"))
}

// record records what was explained of a draft.
func (d *Desk) record(ctx context.Context, draft DraftFile) error {
	if len(draft.Explanations) == 0 {
		return nil
	}
	explanations := slices.Clone(draft.Explanations)
	for i := range explanations {
		explanations[i].Given, explanations[i].Source = given(d.now()), draft.SHA256
	}
	return d.job.alone(ctx, func(lock *store.Lock) error {
		_, err := lock.Explain(ctx, explanations)
		return err
	})
}

// bringIn enters a draft in the list of its month and gives its file the first name in its unit's folder that is free.
func (d *Desk) bringIn(draft DraftFile) (name string, err error) {
	inbox, unit := d.inbox(draft.Period), fileName(draft.Unit)
	entries, err := os.ReadDir(filepath.Join(inbox, unit))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	taken := map[string]bool{}
	for _, entry := range entries {
		taken[strings.ToLower(entry.Name())] = true
	}
	for {
		name = free(draft.Name, taken)
		var before []byte
		err := d.rewrite(inbox, func(list []byte) ([]byte, error) {
			before = list
			return importer.Enter(list, path.Join(unit, name), d.now(), draft.SHA256)
		})
		if err != nil {
			return "", err
		}
		err = folder.Move(draft.content(d), filepath.Join(inbox, unit, name))
		if !errors.Is(err, fs.ErrExist) {
			return name, err
		}
		// Somebody copied a file there in this moment: it keeps its line.
		if err := d.rewrite(inbox, func([]byte) ([]byte, error) { return before, nil }); err != nil {
			return "", err
		}
	}
}

// rewrite puts another list of files received in the place of that in an inbox.
func (d *Desk) rewrite(inbox string, change func(list []byte) ([]byte, error)) error {
	at, list, err := Inbox{Dir: inbox}.read(receivedList)
	if err != nil {
		return err
	}
	if list, err = change(list); err != nil {
		return err
	}
	beside := filepath.Join(d.drafts, unfinished+randomName()) // not in the inbox, where a run would come upon it
	if err := folder.Place(beside, list); err != nil {
		return err
	}
	if err := os.MkdirAll(inbox, 0o777); err != nil {
		return folder.FaultOf(inbox, err)
	}
	return folder.Replace(beside, at)
}

// A SentFile is a file of a unit in the inbox of a month, and what became of it.
type SentFile struct {
	Path    string // relative to the inbox, with slashes
	Name    string
	SHA256  string // blank where it could not be read
	Size    int64  // in bytes
	When    string // 2024-06-27 10:31:05, or the day alone; blank where nobody entered it
	Own     bool   // the unit handed it in here, and can withdraw it
	Waiting bool   // the last run has not read it
	Refused *ledger.Code
	Returns []ReturnReport // as run.json has them
	Receipt string         // its path below the folder of the month; blank: there is none

	entered bool            // in received.csv, with its SHA-256
	again   map[string]bool // forms of which that was withdrawn since the last run which was in force
}

// Again reports whether a return in the file, which did not count, may count when the month is run again: what was in force in its
// place was withdrawn.
func (s SentFile) Again(r ReturnReport) bool {
	return (r.State == ledger.Superseded || r.State == ledger.Repeated) && s.again[r.Form]
}

// Sent are the files of a unit in the inbox of a month, by path: those that it handed in here, and those that came another way and
// are known to be of the unit alone, by the last run or by their names. Where received.csv cannot be read none has its time, and none
// counts as handed in here.
func (d *Desk) Sent(ctx context.Context, unit string, period ledger.Period) ([]SentFile, error) {
	report, err := d.reading.report(ctx, period)
	if err != nil {
		return nil, err
	}
	inbox := d.inbox(period)
	received, err := d.receivedOf(inbox)
	if err != nil && !errors.As(err, new(*Misread)) {
		return nil, err
	}
	paths, _, err := Inbox{Dir: inbox}.list()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	again := d.missing(unit, inbox, paths, report)
	config := configOf(d.job.county, period, nil)
	var all []SentFile
	for _, at := range paths {
		if !mayBe(config, report, at, unit) {
			continue
		}
		sent, ok := d.sent(inbox, at, received)
		if sent.became(report); !ok || !sent.isOf(config, unit) {
			continue
		}
		sent.Own, sent.again = sent.entered && path.Dir(at) == fileName(unit), again
		all = append(all, sent)
	}
	return all, nil
}

// own are the files of a month that a unit handed in here.
func (d *Desk) own(ctx context.Context, unit string, period ledger.Period) ([]SentFile, error) {
	all, err := d.Sent(ctx, unit, period)
	return slices.DeleteFunc(all, func(s SentFile) bool { return !s.Own }), err
}

// isOf reports whether all that the last run read in a file is a unit's; where it read nothing, whether it is by its name or folder, or
// was handed in there.
func (s SentFile) isOf(config importer.Config, unit string) bool {
	if len(s.Returns) > 0 {
		return !slices.ContainsFunc(s.Returns, func(r ReturnReport) bool { return r.Department != unit })
	}
	return s.entered && path.Dir(s.Path) == fileName(unit) || config.SenderOf(&importer.Delivery{Path: s.Path}) == unit
}

// missing are the forms on which the return of a unit that the last run has in force came in a file that is not in the inbox any more.
func (d *Desk) missing(unit, inbox string, paths []string, report *Report) map[string]bool {
	forms := map[string]bool{}
	for _, file := range report.Files {
		for _, r := range file.Returns {
			if r.Department == unit && (r.State == ledger.Accepted || r.State == ledger.Nil) && !d.lies(file, inbox, paths) {
				forms[r.Form] = true
			}
		}
	}
	return forms
}

// lies reports whether a file of the last run, or its archive, is in the inbox as it was.
func (d *Desk) lies(file FileReport, inbox string, paths []string) bool {
	return slices.ContainsFunc(paths, func(at string) bool {
		if at != file.Path && !strings.HasPrefix(file.Path, at+"/") {
			return false
		}
		sent, ok := d.sent(inbox, at, nil)
		return ok && file.is(sent)
	})
}

// is reports whether a file of the last run is one that was sent, or lay in it.
func (f FileReport) is(sent SentFile) bool {
	if f.Archive != "" {
		return strings.HasPrefix(f.Path, sent.Path+"/") && f.Archive == sent.SHA256
	}
	return f.Path == sent.Path && f.SHA256 == sent.SHA256
}

// sent is what can be said of a file in an inbox; it is not ok where it has gone, or is larger than any that is read.
func (d *Desk) sent(inbox, at string, received map[string]importer.Arrival) (s SentFile, ok bool) {
	file := filepath.Join(inbox, filepath.FromSlash(at))
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > d.job.county.Limits.File {
		return s, false
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return s, false
	}
	sum := sha256.Sum256(content)
	s = SentFile{Path: at, Name: path.Base(at), SHA256: hex.EncodeToString(sum[:]), Size: int64(len(content))}
	if came, entered := received[at]; entered && (came.SHA256 == "" || came.SHA256 == s.SHA256) {
		s.When, s.entered = came.Day.String(), came.SHA256 == s.SHA256
		if at, err := time.Parse(time.RFC3339, came.Time); err == nil {
			s.When = at.In(China).Format(time.DateTime)
		}
	}
	return s, true
}

// A Misread is the error of received.csv where it cannot be read.
type Misread = importer.Misread

// Misread is what is wrong with the list of files received of a month; nil: nothing.
func (d *Desk) Misread(period ledger.Period) (wrong *Misread, err error) {
	if _, err = d.receivedOf(d.inbox(period)); errors.As(err, &wrong) {
		return wrong, nil
	}
	return nil, err
}

// receivedOf is the list of files received of an inbox.
func (d *Desk) receivedOf(inbox string) (map[string]importer.Arrival, error) {
	config, err := Inbox{Dir: inbox}.config(d.job.county, ledger.Period{})
	return config.Received, err
}

// mayBe reports whether a file in an inbox may be a unit's, before it is looked at: by its folder, by the last run, else by the names of
// the file and its folders.
func mayBe(config importer.Config, report *Report, at, unit string) bool {
	if path.Dir(at) == fileName(unit) || config.SenderOf(&importer.Delivery{Path: at}) == unit {
		return true
	}
	return slices.ContainsFunc(report.Files, func(file FileReport) bool {
		return (file.Path == at || strings.HasPrefix(file.Path, at+"/")) &&
			slices.ContainsFunc(file.Returns, func(r ReturnReport) bool { return r.Department == unit })
	})
}

// became says what the last run made of a file.
func (s *SentFile) became(report *Report) {
	s.Waiting = true
	for _, file := range report.Files {
		if !file.is(*s) {
			continue
		}
		s.Waiting = false
		s.Returns = append(s.Returns, file.Returns...)
		if file.Refused != "" {
			s.Refused = ledger.CodeByID(file.Refused)
		}
		for _, receipt := range report.Receipts {
			if receipt.File == file.Path && s.Receipt == "" {
				s.Receipt = receipt.Path
			}
		}
	}
}

// SentReceipt is the receipt of a file that a unit has sent for a month: the one that the last run made and that lies below out, else
// one of what is in the file now, as of a draft.
func (d *Desk) SentReceipt(ctx context.Context, period ledger.Period, sent SentFile, out string) (Receipt, error) {
	report, err := d.reading.report(ctx, period)
	if err != nil {
		return Receipt{}, err
	}
	for _, r := range report.Receipts {
		if sent.Receipt == "" || r.Path != sent.Receipt {
			continue
		}
		content, err := os.ReadFile(filepath.Join(out, period.String(), filepath.FromSlash(r.Path)))
		if sum := sha256.Sum256(content); err == nil && hex.EncodeToString(sum[:]) == r.SHA256 {
			return Receipt{Name: path.Base(r.Path), Content: content, Verdict: r.Verdict}, nil
		}
	}
	done, err := d.checking(ctx)
	if err != nil {
		return Receipt{}, err
	}
	defer done()
	_, _, files, err := d.checkFile(ctx, period, filepath.Join(d.inbox(period), filepath.FromSlash(sent.Path)), sent.Path, func(*ledger.Return) {})
	if errors.Is(err, ErrNoDraft) || err == nil && len(files) == 0 {
		err = ErrNotSent
	}
	if err != nil {
		return Receipt{}, err
	}
	return files[0].Receipt(d.job.county)
}

// ErrNotSent is the error of a file that the unit did not hand in here.
var ErrNotSent = errors.New("the unit has handed in no such file")

// Withdraw takes back a file that a unit handed in, by its SHA-256, as long as the month takes the unit's returns: it becomes a draft
// again, with what was explained of it, and what it brought is taken out of the database, so that the month is what it would be had it
// never come, once it is run again. The file itself is kept for good beside the drafts. Its errors are *Locked, *Busy, *Misread and
// ErrNotSent. Where it is broken off, the file is a draft and handed in, too.
func (d *Desk) Withdraw(ctx context.Context, unit string, period ledger.Period, sum string) (draft DraftFile, err error) {
	err = d.job.alone(ctx, func(lock *store.Lock) error {
		if err := d.takes(ctx, period, unit); err != nil {
			return err
		}
		d.moving.Lock()
		defer d.moving.Unlock()
		release, err := d.hold(period)
		if err != nil {
			return err
		}
		draft, err = d.withdraw(ctx, lock, unit, period, sum)
		return errors.Join(err, release())
	})
	return draft, err
}

func (d *Desk) withdraw(ctx context.Context, lock *store.Lock, unit string, period ledger.Period, sum string) (draft DraftFile, err error) {
	inbox := d.inbox(period)
	if _, err := d.receivedOf(inbox); err != nil {
		return draft, err
	}
	own, err := d.own(ctx, unit, period)
	if err != nil {
		return draft, err
	}
	at := slices.IndexFunc(own, func(s SentFile) bool { return s.SHA256 == sum })
	if at < 0 {
		return draft, ErrNotSent
	}
	sent := own[at]
	file := filepath.Join(inbox, filepath.FromSlash(sent.Path))
	came, err := configOf(d.job.county, period, d.passwords).ReadFile(file, sent.Path)
	if err != nil {
		return draft, err
	}
	explained, err := d.explainedOf(ctx, period, came)
	if err != nil {
		return draft, err
	}
	content, err := os.Open(file)
	if err != nil {
		return draft, err
	}
	draft, err = d.layDown(unit, period, sent.Name, content, explained)
	if err := errors.Join(err, content.Close()); err != nil {
		return draft, err
	}
	if err := lock.Withdraw(ctx, period, sumsOf(came)...); err != nil {
		return draft, errors.Join(err, d.discard(draft))
	}
	if err := d.keep(file, unit, period); err != nil {
		return draft, err
	}
	return draft, d.rewrite(inbox, func(list []byte) ([]byte, error) { return importer.Strike(list, sent.Path) })
}

// explainedOf are the explanations that hold of those that were given with a file, but for what it says itself.
func (d *Desk) explainedOf(ctx context.Context, period ledger.Period, came importer.Delivery) ([]ledger.Explanation, error) {
	all, err := d.job.db.Explanations(ctx, d.job.county.Region, period)
	sums, said := sumsOf(came), map[string]bool{}
	for _, part := range append(slices.Clip(came.Parts), came) {
		for _, e := range part.Explanations {
			said[e.Digest] = true
		}
	}
	all = slices.DeleteFunc(all, func(e ledger.Explanation) bool { return !slices.Contains(sums, e.Source) })
	holding := ledger.Holding(all)
	return slices.DeleteFunc(all, func(e ledger.Explanation) bool { return said[e.Digest] || holding[e.Digest].Number != e.Number }), err
}

// keep moves a file that is withdrawn to where it stays for good, under its name or one with a number.
func (d *Desk) keep(file, unit string, period ledger.Period) error {
	taken := map[string]bool{}
	for {
		to := filepath.Join(d.drafts, withdrawn, period.String(), fileName(unit), free(filepath.Base(file), taken))
		if err := folder.Move(file, to); !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
}

// sumsOf are the SHA-256 of a delivery, or of the files of an archive.
func sumsOf(d importer.Delivery) []string {
	sums := []string{d.SHA256}
	for _, part := range d.Parts {
		sums = append(sums, part.SHA256)
	}
	return sums
}

// ExplainFinding records at once what a unit says to a finding of a month that asks it, by its digest, as an answer on a receipt
// would, and gives it; a refusal says why it is not taken, or is not enough. Its errors are *Busy, *Locked, *Unfit and ErrNotAsked.
func (d *Desk) ExplainFinding(ctx context.Context, unit string, period ledger.Period, digest, text string) (
	taken []ledger.Explanation, refused []Refusal, err error) {
	said, err := worded(map[string]string{digest: text})
	if err != nil {
		return nil, nil, err
	}
	err = d.job.alone(ctx, func(lock *store.Lock) error {
		if _, err := d.job.openGate(ctx, period); err != nil {
			return err
		}
		month, err := d.job.reconcile(ctx, period)
		if err != nil {
			return err
		}
		asked, sources := map[string]ledger.Finding{}, map[string]string{}
		for _, r := range month.Returns {
			sources[r.File] = r.FileSHA256
		}
		for _, f := range month.Findings {
			if f.Department == unit {
				asked[f.Digest()] = f
			}
		}
		f, is := asked[digest]
		if !is {
			return ErrNotAsked
		}
		explanations, err := d.job.db.Explanations(ctx, d.job.county.Region, period)
		if err != nil {
			return err
		}
		holding := ledger.Holding(explanations)
		delete(holding, digest)
		before := slices.Collect(maps.Values(holding))
		taken, refused = judge(asked, said, before, period, unit)
		for i := range taken {
			taken[i].Given, taken[i].Source = given(d.now()), sources[f.File]
		}
		_, err = lock.Explain(ctx, taken)
		return err
	})
	return taken, refused, err
}
