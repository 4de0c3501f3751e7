package window

import (
	"errors"
	"slices"

	"huizong/cmd/internal/job"
	"huizong/internal/ledger"
)

// A closingPage is how a month stands, and what was done to it.
type closingPage struct {
	*job.Board
	Closed  bool
	Unready *job.Unready // what stands in the way of closing it; nil: nobody has asked
	Units   []string     // whose returns may be let in again
}

func showClosing(v *visit) error {
	p, err := v.closingPage()
	if err != nil {
		return err
	}
	return v.show("closing", p)
}

func (v *visit) closingPage() (closingPage, error) {
	board, err := v.win.reading.Board(v.Context(), v.period)
	if err != nil {
		return closingPage{}, err
	}
	p := closingPage{Board: board, Closed: board.Last.Event == ledger.Closed}
	for _, unit := range v.win.County.Units {
		p.Units = append(p.Units, unit.Name)
	}
	return p, nil
}

// closeMonth closes the month, or shows what stands in the way.
func closeMonth(v *visit) error {
	closed, err := v.win.Job.CloseMonth(v.Context(), v.period, v.person.Name, v.field("reason"))
	if unready := (*job.Unready)(nil); errors.As(err, &unready) {
		p, err := v.closingPage()
		if err != nil {
			return err
		}
		p.Unready = unready
		return v.show("closing", p)
	}
	if err != nil {
		return err
	}
	v.note(job.ClosedMonth, closed.Reason)
	return v.redirect(v.at("closing"), v.Say("已结账：这个月不再变化", "the month is closed: nothing changes it"))
}

// reopenMonth opens the month again, for some units or all, up to a day.
func reopenMonth(v *visit) error {
	until, err := ledger.ParseDate(v.field("until"))
	if err != nil {
		return refuse(ledger.Phrase{"请写明开放到哪一天，如 2024-07-15", "say up to which day, such as 2024-07-15"})
	}
	c := ledger.Closing{Period: v.period, Who: v.person.Name, Reason: v.field("reason"), Until: until}
	if c.Reason == "" {
		return refuse(ledger.Phrase{"请写明重新开放的理由", "say why it is opened again"})
	}
	for _, name := range v.PostForm["unit"] {
		unit, known := v.win.County.Unit(name)
		if !known {
			return errNotFound
		}
		if !slices.Contains(c.Departments, unit.Name) {
			c.Departments = append(c.Departments, unit.Name)
		}
	}
	if _, err := v.win.Job.ReopenMonth(v.Context(), c); err != nil {
		return err
	}
	v.note(job.ReopenedMonth, c.Reason)
	return v.redirect(v.at("closing"), v.Say("已重新开放", "the month is open again"))
}
