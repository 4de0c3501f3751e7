// Package summary makes what leaders read: the workbooks of a month, the bulletin and the orders as
// documents, and to each department a notice of what others said of its projects. It is the only package that does. Every workbook is a pure
// function of the month, to the byte.
//
// Each workbook has a package of its own, with its sheets, their words, tests and goldens: reserve,
// progress, bulletin and audit, with scoreboard for 月评比. What they share is in page, what an .xlsx
// file takes in workbook. Here is what concerns them all: Make makes them, and a Lineage
// answers where a cell's figure comes from, by making the workbook again and asking it. An Opened
// is all of them for pages: what a sheet shows, the month on a page, where a figure comes from.
package summary

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"huizong/consolidate"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/audit"
	"huizong/consolidate/summary/briefing"
	"huizong/consolidate/summary/bulletin"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/reserve"
	"huizong/consolidate/summary/workbook"
)

// A File is a file of a month: its path below the month's folder, with slashes.
type File struct {
	Path    string
	Content []byte
}

// A Written is a file as run.json names it.
type Written struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// WrittenOf is what run.json says of files; it is never nil.
func WrittenOf(files []File) []Written {
	all := []Written{}
	for _, file := range files {
		sum := sha256.Sum256(file.Content)
		all = append(all, Written{file.Path, hex.EncodeToString(sum[:])})
	}
	return all
}

// An Output is all that is made of a month: workbooks, the bulletin and the orders, and the notices
// to departments.
type Output struct{ Workbooks, Documents, Notices []File }

// A volume is a workbook of a month by the subject in its name.
type volume struct {
	subject string
	book    *workbook.Book
}

// A drawn is the workbooks of a month; the bulletin makes documents besides, and the leaders' is the month on a page.
type drawn struct {
	volumes []volume
	report  *bulletin.Workbook
	leaders *briefing.Workbook
}

// draw makes the workbooks of a month, which quote one another and refer to one another by subject.
func draw(m *consolidate.Month) *drawn {
	ideas, keys, ratings := reserve.Draw(m), progress.Draw(m), rating.Scores(m)
	report := bulletin.Draw(m, keys, ratings)
	leaders := briefing.Draw(m, ideas, keys, report)
	all := []volume{
		{reserve.Subject, ideas.Book}, {progress.Subject, keys.Book}, {bulletin.Subject, report.Book},
		{briefing.Subject, leaders.Book}, {audit.Subject, audit.Draw(m, ratings)},
	}
	for _, one := range all {
		for _, other := range all {
			one.book.Knows(other.subject)
		}
	}
	return &drawn{all, report, leaders}
}

// name is the name of the file.
func (v volume) name(m *consolidate.Month) string {
	return fmt.Sprintf("%s%s_%s.xlsx", m.County.Name, v.subject, m.Period)
}

// complete works out what the workbooks say. It fails if a figure does not tie out.
func (d *drawn) complete(m *consolidate.Month) error {
	for _, volume := range d.volumes {
		if err := volume.book.Complete(); err != nil {
			return fmt.Errorf("%s: %w", volume.name(m), err)
		}
	}
	return nil
}

// Make makes all files of a month, in the order in which run.json names them.
func Make(m *consolidate.Month) (*Output, error) {
	made := draw(m)
	if err := made.complete(m); err != nil { // before the first is written, since they quote one another
		return nil, err
	}
	out := &Output{}
	for _, kind := range []struct {
		to *[]File
		of func() []making // only now: documents hold all that they say
	}{
		{&out.Workbooks, func() []making { return made.workbooks(m) }},
		{&out.Documents, func() []making { return documentsOf(m, made.report) }},
		{&out.Notices, func() []making { return noticesTo(m) }},
	} {
		files, err := filesOf(kind.of())
		if err != nil {
			return nil, err
		}
		*kind.to = files
	}
	return out, nil
}

func (d *drawn) workbooks(m *consolidate.Month) (all []making) {
	for _, volume := range d.volumes {
		all = append(all, making{volume.name(m), volume.book})
	}
	return all
}

func documentsOf(m *consolidate.Month, report *bulletin.Workbook) (all []making) {
	for _, paper := range papersOf(m, report) {
		all = append(all, making{paper.path, paper.document})
	}
	return all
}

func noticesTo(m *consolidate.Month) (all []making) {
	for _, notice := range noticesOf(m) {
		all = append(all, making{notice.path, notice.book})
	}
	return all
}

// A making is a file to be: its path and what gives its bytes.
type making struct {
	path string
	of   interface{ Bytes() ([]byte, error) }
}

// filesOf makes files, as many at once as there are cores.
func filesOf(all []making) ([]File, error) {
	files := make([]File, len(all))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, one := range all {
		group.Go(func() error {
			content, err := one.of.Bytes()
			if err != nil {
				return fmt.Errorf("%s: %w", one.path, err)
			}
			files[i] = File{one.path, content}
			return nil
		})
	}
	return files, group.Wait()
}
