package window

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"huizong/cmd/internal/job"
	"huizong/consolidate"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

func (win *Window) officeRoutes() {
	for pattern, page := range map[string]func(*visit) error{
		"GET /m/{period}/board":           showBoard,
		"GET /m/{period}/unit/{unit}":     showUnit,
		"GET /m/{period}/unit/{unit}/{n}": sendReceipt,
		"GET /m/{period}/run":             showRun,
		"POST /m/{period}/run":            beginRun,
		"GET /m/{period}/pairs":           showPairs,
		"POST /m/{period}/pairs":          decide,
		"POST /m/{period}/pairs/undo":     undo,
		"GET /m/{period}/findings":        showFindings,
		"POST /m/{period}/findings":       waive,
		"GET /m/{period}/closing":         showClosing,
		"POST /m/{period}/closing":        closeMonth,
		"POST /m/{period}/closing/again":  reopenMonth,
		"GET /m/{period}/audit":           showAudit,
	} {
		win.mux.HandleFunc(pattern, win.open(office, page))
	}
}

// Words for the state of a return that has not come in time, and that came since the last run; the others are the board's.
const (
	overdue     = "逾期"
	handedIn    = "已上报"
	handedAgain = "重新上报"
)

// stateLights say how states are coloured, besides what they say.
var stateLights = map[string]string{
	"未报": "grey", overdue: "red", handedIn: "blue", handedAgain: "blue", "验收不通过": "red", "验收通过": "green", "重新上报，验收通过": "green", "零报告": "green",
}

// stateNames are the states in English.
var stateNames = map[string]string{
	"未报": "not reported", overdue: "overdue", handedIn: "handed in", handedAgain: "handed in again", "验收不通过": "sent back", "验收通过": "accepted",
	"重新上报，验收通过": "accepted again", "零报告": "nil return",
}

// A cell is what the board says of a unit and a form.
type cell struct {
	job.Filing
	State string // as on the board, or overdue
}

// Light is how the state is coloured.
func (c cell) Light() string { return stateLights[c.State] }

// cellOf says of what has not come whether it is overdue by now. What came since the last run waits for the next.
func (v *visit) cellOf(f job.Filing, waiting map[ledger.ReturnID]bool) *cell {
	c := &cell{f, f.State}
	waits := waiting[ledger.ReturnID{Region: v.win.County.Region, Period: v.period, Form: f.Form, Department: f.Department}]
	switch {
	case waits && f.Reported():
		c.State = handedAgain
	case waits:
		c.State = handedIn
	case f.Owed && !f.Reported() && f.Due < v.win.Now().Format(time.DateOnly):
		c.State = overdue
	}
	return c
}

// State is a state of a return in the visitor's language.
func (p page) State(state string) string {
	if p.lang == ledger.English {
		return stateNames[state]
	}
	return state
}

// A boardPage is the board unit × form.
type boardPage struct {
	*job.Board
	Forms  []*form.Form
	Lines  []boardLine
	States []string // that there are
	State  string   // that is asked for; blank: all

	Owed, Received, OnTime int
}

// A boardLine is a unit with what became of each form, in their order; nil where there is nothing to say.
type boardLine struct {
	Unit  string
	Cells []*cell
}

func showBoard(v *visit) error {
	board, err := v.win.reading.Board(v.Context(), v.period)
	if err != nil {
		return err
	}
	waiting, err := v.win.desk.Waiting(v.Context(), v.period, "")
	if err != nil {
		return err
	}
	p := boardPage{Board: board, Forms: form.All(), State: v.URL.Query().Get("state")}
	p.Owed, p.Received, p.OnTime = board.Rates()
	cells := map[string][]*cell{} // by unit
	for _, f := range board.Units {
		c := v.cellOf(f, waiting)
		if !slices.Contains(p.States, c.State) {
			p.States = append(p.States, c.State)
		}
		if p.State == "" || p.State == c.State {
			if cells[f.Department] == nil {
				cells[f.Department] = make([]*cell, len(p.Forms))
			}
			cells[f.Department][form.ByID(f.Form).Number-p.Forms[0].Number] = c
		}
	}
	for unit, all := range cells {
		p.Lines = append(p.Lines, boardLine{unit, all})
	}
	slices.SortFunc(p.Lines, func(a, b boardLine) int { return v.win.compareUnits(a.Unit, b.Unit) })
	slices.Sort(p.States)
	return v.show("board", p)
}

// compareUnits is the official order.
func (win *Window) compareUnits(a, b string) int {
	return cmp.Or(cmp.Compare(win.County.Order(a), win.County.Order(b)), strings.Compare(a, b))
}

// A unitPage is what there is of one unit.
type unitPage struct {
	Unit     string
	Cells    []*cell
	Reminder *job.Reminder // nil: there is nothing to say
	Findings []finding
	Receipts []listedReceipt
}

// A listedReceipt is a receipt that can be had, by its number.
type listedReceipt struct {
	Number        int
	Name, Verdict string
}

// Light is how the verdict is coloured.
func (r listedReceipt) Light() string { return verdictLight(r.Verdict) }

// sendReceipt sends a receipt of a unit as the last run gave it.
func sendReceipt(v *visit) error {
	receipts, err := v.win.reading.Receipts(v.Context(), v.period, v.PathValue("unit"))
	if err != nil {
		return err
	}
	n := numberOf(v.PathValue("n"))
	if n == 0 || n > len(receipts) {
		return errNotFound
	}
	receipt := receipts[n-1].Written
	content, err := job.ReadPublished(v.win.Out, v.period, receipt)
	if err != nil {
		return err
	}
	return v.attach(receipt.Path, content)
}

func showUnit(v *visit) error {
	unit := v.PathValue("unit")
	board, err := v.win.reading.Board(v.Context(), v.period)
	if err != nil {
		return err
	}
	waiting, err := v.win.desk.Waiting(v.Context(), v.period, unit)
	if err != nil {
		return err
	}
	p := unitPage{Unit: unit}
	for _, f := range board.Units {
		if f.Department == unit {
			p.Cells = append(p.Cells, v.cellOf(f, waiting))
		}
	}
	if _, known := v.win.County.Unit(unit); !known && p.Cells == nil {
		return errNotFound
	}
	month, err := v.win.reading.Month(v.Context(), v.period)
	if err != nil {
		return err
	}
	p.Findings = findingsOf(month, func(f ledger.Finding) bool { return f.Department == unit })
	reminders, err := job.Keep(v.Context(), v.win.reading, "reminders", v.period, func(ctx context.Context) ([]job.Reminder, error) {
		return v.win.Job.Reminders(ctx, v.period)
	})
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(reminders, func(r job.Reminder) bool { return r.Department == unit }); i >= 0 {
		p.Reminder = &reminders[i]
	}
	receipts, err := v.win.reading.Receipts(v.Context(), v.period, unit)
	if err != nil {
		return err
	}
	for i, r := range receipts {
		p.Receipts = append(p.Receipts, listedReceipt{i + 1, path.Base(r.Path), string(r.Verdict)})
	}
	return v.show("unit", p)
}

// A finding is one of a month, as the office sees it.
type finding struct {
	ledger.Finding
	Settled bool
	Why     consolidate.Justification // zero where nobody said
}

// findingsOf are the findings of a month that meet a condition, the gravest first, what is settled last.
func findingsOf(m *consolidate.Month, where func(ledger.Finding) bool) []finding {
	var all []finding
	for _, f := range m.Findings {
		if where(f) {
			why, _ := m.Justification(f)
			all = append(all, finding{f, m.Settled(f), why})
		}
	}
	slices.SortStableFunc(all, func(a, b finding) int {
		if a.Settled != b.Settled {
			if b.Settled {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.Code.Severity, a.Code.Severity)
	})
	return all
}

// Light is how the severity is coloured.
func (f finding) Light() string {
	switch {
	case f.Settled:
		return "green"
	case f.Code.Severity == ledger.Error:
		return "red"
	case f.Code.Severity == ledger.Query:
		return "yellow"
	}
	return "grey"
}

// Waivable reports whether the office may waive it.
func (f finding) Waivable() bool {
	return !f.Settled && f.Code.Explainable() && f.Code.Severity == ledger.Query
}

// mostFindings is how many findings stand on a page.
const mostFindings = 100

// A findingsPage lists what is found in a month.
type findingsPage struct {
	Findings       []finding
	All            int
	Units          []string // that have any
	Unit, Severity string   // that are asked for; blank: all
	From, More     int      // the first on the page, counted from 0, and the first of the next; 0: there is none
}

func showFindings(v *visit) error {
	month, err := v.win.reading.Month(v.Context(), v.period)
	if err != nil {
		return err
	}
	query := v.URL.Query()
	p := findingsPage{Unit: query.Get("unit"), Severity: query.Get("severity")}
	for _, f := range month.Findings {
		if !slices.Contains(p.Units, f.Department) {
			p.Units = append(p.Units, f.Department)
		}
	}
	slices.SortFunc(p.Units, v.win.compareUnits)
	p.Findings = findingsOf(month, func(f ledger.Finding) bool {
		return (p.Unit == "" || f.Department == p.Unit) && (p.Severity == "" || f.Code.Severity.String() == p.Severity)
	})
	p.All = len(p.Findings)
	p.From, _ = strconv.Atoi(query.Get("from"))
	p.From = max(0, min(p.From, p.All))
	if p.From+mostFindings < p.All {
		p.More = p.From + mostFindings
	}
	p.Findings = p.Findings[p.From:min(p.All, p.From+mostFindings)]
	return v.show("findings", p)
}

// waive puts a finding on the list of waivers.
func waive(v *visit) error {
	why, until := v.field("why"), v.period
	if text := v.field("until"); text != "" {
		p, err := ledger.ParsePeriod(text)
		if err != nil || p.Less(v.period) {
			return refuse(ledger.Phrase{"“有效期至”要写月份，如 2024-12，不早于本月", "write a month such as 2024-12 up to which it holds, not before this one"})
		}
		until = p
	}
	if why == "" {
		return refuse(ledger.Phrase{"请写明豁免的理由", "say why it is waived"})
	}
	w, err := v.win.Job.Waive(v.Context(), v.period, v.win.inbox(v.period), v.field("finding"), v.person.Name, why, until)
	if err != nil {
		return err
	}
	v.note(job.WaivedFinding, fmt.Sprintf("%s《%s》%s · %s %s（%s），至%s：%s",
		w.Department, form.ByID(w.Form).Title, w.Entity, w.Field, w.Found, w.Code, w.Until, w.Why))
	return v.redirect(within(v.field("to")), v.Say("已记入豁免清单，下次汇总时生效", "it is on the list of waivers, which the next run takes"))
}

// An auditPage is who did what, the latest first.
type auditPage struct {
	Deeds      []job.Deed
	Who, Month string // that are asked for; blank: all
	Before     int    // the number before which the next page begins; 0: there is none
}

const mostDeeds = 100

func showAudit(v *visit) error {
	query := v.URL.Query()
	p := auditPage{Who: strings.TrimSpace(query.Get("who")), Month: query.Get("month")}
	q := job.DeedQuery{Most: mostDeeds, Who: p.Who}
	q.Before, _ = strconv.Atoi(query.Get("before"))
	if p.Month != "" {
		q.Period = v.period
	}
	var err error
	if p.Deeds, err = v.win.Access.Deeds(v.Context(), q); err != nil {
		return err
	}
	if len(p.Deeds) == mostDeeds {
		p.Before = p.Deeds[mostDeeds-1].Number
	}
	return v.show("audit", p)
}
