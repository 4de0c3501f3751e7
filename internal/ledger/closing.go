package ledger

import "slices"

// An Event is what was done to a month as a whole.
type Event string

const (
	Closed   Event = "closed"   // 结账: nothing changes it any more
	Reopened Event = "reopened" // 重开: it takes returns again, of some departments, until a day
)

// A Closing is an entry in the log of a month. Who did it, when and why is kept for people to ask;
// no workbook says so, so that a month reads the same before it is closed and after.
type Closing struct {
	Period Period
	Number int // its place in the log of the month, 1 is the first
	Event  Event
	Who    string
	When   string // 2024-07-03 08:30:00, by the clock of the machine
	Reason string // of a close: what explains Explained, blank where nothing had to be; of a reopening: why

	Until       Date     // of a reopening: the last day on which the month takes anything
	Departments []string // of a reopening: whose returns come into force; none: those of all

	Decisions []int            // of a close: numbers of the decisions that the month was made with
	Explained []string         // of a close: keys of the findings that Reason explains
	Figures   map[string]int64 // of a close: what was published
}

// Admits reports whether new returns of a department come into force in a month that was reopened.
func (c Closing) Admits(department string) bool {
	return len(c.Departments) == 0 || slices.Contains(c.Departments, department)
}

// SameReopening reports whether a month is reopened by either in the same way, by the same person for the same reason.
func (c Closing) SameReopening(o Closing) bool {
	return c.Event == Reopened && o.Event == Reopened && c.Who == o.Who && c.Reason == o.Reason && c.Until == o.Until &&
		slices.Equal(c.Departments, o.Departments)
}

// Books are the logs of the months that were ever closed, each by number.
type Books map[Period][]Closing

// Last is the last entry of a month; not ok if it was never closed.
func (b Books) Last(p Period) (last Closing, ok bool) {
	if len(b[p]) == 0 {
		return Closing{}, false
	}
	return b[p][len(b[p])-1], true
}

// Closed reports whether nothing may change a month.
func (b Books) Closed(p Period) bool {
	last, _ := b.Last(p)
	return last.Event == Closed
}

// WasClosed reports whether a month was ever closed, reopened since or not: what comes of it is late.
func (b Books) WasClosed(p Period) bool { return len(b[p]) > 0 }

// ClosedAfter is the latest month after p that is closed; not ok if there is none.
func (b Books) ClosedAfter(p Period) (latest Period, ok bool) {
	for other := range b {
		if p.Less(other) && b.Closed(other) && (!ok || latest.Less(other)) {
			latest, ok = other, true
		}
	}
	return latest, ok
}

// Explained are the keys of the findings of a month that were explained at any of its closes.
func (b Books) Explained(p Period) map[string]bool {
	keys := map[string]bool{}
	for _, c := range b[p] {
		for _, key := range c.Explained {
			keys[key] = true
		}
	}
	return keys
}

// FirstPublished are the figures of a month as they were when it was first closed; nil if it never was.
func (b Books) FirstPublished(p Period) map[string]int64 {
	if len(b[p]) == 0 {
		return nil
	}
	return b[p][0].Figures
}
