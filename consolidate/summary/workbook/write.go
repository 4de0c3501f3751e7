package workbook

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"huizong/internal/zipped"
)

// application is what the file says wrote it.
const application = "Huizong"

// Write writes the finished workbook.
func (b *Book) Write(w io.Writer) error {
	data, err := b.Bytes()
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// Bytes is the finished workbook; the same content gives the same bytes. It
// fails if a figure does not match its formula.
func (b *Book) Bytes() ([]byte, error) {
	if err := b.Complete(); err != nil {
		return nil, err
	}
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetDefaultFont(standardFont); err != nil {
		return nil, fmt.Errorf("setting the standard font: %w", err)
	}
	styles := &styleSheet{file: f, fonts: b.fonts, ids: map[Style]int{}, known: map[*Style]int{}}
	for i, s := range b.sheets {
		if err := s.add(f, i); err != nil {
			return nil, fmt.Errorf("adding sheet %s: %w", s.name, err)
		}
	}
	for _, s := range b.sheets {
		if err := s.write(f, styles); err != nil {
			return nil, fmt.Errorf("writing sheet %s: %w", s.name, err)
		}
	}
	if err := b.writeNames(f); err != nil {
		return nil, fmt.Errorf("naming cells of %s: %w", b.properties.Title, err)
	}
	if err := b.describe(f); err != nil {
		return nil, fmt.Errorf("writing the properties of %s: %w", b.properties.Title, err)
	}
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return zipped.NewWriter(w, b.finish) })
	file, err := f.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("packing %s: %w", b.properties.Title, err)
	}
	return file.Bytes(), nil
}

// Complete works all values out once everything is drawn, and puts in what the book says by itself: links to sheets and
// remarks on rounding. It fails if a figure does not match its formula; done twice it is the same.
func (b *Book) Complete() error {
	b.navigate()
	if err := b.prove(); err != nil {
		return err
	}
	b.linkMentions()
	b.sayRounding()
	return nil
}

// formulaLimit is how long a formula may be, in characters.
const formulaLimit = 8192

// prove works all values out and compares those that must match a figure.
func (b *Book) prove() error {
	var errs []error
	for _, s := range b.sheets {
		for slot := range s.ordered() {
			slot.state = unknown
		}
	}
	for _, s := range b.sheets {
		for slot := range s.ordered() {
			if got, want, ok := slot.matches(); !ok {
				errs = append(errs, fmt.Errorf("%s: formula gives %v, the figure is %v", slot.at().first, got, want))
			}
		}
	}
	return errors.Join(errs...)
}

// matches compares the slot's value with the figure it must give, if any.
func (s *slot) matches() (got, want any, ok bool) {
	got = s.result()
	if s.cell.extra == nil || s.cell.extra.want == nil {
		return got, nil, true
	}
	figure := s.cell.extra.want
	want = figure.constant(s.style.unit)
	x, isX := got.(float64)
	y, isY := want.(float64)
	if _, money := figure.v.(cents); money && isX {
		u := float64(s.style.unit)
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
	return f.SetAppProps(&excelize.AppProperties{Application: application, Company: b.properties.Author})
}

// A styleSheet makes each style once.
type styleSheet struct {
	file  *excelize.File
	fonts Fonts
	ids   map[Style]int
	known map[*Style]int // the same, without looking into the style
}

func (s *styleSheet) id(of *Style) (int, error) {
	if id, ok := s.known[of]; ok {
		return id, nil
	}
	style := *of
	style.unit, style.adds = 0, false // these do not show
	id, made := s.ids[style]
	if !made {
		var err error
		if id, err = s.file.NewStyle(style.of(s.fonts)); err != nil {
			return 0, err
		}
		s.ids[style] = id
	}
	s.known[of] = id
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

// write streams the sheet out. The order is the library's: what stands before
// the rows in the file has to be set before the stream begins, all else between
// that and its end; what comes later is lost without an error.
func (s *Sheet) write(f *excelize.File, styles *styleSheet) error {
	printing := s.print(s.fit()).settle()
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
		func() error { return s.writeMarks(f) },
		func() error { return s.writeCharts(f) },
		func() error { return s.writeRows(stream, styles, printing.heights) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return stream.Flush()
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
	if err := f.SetPageLayout(s.name, p.layout()); err != nil {
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
func (s *Sheet) writeMarks(f *excelize.File) error {
	for slot := range s.ordered() {
		extra := slot.cell.extra
		if extra == nil {
			continue
		}
		at := slot.at().first.name(false)
		if extra.link.sheet != nil {
			if err := f.SetCellHyperLink(s.name, at, extra.link.String(), "Location"); err != nil {
				return err
			}
		}
		if extra.note == "" {
			continue
		}
		note := excelize.Comment{Cell: at, Author: s.book.properties.Author, Text: extra.note, Width: 280, Height: noteHeight(extra.note)}
		if err := f.AddComment(s.name, note); err != nil {
			return err
		}
	}
	for slot := range s.ordered() {
		if slot.style.format.vanishes(slot.result()) {
			if err := slot.unsigned(f); err != nil {
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

// written is the slot as the library writes it.
func (s *slot) written(style int) (excelize.Cell, error) {
	formula := s.spelling()
	if n := utf8.RuneCountInString(formula); n > formulaLimit {
		return excelize.Cell{}, fmt.Errorf("%s: formula of %d characters, over %d", s.at().first, n, formulaLimit)
	}
	return excelize.Cell{StyleID: style, Formula: formula, Value: s.result()}, nil
}

// writeRows streams the cells. All cells of a merged range get its style, so
// that its frame is whole.
func (s *Sheet) writeRows(stream *excelize.StreamWriter, styles *styleSheet, heights map[int]float64) error {
	for row := 1; row <= s.rows; row++ {
		line := make([]any, s.cols)
		for i := range s.cols {
			slot := s.At(i+1, row).covering()
			if slot == nil {
				continue
			}
			id, err := styles.id(slot.style)
			if err != nil {
				return err
			}
			if !slot.starts(row, i+1) {
				line[i] = excelize.Cell{StyleID: id}
				continue
			}
			if line[i], err = slot.written(id); err != nil {
				return err
			}
			if at := slot.at(); at.cols*at.rows > 1 {
				if err := stream.MergeCell(at.first.name(false), at.Last().name(false)); err != nil {
					return err
				}
			}
		}
		if err := stream.SetRow(s.At(1, row).name(false), line, excelize.RowOpts{Height: heights[row]}); err != nil {
			return err
		}
	}
	return nil
}
