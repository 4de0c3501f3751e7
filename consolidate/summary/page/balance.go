package page

import (
	"slices"
	"strings"

	"huizong/consolidate"
	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A step is one reason for which what was reported is not what is published.
type step struct {
	heading string
	of      func(consolidate.BridgeLine) consolidate.Tally
	// over are the rows in force that the step is over; nil: it is over rows that are not.
	over func(*consolidate.Project, *ledger.Standing) bool
}

var (
	additions = []step{
		{"加：待核调整", func(l consolidate.BridgeLine) consolidate.Tally { return l.Held }, heldBack},
		{"加：沿用", func(l consolidate.BridgeLine) consolidate.Tally { return l.Carried }, carriedOver},
		{"加：权威调整", func(l consolidate.BridgeLine) consolidate.Tally { return l.Authority }, byAuthority},
	}
	deductions = []step{
		{"减：被新版替换", func(l consolidate.BridgeLine) consolidate.Tally { return l.Superseded }, nil},
		{"减：重复", func(l consolidate.BridgeLine) consolidate.Tally { return l.Repeated }, nil},
		{"减：退回", func(l consolidate.BridgeLine) consolidate.Tally { return l.Returned }, nil},
		{"减：退库", func(l consolidate.BridgeLine) consolidate.Tally { return l.Left }, nil},
		{"减：打包子项", func(l consolidate.BridgeLine) consolidate.Tally { return l.Parts }, ofPackage},
		{"减：同一项目已计", func(l consolidate.BridgeLine) consolidate.Tally { return l.Doubled }, countedAlready},
	}
)

// DrawBalance draws 对账: how the rows and the money that departments reported become those
// that are published, unit by unit. Every line is a formula and closes, and the total is
// held against 项目台账.
func (r *Report) DrawBalance(s *workbook.Sheet, b Base) {
	additions, deductions := r.taken(additions), r.taken(deductions)
	published := func(measure string) workbook.Cell {
		return workbook.Minus(workbook.Plus(workbook.Own("报送/"+measure), own(additions, measure)...), own(deductions, measure)...)
	}
	rows, money := workbook.Whole.Dash(), workbook.Wan.Dash()
	columns := []workbook.Column[consolidate.BridgeLine]{
		{"报送单位", 20, workbook.Label, func(l consolidate.BridgeLine) workbook.Cell { return workbook.Text(l.Department) }},
		{"报送/行", 6, rows, func(l consolidate.BridgeLine) workbook.Cell {
			return workbook.Int(l.Reported.Rows).From(FromReturns{r.Form, l.Department})
		}},
		{"报送/万元", 12, money, func(l consolidate.BridgeLine) workbook.Cell {
			return workbook.Money(l.Reported.Amount).From(FromReturns{r.Form, l.Department})
		}},
	}
	for _, step := range slices.Concat(additions, deductions) {
		columns = append(columns,
			workbook.Column[consolidate.BridgeLine]{step.heading + "/行", 5, rows, func(l consolidate.BridgeLine) workbook.Cell {
				return workbook.Int(step.of(l).Rows).From(r.over(step, l))
			}},
			workbook.Column[consolidate.BridgeLine]{step.heading + "/万元", 11, money, func(l consolidate.BridgeLine) workbook.Cell {
				return workbook.Money(step.of(l).Amount).From(r.over(step, l))
			}})
	}
	columns = append(columns,
		workbook.Column[consolidate.BridgeLine]{"公布/行", 6, rows, func(l consolidate.BridgeLine) workbook.Cell {
			return published("行").Matching(workbook.Int(l.Published.Rows))
		}},
		workbook.Column[consolidate.BridgeLine]{"公布/万元", 12, money, func(l consolidate.BridgeLine) workbook.Cell {
			return published("万元").Matching(workbook.Money(l.Published.Amount))
		}})
	bridge := workbook.Table[consolidate.BridgeLine]{
		Title: r.ProjectsTitle("对账表"), Left: r.AsOf(), Right: "金额为" + Heading(r.Form.Amount.Column, r.Period) + "，单位：万元", Total: "合计",
		Ledger: true, Frozen: 1, Columns: columns,
		Notes: []string{"注：报送数取自本月收到的全部报表（含被新版替换的），公布数取自项目台账，两边分别计算、逐单位核对一致；本月没有发生的增减项不列。" +
			meanings(slices.Concat(additions, deductions), Heading(r.Form.Amount.Column, r.Period))},
	}.Draw(s.Top(), r.Bridge[r.Form.ID])
	drawProof(bridge, b)
}

// meanings explains the steps whose names do not; money is what is balanced.
func meanings(steps []step, money string) string {
	says := map[string]string{
		"加：待核调整":   "“待核调整”为待核的" + money + "沿用上次采用数后与本次填报数之差",
		"加：权威调整":   "“权威调整”为按权威顺序采用别的单位所报数与本单位所报数之差",
		"减：同一项目已计": "“同一项目已计”为与已计数的行认定为同一项目的行",
	}
	var all []string
	for _, s := range steps {
		if text, has := says[s.heading]; has {
			all = append(all, text)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return strings.Join(all, "；") + "。"
}

// taken are the steps that any unit's rows take this month.
func (r *Report) taken(steps []step) []step {
	return slices.DeleteFunc(slices.Clone(steps), func(s step) bool {
		return !slices.ContainsFunc(r.Bridge[r.Form.ID], func(l consolidate.BridgeLine) bool { return s.of(l) != consolidate.Tally{} })
	})
}

// over is the origin of the numbers of a step: the projects that it is over, where their
// rows stand, else what the department sent.
func (r *Report) over(s step, l consolidate.BridgeLine) any {
	switch {
	case s.of(l) == consolidate.Tally{}:
		return FromNothing{r.Form, l.Department}
	case s.over == nil:
		return FromReturns{r.Form, l.Department}
	}
	return FromRows{r.Form, l.Department, s.over, []*form.Column{r.Form.Amount.Column, r.Form.Entity.Column}}
}

func heldBack(p *consolidate.Project, row *ledger.Standing) bool {
	return !row.Carried() && row.Record.Fields.Held(p.Form.Amount.Index)
}

func carriedOver(_ *consolidate.Project, row *ledger.Standing) bool { return row.Carried() }

func byAuthority(p *consolidate.Project, row *ledger.Standing) bool {
	return row == p.Row && p.Counts() && p.Form.Amount.Of(row.Record) != p.Form.Amount.Of(p.Record())
}

func ofPackage(p *consolidate.Project, row *ledger.Standing) bool { return row == p.Row && !p.Counts() }

func countedAlready(p *consolidate.Project, row *ledger.Standing) bool { return row != p.Row }

// own are the cells of the steps in a formula's own row.
func own(steps []step, measure string) []workbook.Operand {
	cells := make([]workbook.Operand, len(steps))
	for i, step := range steps {
		cells[i] = workbook.Own(step.heading + "/" + measure)
	}
	return cells
}

// drawProof holds the totals of the bridge against those of the ledger, under the bridge.
func drawProof(bridge *workbook.Drawn, b Base) {
	type proof struct {
		what        string
		rows, money workbook.Cell
	}
	rows, money := bridge.Total("公布/行"), bridge.Total("公布/万元")
	inLedger, amountInLedger := b.Count(), b.Sum(b.money)
	workbook.Table[proof]{
		Caption: "与项目台账核对",
		Columns: []workbook.Column[proof]{
			{"核对", 20, workbook.Label, func(p proof) workbook.Cell { return workbook.Text(p.what) }},
			{"行", 6, workbook.Whole, func(p proof) workbook.Cell { return p.rows }},
			{"万元", 12, workbook.Wan, func(p proof) workbook.Cell { return p.money }},
		},
	}.Draw(bridge.Area().Below().Down(1), []proof{
		{"对账公布数", workbook.Same(rows), workbook.Same(money)},
		{"项目台账合计", inLedger, amountInLedger},
		{"差额（应为零）", workbook.Minus(rows, inLedger).Matching(workbook.Int(0)), workbook.Minus(money, amountInLedger).Matching(workbook.Money(0))},
	})
}
