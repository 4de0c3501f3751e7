package bulletin

import (
	"cmp"
	"fmt"
	"slices"

	"huizong/consolidate"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A filing is a line of 报送明细: what became of one form of one unit.
type filing struct {
	unit, group string
	form        *form.Form
	owed        bool
	returns     []*ledger.Return // every version, the oldest first
	inForce     *ledger.Return   // nil: none
	state       filingState
}

// A filingState is the word for what became of it.
type filingState string

const (
	onTime  filingState = "按时"
	tardy   filingState = "逾期"
	undated filingState = "日期未注明" // neither on time nor late
	refused filingState = "整份退回"  // sent back whole, and not yet mended
	missing filingState = "未报"
)

// Words of the columns 应报 and 收到.
const (
	isOwed   = "应报"
	notOwed  = "未列入"
	received = "收到"
)

// listFilings lists what every unit owes, and what it sent besides, in the official order.
func listFilings(m *consolidate.Month) []filing {
	var all []filing
	for _, f := range form.All() {
		sent := map[string][]*ledger.Return{}
		for _, r := range m.Returns {
			if r.Form == f.ID {
				sent[r.Department] = append(sent[r.Department], r)
			}
		}
		owing := m.County.Owes(f.ID)
		for _, unit := range owing {
			all = append(all, newFiling(m, f, unit, true, sent[unit.Name]))
			delete(sent, unit.Name)
		}
		for department, returns := range sent {
			unit, known := m.County.Unit(department)
			if !known {
				unit = county.Unit{Name: department, Group: page.Other}
			}
			all = append(all, newFiling(m, f, unit, false, returns))
		}
	}
	slices.SortFunc(all, func(a, b filing) int {
		return cmp.Or(m.Register.CompareUnits(a.unit, b.unit), cmp.Compare(a.form.Number, b.form.Number))
	})
	return all
}

func newFiling(m *consolidate.Month, f *form.Form, unit county.Unit, owed bool, returns []*ledger.Return) filing {
	line := filing{unit: unit.Name, group: unit.Group, form: f, owed: owed, returns: returns, state: missing}
	for _, r := range returns {
		if r.InForce() {
			line.inForce = r
		}
	}
	switch r := line.inForce; {
	case len(returns) == 0:
	case r == nil:
		line.state = refused
	case r.Received.IsZero() && r.Prepared.IsZero():
		line.state = undated
	case consolidate.Late(m.County, r):
		line.state = tardy
	default:
		line.state = onTime
	}
	return line
}

// newest is the return that the line speaks of: the one in force, else the last sent.
func (f filing) newest() *ledger.Return {
	if f.inForce == nil && len(f.returns) > 0 {
		return f.returns[len(f.returns)-1]
	}
	return f.inForce
}

// rows is the balance of all versions.
func (f filing) rows() (rows ledger.Rows) {
	for _, r := range f.returns {
		rows = rows.Plus(r.Rows())
	}
	return rows
}

// from is the origin of the cells of the line.
func (f filing) from() page.FromReturns { return page.FromReturns{Form: f.form, Department: f.unit} }

func (f filing) received() workbook.Cell {
	if len(f.returns) == 0 {
		return workbook.Blank
	}
	return workbook.Text(received).From(f.from())
}

func (f filing) due() string {
	if f.owed {
		return isOwed
	}
	return notOwed
}

// mark is the state as the table of units and forms shows it: 逾期, under it 第2版.
func (f filing) mark() workbook.Cell {
	text, style := string(f.state), page.Small(workbook.Label)
	if f.inForce != nil && f.inForce.State == ledger.Nil {
		text += "\n零报告"
	}
	if r := f.newest(); r != nil && r.Version > 1 {
		text += fmt.Sprintf("\n第%d版", r.Version)
	}
	if f.state == missing || f.state == refused {
		style = style.Bold().Ink("9C0006")
	}
	return workbook.Text(text).As(style).From(f.from())
}

// drawFilingLedger draws 报送明细: a line for each form of each unit, with its rows.
func (b *bulletin) drawFilingLedger(s *workbook.Sheet) *workbook.Drawn {
	newest := func(of func(*ledger.Return) workbook.Cell) func(filing) workbook.Cell {
		return func(f filing) workbook.Cell {
			if r := f.newest(); r != nil {
				return of(r).From(f.from())
			}
			return workbook.Blank
		}
	}
	text := func(of func(filing) string) func(filing) workbook.Cell {
		return func(f filing) workbook.Cell { return workbook.Text(of(f)).From(f.from()) }
	}
	columns := []workbook.Column[filing]{
		{"序号", 5, workbook.Ordinal, nil},
		{"类别", 6, workbook.Label, text(func(f filing) string { return f.group })},
		{"单位", 20, workbook.Label, text(func(f filing) string { return f.unit })},
		{"报表", 24, workbook.Label, text(func(f filing) string { return f.form.Title })},
		{"应报", 7, workbook.Label, text(filing.due)},
		{"收到", 6, workbook.Label, filing.received},
		{"状态", 11, workbook.Label, text(func(f filing) string { return string(f.state) })},
		{"日期", 12, workbook.Label, newest(func(r *ledger.Return) workbook.Cell {
			return workbook.Text(cmp.Or(r.Received.String(), r.Prepared.String()))
		})},
		{"版次", 6, workbook.Ordinal, newest(func(r *ledger.Return) workbook.Cell { return workbook.Int(r.Version) })},
	}
	totals := map[string]workbook.Cell{
		"应报": workbook.CountIf(workbook.Is(workbook.Rows("应报"), workbook.Text(isOwed))).As(workbook.Whole.Align(workbook.Centre)),
		"收到": workbook.CountA(workbook.Rows("收到")).As(workbook.Whole.Align(workbook.Centre)),
	}
	for _, c := range []struct {
		heading string
		of      func(ledger.Rows) int
	}{
		{"行数/报送", func(r ledger.Rows) int { return r.Seen }}, {"行数/采用", func(r ledger.Rows) int { return r.Taken }},
		{"行数/退回", func(r ledger.Rows) int { return r.Returned }}, {"行数/被新版替换", func(r ledger.Rows) int { return r.Superseded }},
		{"行数/重复", func(r ledger.Rows) int { return r.Repeated }}, {"行数/小计等", func(r ledger.Rows) int { return r.Subtotal }},
		{"行数/空行", func(r ledger.Rows) int { return r.Blank }}, {"采用中待核", func(r ledger.Rows) int { return r.Held }},
	} {
		columns = append(columns, workbook.Column[filing]{c.heading, 7, workbook.Whole.Dash(),
			func(f filing) workbook.Cell { return workbook.Int(c.of(f.rows())).From(f.from()) }})
		totals[c.heading] = workbook.Sum(workbook.Rows(c.heading)).Matching(workbook.Int(c.of(b.Balance)))
	}
	columns = append(columns, workbook.Column[filing]{"文件", 60, page.Small(workbook.Prose),
		newest(func(r *ledger.Return) workbook.Cell { return workbook.Text(r.File) })})
	return workbook.Table[filing]{
		Title: b.Title("报送明细"), Left: b.AsOf() + "，报送截止 " + b.County.Due.In(b.Period).String(), Right: "单位：份、行", Total: "合计",
		Ledger: true, Dense: true, Frozen: 4, Printed: len(columns) - 1, Columns: columns, Totals: totals,
		Notes: []string{"注：报送行＝采用＋退回＋被新版替换＋重复＋小计等＋空行，含各版次；“采用中待核”为已采用而有栏目待核的行。日期为收件日期，没有的为填报日期。文件名在电子表右侧，打印从略。"},
	}.Draw(s.Top(), b.filings)
}

// A tally counts filings by a column of 报送明细.
type tally struct {
	name, kind string
	filings    []filing // of a unit
}

// tallyColumns are those of both tables of 报送情况: what was due and what became of it, with
// the two rates over what was due. mine is the condition that a filing is of the row.
func tallyColumns(sent *workbook.Drawn, mine workbook.Condition) ([]workbook.Column[tally], map[string]workbook.Cell) {
	says := func(column, word string) workbook.Condition {
		return workbook.Is(sent.Column(column), workbook.Text(word))
	}
	owed := says("应报", isOwed)
	columns, totals := []workbook.Column[tally]{}, map[string]workbook.Cell{}
	add := func(heading string, where ...workbook.Condition) {
		columns = append(columns, workbook.Column[tally]{heading, 7, workbook.Whole.Dash(), func(tally) workbook.Cell {
			return workbook.CountIf(mine, append(slices.Clone(where), owed)...)
		}})
		totals[heading] = workbook.CountIf(owed, where...)
	}
	add("应报")
	add("收到", says("收到", received))
	for _, state := range []filingState{onTime, tardy, undated, refused, missing} {
		add("其中/"+string(state), says("状态", string(state)))
	}
	for _, rate := range [][2]string{{"报送率", "收到"}, {"按时报送率", "其中/" + string(onTime)}} {
		share := workbook.Quotient(workbook.Own(rate[1]), workbook.Own("应报"))
		columns = append(columns, workbook.Column[tally]{rate[0], 8, workbook.Percent, func(tally) workbook.Cell { return share }})
		totals[rate[0]] = share
	}
	return columns, totals
}

// drawFilings draws 报送情况: units against forms, and under it the forms.
func (b *bulletin) drawFilings(s *workbook.Sheet, sent *workbook.Drawn) *workbook.Drawn {
	var units, forms []tally
	for _, f := range b.filings {
		if len(units) == 0 || units[len(units)-1].name != f.unit {
			units = append(units, tally{name: f.unit, kind: f.group})
		}
		last := &units[len(units)-1]
		last.filings = append(last.filings, f)
	}
	columns, totals := tallyColumns(sent, workbook.Block(sent.Column("单位"), workbook.Own("单位")))
	columns = append([]workbook.Column[tally]{
		{"序号", 5, workbook.Ordinal, nil},
		{"类别", 6, workbook.Label, func(t tally) workbook.Cell { return workbook.Text(t.kind) }},
		{"单位", 24, workbook.Label, func(t tally) workbook.Cell { return workbook.Text(t.name) }},
	}, columns...)
	for _, f := range form.All() {
		kind := "当月"
		if f.Stock {
			kind = "存量"
		}
		forms = append(forms, tally{name: f.Title, kind: kind})
		columns = append(columns, workbook.Column[tally]{f.Title, 9, workbook.Label, func(t tally) workbook.Cell {
			at := slices.IndexFunc(t.filings, func(one filing) bool { return one.form == f })
			if at < 0 {
				return workbook.Blank
			}
			return t.filings[at].mark()
		}})
	}
	drawn := workbook.Table[tally]{
		Title: b.Title("报表报送情况"), Left: b.AsOf() + "，报送截止 " + b.County.Due.In(b.Period).String(), Right: "单位：份", Total: "合计",
		Ledger: true, Dense: true, Frozen: 3, Columns: columns, Totals: totals,
		Notes: []string{"注：报送率＝收到÷应报，按时报送率＝按时÷应报，分母均为应报份数；收到含整份退回的；采用而有个别行退回的见《报送明细》。日期未注明的不计按时也不计逾期。空白为该单位没有该表的报送任务。没有应报报表的单位不计比率。"},
	}.Draw(s.Top(), units)
	columns, totals = tallyColumns(sent, workbook.Is(sent.Column("报表"), workbook.Own("报表")))
	columns = append([]workbook.Column[tally]{
		{"序号", 5, workbook.Ordinal, nil},
		{"类别", 6, workbook.Label, func(t tally) workbook.Cell { return workbook.Text(t.kind) }},
		{"报表", 24, workbook.Label, func(t tally) workbook.Cell { return workbook.Text(t.name) }},
	}, columns...)
	workbook.Table[tally]{Caption: "分报表", Total: "合计", Columns: columns, Totals: totals}.Draw(drawn.Area().Below().Down(1), forms)
	return drawn
}
