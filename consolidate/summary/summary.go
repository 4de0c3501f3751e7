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
	"fmt"
	"io"

	"huizong/consolidate"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/audit"
	"huizong/consolidate/summary/briefing"
	"huizong/consolidate/summary/bulletin"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/reserve"
	"huizong/consolidate/summary/workbook"
)

// A File is a file of a month: its path below the month's folder, with slashes, and what writes it.
type File struct {
	Path  string
	Write func(to io.Writer) error
}

// An Output is all that is made of a month. Files are made as they are written, the same bytes each time; those of one kind
// may be written at once.
type Output struct {
	month *consolidate.Month
	drawn *drawn
}

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

// Make works out all that is made of a month. It fails if a figure does not tie out.
func Make(m *consolidate.Month) (*Output, error) {
	made := draw(m)
	if err := made.complete(m); err != nil {
		return nil, err
	}
	return &Output{m, made}, nil
}

// Workbooks are those of the month, in the order in which run.json names them.
func (o *Output) Workbooks() []File {
	var files []File
	for _, volume := range o.drawn.volumes {
		files = append(files, File{volume.name(o.month), volume.book.Write})
	}
	return files
}

// Documents are the bulletin and the orders.
func (o *Output) Documents() []File {
	var files []File
	for _, paper := range papersOf(o.month, o.drawn.report) {
		files = append(files, File{paper.path, paper.document.Write})
	}
	return files
}

// Notices are what departments are told of what others said.
func (o *Output) Notices() []File {
	var files []File
	for _, notice := range noticesOf(o.month) {
		files = append(files, File{notice.path, notice.book.Write})
	}
	return files
}
