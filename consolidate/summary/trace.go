package summary

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Lineage answers where the figures of a workbook come from.
type Lineage struct {
	month *consolidate.Month
	book  *workbook.Book
	bases rating.Bases
}

// LineageOf makes the workbook of that file name again, to ask it; nil if the month has
// no such workbook.
func LineageOf(m *consolidate.Month, name string) *Lineage {
	for _, volume := range draw(m).volumes {
		if strings.Contains(name, volume.subject) && !IsDocument(name) {
			return &Lineage{m, volume.book, rating.BasesOf(m)}
		}
	}
	return nil
}

// IsDocument reports whether a file is named as the documents are.
func IsDocument(name string) bool { return strings.EqualFold(filepath.Ext(name), ".docx") }

// Bytes is the workbook as Make makes it.
func (l *Lineage) Bytes() ([]byte, error) { return l.book.Bytes() }

// Faults are what readers of the workbook would trip over: texts that send them to a sheet which is
// not there, print that is too small; for tests.
func (l *Lineage) Faults() []string { return append(l.book.Dangling(), l.book.Unreadable()...) }

// A Trace is a cell of a workbook with all that it rests on.
type Trace struct {
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Heading string `json:"heading"` // of its column
	Shown   string `json:"shown"`
	Formula string `json:"formula"` // blank: a value
	Sources
}

// Sources are what a cell or a paragraph rests on.
type Sources struct {
	Reads []string `json:"reads"` // the cells that the formula reads
	Items []Item   `json:"items"` // the projects that it shows, counts or adds up, each once
	Facts []string `json:"facts"` // the month's own
}

// An Item is a project with what was said of it.
type Item struct {
	Name       string  `json:"name"`
	Department string  `json:"department"` // whose row counts
	Claims     []Claim `json:"claims"`
}

// The states of claims.
const (
	Counts  = "counts"  // it is the value in force
	Carried = "carried" // the value in force, accepted in an earlier month (沿用)
	Held    = "held"    // held back this month: not in force
	Other   = "other"   // another department's: kept, not in force
	Late    = "late"    // came when its month was closed: kept, not in force
)

// A Claim is what one cell that a department sent says.
type Claim struct {
	Column     string   `json:"column"`
	Value      string   `json:"value"` // as it was read; blank: it does not say
	State      string   `json:"state"`
	Department string   `json:"department"`
	Form       string   `json:"form"`
	Period     string   `json:"period"`
	File       string   `json:"file"` // blank: the database no longer has the return
	SHA256     string   `json:"sha256"`
	Sheet      string   `json:"sheet"`
	Cell       string   `json:"cell"` // blank: the sheet has no such column
	Raw        string   `json:"raw"`  // as the file holds it
	Unit       string   `json:"unit"` // of money: the one that the cell was read in
	Did        string   `json:"did"`  // what was done to it
	Why        string   `json:"why"`  // why it is the one that counts, where departments differ
	Path       []string `json:"path"` // the cells of the workbook that lead to it
}

// Trace leads a cell back to its sources. An error says that there is no such sheet or cell.
func (l *Lineage) Trace(sheet, cell string, lang ledger.Lang) (*Trace, error) {
	at, err := l.book.Find(sheet, cell)
	switch {
	case errors.Is(err, workbook.ErrNoSheet):
		return nil, fmt.Errorf(ledger.Phrase{"没有工作表“%s”；这本工作簿有：%s", "no sheet %s; the workbook has: %s"}.In(lang), sheet, strings.Join(l.book.Sheets(), "、"))
	case err != nil:
		return nil, fmt.Errorf(ledger.Phrase{"“%s”不是单元格，请写列的字母和行号，如 B5",
			"%s is no cell: write the letters of the column and the number of the row, such as B5"}[lang], cell)
	}
	place := at.Place()
	t := newTracing(l.month, l.book, l.bases, lang)
	for _, read := range at.Reads() {
		t.Reads = append(t.Reads, read.PlaceFor(l.book))
	}
	for leaf := range at.Leaves() {
		t.leaf(leaf)
	}
	return &Trace{Sheet: place[:strings.LastIndex(place, "!")], Cell: place[strings.LastIndex(place, "!")+1:], Heading: at.Heading(),
		Shown: at.Shown(), Formula: at.Formula(), Sources: *t.Sources}, nil
}

// A tracing gathers what the leaves of a cell say, each claim and fact once.
type tracing struct {
	*Sources
	month  *consolidate.Month
	book   *workbook.Book // that is asked; nil: a document is
	bases  rating.Bases
	lang   ledger.Lang
	items  map[*consolidate.Project]int
	claims map[claimKey]bool
	facts  map[string]bool
}

func newTracing(m *consolidate.Month, book *workbook.Book, bases rating.Bases, lang ledger.Lang) *tracing {
	return &tracing{
		Sources: &Sources{Reads: []string{}, Items: []Item{}, Facts: []string{}},
		month:   m, book: book, bases: bases, lang: lang, items: map[*consolidate.Project]int{}, claims: map[claimKey]bool{}, facts: map[string]bool{},
	}
}

type claimKey struct {
	project *consolidate.Project
	row     *ledger.Standing
	column  *form.Column
}

func (t *tracing) leaf(leaf workbook.Leaf) {
	var path []string
	for _, at := range leaf.Path {
		path = append(path, at.PlaceFor(t.book))
	}
	switch origin := leaf.Origin.(type) {
	case page.FromProject:
		t.cited(origin, path)
	case page.FromRow:
		t.quoted(origin, path)
	case page.FromProjects:
		t.group(origin, path)
	case page.FromRows:
		t.reported(origin, path)
	case page.FromNothing:
		if len(path) == 1 {
			t.fact(ledger.Phrase{"%s《%s》没有这样的行", "%s, %s: there are no such rows"}.Format(t.lang, origin.Department, origin.Form.Title))
		}
	case page.FromFigure:
		t.figured(origin, path)
	case page.FromIndicator:
		t.gauged(origin, path)
	case page.FromFinding:
		t.fact(page.Discreet(*origin.Finding).Line(t.lang))
	case page.Fact:
		t.fact(ledger.Phrase(origin).In(t.lang))
	case page.FromReturns:
		t.delivered(origin)
	case page.FromReturn:
		t.fact(ledger.Phrase{"%s报送的《%s》 %s", "%s, %s: %s"}.Format(t.lang, origin.Sent.Department+origin.Sent.Period.Chinese(),
			form.ByID(origin.Sent.Form).Title, t.filed(origin.Sent)))
	case workbook.Numbering:
		if len(path) > 1 {
			return // a formula that reads a line's number reads what the line says
		}
		t.fact(ledger.Phrase{"表内序号", "the number of the line in its table"}.In(t.lang))
	default:
		panic(fmt.Sprintf("%s: an origin that nobody knows: %T", path[len(path)-1], origin))
	}
}

func (t *tracing) fact(text string) {
	if !t.facts[text] {
		t.facts[text] = true
		t.Facts = append(t.Facts, text)
	}
}

// cited adds the columns that say something; the first where none does.
func (t *tracing) cited(c page.FromProject, path []string) {
	silent := true
	for _, column := range c.Columns {
		row := c.Project.Spokesman(column)
		if field := column.Field(row.Record); field.Value.Known || field.Held || field.Raw != "" {
			t.column(c.Project, row, column, path)
			silent = false
		}
	}
	if silent && len(c.Columns) > 0 {
		t.column(c.Project, c.Project.Spokesman(c.Columns[0]), c.Columns[0], path)
	}
}

// quoted adds what the row says; one of the project whose word does not count is another's.
func (t *tracing) quoted(q page.FromRow, path []string) {
	state := Counts
	if q.Row != q.Project.Spokesman(q.Column) && slices.Contains(q.Project.Rows(), q.Row) {
		state = Other
	}
	t.add(q.Project, q.Row, q.Column, state, path)
}

// group adds the columns of each project; where there is none, that says the number.
func (t *tracing) group(g page.FromProjects, path []string) {
	for _, p := range g.Projects {
		t.cited(page.FromProject{Project: p, Columns: g.Columns}, path)
		t.entered(p, g.Entries[p], path)
	}
	if len(g.Projects) == 0 {
		t.fact(ledger.Phrase{"《%s》没有符合条件的行", "no row of %s meets the conditions"}.Format(t.lang, g.Form.Title))
	}
}

// entered adds to a key project what its row in the statistics says of it, where there is one.
func (t *tracing) entered(p, row *consolidate.Project, path []string) {
	if row == nil {
		return
	}
	if _, apart := t.items[row]; !apart {
		t.items[row] = t.items[p]
	}
	t.cited(page.FromProject{Project: row, Columns: consolidate.StatisticsColumns()}, path)
}

// reported adds the columns of each project.
func (t *tracing) reported(f page.FromRows, path []string) {
	for _, p := range t.month.Register.Projects[f.Form.ID] {
		if slices.ContainsFunc(p.Rows(), func(row *ledger.Standing) bool { return row.Department == f.Department && f.Where(p, row) }) {
			t.cited(page.FromProject{Project: p, Columns: f.Columns}, path)
		}
	}
}

// figured adds the rows that a published figure is taken over.
func (t *tracing) figured(name page.FromFigure, path []string) {
	f, figure := form.FigureNamed(string(name))
	g := page.FromProjects{Form: f, Columns: append(form.Reads(figure.Of), f.Entity.Column), Projects: t.month.Register.Under(string(name))}
	t.group(g, path)
}

// gauged adds the rows that an indicator of a unit is taken over; of one that is over the
// returns as such, what the unit sent.
func (t *tracing) gauged(g page.FromIndicator, path []string) {
	part, whole, ofRows := t.bases.Of(g.Indicator, g.Unit)
	if g.Whole {
		part = whole
	}
	switch {
	case !ofRows:
		t.delivered(page.FromReturns{Department: g.Unit})
	case len(part.Projects) == 0:
		t.fact(ledger.Phrase{"%s：%s没有符合条件的行", "%s: no row of %s meets the conditions"}.Format(t.lang, g.Indicator, g.Unit))
	}
	for _, p := range part.Projects {
		t.cited(page.FromProject{Project: p, Columns: slices.Concat(part.Columns, []*form.Column{p.Form.Entity.Column})}, path)
		t.entered(p, part.Entries[p], path)
	}
}

// column adds what is said in a column of a project, the row that counts first.
func (t *tracing) column(p *consolidate.Project, counts *ledger.Standing, c *form.Column, path []string) {
	t.add(p, counts, c, Counts, path)
	for _, row := range append([]*ledger.Standing{p.Row}, p.Others...) {
		if row != counts && c.Value(row.Record).Known {
			t.add(p, row, c, Other, path)
		}
	}
}

// add adds what a row says in a column and, where that is held back, what was said instead.
func (t *tracing) add(p *consolidate.Project, row *ledger.Standing, c *form.Column, state string, path []string) {
	if key := (claimKey{p, row, c}); t.claims[key] {
		return
	} else {
		t.claims[key] = true
	}
	origin, field := row.Origin(c.Index), c.Field(row.Record)
	switch {
	case t.month.CameLate(row):
		state = Late
	case state == Counts && field.Held && !field.Value.Known:
		state = Held
	case state == Counts && origin.Period != row.Period:
		state = Carried
	}
	why := ""
	if r, settled := p.Resolution(c); settled && state != Other && row == p.Spokesman(c) && r.Reason > consolidate.OnlyOne {
		winner, _ := r.Winner()
		why = page.VerdictOf(r, winner)
	}
	t.claim(p, c, field, t.month.SourceOf(row, c), origin.Period, Claim{State: state, Department: row.Department, Why: why, Path: path})
	if field, source, ok := t.month.HeldBack(row, c); ok && state != Held {
		t.claim(p, c, field, source, row.Period, Claim{State: Held, Department: row.Department, Path: path})
	}
}

func (t *tracing) claim(p *consolidate.Project, c *form.Column, field ledger.Field, source *ledger.Return, said ledger.Period, claim Claim) {
	claim.Column, claim.Form, claim.Period = page.Heading(c, said), c.Form.Title, said.String()
	claim.Value, claim.Cell, claim.Raw, claim.Did = c.Spell(field.Value), field.Cell.String(), field.Raw, field.Did
	if c.Type == form.AmountType && claim.Value != "" {
		claim.Unit = field.Unit
	}
	if source != nil {
		claim.File, claim.SHA256, claim.Sheet = source.File, source.FileSHA256, source.SheetOf(field)
	}
	at, known := t.items[p]
	if !known {
		at = len(t.Items)
		t.items[p] = at
		t.Items = append(t.Items, Item{Name: p.Name(), Department: p.Row.Department})
	}
	t.Items[at].Claims = append(t.Items[at].Claims, claim)
}

// delivered adds the returns that were sent this month.
func (t *tracing) delivered(d page.FromReturns) {
	whose, what := d.Department, ledger.Phrase{"各类报表", "all forms"}.In(t.lang)
	if whose == "" {
		whose = ledger.Phrase{"各单位", "all departments"}.In(t.lang)
	}
	if d.Form != nil {
		what = "《" + d.Form.Title + "》"
	}
	var sent []*ledger.Return
	for _, r := range t.month.Returns {
		if (d.Form == nil || r.Form == d.Form.ID) && (d.Department == "" || r.Department == d.Department) {
			sent = append(sent, r)
		}
	}
	if len(sent) == 0 {
		t.fact(ledger.Phrase{"%s本月没有报送%s", "%s sent nothing of %s this month"}.Format(t.lang, whose, what))
		return
	}
	t.fact(ledger.Phrase{"%s本月报送的%s：按份、按行计数，不出自某一格", "counted over what %s sent of %s this month, no one cell"}.Format(t.lang, whose, what))
	for _, r := range sent {
		t.fact(t.filed(r))
	}
}

// filed is a return with what became of its rows; of one of an earlier month the rows are
// not known here.
func (t *tracing) filed(r *ledger.Return) string {
	text := ledger.Phrase{"%s %s（%s，第%d版", "%s %s (%s, version %d"}.Format(t.lang, r.File, r.Sheet,
		ledger.Phrase{page.StateWords[r.State], string(r.State)}.In(t.lang), r.Version)
	if r.Period == t.month.Period {
		text += ledger.Phrase{"，", ", "}.In(t.lang) + rowsInWords(r.Rows(), t.lang)
	}
	return text + ledger.Phrase{"）", ")"}.In(t.lang) + " SHA-256 " + r.FileSHA256
}

// rowsInWords says what became of rows: 收到36行＝采用26＋小计等9＋空行1.
func rowsInWords(rows ledger.Rows, lang ledger.Lang) string {
	var parts []string
	for _, part := range []struct {
		n    int
		word ledger.Phrase
	}{
		{rows.Taken, ledger.Phrase{"采用", "taken"}}, {rows.Returned, ledger.Phrase{"退回", "returned"}}, {rows.Superseded, ledger.Phrase{"被新版替换", "superseded"}},
		{rows.Repeated, ledger.Phrase{"重复", "repeated"}}, {rows.Subtotal, ledger.Phrase{"小计等", "subtotals"}}, {rows.Blank, ledger.Phrase{"空行", "blank"}},
	} {
		if part.n > 0 {
			parts = append(parts, ledger.Phrase{"%[2]s%[1]d", "%[1]d %[2]s"}.Format(lang, part.n, part.word.In(lang)))
		}
	}
	return ledger.Phrase{"收到%d行＝%s", "%d rows seen = %s"}.Format(lang, rows.Seen, strings.Join(parts, ledger.Phrase{"＋", " + "}.In(lang)))
}
