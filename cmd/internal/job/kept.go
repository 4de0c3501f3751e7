package job

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// What is kept of a month that was merged, so that nobody has to make it again: see store.Kept.
const (
	keptRun     = "run"     // what a run said of it
	keptFilings = "filings" // who has reported what
	keptPairs   = "pairs"   // what is open and what was decided

	keptReceipts = "receipts" // which receipts say what, see lastReceipts
)

// keepMonth keeps what may be asked of a month that was just merged and put into its folder below out. A run that took
// answers is not what the next would say of the same inbox: nothing is kept of it.
func (j *Job) keepMonth(ctx context.Context, lock *store.Lock, month *consolidate.Month, report *Report, inbox string) error {
	by := madeBy(j.county)
	if by == "" {
		return nil
	}
	made := map[string]any{keptFilings: j.filings(month), keptPairs: pairsOf(month), keptReceipts: report.slips}
	if inbox != "" && len(report.Answers)+len(report.Explained) == 0 && report.NoPDFs == nil {
		made[keptRun] = keepReport(report, inbox)
	}
	texts := map[string]string{}
	for what, of := range made {
		text, err := json.Marshal(of)
		if err != nil {
			return err
		}
		texts[what] = string(text)
	}
	return lock.Keep(ctx, month.Period, by, texts)
}

// recall gives what was kept of a month, if it is what would be made of it now.
func recall[T any](ctx context.Context, j *Job, period ledger.Period, what string) (made T, there bool, err error) {
	by := madeBy(j.county)
	if by == "" {
		return made, false, nil
	}
	text, there, err := j.db.Kept(ctx, j.county.Region, period, by, what)
	if !there || err != nil {
		return made, false, err
	}
	there = json.Unmarshal([]byte(text), &made) == nil // else it is made again
	return made, there, nil
}

// A keptReport is what a run said, but for what run.json says.
type keptReport struct {
	Inbox                          string // the sum of what it read, see inboxSum
	Received, Projects, Candidates int
	Rejected, Versions, Late       []keptFinding
	Untaken, Unjustified, Running  []keptFinding
	Contradicted                   []keptRuling
	PDFs                           []Written
}

// A keptRuling is a ruling without its forms.
type keptRuling struct {
	Decision ledger.Decision
	State    consolidate.State
	With     []int
}

func keepReport(r *Report, inbox string) *keptReport {
	kept := &keptReport{Inbox: inbox, Received: r.Received, Projects: r.Projects, Candidates: r.Candidates,
		Rejected: keepFindings(r.Rejected), Versions: keepFindings(r.Versions), Late: keepFindings(r.Late),
		Untaken: keepFindings(r.Untaken), Unjustified: keepFindings(r.Unjustified), Running: keepFindings(r.Running), PDFs: r.PDFs}
	for _, c := range r.Contradicted {
		kept.Contradicted = append(kept.Contradicted, keptRuling{c.Decision, c.State, c.With})
	}
	return kept
}

// report is run.json of the run with what was said besides.
func (kept *keptReport) report(text string) (*Report, error) {
	r, err := readReport(text)
	if err != nil {
		return nil, err
	}
	r.Received, r.Projects, r.Candidates, r.Unchanged = kept.Received, kept.Projects, kept.Candidates, true
	for _, findings := range []struct {
		to   *[]ledger.Finding
		from []keptFinding
	}{{&r.Rejected, kept.Rejected}, {&r.Versions, kept.Versions}, {&r.Late, kept.Late},
		{&r.Untaken, kept.Untaken}, {&r.Unjustified, kept.Unjustified}, {&r.Running, kept.Running}} {
		if *findings.to, err = findingsKept(findings.from); err != nil {
			return nil, err
		}
	}
	for _, c := range kept.Contradicted {
		r.Contradicted = append(r.Contradicted, consolidate.Ruling{Decision: c.Decision, State: c.State, With: c.With})
	}
	r.PDFs = kept.PDFs
	return r, nil
}

// unchanged is what the last run said of a month that the next would make just so: it has the same files, decisions, rules and
// months before, the database and the folder below out are as it left them. It is nil where anything is not so.
func (j *Job) unchanged(ctx context.Context, period ledger.Period, inbox, out string) (*Report, error) {
	if inbox == "" {
		return nil, nil
	}
	last, there, err := recall[*keptReport](ctx, j, period, keptRun)
	if !there || err != nil || last.Inbox != inbox {
		return nil, err
	}
	stored, _, err := j.db.Month(ctx, j.county.Region, period)
	if err == nil {
		err = j.db.Verify(ctx, j.county.Region, period)
	}
	if errors.As(err, new(*store.Changed)) {
		return nil, nil // the run mends it, or says so
	}
	if err != nil {
		return nil, err
	}
	report, err := last.report(stored.Report)
	if err != nil {
		return nil, nil
	}
	if text, err := os.ReadFile(filepath.Join(out, period.String(), reportName)); err != nil || string(text) != stored.Report {
		return nil, nil
	}
	files := slices.Concat(report.Workbooks, report.Documents, report.Notices, report.PDFs)
	for _, receipt := range report.Receipts {
		files = append(files, receipt.Written)
	}
	for _, file := range files {
		if _, err := ReadPublished(out, period, file); err != nil {
			return nil, ctx.Err()
		}
	}
	return report, ctx.Err()
}

// inboxSum is the SHA-256 of all that a run reads and of how: what lies in the inbox, the lists of the operator, the passwords,
// whether PDFs are made. It is blank where something in the inbox is not to be read just so: then the run says what is wrong.
func (j *Job) inboxSum(ctx context.Context, inbox Inbox, paths, skipped []string) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %v\n", skipped, inbox.Passwords, j.LibreOffice != "")
	for _, name := range []string{receivedList, waiverList} {
		_, text, err := inbox.read(name)
		if err != nil {
			return ""
		}
		fmt.Fprintf(sum, "%q %v %x\n", name, text != nil, sha256.Sum256(text))
	}
	for _, path := range paths {
		of, ok := j.fileSum(filepath.Join(inbox.Dir, filepath.FromSlash(path)))
		if !ok || ctx.Err() != nil {
			return ""
		}
		fmt.Fprintf(sum, "%q %s\n", path, of)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// fileSum is the SHA-256 of a file, of one that is not read, since it says that it has no bytes or too many, how many these are. It
// is not ok where there is no such file.
func (j *Job) fileSum(path string) (sum string, ok bool) {
	info, err := os.Stat(path)
	switch {
	case err != nil || !info.Mode().IsRegular():
		return "", false
	case info.Size() == 0 || info.Size() > j.county.Limits.File:
		return fmt.Sprint(info.Size()), true
	}
	file, err := os.Open(path)
	if err != nil {
		return "", false
	}
	defer file.Close()
	of := sha256.New()
	if _, err := io.Copy(of, file); err != nil {
		return "", false
	}
	return hex.EncodeToString(of.Sum(nil)), true
}

// A Pair is two rows that may be one project, or parts of one, as they are listed: A before B, or the row that is gone before
// the one that came.
type Pair struct {
	Form   string
	Other  string // of B, where it is not A's
	Keys   [2]string
	Names  [2]string
	Units  [2]string
	Score  int
	Why    [2][]string // by language
	Matter ledger.Phrase
	Moves  ledger.Money
}

// PairOf is a candidate as it is listed.
func PairOf(c consolidate.Candidate) Pair {
	pair := Pair{Form: c.A.Form.ID, Keys: c.Keys, Score: c.Score, Moves: c.Moves}
	if c.B.Form != c.A.Form {
		pair.Other = c.B.Form.ID
	}
	for i, row := range c.Rows {
		pair.Names[i], pair.Units[i] = form.ByID(row.Form).Name(row.Record), row.Department
	}
	for _, lang := range []ledger.Lang{ledger.Chinese, ledger.English} {
		pair.Matter[lang], pair.Why[lang] = c.Matter.In(lang), c.Grounds(lang)
	}
	return pair
}

// A Ruled is a decision and what it comes to in a month.
type Ruled struct {
	ledger.Decision
	State consolidate.State
	With  []int         // numbers of the decisions that overrule it, or that it contradicts
	Says  ledger.Phrase // blank where it is in force
}

// Pairs are what is open in a month and what was decided.
type Pairs struct {
	Period  ledger.Period
	Open    []Pair
	Rulings []Ruled
	Decided int // pairs
}

func pairsOf(m *consolidate.Month) *Pairs {
	all := &Pairs{Period: m.Period, Decided: m.Decided()}
	for _, c := range m.Candidates {
		all.Open = append(all.Open, PairOf(c))
	}
	for _, r := range m.Rulings {
		ruled := Ruled{Decision: r.Decision, State: r.State, With: r.With}
		for _, lang := range []ledger.Lang{ledger.Chinese, ledger.English} {
			ruled.Says[lang] = r.Says(lang)
		}
		all.Rulings = append(all.Rulings, ruled)
	}
	return all
}

// Pairs are those of a month of what the database holds now: of the latest that was merged where none is named,
// ErrNothingMerged if there is none.
func (j *Job) Pairs(ctx context.Context, period ledger.Period) (*Pairs, error) {
	period, err := j.named(ctx, period)
	if err != nil {
		return nil, err
	}
	if all, there, err := recall[*Pairs](ctx, j, period, keptPairs); there || err != nil {
		return all, err
	}
	month, err := j.reconcile(ctx, period)
	if err != nil {
		return nil, err
	}
	return pairsOf(month), nil
}
