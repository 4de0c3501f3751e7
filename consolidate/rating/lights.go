// Package rating judges what a month holds: the lights of key projects by the county's
// thresholds (红黄绿灯), and 月评比, the ranking of departments, towns and parks by the scheme of
// county.toml.
//
// Everything here is a pure function of a reconciled month and of what the county decides. A score
// keeps its working: each Mark has the part and the whole that were measured, so that a sheet can
// show the formula beside the points and Bases can lead each number back to its rows. What has
// nothing due is neither 0% nor 100%, and what is owed and missing earns nothing.
package rating

import (
	"math/big"

	"huizong/consolidate"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Light says how a project stands in one dimension; worse lights are greater.
type Light int

const (
	NoLight Light = iota // cannot be judged, or has nothing due
	Green
	Yellow
	Red
)

// String is the word that stands beside the colour, for black and white print.
func (l Light) String() string { return [...]string{"—", "绿灯", "黄灯", "红灯"}[l] }

// Lights are the dimensions of a key project, and the worst of them.
type Lights struct {
	Start      Light // 开工
	Progress   Light // 进度
	Funds      Light // 资金: not judged until the county configures it
	Statistics Light // 入统
}

// Overall is the worst of the dimensions.
func (l Lights) Overall() Light { return max(l.Start, l.Progress, l.Funds, l.Statistics) }

// LightColumns are the columns that lights are judged by; beside them the statistics' row of the
// project is (Month.Entries).
func LightColumns() []*form.Column {
	f := &form.Progress
	return append([]*form.Column{f.Class.Column, f.YearPlan.Column, f.YearToDate.Column, f.PlanToDate.Column, f.PlanStart.Column},
		consolidate.EntryColumns()...)
}

// LightsOf judges a key project of a month at its end by the thresholds of county.toml.
// Projects in preparation (前期) have no lights.
func LightsOf(m *consolidate.Month, p *consolidate.Project) Lights {
	r := p.Record()
	if form.Progress.Class.Of(r) == "前期" {
		return Lights{}
	}
	return Lights{Start: startLight(m.County, m.Period, r), Progress: progressLight(m.County, m.Period, r),
		Statistics: statisticsLight(m.County, m.Period, r, m.Entries[p])}
}

func isStarted(p ledger.Period, r *ledger.Record) bool {
	return form.Started.Judge(&form.Env{Period: p, Now: r}) == form.Passes
}

// startLight: started is green; not started is yellow in the month due and the next, red
// from then on (StartRed months after the month due).
func startLight(c *county.County, p ledger.Period, r *ledger.Record) Light {
	if isStarted(p, r) {
		return Green
	}
	due := form.Progress.PlanStart.Of(r)
	if due.IsZero() {
		return NoLight
	}
	switch months := p.Since(due.Last().Period()); {
	case months < 0:
		return Green
	case int64(months) < c.Lights.StartRed:
		return Yellow
	}
	return Red
}

// progressLight: yellow from BehindYellow to BehindRed points behind, both inclusive, red
// beyond.
func progressLight(c *county.County, p ledger.Period, r *ledger.Record) Light {
	behind, known := form.Evaluate(form.Behind, &form.Env{Period: p, Now: r})
	switch {
	case !known:
		return NoLight
	case behind.Cmp(big.NewRat(int64(c.Lights.BehindRed), form.RateScale)) > 0:
		return Red
	case behind.Cmp(big.NewRat(int64(c.Lights.BehindYellow), form.RateScale)) >= 0:
		return Yellow
	}
	return Green
}

// statisticsLight: a started project over the threshold that is not in the statistics is yellow one
// month after its start, red after two. One of which nobody says whether it is in has no light.
func statisticsLight(c *county.County, p ledger.Period, r *ledger.Record, e consolidate.Entry) Light {
	total := form.Progress.Total.Of(r)
	started := form.Progress.Start.Of(r).Period()
	switch {
	case !isStarted(p, r) || started.IsZero() || !total.Valid || total.V < ledger.Money(c.Statistics.Threshold) || !e.Known:
		return NoLight
	case e.In:
		return Green
	}
	switch months := int64(p.Since(started)); {
	case months >= c.Lights.StatisticsRed:
		return Red
	case months >= c.Lights.StatisticsYellow:
		return Yellow
	}
	return Green
}
