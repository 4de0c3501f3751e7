package summary

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
	carriedIn = "结转"
	newcomer  = "新增"
	closed    = "销号"
	open      = "未结"
	overdue   = "逾期"
)

// An obstacle is a line of 堵点难点台账.
type obstacle struct {
	project
	source, outcome string
	days            int // past the deadline; 0: not overdue
}

// obstaclesOf lists the problems of the month, the overdue first, the closed last.
func (v *volume) obstaclesOf() []obstacle {
	f := &form.Obstacles
	var all []obstacle
	for _, p := range v.lines(f.Number.Form, f.Department) {
		o := obstacle{project: p, source: carriedIn, outcome: open}
		if v.holds(form.ObstacleNew, p) {
			o.source = newcomer
		}
		switch {
		case v.holds(form.ObstacleClosed, p):
			o.outcome = closed
		case v.holds(form.ObstacleOverdue, p):
			o.days = days(f.Deadline.Of(p.Record()).Last(), v.Period.End())
		}
		all = append(all, o)
	}
	slices.SortStableFunc(all, func(a, z obstacle) int {
		return cmp.Or(cmp.Compare(a.rank(), z.rank()), v.Register.CompareUnits(a.unit, z.unit))
	})
	return all
}

func (o obstacle) rank() int {
	switch {
	case o.days > 0:
		return 0
	case o.outcome == open:
		return 1
	}
	return 2
}

// late is 逾期 where the problem is past its deadline.
func (o obstacle) late() workbook.Cell {
	if o.days == 0 {
		return workbook.Blank
	}
	return workbook.Text(overdue).From(cite(o.project, form.Reads(form.ObstacleOverdue)...))
}

func (o obstacle) lateBy() workbook.Cell {
	if o.days == 0 {
		return workbook.Blank
	}
	return workbook.Int(o.days).From(cite(o.project, form.Obstacles.Deadline.Column))
}

// kind is the kind of the problem as stated.
func (o obstacle) kind() string {
	return cmp.Or(form.Obstacles.Kind.Of(o.Record()), unnamed)
}

// days are those from one day to another.
func days(from, to ledger.Date) int {
	day := func(d ledger.Date) time.Time {
		return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	}
	return int(day(to).Sub(day(from)).Hours() / 24)
}
