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
// a number if that is taken. It is entered in received.csv first, so that it never lies there without its time; a line without
// its file, where this is broken off, is told by the run and replaced when the file is handed in again. What was explained is
// recorded before that. Its errors are *Locked, *Unfit, *Twice, and *Busy where there is something to record.
func (d *Desk) HandIn(ctx context.Context, draft DraftFile) (name string, err error) {
	if _, err := d.job.openGate(ctx, draft.Period); err != nil {
		return "", err
	}
	_, m, files, err := d.check(ctx, draft, func(*ledger.Return) {})
	if err != nil {
		return "", err
	}
	if unfit := d.unfit(draft, m, files); unfit != nil {
		return "", unfit
	}
	d.moving.Lock()
	defer d.moving.Unlock()
	own, err := d.own(draft.Unit, draft.Period)
	if err != nil {
		return "", err
	}
	if at := slices.IndexFunc(own, func(s SentFile) bool { return s.SHA256 == draft.SHA256 }); at >= 0 {
		return "", &Twice{own[at].Name, own[at].When}
	}
	if len(own) >= mostSent {
		return "", unfit("这个月已经交了%d个文件，不再收：请先撤回不要的", "%d files were handed in for the month: withdraw some first", mostSent)
	}
	if err := d.record(ctx, draft); err != nil {
		return "", err
	}
	name, err = d.bringIn(draft, own)
	if err != nil {
		return "", err
	}
	return name, d.Discard(draft)
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
func (d *Desk) bringIn(draft DraftFile, own []SentFile) (name string, err error) {
	taken := map[string]bool{}
	for _, sent := range own {
		taken[strings.ToLower(sent.Name)] = true
	}
	inbox, unit := d.inbox(draft.Period), fileName(draft.Unit)
	for {
		name = free(draft.Name, taken)
		err := d.rewrite(inbox, func(list []byte) ([]byte, error) {
			return importer.Enter(list, path.Join(unit, name), d.now(), draft.SHA256)
		})
		if err != nil {
			return "", err
		}
		err = folder.Move(draft.content(d), filepath.Join(inbox, unit, name))
		if !errors.Is(err, fs.ErrExist) { // somebody copied a file there in this moment
			return name, err
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
	beside := filepath.Join(d.drafts, receivedList) // not in the inbox, where a run would come upon it
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
	Own     bool   // it lies in the unit's own folder, and can be withdrawn
	Waiting bool   // the last run has not read it
	Refused *ledger.Code
	Returns []ReturnReport // as run.json has them
	Receipt string         // its path below the folder of the month; blank: there is none
}

// Sent are the files of a unit in the inbox of a month, by path: those in its own folder, and those that came another way and are
// known to be of the unit, by the last run or by their names.
func (d *Desk) Sent(ctx context.Context, unit string, period ledger.Period) ([]SentFile, error) {
	all, err := d.own(unit, period)
	if err != nil {
		return nil, err
	}
	report, err := d.report(ctx, period)
	if err != nil {
		return nil, err
	}
	others, err := d.others(unit, period, report)
	if err != nil {
		return nil, err
	}
	all = append(all, others...)
	for i := range all {
		all[i].became(report)
	}
	slices.SortFunc(all, func(a, b SentFile) int { return strings.Compare(a.Path, b.Path) })
	return all, nil
}

// report is run.json of a month; an empty one where it was never merged.
func (d *Desk) report(ctx context.Context, period ledger.Period) (*Report, error) {
	return Keep(ctx, d.reading, "report", period, func(ctx context.Context) (*Report, error) {
		month, merged, err := d.job.db.Month(ctx, d.job.county.Region, period)
		if err != nil || !merged || month.Report == "" {
			return &Report{}, err
		}
		return readReport(month.Report)
	})
}

// own are the files in the folder of a unit in the inbox of a month, by name.
func (d *Desk) own(unit string, period ledger.Period) ([]SentFile, error) {
	inbox := d.inbox(period)
	entries, err := os.ReadDir(filepath.Join(inbox, fileName(unit)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	received, err := d.receivedOf(inbox)
	if err != nil {
		return nil, err
	}
	var all []SentFile
	for _, entry := range entries {
		if !entry.Type().IsRegular() || passedOver(entry.Name()) {
			continue
		}
		sent, ok := d.sent(inbox, path.Join(fileName(unit), entry.Name()), received)
		if ok {
			sent.Own = true
			all = append(all, sent)
		}
	}
	return all, nil
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
		s.When = came.Day.String()
		if at, err := time.Parse(time.RFC3339, came.Time); err == nil {
			s.When = at.In(China).Format(time.DateTime)
		}
	}
	return s, true
}

// receivedOf is the list of files received of an inbox.
func (d *Desk) receivedOf(inbox string) (map[string]importer.Arrival, error) {
	config, err := Inbox{Dir: inbox}.config(d.job.county, ledger.Period{})
	return config.Received, err
}

// others are the files of a unit in an inbox that lie elsewhere than in its own folder.
func (d *Desk) others(unit string, period ledger.Period, report *Report) ([]SentFile, error) {
	inbox := d.inbox(period)
	paths, _, err := Inbox{Dir: inbox}.list()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	received, err := d.receivedOf(inbox)
	if err != nil {
		return nil, err
	}
	config := configOf(d.job.county, period, nil)
	var all []SentFile
	for _, at := range paths {
		if path.Dir(at) == fileName(unit) || !ofUnit(config, report, at, unit) {
			continue
		}
		if sent, ok := d.sent(inbox, at, received); ok {
			all = append(all, sent)
		}
	}
	return all, nil
}

// ofUnit reports whether a file in an inbox is a unit's alone: by the last run, else by the names of the file and its folders.
func ofUnit(config importer.Config, report *Report, at, unit string) bool {
	reported := false
	for _, file := range report.Files {
		if file.Path != at && !strings.HasPrefix(file.Path, at+"/") {
			continue
		}
		for _, r := range file.Returns {
			if r.Department != unit {
				return false
			}
			reported = true
		}
	}
	return reported || config.SenderOf(&importer.Delivery{Path: at}) == unit
}

// became says what the last run made of a file.
func (s *SentFile) became(report *Report) {
	s.Waiting = true
	for _, file := range report.Files {
		if packed := strings.HasPrefix(file.Path, s.Path+"/"); !packed && (file.Path != s.Path || file.SHA256 != s.SHA256) {
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
	report, err := d.report(ctx, period)
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
	_, _, files, err := d.checkFile(ctx, period, filepath.Join(d.inbox(period), filepath.FromSlash(sent.Path)), sent.Path, func(*ledger.Return) {})
	if errors.Is(err, ErrNoDraft) || err == nil && len(files) == 0 {
		err = ErrNotSent
	}
	if err != nil {
		return Receipt{}, err
	}
	return files[0].Receipt(d.job.county)
}

// ErrNotSent is the error of a file that does not lie in the unit's own folder.
var ErrNotSent = errors.New("the unit has handed in no such file")

// Withdraw takes back a file that a unit handed in, by its SHA-256, until the month is closed: it becomes a draft again, and what
// it brought is taken out of the database, so that the month is what it would be had it never come, once it is run again. Its
// errors are *Locked, *Busy, *Unfit and ErrNotSent. Where it is broken off, the file is a draft and handed in, too.
func (d *Desk) Withdraw(ctx context.Context, unit string, period ledger.Period, sum string) (draft DraftFile, err error) {
	err = d.job.alone(ctx, func(lock *store.Lock) error {
		gate, err := d.job.openGate(ctx, period)
		if err != nil {
			return err
		}
		if last, was := gate.books.Last(period); was && !last.Admits(unit) {
			return &Locked{period, last, period.Add(1)}
		}
		d.moving.Lock()
		defer d.moving.Unlock()
		draft, err = d.withdraw(ctx, lock, unit, period, sum)
		return err
	})
	return draft, err
}

func (d *Desk) withdraw(ctx context.Context, lock *store.Lock, unit string, period ledger.Period, sum string) (draft DraftFile, err error) {
	own, err := d.own(unit, period)
	if err != nil {
		return draft, err
	}
	at := slices.IndexFunc(own, func(s SentFile) bool { return s.SHA256 == sum })
	if at < 0 {
		return draft, ErrNotSent
	}
	inbox, sent := d.inbox(period), own[at]
	file := filepath.Join(inbox, filepath.FromSlash(sent.Path))
	came, err := configOf(d.job.county, period, d.passwords).ReadFile(file, sent.Path)
	if err != nil {
		return draft, err
	}
	content, err := os.Open(file)
	if err != nil {
		return draft, err
	}
	draft, err = d.LayDown(unit, period, sent.Name, content)
	if err := errors.Join(err, content.Close()); err != nil {
		return draft, err
	}
	if err := lock.Withdraw(ctx, period, sumsOf(came)...); err != nil {
		return draft, errors.Join(err, d.Discard(draft))
	}
	if err := os.Remove(file); err != nil {
		return draft, folder.FaultOf(file, err)
	}
	return draft, d.rewrite(inbox, func(list []byte) ([]byte, error) { return importer.Strike(list, sent.Path) })
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
// would; a refusal says why it is not taken, or is not enough. Its errors are *Busy, *Locked, *Unfit and ErrNotAsked.
func (d *Desk) ExplainFinding(ctx context.Context, unit string, period ledger.Period, digest, text string) (refused []Refusal, err error) {
	said := map[string]string{digest: text}
	if err := tooLong(said); err != nil {
		return nil, err
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
		taken, refusals := judge(asked, said, before, period, unit)
		for i := range taken {
			taken[i].Given, taken[i].Source = given(d.now()), sources[f.File]
		}
		refused = refusals
		_, err = lock.Explain(ctx, taken)
		return err
	})
	return refused, err
}
