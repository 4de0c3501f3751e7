package summary

import (
	"fmt"
	"path"

	"huizong/consolidate"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/bulletin"
	"huizong/consolidate/summary/document"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/ledger"
)

// Where the orders of a month go: 交办单/<unit>任务交办单_2024-06.docx.
const (
	ordersDir = "交办单"
	orderName = "%s任务交办单_%s.docx"
)

// A paper is a document of a month by its path below the month's folder, with slashes.
type paper struct {
	path     string
	document *document.Document
}

// papersOf makes the documents of a month: the bulletin, and an order for each unit.
func papersOf(m *consolidate.Month, report *bulletin.Workbook) []paper {
	papers := []paper{{fmt.Sprintf("%s%s_%s.docx", m.County.Name, bulletin.Subject, m.Period), report.Notice()}}
	for _, order := range report.Orders() {
		papers = append(papers, paper{path.Join(ordersDir, fmt.Sprintf(orderName, order.Unit, m.Period)), order.Document})
	}
	return papers
}

// A DocumentLineage answers where what a document says comes from.
type DocumentLineage struct {
	month    *consolidate.Month
	document *document.Document
	bases    rating.Bases
}

// DocumentLineageOf makes the document of that file name again, to ask it; nil if the month has no such
// document.
func DocumentLineageOf(m *consolidate.Month, name string) *DocumentLineage {
	for _, p := range papersOf(m, draw(m).report) {
		if path.Base(p.path) == name {
			return &DocumentLineage{m, p.document, rating.BasesOf(m)}
		}
	}
	return nil
}

// Bytes is the document as Make makes it.
func (l *DocumentLineage) Bytes() ([]byte, error) { return l.document.Bytes() }

// A Paragraph is a paragraph of a document by its number.
type Paragraph struct {
	Number int    `json:"paragraph"`
	Shown  string `json:"shown"`
}

// Paragraphs are those that quote cells of workbooks.
func (l *DocumentLineage) Paragraphs() []Paragraph {
	var all []Paragraph
	for _, p := range l.document.Paragraphs() {
		if len(cellsOf(p)) > 0 {
			all = append(all, Paragraph{p.Number, p.Parts.String()})
		}
	}
	return all
}

// cellsOf are the cells that a paragraph quotes.
func cellsOf(p document.Paragraph) []workbook.Ref {
	var cells []workbook.Ref
	for _, part := range p.Parts {
		if at, is := part.Origin.(workbook.Ref); is {
			cells = append(cells, at)
		}
	}
	return cells
}

// A DocumentTrace is a paragraph of a document with all that it rests on; Reads are the cells that it quotes.
type DocumentTrace struct {
	Paragraph
	Sources
}

// Trace leads a paragraph back to its sources. An error says that there is no such paragraph.
func (l *DocumentLineage) Trace(number int, lang ledger.Lang) (*DocumentTrace, error) {
	all := l.document.Paragraphs()
	if number < 1 || number > len(all) {
		return nil, fmt.Errorf(ledger.Phrase{"没有第%d段；这份文件有%d段", "no paragraph %d: the document has %d"}.In(lang), number, len(all))
	}
	p := all[number-1]
	t := newTracing(l.month, nil, l.bases, lang)
	for _, at := range cellsOf(p) {
		t.Reads = append(t.Reads, at.PlaceFor(nil))
		for leaf := range at.Leaves() {
			t.leaf(leaf)
		}
	}
	return &DocumentTrace{Paragraph{p.Number, p.Parts.String()}, *t.Sources}, nil
}
