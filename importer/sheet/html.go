package sheet

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// openHTML opens a web page, as systems export tables under the name of an .xls, as a book
// of one sheet: its tables, one below the other, and as rows of one cell each the lines of
// text outside of them, so that titles and notes are where a reader sees them.
//
// All cells are Text, just as the page shows them: 001234 and numbers of 18 digits stay
// what they are. A table within a cell begins on a row of its own, and what follows it in
// the row of that cell on another. Row and column spans are merges.
//
// A page that LibreOffice or Gnumeric made of a workbook of several sheets is a book of them.
func openHTML(source *source, limits Limits) (*Book, error) {
	text, err := wholeMarkup(source, limits)
	if err != nil {
		return nil, err
	}
	book := &Book{limits: limits}
	p := &webPage{book: book, tokens: html.NewTokenizer(bytes.NewReader(text)), limits: limits}
	p.tokens.SetMaxBuf(limits.Tag)
	p.tokens.AllowCDATA(true)
	p.addSheet()
	if err := p.read(); err != nil {
		return nil, err
	}
	p.grid.sheet.Name, book.Modified = cmp.Or(p.grid.sheet.Name, p.name), utcOf(p.saved)
	return book, nil
}

// A webPage is a web page that is being read.
type webPage struct {
	book   *Book
	tokens *html.Tokenizer
	limits Limits
	grid   *grid
	held   int // cells so far

	row    int         // number of the last row
	line   flow        // the line of text outside of cells
	tables []*webTable // those that are open, the innermost last
	found  int         // tables of the page
	frames bool
	root   string // html or body, whichever began first; blank in a page without either
	closed bool   // it has ended
	inert  string // the element whose content is not shown, while it is open

	name, saved string // of the sheet, and when it was saved, as Excel notes it
	gnumeric    bool   // Gnumeric made the page: each table is a sheet, whose name is its caption
	libreOffice bool   // LibreOffice made it
	listed      bool   // LibreOffice made it of several sheets, and has listed them
	naming      bool   // the line that comes before the next table is the name of the sheet
}

// addSheet begins a sheet.
func (p *webPage) addSheet() {
	p.grid, p.row = newGrid(p.book, "", "", &p.held), 0
	p.book.sheets = append(p.book.sheets, p.grid.sheet)
}

// nextSheet begins the next sheet of a workbook, whose name comes. The list of sheets that LibreOffice puts before the first is left out.
func (p *webPage) nextSheet() {
	if p.found == 0 || len(p.grid.rows) == 0 {
		p.book.sheets = p.book.sheets[:len(p.book.sheets)-1]
	}
	p.addSheet()
	p.naming = true
}

func (p *webPage) read() error {
	for {
		kind := p.tokens.Next()
		var err error
		switch kind {
		case html.ErrorToken:
			return p.finished()
		case html.TextToken:
			err = p.text()
		case html.CommentToken:
			p.comment()
		case html.StartTagToken, html.SelfClosingTagToken:
			if name := tagName(p.tokens.Raw()); name != "" {
				err = p.begin(name)
			}
		case html.EndTagToken:
			if name := tagName(p.tokens.Raw()); name != "" {
				err = p.end(name)
			}
		}
		if err != nil {
			return p.locate(err)
		}
	}
}

// locate names the row in a refusal.
func (p *webPage) locate(err error) error {
	var refusal *Refusal
	if errors.As(err, &refusal) && refusal.Row == 0 {
		refusal.Row = min(p.row, maxRow)
	}
	return err
}

// finished proves that the page is whole: nothing else tells one that was cut off.
func (p *webPage) finished() error {
	switch err := p.tokens.Err(); {
	case errors.Is(err, html.ErrBufferExceeded):
		return over("", "tag", int64(p.limits.Tag))
	case !errors.Is(err, io.EOF):
		return damaged("", "%v", err)
	case len(p.tables) > 0, p.inert != "", p.root != "" && !p.closed:
		return p.locate(damaged("", "the page is cut off"))
	case p.found == 0 && p.frames:
		return refuse(FileFrames, "a page of frames")
	case p.found == 0:
		return refuse(FileHTML, "a page without a table")
	}
	return p.endLine()
}

// comment reads what Excel notes of the workbook where only it looks.
func (p *webPage) comment() {
	note := string(p.tokens.Text())
	within := func(element string) string {
		_, rest, _ := strings.Cut(note, "<"+element+">")
		value, _, closed := strings.Cut(rest, "</"+element+">")
		if !closed {
			return ""
		}
		return html.UnescapeString(value)
	}
	if strings.Count(note, "<x:Name>") == 1 {
		p.name = within("x:Name")
	}
	if saved := within("o:LastSaved"); saved != "" {
		p.saved = saved
	}
}

// Elements by what they do to text: those that are not shown, and those that end the line.
var (
	inert = words("script style title noscript noframes comment select xml rt rp template object")
	block = words("address blockquote center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section ul")
)

// elements are all that matter, by their names.
var elements = map[string]string{}

func init() {
	const others = "a meta html body frame frameset table br caption col tbody thead tfoot tr td th s strike del sup"
	for _, all := range []map[string]bool{inert, block, words(others)} {
		for name := range all {
			elements[name] = name
		}
	}
}

// tagName is the name in a tag as it stands, in small letters; blank where it does not matter.
func tagName(tag []byte) string {
	var name [len("blockquote")]byte
	n := 0
	for _, c := range bytes.TrimLeft(tag, "</") {
		switch {
		case class[c]&inSpace != 0, c == '\f', c == '/', c == '>':
			return elements[string(name[:n])]
		case n == len(name):
			return ""
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		name[n] = c
		n++
	}
	return ""
}

func words(list string) map[string]bool {
	all := make(map[string]bool)
	for _, word := range strings.Fields(list) {
		all[word] = true
	}
	return all
}

func (p *webPage) begin(name string) error {
	switch {
	case p.inert != "":
		return nil
	case inert[name]:
		p.inert = name
		return nil
	case block[name]:
		return p.endBlock()
	}
	t := p.table()
	if t != nil {
		t.text.begin(name)
	}
	switch name {
	case "html", "body":
		p.root = cmp.Or(p.root, name)
	case "frame", "frameset":
		p.frames = true
	case "table":
		err := p.beginTable()
		p.naming = false
		return err
	case "br":
		return p.breakLine()
	case "meta":
		maker := p.attributes().content
		p.gnumeric = p.gnumeric || strings.HasPrefix(maker, "Gnumeric ")
		p.libreOffice = p.libreOffice || strings.HasPrefix(maker, "LibreOffice ")
	case "a":
		if t == nil && p.libreOffice {
			return p.anchor(p.attributes())
		}
	case "caption":
		if p.gnumeric && len(p.tables) == 1 && !t.begun {
			p.nextSheet()
			t.merges = 0
		}
		return p.endLine()
	}
	if t == nil {
		return nil
	}
	switch name {
	case "col":
		return p.column(t)
	case "tbody", "thead", "tfoot":
		return p.endRow(t)
	case "tr":
		return p.beginRow(t, p.attributes())
	case "td", "th":
		return p.beginCell(t)
	}
	return nil
}

func (p *webPage) end(name string) error {
	if p.inert != "" {
		if name == p.inert {
			p.inert = ""
		}
		return nil
	}
	if block[name] {
		return p.endBlock()
	}
	t := p.table()
	if t != nil {
		t.text.end(name)
	}
	switch name {
	case "html", "body":
		p.closed = p.closed || name == p.root
	case "caption":
		return p.endLine()
	}
	if t == nil {
		return nil
	}
	switch name {
	case "td", "th":
		return p.endCell(t)
	case "tr", "tbody", "thead", "tfoot":
		return p.endRow(t)
	case "table":
		return p.endTable(t)
	}
	return nil
}

// text reads characters: of a cell, of a caption, or of a line outside of tables.
func (p *webPage) text() error {
	if p.inert != "" {
		return nil
	}
	t := p.table()
	if t != nil && t.inCell {
		return t.text.add(p.tokens.Text(), p.limits)
	}
	return p.line.add(p.tokens.Text(), p.limits)
}

// breakLine is a line break: within a cell it stays one.
func (p *webPage) breakLine() error {
	if t := p.table(); t != nil && t.inCell {
		t.text.endLine(true)
		return nil
	}
	return p.endLine()
}

// endBlock is the beginning or the end of a paragraph.
func (p *webPage) endBlock() error {
	if t := p.table(); t != nil && t.inCell {
		t.text.endLine(false)
		return nil
	}
	return p.endLine()
}

// endLine makes the line of text outside of cells a row of its own. Within a table such a
// line stands above it; below its first row it is the rest of something that was lost.
func (p *webPage) endLine() error {
	line := p.line.take()
	if len(bytes.TrimSpace(line)) == 0 {
		return nil
	}
	if p.naming {
		p.grid.sheet.Name, p.naming = sheetNamed(line), false
		return nil
	}
	if t := p.table(); t != nil && t.begun {
		return damaged("", "text between the cells of a table: %.40q", line)
	}
	if err := p.newRow(false); err != nil {
		return err
	}
	p.grid.fonts.begin()
	if err := p.put(1, line); err != nil {
		return err
	}
	return p.grid.end(1)
}

// libreOfficeSheet is where LibreOffice begins a sheet of several, and where its list of them leads.
var libreOfficeSheet = regexp.MustCompile(`^#?table[0-9]+$`)

// anchor begins a sheet where LibreOffice does, which has listed it before.
func (p *webPage) anchor(a attributes) error {
	p.listed = p.listed || libreOfficeSheet.MatchString(a.address)
	if !p.listed || !libreOfficeSheet.MatchString(a.name) {
		return nil
	}
	err := p.endLine()
	p.nextSheet()
	return err
}

// sheetNamed is the name of a sheet in the line above it: "Sheet 2: 名称", or the name alone. No name has a colon.
func sheetNamed(line []byte) string {
	return strings.TrimSpace(string(line[bytes.LastIndexByte(line, ':')+1:]))
}

// newRow begins the next row of the sheet.
func (p *webPage) newRow(hidden bool) error {
	if p.row++; p.row > maxRow {
		return damaged("", "more rows than a sheet has")
	}
	p.grid.begin(p.row, hidden)
	return nil
}

// put adds a cell to the row.
func (p *webPage) put(column int, text []byte) error {
	from := len(p.grid.texts.bytes)
	p.grid.texts.bytes = append(p.grid.texts.bytes, text...)
	return p.grid.put(Cell{Column: column, Kind: Text}, from, 1, func(int) cellStyle { return cellStyle{} })
}

// attributes are those of the tag just begun that matter.
type attributes struct {
	hidden  bool // it is not shown
	columns int  // span or colspan
	rows    int  // rowspan; to the end of the table where the page says 0

	name, address, content string // of a place, where a link leads, what is said of the page
}

// Bounds of HTML itself; what is beyond counts as the bound.
const (
	mostColumns = 1000
	mostRows    = 65_534
)

func (p *webPage) attributes() attributes {
	a := attributes{columns: 1, rows: 1}
	for more := true; more; {
		var key, value []byte
		key, value, more = p.tokens.TagAttr()
		switch string(key) {
		case "hidden":
			a.hidden = true
		case "name":
			a.name = string(value)
		case "href":
			a.address = string(value)
		case "content":
			a.content = string(value)
		case "style":
			style := strings.ReplaceAll(strings.ToLower(string(value)), " ", "")
			a.hidden = a.hidden || strings.Contains(style, "display:none")
		case "span", "colspan":
			a.columns = min(max(leading(value), 1), mostColumns)
		case "rowspan":
			if a.rows = min(leading(value), mostRows); a.rows == 0 {
				a.rows = mostRows
			}
		}
	}
	return a
}

// leading reads the whole number that an attribute begins with, 1 where there is none.
func leading(value []byte) int {
	text := strings.TrimSpace(string(value))
	end := 0
	for end < len(text) && end < 9 && '0' <= text[end] && text[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(text[:end])
	if err != nil {
		return 1
	}
	return n
}
