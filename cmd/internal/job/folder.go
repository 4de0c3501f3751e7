package job

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"huizong/consolidate/store"
	"huizong/consolidate/summary"
	"huizong/internal/folder"
	"huizong/internal/ledger"
)

// OtherCounty is the error of writing into the folder of another county's month.
type OtherCounty struct{ Path, Region string }

func (e *OtherCounty) Error() string {
	return fmt.Sprintf("%s has the month of another county (%s): give each county an --out of its own", e.Path, e.Region)
}

// mine is an error where a folder holds a month of another county: *OtherCounty.
func (j *Job) mine(path string) error {
	report := filepath.Join(path, reportName)
	if info, err := os.Lstat(report); err != nil || !info.Mode().IsRegular() {
		return nil // there is none
	}
	text, err := os.ReadFile(report)
	if err != nil {
		return err
	}
	if r, err := readReport(string(text)); err == nil && r.Region != "" && r.Region != j.county.Region {
		return &OtherCounty{path, r.Region}
	}
	return nil
}

// folder is the folder of a month below out, cleared of what earlier runs left. Its names change only while
// the lock is held; whoever stops the job waits for a step, so that a month that was merged is put in place.
func (j *Job) folder(ctx context.Context, lock *store.Lock, out string, period ledger.Period) (*folder.Folder, error) {
	path := filepath.Join(out, period.String())
	if err := j.mine(path); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	at, err := folder.At(path, reportName, ours, func(step func() error) error {
		var failed error // of the disk, not of the database
		err := lock.While(ctx, "change the folder of "+period.String(), func() error {
			failed = step()
			return nil
		})
		return cmp.Or(err, failed)
	})
	if err != nil {
		return nil, err
	}
	return at, at.Clear()
}

// stage writes beside the folder of a month all that belongs into it, run.json last, and gives the text of that; the report
// names files as they are written. Where PDFs are wanted and cannot be made, the report says why, and the month is the same without them.
func (j *Job) stage(ctx context.Context, at *folder.Folder, report *Report, receipts iter.Seq2[folder.File, error], made *summary.Output) (string, error) {
	if err := at.Stage(); err != nil {
		return "", err
	}
	add := func(files iter.Seq2[folder.File, error]) ([]Written, error) {
		added, err := at.Add(func(yield func(folder.File, error) bool) {
			for file, err := range files {
				if !yield(file, cmp.Or(err, ctx.Err())) {
					return
				}
			}
		})
		all := []Written{} // never nil in run.json
		for _, file := range added {
			all = append(all, Written(file))
		}
		return all, err
	}
	report.Version = Version
	var err error
	if report.Workbooks, err = add(eachOf(made.Workbooks())); err != nil {
		return "", err
	}
	if report.Documents, err = add(eachOf(made.Documents())); err != nil {
		return "", err
	}
	if j.LibreOffice != "" {
		var pdfs []folder.File
		pdfs, report.NoPDFs = MakePDFs(ctx, j.LibreOffice, at.Staged(), slices.Concat(report.Workbooks, report.Documents))
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		if report.PDFs, err = add(eachOf(pdfs)); err != nil {
			return "", err
		}
	}
	if report.Notices, err = add(eachOf(made.Notices())); err != nil {
		return "", err
	}
	if _, err := add(receipts); err != nil {
		return "", err
	}
	text, err := report.text()
	if err != nil {
		return "", err
	}
	return text, at.Close([]byte(text))
}

// eachOf are files as they are added to a folder.
func eachOf[F summary.File | folder.File](files []F) iter.Seq2[folder.File, error] {
	return func(yield func(folder.File, error) bool) {
		for _, file := range files {
			if !yield(folder.File(file), nil) {
				return
			}
		}
	}
}
