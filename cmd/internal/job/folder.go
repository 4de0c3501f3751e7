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

// stage writes beside the folder of a month all that belongs into it, run.json last, and gives the text of that. Receipts
// are made as they are written. Where PDFs are wanted and cannot be made, the report says why, and the month is the same without them.
func (j *Job) stage(ctx context.Context, at *folder.Folder, report *Report, receipts iter.Seq2[folder.File, error], made *summary.Output) (string, error) {
	files := slices.Concat(made.Workbooks, made.Documents)
	if j.LibreOffice != "" {
		pdfs, err := MakePDFs(ctx, j.LibreOffice, files)
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		report.PDFs, report.NoPDFs = pathsOf(pdfs), err
		files = append(files, pdfs...)
	}
	files = append(files, made.Notices...)
	var text string
	err := at.Stage(func(yield func(folder.File, error) bool) {
		for _, file := range files {
			if !yield(folder.File(file), nil) {
				return
			}
		}
		for file, err := range receipts {
			if !yield(file, cmp.Or(err, ctx.Err())) {
				return
			}
		}
		var err error
		text, err = report.text()
		yield(folder.File{Path: reportName, Content: []byte(text)}, err)
	})
	return text, err
}
