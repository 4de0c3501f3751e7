package rating

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"huizong/consolidate"
	"huizong/internal/county"
	"huizong/internal/form"
)

// A Rating is 月评比 of one group: its units ranked by their scores, with the working of
// each, and those that are not ranked.
type Rating struct {
	Group  string
	Scores []county.Score // the indicators of the group, in the order of the scheme
	Ranked []Rated        // by place, equal ones in the official order
	Apart  []Apart        // in the official order
}

// A Rated is a unit with its score out of 100.
type Rated struct {
	Unit  string
	Marks []Mark        // one for each indicator of the group
	Sum   county.Points // of the indicators that apply
	Of    county.Points // their weights; never 0
	Extra county.Points // outside the hundred
	Total county.Points // Sum over Of, out of 100, to hundredths; and Extra
	Place int           // by Total, then by Tie: 1, 1, 3
	Tie   int           // place among the ranked by the indicators that order equal totals
}

// An Apart is a unit that is listed and not ranked.
type Apart struct{ Unit, Why string }

// A State says whether there is anything to score.
type State int

const (
	Measured   State = iota
	NothingDue       // left out: neither 0% nor 100%
	Unreported       // the return is owed and missing, and nothing stands: no points
)

// A Mark is what an indicator comes to of a unit: what was measured and the points it earned. Part and
// Whole are those of county.Indicators, amounts in 分; Value is Part over Whole of a share,
// else Part. All are nil where nothing was measured.
type Mark struct {
	State  State
	Part   *big.Rat
	Whole  *big.Rat
	Value  *big.Rat
	Place  int           // by value among the ranked units of the group, where the method asks for it
	Points county.Points // to hundredths, halves away from zero
}

// applies reports whether the indicator's weight counts for the unit.
func (m Mark) applies() bool { return m.State != NothingDue }

// Scores rates the units of every group that the scheme has indicators for, in the order of
// the county's groups. Totals are exact sums of points rounded to hundredths, so that what
// is printed adds up and equal totals are equal.
func Scores(m *consolidate.Month) []Rating {
	s := newScene(m)
	var ratings []Rating
	for _, group := range m.County.Groups {
		if scores := m.County.ScoresOf(group); len(scores) > 0 {
			ratings = append(ratings, s.rate(group, scores))
		}
	}
	return ratings
}

// rate scores a group. Who is ranked is settled first: places of an indicator are among
// those alone.
func (s *scene) rate(group string, scores []county.Score) Rating {
	r := Rating{Group: group, Scores: scores}
	for _, unit := range s.County.Units {
		if unit.Group != group {
			continue
		}
		rated := Rated{Unit: unit.Name}
		for _, score := range scores {
			mark := s.mark(score.Indicator, unit.Name)
			rated.Marks = append(rated.Marks, mark)
			if mark.applies() {
				rated.Of += score.Weight
			}
		}
		if why := s.whyApart(rated); why != "" {
			r.Apart = append(r.Apart, Apart{unit.Name, why})
			continue
		}
		r.Ranked = append(r.Ranked, rated)
	}
	for i, score := range scores {
		award(r.Ranked, i, score)
	}
	for i := range r.Ranked {
		r.Ranked[i].add(scores)
	}
	s.place(r.Ranked)
	return r
}

// whyApart says why a unit is not ranked; blank if it is.
func (s *scene) whyApart(r Rated) string {
	applies := big.NewRat(int64(r.Of), int64(100*county.Point))
	switch {
	case slices.Contains(s.County.Scoring.Exclude, r.Unit):
		return "按评分方案不参与排名"
	case r.Of == 0:
		return "本月没有可评的指标"
	case applies.Cmp(big.NewRat(int64(s.County.Scoring.Least), form.RateScale)) < 0:
		return fmt.Sprintf("可评指标权重%s，不足%s", r.Of, county.Mark{Kind: county.Share, N: int64(s.County.Scoring.Least)})
	}
	return ""
}

// mark measures a unit.
func (s *scene) mark(name, unit string) Mark {
	n := indicators[name]
	kind, _ := county.IndicatorOf(name)
	part, whole := n.take(s, unit)
	switch {
	case whole.Sign() > 0:
	case s.missing[n.form][unit]:
		return Mark{State: Unreported}
	case !n.owed || !s.owing[n.form][unit]:
		return Mark{State: NothingDue}
	}
	mark := Mark{Part: part, Whole: whole, Value: part}
	if kind.Kind == county.Share {
		mark.Value = new(big.Rat).Quo(part, whole)
	}
	return mark
}

// add sums up a unit's points.
func (r *Rated) add(scores []county.Score) {
	for i, mark := range r.Marks {
		if scores[i].Extra() {
			r.Extra += mark.Points
		} else {
			r.Sum += mark.Points
		}
	}
	r.Total = nearest(new(big.Rat).Mul(big.NewRat(int64(r.Sum), int64(r.Of)), big.NewRat(100, 1))) + r.Extra
}

// place ranks the units by their totals, equal totals by the indicators of the scheme, and
// puts them in that order.
func (s *scene) place(units []Rated) {
	ties := map[string][]Mark{}
	for _, unit := range units {
		for _, name := range s.County.Scoring.Ties {
			ties[unit.Unit] = append(ties[unit.Unit], s.mark(name, unit.Unit))
		}
	}
	byTies := func(a, b Rated) int {
		for i, name := range s.County.Scoring.Ties {
			indicator, _ := county.IndicatorOf(name)
			if order := better(indicator, ties[a.Unit][i], ties[b.Unit][i]); order != 0 {
				return order
			}
		}
		return 0
	}
	byTotal := func(a, b Rated) int { return cmp.Or(cmp.Compare(b.Total, a.Total), byTies(a, b)) }
	tied, placed := places(units, byTies), places(units, byTotal)
	for i := range units {
		units[i].Tie, units[i].Place = tied[i], placed[i]
	}
	slices.SortStableFunc(units, func(a, b Rated) int { return cmp.Compare(a.Place, b.Place) })
}

// places are the places in a competition (1, 1, 3): one after all that come before.
func places[T any](all []T, order func(a, b T) int) []int {
	ranked := make([]int, len(all))
	for i := range ranked {
		ranked[i] = i
	}
	slices.SortStableFunc(ranked, func(i, j int) int { return order(all[i], all[j]) })
	place := make([]int, len(all))
	for n, i := range ranked {
		if n == 0 || order(all[ranked[n-1]], all[i]) < 0 {
			place[i] = n + 1
		} else {
			place[i] = place[ranked[n-1]]
		}
	}
	return place
}

// better orders marks of one indicator, the better first; what was not measured comes last.
func better(m county.Indicator, a, b Mark) int {
	switch {
	case a.Value == nil && b.Value == nil:
		return 0
	case a.Value == nil:
		return 1
	case b.Value == nil:
		return -1
	case m.Fewer:
		return a.Value.Cmp(b.Value)
	}
	return b.Value.Cmp(a.Value)
}
