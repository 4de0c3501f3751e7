package importer

import (
	"path"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// An answered sheet is one of ours that came back with answers: below a header that names the key and the answer a
// line for each question. Where the column of the keys was taken out, no line has a key.
type answered struct {
	page    *page
	who     string         // who answers: as is said above the table (填写人：…); blank where nobody is named
	columns map[string]int // by heading
	lines   []line         // below the header
	answer  string         // its heading
}

// readAnswered reads a sheet of ours by the heading of the answer; not ok where none has it.
func (o *opened) readAnswered(s *sheet.Sheet, date1904 bool, answer string) (a *answered, ok bool, err error) {
	p, err := o.readPage(s, date1904)
	if err != nil {
		return nil, false, err
	}
	if p.long {
		return nil, false, tooMuch(s.Name, "rows", o.Limits.Rows)
	}
	a = &answered{page: p, answer: answer}
	for i := range p.lines {
		if a.header(&p.lines[i]) {
			a.lines = p.lines[i+1:]
			return a, true, nil
		}
		a.filler(&p.lines[i])
	}
	return a, false, nil
}

// header takes a line for the header if it names the answer.
func (a *answered) header(l *line) bool {
	columns := map[string]int{}
	for _, cell := range l.cells {
		columns[ledger.Fold(cell.Raw)] = cell.Column
	}
	if columns[ledger.Fold(a.answer)] == 0 {
		return false
	}
	a.columns = columns
	return true
}

// filler finds who answers above the header.
func (a *answered) filler(l *line) {
	for _, cell := range l.cells {
		_, after, found := strings.Cut(strings.ReplaceAll(cell.Raw, ":", "："), ledger.ReplyFiller+"：")
		if after = strings.TrimSpace(after); found && after != "" {
			a.who = after
		}
	}
}

// says is what a line says below a heading.
func (a *answered) says(l *line, heading string) string {
	return strings.TrimSpace(l.at(a.columns[ledger.Fold(heading)]).Raw)
}

// cell is that of the answer of a line.
func (a *answered) cell(l *line) string { return sheet.Ref(a.columns[ledger.Fold(a.answer)], l.number) }

// baseName is the name of a file without what its kind is called by.
func baseName(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }
