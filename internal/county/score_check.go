package county

import (
	"cmp"
	"fmt"
	"slices"
)

// requirement notes what does not hold, and where.
type requirement = func(holds bool, where, format string, args ...any)

// checkScoring proves that the scheme of 月评比 can be carried out as it is written.
func (c *County) checkScoring(require requirement) {
	s := c.Scoring
	require(s.Basis != "", "scoring.basis", "is missing: say whose scheme it is")
	require(s.Least > 0 && s.Least <= millionths, "scoring.least", "must be above 0%% and at most 100%%")
	for _, name := range s.Ties {
		_, known := IndicatorOf(name)
		require(known, "scoring.ties", "%q is no measure", name)
	}
	for _, name := range s.Exclude {
		_, known := c.order[name]
		require(known, "scoring.exclude", "%q is no unit's official name", name)
	}
	for i, score := range c.Scores {
		where := fmt.Sprintf("score[%d] %s", i+1, score.Name)
		require(score.Name != "", where, "name is missing")
		require(len(score.Groups) > 0, where, "groups is missing")
		for _, group := range score.Groups {
			require(slices.Contains(c.Groups, group), where, "group %q is not among groups", group)
			require(!slices.ContainsFunc(c.Scores[:i], func(other Score) bool { return other.Name == score.Name && slices.Contains(other.Groups, group) }),
				where, "the name stands twice for %s", group)
		}
		score.check(where, require)
	}
	for _, group := range c.Groups {
		scores, total := c.ScoresOf(group), Points(0)
		for _, score := range scores {
			total += score.Weight
		}
		require(len(scores) == 0 || total == 100*Point, "score", "the weights of %s add up to %s, not 100分", group, total)
	}
}

func (s Score) check(where string, require requirement) {
	m, known := IndicatorOf(s.Indicator)
	require(known, where, "measure %q is not among those that the program knows", s.Indicator)
	keys, isMethod := methodKeys[s.Method]
	require(isMethod, where, "method %q is none of ratio, rank, bands, each", s.Method)
	if !known || !isMethod {
		return
	}
	for key, given := range map[string]bool{
		"target": s.Target.Kind != NoKind, "cap": s.Cap != 0, "floor": s.Floor.Kind != NoKind,
		"step": s.Step != 0, "bands": len(s.Bands) > 0, "each": s.Each != 0, "limit": s.Limit != 0,
	} {
		require(!given || slices.Contains(keys, key), where, "%s is no key of the method %s", key, s.Method)
	}
	for key, mark := range map[string]Mark{"target": s.Target, "floor": s.Floor} {
		require(mark.Kind == NoKind || mark.Kind == m.Kind && mark.N > 0, where, "%s: %s is measured by %s, above 0", key, m.Name, m.Kind)
	}
	require(s.Floor.Kind == NoKind || !m.Fewer, where, "floor: of %s fewer is better", m.Name)
	require(min(s.Weight, s.Step, s.Limit) >= 0 && s.Cap >= 0, where, "weight, step, limit and cap must not be negative")
	require(s.Weight > 0 || s.Method == ByEach, where, "weight is missing")
	switch s.Method {
	case ByRatio:
		require(!m.Fewer, where, "ratio: of %s fewer is better; take rank, bands or each", m.Name)
		require(m.Kind == Share || s.Target.Kind != NoKind, where, "target is missing: %s is %s", m.Name, m.Kind)
	case ByRank:
		require(s.Step > 0, where, "step is missing")
	case ByBands:
		s.checkBands(m, where, require)
	case ByEach:
		require(m.Kind == Count, where, "each: %s is %s and has no items", m.Name, m.Kind)
		require(s.Each != 0, where, "each is missing")
		require((s.Weight > 0) != (s.Limit > 0), where, "each takes a weight, or a limit for extra points; one of them")
	}
}

// checkBands: the best band earns the weight, each after it less for less.
func (s Score) checkBands(m Indicator, where string, require requirement) {
	require(len(s.Bands) > 0, where, "bands is missing")
	for i, band := range s.Bands {
		where := fmt.Sprintf("%s: bands[%d]", where, i+1)
		require(band.At.Kind == m.Kind, where, "at: %s is measured by %s", m.Name, m.Kind)
		require(band.Points >= 0, where, "points must not be negative")
		if i == 0 {
			require(band.Points == s.Weight, where, "the best band earns the weight, %s, not %s", s.Weight, band.Points)
			continue
		}
		before, order := s.Bands[i-1], 1
		if m.Fewer {
			order = -1
		}
		require(cmp.Compare(before.At.N, band.At.N) == order && before.Points > band.Points, where, "bands go from the best down: %s after %s, %s after %s",
			band.At, before.At, band.Points, before.Points)
	}
}
