package summary

import (
	"fmt"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// What cells give workbook.Cell.From as their origin: columns of a project, what one row
// says, what is the month's own, or what departments sent.
type (
	// A citation is of the columns of a project that a cell shows or is judged by, each by
	// whoever's word counts.
	citation struct {
		project *consolidate.Project
		columns []*form.Column
	}
	// A quotation is of what one row says of a project, such as that of an earlier month.
	quotation struct {
		project *consolidate.Project
		row     *ledger.Standing
		column  *form.Column
	}
	// A fact is the month's own, in each language: it stands in no cell of a department.
	fact [2]string
	// A delivered is what was sent of a form, by one department or, blank, by all: what rows
	// and returns are counted over.
	delivered struct {
		form       *form.Form
		department string
	}
)

// cite is the origin of a cell of a project. Columns that the line does not have (nil) are
// left out.
func cite(p project, columns ...*form.Column) citation {
	c := citation{project: p.Project}
	for _, column := range columns {
		if column != nil {
			c.columns = append(c.columns, column)
		}
	}
	return c
}

// cited gives the cells of a column their origin: the columns of the form that they show or
// are judged by.
func cited(value func(project) workbook.Cell, columns ...*form.Column) func(project) workbook.Cell {
	return func(p project) workbook.Cell { return value(p).From(citation{p.Project, columns}) }
}

// A Lineage answers where the figures of a workbook come from.
type Lineage struct {
	month *consolidate.Month
	book  *workbook.Book
}

// LineageOf makes the workbook of that file name again, to ask it; nil if the month has no
// such workbook.
func LineageOf(m *consolidate.Month, name string) *Lineage {
	for _, workbook := range workbooks {
		if strings.Contains(name, workbook.subject) {
			return &Lineage{m, workbook.draw(m)}
		}
	}
	return nil
}

// Bytes is the workbook as Write writes it.
func (l *Lineage) Bytes() ([]byte, error) { return l.book.Bytes() }

// A Trace is a cell of a workbook with all that it rests on.
type Trace struct {
	Sheet   string   `json:"sheet"`
	Cell    string   `json:"cell"`
	Heading string   `json:"heading"` // of its column
	Shown   string   `json:"shown"`
	Formula string   `json:"formula"` // blank: a value
	Reads   []string `json:"reads"`   // the cells that the formula reads
	Items   []Item   `json:"items"`   // the projects that it shows, counts or adds up, each once
	Facts   []string `json:"facts"`   // the month's own
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
)

// A Claim is what one cell that a department sent says.
type Claim struct {
	Column     string   `json:"column"`
	Value      string   `json:"value"` // as it was read; blank: it does not say
	State      string   `json:"state"`
	Department string   `json:"department"`
	Form       string   `json:"form"`
	Period     string   `json:"period"`
	File       string   `json:"file"` // blank: the books no longer have the return
	SHA256     string   `json:"sha256"`
	Sheet      string   `json:"sheet"`
	Cell       string   `json:"cell"` // blank: the sheet has no such column
	Raw        string   `json:"raw"`  // as the file holds it
	Unit       string   `json:"unit"` // of money, as the sheet states it
	Did        string   `json:"did"`  // what was done to it
	Path       []string `json:"path"` // the cells of the workbook that lead to it
}

// Trace leads a cell back to its sources. An error says that there is no such sheet or cell.
func (l *Lineage) Trace(sheet, cell string, lang ledger.Lang) (*Trace, error) {
	at, err := l.book.Find(sheet, cell)
	if err != nil {
		return nil, err
	}
	place := at.Place()
	t := &tracing{
		Trace: &Trace{Sheet: place[:strings.LastIndex(place, "!")], Cell: place[strings.LastIndex(place, "!")+1:], Heading: at.Heading(),
			Shown: at.Shown(), Formula: at.Formula(), Reads: []string{}, Items: []Item{}, Facts: []string{}},
		month: l.month, lang: lang, items: map[*consolidate.Project]int{}, claims: map[claimKey]bool{}, facts: map[string]bool{},
	}
	for _, read := range at.Reads() {
		t.Reads = append(t.Reads, read.Place())
	}
	for leaf := range at.Leaves() {
		t.leaf(leaf)
	}
	return t.Trace, nil
}

// A tracing gathers what the leaves of a cell say, each claim and fact once.
type tracing struct {
	*Trace
	month  *consolidate.Month
	lang   ledger.Lang
	items  map[*consolidate.Project]int
	claims map[claimKey]bool
	facts  map[string]bool
}

type claimKey struct {
	project *consolidate.Project
	row     *ledger.Standing
	column  *form.Column
}

func (t *tracing) leaf(leaf workbook.Leaf) {
	var path []string
	for _, at := range leaf.Path {
		path = append(path, at.Place())
	}
	switch origin := leaf.Origin.(type) {
	case citation:
		t.cited(origin, path)
	case quotation:
		t.add(origin.project, origin.row, origin.column, Counts, path)
	case fact:
		t.fact(origin[t.lang])
	case delivered:
		t.filed(origin)
	case workbook.Numbering:
		if len(path) > 1 {
			return // a formula that reads a line's number reads what the line says
		}
		t.fact(fact{"表内序号", "the number of the line in its table"}[t.lang])
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
func (t *tracing) cited(c citation, path []string) {
	silent := true
	for _, column := range c.columns {
		row := c.project.Spokesman(column)
		if field := row.Record.Fields[column.Index]; field.Value.Known || field.Held || field.Raw != "" {
			t.column(c.project, row, column, path)
			silent = false
		}
	}
	if silent && len(c.columns) > 0 {
		t.column(c.project, c.project.Spokesman(c.columns[0]), c.columns[0], path)
	}
}

// column adds what is said in a column of a project, the row that counts first.
func (t *tracing) column(p *consolidate.Project, counts *ledger.Standing, c *form.Column, path []string) {
	t.add(p, counts, c, Counts, path)
	for _, row := range append([]*ledger.Standing{p.Row}, p.Others...) {
		if row != counts && row.Record.Fields[c.Index].Value.Known {
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
	origin, field := row.Origin(c.Index), row.Record.Fields[c.Index]
	switch {
	case state == Counts && field.Held && !field.Value.Known:
		state = Held
	case state == Counts && origin.Period != row.Period:
		state = Carried
	}
	t.claim(p, c, field, t.month.SourceOf(row, c), origin.Period, Claim{State: state, Department: row.Department, Path: path})
	if field, source, ok := t.month.HeldBack(row, c); ok && state != Held {
		t.claim(p, c, field, source, row.Period, Claim{State: Held, Department: row.Department, Path: path})
	}
}

func (t *tracing) claim(p *consolidate.Project, c *form.Column, field ledger.Field, source *ledger.Return, said ledger.Period, claim Claim) {
	claim.Column, claim.Form, claim.Period = heading(c, said), c.Form.Title, said.String()
	claim.Value, claim.Cell, claim.Raw, claim.Did = c.Show(field.Value), field.Cell, field.Raw, field.Did
	if c.Type == form.AmountType && claim.Value != "" {
		claim.Value += "万元"
	}
	if source != nil {
		claim.File, claim.SHA256, claim.Sheet = source.File, source.FileSHA256, source.Sheet
		if c.Type == form.AmountType {
			claim.Unit = source.Unit
		}
	}
	at, known := t.items[p]
	if !known {
		at = len(t.Items)
		t.items[p] = at
		t.Items = append(t.Items, Item{Name: p.Name(), Department: p.Row.Department})
	}
	t.Items[at].Claims = append(t.Items[at].Claims, claim)
}

// filed adds the returns that were sent.
func (t *tracing) filed(f delivered) {
	whose := f.department
	if whose == "" {
		whose = fact{"各单位", "all departments"}[t.lang]
	}
	t.fact(fmt.Sprintf(fact{"对账：%s本月报送的《%s》逐行计数，不出自某一格", "balance: rows counted over what %s sent of %s this month; no one cell"}[t.lang], whose, f.form.Title))
	for _, r := range t.month.Returns {
		if r.Form == f.form.ID && (f.department == "" || r.Department == f.department) {
			rows, state := r.Rows(), fact{stateWords[r.State], string(r.State)}[t.lang]
			t.fact(fmt.Sprintf(fact{"%s %s（%s，第%d版，看到%d行、采用%d行） SHA-256 %s", "%s %s (%s, version %d, %d rows seen, %d taken) SHA-256 %s"}[t.lang],
				r.File, r.Sheet, state, r.Version, rows.Seen, rows.Taken, r.FileSHA256))
		}
	}
}
