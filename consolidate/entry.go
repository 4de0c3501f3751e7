package consolidate

import (
	"cmp"
	"fmt"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// An Entry is how a key project stands to the statistics of fixed-asset investment (入统). The
// return of 统计局 decides wherever it lists projects; the department's own word holds only where
// there is no such return, and is asked about where it says otherwise.
type Entry struct {
	Row   *Project // of the statistics' return: its own, or that of its package; nil: there is none
	In    bool     // it is in the statistics
	Known bool     // somebody says whether it is; without a table and without a word nobody does
	State EntryState
	Apart bool // the department's own word is not what the table says
}

// An EntryState is the word for it, as all workbooks have it.
type EntryState string

// The states: in, or why not.
const (
	InStatistics    EntryState = "已入统"
	OutOfStatistics EntryState = "应入未入"  // started, of the size, past the months allowed
	OutUnsaid       EntryState = "应入未注明" // the same, and nobody says whether it is in
	NotYetDue       EntryState = "未到期限"  // started, of the size, within the months allowed
	NotStarted      EntryState = "未开工"
	TooSmall        EntryState = "未达标准"
	SizeUnknown     EntryState = "投资未定"
)

// EntryStates are all states, in the order in which they are shown.
func EntryStates() []EntryState {
	return []EntryState{InStatistics, OutOfStatistics, OutUnsaid, NotYetDue, NotStarted, TooSmall, SizeUnknown}
}

// EntryOfOther asks about a department's 是否入统 that is not what the table of 统计局 says.
var EntryOfOther = ledger.Declare("M42", ledger.Query, ledger.AcceptExplained, ledger.Level4, "foreign-key",
	ledger.Zh("填报的“是否入统”与统计局入统表不一致，按入统表计", "请与统计局核对是否入库；项目名称、代码不同的请统一"),
	ledger.En("the department says otherwise than the statistics return, which decides", "check with the statistics office, and give the project one name and code"))

// entries judge all key projects, parts of packages too: a part is in with its package, unless the
// table has a row of its own for it.
func (g *Register) entries() map[*Project]Entry {
	progress, statistics := form.Progress.Name.Form, form.Statistics.Name.Form
	listed := only(g.Counted(statistics), func(p *Project) bool { return statistics.Whole.Judge(g.Env(p)) != form.Passes })
	joined, taken := g.Join(g.Counted(progress), listed), map[*Project]bool{}
	for _, row := range joined {
		taken[row] = true
	}
	parts := only(g.Projects[progress.ID], func(p *Project) bool { return !p.Counts() })
	ofParts := g.Join(parts, only(listed, func(p *Project) bool { return !taken[p] }))
	entries := map[*Project]Entry{}
	for _, p := range g.Projects[progress.ID] {
		row := cmp.Or(joined[p], ofParts[p])
		for whole := p.Parent; row == nil && whole != nil; whole = whole.Parent {
			row = joined[whole]
		}
		entries[p] = g.entry(p, row, len(listed) > 0)
	}
	return entries
}

// entry judges a key project by its row of the table; tabled says whether there is a table.
func (g *Register) entry(p *Project, row *Project, tabled bool) Entry {
	in, said := form.Progress.InStatistics.Of(p.Record())
	if !said && !form.Progress.StatisticsSince.Of(p.Record()).IsZero() {
		in, said = true, true
	}
	e := Entry{Row: row, In: in, Known: said}
	if tabled {
		e.In, e.Known, e.Apart = row != nil, true, said && in != (row != nil)
	}
	env, total := g.Env(p), form.Progress.Total.Of(p.Record())
	switch {
	case e.In:
		e.State = InStatistics
	case form.Started.Judge(env) != form.Passes:
		e.State = NotStarted
	case !total.Valid:
		e.State = SizeUnknown
	case total.V < ledger.Money(g.County.Statistics.Threshold):
		e.State = TooSmall
	case form.DueInStatistics.Judge(env) != form.Passes:
		e.State = NotYetDue
	case e.Known:
		e.State = OutOfStatistics
	default:
		e.State = OutUnsaid
	}
	return e
}

// EntryColumns are the columns of a key project by which its entry is judged; StatisticsColumns those
// of its row of the table.
func EntryColumns() []*form.Column {
	f := &form.Progress
	return []*form.Column{f.InStatistics.Column, f.StatisticsSince.Column, f.Start.Column, f.Total.Column}
}

// StatisticsColumns are those by which a row of the table is found.
func StatisticsColumns() []*form.Column {
	return []*form.Column{form.Statistics.Name.Column, form.Statistics.Code.Column}
}

// otherwise asks about the rows of key projects whose own word on 入统 is not what the table says. What is
// due and missing there is asked about by the rules between forms.
func (g *Register) otherwise(entries map[*Project]Entry, inForce []*ledger.Return) []ledger.Finding {
	returns := map[ledger.ReturnID]*ledger.Return{}
	for _, r := range inForce {
		returns[r.ReturnID] = r
	}
	var all []ledger.Finding
	for _, p := range g.Projects[form.Progress.Name.Form.ID] {
		e, r := entries[p], returns[p.Row.ReturnID]
		if !e.Apart || r == nil || p.Row.Carried() || e.State == OutOfStatistics {
			continue
		}
		column := form.Progress.InStatistics.Column
		field := column.Field(p.Row.Record)
		finding := about(r, EntryOfOther, said(column, field))
		at := p.Row.Record.PlaceOf(column.Index)
		finding.Sheet, finding.Cell, finding.Row = cmp.Or(at.Sheet, r.Sheet), field.Cell.String(), at.Row
		finding.Entity, finding.Field = p.Name(), column.Name
		finding.Expected = "入统表中没有该项目"
		if e.In {
			finding.Expected = fmt.Sprintf("入统表中有“%s”", e.Row.Name())
		}
		all = append(all, finding)
	}
	return all
}
