package page

import (
	"cmp"
	"slices"
	"time"

	"huizong/consolidate/summary/workbook"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Words of 堵点难点台账.
const (
	CarriedIn    = "结转"
	NewThisMonth = "新增"
	StruckOff    = "销号"
	StillOpen    = "未结"
	Overdue      = "逾期"
)

// An Obstacle is a line of 堵点难点台账.
type Obstacle struct {
	*Project
	Source, Outcome string
	Days            int // past the deadline; 0: not overdue
}

// ObstaclesOf lists the problems of the month, the longest overdue first, the closed last.
func (v *Volume) ObstaclesOf() []Obstacle {
	f := &form.Obstacles
	var all []Obstacle
	for _, p := range v.Lines(f.Number.Form, f.Department) {
		o := Obstacle{Project: p, Source: CarriedIn, Outcome: StillOpen}
		if v.Holds(form.ObstacleNew, p) {
			o.Source = NewThisMonth
		}
		switch {
		case v.Holds(form.ObstacleClosed, p):
			o.Outcome = StruckOff
		case v.Holds(form.ObstacleOverdue, p):
			o.Days = days(f.Deadline.Of(p.Record()).Last(), v.Period.End())
		}
		all = append(all, o)
	}
	slices.SortStableFunc(all, func(a, z Obstacle) int {
		return cmp.Or(cmp.Compare(a.rank(), z.rank()), cmp.Compare(z.Days, a.Days), v.Register.CompareUnits(a.Unit, z.Unit))
	})
	return all
}

func (o Obstacle) rank() int {
	switch {
	case o.Days > 0:
		return 0
	case o.Outcome == StillOpen:
		return 1
	}
	return 2
}

// Late is 逾期 where the problem is past its deadline.
func (o Obstacle) Late() workbook.Cell {
	if o.Days == 0 {
		return workbook.Blank
	}
	return workbook.Text(Overdue).From(Cite(o.Project, form.Reads(form.ObstacleOverdue)...))
}

// LateBy is by how many days the problem is past its deadline; blank where it is not.
func (o Obstacle) LateBy() workbook.Cell {
	if o.Days == 0 {
		return workbook.Blank
	}
	return workbook.Int(o.Days).From(Cite(o.Project, form.Obstacles.Deadline.Column))
}

// Kind is the kind of the problem as stated.
func (o Obstacle) Kind() string {
	return cmp.Or(form.Obstacles.Kind.Of(o.Record()), Unnamed)
}

// days are those from one day to another.
func days(from, to ledger.Date) int {
	day := func(d ledger.Date) time.Time {
		return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	}
	return int(day(to).Sub(day(from)).Hours() / 24)
}
