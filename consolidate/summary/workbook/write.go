package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"huizong/internal/zipped"
)

// application is what the file says wrote it.
const application = "Huizong"

// calculator is what the file says worked its formulas out: that of Excel 2019 and later, which works out anew what an
// older one did.
var calculator uint = 191029

// Bytes is the finished workbook, see Write.
func (b *Book) Bytes() ([]byte, error) {
	var written bytes.Buffer
	err := b.Write(&written)
	return written.Bytes(), err
}

// Write writes the finished workbook; the same content gives the same bytes. It
// fails if a figure does not match its formula.
func (b *Book) Write(to io.Writer) error {
	if err := b.Complete(); err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetDefaultFont(standardFont); err != nil {
		return fmt.Errorf("setting the standard font: %w", err)
	}
	for i, s := range b.sheets {
		if err := s.add(f, i); err != nil {
			return fmt.Errorf("adding sheet %s: %w", s.name, err)
		}
	}
	made := &file{book: b, styles: &styleSheet{file: f, fonts: b.fonts, ids: map[Style]int{}}}
	for _, s := range b.sheets {
		if err := made.frame(f, s); err != nil {
			return fmt.Errorf("writing sheet %s: %w", s.name, err)
		}
	}
	if err := made.writeNames(f); err != nil {
		return fmt.Errorf("naming cells of %s: %w", b.properties.Title, err)
	}
	if err := b.describe(f); err != nil {
		return fmt.Errorf("writing the properties of %s: %w", b.properties.Title, err)
	}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zipped.NewWriter(to, made.finish) }) // not into the library's buffer
	if err := f.Write(io.Discard); err != nil {
		return fmt.Errorf("packing %s: %w", b.properties.Title, err)
	}
	return nil
}

// A file is a book on its way into one: the library writes all of it but the rows of the sheets, which are put in as
// it is packed.
type file struct {
	book   *Book
	styles *styleSheet
	sheets []rowless
}

// A rowless is a sheet whose rows are still to be written, in styles of those numbers.
type rowless struct {
	*layout
	ids []int
}

// Complete works all values out once everything is drawn, and puts in what the book says by itself: links to sheets and
// remarks on rounding. It fails if a figure does not match its formula; done twice it is the same. Books that are
// complete may be written at once, though they quote one another.
func (b *Book) Complete() error {
	if b.complete {
		return nil
	}
	b.navigate()
	b.forget()
	var errs []error
	for _, s := range b.sheets {
		errs = append(errs, s.survey()...)
	}
	b.sayRounding()
	b.indices, b.orders = nil, nil // they are large, and made anew where a formula is spelled by them
	b.complete = len(errs) == 0
	return errors.Join(errs...)
}

// forget drops what cells came to before everything was drawn.
func (b *Book) forget() {
	b.indices, b.orders = nil, nil
	for _, s := range b.sheets {
		for _, l := range s.lines {
			for _, put := range l.slots {
				if put != nil && put != underChart {
					put.own = result{}
					if at := put.cell.quotes(); at != nil {
						put.shows = at.slot()
					}
				}
			}
		}
		for _, d := range s.tables {
			d.forget()
			d.parts = make([]columnParts, len(d.plan.columns))
		}
	}
}

// survey works the cells of a sheet out, makes columns as wide as numbers and dates need and tallies what tables show.
// The errors are figures that their formulas do not give.
func (s *Sheet) survey() []error {
	var errs []error
	for slot := range s.ordered() {
		if got, want, ok := slot.matches(); !ok {
			errs = append(errs, fmt.Errorf("%s: formula gives %v, the figure is %v", slot.at().first, got, want))
		}
		slot.widen()
		if slot.table != nil {
			slot.table.tally(slot)
		}
	}
	return errs
}

// matches compares the slot's value with the figure it must give, if any.
func (s *slot) matches() (got, want any, ok bool) {
	got = s.result()
	if s.cell.extra == nil || s.cell.extra.want == nil {
		return got, nil, true
	}
	if s.tied() {
		got = s.unrounded()
	}
	figure := s.cell.extra.want
	want = figure.constant(s.style.unit)
	x, isX := got.(float64)
	y, isY := want.(float64)
	if _, money := figure.v.(cents); money && isX {
		u := s.style.unit.worth()
		return got, want, math.Round(x*u) == math.Round(y*u)
	}
	if isX && isY {
		return got, want, math.Abs(x-y) <= 1e-9*max(1, math.Abs(y))
	}
	return got, want, got == want || got == "" && want == nil
}

// describe says whose workbook it is, and of when.
func (b *Book) describe(f *excelize.File) error {
	at := b.properties.Date.UTC().Format(time.RFC3339)
	err := f.SetDocProps(&excelize.DocProperties{
		Title: b.properties.Title, Creator: b.properties.Author, LastModifiedBy: b.properties.Author,
		Created: at, Modified: at, Language: "zh-CN",
	})
	if err != nil {
		return err
	}
	if err := f.SetCalcProps(&excelize.CalcPropsOptions{CalcID: &calculator}); err != nil {
		return err
	}
	return f.SetAppProps(&excelize.AppProperties{Application: application, Company: b.properties.Author})
}

// A styleSheet makes each style once.
type styleSheet struct {
	file  *excelize.File
	fonts Fonts
	ids   map[Style]int
}

// all are the numbers of the styles in the file.
func (s *styleSheet) all(styles []Style) ([]int, error) {
	ids := make([]int, len(styles))
	for i, style := range styles {
		var err error
		if ids[i], err = s.id(style); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

func (s *styleSheet) id(style Style) (int, error) {
	style.unit, style.adds = 0, false // these do not show
	id, made := s.ids[style]
	if !made {
		var err error
		if id, err = s.file.NewStyle(style.of(s.fonts)); err != nil {
			return 0, err
		}
		s.ids[style] = id
	}
	return id, nil
}

// add makes the empty sheet; the first takes the place of the one that is there.
func (s *Sheet) add(f *excelize.File, index int) error {
	if index == 0 {
		return f.SetSheetName(f.GetSheetName(0), s.name)
	}
	_, err := f.NewSheet(s.name)
	return err
}

// frame writes all of a sheet but its rows. The order is the library's: what stands before
// the rows in the file has to be set before the stream begins, all else between
// that and its end; what comes later is lost without an error.
func (x *file) frame(f *excelize.File, s *Sheet) error {
	printing := s.lay().print().settle()
	l := printing.layout
	fitted, colour := s.fitted(), "FF"+parts[s.part].colour // opaque
	if err := f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fitted, TabColorRGB: &colour}); err != nil {
		return err
	}
	extent := s.At(1, 1).Span(max(1, s.cols), max(1, s.rows))
	if err := f.SetSheetDimension(s.name, extent.name(false)); err != nil {
		return err
	}
	stream, err := f.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return s.writeFrame(f, stream) },
		func() error { return printing.writePage(f) },
		func() error { return l.writeMarks(f) },
		func() error { return s.writeCharts(f) },
		func() error { return l.writeMerged(stream) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	ids, err := x.styles.all(l.styles)
	if err != nil {
		return err
	}
	x.sheets = append(x.sheets, rowless{l, ids})
	return stream.Flush()
}

func (l *layout) writeMerged(stream *excelize.StreamWriter) error {
	for _, at := range l.merged {
		if err := stream.MergeCell(at.first.name(false), at.Last().name(false)); err != nil {
			return err
		}
	}
	return nil
}

// writeFrame sets widths, the tab, panes and the filter, whose buttons stand in the last row of the header.
func (s *Sheet) writeFrame(f *excelize.File, stream *excelize.StreamWriter) error {
	for col := max(s.cols, 1); col > 0; col-- { // the library lists the last one first
		if err := stream.SetColWidth(col, col, s.width(col)); err != nil {
			return err
		}
	}
	grid, zoom := false, s.zoom()
	if err := f.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &grid, ZoomScale: &zoom}); err != nil {
		return err
	}
	d := s.ledger
	if d == nil {
		return nil
	}
	corner := s.At(d.area.first.col+d.frozen, d.first)
	err := stream.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: corner.col - 1, YSplit: corner.row - 1, TopLeftCell: corner.name(false), ActivePane: d.pane(),
		Selection: []excelize.Selection{{SQRef: corner.name(false), ActiveCell: corner.name(false), Pane: d.pane()}},
	})
	if err != nil {
		return err
	}
	top := s.At(d.area.first.col, d.first-1)
	return f.AutoFilter(s.name, top.Span(d.area.cols, d.rows+1).name(false), nil)
}

func (d *Drawn) pane() string {
	if d.area.first.col+d.frozen == 1 {
		return "bottomLeft"
	}
	return "bottomRight"
}

// writePage sets what matters on paper.
func (p printing) writePage(f *excelize.File) error {
	s := p.sheet
	if err := f.SetPageLayout(s.name, p.setUp()); err != nil {
		return err
	}
	if err := f.SetPageMargins(s.name, pageMargins()); err != nil {
		return err
	}
	foot := strings.ReplaceAll(s.book.properties.Foot, "&", "&&")
	err := f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
		OddFooter: "&L&9" + spaced(foot) + "&C&9第 &P 页 共 &N 页&R&9" + spaced(s.name),
	})
	if err != nil {
		return err
	}
	for _, row := range s.breaks {
		if err := f.InsertPageBreak(s.name, s.At(1, row).name(false)); err != nil {
			return err
		}
	}
	names := []excelize.DefinedName{{Name: "_xlnm.Print_Area", RefersTo: s.printed().String(), Scope: s.name}}
	if d := s.ledger; d != nil {
		rows := fmt.Sprintf("%s!$%d:$%d", s.quoted(), d.head, d.first-1)
		names = append(names, excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: rows, Scope: s.name})
	}
	for _, n := range names {
		if err := f.SetDefinedName(&n); err != nil {
			return err
		}
	}
	return nil
}

// spaced keeps a text from being read as more digits of the font size before it.
func spaced(text string) string {
	if text == "" {
		return ""
	}
	return " " + text
}

// writeMarks sets notes, links, zeros without a sign, lists to choose from and conditional formats.
func (l *layout) writeMarks(f *excelize.File) error {
	s := l.sheet
	for _, m := range l.marks {
		at := m.at.name(false)
		if m.link.sheet != nil {
			if err := f.SetCellHyperLink(s.name, at, m.link.String(), "Location"); err != nil {
				return err
			}
		}
		if m.note == "" {
			continue
		}
		note := excelize.Comment{Cell: at, Author: s.book.properties.Author, Text: m.note, Width: 280, Height: noteHeight(m.note)}
		if err := f.AddComment(s.name, note); err != nil {
			return err
		}
	}
	for _, m := range l.marks {
		if m.vanishes {
			if err := m.unsigned(f); err != nil {
				return err
			}
		}
	}
	for _, c := range s.choices {
		if err := c.write(f); err != nil {
			return err
		}
	}
	for _, c := range s.conditional {
		if err := c.write(f); err != nil {
			return err
		}
	}
	return nil
}

// noteHeight is how many pixels high a note 280 wide has to be.
func noteHeight(text string) uint {
	lines := 1
	for line := range strings.SplitSeq(text, "\n") {
		lines += 1 + int(textPoints(line, Style{size: 9})/(260*pointsOfPixel))
	}
	return uint(max(60, lines*18))
}

func (s *Sheet) writeCharts(f *excelize.File) error {
	for _, c := range s.charts {
		chart := c.options(s.book.fonts)
		if err := f.AddChart(s.name, c.over.first.name(false), chart, c.mark(s.book.fonts, chart)...); err != nil {
			return err
		}
	}
	return nil
}
