package job

import (
	"context"
	"slices"

	"huizong/consolidate"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Board says who has reported what in a month, as `status --json` prints it.
type Board struct {
	Period string   `json:"period"`
	Due    string   `json:"due"`
	Lock   string   `json:"lock"`
	Merged bool     `json:"merged"`
	Stale  bool     `json:"stale"` // merged, and to be run again; never of a month that is closed
	Units  []Filing `json:"units"`
	Watch

	State   string          `json:"state"`   // open | closed | reopened
	Waiting int             `json:"waiting"` // returns that came late and do not count
	Log     []ClosingReport `json:"log"`     // what was done to the month, the last at the end
	// OtherRules says of a month that is closed that rules have changed since: its files cannot be made again.
	OtherRules bool `json:"other_rules,omitempty"`

	Last ledger.Closing `json:"-"` // of the log; zero where the month was never closed
}

// The state of a month that was never closed.
const openState = "open"

// A ClosingReport is an entry of the log of a month, as scripts read it.
type ClosingReport struct {
	Period      string           `json:"period"`
	Number      int              `json:"number"`
	Event       ledger.Event     `json:"event"`
	Who         string           `json:"who"`
	When        string           `json:"when"`
	Reason      string           `json:"reason"`
	Until       string           `json:"until,omitempty"`
	Departments []string         `json:"departments,omitempty"` // none: all
	Decisions   []int            `json:"decisions,omitempty"`
	Explained   []string         `json:"explained,omitempty"` // findings by key
	Figures     map[string]int64 `json:"figures,omitempty"`
}

// NewClosingReport is an entry of the log as scripts read it.
func NewClosingReport(c ledger.Closing) ClosingReport {
	return ClosingReport{c.Period.String(), c.Number, c.Event, c.Who, c.When, c.Reason, c.Until.String(), c.Departments, c.Decisions, c.Explained, c.Figures}
}

// A Watch is what a monitor looks at.
type Watch struct {
	// StaleMonths are merged months that are to be run again: rules, the month before or returns
	// changed. A decision that changed since is seen of the board's own month only.
	StaleMonths []string `json:"stale_months"`
	AtWork      AtWork   `json:"at_work"`
	LastRun     *LastRun `json:"last_run"` // null: there was none
}

// AtWork says who holds the database, or held it last.
type AtWork struct {
	Held  bool   `json:"held"`
	Who   string `json:"who"`
	Since string `json:"since"`
}

// A LastRun is the last run that began. Ended is blank if it is at work or was broken off.
type LastRun struct {
	Period string `json:"period"`
	Who    string `json:"who"`
	Began  string `json:"began"`
	Ended  string `json:"ended"`
	Result string `json:"result"`
}

// How a run ended.
const (
	Done        = "done"
	DoneLeftOut = "left out" // done, but something was sent back, held or is missing
	Failed      = "failed"
	BrokenOff   = "broken off" // killed: run again
	Running     = "running"
)

// A Filing is a line of the board: a unit and a form, owed or received.
type Filing struct {
	Department string `json:"department"`
	Form       string `json:"form"`
	Owed       bool   `json:"owed"`
	Due        string `json:"due"`
	Received   string `json:"received"` // blank: not received, or undated (未注明)
	State      string `json:"state"`    // 未报 · 验收不通过 · 重新上报，验收通过 · 验收通过 · 零报告
	Late       bool   `json:"late"`
	Version    int    `json:"version"`
}

// notReported is the state of a return that has not come.
const notReported = "未报"

// Reported reports whether the return has come, whatever became of it.
func (f Filing) Reported() bool { return f.State != notReported }

// Board makes the board of a month, of what the database holds now: of the latest that was merged
// where none is named, ErrNothingMerged if there is none.
func (j *Job) Board(ctx context.Context, period ledger.Period) (*Board, error) {
	period, err := j.named(ctx, period)
	if err != nil {
		return nil, err
	}
	units, merged, changed, err := j.reported(ctx, period)
	if err != nil {
		return nil, err
	}
	books, err := j.db.Books(ctx, j.county.Region)
	if err != nil {
		return nil, err
	}
	waiting, err := j.db.Waiting(ctx, j.county.Region, period)
	if err != nil {
		return nil, err
	}
	b := &Board{
		Period: period.String(), Due: j.county.Due.In(period).String(), Lock: j.county.Lock.In(period).String(),
		Merged: merged, Stale: changed && !books.Closed(period), Units: units,
		State: openState, Waiting: waiting, Log: []ClosingReport{}, OtherRules: changed && books.Closed(period),
	}
	for _, c := range books[period] {
		b.Log, b.Last, b.State = append(b.Log, NewClosingReport(c)), c, string(c.Event)
	}
	b.Watch, err = j.watch(ctx, period, b.Stale)
	return b, err
}

// reported says who has reported what in a month, whether it was merged, and whether it was, and is another now.
func (j *Job) reported(ctx context.Context, period ledger.Period) (units []Filing, merged, changed bool, err error) {
	if units, there, err := recall[[]Filing](ctx, j, period, keptFilings); there || err != nil {
		return units, there, false, err
	}
	stored, merged, err := j.db.Month(ctx, j.county.Region, period)
	if err != nil {
		return nil, false, false, err
	}
	month, err := j.reconcile(ctx, period)
	if err != nil {
		return nil, false, false, err
	}
	return j.filings(month), merged, merged && stale(stored, month), nil
}

// watch looks at the whole county; isStale is what is known of the period's own month.
func (j *Job) watch(ctx context.Context, period ledger.Period, isStale bool) (w Watch, err error) {
	if w.StaleMonths, err = j.staleMonths(ctx, period, isStale); err != nil {
		return w, err
	}
	holder, held, err := j.db.Held(ctx, j.county.Region)
	if err != nil {
		return w, err
	}
	w.AtWork = AtWork{held, holder.Who, holder.Since}
	run, ran, err := j.db.LastRun(ctx, j.county.Region)
	if err != nil || !ran {
		return w, err
	}
	w.LastRun = &LastRun{run.Period, run.Who, run.Began, run.Ended, run.Result}
	switch {
	case run.Ended != "":
	case held && holder.Who == run.Who:
		w.LastRun.Result = Running
	default:
		w.LastRun.Result = BrokenOff
	}
	return w, nil
}

// staleMonths looks through the merged months without making them again.
func (j *Job) staleMonths(ctx context.Context, period ledger.Period, isStale bool) ([]string, error) {
	merged, err := j.db.Periods(ctx, j.county.Region)
	if err != nil {
		return nil, err
	}
	stale, sums, rules := []string{}, map[ledger.Period]string{}, RuleVersion(j.county)
	for _, p := range merged {
		month, _, err := j.db.Month(ctx, j.county.Region, p)
		if err != nil {
			return nil, err
		}
		sent, err := j.db.Headers(ctx, j.county.Region, p)
		if err != nil {
			return nil, err
		}
		sums[p] = month.Sum
		isNew := func(r *ledger.Return) bool { return r.Version == 0 }
		if p == period && isStale || month.Rules != rules || month.Before != sums[p.Add(-1)] || slices.ContainsFunc(sent, isNew) {
			stale = append(stale, p.String())
		}
	}
	return stale, nil
}

// Rates counts what was owed, and what of it was received and on time.
func (b *Board) Rates() (owed, received, onTime int) {
	for _, f := range b.Units {
		if !f.Owed {
			continue
		}
		owed++
		if f.Reported() {
			received++
			if !f.Late {
				onTime++
			}
		}
	}
	return owed, received, onTime
}

// filings lists every unit and form that is owed or was received, in the official order.
func (j *Job) filings(month *consolidate.Month) []Filing {
	latest := map[ledger.ReturnID]*ledger.Return{}
	for _, r := range month.Returns { // oldest first
		latest[r.ReturnID] = r
	}
	due := j.county.Due.In(month.Period).String()
	var all []Filing
	for _, f := range form.All() {
		var names []string
		owed := map[string]bool{}
		for _, unit := range j.county.Owes(f.ID) {
			names, owed[unit.Name] = append(names, unit.Name), true
		}
		for id := range latest {
			if id.Form == f.ID && !owed[id.Department] {
				names = append(names, id.Department)
			}
		}
		slices.SortFunc(names, month.Register.CompareUnits)
		for _, name := range names {
			filing := Filing{Department: name, Form: f.ID, Owed: owed[name], Due: due, State: notReported}
			if r := latest[ledger.ReturnID{Region: month.Region, Period: month.Period, Form: f.ID, Department: name}]; r != nil {
				filing.Received, filing.Version = r.Prepared.String(), r.Version
				filing.Late, filing.State = consolidate.Late(j.county, r), stateWord(r)
			}
			all = append(all, filing)
		}
	}
	return all
}

// stateWord is the state of the newest return in words that staff know.
func stateWord(r *ledger.Return) string {
	switch {
	case r.State == ledger.Returned:
		return "验收不通过"
	case r.State == ledger.Nil:
		return "零报告"
	case r.Version > 1:
		return "重新上报，验收通过"
	}
	return "验收通过"
}
