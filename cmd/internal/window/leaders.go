package window

import (
	"fmt"
	"html/template"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"huizong/cmd/internal/job"
	"huizong/consolidate/summary"
	"huizong/internal/ledger"
)

// What leaders see, the office too: the month on a page, the workbooks, and where each of their figures comes from.
func (win *Window) leaderRoutes() {
	win.mux.HandleFunc("GET /m/{period}/brief", win.open(readers, showBrief))
	win.mux.HandleFunc("GET /m/{period}/books", win.open(readers, showBooks))
	win.mux.HandleFunc("GET /m/{period}/books/{book}", win.open(readers, sendBook))
	win.mux.HandleFunc("GET /m/{period}/books/{book}/{sheet}", win.open(readers, showSheet))
	win.mux.HandleFunc("GET /m/{period}/trace", win.open(readers, showTrace))
}

// opened is the workbooks of the month as it was published.
func (v *visit) opened() (opened *summary.Opened, err error) {
	opened, v.changed, err = v.win.reading.Opened(v.Context(), v.period)
	return opened, err
}

// SheetAt is the address of a sheet, both counted from 1.
func (p page) SheetAt(book, sheet int) string { return p.sheetAt(book, sheet) }

func (v *visit) sheetAt(book, sheet int) string {
	return v.at("books", strconv.Itoa(book), strconv.Itoa(sheet))
}

// TraceAt is the address of where a cell comes from.
func (p page) TraceAt(at summary.Place) string { return p.traceAt(at) }

func (v *visit) traceAt(at summary.Place) string {
	return v.at("trace") + "?" + url.Values{"book": {strconv.Itoa(at.Book)}, "sheet": {strconv.Itoa(at.Sheet)}, "cell": {at.Cell}}.Encode()
}

// A briefPage is the month on a page.
type briefPage struct {
	*summary.Overview
	Charts                 []shownChart
	Behind, Units, Filings *excerpt   // nil: there is none
	Leading                []*excerpt // in halves, side by side
}

// An excerpt is the lines of most concern of a sheet.
type excerpt struct {
	*summary.Excerpt
	Title string
	All   string // the address of the sheet
	Rest  string // says how many lines are left out; blank: none
	Heads []excerptHead
	Lines [][]shownFigure

	Stacked bool // its lines are too long for a phone, which shows their figures one under another
}

// An excerptHead is the heading of a column, of numbers or not.
type excerptHead struct {
	Name   string
	Number bool
}

// A shownFigure is a figure with its dress and the address of where it comes from; blank: nowhere.
type shownFigure struct {
	summary.Figure
	Name        string // of its column
	Class, Asks string
}

func showBrief(v *visit) error {
	opened, err := v.opened()
	if err != nil {
		return err
	}
	overview, err := opened.Overview()
	if err != nil {
		return err
	}
	return v.show("brief", v.brief(overview))
}

// brief is the page with its pictures and addresses.
func (v *visit) brief(of *summary.Overview) briefPage {
	p := briefPage{Overview: of, Charts: v.charts(of.Book, of.Charts)}
	p.Behind = v.excerpt(v.Say("滞后项目", "Projects that are behind"), of.Behind)
	p.Units = v.excerpt(v.Say("落后的单位", "Units that are behind"), of.Units)
	p.Filings = v.excerpt(v.Say("未报、退回、逾期的单位", "Units that owe, were sent back or were late"), of.Filings)
	if leading := v.excerpt(v.Say("主要指标", "Leading figures"), of.Leading); leading != nil {
		p.Leading = leading.halves()
	}
	for _, long := range []*excerpt{p.Behind, p.Filings} {
		if long != nil {
			long.Stacked = true
		}
	}
	return p
}

// excerpt is an excerpt with its addresses; nil where there is none.
func (v *visit) excerpt(title string, of *summary.Excerpt) *excerpt {
	if of == nil {
		return nil
	}
	e := &excerpt{Excerpt: of, Title: title, All: v.sheetAt(of.Book, of.Sheet)}
	if of.More > 0 {
		e.Rest = v.say(ledger.Phrase{"其余%d个，见《%s》", "%d more: %s"}, of.More, of.Name)
	}
	for i, name := range of.Headings {
		e.Heads = append(e.Heads, excerptHead{name, of.Lines[0][i].Number})
	}
	for _, line := range of.Lines {
		var shown []shownFigure
		for i, figure := range line {
			f := shownFigure{Figure: figure, Name: of.Headings[i], Class: lightClasses[string(figure.Light)]}
			if figure.Number {
				f.Class = "number"
			}
			if figure.Asked {
				f.Asks = v.traceAt(figure.Place)
			}
			shown = append(shown, f)
		}
		e.Lines = append(e.Lines, shown)
	}
	return e
}

// halves are the first lines and the rest, to stand side by side.
func (e *excerpt) halves() []*excerpt {
	first, second := *e, *e
	middle := (len(e.Lines) + 1) / 2
	first.Lines, second.Lines = e.Lines[:middle], e.Lines[middle:]
	return []*excerpt{&first, &second}
}

// A shownChart is a chart as a picture, with its values as a table under a caption.
type shownChart struct {
	Title    string
	Wide     bool // it has too many categories to stand beside another
	Picture  template.HTML
	Caption  string
	Headings []string
	Lines    []chartLine
}

// A chartLine is a category with its value in each series.
type chartLine struct {
	Name   string
	Values []linked
}

// A linked text leads to where it comes from; a blank address to nowhere.
type linked struct{ Text, Address string }

// mostBeside is how many categories a chart has that stands beside another.
const mostBeside = 20

// charts are the charts of a workbook.
func (v *visit) charts(book int, all []summary.Chart) []shownChart {
	var shown []shownChart
	for i, c := range all {
		series := c.Series
		if c.Mark != nil {
			series = append(series[:len(series):len(series)], *c.Mark)
		}
		says := v.say(ledger.Phrase{"共%d项，各数见图下的表", "%d categories; the values are in the table below"}, len(c.Categories))
		s := shownChart{Title: c.Title, Wide: len(c.Categories) > mostBeside, Picture: draw(c, fmt.Sprintf("chart-%d", i+1), says),
			Caption: v.Say("图中各数", "What the chart shows")}
		for _, one := range series {
			s.Headings = append(s.Headings, one.Name)
		}
		for j, name := range c.Categories {
			line := chartLine{Name: name}
			for _, one := range series {
				value := one.Values[j]
				line.Values = append(line.Values, linked{value.Shown, v.traceAt(summary.Place{Book: book, Sheet: value.Sheet, Cell: value.Place})})
			}
			s.Lines = append(s.Lines, line)
		}
		shown = append(shown, s)
	}
	return shown
}

// A booksPage is the list of workbooks and documents.
type booksPage struct {
	Books     []listedBook
	Documents []listedFile
	Unseen    string // why they can be had as they were published, and not be looked at here; blank: they can
}

// A listedBook is a workbook with its sheets.
type listedBook struct {
	listedFile
	summary.Title
}

// A listedFile is a file that can be had, by its number.
type listedFile struct {
	Number int
	Name   string
}

func showBooks(v *visit) error {
	files, err := v.win.reading.Published(v.Context(), v.period)
	if err != nil {
		return err
	}
	var p booksPage
	var titles []summary.Title
	opened, err := v.opened()
	switch t := v.explain(err); {
	case err == nil:
		titles = opened.Titles()
	case t == nil:
		return err
	default:
		p.Unseen = v.say(t.what, t.args...)
	}
	for i, file := range files {
		one := listedFile{i + 1, path.Base(file.Path)}
		if i < len(titles) {
			p.Books = append(p.Books, listedBook{one, titles[i]})
		} else {
			p.Documents = append(p.Documents, one)
		}
	}
	return v.show("books", p)
}

// numberOf is a number from 1 that an address names; 0 if it does not.
func numberOf(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || strconv.Itoa(n) != text {
		return 0
	}
	return max(0, n)
}

// sendBook sends a file as it was published.
func sendBook(v *visit) error {
	files, err := v.win.reading.Published(v.Context(), v.period)
	if err != nil {
		return err
	}
	n := numberOf(v.PathValue("book"))
	if n == 0 || n > len(files) {
		return errNotFound
	}
	file := files[n-1]
	content, err := job.ReadPublished(v.win.Out, v.period, file)
	if err != nil {
		return err
	}
	return v.attach(file.Path, content)
}

// A sheetPage is a sheet of a workbook.
type sheetPage struct {
	Book, Sheet int
	Title       summary.Title
	View        *summary.View
	Above       []shownRow // the rows over the header of a long table, or all rows
	Head, Body  []shownRow // the header and the rows of the one long table; nil where there is none
	Widths      []int      // of columns, in pixels
	Charts      []shownChart
}

// digitWide is how many pixels a digit is wide, in which widths of columns are given.
const digitWide = 8

// A shownRow is a row of a sheet.
type shownRow []shownCell

// A shownCell is a cell with its dress and addresses.
type shownCell struct {
	summary.Cell
	Class, Asks, Leads string // Asks: where it comes from; Leads: to another sheet; blank: nowhere
}

// Span is how many rows and columns the cell takes, where it is not one.
func (c shownCell) Span() template.HTMLAttr {
	var span string
	if c.Rows > 1 {
		span = fmt.Sprintf(` rowspan="%d"`, c.Rows)
	}
	if c.Cols > 1 {
		span += fmt.Sprintf(` colspan="%d"`, c.Cols)
	}
	return template.HTMLAttr(span)
}

// Heads reports whether the cell is the heading of a column.
func (c shownCell) Heads() bool { return c.Look == "heading" }

func showSheet(v *visit) error {
	opened, err := v.opened()
	if err != nil {
		return err
	}
	p := sheetPage{Book: numberOf(v.PathValue("book")), Sheet: numberOf(v.PathValue("sheet"))}
	if p.View, err = opened.View(p.Book, p.Sheet); err != nil {
		return err
	}
	p.Title = opened.Titles()[p.Book-1]
	rows := v.rows(p.Book, p.Sheet, p.View.Rows)
	p.Above, p.Head, p.Body = rows[:p.View.Head], rows[p.View.Head:p.View.Body], rows[p.View.Body:]
	if p.View.Body == 0 {
		p.Above, p.Body = rows, nil
	}
	p.Charts = v.charts(p.Book, p.View.Charts)
	for _, width := range p.View.Widths {
		p.Widths = append(p.Widths, int(width*digitWide))
	}
	return v.show("sheet", p)
}

// rows are the rows of a sheet with their dress.
func (v *visit) rows(book, sheet int, rows [][]summary.Cell) []shownRow {
	all := make([]shownRow, len(rows))
	for i, row := range rows {
		for _, cell := range row {
			c := shownCell{Cell: cell, Class: classOf(cell)}
			if cell.Figure {
				c.Asks = v.traceAt(summary.Place{Book: book, Sheet: sheet, Cell: cell.Place})
			}
			if cell.Link > 0 {
				c.Leads = v.sheetAt(book, cell.Link)
			}
			all[i] = append(all[i], c)
		}
	}
	return all
}

// classOf is how a cell is dressed.
func classOf(c summary.Cell) string {
	all := []string{"look-" + string(c.Look), []string{"left", "centre", "right"}[c.Align]}
	if c.Framed {
		all = append(all, "framed")
	}
	if c.Bold {
		all = append(all, "bold")
	}
	if c.Align == 1 && utf8.RuneCountInString(c.Text) <= shortText {
		all = append(all, "short")
	}
	if light := lightClasses[string(c.Light)]; light != "" {
		all = append(all, light)
	}
	return strings.Join(all, " ")
}

// shortText is how many characters of a label are not broken over lines: a date, a name of a unit.
const shortText = 10

// lightClasses are how lights are dressed, besides their word.
var lightClasses = map[string]string{"红灯": "light-red", "黄灯": "light-yellow", "绿灯": "light-green"}

// mostTraced is how many projects, facts or cells a page of a trace holds, mostPages how many pages of it can be asked for.
const (
	mostTraced = 50
	mostPages  = 1_000_000
)

// A tracePage is where a cell comes from.
type tracePage struct {
	*summary.Trace
	At            summary.Place
	Book          string
	Reads         []linked // the first of them
	Route         []linked // by way of which cells it leads to the first claim
	Row           linked   // where the last of them stands in its sheet; blank: there is no claim
	Items         []summary.Item
	First         int // the number of the first of Items, from 1
	Facts         []string
	Total, Claims int // items, and claims of all of them
	Pages         []tab
}

func showTrace(v *visit) error {
	opened, err := v.opened()
	if err != nil {
		return err
	}
	asked := v.URL.Query()
	p := tracePage{At: summary.Place{Book: numberOf(asked.Get("book")), Sheet: numberOf(asked.Get("sheet")), Cell: asked.Get("cell")}}
	if p.Trace, err = opened.Trace(p.At, v.lang); err != nil {
		return err
	}
	p.At.Cell, p.Book, p.Total = p.Cell, opened.Titles()[p.At.Book-1].Subject, len(p.Trace.Items)
	for _, item := range p.Trace.Items {
		p.Claims += len(item.Claims)
	}
	lead := func(named string) linked {
		if at, known := opened.Place(p.At.Book, named); known {
			return linked{named, v.traceAt(at)}
		}
		return linked{Text: named}
	}
	for _, named := range cut(p.Trace.Reads, 1) {
		p.Reads = append(p.Reads, lead(named))
	}
	if p.Total > 0 {
		path := p.Trace.Items[0].Claims[0].Path
		for _, named := range path {
			p.Route = append(p.Route, lead(named))
		}
		last := path[len(path)-1]
		if at, known := opened.Place(p.At.Book, last); known {
			p.Row = linked{last, v.sheetAt(at.Book, at.Sheet) + "#" + at.Cell}
		}
	}
	p.turn(v, min(max(1, numberOf(asked.Get("page"))), mostPages))
	return v.show("trace", p)
}

// turn cuts the projects and facts to those of a page.
func (p *tracePage) turn(v *visit, number int) {
	number = min(number, 1+max(p.Total, len(p.Trace.Facts))/mostTraced)
	p.First = (number-1)*mostTraced + 1
	p.Items, p.Facts = cut(p.Trace.Items, number), cut(p.Trace.Facts, number)
	for n := 1; n == 1 || (n-1)*mostTraced < max(p.Total, len(p.Trace.Facts)); n++ {
		p.Pages = append(p.Pages, tab{strconv.Itoa(n), v.traceAt(p.At) + "&page=" + strconv.Itoa(n), n == number})
	}
}

// cut is the page of that number of a long list.
func cut[T any](all []T, number int) []T {
	from := min(len(all), (number-1)*mostTraced)
	return all[from:min(len(all), from+mostTraced)]
}

// stateWords say of a claim whether it counts.
var stateWords = map[string]struct {
	Word  ledger.Phrase
	Light string
}{
	summary.Counts:  {ledger.Phrase{"采用", "counts"}, "green"},
	summary.Carried: {ledger.Phrase{"沿用", "carried over"}, "blue"},
	summary.Held:    {ledger.Phrase{"待核，未采用", "held back, not in force"}, "yellow"},
	summary.Late:    {ledger.Phrase{"结账后报送，未计入", "came when its month was closed, does not count"}, "grey"},
	summary.Other:   {ledger.Phrase{"他单位所报，未采用", "of another department, not in force"}, "grey"},
}

// StateWord is the state of a claim in words, StateLight how it is coloured.
func (p page) StateWord(state string) string { return stateWords[state].Word.In(p.lang) }

func (p page) StateLight(state string) string { return stateWords[state].Light }
