package summary

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"huizong/consolidate"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/ledger"
)

// An Opened is the workbooks of a month, drawn once for those who look at them on a page and ask where a figure comes
// from, many at a time.
type Opened struct {
	month *consolidate.Month
	drawn *drawn
	bases rating.Bases
	one   sync.Mutex // asks the workbooks, which can be asked by one at a time
}

// ErrNotThere is the error of a workbook, sheet or cell that the month does not have.
var ErrNotThere = errors.New("the month has no such workbook, sheet or cell")

// Open draws the workbooks of a month. It fails where Make does: if a figure does not tie out.
func Open(m *consolidate.Month) (*Opened, error) {
	o := &Opened{month: m, drawn: draw(m), bases: rating.BasesOf(m)}
	if err := o.drawn.complete(m); err != nil {
		return nil, err
	}
	return o, nil
}

// Report is run.json of the merge that the workbooks are of, as it was written.
func (o *Opened) Report() string { return o.month.Report }

// A Title is a workbook of a month, by what it is on and the name of its file, with its sheets in order.
type Title struct {
	Subject, File string
	Sheets        []SheetTitle
}

// A SheetTitle is a sheet with what it shows, in a line; About is blank for the first.
type SheetTitle struct{ Name, About string }

// Titles are the workbooks in their order; pages number them, and their sheets, from 1.
func (o *Opened) Titles() []Title {
	var all []Title
	for _, volume := range o.drawn.volumes {
		title := Title{Subject: volume.subject, File: volume.name(o.month)}
		for _, sheet := range volume.book.Sheets() {
			title.Sheets = append(title.Sheets, SheetTitle{sheet, volume.book.About(sheet)})
		}
		all = append(all, title)
	}
	return all
}

// book is the workbook of that number, nil where there is none.
func (o *Opened) book(number int) *workbook.Book {
	if number < 1 || number > len(o.drawn.volumes) {
		return nil
	}
	return o.drawn.volumes[number-1].book
}

// sheet is the name of the sheet at a place, with its workbook: ErrNotThere if there is none.
func (o *Opened) sheet(book, number int) (*workbook.Book, string, error) {
	b := o.book(book)
	if b == nil || number < 1 || number > len(b.Sheets()) {
		return nil, "", ErrNotThere
	}
	return b, b.Sheets()[number-1], nil
}

// What pages show of workbooks; only package workbook knows how they are drawn.
type (
	View   = workbook.View
	Cell   = workbook.ViewCell
	Chart  = workbook.ViewChart
	Series = workbook.ViewSeries
	Value  = workbook.ViewValue
)

// View is a sheet as a page shows it: ErrNotThere if there is none.
func (o *Opened) View(book, sheet int) (*workbook.View, error) {
	o.one.Lock()
	defer o.one.Unlock()
	b, name, err := o.sheet(book, sheet)
	if err != nil {
		return nil, err
	}
	return b.View(name)
}

// Trace leads a cell back to its sources: ErrNotThere if there is no such cell.
func (o *Opened) Trace(at Place, lang ledger.Lang) (*Trace, error) {
	o.one.Lock()
	defer o.one.Unlock()
	b, sheet, err := o.sheet(at.Book, at.Sheet)
	if err != nil {
		return nil, err
	}
	trace, err := (&Lineage{o.month, b, o.bases}).Trace(sheet, at.Cell, lang)
	if err != nil {
		return nil, ErrNotThere
	}
	return trace, nil
}

// A Place is a cell of the workbooks of a month; they and their sheets are numbered from 1.
type Place struct {
	Book, Sheet int
	Cell        string // B5
}

// Place is the cell that a Trace of a cell in that workbook names, 总览!B5, or 《title》总览!B5 in another workbook; not
// known where the month has no such sheet.
func (o *Opened) Place(book int, named string) (at Place, known bool) {
	if title, rest, elsewhere := strings.Cut(strings.TrimPrefix(named, "《"), "》"); elsewhere && strings.HasPrefix(named, "《") {
		book = 1 + slices.IndexFunc(o.drawn.volumes, func(v volume) bool { return v.book.Title() == title })
		named = rest
	}
	b, cut := o.book(book), strings.LastIndex(named, "!")
	if b == nil || cut < 0 {
		return Place{}, false
	}
	sheet := 1 + slices.Index(b.Sheets(), named[:cut])
	return Place{book, sheet, named[cut+1:]}, sheet > 0
}
