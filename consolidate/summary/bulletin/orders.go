package bulletin

import (
	"fmt"
	"slices"
	"strings"

	"huizong/consolidate/rating"
	"huizong/consolidate/summary/page"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/ledger"
)

// An order is 任务交办单 of one unit: what is behind, what is overdue, what was not sent.
type order struct {
	unit      string
	number    int // among the orders of the month, from 1
	projects  []laggard
	obstacles []page.Obstacle
	tasks     []task
	filings   []filing
}

// ordersOf are the orders of the month: of the units that something is asked of.
func (b *bulletin) ordersOf() []*order {
	orders := map[string]*order{}
	of := func(unit string) *order {
		if orders[unit] == nil {
			orders[unit] = &order{unit: unit}
		}
		return orders[unit]
	}
	for _, p := range b.laggards() {
		of(p.Unit).projects = append(of(p.Unit).projects, p)
	}
	for _, o := range b.ObstaclesOf() {
		if o.Days > 0 {
			of(o.Unit).obstacles = append(of(o.Unit).obstacles, o)
		}
	}
	for _, t := range b.tasksOf() {
		if t.late() {
			of(t.Unit).tasks = append(of(t.Unit).tasks, t)
		}
	}
	for _, f := range b.filings {
		if f.owed && f.inForce == nil || f.inForce != nil && f.inForce.Rows().Returned > 0 {
			of(f.unit).filings = append(of(f.unit).filings, f)
		}
	}
	var all []*order
	for _, o := range orders {
		all = append(all, o)
	}
	slices.SortFunc(all, func(x, z *order) int { return b.Register.CompareUnits(x.unit, z.unit) })
	for i, o := range all {
		o.number = i + 1
	}
	return all
}

// by is the day until which what is ordered must be done: when the next returns are due.
func (b *bulletin) by() ledger.Date { return b.County.Due.In(b.Period.Add(1)) }

// Origins of what an order says by itself.
var (
	numberOfOrder   = page.Fact{"交办单编号：月份和单位次序", "the number of the order: the month, and the place of the unit"}
	deadlineOfOrder = page.Fact{"下月报表报送截止日（county.toml）", "the day on which the next returns are due (county.toml)"}
)

// numbered is the number of an order, by which its line, its matters and its document are known.
func (b *bulletin) numbered(o *order) workbook.Cell {
	return workbook.Text(fmt.Sprintf("%s第%d号", b.Period.Chinese(), o.number)).From(numberOfOrder)
}

// until is the deadline of all orders.
func (b *bulletin) until() workbook.Cell {
	by := b.by()
	return workbook.Text(fmt.Sprintf("%d年%d月%d日", by.Year, by.Month, by.Day)).From(deadlineOfOrder)
}

// An ordered is the orders of a month as they were drawn.
type ordered struct {
	orders  []*order
	summary *workbook.Drawn // 任务交办汇总: a line for each order; nil where nothing is ordered
	details *workbook.Drawn // 交办明细: a line for each of matters
	matters []matter
	lines   map[askedOf][]int // of 交办明细, from 0
}

// An askedOf is what a kind of matter asks of an order's unit.
type askedOf struct {
	order *order
	kind  string
}

// drawOrders draws 交办明细, every matter that is ordered, and over it 任务交办汇总, a line for each unit.
func (b *bulletin) drawOrders(s, details *workbook.Sheet) *ordered {
	all := &ordered{orders: b.ordersOf(), lines: map[askedOf][]int{}}
	if len(all.orders) == 0 {
		for sheet, title := range map[*workbook.Sheet]string{s: "任务交办汇总", details: "任务交办明细"} {
			flow := sheet.Flow(12, 7)
			flow.Write(workbook.Text(b.Title(title)), workbook.Title)
			flow.Write(workbook.Text("本月没有滞后、逾期和未报事项，不作交办。"), workbook.Bulletin)
		}
		return all
	}
	for _, o := range all.orders {
		all.matters = append(all.matters, b.mattersOf(o)...)
	}
	for i, m := range all.matters {
		of := askedOf{m.order, m.kind}
		all.lines[of] = append(all.lines[of], i)
	}
	all.details = b.drawMatters(details, all.matters)
	columns := []workbook.Column[*order]{
		{"序号", 6, workbook.Ordinal, nil},
		{"编号", 18, workbook.Label, b.numbered},
		{"责任单位", 26, workbook.Label, func(o *order) workbook.Cell {
			return workbook.Text(o.unit).From(page.Fact{"有交办事项的单位", "a unit that something is asked of"})
		}},
	}
	mine := workbook.Block(all.details.Column("责任单位"), workbook.Own("责任单位"))
	for _, kind := range kindsOfMatter {
		columns = append(columns, workbook.Column[*order]{kind, 9, workbook.Whole.Dash(), func(*order) workbook.Cell {
			return workbook.CountIf(mine, workbook.Is(all.details.Column("类别"), workbook.Text(kind)))
		}})
	}
	columns = append(columns, workbook.Column[*order]{"合计", 8, workbook.Whole, func(*order) workbook.Cell {
		return workbook.CountIf(mine)
	}}, workbook.Column[*order]{"办结时限", 16, workbook.Label, func(*order) workbook.Cell { return b.until() }})
	all.summary = workbook.Table[*order]{
		Title: b.Title("任务交办汇总"), Left: b.AsOf(), Right: "单位：项", Total: "合计", Ledger: true, Frozen: 3, Columns: columns,
		Totals: map[string]workbook.Cell{"责任单位": workbook.CountA(workbook.Rows("责任单位")).As(workbook.Whole.Suffix("个单位").Align(workbook.Centre))},
		Notes:  []string{"注：一个单位一份交办单，编号与文件夹“交办单”中的文件一致；各事项见《交办明细》。"},
	}.Draw(s.Top(), all.orders)
	return all
}

// headline is the number of units that orders go to; not known where nothing is ordered.
func (o *ordered) headline() headlineCell {
	if o.summary == nil {
		return headlineCell{}
	}
	return headlineCell{known: true, now: o.summary.Total("责任单位"), style: workbook.Whole}
}

// of are the lines of 交办明细 of an order and a kind, by their place there.
func (o *ordered) of(one *order, kind string) []int { return o.lines[askedOf{one, kind}] }

// asked is why the unit is asked about a return: 未报, 退回, or rows sent back.
func (f filing) asked() string {
	if f.inForce == nil {
		return string(f.state)
	}
	return fmt.Sprintf("有退回行（%d行）", f.inForce.Rows().Returned)
}

// mostFaults is how many faults of a return an order names.
const mostFaults = 3

// faults names what is wrong with what was sent back, each at its cell.
func (b *bulletin) faults(f filing) string {
	var all []string
	for _, found := range b.found[sentOn{f.form.ID, f.unit}] {
		back := found.Code.Effect == ledger.RejectRow && f.inForce != nil || found.Code.Effect < ledger.RejectRow && f.inForce == nil
		if back {
			all = append(all, page.Discreet(*found).Line(ledger.Chinese))
		}
	}
	text := strings.Join(all[:min(mostFaults, len(all))], "；")
	if len(all) > mostFaults {
		text += fmt.Sprintf("；等%d处", len(all))
	}
	return text
}

func (f filing) request() string {
	switch {
	case f.state == missing:
		return "尽快报送；没有变化的报“本月无变化”"
	case f.inForce == nil:
		return "更正后重报"
	}
	return "更正退回的行后重报"
}

// judged is the origin of what the lights of a project say.
func judged(p *page.Project) page.FromProject { return page.Cite(p, rating.LightColumns()...) }
