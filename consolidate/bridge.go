package consolidate

import (
	"fmt"
	"maps"
	"slices"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Tally is rows with their money: 总投资 of the reserve, 1-N月累计 of key projects.
type Tally struct {
	Rows   int
	Amount ledger.Money
}

func (t *Tally) add(rows int, amount ledger.Amount) {
	t.Rows += rows
	t.Amount += amount.V
}

func (t Tally) plus(o Tally) Tally  { return Tally{t.Rows + o.Rows, t.Amount + o.Amount} }
func (t Tally) minus(o Tally) Tally { return Tally{t.Rows - o.Rows, t.Amount - o.Amount} }

// A BridgeLine is the ledger balance (对账) of one department on one form: what it
// reported in all its returns of the month, what of it does not count and why, what stands
// from the month before, and so what is published.
type BridgeLine struct {
	Department string
	Reported   Tally // data rows of every return of the month
	Superseded Tally // of older versions
	Repeated   Tally // identical rows
	Returned   Tally // sent back
	Left       Tally // by which a project left
	Held       Tally // amounts held back: the value in force less the value reported (no rows)
	Carried    Tally // 沿用
	Parts      Tally // of packages
	Doubled    Tally // of projects that another row counts for
	Authority  Tally // by which the word that counts differs from the row's own (no rows)
	Published  Tally // what the figures are taken from
}

// Closes reports whether the line balances, to the cent.
func (l BridgeLine) Closes() bool {
	return l.Published == l.Reported.minus(l.Superseded).minus(l.Repeated).minus(l.Returned).minus(l.Left).
		plus(l.Held).plus(l.Carried).minus(l.Parts).minus(l.Doubled).plus(l.Authority)
}

// tallies are all of the line's, so that none is forgotten where lines are added up.
func (l *BridgeLine) tallies() []*Tally {
	return []*Tally{&l.Reported, &l.Superseded, &l.Repeated, &l.Returned, &l.Left, &l.Held, &l.Carried, &l.Parts, &l.Doubled, &l.Authority, &l.Published}
}

// Total adds up the lines of a bridge.
func Total(lines []BridgeLine) BridgeLine {
	total := BridgeLine{Department: "合计"}
	for _, line := range lines {
		for i, tally := range line.tallies() {
			*total.tallies()[i] = total.tallies()[i].plus(*tally)
		}
	}
	return total
}

// bridge strikes the balance of a form. What departments reported is taken from the
// returns as they were read, what they reported before from the history, what is published
// from the projects that count: the two sides know nothing of each other, so that a row lost
// or altered between them, new or carried over, leaves a line open.
func bridge(f *form.Form, m *Month) ([]BridgeLine, error) {
	lines := map[string]*BridgeLine{}
	line := func(department string) *BridgeLine {
		if lines[department] == nil {
			lines[department] = &BridgeLine{Department: department}
		}
		return lines[department]
	}
	renewed := map[*ledger.Standing]bool{}
	for _, r := range m.Returns {
		if r.Form != f.ID {
			continue
		}
		for i := range r.Records {
			if record := &r.Records[i]; m.tallyRecord(line(r.Department), f, r, record) {
				renewed[m.past[record]] = true
			}
		}
	}
	before := m.History.before()
	for i := range before {
		if row := &before[i]; f.Stock && row.Form == f.ID && !renewed[row] && m.replaced[row] == nil && !finished(f, row) {
			line(row.Department).Carried.add(1, m.kept(f, row))
		}
	}
	for _, p := range m.Register.Projects[f.ID] {
		tallyProject(line, p)
	}
	var all []BridgeLine
	departments := slices.Collect(maps.Keys(lines))
	slices.SortFunc(departments, m.Register.CompareUnits)
	for _, department := range departments {
		l := *lines[department]
		if !l.Closes() {
			return nil, fmt.Errorf("the ledger balance of %s does not close for %s: %+v", f.ID, department, l)
		}
		all = append(all, l)
	}
	return all, nil
}

// tallyProject enters every claim that departments make on a project: the row that counts
// once, with what the word of another makes of its amount, all others as doubled. A claim
// that is lost on the way leaves its department's line open.
func tallyProject(line func(string) *BridgeLine, p *Project) {
	f := p.Form
	for _, row := range claimants(p) {
		own := amountOf(f, row.Record)
		switch {
		case row != p.Row:
			line(row.Department).Doubled.add(1, own)
		case p.Counts():
			counts := line(row.Department)
			counts.Authority.add(0, ledger.Of(wordOf(p).V-own.V))
			counts.Published.add(1, amountOf(f, p.Record()))
		default:
			line(row.Department).Parts.add(1, own)
		}
	}
}

// claimants are the rows whose claims on the amount were settled; where nothing had to be
// settled, the rows of the project.
func claimants(p *Project) []*ledger.Standing {
	settled, shared := p.Resolution(p.Form.Amount.Column)
	if !shared {
		return p.Rows()
	}
	var rows []*ledger.Standing
	for _, claim := range settled.Claims {
		rows = append(rows, claim.Row)
	}
	return append(rows, p.Former...)
}

// wordOf is the amount of the claim that counts, from the row that makes it.
func wordOf(p *Project) ledger.Amount {
	if settled, shared := p.Resolution(p.Form.Amount.Column); shared {
		return amountOf(p.Form, settled.Claims[0].Row.Record)
	}
	return amountOf(p.Form, p.Row.Record)
}

// agrees holds the balance against the figures that are published of the form: its rows
// against the count of all, its money against the total of all.
func agrees(f *form.Form, lines []BridgeLine, figures map[string]int64) error {
	published := Total(lines).Published
	for _, figure := range f.Figures {
		value, known := figures[figure.Name]
		balance := int64(published.Rows)
		switch {
		case !known:
			continue
		case figure.Of == form.CountOf(nil):
		case f.Amount.Column != nil && figure.Of == form.TotalOf(f.Amount, nil):
			balance = int64(published.Amount)
		default:
			continue
		}
		if value != balance {
			return fmt.Errorf("the ledger balance of %s comes to %d, the figure %s is %d", f.ID, balance, figure.Name, value)
		}
	}
	return nil
}

func amountOf(f *form.Form, r *ledger.Record) ledger.Amount {
	if f.Amount.Column == nil {
		return ledger.Amount{}
	}
	return f.Amount.Of(r)
}

// tallyRecord enters one data row of a return by what became of it, and reports whether it
// counts in place of what stood before.
func (m *Month) tallyRecord(line *BridgeLine, f *form.Form, r *ledger.Return, record *ledger.Record) bool {
	amount := amountOf(f, record)
	line.Reported.add(1, amount)
	switch {
	case r.State == ledger.Returned:
		line.Returned.add(1, amount)
	case r.State == ledger.Repeated || record.Repeated:
		line.Repeated.add(1, amount)
	case r.State == ledger.Superseded:
		line.Superseded.add(1, amount)
	case record.Returned:
		line.Returned.add(1, amount)
	case leaves(f, r.Period, record, m.past[record]):
		line.Left.add(1, amount)
		return true
	default:
		if f.Amount.Column != nil && record.Fields.Held(f.Amount.Index) {
			line.Held.add(0, ledger.Of(m.kept(f, m.past[record]).V-amount.V))
		}
		return true
	}
	return false
}

// kept is the amount of a row of the month before that outlives its month; blank where
// nothing stood.
func (m *Month) kept(f *form.Form, before *ledger.Standing) ledger.Amount {
	if before == nil || f.Amount.Column == nil || !Carries(f.Amount.Column, m.Period) {
		return ledger.Amount{}
	}
	return f.Amount.Of(before.Record)
}
