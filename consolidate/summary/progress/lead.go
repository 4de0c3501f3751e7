package progress

import (
	"math/big"

	"huizong/consolidate/summary/page"
)

// LeadOf is by how much of its year's plan a unit's projects are ahead of the year; false where it has no
// plan, or is the line of a group.
func (r *Report) LeadOf(l page.UnitLine) (*big.Rat, bool) {
	plan, done := plans(l)
	if plan == 0 || l.Subtotal || l.Group == notRanked {
		return nil, false
	}
	lead := big.NewRat(int64(done), int64(plan))
	return lead.Sub(lead, big.NewRat(int64(r.Period.Month), 12)), true
}
